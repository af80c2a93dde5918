"""What to ask for as a page to read aloud, and taking it. Loads the store and rich."""

from collections.abc import Iterable
from typing import Final

import typer
from rich.console import Console
from rich.text import Text

from medoffice.adapters.spoken import spoken_for
from medoffice.billing import UNKNOWNS
from medoffice.billing.account import Means
from medoffice.checkin.records import Payment, PaymentState
from medoffice.cli.amounts import key_of, means_of, payment_of
from medoffice.cli.opening import opened
from medoffice.cli.plain import plain_console
from medoffice.cli.receipts import Wanted, language_of, print_paper
from medoffice.cli.subjects import appointment_of, reason, said_no
from medoffice.core.outcomes import Refused
from medoffice.core.people import Language
from medoffice.workflows.collection import Ask

_ENGLISH: Final = Language("en")


def show_ask(context: typer.Context, appointment: str, *, language: str, is_emergency: bool) -> None:
    """Print what to ask for.

    Raises:
        CannotDo: when there is no such appointment.
        MedofficeError: when the office cannot be opened or read.
    """
    spoken = language_of(language)
    with opened(context) as office:
        visit = appointment_of(office, appointment)
        ask = office.accounts.what_to_ask(visit, is_emergency=is_emergency, language=spoken)
        theirs = office.store.read(lambda tx: tx.patient(tx.appointment(visit).patient).language)
    _print(ask, visit.value, spoken or spoken_for(theirs))


def take_payment(
    context: typer.Context,
    appointment: str,
    *,
    amount: str,
    by: str,
    number: str,
    key: str,
    keeps_rest: bool,
    paper: Wanted,
) -> None:
    """Take money for a visit and print its receipt; a card without its number is written down as asked for.

    Raises:
        CannotDo: when it is refused, or something that was typed cannot be.
        MedofficeError: when the office cannot be opened or written.
    """
    dollars, means, once = payment_of(amount), means_of(by), key_of(key)
    paper.check()
    with opened(context) as office:
        visit = appointment_of(office, appointment)
        if means is Means.CARD and not number:
            asked = office.accounts.ask_card(visit, dollars, for_deposit=keeps_rest, key=once)
            if isinstance(asked, Refused):
                raise said_no(asked)
            _print_asked(asked)
            return
        made = office.accounts.take(
            visit, dollars, means=means, reference=number, for_deposit=keeps_rest, key=once
        )
        if isinstance(made, Refused):
            raise said_no(made)
        print_paper(office, made, paper)


def how_to_settle(payment: str) -> tuple[str, ...]:
    """The commands that note how a payment ended."""
    return (
        f"medoffice account settle {payment} --as approved --number NUMBER",
        f"medoffice account settle {payment} --as declined",
    )


def _print_asked(asked: Payment) -> None:
    if asked.state in {PaymentState.APPROVED, PaymentState.DECLINED}:
        said = (
            f"That payment of {asked.amount} was asked for before, and is {asked.state.value}. Charge nothing"
        )
        again = "; to try again, give another --key" if asked.state is PaymentState.DECLINED else ""
        typer.echo(f"{said}{again}.")
        return
    if asked.state is PaymentState.ASKED:
        typer.echo(f"Written down. Now charge {asked.amount} at the terminal, and then say how it ended:")
    else:
        typer.echo(
            f"Nobody knows how that payment of {asked.amount} ended. Look at the terminal, then say it:"
        )
    for line in how_to_settle(asked.id.value):
        typer.echo(f"  {line}")


def _print(ask: Ask, visit: str, spoken: Language) -> None:
    console = plain_console()
    for finding in ask.findings:
        said = reason(finding)
        console.print(Text(f"{said[:1].upper()}{said[1:]}", style="bold"))
    for each in ask.unsettled:
        console.print(Text(f"  {each.amount} by {each.means.value}, payment {each.payment}:"))
        _lines(console, how_to_settle(each.payment.value), "    ")
    if ask.findings:
        console.print()
    hint = "" if spoken == _ENGLISH else f", in {spoken} (--language en has it in English)"
    console.print(Text(f"Say{hint}:", style="bold"))
    _lines(console, ask.words, "  ")
    if ask.choices:
        console.print()
        console.print(Text("The patient may:", style="bold"))
    for choice in ask.choices:
        console.print(Text(f"  {choice.words}"))
        if choice.pay_now:
            dollars = str(choice.pay_now).lstrip("$").replace(",", "")
            console.print(
                Text(f"    medoffice collect {visit} --amount {dollars} --by cash|check|card", style="dim")
            )
        if choice.plan is not None:
            many = len(choice.plan.instalments)
            console.print(Text(f"    medoffice account plan {visit} --instalments {many}", style="dim"))
    if ask.lower != ask.upper:
        console.print()
        console.print(Text(f"It may turn out to be from {ask.lower} to {ask.upper}."))
    if ask.unknowns:
        console.print()
        console.print(Text("What we do not know yet:"))
        _lines(console, (UNKNOWNS[code] for code in ask.unknowns), "  ")


def _lines(console: Console, lines: Iterable[str], before: str) -> None:
    for line in lines:
        console.print(Text(f"{before}{line}"))
