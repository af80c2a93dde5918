"""The day of a visit over each store: every step is a fact, and book, board and flow say the same after each."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Final
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medoffice.adapters.system import FixedClock
from medoffice.checkin.messages import AlreadyHere, CheckedIn, TurnedAway
from medoffice.core import AppointmentId, CommandKey, InvalidValue, Money, PatientId, Refused, ResourceId
from medoffice.office import Office, Where
from medoffice.office.book.book_keeping import STREAM as BOOK
from medoffice.office.book.following import STREAM, is_in_step
from medoffice.office.day.checking_out import End
from medoffice.ports.store import Transaction
from medoffice.scheduling import Appointment, Booked, Provider, Status, Weekly, flow
from medoffice.scheduling.book import BookState, CalledOff, Event, fold
from medoffice.scheduling.flow import CheckOutRule, Settlement, Stage, TaskKind

ZONE = ZoneInfo("America/Chicago")
TEN = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ANA = PatientId("pat-ana")
DOCTOR, LEE = ResourceId("dr-okafor"), ResourceId("dr-lee")
ROOM, LAB = ResourceId("exam-1"), ResourceId("lab")
MUST: Final = flow.CheckOutTask(code="form-1", kind=TaskKind.FORM, is_must=True)

At = Callable[[datetime], Office]
Act = Callable[[Office, AppointmentId], object]

ACTS: Final[dict[str, Act]] = {
    "arrived": lambda office, id: office.schedule.flow.arrived(id),
    "checked in": lambda office, id: office.schedule.flow.checked_in(id),
    "roomed": lambda office, id: office.schedule.flow.roomed(id, ROOM),
    "with a clinician": lambda office, id: office.schedule.flow.with_provider(id, DOCTOR),
    "with another": lambda office, id: office.schedule.flow.with_provider(id, LEE),
    "the clinician left": lambda office, id: office.schedule.flow.provider_left(id, DOCTOR),
    "went to a test": lambda office, id: office.schedule.flow.went_to_test(id, LAB),
    "came back": lambda office, id: office.schedule.flow.came_back(id),
    "check-out": lambda office, id: office.schedule.flow.check_out(id),
    "out": lambda office, id: office.schedule.flow.out(id),
    "left unseen": lambda office, id: office.schedule.flow.left_unseen(id),
    "back a step": lambda office, id: office.schedule.flow.back(id),
    "triaged": lambda office, id: office.schedule.flow.triaged(id, 3),
    "a task": lambda office, id: office.schedule.flow.raise_task(id, MUST),
    "the task done": lambda office, id: office.schedule.flow.settle(id, "form-1"),
    "desk: checks in": lambda office, id: office.check_in(id),
    "desk: has arrived": lambda office, id: office.change_status(id, Status.ARRIVED),
    "desk: was seen": lambda office, id: office.change_status(id, Status.FULFILLED),
    "desk: did not come": lambda office, id: office.change_status(id, Status.NOSHOW),
    "desk: was an error": lambda office, id: office.change_status(id, Status.ENTERED_IN_ERROR),
    "desk: cancels": lambda office, id: office.cancel(id),
    "desk: moves": lambda office, id: office.move(id, office.clock.now() + 30 * MINUTE),
}
USUAL: Final = ("arrived", "checked in", "roomed", "with a clinician", "check-out", "out")
"""A usual visit, so that random sequences get as far as its end."""


def sequences() -> st.SearchStrategy[list[str]]:
    """Usual days with anything put in between, and anything at all."""
    anything = st.sampled_from(sorted(ACTS))
    disturbed = st.lists(st.tuples(st.sampled_from(USUAL), st.lists(anything, max_size=1)), max_size=8).map(
        lambda pairs: [each for step, more in pairs for each in (step, *more)]
    )
    return disturbed | st.lists(anything, max_size=10)


def stored(office: Office, id: AppointmentId) -> Appointment:
    """The appointment as it stands in the store."""
    return office.store.read(lambda tx: tx.appointment(id))


def everything(office: Office, id: AppointmentId) -> tuple[object, ...]:
    """All that is kept of a visit."""
    return office.store.read(
        lambda tx: (tx.appointment(id), tx.facts(STREAM, subject=id.value), tx.facts(BOOK, subject=id.value))
    )


def folded(office: Office, id: AppointmentId) -> Appointment:
    """The appointment as the book's facts about it make it."""
    facts = office.store.read(lambda tx: tx.facts(BOOK, subject=id.value))
    told = [
        attrs.evolve(each.fact, seq=place)
        for place, each in enumerate(facts, start=1)
        if isinstance(each.fact, Event)
    ]
    (visit,) = fold(told, since=BookState()).appointments
    return visit


@pytest.fixture
def clinic(office: Office) -> Office:
    """One more clinician, who is there every day."""
    weekly = Weekly.of("Mon-Sun 08:00-17:00", zone=ZONE)
    office.schedule.add_resource(Provider(LEE, weekly=weekly))
    return office


DAYS: Final = count()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=sequences(), is_walk_in=st.booleans())
def test_flow_and_book_never_say_two_things(clinic: Office, acts: list[str], *, is_walk_in: bool) -> None:
    """After each decision of the flow, the desk or the kiosk both agree; what is refused has changed nothing."""
    today = TEN + next(DAYS) * timedelta(days=1)
    office = attrs.evolve(clinic, clock=FixedClock(today - 60 * MINUTE))
    take = office.schedule.walk_in if is_walk_in else office.schedule.book
    booked = take(ANA, "follow-up", today, resources=(LEE,))
    assert isinstance(booked, Booked)
    id = booked.appointment.id
    for place, act in enumerate(acts):
        office = attrs.evolve(clinic, clock=FixedClock(today + place * MINUTE))
        before = everything(office, id)
        outcome = ACTS[act](office, id)
        if isinstance(outcome, Refused | TurnedAway | AlreadyHere):
            assert everything(office, id) == before
        visit, followed = stored(office, id), office.schedule.flow.of(id)
        assert is_in_step(followed, visit.status), (act, visit.status, followed.stage)
        assert folded(office, id) == visit
        if visit.status is Status.CHECKED_IN:
            assert isinstance(office.check_in(id), AlreadyHere)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("stage", Stage)
def test_what_is_in_step(status: Status, stage: Stage) -> None:
    """A patient who is here has one status at each stage; one who has not come may have any that says so."""
    here = {
        Stage.ARRIVED: Status.ARRIVED,
        Stage.OUT: Status.FULFILLED,
        Stage.LEFT_UNSEEN: Status.CANCELLED,
    }
    wanted = (
        status not in {Status.ARRIVED, Status.CHECKED_IN, Status.FULFILLED}
        if stage is Stage.EXPECTED
        else status is here.get(stage, Status.CHECKED_IN)
    )
    assert is_in_step(at_stage(stage), status) is wanted


def at_stage(stage: Stage) -> flow.VisitFlow:
    """A visit whose patient is there."""
    id = AppointmentId("apt-1")
    come, room, enter = (
        flow.PatientArrived(id, TEN),
        flow.Roomed(id, TEN, ROOM),
        flow.ProviderEntered(id, TEN, LEE),
    )
    logs: dict[Stage, tuple[flow.Fact, ...]] = {
        Stage.EXPECTED: (),
        Stage.ARRIVED: (come,),
        Stage.CHECKED_IN: (come, flow.CheckedIn(id, TEN)),
        Stage.ROOMED: (come, room),
        Stage.WITH_PROVIDER: (come, enter),
        Stage.SEEN: (come, enter, flow.ProviderLeft(id, TEN, LEE)),
        Stage.ANCILLARY: (come, flow.WentToAncillary(id, TEN, LAB)),
        Stage.CHECKING_OUT: (enter, flow.CheckOutBegun(id, TEN)),
        Stage.OUT: (enter, flow.PatientLeft(id, TEN)),
        Stage.LEFT_UNSEEN: (come, flow.LeftWithoutBeingSeen(id, TEN)),
    }
    found = flow.VisitFlow(id, logs[stage])
    assert found.stage is stage
    return found


def test_a_visit_from_the_door_to_the_door(clinic: Office, visit: AppointmentId, at: At) -> None:
    """Each step is on the board at once: where, since when, in which room; the log is what was told."""
    seen = []
    for minute, act in enumerate(
        ("arrived", "checked in", "roomed", "with a clinician", "the clinician left")
    ):
        office = at(TEN + minute * MINUTE)
        assert not isinstance(ACTS[act](office, visit), Refused)
        seen.append(office.board()[0])
    assert [row.where for row in seen] == [
        Where.WAITING,
        Where.WAITING,
        Where.IN_ROOM,
        Where.WITH_PROVIDER,
        Where.IN_ROOM,
    ]
    assert [row.number for row in seen] == [0, 1, 1, 1, 1]
    assert [row.since for row in seen] == [TEN + minute * MINUTE for minute in range(5)]
    assert [row.room for row in seen] == ["", "", "exam-1", "exam-1", "exam-1"]
    later = at(TEN + 9 * MINUTE)
    later.schedule.flow.check_out(visit)
    assert later.board()[0].where is Where.CHECK_OUT
    later.schedule.flow.out(visit)
    assert later.board()[0].where is Where.SEEN
    assert len(clinic.schedule.flow.of(visit).log) == 7


def test_the_kiosks_check_in_is_a_fact_too(office: Office, visit: AppointmentId) -> None:
    """Arrived and checked in, at the instant of the check-in; the number is one, wherever it is asked for."""
    assert isinstance(office.check_in(visit), CheckedIn)
    kinds = [type(fact) for fact in office.schedule.flow.of(visit).log]
    assert kinds == [flow.PatientArrived, flow.CheckedIn]
    assert isinstance(office.schedule.flow.checked_in(visit), Refused)
    (row,) = office.schedule.flow.board()
    assert (row.stage, row.status) == (Stage.CHECKED_IN, Status.CHECKED_IN)


def test_whoever_is_taken_to_a_room_at_once_has_a_number(office: Office, visit: AppointmentId) -> None:
    """The kiosk then says that the patient is here; nobody is checked in twice."""
    assert isinstance(office.schedule.flow.roomed(visit, ROOM), flow.Roomed)
    assert isinstance(office.check_in(visit), AlreadyHere)
    assert office.board()[0].number == 1


def test_a_check_in_that_was_an_error_is_taken_back(office: Office, visit: AppointmentId) -> None:
    """The patient is expected again, and keeps the number when they come."""
    office.check_in(visit)
    for _ in range(2):
        assert isinstance(office.schedule.flow.back(visit, flow.Misstep.WRONG_PATIENT), flow.Corrected)
    assert stored(office, visit).status is Status.BOOKED
    (row,) = office.board()
    assert (row.where, row.number, row.since) == (Where.EXPECTED, 0, None)
    assert isinstance(office.schedule.flow.back(visit), Refused)
    again = office.check_in(visit)
    assert isinstance(again, CheckedIn)
    assert again.number == 1


def test_a_visit_that_is_over_is_opened_again(office: Office, visit: AppointmentId) -> None:
    """Who rose to leave and sat down again is at the stage before; the book's own facts say so too."""
    office.check_in(visit)
    office.change_status(visit, Status.FULFILLED)
    assert isinstance(office.schedule.flow.back(visit, flow.Misstep.CHANGED_MIND), flow.Corrected)
    assert stored(office, visit).status is Status.CHECKED_IN
    assert office.schedule.flow.of(visit).stage is Stage.WITH_PROVIDER
    assert folded(office, visit) == stored(office, visit)


def test_who_left_unseen_is_called_off_for_good(office: Office, visit: AppointmentId) -> None:
    """With that reason, in the book; the time was given back, so it is not undone."""
    office.schedule.flow.arrived(visit)
    assert isinstance(office.schedule.flow.left_unseen(visit), flow.LeftWithoutBeingSeen)
    assert stored(office, visit).status is Status.CANCELLED
    fact = office.schedule.history(visit)[-1].fact
    assert getattr(fact, "reason", "") == "left-unseen"
    refused = office.schedule.flow.back(visit)
    assert isinstance(refused, Refused)
    assert refused.has(flow.TIME_GIVEN_BACK)


def test_calling_off_says_that_the_patient_left(office: Office, visit: AppointmentId) -> None:
    """Cancelling the visit of one who waits is the same fact; of one who was seen it is refused."""
    office.check_in(visit)
    assert isinstance(office.cancel(visit), CalledOff)
    assert office.schedule.flow.of(visit).stage is Stage.LEFT_UNSEEN
    other = office.book(ANA, "follow-up", TEN + 60 * MINUTE, (DOCTOR,))
    assert isinstance(other, Booked)
    id = other.appointment.id
    office.schedule.flow.with_provider(id, DOCTOR)
    refused = office.cancel(id)
    assert isinstance(refused, Refused)
    assert refused.has(flow.WAS_SEEN)
    assert stored(office, id).status is Status.CHECKED_IN


def test_nobody_is_out_with_a_must_open(office: Office, visit: AppointmentId) -> None:
    """Neither by the flow's word nor by the desk's; done, or deferred with a reason, it lets them go."""
    office.check_in(visit)
    office.schedule.flow.with_provider(visit, DOCTOR)
    office.schedule.flow.raise_task(visit, MUST)
    for outcome in (office.schedule.flow.out(visit), office.change_status(visit, Status.FULFILLED)):
        assert isinstance(outcome, Refused)
        assert outcome.has(flow.TASK_OPEN)
    with pytest.raises(InvalidValue):
        office.schedule.flow.settle(visit, "form-1", Settlement.DEFERRED)
    office.schedule.flow.settle(visit, "form-1", Settlement.DEFERRED, reason="the printer is out of paper")
    assert isinstance(office.schedule.flow.out(visit), flow.PatientLeft)
    assert isinstance(office.schedule.flow.settle(visit, "form-1"), flow.TaskSettled)


def test_check_out_raises_what_the_policy_wants(office: Office, visit: AppointmentId) -> None:
    """The follow-up that the clinician said, the co-pay from the estimate; going back and forth raises them once."""
    rules = (
        CheckOutRule(kind=TaskKind.FOLLOW_UP, is_must=True),
        CheckOutRule(kind=TaskKind.BALANCE),
        CheckOutRule(kind=TaskKind.INTERPRETER),
    )
    policed = attrs.evolve(office, flow_policy=flow.FlowPolicy(check_out=rules))
    day = policed.schedule.flow
    day.with_provider(visit, DOCTOR)
    end = End(follow_up_weeks=6)
    said = day.tasks_for(visit, end)
    assert [task.code for task in said.value] == ["follow-up", "balance"]
    day.check_out(visit, end)
    day.back(visit)
    day.check_out(visit, end)
    open_tasks = day.of(visit).open_tasks
    assert [(task.code, task.weeks, task.amount) for task in open_tasks] == [
        ("follow-up", 6, Money.zero),
        ("balance", 0, Money(3000)),
    ]
    assert day.board()[0].open_tasks == 2
    assert isinstance(day.out(visit), Refused)


def test_a_step_is_for_today(visit: AppointmentId, at: At) -> None:
    """Nobody arrives for tomorrow's visit; once begun, a visit may go past midnight."""
    early = at(TEN - timedelta(days=1)).schedule.flow.arrived(visit)
    assert isinstance(early, Refused)
    assert early.has("FLW030")
    assert isinstance(at(TEN).schedule.flow.arrived(visit), flow.PatientArrived)
    assert isinstance(at(TEN + timedelta(hours=20)).schedule.flow.checked_in(visit), flow.CheckedIn)


def test_a_visit_begun_before_the_flow_was_kept_is_caught_up(visit: AppointmentId, at: At) -> None:
    """A store of an older medoffice says only *checked in*: the first step notes that too, and goes on from there."""
    office = at(TEN)

    def as_it_was(tx: Transaction) -> None:
        old = tx.appointment(visit)
        tx.put_appointment(attrs.evolve(old, status=Status.CHECKED_IN, revision=old.revision + 1))

    office.store.transact(as_it_was)
    assert isinstance(office.schedule.flow.roomed(visit, ROOM), flow.Roomed)
    kinds = [type(fact) for fact in office.schedule.flow.of(visit).log]
    assert kinds == [flow.PatientArrived, flow.CheckedIn, flow.Roomed]


def test_a_step_sent_twice_is_one(office: Office, visit: AppointmentId, at: At) -> None:
    """The same key gives the same fact, also when the first answer was lost."""
    first = office.schedule.flow.arrived(visit, key=CommandKey("cmd-1"))
    again = at(TEN).schedule.flow.arrived(visit, key=CommandKey("cmd-1"))
    assert first == again
    assert len(office.schedule.flow.of(visit).log) == 1


def test_a_step_may_be_told_later(visit: AppointmentId, at: At) -> None:
    """With the time at which it happened, not in the future and not before the step that it follows."""
    now = at(TEN + 30 * MINUTE).schedule.flow
    assert isinstance(now.arrived(visit, at=TEN), flow.PatientArrived)
    assert isinstance(now.checked_in(visit, at=TEN - MINUTE), Refused)
    assert isinstance(now.checked_in(visit, at=TEN + 60 * MINUTE), Refused)
    assert now.of(visit).since == TEN


@pytest.mark.usefixtures("clinic")
def test_the_next_patient_is_the_most_urgent(at: At) -> None:
    """Walk-ins by level, then by arrival; a clinician is given no patient who came for another."""
    ids = []
    for minute, level in ((0, 4), (1, 3)):
        office = at(TEN + minute * MINUTE)
        came = office.schedule.walk_in(ANA, "follow-up", TEN + (60 + 30 * minute) * MINUTE, resources=(LEE,))
        assert isinstance(came, Booked)
        office.schedule.flow.checked_in(came.appointment.id)
        office.schedule.flow.triaged(came.appointment.id, level)
        ids.append(came.appointment.id)
    day = at(TEN + 5 * MINUTE).schedule.flow
    assert [turn.waiting.visit for turn in day.queue()] == [ids[1], ids[0]]
    found = day.next_patient(LEE)
    assert isinstance(found.value, flow.Turn)
    assert found.value.waiting.visit == ids[1]
    assert not found.value.waiting.is_scheduled
    assert isinstance(day.next_patient(DOCTOR).value, flow.NobodyWaits)
    with pytest.raises(InvalidValue):
        day.triaged(ids[0], 6)


def test_without_a_past_no_wait_is_told(office: Office) -> None:
    """An office in its first weeks refuses, rather than guess."""
    refused = office.schedule.flow.experience()
    assert isinstance(refused, Refused)
    assert refused.has(flow.NO_HISTORY)


def test_the_facts_name_nobody(office: Office, visit: AppointmentId) -> None:
    """Steps hold ids; the trail has a row for each, with its outcome."""
    office.schedule.flow.arrived(visit)
    office.schedule.flow.arrived(visit)
    rows = office.store.read(lambda tx: tx.audit_rows(subject=visit.value, action="flow.patient-arrived"))
    assert [row.entry.outcome for row in rows] == ["done", "flw001"]
    assert "Ana" not in repr(office.schedule.flow.of(visit))
