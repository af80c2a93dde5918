"""The cheapest assignment, with prices that prove it: shortest augmenting paths.

Rows are taken in one after the other; each finds its cheapest way in by a search of Dijkstra's kind over alternating
paths, which may push others on. Prices of columns keep every row content with what it has, so they are a dual solution
and at the end prove the optimum. After R. Jonker and A. Volgenant, "A shortest augmenting path algorithm for
dense and sparse linear assignment problems", Computing 38 (1987) 325-340; without their initialisation: columns come
sorted here, and a search stops at the first that is too dear.

Whole numbers in, whole numbers out: nothing is rounded, so nothing is only nearly optimal.
"""

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from math import inf
from typing import Final

import attrs

NONE: Final = -1
"""What a row has that has no column."""

Costs = Sequence[int] | Mapping[int, int]
"""What each column costs one row, by the column's number."""


@attrs.frozen(kw_only=True)
class Assignment:
    """``columns[row]`` is what each row has, or ``NONE``; ``prices[column]`` are 0 at least, and 0 where it is free.

    With its price, what a row has costs it no more than any other column, and no more than to have none.
    """

    columns: Sequence[int]
    prices: Sequence[int]


def assign(
    costs: Sequence[Costs], *, order: Sequence[Sequence[int]], without: Sequence[int], columns: int
) -> Assignment:
    """The assignment of least cost in which no column is given twice.

    Args:
        costs: for each row what its columns cost, 0 at least.
        order: for each row the columns that it may have, cheapest first.
        without: for each row what it costs to have none.
        columns: how many there are.
    """
    search = _Search(
        costs=costs,
        order=order,
        without=without,
        owners=[NONE] * columns,
        prices=[0] * columns,
        has=[NONE] * len(costs),
    )
    for row in range(len(costs)):
        search.take_in(row)
    return Assignment(columns=search.has, prices=search.prices)


@attrs.define(kw_only=True)
class _Search:
    costs: Sequence[Costs]
    order: Sequence[Sequence[int]]
    without: Sequence[int]
    owners: list[int]
    prices: list[int]
    has: list[int]

    def take_in(self, row: int) -> None:
        """Find a way in for one more row, and raise the prices along it."""
        owners, prices = self.owners, self.prices
        nearest: dict[int, int] = {}
        came_by: dict[int, int] = {}
        settled: list[tuple[int, int]] = []
        heap: list[tuple[int, int]] = []
        limit, end, last = inf, NONE, row  # the nearest way out so far: a free column, or that a row has none
        at, base = row, 0
        while True:
            if base + self.without[at] < limit:
                limit, end, last = base + self.without[at], NONE, at
            costs = self.costs[at]
            for column in self.order[at]:
                distance = base + costs[column]
                if distance >= limit:
                    break  # the rest is no nearer: costs rise, and prices are not negative
                distance += prices[column]
                if distance < limit and distance < nearest.get(column, inf):
                    nearest[column], came_by[column] = distance, at
                    if owners[column] == NONE:
                        limit, end, last = distance, column, at
                    else:
                        heappush(heap, (distance, column))
            while heap and heap[0][0] > nearest[heap[0][1]]:
                heappop(heap)
            if not heap or heap[0][0] >= limit:
                break
            distance, column = heappop(heap)
            settled.append((distance, column))
            at = owners[column]
            base = distance - self.costs[at][column] - prices[column]
        for distance, column in settled:
            prices[column] += int(limit) - distance
        self._shift(row, end, last, came_by)

    def _shift(self, row: int, end: int, last: int, came_by: Mapping[int, int]) -> None:
        """Everybody on the path takes the column that the next one leaves."""
        column, at = end, last
        while True:
            left, self.has[at] = self.has[at], column
            if column != NONE:
                self.owners[column] = at
            if at == row:
                return
            column, at = left, came_by[left]
