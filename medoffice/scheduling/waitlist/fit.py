"""Whether a freed slot suits: first the kind of visit, then the patient."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

import attrs

from medoffice.core import Finding, PatientId, ResourceId, TimeSlot, day_in
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.hours import Weekly, openings
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.needs import AnyOf, Need
from medoffice.scheduling.visits import VisitType
from medoffice.scheduling.waitlist.entry import Entry
from medoffice.scheduling.waitlist.freed import FreedSlot
from medoffice.scheduling.waitlist.office import WaitlistOffice
from medoffice.scheduling.waitlist.reasons import (
    NEEDS_UNMET,
    NEW_OR_KNOWN,
    NOT_SOONER,
    OTHER_DAY,
    OTHER_HOURS,
    OTHER_KIND,
    OTHER_LOCATION,
    OTHER_MODALITY,
    OTHER_PROVIDER,
    PATIENT_BUSY,
    TOO_LONG,
    TOO_SHORT,
    unsuited,
)

Busy = Callable[[PatientId], Iterable[Appointment]]
"""The appointments of a patient, as the schedule has them now."""


def nobody_is_busy(_: PatientId) -> Iterable[Appointment]:
    """For an office that asks the schedule only when it books."""
    return ()


@attrs.frozen(kw_only=True)
class KindFit:
    """One kind of visit in one freed slot, whoever the patient is.

    ``time`` is when the visit would be, ``day`` its day in the office's zone, ``until`` the last instant at which it
    may be filled by itself. ``modalities`` are the ways in which it can take place there, the usual one first.
    ``problems`` say why the kind does not suit at all.
    """

    time: TimeSlot
    day: date
    until: datetime
    unused: timedelta
    modalities: tuple[Modality, ...]
    is_automatic: bool
    least_gain: timedelta
    problems: tuple[Finding, ...]


def kind_fit(office: WaitlistOffice, freed: FreedSlot, visit: VisitType, *, new_patient: bool) -> KindFit:
    """How a kind of visit suits a freed slot: the template's kind, length with buffers, needs, modality."""
    rails = office.policy.rails_for(visit)
    time = _time(freed, visit, new_patient=new_patient)
    unused = freed.occupied.length - visit.occupied_at(time.start, new_patient=new_patient).length
    possible = [each for each in Modality if each in visit.modalities]
    if freed.modalities:
        possible = [each for each in possible if each in freed.modalities]
    met = tuple(each for each in possible if _are_met(visit.needs_for(each), freed.resources, office))

    def problems() -> Iterator[Finding]:
        if freed.visit_types and visit.code not in freed.visit_types:
            yield unsuited(OTHER_KIND)
        if freed.new_patients is not None and freed.new_patients != new_patient:
            yield unsuited(NEW_OR_KNOWN)
        if unused < timedelta(0):
            yield unsuited(TOO_LONG)
        if unused > rails.most_unused:
            yield unsuited(TOO_SHORT)
        if not possible:
            yield unsuited(OTHER_MODALITY)
        elif not met:
            yield unsuited(NEEDS_UNMET)

    return KindFit(
        time=time,
        day=day_in(time.start, office.policy.zone),
        until=time.start - rails.notice_for(visit),
        unused=unused,
        modalities=met,
        is_automatic=rails.is_automatic,
        least_gain=rails.least_gain,
        problems=tuple(problems()),
    )


def unsuitable(entry: Entry, freed: FreedSlot, kind: KindFit, busy: Busy) -> Iterator[Finding]:
    """Every reason why a slot does not suit an entry; the wishes first, the schedule last."""
    yield from unwished(entry, freed, kind)
    if is_busy(entry, kind.time, busy):
        yield unsuited(PATIENT_BUSY)


def unwished(entry: Entry, freed: FreedSlot, kind: KindFit) -> Iterator[Finding]:
    """Every reason of :func:`unsuitable` that rests on slot and entry alone, and so stays what it is."""
    yield from kind.problems
    if entry.modalities and kind.modalities and entry.modalities.isdisjoint(kind.modalities):
        yield unsuited(OTHER_MODALITY)
    if kind.day not in entry.days:
        yield unsuited(OTHER_DAY)
    if entry.locations and freed.location not in entry.locations:
        yield unsuited(OTHER_LOCATION)
    if entry.providers and entry.providers.isdisjoint(freed.resources):
        yield unsuited(OTHER_PROVIDER)
    if entry.current is not None and entry.current.slot.start - kind.time.start < kind.least_gain:
        yield unsuited(NOT_SOONER)
    if entry.times is not None and not is_within(entry.times, kind.time):
        yield unsuited(OTHER_HOURS)


def is_busy(entry: Entry, time: TimeSlot, busy: Busy) -> bool:
    """Whether the patient is elsewhere in the office at a time; the visit to be given up does not count."""
    given_up = None if entry.current is None else entry.current.id
    return any(
        other.is_occupying and other.id != given_up and other.slot.overlaps(time)
        for other in busy(entry.patient)
    )


def modality_for(entry: Entry, kind: KindFit) -> Modality:
    """How the visit would take place: the usual way, where the patient would take it."""
    wished = [each for each in kind.modalities if not entry.modalities or each in entry.modalities]
    return wished[0]


def is_within(times: Weekly, slot: TimeSlot) -> bool:
    """Whether the whole of a slot lies in weekly hours; stretches that touch are one."""
    reached = slot.start
    for day in sorted({day_in(slot.start, times.zone), day_in(slot.end, times.zone)}):
        for stretch in _stretches(times, day):
            if stretch.start <= reached < stretch.end:
                reached = stretch.end
    return reached >= slot.end


@lru_cache(maxsize=8192)
def _stretches(times: Weekly, day: date) -> tuple[TimeSlot, ...]:
    return tuple(opening.slot for opening in openings(times, day))


def _time(freed: FreedSlot, visit: VisitType, *, new_patient: bool) -> TimeSlot:
    """The visit's time: as the one given up began, or as early as its own buffers let it lie within."""
    for start in (freed.start, freed.occupied.start + timedelta(minutes=visit.buffer_before)):
        if freed.occupied.covers(visit.occupied_at(start, new_patient=new_patient)):
            return visit.slot_at(start, new_patient=new_patient)
    return visit.slot_at(freed.start, new_patient=new_patient)


def _are_met(needs: Sequence[Need], freed: Sequence[ResourceId], office: WaitlistOffice) -> bool:
    """Whether each need is filled by another one of the freed resources (few, so all ways are tried)."""
    if not needs:
        return True
    first, *others = needs
    return any(
        _fills(resource, first, office)
        and _are_met(others, [each for each in freed if each != resource], office)
        for resource in freed
    )


def _fills(resource: ResourceId, need: Need, office: WaitlistOffice) -> bool:
    """A need by name is told by the id; one by tag only by what is known of the resource."""
    known = office.resources.get(resource)
    if isinstance(need, AnyOf):
        return known is not None and need.is_met_by(known)
    return resource in need.ids
