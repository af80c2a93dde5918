"""A receipt in English."""

from types import MappingProxyType
from typing import Final

from medoffice.adapters.letters.receipt_words.receipt_words import ReceiptWords
from medoffice.adapters.letters.words.en import WORDS as SLIP
from medoffice.billing.account import Means
from medoffice.workflows.collection import Part

WORDS: Final = ReceiptWords(
    title="Receipt",
    number="Receipt no. {number}",
    patient="For",
    visit_day="Visit on {day}",
    parts=MappingProxyType(
        {
            Part.VISIT: "Your visit",
            Part.INSTALMENT: "Your payment plan",
            Part.BALANCE: "Earlier visits",
            Part.DEPOSIT: "Kept as your deposit",
        }
    ),
    total=MappingProxyType(
        {
            Means.CARD: "Paid by card",
            Means.CASH: "Paid in cash",
            Means.CHECK: "Paid by check",
            Means.OTHER: "Paid",
        }
    ),
    refund_title="Refund",
    refund_number="Refund no. {number}",
    given_back="Your deposit",
    refunded=MappingProxyType(
        {
            Means.CARD: "Given back to your card",
            Means.CASH: "Given back in cash",
            Means.CHECK: "Given back by check",
            Means.OTHER: "Given back",
        }
    ),
    after_refund="After this refund",
    reference="no. {reference}",
    left="After this payment",
    left_for_visit="Left to pay for this visit",
    left_balance="Left to pay from earlier visits",
    left_on_plan="Left on your payment plan",
    deposit="Deposits we hold for you",
    nothing_left="Nothing is left to pay.",
    void="VOID",
    voided="This payment was voided on {day} and does not count.",
    refund_voided="This refund was voided on {day} and does not count.",
    keep="Please keep this receipt. It is not a bill.",
    write_day=SLIP.write_day,
)
