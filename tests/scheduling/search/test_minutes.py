"""Minutes as bits: each trick against the plain loop it stands for."""

from datetime import timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from medoffice.scheduling.search.fillers import fill
from medoffice.scheduling.search.minutes import (
    MINUTE,
    begins_of_runs,
    ceil_minute,
    comb,
    floor_minute,
    instant_of,
    stretch,
)
from medoffice.testing.strategies import instants

bits = st.integers(0, 2**200 - 1)


def ones(mask: int) -> set[int]:
    return {at for at in range(mask.bit_length()) if mask >> at & 1}


@given(bits, st.integers(1, 60))
def test_a_run_begins_where_so_many_bits_in_a_row_are_set(mask: int, length: int) -> None:
    """Exactly the bits from which ``length`` bits are set, counting that one."""
    expected = {at for at in ones(mask) if all(mask >> each & 1 for each in range(at, at + length))}
    assert ones(begins_of_runs(mask, length)) == expected


@given(st.integers(1, 40), st.integers(-5, 300))
def test_a_comb_has_a_tooth_at_each_step(step: int, length: int) -> None:
    """Bits 0, step, 2 step and so on below the length, and none when there is no length."""
    assert ones(comb(step, length)) == set(range(0, length, step))


@given(st.integers(0, 50), st.integers(-50, 300))
def test_a_stretch_is_its_bits(start: int, end: int) -> None:
    """All from the start up to the end and no other."""
    assert ones(stretch(start, end)) == set(range(start, end))


@given(instants())
def test_minutes_enclose_their_instant(instant: object) -> None:
    """The whole minutes on both sides lie within a minute, and are one where the instant is on it."""
    floor, ceil = floor_minute(instant), ceil_minute(instant)  # type: ignore[arg-type]
    assert instant_of(floor) <= instant <= instant_of(ceil)  # type: ignore[operator]
    assert instant_of(ceil) - instant_of(floor) in {timedelta(0), MINUTE}
    assert (floor == ceil) == (instant_of(floor) == instant)


free = st.lists(st.lists(st.sampled_from("abcde"), unique=True, max_size=4), min_size=1, max_size=4)


def by_trial(needs: list[list[str]]) -> tuple[str, ...]:
    """Every way to give each need its own, the one that prefers earliest candidates first."""
    ways = [
        way
        for way in permutations("abcde", len(needs))
        if all(who in need for who, need in zip(way, needs, strict=True))
    ]
    ranks = [tuple(need.index(who) for who, need in zip(way, needs, strict=True)) for way in ways]
    return min(zip(ranks, ways, strict=True), default=((), ()))[1]


@given(free)
def test_needs_are_filled_as_trying_all_ways_would(needs: list[list[str]]) -> None:
    """Each need gets another one; the first gets its best that leaves something for the rest, then the second."""
    assert fill(needs) == by_trial(needs)
