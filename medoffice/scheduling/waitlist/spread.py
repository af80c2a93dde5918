"""How evenly the asking falls on those who wait."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

import attrs

from medoffice.core import InvalidValue, as_instant
from medoffice.scheduling.waitlist.standing import EntryStanding

_NOTHING: Final = timedelta(0)


def gini(counts: Iterable[int]) -> float:
    """Gini's coefficient of counts: 0 when all are equal, towards 1 when one has everything; 0 of no counts.

    Half of the mean difference between two counts over the mean: with the counts in rising order,
    ``sum((2*i - n - 1) * x_i) / (n * sum(x))`` for i from 1 to n.

    Raises:
        InvalidValue: when a count is below zero.
    """
    rising = sorted(counts)
    if rising and rising[0] < 0:
        raise InvalidValue("count", "it is not below zero")
    total = sum(rising)
    if not total:
        return 0.0
    n = len(rising)
    return sum((2 * place - n - 1) * count for place, count in enumerate(rising, start=1)) / (n * total)


@attrs.frozen(kw_only=True)
class Spread:
    """How evenly a list was asked: Gini's coefficient of the asks, the least and the most that one entry was
    asked, and the longest that somebody now waits unasked.
    """

    entries: int
    gini: float
    fewest: int
    most: int
    longest_unasked: timedelta


def spread(standings: Sequence[EntryStanding], *, now: datetime) -> Spread:
    """The spread over those entries that may be asked at all: not paused, and with a way to ask them.

    Raises:
        InvalidValue: when ``now`` has no time zone.
    """
    instant = as_instant(now)
    eligible = [each for each in standings if each.entry.channels and not each.is_paused_at(instant)]
    counts = [len(each.asked) for each in eligible]
    return Spread(
        entries=len(eligible),
        gini=gini(counts),
        fewest=min(counts, default=0),
        most=max(counts, default=0),
        longest_unasked=max((instant - each.unasked_since for each in eligible), default=_NOTHING),
    )
