"""``medoffice good-faith``: estimates for those without insurance, or who do not use it."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Good-faith estimates: who is owed one and by when, giving one, and judging a bill by it.",
)
VISIT = Annotated[
    str,
    typer.Argument(metavar="APPOINTMENT", help="The appointment's id, as `medoffice board --ids` shows it."),
]
PDF = Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help="Write it as a PDF to this file.")]
LANGUAGE = Annotated[
    str, typer.Option(metavar="TAG", help="en or es; the patient's own language by default.")
]
FORCE = Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")]


@app.callback()
def good_faith() -> None:
    """Good-faith estimates (45 CFR 149.610): who is owed one and by when, giving one, and judging a bill by it."""


@app.command("list")
def work(context: typer.Context) -> None:
    """Show the estimates that are owed for visits to come, the earliest day first: what is overdue leads.

    Example: `medoffice good-faith list`

    **What it writes**: nothing. **What stays secret**: it shows ids, no names.
    """
    from medoffice.cli.good_faith_work import show_work  # noqa: PLC0415 -- loads the store and rich

    show_work(context)


@app.command(no_args_is_help=True)
def wish(
    context: typer.Context,
    appointment: VISIT,
    answer: Annotated[str, typer.Argument(metavar="yes|no", help="Whether a claim shall go to the plan.")],
    *,
    federal: Annotated[
        bool,
        typer.Option(
            "--federal", help="The cover is Medicare, Medicaid, TRICARE or another federal program."
        ),
    ] = False,
) -> None:
    """Note whether a patient wants a claim to go to their plan; who wants none is owed an estimate.

    Example: `medoffice good-faith wish apt-6f1c… no`

    **What it writes**: the answer.
    """
    from medoffice.cli.good_faith_work import note_wish  # noqa: PLC0415 -- loads the store

    typer.echo(note_wish(context, appointment, answer, is_federal=federal))


@app.command(no_args_is_help=True)
def asked(context: typer.Context, appointment: VISIT) -> None:
    """Note that somebody asked what a visit would cost: an estimate is owed within three business days.

    Example: `medoffice good-faith asked apt-6f1c…`

    **What it writes**: that they asked.
    """
    from medoffice.cli.good_faith_work import note_asked  # noqa: PLC0415 -- loads the store

    typer.echo(note_asked(context, appointment))


@app.command(no_args_is_help=True)
def plan(
    context: typer.Context,
    appointment: VISIT,
    services: Annotated[
        list[str], typer.Argument(metavar="SERVICE=CHARGE...", help="For example office-visit=145.00.")
    ],
) -> None:
    """Set which services are planned for a visit, with the office's charges; what was planned before is gone.

    Example: `medoffice good-faith plan apt-6f1c… office-visit=145.00 lab=20.00`

    **What it writes**: the planned services.
    """
    from medoffice.cli.good_faith_work import plan_services  # noqa: PLC0415 -- loads the store

    typer.echo(plan_services(context, appointment, services))


@app.command(no_args_is_help=True)
def make(
    context: typer.Context,
    appointment: VISIT,
    *,
    code: Annotated[
        list[str] | None,
        typer.Option(
            "--code",
            metavar="SERVICE=CODE",
            help="The procedure code of a service that was not planned by code; repeat it.",
        ),
    ] = None,
    diagnosis: Annotated[
        list[str] | None,
        typer.Option("--diagnosis", metavar="CODE", help="An ICD-10-CM code that is established."),
    ] = None,
    state: Annotated[
        str, typer.Option(metavar="XX", help="The state, where the office's place does not end with it.")
    ] = "",
    separately: Annotated[
        list[str] | None,
        typer.Option("--separately", metavar="TEXT", help="What is booked apart, before or after the visit."),
    ] = None,
    left_out: Annotated[
        list[str] | None,
        typer.Option("--left-out", metavar="TEXT", help="Another provider whose charges are not in it."),
    ] = None,
    every: Annotated[
        str, typer.Option(metavar="TEXT", help="How often it recurs, with --times and --until.")
    ] = "",
    times: Annotated[int, typer.Option(help="How many times in all.")] = 1,
    until: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="The last time.")] = "",
    pdf: PDF = None,
    language: LANGUAGE = "",
    electronic: Annotated[
        bool, typer.Option("--electronic", help="It goes to the patient electronically, as they chose.")
    ] = False,
    told: Annotated[bool, typer.Option("--told", help="It was explained by mouth too.")] = False,
    force: FORCE = False,
) -> None:
    """Give an estimate for a visit: keep it, and show it or write it as a PDF to hand over.

    A visit planned with `medoffice prices plan` has its codes already. Made anew after a change, the estimate takes the place of the one before, which is kept.

    Example: `medoffice good-faith make apt-6f1c… --code office-visit=99213 --pdf estimate.pdf`

    **What it writes**: the estimate, and the file. **What stays secret**: the paper names the patient, so treat it as
    you treat a chart; a file name that you choose should not.
    """
    from medoffice.cli.good_faith_work import Made, make_estimate  # noqa: PLC0415 -- loads the store

    wanted = Made(
        appointment=appointment,
        codes=tuple(code or ()),
        diagnoses=tuple(diagnosis or ()),
        state=state,
        separately=tuple(separately or ()),
        left_out=tuple(left_out or ()),
        every=every,
        times=times,
        until=until,
        pdf=pdf,
        language=language,
        is_electronic=electronic,
        is_told=told,
        replace=force,
    )
    typer.echo(make_estimate(context, wanted), nl=False)


@app.command(no_args_is_help=True)
def show(
    context: typer.Context,
    appointment: VISIT,
    number: Annotated[int, typer.Option(help="Which estimate of the visit; the last by default.")] = 0,
    pdf: PDF = None,
    language: LANGUAGE = "",
    *,
    force: FORCE = False,
) -> None:
    """Show an estimate that was given, as it is handed over; a patient may ask for a copy.

    Example: `medoffice good-faith show apt-6f1c… --pdf copy.pdf`

    **What it writes**: nothing, or the file. **What stays secret**: the paper names the patient.
    """
    from medoffice.cli.good_faith_work import show_estimate  # noqa: PLC0415 -- loads the store

    shown = show_estimate(context, appointment, number=number, pdf=pdf, language=language, replace=force)
    typer.echo(shown, nl=False)


@app.command(no_args_is_help=True)
def dispute(
    context: typer.Context,
    appointment: VISIT,
    billed: Annotated[str, typer.Option(metavar="AMOUNT", help="The total of the bill, for example 545.00.")],
    received: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help="The day on which the first bill was received.")
    ],
    npi: Annotated[
        str, typer.Option("--npi", metavar="NPI", help="Who billed, if not the one who gave the estimate.")
    ] = "",
    instead_of: Annotated[
        str, typer.Option("--instead-of", metavar="NPI", help="Whose place they took at the last moment.")
    ] = "",
) -> None:
    """Say whether a bill lies so far above its estimate that the patient may dispute it, and until when.

    Example: `medoffice good-faith dispute apt-6f1c… --billed 545.00 --received 2026-12-20`

    **What it writes**: nothing.
    """
    from medoffice.cli.good_faith_work import judge_bill  # noqa: PLC0415 -- loads the store

    typer.echo(
        judge_bill(context, appointment, billed=billed, received=received, npi=npi, instead_of=instead_of)
    )
