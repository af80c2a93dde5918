"""In which order moves can be carried out one after the other, without two visits on one resource in between."""

from collections.abc import Hashable, Iterable, Iterator, Sequence

import attrs

from medoffice.core import TimeSlot
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.replan.places import Place


@attrs.frozen(kw_only=True)
class Going:
    """One visit's old time and its new one."""

    appointment: Appointment
    place: Place

    @property
    def visit(self) -> TimeSlot:
        """The patient's new time."""
        return TimeSlot.lasting(self.place.slot.start, self.appointment.slot.length)

    def must_follow(self, other: "Going") -> bool:
        """Whether the other has to leave first: a resource or the patient is still held where this one goes."""
        held = other.appointment
        shares = not set(held.resources).isdisjoint(self.place.resources)
        if shares and held.occupied.overlaps(self.place.occupied):
            return True
        return held.patient == self.appointment.patient and held.slot.overlaps(self.visit)


def batches(goings: Sequence[Going]) -> tuple[tuple[int, ...], ...]:
    """The moves by number, in an order that is safe: each batch after those whose time it takes.

    A batch of several is a ring in which each wants what the next still holds: they let go together, then take
    their places together.
    """
    held: dict[Hashable, list[int]] = {}
    for which, going in enumerate(goings):
        for day in _days(going.appointment.occupied):
            for holder in (*going.appointment.resources, going.appointment.patient):
                held.setdefault((holder, day), []).append(which)
    follows = []
    for which, going in enumerate(goings):
        holders = (*going.place.resources, going.appointment.patient)
        near = {
            other
            for day in _days(going.place.occupied)
            for holder in holders
            for other in held.get((holder, day), ())
        }
        near.discard(which)
        follows.append([other for other in sorted(near) if going.must_follow(goings[other])])
    return tuple(_rings(follows))


def _days(slot: TimeSlot) -> Iterator[int]:
    yield from range(slot.start.toordinal(), slot.end.toordinal() + 1)


def _rings(follows: Sequence[Iterable[int]]) -> list[tuple[int, ...]]:
    """Strongly connected components, those that are pointed at first (R. Tarjan, SIAM J. Comput. 1 (1972) 146-160)."""
    number: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    rings: list[tuple[int, ...]] = []
    for root in range(len(follows)):
        path = [(root, iter(follows[root]))] if root not in number else []
        if path:
            number[root] = low[root] = len(number)
            stack.append(root)
        while path:
            at, ahead = path[-1]
            for other in ahead:
                if other not in number:
                    number[other] = low[other] = len(number)
                    stack.append(other)
                    path.append((other, iter(follows[other])))
                    break
                if other in stack:
                    low[at] = min(low[at], number[other])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[at])
                if low[at] == number[at]:
                    ring = stack[stack.index(at) :]
                    del stack[-len(ring) :]
                    rings.append(tuple(sorted(ring)))
    return rings
