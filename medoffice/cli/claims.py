"""``medoffice claims``: whether claims came in, and where they stand."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Claims: whether they came in, and where they stand.",
)


@app.callback()
def claims() -> None:
    """Claims and what payers say of them (X12 999, 277CA, 277)."""


@app.command(no_args_is_help=True)
def status(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="A 999, 277CA or 277, as it came.", exists=True, dir_okay=False),
    ],
    *,
    json: Annotated[bool, typer.Option("--json", help="As JSON, for another program.")] = False,
) -> None:
    """Show what a payer or clearing house says of the claims that were sent: read or not, taken in or not, and where each stands.

    A claim that was rejected was never taken in: it is mended and sent anew, and there is nothing to appeal.

    Example: `medoffice claims status 20261125.277`

    **What it writes**: nothing. It ends with 1 when something was rejected or could not be read. **What stays secret**: it
    shows the office's own claim numbers and the payer's codes, and no name of a patient.
    """
    from medoffice.cli.claims_pages import show_status  # noqa: PLC0415 -- loads the reader and rich

    raise typer.Exit(show_status(file, as_json=json))
