"""Visits of a group that have begun to fill: which there are, and how many seats are taken."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from medoffice.scheduling.modality import Modality
from medoffice.scheduling.search.minutes import CHUNK
from medoffice.scheduling.search.rows import Taking


class Session(NamedTuple):
    """One visit of a group: all that its seats have in common, in minutes."""

    slot_start: int
    slot_end: int
    start: int
    end: int
    resources: tuple[str, ...]
    visit: str
    seats: int
    modality: Modality
    location: str

    @classmethod
    def of(cls, taking: Taking) -> "Session":
        """The session in which a taking is a seat."""
        return cls(
            taking.slot_start,
            taking.slot_end,
            taking.start,
            taking.end,
            taking.resources,
            taking.visit,
            taking.seats,
            taking.modality,
            taking.location,
        )


class Sessions:
    """The sessions of all kinds of visit, by the chunk in which they start."""

    __slots__ = ("_taken",)

    def __init__(self) -> None:
        self._taken: defaultdict[tuple[str, int], dict[Session, int]] = defaultdict(dict)

    def add(self, taking: Taking) -> None:
        """One more seat."""
        session = Session.of(taking)
        there = self._taken[session.visit, session.slot_start // CHUNK]
        there[session] = there.get(session, 0) + 1

    def give_back(self, taking: Taking) -> None:
        """One seat less; the last one ends the session."""
        session = Session.of(taking)
        place = (session.visit, session.slot_start // CHUNK)
        there = self._taken[place]
        there[session] -= 1
        if not there[session]:
            del there[session]
            if not there:
                del self._taken[place]

    def on(self, visit: str, chunk: int) -> Iterator[tuple[Session, int]]:
        """The sessions of a kind of visit that start within a chunk, and how many seats of each are taken."""
        yield from self._taken.get((visit, chunk), {}).items()
