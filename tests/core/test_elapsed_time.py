"""Lengths are elapsed time, whatever the clocks did meanwhile: never arithmetic on what a clock shows."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from medoffice.core import InvalidValue, TimeSlot, as_instant, day_in
from medoffice.testing.strategies import instants, zones

CHICAGO = ZoneInfo("America/Chicago")
AUTUMN, SPRING = datetime(2026, 11, 1, 5, tzinfo=UTC), datetime(2026, 3, 8, 6, tzinfo=UTC)
DAY = timedelta(days=1)
LENGTHS = st.timedeltas(timedelta(microseconds=1), 400 * DAY)


class NoOffset(tzinfo):
    """A zone that does not know how far it is from UTC, as Python allows."""

    def utcoffset(self, _: datetime | None) -> None:
        return None

    def dst(self, _: datetime | None) -> None:
        return None

    def tzname(self, _: datetime | None) -> str:
        return "nowhere"


@given(instants(), LENGTHS, zones())
@example(AUTUMN, DAY, CHICAGO)
@example(SPRING, DAY, CHICAGO)
@example(AUTUMN, timedelta(hours=1, minutes=30), CHICAGO)
def test_a_slot_lasts_as_long_as_it_was_told(start: datetime, length: timedelta, zone: ZoneInfo) -> None:
    """A slot that begins by the clocks of any zone ends exactly ``length`` later, through every change of clocks."""
    slot = TimeSlot.lasting(start.astimezone(zone), length)
    assert slot.start == start
    assert slot.end - start == length == slot.length
    assert slot == TimeSlot.lasting(start, length)


@given(instants(), LENGTHS, st.timedeltas(timedelta(0), DAY), zones())
@example(AUTUMN, timedelta(minutes=30), 2 * timedelta(hours=1), CHICAGO)
def test_room_before_and_after_is_elapsed_time(
    start: datetime, length: timedelta, room: timedelta, zone: ZoneInfo
) -> None:
    """Set-up and clean-up take as long as they take, in the night of a change too."""
    slot = TimeSlot(start.astimezone(zone), (start + length).astimezone(zone))
    wide = slot.widened(before=room, after=room)
    assert (wide.start, wide.end) == (start - room, start + length + room)


@pytest.mark.parametrize(
    "use", [as_instant, lambda each: day_in(each, CHICAGO), lambda each: TimeSlot(each, each)]
)
def test_a_zone_without_an_offset_is_no_zone(use: object) -> None:
    """A zone that gives no offset is refused; Python would quietly take the machine's own instead."""
    assert callable(use)
    with pytest.raises(InvalidValue):
        use(datetime(2026, 11, 24, 9, tzinfo=NoOffset()))
