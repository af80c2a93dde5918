"""The plan for displaced visits, printed and carried out. Loads the store and rich."""

from datetime import timedelta

import attrs
import typer
from rich.console import Console
from rich.table import Table

from medoffice.cli.closing import days_of
from medoffice.cli.failures import CannotDo
from medoffice.cli.moments import day_or, moment, shown
from medoffice.cli.opening import opened
from medoffice.cli.subjects import reason, resources_of
from medoffice.core.errors import InvalidValue
from medoffice.core.outcomes import Refused
from medoffice.core.times import TimeSlot
from medoffice.office.office import Office
from medoffice.scheduling.calendar import Absence, Closure
from medoffice.scheduling.replan import Continuity, Replan


@attrs.frozen(kw_only=True)
class Away:
    """Who is out, and when, as it was typed."""

    resource: str
    on: str
    since: str
    until: str
    why: str

    def absence(self, office: Office) -> Absence:
        """The absence that is meant.

        Raises:
            CannotDo: when a day, a time, a name or the code is none.
        """
        (who,) = resources_of([self.resource])
        zone, now = office.settings.zone, office.clock.now()
        if self.since or self.until:
            start = moment(self.since, zone) if self.since else now
            end = moment(self.until, zone) if self.until else start + timedelta(days=1)
        else:
            day = office.settings.span_of(day_or(self.on, office.settings.day_at(now)))
            start, end = day.start, day.end
        try:
            return Absence(who, TimeSlot(start, end), self.why)
        except InvalidValue as trouble:
            raise CannotDo(trouble.reason) from None


@attrs.frozen(kw_only=True)
class Closed:
    """On which days the office or a site is closed, as it was typed."""

    days: str
    site: str

    def closure(self) -> Closure:
        """The closure that is meant.

        Raises:
            CannotDo: when a day or the site is none.
        """
        try:
            return Closure(days=days_of(self.days), name="Closed", location=self.site)
        except InvalidValue as trouble:
            raise CannotDo(trouble.reason) from None


def show_plan(
    context: typer.Context, out: Away | Closed, *, days: int, same_clinician: bool, is_applied: bool
) -> None:
    """Print the plan; note the absence or closure and move the visits when that is wanted.

    Raises:
        CannotDo: when what was typed names nothing that is there, or a move was refused.
        MedofficeError: when the office cannot be opened or written, or scipy is needed and missing.
    """
    console = Console() if Console().is_terminal else Console(width=240)
    with opened(context) as office:
        exception = out.closure() if isinstance(out, Closed) else out.absence(office)
        if is_applied and not _is_closed(office, exception):
            office.schedule.add_exception(exception)
        continuity = Continuity.PREFERRED if same_clinician else Continuity.ANYBODY
        plan = office.schedule.replanning.plan(exception, days=days, continuity=continuity)
        _print(console, office, plan)
        if is_applied:
            outcomes = office.schedule.replanning.carry_out(plan)
            refused = [each for each in outcomes if isinstance(each, Refused)]
            console.print(f"Moved {len(outcomes) - len(refused)} of {len(outcomes)}.")
            if refused:
                raise CannotDo("something was booked meanwhile; say the same again for the rest")


def _is_closed(office: Office, what: Absence | Closure) -> bool:
    """Whether a closure is noted already, under whatever name, perhaps as part of a longer one."""
    return isinstance(what, Closure) and any(
        (noted.location, noted.resources) == (what.location, what.resources)
        and noted.days.overlap(what.days) == (what.days,)
        for noted in office.schedule.calendar().closures
    )


def _print(console: Console, office: Office, plan: Replan) -> None:
    if not plan.moves and not plan.without_place:
        console.print("Nobody is displaced.")
        return
    zone = office.settings.zone
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("Appointment", "From", "To", "With", "Points", "Why"):
        table.add_column(title)
    for move in plan.moves:
        table.add_row(
            move.displaced.appointment.id.value,
            shown(move.old.start, zone),
            shown(move.new.start, zone),
            move.lead.value,
            str(move.cost.points),
            ", ".join(f"{part.points} {part.label}" for part in move.cost.parts),
        )
    console.print(table)
    for left in plan.without_place:
        why = "; ".join(map(reason, left.findings))
        console.print(
            f"No place for {left.displaced.appointment.id}: {why}",
            soft_wrap=True,
            highlight=False,
            markup=False,
        )
    proof = (
        "proven: no plan costs less"
        if plan.is_proven
        else f"not proven: some plan may cost up to {plan.gap} points less"
    )
    console.print(f"{len(plan.moves)} moves, {plan.total} points; {proof}.")
