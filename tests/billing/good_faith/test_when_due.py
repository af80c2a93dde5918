"""By when a good-faith estimate is given, and to whom."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.good_faith import (
    CLAIM_WISH_NOT_ASKED,
    Cover,
    Due,
    NotDue,
    Requested,
    Scheduled,
    Standing,
    business_days_after,
    business_days_ahead,
    is_business_day,
    standing,
    when_due,
)
from medoffice.core import InvalidValue
from medoffice.data import parameters
from medoffice.rules import CannotCheck

DAYS = st.dates(date(2022, 1, 1), date(2040, 12, 31))
HOLIDAYS = st.frozensets(st.dates(date(2022, 1, 1), date(2022, 3, 31)), max_size=20)
EARLY_2022 = st.dates(date(2022, 1, 1), date(2022, 3, 31))
NEW_YEAR, KING = date(2026, 1, 1), date(2026, 1, 19)


def due(occasion: Scheduled | Requested) -> Due | NotDue:
    """The answer with the numbers that come with medoffice and two holidays."""
    return when_due(occasion, holidays=(NEW_YEAR, KING), parameters=parameters())


@given(EARLY_2022, st.integers(1, 30), HOLIDAYS)
def test_so_many_business_days_later_is_a_business_day_that_far_away(
    day: date, count: int, holidays: frozenset[date]
) -> None:
    """The day is one, and exactly that many lie after the start up to it."""
    later = business_days_after(day, count, holidays)
    assert is_business_day(later, holidays)
    span = [day + timedelta(days=ahead) for ahead in range(1, (later - day).days + 1)]
    assert sum(is_business_day(each, holidays) for each in span) == count


@given(EARLY_2022, EARLY_2022, EARLY_2022, HOLIDAYS)
def test_business_days_ahead_add_up(a: date, b: date, c: date, holidays: frozenset[date]) -> None:
    """From the first to the last day as many as from the first to the middle and on; none backwards."""
    first, middle, last = sorted((a, b, c))
    assert business_days_ahead(first, last, holidays) == business_days_ahead(
        first, middle, holidays
    ) + business_days_ahead(middle, last, holidays)
    assert business_days_ahead(last, first, holidays) == 0


@given(EARLY_2022, st.integers(0, 60), HOLIDAYS)
def test_an_estimate_is_owed_exactly_from_three_business_days_ahead(
    on: date, ahead: int, holidays: frozenset[date]
) -> None:
    """Fewer than three: none; up to nine: after one business day; from ten: after three."""
    occasion = Scheduled(on, on + timedelta(days=ahead))
    answer = when_due(occasion, holidays=holidays, parameters=parameters())
    distance = business_days_ahead(on, occasion.service_on, holidays)
    assert isinstance(answer, Due) is (distance >= 3)
    if isinstance(answer, Due):
        assert answer.within == (1 if distance < 10 else 3)
        assert answer.by == business_days_after(on, answer.within, holidays)
        assert not answer.is_late(answer.by)
        assert answer.is_late(answer.by + timedelta(days=1))


@given(DAYS)
def test_who_asks_gets_it_within_three_business_days(on: date) -> None:
    """On request there is no shortest lead."""
    answer = when_due(Requested(on), holidays=(), parameters=parameters())
    assert isinstance(answer, Due)
    assert (answer.within, answer.by) == (3, business_days_after(on, 3, ()))


@pytest.mark.parametrize(
    ("on", "service_on", "by"),
    [
        (date(2026, 1, 5), date(2026, 1, 8), date(2026, 1, 6)),
        (date(2026, 1, 9), date(2026, 1, 14), date(2026, 1, 12)),
        (date(2026, 1, 16), date(2026, 1, 22), date(2026, 1, 20)),
        (date(2026, 1, 5), date(2026, 1, 19), date(2026, 1, 8)),
        (date(2026, 1, 16), date(2026, 2, 2), date(2026, 1, 22)),
    ],
    ids=["three-ahead", "over-a-weekend", "over-a-holiday", "ten-ahead", "ten-ahead-over-a-holiday"],
)
def test_a_scheduled_service_by_example(on: date, service_on: date, by: date) -> None:
    """Worked by hand; the first is the published case of three business days ahead: within one."""
    answer = due(Scheduled(on, service_on))
    assert isinstance(answer, Due)
    assert answer.by == by


def test_a_service_in_two_business_days_needs_none() -> None:
    """Thursday for Monday, and a holiday does not count."""
    assert due(Scheduled(date(2026, 1, 8), date(2026, 1, 12))) == NotDue(ahead=2, needed=3)
    assert isinstance(due(Scheduled(date(2026, 1, 16), date(2026, 1, 21))), NotDue)


def test_before_the_rule_nothing_is_answered() -> None:
    """The rule holds since 1 January 2022; a service is not scheduled for the past."""
    with pytest.raises(CannotCheck):
        due(Requested(date(2021, 12, 31)))
    with pytest.raises(InvalidValue):
        Scheduled(date(2026, 1, 2), date(2026, 1, 1))


def test_a_number_that_nobody_checked_so_late_is_marked() -> None:
    """Past the day up to which the parameters are verified the answer warns."""
    assert due(Requested(date(2026, 1, 5))).findings == ()
    assert [finding.code for finding in due(Requested(date(2030, 1, 7))).findings] == ["PAR001"]


@given(covers=st.frozensets(st.sampled_from(Cover)), claim_wanted=st.none() | st.booleans())
def test_who_has_nothing_or_wants_no_claim_is_entitled(
    *, covers: frozenset[Cover], claim_wanted: bool | None
) -> None:
    """None at all, or a plan with no claim wanted; a federal program alone never."""
    answer = standing(covers, claim_wanted=claim_wanted)
    has_plan = bool(covers - {Cover.FEDERAL_PROGRAM})
    assert answer.value.is_entitled is (not covers or (has_plan and claim_wanted is False))
    assert answer.unknowns == ((CLAIM_WISH_NOT_ASKED,) if has_plan and claim_wanted is None else ())
    assert answer.trace.steps


def test_standing_by_name() -> None:
    """The three words of the rule."""
    assert standing((), claim_wanted=None).value is Standing.UNINSURED
    assert standing((Cover.HEALTH_PLAN,), claim_wanted=False).value is Standing.SELF_PAY
    assert standing((Cover.FEDERAL_PROGRAM,), claim_wanted=False).value is Standing.INSURED
