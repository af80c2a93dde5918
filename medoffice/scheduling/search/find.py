"""Free times: for every clinician at once, minute by minute on the bits of integers."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from heapq import merge
from itertools import groupby
from typing import Final

from medoffice.core import ResourceId, TimeSlot
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.search.availability import Availability
from medoffice.scheduling.search.fairness import Fairness
from medoffice.scheduling.search.fillers import fill
from medoffice.scheduling.search.free_slot import Found, FreeSlot, FreeSlots
from medoffice.scheduling.search.minutes import CHUNK, ceil_minute, floor_minute, instant_of, stretch
from medoffice.scheduling.search.question import AT_ONCE, QUARTER, Question, ask
from medoffice.scheduling.search.sessions import Session
from medoffice.scheduling.visits import VisitType

_NO_TIME: Final = TimeSlot(instant_of(0), instant_of(1))


def find(
    availability: Availability,
    visit: VisitType,
    *,
    window: TimeSlot,
    now: datetime,
    modality: Modality | None = None,
    location: str = "",
    new_patient: bool = False,
    resources: Iterable[ResourceId | str] = (),
    step: timedelta = QUARTER,
    patient_busy: Iterable[TimeSlot] = (),
    notice: timedelta = AT_ONCE,
    horizon: timedelta | None = None,
    fair: Fairness | None = None,
) -> FreeSlots:
    """The times within ``window`` at which a visit could take place, earliest first.

    Starts lie ``step`` apart (elapsed time), counted from the beginning of each opening of the lead: the resource
    that fills the first need which a provider can fill. At one instant there is one offer for each lead, in the order
    of ``OneOf`` or by id; its other needs are filled by those whom the fewest kinds of visit could use. A visit of a
    group that has begun to fill is offered at its own start while it has a seat, whatever the grid.

    Args:
        availability: the calendar, and what is taken in it.
        visit: the kind of visit.
        window: the patient's time lies within it.
        now: no visit begins before it.
        modality: how it takes place; left out, the usual way of the kind.
        location: where; left out, anywhere, but all of a visit at one place.
        new_patient: whether the length for somebody new counts.
        resources: a need that one of these can fill is filled by one of these.
        step: the time between two starts, in whole minutes.
        patient_busy: when the patient is elsewhere.
        notice: how long before the visit it has to be booked.
        horizon: how far ahead from ``now`` a visit may begin.
        fair: how offers of one instant are ordered between providers, and who is left out.

    Raises:
        InvalidValue: when ``step`` is not some whole minutes, ``notice`` or ``horizon`` is below zero, or ``now``
            has no time zone.
        UnknownName: when one of ``resources`` is not in the calendar.
    """
    question = ask(
        availability,
        visit,
        now=now,
        modality=modality,
        location=location,
        new_patient=new_patient,
        resources=resources,
        step=step,
        patient_busy=patient_busy,
        notice=notice,
        horizon=horizon,
    )
    search = Search(availability, question)
    first = max(ceil_minute(window.start), question.earliest)
    last = min(floor_minute(window.end) - question.length, question.latest)
    leads = question.needs[question.lead]
    if fair is not None:
        leads = fair.order(availability, leads, lambda lead: search.has_any(lead, first, last))
    return FreeSlots(availability, search.starts(leads, first, last), search.slot)


class Search:
    """One question put to one index."""

    def __init__(self, availability: Availability, question: Question) -> None:
        self._rows = availability.rows
        self._sessions = availability.sessions
        self._ask = question
        self._last: tuple[int, TimeSlot, TimeSlot] = (
            -1,
            _NO_TIME,
            _NO_TIME,
        )  # offers of one instant share them

    def has_any(self, lead: str, first: int, last: int) -> bool:
        """Whether a lead has any start from one minute to another, both included."""
        return any(self.starts((lead,), first, last))

    def starts(self, leads: tuple[str, ...], first: int, last: int) -> Iterator[list[Found]]:
        """The starts from one minute to another, both included, an instant at a time in the order of ``leads``."""
        ask = self._ask
        if not ask.is_possible or first > last:
            return
        for chunk in range(first // CHUNK, last // CHUNK + 1):
            base = chunk * CHUNK
            allowed = stretch(max(first - base, 0), min(last + 1 - base, CHUNK))
            for start, end in ask.elsewhere:
                allowed &= ~stretch(max(start - ask.length + 1 - base, 0), min(end - base, CHUNK))
            fresh = self._fresh(leads, chunk, allowed)
            yield from self._with_sessions(leads, chunk, allowed, fresh) if ask.visit.is_group else fresh

    def slot(self, found: Found) -> FreeSlot:
        """The value of one start."""
        minute, lead, place, session, left = found
        ask, rows = self._ask, self._rows
        if session is None:
            names: Sequence[str] = (lead,) if len(ask.needs) == 1 else self._filled(lead, place, minute)
            seats = left = ask.visit.capacity
        else:
            names, seats = session.resources, min(session.seats, ask.visit.capacity)
        if minute != self._last[0]:
            begin = minute - ask.before
            self._last = (
                minute,
                TimeSlot(instant_of(minute), instant_of(minute + ask.length)),
                TimeSlot(instant_of(begin), instant_of(begin + ask.whole)),
            )
        _, slot, occupied = self._last
        return FreeSlot(
            visit=ask.visit.code,
            slot=slot,
            occupied=occupied,
            resources=tuple([rows[name].resource.id for name in sorted(names)]),
            lead=rows[lead].resource.id,
            modality=ask.modality,
            location=place,
            seats=seats,
            seats_left=left,
        )

    def _fresh(self, leads: tuple[str, ...], chunk: int, allowed: int) -> Iterator[list[Found]]:
        """Starts at which everything is free."""
        ask, base = self._ask, chunk * CHUNK
        masks: list[tuple[str, str, bytes]] = []  # a lead's places follow each other
        union = 0
        others = {place: self._others(place, chunk, allowed) for place in ask.places}
        shapes = {place: ask.shape(place, is_lead=True) for place, free in others.items() if free}
        for lead in leads:
            row, seen = self._rows[lead], 0
            for place, shape in shapes.items():
                mask = row.starts(shape).on(chunk)
                if mask and (mask := mask & others[place]):
                    if ask.is_disjoint:
                        mask, seen = mask & ~seen, seen | mask
                    masks.append((lead, place, mask.to_bytes(CHUNK // 8, "little")))
                    union |= mask
        while union:
            bit = (union & -union).bit_length() - 1
            union &= union - 1
            byte, flag, minute = bit >> 3, 1 << (bit & 7), base + bit
            found: list[Found] = [
                (minute, lead, place, None, 0) for lead, place, octets in masks if octets[byte] & flag
            ]
            if ask.is_disjoint or (found := self._can_be_filled(found)):
                yield found

    def _can_be_filled(self, found: list[Found]) -> list[Found]:
        """Of each lead the first place at which its other needs can be filled."""
        first: dict[str, Found] = {}
        for each in found:
            minute, lead, place, _, _ = each
            if lead not in first and self._filled(lead, place, minute):
                first[lead] = each
        return list(first.values())

    def _with_sessions(
        self, leads: tuple[str, ...], chunk: int, allowed: int, fresh: Iterator[list[Found]]
    ) -> Iterator[list[Found]]:
        """The same with the sessions that can be joined, each in its place."""
        rank = {lead: at for at, lead in enumerate(leads)}
        joined = sorted(self._joinable(rank, chunk, allowed), key=lambda found: (found[0], rank[found[1]]))
        by_minute = merge(fresh, ([found] for found in joined), key=_minute_of)
        for _, batches in groupby(by_minute, key=_minute_of):
            together = [found for batch in batches for found in batch]
            yield sorted(together, key=lambda found: rank[found[1]])

    def _others(self, place: str, chunk: int, allowed: int) -> int:
        """The minutes of a chunk at which each need beside the lead's has somebody free."""
        ask = self._ask
        shape = ask.shape(place, is_lead=False)
        for at, need in enumerate(ask.needs):
            if at != ask.lead:
                free = 0
                for name in need:
                    free |= self._rows[name].starts(shape).on(chunk)
                allowed &= free
        return allowed

    def _filled(self, lead: str, place: str, minute: int) -> tuple[str, ...]:
        """Who fills the needs at a start, or nothing when they cannot all be filled."""
        ask = self._ask
        chunk, bit = divmod(minute, CHUNK)
        shape = ask.shape(place, is_lead=False)
        free = [
            [lead]
            if at == ask.lead
            else [name for name in need if self._rows[name].starts(shape).on(chunk) >> bit & 1]
            for at, need in enumerate(ask.needs)
        ]
        return fill(free)

    def _joinable(self, leads: Collection[str], chunk: int, allowed: int) -> Iterator[Found]:
        """Sessions with a seat left that fit the question."""
        base = chunk * CHUNK
        for session, taken in self._sessions.on(self._ask.visit.code, chunk):
            left = min(session.seats, self._ask.visit.capacity) - taken
            if left > 0 and allowed >> (session.slot_start - base) & 1 and self.fits(session):
                filled = fill([[n for n in need if n in session.resources] for need in self._ask.needs])
                if (lead := filled[self._ask.lead]) in leads:
                    yield (session.slot_start, lead, session.location, session, left)

    def fits(self, session: Session) -> bool:
        """Whether a session is what is asked for, and may still take place as it stands."""
        ask = self._ask
        if (session.slot_end - session.slot_start, session.modality) != (ask.length, ask.modality):
            return False
        if (session.slot_start - session.start, session.end - session.start) != (ask.before, ask.whole):
            return False
        if ask.location not in {"", session.location} or len(session.resources) != len(ask.needs):
            return False
        if not fill([[name for name in need if name in session.resources] for need in ask.needs]):
            return False
        return all(self._is_only(session, name) for name in session.resources)

    def _is_only(self, session: Session, name: str) -> bool:
        """Whether a resource is there for a session, and nothing else is on it."""
        row = self._rows[name]
        return row.is_open(session.start, session.end, self._ask.kind(session.location)) and all(
            Session.of(taking) == session for taking in row.meeting(session.start, session.end)
        )


def _minute_of(together: list[Found]) -> int:
    return together[0][0]
