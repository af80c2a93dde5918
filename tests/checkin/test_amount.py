"""What the amount screen and its "why" show of an estimate."""

from datetime import UTC, date, datetime
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing import (
    Accumulators,
    Benefit,
    Benefits,
    Coverage,
    Estimate,
    Payer,
    PlannedLine,
    VerifiedCoverage,
    estimate,
)
from medoffice.checkin.flow import step
from medoffice.checkin.messages import Action, ByName, Press, VisitSummary
from medoffice.checkin.records import InsuranceAnswer
from medoffice.checkin.screen import Screen
from medoffice.checkin.session import Due, Found, Session, Why
from medoffice.checkin.view import view
from medoffice.checkin.words import Say, Word, say
from medoffice.core import CoverageId, DateRange, InvalidValue, MemberId, Money, PatientId, PayerId, Percent
from medoffice.core.ids import AppointmentId
from medoffice.core.people import Language

DAY = date(2026, 11, 30)
COVERAGE = Coverage(
    id=CoverageId("cov-1"),
    patient=PatientId("pat-1"),
    payer=Payer(PayerId("PRAIR1"), "Prairie Health Plan"),
    plan="Silver PPO",
    member_id=MemberId("PHP0012345"),
    effective=DateRange(date(2026, 1, 1)),
)
amounts = st.integers(0, 40_000).map(Money)
maybe = st.none() | amounts


def estimated(
    *lines: PlannedLine, benefit: Benefit | None, left: Accumulators, balance: Money = Money.zero
) -> Estimate:
    cover = None
    if benefit is not None:
        benefits = Benefits(benefits=(benefit,), remaining=left)
        cover = VerifiedCoverage(coverage=COVERAGE, benefits=benefits, verified_on=DAY)
    return estimate(lines=lines, cover=cover, balance=balance, on=DAY)


@st.composite
def estimates(draw: st.DrawFn) -> Estimate:
    """Estimates of one or two lines, with all that a payer may leave out, insured or not."""
    lines = draw(
        st.lists(
            st.builds(PlannedLine, service=st.just("office-visit"), charge=amounts, allowed=maybe),
            min_size=1,
            max_size=2,
        )
    )
    benefit = draw(
        st.none()
        | st.builds(
            Benefit,
            service=st.just("office-visit"),
            copay=maybe,
            coinsurance=st.none() | st.integers(0, 100).map(Decimal).map(Percent),
            deductible_applies=st.none() | st.booleans(),
        )
    )
    left = Accumulators(deductible_remaining=draw(maybe), out_of_pocket_remaining=draw(maybe))
    return estimated(*lines, benefit=benefit, left=left, balance=draw(st.integers(-9_000, 9_000).map(Money)))


def found_with(due: Estimate, asked: Money | None = None) -> Found:
    """A visit that was found, with what is due for it."""
    visit = VisitSummary(
        appointment=AppointmentId("apt-1"),
        name="L*** A***",
        starts=datetime(2026, 11, 30, 15, tzinfo=UTC),
        due=due,
        asked=due.due_today if asked is None else asked,
    )
    return Found(visit=visit, credential=ByName("A", "B"), insurance=InsuranceAnswer.NONE)


def screens(due: Estimate, asked: Money | None = None) -> tuple[Screen, Screen]:
    """The amount screen and its "why"."""
    found = found_with(due, asked)
    first = Session.first(Language("en"))
    return (
        view(attrs.evolve(first, stage=Due(found))),
        view(attrs.evolve(first, stage=Why(found))),
    )


def said(sentence: Say | None, word: Word) -> tuple[str, ...]:
    """The values in a sentence of a word; nothing when it is another sentence."""
    is_it = sentence is not None and sentence.word is word
    return tuple(str(value) for _, value in sentence.values) if sentence is not None and is_it else ()


@given(estimates())
def test_the_why_adds_up_to_what_is_asked(due: Estimate) -> None:
    """The steps shown are the amount shown, to the cent, and everything open stands among them."""
    asked, reasons = screens(due)
    steps = [line.amount for line in reasons.lines if line.amount is not None]
    assert Money.total(steps) == due.due_today
    assert [field.value for field in reasons.fields] == [str(due.due_today)]
    assert [line.code for line in reasons.lines if line.amount is None] == list(due.unknowns)
    assert (asked.notice is None) == due.is_certain


@given(estimates())
def test_the_range_is_shown_where_the_amount_can_change(due: Estimate) -> None:
    """The least and the most stand beside the amount, and only where they differ."""
    shown = said(screens(due)[0].notice, Word.DUE_RANGE)
    assert shown == (() if due.lower == due.upper else (str(due.lower), str(due.upper)))


@given(estimates())
def test_no_amount_and_no_service_is_spoken(due: Estimate) -> None:
    """Others hear what a kiosk says, and read what it shows."""
    for screen in screens(due):
        assert all(not each.values for each in screen.speech)
        assert "office-visit" not in str(screen.lines) + str(screen.fields)


@given(estimates())
def test_that_something_is_open_is_spoken_too(due: Estimate) -> None:
    """Who does not see the notice hears it, without the amounts."""
    asked, reasons = screens(due)
    assert (say(Word.DUE_UNSURE) in asked.speech) == (not due.is_certain)
    assert say(Word.WHY_BODY) in reasons.speech


@given(estimates())
def test_money_can_be_paid_here_only_when_some_is_due(due: Estimate) -> None:
    """Nothing due has no way to pay."""
    asked, _ = screens(due)
    actions = {button.action for button in asked.buttons}
    assert (Action.PAY_NOW in actions) == (due.due_today > Money.zero)
    assert (Action.CONTINUE in actions) == (due.due_today == Money.zero)
    assert Action.WHY in actions


def test_what_the_insurance_pays_stands_beside() -> None:
    """A visit of $150 allowed with $30 co-pay and 20 % of the rest: the plan pays $96."""
    line = PlannedLine(service="office-visit", charge=Money(20000), allowed=Money(15000))
    benefit = Benefit(
        service="office-visit", copay=Money(3000), coinsurance=Percent(Decimal(20)), deductible_applies=False
    )
    left = Accumulators(deductible_remaining=Money.zero, out_of_pocket_remaining=Money(500_000))
    _, reasons = screens(estimated(line, benefit=benefit, left=left))
    assert said(reasons.body, Word.WHY_BODY_PLAN) == ("$96.00",)


def test_what_nobody_knows_is_not_claimed_of_the_insurance() -> None:
    """With one line whose allowed amount is not known, no sum of the plan's is shown."""
    known = PlannedLine(service="office-visit", charge=Money(20000), allowed=Money(15000))
    open_ = PlannedLine(service="lab", charge=Money(5000))
    benefit = Benefit(
        service="office-visit", copay=Money(3000), coinsurance=Percent(Decimal(0)), deductible_applies=False
    )
    left = Accumulators(deductible_remaining=Money.zero, out_of_pocket_remaining=Money(500_000))
    due = estimated(known, open_, benefit=benefit, left=left)
    assert due.lines[0].plan == Money(12000)
    assert said(screens(due)[1].body, Word.WHY_BODY_PLAN) == ()


def test_who_is_not_insured_sees_no_insurance() -> None:
    """A self-pay visit has no row for what a plan pays."""
    line = PlannedLine(service="office-visit", charge=Money(20000))
    _, reasons = screens(estimated(line, benefit=None, left=Accumulators()))
    assert said(reasons.body, Word.WHY_BODY_PLAN) == ()
    assert [field.value for field in reasons.fields] == ["$200.00"]


def test_what_is_asked_later_is_among_the_reasons() -> None:
    """Where the office waits for the plan's answer less is asked, and the steps still add up to it."""
    line = PlannedLine(service="office-visit", charge=Money(20000), allowed=Money(15000))
    benefit = Benefit(
        service="office-visit",
        copay=Money(3000),
        coinsurance=Percent(Decimal(20)),
        deductible_applies=None,
    )
    due = estimated(line, benefit=benefit, left=Accumulators())
    assert due.due_today == Money(5400)
    asked, reasons = screens(due, asked=Money(3000))
    assert said(asked.title, Word.DUE_TITLE) == ("$30.00",)
    assert [(each.code, str(each.amount)) for each in reasons.lines if each.amount][-1] == (
        "asked-later",
        "-$24.00",
    )
    assert Money.total(each.amount for each in reasons.lines if each.amount) == Money(3000)
    with pytest.raises(InvalidValue):
        screens(due, asked=Money(5401))


def test_nothing_is_charged_here_while_a_payment_may_have_been_taken() -> None:
    """The desk looks at the terminal first; the kiosk neither offers to charge nor does it when pressed."""
    line = PlannedLine(service="office-visit", charge=Money(20000))
    due = estimated(line, benefit=None, left=Accumulators())
    open_ = attrs.evolve(due, unknowns=("payment-not-settled",))
    asked, _ = screens(open_)
    assert {button.action for button in asked.buttons} == {Action.PAY_AT_DESK, Action.WHY}
    session = attrs.evolve(Session.first(Language("en")), stage=Due(found_with(open_)))
    after, effects = step(session, Press(Action.PAY_NOW, session.serial))
    assert (after, effects) == (session, ())
