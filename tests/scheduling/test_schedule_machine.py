"""The schedule under any sequence of bookings, moves, cancellations and changes of state."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from medoffice.core import AppointmentId, DateRange, PatientId, Refused, ResourceId, TimeSlot
from medoffice.scheduling import (
    IN_THE_PAST,
    OCCUPYING,
    OUTSIDE_HOURS,
    PATIENT_BUSY,
    SLOT_TAKEN,
    Appointment,
    Booked,
    Cancelled,
    Hours,
    Moved,
    Status,
    VisitType,
    WeeklyTemplate,
    book,
    cancel,
    change_status,
    confirm,
    free_slots,
    move,
)

ZONE = ZoneInfo("America/New_York")
FIRST = datetime(2026, 10, 31, 12, tzinfo=UTC)
WINDOW = TimeSlot.lasting(FIRST, timedelta(days=3))  # the clocks go back on the second day
RESOURCES = tuple(map(ResourceId, ("adams", "baker")))
TEMPLATES = tuple(
    WeeklyTemplate(
        resource=resource,
        zone=ZONE,
        hours=tuple(Hours(weekday=day, opens=time(0), closes=time(4)) for day in range(7)),
        effective=DateRange(date(2026, 1, 1)),
    )
    for resource in RESOURCES
)
VISITS = {
    "long": VisitType(code="long", name="Long", minutes=60, buffer_before=10, buffer_after=5),
    "short": VisitType(code="short", name="Short", minutes=20),
}
visits = st.sampled_from(sorted(VISITS)).map(VISITS.__getitem__)
patients = st.sampled_from([PatientId(f"p{number}") for number in range(4)])
starts = st.integers(0, 3 * 24 * 6).map(lambda tens: FIRST + timedelta(minutes=10 * tens))
some_resources = st.sets(st.sampled_from(RESOURCES), min_size=1)


class Schedule(RuleBasedStateMachine):
    """An office of two clinicians that keeps whatever the decisions say, and asks them anything."""

    def __init__(self) -> None:
        """Begin with nothing booked."""
        super().__init__()
        self.kept: dict[AppointmentId, Appointment] = {}
        self.ended: dict[AppointmentId, Appointment] = {}
        self.now = FIRST

    def keep(self, appointment: Appointment) -> None:
        """What a store does with an outcome."""
        self.kept[appointment.id] = appointment
        if appointment.is_terminal:
            self.ended.setdefault(appointment.id, appointment)

    def new_id(self) -> AppointmentId:
        """An id that no kept appointment has."""
        return AppointmentId(f"a{len(self.kept)}")

    def conflicts(self, wanted: TimeSlot, occupied: TimeSlot, who: PatientId, where: set[ResourceId]) -> bool:
        """Whether the kept appointments alone forbid it, found without the library's search."""
        return any(
            (other.occupied.overlaps(occupied) and where & set(other.resources))
            or (other.patient == who and other.slot.overlaps(wanted))
            for other in self.kept.values()
            if other.status in OCCUPYING
        )

    @rule(minutes=st.integers(1, 300))
    def time_passes(self, minutes: int) -> None:
        """The past grows."""
        self.now += timedelta(minutes=minutes)

    @rule(patient=patients, visit=visits, start=starts, where=some_resources)
    def book_anything(
        self, patient: PatientId, visit: VisitType, start: datetime, where: set[ResourceId]
    ) -> None:
        """Any booking is made exactly when nothing stands in its way."""
        outcome = book(
            id=self.new_id(),
            patient=patient,
            visit=visit,
            slot_start=start,
            resources=where,
            templates=TEMPLATES,
            booked=self.kept.values(),
            now=self.now,
        )
        conflicts = self.conflicts(visit.slot_at(start), visit.occupied_at(start), patient, where)
        match outcome:
            case Booked(appointment):
                assert not conflicts
                self.keep(appointment)
            case Refused():
                assert conflicts == (outcome.has(SLOT_TAKEN) or outcome.has(PATIENT_BUSY))
                assert conflicts or outcome.has(IN_THE_PAST) or outcome.has(OUTSIDE_HOURS)

    @rule(patient=patients, visit=visits, at=st.integers(0, 40))
    def book_an_offer(self, patient: PatientId, visit: VisitType, at: int) -> None:
        """An offered time is refused only to a patient who is elsewhere then."""
        offers = list(
            free_slots(
                visit=visit,
                templates=TEMPLATES,
                booked=list(self.kept.values()),
                window=WINDOW,
                now=self.now,
            )
        )
        if not offers:
            return
        offer = offers[at % len(offers)]
        outcome = book(
            id=self.new_id(),
            patient=patient,
            visit=visit,
            slot_start=offer.slot.start,
            resources=offer.resources,
            templates=TEMPLATES,
            booked=self.kept.values(),
            now=self.now,
        )
        if isinstance(outcome, Refused):
            assert {finding.code for finding in outcome.findings} == {PATIENT_BUSY}
        else:
            self.keep(outcome.appointment)

    @precondition(lambda self: self.kept)
    @rule(data=st.data(), start=starts, where=st.none() | some_resources)
    def move_one(self, data: st.DataObject, start: datetime, where: set[ResourceId] | None) -> None:
        """A move changes the time and tells the old one, or changes nothing."""
        mine = data.draw(st.sampled_from(sorted(self.kept.values(), key=lambda each: each.id)))
        outcome = move(
            mine,
            visit=VISITS[mine.visit_type],
            slot_start=start,
            resources=where,
            templates=TEMPLATES,
            booked=self.kept.values(),
            now=self.now,
        )
        if isinstance(outcome, Moved):
            assert outcome.previous == mine.slot
            assert (outcome.appointment.id, outcome.appointment.patient) == (mine.id, mine.patient)
            self.keep(outcome.appointment)

    @precondition(lambda self: self.kept)
    @rule(data=st.data())
    def cancel_one(self, data: st.DataObject) -> None:
        """What is cancelled holds no time."""
        mine = data.draw(st.sampled_from(sorted(self.kept.values(), key=lambda each: each.id)))
        outcome = cancel(mine)
        if isinstance(outcome, Cancelled):
            self.keep(outcome.appointment)
            assert not outcome.appointment.is_occupying

    @precondition(lambda self: self.kept)
    @rule(data=st.data(), to=st.sampled_from(Status))
    def change_one(self, data: st.DataObject, to: Status) -> None:
        """Any change of state that is allowed is kept."""
        mine = data.draw(st.sampled_from(sorted(self.kept.values(), key=lambda each: each.id)))
        after = change_status(mine, to)
        if isinstance(after, Appointment):
            self.keep(after)

    @precondition(lambda self: self.kept)
    @rule(data=st.data())
    def confirm_one(self, data: st.DataObject) -> None:
        """What waits is confirmed when its time is free."""
        mine = data.draw(st.sampled_from(sorted(self.kept.values(), key=lambda each: each.id)))
        outcome = confirm(mine, templates=TEMPLATES, booked=self.kept.values(), now=self.now)
        if isinstance(outcome, Booked):
            self.keep(outcome.appointment)

    @invariant()
    def nobody_is_booked_twice(self) -> None:
        """No resource is held by two appointments at once, and no patient is in two places."""
        holding = [each for each in self.kept.values() if each.status in OCCUPYING]
        for one, other in combinations(holding, 2):
            if set(one.resources) & set(other.resources):
                assert not one.occupied.overlaps(other.occupied)
            if one.patient == other.patient:
                assert not one.slot.overlaps(other.slot)

    @invariant()
    def every_visit_is_within_hours_on_the_clock_of_the_door(self) -> None:
        """Between midnight and four of one local day, on the day of the change too."""
        for each in self.kept.values():
            opens, closes = each.occupied.start.astimezone(ZONE), each.occupied.end.astimezone(ZONE)
            assert opens.date() == closes.date()
            assert closes.time() <= time(4)

    @invariant()
    def what_ended_stays_as_it_ended(self) -> None:
        """A terminal appointment is never another one."""
        assert all(self.kept[id_] == appointment for id_, appointment in self.ended.items())


Schedule.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestSchedule = Schedule.TestCase
