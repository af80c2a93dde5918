"""A terminal in this process: for the demo, and for tests of everything that can go wrong with a real one."""

import threading
from collections import deque
from collections.abc import Callable, Iterable
from enum import StrEnum

import attrs

from kiosk.devices.terminal import (
    Approved,
    Cancelled,
    CancelOutcome,
    ChargeOutcome,
    Declined,
    DeclineReason,
    KeyUsedForAnotherAmount,
    NotCharged,
    RecoverOutcome,
    Unknown,
    require_opaque,
)
from medoffice.core.errors import InvalidValue
from medoffice.core.money import Money


class Behaviour(StrEnum):
    """What the terminal does with the next new charge."""

    APPROVE = "approve"
    DECLINE = "decline"
    NO_CARD = "no-card"
    TIME_OUT = "time-out"
    APPROVE_BUT_LOSE_ANSWER = "approve-but-lose-answer"
    SLOW = "slow"


@attrs.frozen(kw_only=True)
class Taken:
    """Money that the terminal took: the truth that a test compares answers with."""

    key: str
    amount: Money
    result: Approved


@attrs.define
class _Charge:
    amount: Money
    outcome: Approved | Declined | None = None
    in_progress: bool = False


class SimulatedTerminal:
    """A :class:`~kiosk.devices.terminal.PaymentTerminal` that does what it is told and remembers by key.

    Behaviours: approve; decline; no card shown; time out (the request never reaches the terminal, nothing is
    taken); approve but lose the answer; slow (wait, and approve unless it was cancelled meanwhile).

    Args:
        script: what to do with each new charge, in order; afterwards every charge is approved.
        slow: seconds that a slow charge takes.
        wait: how to wait that long; it may return early when the event given is set (a cancel).
    """

    def __init__(
        self,
        script: Iterable[Behaviour] = (),
        *,
        slow: float = 3.0,
        wait: Callable[[threading.Event, float], object] = threading.Event.wait,
    ) -> None:
        self._script = deque(script)
        self._slow = slow
        self._wait = wait
        self._lock = threading.Lock()
        self._charges: dict[str, _Charge] = {}
        self._cancelled: set[str] = set()
        self._calls_off: dict[str, threading.Event] = {}
        self._taken: list[Taken] = []
        self._is_reachable = True

    @property
    def taken(self) -> tuple[Taken, ...]:
        """All money taken so far, in order."""
        with self._lock:
            return tuple(self._taken)

    def then(self, *behaviours: Behaviour) -> None:
        """Add to the script."""
        with self._lock:
            self._script.extend(behaviours)

    def set_reachable(self, reachable: bool) -> None:  # noqa: FBT001  a cable has two states
        """Pull or plug the cable: unplugged, every answer is unknown and nothing happens."""
        with self._lock:
            self._is_reachable = reachable

    def charge(self, amount: Money, key: str) -> ChargeOutcome:
        """See :meth:`PaymentTerminal.charge`."""
        require_opaque(key, "charge key")
        if amount <= Money.zero:
            raise InvalidValue("amount to charge", "it is above zero")
        with self._lock:
            known = self._charges.get(key)
            if known is not None and known.amount != amount:
                raise KeyUsedForAnotherAmount
            if not self._is_reachable:
                return Unknown()
            if key in self._cancelled:
                return Declined(DeclineReason.CANCELLED)
            if known is not None and known.outcome is not None:
                return known.outcome
            if known is not None and known.in_progress:
                return Unknown()
            if any(charge.in_progress for charge in self._charges.values()):
                return Declined(DeclineReason.BUSY)
            behaviour = self._script.popleft() if self._script else Behaviour.APPROVE
            if behaviour is Behaviour.TIME_OUT:
                return Unknown()
            charge = self._charges[key] = _Charge(amount, in_progress=True)
            call_off = self._calls_off[key] = threading.Event()
        if behaviour is Behaviour.SLOW:
            self._wait(call_off, self._slow)
        with self._lock:
            return self._settle(key, charge, behaviour)

    def recover(self, key: str) -> RecoverOutcome:
        """See :meth:`PaymentTerminal.recover`."""
        require_opaque(key, "charge key")
        with self._lock:
            if not self._is_reachable:
                return Unknown()
            if key in self._cancelled:
                return Declined(DeclineReason.CANCELLED)
            known = self._charges.get(key)
            if known is None:
                return NotCharged()
            return known.outcome or Unknown()

    def cancel(self, key: str) -> CancelOutcome:
        """See :meth:`PaymentTerminal.cancel`."""
        require_opaque(key, "charge key")
        with self._lock:
            if not self._is_reachable:
                return Unknown()
            known = self._charges.get(key)
            if known is not None and known.outcome is not None:
                is_cancelled = known.outcome == Declined(DeclineReason.CANCELLED)
                return Cancelled() if is_cancelled else known.outcome
            self._cancelled.add(key)
            if key in self._calls_off:
                self._calls_off[key].set()
            return Cancelled()

    def _settle(self, key: str, charge: _Charge, behaviour: Behaviour) -> ChargeOutcome:
        """Decide a charge in progress, once, and answer; the lock is held."""
        charge.in_progress = False
        del self._calls_off[key]
        if key in self._cancelled:
            charge.outcome = Declined(DeclineReason.CANCELLED)
        elif behaviour is Behaviour.DECLINE:
            charge.outcome = Declined(DeclineReason.CARD_DECLINED)
        elif behaviour is Behaviour.NO_CARD:
            charge.outcome = Declined(DeclineReason.NO_CARD_SHOWN)
        else:
            number = len(self._taken) + 1
            charge.outcome = Approved(
                reference=f"SIM-{number:06d}", brand="Demo card", last4=f"{number % 10_000:04d}"
            )
            self._taken.append(Taken(key=key, amount=charge.amount, result=charge.outcome))
        lost = behaviour is Behaviour.APPROVE_BUT_LOSE_ANSWER or not self._is_reachable
        return Unknown() if lost else charge.outcome
