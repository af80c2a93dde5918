"""An appointment and its states."""

import re
from datetime import UTC, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import AppointmentId, InvalidValue, PatientId, Refused, ResourceId, TimeSlot
from medoffice.core.phi import PhiClass, phi_fields
from medoffice.scheduling import (
    ILLEGAL_CHANGE,
    LEGAL,
    OCCUPYING,
    TAKES_TIME,
    TERMINAL,
    Appointment,
    Status,
    change_status,
)
from medoffice.scheduling.appointments import CORRECTIONS, correct_status

NINE = datetime(2026, 11, 24, 14, tzinfo=UTC)
HALF_HOUR = TimeSlot.lasting(NINE, timedelta(minutes=30))
statuses = st.sampled_from(Status)


def appointment(status: Status = Status.BOOKED, reason: str = "") -> Appointment:
    """A follow-up of half an hour."""
    return Appointment(
        id=AppointmentId("a1"),
        patient=PatientId("p1"),
        visit_type="follow-up",
        slot=HALF_HOUR,
        occupied=HALF_HOUR,
        resources=(ResourceId("okafor"),),
        status=status,
        reason=reason,
    )


def test_the_states_are_those_of_fhir_r4() -> None:
    """The ten codes of the value set AppointmentStatus of FHIR 4.0.1, spelled as there."""
    assert {str(status) for status in Status} == {
        "proposed",
        "pending",
        "booked",
        "arrived",
        "fulfilled",
        "cancelled",
        "noshow",
        "entered-in-error",
        "checked-in",
        "waitlist",
    }


@given(statuses)
def test_a_state_reads_back(status: Status) -> None:
    """Text and state are one, and another text is refused."""
    assert Status.parse(f" {status} ") is status
    with pytest.raises(InvalidValue):
        Status.parse(f"{status}!")


def test_every_state_has_its_followers_and_none_follows_itself() -> None:
    """The table of legal changes is complete, and a change is always to another state."""
    assert set(LEGAL) == set(Status)
    assert all(status not in following for status, following in LEGAL.items())


@given(statuses, statuses)
def test_a_change_of_status_obeys_the_table(old: Status, new: Status) -> None:
    """A change happens exactly when the table has it and it takes no time unseen; the rest stays."""
    before = appointment(old)
    after = change_status(before, new)
    if isinstance(after, Refused):
        takes_time = old not in OCCUPYING and new in OCCUPYING
        assert new not in LEGAL[old] or takes_time
        assert after.has(TAKES_TIME if new in LEGAL[old] else ILLEGAL_CHANGE)
    else:
        assert new in LEGAL[old]
        assert after == attrs.evolve(before, status=new, revision=before.revision + 1)


@given(st.lists(statuses, max_size=12))
def test_terminal_states_never_change_and_time_once_given_back_is_not_taken_again(path: list[Status]) -> None:
    """Along any path of changes, an ended appointment stays as it ended, and held time is never regained."""
    now, released = appointment(), False
    for status in path:
        was, after = now, change_status(now, status)
        if was.is_terminal:
            assert isinstance(after, Refused)
        now = was if isinstance(after, Refused) else after
        assert not (released and now.is_occupying)
        released = released or not now.is_occupying
        assert now.revision == was.revision + (now is not was)


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.NOSHOW, Status.ENTERED_IN_ERROR])
def test_who_does_not_come_holds_no_time(status: Status) -> None:
    """Cancelled, missed and mistaken appointments are terminal and free their time."""
    assert status in TERMINAL
    assert status not in OCCUPYING


@pytest.mark.parametrize("status", [Status.PENDING, Status.BOOKED, Status.ARRIVED, Status.CHECKED_IN])
def test_who_may_still_come_holds_time(status: Status) -> None:
    """A pending appointment keeps its time just as a booked one does."""
    assert appointment(status).is_occupying


def test_the_kiosk_may_check_in_a_booked_patient_at_once() -> None:
    """From booked to checked in is one step."""
    after = change_status(appointment(), Status.CHECKED_IN)
    assert isinstance(after, Appointment)
    assert after.status is Status.CHECKED_IN


def test_the_reason_is_health_data_and_hidden() -> None:
    """The reason of a visit is marked as PHI and is not in the repr."""
    assert phi_fields(Appointment) == {"reason": PhiClass.HEALTH}
    assert "canary" not in repr(appointment(reason="canary"))


@pytest.mark.parametrize(
    "resources", [(), ("b", "a"), ("a", "a"), ["a"]], ids=["none", "unsorted", "twice", "a list"]
)
def test_resources_are_a_sorted_tuple_without_repeats(resources: object) -> None:
    """Two appointments on the same resources are equal, because there is one way to write them."""
    wrong = type(resources)(ResourceId(each) for each in resources)  # type: ignore[attr-defined, call-arg]
    with pytest.raises(InvalidValue):
        attrs.evolve(appointment(), resources=wrong)  # type: ignore[arg-type]


def test_the_occupied_time_covers_the_visit() -> None:
    """An appointment that occupies less than the visit cannot be built."""
    late = TimeSlot(NINE + timedelta(minutes=5), HALF_HOUR.end)
    with pytest.raises(InvalidValue, match="covers"):
        attrs.evolve(appointment(), occupied=late)


@pytest.mark.parametrize("revision", [-1, True, 1.0])
def test_a_revision_counts_up_from_zero(revision: object) -> None:
    """Revisions are whole numbers from zero."""
    with pytest.raises(InvalidValue):
        attrs.evolve(appointment(), revision=revision)  # type: ignore[arg-type]


@given(statuses, statuses)
def test_a_refusal_names_states_and_never_the_patient(old: Status, new: Status) -> None:
    """A finding of the schedule says what to do, and holds no id of a patient and no reason."""
    after = change_status(appointment(old, reason="canary"), new)
    if isinstance(after, Refused):
        (finding,) = after.findings
        assert re.fullmatch(r"SCH\d{3}", finding.code)
        assert finding.fix
        assert "canary" not in repr(after)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("to", Status)
def test_only_what_was_noted_by_mistake_is_taken_back(status: Status, to: Status) -> None:
    """And never to or from a state that holds no time, since that time may be somebody else's."""
    before = appointment(status)
    after = correct_status(before, to)
    if to in CORRECTIONS.get(status, frozenset()):
        assert isinstance(after, Appointment)
        assert (after.status, after.revision) == (to, before.revision + 1)
        assert before.is_occupying
        assert after.is_occupying
    else:
        assert isinstance(after, Refused)


def test_an_overbooking_and_a_group_share_what_they_say() -> None:
    """Everything else of one time and one resource collides; touching does not."""
    doctor, room = ResourceId("dr-a"), ResourceId("exam-1")
    one = attrs.evolve(appointment(), id=AppointmentId("one"), resources=(doctor, room))
    other = attrs.evolve(one, id=AppointmentId("other"))
    assert one.collides_with(other)
    assert one.collides_with(attrs.evolve(other, shared=(doctor,)))
    assert not one.collides_with(attrs.evolve(other, resources=(doctor,), shared=(doctor,)))
    seats = [attrs.evolve(each, seats=4) for each in (one, other)]
    assert not seats[0].collides_with(seats[1])
    assert seats[0].is_with(seats[1])
    assert not seats[0].is_with(one)
    assert seats[0].collides_with(attrs.evolve(seats[1], visit_type="another"))
    later = TimeSlot.lasting(one.occupied.end, one.occupied.length)
    assert not one.collides_with(attrs.evolve(other, slot=later, occupied=later))
    assert not one.collides_with(attrs.evolve(other, status=Status.CANCELLED))
