"""The assignment and its choice among equals, against every assignment there is."""

from collections.abc import Iterator, Sequence
from itertools import product

import attrs
from hypothesis import example, given, settings
from hypothesis import strategies as st

from medoffice.scheduling.replan.assignment import NONE, Assignment, assign
from medoffice.scheduling.replan.ties import fairest


@attrs.frozen
class Asked:
    """A small problem: what columns cost each row, and what it costs to have none."""

    costs: tuple[tuple[int, ...], ...]
    without: tuple[int, ...]

    @property
    def columns(self) -> int:
        """How many there are."""
        return len(self.costs[0])

    @property
    def order(self) -> list[list[int]]:
        """Each row's columns, cheapest first, less those that cost more than none."""
        return [
            [column for column in sorted(range(len(row)), key=row.__getitem__) if row[column] <= most]
            for row, most in zip(self.costs, self.without, strict=True)
        ]

    def solved(self) -> Assignment:
        """What is under test."""
        return assign(self.costs, order=self.order, without=self.without, columns=self.columns)

    def cost(self, row: int, column: int) -> int:
        """What a row pays, prices apart."""
        return self.without[row] if column == NONE else self.costs[row][column]

    def costs_of(self, chosen: Sequence[int]) -> list[int]:
        """What each row pays."""
        return [self.cost(row, column) for row, column in enumerate(chosen)]

    def everything(self) -> Iterator[tuple[int, ...]]:
        """Every assignment that gives no column twice."""
        for chosen in product(range(NONE, self.columns), repeat=len(self.costs)):
            given_out = [column for column in chosen if column != NONE]
            if len(given_out) == len(set(given_out)):
                yield chosen


@st.composite
def problems(draw: st.DrawFn, most: int = 4) -> Asked:
    """Few different costs, so that ties are common."""
    rows, columns = draw(st.integers(1, most)), draw(st.integers(1, most + 1))
    costs = st.integers(0, draw(st.sampled_from([2, 5, 100])))
    return Asked(
        tuple(draw(st.tuples(*[costs] * columns)) for _ in range(rows)),
        draw(st.tuples(*[costs] * rows)),
    )


@given(problems())
def test_no_assignment_is_cheaper(asked: Asked) -> None:
    """The sum is the least of all assignments there are."""
    found = asked.solved()
    least = min(sum(asked.costs_of(chosen)) for chosen in asked.everything())
    assert tuple(found.columns) in set(asked.everything())
    assert sum(asked.costs_of(found.columns)) == least


@given(problems(most=8))
def test_prices_leave_everybody_content(asked: Asked) -> None:
    """With prices nobody would rather have another column or none; free columns cost nothing."""
    found = asked.solved()
    taken = set(found.columns)
    for row, has in enumerate(found.columns):
        pays = asked.cost(row, has) + (found.prices[has] if has != NONE else 0)
        assert pays <= asked.without[row]
        assert all(pays <= cost + price for cost, price in zip(asked.costs[row], found.prices, strict=True))
    assert all(price >= 0 for price in found.prices)
    assert all(price == 0 for column, price in enumerate(found.prices) if column not in taken)


@settings(max_examples=300)
@given(problems())
@example(Asked(((0, 1, 1, 1, 0), (0, 1, 1, 1, 1), (0, 1, 1, 1, 0)), (1, 1, 1)))
def test_ties_go_to_the_plan_that_is_described(asked: Asked) -> None:
    """Least sum, then least sum of squares, then row by row the least cost in the lowest column, none last."""
    chosen = fairest(asked.costs, order=asked.order, without=asked.without, found=asked.solved())

    def rank(each: Sequence[int]) -> tuple[object, ...]:
        costs = asked.costs_of(each)
        own = tuple((cost, column == NONE, column) for cost, column in zip(costs, each, strict=True))
        return sum(costs), sum(cost**2 for cost in costs), own

    assert tuple(chosen) == min(asked.everything(), key=rank)


@given(problems(most=12))
def test_the_chosen_plan_is_as_cheap_as_the_first(asked: Asked) -> None:
    """Choosing among equals gives nothing away, in larger problems too."""
    found = asked.solved()
    chosen = fairest(asked.costs, order=asked.order, without=asked.without, found=found)
    assert sum(asked.costs_of(chosen)) == sum(asked.costs_of(found.columns))
    assert sum(c**2 for c in asked.costs_of(chosen)) <= sum(c**2 for c in asked.costs_of(found.columns))
