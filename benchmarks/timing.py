"""Timing rivals beside each other, so that a busy minute or a slow disk falls on all of them alike.

Every round runs each rival once, in an order that turns from round to round. What is compared is the ratio within a
round: its median says how two rivals stand, whatever the machine did meanwhile. Absolute times are shown for scale.
"""

from collections.abc import Callable, Mapping, Sequence
from gc import collect, freeze, unfreeze
from math import ceil
from statistics import median
from time import perf_counter
from typing import Any, Final

import attrs

UNITS: Final = {"s": 1.0, "ms": 1e3, "µs": 1e6}
_ENOUGH_FOR_P99: Final = 100
_RARE: Final = 0.99
_TENS, _HUNDREDS = 9.95, 99.5


@attrs.frozen
class Times:
    """What one rival took, in seconds, round by round."""

    name: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Half of the rounds took no longer."""
        return median(self.seconds)

    @property
    def per_second(self) -> float:
        """How many there were in a second of this rival's own time."""
        return len(self.seconds) / sum(self.seconds)

    @property
    def least(self) -> float:
        """The quickest round: nearest to what the work itself costs."""
        return min(self.seconds)

    @property
    def p99(self) -> float:
        """The time that 99 of 100 rounds kept (nearest rank); of fewer than 100 rounds it is the longest."""
        return sorted(self.seconds)[ceil(_RARE * len(self.seconds)) - 1]

    def ratio_to(self, other: "Times") -> float:
        """How many times as long as ``other`` within one round: the median of the rounds' ratios."""
        return median(
            mine / theirs for mine, theirs in zip(self.seconds, other.seconds, strict=True) if theirs
        )


def seconds_of(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


def interleaved(
    rivals: Mapping[str, Callable[[], object]], *, rounds: int, calls: int = 1, warm_up: int = 1
) -> dict[str, Times]:
    """Run every rival once a round, each time a different one first; seconds are those of one call.

    Args:
        rivals: what to run, by name.
        rounds: how many times are kept of each.
        calls: how often a rival is called within a round, for work too short to be timed alone.
        warm_up: rounds before these, which are thrown away.
    """
    names = list(rivals)
    taken: dict[str, list[float]] = {name: [] for name in names}
    collect()
    freeze()  # what is there by now need not be looked through again: nobody pays for another's memory
    for turn in range(-warm_up, rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            work = rivals[name]
            collect()
            began = perf_counter()
            for _ in range(calls):
                work()
            took = (perf_counter() - began) / calls
            if turn >= 0:
                taken[name].append(took)
    unfreeze()
    return {name: Times(name, tuple(seconds)) for name, seconds in taken.items()}


def show(
    times: Mapping[str, Times], *, unit: str, beside: str, more: Mapping[str, str] | None = None
) -> None:
    """Print one line a rival: median, quickest and p99, and how it stands to the rival named ``beside``."""
    factor, foot = UNITS[unit], times[beside]
    rounds = len(foot.seconds)
    high = "p99" if rounds >= _ENOUGH_FOR_P99 else "longest"
    rows = [
        (
            each.name,
            number(each.median * factor),
            number(each.least * factor),
            number(each.p99 * factor),
            f"× {number(each.ratio_to(foot))}",
            (more or {}).get(each.name, ""),
        )
        for each in times.values()
    ]
    heading = (f"{unit}, {rounds} rounds each", "median", "least", high, f"beside {beside}", "")
    table(heading, rows)


def table(heading: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print rows in columns: the first to the left, the others to the right."""
    lines = [[str(cell) for cell in row] for row in (heading, *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heading))]
    for line in lines:
        cells = [line[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
        print(f"  {'  '.join(cells).rstrip()}")
    print()


def number(value: float) -> str:
    """Three figures, as many as such a measurement bears: ``0.0123``, ``1.23``, ``12.3``, ``1,230``."""
    if abs(value) >= _HUNDREDS:
        return f"{value:,.0f}"
    if abs(value) >= _TENS:
        return f"{value:.1f}"
    return f"{value:.3g}"
