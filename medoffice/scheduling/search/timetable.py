"""When a resource is open and where starts lie, as bits: worked out once for all resources of the same hours."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from medoffice.core import ResourceId
from medoffice.scheduling.calendar.calendar import Calendar
from medoffice.scheduling.hours import Opening
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.search.minutes import CHUNK, EPOCH, ceil_minute, comb, floor_minute, stretch

_DAY: Final = 24 * 60
_FIRST_DAY: Final = (
    date.min - EPOCH.date()
).days + 9  # each day here has a week on both sides, in every zone
_LAST_DAY: Final = (date.max - EPOCH.date()).days - 9


class Kind(NamedTuple):
    """What openings are asked for: a kind of visit, its modality, and a location (empty: no named one)."""

    visit: str
    modality: Modality
    location: str


class Timetable:
    """The openings of one resource, or of several that keep the same hours, by day."""

    __slots__ = ("_calendar", "_days", "_kinds", "_resource")

    def __init__(self, calendar: Calendar, resource: ResourceId) -> None:
        self._calendar = calendar
        self._resource = resource
        self._days: dict[date, tuple[Opening, ...]] = {}
        self._kinds: dict[Kind, OpenTime] = {}

    def of_kind(self, kind: Kind) -> "OpenTime":
        """The open time for a kind of visit."""
        found = self._kinds.get(kind)
        if found is None:
            found = self._kinds[kind] = OpenTime(self, kind)
        return found

    def around(self, chunk: int, kind: Kind) -> Iterator[Opening]:
        """The openings for a kind of visit on every day that may share time with a chunk."""
        first, last = chunk * CHUNK // _DAY - 1, (chunk + 1) * CHUNK // _DAY + 1
        for ahead in range(max(first, _FIRST_DAY), min(last, _LAST_DAY) + 1):
            day = EPOCH.date() + timedelta(days=ahead)
            shut = self._calendar.closures_on(day)
            for opening in self._on(day):
                if allows(opening, kind) and not any(
                    closure.closes(self._resource, kind.location) for closure in shut
                ):
                    yield opening

    def _on(self, day: date) -> tuple[Opening, ...]:
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = self._calendar.openings(self._resource, day)
        return found


def allows(opening: Opening, kind: Kind) -> bool:
    """Whether an opening is for a kind of visit, its modality, and the place."""
    return (
        opening.allows(kind.visit)
        and (not opening.modalities or kind.modality in opening.modalities)
        and (not opening.location or opening.location == kind.location)
    )


class OpenTime:
    """Open minutes and grids of one kind of visit, chunk by chunk, each worked out when it is first asked for."""

    __slots__ = ("_grids", "_kind", "_open", "_timetable")

    def __init__(self, timetable: Timetable, kind: Kind) -> None:
        self._timetable = timetable
        self._kind = kind
        self._open: dict[int, int] = {}
        self._grids: dict[tuple[int, int], int] = {}

    def open(self, chunk: int) -> int:
        """The minutes of a chunk through which the resource is open; openings that touch leave no seam."""
        found = self._open.get(chunk)
        if found is None:
            found = 0
            for start, end in self._stretches(chunk):
                found |= _within(chunk, start, end)
            self._open[chunk] = found
        return found

    def grid(self, chunk: int, step: int) -> int:
        """The minutes of a chunk that lie ``step`` apart, counted anew from where each opening begins."""
        found = self._grids.get((chunk, step))
        if found is None:
            found = 0
            openings = list(self._timetable.around(chunk, self._kind))
            anchors = sorted({ceil_minute(opening.slot.start) for opening in openings})
            last = max((ceil_minute(opening.slot.end) for opening in openings), default=0)
            for anchor, following in pairwise([*anchors, last]):
                teeth = comb(step, following - anchor)
                shift = anchor - chunk * CHUNK
                found |= teeth << shift if shift >= 0 else teeth >> -shift
            self._grids[chunk, step] = found = found & ((1 << CHUNK) - 1)
        return found

    def _stretches(self, chunk: int) -> Iterator[tuple[int, int]]:
        slots = sorted(
            (opening.slot for opening in self._timetable.around(chunk, self._kind)),
            key=lambda slot: slot.start,
        )
        if not slots:
            return
        start, end = slots[0].start, slots[0].end
        for slot in slots[1:]:
            if slot.start > end:
                yield ceil_minute(start), floor_minute(end)
                start = slot.start
            end = max(end, slot.end)
        yield ceil_minute(start), floor_minute(end)


def _within(chunk: int, start: int, end: int) -> int:
    base = chunk * CHUNK
    return stretch(max(start - base, 0), min(end - base, CHUNK))
