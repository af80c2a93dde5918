"""A day as it is to be drawn: columns with their hours, blocks with their kind and time, and nobody's name.

No id of a patient or an appointment gets in, and no reason: what is not here cannot be drawn.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

import attrs

from medoffice.adapters.pictures.clock import clock_time, is_on, long_day, minute_on, span_on
from medoffice.adapters.pictures.words import ENGLISH, Words
from medoffice.core import InvalidValue, ResourceId, TimeSlot
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.visits import VisitType

Span = tuple[int, int]
"""Start and end in minutes after the day's midnight."""


@attrs.frozen(kw_only=True)
class Block:
    """One visit in a column: its kind, the patient's time and the whole time that is held.

    A group is one block, with how many ``patients`` have one of its ``seats``. Of several at one time, ``lane`` of ``lanes`` says which part of the column's width it has.
    """

    kind: int
    visit: Span
    held: Span
    is_pending: bool = False
    patients: int = 1
    seats: int = 1
    lane: int = 0
    lanes: int = 1


@attrs.frozen(kw_only=True)
class Column:
    """One clinician or room: the name over it, when it is open, and its blocks."""

    name: str
    opens: tuple[Span, ...]
    blocks: tuple[Block, ...]


@attrs.frozen(kw_only=True)
class DayPicture:
    """What is to be drawn: ``first`` to ``last`` are whole hours as minutes, ``kinds`` the names that blocks refer to.

    ``now`` is None when there is no line to draw: the day is another, or nobody asked.
    """

    day: date
    columns: tuple[Column, ...]
    kinds: tuple[str, ...]
    first: int
    last: int
    now: int | None = None
    words: Words = ENGLISH

    def label(self, block: Block) -> str:
        """A block's kind, and of a group how many are in it."""
        kind = self.kinds[block.kind]
        return f"{kind} {block.patients} {self.words.of} {block.seats}" if block.seats > 1 else kind

    @property
    def title(self) -> str:
        """The day in words."""
        return long_day(self.day, self.words)

    @property
    def description(self) -> str:
        """The picture in words, for who does not see it."""
        return "\n".join(_told(column, self) for column in self.columns)


def day_picture(
    day: date,
    *,
    zone: ZoneInfo,
    columns: Mapping[ResourceId, str],
    openings: Mapping[ResourceId, Iterable[TimeSlot]],
    appointments: Iterable[Appointment],
    visits: Iterable[VisitType],
    now: datetime | None = None,
    words: Words = ENGLISH,
) -> DayPicture:
    """The picture of a day.

    Args:
        day: which day, on the clocks of ``zone``.
        zone: the office's zone.
        columns: the resources to show, in that order, with the names to print over them.
        openings: when each is there; a resource without any is drawn closed.
        appointments: the day's visits; only those that hold time are drawn.
        visits: the kinds of visit, whose names are printed.
        now: an instant for the line across; drawn when it is on that day.
        words: the words to use.

    Raises:
        InvalidValue: when there is no column, or an appointment is of a kind that is not among ``visits``.
    """
    if not columns:
        raise InvalidValue("picture", "a day has one column at least")
    held = sorted(
        (each for each in appointments if each.is_occupying and is_on(each.occupied, day, zone)),
        key=lambda each: (each.slot.start, each.slot.end, each.id),
    )
    names = {visit.code: visit.name for visit in visits}
    if any(each.visit_type not in names for each in held):
        raise InvalidValue("picture", "every appointment is of a kind that is named")
    shown = sorted({names[each.visit_type] for each in held if not set(columns).isdisjoint(each.resources)})
    found = tuple(
        Column(
            name=name,
            opens=tuple(
                sorted(
                    span_on(slot, day, zone) for slot in openings.get(resource, ()) if is_on(slot, day, zone)
                )
            ),
            blocks=_side_by_side(
                [
                    Block(
                        kind=shown.index(names[each.visit_type]),
                        visit=span_on(each.slot, day, zone),
                        held=span_on(each.occupied, day, zone),
                        is_pending=each.status is Status.PENDING,
                        patients=sum(each == other or each.is_with(other) for other in held),
                        seats=each.seats,
                    )
                    for each in _one_a_group(held)
                    if resource in each.resources
                ]
            ),
        )
        for resource, name in columns.items()
    )
    first, last = _hours(found)
    at = minute_on(now, day, zone) if now is not None else -1
    return DayPicture(
        day=day,
        columns=found,
        kinds=tuple(shown),
        first=first,
        last=last,
        now=at if first <= at <= last else None,
        words=words,
    )


def _one_a_group(appointments: list[Appointment]) -> list[Appointment]:
    """The visits, and of each group the first."""
    return [
        each
        for which, each in enumerate(appointments)
        if not any(each.is_with(other) for other in appointments[:which])
    ]


def _side_by_side(blocks: list[Block]) -> tuple[Block, ...]:
    """Blocks that overlap share the column's width: each bunch has as many lanes as it needs at once."""
    placed: list[Block] = []
    bunch: list[Block] = []
    lanes: list[int] = []  # until when each lane of the bunch is held
    for block in sorted(blocks, key=lambda each: each.held):
        start, end = block.held
        if lanes and start >= max(lanes):
            placed += [attrs.evolve(each, lanes=len(lanes)) for each in bunch]
            bunch, lanes = [], []
        free = [lane for lane, until in enumerate(lanes) if until <= start]
        lane = free[0] if free else len(lanes)
        if free:
            lanes[lane] = end
        else:
            lanes.append(end)
        bunch.append(attrs.evolve(block, lane=lane))
    return (*placed, *(attrs.evolve(each, lanes=len(lanes)) for each in bunch))


def _hours(columns: Iterable[Column]) -> Span:
    """The whole hours that hold all that there is; nine to five when there is nothing."""
    spans = [span for column in columns for span in column.opens]
    spans += [block.held for column in columns for block in column.blocks]
    if not spans:
        return 9 * 60, 17 * 60
    first = min(start for start, _ in spans) // 60 * 60
    return first, max(first + 60, -(-max(end for _, end in spans) // 60) * 60)


def _told(column: Column, picture: DayPicture) -> str:
    words = picture.words
    hours = ", ".join(f"{clock_time(start)} to {clock_time(end)}" for start, end in column.opens)
    told = [f"{column.name}: {words.opens} {hours}" if hours else f"{column.name}: {words.closed}"]
    for block in sorted(column.blocks, key=lambda each: each.visit):
        start, end = block.visit
        pending = f", {words.pending}" if block.is_pending else ""
        told.append(f"{clock_time(start)} to {clock_time(end)} {picture.label(block)}{pending}")
    return "; ".join(told) + "."
