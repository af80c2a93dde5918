"""One resource in the index: what holds it, and from which minutes a visit of some shape could begin on it."""

from bisect import bisect_left, insort
from collections.abc import Iterator
from typing import NamedTuple

from medoffice.scheduling.calendar.absences import Absence
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.resources import Resource
from medoffice.scheduling.search.minutes import (
    CHUNK,
    FULL,
    begins_of_runs,
    ceil_minute,
    floor_minute,
    stretch,
)
from medoffice.scheduling.search.timetable import Kind, OpenTime, Timetable

_MOST_SHAPES = 64


class Taking(NamedTuple):
    """Time that is held under a key, in minutes; those with ``seats`` above one are seats of a group's visit."""

    start: int
    end: int
    key: str
    slot_start: int
    slot_end: int
    resources: tuple[str, ...]
    visit: str = ""
    seats: int = 1
    modality: Modality = Modality.IN_PERSON
    location: str = ""


class Shape(NamedTuple):
    """How a visit lies on a resource: minutes from the begin of its hold to the start, minutes held in all, the
    openings it needs, and the step of the grid (0 for none).
    """

    before: int
    whole: int
    kind: Kind
    step: int


class Row:
    """What the index knows of one resource."""

    __slots__ = (
        "_absent",
        "_busy",
        "_held",
        "_is_sorted",
        "_longest",
        "_starts",
        "absences",
        "resource",
        "timetable",
    )

    def __init__(self, resource: Resource, timetable: Timetable, absences: tuple[Absence, ...]) -> None:
        self.resource = resource
        self.timetable = timetable
        self.absences = absences
        self._absent = [(floor_minute(each.slot.start), ceil_minute(each.slot.end)) for each in absences]
        self._held: list[Taking] = []
        self._is_sorted = True
        self._longest = 0
        self._busy: dict[int, int] = {}
        self._starts: dict[Shape, Starts] = {}

    def add(self, taking: Taking) -> None:
        """Keep a taking of many, before anything was asked."""
        self._held.append(taking)
        self._is_sorted = False
        self._longest = max(self._longest, taking.end - taking.start)

    def take(self, taking: Taking) -> None:
        """Hold time."""
        self._sort()
        insort(self._held, taking)
        self._longest = max(self._longest, taking.end - taking.start)
        for chunk, bits in _pieces(taking.start, taking.end):
            if chunk in self._busy:
                self._busy[chunk] |= bits
        self._forget(taking)

    def give_back(self, taking: Taking) -> None:
        """Hold it no more; what others hold of it stays held."""
        self._sort()
        del self._held[bisect_left(self._held, taking)]
        for chunk in range(taking.start // CHUNK, (taking.end - 1) // CHUNK + 1):
            self._busy.pop(chunk, None)
        self._forget(taking)

    def meeting(self, start: int, end: int) -> Iterator[Taking]:
        """Who holds any of the minutes from ``start`` to ``end``, by the begin of the hold."""
        self._sort()
        held = self._held
        at = bisect_left(held, (start - self._longest,))
        while at < len(held) and held[at].start < end:
            if held[at].end > start:
                yield held[at]
            at += 1

    def starts(self, shape: Shape) -> "Starts":
        """From which minutes a visit of a shape could begin."""
        found = self._starts.get(shape)
        if found is None:
            if len(self._starts) >= _MOST_SHAPES:
                self._starts.clear()
            found = self._starts[shape] = Starts(self, shape)
        return found

    def busy(self, chunk: int) -> int:
        """The minutes of a chunk that are held, or in which the resource is absent."""
        found = self._busy.get(chunk)
        if found is None:
            base = chunk * CHUNK
            found = 0
            for taking in self.meeting(base, base + CHUNK):
                found |= stretch(max(taking.start - base, 0), min(taking.end - base, CHUNK))
            for start, end in self._absent:
                found |= stretch(max(start - base, 0), min(end - base, CHUNK))
            self._busy[chunk] = found
        return found

    def is_open(self, start: int, end: int, kind: Kind) -> bool:
        """Whether the resource is open for a kind of visit, and not absent, from one minute up to another."""
        opened = self.timetable.of_kind(kind)
        return not any(bits & ~opened.open(chunk) for chunk, bits in _pieces(start, end)) and not any(
            gone < end and start < back for gone, back in self._absent
        )

    def _sort(self) -> None:
        if not self._is_sorted:
            self._held.sort()
            self._is_sorted = True

    def _forget(self, taking: Taking) -> None:
        first, last = taking.start // CHUNK - 1, (taking.end - 1) // CHUNK + 1
        for starts in self._starts.values():
            for chunk in range(first, last + 1):
                starts.known.pop(chunk, None)


class Starts:
    """The starts of one shape on one row, chunk by chunk, kept until the row changes there."""

    __slots__ = ("_open", "_row", "_shape", "known")

    def __init__(self, row: Row, shape: Shape) -> None:
        self._row = row
        self._shape = shape
        self._open: OpenTime = row.timetable.of_kind(shape.kind)
        self.known: dict[int, int] = {}

    def on(self, chunk: int) -> int:
        """The starts within a chunk."""
        found = self.known.get(chunk)
        if found is None:
            found = self.known[chunk] = self._work_out(chunk)
        return found

    def _work_out(self, chunk: int) -> int:
        shape = self._shape
        if shape.step and not (grid := self._open.grid(chunk, shape.step)):
            return 0
        free = self._free(chunk) << shape.before | self._free(chunk + 1) << (CHUNK + shape.before)
        if shape.before:  # bit 0 is the first minute that the visit at the first start of the chunk holds
            free |= self._free(chunk - 1) >> (CHUNK - shape.before)
        begins = begins_of_runs(free, shape.whole) & FULL
        return begins & grid if shape.step else begins

    def _free(self, chunk: int) -> int:
        opened = self._open.open(chunk)
        return opened & ~self._row.busy(chunk) if opened else 0


def _pieces(start: int, end: int) -> Iterator[tuple[int, int]]:
    for chunk in range(start // CHUNK, (end - 1) // CHUNK + 1):
        base = chunk * CHUNK
        yield chunk, stretch(max(start - base, 0), min(end - base, CHUNK))
