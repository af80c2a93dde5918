"""Each step of a visit's day, told in one line. Loads the store."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeVar

import typer

from medoffice.checkin.messages import AlreadyHere, TurnedAway
from medoffice.cli.failures import CannotDo
from medoffice.cli.moments import moment
from medoffice.cli.opening import opened
from medoffice.cli.subjects import appointment_of, said_no
from medoffice.cli.table import clock_time
from medoffice.core.errors import InvalidValue
from medoffice.core.ids import AppointmentId, ResourceId
from medoffice.core.outcomes import Refused
from medoffice.office.day.checking_out import End
from medoffice.office.day.flowing import Flow
from medoffice.office.office import Office
from medoffice.scheduling import flow

T = TypeVar("T")
_NOT_KEPT: Final = (
    "No rule of schedule.toml raises a follow-up here, so nothing keeps it in mind: book it now."
)


def arrived(context: typer.Context, appointment: str, at: str) -> str:
    """The patient is here."""
    return _step(context, appointment, at, lambda day, id, when: day.arrived(id, at=when))


def checked_in(context: typer.Context, appointment: str) -> str:
    """The patient has a number.

    Raises:
        CannotDo: when the visit is not expected today.
        MedofficeError: when the office cannot be opened or written.
    """
    with opened(context) as office:
        outcome = office.check_in(appointment_of(office, appointment))
        match outcome:
            case TurnedAway():
                raise CannotDo("that visit is not expected today; medoffice flow show says where it stands")
            case AlreadyHere(number=number):
                return f"Was checked in before, as number {number}."
            case _:
                return f"Checked in, number {outcome.number}."


def roomed(context: typer.Context, appointment: str, room: str, at: str) -> str:
    """The patient was brought into a room."""
    place = _named(room)
    return _step(context, appointment, at, lambda day, id, when: day.roomed(id, place, at=when), what=place)


def seen_by(context: typer.Context, appointment: str, provider: str, at: str) -> str:
    """A clinician began with the patient."""
    who = _named(provider)
    return _step(
        context, appointment, at, lambda day, id, when: day.with_provider(id, who, at=when), what=who
    )


def left_by(context: typer.Context, appointment: str, provider: str, at: str) -> str:
    """A clinician went away."""
    who = _named(provider)
    return _step(
        context, appointment, at, lambda day, id, when: day.provider_left(id, who, at=when), what=who
    )


def check_out_begun(context: typer.Context, appointment: str, weeks: int | None, at: str) -> str:
    """The patient is at check-out; what is to be done follows, a line each."""
    end = End(follow_up_weeks=weeks)

    def more(followed: flow.VisitFlow) -> list[str]:
        is_kept = any(task.kind is flow.TaskKind.FOLLOW_UP for task in followed.open_tasks)
        return [_NOT_KEPT] if weeks and not is_kept else []

    return _step(context, appointment, at, lambda day, id, when: day.check_out(id, end, at=when), more=more)


def task_settled(context: typer.Context, appointment: str, task: str, *, declined: str, deferred: str) -> str:
    """A task is done, declined or deferred; what is still to be done follows."""
    if declined and deferred:
        raise CannotDo("a task is declined or deferred, not both")
    how = flow.Settlement.DONE
    if declined or deferred:
        how = flow.Settlement.DECLINED if declined else flow.Settlement.DEFERRED
    reason = " ".join((declined or deferred).split())
    return _step(context, appointment, "", lambda day, id, _: day.settle(id, task, how, reason=reason))


def went_out(context: typer.Context, appointment: str, at: str) -> str:
    """The patient went home."""
    return _step(context, appointment, at, lambda day, id, when: day.out(id, at=when))


def left_unseen(context: typer.Context, appointment: str, at: str) -> str:
    """The patient went away before any clinician came."""
    return _step(context, appointment, at, lambda day, id, when: day.left_unseen(id, at=when))


def step_back(context: typer.Context, appointment: str, why: str) -> str:
    """The last step was an error.

    Raises:
        CannotDo: when it is refused, or the reason is none.
        MedofficeError: when the office cannot be opened or written.
    """
    known = {each.value: each for each in flow.Misstep}
    if why not in known:
        raise CannotDo(f"say why as one of: {', '.join(known)}")
    return _step(context, appointment, "", lambda day, id, _: day.back(id, known[why]))


def triaged(context: typer.Context, appointment: str, level: int) -> str:
    """The visit has a level."""
    return _step(context, appointment, "", lambda day, id, _: day.triaged(id, level))


def _step(
    context: typer.Context,
    appointment: str,
    at: str,
    take: Callable[[Flow, AppointmentId, datetime | None], T | Refused],
    *,
    what: ResourceId | None = None,
    more: Callable[[flow.VisitFlow], list[str]] = lambda _: [],
) -> str:
    """Take one step; the lines say where the patient is now, and what is to be done.

    ``what`` is a room or clinician that the office must have: a slip of the keys is not noted as a place.

    Raises:
        CannotDo: when it is refused, or names what is not there.
        UnknownName: when the office has no such room or clinician; it suggests the nearest.
        MedofficeError: when the office cannot be opened or written.
    """
    with opened(context) as office:
        id = appointment_of(office, appointment)
        when = moment(at, office.settings.zone) if at else None
        if what is not None:
            office.schedule.calendar().resource(what)
        try:
            outcome = take(office.schedule.flow, id, when)
        except InvalidValue as trouble:
            raise CannotDo(trouble.reason) from None
        if isinstance(outcome, Refused):
            raise said_no(outcome)
        followed = office.schedule.flow.of(id)
        return "\n".join([*_told(office, followed), *more(followed)])


def _told(office: Office, followed: flow.VisitFlow) -> list[str]:
    since = followed.since
    clock = f" since {clock_time(since.astimezone(office.settings.zone))}" if since else ""
    place = f" ({followed.room})" if followed.room else ""
    level = f", level {followed.level}" if followed.level else ""
    todo = [
        f"To do: {task.code}{' (before the patient goes)' if task.is_must else ''}"
        for task in followed.open_tasks
    ]
    return [f"The patient is {followed.stage.value}{place}{clock}{level}.", *todo]


def _named(name: str) -> ResourceId:
    try:
        return ResourceId.parse(name)
    except InvalidValue as trouble:
        raise CannotDo(f"that names no room and no clinician: {trouble.reason}") from None
