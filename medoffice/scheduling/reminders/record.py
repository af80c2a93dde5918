"""What the facts about reminders add up to at an instant: what was sent, answered, agreed to and ended."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import attrs

from medoffice.core import AppointmentId, PatientId, as_instant
from medoffice.scheduling.reminders.channels import Channel
from medoffice.scheduling.reminders.contacts import Consent, Contact
from medoffice.scheduling.reminders.facts import (
    ConsentEnded,
    ConsentGiven,
    Fact,
    ReminderFailed,
    ReminderKey,
    ReminderSent,
    ReplyReceived,
    ReplySettled,
)
from medoffice.scheduling.reminders.replies import CancelWish, Confirm, MoveWish, Stop, Unclear

Answer = Confirm | CancelWish | MoveWish


@attrs.frozen(kw_only=True)
class Told:
    """What a patient was told of a visit at the time that it last had, and what they answered (the last word counts).

    ``sent`` and ``failed`` are steps and channels: what was handed over, and what the carrier gave back. ``asked`` are the
    channels and steps that asked to confirm, in order.
    """

    patient: PatientId
    starts: datetime
    sent: frozenset[tuple[str, Channel]] = frozenset()
    asked: tuple[tuple[Channel, str], ...] = ()
    failed: frozenset[tuple[str, Channel]] = frozenset()
    answers: tuple[Answer, ...] = ()

    def has(self, step: str) -> bool:
        """Whether a step's message was handed over and not given back."""
        return any(code == step for code, _ in self.sent - self.failed)


@attrs.frozen(kw_only=True)
class Record:
    """The state of all reminders. ``held`` are patients of whom a person must read something before more is sent."""

    told: Mapping[AppointmentId, Told] = attrs.field(factory=dict)
    consents: Mapping[tuple[PatientId, Channel], Consent] = attrs.field(factory=dict)
    held: frozenset[PatientId] = frozenset()
    sendings: Mapping[PatientId, tuple[tuple[datetime, Channel], ...]] = attrs.field(factory=dict)

    def of(self, appointment: AppointmentId, *, starts: datetime) -> tuple[Told] | tuple[()]:
        """What was told of a visit at that time; nothing when it has been moved since, or nothing was."""
        told = self.told.get(appointment)
        return (told,) if told is not None and told.starts == starts else ()

    def consent(self, contact: Contact, channel: Channel) -> Consent:
        """What a patient last said about a channel; a refusal on record ends only by a later fact."""
        return self.consents.get((contact.patient, channel), contact.consent(channel))


def read_record(facts: Iterable[Fact], *, now: datetime, stop_ends: frozenset[Channel]) -> Record:
    """Replay the facts up to an instant, in the order of time. One STOP ends all of ``stop_ends`` together.

    Raises:
        InvalidValue: when ``now`` has no time zone.
    """
    moment = as_instant(now)
    told: dict[AppointmentId, Told] = {}
    consents: dict[tuple[PatientId, Channel], Consent] = {}
    held: set[PatientId] = set()
    sendings: dict[PatientId, tuple[tuple[datetime, Channel], ...]] = {}
    for fact in sorted((each for each in facts if each.at <= moment), key=lambda each: each.at):
        match fact:
            case ReminderSent(key=key, patient=patient, channel=channel):
                told[key.appointment] = _sent(_current(told, key, patient), fact)
                sendings[patient] = (*sendings.get(patient, ()), (fact.at, channel))
            case ReminderFailed(key=key, patient=patient):
                if not _is_over(told, key):
                    told[key.appointment] = _failed(_current(told, key, patient), fact)
            case ReplyReceived() | ReplySettled():
                _heard(fact, told, consents, held, stop_ends)
            case ConsentGiven(patient=patient, channel=channel):
                consents[patient, channel] = Consent.GIVEN
                held.discard(patient)
            case ConsentEnded(patient=patient, channel=channel):
                consents[patient, channel] = Consent.REFUSED
    return Record(told=told, consents=consents, held=frozenset(held), sendings=sendings)


def _current(told: Mapping[AppointmentId, Told], key: ReminderKey, patient: PatientId) -> Told:
    """What was told of the visit at that time; empty as soon as the patient is told of another one."""
    found = told.get(key.appointment)
    if found is not None and found.starts == key.starts:
        return found
    return Told(patient=patient, starts=key.starts)


def _is_over(told: Mapping[AppointmentId, Told], key: ReminderKey) -> bool:
    """Whether the patient has been told of another time since: what is said about the old one changes nothing."""
    found = told.get(key.appointment)
    return found is not None and found.starts != key.starts


def _sent(before: Told, fact: ReminderSent) -> Told:
    return attrs.evolve(
        before,
        sent=before.sent | {(fact.key.step, fact.channel)},
        asked=(*before.asked, (fact.channel, fact.key.step)) if fact.asks else before.asked,
    )


def _failed(before: Told, fact: ReminderFailed) -> Told:
    return attrs.evolve(before, failed=before.failed | {(fact.key.step, fact.channel)})


def _heard(
    fact: ReplyReceived | ReplySettled,
    told: dict[AppointmentId, Told],
    consents: dict[tuple[PatientId, Channel], Consent],
    held: set[PatientId],
    stop_ends: frozenset[Channel],
) -> None:
    if isinstance(fact, ReplySettled):
        held.discard(fact.patient)
    match fact.reply:
        case Stop():
            for channel in stop_ends if fact.channel in stop_ends else {fact.channel}:
                consents[fact.patient, channel] = Consent.REFUSED
        case Unclear(may_mean_stop=True):
            held.add(fact.patient)
        case Unclear():
            pass
        case answer:
            if fact.about is not None and not _is_over(told, fact.about):
                before = _current(told, fact.about, fact.patient)
                told[fact.about.appointment] = attrs.evolve(before, answers=(*before.answers, answer))
