"""``medoffice remind``: what is to be sent now, what was, and what patients answer."""

from typing import Annotated

import typer

from medoffice.cli.book import APPOINTMENT

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Reminders: who is to be reminded now and how, and what they answer.",
)
BY = Annotated[str, typer.Option("--by", metavar="CHANNEL", help="text, email, voice or letter.")]
WHO = Annotated[
    str, typer.Argument(metavar="WHO", help="The patient's id, or that of one of their appointments.")
]


@app.callback()
def remind() -> None:
    """Who is to be reminded now and how, and what they answer. Nothing is sent from here: say `sent`, then send."""


@app.command()
def due(context: typer.Context) -> None:
    """Show the reminders to send now, and why others whose time has come are not.

    **What it writes**: nothing. **What stays secret**: it shows ids, no names, numbers or addresses.
    """
    from medoffice.cli.reminders import show_due  # noqa: PLC0415 -- loads the store and rich

    show_due(context)


@app.command(no_args_is_help=True)
def sent(context: typer.Context, appointment: APPOINTMENT) -> None:
    """Note that the reminder of a visit is sent; then send it. Said twice, the second time is refused.

    Example: `medoffice remind sent apt-6f1c…`

    **What it writes**: that it was handed over, and by which channel.
    """
    from medoffice.cli.reminders import note_sent  # noqa: PLC0415 -- loads the store

    typer.echo(note_sent(context, appointment))


@app.command(no_args_is_help=True)
def failed(context: typer.Context, appointment: APPOINTMENT) -> None:
    """The last reminder of a visit came back: no such number, mailbox full. The next channel is tried.

    **What it writes**: that it came back.
    """
    from medoffice.cli.reminders import note_failed  # noqa: PLC0415 -- loads the store

    typer.echo(note_failed(context, appointment))


@app.command(no_args_is_help=True)
def reply(
    context: typer.Context,
    text: Annotated[
        str,
        typer.Argument(
            metavar="[TEXT]",
            help="What the patient wrote. Left out, or -, it is read from the standard input, "
            "so that it stays out of the shell's history.",
        ),
    ] = "-",
    *,
    patients: Annotated[
        list[str],
        typer.Option(
            "--from",
            metavar="WHO",
            help="The patient's id, or an appointment's; repeat it for all who share the number.",
        ),
    ],
    by: BY = "text",
) -> None:
    """Take in a reply: yes confirms the visit, no calls it off, another time and all that is unclear go to the desk.

    STOP ends the messages.

    Example: `echo YES | medoffice remind reply --from apt-6f1c…`

    **What it writes**: the reply, and what comes of it.
    """
    from medoffice.cli.reminders import take_reply  # noqa: PLC0415 -- loads the store

    words = typer.get_text_stream("stdin").read() if text == "-" else text
    typer.echo(take_reply(context, words, patients, by))


@app.command(no_args_is_help=True)
def consent(
    context: typer.Context,
    who: WHO,
    by: BY,
    *,
    end: Annotated[
        bool, typer.Option("--end", help="The patient wants nothing on this channel any more.")
    ] = False,
) -> None:
    """Note that a patient agrees to be reached by a channel, or does not any more.

    **What it writes**: the consent, or its end.
    """
    from medoffice.cli.reminders import note_consent  # noqa: PLC0415 -- loads the store

    typer.echo(note_consent(context, who, by, is_end=end))
