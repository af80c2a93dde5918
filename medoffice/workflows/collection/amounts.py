"""How much is asked for, part by part, and where money goes that is paid: first to what it was asked for."""

from datetime import date
from enum import Enum

import attrs

from medoffice.billing.account import Owing, Room
from medoffice.billing.benefits import steps
from medoffice.core import Money, PhiClass, phi
from medoffice.workflows.collection.policy import CollectionPolicy, OpenEstimate


class For(Enum):
    """What an amount is asked for."""

    VISIT = "visit"
    INSTALMENT = "instalment"
    BALANCE = "balance"
    DEPOSIT = "deposit"


@attrs.frozen(kw_only=True)
class Occasion:
    """When the question is asked, and about which visit: ``visit_day`` and ``visit_type`` are the appointment's.

    ``is_insured`` says that a coverage runs on the day of the visit; ``is_emergency`` that the patient is to be seen
    at once; ``is_called_off`` that the visit was called off or missed, so that nothing is asked for it.
    """

    on: date
    visit_day: date
    visit_type: str
    is_insured: bool
    is_emergency: bool = False
    is_called_off: bool = False

    @property
    def is_ahead(self) -> bool:
        """Whether the visit is on a day to come: then its share is not asked for yet."""
        return self.on < self.visit_day


@attrs.frozen(kw_only=True)
class Amounts:
    """What is asked for, part by part, and the ``room`` for money that is paid.

    ``deposit`` is asked for ahead and kept for the visit, before anything else is paid. In the ``room`` the visit
    has what is asked for it; what it costs beyond that comes last, also where it is due already.
    """

    visit: Money = attrs.field(**phi(PhiClass.HEALTH))
    instalments: Money = attrs.field(**phi(PhiClass.HEALTH))
    balance: Money = attrs.field(**phi(PhiClass.HEALTH))
    deposit: Money = attrs.field(**phi(PhiClass.HEALTH))
    room: Room

    @property
    def total(self) -> Money:
        """All that is asked for: the same at the desk and at the kiosk."""
        return self.visit + self.instalments + self.balance + self.deposit


def amounts_asked(
    owing: Owing, policy: CollectionPolicy, occasion: Occasion, *, held: Money = Money.zero
) -> Amounts:
    """What is asked for on an occasion by the practice's policy; ``held`` is the deposit for the visit already.

    An emergency, or a payment whose end is not known, is not weighed here: see
    :func:`medoffice.workflows.collection.what_to_ask`.
    """
    room = owing.room
    whole = room.visit + room.visit_more
    visit = deposit = Money.zero
    if occasion.is_called_off:
        pass
    elif not occasion.is_ahead:
        visit = _visit(owing, policy)
    elif not occasion.is_insured:
        deposit = max(Money.zero, policy.deposit_for(occasion.visit_type) - held)
        if owing.estimate.lines:
            deposit = min(deposit, whole)
    return Amounts(
        visit=visit,
        instalments=room.instalments,
        balance=room.balance if policy.asks_balance else Money.zero,
        deposit=deposit,
        room=attrs.evolve(room, visit=visit, visit_more=max(Money.zero, whole - visit - deposit)),
    )


def _visit(owing: Owing, policy: CollectionPolicy) -> Money:
    """What is asked for the visit: never more than is due, nor more than it can turn out to cost."""
    room, made = owing.room, owing.estimate
    if made.lower == made.upper:
        return room.visit
    match policy.open_estimates:
        case OpenEstimate.DUE_TODAY:
            return room.visit
        case OpenEstimate.LOWER:
            older = room.instalments + (room.balance if policy.asks_balance else Money.zero)
            return min(room.visit, max(Money.zero, made.lower - older))
        case OpenEstimate.COPAY:
            return min(room.visit, _copay_left(owing))


def _copay_left(owing: Owing) -> Money:
    """The co-pay, less what was paid for the visit."""
    found = owing.estimate.trace.steps
    wanted = {steps.COPAY, steps.COPAY_CAP, steps.NOT_ASKED, steps.CREDIT, steps.DEPOSIT}
    return max(Money.zero, Money.total(each.amount for each in found if each.code in wanted and each.amount))
