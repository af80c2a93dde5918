"""Referrals and authorizations on file: counted by the visits that they were used for, and by verification."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from medoffice.billing import PlannedLine
from medoffice.billing.eligibility import Permit, PermitKind, PermitOnFile
from medoffice.core import AppointmentId, CommandKey, CoverageId, DateRange, Money, PatientId, ResourceId
from medoffice.office import Office
from medoffice.office.coverage.permitting import permits_for
from medoffice.ports.store import NoSuchRecord
from medoffice.scheduling.outcomes import Booked

ANA = PatientId("pat-ana")
AT = Callable[[datetime], Office]
NOVEMBER = DateRange(date(2026, 11, 1), date(2026, 11, 30))


def cover(office: Office) -> CoverageId:
    """Ana's coverage."""
    return office.store.read(lambda tx: tx.coverages(ANA))[0].coverage.id


def permit(office: Office, visits: int | None = 2, service_type: str = "") -> Permit:
    """An authorization for November."""
    return Permit(
        coverage=cover(office),
        kind=PermitKind.AUTHORIZATION,
        number="A-77",
        days=NOVEMBER,
        visits=visits,
        service_type=service_type,
    )


def standing(office: Office, visit: AppointmentId) -> tuple[PermitOnFile, ...]:
    """What is on file as verification sees it for a visit."""

    def work(tx: object) -> tuple[PermitOnFile, ...]:
        return permits_for(
            tx,  # type: ignore[arg-type]
            office.store.read(lambda one: one.coverages(ANA))[0].coverage,
            policy=office.eligibility_policy,
            settings=office.settings,
            on=office.settings.day_at(office.store.read(lambda one: one.appointment(visit)).slot.start),
            visit=visit,
        )

    return office.store.read(work)


def book(office: Office, at: datetime, service: str = "office-visit") -> AppointmentId:
    """Another visit of Ana's."""
    line = PlannedLine(service=service, charge=Money(14500), allowed=Money(9800))
    booked = office.book(ANA, "follow-up", at, (ResourceId("dr-okafor"),), lines=(line,))
    assert isinstance(booked, Booked)
    return booked.appointment.id


def test_each_visit_before_it_takes_one(office: Office, visit: AppointmentId) -> None:
    """Of two visits the third has none left; one that was called off takes none, nor does one after it."""
    office.permits.note(ANA, permit(office))
    start = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
    second, third = book(office, start), book(office, start + timedelta(hours=1))
    assert [each.used for one in (visit, second, third) for each in standing(office, one)] == [0, 1, 2]
    (last,) = standing(office, third)
    assert last.why_not(date(2026, 11, 24)) == "has no visit left"
    office.cancel(second)
    assert [each.used for each in standing(office, third)] == [1]


def test_a_visit_for_another_service_takes_none(office: Office, visit: AppointmentId) -> None:
    """Where the permit is for one."""
    office.permits.note(ANA, permit(office, service_type="PT"))
    second = book(office, datetime(2026, 11, 24, 17, 0, tzinfo=UTC))
    assert [each.used for each in standing(office, second)] == [0]
    office.permits.note(ANA, permit(office, service_type="98"))
    assert [each.used for each in standing(office, second)] == [1]
    assert [each.used for each in standing(office, visit)] == [0]


def test_it_is_noted_once_corrected_and_withdrawn(office: Office) -> None:
    """The same command again changes nothing; what is not there cannot be withdrawn."""
    key, office_cover = CommandKey("permit-1"), cover(office)
    first = office.permits.note(ANA, permit(office), key=key)
    assert office.permits.note(ANA, permit(office), key=key) == first
    office.permits.note(ANA, permit(office, visits=6))
    assert [each.visits for each in office.permits.on_file(office_cover)] == [6]
    office.permits.withdraw(ANA, office_cover, PermitKind.AUTHORIZATION, "A-77")
    assert office.permits.on_file(office_cover) == ()
    with pytest.raises(NoSuchRecord):
        office.permits.withdraw(ANA, office_cover, PermitKind.AUTHORIZATION, "A-77")
    with pytest.raises(NoSuchRecord):
        office.permits.note(PatientId("pat-none"), permit(office))


def test_its_number_stands_in_no_audit_row(office: Office) -> None:
    """Nor in what was asked for."""
    office.permits.note(ANA, permit(office))
    rows = office.store.read(lambda tx: tx.audit_rows())
    assert rows
    assert "A-77" not in repr(rows)
