"""The cost of a plan as a function on all of a box of whole numbers, many plans at a time.

Why the search may move any set of patients. Let patient ``j`` have slot ``s[j]``. The visit of ``i`` begins at the
latest of ``s[j] * slot`` plus the visits of ``j`` to ``i - 1``, over ``j`` up to ``i``: a maximum of variables, each with
something added that does not depend on the plan. Such a maximum is L♮-convex, and so are sums, expectations and linear
functions (Murota, Discrete Convex Analysis, 2003, ch. 7). Waiting is that maximum less ``s[i] * slot``, the end of the day
the maximum of the last visit's end and the session's. Nothing here asks the patients to be alike: with lengths and
chances of their own, the cost in a given order is L♮-convex too.

Slots that do not rise, or crowd more than ``per_slot`` together, mean the earliest that do not (`Session.closed`), and
each patient waits from the slot that was asked for. That is a maximum of variables again, it never costs less than the
closed plan, and so the minimum over the box is the minimum over the plans.
"""

from collections.abc import Sequence

from medoffice.scheduling.dayplan.evaluation import Costs
from medoffice.scheduling.dayplan.grid import Grid
from medoffice.scheduling.dayplan.numerics import Array, numpy
from medoffice.scheduling.dayplan.phases import Phases
from medoffice.scheduling.dayplan.services import Exponential
from medoffice.scheduling.dayplan.session import Session


class Objective:
    """The cost on the box ``0 <= places[i] <= latest[i]``, and how many plans were asked for."""

    def __init__(self, session: Session) -> None:
        np = numpy()
        self.session = session
        self.latest = np.asarray(session.latest)
        self.evaluations = 0
        self._prices = np.asarray(session.prices)
        self._closes = session.weights.idle + session.weights.overtime
        self._fixed = session.weights.idle * (session.minutes - session.work)
        self._parts = _parts(session)

    def __call__(self, plans: Array) -> Array:
        """The cost of each row of slots."""
        np = numpy()
        self.evaluations += len(plans)
        rows = self._parts.rows
        return np.concatenate(
            [self._some(plans[first : first + rows]) for first in range(0, len(plans), rows)]
        )

    def costs(self, places: Sequence[int]) -> Costs:
        """The cost of one plan that rises, with its parts."""
        np = numpy()
        plan = np.asarray([places])
        priced, overtime = self._parts(plan, self._prices)
        wait, _ = self._parts(plan, np.asarray(self.session.shows))
        return Costs.of(
            self.session, priced=float(priced[0]), wait=float(wait[0]), overtime=float(overtime[0])
        )

    def closed(self, plans: Array) -> Array:
        """Each row as the earliest plan that keeps the patients' order and the slots' capacity."""
        np, cap = numpy(), self.session.per_slot
        kept = np.maximum.accumulate(plans, axis=1)
        if cap is not None:
            for at in range(1, plans.shape[1]):
                kept[:, at] = np.maximum(kept[:, at], kept[:, at - 1])
                if at >= cap:
                    kept[:, at] = np.maximum(kept[:, at], kept[:, at - cap] + 1)
        return kept

    def _some(self, plans: Array) -> Array:
        closed = self.closed(plans)
        waits, overtime = self._parts(closed, self._prices)
        early = (closed - plans) @ self._prices * float(self.session.slot)
        return self._fixed + waits + self._closes * overtime + early


def _parts(session: Session) -> Phases | Grid:
    visits = [() if isinstance(service, Exponential) else service.masses for service in session.services]
    if any(visits):
        return Grid(visits=visits, shows=session.shows, slot=session.slot, slots=session.slots)
    return Phases(
        means=[service.mean for service in session.services],
        shows=session.shows,
        slot=float(session.slot),
        slots=session.slots,
    )
