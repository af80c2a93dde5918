"""Payers that answer from coverages which they were given: for tests and for a demo."""

from collections.abc import Iterable
from datetime import date

from medoffice.billing.coverage import Coverage
from medoffice.billing.eligibility import About, AnsweredPerson, EligibilityAnswer, EligibilityInquiry
from medoffice.billing.eligibility.answer import Party, Statement
from medoffice.billing.eligibility.rejections import Level, Rejection
from medoffice.core.findings import Finding, Severity
from medoffice.core.outcomes import Refused
from medoffice.ports.payers import Answered, Asked, Collected, TraceTaken, Waiting

_NOT_FOUND = "75"


class MadeUpPayers:
    """Answers in memory. ``at_once`` as a real-time line does; else when collected, as files come."""

    def __init__(self, coverages: Iterable[Coverage], *, at_once: bool = True) -> None:
        self._coverages = tuple(coverages)
        self._at_once = at_once
        self._asked: dict[str, EligibilityInquiry] = {}
        self._answers: dict[str, EligibilityAnswer] = {}
        self._uncollected: list[str] = []

    @property
    def asked(self) -> tuple[EligibilityInquiry, ...]:
        """Every inquiry that was sent, in its order."""
        return tuple(self._asked.values())

    def ask(self, inquiry: EligibilityInquiry) -> Asked:
        """As :class:`medoffice.ports.payers.PayerGateway`; a payer of no coverage is refused (PAY001).

        Raises:
            TraceTaken: when the trace belongs to an inquiry of other content.
        """
        before = self._asked.get(inquiry.trace)
        if before is not None and before != inquiry:
            raise TraceTaken
        if before is None:
            if all(each.payer.id != inquiry.payer.id for each in self._coverages):
                return Refused((_unknown_payer(),))
            self._asked[inquiry.trace] = inquiry
            self._uncollected.append(inquiry.trace)
            if self._at_once:
                self._answers[inquiry.trace] = self._answer(inquiry)
        answer = self._answers.get(inquiry.trace)
        return Waiting() if answer is None else Answered(answer)

    def collect(self) -> Collected:
        """Every answer that was not collected before."""
        traces, self._uncollected = self._uncollected, []
        for trace in traces:
            self._answers.setdefault(trace, self._answer(self._asked[trace]))
        return Collected(tuple(self._answers[trace] for trace in traces))

    def _answer(self, inquiry: EligibilityInquiry) -> EligibilityAnswer:
        on = inquiry.on if isinstance(inquiry.on, date) else inquiry.on.start
        member = inquiry.subscriber.member_id
        held = [
            each
            for each in self._coverages
            if each.payer.id == inquiry.payer.id and member is not None and each.member_id == member
        ]
        payer = Party(role="PR", name=inquiry.payer.name, qualifier="PI", number=str(inquiry.payer.id))
        if not held:
            return EligibilityAnswer(
                payer=payer,
                traces=(inquiry.trace,),
                rejections=(Rejection(level=Level.SUBSCRIBER, code=_NOT_FOUND, follow_up="C"),),
            )
        active = [each for each in held if each.is_active(on)]
        about = About.ACTIVE if active else About.INACTIVE
        return EligibilityAnswer(
            payer=payer,
            subscriber=AnsweredPerson(member_id=str(member)),
            traces=(inquiry.trace,),
            answered_on=None,
            statements=(
                Statement(
                    about=about,
                    code=about.value,
                    service_types=inquiry.service_types,
                    plan=(active or held)[0].plan,
                ),
            ),
        )


def _unknown_payer() -> Finding:
    return Finding(
        code="PAY001",
        severity=Severity.ERROR,
        message="this gateway does not reach the payer",
        where="inquiry",
        fix="Ask the payer by telephone, or through its portal.",
    )
