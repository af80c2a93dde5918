"""Where an instant lies on a picture's time axis, and how times and days are written."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from medoffice.adapters.pictures.words import Words
from medoffice.core import TimeSlot, day_in

_NOON = 12


def minute_on(moment: datetime, day: date, zone: ZoneInfo) -> int:
    """Minutes from midnight of ``day`` on the wall clock; above 1440 on the day after, below 0 on the day before.

    On a day whose clocks change, the axis is that of the clock: an hour that comes twice is drawn in one place.
    """
    local = moment.astimezone(zone)
    return (local.date() - day).days * 1440 + local.hour * 60 + local.minute


def span_on(slot: TimeSlot, day: date, zone: ZoneInfo) -> tuple[int, int]:
    """Start and end on the axis of a day, cut at its midnights; the end is never before the start."""
    start, end = minute_on(slot.start, day, zone), minute_on(slot.end, day, zone)
    return max(0, min(start, 1440)), max(0, min(max(start, end), 1440))


def is_on(slot: TimeSlot, day: date, zone: ZoneInfo) -> bool:
    """Whether any of it lies on that day."""
    return day_in(slot.start, zone) <= day and (
        day_in(slot.end, zone) > day or minute_on(slot.end, day, zone) > 0
    )


def clock_time(minute: int) -> str:
    """``"9:05 am"`` for minutes after midnight."""
    hour, rest = divmod(minute % 1440, 60)
    return f"{(hour - 1) % _NOON + 1}:{rest:02d} {'am' if hour < _NOON else 'pm'}"


def short_day(day: date, words: Words) -> str:
    """``"Mon 30"``."""
    return f"{words.days[day.weekday()][:3]} {day.day}"


def long_day(day: date, words: Words) -> str:
    """``"Monday, November 30, 2026"``."""
    return f"{words.days[day.weekday()]}, {words.months[day.month - 1]} {day.day}, {day.year}"
