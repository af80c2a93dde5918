"""What a plan says about the patient's part of the cost. ``None`` means: the payer did not say."""

from datetime import date
from enum import Enum

import attrs

from medoffice.billing.benefits.accumulators import Accumulators
from medoffice.billing.coverage import Coverage
from medoffice.billing.services import IN_NETWORK, a_service
from medoffice.core import InvalidValue, Money, Percent


class CostShareOrder(Enum):
    """Whether a co-pay is taken before the deductible or after it; plans differ, so it is the plan's data.

    The two are ``before-deductible`` and ``after-deductible`` of HL7's US Drug Formulary guide 2.0.1, code
    system CostShareOptionCS (https://hl7.org/fhir/us/Davinci-drug-formulary/ValueSet-CopayOptionVS.html).
    """

    COPAY_FIRST = "copay-first"
    """The co-pay is paid, and the deductible reaches only what then remains of the allowed amount."""
    DEDUCTIBLE_FIRST = "deductible-first"
    """The deductible is paid, and the co-pay is taken of what then remains of the allowed amount."""


def _not_negative(_: object, __: object, value: Money | None) -> None:
    if value is not None and value.cents < 0:
        raise InvalidValue("benefit", "neither a co-pay nor what a plan still pays is below zero")


def _count(_: object, __: object, value: int | None) -> None:
    if value is not None and (type(value) is not int or value < 0):
        raise InvalidValue("benefit", "remaining visits are a whole number from zero")


@attrs.frozen(kw_only=True)
class Benefit:
    """The patient's part for one kind of service.

    ``copay=Money.zero`` is a plan that says "no co-pay"; ``copay=None`` is one that says nothing. The same
    holds for ``coinsurance`` (the patient's percentage of what is left) and ``deductible_applies``.
    ``is_preventive`` marks a service that the plan pays in full. ``visits_remaining`` and
    ``plan_pays_remaining`` are what the plan's limits on the service leave, ``None`` where it has none: with no
    visit left the plan pays nothing, and beyond its dollars neither; what the patient then pays counts towards
    no limit. Co-pays count towards the out-of-pocket limit, as 45 CFR 155.20 has it for "cost sharing", and not
    towards the deductible, unless the plan says otherwise. ``tier`` is the part of the network that the benefit
    is about.
    """

    service: str = attrs.field(validator=a_service)
    copay: Money | None = attrs.field(default=None, validator=_not_negative)
    coinsurance: Percent | None = None
    deductible_applies: bool | None = None
    is_preventive: bool = False
    copay_to_deductible: bool = False
    copay_to_out_of_pocket: bool = True
    visits_remaining: int | None = attrs.field(default=None, validator=_count)
    plan_pays_remaining: Money | None = attrs.field(default=None, validator=_not_negative)
    tier: str = attrs.field(default=IN_NETWORK, validator=a_service)

    @property
    def is_silent(self) -> bool:
        """Whether the payer said nothing at all about the service."""
        said = (self.copay, self.coinsurance, self.deductible_applies)
        return not self.is_preventive and all(each is None for each in said)


@attrs.frozen
class TierAccumulators:
    """The limits that one tier of a network has for itself."""

    tier: str = attrs.field(validator=a_service)
    remaining: Accumulators


@attrs.frozen(kw_only=True)
class Benefits:
    """All that a payer answered: one benefit a service and tier, and what is left of the year's limits.

    ``order`` is ``None`` when nobody has said in which order the plan takes co-pay and deductible. A tier in
    ``tier_limits`` has limits of its own; all others share ``remaining``.

    Raises:
        InvalidValue: when two benefits are about the same service in the same tier, or a tier has two limits.
    """

    benefits: tuple[Benefit, ...]
    remaining: Accumulators
    order: CostShareOrder | None = None
    tier_limits: tuple[TierAccumulators, ...] = ()

    def __attrs_post_init__(self) -> None:
        if len({(each.service, each.tier) for each in self.benefits}) != len(self.benefits):
            raise InvalidValue("benefits", "there is one benefit for each service in each tier")
        if self.tier_limits and len({each.tier for each in self.tier_limits}) != len(self.tier_limits):
            raise InvalidValue("benefits", "a tier has its own limits once")

    def for_service(self, service: str, tier: str = IN_NETWORK) -> Benefit:
        """The benefit for a service; one in which the payer said nothing when there is none."""
        for each in self.benefits:
            if each.service == service and each.tier == tier:
                return each
        return Benefit(service=service, tier=tier)

    def remaining_in(self, tier: str) -> Accumulators:
        """What is left of the limits that hold in a tier."""
        return next((each.remaining for each in self.tier_limits if each.tier == tier), self.remaining)

    def with_remaining(self, tier: str, remaining: Accumulators) -> "Benefits":
        """The same with other limits where those of a tier are kept."""
        if all(each.tier != tier for each in self.tier_limits):
            return attrs.evolve(self, remaining=remaining)
        limits = (
            TierAccumulators(tier, remaining) if each.tier == tier else each for each in self.tier_limits
        )
        return attrs.evolve(self, tier_limits=tuple(limits))


@attrs.frozen(kw_only=True)
class VerifiedCoverage:
    """A coverage with what the payer answered about it, and the day on which it did; ``None``: it has not yet."""

    coverage: Coverage
    benefits: Benefits
    verified_on: date | None
