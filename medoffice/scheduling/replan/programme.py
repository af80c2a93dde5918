"""The integer programme over places that overlap, as scipy takes it: columns are options, rows are what excludes.

A column is a visit at a place; it saves what that visit would cost without a place, less its cost there. Each visit
uses one column at most; of each row (places that want one resource at one instant, or a patient's own visits that
would meet) one at most is used.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any, Final

import attrs

from medoffice.core import MedofficeError
from medoffice.scheduling.replan.certificate import Option
from medoffice.scheduling.replan.conflicts import cliques
from medoffice.scheduling.replan.question import Question
from medoffice.scheduling.replan.table import Table

_NODES: Final = 20_000


class NeedsOptimise(MedofficeError, ImportError):
    """Places overlap, or a patient could be wanted in two at once, and what solves that is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "places overlap, or a patient would be in two at once: that needs scipy, "
            "pip install 'medoffice[optimise]'"
        )


@attrs.frozen
class Solved:
    """The values of the columns, and the prices of the rows (at least 0)."""

    values: Sequence[float]
    prices: Sequence[float]


@attrs.frozen(kw_only=True)
class Programme:
    """The rows of a question. ``of_place`` and ``of_option`` give the numbers of the rows that each is in."""

    table: Table
    place_rows: Sequence[Sequence[int]]
    patient_rows: Sequence[Sequence[Option]]
    of_place: Mapping[int, Sequence[int]]
    of_option: Mapping[Option, Sequence[int]]

    @classmethod
    def of(cls, question: Question, table: Table) -> "Programme":
        """The programme of a question and its costs."""
        place_rows = cliques(question.places) if question.places else []
        of_place: dict[int, list[int]] = defaultdict(list)
        for row, places in enumerate(place_rows):
            for place in places:
                of_place[place].append(row)
        patient_rows = _patient_rows(question, table)
        of_option: dict[Option, list[int]] = defaultdict(list)
        for row, options in enumerate(patient_rows, len(place_rows)):
            for option in options:
                of_option[option].append(row)
        return cls(
            table=table,
            place_rows=place_rows,
            patient_rows=patient_rows,
            of_place=of_place,
            of_option=of_option,
        )

    def saving(self, option: Option) -> int:
        """By how much the option is cheaper than no place for that visit."""
        visit, place = option
        return self.table.no_place[visit] - self.table.costs[visit][place]

    def relaxed(self, pool: Sequence[Option], *, used: Iterable[Option]) -> Solved:
        """The linear relaxation over a pool, in which ``used`` columns are fixed at 1.

        Raises:
            NeedsOptimise: when scipy is not installed.
        """
        width = len(self.place_rows) + len(self.patient_rows)
        if not pool:
            return Solved((), [0.0] * width)
        optimize = _scipy("optimize")
        fixed = set(used)
        matrix, ones = self._matrix(pool)
        count = matrix.shape[1]
        found = optimize.linprog(
            [-self.saving(option) for option in pool] + [0] * (count - len(pool)),
            A_ub=matrix,
            b_ub=ones,
            bounds=[(1 if option in fixed else 0, None) for option in pool]
            + [(0, None)] * (count - len(pool)),
            method="highs",
        )
        if found.status != 0:
            return Solved([0.0] * len(pool), [0.0] * width)
        prices = [max(0.0, -marginal) for marginal in found.ineqlin.marginals[:width]]
        return Solved(list(found.x[: len(pool)]), prices)

    def chosen(
        self, pool: Sequence[Option], *, weights: Sequence[int], total_saving: int | None = None
    ) -> list[Option]:
        """The options of least total weight, of those plans that save ``total_saving`` when that is given.

        Raises:
            NeedsOptimise: when scipy is not installed.
        """
        if not pool:
            return []
        optimize = _scipy("optimize")
        matrix, ones = self._matrix(pool)
        more = [0] * (matrix.shape[1] - len(pool))
        constraints = [optimize.LinearConstraint(matrix, ub=ones)]
        if total_saving is not None:
            savings = [[*map(self.saving, pool), *more]]
            constraints.append(optimize.LinearConstraint(savings, lb=total_saving, ub=total_saving))
        found = optimize.milp(
            [*weights, *more],
            constraints=constraints,
            integrality=[1] * matrix.shape[1],
            bounds=optimize.Bounds(0, 1),
            options={"mip_rel_gap": 0.0, "node_limit": _NODES},
        )
        if found.x is None:
            return []
        return [option for option, value in zip(pool, found.x, strict=False) if round(value)]

    def _matrix(self, pool: Sequence[Option]) -> tuple[Any, list[int]]:
        """The rows as a sparse matrix, with what each is at most: those that exclude, then one for each visit.

        A place with seats has a column of its own behind the pool's, which says that it is used, and a last row: no
        more of its seats are taken than it has, and none unless it is used.
        """
        width = len(self.place_rows) + len(self.patient_rows)
        height = width + len(self.table.no_place)
        grouped = sorted({place for _, place in pool if self.table.seats[place] > 1})
        seat_row = {place: height + which for which, place in enumerate(grouped)}
        columns = [
            [
                *self.of_option.get((visit, place), ()),
                width + visit,
                *([seat_row[place]] if place in seat_row else self.of_place[place]),
            ]
            for visit, place in pool
        ]
        values = [1] * sum(map(len, columns))
        for place in grouped:
            columns.append([*self.of_place[place], seat_row[place]])
            values += [1] * len(self.of_place[place]) + [-self.table.seats[place]]
        ends = list(accumulate(map(len, columns), initial=0))
        matrix = _scipy("sparse").csc_array(
            (values, list(chain.from_iterable(columns)), ends),
            shape=(height + len(grouped), len(columns)),
        )
        return matrix, [1] * height + [0] * len(grouped)


def _patient_rows(question: Question, table: Table) -> list[list[Option]]:
    """For patients with several visits: the options that would have them in two places at one instant."""
    visits: dict[object, list[int]] = defaultdict(list)
    for visit, each in enumerate(question.displaced):
        visits[each.appointment.patient].append(visit)
    rows: set[tuple[Option, ...]] = set()
    for own in visits.values():
        if len(own) > 1:
            rows.update(_meetings(own, question, table))
    return [list(row) for row in sorted(rows)]


def _meetings(own: Sequence[int], question: Question, table: Table) -> Iterable[tuple[Option, ...]]:
    """The largest sets of one patient's options that share an instant and are of several visits."""
    spans = sorted(
        (
            place.slot.start,
            place.slot.start + question.displaced[visit].appointment.slot.length,
            (visit, which),
        )
        for visit in own
        for which, place in enumerate(question.places)
        if table.costs[visit][which] <= table.no_place[visit]
    )
    open_now: list[tuple[object, Option]] = []
    for start, end, option in spans:
        staying = [each for each in open_now if each[0] > start]  # type: ignore[operator]
        if len(staying) < len(open_now):
            yield from _several(open_now)
        open_now = [*staying, (end, option)]
    yield from _several(open_now)


def _several(open_now: Sequence[tuple[object, Option]]) -> Iterable[tuple[Option, ...]]:
    options = tuple(sorted(option for _, option in open_now))
    if len({visit for visit, _ in options}) > 1:
        yield options


def _scipy(part: str) -> Any:  # noqa: ANN401 - scipy has no types
    try:
        if part == "sparse":
            from scipy import sparse  # noqa: PLC0415 - the extra is looked for when it is needed

            return sparse
        from scipy import optimize  # noqa: PLC0415 - as above
    except ImportError:
        raise NeedsOptimise from None
    return optimize
