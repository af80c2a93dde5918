"""Some days of several resources as they are to be drawn: how full each day is, and when the free time lies."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

import attrs

from medoffice.adapters.pictures.clock import clock_time, is_on, long_day, short_day, span_on
from medoffice.adapters.pictures.day import Span
from medoffice.adapters.pictures.words import ENGLISH, Words
from medoffice.core import InvalidValue, ResourceId, TimeSlot
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.stretches import common, minutes_of, united


@attrs.frozen(kw_only=True)
class Cell:
    """One resource on one day: open spans and held spans on the clock, and minutes as they passed."""

    opens: tuple[Span, ...]
    held: tuple[Span, ...]
    open_minutes: int
    held_minutes: int

    @property
    def percent(self) -> int:
        """How full it is, rounded half up; 0 when it is closed."""
        if not self.open_minutes:
            return 0
        return (200 * self.held_minutes + self.open_minutes) // (2 * self.open_minutes)

    @property
    def free_minutes(self) -> int:
        """What is open and not held."""
        return self.open_minutes - self.held_minutes


@attrs.frozen(kw_only=True)
class Row:
    """One resource over the days."""

    name: str
    cells: tuple[Cell, ...]


@attrs.frozen(kw_only=True)
class WeekPicture:
    """What is to be drawn: a row a resource, a column a day; ``first`` to ``last`` is the clock of each cell's strip."""

    days: tuple[date, ...]
    rows: tuple[Row, ...]
    first: int
    last: int
    words: Words = ENGLISH

    @property
    def title(self) -> str:
        """The first and the last day in words."""
        first, last = long_day(self.days[0], self.words), long_day(self.days[-1], self.words)
        return first if first == last else f"{first} – {last}"  # noqa: RUF001 - the dash of a range

    @property
    def description(self) -> str:
        """The picture in words, for who does not see it."""
        return "\n".join(
            f"{row.name}: "
            + "; ".join(
                f"{short_day(day, self.words)} {_told(cell, self.words)}"
                for day, cell in zip(self.days, row.cells, strict=True)
            )
            + "."
            for row in self.rows
        )

    @property
    def clock(self) -> tuple[str, str]:
        """What the two ends of every strip mean."""
        return clock_time(self.first), clock_time(self.last)


def week_picture(
    days: Sequence[date],
    *,
    zone: ZoneInfo,
    rows: Mapping[ResourceId, str],
    openings: Mapping[ResourceId, Iterable[TimeSlot]],
    appointments: Iterable[Appointment],
    words: Words = ENGLISH,
) -> WeekPicture:
    """The picture of some days, a week as a rule; arguments as for a day.

    A minute counts once however many visits share it, and only within opening hours.

    Raises:
        InvalidValue: when there is no day or no row.
    """
    if not days or not rows:
        raise InvalidValue("picture", "a week has one day and one row at least")
    held: dict[ResourceId, list[TimeSlot]] = {resource: [] for resource in rows}
    for each in appointments:
        if each.is_occupying:
            for resource in held.keys() & set(each.resources):
                held[resource].append(each.occupied)
    found = tuple(
        Row(
            name=name,
            cells=tuple(_cell(day, zone, list(openings.get(resource, ())), held[resource]) for day in days),
        )
        for resource, name in rows.items()
    )
    spans = [span for row in found for cell in row.cells for span in cell.opens]
    first = min((start for start, _ in spans), default=9 * 60) // 60 * 60
    last = -(-max((end for _, end in spans), default=17 * 60) // 60) * 60
    return WeekPicture(days=tuple(days), rows=found, first=first, last=last, words=words)


def _cell(day: date, zone: ZoneInfo, openings: list[TimeSlot], held: list[TimeSlot]) -> Cell:
    there = united(slot for slot in openings if is_on(slot, day, zone))
    taken = common(there, held)
    return Cell(
        opens=tuple(span_on(slot, day, zone) for slot in there),
        held=tuple(span_on(slot, day, zone) for slot in taken),
        open_minutes=minutes_of(there),
        held_minutes=minutes_of(taken),
    )


def hours_and_minutes(minutes: int) -> str:
    """``"2 h 30"``, ``"45 min"``, ``"3 h"``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def _told(cell: Cell, words: Words) -> str:
    if not cell.open_minutes:
        return words.closed
    return f"{cell.percent}% {words.held}, {hours_and_minutes(cell.free_minutes)} {words.free}"
