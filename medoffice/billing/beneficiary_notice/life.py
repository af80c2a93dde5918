"""A notice's life: given, then signed or refused, then used or expired."""

from collections.abc import Iterable
from datetime import date
from enum import Enum

import attrs

from medoffice.billing.beneficiary_notice.facts import (
    Fact,
    NoticeGiven,
    NoticeLine,
    NoticeRefused,
    NoticeSigned,
    NoticeUsed,
    NoticeWithdrawn,
)
from medoffice.billing.beneficiary_notice.notice import BeneficiaryNotice, Signature
from medoffice.billing.beneficiary_notice.options import OPTIONS, NoticeOption
from medoffice.core import (
    AppointmentId,
    DateRange,
    InvalidValue,
    ProcedureCode,
)
from medoffice.rules import Parameters


class NoticeState(Enum):
    """Where a notice is in its life on a day."""

    GIVEN = "given"
    """The patient has not answered."""
    SIGNED = "signed"
    REFUSED = "refused"
    """The patient would not sign, before witnesses."""
    USED = "used"
    """It was for one visit, which it covered."""
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@attrs.frozen(kw_only=True)
class Notice:
    """One notice with all that happened to it."""

    paper: NoticeGiven
    answer: NoticeSigned | NoticeRefused | None = None
    uses: tuple[NoticeUsed, ...] = ()
    is_withdrawn: bool = False

    @property
    def number(self) -> int:
        """Which of the patient's notices it is, counted from 1."""
        return self.paper.number

    @property
    def option(self) -> NoticeOption | None:
        """The box that was ticked; ``None`` when nothing was signed."""
        return self.answer.option if isinstance(self.answer, NoticeSigned) else None

    @property
    def answered_on(self) -> date | None:
        """The day on which the patient signed or would not; ``None`` before."""
        match self.answer:
            case NoticeSigned(signed_on=day) | NoticeRefused(refused_on=day):
                return day
            case None:
                return None

    @property
    def is_answer_needed(self) -> bool:
        """Whether it has to be signed: not when it is a courtesy alone, about what Medicare never covers."""
        return any(not line.reason.is_never_covered for line in self.paper.lines)

    @property
    def is_service_wanted(self) -> bool:
        """Whether the patient, told what it may cost, still wants the service.

        Before they answered it is taken for no, but for a notice that need not be answered.
        """
        match self.answer:
            case NoticeSigned(option=option):
                return OPTIONS[option].is_service_given
            case NoticeRefused(wants_service=wants):
                return wants
            case None:
                return not self.is_answer_needed

    def line(self, service: ProcedureCode) -> NoticeLine | None:
        """The line of a service; ``None`` when the notice does not name it."""
        return next((line for line in self.paper.lines if line.service == service), None)

    def stands(self, parameters: Parameters) -> DateRange:
        """The days of service that it can cover: from the day on which it was given, for a year.

        Raises:
            UnknownName: when the parameters lack ``beneficiary_notice.valid_months``.
            CannotCheck: when the notice is from before its first value.
            InvalidValue: when it is not a number of months.
        """
        return self._plain(self.paper.lines[0]).stands(parameters)

    def state_on(self, day: date, parameters: Parameters) -> NoticeState:
        """Where it is in its life on a day.

        Raises:
            UnknownName, CannotCheck, InvalidValue: as :meth:`stands`.
        """
        if self.is_withdrawn:
            return NoticeState.WITHDRAWN
        if self.uses and not self.paper.repeats:
            return NoticeState.USED
        end = self.stands(parameters).end
        if end is not None and day > end:
            return NoticeState.EXPIRED
        match self.answer:
            case NoticeSigned():
                return NoticeState.SIGNED
            case NoticeRefused():
                return NoticeState.REFUSED
            case None:
                return NoticeState.GIVEN

    def for_billing(self, service: ProcedureCode) -> BeneficiaryNotice | None:
        """The notice as :func:`billing_after` wants it; ``None`` when an answer is missing or it names another service."""
        line = self.line(service)
        if line is None or (self.answer is None and self.is_answer_needed):
            return None
        return self._plain(line)

    @property
    def _signature(self) -> Signature:
        match self.answer:
            case NoticeSigned():
                return Signature.SIGNED
            case NoticeRefused():
                return Signature.REFUSED
            case None:
                return Signature.NOT_NEEDED

    def _plain(self, line: NoticeLine) -> BeneficiaryNotice:
        return BeneficiaryNotice(
            service=line.service,
            reason=line.reason,
            estimate=line.estimate,
            given_on=self.paper.on,
            signature=self._signature,
            option=self.option,
        )


def replay(facts: Iterable[Fact]) -> tuple[Notice, ...]:
    """One patient's notices as their facts leave them, in order of their numbers.

    Raises:
        InvalidValue: when a fact is about a notice that was not given.
    """
    found: dict[int, Notice] = {}
    for fact in facts:
        if isinstance(fact, NoticeGiven):
            found[fact.number] = Notice(paper=fact)
            continue
        if fact.number not in found:
            raise InvalidValue("facts about notices", "each is about a notice that was given before")
        found[fact.number] = _after(found[fact.number], fact)
    return tuple(found[number] for number in sorted(found))


def _after(notice: Notice, fact: NoticeSigned | NoticeRefused | NoticeUsed | NoticeWithdrawn) -> Notice:
    match fact:
        case NoticeSigned() | NoticeRefused():
            return attrs.evolve(notice, answer=fact)
        case NoticeUsed():
            return attrs.evolve(notice, uses=(*notice.uses, fact))
        case NoticeWithdrawn():
            return attrs.evolve(notice, is_withdrawn=True)


def is_for(notice: Notice, appointment: AppointmentId) -> bool:
    """Whether a notice can be about a visit: it repeats, names this visit, or names none and covered no other."""
    if notice.paper.repeats:
        return True
    if notice.paper.appointment is not None:
        return notice.paper.appointment == appointment
    return all(each.appointment == appointment for each in notice.uses)
