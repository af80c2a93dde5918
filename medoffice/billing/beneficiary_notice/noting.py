"""Noting what happens to a notice: what may follow what, and why the rest is refused."""

from datetime import date, datetime
from typing import Final

from medoffice.billing.beneficiary_notice.facts import (
    NoticeRefused,
    NoticeSigned,
    NoticeUsed,
    NoticeWithdrawn,
)
from medoffice.billing.beneficiary_notice.life import Notice, is_for
from medoffice.billing.beneficiary_notice.options import NoticeOption
from medoffice.billing.beneficiary_notice.sources import INSTRUCTIONS, REFUSAL
from medoffice.core import (
    ActorId,
    AppointmentId,
    Cite,
    Finding,
    ProcedureCode,
    Refused,
    Severity,
)


def sign(
    notice: Notice,
    option: NoticeOption,
    *,
    signed_on: date,
    seen_by: ActorId,
    by_representative: bool = False,
    now: datetime,
    on: date,
) -> NoticeSigned | Refused:
    """Note that the patient chose and signed; ``now`` is the instant of noting it and ``on`` the office's day then.

    Refused when the notice was answered or withdrawn, or the day on the paper is before it was given or yet to come.
    """
    if found := _not_open(notice, signed_on, on):
        return Refused(found)
    return NoticeSigned(
        at=now,
        on=on,
        patient=notice.paper.patient,
        number=notice.number,
        signed_on=signed_on,
        option=option,
        seen_by=seen_by,
        by_representative=by_representative,
    )


def refuse(
    notice: Notice,
    *,
    refused_on: date,
    witnesses: tuple[ActorId, ...],
    wants_service: bool,
    now: datetime,
    on: date,
) -> NoticeRefused | Refused:
    """Note that the patient would not sign.

    Refused as :func:`sign` is, and when nobody but the one who gave the notice saw it.
    """
    found = _not_open(notice, refused_on, on)
    if not set(witnesses) - {notice.paper.by}:
        found = (*found, _NO_WITNESS)
    if found:
        return Refused(found)
    return NoticeRefused(
        at=now,
        on=on,
        patient=notice.paper.patient,
        number=notice.number,
        refused_on=refused_on,
        witnesses=witnesses,
        wants_service=wants_service,
    )


def withdraw(notice: Notice, *, now: datetime, on: date) -> NoticeWithdrawn | Refused:
    """Note that a notice stands for nothing any more; refused when that was said, or a service was given under it."""
    if notice.is_withdrawn:
        return Refused((_WITHDRAWN,))
    if notice.uses:
        return Refused((_USED,))
    return NoticeWithdrawn(at=now, on=on, patient=notice.paper.patient, number=notice.number)


def use(
    notice: Notice,
    service: ProcedureCode,
    appointment: AppointmentId,
    *,
    now: datetime,
    on: date,
) -> NoticeUsed | Refused:
    """Note that a service was given under a notice at a visit.

    Whether the notice is valid for it says :func:`notice_findings`; here is refused what cannot be: no answer, a service
    that is not on it or not wanted, and a notice for one visit that covered another, or this one already.
    """
    reasons = []
    if notice.is_withdrawn:
        reasons.append(_WITHDRAWN)
    if notice.answer is None and notice.is_answer_needed:
        reasons.append(_NOT_ANSWERED)
    elif not notice.is_service_wanted:
        reasons.append(_NOT_WANTED)
    if notice.line(service) is None:
        reasons.append(_OTHER_SERVICE)
    if any((each.service, each.appointment) == (service, appointment) for each in notice.uses):
        reasons.append(_USED)
    elif not notice.paper.repeats and not is_for(notice, appointment):
        reasons.append(_OTHER_VISIT)
    if reasons:
        return Refused(tuple(reasons))
    return NoticeUsed(
        at=now,
        on=on,
        patient=notice.paper.patient,
        number=notice.number,
        service=service,
        appointment=appointment,
    )


def _not_open(notice: Notice, day: date, on: date) -> tuple[Finding, ...]:
    found = []
    if notice.is_withdrawn:
        found.append(_WITHDRAWN)
    elif notice.answer is not None:
        found.append(_ANSWERED)
    if not notice.paper.on <= day <= on:
        found.append(_ODD_DAY)
    return tuple(found)


def _no(code: str, message: str, fix: str = "", *cites: Cite) -> Finding:
    return Finding(
        code=code, severity=Severity.ERROR, message=message, fix=fix, cites=cites or (INSTRUCTIONS,)
    )


_ANSWERED: Final = _no(
    "ABN020", "the notice was answered before", "Give a new notice if the patient decided anew."
)
_WITHDRAWN: Final = _no("ABN021", "the notice was withdrawn", "Give a new one.")
_ODD_DAY: Final = _no(
    "ABN022",
    "the day on the paper is before the notice was given, or yet to come",
    "Read the date in blank J again.",
)
_NO_WITNESS: Final = _no(
    "ABN023",
    "a refusal needs a second witness beside the one who gave the notice",
    "Ask somebody of the staff to hear it, and name them.",
    REFUSAL,
)
_NOT_ANSWERED: Final = _no("ABN024", "the patient has not answered the notice", "Note the answer first.")
_NOT_WANTED: Final = _no("ABN025", "the patient does not want the service", "Do not give it.")
_OTHER_SERVICE: Final = _no("ABN026", "the notice does not name the service", "Give one that does.")
_OTHER_VISIT: Final = _no("ABN027", "the notice is for another visit", "Give one for this visit.")
_USED: Final = _no("ABN028", "the notice covers this service already")
