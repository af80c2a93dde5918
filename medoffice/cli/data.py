"""``medoffice data``: the official tables that a practice holds, loaded, listed, taken away."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Official tables: load the files that the practice holds, list them, take them away.",
)


@app.callback()
def data() -> None:
    """Official tables: load the files that the practice holds, list them, take them away."""


@app.command(no_args_is_help=True)
def add(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="The official files, as they were downloaded and unpacked."),
    ],
    *,
    since: Annotated[str, typer.Option("--from", metavar="YYYY-MM-DD", help="First day of the edition.")],
    until: Annotated[str, typer.Option("--until", metavar="YYYY-MM-DD", help="Last day of the edition.")],
    kind: Annotated[
        str, typer.Option("--kind", help="What the files are, where their names do not tell it.")
    ] = "",
    part: Annotated[
        str,
        typer.Option("--part", help="Which part of the kind; of rvu from 2026 on: qpp or non-qpp."),
    ] = "",
) -> None:
    """Load official files for the days of their edition.

    What a file is, is told by its name and its first lines. Each is read whole before it is kept, and one that cannot
    be read is not loaded: the message names its row. A file that is there already stays as it is. Two tables of a kind
    for one day are refused.

    Example: `medoffice data add PPRRVU2025_Oct.csv GPCI2025.csv ZIP5_OCT2025.txt --from 2025-10-01 --until 2025-12-31`

    **What it writes**: the files into the office's folder, under `tables`, with their edition and SHA-256; a row in the
    audit trail. The files of CMS hold CPT codes, whose use needs a licence of the AMA.
    """
    from medoffice.cli.loading import add_files  # noqa: PLC0415 -- loads the store and rich

    add_files(context, files, since=since, until=until, kind=kind, part=part)


@app.command("list")
def list_tables(context: typer.Context) -> None:
    """Show which tables are loaded, for which days, with rows and SHA-256, and whether their files are whole.

    **What it writes**: nothing.
    """
    from medoffice.cli.loading import show_tables  # noqa: PLC0415 -- loads the store and rich

    show_tables(context)


@app.command(no_args_is_help=True)
def remove(
    context: typer.Context,
    sha256: Annotated[
        str,
        typer.Argument(metavar="SHA256", help="The table's SHA-256, or how it begins: six digits or more."),
    ],
) -> None:
    """Take a table away, so that another edition can be loaded for its days.

    **What it writes**: the file is gone from the office's folder; a row in the audit trail.
    """
    from medoffice.cli.loading import remove_table  # noqa: PLC0415 -- loads the store and rich

    remove_table(context, sha256)
