"""Strategies for what the calendar and its book keep: resources, exceptions, holds, offers, facts."""

from datetime import timedelta
from typing import Any, Final

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from medoffice.core import ActorId, AppointmentId, PatientId, ResourceId
from medoffice.scheduling import Equipment, Hours, Modality, Provider, Resource, Room, Status, Weekly
from medoffice.scheduling.book import events
from medoffice.scheduling.book.holds import Hold, HoldStatus, Offer, OfferStatus
from medoffice.scheduling.book.ids import HoldId, OfferId, SeriesId
from medoffice.scheduling.book.outcomes import Conflict
from medoffice.scheduling.calendar import Absence, Closure, SpecialDay
from medoffice.scheduling.search import FreeSlot
from medoffice.testing.strategies.identifiers import ids
from medoffice.testing.strategies.people import texts
from medoffice.testing.strategies.reasons import findings
from medoffice.testing.strategies.records import appointments, slugs, weekly_templates
from medoffice.testing.strategies.values import day_ranges, days, instants, slots

_MOST: Final = 2**40


def weekly_hours() -> SearchStrategy[Weekly]:
    """The weeks of some template, whose resource is left out."""
    return weekly_templates().map(
        lambda each: Weekly(zone=each.zone, hours=each.hours, effective=each.effective, every=each.every)
    )


def resources(
    *kinds: type[Provider | Room | Equipment],
) -> SearchStrategy[Resource]:
    """Providers, rooms and equipment (or some of these), with and without hours, tags and a place."""
    return st.one_of([_resource(kind) for kind in kinds or (Provider, Room, Equipment)])


def _resource(kind: type[Resource]) -> SearchStrategy[Resource]:
    return st.builds(
        kind,
        ids(ResourceId),
        weekly=st.just(()) | weekly_hours().map(lambda weekly: (weekly,)),
        tags=st.frozensets(slugs(), max_size=3),
        location=st.just("") | slugs(),
    )


def closures() -> SearchStrategy[Closure]:
    """Days on which the office, a site or some resources are closed."""
    return st.builds(
        Closure,
        days=day_ranges(),
        name=texts().filter(bool),
        location=st.just("") | slugs(),
        resources=st.frozensets(ids(ResourceId), max_size=2),
    )


def absences() -> SearchStrategy[Absence]:
    """Stretches in which a resource is away."""
    return st.builds(Absence, ids(ResourceId), slots(), slugs())


def special_days() -> SearchStrategy[SpecialDay]:
    """Days off, other hours, and more hours."""
    return st.tuples(weekly_templates(), days(), ids(ResourceId), st.booleans()).map(_special_day)


def _special_day(drawn: tuple[Weekly, Any, ResourceId, bool]) -> SpecialDay:
    weekly, day, resource, is_extra = drawn
    hours: tuple[Hours, ...] = tuple(each for each in weekly.hours if each.weekday == day.weekday())
    return SpecialDay(resource=resource, day=day, hours=hours, is_extra=is_extra and bool(hours))


def holds() -> SearchStrategy[Hold]:
    """Holds in every state, for somebody or for nobody yet."""
    buffers = st.timedeltas(timedelta(0), timedelta(hours=1))
    some = st.sets(ids(ResourceId), min_size=1, max_size=3).map(lambda chosen: tuple(sorted(chosen)))
    return st.builds(
        lambda slot, before, after, **rest: Hold(
            slot=slot, occupied=slot.widened(before=before, after=after), **rest
        ),
        slots(timedelta(hours=8)),
        buffers,
        buffers,
        id=ids(HoldId),
        visit_type=slugs(),
        resources=some,
        made=instants(),
        until=instants(),
        patient=st.none() | ids(PatientId),
        modality=st.sampled_from(Modality),
        location=st.just("") | slugs(),
        is_new_patient=st.booleans(),
        seats=st.just(1) | st.integers(2, 12),
        status=st.sampled_from(HoldStatus),
    )


def offers() -> SearchStrategy[Offer]:
    """Offers in every state."""
    return st.builds(
        Offer,
        id=ids(OfferId),
        hold=ids(HoldId),
        patient=ids(PatientId),
        made=instants(),
        until=instants(),
        instead_of=st.none() | ids(AppointmentId),
        status=st.sampled_from(OfferStatus),
        appointment=st.none() | ids(AppointmentId),
    )


def book_facts(kind: type[events.Event]) -> SearchStrategy[events.Event]:
    """Facts of one kind, each field with whatever it can hold."""
    fields: dict[str, SearchStrategy[Any]] = {
        "at": instants(),
        "seq": st.integers(0, _MOST),
        "by": st.none() | ids(ActorId),
        "appointment": appointments() if kind in _WHOLE_VISIT else ids(AppointmentId),
        "hold": _hold_of(kind),
        "offer": offers() if kind is events.OfferMade else ids(OfferId),
        "previous": slots(),
        "notice": st.integers(-_MOST, _MOST),
        "is_late": st.booleans(),
        "reason": st.just("") | slugs(),
        "party": st.sampled_from(events.Party),
        "to": st.sampled_from(Status),
        "series": ids(SeriesId),
        "appointments": st.lists(ids(AppointmentId), max_size=3).map(tuple),
        "skipped": st.lists(instants(), max_size=3).map(tuple),
    }
    return st.builds(kind, **{field.name: fields[field.name] for field in attrs.fields(kind)})


_WHOLE_VISIT: Final = (events.VisitBooked, events.WalkInAdded, events.VisitMoved)


def _hold_of(kind: type[events.Event]) -> SearchStrategy[Any]:
    if kind is events.TimeHeld:
        return holds()
    return (st.none() | ids(HoldId)) if kind in _WHOLE_VISIT else ids(HoldId)


def free_slots() -> SearchStrategy[FreeSlot]:
    """Times that a search could have found."""
    some = st.sets(ids(ResourceId), min_size=1, max_size=3).map(lambda chosen: tuple(sorted(chosen)))
    return st.builds(
        lambda slot, resources, **rest: FreeSlot(
            slot=slot, occupied=slot, resources=resources, lead=resources[0], **rest
        ),
        slots(timedelta(hours=8)),
        some,
        visit=slugs(),
        modality=st.sampled_from(Modality),
        location=st.just("") | slugs(),
        seats=st.integers(1, 12),
        seats_left=st.integers(1, 12),
    )


def conflicts() -> SearchStrategy[Conflict]:
    """Occurrences of a series that cannot be, with and without times near to them."""
    return st.builds(
        Conflict,
        index=st.integers(0, 100),
        start=instants(),
        findings=st.lists(findings(), max_size=2).map(tuple),
        nearest=st.lists(free_slots(), max_size=2).map(tuple),
    )
