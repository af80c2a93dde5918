"""Which reminders are due now, and why the others are not."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import AppointmentId, InvalidValue, as_instant
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.reminders.contacts import Contact
from medoffice.scheduling.reminders.facts import Fact
from medoffice.scheduling.reminders.outcomes import Due, Reminder, Skip
from medoffice.scheduling.reminders.protocol import Protocol
from medoffice.scheduling.reminders.record import read_record
from medoffice.scheduling.reminders.turn import Turn


def due(
    protocol: Protocol,
    *,
    appointments: Iterable[Appointment],
    contacts: Iterable[Contact],
    facts: Iterable[Fact],
    now: datetime,
    zone: ZoneInfo,
    confirmed: frozenset[AppointmentId] = frozenset(),
) -> Due:
    """The reminders to hand over now. Note each as sent (:meth:`Reminder.sent`) and it is not due again.

    A visit has one step at a time: the last whose time has come. So who starts late, or was down for a day, sends
    what is right now and not three messages at once. Only booked visits that have not begun are reminded of, and a
    visit that is moved begins again.

    Args:
        protocol: what the office has settled.
        appointments: the visits to look at, each once; more than are near does no harm.
        contacts: how their patients may be reached, one a patient.
        facts: all that was sent, answered and agreed to.
        now: the instant asked about; facts after it are left out.
        zone: the office's, for patients who have none of their own.
        confirmed: visits that somebody has confirmed otherwise, by telephone for example.

    Raises:
        InvalidValue: when ``now`` has no time zone, or a visit or a patient comes twice.
    """
    moment = as_instant(now)
    known = tuple(contacts)
    by_patient = {each.patient: each for each in known}
    visits = sorted(appointments, key=lambda each: (each.slot.start, each.id))
    if len(by_patient) != len(known) or len({each.id for each in visits}) != len(visits):
        raise InvalidValue("reminders", "each visit and each patient is given once")
    record = read_record(facts, now=moment, stop_ends=protocol.stop_ends)
    sendings = dict(record.sendings)  # what is found due counts for the patient's limits at once
    record = attrs.evolve(record, sendings=sendings)
    reminders: list[Reminder] = []
    skipped: list[Skip] = []
    for visit in visits:
        if visit.status is not Status.BOOKED or visit.slot.start <= moment:
            continue
        found = Turn(
            visit=visit,
            contact=by_patient.get(visit.patient),
            zone=zone,
            protocol=protocol,
            record=record,
            now=moment,
            is_confirmed=visit.id in confirmed,
        ).look()
        skipped += (each for each in found if isinstance(each, Skip))
        for each in found:
            if isinstance(each, Reminder):
                reminders.append(each)
                sendings[each.patient] = (*sendings.get(each.patient, ()), (moment, each.channel))
    return Due(tuple(reminders), tuple(skipped))
