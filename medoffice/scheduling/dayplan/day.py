"""The best plan for a day, with its certificate."""

from collections.abc import Sequence
from typing import Final

import attrs

from medoffice.core.errors import InvalidValue
from medoffice.scheduling.dayplan.certificate import Certificate, Witness
from medoffice.scheduling.dayplan.descent import Bottom, descend
from medoffice.scheduling.dayplan.evaluation import Costs
from medoffice.scheduling.dayplan.minimum_norm import Base
from medoffice.scheduling.dayplan.objective import Objective
from medoffice.scheduling.dayplan.rules_of_thumb import bailey_welch_places, even_places
from medoffice.scheduling.dayplan.services import Minutes, Service
from medoffice.scheduling.dayplan.session import PLAIN, Session, Weights

_METHOD: Final = (
    "The cost of a plan in this order of patients is an L-natural-convex function of their slots, and the witnesses "
    "show that no set of patients gains by moving one slot later, nor one slot earlier."
)


@attrs.frozen(kw_only=True)
class DayPlan:
    """Which slot each patient has, what that costs, and how it is known to be best.

    ``order`` lists the patients, by their number in the question, as they are seen; ``places`` their slots in that
    order. The parts of the cost are expected minutes of the whole session. ``session`` is the question, its patients in
    the order of service.

    Raises:
        InvalidValue: when a patient has no slot.
    """

    session: Session
    order: tuple[int, ...]
    places: tuple[int, ...]
    costs: Costs
    certificate: Certificate

    def __attrs_post_init__(self) -> None:
        if len(self.places) != self.session.n or sorted(self.order) != list(range(self.session.n)):
            raise InvalidValue("day plan", "each patient has a slot")

    @property
    def cost(self) -> float:
        """The weighted sum of wait, idle and overtime."""
        return self.costs.cost

    @property
    def wait(self) -> float:
        """Minutes that the patients wait, all together."""
        return self.costs.wait

    @property
    def idle(self) -> float:
        """Minutes in which the clinician is there and sees nobody."""
        return self.costs.idle

    @property
    def overtime(self) -> float:
        """Minutes after the end of the last slot."""
        return self.costs.overtime

    @property
    def schedule(self) -> tuple[int, ...]:
        """Patients in each slot."""
        return self.session.counts(self.places)


def optimal_day(
    *,
    n: int,
    slots: int,
    slot: Minutes,
    service: Service | Sequence[Service],
    no_show: float | Sequence[float] = 0.0,
    weights: Weights = PLAIN,
    per_slot: int | None = None,
) -> DayPlan:
    """The plan of least cost for ``n`` patients in ``slots`` slots of ``slot`` minutes.

    The model is written out in :mod:`medoffice.scheduling.dayplan.session`. A sequence for ``service`` or ``no_show``
    gives each patient's own, in the order in which they are seen; :func:`optimal_sequence` chooses the order too.
    ``per_slot`` limits how many patients begin in one slot.

    Raises:
        InvalidValue: when a number is out of bounds, or the slots cannot hold the patients.
        OptimiserMissing: when numpy is not installed (``medoffice[optimise]``).
    """
    session = Session.of(
        n=n, slots=slots, slot=slot, service=service, no_show=no_show, weights=weights, per_slot=per_slot
    )
    return best_of(session)


def best_of(session: Session, *, near: Sequence[int] | None = None) -> DayPlan:
    """The plan of least cost for a session, its patients in their order; ``near`` may be a plan to begin from too.

    Raises:
        OptimiserMissing: when numpy is not installed.
    """
    objective = Objective(session)
    starts = [even_places(session), bailey_welch_places(session)]
    bottom = descend(objective, starts if near is None else [*starts, session.closed(near)])
    costs = objective.costs(bottom.places)
    return DayPlan(
        session=session,
        order=tuple(range(session.n)),
        places=bottom.places,
        costs=costs,
        certificate=_certificate(bottom, cost=costs.cost, evaluations=objective.evaluations),
    )


def _certificate(bottom: Bottom, *, cost: float, evaluations: int) -> Certificate:
    return Certificate(
        method=_METHOD,
        cost=cost,
        lower_bound=cost - bottom.loss,
        evaluations=evaluations,
        later=_witness(bottom.later),
        earlier=_witness(bottom.earlier),
    )


def _witness(base: Base) -> Witness:
    """A proof of the search as part of a certificate."""
    return Witness(orders=base.orders, shares=base.shares)
