"""Check-out tasks in a visit's log."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import ActorId, AppointmentId, InvalidValue, Refused, ResourceId
from medoffice.scheduling import Status
from medoffice.scheduling.flow import (
    ENDED,
    NOT_DECLINABLE,
    TASK_KNOWN,
    TASK_OPEN,
    TASK_SETTLED,
    TASK_UNKNOWN,
    CheckOutTask,
    PatientArrived,
    PatientLeft,
    ProviderEntered,
    ProviderLeft,
    Recorded,
    Settlement,
    TaskKind,
    TaskRaised,
    TaskSettled,
    VisitFlow,
    record,
    status_of,
)

VISIT: Final = AppointmentId("visit-1")
NINE: Final = datetime(2026, 11, 24, 9, tzinfo=UTC)
LATER: Final = NINE + timedelta(hours=12)
DESK: Final = ActorId("desk")
OKAFOR: Final = ResourceId("dr-okafor")


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


SEEN: Final = (
    PatientArrived(VISIT, at(0)),
    ProviderEntered(VISIT, at(2), OKAFOR),
    ProviderLeft(VISIT, at(3), OKAFOR),
)

TASKS: Final = {
    "balance": CheckOutTask(code="balance", kind=TaskKind.BALANCE, is_must=True, may_be_declined=False),
    "follow-up": CheckOutTask(code="follow-up", kind=TaskKind.FOLLOW_UP, is_must=True, weeks=6),
    "leaflet": CheckOutTask(code="leaflet", kind=TaskKind.HANDOUT, is_must=False),
}


def with_tasks() -> VisitFlow:
    raised = tuple(TaskRaised(VISIT, at(10), task) for task in TASKS.values())
    return VisitFlow(VISIT, (*SEEN, *raised))


@given(
    settled=st.dictionaries(st.sampled_from(sorted(TASKS)), st.sampled_from(Settlement), max_size=len(TASKS))
)
def test_nobody_is_out_with_a_must_open(settled: dict[str, Settlement]) -> None:
    """The patient leaves exactly when each must is done, deferred, or declined where that is allowed."""
    flow = with_tasks()
    for code, how in settled.items():
        reason = "" if how is Settlement.DONE else "asked to be called"
        outcome = record(flow, TaskSettled(VISIT, at(11), code, how, DESK, reason), now=LATER)
        if isinstance(outcome, Refused):
            assert (code, how) == ("balance", Settlement.DECLINED)
            assert outcome.has(NOT_DECLINABLE)
        else:
            flow = outcome.flow
    musts = {task.code for task in flow.open_tasks if task.is_must}
    outcome = record(flow, PatientLeft(VISIT, at(12)), now=LATER)
    if musts:
        assert isinstance(outcome, Refused)
        assert {finding.where for finding in outcome.findings} == {f"task {code}" for code in musts}
        assert {finding.code for finding in outcome.findings} == {TASK_OPEN}
    else:
        assert isinstance(outcome, Recorded)
        assert status_of(outcome.flow) is Status.FULFILLED


def test_what_was_deferred_is_settled_after_the_visit() -> None:
    """A deferred task may be done later; what is done or declined stays so."""
    flow = with_tasks()
    for code, how in (("balance", Settlement.DEFERRED), ("follow-up", Settlement.DECLINED)):
        outcome = record(flow, TaskSettled(VISIT, at(11), code, how, DESK, "no card here"), now=LATER)
        assert isinstance(outcome, Recorded)
        flow = outcome.flow
    outcome = record(flow, PatientLeft(VISIT, at(12)), now=LATER)
    assert isinstance(outcome, Recorded)
    paid = record(outcome.flow, TaskSettled(VISIT, at(60), "balance", Settlement.DONE, DESK), now=LATER)
    assert isinstance(paid, Recorded)
    for code in ("balance", "follow-up"):
        again = record(paid.flow, TaskSettled(VISIT, at(61), code, Settlement.DONE, DESK), now=LATER)
        assert isinstance(again, Refused)
        assert again.has(TASK_SETTLED)


def test_tasks_are_known_by_their_codes() -> None:
    """None is raised twice, none is settled that was not raised, none is raised after the visit."""
    flow = with_tasks()
    for fact, code in (
        (TaskRaised(VISIT, at(11), TASKS["leaflet"]), TASK_KNOWN),
        (TaskSettled(VISIT, at(11), "referral-1", Settlement.DONE, DESK), TASK_UNKNOWN),
    ):
        outcome = record(flow, fact, now=LATER)
        assert isinstance(outcome, Refused)
        assert outcome.has(code)
    out = record(
        VisitFlow(VISIT, (*SEEN, PatientLeft(VISIT, at(9)))),
        TaskRaised(VISIT, at(30), TASKS["leaflet"]),
        now=LATER,
    )
    assert isinstance(out, Refused)
    assert out.has(ENDED)


@pytest.mark.parametrize(
    ("how", "reason"),
    [(Settlement.DONE, "why"), (Settlement.DECLINED, ""), (Settlement.DEFERRED, "two\nlines")],
)
def test_a_reason_stands_where_one_is_owed(how: Settlement, reason: str) -> None:
    """What is not done has a reason of one line; what is done has none."""
    with pytest.raises(InvalidValue):
        TaskSettled(VISIT, NINE, "balance", how, DESK, reason)


def test_no_health_data_is_shown() -> None:
    """Reasons and details are masked wherever a fact is printed."""
    task = CheckOutTask(code="referral-1", kind=TaskKind.REFERRAL, is_must=False, detail="oncology")
    shown = repr(
        VisitFlow(
            VISIT,
            (
                TaskRaised(VISIT, NINE, task),
                TaskSettled(VISIT, NINE, "referral-1", Settlement.DECLINED, DESK, "afraid of the scan"),
            ),
        )
    )
    assert "oncology" not in shown
    assert "afraid" not in shown
