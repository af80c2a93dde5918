"""Waits and cycle times."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import AppointmentId, ResourceId
from medoffice.scheduling.flow import (
    CheckedIn,
    CheckOutBegun,
    Fact,
    LeftWithoutBeingSeen,
    Length,
    Measured,
    NotMeasured,
    PatientArrived,
    PatientLeft,
    ProviderEntered,
    ProviderLeft,
    ReturnedFromAncillary,
    Roomed,
    VisitFlow,
    WentToAncillary,
    visit_times,
)

VISIT: Final = AppointmentId("visit-1")
NINE: Final = datetime(2026, 11, 24, 9, tzinfo=UTC)
DOCTOR, ROOM, LAB = ResourceId("dr-okafor"), ResourceId("room-1"), ResourceId("lab")


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def minutes_of(length: Length) -> float:
    assert isinstance(length, Measured)
    return length.length / timedelta(minutes=1)


def whole_visit(arrived: int) -> VisitFlow:
    """Arrived when asked, then by the clock: 20 roomed, 30 clinician, 40 test, 55 back, 60 clinician, 65 left,
    70 desk, 75 out.
    """
    return VisitFlow(
        VISIT,
        (
            PatientArrived(VISIT, at(arrived)),
            CheckedIn(VISIT, at(arrived + 3)),
            Roomed(VISIT, at(20), ROOM),
            ProviderEntered(VISIT, at(30), DOCTOR),
            WentToAncillary(VISIT, at(40), LAB),
            ReturnedFromAncillary(VISIT, at(55)),
            ProviderEntered(VISIT, at(60), DOCTOR),
            ProviderLeft(VISIT, at(65), DOCTOR),
            CheckOutBegun(VISIT, at(70)),
            PatientLeft(VISIT, at(75)),
        ),
    )


@pytest.mark.parametrize(
    ("arrived", "scheduled", "expected"),
    [
        (0, 0, [0, 0, 20, 20, 60]),  # in time
        (-30, 0, [30, 0, 50, 20, 60]),  # early: the clock starts at the scheduled time
        (10, 0, [0, 10, 10, 10, 50]),  # late: it starts with the patient
        (0, 45, [45, 0, 20, 0, 40]),  # called before the scheduled time: it starts with the call
    ],
)
def test_the_clock_starts_when_the_office_owes_the_visit(
    arrived: int, scheduled: int, expected: list[int]
) -> None:
    """The later of arrival and scheduled start, but never after the call; tests are not in the cycle."""
    times = visit_times(whole_visit(arrived), now=at(200), scheduled=at(scheduled))
    found = [
        minutes_of(each) for each in (times.early_by, times.late_by, times.lobby, times.wait, times.cycle)
    ]
    assert found == expected


def test_every_part_of_a_visit_is_told() -> None:
    """In the room 10 minutes before the clinician and 5 after the test; 15 with the clinician; 15 at the test."""
    times = visit_times(whole_visit(0), now=at(200), counts_ancillary=True)
    assert [minutes_of(each) for each in (times.room_wait, times.provider, times.ancillary)] == [15, 15, 15]
    assert minutes_of(times.cycle) == minutes_of(times.on_site) == 75
    assert isinstance(times.provider, Measured)
    assert times.provider.is_at_most  # nobody noted that the clinician left before the test
    assert isinstance(times.early_by, NotMeasured)


def test_what_goes_on_is_measured_up_to_now() -> None:
    """A patient who waits has waited until now; one who is early has not begun to wait."""
    flow = VisitFlow(VISIT, (PatientArrived(VISIT, at(-20)),))
    early = visit_times(flow, now=at(-5), scheduled=at(0))
    waits = visit_times(flow, now=at(7), scheduled=at(0))
    assert early.wait == Measured(length=timedelta(0), is_running=True)
    assert waits.wait == Measured(length=timedelta(minutes=7), is_running=True)
    assert waits.lobby == Measured(length=timedelta(minutes=27), is_running=True)


def test_what_was_not_noted_is_not_known() -> None:
    """Without an arrival there is no wait, without a room no wait in it, without a clinician no time with one."""
    flow = VisitFlow(VISIT, (CheckedIn(VISIT, at(0)),))
    times = visit_times(flow, now=at(9), scheduled=at(0))
    for length in (times.lobby, times.wait, times.cycle, times.room_wait, times.provider, times.late_by):
        assert isinstance(length, NotMeasured)


def test_who_left_unseen_waited_until_then() -> None:
    """The wait of a patient who gave up is known, and it was never answered."""
    flow = VisitFlow(VISIT, (PatientArrived(VISIT, at(0)), LeftWithoutBeingSeen(VISIT, at(50))))
    times = visit_times(flow, now=at(99))
    assert times.wait == times.cycle == Measured(length=timedelta(minutes=50))
    assert isinstance(times.provider, NotMeasured)


@given(
    gaps=st.lists(st.integers(0, 90), min_size=4, max_size=4),
    scheduled=st.integers(-120, 240),
    now=st.integers(0, 600),
)
def test_lengths_hold_together(gaps: list[int], scheduled: int, now: int) -> None:
    """Whatever the times: the wait is no longer than the lobby, the cycle no longer than on site, and the cycle is
    the wait and all that came after it.
    """
    arrived, roomed, entered, left = (sum(gaps[: count + 1]) for count in range(4))
    log: tuple[Fact, ...] = (
        PatientArrived(VISIT, at(arrived)),
        Roomed(VISIT, at(roomed), ROOM),
        ProviderEntered(VISIT, at(entered), DOCTOR),
        PatientLeft(VISIT, at(left)),
    )
    times = visit_times(VisitFlow(VISIT, log), now=at(left + now), scheduled=at(scheduled))
    assert minutes_of(times.wait) <= minutes_of(times.lobby)
    assert minutes_of(times.cycle) <= minutes_of(times.on_site)
    assert minutes_of(times.cycle) == minutes_of(times.wait) + left - roomed
    assert minutes_of(times.early_by) == 0 or minutes_of(times.late_by) == 0
    assert minutes_of(times.wait) == max(0, roomed - max(arrived, scheduled))
