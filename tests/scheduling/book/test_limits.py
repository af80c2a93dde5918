from typing import Any
from zoneinfo import ZoneInfo

from medoffice.core import PatientId, TimeSlot
from medoffice.scheduling.book import DAY_IS_FULL, DayLimit, Policy
from medoffice.scheduling.book.limits import Within
from medoffice.scheduling.outcomes import Booked, Moved


def limited(opened: Any, **limit: Any) -> Any:
    """An office under one limit, for one provider's days on its own clock."""
    zone = opened(Policy()).book.calendar.zone
    return opened(Policy(day_limits=(DayLimit(zone=zone, **limit),)))


def test_a_day_takes_so_many_new_patients_of_a_provider(opened: Any) -> None:
    """The second new patient goes to the other provider, the third to another day; known patients as ever."""
    office = limited(opened, at_most=1, new_patients_only=True)
    seen = [
        str(office.visit(office.at(hour), str(hour), new_patient=True).appointment.resources[1])
        for hour in (9, 14)
    ]
    assert sorted(seen) == ["lindqvist", "okafor"]
    refused = office.visit(office.at(16), "cy", new_patient=True)
    assert set(office.codes(refused)) == {DAY_IS_FULL}
    assert office.starts(new_patient=True) == []
    assert office.starts(1, new_patient=True)[0] == office.at(8, day=1)
    assert isinstance(office.visit(office.at(16), "cy"), Booked)


def test_a_hold_counts_like_a_visit(opened: Any) -> None:
    """What may become a visit is one, until it is released."""
    office = limited(opened, at_most=1, visit_types="talk")
    held = office.hold(office.at(9), code="talk")
    assert office.codes(office.visit(office.at(14), code="talk")) == [DAY_IS_FULL]
    assert isinstance(office.visit(office.at(14)), Booked)
    office.book.release(held.hold.id, now=office.now)
    assert isinstance(office.visit(office.at(15), "bo", code="talk"), Booked)


def test_a_visit_does_not_stand_in_its_own_way(opened: Any) -> None:
    """Moved within its day it is still the one visit that the limit allows."""
    office = limited(opened, at_most=1, visit_types="talk")
    mine = office.visit(office.at(9), code="talk").appointment
    assert isinstance(office.book.move(mine.id, office.at(15), now=office.now), Moved)
    found = office.starts(code="talk", patient=PatientId("pat"), instead_of=mine.id)
    assert office.at(9) in found


def test_the_day_is_the_one_on_the_limits_clock(opened: Any) -> None:
    """At nine in Chicago a day begins in Tokyo, and with it another count."""
    limit = DayLimit(at_most=1, visit_types="talk", zone=ZoneInfo("Asia/Tokyo"))
    office = opened(Policy(day_limits=(limit,)))
    office.visit(office.at(8, 30), code="talk")
    assert office.starts(code="talk")[0] == office.at(9)
    assert office.codes(office.visit(office.at(8), "bo", code="talk")) == [DAY_IS_FULL]
    assert isinstance(office.visit(office.at(9), "bo", code="talk"), Booked)


def test_the_found_times_are_a_sequence_like_any(opened: Any) -> None:
    """By index from both ends, by slice, by length, read twice: always the same times."""
    office = limited(opened, at_most=1, visit_types="checkup")
    office.visit(office.at(9), resources=["okafor"])
    window = TimeSlot(office.at(8), office.at(10))

    def found() -> Any:
        return office.book.find("checkup", window=window, now=office.now)

    whole = list(found())
    assert isinstance(found(), Within)
    assert {str(slot.lead) for slot in whole} == {"lindqvist"}
    assert len(found()) == len(whole) > 3
    assert (found()[0], found()[-1], found()[1:3], found()[-2:]) == (
        whole[0],
        whole[-1],
        whole[1:3],
        whole[-2:],
    )
    lazy = found()
    assert lazy
    assert list(lazy) == list(lazy) == whole
    assert not office.starts(6)


def test_a_room_that_is_named_says_nothing_about_whose_day_is_full(opened: Any) -> None:
    """The reason is told when only the room is asked for by name."""
    office = limited(opened, at_most=0, visit_types="checkup")
    refused = office.visit(office.at(9), resources=["exam-1"])
    assert office.codes(refused) == [DAY_IS_FULL, DAY_IS_FULL]
    assert [each.where for each in refused.findings] == ["resource okafor", "resource lindqvist"]
