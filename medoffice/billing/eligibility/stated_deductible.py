"""What a payer said about the deductible of one service: whether it applies, and how much of it is left.

How X12's answers to requests for interpretation of 005010X279 (RFI 991 on x12.org and RFI 845 on rfi.x12.org, read
there) want it said, and how it is read here:

- A service that the deductible does not reach has one of zero, in EB07 (RFI 991). So an amount of zero for the
  service, for the year or as what is left of it, takes nothing: it does not apply.
- A deductible for a service is one of its own, *not* a part of the plan's (RFI 845). So what is left of it is what
  counts for the service, not what is left of the plan's; and what is left of one is never guessed from the other.
  CAQH CORE's rule 260 asks for a deductible at each service type all the same (as ediacademy.com gives it; the rules
  of CORE were not opened here), so the plan's may stand there again: where the year's amounts are equal, and nothing
  is stated as left of the one for the service, what is left of the plan's is taken.
- The plan's deductible (EB03 ``30``, or none) may reach a service or not: CORE's rule 154 lets a plan with one
  deductible for everything state it with ``30`` only (from the same place), and an answer does not tell such a plan
  from one that waives it for visits with a co-pay. Whether it reaches the service stays open.
- Free text (MSG) is for what has no code (RFI 991), yet payers send the sentence "no deductible applies". It is read
  where a statement about the service bears it and *the whole message* is such a sentence: half a sentence, "waived
  if admitted" or "waived for preventive care", is a condition that nobody here can judge, and is left alone.
- What is said in several ways that cannot all hold stays open.
"""

import re
from collections.abc import Sequence
from typing import Final

import attrs

from medoffice.billing.eligibility.answer import EligibilityAnswer, Statement
from medoffice.billing.eligibility.benefit_codes import About, Network
from medoffice.billing.eligibility.service_types import HEALTH_PLAN
from medoffice.billing.eligibility.summary import BenefitSummary, Limit, summarise
from medoffice.core import Money

_DEDUCTIBLE: Final = r"(THE )?(PLAN )?DED(L|UCT|UCTIBLE)?"
_SHARE: Final = r"CO-?(PAY|PAYMENT|INSURANCE)"
_WAIVED: Final = (
    rf"NO {_DEDUCTIBLE}( APPLIES)?( TO THIS SERVICE)?"
    rf"|{_DEDUCTIBLE} (IS )?(WAIVED|NOT APPLICABLE)( FOR THIS SERVICE)?"
    rf"|{_DEDUCTIBLE} DOES NOT APPLY( TO THIS SERVICE)?"
    rf"|NOT SUBJECT TO {_DEDUCTIBLE}"
)
_REACHES: Final = rf"{_DEDUCTIBLE} APPLIES( TO THIS SERVICE)?|SUBJECT TO {_DEDUCTIBLE}|({_SHARE} (APPLIES )?)?AFTER {_DEDUCTIBLE}"
_OF_A_SHARE: Final = frozenset({About.COPAYMENT, About.COINSURANCE, About.DEDUCTIBLE})


@attrs.frozen(kw_only=True)
class StatedDeductible:
    """For one service: whether a deductible applies (``None`` where that is open), and what is left of it.

    ``left`` and ``family_left`` are of the service's own deductible, or of the plan's where it has none; ``None``
    where the payer did not say.
    """

    applies: bool | None
    left: Money | None
    family_left: Money | None


def stated_deductible(
    answer: EligibilityAnswer, service_type: str, *, network: Network, place: str = ""
) -> StatedDeductible:
    """The deductible of a service in a network, at a place of service (two digits, empty when not known)."""
    whole = summarise(answer, HEALTH_PLAN, network=network, place=place)
    about = [
        each
        for each in answer.statements
        if each.is_for(service_type)
        and service_type != HEALTH_PLAN
        and each.is_in(network)
        and not each.procedure
        and (not each.places or place in each.places)
    ]
    own = summarise(attrs.evolve(answer, statements=tuple(about)), service_type, network=network, place=place)
    said = {_in_amounts(own, about), *(_in_words(text) for text in _messages(about))} - {None}
    left = _left("deductible", own, whole)
    is_separate = own.deductible != Limit() and left != left_of(whole.deductible)
    return StatedDeductible(
        applies=said.pop() if len(said) == 1 else None,
        left=left,
        family_left=None
        if is_separate and own.family_deductible == Limit()
        else _left("family_deductible", own, whole),
    )


def left_of(limit: Limit) -> Money | None:
    """What is left of a limit; of one of nothing, nothing is."""
    if limit.remaining is not None and limit.remaining >= Money.zero:
        return limit.remaining
    return Money.zero if limit.total == Money.zero else None


def _left(name: str, own: BenefitSummary, whole: BenefitSummary) -> Money | None:
    of_service, of_plan = getattr(own, name), getattr(whole, name)
    if of_service.remaining is None and {name, f"{name}.remaining"} & set(own.conflicts):
        return None
    if of_service == Limit() or (of_service.remaining is None and of_service.total == of_plan.total):
        return left_of(of_plan)
    return left_of(of_service)


def _in_amounts(own: BenefitSummary, about: Sequence[Statement]) -> bool | None:
    """Whether the amounts stated for the service say that a deductible applies; of the family's where that is all."""
    limit = own.family_deductible if own.deductible == Limit() else own.deductible
    if limit != Limit():
        return left_of(limit) != Money.zero
    stated = [each.amount for each in about if each.about is About.DEDUCTIBLE and each.amount is not None]
    # Several amounts, none of which is the one: that there is a deductible is all that they have in common.
    return True if stated and all(stated) else None


def _messages(about: Sequence[Statement]) -> list[str]:
    return [text for each in about if each.about in _OF_A_SHARE for text in each.messages]


def _in_words(message: str) -> bool | None:
    """Whether a message that is a whole sentence about it says that the deductible applies."""
    text = " ".join(message.upper().split()).rstrip(". ")
    if re.fullmatch(_WAIVED, text):
        return False
    return True if re.fullmatch(_REACHES, text) else None
