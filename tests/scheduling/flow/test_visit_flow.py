"""One visit's log: which fact follows which, and what is read off it."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from medoffice.core import ActorId, AppointmentId, InvalidValue, Refused, ResourceId
from medoffice.scheduling import LEGAL, OCCUPYING
from medoffice.scheduling.flow import (
    ALREADY_WITH_PATIENT,
    CORRECTIONS,
    ENDED,
    FROM_THE_FUTURE,
    NOT_SEEN,
    NOT_WITH_PATIENT,
    NOTHING_TO_CORRECT,
    OUT_OF_ORDER,
    TIME_GIVEN_BACK,
    WAS_SEEN,
    WRONG_STAGE,
    CheckedIn,
    CheckOutBegun,
    Corrected,
    Fact,
    LeftWithoutBeingSeen,
    Misstep,
    PatientArrived,
    PatientLeft,
    ProviderEntered,
    ProviderLeft,
    Recorded,
    ReturnedFromAncillary,
    Roomed,
    Stage,
    Step,
    Triaged,
    VisitFlow,
    WentToAncillary,
    record,
    replay,
    status_of,
)

VISIT: Final = AppointmentId("visit-1")
NINE: Final = datetime(2026, 11, 24, 9, tzinfo=UTC)
LATER: Final = NINE + timedelta(hours=12)
DESK: Final = ActorId("desk")
ROOM: Final = ResourceId("room-1")
OKAFOR, LINDQVIST, LAB = map(ResourceId, ("dr-okafor", "np-lindqvist", "lab"))


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def steps(minute: int = 0) -> dict[str, Step]:
    """One step of each kind, by the heading that it has in the table."""
    when = at(minute)
    return {
        "arrive": PatientArrived(VISIT, when),
        "check": CheckedIn(VISIT, when),
        "room": Roomed(VISIT, when, ROOM),
        "enter": ProviderEntered(VISIT, when, LINDQVIST),
        "leave": ProviderLeft(VISIT, when, OKAFOR),
        "test": WentToAncillary(VISIT, when, LAB),
        "return": ReturnedFromAncillary(VISIT, when),
        "desk": CheckOutBegun(VISIT, when),
        "out": PatientLeft(VISIT, when),
        "unseen": LeftWithoutBeingSeen(VISIT, when),
    }


def flow_of(*names: str) -> VisitFlow:
    """A flow by the headings of its steps, a minute apart; Okafor is who enters."""
    log: list[Fact] = []
    for minute, name in enumerate(names):
        step = ProviderEntered(VISIT, at(minute), OKAFOR) if name == "enter" else steps(minute)[name]
        log.append(step)
    return VisitFlow(VISIT, tuple(log))


WAYS: Final = {
    "expected": (),
    "arrived": ("arrive",),
    "checked-in": ("arrive", "check"),
    "roomed": ("arrive", "check", "room"),
    "roomed-seen": ("arrive", "room", "enter", "leave", "room"),
    "with": ("arrive", "check", "room", "enter"),
    "seen": ("arrive", "check", "room", "enter", "leave"),
    "test": ("arrive", "check", "test"),
    "test-seen": ("arrive", "room", "enter", "leave", "test"),
    "desk": ("arrive", "check", "room", "enter", "leave", "desk"),
    "desk-unseen": ("arrive", "check", "room", "desk"),
    "out": ("arrive", "room", "enter", "out"),
    "gone": ("arrive", "unseen"),
}

TABLE: Final = """
             arrive check room enter leave test return desk out unseen
expected     yes    yes   yes  yes   no    no   no     no   no  no
arrived      no     yes   yes  yes   no    yes  no     no   no  yes
checked-in   no     no    yes  yes   no    yes  no     no   no  yes
roomed       no     no    yes  yes   no    yes  no     yes  no  yes
roomed-seen  no     no    yes  yes   no    yes  no     yes  yes no
with         no     no    no   yes   yes   yes  no     yes  yes no
seen         no     no    yes  yes   no    yes  no     yes  yes no
test         no     no    yes  yes   no    no   yes    yes  yes yes
test-seen    no     no    yes  yes   no    no   yes    yes  yes no
desk         no     no    yes  no    no    no   no     no   yes no
desk-unseen  no     no    yes  no    no    no   no     no   yes no
out          no     no    no   no    no    no   no     no   no  no
gone         no     no    no   no    no    no   no     no   no  no
"""
"""What a front desk would say, written down apart from the code."""

HEADINGS, *ROWS = (line.split() for line in TABLE.strip().splitlines())
FOLLOWING: Final = {
    row[0]: {heading for heading, answer in zip(HEADINGS, row[1:], strict=True) if answer == "yes"}
    for row in ROWS
}


@pytest.mark.parametrize("where", WAYS)
def test_a_step_follows_exactly_where_the_table_says_so(where: str) -> None:
    """Every step from every stage, with and without a clinician having been there."""
    flow = flow_of(*WAYS[where])
    for name, step in steps(30).items():
        outcome = record(flow, step, now=LATER)
        assert isinstance(outcome, Recorded) is (name in FOLLOWING[where]), name
        if isinstance(outcome, Recorded):
            assert outcome.flow.log == (*flow.log, step)


@pytest.mark.parametrize("where", WAYS)
def test_every_step_changes_the_appointment_as_the_calendar_allows(where: str) -> None:
    """The status before and after is the same, or follows by the calendar's own table."""
    flow = flow_of(*WAYS[where])
    for name in FOLLOWING[where]:
        outcome = record(flow, steps(30)[name], now=LATER)
        assert isinstance(outcome, Recorded)
        before, after = status_of(flow), status_of(outcome.flow)
        assert after is before or after in LEGAL[before], name


@pytest.mark.parametrize("where", WAYS)
def test_a_correction_changes_the_appointment_as_it_says(where: str) -> None:
    """What a correction does to the status stands in its own table, and never touches time that was given back."""
    flow = flow_of(*WAYS[where])
    outcome = record(flow, Corrected(VISIT, at(31), Misstep.WRONG_PATIENT, DESK), now=LATER)
    if isinstance(outcome, Recorded):
        before, after = status_of(flow), status_of(outcome.flow)
        assert after is before or after in CORRECTIONS[before]
        assert outcome.flow.places == flow.places[:-1]
    else:
        assert where in {"expected", "gone"}


def test_no_correction_takes_or_gives_time() -> None:
    """Both sides of every correction hold the time of the visit."""
    assert set(CORRECTIONS) <= OCCUPYING
    assert all(after <= OCCUPYING for after in CORRECTIONS.values())


@pytest.mark.parametrize(
    ("where", "fact", "code"),
    [
        ("with", ProviderEntered(VISIT, at(30), OKAFOR), ALREADY_WITH_PATIENT),
        ("with", ProviderLeft(VISIT, at(30), LINDQVIST), NOT_WITH_PATIENT),
        ("roomed", PatientLeft(VISIT, at(30)), NOT_SEEN),
        ("seen", LeftWithoutBeingSeen(VISIT, at(30)), WAS_SEEN),
        ("arrived", ProviderLeft(VISIT, at(30), OKAFOR), WRONG_STAGE),
        ("out", Roomed(VISIT, at(30), ROOM), ENDED),
        ("out", Triaged(VISIT, at(30), 3, DESK), ENDED),
        ("arrived", CheckedIn(VISIT, at(-1)), OUT_OF_ORDER),
        ("arrived", CheckedIn(VISIT, LATER + timedelta(seconds=1)), FROM_THE_FUTURE),
        ("expected", Corrected(VISIT, at(0), Misstep.WRONG_STEP, DESK), NOTHING_TO_CORRECT),
        ("gone", Corrected(VISIT, at(30), Misstep.WRONG_STEP, DESK), TIME_GIVEN_BACK),
        ("checked-in", Corrected(VISIT, at(-1), Misstep.WRONG_STEP, DESK), OUT_OF_ORDER),
    ],
)
def test_each_refusal_has_its_code(where: str, fact: Fact, code: str) -> None:
    """The reason is named, and it is the only one."""
    outcome = record(flow_of(*WAYS[where]), fact, now=LATER)
    assert isinstance(outcome, Refused)
    assert [finding.code for finding in outcome.findings] == [code]


def test_all_reasons_come_together() -> None:
    """A step that is too early and from the future and of the wrong stage says all three."""
    outcome = record(flow_of("arrive"), PatientArrived(VISIT, at(-1)), now=at(-2))
    assert isinstance(outcome, Refused)
    assert {finding.code for finding in outcome.findings} == {WRONG_STAGE, OUT_OF_ORDER, FROM_THE_FUTURE}


def test_the_patient_stays_with_the_second_clinician() -> None:
    """Two come, one goes: with a clinician; the other goes: seen."""
    flow = flow_of("arrive", "room", "enter")
    for fact, stage, present in (
        (ProviderEntered(VISIT, at(5), LINDQVIST), Stage.WITH_PROVIDER, {OKAFOR, LINDQVIST}),
        (ProviderLeft(VISIT, at(6), OKAFOR), Stage.WITH_PROVIDER, {LINDQVIST}),
        (ProviderLeft(VISIT, at(7), LINDQVIST), Stage.SEEN, set()),
    ):
        outcome = record(flow, fact, now=LATER)
        assert isinstance(outcome, Recorded)
        flow = outcome.flow
        assert (flow.stage, set(flow.present), flow.room) == (stage, present, ROOM)
    assert flow.since == at(7)


def test_a_stage_lasts_through_steps_that_do_not_change_it() -> None:
    """A second clinician who joins does not begin the visit again."""
    flow = VisitFlow(VISIT, (ProviderEntered(VISIT, at(0), OKAFOR), ProviderEntered(VISIT, at(9), LINDQVIST)))
    assert flow.since == at(0)


@pytest.mark.parametrize(
    ("before", "stage"),
    [
        (("arrive",), Stage.CHECKED_IN),
        (("arrive", "check"), Stage.CHECKED_IN),
        (("arrive", "check", "room"), Stage.ROOMED),
        (("arrive", "check", "room", "enter"), Stage.SEEN),
        (("arrive", "check", "room", "enter", "leave"), Stage.SEEN),
    ],
)
def test_a_patient_returns_from_a_test_to_where_the_visit_stood(
    before: tuple[str, ...], stage: Stage
) -> None:
    """Never further back in the calendar's eyes than before."""
    assert flow_of(*before, "test", "return").stage is stage


def test_an_illegal_log_is_no_flow() -> None:
    """A log that was not kept by these rules cannot be read, and nor can one of two visits."""
    with pytest.raises(InvalidValue):
        VisitFlow(VISIT, (PatientLeft(VISIT, NINE),))
    with pytest.raises(InvalidValue):
        VisitFlow(AppointmentId("other"), (PatientArrived(VISIT, NINE),))
    with pytest.raises(InvalidValue):
        record(VisitFlow(AppointmentId("other")), PatientArrived(VISIT, NINE), now=LATER)
    with pytest.raises(InvalidValue):
        PatientArrived(VISIT, datetime(2026, 1, 1))  # noqa: DTZ001 -- wrong on purpose


def test_a_days_log_is_sorted_into_visits() -> None:
    """Facts of several visits, as they were written down, give one flow each."""
    other = AppointmentId("visit-2")
    log = (PatientArrived(VISIT, at(0)), PatientArrived(other, at(1)), CheckedIn(VISIT, at(2)))
    flows = replay(log)
    assert [flows[visit].stage for visit in (VISIT, other)] == [Stage.CHECKED_IN, Stage.ARRIVED]


def test_the_level_in_force_is_the_last_one_given() -> None:
    """A second triage replaces the first, and a correction of a step leaves it."""
    flow = VisitFlow(
        VISIT,
        (
            PatientArrived(VISIT, at(0)),
            Triaged(VISIT, at(1), 4, DESK),
            CheckedIn(VISIT, at(2)),
            Triaged(VISIT, at(3), 2, DESK),
            Corrected(VISIT, at(4), Misstep.WRONG_STEP, DESK),
        ),
    )
    assert (flow.level, flow.stage, flow.as_of(at(2)).level) == (2, Stage.ARRIVED, 4)
    assert isinstance(record(flow, Triaged(VISIT, at(2), 5, DESK), now=LATER), Refused)


def test_what_was_an_error_never_was() -> None:
    """Looking back, a corrected step is not there; the log keeps it."""
    wrong = Roomed(VISIT, at(3), ROOM)
    flow = VisitFlow(
        VISIT,
        (*flow_of("arrive", "check").log, wrong, Corrected(VISIT, at(9), Misstep.WRONG_PATIENT, DESK)),
    )
    assert flow.as_of(at(5)).stage is Stage.CHECKED_IN
    assert wrong in flow.log
    assert isinstance(record(flow, Roomed(VISIT, at(2), ROOM), now=LATER), Recorded)
