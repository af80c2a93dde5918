"""A patient's account until there is a ledger: the fold of its facts.

Each cent that was taken is in exactly one place: it went to a visit, to earlier visits, to an instalment, it is held as
a deposit, it was refunded, or its payment was voided. An account in which this does not hold cannot be built, and so no
beginning of a log can hide a lost cent.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

import attrs

from medoffice.billing.account.facts import (
    BalanceStated,
    DepositRefunded,
    DepositUsed,
    Fact,
    MoneyTaken,
    PaymentVoided,
    PlanAgreed,
    PlanEnded,
    Protection,
    ProtectionNoted,
    VisitReleased,
)
from medoffice.billing.account.plan import OnPlan, RunningPlan
from medoffice.core import AppointmentId, InvalidValue, Money, PaymentId, PhiClass, phi


@attrs.frozen(kw_only=True)
class VisitMoney:
    """What was put towards one visit: ``paid`` by payments, ``used`` out of deposits; ``held`` is a deposit for it."""

    appointment: AppointmentId
    paid: Money = attrs.field(default=Money.zero, **phi(PhiClass.HEALTH))
    used: Money = attrs.field(default=Money.zero, **phi(PhiClass.HEALTH))
    held: Money = attrs.field(default=Money.zero, **phi(PhiClass.HEALTH))

    @property
    def covered(self) -> Money:
        """What the patient has paid of the visit, one way or the other."""
        return self.paid + self.used


@attrs.frozen
class Move:
    """The balance of earlier visits became more (a void) or less (a payment) on a day."""

    on: date
    amount: Money = attrs.field(**phi(PhiClass.HEALTH))


@attrs.frozen(kw_only=True)
class Account:
    """What a patient's account holds after some facts.

    ``to_balance`` and ``to_instalments`` are all that ever went there and was not voided; ``free`` is the deposit that
    is held for no visit. Money that is not yet anybody's answer to a bill is in ``deposits``.

    Raises:
        InvalidValue: when a part is below zero, or the parts do not add up to what was taken.
    """

    payments: tuple[MoneyTaken, ...] = ()
    voids: tuple[PaymentVoided, ...] = ()
    visits: tuple[VisitMoney, ...] = ()
    to_balance: Money = attrs.field(default=Money.zero, **phi(PhiClass.HEALTH))
    to_instalments: Money = attrs.field(default=Money.zero, **phi(PhiClass.HEALTH))
    free: Money = attrs.field(default=Money.zero, **phi(PhiClass.HEALTH))
    refunds: tuple[DepositRefunded, ...] = ()
    stated: BalanceStated | None = None
    moves: tuple[Move, ...] = ()
    plan: RunningPlan | None = None
    protections: frozenset[Protection] = frozenset()

    def __attrs_post_init__(self) -> None:
        parts = (self.to_balance, self.to_instalments, self.free, self.refunded, self.owed, self.balance)
        visits = (part for each in self.visits for part in (each.paid, each.used, each.held))
        if any(part < Money.zero for part in (*parts, *visits)):
            raise InvalidValue("account", "none of its parts is below zero")
        if self.taken != self._places:
            raise InvalidValue("account", "its parts do not add up to what was taken")

    # ── what there is ──

    @property
    def taken(self) -> Money:
        """All the money that ever came in, payments that were voided included."""
        return Money.total(each.amount for each in self.payments)

    @property
    def voided(self) -> Money:
        """What the voided payments were."""
        gone = self._void
        return Money.total(each.amount for each in self.payments if each.payment in gone)

    @property
    def refunded(self) -> Money:
        """What went back to the patient; refunds that were voided did not."""
        gone = self._void
        return Money.total(each.amount for each in self.refunds if each.payment not in gone)

    @property
    def to_visits(self) -> Money:
        """What went to visits."""
        return Money.total(each.covered for each in self.visits)

    @property
    def deposits(self) -> Money:
        """What is held as a deposit, for a visit or for none."""
        return self.free + Money.total(each.held for each in self.visits)

    @property
    def owed(self) -> Money:
        """What is owed from earlier visits, what stands on a plan included."""
        if self.stated is None:
            return Money.total(move.amount for move in self.moves)
        since = (move.amount for move in self.moves if move.on >= self.stated.as_of)
        return self.stated.amount + Money.total(since)

    @property
    def plan_left(self) -> Money:
        """What is left on the plan."""
        return self.plan.left if self.plan else Money.zero

    @property
    def balance(self) -> Money:
        """What is owed from earlier visits and stands on no plan."""
        return self.owed - self.plan_left

    def due(self, on: date) -> Money:
        """The instalments that are due on a day, or were before."""
        return self.plan.due(on) if self.plan else Money.zero

    def overdue(self, on: date) -> Money:
        """The instalments that were due before a day."""
        return self.plan.overdue(on) if self.plan else Money.zero

    def visit(self, appointment: AppointmentId) -> VisitMoney:
        """What was put towards one visit; nothing, where nothing was."""
        found = (each for each in self.visits if each.appointment == appointment)
        return next(found, VisitMoney(appointment=appointment))

    def usable_for(self, appointment: AppointmentId) -> Money:
        """The deposits that may pay for a visit: those held for it, and those held for none."""
        return self.visit(appointment).held + self.free

    def payment(self, id: PaymentId) -> MoneyTaken | None:
        """A payment of this account; ``None`` for one of another, or of none."""
        return next((each for each in self.payments if each.payment == id), None)

    def refund(self, id: PaymentId) -> DepositRefunded | None:
        """A refund of this account; ``None`` for one of another, or of none."""
        return next((each for each in self.refunds if each.payment == id), None)

    def void_of(self, id: PaymentId) -> PaymentVoided | None:
        """How a payment or a refund was voided; ``None`` for one that stands."""
        return next((each for each in self.voids if each.payment == id), None)

    @property
    def _void(self) -> frozenset[PaymentId]:
        return frozenset(each.payment for each in self.voids)

    @property
    def _places(self) -> Money:
        held = self.to_visits + self.to_balance + self.to_instalments + self.deposits
        return held + self.refunded + self.voided

    # ── what happens ──

    def after(self, fact: Fact) -> "Account":
        """The account with one more fact.

        Raises:
            InvalidValue: when the fact cannot follow: it uses what is not there, or names what is not known.
        """
        match fact:
            case BalanceStated():
                return attrs.evolve(self, stated=fact)
            case MoneyTaken():
                return self._taken(fact)
            case DepositUsed():
                return self._used(fact)
            case DepositRefunded():
                return self._refunded(fact)
            case VisitReleased():
                return self._released(fact)
            case PlanAgreed():
                if self.plan_left:
                    raise InvalidValue("account", "a plan runs already")
                return attrs.evolve(self, plan=RunningPlan(agreed=fact.plan))
            case PlanEnded():
                if self.plan is None:
                    raise InvalidValue("account", "no plan runs")
                return attrs.evolve(self, plan=None)
            case PaymentVoided():
                return self._voided(fact)
            case ProtectionNoted(protection=protection, holds=holds):
                others = self.protections - {protection}
                return attrs.evolve(self, protections=others | {protection} if holds else others)

    def _taken(self, fact: MoneyTaken) -> "Account":
        if self.payment(fact.payment) or self.refund(fact.payment):
            raise InvalidValue("account", "each payment is taken once")
        split, free, visits = fact.split, self.free, self.visits
        if fact.appointment is None:
            free += split.kept
        else:
            visits = _changed(visits, fact.appointment, paid=split.to_visit, held=split.kept)
        paid = OnPlan(on=fact.on, amount=split.to_instalments, payment=fact.payment)
        return attrs.evolve(
            self,
            payments=(*self.payments, fact),
            visits=visits,
            free=free,
            to_balance=self.to_balance + split.to_balance,
            to_instalments=self.to_instalments + split.to_instalments,
            moves=self._moved(fact.on, -(split.to_balance + split.to_instalments)),
            plan=self._plan_after(paid),
        )

    def _used(self, fact: DepositUsed) -> "Account":
        visits, free = self._drawn(fact.amount, of=fact.appointment)
        paid = OnPlan(on=fact.on, amount=fact.to_instalments)
        return attrs.evolve(
            self,
            visits=_changed(visits, fact.appointment, used=fact.to_visit),
            free=free,
            to_balance=self.to_balance + fact.to_balance,
            to_instalments=self.to_instalments + fact.to_instalments,
            moves=self._moved(fact.on, -(fact.to_balance + fact.to_instalments)),
            plan=self._plan_after(paid),
        )

    def _refunded(self, fact: DepositRefunded) -> "Account":
        if fact.payment is not None and (self.refund(fact.payment) or self.payment(fact.payment)):
            raise InvalidValue("account", "each refund is made once")
        visits, free = self._drawn(fact.amount, of=None)
        return attrs.evolve(self, visits=visits, free=free, refunds=(*self.refunds, fact))

    def _released(self, fact: VisitReleased) -> "Account":
        """What was a deposit before goes back first."""
        there = self.visit(fact.appointment)
        used = min(there.used, fact.amount)
        visits = _changed(
            self.visits, fact.appointment, used=-used, paid=used - fact.amount, held=-there.held
        )
        return attrs.evolve(self, visits=visits, free=self.free + fact.amount + there.held)

    def _voided(self, fact: PaymentVoided) -> "Account":
        """What was kept of the payment, or released from its visit since, comes out of the deposits.

        What a refund that is voided gave back is held again, for no visit.
        """
        taken, back = self.payment(fact.payment), self.refund(fact.payment)
        if back is not None and self.void_of(fact.payment) is None:
            return attrs.evolve(self, voids=(*self.voids, fact), free=self.free + back.amount)
        if taken is None or self.void_of(fact.payment) is not None:
            raise InvalidValue("account", "only a payment that was taken and stands can be voided")
        split, released = taken.split, Money.zero
        if taken.appointment is not None:
            released = max(Money.zero, split.to_visit - self.visit(taken.appointment).paid)
        visits, free = self._drawn(split.kept + released, of=taken.appointment)
        if taken.appointment is not None:
            visits = _changed(visits, taken.appointment, paid=released - split.to_visit)
        return attrs.evolve(
            self,
            voids=(*self.voids, fact),
            visits=visits,
            free=free,
            to_balance=self.to_balance - split.to_balance,
            to_instalments=self.to_instalments - split.to_instalments,
            moves=self._moved(fact.on, split.to_balance + split.to_instalments),
            plan=self.plan.without(fact.payment) if self.plan else None,
        )

    # ── within ──

    def _drawn(self, amount: Money, *, of: AppointmentId | None) -> tuple[tuple[VisitMoney, ...], Money]:
        """The deposits less an amount: of a visit those held for it, then the free ones; of none the free ones, then any.

        Raises:
            InvalidValue: when there is not so much.
        """
        visits, left = self.visits, amount
        if of is not None:
            first = min(self.visit(of).held, left)
            visits, left = _changed(visits, of, held=-first), left - first
        free = min(self.free, left)
        left -= free
        if of is None:
            for each in self.visits:
                more = min(each.held, left)
                visits, left = _changed(visits, each.appointment, held=-more), left - more
        if left:
            raise InvalidValue("account", "no more of a deposit is used than is held")
        return visits, self.free - free

    def _plan_after(self, paid: OnPlan) -> RunningPlan | None:
        if not paid.amount:
            return self.plan
        if self.plan is None:
            raise InvalidValue("account", "an instalment belongs to a plan")
        return self.plan.after(paid)

    def _moved(self, on: date, amount: Money) -> tuple[Move, ...]:
        return (*self.moves, Move(on, amount)) if amount else self.moves


def _changed(
    visits: tuple[VisitMoney, ...],
    appointment: AppointmentId,
    *,
    paid: Money = Money.zero,
    used: Money = Money.zero,
    held: Money = Money.zero,
) -> tuple[VisitMoney, ...]:
    """The visits' money, one of them with more or less; a visit that is new is the last."""
    there = next((each for each in visits if each.appointment == appointment), None)
    was = there or VisitMoney(appointment=appointment)
    now = attrs.evolve(was, paid=was.paid + paid, used=was.used + used, held=was.held + held)
    if there is None:
        return visits if now == was else (*visits, now)
    return tuple(now if each is there else each for each in visits)


def replay(facts: Iterable[Fact]) -> Account:
    """The account after all these facts, in order.

    Raises:
        InvalidValue: when one of them cannot follow those before it.
    """
    account = EMPTY
    for fact in facts:
        account = account.after(fact)
    return account


EMPTY: Final = Account()
"""The account of a patient of whom nothing is known."""
