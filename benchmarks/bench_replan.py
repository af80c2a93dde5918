"""Two hundred displaced visits and six hundred places: how long the least disruptive plan takes, and what others cost.

A clinician is out for two weeks; her visits (of two lengths, three urgencies) go to twelve colleagues. *Apart*: the
places are openings that do not overlap. *Scarce*: there are as many places as visits. *Grid*: the places are starts
five minutes apart, so that most shut others out, and the plan is an integer programme.

medoffice is measured from the office's values to the plan with its explanations, its order and its checked bound; then
with :func:`~medoffice.scheduling.replan.verify` on top, which works out every cost and the bound anew. The solvers of
scipy get the finished table of costs, and give neither a proof nor a reason. The greedy ones do what a front desk
does: visit by visit, the first place that fits, or the one that is best for that visit. They get the table too.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

import attrs
import numpy as np
from scipy import optimize, sparse

from benchmarks.timing import interleaved, number, show, table
from medoffice.core import AppointmentId, PatientId, ResourceId, TimeSlot
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.replan import (
    Continuity,
    Displaced,
    DisruptionWeights,
    Place,
    Question,
    Replan,
    Urgency,
    Verified,
    replan,
    verify,
)
from medoffice.scheduling.replan.conflicts import cliques, exclusions
from medoffice.scheduling.replan.table import Table, cost_table
from medoffice.scheduling.resources import Provider
from medoffice.scheduling.visits import VisitType

ZONE = ZoneInfo("America/New_York")
MONDAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 27, 10, tzinfo=ZONE)
OURS, AUDITED = "medoffice", "medoffice + verify"
SLOT: Final = 20
OUT = ResourceId("dr-out")
COLLEAGUES = tuple(ResourceId(f"dr-{which:02d}") for which in range(12))
KINDS = (
    VisitType(code="follow-up", name="Follow-up", minutes=SLOT),
    VisitType(code="check-up", name="Check-up", minutes=15, buffer_after=5),
)

Places = list[int]
"""The place of each visit, -1 for none."""


def at(weekday: int, minute: int) -> datetime:
    """A minute of a working day, counted from the first Monday."""
    day = MONDAY + timedelta(days=weekday + 2 * (weekday // 5))
    return datetime.combine(day, time(minute // 60, minute % 60), ZONE)


def displaced(count: int, chance: Random) -> Iterator[Displaced]:
    """Twenty visits a day, from eight o'clock on."""
    for which in range(count):
        kind = chance.choice(KINDS)
        start = at(which // 20, 8 * 60 + which % 20 * SLOT)
        appointment = Appointment(
            id=AppointmentId(f"apt-{which}"),
            patient=PatientId(f"pat-{which}"),
            visit_type=kind.code,
            slot=kind.slot_at(start),
            occupied=kind.occupied_at(start),
            resources=(OUT,),
        )
        yield Displaced(
            appointment=appointment,
            visit=kind,
            urgency=chance.choices(list(Urgency), [7, 2, 1])[0],
            continuity=chance.choices([Continuity.ANYBODY, Continuity.PREFERRED], [3, 1])[0],
            latest=MONDAY + timedelta(days=chance.choice([14, 20, 28])),
        )


def places(count: int, chance: Random, *, step: int) -> Iterator[Place]:
    """Free time of the colleagues over four weeks, at random; starts lie ``step`` minutes apart."""
    starts = [
        (who, day, minute)
        for who in COLLEAGUES
        for day in range(20)
        for minute in range(8 * 60, 17 * 60 - SLOT, step)
    ]
    for who, day, minute in chance.sample(starts, count):
        slot = TimeSlot.lasting(at(day, minute), timedelta(minutes=SLOT))
        yield Place(slot=slot, occupied=slot, resources=(who,))


@attrs.frozen
class Asked:
    """One question, with its finished table for those who want it."""

    question: Question
    table: Table

    @classmethod
    def of(cls, visits: int, openings: int, *, step: int = SLOT) -> "Asked":
        """A question of that size."""
        chance = Random(11)
        question = Question(
            displaced=tuple(displaced(visits, chance)),
            places=tuple(places(openings, chance, step=step)),
            resources=tuple(map(Provider, (OUT, *COLLEAGUES))),
            weights=DisruptionWeights(),
            zone=ZONE,
            now=NOW,
        )
        return cls(question, cost_table(question))

    def plan(self) -> Replan:
        """Ours, from the values."""
        asked = self.question
        return replan(
            asked.displaced,
            places=asked.places,
            resources=asked.resources,
            weights=asked.weights,
            zone=asked.zone,
            now=asked.now,
        )

    def audited(self) -> Verified:
        """Ours, with the audit."""
        verified = verify(self.plan())
        assert isinstance(verified, Verified)
        assert verified.is_cheapest
        return verified

    def cost(self, chosen: Places) -> int:
        """What a plan costs."""
        rows = zip(chosen, self.table.costs, self.table.no_place, strict=True)
        return sum(costs[place] if place >= 0 else none for place, costs, none in rows)


def greedy(asked: Asked, *, is_first: bool) -> Places:
    """Visit by visit, in the order in which they were to come: the first place that fits, or the cheapest."""
    rivals = exclusions(asked.question.places)
    order = sorted(
        range(len(asked.table.costs)),
        key=lambda visit: asked.question.displaced[visit].appointment.slot.start,
    )
    gone: set[int] = set()
    chosen = [-1] * len(order)
    for visit in order:
        costs, most = asked.table.costs[visit], asked.table.no_place[visit]
        free = [place for place, cost in enumerate(costs) if cost <= most and place not in gone]
        if free:
            chosen[visit] = free[0] if is_first else min(free, key=costs.__getitem__)
            gone |= rivals[chosen[visit]] | {chosen[visit]}
    return chosen


def by_linear_sum_assignment(asked: Asked) -> Places:
    """Scipy's assignment: a column a place, and as many for none."""
    costs, none = np.array(asked.table.costs, dtype=float), np.array(asked.table.no_place, dtype=float)
    width = costs.shape[1]
    padded = np.hstack([np.minimum(costs, none[:, None] + 1), np.repeat(none[:, None], len(none), axis=1)])
    _, columns = optimize.linear_sum_assignment(padded)
    return [int(column) if column < width else -1 for column in columns]


def by_milp(asked: Asked) -> Places:
    """Scipy's integer programme (HiGHS), with every column that is allowed."""
    table, rows = asked.table, cliques(asked.question.places)
    columns = [
        (visit, place)
        for visit, costs in enumerate(table.costs)
        for place, cost in enumerate(costs)
        if cost <= table.no_place[visit]
    ]
    within: dict[int, list[int]] = {}
    for row, members in enumerate(rows, len(table.costs)):
        for place in members:
            within.setdefault(place, []).append(row)
    entries = [
        (row, which) for which, (visit, place) in enumerate(columns) for row in (visit, *within[place])
    ]
    matrix = sparse.csc_array(
        (np.ones(len(entries)), tuple(zip(*entries, strict=True))),
        shape=(len(table.costs) + len(rows), len(columns)),
    )
    found = optimize.milp(
        [table.costs[visit][place] - table.no_place[visit] for visit, place in columns],
        constraints=optimize.LinearConstraint(matrix, ub=1),
        integrality=np.ones(len(columns)),
        bounds=optimize.Bounds(0, 1),
    )
    chosen = [-1] * len(table.costs)
    for (visit, place), value in zip(columns, found.x, strict=True):
        if value > 1 / 2:
            chosen[visit] = place
    return chosen


def compare(title: str, asked: Asked, *, rounds: int, is_assignment: bool) -> None:
    """Say what each costs, then how long each takes."""
    others: dict[str, Callable[[], Places]] = {
        "greedy, first that fits": partial(greedy, asked, is_first=True),
        "greedy, cheapest": partial(greedy, asked, is_first=False),
        "scipy milp": partial(by_milp, asked),
    }
    if is_assignment:
        others["scipy assignment"] = partial(by_linear_sum_assignment, asked)
    plan = asked.plan()
    print(f"{title}: {plan.certificate.method.value}, proof in {len(plan.certificate.leaves)} case(s)")
    rows = [
        (
            OURS,
            f"{plan.total:,}",
            "× 1",
            len(plan.without_place),
            f"proven, gap {asked.audited().total - plan.bound}",
        )
    ]
    for name, run in others.items():
        chosen = run()
        cost = asked.cost(chosen)
        rows.append((name, f"{cost:,}", f"× {number(cost / plan.total)}", chosen.count(-1), ""))
    table(("what it costs the patients", "points", f"beside {OURS}", "no place", ""), rows)
    runs: dict[str, Callable[[], object]] = {OURS: asked.plan, AUDITED: asked.audited, **others}
    show(interleaved(runs, rounds=rounds), unit="ms", beside=OURS)


def main() -> None:
    """Measure and print."""
    compare("200 visits, 600 places apart", Asked.of(200, 600), rounds=11, is_assignment=True)
    compare("200 visits, 200 places apart (scarce)", Asked.of(200, 200), rounds=7, is_assignment=True)
    compare("200 visits, 600 starts on a grid", Asked.of(200, 600, step=5), rounds=5, is_assignment=False)


if __name__ == "__main__":
    main()
