"""``medoffice icd``: diagnoses by words and by code."""

from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Diagnoses (ICD-10-CM): find a code by words, and see what goes with it.",
)
DAY = Annotated[str, typer.Option("--on", metavar="DAY", help="The day of the visit; today by default.")]
JSON = Annotated[bool, typer.Option("--json", help="As JSON, for another program.")]


@app.callback()
def icd() -> None:
    """Diagnoses (ICD-10-CM), of the edition that the office has loaded, else of the one that comes with medoffice."""


@app.command(no_args_is_help=True)
def find(
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="WORD...", help="Words of the diagnosis, or their beginnings.")
    ],
    *,
    on: DAY = "",
    most: Annotated[int, typer.Option("--most", min=1, max=1000, help="How many codes to show.")] = 20,
    headers: Annotated[bool, typer.Option("--headers", help="Also codes that are not complete.")] = False,
    json: JSON = False,
) -> None:
    """Find codes whose title, or a term under it, has all the words.

    Codes that need a seventh character are shown without it, marked `+7`.

    Example: `medoffice icd find diab kidney`

    **What it writes**: nothing.
    """
    from medoffice.cli.icd_pages import show_found  # noqa: PLC0415 -- loads the table and rich

    show_found(context, " ".join(words), on=on, most=most, with_headers=headers, as_json=json)


@app.command(no_args_is_help=True)
def show(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="With its dot or without.")],
    beside: Annotated[
        list[str] | None,
        typer.Argument(metavar="[OTHER...]", help="Other codes of the visit.", show_default=False),
    ] = None,
    *,
    on: DAY = "",
    json: JSON = False,
) -> None:
    """Show a code: whether it is complete, what it still needs, and its notes; with others, which exclude each other.

    Example: `medoffice icd show E11.9 E10.9`

    **What it writes**: nothing. It ends with 1 when there is no such code, or two exclude each other.
    """
    from medoffice.cli.icd_pages import show_code  # noqa: PLC0415 -- loads the table and rich

    raise typer.Exit(show_code(context, code, tuple(beside or ()), on=on, as_json=json))
