"""The money path of the front desk and the kiosk together: asked once, taken once, each cent where it belongs."""

import itertools
from collections.abc import Callable
from datetime import UTC, date, datetime

import attrs
import pytest

from medoffice.adapters.system import FixedClock
from medoffice.billing import PlannedLine
from medoffice.billing.account import Means, PlanEnded, Protection, Split
from medoffice.checkin.messages import AlreadyHere, ByName, VisitFound, VisitSummary
from medoffice.checkin.records import PayChoice, Payment, PaymentState
from medoffice.core import (
    AppointmentId,
    CommandKey,
    InvalidValue,
    Money,
    PatientId,
    PaymentId,
    Percent,
    Refused,
    ResourceId,
)
from medoffice.office import Office
from medoffice.office.once import KeyReused
from medoffice.ports.store import NoSuchRecord
from medoffice.scheduling.outcomes import Booked
from medoffice.workflows.collection import CollectionPolicy, For, OpenEstimate, Receipt, VisitDeposit, Way

ANA = PatientId("pat-ana")
AT = Callable[[datetime], Office]
KEYS = (CommandKey(f"cmd-{number}") for number in itertools.count())
BORN = date(1987, 2, 3)
LATER = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
TOMORROW = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)


def key() -> CommandKey:
    """A key of its own."""
    return next(KEYS)


def dollars(text: str) -> Money:
    """An amount."""
    return Money.parse(text)


def paid(outcome: object) -> Receipt:
    """The receipt of a payment that was taken."""
    assert isinstance(outcome, Receipt), outcome
    return outcome


def code(outcome: object) -> str:
    """The reason of a refusal."""
    assert isinstance(outcome, Refused), outcome
    return outcome.findings[0].code


def steps(office: Office, visit: AppointmentId) -> dict[str, str]:
    """What the amount due is made of."""
    return {each.code: str(each.amount) for each in office.estimate(visit).trace.steps}


def book(office: Office, at: datetime) -> AppointmentId:
    """Another visit of Ana's with a co-pay of 30 dollars."""
    line = PlannedLine(service="office-visit", charge=Money(14500), allowed=Money(9800))
    booked = office.book(ANA, "follow-up", at, (ResourceId("dr-okafor"),), lines=(line,))
    assert isinstance(booked, Booked)
    return booked.appointment.id


def with_policy(office: Office, **policy: object) -> Office:
    """The office with another policy."""
    made = CollectionPolicy(**policy)  # type: ignore[arg-type]
    return attrs.evolve(office, settings=attrs.evolve(office.settings, collection=made))


def kiosk_pays(office: Office, visit: AppointmentId, amount: str, name: str = "pay-1") -> None:
    """The patient pays at the kiosk, and the terminal approves."""
    desk, payment = office.reception(), PaymentId(name)
    desk.ask_payment(key(), payment, visit, dollars(amount))
    desk.settle_payment(key(), payment, PaymentState.APPROVED, "T-1")


# ── what is due ──


def test_balance_and_deposit_have_their_own_steps(office: Office, visit: AppointmentId) -> None:
    """What is due says what comes from earlier visits, and what a deposit pays; it adds up."""
    accounts = office.accounts
    accounts.state_balance(ANA, dollars("$40.00"))
    accounts.take_deposit(ANA, dollars("$10.00"), means=Means.CASH)
    due = office.estimate(visit)
    assert due.due_today == dollars("$60.00")
    assert steps(office, visit) == {"copay": "$30.00", "balance": "$40.00", "deposit": "-$10.00"}
    assert office.estimate(visit).upper == dollars("$60.00")


def test_a_practice_may_leave_the_balance_to_its_bills(office: Office, visit: AppointmentId) -> None:
    """Then it is not due with a visit, and still may be paid there."""
    quiet = with_policy(office, asks_balance=False)
    quiet.accounts.state_balance(ANA, dollars("$40.00"))
    assert quiet.estimate(visit).due_today == dollars("$30.00")
    assert [each.of for each in quiet.accounts.what_to_ask(visit).asked] == [For.VISIT]
    receipt = paid(quiet.accounts.take(visit, dollars("$70.00"), means=Means.CASH))
    assert receipt.split == Split(to_visit=dollars("$30.00"), to_balance=dollars("$40.00"))


def test_a_kiosk_payment_with_a_balance_reduces_both_and_is_asked_once(
    office: Office, visit: AppointmentId
) -> None:
    """The second visit of the day asks for its own share only."""
    second = book(office, LATER)
    office.accounts.state_balance(ANA, dollars("$40.00"))
    assert office.estimate(visit).due_today == office.estimate(second).due_today == dollars("$70.00")
    kiosk_pays(office, visit, "$70.00")
    account = office.accounts.account(ANA)
    assert (account.visit(visit).paid, account.to_balance) == (dollars("$30.00"), dollars("$40.00"))
    assert account.balance == Money.zero
    assert office.estimate(visit).due_today == Money.zero
    assert steps(office, second) == {"copay": "$30.00"}
    [receipt] = office.accounts.receipts(ANA)
    assert (receipt.number, receipt.amount, receipt.means) == (1, dollars("$70.00"), Means.CARD)
    assert (receipt.left_for_visit, receipt.left_balance) == (Money.zero, Money.zero)


def test_a_voided_payment_is_due_again(office: Office, visit: AppointmentId) -> None:
    """Share and balance are what they were, and the receipt stays and says that it is void."""
    office.accounts.state_balance(ANA, dollars("$40.00"))
    kiosk_pays(office, visit, "$70.00")
    voided = paid(office.accounts.void(1, reason="charged twice"))
    assert voided.voided_on == date(2026, 11, 24)
    assert office.estimate(visit).due_today == dollars("$70.00")
    again = paid(office.accounts.receipt(1))
    assert (again.voided_on, again.amount) == (date(2026, 11, 24), dollars("$70.00"))
    assert code(office.accounts.void(1, reason="again")) == "COL005"
    assert code(office.accounts.void(2, reason="none")) == "COL004"
    with pytest.raises(InvalidValue, match="reason"):
        office.accounts.void(1, reason=" ")


def test_a_payment_without_an_end_blocks_the_same_money(office: Office, visit: AppointmentId) -> None:
    """The other visit does not ask for the balance a second time; this one takes nothing until it is settled."""
    second = book(office, LATER)
    accounts = office.accounts
    accounts.state_balance(ANA, dollars("$40.00"))
    office.reception().ask_payment(key(), PaymentId("pay-1"), visit, dollars("$70.00"))
    assert steps(office, second) == {"copay": "$30.00"}
    assert office.estimate(second).unknowns == office.estimate(visit).unknowns == ("payment-not-settled",)
    blocked = accounts.what_to_ask(visit)
    assert (blocked.asked, blocked.choices) == ((), ())
    assert [each.payment.value for each in blocked.unsettled] == ["pay-1"]
    assert code(accounts.take(visit, dollars("$30.00"), means=Means.CASH)) == "COL001"
    assert accounts.what_to_ask(second).total == dollars("$30.00")
    assert code(accounts.take(second, dollars("$70.00"), means=Means.CASH)) == "COL002"
    assert code(accounts.take_on_account(ANA, dollars("$40.00"), means=Means.CASH)) == "COL002"
    assert accounts.unsettled(ANA)[0].amount == dollars("$70.00")
    known = accounts.settle_card(PaymentId("pay-1"), PaymentState.UNKNOWN)
    assert isinstance(known, Payment)
    assert code(accounts.take(visit, dollars("$30.00"), means=Means.CASH)) == "COL001"
    declined = accounts.settle_card(PaymentId("pay-1"), PaymentState.DECLINED)
    assert isinstance(declined, Payment)
    assert accounts.unsettled(ANA) == ()
    assert office.estimate(visit).due_today == dollars("$70.00")
    late = paid(accounts.settle_card(PaymentId("pay-1"), PaymentState.APPROVED, reference="T-9"))
    assert late.split == Split(to_visit=dollars("$30.00"), to_balance=dollars("$40.00"))
    assert paid(accounts.settle_card(PaymentId("pay-1"), PaymentState.APPROVED, reference="T-9")) == late


def test_a_kiosk_charges_nothing_that_the_desk_s_card_may_have_paid(
    office: Office, visit: AppointmentId
) -> None:
    """The desk's card is at its terminal: another terminal is not asked for the same visit, until it has answered."""
    desk, kiosk = office.accounts, office.reception()
    asked = desk.ask_card(visit, dollars("$30.00"))
    assert isinstance(asked, Payment)
    again = key()
    assert code(kiosk.ask_payment(again, PaymentId("pay-k"), visit, dollars("$30.00"))) == "COL001"
    assert [each.id for each in desk.unsettled(ANA)] == [asked.id]
    desk.settle_card(asked.id, PaymentState.DECLINED)
    assert code(kiosk.ask_payment(again, PaymentId("pay-k"), visit, dollars("$30.00"))) == "COL001"
    assert isinstance(kiosk.ask_payment(key(), PaymentId("pay-k2"), visit, dollars("$30.00")), Payment)


def test_a_kiosk_charges_nothing_that_was_paid_at_the_desk_meanwhile(
    office: Office, visit: AppointmentId
) -> None:
    """What is not owed any more is not taken a second time, also when the kiosk showed it as due."""
    kiosk = office.reception()
    paid(office.accounts.take(visit, dollars("$10.00"), means=Means.CASH))
    assert code(kiosk.ask_payment(key(), PaymentId("pay-k"), visit, dollars("$20.01"))) == "COL002"
    assert isinstance(kiosk.ask_payment(key(), PaymentId("pay-k"), visit, dollars("$20.00")), Payment)


def test_a_payment_of_the_kiosk_is_asked_for_once(office: Office, visit: AppointmentId) -> None:
    """Under another key its id is refused, and what was approved stays approved."""
    kiosk_pays(office, visit, "$10.00")
    with pytest.raises(InvalidValue, match="each is asked for once"):
        office.reception().ask_payment(key(), PaymentId("pay-1"), visit, dollars("$10.00"))
    assert office.accounts.unsettled(ANA) == ()


def test_money_that_comes_late_is_kept_where_it_is_not_owed_any_more(
    office: Office, visit: AppointmentId
) -> None:
    """A declined payment was paid in cash; when the terminal says that it was taken after all, it is a deposit."""
    desk, accounts = office.reception(), office.accounts
    desk.ask_payment(key(), PaymentId("pay-1"), visit, dollars("$30.00"))
    desk.settle_payment(key(), PaymentId("pay-1"), PaymentState.DECLINED)
    paid(accounts.take(visit, dollars("$30.00"), means=Means.CASH))
    desk.settle_payment(key(), PaymentId("pay-1"), PaymentState.APPROVED, "T-1")
    account = accounts.account(ANA)
    assert (account.deposits, account.visit(visit).paid) == (dollars("$30.00"), dollars("$30.00"))
    assert [each.number for each in accounts.receipts(ANA)] == [1, 2]


def test_payments_from_before_there_were_accounts_count(office: Office, visit: AppointmentId) -> None:
    """They are credit of their visit, as they were."""
    old = Payment(
        id=PaymentId("old"),
        appointment=visit,
        amount=dollars("$20.00"),
        state=PaymentState.APPROVED,
        at=office.clock.now(),
    )
    office.store.transact(lambda tx: tx.put_payment(old))
    assert steps(office, visit) == {"copay": "$30.00", "credit": "-$20.00"}
    assert code(office.accounts.take(visit, dollars("$10.01"), means=Means.CASH)) == "COL002"
    assert paid(office.accounts.take(visit, dollars("$10.00"), means=Means.CASH)).left_for_visit == Money.zero
    assert office.accounts.settle_card(PaymentId("old"), PaymentState.APPROVED, reference="x") == old


# ── taking ──


def test_cash_is_taken_once_under_its_key(office: Office, visit: AppointmentId) -> None:
    """The same key gives the same receipt, and the money is there once; another amount under it is no retry."""
    once = key()
    first = paid(office.accounts.take(visit, dollars("$12.34"), means=Means.CASH, key=once))
    assert paid(office.accounts.take(visit, dollars("$12.34"), means=Means.CASH, key=once)) == first
    assert (first.number, first.left_for_visit) == (1, dollars("$17.66"))
    assert office.accounts.account(ANA).taken == dollars("$12.34")
    with pytest.raises(KeyReused):
        office.accounts.take(visit, dollars("$12.35"), means=Means.CASH, key=once)
    paid(office.accounts.void(1, reason="wrong amount"))
    assert paid(office.accounts.take(visit, dollars("$12.34"), means=Means.CASH, key=once)).voided_on


def test_too_much_says_by_how_much_and_is_kept_only_when_asked(office: Office, visit: AppointmentId) -> None:
    """Nothing was written down by the refusal."""
    refused = office.accounts.take(visit, dollars("$50.00"), means=Means.CHECK, reference="1042")
    assert code(refused) == "COL002"
    assert isinstance(refused, Refused)
    assert "$20.00" in refused.findings[0].message
    assert office.accounts.account(ANA).taken == Money.zero
    assert office.store.read(lambda tx: tx.payments(visit)) == ()
    kept = paid(
        office.accounts.take(visit, dollars("$50.00"), means=Means.CHECK, reference="1042", for_deposit=True)
    )
    assert kept.split == Split(to_visit=dollars("$30.00"), kept=dollars("$20.00"))
    assert (kept.reference, kept.deposits) == ("1042", dollars("$20.00"))


def test_a_card_counts_when_its_terminal_approved_it(office: Office, visit: AppointmentId) -> None:
    """Without its number it is written down first, and settled after."""
    accounts = office.accounts
    assert code(accounts.take(visit, dollars("$30.00"), means=Means.CARD)) == "COL003"
    asked = accounts.ask_card(visit, dollars("$30.00"))
    assert isinstance(asked, Payment)
    assert asked.state is PaymentState.ASKED
    assert code(accounts.ask_card(visit, dollars("$30.00"))) == "COL001"
    assert code(accounts.settle_card(asked.id, PaymentState.APPROVED)) == "COL003"
    assert code(accounts.settle_card(PaymentId("none"), PaymentState.DECLINED)) == "COL014"
    receipt = paid(accounts.settle_card(asked.id, PaymentState.APPROVED, reference="T-7"))
    assert (receipt.payment, receipt.reference) == (asked.id, "T-7")
    declined = accounts.settle_card(asked.id, PaymentState.DECLINED)
    assert paid(declined) == receipt
    other = paid(accounts.take(book(office, LATER), dollars("$30.00"), means=Means.CARD, reference="T-8"))
    assert other.number == receipt.number + 1


def test_a_card_that_is_asked_for_again_tells_how_it_stands(office: Office, visit: AppointmentId) -> None:
    """Sent again under its key after it ended, nobody is told that the card is still to be charged."""
    accounts, asking, settling = office.accounts, key(), key()
    asked = accounts.ask_card(visit, dollars("$30.00"), key=asking)
    assert isinstance(asked, Payment)
    unsure = accounts.settle_card(asked.id, PaymentState.UNKNOWN, key=settling)
    assert isinstance(unsure, Payment)
    again = accounts.ask_card(visit, dollars("$30.00"), key=asking)
    assert isinstance(again, Payment)
    assert (asked.state, unsure.state, again.state) == (
        PaymentState.ASKED,
        PaymentState.UNKNOWN,
        PaymentState.UNKNOWN,
    )
    receipt = paid(accounts.settle_card(asked.id, PaymentState.APPROVED, reference="T-1"))
    assert paid(accounts.settle_card(asked.id, PaymentState.UNKNOWN, key=settling)) == receipt
    again = accounts.ask_card(visit, dollars("$30.00"), key=asking)
    assert isinstance(again, Payment)
    assert (again.state, again.id) == (PaymentState.APPROVED, asked.id)


def test_money_that_was_given_back_is_voided_after_its_refund(office: Office) -> None:
    """The refusal says to void the refund first; then the payment can be, and nothing is held, taken or given back."""
    accounts = office.accounts
    came = paid(accounts.take_deposit(ANA, dollars("$45.00"), means=Means.CASH))
    back = paid(accounts.refund_deposit(ANA, dollars("$45.00"), means=Means.CASH))
    assert code(accounts.refund_deposit(ANA, dollars("$0.01"), means=Means.CASH)) == "COL007"
    refused = accounts.void(came.number, reason="bounced")
    assert code(refused) == "COL006"
    assert isinstance(refused, Refused)
    assert "void its refund" in refused.findings[0].fix
    assert paid(accounts.void(back.number, reason="bounced")).voided_on is not None
    assert paid(accounts.void(came.number, reason="bounced")).voided_on is not None
    account = accounts.account(ANA)
    assert (account.deposits, account.refunded, account.taken - account.voided) == (Money.zero,) * 3


def test_one_key_is_for_one_amount(office: Office, visit: AppointmentId) -> None:
    """Sent again with another amount, by other means or back instead of in, a key is refused and no cent moves."""
    accounts, once = office.accounts, key()
    accounts.take(visit, dollars("$10.00"), means=Means.CASH, key=once)
    before = accounts.account(ANA)
    others: tuple[Callable[[], object], ...] = (
        lambda: accounts.take(visit, dollars("$11.00"), means=Means.CASH, key=once),
        lambda: accounts.take(visit, dollars("$10.00"), means=Means.OTHER, key=once),
        lambda: accounts.take(visit, dollars("$10.00"), means=Means.CASH, for_deposit=True, key=once),
        lambda: accounts.take_deposit(ANA, dollars("$10.00"), means=Means.CASH, key=once),
        lambda: accounts.take_on_account(ANA, dollars("$10.00"), means=Means.CASH, key=once),
        lambda: accounts.refund_deposit(ANA, dollars("$10.00"), means=Means.CASH, key=once),
        lambda: accounts.ask_card(visit, dollars("$10.00"), key=once),
        lambda: accounts.release(visit, dollars("$10.00"), key=once),
        lambda: accounts.void(1, reason="x", key=once),
    )
    for other in others:
        with pytest.raises(KeyReused):
            other()
    assert accounts.account(ANA) == before


def test_an_amount_that_is_none_is_the_caller_s_mistake(office: Office, visit: AppointmentId) -> None:
    """Nothing, and less than nothing, cannot be taken; nor from an appointment that is not there."""
    for amount in (Money.zero, Money(-1)):
        with pytest.raises(InvalidValue, match="above zero"):
            office.accounts.take(visit, amount, means=Means.CASH)
    with pytest.raises(NoSuchRecord):
        office.accounts.take(AppointmentId("none"), dollars("$1.00"), means=Means.CASH)
    with pytest.raises(NoSuchRecord):
        office.accounts.account(PatientId("nobody"))


def test_no_audit_row_tells_an_amount_or_a_reason(office: Office, visit: AppointmentId) -> None:
    """It says who did what with which record, and how it ended."""
    accounts = office.accounts
    paid(accounts.take(visit, dollars("$12.34"), means=Means.CASH))
    accounts.take(visit, dollars("$999.00"), means=Means.CASH)
    accounts.void(1, reason="canary-reason")
    rows = office.store.read(lambda tx: tx.audit_rows())[-3:]
    assert [(row.entry.action, row.entry.outcome) for row in rows] == [
        ("take-payment", "done"),
        ("take-payment", "col002"),
        ("void-payment", "done"),
    ]
    assert all("canary" not in str(row) and "12.34" not in str(row) for row in rows)


# ── deposits ──


def test_a_deposit_is_used_at_check_in_and_not_by_the_next_visit(
    office: Office, visit: AppointmentId
) -> None:
    """Both visits saw it before; from then on it is spent."""
    second = book(office, LATER)
    paid(office.accounts.take_deposit(ANA, dollars("$45.00"), means=Means.CASH))
    assert office.estimate(visit).due_today == office.estimate(second).due_today == Money.zero
    office.check_in(visit)
    account = office.accounts.account(ANA)
    assert (account.visit(visit).used, account.deposits) == (dollars("$30.00"), dollars("$15.00"))
    assert office.estimate(visit).due_today == Money.zero
    assert steps(office, visit) == {"copay": "$30.00", "deposit": "-$30.00"}
    assert office.estimate(second).due_today == dollars("$15.00")
    assert paid(office.accounts.take(second, dollars("$15.00"), means=Means.CASH)).deposits == Money.zero


def test_a_deposit_for_a_visit_pays_for_no_other(office: Office, visit: AppointmentId) -> None:
    """And when the visit will not be, it is released and goes back."""
    second, accounts = book(office, TOMORROW), office.accounts
    paid(accounts.take_deposit(ANA, dollars("$20.00"), means=Means.CHECK, reference="9", appointment=second))
    assert office.estimate(visit).due_today == dollars("$30.00")
    assert office.estimate(second).due_today == dollars("$10.00")
    paid(accounts.take(second, dollars("$10.00"), means=Means.CASH))
    assert accounts.account(ANA).visit(second).held == dollars("$20.00")
    assert code(accounts.refund_deposit(ANA, dollars("$20.01"), means=Means.CASH)) == "COL007"
    assert code(accounts.release(second, dollars("$10.01"))) == "COL013"
    accounts.release(second)
    assert accounts.account(ANA).free == dollars("$30.00")
    accounts.refund_deposit(ANA, dollars("$30.00"), means=Means.CHECK, reference="77")
    assert accounts.account(ANA).deposits == Money.zero
    assert code(accounts.void(1, reason="came back")) == "COL006"
    assert code(accounts.release(second)) == "COL013"
    with pytest.raises(NoSuchRecord):
        accounts.take_deposit(ANA, dollars("$1.00"), means=Means.CASH, appointment=AppointmentId("none"))


def test_deposits_pay_the_balance_only_where_the_practice_says_so(
    office: Office, visit: AppointmentId
) -> None:
    """Otherwise what is left of one stays a deposit."""
    office.accounts.state_balance(ANA, dollars("$40.00"))
    office.accounts.take_deposit(ANA, dollars("$50.00"), means=Means.CASH)
    assert office.estimate(visit).due_today == dollars("$40.00")
    generous = with_policy(office, deposits_pay_balance=True)
    assert generous.estimate(visit).due_today == dollars("$20.00")
    generous.check_in(visit)
    account = office.accounts.account(ANA)
    assert (account.deposits, account.balance) == (Money.zero, dollars("$20.00"))


# ── balance and plan ──


def test_a_balance_is_stated_as_of_the_beginning_of_a_day(office: Office, at: AT) -> None:
    """What is paid on that day or later comes off it, also when the statement was typed after the payment."""
    accounts = office.accounts
    accounts.state_balance(ANA, dollars("$100.00"), as_of=date(2026, 11, 20))
    paid(accounts.take_on_account(ANA, dollars("$40.00"), means=Means.CHECK, reference="12"))
    assert accounts.account(ANA).balance == dollars("$60.00")
    accounts.state_balance(ANA, dollars("$90.00"), as_of=date(2026, 11, 24))
    assert accounts.account(ANA).balance == dollars("$50.00")
    assert code(accounts.state_balance(ANA, dollars("$39.99"))) == "COL008"
    assert code(accounts.state_balance(ANA, dollars("$1.00"), as_of=date(2026, 11, 25))) == "COL015"
    tomorrow = at(TOMORROW).accounts
    tomorrow.state_balance(ANA, dollars("$55.00"))
    assert accounts.account(ANA).balance == dollars("$55.00")
    paid(tomorrow.void(1, reason="the check came back"))
    assert accounts.account(ANA).balance == dollars("$95.00")


def test_a_plan_is_agreed_paid_and_ends_at_zero(office: Office, visit: AppointmentId, at: AT) -> None:
    """Only its due instalment is asked for with a visit; early money shortens it; its end asks for nothing."""
    accounts = office.accounts
    accounts.state_balance(ANA, dollars("$100.00"))
    assert code(accounts.agree_plan(ANA, instalments=5)) == "COL012"
    assert code(accounts.agree_plan(ANA, instalments=2, amount=dollars("$100.01"))) == "COL011"
    assert not isinstance(accounts.agree_plan(ANA, instalments=4, day_of_month=20), Refused)
    assert code(accounts.agree_plan(ANA, instalments=2)) == "COL009"
    assert code(accounts.state_balance(ANA, dollars("$99.99"))) == "COL008"
    assert office.estimate(visit).due_today == dollars("$30.00")
    new_year = at(datetime(2026, 12, 21, 16, tzinfo=UTC))
    account = accounts.account(ANA)
    assert account.due(date(2026, 12, 20)) == dollars("$25.00")
    assert account.overdue(date(2026, 12, 20)) == Money.zero
    ask = new_year.accounts.what_to_ask(visit)
    assert ask.of(For.INSTALMENT) == dollars("$25.00")
    assert "was due before today" in next(each.why for each in ask.asked if each.of is For.INSTALMENT)
    receipt = paid(new_year.accounts.take_on_account(ANA, dollars("$100.00"), means=Means.CASH))
    assert receipt.split == Split(to_instalments=dollars("$100.00"))
    assert accounts.account(ANA).owed == Money.zero
    assert code(new_year.accounts.end_plan(ANA)) == "COL010"
    paid(new_year.accounts.void(1, reason="wrong patient"))
    assert accounts.account(ANA).plan_left == dollars("$100.00")
    new_year.accounts.end_plan(ANA, reason="moved")
    assert accounts.account(ANA).balance == dollars("$100.00")


# ── what to ask ──


def test_what_to_ask_is_in_order_with_words_and_choices(office: Office, visit: AppointmentId) -> None:
    """The visit, then what is older; all of it, the visit only, a plan for the balance, or later."""
    office.accounts.state_balance(ANA, dollars("$90.00"))
    ask = office.accounts.what_to_ask(visit)
    assert [(each.of, str(each.amount)) for each in ask.asked] == [
        (For.VISIT, "$30.00"),
        (For.BALANCE, "$90.00"),
    ]
    assert [(each.way, str(each.pay_now)) for each in ask.choices] == [
        (Way.ALL, "$120.00"),
        (Way.TODAY_ONLY, "$30.00"),
        (Way.PART, "$30.00"),
        (Way.LATER, "$0.00"),
    ]
    plan = next(each.plan for each in ask.choices if each.way is Way.PART)
    assert plan is not None
    assert [str(each.amount) for each in plan.instalments] == ["$30.00", "$30.00", "$30.00"]
    assert ask.words[0] == "Your part of today's visit is $30.00. It is made up of: co-pay $30.00."
    assert ask.words[-2] == "Together that is $120.00."


def test_nothing_is_asked_before_an_emergency_is_seen(office: Office, visit: AppointmentId) -> None:
    """Whatever is due is asked for later."""
    ask = office.accounts.what_to_ask(visit, is_emergency=True)
    assert (ask.asked, ask.choices, [each.code for each in ask.findings]) == ((), (), ["COL103"])


def test_no_cost_share_is_asked_of_a_qualified_medicare_beneficiary(
    office: Office, visit: AppointmentId
) -> None:
    """Not at the kiosk, not at the desk, and it is not taken either; a balance of their own still is."""
    accounts = office.accounts
    accounts.protect(ANA, Protection.QMB)
    assert office.estimate(visit).due_today == Money.zero
    assert steps(office, visit) == {"copay": "$30.00", "not-asked": "-$30.00"}
    assert accounts.what_to_ask(visit).asked == ()
    assert code(accounts.take(visit, dollars("$30.00"), means=Means.CASH)) == "COL002"
    accounts.protect(ANA, Protection.QMB, holds=False)
    assert office.estimate(visit).due_today == dollars("$30.00")
    accounts.protect(ANA, Protection.MEDICAID)
    ask = accounts.what_to_ask(visit)
    assert ask.total == dollars("$30.00")
    assert ask.words[-1] == "You will be seen today whether or not you can pay it."


def test_a_patient_without_coverage_is_asked_for_a_deposit_ahead(office: Office) -> None:
    """Before the day of the visit, less what is held already; on the day the visit itself is asked for."""
    line = PlannedLine(service="office-visit", charge=Money(14500))
    late = datetime(2027, 2, 2, 16, tzinfo=UTC)
    booked = office.book(ANA, "follow-up", late, (ResourceId("dr-okafor"),), lines=(line,))
    assert isinstance(booked, Booked)
    visit = booked.appointment.id
    asking = with_policy(office, deposits=(VisitDeposit("follow-up", dollars("$60.00")),)).accounts
    assert [(each.of, str(each.amount)) for each in asking.what_to_ask(visit).asked] == [
        (For.DEPOSIT, "$60.00")
    ]
    asking.take_deposit(ANA, dollars("$20.00"), means=Means.CASH, appointment=visit)
    assert asking.what_to_ask(visit).total == dollars("$40.00")
    on_the_day = attrs.evolve(asking, clock=FixedClock(late))
    assert on_the_day.what_to_ask(visit).of(For.VISIT) == dollars("$125.00")


def test_an_open_estimate_is_asked_as_the_practice_wants(office: Office) -> None:
    """What is due, the least that it can be, or the co-pay alone; never more than it can turn out to be."""
    lines = (
        PlannedLine(service="office-visit", charge=Money(14500), allowed=Money(9800)),
        PlannedLine(service="lab", charge=Money(5000), allowed=Money(4000)),
    )
    booked = office.book(ANA, "follow-up", LATER, (ResourceId("dr-okafor"),), lines=lines)
    assert isinstance(booked, Booked)
    visit = booked.appointment.id
    made = office.estimate(visit)
    assert made.lower < made.upper
    for way, wanted in (
        (OpenEstimate.DUE_TODAY, made.due_today),
        (OpenEstimate.LOWER, made.lower),
        (OpenEstimate.COPAY, dollars("$30.00")),
    ):
        ask = with_policy(office, open_estimates=way).accounts.what_to_ask(visit)
        assert ask.total == wanted
        assert ask.total <= made.upper
        assert "has not told us everything" in ask.words[0]
    assert code(office.accounts.take(visit, made.upper + Money(1), means=Means.CASH)) == "COL002"
    assert paid(office.accounts.take(visit, made.upper, means=Means.CASH)).split.to_visit == made.upper


def test_what_is_done_shows_nothing_of_it_in_a_repr(office: Office, visit: AppointmentId) -> None:
    """An account, an ask and a receipt can be logged by mistake."""
    office.accounts.state_balance(ANA, dollars("$43.21"))
    ask = office.accounts.what_to_ask(visit)
    receipt = paid(office.accounts.take(visit, dollars("$31.77"), means=Means.CASH))
    shown = repr((ask, receipt, office.accounts.account(ANA)))
    assert not any(text in shown for text in ("43.21", "31.77", "30.00", "$"))


def test_a_visit_that_was_called_off_asks_for_nothing_and_gives_back(
    office: Office, visit: AppointmentId
) -> None:
    """What was paid for it is too much; the page says so until it is released."""
    accounts = office.accounts
    paid(accounts.take(visit, dollars("$30.00"), means=Means.CASH))
    assert accounts.what_to_ask(visit).findings == ()
    office.cancel(visit)
    assert office.estimate(visit).due_today == Money.zero
    ask = accounts.what_to_ask(visit)
    assert (ask.asked, [each.code for each in ask.findings]) == ((), ["COL105"])
    assert "$30.00" in ask.findings[0].message
    accounts.release(visit)
    assert accounts.what_to_ask(visit).findings == ()
    assert accounts.account(ANA).deposits == dollars("$30.00")


def test_money_that_lies_with_a_visit_that_will_not_be_is_told(office: Office, visit: AppointmentId) -> None:
    """A deposit for it and what was paid for it, at whatever visit the patient is asked, until it is released."""
    accounts, other = office.accounts, book(office, LATER)
    accounts.take_deposit(ANA, dollars("$40.00"), means=Means.CASH, appointment=other)
    paid(accounts.take(visit, dollars("$30.00"), means=Means.CASH))
    assert accounts.idle(ANA) == ()
    office.cancel(other)
    assert [(each.appointment, each.amount) for each in accounts.idle(ANA)] == [(other, dollars("$40.00"))]
    for asked in (visit, other):
        (finding,) = accounts.what_to_ask(asked).findings
        assert (finding.code, "$40.00" in finding.message) == ("COL106", True)
    accounts.release(other)
    assert accounts.idle(ANA) == ()
    assert accounts.what_to_ask(visit).findings == ()
    assert accounts.account(ANA).free == dollars("$40.00")


def test_a_reason_keeps_no_card_s_number(office: Office, visit: AppointmentId) -> None:
    """A void and the end of a plan are noted with their reasons, of a card no more than its last four digits."""
    accounts = office.accounts
    receipt = paid(accounts.take(visit, dollars("$1.00"), means=Means.CASH))
    accounts.void(receipt.number, reason="4111 1111 1111 1111 was charged twice")
    (void,) = accounts.account(ANA).voids
    assert void.reason == "....1111 was charged twice"
    accounts.state_balance(ANA, dollars("$90.00"))
    accounts.agree_plan(ANA, instalments=2)
    ended = accounts.end_plan(ANA, reason="pays all of it with 4111.1111.1111.1111")
    assert isinstance(ended, PlanEnded)
    assert ended.reason == "pays all of it with ....1111"


@pytest.mark.parametrize("number", ["4111111111111111", "4111 1111 1111 1111", "no. 4111-1111-1111-1111."])
def test_a_card_s_number_is_never_written_down(office: Office, visit: AppointmentId, number: str) -> None:
    """Whoever types one is told so, and nothing is kept, nor is it said again."""
    accounts = office.accounts
    asked = accounts.ask_card(visit, dollars("$30.00"))
    assert isinstance(asked, Payment)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: accounts.settle_card(asked.id, PaymentState.APPROVED, reference=number),
        lambda: accounts.take(visit, dollars("$1.00"), means=Means.CARD, reference=number),
        lambda: accounts.take_on_account(ANA, dollars("$1.00"), means=Means.CHECK, reference=number),
        lambda: accounts.take_deposit(ANA, dollars("$1.00"), means=Means.CHECK, reference=number),
        lambda: accounts.refund_deposit(ANA, dollars("$1.00"), means=Means.CHECK, reference=number),
    )
    for attempt in attempts:
        with pytest.raises(InvalidValue, match="card's number") as caught:
            attempt()
        assert "4111" not in str(caught.value)
    assert accounts.account(ANA).taken == Money.zero
    receipt = paid(accounts.settle_card(asked.id, PaymentState.APPROVED, reference="  411111 1111 "))
    assert receipt.reference == "411111 1111"
    with pytest.raises(InvalidValue, match="at most 40"):
        accounts.take_deposit(ANA, dollars("$1.00"), means=Means.OTHER, reference="x" * 41)


def left_open(office: Office, **policy: object) -> Office:
    """The office with a policy; Ana's plan does not say whether the deductible applies to the co-insurance."""
    (cover,) = office.store.read(lambda tx: tx.coverages(ANA))
    (benefit, *others) = cover.benefits.benefits
    open_one = attrs.evolve(benefit, coinsurance=Percent.parse("20%"), deductible_applies=None)
    benefits = attrs.evolve(
        cover.benefits,
        benefits=(open_one, *others),
        remaining=attrs.evolve(cover.benefits.remaining, deductible_remaining=dollars("$500.00")),
    )
    office.store.transact(lambda tx: tx.put_coverage(attrs.evolve(cover, benefits=benefits)))
    return with_policy(office, **policy)


def at_the_kiosk(office: Office) -> VisitSummary:
    """What the kiosk knows of Ana's visit."""
    found = office.reception().find_visit(key(), ByName("Núñez", "Ana"), BORN)
    assert isinstance(found, VisitFound)
    return found.visit


@pytest.mark.parametrize("way", OpenEstimate)
def test_desk_and_kiosk_ask_for_the_same(office: Office, visit: AppointmentId, way: OpenEstimate) -> None:
    """Also where the plan left something open and the policy asks for less."""
    desk = left_open(office, open_estimates=way)
    desk.accounts.state_balance(ANA, dollars("$12.00"))
    found = at_the_kiosk(desk)
    assert not found.due.is_certain
    assert found.asked == desk.accounts.what_to_ask(visit).total
    at_visit = desk.accounts.at_visit(visit)
    assert (at_visit.asked, at_visit.estimate) == (found.asked, found.due)


@pytest.mark.parametrize("at_desk", [True, False])
@pytest.mark.parametrize("way", OpenEstimate)
def test_what_is_paid_goes_to_what_it_was_asked_for(
    office: Office,
    visit: AppointmentId,
    way: OpenEstimate,
    at_desk: bool,  # noqa: FBT001 - a parameter
) -> None:
    """Also where less is asked for the visit than is due; who has paid all of it is asked for nothing more."""
    desk = left_open(office, open_estimates=way)
    desk.accounts.state_balance(ANA, dollars("$12.00"))
    ask = desk.accounts.what_to_ask(visit)
    if at_desk:
        paid(desk.accounts.take(visit, ask.total, means=Means.CASH))
    else:
        kiosk_pays(desk, visit, str(at_the_kiosk(desk).asked))
    account = desk.accounts.account(ANA)
    assert (account.visit(visit).paid, account.to_balance) == (ask.of(For.VISIT), dollars("$12.00"))
    assert desk.accounts.what_to_ask(visit).total == Money.zero
    assert at_the_kiosk(desk).asked == Money.zero
    desk.check_in(visit)
    here = desk.reception().find_visit(key(), ByName("Núñez", "Ana"), BORN)
    assert isinstance(here, AlreadyHere)
    assert not here.owes
    checked_in = desk.store.read(lambda tx: tx.check_in(visit))
    assert (checked_in.due, checked_in.pay) == (Money.zero, PayChoice.NOTHING_DUE)


def test_the_balance_that_is_paid_ahead_is_not_put_to_the_visit(office: Office) -> None:
    """Before its day the visit's share is not asked for, so it comes last; whoever wants to pay it too may."""
    accounts, tomorrow = office.accounts, book(office, TOMORROW)
    accounts.state_balance(ANA, dollars("$40.00"))
    assert [each.of for each in accounts.what_to_ask(tomorrow).asked] == [For.BALANCE]
    first = paid(accounts.take(tomorrow, dollars("$40.00"), means=Means.CASH))
    assert first.split == Split(to_balance=dollars("$40.00"))
    assert accounts.what_to_ask(tomorrow).asked == ()
    second = paid(accounts.take(tomorrow, dollars("$30.00"), means=Means.CASH))
    assert second.split == Split(to_visit=dollars("$30.00"))
    assert code(accounts.take(tomorrow, dollars("$0.01"), means=Means.CASH)) == "COL002"


def test_a_card_that_was_for_a_plan_which_ended_pays_the_balance_before_a_visit_to_come(
    office: Office,
) -> None:
    """What it was for is balance again when its terminal answers; the visit's share is not asked for yet."""
    accounts, tomorrow = office.accounts, book(office, TOMORROW)
    accounts.state_balance(ANA, dollars("$60.00"))
    accounts.agree_plan(ANA, instalments=2)
    asked = accounts.ask_card(tomorrow, dollars("$60.00"))
    assert isinstance(asked, Payment)
    assert asked.meant == Split(to_instalments=dollars("$60.00"))
    accounts.end_plan(ANA)
    receipt = paid(accounts.settle_card(asked.id, PaymentState.APPROVED, reference="T-1"))
    assert receipt.split == Split(to_balance=dollars("$60.00"))


@pytest.mark.parametrize("way", OpenEstimate)
def test_a_check_in_at_the_desk_notes_what_is_asked_for(
    office: Office, visit: AppointmentId, way: OpenEstimate
) -> None:
    """The same amount that the kiosk would note, to be paid there."""
    desk = left_open(office, open_estimates=way)
    asked = desk.accounts.what_to_ask(visit).total
    assert asked
    desk.check_in(visit)
    checked_in = desk.store.read(lambda tx: tx.check_in(visit))
    assert (checked_in.due, checked_in.pay) == (asked, PayChoice.AT_DESK)


@pytest.mark.parametrize("planned", [(), (PlannedLine(service="office-visit", charge=Money(145_00)),)])
def test_the_deposit_that_is_asked_for_is_taken_as_one(
    office: Office, planned: tuple[PlannedLine, ...]
) -> None:
    """By the command that the page shows: kept for the visit, also where no price is known yet."""
    late = datetime(2027, 2, 2, 16, tzinfo=UTC)
    booked = office.book(ANA, "follow-up", late, (ResourceId("dr-okafor"),), lines=planned)
    assert isinstance(booked, Booked)
    visit = booked.appointment.id
    accounts = with_policy(office, deposits=(VisitDeposit("follow-up", dollars("$60.00")),)).accounts
    accounts.state_balance(ANA, dollars("$10.00"))
    ask = accounts.what_to_ask(visit)
    assert (ask.of(For.DEPOSIT), ask.of(For.BALANCE)) == (dollars("$60.00"), dollars("$10.00"))
    most = dollars("$155.00") if planned else dollars("$70.00")
    assert code(accounts.take(visit, most + Money(1), means=Means.CASH)) == "COL002"
    receipt = paid(accounts.take(visit, ask.total, means=Means.CASH))
    assert receipt.split == Split(kept=dollars("$60.00"), to_balance=dollars("$10.00"))
    assert accounts.account(ANA).visit(visit).held == dollars("$60.00")
    assert accounts.what_to_ask(visit).asked == ()
    left = dollars("$85.00") if planned else Money.zero
    assert code(accounts.take(visit, left + Money(1), means=Means.CASH)) == "COL002"
    office.cancel(visit)
    accounts.release(visit)
    accounts.refund_deposit(ANA, dollars("$60.00"), means=Means.CASH)
    assert accounts.what_to_ask(visit).asked == ()
