"""What to ask a patient for at the desk, as a value: each amount with its why, words to say, choices, and what is not known."""

from enum import Enum

import attrs

from medoffice.billing.account import Means
from medoffice.billing.payment_plan import PaymentPlan
from medoffice.core import (
    AppointmentId,
    Finding,
    InvalidValue,
    Money,
    PaymentId,
    PhiClass,
    phi,
)
from medoffice.workflows.collection.amounts import For


class Way(Enum):
    """How the patient may take care of it."""

    ALL = "all"
    TODAY_ONLY = "today-only"
    PART = "part"
    LATER = "later"


@attrs.frozen(kw_only=True)
class Asked:
    """One amount to ask for, and why, in words for the patient."""

    of: For
    amount: Money = attrs.field(**phi(PhiClass.HEALTH))
    why: str = attrs.field(**phi(PhiClass.HEALTH))


@attrs.frozen(kw_only=True)
class Choice:
    """One way to take care of it: what is paid now, and the plan that is offered for the rest, if one is."""

    way: Way
    pay_now: Money = attrs.field(**phi(PhiClass.HEALTH))
    words: str = attrs.field(**phi(PhiClass.HEALTH))
    plan: PaymentPlan | None = attrs.field(default=None, **phi(PhiClass.HEALTH))


@attrs.frozen(kw_only=True)
class Unsettled:
    """A payment that was asked for and whose end nobody knows: it may have been taken."""

    payment: PaymentId
    amount: Money = attrs.field(**phi(PhiClass.HEALTH))
    means: Means
    is_this_visit: bool


@attrs.frozen(kw_only=True)
class Idle:
    """Money that lies with a visit that was called off or missed: paid for it, or held for it."""

    appointment: AppointmentId
    amount: Money = attrs.field(**phi(PhiClass.HEALTH))


@attrs.frozen(kw_only=True)
class Ask:
    """What to ask for, in order; ``total`` is their sum, and never above what can be owed.

    ``words`` may be read aloud as they stand. ``lower`` and ``upper`` are what all that is due may turn out to be,
    ``unknowns`` codes of :data:`medoffice.billing.UNKNOWNS`. ``findings`` say what limits the asking.

    Raises:
        InvalidValue: when an amount is not above zero.
    """

    asked: tuple[Asked, ...]
    words: tuple[str, ...] = attrs.field(**phi(PhiClass.HEALTH))
    choices: tuple[Choice, ...]
    lower: Money = attrs.field(**phi(PhiClass.HEALTH))
    upper: Money = attrs.field(**phi(PhiClass.HEALTH))
    unknowns: tuple[str, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()
    findings: tuple[Finding, ...] = ()

    def __attrs_post_init__(self) -> None:
        if any(each.amount <= Money.zero for each in self.asked):
            raise InvalidValue("ask", "each amount is above zero")

    @property
    def total(self) -> Money:
        """All that is asked for."""
        return Money.total(each.amount for each in self.asked)

    def of(self, what: For) -> Money:
        """What is asked for one thing; nothing, where nothing is."""
        return Money.total(each.amount for each in self.asked if each.of is what)
