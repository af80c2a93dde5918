"""Asking where a claim stands (the 276): the claim, and who it was for as the payer knows them."""

import re
from typing import Final

import attrs

from medoffice.billing.claims.claim import Claim
from medoffice.billing.eligibility import InquiredPerson
from medoffice.billing.payers import Payer
from medoffice.core import NPI, InvalidValue, PhiClass, phi

_TRACE: Final = r"[0-9A-Za-z.\-]{1,50}"
_ID: Final = r"[0-9A-Z]{2,80}"
_LONGEST_PAYER_NUMBER: Final = 50


@attrs.frozen(kw_only=True)
class StatusInquiry:
    """One question to one payer about one claim that was sent.

    ``submitter`` and ``submitter_id`` are who sends claims, as agreed with the receiver (NM1 41). The person
    is the subscriber, whose member number is the claim's, or the ``dependent`` where there is one. ``trace``
    is the office's own number of the question, which comes back with the answer and holds no PHI.
    ``payer_number`` is the payer's own of the claim, once it said one (277CA, 277 or 835).

    Raises:
        InvalidValue: when a part has another shape than X12 gives it room for, or the person asked about has no
            name or no birth date, by which payers look.
    """

    payer: Payer
    submitter: str
    submitter_id: str
    provider_name: str
    provider: NPI
    claim: Claim
    subscriber: InquiredPerson = attrs.field(**phi(PhiClass.NAME))
    dependent: InquiredPerson | None = attrs.field(default=None, **phi(PhiClass.NAME))
    trace: str
    payer_number: str = attrs.field(default="", **phi(PhiClass.ACCOUNT_NUMBER))

    def __attrs_post_init__(self) -> None:
        for holds, reason in (
            (self.submitter.strip() and self.provider_name.strip(), "submitter and provider have a name"),
            (
                re.fullmatch(_ID, self.submitter_id, re.ASCII),
                "the submitter's id has 2 to 80 capitals and digits",
            ),
            (
                re.fullmatch(_TRACE, self.trace, re.ASCII),
                "its trace has 1 to 50 letters, digits, dots and hyphens",
            ),
            (self.subscriber.name is not None, "the subscriber has a name"),
            (
                self.dependent is None or self.dependent.name is not None,
                "the dependent has a name",
            ),
            (self.patient.birth_date is not None, "the patient has a birth date"),
            (self.payer.id == self.claim.payer, "it goes to the payer that the claim went to"),
            (
                len(self.payer_number) <= _LONGEST_PAYER_NUMBER,
                "the payer's number has at most 50 characters",
            ),
        ):
            if not holds:
                raise InvalidValue("claim status inquiry", reason)

    @property
    def patient(self) -> InquiredPerson:
        """Who is asked about."""
        return self.subscriber if self.dependent is None else self.dependent
