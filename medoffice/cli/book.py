"""``medoffice book``, ``move`` and ``cancel``."""

from typing import Annotated

import typer

from medoffice.cli.find import BY, NEW, ONLINE, SITE, VISIT

AT = Annotated[str, typer.Option("--at", metavar="TIME", help="'YYYY-MM-DD HH:MM' on the office's clock.")]
APPOINTMENT = Annotated[
    str,
    typer.Argument(metavar="APPOINTMENT", help="The appointment's id, as `medoffice board --ids` shows it."),
]


def book(
    context: typer.Context,
    visit: VISIT,
    at: AT,
    patient: Annotated[
        str,
        typer.Option("--for", metavar="ID", help="The patient's id, or that of an appointment of theirs."),
    ],
    by: BY = None,
    site: SITE = "",
    *,
    new_patient: NEW = False,
    telehealth: ONLINE = False,
    overbook: Annotated[
        bool,
        typer.Option("--overbook", help="On time that the clinician has already, if the office allows it."),
    ] = False,
) -> None:
    """Book a visit on all that it needs at once, or say every reason why not.

    What is not named with --with is chosen: one of the clinicians, a free room, a free device.

    Example: `medoffice book follow-up --at '2026-11-30 10:00' --for apt-6f1c…`

    **What it writes**: the appointment, into the office's store.
    """
    from medoffice.cli.deciding import Visit, book_visit  # noqa: PLC0415 -- loads the store

    wanted = Visit(
        code=visit,
        at=at,
        patient=patient,
        resources=tuple(by or ()),
        location=site,
        is_new_patient=new_patient,
        is_telehealth=telehealth,
        overbook=overbook,
    )
    typer.echo(book_visit(context, wanted))


def move(context: typer.Context, appointment: APPOINTMENT, at: AT, by: BY = None) -> None:
    """Give an appointment another time; it stays with its clinician unless --with names another.

    Example: `medoffice move apt-6f1c… --at '2026-12-01 09:30'`

    **What it writes**: the change. The old time goes to the waitlist while anybody is on it.
    """
    from medoffice.cli.deciding import move_visit  # noqa: PLC0415 -- loads the store

    typer.echo(move_visit(context, appointment, at=at, resources=by))


def cancel(
    context: typer.Context,
    appointment: APPOINTMENT,
    reason: Annotated[
        str, typer.Option(metavar="CODE", help="Why, in a code of the office's own, such as no-ride.")
    ] = "",
    *,
    by_office: Annotated[
        bool, typer.Option("--by-office", help="The office called it off, not the patient.")
    ] = False,
) -> None:
    """Give an appointment's time back, and say with how much notice that was.

    Example: `medoffice cancel apt-6f1c… --reason no-ride`

    **What it writes**: the change. The time goes to the waitlist while anybody is on it.
    """
    from medoffice.cli.deciding import cancel_visit  # noqa: PLC0415 -- loads the store

    typer.echo(cancel_visit(context, appointment, reason=reason, by_office=by_office))
