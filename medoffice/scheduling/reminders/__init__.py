"""Reminders as a protocol in data: what is due to whom, by which channel, in which language; and what replies mean.

Nothing is sent from here.
"""

from medoffice.scheduling.reminders.channels import CAREFUL, Channel, Part
from medoffice.scheduling.reminders.contacts import Consent, Contact
from medoffice.scheduling.reminders.due import due
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
from medoffice.scheduling.reminders.outcomes import Due, NotSent, Reminder, Skip
from medoffice.scheduling.reminders.passable import Obstacle, Why
from medoffice.scheduling.reminders.protocol import (
    STANDARD,
    DaysBefore,
    HoursBefore,
    Limits,
    Protocol,
    Series,
    Step,
)
from medoffice.scheduling.reminders.quiet_hours import QuietHours
from medoffice.scheduling.reminders.receiving import receive
from medoffice.scheduling.reminders.record import Record, Told, read_record
from medoffice.scheduling.reminders.replies import (
    CancelWish,
    Confirm,
    MoveWish,
    Reply,
    Stop,
    Unclear,
    read_reply,
    reply_of,
)

__all__ = [
    "CAREFUL",
    "STANDARD",
    "CancelWish",
    "Channel",
    "Confirm",
    "Consent",
    "ConsentEnded",
    "ConsentGiven",
    "Contact",
    "DaysBefore",
    "Due",
    "Fact",
    "HoursBefore",
    "Limits",
    "MoveWish",
    "NotSent",
    "Obstacle",
    "Part",
    "Protocol",
    "QuietHours",
    "Record",
    "Reminder",
    "ReminderFailed",
    "ReminderKey",
    "ReminderSent",
    "Reply",
    "ReplyReceived",
    "ReplySettled",
    "Series",
    "Skip",
    "Step",
    "Stop",
    "Told",
    "Unclear",
    "Why",
    "due",
    "read_record",
    "read_reply",
    "receive",
    "reply_of",
]
