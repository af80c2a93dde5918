"""``medoffice office``: making an office."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from medoffice.cli.failures import CannotDo

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Make an office.",
)


@app.callback()
def office() -> None:
    """Make an office: its settings, its key, and its encrypted store, in one folder."""


@app.command(no_args_is_help=True)
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Where the office will live; made if it is missing.")
    ],
    name: Annotated[
        str, typer.Option(metavar="NAME", help="The name that patients know; it heads every slip.")
    ] = "",
    zone: Annotated[
        str,
        typer.Option(
            metavar="ZONE",
            help="The IANA time zone that the office's days follow, such as America/Chicago.",
        ),
    ] = "",
    language: Annotated[
        str, typer.Option(metavar="TAG", help="The kiosk's first language: en or es.")
    ] = "en",
    place: Annotated[
        str, typer.Option(metavar="TEXT", help="Street and city, as a slip shows them under the name.")
    ] = "",
    *,
    npi: Annotated[
        str, typer.Option(metavar="NPI", help="The practice's own NPI, under which it asks payers.")
    ] = "",
    ein: Annotated[
        str, typer.Option(metavar="EIN", help="The practice's tax number, such as 12-3456789.")
    ] = "",
    phone: Annotated[str, typer.Option(metavar="NUMBER", help="Where patients reach the practice.")] = "",
    demo: Annotated[
        bool,
        typer.Option(
            "--demo", help="Fill it with invented patients for today; name and zone may then be left out."
        ),
    ] = False,
) -> None:
    """Make a new office in a folder.

    Do this once, before anything else. An office that is there already is never touched.

    Example: `medoffice office init northside --name "Northside Family Medicine" --zone America/Chicago`

    **What it writes**, into a folder that only you can open:

    - `office.toml`: the settings. No secret.
    - `office.key`: the key. **Secret.** Back it up apart from the rest: without it nothing in the store can ever be
      read again, and with it everything can.
    - `office.db`: the store, encrypted whole. Nobody can read it without the key.
    """
    if not demo and not (name and zone):
        raise CannotDo("an office needs --name and --zone; or say --demo for one with invented patients")
    from medoffice.cli.founding import found_office  # noqa: PLC0415 -- loads the store

    numbers = {"npi": npi, "ein": ein, "phone": phone}
    made = found_office(
        folder, name=name, zone=zone, language=language, place=place, numbers=numbers, is_demo=demo
    )
    typer.echo(f"Made {made.settings.name} in {made.path} (time zone {made.settings.zone.key}).")
    typer.echo(
        f"Back up {made.path / 'office.key'} apart from the rest: without it nothing can be read again."
    )
    typer.echo(f"Next: medoffice --office {shlex.quote(str(made.path))} board --ids")
