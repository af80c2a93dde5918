"""The three options of the ABN, one of which the patient chooses, and what each means for billing.

The words are ours: the form's own stand on the form, and are not shipped. Options 1 and 2 were read as restated from
the form instructions (medicarepaymentandreimbursement.com, November 2011; biologyinsights.com), option 3 is not opened in
those places. Only the patient, or who acts for them, chooses (anesthesiabilling.com, August 2017).
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

import attrs


class NoticeOption(Enum):
    """The box that the patient ticks."""

    BILL_MEDICARE = 1
    """The service is wanted, and Medicare is to decide."""
    PAY_MYSELF = 2
    """The service is wanted, and Medicare is not to be billed."""
    DECLINE = 3
    """The service is not wanted."""


@attrs.frozen(kw_only=True)
class OptionMeaning:
    """What follows from an option.

    ``may_ask_payment_now`` says that the office may collect before Medicare decides, which it refunds when
    Medicare pays (less co-pay and deductible).
    """

    is_service_given: bool
    is_claim_filed: bool
    may_ask_payment_now: bool
    can_appeal: bool
    words: str


OPTIONS: Final[Mapping[NoticeOption, OptionMeaning]] = MappingProxyType(
    {
        NoticeOption.BILL_MEDICARE: OptionMeaning(
            is_service_given=True,
            is_claim_filed=True,
            may_ask_payment_now=True,
            can_appeal=True,
            words=(
                "You get the service and we send a claim to Medicare. We may ask you to pay now. If Medicare does "
                "not pay, you owe it and can appeal; if Medicare pays, we give back what you paid too much."
            ),
        ),
        NoticeOption.PAY_MYSELF: OptionMeaning(
            is_service_given=True,
            is_claim_filed=False,
            may_ask_payment_now=True,
            can_appeal=False,
            words=(
                "You get the service and pay for it. We send no claim to Medicare, so there is nothing to appeal."
            ),
        ),
        NoticeOption.DECLINE: OptionMeaning(
            is_service_given=False,
            is_claim_filed=False,
            may_ask_payment_now=False,
            can_appeal=False,
            words="You do not get the service and owe nothing, so there is nothing to appeal.",
        ),
    }
)
"""What each option means, with our own English as it is said to the patient."""
