"""From what a payer answered about eligibility to the benefits that an estimate reckons with."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_FLOOR

import attrs

from medoffice.billing.benefits import Accumulators, Benefit, Benefits, CostShareOrder, FamilyLimit
from medoffice.billing.eligibility import (
    HEALTH_PLAN,
    BenefitSummary,
    EligibilityAnswer,
    Network,
    Statement,
    summarise,
)
from medoffice.billing.eligibility.stated_deductible import StatedDeductible, left_of, stated_deductible
from medoffice.billing.services import IN_NETWORK
from medoffice.core import Money


def benefits_of(
    answer: EligibilityAnswer,
    services: Mapping[str, str],
    *,
    network: Network = Network.IN,
    place: str = "",
    order: CostShareOrder | None = None,
    family: FamilyLimit | None = None,
    preventive: frozenset[str] = frozenset(),
) -> Benefits:
    """The benefits of the office's ``services`` as the answer states them, silent where the payer was silent.

    ``services`` gives the service type (X12 data element 1365) for each of the office's services:
    ``{"office-visit": "98", "lab": "5"}``; best those that are planned, since what is stated for one alone may make
    the deductible that is left a matter of the service. ``place`` is the office's place of service (two digits,
    ``"11"`` for an office): what is stated for it goes before what is stated for any place, and what is stated for
    others is left out. While it is empty, statements for several places contradict each other.

    An answer does not say in which ``order`` a plan takes co-pay and deductible, nor how a ``family`` limit
    counts: who knows the plan says it here, and what nobody says stays open. Nor does a service type say whether
    a service is ``preventive``: an office visit (``98``) may be, and a routine physical (``81``) may lead to more,
    so only who says it here makes it so. How the deductible of a service is read is said in
    :mod:`medoffice.billing.eligibility.stated_deductible`. The plan's benefits have one deductible; where several
    services have each their own, and not the same is left of them, what is left is not known.
    """
    plan = _at(answer, HEALTH_PLAN, network, place)
    heard = {service: _at(plan, kind, network, place) for service, kind in services.items()}
    deductibles = {
        service: stated_deductible(heard[service], kind, network=network, place=place)
        for service, kind in services.items()
    }
    benefits = [
        _benefit(
            heard[service],
            service,
            kind,
            network,
            place,
            applies=deductibles[service].applies,
            is_preventive=service in preventive,
        )
        for service, kind in services.items()
    ]
    reached = [
        deductibles[each.service]
        for each in benefits
        if each.deductible_applies is not False and not each.is_preventive
    ]
    return Benefits(
        benefits=tuple(benefits),
        remaining=_remaining(summarise(plan, HEALTH_PLAN, network=network, place=place), reached, family),
        order=order,
    )


def _at(answer: EligibilityAnswer, kind: str, network: Network, place: str) -> EligibilityAnswer:
    """The answer without what is stated for any place where the same is stated for this place."""
    here = [
        each
        for each in answer.statements
        if place in each.places and each.is_for(kind) and each.is_in(network) and not each.procedure
    ]
    if not here:
        return answer
    kept = [each for each in answer.statements if not any(_is_narrower(own, each, kind) for own in here)]
    return attrs.evolve(answer, statements=tuple(kept))


def _is_narrower(own: Statement, other: Statement, kind: str) -> bool:
    """Whether ``own``, for one place, says what ``other`` says for any place."""
    return (
        not other.places
        and not other.procedure
        and other.is_for(kind)
        and (own.about, own.level, own.period, own.network)
        == (other.about, other.level, other.period, other.network)
    )


def _benefit(
    said_of: EligibilityAnswer,
    service: str,
    kind: str,
    network: Network,
    place: str,
    *,
    applies: bool | None,
    is_preventive: bool,
) -> Benefit:
    said = summarise(said_of, kind, network=network, place=place)
    visits = [quantity.number.to_integral_value(ROUND_FLOOR) for quantity in said.visits_remaining]
    return Benefit(
        service=service,
        copay=said.copay if said.copay is None or said.copay >= Money.zero else None,
        coinsurance=said.coinsurance,
        deductible_applies=applies,
        is_preventive=is_preventive,
        visits_remaining=max(0, int(min(visits))) if visits else None,
        tier=IN_NETWORK,
    )


def _remaining(
    whole: BenefitSummary, reached: Iterable[StatedDeductible], family: FamilyLimit | None
) -> Accumulators:
    """What is left of the plan's limits; of the deductible, what is left of the one of the services that it reaches."""
    left = {each.left for each in reached} or {left_of(whole.deductible)}
    family_left = {each.family_left for each in reached} or {left_of(whole.family_deductible)}
    return Accumulators(
        deductible_remaining=left.pop() if len(left) == 1 else None,
        out_of_pocket_remaining=left_of(whole.out_of_pocket),
        family_deductible_remaining=family_left.pop() if len(family_left) == 1 else None,
        family_out_of_pocket_remaining=left_of(whole.family_out_of_pocket),
        family_deductible=family,
        family_out_of_pocket=family,
    )
