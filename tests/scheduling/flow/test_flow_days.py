"""Days that never were, beside another simulator that plays out the very same script."""

from collections.abc import Generator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

import pytest
import simpy

from medoffice.scheduling.flow import DayVisit, PastDay, QueuePolicy, Stage
from medoffice.testing.flow_days import CLINIC, Scripted, played, script

PLAIN: Final = QueuePolicy(untriaged=3, scheduled=3)
"""Without aging, a line is by level and arrival alone, which is what the other simulator can do."""


def by_simpy(patients: tuple[Scripted, ...], clinicians: int) -> dict[int, tuple[str, int]]:
    """What becomes of each patient, and at which second of the day a clinician came or the patient left."""
    world = simpy.Environment()
    desk = simpy.PriorityResource(world, capacity=clinicians)
    found: dict[int, tuple[str, int]] = {}

    def patient(number: int, who: Scripted) -> Generator[simpy.Event, Any, None]:
        yield world.timeout(who.arrives + who.check_in)
        with desk.request(priority=(who.level * 10**6 + who.arrives) * 10**4 + number) as turn:
            yield turn | world.timeout(who.patience)
            if not turn.triggered:
                found[number] = "left", int(world.now)
                return
            yield world.timeout(who.call)
            found[number] = "seen", int(world.now)
            yield world.timeout(who.service)

    for number, who in enumerate(patients):
        world.process(patient(number, who))
    world.run()
    return found


def ours(day: PastDay) -> dict[int, tuple[str, int]]:
    begins = min(shift.slot.start for shift in day.shifts)
    return {number: _end(visit, begins) for number, visit in enumerate(day.visits)}


def _end(visit: DayVisit, begins: datetime) -> tuple[str, int]:
    if visit.seen_at is not None:
        return "seen", (visit.seen_at - begins) // timedelta(seconds=1)
    assert visit.flow.stage is Stage.LEFT_UNSEEN
    return "left", (visit.flow.places[-1].since - begins) // timedelta(seconds=1)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("clinicians", [1, 2, 3])
def test_two_simulators_tell_the_same_day(seed: int, clinicians: int) -> None:
    """Every patient is seen, or gives up, at the very second at which simpy says so."""
    patients = script(seed)[: 25 * clinicians]
    assert ours(played(patients, policy=PLAIN, clinicians=clinicians)) == by_simpy(patients, clinicians)


def test_a_seed_is_a_day() -> None:
    """The same seed gives the same day, another one another."""
    assert script(7) == script(7) != script(8)
    assert played(script(7), policy=PLAIN) == played(script(7), policy=PLAIN)


def test_a_day_is_whole() -> None:
    """Everybody who comes goes, nobody is seen by a clinician who is with somebody else, and none of them begins early."""
    day = played(script(3), policy=PLAIN)
    assert len(day.visits) == len(script(3))
    assert all(visit.flow.stage.is_over for visit in day.visits)
    assert len(day.shifts) == CLINIC.clinicians
    for shift in day.shifts:
        spent = sorted(
            (here.since, then.since)
            for visit in day.visits
            for here, then in pairwise(visit.flow.places)
            if shift.provider in here.present
        )
        assert all(end <= start for (_, end), (start, _) in pairwise(spent))
        assert all(shift.slot.start <= start for start, _ in spent)
