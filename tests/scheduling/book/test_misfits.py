from datetime import timedelta
from typing import Any

import attrs

from medoffice.core import PatientId, TimeSlot
from medoffice.scheduling import OUTSIDE_HOURS
from medoffice.scheduling.book import NOT_THERE, Policy
from medoffice.scheduling.calendar import Absence, Closure
from medoffice.scheduling.needs import AnyOf, OneOf
from medoffice.scheduling.refusals import ABSENT, CLOSED, NONE_FREE
from medoffice.scheduling.resources import Provider


def misfits(office: Any, **changes: Any) -> list[tuple[str, list[str]]]:
    """Who is in the way of whom, after the calendar has changed."""
    book = office.book.under(calendar=attrs.evolve(office.book.calendar, **changes))
    window = TimeSlot(office.at(0), office.at(0, day=5))
    return [
        (str(each.appointment.patient), [finding.code for finding in each.findings])
        for each in book.misfits(window=window, now=office.now)
    ]


def test_what_fits_is_not_told(office: Any) -> None:
    """Neither what is overbooked, nor what was booked under another policy, is a misfit."""
    office.visit(office.at(9), "ann")
    office.book = office.book.under(policy=Policy(notice_minutes=6000))
    assert misfits(office) == []


def test_an_absence_displaces_those_who_were_to_be_seen(office: Any) -> None:
    """Okafor's visits of the morning, in order; not the other provider's, not the one that is called off."""
    office.visit(office.at(11), "cy", "talk")
    office.visit(office.at(9), "ann", resources=["okafor"])
    office.visit(office.at(9), "bo", resources=["lindqvist"])
    gone = office.visit(office.at(10), "di", "talk").appointment
    office.book.cancel(gone.id, now=office.now)
    morning = TimeSlot.lasting(office.at(8), timedelta(hours=4))
    found = misfits(office, absences=(Absence("okafor", morning, why="sick"),))
    assert [(who, set(codes) & {ABSENT}) for who, codes in found] == [("ann", {ABSENT}), ("cy", {ABSENT})]


def test_a_closed_day_displaces_everybody(office: Any) -> None:
    """And says for what."""
    office.visit(office.at(9, day=1), "ann", "talk")
    office.visit(office.at(9, day=2), "bo", "talk")
    day = office.at(9, day=1).date()
    assert misfits(office, closures=(Closure(days=day, name="Snow"),)) == [("ann", [CLOSED])]


def test_who_has_left_and_who_keeps_other_hours(office: Any) -> None:
    """A provider that the calendar has no more, and one who comes no more."""
    office.visit(office.at(9), "ann", "talk")
    resources = office.book.calendar.resources
    away = tuple(Provider("okafor") if each.id.value == "okafor" else each for each in resources)
    assert misfits(office, resources=away) == [("ann", [OUTSIDE_HOURS])]
    fewer = tuple(each for each in resources if each.id.value != "hall")
    office.visit(office.at(13), "bo", "class")
    assert misfits(office, resources=fewer) == [("bo", [NOT_THERE, NONE_FREE])]


def test_a_visit_is_as_long_as_it_was_booked(office: Any) -> None:
    """A kind of visit that has become longer displaces nobody."""
    office.visit(office.at(11, 30), "ann", "talk")
    visits = tuple(attrs.evolve(each, minutes=60) for each in office.book.calendar.visits)
    assert misfits(office, visits=visits) == []
    assert misfits(office, visits=visits[:1]) == [("ann", [NOT_THERE])]


def test_who_was_displaced_moves_to_what_is_there(office: Any) -> None:
    """A visit whose provider has left moves to the one who has not, at any start."""
    mine = office.visit(office.at(9), "ann", resources=["okafor"]).appointment
    fewer = tuple(each for each in office.book.calendar.resources if each.id.value != "okafor")
    checkup = attrs.evolve(
        office.book.calendar.visit("checkup"), needs=(OneOf("lindqvist"), AnyOf("exam-room"))
    )
    book = office.book.under(calendar=attrs.evolve(office.book.calendar, resources=fewer, visits=[checkup]))
    moved = book.move(mine.id, office.at(10), now=office.now)
    assert [str(each) for each in moved.appointment.resources] == ["exam-1", "lindqvist"]
    assert book.visits_of(PatientId("ann")) == (moved.appointment,)
