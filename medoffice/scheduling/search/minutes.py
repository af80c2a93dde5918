"""Instants as whole minutes, and sets of minutes as the bits of an integer.

Minutes are counted from 1970-01-01 00:00 UTC. They are held in *chunks* of :data:`CHUNK` minutes (5.7 days): bit ``n``
of chunk ``c`` is the minute ``c * CHUNK + n``. Python works on such integers a machine word at a time, which is what
makes the search quick.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
CHUNK: Final = 1 << 13
FULL: Final = (1 << CHUNK) - 1


def floor_minute(instant: datetime) -> int:
    """The whole minute at or before an instant."""
    return (instant - EPOCH) // MINUTE


def ceil_minute(instant: datetime) -> int:
    """The whole minute at or after an instant."""
    return -((EPOCH - instant) // MINUTE)


def instant_of(minute: int) -> datetime:
    """The instant (in UTC) of a whole minute."""
    return EPOCH + minute * MINUTE


def stretch(start: int, end: int) -> int:
    """The bits from ``start`` up to, but without, ``end``; none when it is not after ``start``."""
    return ((1 << (end - start)) - 1) << start if start < end else 0


def begins_of_runs(free: int, length: int) -> int:
    """The bits from which ``length`` bits in a row are set (``length`` from 1): a sieve in log2(``length``) steps."""
    reach = 1
    while reach * 2 <= length:
        free &= free >> reach
        reach *= 2
    return free & (free >> (length - reach)) if length > reach else free


@lru_cache(maxsize=4096)
def comb(step: int, length: int) -> int:
    """Bits 0, ``step``, 2 ``step``, … below ``length``."""
    if length <= step:
        return int(length > 0)
    teeth, count, wanted = 1, 1, -(-length // step)
    while count < wanted:
        teeth |= teeth << (count * step)
        count *= 2
    return teeth & ((1 << length) - 1)
