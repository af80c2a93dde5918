"""The modifiers that tell Medicare about a notice: GA, GX, GY and GZ, and whether the patient may be billed.

Their meaning was read in CGS's and WPS's pages. That GX stands beside GY on a service that is excluded is CMS change request
6563 as remembered, not opened; one trade page calls GA, GZ and GY exclusive of each other, which holds here too.
"""

from typing import Final

import attrs

from medoffice.billing.beneficiary_notice.need import DenialReason
from medoffice.billing.beneficiary_notice.notice import BeneficiaryNotice
from medoffice.billing.beneficiary_notice.options import OPTIONS, NoticeOption
from medoffice.billing.beneficiary_notice.sources import INSTRUCTIONS, MODIFIERS
from medoffice.core import Cite, Modifier

GA: Final = Modifier("GA")
GX: Final = Modifier("GX")
GY: Final = Modifier("GY")
GZ: Final = Modifier("GZ")


@attrs.frozen(kw_only=True)
class ClaimWith:
    """A claim is filed with these modifiers; ``may_bill_patient`` says who bears a denial."""

    modifiers: tuple[Modifier, ...]
    may_bill_patient: bool
    why: str
    cite: Cite = MODIFIERS


@attrs.frozen(kw_only=True)
class NoClaim:
    """No claim is filed; ``may_bill_patient`` is whether the service was given at the patient's cost."""

    may_bill_patient: bool
    why: str
    cite: Cite = INSTRUCTIONS


def billing_after(reason: DenialReason, notice: BeneficiaryNotice | None) -> ClaimWith | NoClaim:
    """How a service is billed that Medicare is expected to deny, given the notice that stands for it or none.

    ``notice`` is one that :meth:`BeneficiaryNotice.covers` the service on its day; whoever passes one that does not
    gets an answer about another service.
    """
    if notice is not None and notice.option is not None:
        meaning = OPTIONS[notice.option]
        if not meaning.is_claim_filed:
            return NoClaim(may_bill_patient=meaning.is_service_given, why=_WHY[notice.option])
    if reason.is_never_covered:
        if notice is None:
            return ClaimWith(
                modifiers=(GY,), may_bill_patient=True, why="Medicare never covers it; no notice was needed"
            )
        return ClaimWith(
            modifiers=(GX, GY),
            may_bill_patient=True,
            why="Medicare never covers it; the notice was voluntary",
        )
    if notice is None:
        return ClaimWith(
            modifiers=(GZ,),
            may_bill_patient=False,
            why="A notice was required and none stands; Medicare denies it",
        )
    return ClaimWith(modifiers=(GA,), may_bill_patient=True, why="A required notice is on file")


_WHY: Final = {
    NoticeOption.PAY_MYSELF: "The patient pays and wants no claim",
    NoticeOption.DECLINE: "The patient does not want the service",
}
