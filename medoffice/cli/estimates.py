"""The page of ``medoffice estimate``. Loads the store and rich."""

import typer
from rich.text import Text

from medoffice.billing import UNKNOWNS, Estimate
from medoffice.cli.opening import opened
from medoffice.cli.plain import plain_console, plain_table
from medoffice.cli.subjects import appointment_of


def show_estimate(context: typer.Context, appointment: str) -> None:
    """Print what is due for a visit.

    Raises:
        CannotDo: when there is no such appointment.
        MedofficeError: when the office cannot be opened.
    """
    with opened(context) as office:
        made = office.estimate_with_bounds(appointment_of(office, appointment))
    _print(made)


def _print(made: Estimate) -> None:
    console = plain_console()
    table = plain_table("", "", "")
    table.show_header = False
    table.columns[0].justify = "right"
    for step in made.trace.steps:
        table.add_row(str(step.amount or ""), Text(step.label), Text(step.why, style="dim"))
    table.add_row(Text(str(made.due_today), style="bold"), Text("Due today", style="bold"), "")
    console.print(table)
    for line in made.lines:
        if line.plan is not None and line.plan:
            console.print(Text(f"The plan pays {line.plan} for {line.planned.service}."))
    if made.lower != made.upper:
        console.print(Text(f"It may turn out to be from {made.lower} to {made.upper}."))
    for code in made.unknowns:
        console.print(Text(UNKNOWNS[code]))
