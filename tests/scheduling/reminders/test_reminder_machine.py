"""An office that keeps to its protocol, hour by hour, whatever patients and visits do."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from medoffice.core import AppointmentId, PatientId, ResourceId, TimeSlot
from medoffice.scheduling import Appointment, Status
from medoffice.scheduling.reminders import (
    STANDARD,
    CancelWish,
    Channel,
    Confirm,
    ConsentGiven,
    Contact,
    Due,
    Fact,
    Reminder,
    ReminderFailed,
    Reply,
    ReplyReceived,
    Stop,
    Unclear,
    due,
)

ZONE = ZoneInfo("America/New_York")
FIRST = datetime(2026, 10, 28, 4, tzinfo=UTC)  # the clocks go back four days later
PATIENTS = tuple(PatientId(f"p{n}") for n in range(3))
CONTACTS = (
    Contact(patient=PATIENTS[0], reachable=Channel, agreed={Channel.TEXT, Channel.VOICE}),
    Contact(
        patient=PATIENTS[1], reachable={Channel.TEXT, Channel.EMAIL}, zone=ZoneInfo("America/Los_Angeles")
    ),
    Contact(patient=PATIENTS[2], reachable=Channel, agreed={Channel.TEXT}, refused={Channel.EMAIL}),
)
ZONES = {each.patient: each.zone or ZONE for each in CONTACTS}
LOUD = {Channel.TEXT, Channel.VOICE}
whose = st.sampled_from(range(len(PATIENTS)))


class Office(RuleBasedStateMachine):
    """Sends what is due, notes it, and checks each message against rules that are written once more here."""

    def __init__(self) -> None:
        """Begin with no visit and no fact."""
        super().__init__()
        self.now = FIRST
        self.visits: dict[AppointmentId, Appointment] = {}
        self.facts: list[Fact] = []
        self.sent: list[tuple[datetime, Reminder]] = []
        self.given_back: set[tuple[object, Channel]] = set()
        self.stopped: dict[PatientId, datetime] = {}
        self.held: set[PatientId] = set()

    def ask(self) -> Due:
        """What is due now."""
        return due(
            STANDARD,
            appointments=self.visits.values(),
            contacts=CONTACTS,
            facts=self.facts,
            now=self.now,
            zone=ZONE,
        )

    @rule(who=whose, hours=st.integers(-10, 240))
    def book(self, who: int, hours: int) -> None:
        """A visit, some of them soon and some in the past."""
        slot = TimeSlot.lasting(self.now + timedelta(hours=hours), timedelta(minutes=30))
        made = Appointment(
            id=AppointmentId(f"a{len(self.visits)}"),
            patient=PATIENTS[who],
            visit_type="follow-up",
            slot=slot,
            occupied=slot,
            resources=(ResourceId("okafor"),),
        )
        self.visits[made.id] = made

    @rule(data=st.data(), hours=st.integers(1, 200), is_cancelled=st.booleans())
    def change(self, data: st.DataObject, hours: int, is_cancelled: bool) -> None:  # noqa: FBT001
        """A visit is cancelled or moved."""
        if not self.visits:
            return
        visit = self.visits[data.draw(st.sampled_from(sorted(self.visits)))]
        slot = TimeSlot.lasting(self.now + timedelta(hours=hours), timedelta(minutes=30))
        self.visits[visit.id] = (
            attrs.evolve(visit, status=Status.CANCELLED)
            if is_cancelled
            else attrs.evolve(visit, slot=slot, occupied=slot)
        )

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        """The office is not there at every hour."""
        self.now += timedelta(hours=hours)

    @rule()
    def send(self) -> None:
        """What is due is noted and sent, and then nothing is due."""
        for reminder in self.ask().reminders:
            self.check(reminder)
            self.facts.append(reminder.sent(self.now))
            self.sent.append((self.now, reminder))
        assert self.ask().reminders == ()

    @rule(data=st.data())
    def the_carrier_gives_it_back(self, data: st.DataObject) -> None:
        """The last message of somebody did not arrive."""
        if self.sent:
            _, reminder = data.draw(st.sampled_from(self.sent))
            self.given_back.add((reminder.key, reminder.channel))
            self.facts.append(
                ReminderFailed(
                    at=self.now, key=reminder.key, patient=reminder.patient, channel=reminder.channel
                )
            )

    @rule(
        data=st.data(),
        reply=st.sampled_from([Confirm(), CancelWish(), Unclear(), Unclear(may_mean_stop=True)]),
    )
    def answer(self, data: st.DataObject, reply: Reply) -> None:
        """A patient answers some reminder."""
        if self.sent:
            _, reminder = data.draw(st.sampled_from(self.sent))
            if reply == Unclear(may_mean_stop=True):
                self.held.add(reminder.patient)
            self.facts.append(
                ReplyReceived(
                    at=self.now,
                    patient=reminder.patient,
                    channel=reminder.channel,
                    reply=reply,
                    about=reminder.key,
                )
            )

    @rule(who=whose)
    def stop(self, who: int) -> None:
        """A patient wants no more texts."""
        self.stopped[PATIENTS[who]] = self.now
        self.facts.append(
            ReplyReceived(at=self.now, patient=PATIENTS[who], channel=Channel.TEXT, reply=Stop())
        )

    @rule(who=whose)
    def agree_again(self, who: int) -> None:
        """And wants texts again."""
        self.held.discard(PATIENTS[who])
        if self.stopped.pop(PATIENTS[who], None) is not None:
            for channel in LOUD:
                self.facts.append(ConsentGiven(at=self.now, patient=PATIENTS[who], channel=channel))
        else:
            self.facts.append(ConsentGiven(at=self.now, patient=PATIENTS[who], channel=Channel.TEXT))

    def check(self, reminder: Reminder) -> None:
        """A message is about a booked visit to come, once, on a channel that is open, at an hour that is not quiet."""
        visit = self.visits[reminder.key.appointment]
        assert visit.status is Status.BOOKED
        assert reminder.key.starts == visit.slot.start > self.now
        assert reminder.until > self.now
        assert reminder.patient not in self.held
        assert (reminder.key, reminder.channel) not in self.given_back or self.was_told_otherwise(reminder)
        before = [each for _, each in self.sent if each.key == reminder.key]
        assert not before or self.was_told_otherwise(reminder) or self.all_given_back(before)
        if reminder.channel in LOUD:
            assert reminder.patient not in self.stopped
            clock = self.now.astimezone(ZONES[reminder.patient])
            assert 8 <= clock.hour < 21
            mine = [at for at, each in self.sent if each.patient == reminder.patient and each.channel in LOUD]
            zone = ZONES[reminder.patient]
            assert clock.date() not in {at.astimezone(zone).date() for at in mine}
            assert sum(self.now - timedelta(days=7) < at for at in mine) < 3

    def all_given_back(self, before: list[Reminder]) -> bool:
        """Whether every earlier message of that key came back."""
        return all((each.key, each.channel) in self.given_back for each in before)

    def was_told_otherwise(self, reminder: Reminder) -> bool:
        """Whether, after the first message about this time, one about another time of the visit was sent."""
        starts = [
            each.key.starts for _, each in self.sent if each.key.appointment == reminder.key.appointment
        ]
        if reminder.key.starts not in starts:
            return False
        first = starts.index(reminder.key.starts)
        return any(other != reminder.key.starts for other in starts[first:])

    @invariant()
    def the_same_facts_give_the_same_answer(self) -> None:
        """Asked twice, the answer is one; facts in another order at one instant or not make no difference."""
        assert self.ask() == self.ask()


Office.TestCase.settings = settings(max_examples=60, stateful_step_count=40)
TestOffice = Office.TestCase
