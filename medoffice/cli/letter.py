"""``medoffice letter``: the appointment slip."""

from pathlib import Path
from typing import Annotated

import typer


def letter(
    context: typer.Context,
    appointment: Annotated[
        str,
        typer.Argument(
            metavar="APPOINTMENT", help="The appointment's id, as `medoffice board --ids` shows it."
        ),
    ],
    pdf: Annotated[
        Path | None, typer.Option("--pdf", metavar="FILE", help="Write the PDF, under this name.")
    ] = None,
    png: Annotated[
        Path | None, typer.Option("--png", metavar="FILE", help="Write the picture, under this name.")
    ] = None,
    to: Annotated[
        Path, typer.Option("--to", metavar="FOLDER", help="Where to write when no name is given.")
    ] = Path(),
    language: Annotated[
        str, typer.Option(metavar="TAG", help="en or es; the patient's own language by default.")
    ] = "",
    *,
    without_name: Annotated[
        bool, typer.Option("--without-name", help="Leave the patient's name off the slip.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there already.")] = False,
) -> None:
    """Make a patient's appointment slip, with the code that checks them in at the kiosk.

    Print the PDF and hand it over, or send the picture for the patient's phone. Every call makes a new code; each is
    good until the end of the visit's day, and once one was used the patient is checked in.

    Example: `medoffice letter apt-6f1c…`

    **What it writes**: by default both files, named after the appointment, which only you can open.
    With --pdf or --png, only what you name.

    **What stays secret**: the slip shows the patient's name and time, so treat it as you treat a chart.
    File names and the files' metadata name nobody. The code itself says nothing about the patient, but it is half of
    what checks them in (the other half is the birth date): give it to nobody else.
    """
    from medoffice.cli.slips import Wanted, write_slip  # noqa: PLC0415 -- loads the store and the fonts

    wanted = Wanted(
        appointment=appointment,
        pdf=pdf,
        png=png,
        folder=to,
        language=language,
        has_name=not without_name,
        replace=force,
    )
    for path in write_slip(context, wanted):
        typer.echo(f"Wrote {path}")
