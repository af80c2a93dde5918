"""What a plan says about the patient's part of the cost. ``None`` means: the payer did not say."""

from collections import Counter
from datetime import date
from enum import Enum

import attrs

from medoffice.billing.benefits.accumulators import Accumulators
from medoffice.billing.coverage import Coverage
from medoffice.billing.services import a_service
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
    if value is not None and value < Money.zero:
        raise InvalidValue("benefit", "a co-pay is not below zero")


@attrs.frozen(kw_only=True)
class Benefit:
    """The patient's part for one kind of service.

    ``copay=Money.zero`` is a plan that says "no co-pay"; ``copay=None`` is one that says nothing. The same
    holds for ``coinsurance`` (the patient's percentage of what is left) and ``deductible_applies``.
    ``is_preventive`` marks a service that the plan pays in full.
    """

    service: str = attrs.field(validator=a_service)
    copay: Money | None = attrs.field(default=None, validator=_not_negative)
    coinsurance: Percent | None = None
    deductible_applies: bool | None = None
    is_preventive: bool = False

    @property
    def is_silent(self) -> bool:
        """Whether the payer said nothing at all about the service."""
        said = (self.copay, self.coinsurance, self.deductible_applies)
        return not self.is_preventive and all(each is None for each in said)


@attrs.frozen(kw_only=True)
class Benefits:
    """All that a payer answered: one benefit a service, and what is left of the year's limits.

    ``order`` is ``None`` when nobody has said in which order the plan takes co-pay and deductible.

    Raises:
        InvalidValue: when two benefits are about the same service.
    """

    benefits: tuple[Benefit, ...]
    remaining: Accumulators
    order: CostShareOrder | None = None

    def __attrs_post_init__(self) -> None:
        counts = Counter(benefit.service for benefit in self.benefits)
        if any(count > 1 for count in counts.values()):
            raise InvalidValue("benefits", "there is one benefit for each service")

    def for_service(self, service: str) -> Benefit:
        """The benefit for a service; one in which the payer said nothing when there is none."""
        return next((each for each in self.benefits if each.service == service), Benefit(service=service))


@attrs.frozen(kw_only=True)
class VerifiedCoverage:
    """A coverage with what the payer answered about it, and the day on which it did."""

    coverage: Coverage
    benefits: Benefits
    verified_on: date
