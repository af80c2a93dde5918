"""What a plan costs, exactly, one plan at a time and without numpy: the yardstick of the quick search.

Two ways, by the family of the lengths of visits:

- *exponential*: what is left of a visit is as long as a whole one, so the state is who is being seen. Over a slot it
  moves by a pure-death chain whose transitions come from uniformisation (Jensen 1953; Grassmann 1977): a sum over the
  Poisson number of jumps, cut where less than 1e-17 is left. Who does not come is found out when his turn comes,
  as a jump that passes him by.
- *with probabilities*: the state is the work in hand, in the most minutes of which slot and lengths are whole multiples; a
  slot takes away its length, down to nothing (the recursion of Lindley 1952).
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import exp, fsum
from typing import Final

import attrs

from medoffice.core.errors import InvalidValue
from medoffice.scheduling.dayplan.services import Exponential, Minutes, Service, steps_of, unit_of
from medoffice.scheduling.dayplan.session import PLAIN, Session, Weights

_NEGLIGIBLE: Final = 1e-17
_STRIDE: Final = 8.0


@attrs.frozen(kw_only=True)
class Costs:
    """What a plan costs, and its parts in expected minutes: ``wait`` is summed over the patients."""

    cost: float
    wait: float
    idle: float
    overtime: float

    @classmethod
    def of(cls, session: Session, *, priced: float, wait: float, overtime: float) -> "Costs":
        """From the waits, with and without each patient's price, and the overtime; the idle time follows."""
        idle, weights = session.minutes + overtime - session.work, session.weights
        cost = priced + weights.idle * idle + weights.overtime * overtime
        return cls(cost=cost, wait=wait, idle=idle, overtime=overtime)


def evaluate(
    schedule: Sequence[int],
    *,
    slot: Minutes,
    service: Service | Sequence[Service],
    no_show: float | Sequence[float] = 0.0,
    weights: Weights = PLAIN,
) -> Costs:
    """The exact cost of a schedule: ``schedule[t]`` patients are booked at the beginning of slot ``t``.

    A sequence for ``service`` or ``no_show`` gives each patient's own, in the order in which they are seen.

    Raises:
        InvalidValue: when the schedule books nobody or a number below zero, or what :class:`Session` raises.
    """
    if any(type(count) is not int or count < 0 for count in schedule) or not sum(schedule):
        raise InvalidValue("schedule", "each slot has a whole number of patients, and one has some")
    session = Session.of(
        n=sum(schedule), slots=len(schedule), slot=slot, service=service, no_show=no_show, weights=weights
    )
    return measure(session, [place for place, count in enumerate(schedule) for _ in range(count)])


def measure(session: Session, places: Sequence[int]) -> Costs:
    """The exact cost when patient ``i`` has the slot ``places[i]``; the slots rise.

    Raises:
        InvalidValue: when there is not one slot for each patient, or they do not rise within the session.
    """
    path = (0, *places, session.slots - 1)
    if len(places) != session.n or any(earlier > later for earlier, later in pairwise(path)):
        raise InvalidValue("schedule", "the patients' slots rise, one for each, within the session")
    *waits, overtime = _exponential(session, places) if _is_memoryless(session) else _on_grid(session, places)
    return Costs.of(
        session,
        priced=fsum(price * wait for price, wait in zip(session.prices, waits, strict=True)),
        wait=fsum(show * wait for show, wait in zip(session.shows, waits, strict=True)),
        overtime=overtime,
    )


def _is_memoryless(session: Session) -> bool:
    return isinstance(session.services[0], Exponential)


def _exponential(session: Session, places: Sequence[int]) -> Iterator[float]:
    """The expected work in hand before each patient's arrival, and at the end of the session."""
    means, shows, slot = [each.mean for each in session.services], session.shows, float(session.slot)
    seen = [0.0] * session.n  # seen[j]: the probability that patient j is in the room
    for arriving, (place, following) in enumerate(pairwise((*places, session.slots))):
        yield _work_ahead(seen, means, shows, arriving)
        seen[arriving] = shows[arriving] * (1 - fsum(seen[:arriving]))
        seen = _after(seen, means, shows, minutes=(following - place) * slot, arrived=arriving + 1)
    yield _work_ahead(seen, means, shows, session.n)


def _work_ahead(
    seen: Sequence[float], means: Sequence[float], shows: Sequence[float], arriving: int
) -> float:
    behind, ahead = 0.0, []
    for at in reversed(range(arriving)):
        ahead.append(seen[at] * (means[at] + behind))
        behind += shows[at] * means[at]
    return fsum(ahead)


def _after(
    seen: list[float], means: Sequence[float], shows: Sequence[float], *, minutes: float, arrived: int
) -> list[float]:
    """Who is in the room some minutes later, when nobody arrives in between."""
    rate = 1 / min(means[:arrived])
    strides = 1 + int(rate * minutes / _STRIDE)
    jumps = rate * minutes / strides
    for _ in range(strides):
        term, weight, left, count = seen, exp(-jumps), 1.0, 0
        seen = [weight * chance for chance in term]
        while left > _NEGLIGIBLE and count < _STRIDE * 10:
            left -= weight
            count += 1
            weight *= jumps / count
            if weight < _NEGLIGIBLE and count > jumps:
                break
            term = _jumped(term, means, shows, rate=rate, arrived=arrived)
            seen = [old + weight * new for old, new in zip(seen, term, strict=True)]
    return seen


def _jumped(
    seen: Sequence[float], means: Sequence[float], shows: Sequence[float], *, rate: float, arrived: int
) -> list[float]:
    """One jump of the uniformised chain: a visit ends, and the next of those who came begins."""
    moved, leaving = list(seen), 0.0
    for at in range(arrived):
        ends = seen[at] / (means[at] * rate)
        moved[at] = seen[at] - ends + leaving * shows[at]
        leaving = leaving * (1 - shows[at]) + ends
    return moved


def _on_grid(session: Session, places: Sequence[int]) -> Iterator[float]:
    """As for exponential visits; ``work[u]`` is the probability of ``u`` units of work in hand."""
    visits = [() if isinstance(service, Exponential) else service.masses for service in session.services]
    unit = unit_of(session.slot, visits)
    slot, work = int(session.slot / unit), [1.0]
    for at, (place, following) in enumerate(pairwise((*places, session.slots))):
        yield _mean(work) * float(unit)
        steps = steps_of(visits[at], session.shows[at], unit=unit)
        after = [0.0] * (len(work) + steps[-1][0])
        for units, chance in steps:
            reached = slice(units, units + len(work))
            after[reached] = [old + chance * mass for old, mass in zip(after[reached], work, strict=True)]
        gone = min((following - place) * slot, len(after) - 1)
        work = [fsum(after[: gone + 1]), *after[gone + 1 :]]
    yield _mean(work) * float(unit)


def _mean(work: Sequence[float]) -> float:
    return fsum(units * mass for units, mass in enumerate(work))
