"""The cost of every visit at every place, as whole numbers.

Row by row it equals what :func:`~medoffice.scheduling.replan.assessment.assess` says, and a law holds it; here each
share is worked out once for a day, a time of day or a kind of place, and then looked up.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date, datetime
from functools import cached_property
from operator import add
from typing import Final, Generic, TypeVar

import attrs

from medoffice.scheduling.replan.assessment import minute_of_day
from medoffice.scheduling.replan.components import (
    Kind,
    Share,
    clock_share,
    day_share,
    is_unavailable,
    kind_share,
    notice_share,
)
from medoffice.scheduling.replan.conflicts import exclusions
from medoffice.scheduling.replan.displaced import Displaced
from medoffice.scheduling.replan.disruption import Obstacle
from medoffice.scheduling.replan.places import Place
from medoffice.scheduling.replan.question import Question

FORBIDDEN: Final = 1 << 50
"""At least this much means that the visit may not be there; every real cost is far below it."""

T = TypeVar("T", bound=Hashable)


@attrs.frozen(kw_only=True)
class Table:
    """``costs[visit][place]``, ``no_place[visit]`` and the ``places``, in the question's order."""

    costs: Sequence[Sequence[int]]
    no_place: Sequence[int]
    places: Sequence[Place]

    @cached_property
    def seats(self) -> Sequence[int]:
        """How many visits each place is for."""
        return [place.seats for place in self.places]

    @cached_property
    def rivals(self) -> Sequence[set[int]]:
        """For each place those that it shuts out."""
        return exclusions(self.places)


@attrs.frozen(init=False)
class _Column(Generic[T]):
    """One feature of all places: its values once each, and which of them every place has."""

    values: Sequence[T]
    which: Sequence[int]
    rows: dict[Hashable, Sequence[int]]

    def __init__(self, of_places: Iterable[T]) -> None:
        seen: dict[T, int] = {}
        which = [seen.setdefault(value, len(seen)) for value in of_places]
        self.__attrs_init__(tuple(seen), which, {})

    def row(self, key: Hashable, share: Callable[[T], Share]) -> Sequence[int]:
        """The points of every place; visits of one key share one row."""
        if key not in self.rows:
            each = [_points(share(value)) for value in self.values]
            self.rows[key] = [each[which] for which in self.which]
        return self.rows[key]


def cost_table(question: Question) -> Table:
    """Every cost; ``FORBIDDEN`` or more where the visit may not be."""
    zone, weights, now = question.zone, question.weights, question.now
    starts = [place.slot.start for place in question.places]
    local = [start.astimezone(zone) for start in starts]
    days = _Column(each.date() for each in local)
    clocks = _Column(each.hour * 60 + each.minute for each in local)
    kinds = _Column(map(Kind.of, question.places))
    notice = [_points(notice_share(each, is_old_time=False, now=now, weights=weights)) for each in starts]
    at: dict[datetime, list[int]] = {}
    for place, start in enumerate(starts):
        at.setdefault(start, []).append(place)

    costs = []
    for each in question.displaced:
        old = each.appointment.slot.start
        day, minute = old.astimezone(zone).date(), minute_of_day(old, zone)
        dated = (day, each.urgency, each.earliest, each.latest)
        by_day = days.row(dated, lambda new, d=day, e=each: _day(d, new, e, question))  # type: ignore[misc]
        by_clock = clocks.row(minute, lambda new, m=minute: clock_share(m, new, weights=weights))  # type: ignore[misc]
        by_kind = kinds.row(_wish(each), lambda kind, e=each: kind_share(e, kind, question)[1])  # type: ignore[misc]
        row = list(map(add, map(add, by_day, by_clock), map(add, by_kind, notice)))
        for place in at.get(old, ()):
            row[place] += (
                _points(notice_share(old, is_old_time=True, now=now, weights=weights)) - notice[place]
            )
        if each.unavailable:
            for place, start in enumerate(starts):
                if is_unavailable(each, start):
                    row[place] = FORBIDDEN
        costs.append(row)
    return Table(
        costs=costs,
        no_place=[weights.no_place.of(each.urgency) for each in question.displaced],
        places=question.places,
    )


def _day(old: date, new: date, displaced: Displaced, question: Question) -> Share:
    return day_share(
        old,
        new,
        urgency=displaced.urgency,
        earliest=displaced.earliest,
        latest=displaced.latest,
        weights=question.weights,
    )


def _wish(displaced: Displaced) -> Hashable:
    """All of a displaced visit that its share by kind of place depends on."""
    appointment = displaced.appointment
    return (
        displaced.visit,
        displaced.continuity,
        displaced.clinicians,
        appointment.resources,
        appointment.location,
        appointment.modality,
        appointment.slot.length,
        appointment.slot.start - appointment.occupied.start,
        appointment.occupied.end - appointment.slot.end,
    )


def _points(share: Share) -> int:
    return FORBIDDEN if isinstance(share, Obstacle) else sum(part.points for part in share)
