"""What the kiosk writes into its log: an event's name and opaque facts, and nothing that a patient typed or is.

The list of events is closed and so are the kinds of facts: whole numbers, words of our own (members of an enum),
opaque ids, and the *type* of an exception, never its text. Whatever else is handed in is written as ``withheld``.
"""

import logging
from enum import Enum, StrEnum
from typing import Final

from medoffice.core.ids import ActorId, AppointmentId, CommandKey, OfficeId, PaymentId

_log: Final = logging.getLogger("kiosk")
_OPAQUE: Final = (ActorId, AppointmentId, CommandKey, OfficeId, PaymentId)
_LARGEST: Final = 9_999_999
"""Counts and turns are small; a larger number could be a telephone number or a member's."""

Fact = int | Enum | ActorId | AppointmentId | CommandKey | OfficeId | PaymentId | type[BaseException]


class Event(StrEnum):
    """Everything that may stand in the log."""

    STARTED = "started"
    STOPPED = "stopped"
    TURN_ENDED = "turn-ended"
    OFFICE_REFUSED = "office-refused"
    OFFICE_RETRIED = "office-retried"
    OWED_TO_OFFICE = "owed-to-office"
    BACKLOG_DELIVERED = "backlog-delivered"
    BACKLOG_FULL = "backlog-full"
    BACKLOG_DROPPED = "backlog-dropped"
    UNFORESEEN = "unforeseen"
    SCAN_IGNORED = "scan-ignored"
    READER_LOST = "reader-lost"
    READER_BACK = "reader-back"
    READING_FAILED = "reading-failed"
    PICTURE_SKIPPED = "picture-skipped"
    PAYMENT_CALLED_OFF = "payment-called-off"
    PAYMENT_RECOVERED = "payment-recovered"
    TERMINAL_SILENT = "terminal-silent"
    TICKET_NOT_PRINTED = "ticket-not-printed"
    PAYMENT_CARD_REFUSED = "payment-card-refused"
    FACE_BROKE = "face-broke"
    GAVE_UP = "gave-up"


def note(event: Event, level: int = logging.INFO, /, **facts: Fact) -> None:
    """Write one line: ``event name=fact …``."""
    said = " ".join(f"{name}={_shown(fact)}" for name, fact in facts.items())
    _log.log(level, "%s %s", event.value, said) if said else _log.log(level, "%s", event.value)


def _shown(fact: object) -> str:
    if isinstance(fact, Enum):
        return str(fact.value)
    if isinstance(fact, type) and issubclass(fact, BaseException):
        return fact.__name__
    if isinstance(fact, int) and abs(fact) <= _LARGEST:
        return str(fact)
    return str(fact) if isinstance(fact, _OPAQUE) else "withheld"
