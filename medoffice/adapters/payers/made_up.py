"""Payers that answer from coverages which they were given: for tests and for a demo."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from threading import Lock
from typing import Final

from medoffice.billing.benefits import Benefit, Benefits, VerifiedCoverage
from medoffice.billing.coverage import Coverage, Relation
from medoffice.billing.eligibility import (
    HEALTH_PLAN,
    About,
    AnsweredPerson,
    EligibilityAnswer,
    EligibilityInquiry,
    InquiredPerson,
    Network,
    Period,
)
from medoffice.billing.eligibility.answer import Party, Quantity, Statement
from medoffice.billing.eligibility.benefit_codes import Level as Whose
from medoffice.billing.eligibility.rejections import Level, Rejection
from medoffice.billing.services import IN_NETWORK
from medoffice.core.findings import Finding, Severity
from medoffice.core.money import Money, Percent
from medoffice.core.outcomes import Refused
from medoffice.ports.payers import Answered, Asked, Collected, TraceTaken, Waiting

_NOT_FOUND = "75"
_DEDUCTIBLE: Final = Money(1_500_00)
"""What the year's deductible of a made-up plan is, where one applies: at least what is left of it."""
_NOTHING: Final[Mapping[str, str]] = {}


class MadeUpPayers:
    """Answers in memory. ``at_once`` as a real-time line does; else when collected, as files come.

    Of a plain coverage a payer says whether it is active; of one with benefits also these, for the service types that
    ``services`` gives them. ``today`` is the day that stands on every answer.
    """

    def __init__(
        self,
        coverages: Iterable[Coverage | VerifiedCoverage],
        *,
        at_once: bool = True,
        today: date | None = None,
        services: Mapping[str, str] = _NOTHING,
    ) -> None:
        held = tuple(coverages)
        self._coverages = tuple(
            each.coverage if isinstance(each, VerifiedCoverage) else each for each in held
        )
        self._benefits = {
            each.coverage.id: each.benefits for each in held if isinstance(each, VerifiedCoverage)
        }
        self._at_once = at_once
        self._today = today
        self._services = dict(services)
        self._asked: dict[str, EligibilityInquiry] = {}
        self._answers: dict[str, EligibilityAnswer] = {}
        self._uncollected: list[str] = []
        self._lock = Lock()

    @property
    def asked(self) -> tuple[EligibilityInquiry, ...]:
        """Every inquiry that was sent, in its order."""
        return tuple(self._asked.values())

    def ask(self, inquiry: EligibilityInquiry) -> Asked:
        """As :class:`medoffice.ports.payers.PayerGateway`; a payer of no coverage is refused (PAY001).

        Raises:
            TraceTaken: when the trace belongs to an inquiry of other content.
        """
        with self._lock:
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
        with self._lock:
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
        is_own = inquiry.dependent is None
        held = [each for each in held if (each.relation is Relation.SELF) is is_own] or held
        payer = Party(role="PR", name=inquiry.payer.name, qualifier="PI", number=str(inquiry.payer.id))
        if not held:
            return EligibilityAnswer(
                payer=payer,
                traces=(inquiry.trace,),
                answered_on=self._today,
                rejections=(Rejection(level=Level.SUBSCRIBER, code=_NOT_FOUND, follow_up="C"),),
            )
        active = [each for each in held if each.is_active(on)]
        about = About.ACTIVE if active else About.INACTIVE
        chosen = (active or held)[0]
        benefits = self._benefits.get(chosen.id) if active else None
        stated = () if benefits is None else tuple(self._stated(benefits, inquiry.service_types))
        return EligibilityAnswer(
            payer=payer,
            subscriber=_person(inquiry.subscriber, str(member)),
            dependent=None if inquiry.dependent is None else _person(inquiry.dependent, ""),
            traces=(inquiry.trace,),
            answered_on=self._today,
            statements=(
                Statement(
                    about=about, code=about.value, service_types=inquiry.service_types, plan=chosen.plan
                ),
                *stated,
            ),
        )

    def _stated(self, benefits: Benefits, asked: tuple[str, ...]) -> Iterator[Statement]:
        """What a payer says of benefits, so that who reads it has them back as far as a 271 can say them."""
        left = benefits.remaining
        for about, amount, level in (
            (About.DEDUCTIBLE, left.deductible_remaining, Whose.INDIVIDUAL),
            (About.DEDUCTIBLE, left.family_deductible_remaining, Whose.FAMILY),
            (About.OUT_OF_POCKET, left.out_of_pocket_remaining, Whose.INDIVIDUAL),
            (About.OUT_OF_POCKET, left.family_out_of_pocket_remaining, Whose.FAMILY),
        ):
            if amount is not None:
                yield _statement(about, HEALTH_PLAN, level=level, amount=amount, period=Period.REMAINING)
        year = max(_DEDUCTIBLE, left.deductible_remaining or Money.zero)
        if any(each.deductible_applies for each in benefits.benefits):
            yield _statement(About.DEDUCTIBLE, HEALTH_PLAN, amount=year, period=Period.CALENDAR_YEAR)
        for benefit in benefits.benefits:
            kind = self._services.get(benefit.service, "")
            if kind in asked and benefit.tier == IN_NETWORK:
                yield from _of_service(benefit, kind, year)


def _of_service(benefit: Benefit, kind: str, plan_year: Money) -> Iterator[Statement]:
    if benefit.copay is not None:
        yield _statement(About.COPAYMENT, kind, amount=benefit.copay)
    if benefit.coinsurance is not None:
        yield _statement(About.COINSURANCE, kind, percent=benefit.coinsurance)
    if benefit.deductible_applies is not None:
        # The plan's own amount, repeated at the service: so it is read as the plan's deductible that reaches it.
        year = plan_year if benefit.deductible_applies else Money.zero
        yield _statement(About.DEDUCTIBLE, kind, amount=year, period=Period.CALENDAR_YEAR)
    if benefit.visits_remaining is not None:
        visits = Quantity(unit="VS", number=Decimal(benefit.visits_remaining), period=Period.REMAINING)
        yield _statement(About.LIMITATIONS, kind, quantities=(visits,))


def _statement(
    about: About,
    kind: str,
    *,
    level: Whose = Whose.INDIVIDUAL,
    amount: Money | None = None,
    percent: Percent | None = None,
    period: Period = Period.NOT_SAID,
    quantities: tuple[Quantity, ...] = (),
) -> Statement:
    return Statement(
        about=about,
        code=about.value,
        level=level,
        service_types=(kind,),
        period=period,
        amount=amount,
        percent=percent,
        quantities=quantities,
        network=Network.IN,
    )


def _person(asked: InquiredPerson, member_id: str) -> AnsweredPerson:
    """The person as asked about: a made-up payer knows everybody whose number it knows."""
    name = asked.name
    return AnsweredPerson(
        family="" if name is None else name.family,
        given="" if name is None else name.given,
        member_id=member_id,
        birth_date=asked.birth_date,
    )


def _unknown_payer() -> Finding:
    return Finding(
        code="PAY001",
        severity=Severity.ERROR,
        message="this gateway does not reach the payer",
        where="inquiry",
        fix="Ask the payer by telephone, or through its portal.",
    )
