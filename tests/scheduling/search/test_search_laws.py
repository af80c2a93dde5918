"""The search and its reasons against an oracle: hours less bookings by ``portion``, then every start tried one by one."""

from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import attrs
import portion
from hypothesis import given, settings
from hypothesis import strategies as st

from medoffice.core import ResourceId, TimeSlot
from medoffice.scheduling import Appointment, Modality, OneOf, Opening, Provider, Resource, Weekly, openings
from medoffice.scheduling.search import Availability, FreeSlot, find, obstacles, why_not
from medoffice.testing.strategies.clinics import DAYS, MINUTE, Clinic, clinics, instants_from


@attrs.frozen(kw_only=True)
class Asked:
    """A clinic and one question to it."""

    clinic: Clinic
    context: dict[str, Any]
    window: TimeSlot
    step: int

    @property
    def modality(self) -> Modality:
        return self.context["modality"] or self.clinic.visit.usual_modality

    @property
    def length(self) -> timedelta:
        return self.clinic.visit.length_for(new_patient=self.context["new_patient"])

    def found(self, availability: Availability | None = None) -> list[FreeSlot]:
        index = availability or Availability(self.clinic.calendar, self.clinic.booked)
        step = timedelta(minutes=self.step)
        return list(find(index, self.clinic.visit, window=self.window, step=step, **self.context))


@st.composite
def questions(draw: st.DrawFn, *, groups: bool = True) -> Asked:
    """Mostly wide questions, so that there is something to find."""
    clinic = draw(clinics(groups=groups))
    instants = instants_from(clinic.first)
    slots = st.builds(TimeSlot.lasting, instants, st.integers(1, 300).map(lambda minutes: minutes * MINUTE))
    whole = st.just(clinic.window)
    ids = st.sampled_from([resource.id for resource in clinic.calendar.resources])
    return Asked(
        clinic=clinic,
        window=draw(st.one_of(whole, whole, slots)),
        step=draw(st.sampled_from([15, 15, 10, 7, 60])),
        context={
            "now": draw(st.one_of(st.just(clinic.first), instants)),
            "modality": draw(st.sampled_from([None, None, *Modality])),
            "location": draw(st.sampled_from(["", "", "", "north"])),
            "new_patient": draw(st.booleans()),
            "resources": draw(st.just([]) | st.lists(ids, max_size=2, unique=True)),
            "patient_busy": draw(st.just([]) | st.lists(slots, max_size=2)),
            "notice": draw(st.sampled_from([0, 0, 7 * 60])) * MINUTE,
            "horizon": draw(st.sampled_from([None, None, timedelta(days=2)])),
        },
    )


# ── the oracle: minutes as numbers, intervals by portion, nothing remembered ─────────────────────────────────────────


def minutes(slot: TimeSlot, *, inward: bool = False) -> Any:
    """A stretch in whole minutes since 1970, rounded outward as what is held is, or inward as hours are."""
    start, end = slot.start.timestamp() / 60, slot.end.timestamp() / 60
    down, up = int(start // 1), int(-(-end // 1))
    return portion.closedopen(int(-(-start // 1)), int(end // 1)) if inward else portion.closedopen(down, up)


def hours(clinic: Clinic, resource: Resource, day: date) -> list[Opening]:
    """Weekly hours and special days, each with its place, before closures."""
    special = [
        each for each in clinic.calendar.special_days if (each.resource, each.day) == (resource.id, day)
    ]
    found: list[Opening] = []
    if not special or special[0].is_extra:
        for weekly in resource.weekly:
            found += openings(weekly, day)
        if not resource.weekly and not isinstance(resource, Provider):
            found += openings(Weekly.of("Mon-Sun 00:00-24:00", zone=clinic.calendar.zone), day)
    for each in special:
        in_force = [weekly.zone for weekly in resource.weekly if weekly.is_in_force(day)]
        zone = (in_force or [weekly.zone for weekly in resource.weekly] or [clinic.calendar.zone])[0]
        found += openings(Weekly(zone=zone, hours=each.hours), day)
    return [attrs.evolve(each, location=each.location or resource.location) for each in found]


def open_for(asked: Asked, resource: Resource, place: str) -> list[TimeSlot]:
    """The openings in which a resource serves the visit at a place."""
    clinic = asked.clinic
    found: list[TimeSlot] = []
    for day in (clinic.first.date() + timedelta(days=ahead) for ahead in range(-4, DAYS + 5)):
        shut = [
            closure
            for closure in clinic.calendar.closures
            if day in closure.days and (not closure.resources or resource.id in closure.resources)
        ]
        found += [
            opening.slot
            for opening in hours(clinic, resource, day)
            if opening.location in {"", place}
            and not any(closure.location in {"", place} for closure in shut)
            and opening.allows("visit")
            and (not opening.modalities or asked.modality in opening.modalities)
        ]
    return found


def united(slots: list[TimeSlot]) -> Any:
    """Openings that touch are one; then whole minutes."""
    instants = portion.Interval(*(portion.closedopen(slot.start, slot.end) for slot in slots))
    parts = [minutes(TimeSlot(part.lower, part.upper), inward=True) for part in instants if not part.empty]
    return portion.Interval(*parts)


def held(asked: Asked, resource: ResourceId, without: Appointment | None = None) -> Any:
    """What is booked or absent on a resource."""
    taken = [
        minutes(each.occupied)
        for each in asked.clinic.booked
        if each.is_occupying and resource in each.resources and not (without and same_session(each, without))
    ]
    taken += [minutes(each.slot) for each in asked.clinic.calendar.absences if each.resource == resource]
    return portion.Interval(*taken)


def same_session(one: Appointment, other: Appointment) -> bool:
    return one.is_with(other) and (one.modality, one.location) == (other.modality, other.location)


def candidates(asked: Asked) -> list[list[Resource]]:
    calendar, wanted = asked.clinic.calendar, asked.context["resources"]
    needs = asked.clinic.visit.needs_for(asked.modality)
    everybody = sorted(calendar.resources, key=lambda each: each.id)
    groups = [[each for each in everybody if need.is_met_by(each)] for need in needs]
    groups = groups if needs else [[each for each in everybody if isinstance(each, Provider)]]
    return [[each for each in group if each.id in wanted] or group for group in groups]


def lead_of(asked: Asked) -> int:
    """Which need leads: the first that a provider can fill, whoever was asked for."""
    free = candidates(attrs.evolve(asked, context=asked.context | {"resources": []}))
    return next((at for at, group in enumerate(free) if any(isinstance(each, Provider) for each in group)), 0)


def timely(asked: Asked, start: int) -> bool:
    """Whether a start is right for the patient, the policy and the window."""
    context, length = asked.context, asked.length // MINUTE
    now = context["now"].timestamp() / 60
    horizon = context["horizon"]
    slot = portion.closedopen(start, start + length)
    wanted = minutes(asked.window, inward=True)
    return (
        not wanted.empty
        and slot in wanted
        and start >= now + context["notice"] // MINUTE
        and (horizon is None or start <= now + horizon // MINUTE)
        and not any(slot.overlaps(minutes(each)) for each in context["patient_busy"])
        and asked.modality in asked.clinic.visit.modalities
        and all(
            any(each.id == id for group in candidates(asked) for each in group) for id in context["resources"]
        )
    )


def fresh(asked: Asked, *, on_grid: bool = True) -> set[tuple[int, ResourceId]]:
    """Every start with its lead at which all is free."""
    visit, calendar = asked.clinic.visit, asked.clinic.calendar
    before, after = visit.buffer_before, asked.length // MINUTE + visit.buffer_after
    places = [asked.context["location"]] if asked.context["location"] else ["", "north", "south"]
    groups, lead, found = candidates(asked), lead_of(asked), set()
    for place in places:
        slots = {each.id: open_for(asked, each, place) for each in calendar.resources}
        free = {each: united(slots[each]) - held(asked, each) for each in slots}
        for leader in groups[lead]:
            anchors = sorted({int(-(-slot.start.timestamp() // 60)) for slot in slots[leader.id]})
            for part in free[leader.id]:
                for start in range(part.lower + before, part.upper - after + 1) if not part.empty else ():
                    anchor = max(each for each in anchors if each <= start)
                    if (on_grid and (start - anchor) % asked.step) or not timely(asked, start):
                        continue
                    whole = portion.closedopen(start - before, start + after)
                    able = [[each.id for each in group if whole in free[each.id]] for group in groups]
                    able[lead] = [leader.id]
                    if any(len(set(chosen)) == len(chosen) for chosen in product(*able)):
                        found.add((start, leader.id))
    return found


def seats(asked: Asked) -> dict[tuple[int, tuple[ResourceId, ...]], int]:
    """The sessions that can be joined, and the seats left in each."""
    visit, context = asked.clinic.visit, asked.context
    found: dict[tuple[int, tuple[ResourceId, ...]], int] = {}
    for each in asked.clinic.booked:
        if not (each.is_occupying and each.is_group and visit.is_group and each.visit_type == "visit"):
            continue
        mates = [other for other in asked.clinic.booked if other.is_occupying and same_session(each, other)]
        fits = any(
            len(set(chosen)) == len(chosen) and {resource.id for resource in chosen} == set(each.resources)
            for chosen in product(*candidates(asked))
        )
        if (
            fits
            and each.modality is asked.modality
            and context["location"] in {"", each.location}
            and each.slot.length == asked.length
            and each.slot.start.second == 0
            and timely(asked, minutes(each.slot).lower)
            and all(
                minutes(each.occupied)
                in united(open_for(asked, asked.clinic.calendar.resource(id), each.location))
                - held(asked, id, without=each)
                for id in each.resources
            )
            and len(mates) < visit.capacity
        ):
            found[minutes(each.slot).lower, each.resources] = visit.capacity - len(mates)
    return found


# ── the laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(questions())
def test_the_search_finds_what_the_oracle_finds(asked: Asked) -> None:
    """Every start of every lead at which all is free, and every session with a seat: no other, none twice, in order."""
    found = asked.found()
    joined = [each for each in found if each.seats_left < each.seats]
    new = [(minutes(each.slot).lower, each.lead) for each in found if each.seats_left == each.seats]
    assert {(minutes(each.slot).lower, each.resources): each.seats_left for each in joined} == seats(asked)
    assert set(new) == fresh(asked)
    assert len(set(new)) == len(new)
    need = asked.clinic.visit.needs_for(asked.modality)[lead_of(asked) :][:1]
    named = list(need[0].ids) if need and isinstance(need[0], OneOf) else sorted(each.lead for each in found)
    ranks = [(each.slot.start, named.index(each.lead)) for each in found]
    assert ranks == sorted(ranks)


@settings(max_examples=40)
@given(questions(groups=False))
def test_what_is_offered_is_open_and_free_at_its_place(asked: Asked) -> None:
    """Each resource of each offer serves the visit at the offer's place, and nobody holds it through the buffers."""
    known: dict[tuple[ResourceId, str], Any] = {}
    for offer in asked.found()[:40]:
        for id in offer.resources:
            if (id, offer.location) not in known:
                slots = open_for(asked, asked.clinic.calendar.resource(id), offer.location)
                known[id, offer.location] = united(slots) - held(asked, id)
            assert minutes(offer.occupied) in known[id, offer.location]


@given(questions(), st.data())
def test_reasons_are_given_exactly_where_nothing_is_offered(asked: Asked, data: st.DataObject) -> None:
    """``why_not`` is empty at each start that is offered, and at no other start of the window."""
    index = Availability(asked.clinic.calendar, asked.clinic.booked)
    offered = {each.slot.start for each in asked.found()}
    some = st.lists(instants_from(asked.clinic.first), min_size=1, max_size=5)
    near = [
        start + shift * MINUTE for start in sorted(offered)[:3] for shift in (0, 1, asked.step, -asked.step)
    ]
    booked = [start for each in asked.clinic.booked for start in (each.slot.start, each.slot.end)]
    for start in [
        *data.draw(some),
        *near,
        *booked,
        *data.draw(st.sets(st.sampled_from([*offered, asked.clinic.first]), max_size=5)),
    ]:
        if asked.window.covers(TimeSlot.lasting(start, asked.length)):
            reasons = why_not(
                index, asked.clinic.visit, start, step=timedelta(minutes=asked.step), **asked.context
            )
            assert (not reasons) == (start in offered)


@settings(max_examples=40)
@given(questions(), st.data())
def test_a_person_may_book_off_the_grid_and_nothing_else(asked: Asked, data: st.DataObject) -> None:
    """``obstacles`` is empty exactly where the oracle finds everything free, wherever the grid lies."""
    index = Availability(asked.clinic.calendar, asked.clinic.booked)
    free = {start for start, _ in fresh(asked, on_grid=False)} | {start for start, _ in seats(asked)}
    some = st.lists(st.sampled_from([*sorted(free), int(asked.clinic.first.timestamp()) // 60]), max_size=9)
    for start in [*data.draw(some), *data.draw(st.lists(st.integers(0, DAYS * 1440), max_size=5))]:
        at = (
            asked.clinic.first + start * MINUTE
            if start < 10**6
            else datetime.fromtimestamp(start * 60, asked.clinic.first.tzinfo)
        )
        if asked.window.covers(TimeSlot.lasting(at, asked.length)):
            reasons = obstacles(index, asked.clinic.visit, at, **asked.context)
            assert (not reasons) == (int(at.timestamp() // 60) in free and at.second == 0)
