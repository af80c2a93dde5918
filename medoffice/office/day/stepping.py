"""One step of a visit's day: the fact is kept and the visit's status changed with it, or neither."""

import re
from datetime import datetime
from typing import Final, TypeVar

import attrs

from medoffice.core.findings import Finding
from medoffice.core.outcomes import Refused
from medoffice.core.times import day_in
from medoffice.office.book.book_keeping import LOCK, keep, page_of
from medoffice.office.book.decisions import Booking, OnFreed
from medoffice.office.book.following import add, flow_of, follow
from medoffice.office.day.arrival import number_at_desk
from medoffice.office.day.checking_out import End, tasks_of
from medoffice.office.money.collecting import LOCK as ACCOUNTS
from medoffice.office.once import Asked, once
from medoffice.ports.store import Transaction
from medoffice.scheduling import flow
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.book import CalledOff, Changed

F = TypeVar("F", bound=flow.Fact)

ANOTHER_DAY: Final = "FLW030"
LEFT_UNSEEN: Final = "left-unseen"
"""The reason with which a visit is called off whose patient went away before any clinician came."""

_TOLD: Final = frozenset({"visit", "at"})


def take_step(
    to: Booking,
    fact: F,
    *,
    is_now: bool,
    end: End | None,
    rules: tuple[flow.CheckOutRule, ...],
    on_freed: OnFreed,
) -> F | Refused:
    """Keep a fact that follows, and bring the book to the status that it leads to.

    ``is_now``: nobody said when it happened, so the same command sent again later is the same one. With ``end`` the
    ``rules`` raise what is to be done before the patient goes.

    Raises:
        NoSuchRecord: when there is no such appointment.
        StoreError: when the store could not; nothing was changed.
    """

    def work(tx: Transaction) -> F | Refused:
        appointment = tx.appointment(fact.visit)
        follow(tx, appointment, at=to.now, by=to.by)  # one that was begun before the flow was kept
        before = flow_of(tx, fact.visit)
        if not before.places and isinstance(fact, flow.Step) and not _is_today(to, appointment):
            return Refused((_another_day(),))
        recorded = flow.record(before, fact, now=to.now)
        if isinstance(recorded, Refused):
            return recorded
        facts = (fact, *_raised(tx, to, appointment, before, fact.at, end=end, rules=rules))
        status = flow.status_of(recorded.flow)
        if status is flow.status_of(before):
            add(tx, facts)
            return fact
        return _turn(tx, to, appointment, status, facts, on_freed) or fact

    when = "" if is_now else fact.at.isoformat()
    told = (_text(getattr(fact, each.name)) for each in attrs.fields(type(fact)) if each.name not in _TOLD)
    asked = Asked(
        action="flow." + re.sub(r"(?<!^)(?=[A-Z])", "-", type(fact).__name__).lower(),
        subject=fact.visit.value,
        parts=(fact.visit.value, when, *told, *(() if end is None else end.parts)),
    )
    return once(
        to.store,
        to.command,
        asked,
        work,
        at=to.now,
        kinds=(type(fact), Refused),
        ended=lambda outcome: outcome.findings[0].code.lower() if isinstance(outcome, Refused) else "done",
        locks=(
            LOCK,
            ACCOUNTS,
            f"queue:{to.settings.day_at(to.now).isoformat()}",
            f"appointment:{fact.visit}",
        ),
    )


def _raised(
    tx: Transaction,
    to: Booking,
    appointment: Appointment,
    before: flow.VisitFlow,
    at: datetime,
    *,
    end: End | None,
    rules: tuple[flow.CheckOutRule, ...],
) -> tuple[flow.Fact, ...]:
    """The tasks of a check-out that were not raised before."""
    if end is None:
        return ()
    known = {each.task.code for each in before.tasks}
    tasks = tasks_of(tx, to, appointment, end, rules).value
    return tuple(flow.TaskRaised(appointment.id, at, task) for task in tasks if task.code not in known)


def _turn(
    tx: Transaction,
    to: Booking,
    appointment: Appointment,
    status: Status,
    facts: tuple[flow.Fact, ...],
    on_freed: OnFreed,
) -> Refused | None:
    """Bring the book to a status and keep the facts that led there, or refuse and keep nothing."""
    page = page_of(tx, appointment, policy=to.policy)
    outcome: CalledOff | Changed | Refused
    if isinstance(facts[0], flow.Corrected):
        outcome = page.correct(appointment.id, status, now=to.now, by=to.by)
    elif status is Status.CANCELLED:
        outcome = page.cancel(appointment.id, now=to.now, reason=LEFT_UNSEEN, by=to.by)
    else:
        outcome = page.change(appointment.id, status, now=to.now, by=to.by)
    if isinstance(outcome, Refused):
        return outcome
    add(tx, facts)
    keep(tx, page)
    if isinstance(outcome, CalledOff):
        on_freed(tx, outcome.appointment)
    if status is Status.CHECKED_IN:
        number_at_desk(tx, appointment, by=to.by, now=to.now, settings=to.settings)
    return None


def _text(field: object) -> str:
    """A field of a fact as it stands in the digest of what was asked; ``repr`` would leave out what is masked."""
    return str(attrs.astuple(field)) if isinstance(field, flow.CheckOutTask) else str(field)


def _is_today(to: Booking, appointment: Appointment) -> bool:
    return day_in(appointment.slot.start, to.settings.zone) == to.settings.day_at(to.now)


def _another_day() -> Finding:
    return Finding.error(
        ANOTHER_DAY,
        "the visit is on another day",
        fix="Move it to today first, or take the patient as a walk-in.",
    )
