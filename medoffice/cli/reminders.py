"""What is to be sent, and what comes of replies, told by id. Loads the store and rich."""

from collections import Counter
from collections.abc import Sequence

import typer

from medoffice.checkin.records import DeskTask
from medoffice.cli.failures import CannotDo
from medoffice.cli.moments import shown
from medoffice.cli.opening import opened
from medoffice.cli.plain import plain_console, plain_table
from medoffice.cli.subjects import appointment_of, patient_of, said_no
from medoffice.cli.table import wish
from medoffice.core.errors import InvalidValue
from medoffice.core.outcomes import Refused
from medoffice.office.visits.answering import Answer
from medoffice.scheduling.book import CalledOff
from medoffice.scheduling.outcomes import Booked
from medoffice.scheduling.reminders import Channel


def show_due(context: typer.Context) -> None:
    """Print what to send now, and how many are not sent for which reason.

    Raises:
        MedofficeError: when the office cannot be opened or read.
    """
    console = plain_console()
    with opened(context) as office:
        found = office.schedule.reminders.due()
        console.print(f"{len(found.reminders)} to send now.")
        if found.reminders:
            table = plain_table("Appointment", "Step", "By", "Language", "Asks", "Until")
            for each in found.reminders:
                table.add_row(
                    each.key.appointment.value,
                    each.key.step,
                    each.channel.value,
                    f"{each.language}{'' if each.is_their_language else ' (not their own)'}",
                    "yes or no" if each.asks else "",
                    shown(each.until, each.zone),
                )
            console.print(table)
        for why, count in sorted(Counter(_why(str(each)) for each in found.skipped).items()):
            console.print(f"Not sent: {count} {why}")


def note_sent(context: typer.Context, appointment: str) -> str:
    """Note that a visit's reminder is handed over; the line says by which channel it is to go.

    Raises:
        CannotDo: when none is due, or there is no such appointment.
        MedofficeError: when the office cannot be opened or written.
    """
    with opened(context) as office:
        id, reminders = appointment_of(office, appointment), office.schedule.reminders
        for each in reminders.due().reminders:
            if each.key.appointment == id:
                outcome = reminders.sent(each)
                if isinstance(outcome, Refused):
                    raise said_no(outcome)
                return f"Noted: send it by {each.channel}, in {each.language}."
    raise CannotDo("no reminder of that visit is due; medoffice remind due shows those that are")


def note_failed(context: typer.Context, appointment: str) -> str:
    """Note that the last reminder of a visit came back.

    Raises:
        CannotDo: when none was sent, or there is no such appointment.
        MedofficeError: when the office cannot be opened or written.
    """
    with opened(context) as office:
        id, reminders = appointment_of(office, appointment), office.schedule.reminders
        last = reminders.last_sent(id)
        if last is None:
            raise CannotDo("no reminder of that visit was sent")
        reminders.failed(last.key, last.patient, last.channel)
    return f"Noted: it came back by {last.channel}; medoffice remind due says by which way it goes next."


def take_reply(context: typer.Context, text: str, patients: Sequence[str], by: str) -> str:
    """Take in what patients wrote; the line says what came of it.

    Raises:
        CannotDo: when nobody has such an id, or there is no such channel.
        MedofficeError: when the office cannot be opened or written.
    """
    channel = _channel(by)
    with opened(context) as office:
        who = [patient_of(office, each) for each in patients]
        return _told(office.schedule.reminders.received(text.strip(), channel=channel, patients=who))


def note_consent(context: typer.Context, who: str, by: str, *, is_end: bool) -> str:
    """Note a consent, or its end.

    Raises:
        CannotDo: when nobody has that id, or there is no such channel.
        MedofficeError: when the office cannot be opened or written.
    """
    channel = _channel(by)
    with opened(context) as office:
        patient, reminders = patient_of(office, who), office.schedule.reminders
        if is_end:
            reminders.consent_ended(patient, channel)
            return f"Noted: nothing more by {channel}."
        reminders.consent_given(patient, channel)
        return f"Noted: may be reached by {channel}."


def _told(answer: Answer) -> str:
    match answer:
        case Booked():
            return f"Confirmed: {answer.appointment.id}"
        case CalledOff():
            return f"Called off: {answer.appointment.id}"
        case DeskTask():
            about = f" {answer.appointment}" if answer.appointment else ""
            return f"For the desk: {wish(answer.code)}{about}"
        case _:
            return "Noted: no more messages."


def _channel(name: str) -> Channel:
    try:
        return Channel.parse(name)
    except InvalidValue as trouble:
        raise CannotDo(f"that is no channel: {trouble.reason}") from None


def _why(skip: str) -> str:
    """A reason without the step that it is about."""
    return skip.partition(": ")[2]
