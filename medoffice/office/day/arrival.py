"""An arrival becomes a check-in: one transaction that spends the code, gives a number and tells the desk."""

from collections.abc import Iterator
from datetime import datetime

from medoffice.checkin.messages import AlreadyHere, CheckedIn, CheckInRequest, TurnedAway
from medoffice.checkin.records import CheckIn, DeskTask, InsuranceAnswer, PayChoice, TaskKind
from medoffice.core.ids import ActorId
from medoffice.core.money import Money
from medoffice.core.outcomes import Refused
from medoffice.core.times import day_in
from medoffice.office.book.book_keeping import LOCK, keep, page_of
from medoffice.office.day.identify import already_here, ticket_text
from medoffice.office.desk_tasks import desk_task
from medoffice.office.money.collecting import LOCK as ACCOUNTS
from medoffice.office.money.collecting import asked_at, use_deposits
from medoffice.office.money.due import first_cover
from medoffice.office.once import Asked, Command, once
from medoffice.office.settings import OfficeSettings
from medoffice.ports.ids import IdSource
from medoffice.ports.store import AlreadySpent, NoSuchRecord, ReadTransaction, Store, Transaction
from medoffice.privacy.audit import AuditEntry
from medoffice.scheduling.appointments import Appointment, Status

_ENDED = {CheckedIn: "done", AlreadyHere: "here", TurnedAway: "refused"}


def check_in(
    store: Store,
    command: Command,
    request: CheckInRequest,
    *,
    settings: OfficeSettings,
    ids: IdSource,
    now: datetime,
    parts: tuple[str, ...] | None = None,
) -> CheckedIn | AlreadyHere | TurnedAway:
    """Check a visit of today in; what is returned is durable.

    ``AlreadyHere`` when it was checked in before (with the number of then). ``TurnedAway`` when the visit is not
    today's, is not expected any more, or the code was spent on another visit. What a patient corrected reaches the
    desk also when somebody else checked them in meanwhile.

    ``parts`` are what the caller chose, where the request was worked out from it; by default the whole request.

    Raises:
        NoSuchRecord: when there is no such appointment.
        StoreError: when the store could not; nothing was changed.
    """
    today = settings.day_at(now)

    def work(tx: Transaction) -> CheckedIn | AlreadyHere | TurnedAway:
        appointment = tx.appointment(request.appointment)
        here = already_here(tx, appointment, settings, now)
        if here is not None:
            _tell_desk(tx)
            return here
        page = page_of(tx, appointment)
        if day_in(appointment.slot.start, settings.zone) != today or isinstance(
            page.change(appointment.id, Status.CHECKED_IN, now=now, by=command.by), Refused
        ):
            return TurnedAway()
        if request.jti is not None:
            tx.spend_code(request.jti, appointment.id, now)
        keep(tx, page)
        number = _number(tx, appointment, request, by=command.by, now=now, settings=settings)
        _tell_desk(tx)
        return CheckedIn(number, ticket_text(appointment))

    def _tell_desk(tx: Transaction) -> None:
        patient = tx.appointment(request.appointment).patient
        is_insured = first_cover(tx, patient, today) is not None
        for task in _tasks(request, is_insured=is_insured, ids=ids, by=command.by, now=now):
            tx.put_desk_task(task)

    whole = tuple(_parts(request)) if parts is None else parts
    asked = Asked(action="check-in", subject=request.appointment.value, parts=whole)
    try:
        return once(
            store,
            command,
            asked,
            work,
            at=now,
            kinds=(CheckedIn, AlreadyHere, TurnedAway),
            ended=lambda outcome: _ENDED[type(outcome)],
            locks=(LOCK, ACCOUNTS, f"queue:{today.isoformat()}", f"appointment:{request.appointment}"),
        )
    except AlreadySpent:
        refusal = AuditEntry(
            at=now, actor=command.by, action="check-in", subject=asked.subject, outcome="code-spent"
        )
        store.transact(lambda tx: tx.append_audit(refusal))
        return TurnedAway()


def at_the_desk(
    tx: ReadTransaction, appointment: Appointment, settings: OfficeSettings, now: datetime
) -> CheckInRequest:
    """A check-in by somebody who has seen who the patient is; what is asked for is paid there."""
    is_insured = first_cover(tx, appointment.patient, settings.day_at(now)) is not None
    due = asked_at(tx, appointment, settings, now).total
    return CheckInRequest(
        appointment=appointment.id,
        jti=None,
        insurance=InsuranceAnswer.SAME if is_insured else InsuranceAnswer.NONE,
        due=due,
        pay=PayChoice.AT_DESK if due > Money.zero else PayChoice.NOTHING_DUE,
    )


def number_at_desk(
    tx: Transaction, appointment: Appointment, *, by: ActorId, now: datetime, settings: OfficeSettings
) -> int:
    """The queue number of a patient whom the desk, or whoever took them to a room, has checked in."""
    request = at_the_desk(tx, appointment, settings, now)
    return _number(tx, appointment, request, by=by, now=now, settings=settings)


def _number(
    tx: Transaction,
    appointment: Appointment,
    request: CheckInRequest,
    *,
    by: ActorId,
    now: datetime,
    settings: OfficeSettings,
) -> int:
    """A new number; who was checked in before, and by a correction was not, keeps the first one.

    From now on what is held as a deposit has paid for this visit, so that it cannot pay for the next one too.
    """
    today = settings.day_at(now)
    use_deposits(tx, appointment, settings, now)
    try:
        return tx.check_in(appointment.id).number
    except NoSuchRecord:
        number = tx.last_number(today) + 1
    tx.add_check_in(
        CheckIn(
            appointment=appointment.id,
            patient=appointment.patient,
            at=now,
            day=today,
            number=number,
            by=by,
            corrections=request.corrections,
            insurance=request.insurance,
            due=request.due,
            pay=request.pay,
        )
    )
    return number


def _parts(request: CheckInRequest) -> Iterator[str]:
    yield request.appointment.value
    yield request.jti.hex() if request.jti else ""
    yield from (request.insurance.value, str(request.due), request.pay.value)
    for correction in request.corrections:
        yield f"{correction.detail.value}={correction.text}"


def _tasks(
    request: CheckInRequest, *, is_insured: bool, ids: IdSource, by: ActorId, now: datetime
) -> Iterator[DeskTask]:
    for correction in request.corrections:
        code = f"correction.{correction.detail.value}"
        yield desk_task(
            TaskKind.CORRECTION, code, request.appointment, ids=ids, by=by, now=now, note=correction.text
        )
    on_file = InsuranceAnswer.SAME if is_insured else InsuranceAnswer.NONE
    if request.insurance is not on_file:
        code = f"insurance.{request.insurance.value}"
        yield desk_task(TaskKind.INSURANCE, code, request.appointment, ids=ids, by=by, now=now)
