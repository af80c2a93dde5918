"""A change of scope, and what of an estimate is one."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from medoffice.billing.good_faith import (
    Change,
    DueAnew,
    ExpectedItem,
    ExpectedProvider,
    GoodFaithEstimate,
    Recurrence,
    ScopeChange,
    Stands,
    business_days_ahead,
    business_days_before,
    changes_between,
    estimate_findings,
    is_business_day,
    when_due_anew,
)
from medoffice.core import EIN, ICD10CM, NPI, HCPCSCode, InvalidValue, Money, PersonName
from medoffice.data import parameters
from medoffice.rules import CannotCheck

EARLY_2022 = st.dates(date(2022, 1, 1), date(2022, 3, 31))
HOLIDAYS = st.frozensets(EARLY_2022, max_size=20)
CHANGES = st.frozensets(st.sampled_from(Change), min_size=1)
ITEM = ExpectedItem(
    service=HCPCSCode("G0439"), words="yearly visit", diagnoses=(ICD10CM("Z00.00"),), charge=Money(21000)
)
OURS = ExpectedProvider(
    name="Ruth Okafor, MD (Northside)",
    npi=NPI("1234567893"),
    tax_id=EIN("123456789"),
    state="IL",
    place="1200 Prairie Avenue, Springfield, IL",
    items=(ITEM,),
)
ESTIMATE = GoodFaithEstimate(
    patient=PersonName(family="Canary", given="Ann"),
    birth_date=date(1980, 5, 6),
    issued_on=date(2026, 1, 6),
    service_on=date(2026, 1, 20),
    primary="Yearly visit",
    providers=(OURS,),
)


@given(EARLY_2022, st.integers(0, 40), HOLIDAYS, CHANGES)
def test_a_new_estimate_is_due_the_business_day_before(
    on: date, ahead: int, holidays: frozenset[date], changes: frozenset[Change]
) -> None:
    """Never after the change is too late for it, always before the service, with one business day between."""
    change = ScopeChange(on, on + timedelta(days=ahead), changes)
    answer = when_due_anew(change, holidays=holidays, parameters=parameters())
    assert isinstance(answer, DueAnew) is (business_days_ahead(on, change.service_on, holidays) >= 1)
    if isinstance(answer, DueAnew):
        assert on <= answer.by < change.service_on
        assert is_business_day(answer.by, holidays)
        assert business_days_ahead(answer.by, change.service_on, holidays) == 1
        assert not answer.is_late(answer.by)
        assert answer.is_late(answer.by + timedelta(days=1))
    else:
        assert answer.is_accepted is (Change.PROVIDERS in changes)


@given(EARLY_2022, st.integers(0, 20), HOLIDAYS)
def test_business_days_before_are_counted_back(day: date, count: int, holidays: frozenset[date]) -> None:
    """From the day that is found, so many business days pass until the one it was asked for."""
    found = business_days_before(day, count, holidays)
    assert business_days_ahead(found, day, holidays) == count
    assert count == 0 or is_business_day(found, holidays)


@pytest.mark.parametrize(
    ("on", "service_on", "by"),
    [
        (date(2026, 1, 6), date(2026, 1, 20), date(2026, 1, 16)),
        (date(2026, 1, 16), date(2026, 1, 20), date(2026, 1, 16)),
        (date(2026, 1, 17), date(2026, 1, 20), None),
        (date(2026, 1, 19), date(2026, 1, 20), None),
        (date(2026, 1, 21), date(2026, 1, 22), date(2026, 1, 21)),
        (date(2026, 1, 22), date(2026, 1, 22), None),
    ],
    ids=["weeks-ahead", "last-day", "weekend", "holiday", "day-before", "same-day"],
)
def test_a_change_by_example(on: date, service_on: date, by: date | None) -> None:
    """The Tuesday after King's day: Friday is the business day before it."""
    change = ScopeChange(on, service_on, frozenset({Change.PROVIDERS}))
    answer = when_due_anew(change, holidays=(date(2026, 1, 19),), parameters=parameters())
    assert answer == (Stands(is_accepted=True) if by is None else DueAnew(by=by))


def test_what_is_a_change_of_scope_and_what_is_not() -> None:
    """Charges, items, providers and recurrence are; names, words, diagnoses and days are not."""

    def changed(**parts: object) -> frozenset[Change]:
        return changes_between(ESTIMATE, attrs.evolve(ESTIMATE, **parts))  # type: ignore[arg-type]

    def with_item(**parts: object) -> GoodFaithEstimate:
        item = attrs.evolve(ITEM, **parts)  # type: ignore[arg-type]
        return attrs.evolve(ESTIMATE, providers=(attrs.evolve(OURS, items=(item,)),))

    again = Recurrence(every="weekly", times=10, last_on=date(2026, 6, 30))
    assert changed() == changed(issued_on=date(2026, 1, 9), service_on=None, primary="Visit") == frozenset()
    assert changed(recurrence=again) == {Change.RECURRENCE}
    assert changed(providers=(attrs.evolve(OURS, npi=NPI("1245319599")),)) == {Change.PROVIDERS}
    assert changes_between(ESTIMATE, with_item(words="visit", diagnoses=())) == frozenset()
    assert changes_between(ESTIMATE, with_item(charge=Money(21001))) == {Change.CHARGES}
    assert changes_between(ESTIMATE, with_item(units=2)) == {Change.ITEMS}
    assert changes_between(ESTIMATE, with_item(service=HCPCSCode("G0438"))) == {Change.ITEMS, Change.CHARGES}


@example(times=2, days=365)
@example(times=2, days=366)
@given(times=st.integers(2, 60), days=st.integers(0, 500))
def test_recurrences_of_twelve_months_stand_in_one_estimate(times: int, days: int) -> None:
    """To the same day of the next year and no longer; before or after, the estimate itself can be made."""
    last_on = ESTIMATE.issued_on + timedelta(days=days)
    again = attrs.evolve(ESTIMATE, recurrence=Recurrence(every="weekly", times=times, last_on=last_on))
    codes = [finding.code for finding in estimate_findings(again, parameters=parameters())]
    assert codes == ([] if last_on <= date(2027, 1, 6) else ["GFE003"])


def test_what_an_estimate_lacks_is_said_by_part() -> None:
    """Place, diagnosis, and what others charge, each with where it is; a whole one lacks nothing."""
    bare = attrs.evolve(
        OURS, place="", items=(ITEM, attrs.evolve(ITEM, service=HCPCSCode("G0444"), diagnoses=()))
    )
    estimate = attrs.evolve(ESTIMATE, providers=(bare,), left_out=("the laboratory",))
    found = estimate_findings(estimate, parameters=parameters())
    assert [(each.code, each.where) for each in found] == [
        ("GFE001", "provider 1"),
        ("GFE002", "provider 1, item 2"),
        ("GFE004", "co-providers"),
    ]
    assert all(each.cites for each in found)
    assert estimate_findings(ESTIMATE, parameters=parameters()) == ()


def test_a_number_that_nobody_checked_so_late_is_marked() -> None:
    """Past the day up to which the parameters are verified, both answers warn."""
    late = ScopeChange(date(2030, 1, 7), date(2030, 1, 20), frozenset({Change.ITEMS}))
    assert [
        finding.code for finding in when_due_anew(late, holidays=(), parameters=parameters()).findings
    ] == ["PAR001"]
    again = Recurrence(every="weekly", times=2, last_on=date(2030, 2, 1))
    estimate = attrs.evolve(ESTIMATE, issued_on=date(2030, 1, 7), recurrence=again)
    assert [each.code for each in estimate_findings(estimate, parameters=parameters())] == ["PAR001"]


def test_what_cannot_be_is_refused() -> None:
    """No change, a service before it, no state, and a recurrence of one time or without words; nothing before 2022."""
    for attempt in (
        lambda: ScopeChange(date(2026, 1, 2), date(2026, 1, 3), frozenset()),
        lambda: ScopeChange(date(2026, 1, 2), date(2026, 1, 1), frozenset({Change.ITEMS})),
        lambda: attrs.evolve(OURS, state="Illinois"),
        lambda: Recurrence(every="weekly", times=1, last_on=date(2026, 2, 1)),
        lambda: Recurrence(every=" ", times=2, last_on=date(2026, 2, 1)),
    ):
        with pytest.raises(InvalidValue):
            attempt()
    with pytest.raises(CannotCheck):
        when_due_anew(
            ScopeChange(date(2021, 12, 1), date(2021, 12, 20), frozenset({Change.ITEMS})),
            holidays=(),
            parameters=parameters(),
        )
