"""``medoffice board``: today's patients, live."""

from typing import Annotated

import typer


def board(
    context: typer.Context,
    day: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help="Another day than today, on the office's calendar.")
    ] = "",
    *,
    once: Annotated[
        bool, typer.Option("--once", help="Show it once and end, instead of keeping it up to date.")
    ] = False,
    ids: Annotated[
        bool,
        typer.Option("--ids", help="Show each appointment's id as well, for `medoffice letter`."),
    ] = False,
) -> None:
    """Show the day's patients and where each one is.

    Keep it open at the front desk: it looks again every few seconds, until Ctrl+C. It shows who is expected, late,
    waiting and for how long, under which number, and what the desk is wanted for. Where the output is not a terminal
    it is a plain table, once.

    Example: `medoffice board`, or `medoffice board --once --ids`

    **What it writes**: nothing. The live board uses the terminal's second screen, so no name stays behind in its
    history.

    **What stays secret**: names are cut to the family name and an initial, but they are still patients'
    names. Turn the screen away from the waiting room.
    """
    from medoffice.cli.watching import show_board  # noqa: PLC0415 -- loads the store and rich

    show_board(context, day=day, is_once=once, has_ids=ids)
