"""How many patients to book when some will not come, from each one's own probability."""

from collections.abc import Sequence
from math import fsum, isfinite
from typing import Final

import attrs

from medoffice.core.errors import InvalidValue
from medoffice.core.explain import Explained, Step, Trace
from medoffice.core.findings import Cite
from medoffice.scheduling.dayplan.day import DayPlan, optimal_day
from medoffice.scheduling.dayplan.services import Empirical, Minutes, Service, minutes_of
from medoffice.scheduling.dayplan.session import Weights

_SOURCE: Final = Cite(
    "LaGanga and Lawrence, Appointment Overbooking in Health Care Clinics to Improve Patient Service and Clinic "
    "Performance, Production and Operations Management 21 (2012)"
)


def _bound(_: object, attribute: "attrs.Attribute[int | None]", value: object) -> None:
    least = 1 if attribute.name == "per_slot" else 0
    if value is not None and (type(value) is not int or value < least):
        raise InvalidValue("overbooking policy", f"{attribute.name} is a whole number from {least}")


@attrs.frozen(kw_only=True)
class OverbookingPolicy:
    """What a practice allows.

    Where overbooking ``is_allowed`` not, there are no more patients than slots and one at most in each. Where it is,
    ``at_most`` limits how many more patients than slots there may be, and ``per_slot`` how many begin in one slot
    (``None``: no limit). ``because`` is the practice's reason, for the explanation.

    Raises:
        InvalidValue: when a limit is not a whole number, or too small.
    """

    is_allowed: bool = True
    at_most: int | None = attrs.field(default=None, validator=_bound)
    per_slot: int | None = attrs.field(default=None, validator=_bound)
    because: str = ""

    def most(self, *, slots: int) -> int | None:
        """The most patients for a number of slots; ``None`` when there is no limit."""
        limits = [slots * self.crowd] if self.crowd is not None else []
        limits += [slots + self.at_most] if self.is_allowed and self.at_most is not None else []
        return min(limits, default=None)

    @property
    def crowd(self) -> int | None:
        """The most patients in one slot; ``None`` when there is no limit."""
        return self.per_slot if self.is_allowed else 1


ANY: Final = OverbookingPolicy()
"""A policy without limits."""


@attrs.frozen(kw_only=True)
class Level:
    """What it brings to book the first ``booked`` patients: the best plan for them, and its ``utility``.

    ``seen`` is the expected number who come.
    """

    booked: int
    seen: float
    utility: float
    plan: DayPlan


@attrs.frozen(kw_only=True)
class OverbookingLevel:
    """The level of most utility, the fewest patients where several are equal, and all that were compared."""

    chosen: Level
    levels: tuple[Level, ...]

    @property
    def booked(self) -> int:
        """How many patients to book."""
        return self.chosen.booked

    @property
    def utility(self) -> float:
        """What that brings."""
        return self.chosen.utility

    @property
    def plan(self) -> DayPlan:
        """Which slot each of them has."""
        return self.chosen.plan

    @property
    def is_overbooked(self) -> bool:
        """Whether more patients than slots are booked."""
        return self.booked > self.plan.session.slots


def overbooking_level(
    *,
    no_show: Sequence[float],
    slots: int,
    slot: Minutes,
    service: Service | None = None,
    benefit: float = 1.0,
    wait: float,
    overtime: float,
    at_least: int = 1,
    policy: OverbookingPolicy = ANY,
) -> Explained[OverbookingLevel]:
    """How many of the patients to book, and into which slots.

    ``no_show`` has each patient's probability not to come; patients are taken from its beginning and seen in its order.
    Visits take exactly one slot unless ``service`` says otherwise. The utility of a level is the least over all plans
    for it, exact and with a certificate:

        benefit * expected number seen - wait * expected minutes waited - overtime * expected minutes of overtime

    Raises:
        InvalidValue: when a price is below zero or not finite, ``at_least`` lies outside of what patients and policy
            allow, or what :func:`optimal_day` raises.
        OptimiserMissing: when numpy is not installed.
    """
    if not isfinite(benefit) or benefit < 0:
        raise InvalidValue("overbooking", "the benefit of a patient seen is a number, zero or above")
    weights = Weights(wait=wait, idle=0.0, overtime=overtime)
    limit = policy.most(slots=slots)
    most = len(no_show) if limit is None else min(len(no_show), limit)
    if type(at_least) is not int or not 1 <= at_least <= most:
        raise InvalidValue("overbooking", "patients and policy allow as many as are to be booked at least")
    visit = Empirical({minutes_of(slot, kind="slot"): 1.0}) if service is None else service
    levels = tuple(
        _level(
            optimal_day(
                n=booked,
                slots=slots,
                slot=slot,
                service=visit,
                no_show=no_show[:booked],
                weights=weights,
                per_slot=policy.crowd,
            ),
            benefit=benefit,
        )
        for booked in range(at_least, most + 1)
    )
    chosen = max(levels, key=lambda level: (level.utility, -level.booked))
    steps = [_step(level) for level in levels]
    if limit is not None and limit < len(no_show):
        steps.append(_limited(policy, limit))
    steps.append(Step("chosen", f"{chosen.booked} booked", why="the most utility", cites=(_SOURCE,)))
    return Explained(OverbookingLevel(chosen=chosen, levels=levels), trace=Trace(tuple(steps)))


def _level(plan: DayPlan, *, benefit: float) -> Level:
    seen = fsum(plan.session.shows)
    return Level(booked=plan.session.n, seen=seen, utility=benefit * seen - plan.cost, plan=plan)


def _step(level: Level) -> Step:
    plan = level.plan
    return Step(
        "level",
        f"{level.booked} booked: utility {level.utility:.6f}",
        why=f"{level.seen:.3f} seen, {plan.wait:.3f} minutes waited, {plan.overtime:.3f} of overtime",
    )


def _limited(policy: OverbookingPolicy, limit: int) -> Step:
    said = "allows" if policy.is_allowed else "forbids overbooking: it allows"
    return Step("policy", f"the practice's policy {said} {limit} at most", why=policy.because)
