"""``medoffice prices``: what a service costs by the official files, the office's charges and its contracts."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Prices: of the Medicare fee schedule, and of the services of a visit.",
)


@app.callback()
def prices() -> None:
    """Prices: of the Medicare fee schedule, and of the services of a visit."""


@app.command(no_args_is_help=True)
def show(
    context: typer.Context,
    code: Annotated[
        str, typer.Argument(metavar="CODE[-MOD…]", help="A procedure code, with its modifiers: 20610-50.")
    ],
    *,
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="The day of service.")],
    postal: Annotated[
        str,
        typer.Option(
            "--zip", metavar="ZIP", help="Where it is priced; the office's place of prices.toml if left out."
        ),
    ] = "",
    locality: Annotated[
        str, typer.Option("--locality", metavar="CARRIER-NN", help="The same as a locality: 10112-00.")
    ] = "",
    track: Annotated[
        str, typer.Option("--track", help="From 2026: qpp or non-qpp; as prices.toml says if left out.")
    ] = "",
    facility: Annotated[
        bool | None,
        typer.Option("--facility/--office-setting", help="In a facility, or in the office."),
    ] = None,
) -> None:
    """Show the Medicare price of a code on a day, the steps that lead to it, and the editions it comes from.

    A day for which no edition is loaded is said, and nothing is priced. Load the files with `medoffice data add`.

    Example: `medoffice prices show 99213 --zip 35004 --on 2025-10-15`

    **What it writes**: nothing.
    """
    from medoffice.cli.price import show_price  # noqa: PLC0415 -- loads the store and rich

    show_price(context, code, on=on, postal=postal, locality=locality, track=track, facility=facility)


@app.command(no_args_is_help=True)
def plan(
    context: typer.Context,
    appointment: Annotated[
        str,
        typer.Argument(metavar="APPOINTMENT", help="The appointment's id, as `board --ids` shows it."),
    ],
    services: Annotated[
        list[str],
        typer.Argument(
            metavar="CODE[-MOD…][xUNITS]=SERVICE…",
            help="Each service planned, and the word by which the patient's benefits know it.",
        ),
    ],
) -> None:
    """Plan the services of a visit: what the office charges, what the payer allows, and why.

    Charges and contracts are those of `prices.toml` on the day of the visit. What was planned before is replaced, and
    `medoffice estimate` then goes by these lines. Where no contract or no table tells what is allowed, it is said and
    not guessed. A service without a charge is refused.

    Example: `medoffice prices plan apt-6f1c… 99213-25=office-visit 20610-50=office-procedure`

    **What it writes**: the planned lines of the visit, and a row in the audit trail.
    """
    from medoffice.cli.price import plan_visit  # noqa: PLC0415 -- loads the store and rich

    plan_visit(context, appointment, services)


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
    track: Annotated[
        str, typer.Option("--track", help="From 2026, with two files of relative values: qpp or non-qpp.")
    ] = "",
) -> None:
    """Recompute the prices that CMS publishes, and say how many of them came out to the cent.

    It reads the files of CMS's own release, which a practice downloads there (using CPT needs a licence of the AMA), makes
    every price of the OPPSCAP file anew from relative values, price indices and conversion factor, and prints
    *matched/compared*, the edition of each file, the rows that differ with both prices, and how many could not be
    compared. It ends with an error when a price differs.

    **What it writes**: nothing.
    """
    from medoffice.cli.proving import prove_prices  # noqa: PLC0415 -- loads rich

    prove_prices(folder, on=on, track=track)
