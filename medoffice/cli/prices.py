"""``medoffice prices``: fee schedules out of the official files that a practice holds."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Fee schedules: are the official files read as CMS means them?",
)


@app.callback()
def prices() -> None:
    """Fee schedules: are the official files read as CMS means them?"""


@app.command()
def prove(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER",
            help="Where PPRRVU*.csv, GPCI*.csv and OPPSCAP*.csv lie.",
            exists=True,
            file_okay=False,
        ),
    ],
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="A day that the files are for.")],
) -> None:
    """Recompute the prices that CMS publishes, and say how many of them came out to the cent.

    It reads the files of CMS's own release, which a practice downloads there (using CPT needs a licence of the AMA), makes
    every price of the OPPSCAP file anew from relative values, price indices and conversion factor, and prints
    *matched/compared*, the edition of each file, and how many rows could not be compared. It ends with an error when a
    price differs.

    **What it writes**: nothing.
    """
    from medoffice.cli.proving import prove_prices  # noqa: PLC0415 -- loads rich

    prove_prices(folder, on=on)
