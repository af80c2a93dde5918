"""Replanning over places that overlap: the cheapest plan by an integer programme, and its proof by prices.

Only columns that matter are handed to the solver (HiGHS): the linear relaxation takes in those that its prices call
for, and the integer programme those whose reduced cost leaves room for a better plan; the others cannot be in
one. Whatever the solver says is looked at in whole numbers: prices are rounded to fractions of 2⁻²⁰ points, and the
bound that they give is exact (see :mod:`~medoffice.scheduling.replan.certificate`). Where it falls short of the plan,
the proof is split into cases until it does not, or until there are too many.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from operator import itemgetter
from typing import Final

import attrs

from medoffice.scheduling.replan.certificate import (
    Decision,
    Leaf,
    Option,
    PatientPrice,
    Price,
    Proof,
    Split,
    case_bound,
    priced_rows,
)
from medoffice.scheduling.replan.programme import Programme
from medoffice.scheduling.replan.question import Question
from medoffice.scheduling.replan.table import Table

SCALE: Final = 1 << 20
"""Prices are whole numbers of this fraction of a point."""

_FIRST: Final = 12
_TAKEN_IN: Final = 12
_NEARLY: Final = 1e-6
_HALF: Final = 0.5


@attrs.frozen
class Packing:
    """``places[visit]`` (-1 for none), and the proof of what every plan costs at least, at ``SCALE``."""

    places: tuple[int, ...]
    proof: Proof


@attrs.frozen
class _Case:
    """A relaxation: its decisions, the columns it took in with their values, its prices and their exact bound."""

    decisions: tuple[Decision, ...]
    pool: tuple[Option, ...]
    values: tuple[float, ...]
    leaf: Leaf
    bound: int


def pack(question: Question, table: Table, *, most_cases: int) -> Packing:
    """The plan of least cost, and its proof in ``most_cases`` cases at most; beyond, a bound remains with a gap.

    Raises:
        NeedsOptimise: when scipy is not installed.
    """
    return _Search(table, Programme.of(question, table), most_cases).result()


@attrs.define
class _Search:
    table: Table
    programme: Programme
    cases_left: int

    def result(self) -> Packing:
        root = self.relax((), self.cheapest())
        best = self.solve(root.pool)
        if self.cost(best) > -(-root.bound // SCALE):
            best = min(best, self.solve(self.within(root, self.cost(best))), key=self.cost)
        best = self.fairer(best, self.within(root, self.cost(best)))
        return Packing(tuple(best), self.prove(root, self.cost(best)))

    def cost(self, places: Sequence[int]) -> int:
        rows = zip(places, self.table.costs, self.table.no_place, strict=True)
        return sum(costs[place] if place >= 0 else no_place for place, costs, no_place in rows)

    def squares(self, places: Sequence[int]) -> int:
        rows = zip(places, self.table.costs, self.table.no_place, strict=True)
        return sum((costs[place] if place >= 0 else no_place) ** 2 for place, costs, no_place in rows)

    def cheapest(self) -> tuple[Option, ...]:
        """The columns to begin with: each visit's cheapest places."""
        pool = []
        for visit, costs in enumerate(self.table.costs):
            places = sorted(range(len(costs)), key=costs.__getitem__)[:_FIRST]
            pool += [(visit, place) for place in places if costs[place] <= self.table.no_place[visit]]
        return tuple(pool)

    def relax(self, decisions: tuple[Decision, ...], pool: tuple[Option, ...]) -> _Case:
        """Solve a relaxation, taking in columns until no other would lower it."""
        used = [what for what, is_used in decisions if is_used and isinstance(what, tuple)]
        pool = tuple(
            dict.fromkeys((*(each for each in pool if _is_left(each, decisions, self.table)), *used))
        )
        while True:
            solved = self.programme.relaxed(pool, used=used)
            leaf = self.leaf(solved.prices)
            missing = self.missing(leaf, decisions, set(pool))
            if not missing:
                bound = case_bound(self.table, leaf=leaf, decisions=decisions, scale=SCALE)
                return _Case(decisions, pool, tuple(solved.values), leaf, bound)
            pool += missing

    def leaf(self, prices: Sequence[float]) -> Leaf:
        """The prices of a relaxation in whole numbers."""
        whole = [round(price * SCALE) for price in prices]
        of_places = zip(self.programme.place_rows, whole, strict=False)
        of_patients = zip(self.programme.patient_rows, whole[len(self.programme.place_rows) :], strict=True)
        return Leaf(
            tuple(Price(tuple(places), points) for places, points in of_places if points),
            tuple(PatientPrice(tuple(options), points) for options, points in of_patients if points),
        )

    def missing(self, leaf: Leaf, decisions: tuple[Decision, ...], pool: set[Option]) -> tuple[Option, ...]:
        """Columns outside the pool that are cheaper, priced, than all that their visit has within it."""
        has: dict[int, list[int]] = {}
        for visit, place in pool:
            has.setdefault(visit, []).append(place)
        found: list[Option] = []
        for visit, priced, limit in priced_rows(self.table, leaf=leaf, decisions=decisions, scale=SCALE):
            least = min(limit, min((priced[place] for place in has.get(visit, ())), default=limit))
            cheaper = sorted((cost, place) for place, cost in enumerate(priced) if cost < least)
            found += [(visit, place) for _, place in cheaper[:_TAKEN_IN]]
        return tuple(found)

    def within(self, case: _Case, cost: int) -> tuple[Option, ...]:
        """The columns that can be in a plan of that cost or less: their reduced cost is no more than the slack."""
        slack = cost * SCALE - case.bound
        found: list[Option] = []
        for visit, priced, limit in priced_rows(
            self.table, leaf=case.leaf, decisions=case.decisions, scale=SCALE
        ):
            most = min(limit, min(priced, default=limit)) + slack
            found += [
                (visit, place)
                for place, points in enumerate(priced)
                if points <= most and self.table.costs[visit][place] <= self.table.no_place[visit]
            ]
        return tuple(found)

    def solve(self, pool: Sequence[Option]) -> list[int]:
        """The cheapest plan over a pool."""
        weights = [-self.programme.saving(option) for option in pool]
        return self.placed(self.programme.chosen(pool, weights=weights))

    def fairer(self, best: list[int], pool: Sequence[Option]) -> list[int]:
        """A plan of the same cost that spreads it better, when the solver finds one."""
        no_place = self.table.no_place
        weights = [self.table.costs[visit][place] ** 2 - no_place[visit] ** 2 for visit, place in pool]
        saving = sum(no_place) - self.cost(best)
        other = self.placed(self.programme.chosen(pool, weights=weights, total_saving=saving))
        is_fairer = self.cost(other) == self.cost(best) and self.squares(other) < self.squares(best)
        return other if is_fairer else best

    def placed(self, options: Sequence[Option]) -> list[int]:
        """The place of each visit; what the solver chose against its own rows is left out."""
        places = [-1] * len(self.table.no_place)
        seated: Counter[int] = Counter()
        taken: set[int] = set()
        for visit, place in options:
            own = self.programme.of_option.get((visit, place), ())
            rows = self.programme.of_place[place]
            has_room = seated[place] < self.table.seats[place] and (seated[place] or taken.isdisjoint(rows))
            if places[visit] < 0 and has_room and taken.isdisjoint(own):
                places[visit] = place
                seated[place] += 1
                taken.update(rows, own)
        return places

    def prove(self, case: _Case, cost: int) -> Proof:
        """Prices that reach the plan's cost, split into cases where one set of prices does not."""
        self.cases_left -= 1
        if -(-case.bound // SCALE) >= cost or self.cases_left < 1:
            return case.leaf
        undecided = self.undecided(case)
        if not undecided:
            return case.leaf
        what = undecided[0]
        used = self.relax((*case.decisions, (what, True)), case.pool)
        unused = self.relax((*case.decisions, (what, False)), case.pool)
        return Split(what, self.prove(used, cost), self.prove(unused, cost))

    def undecided(self, case: _Case) -> list[Option | int]:
        """What is used in part, what is nearest to one half first: places, or options when all places are whole.

        Places come first: once it is settled which of them are used, an assignment is left, whose relaxation is whole.
        A group's place may have whole visits and still be used in part, when a rival has the rest of its share.
        """
        used: dict[int, float] = defaultdict(float)
        for (_, place), value in zip(case.pool, case.values, strict=True):
            used[place] += value / self.table.seats[place]
        in_use = {place for place, share in used.items() if share > _NEARLY}
        settled = {what for what, _ in case.decisions}
        whole: list[tuple[float, Option | int]] = [
            (abs(used[place] - _HALF), place)
            for place in sorted(in_use - settled)
            if used[place] < 1 - _NEARLY
            and (self.table.seats[place] == 1 or not in_use.isdisjoint(self.table.rivals[place]))
        ]
        whole = whole or [
            (abs(value - _HALF), option)
            for option, value in sorted(zip(case.pool, case.values, strict=True))
            if _NEARLY < value < 1 - _NEARLY
        ]
        return [what for _, what in sorted(whole, key=itemgetter(0))]


def _is_left(option: Option, decisions: tuple[Decision, ...], table: Table) -> bool:
    """Whether decisions leave an option possible."""
    visit, place = option
    for what, is_used in decisions:
        if isinstance(what, int):
            if (place in table.rivals[what]) if is_used else (place == what):
                return False
        elif (visit == what[0] and place != what[1]) if is_used else option == what:
            return False
    return True
