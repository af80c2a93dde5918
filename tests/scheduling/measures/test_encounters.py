"""Waits and the use of sessions, against counting minute by minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import DateRange, InvalidValue, ResourceId, TimeSlot
from medoffice.scheduling.measures import Encounter, SessionUse, Spread, TooFew, session_use, waits

ZONE = ZoneInfo("America/New_York")
MINUTE = timedelta(minutes=1)
EIGHT = datetime(2026, 11, 25, 13, tzinfo=UTC)
TODAY = DateRange(date(2026, 11, 25), date(2026, 11, 25))
ADAMS = ResourceId("dr-adams")
SESSIONS = {
    ADAMS: (
        TimeSlot(EIGHT, EIGHT + 240 * MINUTE),
        TimeSlot(EIGHT + 300 * MINUTE, EIGHT + 480 * MINUTE),
    )
}


@st.composite
def encounters(draw: st.DrawFn) -> Encounter:
    """A visit near the day's sessions, early or late, short or long."""
    scheduled = EIGHT + draw(st.integers(-30, 540)) * MINUTE
    arrived = scheduled + draw(st.integers(-60, 40)) * MINUTE
    seen = arrived + draw(st.integers(0, 90)) * MINUTE
    length = draw(st.integers(1, 90)) * MINUTE
    return Encounter(
        clinician=ADAMS, scheduled=scheduled, arrived=arrived, seen=TimeSlot.lasting(seen, length)
    )


@given(st.lists(encounters(), max_size=8))
def test_sessions_are_used_minute_by_minute(found: list[Encounter]) -> None:
    """Use and idleness add up to the sessions, overtime is what lies behind them; all as counting gives."""
    use = session_use(SESSIONS, found, window=TODAY, zone=ZONE)
    assert isinstance(use, SessionUse)
    minutes = [EIGHT + count * MINUTE for count in range(-120, 1200)]
    busy = {each for each in minutes if any(each in one.seen for one in found)}
    within = {each for each in minutes if any(each in slot for slot in SESSIONS[ADAMS])}
    behind = {each for each in minutes if each >= EIGHT + 240 * MINUTE} - within
    assert use.utilisation.numerator == len(busy & within)
    assert use.idle.numerator == len(within - busy)
    assert use.overtime.numerator == len(busy & behind)
    assert use.utilisation.numerator + use.idle.numerator == use.utilisation.denominator == 420


@given(st.lists(encounters(), min_size=1, max_size=8))
def test_a_wait_is_never_below_nothing(found: list[Encounter]) -> None:
    """Nobody waits less than nothing, nor longer than since they came, nor than since their time."""
    spread = waits(found, window=TODAY, zone=ZONE)
    assert isinstance(spread, Spread)
    for each in found:
        assert 0 <= each.wait <= (each.seen.start - each.arrived) / MINUTE
        assert each.wait <= max(0, (each.seen.start - each.scheduled) / MINUTE)
    assert spread.total == sum(each.wait for each in found)


def test_coming_early_is_no_wait() -> None:
    """Twenty minutes early and seen five late is a wait of five; ten late and seen at once is none."""
    early = Encounter(
        clinician=ADAMS,
        scheduled=EIGHT,
        arrived=EIGHT - 20 * MINUTE,
        seen=TimeSlot.lasting(EIGHT + 5 * MINUTE, 15 * MINUTE),
    )
    late = Encounter(
        clinician=ADAMS,
        scheduled=EIGHT,
        arrived=EIGHT + 10 * MINUTE,
        seen=TimeSlot.lasting(EIGHT + 10 * MINUTE, 15 * MINUTE),
    )
    assert (early.wait, late.wait) == (5, 0)


def test_nobody_is_seen_before_they_come() -> None:
    """Time stamps the wrong way round are the caller's to mend."""
    with pytest.raises(InvalidValue):
        Encounter(
            clinician=ADAMS,
            scheduled=EIGHT,
            arrived=EIGHT + MINUTE,
            seen=TimeSlot.lasting(EIGHT, MINUTE),
        )


def test_no_session_has_no_use() -> None:
    """Without sessions in the window there is nothing to divide by."""
    other = DateRange(date(2026, 12, 1), date(2026, 12, 1))
    assert isinstance(session_use(SESSIONS, [], window=other, zone=ZONE), TooFew)
    assert isinstance(waits([], window=TODAY, zone=ZONE), TooFew)
