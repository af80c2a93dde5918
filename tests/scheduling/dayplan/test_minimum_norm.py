"""The least value of a submodular function, against all sets."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.scheduling.dayplan.minimum_norm import Base, Gain, gain_or_base
from medoffice.scheduling.dayplan.numerics import Array

whole = st.integers(-8, 8)


@st.composite
def submodular(draw: st.DrawFn) -> tuple[int, dict[frozenset[int], float]]:
    """Cuts of a weighted graph, a concave function of the size, and something for each element; as a table."""
    size = draw(st.integers(1, 6))
    edges = draw(st.dictionaries(st.tuples(*[st.integers(0, size - 1)] * 2), st.integers(0, 5), max_size=10))
    each = [draw(whole) for _ in range(size)]
    bend = draw(st.integers(0, 3))
    table = {}
    for count in range(size + 1):
        for members in combinations(range(size), count):
            cut = sum(weight for (a, b), weight in edges.items() if (a in members) != (b in members))
            table[frozenset(members)] = float(cut + bend * min(count, 2) + sum(each[at] for at in members))
    return size, table


@given(submodular())
def test_a_set_that_gains_or_a_proof_that_none_does(
    function: tuple[int, dict[frozenset[int], float]],
) -> None:
    """A gain has the value it says; a base point lies in the polytope, and its negative parts bound every set."""
    size, table = function

    def chain(order: Array) -> Array:
        return np.array([table[frozenset(order[: count + 1].tolist())] for count in range(size)])

    found = gain_or_base(chain, size=size, tolerance=1e-9, proof_tolerance=1e-9)
    if isinstance(found, Gain):
        assert table[frozenset(np.flatnonzero(found.members).tolist())] == found.value < 0
        return
    assert min(table.values()) >= np.minimum(found.point, 0).sum() - 1e-9 >= -1e-6
    assert isinstance(found, Base)
    assert sum(found.shares) == pytest.approx(1)
    mixed = np.zeros(size)
    for order, share in zip(found.orders, found.shares, strict=True):
        values = chain(np.array(order))
        mixed[list(order)] += share * np.diff(values, prepend=0.0)
    assert mixed == pytest.approx(found.point, abs=1e-9)
    for members, value in table.items():
        assert sum(mixed[list(members)]) <= value + 1e-9
