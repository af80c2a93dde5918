"""Checking a certificate without the search: each step of the proof done again by the plain evaluator.

Nothing of the search is used, numpy neither. A day of 24 patients takes a tenth of a second when their visits are
exponential, and seconds when their lengths are many.
"""

from collections.abc import Sequence
from math import fsum

import attrs

from medoffice.core.errors import InvalidValue
from medoffice.scheduling.dayplan.certificate import CLOSED, Cut, Witness
from medoffice.scheduling.dayplan.day import DayPlan
from medoffice.scheduling.dayplan.evaluation import measure
from medoffice.scheduling.dayplan.relaxation import ordered, relaxed
from medoffice.scheduling.dayplan.session import Session


@attrs.frozen(kw_only=True)
class Verification:
    """What the witnesses of a plan prove: its cost, and a bound that no plan undercuts."""

    cost: float
    lower_bound: float

    @property
    def gap(self) -> float:
        """Never below zero."""
        return max(0.0, self.cost - self.lower_bound)

    @property
    def is_optimal(self) -> bool:
        """Whether the plan is proven to be of least cost, but for rounding (1e-9 of the cost)."""
        return self.gap <= CLOSED * max(1.0, abs(self.cost))


def verify(plan: DayPlan) -> Verification:
    """Work out from the plan and its witnesses alone what they prove.

    A certificate that proves little gives a wide gap. Where the order was chosen, the bound is the least of the cuts'
    bounds.

    Raises:
        InvalidValue: when a witness does not speak about each patient that has room, names one twice, or an order
            falls under no cut.
    """
    session, certificate = plan.session, plan.certificate
    cost = measure(session, plan.places).cost
    if not certificate.cuts:
        bound = _proven(session, plan.places, later=certificate.later, earlier=certificate.earlier)
        return Verification(cost=cost, lower_bound=bound)
    asked = ordered(session, [plan.order.index(at) for at in range(session.n)])
    _cover(asked, certificate.cuts)
    bounds = [
        _proven(relaxed(asked, cut.order, fixed=cut.fixed), cut.places, later=cut.later, earlier=cut.earlier)
        for cut in certificate.cuts
    ]
    return Verification(cost=cost, lower_bound=min(cost, *bounds))


def extended_cost(session: Session, places: Sequence[int]) -> float:
    """The cost of any slots within the session, those included that do not rise or crowd too much.

    They mean the earliest that do not, with each patient waiting from the slot that was asked for.
    """
    closed = session.closed(places)
    early = fsum(
        price * (kept - asked) for price, kept, asked in zip(session.prices, closed, places, strict=True)
    )
    return measure(session, closed).cost + float(session.slot) * early


def _proven(session: Session, places: Sequence[int], *, later: Witness, earlier: Witness) -> float:
    """The bound that two witnesses at some slots prove for a session in its order."""
    up = [last - place for place, last in zip(places, session.latest, strict=True)]
    loss = _loss(session, places, later, room=up, direction=1)
    loss += _loss(session, places, earlier, room=places, direction=-1)
    return measure(session, places).cost - loss


def _loss(
    session: Session, places: Sequence[int], witness: Witness, *, room: Sequence[int], direction: int
) -> float:
    free = {at for at, slots in enumerate(room) if slots > 0}
    if any(set(order) != free or len(order) != len(free) for order in witness.orders):
        raise InvalidValue("certificate", "its orders name each patient that has room once")
    if free and not witness.orders:
        raise InvalidValue("certificate", "it says nothing about a direction in which patients have room")
    point = [0.0] * session.n
    for order, share in zip(witness.orders, witness.shares, strict=True):
        moved, before = list(places), extended_cost(session, places)
        for at in order:
            moved[at] += direction
            after = extended_cost(session, moved)
            point[at] += share * (after - before)
            before = after
    return fsum(max(0.0, -slope) * slots for slope, slots in zip(point, room, strict=True))


def _cover(session: Session, cuts: Sequence[Cut]) -> None:
    """Walk down the orders, kind by kind, until each falls under a cut."""
    kinds = list(zip(session.services, session.no_show, strict=True))
    kind = [kinds.index(each) for each in kinds]
    heads = {tuple(kind[at] for at in cut.order[: cut.fixed]) for cut in cuts}
    if any(sorted(cut.order) != list(range(session.n)) for cut in cuts):
        raise InvalidValue("certificate", "a cut's order names each patient once")
    waiting: list[tuple[int, ...]] = [()]
    while waiting:
        head = waiting.pop()
        if head in heads:
            continue
        if len(head) == session.n:
            raise InvalidValue("certificate", "an order of the patients falls under no cut")
        waiting += [(*head, each) for each in set(kind) if head.count(each) < kind.count(each)]
