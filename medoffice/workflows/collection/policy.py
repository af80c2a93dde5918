"""How a practice collects at the time of service: its own choices, each with the usual one."""

import re
from enum import Enum
from typing import Final

import attrs

from medoffice.billing.account import Terms
from medoffice.core import InvalidValue, Money

_CODE: Final = r"[a-z0-9]+(-[a-z0-9]+)*"


class OpenEstimate(Enum):
    """What is asked for a visit whose estimate has something unknown."""

    DUE_TODAY = "due-today"
    """What the estimate says; where the payer was silent, that is without what nobody knows."""
    LOWER = "lower-bound"
    """The least that it can turn out to be."""
    COPAY = "co-pay-only"
    """The co-pay alone; the rest is billed when the plan has answered."""


@attrs.frozen
class VisitDeposit:
    """What a patient without coverage pays ahead for a kind of visit."""

    visit: str
    amount: Money

    def __attrs_post_init__(self) -> None:
        if re.fullmatch(_CODE, self.visit, re.ASCII) is None:
            raise InvalidValue("deposit", "its visit is the code of a visit type, for example new-patient")
        if self.amount <= Money.zero:
            raise InvalidValue("deposit", "its amount is above zero")


@attrs.frozen(kw_only=True)
class CollectionPolicy:
    """What the front desk and the kiosk ask for.

    ``asks_balance``: the balance of earlier visits is asked for together with a visit. ``deposits_pay_balance``: what
    is left of a deposit after the visit pays for that balance. A plan has at most ``most_instalments``, none below
    ``smallest_instalment``: four by default, since more may fall under consumer credit law (12 CFR 1026, not opened
    here).

    Raises:
        InvalidValue: when an instalment would be nothing, a plan has none, or two deposits are for one kind of visit.
    """

    asks_balance: bool = True
    deposits_pay_balance: bool = False
    open_estimates: OpenEstimate = OpenEstimate.DUE_TODAY
    smallest_instalment: Money = Money(25_00)
    most_instalments: int = 4
    deposits: tuple[VisitDeposit, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.smallest_instalment <= Money.zero:
            raise InvalidValue("collection policy", "its smallest instalment is above zero")
        if type(self.most_instalments) is not int or not 1 <= self.most_instalments <= 60:  # noqa: PLR2004
            raise InvalidValue("collection policy", "a plan has from 1 to 60 instalments")
        if len({each.visit for each in self.deposits}) < len(self.deposits):
            raise InvalidValue("collection policy", "there is one deposit for a kind of visit")

    @property
    def terms(self) -> Terms:
        """How balance and deposits come into a visit's amount."""
        return Terms(asks_balance=self.asks_balance, deposits_pay_balance=self.deposits_pay_balance)

    def deposit_for(self, visit: str) -> Money:
        """What is paid ahead for a kind of visit; nothing, where nothing is."""
        return next((each.amount for each in self.deposits if each.visit == visit), Money.zero)
