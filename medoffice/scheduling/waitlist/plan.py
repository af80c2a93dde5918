"""How many are asked next, when the wave after it goes out, and how long the offers stand."""

from datetime import datetime

import attrs

from medoffice.core import InvalidValue
from medoffice.scheduling.waitlist.asking import AskingHours
from medoffice.scheduling.waitlist.policy import Waves


@attrs.frozen(kw_only=True)
class Wave:
    """The next wave: to how many, when the one after it is due, and by when to answer."""

    size: int
    next_due: datetime
    answer_by: datetime


def next_wave(waves: Waves, asking: AskingHours, *, asked: int, now: datetime, until: datetime) -> Wave:
    """The wave that goes out at ``now`` to a slot for which ``asked`` patients were asked and ``until`` which
    it is offered.

    What is left of the plan is spread over the asking time that is left: a gap is that time divided by the
    waves that are left, within the shortest and the longest gap. When fewer waves than that fit at the
    shortest gap, the sizes are put together, as many to a wave as goes into each, so that waves grow as time runs
    out; never above the largest.

    Raises:
        InvalidValue: when the plan has asked as many as it may, or ``now`` is not before ``until``.
    """
    left = _left(waves.sizes, asked)
    if not left or now >= until:
        raise InvalidValue("wave", "there is nobody more to ask, or no time")
    enough = waves.longest_gap * len(left)
    time = asking.between(now, until, enough=enough)
    fitting = min(len(left), max(1, time // waves.shortest_gap))
    gap = min(waves.longest_gap, max(waves.shortest_gap, time / fitting))
    return Wave(
        size=min(waves.largest, sum(left[: len(left) // fitting])),
        next_due=min(until, asking.after(now, gap)),
        answer_by=min(until, asking.after(now, gap * waves.patience)),
    )


def _left(sizes: tuple[int, ...], asked: int) -> list[int]:
    """The sizes that are left of a plan when so many were asked; the one that was begun counts for its rest."""
    left = []
    for size in sizes:
        if asked < size:
            left.append(size - asked)
        asked = max(0, asked - size)
    return left
