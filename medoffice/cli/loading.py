"""Loading, listing and taking away official tables. Loads the store and rich."""

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from medoffice.cli.failures import CannotDo
from medoffice.cli.opening import opened
from medoffice.cli.plain import plain_console, plain_table
from medoffice.core import DateRange, InvalidValue, UnknownName, parse_day
from medoffice.office.office import Office
from medoffice.office.prices.data import Added
from medoffice.ports.tables import LoadedTable, TableError

_SHORT = 12


def add_files(
    context: typer.Context, files: Sequence[Path], *, since: str, until: str, kind: str, part: str
) -> None:
    """Load each file; those before one that cannot be loaded stay loaded, and are named.

    Raises:
        CannotDo: when a file cannot be loaded, with what was.
        MedofficeError: when the office cannot be opened.
    """
    try:
        days = DateRange(parse_day(since), parse_day(until))
    except InvalidValue as cause:
        raise CannotDo(f"--from and --until: {cause.reason}") from None
    console = plain_console()
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with opened(context) as office, bar:
        task = bar.add_task("reading", total=len(files))
        for path in files:
            bar.update(task, description=path.name)
            added = _add(office, path, days, kind, part)
            bar.advance(task)
            console.print(Text(_said(added)))


def show_tables(context: typer.Context) -> None:
    """Print what is loaded.

    Raises:
        MedofficeError: when the office cannot be opened.
    """
    with opened(context) as office:
        tables, damaged = office.data.all(), frozenset(office.data.damaged())
    console = plain_console()
    if not tables:
        console.print(Text("No table is loaded. Load official files with: medoffice data add"))
        return
    shown = plain_table("Kind", "Part", "File", "First day", "Last day", "Rows", "SHA-256", "")
    for each in tables:
        edition = each.edition
        shown.add_row(
            each.kind,
            each.part,
            Text(edition.name),
            edition.days.start.isoformat(),
            edition.days.end.isoformat() if edition.days.end else "open",
            f"{edition.rows:,}",
            edition.sha256[:_SHORT],
            "CHANGED OR LOST: load it again" if each in damaged else "",
        )
    console.print(shown)
    if damaged:
        raise typer.Exit(1)


def remove_table(context: typer.Context, sha256: str) -> None:
    """Take a table away and say which.

    Raises:
        TableError: when none has that SHA-256.
    """
    with opened(context) as office:
        table = office.data.remove(sha256)
    plain_console().print(Text(f"Taken away: {_of(table)}"))


def _add(office: Office, path: Path, days: DateRange, kind: str, part: str) -> Added:
    try:
        return office.data.add(path.name, path.read_bytes(), days=days, kind=kind, part=part)
    except (InvalidValue, TableError, UnknownName) as cause:
        raise CannotDo(f"{path.name} is not loaded: {cause}") from None


def _said(added: Added) -> str:
    return f"{'Loaded' if added.is_new else 'Already loaded'}: {_of(added.table)}"


def _of(table: LoadedTable) -> str:
    edition, part = table.edition, f" {table.part}" if table.part else ""
    until = edition.days.end.isoformat() if edition.days.end else "further notice"
    return (
        f"{table.kind}{part}, {edition.name}, {edition.rows:,} rows, {edition.days.start.isoformat()} to {until}, "
        f"SHA-256 {edition.sha256[:_SHORT]}…"
    )
