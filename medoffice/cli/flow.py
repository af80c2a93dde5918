"""``medoffice flow``: where today's patients are, and each step on their way."""

from typing import Annotated

import typer

from medoffice.cli.book import APPOINTMENT

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="The day of a visit: who is where, who is next, and each step from the door to the door.",
)
PROVIDER = Annotated[str, typer.Argument(metavar="PROVIDER", help="The clinician's id, such as dr-okafor.")]
AT = Annotated[
    str,
    typer.Option("--at", metavar="'YYYY-MM-DD HH:MM'", help="When it happened, if that was not just now."),
]


@app.callback()
def flow() -> None:
    """Who is where, who is next, and each step from the door to the door. The visit's status follows by itself."""


@app.command()
def show(
    context: typer.Context,
    day: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="Another day than today.")] = "",
) -> None:
    """Show where the day's patients are, since when, and who is called next.

    **What it writes**: nothing. **What stays secret**: it shows ids, no names.
    """
    from medoffice.cli.stages import show_flow  # noqa: PLC0415 -- loads the store and rich

    show_flow(context, day)


@app.command("next")
def next_patient(
    context: typer.Context,
    provider: Annotated[
        str, typer.Option("--with", metavar="PROVIDER", help="For this clinician; or for whoever is free.")
    ] = "",
) -> None:
    """Say whom to call next, and why.

    **What it writes**: nothing.
    """
    from medoffice.cli.stages import say_next  # noqa: PLC0415 -- loads the store

    typer.echo(say_next(context, provider))


@app.command()
def wait(
    context: typer.Context,
    appointment: Annotated[
        str,
        typer.Argument(metavar="[APPOINTMENT]", help="A patient who waits; or somebody who would come now."),
    ] = "",
) -> None:
    """Say how long it may be until a clinician comes: a range, from the office's own past days.

    **What it writes**: nothing. An office in its first weeks has too few past days, and says so.
    """
    from medoffice.cli.stages import say_wait  # noqa: PLC0415 -- loads the store

    typer.echo(say_wait(context, appointment))


@app.command(no_args_is_help=True)
def arrive(context: typer.Context, appointment: APPOINTMENT, at: AT = "") -> None:
    """The patient is here.

    **What it writes**: the step, and the visit's status. So does each of the commands below.
    """
    from medoffice.cli.steps import arrived  # noqa: PLC0415 -- loads the store

    typer.echo(arrived(context, appointment, at))


@app.command("check-in", no_args_is_help=True)
def check_in(context: typer.Context, appointment: APPOINTMENT) -> None:
    """All that the desk needs is done; the patient gets a number."""
    from medoffice.cli.steps import checked_in  # noqa: PLC0415 -- loads the store

    typer.echo(checked_in(context, appointment))


@app.command(no_args_is_help=True)
def triage(
    context: typer.Context,
    appointment: APPOINTMENT,
    level: Annotated[int, typer.Argument(metavar="LEVEL", help="On the office's scale; 1 is most urgent.")],
) -> None:
    """Say how urgent a visit is; that is for somebody who may judge it."""
    from medoffice.cli.steps import triaged  # noqa: PLC0415 -- loads the store

    typer.echo(triaged(context, appointment, level))


@app.command(no_args_is_help=True)
def room(
    context: typer.Context,
    appointment: APPOINTMENT,
    place: Annotated[str, typer.Argument(metavar="ROOM", help="The room's id, such as exam-1.")],
    at: AT = "",
) -> None:
    """The patient was brought into a room.

    Example: `medoffice flow room apt-6f1c… exam-1`
    """
    from medoffice.cli.steps import roomed  # noqa: PLC0415 -- loads the store

    typer.echo(roomed(context, appointment, place, at))


@app.command("with-provider", no_args_is_help=True)
def with_provider(context: typer.Context, appointment: APPOINTMENT, provider: PROVIDER, at: AT = "") -> None:
    """A clinician began with the patient.

    Example: `medoffice flow with-provider apt-6f1c… dr-okafor`
    """
    from medoffice.cli.steps import seen_by  # noqa: PLC0415 -- loads the store

    typer.echo(seen_by(context, appointment, provider, at))


@app.command("provider-left", no_args_is_help=True)
def provider_left(context: typer.Context, appointment: APPOINTMENT, provider: PROVIDER, at: AT = "") -> None:
    """A clinician who was with the patient went away."""
    from medoffice.cli.steps import left_by  # noqa: PLC0415 -- loads the store

    typer.echo(left_by(context, appointment, provider, at))


@app.command("check-out", no_args_is_help=True)
def check_out(
    context: typer.Context,
    appointment: APPOINTMENT,
    weeks: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", help="In how many weeks to come back; 0 for not at all."),
    ] = None,
    at: AT = "",
) -> None:
    """The patient is at check-out: what is still to be done is listed."""
    from medoffice.cli.steps import check_out_begun  # noqa: PLC0415 -- loads the store

    typer.echo(check_out_begun(context, appointment, weeks, at))


@app.command(no_args_is_help=True)
def settle(
    context: typer.Context,
    appointment: APPOINTMENT,
    task: Annotated[str, typer.Argument(metavar="TASK", help="The task, as check-out lists it.")],
    declined: Annotated[
        str, typer.Option(metavar="REASON", help="The patient does not want it, and why.")
    ] = "",
    deferred: Annotated[
        str, typer.Option(metavar="REASON", help="It will be done after the visit, and why.")
    ] = "",
) -> None:
    """A check-out task is done; or declined, or deferred.

    Example: `medoffice flow settle apt-6f1c… follow-up --declined 'will call'`
    """
    from medoffice.cli.steps import task_settled  # noqa: PLC0415 -- loads the store

    typer.echo(task_settled(context, appointment, task, declined=declined, deferred=deferred))


@app.command(no_args_is_help=True)
def out(context: typer.Context, appointment: APPOINTMENT, at: AT = "") -> None:
    """The visit took place and the patient went home. Refused while something that must be done is open."""
    from medoffice.cli.steps import went_out  # noqa: PLC0415 -- loads the store

    typer.echo(went_out(context, appointment, at))


@app.command(no_args_is_help=True)
def left(context: typer.Context, appointment: APPOINTMENT, at: AT = "") -> None:
    """The patient went away before any clinician came; the rest of the visit's time is free."""
    from medoffice.cli.steps import left_unseen  # noqa: PLC0415 -- loads the store

    typer.echo(left_unseen(context, appointment, at))


@app.command(no_args_is_help=True)
def back(
    context: typer.Context,
    appointment: APPOINTMENT,
    why: Annotated[
        str,
        typer.Option(metavar="WHY", help="wrong-patient, wrong-step, wrong-time or changed-mind."),
    ] = "wrong-step",
) -> None:
    """Take the last step back; the one before it stands again."""
    from medoffice.cli.steps import step_back  # noqa: PLC0415 -- loads the store

    typer.echo(step_back(context, appointment, why))
