"""How long it will be: the range, its reasons, and its words."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

import pytest

from medoffice.core import ActorId, AppointmentId, Explained, InvalidValue, Refused, ResourceId, TimeSlot
from medoffice.scheduling.flow import (
    NO_HISTORY,
    NOBODY_ON_DUTY,
    NOT_WAITING,
    Aging,
    Busy,
    Calibration,
    CheckedIn,
    DayVisit,
    Fact,
    Free,
    History,
    Outlook,
    PastDay,
    PatientArrived,
    PatientLeft,
    ProviderEntered,
    ProviderLeft,
    QueuePolicy,
    Roomed,
    Shift,
    Triaged,
    VisitFlow,
    WaitRange,
    calibrated,
    estimate_if_came,
    estimate_wait,
    floor_at,
    judged,
    learn,
    outlook_of,
    wait_words,
)
from medoffice.testing.flow_days import played, script

NINE: Final = datetime(2026, 11, 24, 9, tzinfo=UTC)
POLICY: Final = QueuePolicy(aging=(Aging(4, 60), Aging(5, 90)), untriaged=3, scheduled=3)
NURSE: Final = ActorId("nurse")
DOCTOR, OTHER = ResourceId("dr-okafor"), ResourceId("np-lindqvist")
SHIFTS: Final = (Shift(DOCTOR, TimeSlot(NINE, NINE + timedelta(hours=8))),)


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def visit(name: str, *rows: tuple[str, int], level: int = 3, kind: str = "sick") -> DayVisit:
    """A visit by its steps and minutes."""
    own = AppointmentId(name)
    log: list[Fact] = []
    for what, minute in rows:
        when = at(minute)
        match what:
            case "in":
                log += [PatientArrived(own, when), Triaged(own, when, level, NURSE), CheckedIn(own, when)]
            case "room":
                log.append(Roomed(own, when, ResourceId("room-1")))
            case "enter":
                log.append(ProviderEntered(own, when, DOCTOR))
            case "leave":
                log.append(ProviderLeft(own, when, DOCTOR))
            case _:
                log.append(PatientLeft(own, when))
    return DayVisit(flow=VisitFlow(own, tuple(log)), visit_type=kind)


def days(first: int, last: int) -> list[PastDay]:
    return [played(script(seed), policy=POLICY) for seed in range(first, last)]


@pytest.fixture(scope="module")
def history() -> History:
    learnt = learn(days(0, 12))
    assert isinstance(learnt, History)
    return learnt


@pytest.fixture(scope="module")
def calibration(history: History) -> Calibration:
    found = calibrated(days(100, 104), history=history, policy=POLICY)
    assert isinstance(found, Calibration)
    return found


def test_history_is_what_was_noted() -> None:
    """Thirty visits of 10 minutes, each called 2 minutes after both were ready: these two laws, and the rate."""
    rows = [("in", 0), ("enter", 2), ("leave", 12), ("out", 13)]
    first = visit("v-0", *rows)
    more = [
        visit(f"v-{n}", ("in", 1), ("enter", 2 + 12 * n), ("leave", 12 + 12 * n), ("out", 13 + 12 * n))
        for n in range(1, 30)
    ]
    found = learn([PastDay(visits=(first, *more), shifts=SHIFTS)])
    assert isinstance(found, History)
    assert (found.call.mean, found.pooled.mean, found.visits) == (2, 10, 30)
    assert found.service_of("sick").mean == found.service_of("unheard-of").mean == 10
    assert found.arrivals == ((3, 30 / 480),)
    assert (found.rate_above(3), found.rate_above(4)) == (0, 30 / 480)
    assert (found.leaving, found.staying(60)) == (0, 1)


def test_too_little_history_is_refused() -> None:
    """Without enough past visits, or forecasts that were judged, nothing is foretold."""
    day = PastDay(visits=(visit("v", ("in", 0), ("enter", 2), ("leave", 9), ("out", 9)),), shifts=SHIFTS)
    found = learn([day])
    assert isinstance(found, Refused)
    assert found.has(NO_HISTORY)
    with pytest.raises(InvalidValue):
        Calibration(())


def test_few_judged_forecasts_are_refused(history: History) -> None:
    """One day is too little to say how forecasts come true."""
    found = calibrated(days(100, 101), history=history, policy=POLICY)
    assert isinstance(found, Refused)
    assert found.has(NO_HISTORY)


def test_the_floor_is_told_from_the_flows() -> None:
    """Who waits, who was called, who is being seen, and since when a clinician is free."""
    visits = (
        visit("seen", ("in", 0), ("enter", 10)),
        visit("called", ("in", 1), ("room", 12)),
        visit("waits", ("in", 2)),
        visit("gone", ("in", 0), ("enter", 1), ("leave", 9), ("out", 9)),
        visit("later", ("in", 40)),
    )
    floor = floor_at(visits, shifts=SHIFTS, now=at(20))
    assert [each.visit.value for each in floor.called] == ["called"]
    assert [each.visit.value for each in floor.waiting] == ["waits"]
    assert floor.on_duty[0].doing == Busy("sick", at(10))
    before = floor_at(visits, shifts=SHIFTS, now=at(9))
    assert before.on_duty[0].doing == Free(at(9))
    assert floor_at(visits, shifts=SHIFTS, now=at(600)).on_duty[0].doing == Busy("sick", at(10))
    assert floor_at((), shifts=SHIFTS, now=at(600)).on_duty == ()


def test_who_waits_after_hours_is_seen_by_those_who_stay() -> None:
    """A clinician is on duty while somebody waits, unless it was said that this one leaves on time."""
    waits = (visit("waits", ("in", 470)),)
    (staying,) = SHIFTS
    leaving = Shift(DOCTOR, staying.slot, leaves_on_time=True)
    assert [each.shift for each in floor_at(waits, shifts=(staying, leaving), now=at(490)).on_duty] == [
        staying
    ]
    assert (staying.minutes_left(at(470)), leaving.minutes_left(at(470))) == (None, 10)


def asked(
    floor_visits: tuple[DayVisit, ...], who: str, history: History, calibration: Calibration, *, now: int = 30
) -> WaitRange:
    floor = floor_at(floor_visits, shifts=SHIFTS, now=at(now))
    found = estimate_wait(floor, AppointmentId(who), history=history, calibration=calibration, policy=POLICY)
    assert isinstance(found, Explained)
    assert [step.code for step in found.trace.steps][:4] == ["ahead", "clinicians", "history", "calibrated"]
    return found.value


def test_a_longer_line_is_a_longer_wait(history: History, calibration: Calibration) -> None:
    """Each one more ahead moves the range up."""
    busy = visit("busy", ("in", 0), ("room", 1), ("enter", 25))
    line = [visit(f"v-{n}", ("in", 2 + n), kind="injury") for n in range(4)]
    found = [asked((busy, *line), f"v-{n}", history, calibration) for n in range(4)]
    assert [each.ahead for each in found] == [0, 1, 2, 3]
    for before, after in pairwise(found):
        assert before.low < after.low
        assert before.high < after.high
    assert all(each.low < each.high and not each.is_open for each in found)


def test_the_urgent_wait_less(history: History, calibration: Calibration) -> None:
    """Of two who came together, the more urgent has the lower range; and who may come still counts against the other."""
    busy = visit("busy", ("in", 0), ("room", 1), ("enter", 25))
    urgent, mild = visit("urgent", ("in", 5), level=2), visit("mild", ("in", 5), level=4)
    first = asked((busy, urgent, mild), "urgent", history, calibration)
    last = asked((busy, urgent, mild), "mild", history, calibration)
    alone = asked((busy, mild), "mild", history, calibration)
    assert first.high < alone.high < last.high


def test_whoever_could_be_called_now_waits_for_the_call_alone(
    history: History, calibration: Calibration
) -> None:
    """With a clinician free and nobody ahead, the wait is what a call takes; having waited for it already, less."""
    found = asked((visit("a", ("in", 30)),), "a", history, calibration)
    assert timedelta(minutes=1) < found.low < found.high < timedelta(minutes=8)
    after = asked((visit("a", ("in", 27)),), "a", history, calibration)
    assert after.low < found.low


def test_waiting_that_will_lift_makes_an_end_of_being_overtaken(history: History) -> None:
    """With a cap on waiting, the forecast is never worse than without, and better for one whom it lifts soon."""
    capped = QueuePolicy(aging=(Aging(4, 60),), untriaged=3, scheduled=3)
    plain = QueuePolicy(untriaged=3, scheduled=3)
    busy = visit("busy", ("in", 0), ("room", 1), ("enter", 50))
    floor = floor_at((busy, visit("a", ("in", 0), level=4)), shifts=SHIFTS, now=at(55))
    levels = []
    for policy in (capped, plain):
        outlook = outlook_of(floor, AppointmentId("a"), history=history, policy=policy)
        assert isinstance(outlook, Outlook)
        levels.append([outlook.forecast.within(minutes) for minutes in range(0, 90, 5)])
    assert all(lifted >= never for lifted, never in zip(*levels, strict=True))
    assert max(lifted - never for lifted, never in zip(*levels, strict=True)) > 0.05


def test_who_would_come_now_is_behind_everybody_of_that_level(
    history: History, calibration: Calibration
) -> None:
    """The answer for a newcomer is that of a patient who has just been checked in; without a level it is uncertain."""
    busy = visit("busy", ("in", 0), ("room", 1), ("enter", 25))
    line = (busy, visit("a", ("in", 3)), visit("b", ("in", 4)))
    floor = floor_at(line, shifts=SHIFTS, now=at(30))
    new = estimate_if_came(floor, level=3, history=history, calibration=calibration, policy=POLICY)
    assert isinstance(new, Explained)
    assert new.value == asked((*line, visit("new", ("in", 30))), "new", history, calibration)
    assert new.value.ahead == 2
    unjudged = estimate_if_came(floor, history=history, calibration=calibration, policy=POLICY)
    assert isinstance(unjudged, Explained)
    assert not unjudged.is_certain


def test_who_does_not_wait_has_no_estimate(history: History, calibration: Calibration) -> None:
    """Nor has anybody when no clinician is on duty."""
    seen = visit("seen", ("in", 0), ("enter", 5))
    for minute, code in ((20, NOT_WAITING), (600, NOT_WAITING)):
        floor = floor_at((seen,), shifts=SHIFTS, now=at(minute))
        found = estimate_wait(floor, seen.flow.visit, history=history, calibration=calibration, policy=POLICY)
        assert isinstance(found, Refused)
        assert found.has(code)
    empty = floor_at((), shifts=(), now=at(20))
    found = estimate_if_came(empty, history=history, calibration=calibration, policy=POLICY)
    assert isinstance(found, Refused)
    assert found.has(NOBODY_ON_DUTY)


def test_who_comes_shortly_before_the_end_is_not_promised_anything(
    history: History, calibration: Calibration
) -> None:
    """Ten people ahead of a clinician who leaves on time in half an hour: the range is open, and the words send to the
    desk; when the clinician stays, there is a range.
    """
    line = tuple(visit(f"v-{n:02d}", ("in", 440 + n), kind="procedure") for n in range(11))
    for leaves_on_time in (True, False):
        shift = Shift(DOCTOR, SHIFTS[0].slot, leaves_on_time=leaves_on_time)
        found = estimate_wait(
            floor_at(line, shifts=(shift,), now=at(452)),
            AppointmentId("v-10"),
            history=history,
            calibration=calibration,
            policy=POLICY,
        )
        assert isinstance(found, Explained)
        assert found.value.is_open is leaves_on_time
        assert (wait_words(found.value).key == "ask") is leaves_on_time


def test_forecasts_before_any_calibration_are_not_far_off(history: History) -> None:
    """On days that the history has not seen, the levels of what came spread over the whole scale, their mean near the
    middle: the model is roughly right before the calibration makes it exact.
    """
    found = [each.level for day in days(200, 204) for each in judged(day, history=history, policy=POLICY)]
    assert len(found) > 200
    assert 0.35 < sum(found) / len(found) < 0.6
    assert min(found) < 0.1
    assert max(found) > 0.9
