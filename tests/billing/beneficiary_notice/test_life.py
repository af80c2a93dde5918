"""A notice's life, in whatever order things are said of it."""

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from medoffice.billing.beneficiary_notice import (
    CostEstimate,
    DenialReason,
    Fact,
    Notice,
    NoticeGiven,
    NoticeLine,
    NoticeOption,
    NoticeRefused,
    NoticeSigned,
    NoticeState,
    NoticeUsed,
    refuse,
    replay,
    sign,
    use,
    withdraw,
)
from medoffice.core import ActorId, AppointmentId, HCPCSCode, InvalidValue, Money, PatientId, Refused
from medoffice.data import parameters

PARAMETERS = parameters()
DESK, NURSE = ActorId("desk-1"), ActorId("nurse-1")
SERVICES = tuple(HCPCSCode(code) for code in ("G0103", "G0102", "G0439"))
VISITS = tuple(AppointmentId(f"apt-{number}") for number in range(1, 4))
FIRST = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
WHY = {"ABN020", "ABN021", "ABN022", "ABN023", "ABN024", "ABN025", "ABN026", "ABN027", "ABN028"}


def lines(*services: HCPCSCode) -> tuple[NoticeLine, ...]:
    """One line for each."""
    cost = CostEstimate(at_least=Money(5000), at_most=Money(5000))
    return tuple(
        NoticeLine(service=service, words="test", reason=DenialReason.TOO_FREQUENT, estimate=cost)
        for service in services
    )


class NoticeLife(RuleBasedStateMachine):
    """Days go by, and everything is said at any time; what is refused changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.today = FIRST
        self.facts: list[Fact] = []
        self.answers = 0
        self.used: list[tuple[str, str]] = []
        self.is_withdrawn = False

    @property
    def notice(self) -> Notice:
        """The one notice, out of its facts."""
        (found,) = replay(self.facts)
        return found

    def keep(self, outcome: Fact | Refused) -> bool:
        """Keep what was noted; a refusal has reasons that are known."""
        if isinstance(outcome, Refused):
            assert {finding.code for finding in outcome.findings} <= WHY
            return False
        self.facts.append(outcome)
        return True

    @precondition(lambda self: not self.facts)
    @rule(is_for_one=st.booleans(), repeats=st.booleans(), count=st.integers(1, 2))
    def give(self, *, is_for_one: bool, repeats: bool, count: int) -> None:
        self.facts.append(
            NoticeGiven(
                at=NOW,
                on=self.today,
                patient=PatientId("pat-ana"),
                number=1,
                appointment=VISITS[0] if is_for_one else None,
                lines=lines(*SERVICES[:count]),
                form_expires=date(2029, 3, 31),
                repeats=repeats,
                by=DESK,
            )
        )

    @rule(days=st.sampled_from((1, 30, 366)))
    def wait(self, days: int) -> None:
        self.today += timedelta(days=days)

    @precondition(lambda self: self.facts)
    @rule(option=st.sampled_from(NoticeOption), back=st.integers(-1, 2))
    def sign(self, option: NoticeOption, back: int) -> None:
        day = self.today - timedelta(days=back)
        outcome = sign(self.notice, option, signed_on=day, seen_by=DESK, now=NOW, on=self.today)
        is_open = not self.answers and not self.is_withdrawn
        assert self.keep(outcome) is (is_open and self.facts[0].on <= day <= self.today)
        self.answers += isinstance(outcome, NoticeSigned)

    @precondition(lambda self: self.facts)
    @rule(
        witnesses=st.lists(st.sampled_from((DESK, NURSE)), min_size=1, max_size=2).map(tuple),
        wants=st.booleans(),
    )
    def refuse(self, *, witnesses: tuple[ActorId, ...], wants: bool) -> None:
        outcome = refuse(
            self.notice,
            refused_on=self.today,
            witnesses=witnesses,
            wants_service=wants,
            now=NOW,
            on=self.today,
        )
        is_open = not self.answers and not self.is_withdrawn
        assert self.keep(outcome) is (is_open and NURSE in witnesses)
        self.answers += isinstance(outcome, NoticeRefused)

    @precondition(lambda self: self.facts)
    @rule(service=st.sampled_from(SERVICES), visit=st.sampled_from(VISITS))
    def use(self, service: HCPCSCode, visit: AppointmentId) -> None:
        notice = self.notice
        outcome = use(notice, service, visit, now=NOW, on=self.today)
        paper = notice.paper
        other = {each for _, each in self.used} - {visit.value}
        may = (
            not self.is_withdrawn
            and notice.is_service_wanted
            and notice.line(service) is not None
            and (service.value, visit.value) not in self.used
            and (
                paper.repeats or (paper.appointment == visit if paper.appointment is not None else not other)
            )
        )
        assert self.keep(outcome) is may
        if isinstance(outcome, NoticeUsed):
            self.used.append((service.value, visit.value))

    @precondition(lambda self: self.facts)
    @rule()
    def withdraw(self) -> None:
        done = self.keep(withdraw(self.notice, now=NOW, on=self.today))
        assert done is (not self.is_withdrawn and not self.used)
        self.is_withdrawn = self.is_withdrawn or done

    @invariant()
    def it_is_where_it_must_be(self) -> None:
        if not self.facts:
            return
        notice = self.notice
        state = notice.state_on(self.today, PARAMETERS)
        assert self.answers <= 1
        assert (state is NoticeState.WITHDRAWN) is self.is_withdrawn
        if state is NoticeState.USED:
            assert self.used
            assert len({visit for _, visit in self.used}) == 1
        if state is NoticeState.GIVEN:
            assert not self.answers
        if state in {NoticeState.SIGNED, NoticeState.REFUSED, NoticeState.GIVEN}:
            assert self.today in notice.stands(PARAMETERS)
        if state is NoticeState.EXPIRED:
            assert self.today not in notice.stands(PARAMETERS)
        assert not self.used or notice.is_service_wanted


TestNoticeLife = NoticeLife.TestCase


def signed(notice: Notice, option: NoticeOption = NoticeOption.BILL_MEDICARE) -> Notice:
    """The notice, signed on the day on which it was given."""
    fact = sign(notice, option, signed_on=FIRST, seen_by=DESK, now=NOW, on=FIRST)
    assert isinstance(fact, NoticeSigned)
    return attrs.evolve(notice, answer=fact)


@example(days=365)
@example(days=366)
@given(days=st.integers(0, 800))
def test_it_expires_after_a_year_to_the_day(notice: Notice, days: int) -> None:
    """On the same day of the next year it still stands; on the day after it does not."""
    state = signed(notice).state_on(FIRST + timedelta(days=days), PARAMETERS)
    assert state is (NoticeState.SIGNED if days <= 365 else NoticeState.EXPIRED)


@pytest.mark.parametrize(
    ("days", "codes"),
    [(-1, ["ABN022"]), (0, []), (1, []), (2, ["ABN022"])],
    ids=["before", "same", "on", "to-come"],
)
def test_the_day_on_the_paper_lies_between_handing_over_and_noting(
    notice: Notice, days: int, codes: list[str]
) -> None:
    """Noted on the day after: the day of handing over, or today."""
    outcome = sign(
        notice,
        NoticeOption.PAY_MYSELF,
        signed_on=FIRST + timedelta(days=days),
        seen_by=DESK,
        now=NOW,
        on=FIRST + timedelta(days=1),
    )
    found = [each.code for each in outcome.findings] if isinstance(outcome, Refused) else []
    assert found == codes


def test_a_refusal_needs_a_second_witness(notice: Notice) -> None:
    """The one who gave it alone is not enough."""
    for witnesses, is_noted in (((DESK,), False), ((NURSE,), True), ((DESK, NURSE), True)):
        outcome = refuse(notice, refused_on=FIRST, witnesses=witnesses, wants_service=True, now=NOW, on=FIRST)
        assert isinstance(outcome, NoticeRefused) is is_noted
        assert is_noted or (isinstance(outcome, Refused) and outcome.has("ABN023"))


def test_what_is_billed_rests_on_the_answer(notice: Notice) -> None:
    """Nothing before it, nothing for another service, and the option that was chosen after it."""
    assert notice.for_billing(SERVICES[0]) is None
    mine = signed(notice, NoticeOption.PAY_MYSELF).for_billing(SERVICES[0])
    assert mine is not None
    assert mine.option is NoticeOption.PAY_MYSELF
    assert signed(notice).for_billing(SERVICES[1]) is None


def test_facts_about_no_notice_are_refused(notice: Notice) -> None:
    """So are a notice without services or with one twice, one of number nought, and a refusal that nobody saw."""
    fact = signed(notice).answer
    assert fact is not None
    for attempt in (
        lambda: replay([fact]),
        lambda: attrs.evolve(notice.paper, lines=()),
        lambda: attrs.evolve(notice.paper, lines=lines(SERVICES[0], SERVICES[0])),
        lambda: attrs.evolve(notice.paper, number=0),
        lambda: attrs.evolve(notice.paper.lines[0], words=" "),
        lambda: NoticeRefused(
            at=NOW,
            on=FIRST,
            patient=PatientId("p"),
            number=1,
            refused_on=FIRST,
            witnesses=(),
            wants_service=True,
        ),
    ):
        with pytest.raises(InvalidValue):
            attempt()


def test_a_notice_shows_no_service(notice: Notice) -> None:
    """What it is about is health data, in every fact of it."""
    used = use(signed(notice), SERVICES[0], VISITS[0], now=NOW, on=FIRST)
    assert isinstance(used, NoticeUsed)
    shown = repr(notice) + repr(used)
    assert not [word for word in ("G0103", "blood", "frequent") if word in shown]
