"""The index under any sequence of takings: it always answers as one that was built anew."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from medoffice.core import AppointmentId, InvalidValue, PatientId, ResourceId, TimeSlot, UnknownName
from medoffice.scheduling import Appointment, Provider, Room, Status, VisitType, Weekly
from medoffice.scheduling.calendar import Calendar
from medoffice.scheduling.search import Availability, FreeSlot, SearchOutdated, find
from medoffice.testing.strategies.clinics import MINUTE, Clinic, clinics, instants_from


def all_free(index: Availability, clinic: Clinic) -> list[FreeSlot]:
    return list(find(index, clinic.visit, window=clinic.window, now=clinic.first))


class Index(RuleBasedStateMachine):
    """Somebody who takes and gives back, and a list of what is taken."""

    @initialize(clinic=clinics())
    def open_up(self, clinic: Clinic) -> None:
        """A clinic with its bookings."""
        self.clinic = clinic
        self.index = Availability(clinic.calendar, clinic.booked)
        self.taken = {each.id.value: each for each in clinic.booked if each.is_occupying}
        self.count = 0

    def keep(self, appointment: Appointment) -> None:
        """Take for one more appointment."""
        self.count += 1
        mine = attrs.evolve(appointment, id=AppointmentId(f"n{self.count}"), status=Status.BOOKED)
        self.index.take_for(mine)
        self.taken[mine.id.value] = mine

    @rule(at=st.integers(0, 40))
    def take_what_is_offered(self, at: int) -> None:
        """Book one of the first offers; it is offered no more, but for a group's other seats."""
        offered = all_free(self.index, self.clinic)
        if not offered:
            return
        chosen = offered[at % len(offered)]
        self.keep(
            Appointment(
                id=AppointmentId("n"),
                patient=PatientId("p"),
                visit_type=chosen.visit,
                slot=chosen.slot,
                occupied=chosen.occupied,
                resources=chosen.resources,
                modality=chosen.modality,
                location=chosen.location,
                seats=chosen.seats,
            )
        )
        again = [each for each in all_free(self.index, self.clinic) if each.slot == chosen.slot]
        left = [each.seats_left for each in again if each.resources == chosen.resources]
        assert left == ([chosen.seats_left - 1] if chosen.seats_left > 1 else [])

    @rule(data=st.data())
    def take_anything(self, data: st.DataObject) -> None:
        """Take time that may be taken already, some of it far from the days that were looked at."""
        ids = sorted(each.id for each in self.clinic.calendar.resources)
        start = (
            data.draw(instants_from(self.clinic.first))
            + data.draw(st.sampled_from([0, 0, 40])) * 1440 * MINUTE
        )
        slot = TimeSlot.lasting(start, data.draw(st.integers(1, 20000)) * MINUTE)
        chosen = data.draw(st.sets(st.sampled_from([*ids, ResourceId("gone")]), min_size=1))
        self.keep(
            Appointment(
                id=AppointmentId("n"),
                patient=PatientId("p"),
                visit_type="talk",
                slot=slot,
                occupied=slot,
                resources=tuple(sorted(chosen)),
            )
        )

    @rule(data=st.data())
    def give_back(self, data: st.DataObject) -> None:
        """Free what one appointment holds."""
        if self.taken:
            key = data.draw(st.sampled_from(sorted(self.taken)))
            self.index.give_back(key)
            del self.taken[key]

    @invariant()
    def it_answers_as_a_new_one(self) -> None:
        """Offers, holders and count are those of an index made from what is taken now."""
        anew = Availability(self.clinic.calendar, self.taken.values())
        assert all_free(self.index, self.clinic) == all_free(anew, self.clinic)
        assert len(self.index) == len(self.taken) == len(anew)
        for resource in self.clinic.calendar.resources:
            holders = self.index.holders(resource.id, self.clinic.window)
            assert sorted(holders) == sorted(
                key
                for key, each in self.taken.items()
                if resource.id in each.resources and outward(each.occupied).overlaps(self.clinic.window)
            )

    @invariant()
    def offers_overlap_nothing_that_is_held(self) -> None:
        """No offer takes time that somebody else holds, unless it is a seat in the very same session."""
        for offer in all_free(self.index, self.clinic):
            for each in self.taken.values():
                if set(each.resources) & set(offer.resources) and each.occupied.overlaps(offer.occupied):
                    assert offer.seats_left < offer.seats
                    assert (each.slot, each.resources) == (offer.slot, offer.resources)


def outward(slot: TimeSlot) -> TimeSlot:
    """Rounded to whole minutes, as held time is."""
    seconds = timedelta(seconds=slot.start.second), timedelta(seconds=-slot.end.second % 60)
    return slot.widened(before=seconds[0], after=seconds[1])


TestIndex = Index.TestCase
TestIndex.settings = settings(max_examples=25, stateful_step_count=8)


@settings(max_examples=50)
@given(clinics(groups=False), st.data())
def test_taking_time_never_adds_an_offer(clinic: Clinic, data: st.DataObject) -> None:
    """Whatever is taken, what is offered after it was offered before, with the same lead."""
    index = Availability(clinic.calendar, clinic.booked)
    before = {(each.slot, each.lead) for each in all_free(index, clinic)}
    start = data.draw(instants_from(clinic.first))
    who = data.draw(st.sets(st.sampled_from([each.id for each in clinic.calendar.resources]), min_size=1))
    index.take("k", resources=who, occupied=TimeSlot.lasting(start, data.draw(st.integers(1, 900)) * MINUTE))
    assert {(each.slot, each.lead) for each in all_free(index, clinic)} <= before


@settings(max_examples=50)
@given(clinics())
def test_what_a_visit_needs_is_filled_by_different_fitting_resources_at_one_place(clinic: Clinic) -> None:
    """One resource a need, no more; each fits its need, and the lead is among them."""
    needs = clinic.visit.needs_for(clinic.visit.usual_modality)
    for offer in all_free(Availability(clinic.calendar, clinic.booked), clinic):
        chosen = [clinic.calendar.resource(id) for id in offer.resources]
        assert len(set(offer.resources)) == max(len(needs), 1)
        assert offer.lead in offer.resources
        assert all(any(need.is_met_by(each) for each in chosen) for need in needs)
        places = {each.location for each in chosen if not each.weekly} - {""}
        assert len(places) <= 1
        assert places <= {offer.location}


# ── examples ─────────────────────────────────────────────────────────────────────────────────────────────────────────

MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
VISIT = VisitType(code="visit", name="Visit", minutes=30)
CALENDAR = Calendar(
    resources=(Provider("dr-a", weekly=Weekly.of("Mon-Fri 08:00-12:00", zone="UTC")), Room("room-1")),
    visits=(VISIT,),
)
EIGHT = TimeSlot.lasting(MONDAY + timedelta(hours=8), timedelta(minutes=30))


def starts(index: Availability) -> list[str]:
    window = TimeSlot.lasting(MONDAY, timedelta(days=1))
    return [f"{each.slot.start:%H:%M}" for each in find(index, VISIT, window=window, now=MONDAY)]


def test_time_held_twice_is_free_when_both_are_given_back() -> None:
    """Two takings of one time are two: giving one back does not free what the other holds."""
    index = Availability(CALENDAR)
    for key in ("one", "two"):
        index.take(key, resources=(ResourceId("dr-a"),), occupied=EIGHT)
    index.give_back("one")
    assert starts(index)[0] == "08:30"
    index.give_back("two")
    assert starts(index)[0] == "08:00"


def test_held_time_is_rounded_outward_to_minutes() -> None:
    """A visit that ends within a minute holds that minute."""
    index = Availability(CALENDAR)
    index.take(
        "k", resources=(ResourceId("dr-a"),), occupied=EIGHT.widened(before=0 * MINUTE, after=MINUTE / 60)
    )
    assert starts(index)[0] == "08:45"


def test_a_key_holds_once_and_is_given_back_once() -> None:
    """Taking under a key that holds, and giving back one that does not, are the caller's mistakes."""
    index = Availability(CALENDAR)
    index.take("k", resources=(ResourceId("dr-a"),), occupied=EIGHT)
    assert "k" in index
    with pytest.raises(InvalidValue):
        index.take("k", resources=(ResourceId("room-1"),), occupied=EIGHT)
    index.give_back("k")
    with pytest.raises(UnknownName):
        index.give_back("k")


def test_appointments_of_one_id_are_refused() -> None:
    """Two appointments under one id cannot both be kept; one that holds no time cannot be taken."""
    mine = Appointment(
        id=AppointmentId("a"),
        patient=PatientId("p"),
        visit_type="visit",
        slot=EIGHT,
        occupied=EIGHT,
        resources=(ResourceId("dr-a"),),
    )
    with pytest.raises(InvalidValue):
        Availability(CALENDAR, [mine, mine])
    with pytest.raises(InvalidValue):
        Availability(CALENDAR).take_for(attrs.evolve(mine, status=Status.CANCELLED))


def test_a_search_says_so_when_the_schedule_has_changed_since() -> None:
    """Going on with an answer after a taking is refused in every way; a slice that was cut before stays."""
    index = Availability(CALENDAR)
    found = find(index, VISIT, window=TimeSlot.lasting(MONDAY, timedelta(days=1)), now=MONDAY)
    first = found[:2]
    index.take("k", resources=(ResourceId("dr-a"),), occupied=EIGHT)
    assert len(first) == 2
    for look in (len, bool, list, lambda slots: slots[0], lambda slots: slots.starts()):
        with pytest.raises(SearchOutdated):
            look(found)


@given(st.slices(20))
def test_an_answer_is_a_sequence(cut: slice) -> None:
    """It can be cut, counted and indexed from both ends as a list of its values can."""
    window = TimeSlot.lasting(MONDAY, timedelta(days=1))
    index = Availability(CALENDAR)
    values = list(find(index, VISIT, window=window, now=MONDAY))
    assert len(values) == 15
    assert find(index, VISIT, window=window, now=MONDAY)[cut] == tuple(values[cut])
    found = find(index, VISIT, window=window, now=MONDAY)
    assert (found[-1], found[3], len(found)) == (values[-1], values[3], 15)
    assert found.starts() == [(each.slot.start, each.lead) for each in values]


def test_nobody_is_twice_in_one_place() -> None:
    """Booking the first offer again and again fills the morning without an overlap, and then offers nothing."""
    index = Availability(CALENDAR)
    window = TimeSlot.lasting(MONDAY, timedelta(days=1))
    booked: list[TimeSlot] = []
    while found := find(index, VISIT, window=window, now=MONDAY)[:1]:
        index.take(f"k{len(booked)}", resources=found[0].resources, occupied=found[0].occupied)
        booked.append(found[0].occupied)
    assert len(booked) == 8
    assert not any(one.overlaps(other) for one, other in combinations(booked, 2))
