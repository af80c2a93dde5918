"""Grids as an office has them: too large to look at every plan, so the proof itself is the law."""

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from medoffice.core import AppointmentId, PatientId, ResourceId, TimeSlot
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.replan import (
    Displaced,
    Method,
    Place,
    Replan,
    Urgency,
    Verified,
    packing,
    replan,
    verify,
)
from medoffice.scheduling.resources import Provider
from medoffice.scheduling.visits import VisitType

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 27, 15, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 13, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
VISIT = VisitType(code="check-up", name="Check-up", minutes=30)
WHO = tuple(map(Provider, ("dr-out", "dr-adams", "dr-baker")))


def crowded(seed: int, visits: int) -> Replan:
    """Visits of one morning, and for three mornings the starts of a ten-minute grid of two colleagues."""
    chance = Random(seed)
    displaced = []
    for number in range(visits):
        start = MONDAY + chance.randrange(24) * 10 * MINUTE
        displaced.append(
            Displaced(
                appointment=Appointment(
                    id=AppointmentId(f"apt-{number}"),
                    patient=PatientId(f"pat-{number}"),
                    visit_type=VISIT.code,
                    slot=VISIT.slot_at(start),
                    occupied=VISIT.occupied_at(start),
                    resources=(ResourceId("dr-out"),),
                ),
                visit=VISIT,
                urgency=chance.choice(list(Urgency)),
            )
        )
    starts = [MONDAY + day * DAY + count * 10 * MINUTE for day in range(3) for count in range(22)]
    places = [
        Place(
            slot=TimeSlot.lasting(start, 30 * MINUTE),
            occupied=TimeSlot.lasting(start, 30 * MINUTE),
            resources=(who.id,),
        )
        for who in WHO[1:]
        for start in starts
    ]
    return replan(displaced, places=places, resources=WHO, zone=ZONE, now=NOW)


@pytest.mark.parametrize("seed", [47, 100, 124])
def test_few_columns_to_begin_with_are_enough(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first columns hold no best plan, those that its prices leave room for are brought in, and it is found."""
    expected = crowded(seed, 30).total
    monkeypatch.setattr(packing, "_FIRST", 1)
    monkeypatch.setattr(packing, "_TAKEN_IN", 1)
    plan = crowded(seed, 30)
    assert plan.is_proven
    assert plan.total == expected


@pytest.mark.parametrize("seed", [0, 1, 4, 47])  # the last two need cases
def test_a_crowded_grid_is_solved_and_proven(seed: int) -> None:
    """Thirty visits of one morning over three mornings of two colleagues: proven, and found right by the audit."""
    plan = crowded(seed, 30)
    assert plan.certificate.method is Method.PROGRAMME
    assert plan.is_proven
    assert verify(plan) == Verified(total=plan.total, bound=plan.total)
