"""A time that can be booked, and the answer of a search: such times in order, built as they are looked at."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import overload

import attrs

from medoffice.core import MedofficeError, ResourceId, TimeSlot
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.search.availability import Availability
from medoffice.scheduling.search.minutes import instant_of
from medoffice.scheduling.search.sessions import Session


class SearchOutdated(MedofficeError, RuntimeError):
    """Time was taken or given back after the search: what it would still say may not be true any more."""

    def __init__(self) -> None:
        super().__init__("the schedule has changed since this search; ask again")


@attrs.frozen(kw_only=True)
class FreeSlot:
    """A time that can be booked: the patient's ``slot``, what is ``occupied``, and by which ``resources`` (sorted).

    ``lead`` is the resource that the visit is named after, the clinician wherever there is one. ``seats_left``
    counts those free before the booking, of the ``seats`` of one visit; 1 of 1 unless it is a group's.
    """

    visit: str
    slot: TimeSlot
    occupied: TimeSlot
    resources: tuple[ResourceId, ...]
    lead: ResourceId
    modality: Modality = Modality.IN_PERSON
    location: str = ""
    seats: int = 1
    seats_left: int = 1


Found = tuple[int, str, str, Session | None, int]
"""One start as the search keeps it: minute, the lead's name, place, and the session to be joined with its seats left."""


class FreeSlots(Sequence[FreeSlot]):
    """The free times of one search, earliest first; looked for as far as they are asked for.

    It speaks of the schedule as it was when it was asked, and refuses to go on once that has changed. A slice is a
    tuple, and stays.

    Raises:
        SearchOutdated: by every look at it after a change of the schedule.
    """

    def __init__(
        self,
        availability: Availability,
        found: Iterator[list[Found]],
        build: Callable[[Found], FreeSlot],
    ) -> None:
        self._availability = availability
        self._version = availability.version
        self._coming = found
        self._known: list[Found] = []
        self._build = build

    @overload
    def __getitem__(self, at: int) -> FreeSlot: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[FreeSlot, ...]: ...
    def __getitem__(self, at: int | slice) -> FreeSlot | tuple[FreeSlot, ...]:
        if isinstance(at, slice):
            is_forward = min(at.start or 0, -1 if at.stop is None else at.stop, at.step or 1) >= 0
            self._look(at.stop if is_forward else None)
            return tuple([self._build(found) for found in self._known[at]])
        self._look(at + 1 if at >= 0 else None)
        return self._build(self._known[at])

    def __len__(self) -> int:
        self._look(None)
        return len(self._known)

    def __bool__(self) -> bool:
        self._look(1)
        return bool(self._known)

    def __iter__(self) -> Iterator[FreeSlot]:
        at = 0
        while True:
            self._look(at + 1)
            if at >= len(self._known):
                return
            yield self._build(self._known[at])
            at += 1

    def starts(self) -> list[tuple[datetime, ResourceId]]:
        """Of all of them only when and with which lead: much less work than the whole values."""
        self._look(None)
        ids = {name: row.resource.id for name, row in self._availability.rows.items()}
        starts: list[tuple[datetime, ResourceId]] = []
        for minute, together in groupby(self._known, key=itemgetter(0)):
            instant = instant_of(minute)
            starts += [(instant, ids[found[1]]) for found in together]
        return starts

    def _look(self, upto: int | None) -> None:
        if self._version != self._availability.version:
            raise SearchOutdated
        known = self._known
        while upto is None or len(known) < upto:
            more = next(self._coming, None)
            if more is None:
                return
            known += more
