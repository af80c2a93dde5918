"""From what came in to facts: which patients a reply is from, and which visit it is about."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from medoffice.core import Language, PatientId, as_instant
from medoffice.scheduling.reminders.channels import Channel
from medoffice.scheduling.reminders.facts import Fact, ReminderKey, ReplyReceived
from medoffice.scheduling.reminders.protocol import Protocol
from medoffice.scheduling.reminders.record import Told, read_record
from medoffice.scheduling.reminders.replies import Confirm, Reply, Stop, Unclear, read_reply


def receive(
    text: str,
    *,
    channel: Channel,
    patients: Iterable[PatientId],
    language: Language,
    protocol: Protocol,
    facts: Iterable[Fact],
    at: datetime,
) -> tuple[ReplyReceived, ...]:
    """The facts that a message makes, one for each patient who shares the number or address that it came from.

    A wish counts for a visit only when there is one that it can be about: the one visit to come of which those
    patients were asked on that channel, or, for a confirmation, the one that is not answered yet. Otherwise it is
    unclear, for a person. An end of messages counts for all of them.

    Raises:
        InvalidValue: when ``at`` has no time zone.
    """
    who = tuple(dict.fromkeys(patients))
    reply = read_reply(text, language=language)
    moment = as_instant(at)
    if isinstance(reply, Stop | Unclear):
        return tuple(_fact(each, reply, (), channel, text, moment) for each in who)
    record = read_record(facts, now=moment, stop_ends=protocol.stop_ends)
    asked = [
        (told, ReminderKey(appointment=visit, starts=told.starts, step=steps[-1]))
        for visit, told in record.told.items()
        if told.patient in who
        and told.starts > moment
        and (steps := [step for by, step in told.asked if by is channel])
    ]
    meant = asked if len(asked) == 1 else list(_unanswered(asked)) if isinstance(reply, Confirm) else []
    if len(meant) != 1:
        return tuple(_fact(each, Unclear(), (), channel, text, moment) for each in who)
    ((told, key),) = meant
    return (_fact(told.patient, reply, (key,), channel, text, moment),)


def _unanswered(asked: Iterable[tuple[Told, ReminderKey]]) -> Iterator[tuple[Told, ReminderKey]]:
    return ((told, key) for told, key in asked if not told.answers)


def _fact(
    patient: PatientId,
    reply: Reply,
    about: tuple[ReminderKey] | tuple[()],
    channel: Channel,
    text: str,
    at: datetime,
) -> ReplyReceived:
    return ReplyReceived(
        at=at, patient=patient, channel=channel, reply=reply, about=next(iter(about), None), text=text
    )
