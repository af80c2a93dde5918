from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import InvalidValue, PatientId
from medoffice.scheduling.waitlist import Entry, EntryId, EntryStanding, gini, spread

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)
counts = st.lists(st.integers(0, 50), min_size=1, max_size=30)


@given(counts)
def test_gini_is_half_the_mean_difference_over_the_mean(several: list[int]) -> None:
    """The closed form agrees with the definition over all pairs, exactly enough."""
    pairs = sum(abs(one - other) for one in several for other in several)
    total = sum(several)
    expected = Fraction(pairs, 2 * len(several) * total) if total else Fraction(0)
    assert gini(several) == pytest.approx(float(expected), abs=1e-12)


@given(counts, st.integers(1, 9))
def test_gini_is_between_zero_and_one_and_knows_no_scale(several: list[int], times: int) -> None:
    """It is 0 when all are equal, below 1 always, and the same for counts that are all multiplied."""
    assert 0 <= gini(several) < 1
    assert gini([count * times for count in several]) == pytest.approx(gini(several), abs=1e-12)
    assert gini([several[0]] * len(several)) == pytest.approx(0, abs=1e-12)


def test_gini_has_no_place_for_a_debt() -> None:
    """A count below zero is a mistake; of no counts there is no unevenness."""
    with pytest.raises(InvalidValue):
        gini([3, -1])
    assert gini([]) == 0


def waiting(
    name: str, *asked: int, channels: str | tuple[str, ...] = "sms", paused: bool = False
) -> EntryStanding:
    """Somebody who joined ten days ago and was asked so many days ago."""
    entry = Entry(
        id=EntryId(name), patient=PatientId(name), visit="follow-up", joined=NOW - 10 * DAY, channels=channels
    )
    return EntryStanding(entry=entry, asked=tuple(NOW - days * DAY for days in asked), is_paused=paused)


def test_the_spread_is_over_those_who_may_be_asked() -> None:
    """Whoever is paused, or has no way to be asked, does not make the list look unfair."""
    found = spread(
        [waiting("a", 9, 3), waiting("b"), waiting("c", channels=()), waiting("d", paused=True)], now=NOW
    )
    assert (found.entries, found.fewest, found.most) == (2, 0, 2)
    assert found.longest_unasked == 10 * DAY
    assert found.gini == pytest.approx(0.5)


def test_the_spread_of_nobody_is_nothing() -> None:
    """An empty list is evenly asked."""
    assert spread([], now=NOW).gini == 0
