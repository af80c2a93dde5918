"""The order of payers: what the desk learned is kept, the rules find the order, and the office goes by it."""

from datetime import date

import attrs
import pytest

from medoffice.billing import Coverage, CoverageKind, Payer, VerifiedCoverage
from medoffice.billing.coordination import Entitlement, OrderPut, PatientNoted, PlanNoted, Standing
from medoffice.core import (
    CommandKey,
    CoverageId,
    DateRange,
    InvalidValue,
    MemberId,
    PatientId,
    PayerId,
    Refused,
)
from medoffice.office import Office
from medoffice.ports.store import NoSuchRecord

ANA = PatientId("pat-ana")
TODAY = date(2026, 11, 24)
MEDICARE = CoverageId("cov-medicare")


@pytest.fixture
def two(office: Office) -> Office:
    """Ana has Medicare behind the plan that is on file."""
    (own,) = office.store.read(lambda tx: tx.coverages(ANA))
    cover = Coverage(
        id=MEDICARE,
        patient=ANA,
        payer=Payer(PayerId("MCARE"), "Medicare"),
        plan="",
        member_id=MemberId("1EG4TE5MK73"),
        effective=DateRange(date(2026, 1, 1)),
        order=own.coverage.order + 1,
        kind=CoverageKind.MEDICARE,
    )
    made = VerifiedCoverage(coverage=cover, benefits=own.benefits, verified_on=None)
    office.store.transact(lambda tx: tx.put_coverage(made))
    return office


def ids(office: Office) -> list[CoverageId]:
    """The coverages as they are on file, first payer first."""
    return [each.coverage.id for each in office.store.read(lambda tx: tx.coverages(ANA))]


def works(office: Office, employees: int) -> None:
    """Ana works for an employer of so many and has Medicare by age."""
    plan = next(each for each in ids(office) if each != MEDICARE)
    ordering = office.payer_order
    ordering.note_patient(ANA, PatientNoted(on=TODAY, entitlements=frozenset({Entitlement.AGE})))
    noted = PlanNoted(on=TODAY, coverage=plan, standing=Standing.ACTIVE, employees=employees)
    ordering.note_plan(ANA, noted)


def test_an_order_that_is_not_settled_says_what_to_ask_and_changes_nothing(two: Office) -> None:
    """Nobody has said why Ana has Medicare."""
    before, found = ids(two), two.payer_order.order(ANA)
    assert found is not None
    assert not found.is_settled
    refused = two.payer_order.apply(ANA)
    assert isinstance(refused, Refused)
    assert [(each.code, bool(each.fix)) for each in refused.findings] == [("ORD001", True)]
    assert ids(two) == before


@pytest.mark.parametrize(("employees", "is_medicare_first"), [(19, True), (20, False)])
def test_what_was_learned_settles_it_and_it_is_put_on_file(
    two: Office, *, employees: int, is_medicare_first: bool
) -> None:
    """From twenty employees on the plan by work is first; the same command again changes nothing."""
    works(two, employees)
    found = two.payer_order.order(ANA)
    assert found is not None
    assert found.is_settled
    assert found.is_on_file is not is_medicare_first
    key = CommandKey("order-1")
    put = two.payer_order.apply(ANA, key=key)
    assert isinstance(put, OrderPut)
    assert list(put.coverages) == ids(two)
    assert (put.coverages[0] == MEDICARE) is is_medicare_first
    assert two.payer_order.apply(ANA, key=key) == put
    again = two.payer_order.order(ANA)
    assert again is not None
    assert again.is_on_file
    assert again.found.trace.steps


def test_the_last_that_was_noted_holds(two: Office) -> None:
    """A mistake is noted over; what was noted of one plan says nothing of another."""
    works(two, 500)
    works(two, 12)
    patient, plans = two.payer_order.noted(ANA)
    assert patient is not None
    assert patient.entitlements == {Entitlement.AGE}
    assert [each.employees for each in plans] == [12]
    found = two.payer_order.order(ANA)
    assert found is not None
    assert found.found.value[0] == (MEDICARE.value,)


def test_a_coverage_that_does_not_run_has_no_place(two: Office) -> None:
    """Its number on file stays; of one coverage alone the order is settled; of none there is none."""
    covers = two.store.read(lambda tx: tx.coverages(ANA))
    days = DateRange(date(2026, 1, 1), date(2026, 6, 30))
    ended = attrs.evolve(covers[1], coverage=attrs.evolve(covers[1].coverage, effective=days, order=7))
    two.store.transact(lambda tx: tx.put_coverage(ended))
    found = two.payer_order.order(ANA)
    assert found is not None
    assert found.is_settled
    assert found.is_on_file
    assert two.payer_order.order(ANA, date(2020, 1, 1)) is None
    put = two.payer_order.apply(ANA)
    assert isinstance(put, OrderPut)
    assert MEDICARE not in put.coverages
    kept = {each.coverage.id: each.coverage.order for each in two.store.read(lambda tx: tx.coverages(ANA))}
    assert kept[MEDICARE] == 7


def test_nothing_is_noted_of_what_is_not_there(two: Office) -> None:
    """Neither of another patient's coverage nor of nobody; and what cannot be is refused."""
    with pytest.raises(NoSuchRecord):
        two.payer_order.note_plan(ANA, PlanNoted(on=TODAY, coverage=CoverageId("cov-none")))
    with pytest.raises(NoSuchRecord):
        two.payer_order.note_patient(PatientId("pat-none"), PatientNoted(on=TODAY))
    with pytest.raises(InvalidValue, match="ESRD"):
        PatientNoted(on=TODAY, esrd_since=TODAY)
    with pytest.raises(InvalidValue, match="employees"):
        PlanNoted(on=TODAY, coverage=MEDICARE, employees=-1)


@pytest.mark.parametrize(
    ("on", "month"),
    [
        (date(2026, 2, 28), None),
        (date(2026, 3, 1), 1),
        (date(2026, 3, 31), 1),
        (date(2028, 8, 31), 30),
        (date(2028, 9, 1), 31),
    ],
)
def test_the_month_of_kidney_disease_is_that_of_the_day_asked_about(on: date, month: int | None) -> None:
    """So what was noted once goes on being true."""
    noted = PatientNoted(on=TODAY, entitlements=frozenset({Entitlement.ESRD}), esrd_since=date(2026, 3, 1))
    assert noted.facts(on).esrd_month == month


def test_what_is_noted_shows_nothing_of_it_in_a_repr(two: Office) -> None:
    """Why somebody has Medicare is nobody's business in a log."""
    works(two, 12)
    shown = repr((two.payer_order.noted(ANA), two.payer_order.order(ANA)))
    assert "Entitlement" not in shown
    assert "1EG4" not in shown
