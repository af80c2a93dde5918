"""From what a payer answered about eligibility to the benefits that an estimate reckons with."""

from collections.abc import Mapping
from decimal import ROUND_FLOOR

from medoffice.billing.benefits import Accumulators, Benefit, Benefits, CostShareOrder, FamilyLimit
from medoffice.billing.eligibility import (
    HEALTH_PLAN,
    About,
    BenefitSummary,
    EligibilityAnswer,
    Limit,
    Network,
    summarise,
)
from medoffice.billing.services import IN_NETWORK
from medoffice.core import Money


def benefits_of(
    answer: EligibilityAnswer,
    services: Mapping[str, str],
    *,
    network: Network = Network.IN,
    order: CostShareOrder | None = None,
    family: FamilyLimit | None = None,
    preventive: frozenset[str] = frozenset(),
) -> Benefits:
    """The benefits of the office's ``services`` as the answer states them, silent where the payer was silent.

    ``services`` gives the service type (X12 data element 1365) for each of the office's services:
    ``{"office-visit": "98", "lab": "5"}``. An answer does not say in which ``order`` a plan takes co-pay and
    deductible, nor how a ``family`` limit counts, nor which services are ``preventive``: who knows the plan says
    it here, and what nobody says stays open. A deductible that is stated for a service applies to it, one of zero
    does not; one that is stated for the plan as a whole leaves open whether it reaches the service.
    """
    whole = summarise(answer, HEALTH_PLAN, network=network)
    return Benefits(
        benefits=tuple(
            _benefit(answer, service, kind, network, is_preventive=service in preventive)
            for service, kind in services.items()
        ),
        remaining=_remaining(whole, family),
        order=order,
    )


def _benefit(
    answer: EligibilityAnswer, service: str, kind: str, network: Network, *, is_preventive: bool
) -> Benefit:
    said = summarise(answer, kind, network=network)
    visits = [quantity.number.to_integral_value(ROUND_FLOOR) for quantity in said.visits_remaining]
    return Benefit(
        service=service,
        copay=said.copay if said.copay is None or said.copay >= Money.zero else None,
        coinsurance=said.coinsurance,
        deductible_applies=_applies(answer, kind, network),
        is_preventive=is_preventive,
        visits_remaining=max(0, int(min(visits))) if visits else None,
        tier=IN_NETWORK,
    )


def _applies(answer: EligibilityAnswer, kind: str, network: Network) -> bool | None:
    """Whether the deductible applies to a service, as far as the payer stated one for it."""
    own = {
        bool(each.amount)
        for each in answer.statements
        if each.about is About.DEDUCTIBLE
        and each.amount is not None
        and each.is_for(kind)
        and kind != HEALTH_PLAN
        and each.is_in(network)
        and not each.procedure
        and not each.places
    }
    return own.pop() if len(own) == 1 else (True if own else None)


def _remaining(whole: BenefitSummary, family: FamilyLimit | None) -> Accumulators:
    return Accumulators(
        deductible_remaining=_left(whole.deductible),
        out_of_pocket_remaining=_left(whole.out_of_pocket),
        family_deductible_remaining=_left(whole.family_deductible),
        family_out_of_pocket_remaining=_left(whole.family_out_of_pocket),
        family_deductible=family,
        family_out_of_pocket=family,
    )


def _left(limit: Limit) -> Money | None:
    """What is left of a limit; of one of nothing, nothing is."""
    if limit.remaining is not None and limit.remaining >= Money.zero:
        return limit.remaining
    return Money.zero if limit.total == Money.zero else None
