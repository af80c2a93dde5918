"""Whatever is retried, lost or called off, a key is charged at most once and the truth can be asked for."""

import threading
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kiosk.devices.simulated_terminal import Behaviour, SimulatedTerminal
from kiosk.devices.terminal import (
    Approved,
    Cancelled,
    Declined,
    DeclineReason,
    KeyUsedForAnotherAmount,
    NotCharged,
    PaymentTerminal,
    Unknown,
)
from medoffice.core.checkdigit import luhn_digit
from medoffice.core.errors import InvalidValue
from medoffice.core.money import Money

FIVE = Money(500)
KEYS = st.sampled_from(["visit-1", "visit-2", "visit-3"])
AMOUNTS = {"visit-1": Money(500), "visit-2": Money(3000), "visit-3": Money(1)}


def no_wait(_: threading.Event, __: float) -> None:
    """A slow charge that takes no time."""


class OneChargeAKey(RuleBasedStateMachine):
    """Charges, recoveries and cancels in any order on a terminal that misbehaves, beside the truth."""

    def __init__(self) -> None:
        super().__init__()
        self.simulated = SimulatedTerminal(wait=no_wait)
        self.terminal: PaymentTerminal = self.simulated
        self.is_reachable = True
        self.final: dict[str, object] = {}

    @rule(behaviour=st.sampled_from(Behaviour))
    def will(self, behaviour: Behaviour) -> None:
        """Say what happens to the next new charge."""
        self.simulated.then(behaviour)

    @rule()
    def cable(self) -> None:
        """Pull the cable, or plug it in again."""
        self.is_reachable = not self.is_reachable
        self.simulated.set_reachable(self.is_reachable)

    @rule(key=KEYS)
    def charge(self, key: str) -> None:
        """Charge, or charge again: a settled key gives its old answer."""
        answer = self.terminal.charge(AMOUNTS[key], key)
        if not self.is_reachable:
            assert answer == Unknown()
        elif not isinstance(answer, Unknown):
            self.remember(key, answer)

    @rule(key=KEYS)
    def recover(self, key: str) -> None:
        """Ask what became of it: the truth, or unknown while the cable is out."""
        answer = self.terminal.recover(key)
        if not self.is_reachable:
            assert answer == Unknown()
            return
        assert isinstance(answer, Approved) == (key in {taken.key for taken in self.simulated.taken})
        if isinstance(answer, NotCharged):
            assert key not in self.final
        else:
            assert not isinstance(answer, Unknown)
            self.remember(key, answer)

    @rule(key=KEYS)
    def cancel(self, key: str) -> None:
        """Call it off: paid stays paid, and what is called off is never paid."""
        before = len(self.simulated.taken)
        answer = self.terminal.cancel(key)
        assert len(self.simulated.taken) == before
        if not self.is_reachable:
            assert answer == Unknown()
        elif isinstance(answer, Cancelled):
            self.remember(key, Declined(DeclineReason.CANCELLED))
        else:
            self.remember(key, answer)

    @precondition(lambda self: self.simulated.taken)
    @rule()
    def another_amount(self) -> None:
        """A key that was charged cannot be charged for another amount."""
        with pytest.raises(KeyUsedForAnotherAmount):
            self.terminal.charge(Money(999_999), self.simulated.taken[0].key)

    def remember(self, key: str, answer: object) -> None:
        """A settled key never changes its answer."""
        assert self.final.setdefault(key, answer) == answer

    @invariant()
    def at_most_once(self) -> None:
        """No key is in the takings twice, each with its own amount, and answers agree with the takings."""
        takings = self.simulated.taken
        assert all(count == 1 for count in Counter(taken.key for taken in takings).values())
        assert all(taken.amount == AMOUNTS[taken.key] for taken in takings)
        paid = {taken.key: taken.result for taken in takings}
        for key, answer in self.final.items():
            assert paid.get(key) == (answer if isinstance(answer, Approved) else None)


TestOneChargeAKey = OneChargeAKey.TestCase


def test_each_behaviour_and_its_recovery() -> None:
    """What a charge answers, and what recovery then says, for each thing that a terminal may do."""
    terminal = SimulatedTerminal(Behaviour, wait=no_wait)
    answers = {behaviour: terminal.charge(FIVE, f"key-{behaviour}") for behaviour in Behaviour}
    after = {behaviour: terminal.recover(f"key-{behaviour}") for behaviour in Behaviour}
    assert isinstance(answers[Behaviour.APPROVE], Approved)
    assert isinstance(answers[Behaviour.SLOW], Approved)
    assert answers[Behaviour.DECLINE] == Declined(DeclineReason.CARD_DECLINED)
    assert answers[Behaviour.NO_CARD] == Declined(DeclineReason.NO_CARD_SHOWN)
    assert answers[Behaviour.TIME_OUT] == answers[Behaviour.APPROVE_BUT_LOSE_ANSWER] == Unknown()
    assert isinstance(after[Behaviour.APPROVE_BUT_LOSE_ANSWER], Approved)
    assert after[Behaviour.TIME_OUT] == NotCharged()
    for known in (Behaviour.APPROVE, Behaviour.SLOW, Behaviour.DECLINE, Behaviour.NO_CARD):
        assert after[known] == answers[known]
    assert len(terminal.taken) == 3


def test_after_a_time_out_the_same_key_may_be_charged() -> None:
    """What was never taken can be taken under its key."""
    terminal = SimulatedTerminal([Behaviour.TIME_OUT])
    assert terminal.charge(FIVE, "visit") == Unknown()
    assert isinstance(terminal.charge(FIVE, "visit"), Approved)
    assert len(terminal.taken) == 1


def test_cancel_during_a_slow_charge_stops_it() -> None:
    """A patient who changes their mind while the terminal waits for a card pays nothing."""
    waiting = threading.Event()

    def wait(called_off: threading.Event, seconds: float) -> None:
        waiting.set()
        assert called_off.wait(30), f"nobody cancelled within 30 s (told to wait {seconds})"

    terminal = SimulatedTerminal([Behaviour.SLOW], wait=wait)
    answers: list[object] = []
    thread = threading.Thread(target=lambda: answers.append(terminal.charge(FIVE, "visit")))
    thread.start()
    assert waiting.wait(30)
    assert terminal.charge(FIVE, "visit") == Unknown()
    assert terminal.charge(FIVE, "other") == Declined(DeclineReason.BUSY)
    assert terminal.cancel("visit") == Cancelled()
    thread.join(30)
    assert answers == [Declined(DeclineReason.CANCELLED)]
    assert terminal.taken == ()
    assert isinstance(terminal.charge(FIVE, "other"), Approved)


def test_what_was_called_off_never_reaches_the_terminal() -> None:
    """A late charge under a key that was called off is refused at once and uses up nothing."""
    terminal = SimulatedTerminal([Behaviour.DECLINE])
    assert terminal.cancel("visit") == Cancelled()
    assert terminal.charge(FIVE, "visit") == Declined(DeclineReason.CANCELLED)
    assert terminal.charge(FIVE, "other") == Declined(DeclineReason.CARD_DECLINED)


def test_many_taps_at_once_charge_once() -> None:
    """Sixteen threads that charge one key take the money once."""
    terminal = SimulatedTerminal()
    start = threading.Barrier(16)

    def tap() -> None:
        start.wait()
        terminal.charge(FIVE, "visit")

    threads = [threading.Thread(target=tap) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [taken.key for taken in terminal.taken] == ["visit"]


@pytest.mark.parametrize("cents", [0, -1])
def test_nothing_is_charged_for_nothing(cents: int) -> None:
    """Zero and credits are the caller's mistake."""
    with pytest.raises(InvalidValue):
        SimulatedTerminal().charge(Money(cents), "visit")


@given(st.text("0123456789", min_size=12, max_size=18))
def test_no_card_number_enters_as_key_or_label(digits: str) -> None:
    """What could be a card number is refused wherever text crosses the seam, and is not in the message."""
    number = digits + luhn_digit(digits)
    terminal = SimulatedTerminal()
    for attempt in (
        lambda: terminal.charge(FIVE, number),
        lambda: terminal.recover(number),
        lambda: terminal.cancel(number),
        lambda: Approved(reference="R1", brand="Visa", last4=number),
        lambda: Approved(reference="R1", brand=number, last4="1111"),
    ):
        with pytest.raises(InvalidValue) as refused:
            attempt()
        assert number not in str(refused.value) + repr(refused.value)
    assert terminal.taken == ()


@given(st.text("0123456789", min_size=12, max_size=18))
def test_an_approval_is_not_lost_for_its_reference(digits: str) -> None:
    """A reference that looks like a card's number is kept by its last four digits, and the approval stands."""
    number = digits + luhn_digit(digits)
    approved = Approved(reference=f"T{number}", brand="Visa", last4="1111")
    assert approved.reference == f"T....{number[-4:]}"


@pytest.mark.parametrize("key", ["", "two words", "é", "x" * 65, "a\n"])
def test_keys_are_plain(key: str) -> None:
    """A key is short and plain, so that any terminal can carry it."""
    with pytest.raises(InvalidValue):
        SimulatedTerminal().charge(FIVE, key)
