"""Which times can be offered: a lazy sweep over each resource's hours and bookings, merged in order of time.

The sweep works on whole microseconds and never looks at a booking twice, so its cost is that of sorting the
bookings once and then of the starts that are taken from it. Values are built only for the starts that are
yielded.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Final

import attrs

from medoffice.core import InvalidValue, ResourceId, TimeSlot, as_instant
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.hours import WeeklyTemplate
from medoffice.scheduling.stretches import Stretch, stretches
from medoffice.scheduling.visits import VisitType

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
_STEP: Final = timedelta(minutes=15)


@attrs.frozen(kw_only=True)
class FreeSlot:
    """A time that can be booked: the patient's ``slot``, what is ``occupied``, and by which resources."""

    slot: TimeSlot
    occupied: TimeSlot
    resources: tuple[ResourceId, ...]


def free_slots(
    *,
    visit: VisitType,
    templates: Sequence[WeeklyTemplate],
    booked: Iterable[Appointment],
    window: TimeSlot,
    step: timedelta = _STEP,
    now: datetime,
) -> Iterator[FreeSlot]:
    """The times within ``window`` at which one of the templates' resources is free for a visit.

    Starts lie ``step`` apart (elapsed time), counted from the beginning of each opening. The visit with its
    buffers lies within the hours for its kind and meets no appointment that holds time; the visit alone lies
    within ``window`` and does not begin before ``now``. They come earliest first, those of one instant by
    resource.

    Raises:
        InvalidValue: when ``step`` is not positive, or ``now`` has no time zone.
    """
    if step < _TICK:
        raise InvalidValue("step", "the time between two starts is above zero")
    earliest = max(_ticks(as_instant(now)), _ticks(window.start))
    whole = visit.occupied_at(window.start)
    before, after = window.start - whole.start, whole.end - window.start
    around = window.widened(before=before, after=after - visit.length)
    by_resource: dict[ResourceId, list[WeeklyTemplate]] = defaultdict(list)
    for template in templates:
        by_resource[template.resource].append(template)
    resources = sorted(by_resource)
    busy = _busy(booked, resources)
    sweeps = (
        _sweep(
            rank,
            stretches(by_resource[resource], visit_type=visit.code, around=around),
            busy[resource],
            before=before // _TICK,
            after=after // _TICK,
            step=step // _TICK,
            earliest=earliest,
            latest=_ticks(window.end - visit.length),
        )
        for rank, resource in enumerate(resources)
    )
    return _offered(visit, merge(*sweeps), resources)


def _offered(
    visit: VisitType, starts: Iterator[tuple[int, int]], resources: Sequence[ResourceId]
) -> Iterator[FreeSlot]:
    """The values; resources that are free at one instant share its two slots."""
    for start, ranked in groupby(starts, key=itemgetter(0)):
        instant = _EPOCH + start * _TICK
        slot, occupied = visit.slot_at(instant), visit.occupied_at(instant)
        for _, rank in ranked:
            yield FreeSlot(slot=slot, occupied=occupied, resources=(resources[rank],))


def _sweep(
    rank: int,
    open_for: Iterator[Stretch],
    busy: Sequence[tuple[int, int]],
    *,
    before: int,
    after: int,
    step: int,
    earliest: int,
    latest: int,
) -> Iterator[tuple[int, int]]:
    """Starts of one resource, rising; ``after`` runs from a start to the end of the buffer behind it."""
    passed = 0
    for stretch in open_for:
        opens, closes = _ticks(stretch.slot.start), _ticks(stretch.slot.end)
        for anchor, edge in pairwise((*map(_ticks, stretch.anchors), closes)):
            start = _on_grid(anchor, step, max(earliest, opens + before))
            while start < edge and start + after <= closes:
                if start > latest:
                    return
                while passed < len(busy) and busy[passed][1] <= start - before:
                    passed += 1
                if passed < len(busy) and busy[passed][0] < start + after:
                    start = _on_grid(anchor, step, busy[passed][1] + before)
                else:
                    yield start, rank
                    start += step


def _on_grid(anchor: int, step: int, least: int) -> int:
    """The first of ``anchor``, ``anchor + step``, … that is not below ``least``."""
    return anchor + max(0, -((anchor - least) // step)) * step


def _busy(
    booked: Iterable[Appointment], resources: Iterable[ResourceId]
) -> Mapping[ResourceId, Sequence[tuple[int, int]]]:
    """The time that is held on each resource, as rising stretches that do not meet."""
    held: dict[ResourceId, list[tuple[int, int]]] = {resource: [] for resource in resources}
    for appointment in booked:
        if appointment.is_occupying:
            taken = (_ticks(appointment.occupied.start), _ticks(appointment.occupied.end))
            for resource in appointment.resources:
                if resource in held:
                    held[resource].append(taken)
    return {resource: _united(sorted(taken)) for resource, taken in held.items()}


def _united(rising: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    united: list[tuple[int, int]] = []
    for start, end in rising:
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], end))
        else:
            united.append((start, end))
    return united


def _ticks(instant: datetime) -> int:
    return (instant - _EPOCH) // _TICK
