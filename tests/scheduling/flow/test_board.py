"""The board of a day."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import AppointmentId, InvalidValue, ResourceId
from medoffice.scheduling import Status
from medoffice.scheduling.flow import (
    CheckOutTask,
    Fact,
    OnBoard,
    PatientArrived,
    PatientLeft,
    ProviderEntered,
    Roomed,
    Stage,
    Target,
    TaskKind,
    TaskRaised,
    VisitFlow,
    board,
)

NINE: Final = datetime(2026, 11, 24, 9, tzinfo=UTC)
ROOM, DOCTOR = ResourceId("room-1"), ResourceId("dr-okafor")
TARGETS: Final = (Target(Stage.ARRIVED, 15), Target(Stage.ROOMED, 10))


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def shown(name: str, *facts: tuple[type, int] | tuple[type, int, object], due: int | None = None) -> OnBoard:
    visit = AppointmentId(name)
    log: tuple[Fact, ...] = tuple(kind(visit, at(minute), *more) for kind, minute, *more in facts)
    return OnBoard(flow=VisitFlow(visit, log), scheduled=None if due is None else at(due))


def test_the_board_of_a_morning() -> None:
    """By stage as a visit goes, longest first; who is kept too long is marked, to the minute."""
    task = CheckOutTask(code="balance", kind=TaskKind.BALANCE, is_must=False)
    rows = board(
        (
            shown("out", (PatientArrived, -50), (ProviderEntered, -40, DOCTOR), (PatientLeft, -5)),
            shown("long-roomed", (PatientArrived, -30), (Roomed, -11, ROOM), (TaskRaised, -1, task)),
            shown("roomed", (PatientArrived, -30), (Roomed, -10, ROOM)),
            shown("seen", (PatientArrived, -30), (Roomed, -20, ROOM), (ProviderEntered, -3, DOCTOR)),
            shown("early", (PatientArrived, -40), due=-10),
            shown("waiting", (PatientArrived, -20)),
            shown("expected", due=30),
            shown("before-that", due=20),
            shown("missing", due=-8),
        ),
        targets=TARGETS,
        now=NINE,
    )
    assert [(row.visit.value, row.waited // timedelta(minutes=1)) for row in rows] == [
        ("missing", 8),
        ("before-that", 0),
        ("expected", 0),
        ("waiting", 20),
        ("early", 10),
        ("long-roomed", 11),
        ("roomed", 10),
        ("seen", 3),
        ("out", 0),
    ]
    by_name = {row.visit.value: row for row in rows}
    assert {name for name, row in by_name.items() if row.is_over_target} == {"waiting", "long-roomed"}
    assert by_name["long-roomed"].over_by == timedelta(minutes=1)
    assert by_name["long-roomed"].open_tasks == 1
    assert by_name["seen"].providers == (DOCTOR,)
    assert (by_name["seen"].room, by_name["out"].room) == (ROOM, None)
    assert (by_name["out"].status, by_name["roomed"].status) == (Status.FULFILLED, Status.CHECKED_IN)


@given(st.lists(st.integers(-120, 0), max_size=8), st.integers(0, 120))
def test_as_time_passes_nobody_is_less_over_target(arrivals: list[int], later: int) -> None:
    """With no new fact, what is over its target stays so, by more."""
    visits = [shown(f"visit-{number}", (PatientArrived, minute)) for number, minute in enumerate(arrivals)]
    before = {row.visit: row.over_by for row in board(visits, targets=TARGETS, now=NINE)}
    after = {row.visit: row.over_by for row in board(visits, targets=TARGETS, now=at(later))}
    assert all(after[visit] >= before[visit] for visit in before)
    assert len(after) == len(visits)


def test_a_target_is_about_somebody_in_the_office_and_stands_once() -> None:
    """No target for who is not there, none of no minutes, no two for one stage."""
    for stage, minutes in ((Stage.OUT, 10), (Stage.EXPECTED, 10), (Stage.ROOMED, 0)):
        with pytest.raises(InvalidValue):
            Target(stage, minutes)
    with pytest.raises(InvalidValue):
        board((), targets=(Target(Stage.ROOMED, 1), Target(Stage.ROOMED, 2)), now=NINE)
