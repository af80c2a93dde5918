"""What comes of a patient's reply: the visit is confirmed or called off, or the desk has a task."""

from typing import Final

from medoffice.checkin.records import DeskTask, TaskKind
from medoffice.core.outcomes import Refused
from medoffice.office.book.book_keeping import keep, page_of
from medoffice.office.book.decisions import Booking, OnFreed
from medoffice.office.desk_tasks import desk_task
from medoffice.ports.ids import IdSource
from medoffice.ports.store import Transaction
from medoffice.scheduling.appointments import Status
from medoffice.scheduling.book import CalledOff
from medoffice.scheduling.outcomes import Booked
from medoffice.scheduling.reminders import CancelWish, Confirm, MoveWish, ReplyReceived, ReplySettled, Stop

Answer = Booked | CalledOff | DeskTask | ReplyReceived | ReplySettled
"""What came of a reply: the visit is confirmed or called off, the desk has a task, or the reply alone is kept."""

BY_REPLY: Final = "by-reply"
"""The reason with which a visit is called off whose patient answered so."""

_WAITS: Final = frozenset({Status.BOOKED, Status.PENDING})


def carry_out(
    tx: Transaction,
    to: Booking,
    fact: ReplyReceived | ReplySettled,
    text: str,
    *,
    ids: IdSource,
    on_freed: OnFreed,
) -> Answer:
    """Do what a patient wants with the visit that the reply is about, or let a person do it.

    An answer is about the time that was told: when the visit has been moved or called off since, a person looks.
    """

    def ask_desk(code: str) -> DeskTask:
        return _ask_desk(tx, to, code, fact, text, ids)

    visit = None if fact.about is None else tx.appointment(fact.about.appointment)
    is_current = visit is not None and fact.about is not None and visit.slot.start == fact.about.starts
    match fact.reply:
        case Stop(may_mean_visit=False):
            return fact
        case Stop():
            return ask_desk("reply.stop")
        case Confirm() if visit is not None and is_current and visit.status in _WAITS:
            page = page_of(tx, visit, policy=to.policy)
            outcome: Booked | CalledOff | Refused = page.confirm(visit.id, now=to.now, by=to.by)
        case CancelWish() if visit is not None and is_current and visit.status in _WAITS:
            page = page_of(tx, visit, policy=to.policy)
            outcome = page.cancel(visit.id, now=to.now, reason=BY_REPLY, by=to.by)
        case Confirm():
            return ask_desk("reply.confirm")
        case CancelWish():
            return ask_desk("reply.cancel")
        case MoveWish():
            return ask_desk("reply.move")
        case _:
            return ask_desk("reply.unclear")
    if isinstance(outcome, Refused):
        return ask_desk("reply.unclear")
    keep(tx, page)
    if isinstance(outcome, CalledOff):
        on_freed(tx, outcome.appointment)
    return outcome


def _ask_desk(
    tx: Transaction, to: Booking, code: str, fact: ReplyReceived | ReplySettled, text: str, ids: IdSource
) -> DeskTask:
    """A task for a person: with the visit where it is known, and the words, which are masked."""
    visit = None if fact.about is None else fact.about.appointment
    note = f"{fact.patient} by {fact.channel}: {text}" if text else f"{fact.patient} by {fact.channel}"
    task = desk_task(TaskKind.HELP, code, visit, ids=ids, by=to.by, now=to.now, note=note)
    tx.put_desk_task(task)
    return task
