"""The search: steepest descent over sets of patients, each set moved by one slot, ended by a proof.

An L♮-convex function has its least value where no set of variables, raised together by one or lowered together by one,
gains anything (Murota 2003, theorem 7.14). One patient at a time is not enough. Which set gains is a submodular question
(:mod:`~medoffice.scheduling.dayplan.minimum_norm`); the first set that gains is taken, and moved on by two, four, … slots
while that gains more.
"""

from collections.abc import Iterable
from typing import Final

import attrs

from medoffice.scheduling.dayplan.minimum_norm import Base, Gain, gain_or_base
from medoffice.scheduling.dayplan.numerics import Array, numpy
from medoffice.scheduling.dayplan.objective import Objective

LATER: Final = 1
EARLIER: Final = -1
_TOLERANCE: Final = 1e-11


@attrs.frozen(kw_only=True, eq=False)
class Bottom:
    """Where the descent ended: slots that rise, their cost, and for both directions why no set gains.

    ``loss`` is how far any plan of the box can be below the cost.
    """

    places: tuple[int, ...]
    cost: float
    later: Base
    earlier: Base
    loss: float


def descend(objective: Objective, starts: Iterable[tuple[int, ...]]) -> Bottom:
    """The plan of least cost, from the best of some plans to start with."""
    np = numpy()
    plans = objective.closed(np.asarray(tuple(starts)))
    costs = objective(plans)
    place = int(np.argmin(costs))
    places, cost = plans[place], float(costs[place])
    while True:
        proofs = {}
        for direction in (LATER, EARLIER):
            found = _probe(objective, places, cost, direction)
            if isinstance(found, Gain):
                places, cost = _onward(objective, places, direction * found.members)
                break
            proofs[direction] = found
        else:
            loss = lost(proofs[LATER], objective.latest - places) + lost(proofs[EARLIER], places)
            return Bottom(
                places=tuple(int(each) for each in places),
                cost=cost,
                later=proofs[LATER],
                earlier=proofs[EARLIER],
                loss=loss,
            )


def _tolerance(cost: float) -> float:
    return _TOLERANCE * max(1.0, abs(cost))


def _onward(objective: Objective, places: Array, move: Array) -> tuple[Array, float]:
    """Repeat a move that gains, twice, four times, … as far as that gains most; then close the plan."""
    np = numpy()
    room = np.where(move > 0, objective.latest - places, np.where(move < 0, places, objective.session.slots))
    strides = 2 ** np.arange(int(room.min()).bit_length())
    plans = places + strides[:, None] * move
    costs = objective(plans)
    best = int(np.argmin(costs))
    closed = objective.closed(plans[best][None])
    return closed[0], float(objective(closed)[0])


def _probe(objective: Objective, places: Array, cost: float, direction: int) -> Gain | Base:
    np = numpy()
    room = objective.latest - places if direction == LATER else places
    free = np.flatnonzero(room > 0)
    if not len(free):
        return Base(point=np.empty(0), orders=(), shares=())

    def chain(order: Array) -> Array:
        plans = np.tile(places, (len(order), 1))
        for count, member in enumerate(free[order]):
            plans[count:, member] += direction
        return objective(plans) - cost

    tolerance = _tolerance(cost)
    proof = tolerance / objective.session.slots
    found = gain_or_base(chain, size=len(free), tolerance=tolerance, proof_tolerance=proof)
    if isinstance(found, Gain):
        members = np.zeros(len(places), dtype=int)
        members[free[found.members]] = 1
        return attrs.evolve(found, members=members)
    return attrs.evolve(
        found, orders=tuple(tuple(int(free[each]) for each in order) for order in found.orders)
    )


def lost(proof: Base, room: Array) -> float:
    """How much cheaper a plan might be that moves each patient as far as there is room; only those have a slope."""
    np = numpy()
    return float(np.maximum(0.0, -proof.point) @ room[room > 0])
