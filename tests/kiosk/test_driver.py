"""The driver: what it asks of the world, in which order, and what it never does."""

import logging
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kiosk.allowance import SCANS_AT_ONCE, Allowance
from kiosk.backlog import Backlog, DeskCall
from kiosk.devices.simulated_terminal import Behaviour
from kiosk.devices.terminal import Unknown
from kiosk.driver import DELIVER_AGAIN, Driver
from kiosk.journal import Event, note
from kiosk.payments import Settlement
from medoffice.billing.account import Means
from medoffice.checkin.messages import Action
from medoffice.checkin.records import PaymentState, TaskKind
from medoffice.core.ids import CommandKey, PaymentId
from medoffice.core.people import Language
from medoffice.office.once import KeyReused
from medoffice.ports.store import (
    ConstraintBroken,
    NoSuchRecord,
    StoreBusy,
    StoreFull,
    StoreUnavailable,
    WrongKey,
)

CANARY = "Zzyzx-Canary"


def payments(bench: Any, person: Any) -> list[PaymentState]:
    found = bench.office.store.read(lambda tx: tx.payments(person.appointment))
    return [each.state for each in found]


def tasks(bench: Any) -> list[str]:
    return [each.code for each in bench.office.desk_tasks()]


def test_no_kivy_below_the_face() -> None:
    """The driver, the words and the devices can be imported without Kivy."""
    code = (
        "import sys, kiosk.driver, kiosk.words, kiosk.scenes, kiosk.commands; sys.exit('kivy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_visit_from_code_to_number(bench: Any) -> None:
    """Code, birth date, three confirmations: checked in, paid, and written down."""
    person = bench.paying()
    due = bench.office.estimate(person.appointment).due_today
    bench.to_due(person)
    assert bench.screen.name == "due"
    bench.press("pay-now")
    assert bench.screen.name == "saving"
    bench.settle()
    assert bench.screen.name == "done"
    assert bench.screen.big.isdigit()
    assert payments(bench, person) == [PaymentState.APPROVED]
    assert [each.amount for each in bench.terminal.taken] == [due]
    asked = [name for name, _ in bench.reception.sent]
    assert asked.index("check_in") < asked.index("ask_payment") < asked.index("settle_payment")
    assert bench.wiped == 0
    bench.press("finish")
    assert (bench.wiped, bench.screen.name, bench.screen.turn) == (1, "welcome", 2)


def test_nothing_is_asked_on_the_screen_s_thread(bench: Any) -> None:
    """The store is asked in its lane: until that runs, the patient sees that something is being done."""
    bench.identify(bench.people[0], settle=False)
    assert bench.screen.name == "looking"
    assert bench.reception.times("find_visit") == 0


@pytest.mark.parametrize("trouble", [StoreBusy, StoreUnavailable])
def test_a_busy_store_is_asked_again_under_the_same_key(bench: Any, trouble: type[Exception]) -> None:
    """What may pass is waited for; the command stays the same command."""
    bench.identify(bench.people[0], settle=False)
    bench.reception.troubles.extend([trouble("x"), trouble("x")])
    bench.settle()
    assert bench.screen.name == "details"
    keys = {key for name, key in bench.reception.sent if name == "find_visit"}
    assert bench.reception.times("find_visit") == 3
    assert len(keys) == 1
    assert sum(bench.waited) <= 2


@pytest.mark.parametrize("trouble", [StoreFull("x"), WrongKey("x")])
def test_what_waiting_does_not_cure_sends_to_the_desk_at_once(bench: Any, trouble: Exception) -> None:
    """A full disk is not asked twice; the desk hears of it when the store can take it."""
    bench.identify(bench.people[0], settle=False)
    bench.reception.troubles.extend([trouble, trouble])
    bench.office_lane.waiting.popleft()()
    while bench.posted:
        bench.posted.popleft()()
    assert (bench.screen.name, bench.reception.times("find_visit")) == ("desk", 1)
    bench.settle()
    assert "office.unavailable" not in tasks(bench)
    bench.timers.pass_by(DELIVER_AGAIN)
    bench.settle()
    assert tasks(bench).count("office.unavailable") == 1


def test_the_unforeseen_is_no_crash_and_no_leak(bench: Any, caplog: pytest.LogCaptureFixture) -> None:
    """An exception that nobody foresaw sends to the desk, tells the office, and its text is nowhere."""
    caplog.set_level(logging.DEBUG)
    bench.identify(bench.people[0], settle=False)
    bench.reception.troubles.append(RuntimeError(CANARY))
    bench.settle()
    assert bench.screen.name == "desk"
    assert {"office.unavailable", "kiosk.unforeseen"} <= set(tasks(bench))
    assert "unforeseen kind=RuntimeError" in caplog.text
    assert CANARY not in caplog.text


def test_a_code_that_cannot_be_judged_sends_to_the_desk(bench: Any) -> None:
    """Judging happens at once, and what it raises is caught as well."""
    bench.reception.troubles.append(ValueError(CANARY))
    bench.scan(bench.people[0])
    assert bench.screen.name == "desk"


def test_a_late_answer_never_reaches_the_next_patient(bench: Any) -> None:
    """Whoever leaves while the store is slow leaves nothing behind, and is not even looked up any more."""
    first, second = bench.people[:2]
    bench.identify(first, settle=False)
    bench.press("person")
    bench.press("finish")
    bench.settle()
    assert (bench.screen.name, bench.screen.turn, bench.reception.times("find_visit")) == ("welcome", 2, 0)
    bench.identify(second)
    assert bench.screen.name == "details"
    assert bench.screen.fields[0].value == second.patient.name.masked


def test_an_answer_already_on_its_way_is_dropped(bench: Any) -> None:
    """An answer that was given before the patient left, but arrives after, is for nobody."""
    bench.identify(bench.people[0], settle=False)
    bench.office_lane.run()
    bench.press("person")
    bench.press("finish")
    bench.settle()
    assert (bench.screen.name, bench.screen.fields) == ("welcome", ())


def test_silence_warns_and_then_wipes(bench: Any) -> None:
    """30 seconds without a touch bring the warning, 20 more the wipe; a touch in time keeps everything."""
    bench.identify(bench.people[0])
    bench.timers.pass_by(29)
    bench.driver.touched()
    bench.timers.pass_by(29)
    assert bench.screen.name == "details"
    bench.timers.pass_by(1)
    assert (bench.screen.name, bench.wiped) == ("idle", 0)
    bench.press("stay")
    assert bench.screen.name == "details"
    bench.timers.pass_by(30)
    bench.timers.pass_by(20)
    assert (bench.screen.name, bench.screen.turn, bench.wiped) == ("welcome", 2, 1)


def test_a_touch_does_not_hide_that_it_takes_long(bench: Any) -> None:
    """While the store is asked, touching the glass puts nothing off: after 5 seconds a person is offered."""
    bench.identify(bench.people[0], settle=False)
    bench.timers.pass_by(4)
    bench.driver.touched()
    bench.timers.pass_by(1)
    assert bench.screen.notice is not None


def test_every_wiper_is_called_though_one_breaks(bench: Any) -> None:
    """One part that cannot forget does not keep the others from it."""
    order: list[int] = []

    def broken() -> None:
        order.append(1)
        raise RuntimeError(CANARY)

    bench.driver.on_wipe(broken)
    bench.driver.on_wipe(lambda: order.append(2))
    bench.press("person")
    bench.press("finish")
    assert order == [1, 2]


@pytest.mark.parametrize("how", [Behaviour.APPROVE_BUT_LOSE_ANSWER, Behaviour.APPROVE])
def test_a_lost_answer_is_asked_for_and_never_charged_twice(bench: Any, how: Behaviour) -> None:
    """Approved, though the answer was lost: recovered, written down, and taken once."""
    person = bench.paying()
    bench.terminal.then(how)
    bench.to_due(person)
    bench.press("pay-now")
    bench.settle()
    assert bench.screen.name == "done"
    assert payments(bench, person) == [PaymentState.APPROVED]
    assert len(bench.terminal.taken) == 1


def test_a_charge_that_never_arrived_is_called_off_and_may_be_tried_again(bench: Any) -> None:
    """A request that never reached the terminal: nothing is taken, and trying again is a payment of its own."""
    person = bench.paying()
    bench.terminal.then(Behaviour.TIME_OUT)
    bench.to_due(person)
    bench.press("pay-now")
    bench.settle()
    assert bench.screen.name == "payment-trouble"
    assert payments(bench, person) == [PaymentState.DECLINED]
    bench.press("try-again")
    bench.settle()
    assert (bench.screen.name, len(bench.terminal.taken)) == ("done", 1)
    assert sorted(each.value for each in payments(bench, person)) == ["approved", "declined"]


def test_a_silent_terminal_is_said_to_be_unknown(bench: Any) -> None:
    """When nobody knows whether it was paid, the office writes that, and the desk is told."""
    person = bench.paying()
    bench.terminal.set_reachable(False)
    bench.to_due(person)
    bench.press("pay-now")
    bench.settle()
    assert payments(bench, person) == [PaymentState.UNKNOWN]
    assert "payment.unknown" in tasks(bench)
    assert [each.action for each in bench.screen.buttons] == [Action.PAY_AT_DESK]


def test_no_charge_before_the_office_wrote_it_down(bench: Any) -> None:
    """When the office cannot write the payment down, the terminal is not asked."""
    person = bench.paying()
    bench.to_due(person)
    bench.press("pay-now")
    bench.reception.troubles.extend([None, StoreFull("x")])
    bench.settle()
    assert bench.terminal.taken == ()
    assert bench.screen.name == "payment-trouble"


def test_a_settlement_that_the_office_could_not_take_is_sent_until_it_can(bench: Any) -> None:
    """Money that moved is written down in the end, once the store is there again."""
    person = bench.paying()
    bench.to_due(person)
    bench.press("pay-now")
    bench.reception.troubles.extend([None, None, StoreFull("x")])
    bench.settle()
    assert (bench.screen.name, payments(bench, person)) == ("done", [PaymentState.ASKED])
    bench.timers.pass_by(DELIVER_AGAIN)
    bench.settle()
    assert payments(bench, person) == [PaymentState.APPROVED]


def test_a_payment_that_nobody_waits_for_is_called_off(bench: Any) -> None:
    """A patient who walks away from the terminal is not charged later, and the payment is settled all the same."""
    person = bench.paying()
    bench.to_due(person)
    bench.press("pay-now")
    bench.office_lane.run()
    while bench.posted:
        bench.posted.popleft()()
    assert bench.screen.name == "paying"
    bench.press("person")
    bench.settle()
    assert bench.terminal.taken == ()
    assert payments(bench, person) == [PaymentState.DECLINED]


def test_scans_are_counted(bench: Any) -> None:
    """Ten codes in a row are judged, the eleventh is not; after three seconds one more is."""
    for _ in range(SCANS_AT_ONCE + 5):
        bench.driver.scan(b"nonsense")
    assert bench.reception.times("judge_code") == SCANS_AT_ONCE
    bench.timers.pass_by(3)
    bench.driver.scan(b"nonsense")
    bench.driver.scan(b"nonsense")
    assert bench.reception.times("judge_code") == SCANS_AT_ONCE + 1


@given(st.lists(st.floats(min_value=0, max_value=60, allow_nan=False), max_size=200))
def test_the_allowance_never_grants_more_than_its_rate(pauses: list[float]) -> None:
    """Over any stretch of time at most ten and one for every three seconds are granted."""
    allowance, at, granted = Allowance(), 0.0, 0
    for pause in pauses:
        at += pause
        allowance, is_granted = allowance.take(at)
        granted += is_granted
    assert granted <= SCANS_AT_ONCE + at / 3 + 1e-6


def test_a_lost_camera_is_told_once_and_names_still_work(bench: Any) -> None:
    """The desk hears of the camera once; the screen says what to do instead."""
    bench.driver.reader_changed(is_working=False)
    bench.driver.reader_changed(is_working=False)
    bench.settle()
    assert tasks(bench).count("camera.lost") == 1
    bench.press("no-code")
    assert bench.screen.name == "family-name"


def test_a_broken_face_sends_to_the_desk(bench: Any) -> None:
    """What breaks above the driver ends at a person, and the office hears of it."""
    bench.identify(bench.people[0])
    bench.driver.broke(ZeroDivisionError)
    bench.settle()
    assert bench.screen.name == "desk"
    assert "kiosk.broke" in tasks(bench)


def test_after_the_end_nothing_has_any_effect(bench: Any) -> None:
    """A closed driver has forgotten the patient and hears nothing more."""
    bench.identify(bench.people[0])
    bench.driver.close()
    shown = len(bench.screens)
    bench.driver.key("1")
    bench.timers.pass_by(600)
    bench.settle()
    assert (bench.screen.fields, len(bench.screens), bench.wiped) == ((), shown, 1)


def test_the_log_takes_only_what_is_on_its_list(caplog: pytest.LogCaptureFixture) -> None:
    """Texts and large numbers are withheld; words of our own, ids and small numbers are written."""
    caplog.set_level(logging.INFO)
    note(Event.STARTED, turn=3, key=CommandKey("k-1"), kind=ValueError, action=Action.YES)
    note(Event.STARTED, name=CANARY, phone=2175550142)  # type: ignore[arg-type]
    assert caplog.messages == [
        "started turn=3 key=k-1 kind=ValueError action=yes",
        "started name=withheld phone=withheld",
    ]


def to_paying(bench: Any) -> Any:
    """Somebody stands at the terminal, and the charge waits in the device lane."""
    person = bench.paying()
    bench.to_due(person)
    bench.press("pay-now")
    bench.office_lane.run()
    while bench.posted:
        bench.posted.popleft()()
    assert bench.screen.name == "paying"
    return person


class Watched:
    """A terminal that remembers what it was asked, and whose calls-off go wrong as long as a test says so."""

    def __init__(self, real: Any) -> None:
        self.real = real
        self.asked: list[str] = []
        self.wrong: list[Unknown | Exception] = []
        self.on_charge: Callable[[], object] = lambda: None

    def charge(self, amount: Any, key: str) -> Any:
        self.asked.append("charge")
        self.on_charge()
        return self.real.charge(amount, key)

    def recover(self, key: str) -> Any:
        self.asked.append("recover")
        return self.real.recover(key)

    def cancel(self, key: str) -> Any:
        self.asked.append("cancel")
        if not self.wrong:
            return self.real.cancel(key)
        answer = self.wrong.pop()
        if isinstance(answer, Exception):
            raise answer
        return answer


def watch(bench: Any) -> Watched:
    watched = Watched(bench.terminal)
    bench.driver._world = attrs.evolve(bench.driver._world, terminal=watched)
    return watched


def test_after_the_turn_no_charge_of_it_is_begun(bench: Any) -> None:
    """The charge waits behind other work, the patient leaves, no call-off gets through: it is not begun all the same."""
    terminal = watch(bench)
    person = to_paying(bench)
    bench.press("person")
    bench.press("finish")
    assert bench.screen.name == "welcome"
    bench.device_lane.run()
    assert terminal.asked == []
    bench.settle()
    assert payments(bench, person) == [PaymentState.DECLINED]


def test_a_charge_under_way_is_called_off_though_the_store_is_slow(bench: Any) -> None:
    """A call-off waits for nothing that the store does; the card that comes then pays nothing."""
    terminal = watch(bench)
    person = to_paying(bench)

    def patient_leaves() -> None:
        bench.press("person")
        bench.call_off_lane.run()

    terminal.on_charge = patient_leaves
    bench.device_lane.run()
    assert terminal.asked[:2] == ["charge", "cancel"]
    assert bench.terminal.taken == ()
    bench.settle()
    assert payments(bench, person) == [PaymentState.DECLINED]


def test_a_call_off_is_repeated_until_the_terminal_answers(bench: Any) -> None:
    """Neither silence nor an exception ends it, and there is a pause before each attempt."""
    terminal = watch(bench)
    to_paying(bench)
    terminal.wrong = [Unknown(), RuntimeError(CANARY), Unknown()]
    bench.press("person")
    bench.call_off_lane.run()
    assert terminal.asked == ["cancel"] * 4
    assert len(bench.waited) == 3


def test_a_call_off_ends_though_the_terminal_never_answers(bench: Any) -> None:
    """A terminal that is gone is not asked for ever."""
    terminal = watch(bench)
    bench.terminal.set_reachable(False)
    to_paying(bench)
    bench.press("person")
    bench.call_off_lane.run()
    assert 2 < terminal.asked.count("cancel") < 30


def test_a_payment_left_unknown_is_settled_when_the_call_off_is_answered(bench: Any) -> None:
    """Approved, but the line broke before anybody heard: once the terminal can be asked, the office has it."""
    person = to_paying(bench)
    bench.terminal.then(Behaviour.APPROVE_BUT_LOSE_ANSWER)
    real_recover = bench.terminal.recover
    bench.terminal.recover = lambda _: Unknown()
    bench.settle()
    bench.terminal.recover = real_recover
    assert payments(bench, person) == [PaymentState.APPROVED]
    assert len(bench.terminal.taken) == 1


def test_closing_while_paying_calls_the_charge_off(bench: Any) -> None:
    """A kiosk that is switched off begins no charge any more, and the payment is settled."""
    terminal = watch(bench)
    person = to_paying(bench)
    bench.driver.close()
    bench.device_lane.run()
    assert "charge" not in terminal.asked
    bench.call_off_lane.run()
    assert terminal.asked == ["cancel"]
    assert payments(bench, person) == [PaymentState.DECLINED]


def test_what_is_owed_can_be_delivered_after_closing(bench: Any) -> None:
    """An approval that the store could not take is written down by the last delivery."""
    person = to_paying(bench)
    bench.reception.troubles.extend([None, StoreFull("x")])
    bench.device_lane.run()
    assert payments(bench, person) == [PaymentState.ASKED]
    bench.driver.close()
    bench.driver.deliver()
    bench.office_lane.run()
    assert payments(bench, person) == [PaymentState.APPROVED]


@pytest.mark.parametrize("is_written", [True, False])
def test_a_payment_whose_writing_down_got_no_answer_does_not_stay_asked(
    bench: Any, caplog: pytest.LogCaptureFixture, *, is_written: bool
) -> None:
    """Written or not, the answer was lost: nothing is charged, and in the end nothing is open nor owed."""
    person = to_paying(bench)
    real = bench.reception._real.ask_payment

    def ask_payment(*given: object) -> None:
        if is_written:
            real(*given)
        raise StoreUnavailable("x")

    object.__setattr__(bench.driver._world, "reception", Lossy(bench.reception, ask_payment))
    bench.settle()
    assert bench.screen.name == "payment-trouble"
    bench.timers.pass_by(DELIVER_AGAIN)
    bench.settle()
    assert bench.terminal.taken == ()
    assert payments(bench, person) == ([PaymentState.DECLINED] if is_written else [])
    assert len(bench.driver._backlog) == 0
    assert ("backlog-dropped kind=NoSuchRecord" in caplog.text) is not is_written


@pytest.mark.parametrize("by_card", [True, False])
def test_nothing_is_charged_that_the_desk_takes_meanwhile(
    bench: Any, caplog: pytest.LogCaptureFixture, *, by_card: bool
) -> None:
    """The desk took it, or its terminal is at it, while the patient stood here: this terminal is not asked."""
    person = to_paying(bench)
    desk, due = bench.office.accounts, bench.office.estimate(person.appointment).due_today
    if by_card:
        desk.ask_card(person.appointment, due)
    else:
        desk.take(person.appointment, due, means=Means.CASH)
    before = payments(bench, person)
    bench.settle()
    assert bench.screen.name == "payment-trouble"
    assert bench.terminal.taken == ()
    assert payments(bench, person) == before
    assert len(bench.driver._backlog) == 0
    bench.press("pay-at-desk")
    bench.settle()
    assert "payment.at-desk" in tasks(bench)
    assert "office-refused" in caplog.text


class Lossy:
    """A front of which one command is another."""

    def __init__(self, front: Any, ask_payment: Callable[..., object]) -> None:
        self._front = front
        self.ask_payment = ask_payment

    def __getattr__(self, name: str) -> Any:
        return getattr(self._front, name)


FOR_GOOD = [NoSuchRecord("x"), ConstraintBroken("x"), KeyReused("x")]


def desk_call(number: int) -> DeskCall:
    return DeskCall(key=CommandKey(f"desk-{number}"), kind=TaskKind.DEVICE, code="camera.lost")


def approval(payment: str) -> Settlement:
    return Settlement(
        key=CommandKey(f"{payment}-settle"),
        payment=PaymentId(payment),
        state=PaymentState.APPROVED,
        reference="R-1",
    )


@pytest.mark.parametrize("trouble", FOR_GOOD)
def test_a_desk_call_that_can_never_be_written_is_dropped(
    bench: Any, caplog: pytest.LogCaptureFixture, trouble: Exception
) -> None:
    """It holds nothing up, and the log says which one it was."""
    backlog = Backlog()
    backlog.add(desk_call(1))
    backlog.add(desk_call(2))
    bench.reception.troubles.append(trouble)
    backlog.deliver(bench.reception)
    assert (tasks(bench), len(backlog)) == (["camera.lost"], 0)
    assert f"backlog-dropped kind={type(trouble).__name__} key=desk-1" in caplog.text


@pytest.mark.parametrize("trouble", [*FOR_GOOD, RuntimeError(CANARY)])
def test_a_settlement_is_kept_and_holds_nothing_up(bench: Any, trouble: Exception) -> None:
    """Money that moved is never dropped, in the order in which it came, and the desk is called all the same."""
    backlog = Backlog()
    backlog.add(approval("p1"))
    backlog.add(desk_call(1))
    backlog.add(approval("p2"))
    bench.reception.troubles.extend([trouble, None, trouble])
    backlog.deliver(bench.reception)
    assert (tasks(bench), len(backlog)) == (["camera.lost"], 2)
    bench.reception.sent.clear()
    backlog.deliver(bench.reception)
    assert bench.reception.sent == [("settle_payment", "p1-settle"), ("settle_payment", "p2-settle")]


def test_a_store_that_can_take_nothing_is_asked_once(bench: Any) -> None:
    """A full disk takes none of the items; they keep their order."""
    backlog = Backlog()
    backlog.add(desk_call(1))
    backlog.add(desk_call(2))
    bench.reception.troubles.append(StoreFull("x"))
    backlog.deliver(bench.reception)
    assert (bench.reception.times("call_desk"), len(backlog)) == (1, 2)
    backlog.deliver(bench.reception)
    assert [key for _, key in bench.reception.sent] == ["desk-1", "desk-1", "desk-2"]


def test_a_full_list_still_takes_settlements(monkeypatch: pytest.MonkeyPatch) -> None:
    """Desk calls are limited and take no settlement's place, nor the other way round."""
    monkeypatch.setattr("kiosk.backlog._MOST", 2)
    backlog = Backlog()
    for number in range(3):
        backlog.add(approval(f"p{number}"))
    for number in range(3):
        backlog.add(desk_call(number))
    assert len(backlog) == 5
    backlog.add(approval("p9"))
    assert len(backlog) == 6


def started_again(bench: Any) -> None:
    """The kiosk lost power: all that was in its memory is gone, and it starts with the same office and terminal."""
    for lane in bench.lanes:
        lane.waiting.clear()
    bench.posted.clear()
    bench.reception.troubles.clear()
    boots = bench.driver._world.boot
    world = attrs.evolve(bench.driver._world, boot=chr(ord(boots[0]) + 1) * 10)
    bench.driver.close()
    bench.call_off_lane.waiting.clear()
    bench.driver = Driver(world, language=Language("en"), on_screen=bench.screens.append)
    bench.driver.start()
    bench.settle()


def killed_while(bench: Any, at: str) -> Any:
    """A payment whose kiosk dies: before the terminal is asked, or after it answered."""
    person = to_paying(bench)
    terminal = watch(bench)

    class Killed(BaseException):
        pass

    def die() -> None:
        raise Killed

    if at == "charge":
        terminal.on_charge = die
    else:
        bench.reception.troubles.extend([None, Killed()])
    with pytest.raises(Killed):
        bench.device_lane.run()
    terminal.on_charge = lambda: None
    assert payments(bench, person) == [PaymentState.ASKED]
    terminal.asked.clear()
    return person, terminal


def test_an_approval_that_power_loss_kept_from_the_office_is_recovered(bench: Any) -> None:
    """Killed between the terminal's approval and the settlement: the next start settles it, and charges nothing."""
    person, terminal = killed_while(bench, "settle")
    started_again(bench)
    [payment] = bench.office.store.read(lambda tx: tx.payments(person.appointment))
    [taken] = bench.terminal.taken
    assert (payment.state, payment.reference) == (PaymentState.APPROVED, taken.result.reference)
    assert terminal.asked == ["recover"]


def test_a_charge_that_power_loss_kept_from_the_terminal_is_declined(bench: Any) -> None:
    """Killed before the terminal was asked: the next start settles that nothing was taken, and charges nothing."""
    person, terminal = killed_while(bench, "charge")
    started_again(bench)
    assert payments(bench, person) == [PaymentState.DECLINED]
    assert bench.terminal.taken == ()
    assert "charge" not in terminal.asked


def test_a_payment_that_nobody_knows_of_is_one_task_for_the_desk(bench: Any) -> None:
    """However often the kiosk starts beside a silent terminal; once it speaks, the next start settles the payment."""
    person, _ = killed_while(bench, "settle")
    bench.terminal.set_reachable(False)
    started_again(bench)
    started_again(bench)
    assert tasks(bench).count("payment.unknown") == 1
    assert payments(bench, person) == [PaymentState.ASKED]
    bench.terminal.set_reachable(True)
    started_again(bench)
    assert payments(bench, person) == [PaymentState.APPROVED]


def test_open_payments_are_asked_for_again_when_the_store_is_back(bench: Any) -> None:
    """A store that is away at the start stops nothing: the next delivery tries again."""
    person, _ = killed_while(bench, "settle")
    bench.driver.close()
    for lane in bench.lanes:
        lane.waiting.clear()
    world = attrs.evolve(bench.driver._world, boot="zzzz")
    bench.driver = Driver(world, language=Language("en"), on_screen=bench.screens.append)
    bench.driver.start()
    bench.reception.troubles.extend([StoreFull("x")])
    bench.settle()
    assert payments(bench, person) == [PaymentState.ASKED]
    bench.timers.pass_by(DELIVER_AGAIN)
    bench.settle()
    assert payments(bench, person) == [PaymentState.APPROVED]
    asked = bench.reception.sent.count(("unsettled_payments", ""))
    bench.timers.pass_by(DELIVER_AGAIN)
    bench.settle()
    assert bench.reception.sent.count(("unsettled_payments", "")) == asked


moves = st.lists(
    st.one_of(
        st.tuples(st.just("scan"), st.integers(0, 3)),
        st.tuples(st.just("digits"), st.integers(0, 3)),
        st.tuples(st.just("press"), st.integers(0, 5)),
        st.tuples(st.just("arrive"), st.integers(0, 3)),
        st.tuples(st.just("confirm"), st.just(0)),
        st.tuples(st.just("office"), st.just(0)),
        st.tuples(st.just("devices"), st.just(0)),
        st.tuples(st.just("answers"), st.just(0)),
        st.tuples(st.just("time"), st.sampled_from([1, 6, 21, 31, 61])),
        st.tuples(st.just("trouble"), st.integers(0, 3)),
        st.tuples(st.just("terminal"), st.sampled_from(range(len(Behaviour)))),
        st.tuples(st.just("language"), st.integers(0, 1)),
        st.tuples(st.just("broke"), st.just(0)),
    ),
    max_size=60,
)
TROUBLES: tuple[Callable[[], Exception | None], ...] = (
    lambda: StoreBusy("x"),
    lambda: StoreFull("x"),
    lambda: RuntimeError(CANARY),
    lambda: None,
)


def do(bench: Any, what: str, which: int) -> None:  # noqa: C901, PLR0912  one case for each move
    person = bench.people[which % len(bench.people)]
    match what:
        case "scan":
            bench.scan(person)
        case "digits":
            for digit in f"{person.patient.birth_date:%m%d%Y}":
                bench.driver.key(digit)
        case "arrive":
            do(bench, "scan", which)
            do(bench, "digits", which)
            do(bench, "press", 0)
            bench.settle()
        case "confirm":
            for _ in range(3):
                do(bench, "press", 0)
        case "press":
            buttons = (*bench.screen.buttons, *bench.screen.fixed)
            if buttons:
                bench.driver.press(buttons[which % len(buttons)].action, bench.screen.serial)
        case "office":
            bench.office_lane.run()
        case "devices":
            bench.device_lane.run()
        case "answers":
            while bench.posted:
                bench.posted.popleft()()
        case "time":
            bench.timers.pass_by(which)
        case "trouble":
            bench.reception.troubles.append(TROUBLES[which]())
        case "terminal":
            bench.terminal.then(tuple(Behaviour)[which])
        case "language":
            bench.driver.choose_language(Language(("en", "es")[which]))
        case "broke":
            bench.driver.broke(RuntimeError)
        case _:
            raise AssertionError(what)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(
    steps=[("arrive", 0), ("confirm", 0), ("office", 0), ("answers", 0), ("press", 0), ("devices", 0)]
)  # the patient leaves while the charge still waits for its lane
@given(steps=moves)
def test_whatever_happens_each_turn_shows_its_own_patient_only(
    steps: list[tuple[str, int]], make_bench: Callable[[], Any]
) -> None:
    """No order of inputs, answers, silences and troubles shows a name in a turn that did not ask for it, nor charges
    a visit twice or after its turn, nor leaves a payment unsettled once the store is there again, nor repeats a key.
    """
    bench = make_bench()
    bench.terminal._wait = lambda *_: None
    really_charge = bench.terminal.charge
    charged_at: list[tuple[str, str, str]] = []

    def charge(amount: Any, key: str) -> Any:
        charged_at.append((bench.screen.name, key.split("-")[1], str(bench.screen.turn)))
        return really_charge(amount, key)

    bench.terminal.charge = charge
    asked: dict[int, set[str]] = {}
    for what, which in steps:
        is_typed = what in {"digits", "arrive"} and bench.screen.name == "birth-date"
        if is_typed or (what == "arrive" and bench.screen.listens):
            name = bench.people[which % len(bench.people)].patient.name.masked
            asked.setdefault(bench.screen.turn, set()).add(name)
        do(bench, what, which)
        shown = bench.screen
        if shown.name == "details":
            assert shown.fields[0].value in asked[shown.turn]
        if shown.name == "welcome":
            assert (shown.fields, shown.lines, shown.qr) == ((), (), "")
    turns = [screen.turn for screen in bench.screens]
    assert turns == sorted(turns)
    bench.reception.troubles.clear()
    bench.settle()
    bench.timers.pass_by(DELIVER_AGAIN)
    bench.settle()
    assert all(name == "paying" and turn == now for name, turn, now in charged_at)
    taken = [each.key for each in bench.terminal.taken]
    assert len(taken) == len(set(taken))
    for person in bench.people:
        states = payments(bench, person)
        assert PaymentState.ASKED not in states
        assert states.count(PaymentState.APPROVED) <= 1
    commands = [key for name, key in bench.reception.sent if name in {"check_in", "ask_payment"}]
    assert all(key.startswith("abcdefghij-") for key in commands)
