"""A notice that was given, how long it stands, and whether its estimate was near enough."""

from datetime import date
from enum import Enum

import attrs

from medoffice.billing.beneficiary_notice.need import DenialReason
from medoffice.billing.beneficiary_notice.options import NoticeOption
from medoffice.billing.dated import count_at, money_at, percent_at
from medoffice.billing.months import months_after
from medoffice.core import DateRange, Finding, InvalidValue, Money, PhiClass, ProcedureCode, phi
from medoffice.rules import Parameters


class Signature(Enum):
    """How the patient answered."""

    SIGNED = "signed"
    REFUSED = "refused"
    """The patient would not sign; the office has written that down, with a witness."""
    NOT_NEEDED = "not needed"
    """The notice is a courtesy about what Medicare never covers, which nobody has to answer.

    CMS, ABN form instructions (as copied at abbeyscientific.org; the end of the sentence is remembered).
    """


@attrs.frozen(kw_only=True)
class CostEstimate:
    """What a service is expected to cost the patient: from ``at_least`` to ``at_most``, both alike for one figure.

    Raises:
        InvalidValue: when it is below zero, or its ends are the wrong way round.
    """

    at_most: Money
    at_least: Money

    def __attrs_post_init__(self) -> None:
        if not Money.zero <= self.at_least <= self.at_most:
            raise InvalidValue("estimated cost", "it is not below zero, and its lower end comes first")

    def is_near(self, actual: Money, *, on: date, parameters: Parameters) -> bool:
        """Whether the estimate was made in good faith, seen from the actual cost.

        The actual cost is within the range, or outside it by not more than $100 or 25 percent of the actual cost,
        whichever is more (parameters ``beneficiary_notice.estimate_*`` on the day of the notice).

        Raises:
            UnknownName: when the parameters lack one of these.
            CannotCheck: when the day is before their first value.
            InvalidValue: when one is of another kind.
        """
        amount, _ = money_at(parameters, "beneficiary_notice.estimate_within", on)
        share, _ = percent_at(parameters, "beneficiary_notice.estimate_within_share", on)
        off = max(self.at_least - actual, actual - self.at_most)
        return off <= max(amount, actual.share(share))


@attrs.frozen(kw_only=True)
class BeneficiaryNotice:
    """An ABN for one service, as it was given; ``option`` is ``None`` only when the patient did not choose.

    Raises:
        InvalidValue: when it is signed without an option.
    """

    service: ProcedureCode = attrs.field(**phi(PhiClass.HEALTH))
    reason: DenialReason
    estimate: CostEstimate
    given_on: date = attrs.field(**phi(PhiClass.DATE))
    signature: Signature = attrs.field(**phi(PhiClass.HEALTH))
    option: NoticeOption | None

    def __attrs_post_init__(self) -> None:
        if self.signature is Signature.SIGNED and self.option is None:
            raise InvalidValue("beneficiary notice", "a signed one names the option that was chosen")

    def stands(self, parameters: Parameters) -> DateRange:
        """The days of service for which the notice stands when the same service is repeated for the same reason.

        They begin with the day on which it was given, and end a year later (``beneficiary_notice.valid_months``),
        that day included. A change of the service, its reason or its cost needs a new notice before that.

        Raises:
            UnknownName: when the parameters lack ``beneficiary_notice.valid_months``.
            CannotCheck: when the notice is from before its first value.
            InvalidValue: when it is not a number of months.
        """
        months, _ = count_at(parameters, "beneficiary_notice.valid_months", self.given_on)
        return DateRange(self.given_on, months_after(self.given_on, months))

    def findings(self, parameters: Parameters) -> tuple[Finding, ...]:
        """A warning for each number of this notice that nobody has verified as far as the day it was given.

        Raises:
            UnknownName: when the parameters lack one of ``beneficiary_notice.*``.
            CannotCheck: when the notice is from before their first values.
        """
        return tuple(
            finding
            for name in ("estimate_within", "estimate_within_share", "valid_months")
            for finding in parameters.at(f"beneficiary_notice.{name}", self.given_on).findings
        )

    def covers(
        self, service: ProcedureCode, reason: DenialReason, *, on: date, parameters: Parameters
    ) -> bool:
        """Whether the notice stands for a service on a day, for the reason for which a denial is expected.

        Raises:
            UnknownName: when the parameters lack ``beneficiary_notice.valid_months``.
            CannotCheck: when the notice is from before its first value.
            InvalidValue: when it is not a number of months.
        """
        return (service, reason) == (self.service, self.reason) and on in self.stands(parameters)
