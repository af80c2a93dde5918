"""``medoffice recall``: who is due for a visit, and what was tried."""

from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Recalls: who is due for a visit by the office's rules, and what has been tried.",
)
WHO = Annotated[
    str, typer.Argument(metavar="WHO", help="The patient's id, or that of one of their appointments.")
]
RULE = Annotated[
    str, typer.Argument(metavar="RULE", help="The rule's code, as `medoffice recall due` writes it.")
]


@app.callback()
def recall() -> None:
    """Who is due for a visit, and what has been tried. The rules stand in the office's `schedule.toml`."""


@app.command()
def due(context: typer.Context) -> None:
    """Show whom to ask to come today, longest overdue first, and what a person has to look at.

    A booked visit takes a patient off by itself; one that is called off or missed brings them back.

    **What it writes**: nothing. **What stays secret**: it shows ids, no names.
    """
    from medoffice.cli.recalls import show_due  # noqa: PLC0415 -- loads the store and rich

    show_due(context)


@app.command(no_args_is_help=True)
def tried(
    context: typer.Context,
    who: WHO,
    rule: RULE,
    *,
    by: Annotated[str, typer.Option("--by", metavar="CHANNEL", help="text, email, voice or letter.")],
    outcome: Annotated[
        str,
        typer.Option(metavar="HOW", help="sent, no-answer, message-left, reached or failed."),
    ] = "sent",
    anyway: Annotated[
        bool, typer.Option("--anyway", help="You decided to ask sooner or more often than the rule wants.")
    ] = False,
) -> None:
    """Note that a patient is asked to come; refused when nobody is to ask them now.

    Example: `medoffice recall tried pat-6f1c… diabetes-check --by voice --outcome message-left`

    **What it writes**: the try.
    """
    from medoffice.cli.recalls import note_tried  # noqa: PLC0415 -- loads the store

    typer.echo(note_tried(context, who, rule, by=by, outcome=outcome, is_decided=anyway))


@app.command(no_args_is_help=True)
def declined(context: typer.Context, who: WHO, rule: RULE) -> None:
    """The patient does not want this visit; a later one that it counts from opens the recall again.

    **What it writes**: that they declined.
    """
    from medoffice.cli.recalls import note_declined  # noqa: PLC0415 -- loads the store

    typer.echo(note_declined(context, who, rule))


@app.command(no_args_is_help=True)
def order(
    context: typer.Context,
    who: WHO,
    rule: RULE,
    *,
    by: Annotated[
        str, typer.Option("--due", metavar="YYYY-MM-DD", help="By when the patient is wanted back.")
    ],
) -> None:
    """A clinician wants a patient back by a day, whatever the rule would say.

    **What it writes**: the order.
    """
    from medoffice.cli.recalls import note_order  # noqa: PLC0415 -- loads the store

    typer.echo(note_order(context, who, rule, by))
