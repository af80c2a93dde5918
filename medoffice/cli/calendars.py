"""The calendar, printed: resources with their hours, kinds of visit, and what breaks the hours. Loads the store and rich."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Final

import typer

from medoffice.cli.closing import span
from medoffice.cli.displaced import console, table
from medoffice.cli.moments import shown
from medoffice.cli.opening import opened
from medoffice.core.times import TimeSlot
from medoffice.office.office import Office
from medoffice.scheduling.calendar import Absence, Calendar, Closure, SpecialDay
from medoffice.scheduling.hours import Hours, Weekly
from medoffice.scheduling.needs import AnyOf, Need, OneOf
from medoffice.scheduling.resources import Resource

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NTH: Final = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 5: "5th", -1: "last"}
_MONTH: Final = timedelta(days=31)


def show_calendar(context: typer.Context, *, months: int) -> None:
    """Print the calendar.

    Raises:
        MedofficeError: when the office cannot be opened or read.
    """
    out = console()
    with opened(context) as office:
        calendar = office.schedule.calendar()
        today = office.settings.day_at(office.clock.now())
        rows = table("Resource", "Kind", "Tags", "Site", "Hours")
        for each in calendar.resources:
            kind, tags = type(each).__name__.lower(), ", ".join(sorted(each.tags))
            for place, line in enumerate(_lines_of(each, today)):
                first = (each.id.value, kind, tags, each.location) if place == 0 else ("", "", "", "")
                rows.add_row(*first, line)
        out.print(rows if calendar.resources else "Nothing is set up yet: medoffice calendar hours adds it.")
        if calendar.visits:
            out.print()
            rows = table("Visit", "Name", "Minutes", "Needs")
            for visit in calendar.visits:
                needs = "; ".join(map(_need, visit.needs)) or "any provider"
                rows.add_row(visit.code, visit.name, str(visit.minutes), needs)
            out.print(rows)
        out.print()
        coming = list(_coming(office, calendar, today, months))
        if not coming:
            out.print("Nothing breaks the hours in these months.")
            return
        rows = table("When", "Who", "What")
        for when, who, what in coming:
            rows.add_row(when, who, what)
        out.print(rows)


def sign(weekly: Weekly) -> str:
    """Weekly hours as a sign on the door has them, with what holds for a stretch alone in brackets."""
    by_day = [
        (day, tuple(_stretch(each) for each in sorted(weekly.hours, key=_opens) if each.weekday == day))
        for day in range(7)
    ]
    parts = []
    for stretches, some in groupby(by_day, key=lambda each: each[1]):
        days = [day for day, _ in some]
        if stretches:
            first, last = _DAYS[days[0]], _DAYS[days[-1]]
            parts.append(f"{first if first == last else f'{first}-{last}'} {' '.join(stretches)}")
    return "; ".join(parts) or "no hours"


def _lines_of(resource: Resource, today: date) -> Iterator[str]:
    """Its hours that hold today or later; at least one line."""
    found = [each for each in resource.weekly if each.effective.end is None or each.effective.end >= today]
    if not found:
        yield "whenever nothing holds it" if resource.is_always_there else "none"
    for each in found:
        start, end = each.effective.start, each.effective.end
        since = f" from {start}" if start > today else ""
        until = f" until {end}" if end is not None else ""
        weeks = f", every {each.every} weeks" if each.every > 1 else ""
        yield f"{sign(each)}{weeks}{since}{until}"


def _opens(hours: Hours) -> tuple[int, int]:
    return hours.opens.hour, hours.opens.minute


def _stretch(hours: Hours) -> str:
    closes = f"{hours.closes:%H:%M}" if hours.closes.hour or hours.closes.minute else "24:00"
    more = [
        *(_NTH[nth] for nth in sorted(hours.nth, key=lambda nth: (nth < 0, nth))),
        *sorted(hours.visit_types),
        *sorted(map(str, hours.modalities)),
        *filter(None, [hours.location]),
    ]
    return f"{hours.opens:%H:%M}-{closes}" + (f" ({', '.join(more)})" if more else "")


def _need(need: Need) -> str:
    match need:
        case OneOf(ids=ids):
            what = " or ".join(id.value for id in ids)
        case AnyOf(tag=tag):
            what = f"any {tag}"
    return what if need.modality is None else f"{what} ({need.modality})"


def _coming(office: Office, calendar: Calendar, today: date, months: int) -> Iterable[tuple[str, str, str]]:
    """What breaks the hours within some months, in order of its beginning."""
    last = today + months * _MONTH
    window = TimeSlot(office.settings.span_of(today).start, office.settings.span_of(last).end)
    closed = (
        (each.days.start, (span(each.days), _whom(each), each.name))
        for each in calendar.closures
        if each.days.start <= last and (each.days.end is None or each.days.end >= today)
    )
    away = (
        (office.settings.day_at(each.slot.start), _away(each, office))
        for each in calendar.absences
        if each.slot.overlaps(window)
    )
    special = (
        (each.day, (f"{each.day:%a %Y-%m-%d}", each.resource.value, _special(each)))
        for each in calendar.special_days
        if today <= each.day <= last
    )
    return [line for _, line in sorted((*closed, *away, *special))]


def _special(special: SpecialDay) -> str:
    hours = " ".join(_stretch(each) for each in sorted(special.hours, key=_opens)) or "off"
    return f"also {hours}" if special.is_extra else hours


def _whom(closure: Closure) -> str:
    names = ", ".join(sorted(id.value for id in closure.resources))
    return " at ".join(filter(None, [names or "the office", closure.location]))


def _away(absence: Absence, office: Office) -> tuple[str, str, str]:
    zone = office.settings.zone
    times = f"{shown(absence.slot.start, zone)} to {shown(absence.slot.end, zone)}"
    return times, absence.resource.value, f"away: {absence.why}"
