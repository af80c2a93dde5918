"""Which of several cheapest assignments: the one that spreads the burden, then the one that favours the urgent.

All assignments of least cost are those that use only *tight* edges (whose cost with the column's price is what the row
pays) and every column that has a price: complementary slackness. So a second aim is a smaller assignment problem
over the tight edges of the first, and a third a walk over those of the second.
"""

from collections.abc import Mapping, Sequence

import attrs

from medoffice.scheduling.replan.assignment import NONE, Assignment, Costs, assign


def fairest(
    costs: Sequence[Costs],
    *,
    order: Sequence[Sequence[int]],
    without: Sequence[int],
    found: Assignment,
) -> Sequence[int]:
    """The columns of the cheapest assignment that is to be chosen.

    Among those of least total cost it has the least sum of squared costs, so that nobody bears what several could
    share. Among these, the first row has the least cost it can have, in the lowest column (none comes last); then
    the second; and so on. So it is one assignment, whichever was found first.
    """
    tight = [
        _tight(row, columns, none, has, found.prices)
        for row, columns, none, has in zip(costs, order, without, found.columns, strict=True)
    ]
    if all(len(edges) == 1 for edges in tight):
        return found.columns
    # A column with a price has to stay in use: all others are made dearer by more than squares could make up for.
    dear = 1 + len(tight) * max(cost**2 for edges in tight for cost in edges.values())
    squares = [
        {
            column: cost**2 + (0 if column != NONE and found.prices[column] else dear)
            for column, cost in edges.items()
        }
        for edges in tight
    ]
    impossible = len(tight) * 2 * dear
    nones = [edges.pop(NONE, impossible) for edges in squares]
    second = assign(
        squares,
        order=[sorted(edges, key=edges.__getitem__) for edges in squares],
        without=nones,
        columns=len(found.prices),
    )
    return _first(tight, squares, nones, second)


def _tight(costs: Costs, order: Sequence[int], none: int, has: int, prices: Sequence[int]) -> dict[int, int]:
    """The columns that cost a row, with their prices, what it pays now; each with its cost without."""
    pays = none if has == NONE else costs[has] + prices[has]
    edges = {NONE: none} if none == pays else {}
    for column in order:
        if costs[column] > pays:
            break
        if costs[column] + prices[column] == pays:
            edges[column] = costs[column]
    return edges


def _first(
    own: Sequence[Mapping[int, int]],
    costs: Sequence[Mapping[int, int]],
    without: Sequence[int],
    found: Assignment,
) -> Sequence[int]:
    """Row by row the first choice with which all others can still be served, at no more cost."""
    choices = []
    for mine, squares, none, has in zip(own, costs, without, found.columns, strict=True):
        tight = _tight(squares, sorted(squares, key=squares.__getitem__), none, has, found.prices)
        choices.append(sorted(tight, key=lambda each, by=mine: (by[each], each == NONE, each)))  # type: ignore[misc]
    owners = {column: row for row, column in enumerate(found.columns) if column != NONE}
    walk = _Walk(choices, list(found.columns), found.prices, owners)
    for row, columns in enumerate(choices):
        for column in columns:
            if column == walk.has[row] or walk.gives(row, column):
                break
    return walk.has


@attrs.define
class _Walk:
    choices: Sequence[Sequence[int]]
    has: list[int]
    prices: Sequence[int]
    owners: dict[int, int]

    def gives(self, row: int, column: int) -> bool:
        """Let a row have a column if those after it can make room; rows before it keep what they have."""
        steps = self._steps(row, column)
        for mover, _ in steps:
            self.owners.pop(self.has[mover], None)
        for mover, to in steps:
            self.has[mover] = to
            if to != NONE:
                self.owners[to] = mover
        return bool(steps)

    def _steps(self, row: int, column: int) -> list[tuple[int, int]]:
        """Who takes what, so that ``row`` has ``column``; nothing when that cannot be.

        Whoever is pushed out goes on to another column, round to the one that ``row`` leaves, or out to a free one.
        When what ``row`` leaves has a price and must stay in use, going out is not the end: then somebody who can
        leave theirs empty comes in for it.
        """
        left, came_by = self.has[row], dict[int, tuple[int, int]]()
        ahead, is_out = [(row, column)], False
        while ahead:
            mover, to = ahead.pop()
            is_free = to not in self.owners
            if to == left != NONE or (is_free and self._may_be_empty(left)):
                return self._back(row, (mover, to), came_by)
            movers: Sequence[int] = ()
            if not is_free:
                movers = (self.owners[to],)
            elif not is_out:
                is_out = True
                movers = [each for each, has in enumerate(self.has) if self._may_be_empty(has)]
            for each in movers:
                if each > row and each not in came_by:
                    came_by[each] = (mover, to)
                    ahead += [(each, other) for other in self.choices[each] if other != self.has[each]]
        return []

    def _may_be_empty(self, column: int) -> bool:
        return column == NONE or not self.prices[column]

    def _back(
        self, row: int, step: tuple[int, int], came_by: Mapping[int, tuple[int, int]]
    ) -> list[tuple[int, int]]:
        steps = [step]
        while step[0] != row:
            step = came_by[step[0]]
            steps.append(step)
        return steps
