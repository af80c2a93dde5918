"""The command's tree, and the options that hold for every command."""

from pathlib import Path
from typing import Annotated

import typer

from medoffice.cli import (
    abn,
    account,
    board,
    book,
    calendar,
    claims,
    collect,
    coverage,
    data,
    day,
    eligibility,
    estimate,
    exchange,
    find,
    flow,
    good_faith,
    icd,
    letter,
    office,
    prices,
    recall,
    remind,
    remit,
    replan,
    risk,
    version,
    waitlist,
)
from medoffice.cli.failures import SayingWhy
from medoffice.cli.options import Options

app = typer.Typer(
    cls=SayingWhy,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(is_wanted: bool) -> None:  # noqa: FBT001 -- typer hands an option's value on
    """Say the version and end; asked for beside other options, nothing else is done."""
    if is_wanted:
        version.version()
        raise typer.Exit


@app.callback()
def medoffice(
    context: typer.Context,
    folder: Annotated[
        Path,
        typer.Option(
            "--office",
            envvar="MEDOFFICE_OFFICE",
            metavar="FOLDER",
            help="The office to work on: the folder that `office init` made.",
        ),
    ] = Path("office"),
    *,
    _: Annotated[
        bool,
        typer.Option("--version", help="Say which medoffice this is.", callback=_version, is_eager=True),
    ] = False,
    debug: Annotated[
        bool,
        typer.Option("--debug", help="When something fails, show where in the code, without any values."),
    ] = False,
) -> None:
    """The work of a medical office from the command line.

    An office lives in one folder that only you can read: its settings, its key, and an encrypted file with
    everything about patients. Begin by making one, with a day of invented patients to try things on:

    `medoffice office init office --demo`

    Then look at the day with `medoffice board`. Every command explains itself with `--help`.
    """
    context.obj = Options(folder, debug)


app.add_typer(office.app, name="office")
app.command("letter", no_args_is_help=True)(letter.letter)
app.command("board")(board.board)
app.command("eligibility", no_args_is_help=True)(eligibility.eligibility)
app.command("estimate", no_args_is_help=True)(estimate.estimate)
app.command("collect", no_args_is_help=True)(collect.collect)
app.add_typer(account.app, name="account")
app.add_typer(coverage.app, name="coverage")
app.add_typer(prices.app, name="prices")
app.add_typer(good_faith.app, name="good-faith")
app.add_typer(abn.app, name="abn")
app.add_typer(icd.app, name="icd")
app.add_typer(claims.app, name="claims")
app.add_typer(remit.app, name="remit")
app.add_typer(data.app, name="data")
app.command("find", no_args_is_help=True)(find.find)
app.command("book", no_args_is_help=True)(book.book)
app.command("move", no_args_is_help=True)(book.move)
app.command("cancel", no_args_is_help=True)(book.cancel)
app.add_typer(waitlist.app, name="waitlist")
app.add_typer(flow.app, name="flow")
app.add_typer(remind.app, name="remind")
app.add_typer(recall.app, name="recall")
app.add_typer(day.app, name="day")
app.add_typer(calendar.app, name="calendar")
calendar.app.command("import", no_args_is_help=True)(exchange.import_busy)
calendar.app.command("export", no_args_is_help=True)(exchange.export)
calendar.app.command("publish", no_args_is_help=True)(exchange.publish)
app.add_typer(risk.app, name="risk")
app.command("replan", no_args_is_help=True)(replan.replan)
app.command("version")(version.version)
