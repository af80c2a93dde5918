"""``medoffice estimate``: what a patient owes for a visit, as a page to read to them."""

from typing import Annotated

import typer


def estimate(
    context: typer.Context,
    appointment: Annotated[
        str,
        typer.Argument(
            metavar="APPOINTMENT", help="The appointment's id, as `medoffice board --ids` shows it."
        ),
    ],
) -> None:
    """Show what is due for a visit, why, and what is not known yet.

    The steps add up to the amount, to the cent. Where the plan did not say something, the least and the most that the
    visit may cost are shown beside it.

    Example: `medoffice estimate apt-6f1c…`

    **What it writes**: nothing. **What stays secret**: it shows amounts and no name.
    """
    from medoffice.cli.estimates import show_estimate  # noqa: PLC0415 -- loads the store and rich

    show_estimate(context, appointment)
