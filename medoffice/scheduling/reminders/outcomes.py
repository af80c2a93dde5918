"""What looking for reminders ends in: those to hand over now, and for each other why not."""

from datetime import datetime
from enum import Enum
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import Language, PatientId
from medoffice.scheduling.reminders.channels import Channel, Part
from medoffice.scheduling.reminders.facts import ReminderKey, ReminderSent
from medoffice.scheduling.reminders.passable import Obstacle


@attrs.frozen(kw_only=True)
class Reminder:
    """A message to hand over now: which, to whom, by which channel, in which language, and what it may say.

    ``is_their_language`` is false when the office has no texts in the patient's own. Day and hour are to be said in
    ``zone``. It is due until ``until``.
    """

    key: ReminderKey
    patient: PatientId
    channel: Channel
    language: Language
    is_their_language: bool
    zone: ZoneInfo
    asks: bool
    says: frozenset[Part]
    until: datetime

    def sent(self, at: datetime) -> ReminderSent:
        """The fact that it was handed over, to be noted."""
        return ReminderSent(at=at, key=self.key, patient=self.patient, channel=self.channel, asks=self.asks)


class NotSent(Enum):
    """Why a step whose time has come is not due."""

    OVERTAKEN = "overtaken"
    """A later step's time has come before this one could be sent."""
    TOO_LATE = "too-late"
    """Its own time is over."""
    CONFIRMED = "confirmed"
    """The patient has confirmed, and the step is for those who did not."""
    WANTS_OTHERWISE = "wants-otherwise"
    """The patient asked to cancel or move, and nobody has done it yet."""
    NO_PROTOCOL = "no-protocol"
    """No series is for such a visit."""
    NO_CONTACT = "no-contact"
    """Nothing is known of how to reach the patient."""
    NO_CHANNEL = "no-channel"
    """Every channel of the step is closed; ``obstacles`` say why each."""
    WAITS = "waits"
    """It will go out at ``until``."""
    HELD = "held"
    """A person must read what the patient wrote first."""


@attrs.frozen(kw_only=True)
class Skip:
    """A step that is not due though its time has come: why, and until when it waits (empty when for good)."""

    key: ReminderKey
    reason: NotSent
    obstacles: tuple[Obstacle, ...] = ()
    until: datetime | None = None

    def __str__(self) -> str:
        channels = "; ".join(str(each) for each in self.obstacles)
        return f"{self.key.step}: {self.reason.value}{f' ({channels})' if channels else ''}"


@attrs.frozen
class Due:
    """What to send now, soonest visit first, and what is not sent and why."""

    reminders: tuple[Reminder, ...]
    skipped: tuple[Skip, ...]
