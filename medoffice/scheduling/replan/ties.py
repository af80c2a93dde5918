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
        left = self.has[row]
        path = self._path(row, column, may_empty=left == NONE or not self.prices[left])
        if not path:
            return False
        self.owners.pop(left, None)
        for mover, to in path:
            self.has[mover] = to
            if to != NONE:
                self.owners[to] = mover
        return True

    def _path(self, row: int, column: int, *, may_empty: bool) -> list[tuple[int, int]]:
        """Who moves where, so that ``row`` has ``column``: round to what ``row`` leaves, or out of the ring.

        Out of it goes only when what ``row`` leaves may stay empty, since a column with a price has to be in use.
        """
        came_by = {column: row}
        ahead = [(row, column)]
        while ahead:
            mover, at = ahead.pop()
            if at == self.has[row] != NONE or (may_empty and at not in self.owners):
                return self._back(row, mover, at, came_by)
            owner = self.owners.get(at, NONE)
            if owner > row:
                for to in self.choices[owner]:
                    if to == NONE or to not in came_by:
                        came_by.setdefault(to, owner)
                        ahead.append((owner, to))
        return []

    def _back(self, row: int, mover: int, at: int, came_by: Mapping[int, int]) -> list[tuple[int, int]]:
        path = [(mover, at)]
        while mover != row:
            at = self.has[mover]
            mover = came_by[at]
            path.append((mover, at))
        return path
