"""``medoffice day``: how full the days are, as numbers and as a picture, and how a session is planned best."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Days: how full they are, as numbers and as a picture, and how a session is planned best.",
)


@app.callback()
def day() -> None:
    """How full the days are, as numbers and as a picture, and how a session is planned best."""


@app.command()
def show(
    context: typer.Context,
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="The day; today by default.")] = "",
    picture: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Draw it too: a file that ends in .svg or .png. Needs the extra pictures."
        ),
    ] = None,
    *,
    week: Annotated[
        bool, typer.Option("--week", help="Seven days from that day on, instead of one.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
) -> None:
    """Show how full the clinicians' days are, and how long somebody waits for an appointment.

    Example: `medoffice day show --on 2026-11-30 --picture monday.svg`

    **What it writes**: nothing; with --picture that file. **What stays secret**: the picture names no patient.
    """
    from medoffice.cli.days import Asked, show_days  # noqa: PLC0415 -- loads the store and rich

    show_days(context, Asked(on=on, days=7 if week else 1, picture=picture, replace=force))


@app.command(no_args_is_help=True)
def plan(
    *,
    patients: Annotated[int, typer.Option(min=1, max=60, help="How many patients are booked.")],
    slots: Annotated[int, typer.Option(min=1, max=200, help="How many slots the session has.")],
    slot: Annotated[float, typer.Option(metavar="MINUTES", help="How long a slot is.")],
    mean: Annotated[float, typer.Option(metavar="MINUTES", help="How long a visit takes on average.")],
    no_show: Annotated[
        float,
        typer.Option(metavar="SHARE", min=0, max=1, help="How likely it is that a patient does not come."),
    ] = 0.0,
    wait: Annotated[float, typer.Option(help="What a patient's minute of waiting weighs.")] = 1.0,
    idle: Annotated[float, typer.Option(help="What a clinician's idle minute weighs.")] = 1.0,
    overtime: Annotated[float, typer.Option(help="What a minute of overtime weighs.")] = 1.0,
) -> None:
    """Plan a session: which slots to book how many patients into, so that waiting, idle time and overtime cost least.

    Visits are taken to last as exponential ones do, the most uncertain that a mean allows. The plan comes with its
    proof: no other plan of these slots costs less.

    Example: `medoffice day plan --patients 12 --slots 16 --slot 15 --mean 18 --no-show 0.1`

    **What it writes**: nothing.
    """
    from medoffice.cli.days import print_plan  # noqa: PLC0415 -- loads rich

    print_plan(
        patients=patients,
        slots=slots,
        slot=slot,
        mean=mean,
        no_show=no_show,
        weights=(wait, idle, overtime),
    )
