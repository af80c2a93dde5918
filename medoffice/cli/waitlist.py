"""``medoffice waitlist``: who waits for an earlier time, who is asked, and what they say."""

from typing import Annotated

import typer

from medoffice.cli.find import NEW, VISIT

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="The waitlist: a time that is given back is offered, in waves, and the first yes has it.",
)
OFFER = Annotated[
    str,
    typer.Argument(metavar="OFFER", help="The offer, as `medoffice waitlist show` writes it: SLOT/ENTRY."),
]
ENTRY = Annotated[
    str, typer.Argument(metavar="ENTRY", help="The entry, as `medoffice waitlist show` writes it.")
]


@app.callback()
def waitlist() -> None:
    """Who waits, who is asked, and what they say. Nothing is sent from here: tell those whom `advance` names."""


@app.command()
def show(context: typer.Context) -> None:
    """Show who waits, which times are offered to whom, and until when they may answer.

    **What it writes**: nothing. **What stays secret**: it shows ids, no names.
    """
    from medoffice.cli.waiting_list import show_list  # noqa: PLC0415 -- loads the store and rich

    show_list(context)


@app.command(no_args_is_help=True)
def join(
    context: typer.Context,
    visit: VISIT,
    *,
    patient: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="ID",
            help="The appointment that an earlier one would replace; or a patient's id, who has none yet.",
        ),
    ],
    channel: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WAY", help="How the patient agreed to be asked: sms, email, phone; may be repeated."
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="PROVIDER", help="Only with these clinicians; may be repeated."),
    ] = None,
    since: Annotated[str, typer.Option("--from", metavar="YYYY-MM-DD", help="The earliest day.")] = "",
    until: Annotated[str, typer.Option("--to", metavar="YYYY-MM-DD", help="The latest day.")] = "",
    times: Annotated[
        str,
        typer.Option(metavar="HOURS", help="When the patient can come, such as 'Mon-Fri 08:00-12:00'."),
    ] = "",
    urgency: Annotated[str, typer.Option(metavar="WORD", help="routine, soon or urgent.")] = "routine",
    new_patient: NEW = False,
) -> None:
    """Put a patient on the list.

    Example: `medoffice waitlist join follow-up --for apt-6f1c… --channel sms --times 'Mon-Fri 08:00-12:00'`

    **What it writes**: the entry, into the office's store.
    """
    from medoffice.cli.waiting_list import Wish, join_list  # noqa: PLC0415 -- loads the store

    wish = Wish(
        visit=visit,
        patient=patient,
        channels=tuple(channel or ()),
        providers=tuple(by or ()),
        since=since,
        until=until,
        times=times,
        urgency=urgency,
        is_new_patient=new_patient,
    )
    typer.echo(join_list(context, wish))


@app.command(no_args_is_help=True)
def leave(context: typer.Context, entry: ENTRY) -> None:
    """Take an entry off the list.

    **What it writes**: that it left.
    """
    from medoffice.cli.waiting_list import leave_list  # noqa: PLC0415 -- loads the store

    typer.echo(leave_list(context, entry))


@app.command()
def advance(context: typer.Context) -> None:
    """Do what is due: name those to ask now, move on from offers that ran out, tell the desk what it has to fill.

    Run it every few minutes, and tell the patients whom it names.

    **What it writes**: the offers.
    """
    from medoffice.cli.waiting_list import advance_list  # noqa: PLC0415 -- loads the store and rich

    advance_list(context)


@app.command(no_args_is_help=True)
def yes(context: typer.Context, offer: OFFER) -> None:
    """A patient takes what was offered: the visit is booked or moved in the same moment.

    **What it writes**: the visit. One yes has the time; a second is told that it is gone.
    """
    from medoffice.cli.waiting_list import say_yes  # noqa: PLC0415 -- loads the store

    typer.echo(say_yes(context, offer))


@app.command(no_args_is_help=True)
def no(context: typer.Context, offer: OFFER) -> None:
    """A patient does not want what was offered; the time moves on, and the patient keeps the place on the list.

    **What it writes**: the answer.
    """
    from medoffice.cli.waiting_list import say_no  # noqa: PLC0415 -- loads the store

    typer.echo(say_no(context, offer))


@app.command(no_args_is_help=True)
def why(context: typer.Context, offer: OFFER) -> None:
    """Say why this patient was asked, part by part.

    **What it writes**: nothing.
    """
    from medoffice.cli.waiting_list import say_why  # noqa: PLC0415 -- loads the store

    typer.echo(say_why(context, offer))
