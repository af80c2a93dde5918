"""Stretches of time put together, cut, and counted in whole minutes, each minute once."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from medoffice.core import TimeSlot

_MINUTE: Final = timedelta(minutes=1)


def united(slots: Iterable[TimeSlot]) -> list[TimeSlot]:
    """The same time without overlaps, earliest first; stretches that touch are one."""
    joined: list[TimeSlot] = []
    for slot in sorted(slots, key=lambda each: each.start):
        if joined and slot.start <= joined[-1].end:
            joined[-1] = TimeSlot(joined[-1].start, max(joined[-1].end, slot.end))
        else:
            joined.append(slot)
    return joined


def common(first: Iterable[TimeSlot], second: Iterable[TimeSlot]) -> list[TimeSlot]:
    """The time that is in both, each minute once."""
    ones, others = united(first), united(second)
    shared, one, other = [], 0, 0
    while one < len(ones) and other < len(others):
        start = max(ones[one].start, others[other].start)
        end = min(ones[one].end, others[other].end)
        if start < end:
            shared.append(TimeSlot(start, end))
        if ones[one].end <= others[other].end:
            one += 1
        else:
            other += 1
    return shared


def less(slot: TimeSlot, gone: Iterable[TimeSlot]) -> list[TimeSlot]:
    """What of a stretch lies in none of ``gone``, earliest first; these may come in any order, and overlap."""
    left, start = [], slot.start
    for each in sorted(gone, key=lambda each: each.start):
        if each.end <= start or each.start >= slot.end:
            continue
        if start < each.start:
            left.append(TimeSlot(start, each.start))
        start = each.end
    return [*left, TimeSlot(start, slot.end)] if start < slot.end else left


def minutes_of(slots: Sequence[TimeSlot]) -> int:
    """Whole minutes of stretches that do not overlap; what is left of a minute at the end does not count."""
    return sum((slot.length for slot in slots), timedelta()) // _MINUTE
