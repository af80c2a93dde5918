"""What one language must bring for a receipt."""

from collections.abc import Callable, Mapping
from datetime import date

import attrs

from medoffice.billing.account import Means
from medoffice.workflows.collection import Part


@attrs.frozen(kw_only=True)
class ReceiptWords:
    """One language; made once, in the file that bears its tag.

    Attributes:
        title: what the paper is; also the title of the file, so it names nobody.
        number: the receipt's number, in place of ``{number}``.
        patient: the label above the patient's name.
        visit_day: the label before the day of the visit, in place of ``{day}``.
        parts: what was paid for.
        total: what was paid in all, by each means.
        refund_title: what the paper of a refund is, for the title of the file.
        refund_number: its number, in place of ``{number}``.
        given_back: what it was that went back.
        refunded: what went back in all, by each means.
        after_refund: the heading above what is held after that.
        reference: the number of a check or of a terminal's approval, in place of ``{reference}``.
        left: the heading above what is left.
        left_for_visit: what is left for the visit.
        left_balance: what is left from earlier visits.
        left_on_plan: what is left on a payment plan.
        deposit: what the office holds as a deposit.
        nothing_left: said where nothing is.
        void: the mark on a receipt that does not count, one word in capitals.
        voided: since when it does not, in place of ``{day}``.
        refund_voided: the same of a refund.
        keep: the last line.
        write_day: a day in full, with its weekday.
    """

    title: str
    number: str
    patient: str
    visit_day: str
    parts: Mapping[Part, str]
    total: Mapping[Means, str]
    refund_title: str
    refund_number: str
    given_back: str
    refunded: Mapping[Means, str]
    after_refund: str
    reference: str
    left: str
    left_for_visit: str
    left_balance: str
    left_on_plan: str
    deposit: str
    nothing_left: str
    void: str
    voided: str
    refund_voided: str
    keep: str
    write_day: Callable[[date], str]
