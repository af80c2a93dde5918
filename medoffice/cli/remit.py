"""``medoffice remit``: what payers paid, and whether it adds up."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Remittances: what a payer paid, claim by claim, and whether it adds up.",
)


@app.callback()
def remit() -> None:
    """Remittances (X12 835)."""


@app.command(no_args_is_help=True)
def show(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.835", help="A payer's remittance, as it came.", exists=True, dir_okay=False
        ),
    ],
    *,
    claims: Annotated[bool, typer.Option("--claims", help="Show each claim, by its number.")] = False,
    json: Annotated[bool, typer.Option("--json", help="As JSON, for another program.")] = False,
) -> None:
    """Show what was paid, by whom and how, why not more, and prove every cent of it.

    Each line, each claim and the payment as a whole are proved; what does not add up is named with its segment.

    Example: `medoffice remit show 20261125.835`

    **What it writes**: nothing. It ends with 1 when something does not add up or could not be read. **What stays secret**:
    it shows amounts and the office's own claim numbers, and no name of a patient.
    """
    from medoffice.cli.remit_pages import show_remittances  # noqa: PLC0415 -- loads the reader and rich

    raise typer.Exit(show_remittances(file, with_claims=claims, as_json=json))
