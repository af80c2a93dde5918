"""A time that can be booked, and the answer of a search: such times in order, built as they are looked at."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
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


@attrs.frozen
class Found:
    """One start as the search keeps it: the minute, the lead's name, the place, and the session to be joined."""

    minute: int
    lead: str
    place: str
    session: Session | None = None
    seats_left: int = 0


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
        found: Iterator[Found],
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
            ends = (at.start or 0, at.stop)
            if at.stop is None or any(end is not None and end < 0 for end in ends):
                self._look(None)
            else:
                self._look(at.stop)
            return tuple(self._build(found) for found in self._known[at])
        self._look(None if at < 0 else at + 1)
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

    def starts(self) -> Iterator[tuple[datetime, ResourceId]]:
        """Only when and with whom, which costs a tenth of the whole values."""
        self._look(None)
        names: dict[str, ResourceId] = {}
        minute, instant = None, instant_of(0)
        for found in self._known:
            if found.minute != minute:
                minute, instant = found.minute, instant_of(found.minute)
            yield instant, names.setdefault(found.lead, ResourceId(found.lead))

    def _look(self, upto: int | None) -> None:
        if self._version != self._availability.version:
            raise SearchOutdated
        wanted = None if upto is None else max(upto - len(self._known), 0)
        self._known.extend(islice(self._coming, wanted))
