"""What happened with reminders, fact by fact; to be appended to the book of events and never changed."""

from datetime import datetime

import attrs

from medoffice.core import AppointmentId, PatientId, PhiClass, as_instant, phi
from medoffice.scheduling.names import slug
from medoffice.scheduling.reminders.channels import Channel
from medoffice.scheduling.reminders.replies import Reply


@attrs.frozen(kw_only=True)
class ReminderKey:
    """Which reminder: the visit, the time it then had, and the step. A moved visit has new reminders."""

    appointment: AppointmentId
    starts: datetime = attrs.field(converter=as_instant)
    step: str = attrs.field(validator=slug("reminder", "its step"))


@attrs.frozen(kw_only=True)
class ReminderSent:
    """The message was handed to whoever carries it; note it before or with the sending, not after."""

    at: datetime = attrs.field(converter=as_instant)
    key: ReminderKey
    patient: PatientId
    channel: Channel
    asks: bool = False


@attrs.frozen(kw_only=True)
class ReminderFailed:
    """The carrier gave it back: no such number, mailbox full. The next channel is tried."""

    at: datetime = attrs.field(converter=as_instant)
    key: ReminderKey
    patient: PatientId
    channel: Channel


@attrs.frozen(kw_only=True)
class ReplyReceived:
    """What a patient answered, and to which reminder where that is certain. ``text`` is their own words.

    An answer is about the time that the reminder named (``about.starts``): when the visit has been moved since, it
    confirms nothing.
    """

    at: datetime = attrs.field(converter=as_instant)
    patient: PatientId
    channel: Channel
    reply: Reply
    about: ReminderKey | None = None
    text: str = attrs.field(default="", **phi(PhiClass.HEALTH))


@attrs.frozen(kw_only=True)
class ReplySettled:
    """A person has read an unclear reply, or asked, and says what was meant; the visit it is about, if it is."""

    at: datetime = attrs.field(converter=as_instant)
    patient: PatientId
    channel: Channel
    reply: Reply
    about: ReminderKey | None = None


@attrs.frozen(kw_only=True)
class ConsentGiven:
    """The patient agrees to be reached on a channel (again)."""

    at: datetime = attrs.field(converter=as_instant)
    patient: PatientId
    channel: Channel


@attrs.frozen(kw_only=True)
class ConsentEnded:
    """The patient wants nothing on a channel any more, said otherwise than by a reply."""

    at: datetime = attrs.field(converter=as_instant)
    patient: PatientId
    channel: Channel


Fact = ReminderSent | ReminderFailed | ReplyReceived | ReplySettled | ConsentGiven | ConsentEnded
