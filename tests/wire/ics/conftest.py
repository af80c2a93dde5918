"""What the tests of calendars share: an office, and appointments with fields that no calendar may show."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from medoffice.core import AppointmentId, Email, OfficeId, PatientId, Phone, ResourceId, TimeSlot
from medoffice.scheduling import Appointment
from medoffice.wire.ics import Sender


@pytest.fixture(scope="session")
def sender() -> Sender:
    """An office with two sites."""
    return Sender(
        id=OfficeId("northside"),
        name="Northside Clinic",
        email=Email("desk@northside.example"),
        phone=Phone.parse("312-555-0142"),
        places={
            "": "12 Main Street, Springfield, IL 62701",
            "west": "900 West Avenue, Springfield, IL 62704",
        },
    )


@pytest.fixture(scope="session")
def visit() -> Callable[..., Appointment]:
    """A visit at an instant, with anything else as given."""

    def make(start: datetime, minutes: int = 30, **rest: object) -> Appointment:
        slot = TimeSlot.lasting(start, timedelta(minutes=minutes))
        fields = {
            "id": AppointmentId("apt-0001"),
            "patient": PatientId("canary-patient"),
            "visit_type": "canary-oncology",
            "occupied": slot.widened(before=timedelta(minutes=5), after=timedelta(minutes=10)),
            "resources": (ResourceId("dr-canary"), ResourceId("room-2")),
            "reason": "Canary of the liver",
        }
        return Appointment(slot=slot, **(fields | rest))  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def now() -> datetime:
    """When all the files of these tests are written."""
    return datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
