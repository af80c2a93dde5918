"""For how long a resource is there without a break, for one kind of visit."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from heapq import merge
from typing import Final

import attrs

from medoffice.core import TimeSlot, day_in
from medoffice.scheduling.hours import Opening, WeeklyTemplate, openings

_DAY: Final = timedelta(days=1)


@attrs.frozen
class Stretch:
    """Openings that touch or overlap, as one ``slot``; at each of ``anchors`` one of them begins."""

    slot: TimeSlot
    anchors: tuple[datetime, ...]


def stretches(templates: Iterable[WeeklyTemplate], *, visit_type: str, around: TimeSlot) -> Iterator[Stretch]:
    """The stretches of one resource that share time with ``around``, earliest first, worked out as they are
    asked for.

    A visit may run over the seam of two openings that touch, over midnight too, when both allow its kind.
    A stretch is true within a day of ``around`` on either side; one that never ends is cut there.
    """
    found = merge(
        *(_openings(template, visit_type, around) for template in templates),
        key=lambda opening: opening.slot.start,
    )
    for stretch in _joined(found):
        if stretch.slot.overlaps(around):
            yield stretch


def _joined(found: Iterator[Opening]) -> Iterator[Stretch]:
    first = next(found, None)
    if first is None:
        return
    start, end, anchors = first.slot.start, first.slot.end, [first.slot.start]
    for opening in found:
        if opening.slot.start > end:
            yield Stretch(TimeSlot(start, end), tuple(anchors))
            start, end, anchors = opening.slot.start, opening.slot.end, []
        if not anchors or opening.slot.start > anchors[-1]:
            anchors.append(opening.slot.start)
        end = max(end, opening.slot.end)
    yield Stretch(TimeSlot(start, end), tuple(anchors))


def _openings(template: WeeklyTemplate, visit_type: str, around: TimeSlot) -> Iterator[Opening]:
    """A day of margin on both sides: an opening that begins the day before may reach into ``around``."""
    day: date = max(day_in(around.start, template.zone) - _DAY, template.effective.start)
    last = day_in(around.end, template.zone) + _DAY
    if template.effective.end is not None:
        last = min(last, template.effective.end)
    while day <= last:
        for opening in openings(template, day):
            if opening.allows(visit_type):
                yield opening
        day += _DAY
