"""``medoffice find``: the times that can be booked, and why another is not one."""

from typing import Annotated

import typer

VISIT = Annotated[str, typer.Argument(metavar="VISIT", help="The visit type's code, such as follow-up.")]
BY = Annotated[
    list[str] | None,
    typer.Option("--with", metavar="RESOURCE", help="A provider, room or device by its id; may be repeated."),
]
SITE = Annotated[str, typer.Option("--site", metavar="SITE", help="The location, in an office of several.")]
NEW = Annotated[bool, typer.Option("--new-patient", help="The office has not seen the patient yet.")]
ONLINE = Annotated[bool, typer.Option("--telehealth", help="By telehealth instead of in person.")]


def find(
    context: typer.Context,
    visit: VISIT,
    *,
    since: Annotated[
        str, typer.Option("--from", metavar="YYYY-MM-DD", help="The first day; today by default.")
    ] = "",
    days: Annotated[int, typer.Option(min=1, max=366, help="How many days to search.")] = 14,
    by: BY = None,
    site: SITE = "",
    first: Annotated[int, typer.Option(min=1, max=1000, help="How many times to show.")] = 10,
    why: Annotated[
        str,
        typer.Option(
            metavar="TIME",
            help="Say every reason why this time is not offered: 'YYYY-MM-DD HH:MM' on the office's clock.",
        ),
    ] = "",
    new_patient: NEW = False,
    telehealth: ONLINE = False,
) -> None:
    """Show the times at which a visit can be booked, earliest first.

    A time is shown only if everything that the visit needs is free through all of it and its buffers: one of the
    clinicians, a room, a device.

    Example: `medoffice find follow-up --with dr-okafor`, or `medoffice find follow-up --why '2026-11-30 12:15'`

    **What it writes**: nothing.
    """
    from medoffice.cli.finding import Wish, show_free, show_reasons  # noqa: PLC0415 -- loads the store and rich

    wish = Wish(
        visit=visit,
        resources=tuple(by or ()),
        location=site,
        is_new_patient=new_patient,
        is_telehealth=telehealth,
    )
    if why:
        show_reasons(context, wish, at=why)
    else:
        show_free(context, wish, since=since, days=days, first=first)
