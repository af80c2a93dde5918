"""Asking payers about coverage: through a clearing house, a payer's own line, or a payer made up for a demo."""

from typing import Protocol

import attrs

from medoffice.billing.eligibility.answer import EligibilityAnswer
from medoffice.billing.eligibility.inquiry import EligibilityInquiry
from medoffice.core.errors import MedofficeError
from medoffice.core.findings import Finding
from medoffice.core.outcomes import Refused


class TraceTaken(MedofficeError):
    """The trace was given to another question before; a new question takes a new trace."""

    def __init__(self) -> None:
        super().__init__("the trace belongs to another inquiry; give the new one a trace of its own")


@attrs.frozen
class Answered:
    """The payer has answered; that it knows no such patient is an answer too (its rejections say so)."""

    answer: EligibilityAnswer


@attrs.frozen
class Waiting:
    """The inquiry is on its way; its answer comes with :meth:`PayerGateway.collect`."""


Asked = Answered | Waiting | Refused
"""What became of an inquiry; one that was refused was not sent, and its trace is free still."""


@attrs.frozen
class Collected:
    """What came since the last time: answers to inquiries of ours, and what was wrong with the rest."""

    answers: tuple[EligibilityAnswer, ...] = ()
    findings: tuple[Finding, ...] = ()


class PayerGateway(Protocol):
    """The way to payers and back.

    An inquiry's trace is its idempotency key: whatever crashes in between, one trace is one inquiry.
    """

    def ask(self, inquiry: EligibilityInquiry) -> Asked:
        """Send an inquiry once; asked again under its trace it is not sent again, and tells how it stands.

        Raises:
            TraceTaken: when the trace belongs to an inquiry of other content.
        """
        ...

    def collect(self) -> Collected:
        """The answers that came since, each one once.

        A caller that loses them in a crash has them again by asking under the same trace.
        """
        ...
