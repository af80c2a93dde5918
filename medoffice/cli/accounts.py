"""A patient's account told by id, and what is done to it. Loads the store and rich."""

import typer
from rich.text import Text

from medoffice.billing.account import Account, Protection
from medoffice.checkin.records import Payment, PaymentState
from medoffice.cli.amounts import key_of, means_of, money_of, payment_of
from medoffice.cli.collecting import how_to_settle
from medoffice.cli.failures import CannotDo
from medoffice.cli.opening import opened
from medoffice.cli.plain import plain_console, plain_table
from medoffice.cli.receipts import Wanted, print_paper
from medoffice.cli.subjects import appointment_of, patient_of, said_no
from medoffice.core.dates import parse_day
from medoffice.core.errors import InvalidValue
from medoffice.core.ids import PaymentId
from medoffice.core.outcomes import Refused
from medoffice.office.office import Office
from medoffice.workflows.collection import Receipt


def show_account(context: typer.Context, who: str) -> None:
    """Print what a patient owes, has paid and has on deposit."""
    with opened(context) as office:
        patient = patient_of(office, who)
        accounts = office.accounts
        held, receipts, waiting, idle = (
            accounts.account(patient),
            accounts.receipts(patient),
            accounts.unsettled(patient),
            accounts.idle(patient),
        )
        today = office.settings.day_at(office.clock.now())
    console = plain_console()
    rows = [("Balance of earlier visits", held.balance), ("Deposits held", held.deposits)]
    if held.plan_left:
        rows[1:1] = [("Left on the payment plan", held.plan_left), ("Of it due now", held.due(today))]
    table = plain_table("", "")
    table.show_header = False
    table.columns[0].justify = "right"
    for label, amount in rows:
        table.add_row(str(amount), Text(label))
    console.print(table)
    if held.stated is not None:
        console.print(f"Billing stated {held.stated.amount} as of {held.stated.as_of}.", highlight=False)
    for protection in sorted(each.value for each in held.protections):
        console.print(f"Less is asked of this patient: {protection}.", highlight=False)
    _print_plan(held)
    _print_receipts(receipts)
    for lying in idle:
        console.print()
        console.print(Text(f"{lying.amount} lies with a visit that was called off or missed:", style="bold"))
        console.print(Text(f"  medoffice account release {lying.appointment}"))
    for each in waiting:
        console.print()
        console.print(Text(f"{each.amount} was asked for, and nobody knows how it ended:", style="bold"))
        for line in how_to_settle(each.id.value):
            console.print(Text(f"  {line}"))


def state_balance(context: typer.Context, who: str, dollars: str, *, as_of: str, key: str) -> str:
    """Note what billing says that is owed."""
    amount, once = money_of(dollars), key_of(key)
    try:
        day = parse_day(as_of) if as_of else None
    except InvalidValue as trouble:
        raise CannotDo(f"that is no day: {trouble.reason}") from None
    with opened(context) as office:
        patient = patient_of(office, who)
        fact = office.accounts.state_balance(patient, amount, as_of=day, key=once)
        if isinstance(fact, Refused):
            raise said_no(fact)
        left = office.accounts.account(patient).balance
    return f"Noted: {fact.amount} as of {fact.as_of}. What is open now is {left}."


def pay_on_account(
    context: typer.Context,
    who: str,
    dollars: str,
    *,
    by: str,
    number: str,
    key: str,
    keeps_rest: bool,
    paper: Wanted,
) -> None:
    """Take money for no visit and print its receipt."""
    amount, means, once = payment_of(dollars), means_of(by), key_of(key)
    paper.check()
    with opened(context) as office:
        patient = patient_of(office, who)
        made = office.accounts.take_on_account(
            patient, amount, means=means, reference=number, for_deposit=keeps_rest, key=once
        )
        _print_made(office, made, paper)


def take_deposit(
    context: typer.Context,
    who: str,
    dollars: str,
    *,
    by: str,
    number: str,
    held_for: str,
    key: str,
    paper: Wanted,
) -> None:
    """Take money ahead and print its receipt."""
    amount, means, once = payment_of(dollars), means_of(by), key_of(key)
    paper.check()
    with opened(context) as office:
        patient = patient_of(office, who)
        visit = appointment_of(office, held_for) if held_for else None
        if visit is not None and patient_of(office, held_for) != patient:
            raise CannotDo("that appointment is another patient's")
        made = office.accounts.take_deposit(
            patient, amount, means=means, reference=number, appointment=visit, key=once
        )
        _print_made(office, made, paper)


def release_visit(context: typer.Context, appointment: str, *, amount: str, key: str) -> str:
    """Turn what was paid for a visit into a deposit."""
    wanted, once = payment_of(amount) if amount else None, key_of(key)
    with opened(context) as office:
        fact = office.accounts.release(appointment_of(office, appointment), wanted, key=once)
        if isinstance(fact, Refused):
            raise said_no(fact)
        held = office.accounts.account(patient_of(office, appointment)).deposits
    return f"Released: {fact.amount}. Deposits held are {held} now."


def refund_deposit(
    context: typer.Context, who: str, dollars: str, *, by: str, number: str, key: str, paper: Wanted
) -> None:
    """Give a deposit back and print the refund's paper."""
    amount, means, once = payment_of(dollars), means_of(by), key_of(key)
    paper.check()
    with opened(context) as office:
        patient = patient_of(office, who)
        made = office.accounts.refund_deposit(patient, amount, means=means, reference=number, key=once)
        _print_made(office, made, paper)


def agree_plan(
    context: typer.Context, who: str, *, instalments: int, day: int, amount: str, key: str
) -> None:
    """Agree on instalments and print them."""
    wanted, once = payment_of(amount) if amount else None, key_of(key)
    with opened(context) as office:
        patient = patient_of(office, who)
        try:
            fact = office.accounts.agree_plan(
                patient, instalments=instalments, day_of_month=day or None, amount=wanted, key=once
            )
        except InvalidValue as trouble:
            raise CannotDo(f"there can be no such plan: {trouble.reason}") from None
        if isinstance(fact, Refused):
            raise said_no(fact)
        held = office.accounts.account(patient)
    _print_plan(held)


def end_plan(context: typer.Context, who: str, *, reason: str, key: str) -> str:
    """End the plan."""
    once = key_of(key)
    with opened(context) as office:
        patient = patient_of(office, who)
        fact = office.accounts.end_plan(patient, reason=reason, key=once)
        if isinstance(fact, Refused):
            raise said_no(fact)
        left = office.accounts.account(patient).balance
    return f"Noted: the plan has ended. What is open now is {left}."


def settle_payment(
    context: typer.Context, payment: str, *, ended: str, number: str, key: str, paper: Wanted
) -> None:
    """Note how a card payment ended; print the receipt of one that was approved."""
    ends = {each.value: each for each in PaymentState if each is not PaymentState.ASKED}
    if ended not in ends:
        raise CannotDo(f"say how it ended: --as {', '.join(ends)}")
    try:
        id, once = PaymentId.parse(payment), key_of(key)
    except InvalidValue:
        raise CannotDo("that is no payment's id; medoffice account show tells those without an end") from None
    paper.check()
    with opened(context) as office:
        made = office.accounts.settle_card(id, ends[ended], reference=number, key=once)
        if isinstance(made, Payment):
            typer.echo(f"The payment of {made.amount} is {made.state.value}.")
            return
        _print_made(office, made, paper)


def void_receipt(context: typer.Context, number: int, *, reason: str, key: str) -> str:
    """Void a payment."""
    if not reason.strip():
        raise CannotDo("say why: --reason 'charged twice'")
    once = key_of(key)
    with opened(context) as office:
        made = office.accounts.void(number, reason=reason, key=once)
        if isinstance(made, Refused):
            raise said_no(made)
    if made.is_refund:
        return f"Refund no. {made.number} is void. The {made.amount} is held as a deposit again; see that it came back."
    where = "at the terminal" if made.means.value == "card" else "by hand"
    return f"Receipt no. {made.number} is void. If the money was taken, give {made.amount} back {where}."


def print_receipt(context: typer.Context, number: int, *, paper: Wanted) -> None:
    """Print a receipt again."""
    paper.check()
    with opened(context) as office:
        _print_made(office, office.accounts.receipt(number), paper)


def protect(context: typer.Context, who: str, protection: str, *, holds: bool, key: str) -> str:
    """Note that less is asked of a patient."""
    known, once = {each.value: each for each in Protection}, key_of(key)
    if protection not in known:
        raise CannotDo(f"less is asked for one of these reasons: {', '.join(known)}")
    with opened(context) as office:
        fact = office.accounts.protect(patient_of(office, who), known[protection], holds=holds, key=once)
        if isinstance(fact, Refused):
            raise said_no(fact)
    return f"Noted: {protection} {'holds' if holds else 'holds no longer'}."


def _print_made(office: Office, made: Receipt | Refused, paper: Wanted) -> None:
    if isinstance(made, Refused):
        raise said_no(made)
    print_paper(office, made, paper)


def _print_plan(held: Account) -> None:
    if held.plan is None or not held.plan_left:
        return
    console = plain_console()
    table = plain_table("Instalment", "Due")
    table.columns[0].justify = "right"
    for each in held.plan.now.instalments:
        table.add_row(str(each.amount), f"{each.due:%Y-%m-%d}")
    console.print()
    console.print(table)


def _print_receipts(receipts: tuple[Receipt, ...]) -> None:
    if not receipts:
        return
    console, table = plain_console(), plain_table("No.", "Day", "Amount", "By", "")
    table.columns[2].justify = "right"
    for each in receipts:
        said = ["refund"] if each.is_refund else []
        said += [f"void since {each.voided_on}"] if each.voided_on else []
        amount = -each.amount if each.is_refund else each.amount
        table.add_row(str(each.number), f"{each.day}", str(amount), each.means.value, ", ".join(said))
    console.print()
    console.print(table)
