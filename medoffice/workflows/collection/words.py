"""What is said to a patient at the desk about money, one value a language; English is here, others with the adapters."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import attrs

from medoffice.billing import STEPS, UNKNOWNS
from medoffice.workflows.collection.amounts import For
from medoffice.workflows.collection.policy import OpenEstimate


@attrs.frozen(kw_only=True)
class AskWords:
    """One language; whole sentences, ``{amount}`` and the like standing for values.

    Attributes:
        steps: why an amount is what it is, by the step codes of :mod:`medoffice.billing`.
        unknowns: what an estimate did not know, by its unknown codes.
        opening: how each amount is asked for, ``{amount}``.
        deposit, instalment, late, balance: why it is asked for; ``late`` has ``{amount}``.
        made_up: what an amount is made up of, ``{parts}``.
        taken_off: what was taken off it, ``{parts}``.
        left_open: what is done while the plan has not told everything.
        come_in: said in an emergency.
        one_moment: said while a payment has no known end.
        nothing: said when nothing is due.
        together: the sum, ``{amount}``.
        how: the question at the end.
        seen_anyway: said to who may not be turned away.
        pay_all, pay_today, pay_later: the choices; the first two have ``{amount}``.
        pay_plan: a plan for all of it: ``{balance}``, ``{count}``, ``{first}``, ``{day}``.
        pay_and_plan: the same after something that is paid now, ``{now}``.
        day: how a day is written: ``{month}``, ``{day}``, ``{year}``.
    """

    steps: Mapping[str, str]
    unknowns: Mapping[str, str]
    opening: Mapping[For, str]
    deposit: str
    instalment: str
    late: str
    balance: str
    made_up: str
    taken_off: str
    left_open: Mapping[OpenEstimate, str]
    come_in: str
    one_moment: str
    nothing: str
    together: str
    how: str
    seen_anyway: str
    pay_all: str
    pay_today: str
    pay_later: str
    pay_plan: str
    pay_and_plan: str
    day: str = "{month:02d}/{day:02d}/{year:04d}"

    def write_day(self, day: date) -> str:
        """A day in figures."""
        return self.day.format(month=day.month, day=day.day, year=day.year)


ENGLISH: Final = AskWords(
    steps=STEPS,
    unknowns=UNKNOWNS,
    opening=MappingProxyType(
        {
            For.VISIT: "Your part of today's visit is {amount}.",
            For.INSTALMENT: "Your payment plan has {amount} to pay now.",
            For.BALANCE: "From earlier visits there is a balance of {amount}.",
            For.DEPOSIT: "For your visit we ask you to pay {amount} ahead.",
        }
    ),
    deposit="For this kind of visit we ask for a deposit. It pays for the visit, and what is left comes back to you.",
    instalment="The instalment of your payment plan is due.",
    late="Of your payment plan {amount} was due before today.",
    balance="This is still open from earlier visits.",
    made_up="It is made up of: {parts}.",
    taken_off="Taken off it: {parts}.",
    left_open=MappingProxyType(
        {
            OpenEstimate.DUE_TODAY: "Your plan has not told us everything, so it may turn out to be more or less.",
            OpenEstimate.LOWER: "Your plan has not told us everything, so we ask for the least that it can be.",
            OpenEstimate.COPAY: "Your plan has not told us everything, so we ask for the co-pay alone.",
        }
    ),
    come_in="Please come right in. We will talk about everything else later.",
    one_moment="One moment, please: I have to see first whether your last payment went through.",
    nothing="There is nothing to pay today.",
    together="Together that is {amount}.",
    how="How would you like to take care of that?",
    seen_anyway="You will be seen today whether or not you can pay it.",
    pay_all="Pay {amount} now.",
    pay_today="Pay {amount} for the visit now, the rest later.",
    pay_later="Pay nothing now; we send a bill.",
    pay_plan="Pay {balance} in {count} monthly instalments, the first of {first} on {day}.",
    pay_and_plan="Pay {now} now, and {balance} in {count} monthly instalments, the first of {first} on {day}.",
)
