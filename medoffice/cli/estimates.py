"""The page of ``medoffice estimate``. Loads the store and rich."""

from collections import Counter
from collections.abc import Iterable, Iterator

import typer
from rich.table import Table
from rich.text import Text

from medoffice.billing import UNKNOWNS, Estimate, EstimatedLine
from medoffice.billing.benefits.steps import SELF_PAY
from medoffice.billing.fees import NOTES
from medoffice.cli.opening import opened
from medoffice.cli.plain import plain_console, plain_table
from medoffice.cli.subjects import appointment_of
from medoffice.core import Money
from medoffice.core.explain import Step


def show_estimate(context: typer.Context, appointment: str) -> None:
    """Print what is due for a visit, in the order in which it is said to a patient.

    Raises:
        CannotDo: when there is no such appointment.
        MedofficeError: when the office cannot be opened.
    """
    with opened(context) as office:
        found = office.accounts.at_visit(appointment_of(office, appointment))
        is_today = found.day == office.settings.day_at(office.clock.now())
    when = "today" if is_today else f"on {found.day:%m/%d/%Y}"
    print_estimate(found.estimate, asked=found.asked, when=when)


def print_estimate(made: Estimate, *, asked: Money, when: str = "today") -> None:
    """The page itself; ``asked`` is what the office asks for then, which may be less than is due."""
    console = plain_console()
    if asked == made.due_today:
        console.print(Text(f"You pay {asked} {when}.", style="bold"))
    else:
        console.print(Text(f"Your part is {made.due_today}. You pay {asked} of it {when}.", style="bold"))
    if made.lower != made.upper:
        console.print(Text(f"It may still become {made.lower} to {made.upper}."))
    for line in made.lines:
        console.print()
        console.print(Text(_heading(line)))
        console.print(_table(_line(line)))
        for note in line.planned.unsettled:
            console.print(Text(f"  {NOTES[note]}"))
    beside = [(step.amount, step.label) for step in _beside_the_lines(made)]
    if beside or len(made.lines) > 1:
        visit = Money.total(line.patient.value for line in made.lines)
        console.print()
        console.print(_table([(visit, "For this visit"), *beside, (made.due_today, "Your part")]))
    if made.unknowns:
        console.print()
        console.print(Text("What we do not know yet:"))
        for code in made.unknowns:
            console.print(Text(f"  {UNKNOWNS[code]}"))


def _heading(line: EstimatedLine) -> str:
    planned = line.planned
    said = f"{planned.service.replace('-', ' ').capitalize()}: the price is {planned.charge}"
    if any(step.code == SELF_PAY for step in line.patient.trace.steps):
        return said
    if planned.allowed is None:
        return f"{said}, and we do not know what the plan allows"
    return f"{said}, the plan allows {planned.allowed}"


def _line(line: EstimatedLine) -> Iterator[tuple[Money | None, str]]:
    steps = line.patient.trace.steps
    if not steps:
        yield None, "Not in the amount yet"
    for step in steps:
        yield step.amount or None, _reason(step, line.planned.service)
    if len(steps) > 1:
        yield line.patient.value, "Your part"
    # Of a line that is not in the amount nobody knows yet what the plan pays.
    if line.plan and steps:
        yield line.plan, "The plan pays"


def _reason(step: Step, service: str) -> str:
    """A step's label and how it was reckoned, without the service, which stands above it."""
    why = step.why.removeprefix(service).removeprefix(": ")
    return f"{step.label} ({why})" if why else step.label


def _beside_the_lines(made: Estimate) -> Iterator[Step]:
    """The steps that belong to no line: balances and credits."""
    of_lines = Counter(step for line in made.lines for step in line.patient.trace.steps)
    for step in made.trace.steps:
        if of_lines[step]:
            of_lines[step] -= 1
        else:
            yield step


def _table(rows: Iterable[tuple[Money | None, str]]) -> Table:
    table = plain_table("", "")
    table.show_header = False
    table.columns[0].justify = "right"
    for amount, label in rows:
        table.add_row(Text("" if amount is None else str(amount)), Text(label))
    return table
