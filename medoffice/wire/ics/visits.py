"""A visit in the patient's own calendar: an invitation, its cancellation, or a file of all visits to come.

What it says is what a lock screen may show: that there is an appointment, of which office, where, and its telephone
number. Neither the patient, nor the clinician, nor the kind of visit, nor its reason is in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from medoffice.core import Email, InvalidValue, TimeSlot
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.modality import Modality
from medoffice.wire.ics.library import icalendar
from medoffice.wire.ics.sender import Sender, one_line
from medoffice.wire.ics.writing import new_event, put_times, written

STATUS: Final[Mapping[Status, str]] = MappingProxyType(
    {
        Status.PROPOSED: "TENTATIVE",
        Status.PENDING: "TENTATIVE",
        Status.WAITLIST: "TENTATIVE",
        Status.BOOKED: "CONFIRMED",
        Status.ARRIVED: "CONFIRMED",
        Status.CHECKED_IN: "CONFIRMED",
        Status.FULFILLED: "CONFIRMED",
        # A calendar need not tell who did not come.
        Status.NOSHOW: "CONFIRMED",
        Status.CANCELLED: "CANCELLED",
        Status.ENTERED_IN_ERROR: "CANCELLED",
    }
)
"""The STATUS of RFC 5545 (section 3.8.1.11) for each state of an appointment."""
_TITLE: Final = "Appointment"


def patient_calendar(
    appointments: Iterable[Appointment],
    *,
    sender: Sender,
    now: datetime,
    title: str = _TITLE,
    zone: ZoneInfo | None = None,
) -> bytes:
    """A file of visits (METHOD:PUBLISH) for a patient to open or to subscribe to.

    A visit keeps its UID through all its changes and its SEQUENCE is the appointment's revision, so that a calendar
    which has an older one replaces it. Cancelled visits stand in it as cancelled. With ``zone`` the times are local ones,
    with the rules of the zone; without, they are in UTC.

    Raises:
        InvalidValue: when there is no appointment, the title is not one line, or ``now`` has no time zone.
    """
    visits = [_visit(each, sender=sender, now=now, title=title, zone=zone) for each in appointments]
    return _written(visits, method="PUBLISH", zone=zone)


def invitation(
    appointment: Appointment,
    *,
    sender: Sender,
    attendee: Email,
    now: datetime,
    title: str = _TITLE,
    zone: ZoneInfo | None = None,
) -> bytes:
    """An invitation (METHOD:REQUEST, RFC 5546 section 3.2.2), or news of a change under the same UID.

    ``attendee`` is the address that the invitation is sent to; mail programs want it in the file.

    Raises:
        InvalidValue: when the visit is cancelled, the title is not one line, or ``now`` has no time zone.
    """
    if STATUS[appointment.status] == "CANCELLED":
        raise InvalidValue("invitation", "the visit is cancelled; send its cancellation")
    event, local = _visit(appointment, sender=sender, now=now, title=title, zone=zone)
    event.add("ATTENDEE", _attendee(attendee))
    return _written([(event, local)], method="REQUEST", zone=zone)


def cancellation(
    appointment: Appointment,
    *,
    sender: Sender,
    attendee: Email,
    now: datetime,
    title: str = _TITLE,
    zone: ZoneInfo | None = None,
) -> bytes:
    """The message (METHOD:CANCEL, RFC 5546 section 3.2.5) that takes an invitation back.

    Raises:
        InvalidValue: when the visit is not cancelled, the title is not one line, or ``now`` has no time zone.
    """
    if STATUS[appointment.status] != "CANCELLED":
        raise InvalidValue("cancellation", "the visit is not cancelled")
    event, local = _visit(appointment, sender=sender, now=now, title=title, zone=zone)
    event.add("ATTENDEE", _attendee(attendee))
    return _written([(event, local)], method="CANCEL", zone=zone)


_Visit = tuple["icalendar.Event", tuple[TimeSlot, ...]]
"""An event, and its slot when that is written in local time."""


def _written(visits: Sequence[_Visit], *, method: str, zone: ZoneInfo | None) -> bytes:
    local = [slot for _, slots in visits for slot in slots]
    return written([event for event, _ in visits], method=method, zone=zone, local=local)


def _visit(
    appointment: Appointment, *, sender: Sender, now: datetime, title: str, zone: ZoneInfo | None
) -> "_Visit":
    event = new_event(uid=sender.uid(appointment.id.value), now=now)
    local = put_times(event, appointment.slot, zone)
    event.add("SUMMARY", one_line("calendar", "the title", title))
    event.add("SEQUENCE", appointment.revision)
    event.add("STATUS", STATUS[appointment.status])
    event.add("DESCRIPTION", f"{sender.name}, {sender.phone}" if sender.phone else sender.name)
    place = sender.places.get(appointment.location, "")
    if place and appointment.modality is Modality.IN_PERSON:
        event.add("LOCATION", place)
    organizer = icalendar.vCalAddress(f"mailto:{sender.email}")
    organizer.params["CN"] = sender.name
    event.add("ORGANIZER", organizer)
    return event, local


def _attendee(address: Email) -> "icalendar.vCalAddress":
    attendee = icalendar.vCalAddress(f"mailto:{address}")
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = "NEEDS-ACTION"
    attendee.params["RSVP"] = "TRUE"
    return attendee
