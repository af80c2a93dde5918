"""``medoffice collect``: what to ask a patient for at the desk, and taking it."""

from pathlib import Path
from typing import Annotated

import typer

KEY = Annotated[
    str,
    typer.Option(
        "--key",
        metavar="KEY",
        help="A word of your own for this very command; sent again under it, nothing happens twice.",
    ),
]
BY = Annotated[str, typer.Option("--by", metavar="MEANS", help="cash, check, card or other.")]
NUMBER = Annotated[
    str,
    typer.Option(
        "--number", metavar="N", help="The check's number, or what the terminal shows; never a card's."
    ),
]
PDF = Annotated[
    Path | None, typer.Option("--pdf", metavar="FILE", help="Write the receipt as a PDF, under this name.")
]
LANGUAGE = Annotated[
    str, typer.Option("--language", metavar="TAG", help="en or es; the patient's own language by default.")
]
WITHOUT_NAME = Annotated[bool, typer.Option("--without-name", help="Leave the patient's name off the PDF.")]
FORCE = Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")]


def collect(
    context: typer.Context,
    appointment: Annotated[
        str,
        typer.Argument(
            metavar="APPOINTMENT", help="The appointment's id, as `medoffice board --ids` shows it."
        ),
    ],
    *,
    amount: Annotated[
        str, typer.Option("--amount", metavar="DOLLARS", help="Take this much, for example 30.00.")
    ] = "",
    by: BY = "",
    number: NUMBER = "",
    key: KEY = "",
    pdf: PDF = None,
    language: LANGUAGE = "",
    keep_rest: Annotated[
        bool, typer.Option("--keep-rest", help="Keep what is more than can be owed as a deposit.")
    ] = False,
    emergency: Annotated[
        bool, typer.Option("--emergency", help="The patient is seen first: nothing is asked for now.")
    ] = False,
    without_name: WITHOUT_NAME = False,
    force: FORCE = False,
) -> None:
    """Show what to ask a patient for, in words to read aloud; with --amount, take it and print the receipt.

    Money goes first to what is asked for the visit, then to instalments that are due, then to the balance of earlier
    visits. More than can be owed is refused, unless you say --keep-rest.

    A card counts when its terminal has approved it. With --by card alone the payment is written down as asked for, and
    you are told how to settle it; with --number as well, the terminal has approved it already.

    Example: `medoffice collect apt-6f1c… --amount 30.00 --by check --number 1042`

    **What it writes**: nothing without --amount; with it the payment, on the patient's account, and its receipt.

    **What stays secret**: the page and the receipt on the screen show amounts and no name; the PDF shows the
    patient's name, and only you can open it.
    """
    from medoffice.cli.collecting import show_ask, take_payment  # noqa: PLC0415 -- loads the store and rich
    from medoffice.cli.receipts import Wanted  # noqa: PLC0415 -- loads the fonts

    if not amount:
        show_ask(context, appointment, language=language, is_emergency=emergency)
        return
    paper = Wanted(pdf=pdf, language=language, has_name=not without_name, replace=force)
    take_payment(
        context, appointment, amount=amount, by=by, number=number, key=key, keeps_rest=keep_rest, paper=paper
    )
