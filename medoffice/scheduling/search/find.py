"""Free times: for every clinician at once, minute by minute on the bits of integers."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

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

    def has_any(self, lead: str, first: int, last: int) -> bool:
        """Whether a lead has any start from one minute to another, both included."""
        return next(self.starts((lead,), first, last), None) is not None

    def starts(self, leads: tuple[str, ...], first: int, last: int) -> Iterator[Found]:
        """The starts from one minute to another, both included: by minute, then in the order of ``leads``."""
        if not self._ask.is_possible or not leads:
            return
        for chunk in range(first // CHUNK, last // CHUNK + 1):
            base = chunk * CHUNK
            allowed = stretch(max(first - base, 0), min(last + 1 - base, CHUNK))
            for start, end in self._ask.elsewhere:
                gone = stretch(max(start - self._ask.length + 1 - base, 0), min(end - base, CHUNK))
                allowed &= ~gone
            joined = sorted(self._joinable(leads, chunk, allowed)) if self._ask.visit.is_group else []
            fresh = self._fresh(leads, chunk, allowed)
            if joined:
                rank = {lead: at for at, lead in enumerate(leads)}
                fresh = iter(
                    sorted(
                        [*fresh, *(found for _, _, found in joined)],
                        key=lambda found: (found.minute, rank[found.lead]),
                    )
                )
            yield from fresh

    def slot(self, found: Found) -> FreeSlot:
        """The value of one start."""
        ask, visit = self._ask, self._ask.visit
        start = instant_of(found.minute)
        if found.session is not None:
            names, seats = found.session.resources, min(found.session.seats, visit.capacity)
            left = found.seats_left
        else:
            names = self._filled(found.lead, found.place, found.minute)
            seats = left = visit.capacity
        return FreeSlot(
            visit=visit.code,
            slot=TimeSlot(start, instant_of(found.minute + ask.length)),
            occupied=TimeSlot(
                instant_of(found.minute - ask.before), instant_of(found.minute - ask.before + ask.whole)
            ),
            resources=tuple(ResourceId(name) for name in sorted(names)),
            lead=ResourceId(found.lead),
            modality=ask.modality,
            location=found.place,
            seats=seats,
            seats_left=left,
        )

    def _fresh(self, leads: tuple[str, ...], chunk: int, allowed: int) -> Iterator[Found]:
        """Starts at which everything is free."""
        ask, base = self._ask, chunk * CHUNK
        others = {place: self._others(place, chunk, allowed) for place in ask.places}
        masks: list[tuple[str, list[tuple[str, int]]]] = []
        union = 0
        for lead in leads:
            row, here = self._rows[lead], []
            for place, open_to_others in others.items():
                if open_to_others and (
                    mask := row.starts(ask.shape(place, is_lead=True)).on(chunk) & open_to_others
                ):
                    here.append((place, mask))
                    union |= mask
            if here:
                masks.append((lead, here))
        while union:
            bit = (union & -union).bit_length() - 1
            union &= union - 1
            for lead, here in masks:
                for place, mask in here:
                    if mask >> bit & 1 and (ask.is_disjoint or self._filled(lead, place, base + bit)):
                        yield Found(base + bit, lead, place)
                        break

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

    def _joinable(self, leads: tuple[str, ...], chunk: int, allowed: int) -> Iterator[tuple[int, str, Found]]:
        """Sessions with a seat left that fit the question."""
        base = chunk * CHUNK
        for session, taken in self._sessions.on(self._ask.visit.code, chunk):
            left = min(session.seats, self._ask.visit.capacity) - taken
            if left > 0 and allowed >> (session.slot_start - base) & 1 and self.fits(session):
                filled = fill([[n for n in need if n in session.resources] for need in self._ask.needs])
                lead = filled[self._ask.lead]
                if lead in leads:
                    yield (
                        session.slot_start,
                        lead,
                        Found(session.slot_start, lead, session.location, session, left),
                    )

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
