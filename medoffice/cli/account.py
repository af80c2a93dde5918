"""``medoffice account``: what a patient owes, has paid and has on deposit."""

from typing import Annotated

import typer

from medoffice.cli.collect import BY, FORCE, KEY, LANGUAGE, NUMBER, PDF, WITHOUT_NAME

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="A patient's account at the desk: balance, deposits, payment plan, receipts.",
)
WHO = Annotated[
    str, typer.Argument(metavar="WHO", help="The patient's id, or that of one of their appointments.")
]
DOLLARS = Annotated[str, typer.Argument(metavar="DOLLARS", help="An amount, for example 40.00.")]
RECEIPT = Annotated[
    int,
    typer.Argument(metavar="NUMBER", help="The number of a receipt or a refund, as it stands on the paper."),
]


@app.callback()
def account() -> None:
    """What a patient owes from earlier visits, has paid and has on deposit, until the practice's ledger says it."""


@app.command(no_args_is_help=True)
def show(context: typer.Context, who: WHO) -> None:
    """Show a patient's account: balance, plan, deposits, receipts, and payments that have no end.

    **What it writes**: nothing. **What stays secret**: it shows amounts and ids, no name.
    """
    from medoffice.cli.accounts import show_account  # noqa: PLC0415 -- loads the store and rich

    show_account(context, who)


@app.command(no_args_is_help=True)
def balance(
    context: typer.Context,
    who: WHO,
    dollars: DOLLARS,
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of", metavar="YYYY-MM-DD", help="The day at whose beginning it was owed; today by default."
        ),
    ] = "",
    key: KEY = "",
) -> None:
    """State what billing says that is owed from earlier visits; it replaces what was stated before.

    What was taken on that day or later comes off it by itself.

    **What it writes**: the statement.
    """
    from medoffice.cli.accounts import state_balance  # noqa: PLC0415 -- loads the store

    typer.echo(state_balance(context, who, dollars, as_of=as_of, key=key))


@app.command(no_args_is_help=True)
def pay(
    context: typer.Context,
    who: WHO,
    dollars: DOLLARS,
    *,
    by: BY,
    number: NUMBER = "",
    key: KEY = "",
    pdf: PDF = None,
    language: LANGUAGE = "",
    keep_rest: Annotated[
        bool, typer.Option("--keep-rest", help="Keep what is more than can be owed as a deposit.")
    ] = False,
    without_name: WITHOUT_NAME = False,
    force: FORCE = False,
) -> None:
    """Take money that is for no visit: a check that came by mail, an instalment, the balance of earlier visits.

    **What it writes**: the payment and its receipt.
    """
    from medoffice.cli.accounts import pay_on_account  # noqa: PLC0415 -- loads the store
    from medoffice.cli.receipts import Wanted  # noqa: PLC0415 -- loads the fonts

    paper = Wanted(pdf=pdf, language=language, has_name=not without_name, replace=force)
    pay_on_account(context, who, dollars, by=by, number=number, key=key, keeps_rest=keep_rest, paper=paper)


@app.command(no_args_is_help=True)
def deposit(
    context: typer.Context,
    who: WHO,
    dollars: DOLLARS,
    *,
    by: BY,
    number: NUMBER = "",
    held_for: Annotated[
        str,
        typer.Option(
            "--for", metavar="APPOINTMENT", help="Hold it for this visit; no other may use it then."
        ),
    ] = "",
    key: KEY = "",
    pdf: PDF = None,
    language: LANGUAGE = "",
    without_name: WITHOUT_NAME = False,
    force: FORCE = False,
) -> None:
    """Take money ahead and keep all of it as a deposit; it pays for a visit when the patient is checked in.

    **What it writes**: the payment and its receipt.
    """
    from medoffice.cli.accounts import take_deposit  # noqa: PLC0415 -- loads the store
    from medoffice.cli.receipts import Wanted  # noqa: PLC0415 -- loads the fonts

    paper = Wanted(pdf=pdf, language=language, has_name=not without_name, replace=force)
    take_deposit(context, who, dollars, by=by, number=number, held_for=held_for, key=key, paper=paper)


@app.command(no_args_is_help=True)
def release(
    context: typer.Context,
    appointment: Annotated[str, typer.Argument(metavar="APPOINTMENT", help="The visit's id.")],
    amount: Annotated[
        str, typer.Option("--amount", metavar="DOLLARS", help="A part of it; all by default.")
    ] = "",
    key: KEY = "",
) -> None:
    """Turn what was paid for a visit into a deposit: the visit cost less, or will not be.

    From there it pays for another visit, or goes back with `medoffice account refund`.

    **What it writes**: the release.
    """
    from medoffice.cli.accounts import release_visit  # noqa: PLC0415 -- loads the store

    typer.echo(release_visit(context, appointment, amount=amount, key=key))


@app.command(no_args_is_help=True)
def refund(
    context: typer.Context,
    who: WHO,
    dollars: DOLLARS,
    by: BY,
    *,
    number: NUMBER = "",
    key: KEY = "",
    pdf: PDF = None,
    language: LANGUAGE = "",
    without_name: WITHOUT_NAME = False,
    force: FORCE = False,
) -> None:
    """Give back what is held as a deposit, and print the paper of it.

    **What it writes**: the refund and its paper; hand the money over yourself.
    """
    from medoffice.cli.accounts import refund_deposit  # noqa: PLC0415 -- loads the store
    from medoffice.cli.receipts import Wanted  # noqa: PLC0415 -- loads the fonts

    paper = Wanted(pdf=pdf, language=language, has_name=not without_name, replace=force)
    refund_deposit(context, who, dollars, by=by, number=number, key=key, paper=paper)


@app.command(no_args_is_help=True)
def plan(
    context: typer.Context,
    who: WHO,
    instalments: Annotated[int, typer.Option("--instalments", metavar="COUNT", help="How many, at most.")],
    day: Annotated[
        int, typer.Option("--day", metavar="DAY", help="The day of the month, 1 to 31; today's by default.")
    ] = 0,
    amount: Annotated[
        str, typer.Option("--amount", metavar="DOLLARS", help="A part of the balance; all by default.")
    ] = "",
    key: KEY = "",
) -> None:
    """Agree on monthly instalments for the balance of earlier visits; there is no interest and no fee.

    **What it writes**: the plan. It prints each instalment.
    """
    from medoffice.cli.accounts import agree_plan  # noqa: PLC0415 -- loads the store and rich

    agree_plan(context, who, instalments=instalments, day=day, amount=amount, key=key)


@app.command("end-plan", no_args_is_help=True)
def end_plan(
    context: typer.Context,
    who: WHO,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")] = "",
    key: KEY = "",
) -> None:
    """End the payment plan; what is left of it is balance again.

    **What it writes**: that it ended.
    """
    from medoffice.cli.accounts import end_plan as end  # noqa: PLC0415 -- loads the store

    typer.echo(end(context, who, reason=reason, key=key))


@app.command(no_args_is_help=True)
def settle(
    context: typer.Context,
    payment: Annotated[str, typer.Argument(metavar="PAYMENT", help="The payment's id.")],
    *,
    ended: Annotated[str, typer.Option("--as", metavar="END", help="approved, declined or unknown.")],
    number: NUMBER = "",
    key: KEY = "",
    pdf: PDF = None,
    language: LANGUAGE = "",
    without_name: WITHOUT_NAME = False,
    force: FORCE = False,
) -> None:
    """Note how a card payment ended, after you have looked at the terminal.

    **What it writes**: the end; one that was approved gets its receipt.
    """
    from medoffice.cli.accounts import settle_payment  # noqa: PLC0415 -- loads the store
    from medoffice.cli.receipts import Wanted  # noqa: PLC0415 -- loads the fonts

    paper = Wanted(pdf=pdf, language=language, has_name=not without_name, replace=force)
    settle_payment(context, payment, ended=ended, number=number, key=key, paper=paper)


@app.command(no_args_is_help=True)
def void(
    context: typer.Context,
    number: RECEIPT,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="What went wrong.")],
    key: KEY = "",
) -> None:
    """Void a payment that was a mistake, or a check that came back, or a refund: it counts as not made.

    The receipt stays and says that it is void. Money that was taken is given back by hand, a card's at the terminal.

    **What it writes**: the void.
    """
    from medoffice.cli.accounts import void_receipt  # noqa: PLC0415 -- loads the store

    typer.echo(void_receipt(context, number, reason=reason, key=key))


@app.command(no_args_is_help=True)
def receipt(
    context: typer.Context,
    number: RECEIPT,
    pdf: PDF = None,
    language: LANGUAGE = "",
    *,
    without_name: WITHOUT_NAME = False,
    force: FORCE = False,
) -> None:
    """Print a receipt again, as it was, with its mark when it is void.

    **What it writes**: nothing, or the PDF, which only you can open and which names the patient.
    """
    from medoffice.cli.accounts import print_receipt  # noqa: PLC0415 -- loads the store
    from medoffice.cli.receipts import Wanted  # noqa: PLC0415 -- loads the fonts

    paper = Wanted(pdf=pdf, language=language, has_name=not without_name, replace=force)
    print_receipt(context, number, paper=paper)


@app.command(no_args_is_help=True)
def protect(
    context: typer.Context,
    who: WHO,
    protection: Annotated[str, typer.Argument(metavar="WHAT", help="qmb or medicaid.")],
    key: KEY = "",
    *,
    off: Annotated[bool, typer.Option("--off", help="It holds no longer.")] = False,
) -> None:
    """Note that less is asked of a patient: a Qualified Medicare Beneficiary, or one covered by Medicaid.

    **What it writes**: the note.
    """
    from medoffice.cli.accounts import protect as note  # noqa: PLC0415 -- loads the store

    typer.echo(note(context, who, protection, holds=not off, key=key))
