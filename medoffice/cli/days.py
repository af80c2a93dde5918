"""Days as numbers and pictures, and the best plan of a session. Loads the store and rich."""

from datetime import timedelta
from pathlib import Path

import attrs
import typer
from rich.console import Console
from rich.table import Table

from medoffice.adapters.letters.files import write_private
from medoffice.cli.failures import CannotDo
from medoffice.cli.moments import day_or
from medoffice.cli.opening import opened
from medoffice.core.dates import DateRange
from medoffice.core.ids import ResourceId
from medoffice.office.office import Office
from medoffice.office.visits.measuring import Days, Measures, days_of, measures_of
from medoffice.scheduling.dayplan import Exponential, Weights, evaluate, even_plan, optimal_day
from medoffice.scheduling.measures import Access, Rate, Spread, TooFew
from medoffice.scheduling.resources import Provider, Resource


@attrs.frozen(kw_only=True)
class Asked:
    """Which days, and where to draw them."""

    on: str
    days: int
    picture: Path | None
    replace: bool


def show_days(context: typer.Context, asked: Asked) -> None:
    """Print the measures of some days, and draw them when that is wanted.

    Raises:
        CannotDo: when the day is none, or the picture's name ends in neither .svg nor .png.
        MedofficeError: when the office cannot be opened or read, or the file is there already.
    """
    if asked.picture is not None and asked.picture.suffix.lower() not in {".svg", ".png"}:
        raise CannotDo("a picture's name ends in .svg or .png")
    console = _console()
    with opened(context) as office:
        now = office.clock.now()
        first = day_or(asked.on, office.settings.day_at(now))
        window = DateRange(first, first + timedelta(days=asked.days - 1))
        measured = office.store.read(
            lambda tx: measures_of(tx, office.settings, office.booking_policy, window=window, now=now)
        )
        console.print(_numbers(office, measured))
        if asked.picture is not None:
            days = office.store.read(lambda tx: days_of(tx, office.settings, first=first, count=asked.days))
            drawn = _drawn(office, days, is_svg=asked.picture.suffix.lower() == ".svg")
            write_private(asked.picture, drawn, replace=asked.replace)
            console.print(f"Wrote {asked.picture}", highlight=False)


def print_plan(
    *,
    patients: int,
    slots: int,
    slot: float,
    mean: float,
    no_show: float,
    weights: tuple[float, float, float],
) -> None:
    """Print the best plan of a session, what it costs beside an even one, and its proof.

    Raises:
        InvalidValue: when a number is out of bounds.
        OptimiserMissing: when numpy is not installed.
    """
    wait, idle, overtime = weights
    weighed, service = Weights(wait=wait, idle=idle, overtime=overtime), Exponential(mean)
    best = optimal_day(n=patients, slots=slots, slot=slot, service=service, no_show=no_show, weights=weighed)
    even = evaluate(
        even_plan(n=patients, slots=slots),
        slot=slot,
        service=service,
        no_show=no_show,
        weights=weighed,
    )
    console = _console()
    console.print(f"Patients a slot: {' '.join(map(str, best.schedule))}", highlight=False)
    table = _table("", "Cost", "Waiting", "Idle", "Overtime")
    for name, each in (("best", best), ("even", even)):
        numbers = (each.cost, each.wait, each.idle, each.overtime)
        table.add_row(name, *(f"{number:.1f}" for number in numbers))
    console.print(table)
    console.print(str(best.certificate), soft_wrap=True, highlight=False)


def _numbers(office: Office, measured: Measures) -> Table:
    table = _table("", "", "")
    for code, access in measured.access.items():
        third = f"in {access.days} days" if isinstance(access, Access) else "none in 90 days"
        table.add_row("Third next available", code, third)
    names = {each.id: each.title for each in office.store.read(lambda tx: tx.providers())}
    table.add_row("Fill", "all", _said(measured.fill))
    for id, rate in measured.fill_of.items():
        table.add_row("", names.get(id, id.value), _said(rate))
    table.add_row("No-shows", "", _said(measured.no_shows))
    table.add_row("Cancellations", "", _said(measured.cancellations))
    table.add_row("", "late", _said(measured.late_cancellations))
    table.add_row("", "by the office", _said(measured.bumped))
    table.add_row("Lead time", "", _spread(measured.lead_time, "days"))
    table.add_row("Patients waited", "", _spread(measured.waits, "minutes"))
    if isinstance(measured.sessions, TooFew):
        table.add_row("With patients", "", "too few to say")
    else:
        table.add_row("With patients", "", _said(measured.sessions.utilisation))
        table.add_row("", "idle", _said(measured.sessions.idle))
        table.add_row("", "overtime", _said(measured.sessions.overtime))
    return table


def _said(rate: Rate | TooFew) -> str:
    if isinstance(rate, TooFew):
        return "too few to say"
    return f"{float(rate.value):.0%} ({rate.numerator} of {rate.denominator} {rate.definition.unit})"


def _spread(spread: Spread | TooFew, unit: str) -> str:
    if isinstance(spread, TooFew):
        return "too few to say"
    return f"{float(spread.median):g} {unit} for half of {spread.n}, {spread.p90} for nine of ten"


def _drawn(office: Office, days: Days, *, is_svg: bool) -> bytes:
    from medoffice.adapters import pictures  # noqa: PLC0415 -- an extra of its own

    names: dict[ResourceId, str] = {
        each.id: each.title for each in office.store.read(lambda tx: tx.providers())
    }
    shown = {
        each.id: names.get(each.id, each.id.value)
        for each in sorted(days.calendar.resources, key=_clinicians_first)
        if (each.weekly and days.openings[each.id])
        or any(each.id in visit.resources for visit in days.appointments)
    }
    if not shown:
        raise CannotDo("nobody is there on that day, so there is nothing to draw")
    picture: pictures.DayPicture | pictures.WeekPicture
    if len(days.days) == 1:
        picture = pictures.day_picture(
            days.days[0],
            zone=office.settings.zone,
            columns=shown,
            openings=days.openings,
            appointments=days.appointments,
            visits=days.calendar.visits,
            now=office.clock.now(),
        )
    else:
        picture = pictures.week_picture(
            days.days,
            zone=office.settings.zone,
            rows=shown,
            openings=days.openings,
            appointments=days.appointments,
        )
    return pictures.render_svg(picture) if is_svg else pictures.render_png(picture)


def _clinicians_first(resource: Resource) -> tuple[bool, str, str]:
    return not isinstance(resource, Provider), type(resource).__name__, resource.id.value


def _table(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=any(titles))
    for title in titles:
        table.add_column(title)
    return table


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=240)
