from typing import Any

import pytest

from medoffice.core import AppointmentId, InvalidValue, ResourceId
from medoffice.scheduling import SLOT_TAKEN
from medoffice.scheduling.book import OVERBOOKED_ENOUGH, OVERBOOKING_OFF, Overbooking, Policy
from medoffice.scheduling.outcomes import Booked, Moved

ONE_MORE = Policy(overbooking=Overbooking(is_allowed=True, at_most=1))
OKAFOR = ("okafor",)


def test_nobody_overbooks_where_the_policy_does_not_let_them(office: Any) -> None:
    """The refusal says so, beside what is in the way."""
    office.visit(office.at(9), "ann", resources=OKAFOR)
    refused = office.visit(office.at(9), "bo", resources=OKAFOR, overbook=True)
    assert {SLOT_TAKEN, OVERBOOKING_OFF} == set(office.codes(refused))


def test_the_providers_time_is_shared_so_often_and_no_more(opened: Any) -> None:
    """One more than usual, each in a room of its own; what is shared stands in the appointment."""
    office = opened(ONE_MORE)
    office.visit(office.at(9), "ann", resources=OKAFOR)
    over = office.visit(office.at(9, 15), "bo", resources=OKAFOR, overbook=True)
    assert isinstance(over, Booked)
    assert over.appointment.shared == (ResourceId("okafor"),)
    assert over.appointment.is_overbooked
    third = office.visit(office.at(9, 20), "cy", "talk", resources=OKAFOR, overbook=True)
    assert OVERBOOKED_ENOUGH in office.codes(third)


def test_rooms_are_never_shared(opened: Any) -> None:
    """With both rooms taken there is no overbooking either."""
    office = opened(ONE_MORE)
    for provider in ("okafor", "lindqvist"):
        office.visit(office.at(9), provider, resources=[provider])
    refused = office.visit(office.at(9), "cy", resources=OKAFOR, overbook=True)
    assert SLOT_TAKEN in office.codes(refused)
    assert OVERBOOKED_ENOUGH not in office.codes(refused)


@pytest.mark.parametrize("what", ["hold", "class"])
def test_holds_and_groups_are_never_shared(opened: Any, what: str) -> None:
    """A promise is kept, and a group is full when it is full."""
    office = opened(ONE_MORE)
    if what == "hold":
        office.hold(office.at(9), resources=OKAFOR)
    else:
        office.visit(office.at(9), "ann", "class")
    assert office.codes(office.visit(office.at(9), "bo", "talk", resources=OKAFOR, overbook=True))


def test_a_session_on_a_visits_time_is_filled_seat_by_seat(opened: Any) -> None:
    """Its other seats take no more of the provider's time than its first; who does not ask for it is not put there."""
    office = opened(ONE_MORE)
    office.visit(office.at(9), "ann", "talk", resources=OKAFOR)
    seats = [
        office.visit(office.at(9), patient, "class", resources=OKAFOR, overbook=True)
        for patient in "bcdefghij"
    ]
    booked = [each.appointment for each in seats if isinstance(each, Booked)]
    assert len(booked) == booked[0].seats < len(seats)
    assert {each.resources for each in booked} == {booked[0].resources}
    office.book.cancel(booked[0].id, now=office.now)
    assert SLOT_TAKEN in office.codes(office.visit(office.at(9), "zoe", "class", resources=OKAFOR))


def test_a_free_time_is_booked_plainly(opened: Any) -> None:
    """To be ready to overbook is not yet to overbook."""
    office = opened(ONE_MORE)
    assert not office.visit(office.at(9), resources=OKAFOR, overbook=True).appointment.is_overbooked


def test_an_overbooked_visit_keeps_its_time_when_the_other_goes(opened: Any) -> None:
    """Nobody books over it unasked; moved to a free time it is like any other."""
    office = opened(ONE_MORE)
    first = office.visit(office.at(9), "ann", resources=OKAFOR).appointment
    over = office.visit(office.at(9), "bo", resources=OKAFOR, overbook=True).appointment
    office.book.cancel(first.id, now=office.now)
    assert SLOT_TAKEN in office.codes(office.visit(office.at(9), "cy", resources=OKAFOR))
    moved = office.book.move(over.id, office.at(11), now=office.now)
    assert isinstance(moved, Moved)
    assert not moved.appointment.is_overbooked


def test_whose_time_is_shared_is_said(opened: Any) -> None:
    """A booking over nobody in particular is a mistake."""
    office = opened(ONE_MORE)
    for patient in ("ann", "bo"):
        office.visit(office.at(9), patient)
    with pytest.raises(InvalidValue, match="named"):
        office.visit(office.at(9), "cy", overbook=True)
    assert AppointmentId("appointmentid-3") not in office.book.appointments
