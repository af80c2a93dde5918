"""A visit of somebody with several coverages, as the office reckons it from what is on file."""

from datetime import date

import attrs
import pytest

from medoffice.billing import Coverage, CoverageKind, Payer, PlannedLine, VerifiedCoverage
from medoffice.billing.fees import AgreedAmount
from medoffice.billing.fees.notes import FLAT_ALONE
from medoffice.core import AppointmentId, CoverageId, DateRange, Money, PayerId
from medoffice.office import Office


def with_second(
    office: Office, visit: AppointmentId, kind: CoverageKind | None, *, effective: DateRange | None = None
) -> None:
    """Put a second coverage on file beside the first one of the visit's patient."""
    patient = office.store.read(lambda tx: tx.appointment(visit)).patient
    (first,) = office.store.read(lambda tx: tx.coverages(patient))
    second: Coverage = attrs.evolve(
        first.coverage,
        id=CoverageId("cov-second"),
        payer=Payer(PayerId("LAKE01"), "Lakeshore Mutual"),
        kind=kind,
        order=2,
        effective=effective or first.coverage.effective,
    )
    cover: VerifiedCoverage = attrs.evolve(first, coverage=second)
    office.store.transact(lambda tx: tx.put_coverage(cover))


def test_a_second_plan_of_unknown_ways_leaves_it_open(office: Office, visit: AppointmentId) -> None:
    """Nothing is surely owed while nobody knows what the other plan pays; the most is what the first plan leaves."""
    alone = office.estimate(visit).due_today
    with_second(office, visit, None)
    made = office.estimate(visit)
    assert (made.due_today, made.lower, made.upper) == (Money.zero, Money.zero, alone)
    assert set(made.unknowns) == {"other-plan-not-known", "coordination-not-known"}


def planned(office: Office, visit: AppointmentId, *agreed: AgreedAmount) -> PlannedLine:
    """Plan the visit as before, with what each payer is known to allow."""
    (line,) = office.store.read(lambda tx: tx.planned_lines(visit))
    made: PlannedLine = attrs.evolve(line, agreed=agreed)
    office.store.transact(lambda tx: tx.put_planned_lines(visit, (made,)))
    return made


def first_payer(office: Office, visit: AppointmentId) -> PayerId:
    patient = office.store.read(lambda tx: tx.appointment(visit)).patient
    covers = office.store.read(lambda tx: tx.coverages(patient))
    return covers[0].coverage.payer.id


def test_what_a_second_payer_allows_settles_what_it_pays(office: Office, visit: AppointmentId) -> None:
    """With its contract its payment is known to the cent: nothing is open but how it coordinates, or nothing at all."""
    alone = office.estimate(visit).due_today
    with_second(office, visit, CoverageKind.TRICARE)
    assert "other-plan-not-known" in office.estimate(visit).unknowns
    ours = AgreedAmount(payer=first_payer(office, visit), amount=Money(9800))
    planned(office, visit, ours, AgreedAmount(payer=PayerId("LAKE01"), amount=Money(9800)))
    made = office.estimate(visit)
    assert made.unknowns == ()
    assert made.lower == made.due_today == made.upper == Money.zero < alone
    # It allows so little that with its own co-pay nothing is left for it to pay.
    planned(office, visit, ours, AgreedAmount(payer=PayerId("LAKE01"), amount=Money(1000)))
    assert office.estimate(visit).due_today == office.estimate(visit).upper == alone
    # What is not settled leaves it open again.
    planned(
        office,
        visit,
        ours,
        AgreedAmount(payer=PayerId("LAKE01"), amount=Money(9800), unsettled=(FLAT_ALONE,)),
    )
    assert "other-plan-not-known" in office.estimate(visit).unknowns


def test_each_payer_goes_by_its_own_contract(office: Office, visit: AppointmentId) -> None:
    """A visit that was planned for another payer is not reckoned by that payer's amount."""
    before = office.estimate(visit)
    planned(office, visit, AgreedAmount(payer=PayerId("ELSEWHERE"), amount=Money(9800)))
    made = office.estimate(visit)
    assert (made.lines[0].planned.allowed, "allowed-not-known" in made.unknowns) == (None, True)
    planned(office, visit, AgreedAmount(payer=first_payer(office, visit), amount=Money(9800)))
    assert office.estimate(visit).due_today == before.due_today


def test_what_is_not_settled_is_named_and_bounded(office: Office, visit: AppointmentId) -> None:
    """The estimate stays what it is, may become less, and says why; by report it may become more too."""
    before = office.estimate(visit)
    amount = before.lines[0].planned.allowed
    assert amount is not None
    planned(
        office,
        visit,
        AgreedAmount(payer=first_payer(office, visit), amount=amount, unsettled=(FLAT_ALONE,)),
    )
    made = office.estimate(visit)
    assert (made.due_today, made.lower, made.upper) == (before.due_today, Money.zero, before.upper)
    assert made.unknowns == ("allowed-not-settled",)
    with_second(office, visit, CoverageKind.TRICARE)
    assert "allowed-not-settled" in office.estimate(visit).unknowns


def test_a_supplement_pays_what_medicare_leaves(office: Office, visit: AppointmentId) -> None:
    """Medigap's method is known from its kind, so nothing is open about co-pays."""
    with_second(office, visit, CoverageKind.MEDICARE_SUPPLEMENT)
    made = office.estimate(visit)
    assert made.due_today == Money.zero
    assert [step.code for step in made.trace.steps] == ["copay", "other-plan"]


@pytest.mark.parametrize(
    "kind", [CoverageKind.VETERANS, CoverageKind.LIABILITY, CoverageKind.WORKERS_COMPENSATION]
)
def test_what_does_not_share_changes_nothing(
    office: Office, visit: AppointmentId, kind: CoverageKind
) -> None:
    """Veterans' care and insurance for accidents pay alone or not at all."""
    alone = office.estimate(visit)
    with_second(office, visit, kind)
    assert office.estimate(visit) == alone


def test_a_coverage_that_has_ended_changes_nothing(office: Office, visit: AppointmentId) -> None:
    """It is on file still, and does not run on the day."""
    alone = office.estimate(visit)
    with_second(office, visit, None, effective=DateRange(date(2020, 1, 1), date(2020, 12, 31)))
    assert office.estimate(visit) == alone
