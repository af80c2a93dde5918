"""Weekly hours as recurring events: on the wall clock of their zone, so that they stay put when the clocks change.

A stretch of the week is one recurring event. A day on which readers would not agree about it, because the clocks are
changed within the stretch or at one of its ends, is taken out of the series and written as an event of its own in UTC.
"""

from datetime import date, datetime, time, timedelta
from typing import Final

import attrs

from medoffice.core import DateRange, InvalidValue, TimeSlot, at_wall_time
from medoffice.scheduling.hours import Hours, Weekly, openings
from medoffice.wire.ics.library import icalendar
from medoffice.wire.ics.sender import Sender, one_line
from medoffice.wire.ics.writing import new_event, put_times, written

LONGEST: Final = 3_660
"""Days that one file covers at most: ten years."""
_DAY: Final = timedelta(days=1)
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def hours_calendar(
    weekly: Weekly,
    *,
    name: str,
    days: DateRange,
    sender: Sender,
    now: datetime,
    title: str = "Hours",
    takes_time: bool = False,
) -> bytes:
    """The hours on the days given, as one file (METHOD:PUBLISH); ``name`` tells it from the files of others.

    ``takes_time`` says whether subscribers see the hours as busy; hours of opening are not.

    Raises:
        InvalidValue: when the days have no end or are more than ten years, there are no hours on any of them, the
            title is not one line, or ``now`` has no time zone.
    """
    if days.end is None or (days.end - days.start).days >= LONGEST:
        raise InvalidValue("calendar", "the days of an hours calendar have an end, within ten years")
    one_line("calendar", "the title", title)
    events: list[icalendar.Event] = []
    local: list[TimeSlot] = []
    for number, hours in enumerate(weekly.hours, 1):
        series = _series(attrs.evolve(weekly, hours=(hours,)), days.start, days.end)
        if series.regular:
            event = new_event(uid=sender.uid(f"{name}.{number}"), now=now)
            if put_times(event, series.regular[0], weekly.zone):
                local += series.regular
            _recur(event, hours, weekly, series)
            events.append(event)
        for slot in series.odd:
            event = new_event(uid=sender.uid(f"{name}.{number}.{slot.start:%Y%m%d}"), now=now)
            put_times(event, slot, None)
            events.append(event)
    for event in events:
        event.add("SUMMARY", title)
        event.add("TRANSP", "OPAQUE" if takes_time else "TRANSPARENT")
    return written(events, method="PUBLISH", zone=weekly.zone, local=local, title=title)


@attrs.frozen(kw_only=True)
class _Series:
    """When one stretch takes place: as its wall times say, otherwise than they say, and the days of the latter."""

    regular: tuple[TimeSlot, ...]
    odd: tuple[TimeSlot, ...]
    odd_days: tuple[date, ...]


def _series(weekly: Weekly, first: date, last: date) -> _Series:
    """What becomes of the one stretch of ``weekly`` from a day to another."""
    (hours,) = weekly.hours
    regular, odd, odd_days = [], [], []
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if not (weekly.is_in_force(day) and hours.is_on(day)):
            continue
        found = openings(weekly, day)
        wanted = _as_read(hours, day, weekly)
        if found and found[0].slot == wanted:
            regular.append(wanted)
        else:
            odd += [opening.slot for opening in found]
            odd_days.append(day)
    return _Series(regular=tuple(regular), odd=tuple(odd), odd_days=tuple(odd_days))


def _as_read(hours: Hours, day: date, weekly: Weekly) -> TimeSlot:
    """What a reader makes of an occurrence: start by its wall time, and as long as ever (RFC 5545, 3.8.5.3)."""
    closes = datetime.combine(day + _DAY if hours.closes == time.min else day, hours.closes)
    return TimeSlot.lasting(
        at_wall_time(day, hours.opens, weekly.zone), closes - datetime.combine(day, hours.opens)
    )


def _recur(event: "icalendar.Event", hours: Hours, weekly: Weekly, series: _Series) -> None:
    """Make the event, which stands at the first regular time, come again at all the others, and only then."""
    if len(series.regular) == 1:
        return
    zone, first, last = weekly.zone, series.regular[0], series.regular[-1]
    by_day = _DAYS[hours.weekday]
    match hours.nth, weekly.every:
        case nth, _ if not nth:
            rule: dict[str, object] = {
                "FREQ": "WEEKLY",
                "INTERVAL": weekly.every,
                "WKST": "MO",
                "BYDAY": by_day,
            }
        case nth, 1:
            rule = {"FREQ": "MONTHLY", "BYDAY": [f"{number}{by_day}" for number in sorted(nth)]}
        case _:
            event.add("RDATE", [slot.start.astimezone(zone) for slot in series.regular[1:]])
            return
    # A day more than the last: some readers take the end, which is in UTC, for a local time.
    event.add("RRULE", rule | {"UNTIL": last.start + _DAY})
    for day in series.odd_days:
        left_out = datetime.combine(day, hours.opens, zone)
        if first.start < left_out < last.start:
            event.add("EXDATE", left_out)
