"""What bears on recalls, fact by fact, by the day on which it was noted; only ever added.

The facts about visits are those of the book, told by day; the others are about recalls and patients.
"""

from datetime import date
from enum import Enum

import attrs

from medoffice.core import AppointmentId, PatientId
from medoffice.scheduling.names import slug
from medoffice.scheduling.reminders.channels import Channel


@attrs.frozen(kw_only=True)
class VisitBooked:
    """A visit was booked for a day."""

    on: date
    patient: PatientId
    appointment: AppointmentId
    kind: str = attrs.field(validator=slug("visit", "its kind"))
    day: date


@attrs.frozen(kw_only=True)
class VisitMoved:
    """A booked visit is on another day now."""

    on: date
    appointment: AppointmentId
    day: date


@attrs.frozen(kw_only=True)
class VisitCancelled:
    """A booked visit will not be."""

    on: date
    appointment: AppointmentId


@attrs.frozen(kw_only=True)
class VisitMissed:
    """The patient did not come."""

    on: date
    appointment: AppointmentId


@attrs.frozen(kw_only=True)
class VisitDone:
    """A visit took place on ``day``; ``appointment`` where it had one."""

    on: date
    patient: PatientId
    kind: str = attrs.field(validator=slug("visit", "its kind"))
    day: date
    appointment: AppointmentId | None = None


@attrs.frozen(kw_only=True)
class RecallOrdered:
    """A clinician wants the patient back by ``due``, whatever the rule would say."""

    on: date
    patient: PatientId
    rule: str
    due: date


class Outcome(Enum):
    """How a try ended. Only a booking, a refusal or a person's word settles a recall; being reached does not."""

    SENT = "sent"
    NO_ANSWER = "no-answer"
    MESSAGE_LEFT = "message-left"
    REACHED = "reached"
    FAILED = "failed"


@attrs.frozen(kw_only=True)
class RecallTried:
    """The patient was asked to come, by a channel."""

    on: date
    patient: PatientId
    rule: str
    channel: Channel
    outcome: Outcome = Outcome.SENT


@attrs.frozen(kw_only=True)
class RecallDeclined:
    """The patient does not want this visit. A later visit that it counts from opens it again."""

    on: date
    patient: PatientId
    rule: str


@attrs.frozen(kw_only=True)
class RecallEnded:
    """A clinician wants this recall no more; only an order opens it again."""

    on: date
    patient: PatientId
    rule: str


class Absence(Enum):
    """Why a patient is not to be recalled at all."""

    INACTIVE = "inactive"
    DECEASED = "deceased"


@attrs.frozen(kw_only=True)
class PatientLeft:
    """The patient is not to be asked to anything any more."""

    on: date
    patient: PatientId
    absence: Absence


@attrs.frozen(kw_only=True)
class PatientBack:
    """The patient is one of the office's again, or had been taken for gone by mistake."""

    on: date
    patient: PatientId


Fact = (
    VisitBooked
    | VisitMoved
    | VisitCancelled
    | VisitMissed
    | VisitDone
    | RecallOrdered
    | RecallTried
    | RecallDeclined
    | RecallEnded
    | PatientLeft
    | PatientBack
)
