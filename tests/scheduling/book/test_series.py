from datetime import date, time, timedelta
from typing import Any

import attrs
import pytest

from medoffice.core import AppointmentId, InvalidValue, PatientId, TimeSlot
from medoffice.scheduling import SLOT_TAKEN
from medoffice.scheduling.book import BookedSeries, DayLimit, Policy, Recurrence, RefusedSeries, SeriesId
from medoffice.scheduling.refusals import CLOSED, OUTSIDE_HOURS

MONDAY = date(2026, 11, 30)


def every_day(office: Any, count: int, **more: Any) -> Recurrence:
    """Nine o'clock from Monday on."""
    return Recurrence(
        first=MONDAY, clock=time(9), zone=office.book.calendar.zone, count=count, weekdays=range(7), **more
    )


def series(office: Any, rule: Recurrence, code: str = "talk", patient: str = "ann", **more: Any) -> Any:
    """Book the series, with an id for each visit."""
    ids = [office.new(AppointmentId) for _ in rule.starts()]
    return office.book.book_series(
        code, rule, id=office.new(SeriesId), ids=ids, patient=PatientId(patient), now=office.now, **more
    )


def test_every_occurrence_is_booked(office: Any) -> None:
    """Five visits that share a name, in one decision, each at nine on the wall."""
    outcome = series(office, every_day(office, 5))
    assert isinstance(outcome, BookedSeries)
    assert [each.slot.start for each in outcome.appointments] == [office.at(9, day=day) for day in range(5)]
    assert {each.series for each in outcome.appointments} == {str(outcome.series)}
    assert office.facts() == ["VisitBooked"] * 5 + ["SeriesBooked"]


def test_a_conflict_far_out_refuses_the_whole(office: Any) -> None:
    """The last of four is looked at like the first; nothing is booked, and a search from before is still good."""
    office.visit(office.at(9, day=3), "bo", "talk")
    before = office.book.state
    found = office.book.find("talk", window=TimeSlot(office.at(8), office.at(12)), now=office.now)
    outcome = series(office, every_day(office, 4))
    assert isinstance(outcome, RefusedSeries)
    assert [(each.index, [f.code for f in each.findings]) for each in outcome.conflicts] == [
        (3, [SLOT_TAKEN])
    ]
    assert office.book.state == before
    assert office.at(9) in {slot.slot.start for slot in found}


def test_all_conflicts_are_told_together_each_with_the_nearest_free_times(office: Any) -> None:
    """A taken day and a weekend: three conflicts, and what is nearest to each."""
    office.visit(office.at(9, day=1), "bo", "talk")
    outcome = series(office, every_day(office, 7))
    assert [each.index for each in outcome.conflicts] == [1, 5, 6]
    assert [each.findings[0].code for each in outcome.conflicts] == [SLOT_TAKEN, OUTSIDE_HOURS, OUTSIDE_HOURS]
    taken, saturday, sunday = outcome.conflicts
    assert [each.slot.start for each in taken.nearest] == [
        office.at(8, 30, day=1),
        office.at(9, 30, day=1),
        office.at(8, 15, day=1),
    ]
    assert saturday.nearest[0].slot.start == office.at(16, 30, day=4)
    assert sunday.nearest[0].slot.start == office.at(8, day=7)
    assert office.codes(outcome) == [SLOT_TAKEN, OUTSIDE_HOURS]


def test_the_nearest_times_leave_room_for_the_rest_of_the_series(office: Any) -> None:
    """Friday's last time is taken by the series itself, so it is not what Saturday is told to take."""
    late = attrs.evolve(every_day(office, 6), clock=time(16, 30))
    (saturday,) = series(office, late).conflicts
    assert [each.slot.start for each in saturday.nearest] == [
        office.at(16, day=4),
        office.at(15, 45, day=4),
        office.at(15, 30, day=4),
    ]


def test_conflicts_may_be_left_out(office: Any) -> None:
    """Those that can be are booked, the others told; a log says which were skipped."""
    office.visit(office.at(9, day=1), "bo", "talk")
    outcome = series(office, every_day(office, 3), skip_conflicts=True)
    assert isinstance(outcome, BookedSeries)
    assert [each.slot.start for each in outcome.appointments] == [office.at(9), office.at(9, day=2)]
    assert [each.start for each in outcome.left_out] == [office.at(9, day=1)]
    assert office.book.events[-1].skipped == (office.at(9, day=1),)


def test_a_series_of_nothing_is_refused(office: Any) -> None:
    """Where no occurrence can be, leaving out conflicts leaves nothing."""
    weekend = Recurrence(
        first=MONDAY, clock=time(9), zone=office.book.calendar.zone, count=2, weekdays={5, 6}
    )
    assert isinstance(series(office, weekend, skip_conflicts=True), RefusedSeries)
    assert office.facts() == []


def test_one_clinician_sees_the_patient_every_time_where_they_can(office: Any) -> None:
    """The first visit's provider is kept though the other comes first in the order of choice."""
    office.visit(office.at(9), "bo", resources=["okafor"])
    office.visit(office.at(9, day=2), "bo", resources=["lindqvist"])
    outcome = series(office, every_day(office, 4), "checkup")
    seen = [str(each.resources[1]) for each in outcome.appointments]
    assert seen == ["lindqvist", "lindqvist", "okafor", "lindqvist"]


def test_only_the_first_visit_of_a_new_patient_is_long(office: Any) -> None:
    """Forty-five minutes once, then half an hour."""
    outcome = series(office, every_day(office, 3), "checkup", new_patient=True)
    assert [each.slot.length for each in outcome.appointments] == [
        timedelta(minutes=minutes) for minutes in (45, 30, 30)
    ]


def test_a_series_minds_the_policy_like_any_visit(opened: Any) -> None:
    """A day limit that allows none allows none of a series either."""
    zone = opened(Policy()).book.calendar.zone
    office = opened(Policy(day_limits=(DayLimit(at_most=0, visit_types="talk", zone=zone),)))
    outcome = series(office, every_day(office, 2))
    assert isinstance(outcome, RefusedSeries)
    assert len(outcome.conflicts) == 2


def test_each_occurrence_has_an_id(office: Any) -> None:
    """One too few, one twice or a series that is there already are mistakes of the caller."""
    rule = every_day(office, 2)
    known = series(office, rule).series
    ids = [AppointmentId("x1"), AppointmentId("x2")]
    for more in ({"ids": ids[:1]}, {"ids": [ids[0], ids[0]]}, {"ids": ids, "id": known}):
        asked = {"id": SeriesId("other"), "patient": PatientId("bo"), "now": office.now} | more
        with pytest.raises(InvalidValue, match="id"):
            office.book.book_series("talk", rule, **asked)
    nothing = every_day(office, 1, without={MONDAY})
    with pytest.raises(InvalidValue, match="one visit"):
        series(office, nothing)
    assert CLOSED not in office.facts()


def test_the_rest_of_a_series_is_cancelled(office: Any) -> None:
    """What is past stays, what is ahead is called off, each visit with its notice; again, and nothing is left."""
    mine = series(office, every_day(office, 3))
    office.now = office.at(12)
    ended = office.book.cancel_series(mine.series, now=office.now, reason="better")
    assert [each.appointment.slot.start for each in ended] == [office.at(9, day=1), office.at(9, day=2)]
    assert [each.is_late for each in ended] == [True, False]
    assert office.book.cancel_series(mine.series, now=office.now) == ()
    assert office.facts()[-2:] == ["VisitCancelled", "VisitCancelled"]
