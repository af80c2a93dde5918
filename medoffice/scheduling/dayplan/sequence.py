"""The order of unlike patients, and their slots: branch and bound over the orders.

For one order the best slots are found and proven as always. Over the orders nothing so kind is known: the smallest
variance first is a good rule and not always the best (de Kemp, Mandjes and Olver, arXiv 1812.01467). So the search
looks at every order where they are few. Otherwise it exchanges pairs of patients while that helps, then splits the orders
by who is first, second, …, bounds each part by a relaxed session, always splits the part with the least bound, and drops
parts whose bound reaches the best plan so far. When it may look at no more, the least bound that is left says how far
from optimal the plan can be. These bounds are weak: beyond a thousand orders expect a good plan with a wide gap.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import combinations, count
from math import factorial, prod
from typing import Final

import attrs

from medoffice.core.errors import InvalidValue
from medoffice.scheduling.dayplan.certificate import Cut
from medoffice.scheduling.dayplan.day import DayPlan, best_of
from medoffice.scheduling.dayplan.relaxation import ordered, relaxed
from medoffice.scheduling.dayplan.services import Minutes, Service
from medoffice.scheduling.dayplan.session import PLAIN, Session, Weights

_METHOD: Final = (
    "Every order of the patients falls under a cut, and within each cut no plan costs less than its bound; for the "
    "order of the plan, no set of patients gains by moving one slot."
)
_NEAR: Final = 1e-10
_FEW: Final = 6


@attrs.frozen(kw_only=True)
class Expected:
    """A patient who is expected: how long the visit takes, and the probability not to come."""

    service: Service
    no_show: float = 0.0


def optimal_sequence(
    *,
    patients: Sequence[Expected],
    slots: int,
    slot: Minutes,
    weights: Weights = PLAIN,
    effort: int = 1_000,
) -> DayPlan:
    """The order and the slots of unlike patients that cost least, as far as ``effort`` reaches.

    ``effort`` is how many orders, or parts of them, may be looked at, at some milliseconds each. The certificate says whether the plan is proven optimal
    or by how much it might not be. Patients who are alike count as one kind, so ten of three kinds are far fewer
    orders than ten of ten kinds.

    Raises:
        InvalidValue: when there are no patients, ``effort`` is below one, or what :func:`optimal_day` raises.
        OptimiserMissing: when numpy is not installed.
    """
    if type(effort) is not int or effort < 1:
        raise InvalidValue("effort", "it is a whole number above zero")
    session = Session.of(
        n=len(patients),
        slots=slots,
        slot=slot,
        service=[patient.service for patient in patients],
        no_show=[patient.no_show for patient in patients],
        weights=weights,
    )
    return _Search(session, effort).run()


@attrs.frozen(kw_only=True)
class _Part:
    """A cut, and the bound that its witnesses prove."""

    cut: Cut
    bound: float


class _Search:
    """The best plan so far, and the parts of the orders that might hold a better one."""

    def __init__(self, session: Session, effort: int) -> None:
        self._session = session
        self._left = effort
        self._evaluations = 0
        kinds = list(zip(session.services, session.no_show, strict=True))
        self._kind = [kinds.index(kind) for kind in kinds]
        self._order = tuple(sorted(range(session.n), key=lambda at: (session.services[at].variance, at)))
        self._best = best_of(ordered(session, self._order))

    def run(self) -> DayPlan:
        """Look at every order when effort allows; otherwise exchange pairs while that helps, then split."""
        if self._orders(range(self._session.n)) <= self._left:
            return self._concluded([self._whole(order) for order in self._all(tuple(range(self._session.n)))])
        while self._exchange():
            pass
        closed: list[_Part] = []
        turn = count(1)
        root = self._part((), self._best.places)
        waiting = [(root.bound, 0, root)]
        while waiting and waiting[0][0] < self._reach() and self._left > 0:
            part = heappop(waiting)[2]
            for head in self._heads(part.cut):
                is_whole = len(head) == self._session.n
                child = self._whole(head) if is_whole else self._part(head, part.cut.places)
                if is_whole or child.bound >= self._reach():
                    closed.append(child)
                else:
                    heappush(waiting, (child.bound, next(turn), child))
        return self._concluded([*closed, *(part for _, _, part in waiting)])

    def _concluded(self, parts: Sequence[_Part]) -> DayPlan:
        certificate = attrs.evolve(
            self._best.certificate,
            method=_METHOD,
            lower_bound=min(self._best.cost, *(part.bound for part in parts)),
            evaluations=self._evaluations,
            cuts=tuple(part.cut for part in parts),
        )
        return attrs.evolve(self._best, order=self._order, certificate=certificate)

    def _reach(self) -> float:
        """What a bound must come to for its part to be dropped."""
        return self._best.cost - _NEAR * max(1.0, abs(self._best.cost))

    def _exchange(self) -> bool:
        """Whether the exchange of two patients brought a better plan."""
        for first, second in combinations(range(self._session.n), 2):
            order = list(self._order)
            order[first], order[second] = order[second], order[first]
            if self._left > 0 and self._kind[order[first]] != self._kind[order[second]]:
                before = self._best.cost
                self._whole(tuple(order))
                if self._best.cost < before:
                    return True
        return False

    def _whole(self, order: tuple[int, ...]) -> _Part:
        """One order, solved; it becomes the best when it is better."""
        plan = best_of(ordered(self._session, order), near=self._best.places)
        proof = plan.certificate
        self._left -= 1
        self._evaluations += proof.evaluations
        if plan.cost < self._reach():
            self._best, self._order = plan, order
        cut = Cut(order=order, fixed=len(order), places=plan.places, later=proof.later, earlier=proof.earlier)
        return _Part(cut=cut, bound=proof.lower_bound)

    def _part(self, head: tuple[int, ...], near: tuple[int, ...]) -> _Part:
        """The bound for all orders that begin with ``head``."""
        rest = tuple(at for at in range(self._session.n) if at not in head)
        plan = best_of(relaxed(self._session, (*head, *rest), fixed=len(head)), near=near)
        proof = plan.certificate
        self._left -= 1
        self._evaluations += proof.evaluations
        cut = Cut(
            order=(*head, *rest),
            fixed=len(head),
            places=plan.places,
            later=proof.later,
            earlier=proof.earlier,
        )
        return _Part(cut=cut, bound=proof.lower_bound)

    def _heads(self, cut: Cut) -> Iterator[tuple[int, ...]]:
        """The head of a cut with each kind of the rest behind it; whole orders where few are left."""
        head, rest = cut.order[: cut.fixed], cut.order[cut.fixed :]
        if self._orders(rest) <= _FEW:
            yield from ((*head, *order) for order in self._all(rest))
        else:
            yield from ((*head, each) for each in self._choices(rest))

    def _choices(self, rest: Sequence[int]) -> Iterator[int]:
        """One patient of each kind."""
        return iter({self._kind[at]: at for at in reversed(rest)}.values())

    def _all(self, rest: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """Every order of the kinds of some patients."""
        if not rest:
            yield ()
        for first in self._choices(rest):
            yield from ((first, *order) for order in self._all(tuple(at for at in rest if at != first)))

    def _orders(self, rest: Sequence[int]) -> int:
        """How many orders of the kinds of some patients there are."""
        alike = Counter(self._kind[at] for at in rest)
        return factorial(len(rest)) // prod(factorial(each) for each in alike.values())
