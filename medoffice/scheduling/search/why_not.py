"""Why a time is not offered: every reason, each with the resource that it is about."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from medoffice.core import Finding, ResourceId, TimeSlot, as_instant
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.needs import AnyOf, Need
from medoffice.scheduling.refusals import (
    beyond_horizon,
    different_locations,
    in_the_past,
    modality_not_offered,
    needs_collide,
    none_free,
    not_a_whole_minute,
    not_for_visit,
    off_grid,
    patient_busy,
    session_full,
    short_notice,
)
from medoffice.scheduling.search.availability import Availability
from medoffice.scheduling.search.fillers import fill
from medoffice.scheduling.search.find import Search
from medoffice.scheduling.search.minutes import CHUNK, floor_minute, instant_of
from medoffice.scheduling.search.question import AT_ONCE, QUARTER, Question, ask
from medoffice.scheduling.search.reasons import why_not_free, why_not_open
from medoffice.scheduling.visits import VisitType


def why_not(
    availability: Availability,
    visit: VisitType,
    start: datetime,
    *,
    now: datetime,
    modality: Modality | None = None,
    location: str = "",
    new_patient: bool = False,
    resources: Iterable[ResourceId | str] = (),
    step: timedelta = QUARTER,
    patient_busy: Iterable[TimeSlot] = (),
    notice: timedelta = AT_ONCE,
    horizon: timedelta | None = None,
) -> tuple[Finding, ...]:
    """Every reason for which :func:`find` does not offer a start; none exactly when it does.

    The arguments are those of :func:`find`, and so are the exceptions. Of a need that somebody can fill nothing is
    said, however busy the others are; of one that nobody can fill, everything about everybody who might have.
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
    return tuple(dict.fromkeys(_reasons(availability, question, as_instant(start), on_grid=True)))


def obstacles(
    availability: Availability,
    visit: VisitType,
    start: datetime,
    *,
    now: datetime,
    modality: Modality | None = None,
    location: str = "",
    new_patient: bool = False,
    resources: Iterable[ResourceId | str] = (),
    patient_busy: Iterable[TimeSlot] = (),
    notice: timedelta = AT_ONCE,
    horizon: timedelta | None = None,
) -> tuple[Finding, ...]:
    """Every reason for which a visit cannot be at a start, whatever the grid: for a person who books by hand.

    The arguments and exceptions are those of :func:`why_not`.
    """
    question = ask(
        availability,
        visit,
        now=now,
        modality=modality,
        location=location,
        new_patient=new_patient,
        resources=resources,
        step=QUARTER,
        patient_busy=patient_busy,
        notice=notice,
        horizon=horizon,
    )
    return tuple(dict.fromkeys(_reasons(availability, question, as_instant(start), on_grid=False)))


def _reasons(
    availability: Availability, question: Question, start: datetime, *, on_grid: bool
) -> Iterator[Finding]:
    minute = floor_minute(start)
    if instant_of(minute) != start:
        yield not_a_whole_minute()
    if minute < question.now:
        yield in_the_past()
    elif minute < question.earliest:
        yield short_notice()
    if minute > question.latest:
        yield beyond_horizon()
    if question.modality not in question.visit.modalities:
        yield modality_not_offered(question.visit.code, str(question.modality))
    if any(begin < minute + question.length and minute < end for begin, end in question.elsewhere):
        yield patient_busy()
    for name in question.unfit:
        yield not_for_visit(ResourceId(name))
    yield from Scene(availability, question, minute, on_grid=on_grid).reasons()


class Scene:
    """One start, and what is free around it."""

    def __init__(self, availability: Availability, question: Question, minute: int, *, on_grid: bool) -> None:
        self._availability = availability
        self._ask = question
        self._minute = minute
        self._on_grid = on_grid
        begin = minute - question.before
        self._wanted = TimeSlot(instant_of(begin), instant_of(begin + question.whole))
        self._known: dict[tuple[str, str, bool], list[Finding]] = {}

    def reasons(self) -> Iterator[Finding]:
        """Nothing when the needs are filled by different resources at one place, or in a session with a seat."""
        ask, places = self._ask, self._ask.places
        sessions = list(self._sessions())
        if any(left > 0 for left in sessions) or any(self._filled(place) for place in places):
            return
        if sessions:
            yield session_full(ask.visit.code)
        met = True
        for at, need in enumerate(ask.needs):
            if not any(self._free(at, place) for place in places):
                met = False
                if at != ask.lead or len(need) != 1:
                    yield none_free(self._called(at))
                for name in need:
                    yield from self._why_nowhere(name, is_lead=at == ask.lead)
        if met:
            whole = [place for place in places if all(self._free(at, place) for at in range(len(ask.needs)))]
            yield needs_collide() if whole else different_locations()

    def _sessions(self) -> Iterator[int]:
        """For each session of the kind at this very start, how many seats are left."""
        search = Search(self._availability, self._ask)
        for session, taken in self._availability.sessions.on(self._ask.visit.code, self._minute // CHUNK):
            if session.slot_start == self._minute and search.fits(session):
                yield min(session.seats, self._ask.visit.capacity) - taken

    def _filled(self, place: str) -> bool:
        free = [self._free(at, place) for at in range(len(self._ask.needs))]
        return all(free) and any(
            fill([[lead] if at == self._ask.lead else names for at, names in enumerate(free)])
            for lead in free[self._ask.lead]
        )

    def _free(self, at: int, place: str) -> list[str]:
        is_lead = at == self._ask.lead
        return [name for name in self._ask.needs[at] if not self._why_not(name, place, is_lead=is_lead)]

    def _why_nowhere(self, name: str, *, is_lead: bool) -> Iterator[Finding]:
        """The reasons against one resource at all places; another place is one only where it is all of them."""
        against = [self._why_not(name, place, is_lead=is_lead) for place in self._ask.places]
        fewest = min(map(len, against))
        for reasons in against:
            if len(reasons) == fewest:
                yield from reasons

    def _why_not(self, name: str, place: str, *, is_lead: bool) -> list[Finding]:
        key = (name, place, is_lead)
        if key not in self._known:
            calendar, row = self._availability.calendar, self._availability.rows[name]
            kind = self._ask.kind(place)
            found = [
                *why_not_open(calendar, row.resource, self._wanted, kind),
                *why_not_free(row, self._wanted),
            ]
            if is_lead and self._on_grid and not self._is_on_grid(name, place):
                found.append(off_grid(row.resource.id))
            self._known[key] = found
        return self._known[key]

    def _is_on_grid(self, name: str, place: str) -> bool:
        opened = self._availability.rows[name].timetable.of_kind(self._ask.kind(place))
        chunk, bit = divmod(self._minute, CHUNK)
        return not opened.open(chunk) >> bit & 1 or bool(opened.grid(chunk, self._ask.step) >> bit & 1)

    def _called(self, at: int) -> str:
        """What people call a need: its tag, or those it names."""
        needs: tuple[Need, ...] = self._ask.visit.needs_for(self._ask.modality)
        if not needs:
            return "provider"
        need = needs[at]
        return need.tag if isinstance(need, AnyOf) else " or ".join(map(str, need.ids))
