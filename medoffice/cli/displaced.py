"""Whom a change of the calendar displaces, said in lines, each with the command that finds new places."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from medoffice.cli.moments import shown
from medoffice.core.dates import DateRange
from medoffice.core.ids import ResourceId
from medoffice.office.calendar.setting_up import CLOSED
from medoffice.office.office import Office
from medoffice.ports.store import CalendarException
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.calendar import Absence, Calendar, Closure, SpecialDay
from medoffice.scheduling.resources import Provider


def console() -> Console:
    """A console that breaks no line when nobody looks."""
    made = Console()
    return made if made.is_terminal else Console(width=240)


def table(*titles: str) -> Table:
    """An empty table without lines."""
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in titles:
        made.add_column(title)
    return made


def say_displaced(to: Console, office: Office, exceptions: Iterable[CalendarException]) -> None:
    """Print the visits that lose their place by closures and absences, and how to find them another."""
    hit = [(each, _displaced(office, each)) for each in exceptions]
    visits = {visit.id: visit for _, found in hit for visit in found}
    say_visits(to, office, visits.values())
    if visits:
        to.print("New places for them, shown first and moved with --apply:")
        calendar = office.schedule.calendar()
        zone = office.settings.zone
        for line in dict.fromkeys(
            line for each, found in hit for line in _hints(calendar, each, found, zone)
        ):
            to.print(f"  {line}", soft_wrap=True, highlight=False, markup=False)


def say_visits(to: Console, office: Office, visits: Iterable[Appointment]) -> None:
    """Print visits that lose their place, earliest first."""
    found = sorted(visits, key=lambda each: (each.slot.start, each.id))
    if not found:
        to.print("No booked visit is displaced.")
        return
    to.print(f"{len(found)} booked visit{'s' if len(found) > 1 else ''} displaced:")
    rows = table("Appointment", "Time", "With")
    for each in found:
        names = ", ".join(id.value for id in each.resources)
        rows.add_row(each.id.value, shown(each.slot.start, office.settings.zone), names)
    to.print(rows)


def _displaced(office: Office, what: CalendarException) -> tuple[Appointment, ...]:
    if isinstance(what, SpecialDay):
        return ()
    return office.schedule.replanning.displaced(what)


def _hints(
    calendar: Calendar, what: CalendarException, found: Iterable[Appointment], zone: ZoneInfo
) -> Iterator[str]:
    visits = list(found)
    match what:
        case Absence(resource=who, slot=slot, why=why) if visits:
            yield _replan(who, slot.start, slot.end, why, zone)
        case Closure(days=DateRange(start=first, end=date() as last), location=site) if (
            visits and not what.resources
        ):
            days = f"{first}" if first == last else f"{first}..{last}"
            yield f"medoffice replan --closed {days}{f' --site {site}' if site else ''}"
        case Closure():
            for lead in sorted({_lead(calendar, each) for each in visits}):
                start = min(each.occupied.start for each in visits if lead in each.resources)
                end = max(each.occupied.end for each in visits if lead in each.resources)
                yield _replan(lead, start, end, CLOSED, zone)
        case _:
            pass


def _replan(who: ResourceId, start: datetime, end: datetime, why: str, zone: ZoneInfo) -> str:
    """The command line; times are rounded outward to minutes."""
    begins = start.replace(second=0, microsecond=0)
    ends = end if end == end.replace(second=0, microsecond=0) else end + timedelta(minutes=1)
    times = (f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in (begins, ends))
    first, last = times
    return f"medoffice replan {who} --from '{first}' --to '{last}' --why {why}"


def _lead(calendar: Calendar, visit: Appointment) -> ResourceId:
    """The clinician of a visit; of one without, whatever it takes."""
    return next(
        (id for id in visit.resources if isinstance(calendar.resource(id), Provider)), visit.resources[0]
    )
