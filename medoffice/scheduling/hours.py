"""When a clinician, room or device is there: weekly hours in wall time, and the instants they mean on a day.

Hours are kept as a sign on the door has them. They become instants one day at a time, so a change of the
clocks never shifts them. One rule settles every such change: an hour mark is *the first instant at which the
clock shows that time or a later one*. A mark in the hour that the spring change leaves out is the change
itself; a mark in the hour that the autumn change repeats is its first showing. The rule never turns an order
round, so hours that touch on the sign touch in fact, and hours that lie apart never overlap.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import DateRange, InvalidValue, ResourceId, TimeSlot, at_wall_time
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.names import slug

_MIDNIGHT: Final = time.min
_SECOND: Final = timedelta(seconds=1)
_WEEK: Final = timedelta(days=7)
_WEEKS_OF_A_YEAR: Final = 52
_LAST: Final = -1
_NTH: Final = frozenset((1, 2, 3, 4, 5, _LAST))
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@attrs.frozen(kw_only=True)
class Hours:
    """One stretch of a weekday (Monday is 0) in wall time; ``closes=time(0)`` is midnight at the day's end.

    ``visit_types`` are the codes of the visits that may be booked in it and ``modalities`` the ways in which
    they take place; none means any. ``location`` is where the resource is meanwhile, when not at its own place.
    ``nth`` keeps the stretch to those of the weekday in a month, 1 to 5 and -1 for the last (``{1, 3}``: the
    first and third Tuesday); none means all.

    Raises:
        InvalidValue: when the weekday is not 0 to 6, a time has a zone, it does not close after it opens, or
        ``nth`` holds another number.
    """

    weekday: int
    opens: time
    closes: time
    visit_types: frozenset[str] = frozenset()
    modalities: frozenset[Modality] = frozenset()
    location: str = attrs.field(default="", validator=slug("opening hours", "the location", or_empty=True))
    nth: frozenset[int] = frozenset()

    def __attrs_post_init__(self) -> None:
        if type(self.weekday) is not int or not 0 <= self.weekday <= 6:  # noqa: PLR2004
            raise InvalidValue("opening hours", "the weekday is 0 (Monday) to 6 (Sunday)")
        if self.opens.tzinfo is not None or self.closes.tzinfo is not None:
            raise InvalidValue("opening hours", "the zone is the template's, not the clock time's")
        if self.closes != _MIDNIGHT and self.closes <= self.opens:
            raise InvalidValue(
                "opening hours", "they close after they open; midnight at the day's end is 00:00"
            )
        if not self.nth <= _NTH:
            raise InvalidValue("opening hours", "nth holds 1 to 5, and -1 for the last of a month")

    def allows(self, visit_type: str) -> bool:
        """Whether a kind of visit may be booked in this stretch."""
        return not self.visit_types or visit_type in self.visit_types

    def is_on(self, day: date) -> bool:
        """Whether the stretch takes place on a day: it is the weekday, and the right one of its month."""
        if day.weekday() != self.weekday:
            return False
        is_last = (day + _WEEK).month != day.month
        return not self.nth or (day.day + 6) // 7 in self.nth or (is_last and _LAST in self.nth)

    def _meets(self, other: "Hours") -> bool:
        """Whether both can be open at one time of one day."""
        if self.weekday != other.weekday or (self.nth and other.nth and _apart(self.nth, other.nth)):
            return False
        earlier, later = sorted((self, other), key=lambda each: each.opens)
        return earlier.closes == _MIDNIGHT or later.opens < earlier.closes


def _apart(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether no day of a month is in both: the last one can be the fourth or the fifth."""
    spread = [nth | ({4, 5} if _LAST in nth else set()) for nth in (one, other)]
    return not spread[0] & spread[1]


@attrs.frozen(kw_only=True)
class Weekly:
    """Weekly hours on the clocks of a zone, in force on the days of ``effective``.

    ``every`` is 1 for each week, 2 for every other, counted from the week (Monday to Sunday) of the first day.

    Raises:
        InvalidValue: when two stretches of one weekday overlap (touching is allowed), or ``every`` is not a whole
        number from 1 to 52.
    """

    zone: ZoneInfo
    hours: tuple[Hours, ...]
    effective: DateRange = DateRange(date.min)
    every: int = 1

    def __attrs_post_init__(self) -> None:
        if any(one._meets(other) for one, other in combinations(self.hours, 2)):  # noqa: SLF001 - of one kind
            raise InvalidValue("weekly template", "opening hours of one weekday overlap")
        if type(self.every) is not int or not 1 <= self.every <= _WEEKS_OF_A_YEAR:
            raise InvalidValue("weekly template", "it comes every 1 to 52 weeks")

    @classmethod
    def of(
        cls,
        text: str,
        *,
        zone: str | ZoneInfo,
        effective: DateRange | None = None,
        location: str = "",
    ) -> "Weekly":
        """Read hours as a sign has them: ``"Mon-Fri 08:00-12:00 13:00-17:00; Sat 09:00-12:00"``.

        Parts are divided by semicolons: days (``Mon``, ``Mon-Fri``, ``Tue,Thu``), then stretches on a clock of 24
        hours; 24:00 is midnight at the day's end. ``location`` is where the resource is in all of them.

        Raises:
            InvalidValue: for any other form, or when stretches overlap.
            zoneinfo.ZoneInfoNotFoundError: when there is no such IANA zone.
        """
        hours = tuple(
            stretch for part in text.split(";") if part.strip() for stretch in _part(part, location)
        )
        return cls(
            zone=zone if isinstance(zone, ZoneInfo) else ZoneInfo(zone),
            hours=hours,
            effective=effective or DateRange(date.min),
        )

    def is_in_force(self, day: date) -> bool:
        """Whether the hours count on a day."""
        if day not in self.effective:
            return False
        weeks = (day.toordinal() - 1) // 7 - (self.effective.start.toordinal() - 1) // 7
        return weeks % self.every == 0


def _part(text: str, location: str) -> Iterator[Hours]:
    days, *stretches = text.split()
    if not stretches:
        raise InvalidValue("weekly hours", "write days and then times, as in Mon-Fri 08:00-12:00")
    for weekday in _weekdays(days):
        for stretch in stretches:
            opens, dash, closes = stretch.strip(",").partition("-")
            if not dash:
                raise InvalidValue("weekly hours", "write a stretch as 08:00-12:00")
            yield Hours(
                weekday=weekday,
                opens=_clock(opens),
                closes=_MIDNIGHT if closes == "24:00" else _clock(closes),
                location=location,
            )


def _weekdays(text: str) -> list[int]:
    found: list[int] = []
    for part in text.lower().split(","):
        first, dash, last = part.partition("-")
        if first not in _DAYS or (dash and last not in _DAYS):
            raise InvalidValue(
                "weekly hours", "days are Mon Tue Wed Thu Fri Sat Sun, as in Mon-Fri or Tue,Thu"
            )
        start, end = _DAYS.index(first), _DAYS.index(last or first)
        found += [day % 7 for day in range(start, end + 1 + (7 if end < start else 0))]
    return found


def _clock(text: str) -> time:
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - a clock time has no zone here
    except ValueError:
        raise InvalidValue("weekly hours", "times are on a clock of 24 hours, as in 08:00-12:00") from None


@attrs.frozen(kw_only=True)
class WeeklyTemplate(Weekly):
    """The weekly hours of one resource: what a store keeps of them."""

    resource: ResourceId
    effective: DateRange


@attrs.frozen
class Opening:
    """A stretch of one day in which the resource is there, and the kinds of visit for it (none means any)."""

    slot: TimeSlot
    visit_types: frozenset[str] = frozenset()
    modalities: frozenset[Modality] = frozenset()
    location: str = ""

    def allows(self, visit_type: str) -> bool:
        """Whether a kind of visit may be booked in it."""
        return not self.visit_types or visit_type in self.visit_types


def openings(template: Weekly, day: date) -> tuple[Opening, ...]:
    """The openings of a calendar day (in the template's zone), earliest first; none on days not in force.

    Hours that lie wholly within the time that a spring change leaves out do not take place.
    """
    if not template.is_in_force(day):
        return ()
    found = []
    for hours in sorted(template.hours, key=lambda each: each.opens):
        if hours.is_on(day):
            last = day + timedelta(days=1) if hours.closes == _MIDNIGHT else day
            start = first_showing(day, hours.opens, template.zone)
            end = first_showing(last, hours.closes, template.zone)
            if start < end:
                found.append(
                    Opening(TimeSlot(start, end), hours.visit_types, hours.modalities, hours.location)
                )
    return tuple(found)


def first_showing(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The first instant (in UTC) at which the clocks of ``zone`` show ``clock`` on ``day``, or anything
    later.

    Raises:
        InvalidValue: when the clock time carries a zone of its own.
    """
    instant = at_wall_time(day, clock, zone)
    wanted = datetime.combine(day, clock)
    if _wall(instant, zone) == wanted:
        return instant
    # A gap. With the offset of after the change, the time is an instant before it: the change lies between.
    before = datetime.combine(day, clock.replace(fold=1), tzinfo=zone).astimezone(UTC)
    while instant - before > _SECOND:
        middle = before + ((instant - before) // 2 // _SECOND) * _SECOND
        if _wall(middle, zone) < wanted:
            before = middle
        else:
            instant = middle
    return instant


def _wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)
