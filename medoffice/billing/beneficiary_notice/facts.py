"""What happened about a patient's notices (ABN), fact by fact; only ever added. The paper itself is in the patient's file."""

from datetime import date, datetime
from enum import Enum

import attrs

from medoffice.billing.beneficiary_notice.need import DenialReason
from medoffice.billing.beneficiary_notice.notice import CostEstimate
from medoffice.billing.beneficiary_notice.options import NoticeOption
from medoffice.core import (
    ActorId,
    AppointmentId,
    InvalidValue,
    PatientId,
    PhiClass,
    ProcedureCode,
    as_instant,
    phi,
)


class Delivery(Enum):
    """How a notice reaches the patient: in person where that can be."""

    IN_PERSON = "in person"
    TELEPHONE = "telephone"
    """A written notice follows at once, and comes back signed."""
    MAIL = "mail"
    FAX = "fax"
    EMAIL = "email"


def _from_one(_: object, __: "attrs.Attribute[int]", value: int) -> None:
    if type(value) is not int or value < 1:
        raise InvalidValue("notice", "those of a patient are counted from one")


@attrs.frozen(kw_only=True)
class NoticeLine:
    """One service of a notice: what it is in plain words, why Medicare may not pay, and what it may cost.

    Raises:
        InvalidValue: when it is not described.
    """

    service: ProcedureCode = attrs.field(**phi(PhiClass.HEALTH))
    words: str = attrs.field(**phi(PhiClass.HEALTH))
    reason: DenialReason = attrs.field(**phi(PhiClass.HEALTH))
    estimate: CostEstimate

    def __attrs_post_init__(self) -> None:
        if not self.words.strip():
            raise InvalidValue("notice", "each service is described in plain words")


@attrs.frozen(kw_only=True)
class NoticeFact:
    """A fact about the notice that is the ``number``-th of a ``patient``; ``at`` is when it was noted, ``on`` the office's day."""

    at: datetime = attrs.field(converter=as_instant)
    on: date
    patient: PatientId
    number: int = attrs.field(validator=_from_one)


@attrs.frozen(kw_only=True)
class NoticeGiven(NoticeFact):
    """A notice was filled in and handed over, before the patient decides.

    ``appointment`` is the visit it is for; ``repeats`` says that it names a course of the same services, which it then
    covers for up to a year. ``form_expires`` is the day printed on the form.

    Raises:
        InvalidValue: when it names no service, or one twice.
    """

    appointment: AppointmentId | None = None
    lines: tuple[NoticeLine, ...] = attrs.field(**phi(PhiClass.HEALTH))
    form_expires: date
    delivery: Delivery = Delivery.IN_PERSON
    repeats: bool = False
    by: ActorId

    def __attrs_post_init__(self) -> None:
        services = [str(line.service) for line in self.lines]
        if not services or len(set(services)) < len(services):
            raise InvalidValue("notice", "it names at least one service, and each once")


@attrs.frozen(kw_only=True)
class NoticeSigned(NoticeFact):
    """The patient chose an option and signed on paper on ``signed_on``, as ``seen_by`` saw it or got it back.

    ``by_representative`` says that somebody signed who acts for the patient.
    """

    signed_on: date
    option: NoticeOption
    seen_by: ActorId
    by_representative: bool = False


@attrs.frozen(kw_only=True)
class NoticeRefused(NoticeFact):
    """The patient would not sign on ``refused_on``; ``witnesses`` saw it, beside the one who gave the notice.

    ``wants_service`` says whether they asked for the service all the same.

    Raises:
        InvalidValue: when nobody witnessed it.
    """

    refused_on: date
    witnesses: tuple[ActorId, ...]
    wants_service: bool

    def __attrs_post_init__(self) -> None:
        if not self.witnesses:
            raise InvalidValue("refusal of a notice", "somebody witnessed it")


@attrs.frozen(kw_only=True)
class NoticeUsed(NoticeFact):
    """A service was given under the notice."""

    service: ProcedureCode = attrs.field(**phi(PhiClass.HEALTH))
    appointment: AppointmentId


@attrs.frozen(kw_only=True)
class NoticeWithdrawn(NoticeFact):
    """The notice was a mistake, or another took its place; it stands for nothing any more."""


Fact = NoticeGiven | NoticeSigned | NoticeRefused | NoticeUsed | NoticeWithdrawn
"""All that is written down about notices."""
