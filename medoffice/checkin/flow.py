"""The check-in as a pure machine: ``step(session, input) -> (session, effects)``.

It is total: whatever comes in at whatever moment, a session comes out, and an input that has no meaning there changes
nothing. It knows no clock, store or screen. What must always hold:

* no detail of a patient is in a session before two identifiers were answered with ``VisitFound``;
* every mismatch looks the same, and the third sends to the desk;
* a reply counts only in its own turn, for the question that was asked last, in a stage that waits for it;
* when a turn ends, nothing of it is left in the next session;
* the check-in is asked to be stored before any payment, so no trouble with a card loses it.
"""

from datetime import date
from typing import Final

import attrs

from medoffice.checkin.code import CodeAccepted, CodeRejected, Rejection
from medoffice.checkin.messages import (
    Action,
    AlreadyHere,
    Answer,
    Broke,
    ByCode,
    ByName,
    CallDesk,
    CheckedIn,
    CheckInRequest,
    ChoseLanguage,
    Credential,
    Effect,
    Erased,
    FindVisit,
    Input,
    JudgeCode,
    NoVisit,
    PaymentEnded,
    Press,
    PrintTicket,
    ReaderChanged,
    Reply,
    Scanned,
    StoreCheckIn,
    TakePayment,
    TimedOut,
    TurnedAway,
    Typed,
    Unavailable,
    VisitFound,
    Wipe,
)
from medoffice.checkin.records import (
    Correction,
    Detail,
    InsuranceAnswer,
    PayChoice,
    PaymentState,
    TaskKind,
)
from medoffice.checkin.session import (
    WAITING,
    BirthDate,
    Desk,
    DeskReason,
    Details,
    Done,
    Due,
    FamilyName,
    Found,
    GivenName,
    Here,
    Insurance,
    Judging,
    Looking,
    NotMatched,
    Paying,
    PaymentTrouble,
    PickDetail,
    Saving,
    Session,
    Stage,
    TypeDetail,
    Welcome,
    Why,
)
from medoffice.checkin.typed import append, day_typed, detail_typed, erase
from medoffice.checkin.words import Word
from medoffice.core.ids import AppointmentId
from medoffice.core.money import Money
from medoffice.core.people import name_key

TRIES: Final = 3
"""Mismatches before a person takes over."""

_REJECTIONS: Final = {
    Rejection.NOT_A_CODE: Word.CODE_NOT_OURS,
    Rejection.FORGED: Word.CODE_NOT_OURS,
    Rejection.OTHER_OFFICE: Word.CODE_OTHER_OFFICE,
    Rejection.EXPIRED: Word.CODE_EXPIRED,
}

Result = tuple[Session, tuple[Effect, ...]]


def step(session: Session, given: Input) -> Result:
    """The session after an input, and what the world is asked to do about it. Never raises."""
    match given:
        case Reply(turn=turn, ask=ask, answer=answer):
            if turn != session.turn or ask != session.ask or not isinstance(session.stage, WAITING):
                return session, ()
            return _answered(session, answer)
        case TimedOut(turn=turn, serial=serial):
            if turn != session.turn or serial != session.serial:
                return session, ()
            return _timed_out(session)
        case ReaderChanged(is_working=is_working):
            return attrs.evolve(session, reader_works=is_working), ()
        case Broke():
            if isinstance(session.stage, Desk):
                return session, ()
            return _to_desk(session, DeskReason.TROUBLE, TaskKind.DEVICE, "kiosk.broke")
        case ChoseLanguage(language=language):
            return attrs.evolve(_moved(session, session.stage), language=language), ()
        case Scanned(data=data):
            return _scanned(session, data)
        case Typed(character=character):
            stage = append(session.stage, character)
            return (session, ()) if stage == session.stage else (_moved(session, stage), ())
        case Erased():
            stage = erase(session.stage)
            return (session, ()) if stage == session.stage else (_moved(session, stage), ())
        case Press(action=action, serial=serial):
            return _pressed(session, action) if serial == session.serial else (session, ())


def _moved(session: Session, stage: Stage) -> Session:
    """The session on another stage, or touched on the same one: warnings are gone and old presses are void."""
    return attrs.evolve(session, stage=stage, serial=session.serial + 1, is_warned=False, is_slow=False)


def _asking(session: Session, stage: Stage) -> Session:
    return attrs.evolve(_moved(session, stage), ask=session.ask + 1)


def _ended(session: Session) -> Result:
    return session.next_turn(), (Wipe(session.turn),)


def _to_desk(session: Session, reason: DeskReason, kind: TaskKind, code: str) -> Result:
    call = CallDesk(session.turn, kind, code, appointment_of(session.stage))
    return _moved(session, Desk(reason)), (call,)


def appointment_of(stage: Stage) -> AppointmentId | None:
    """The appointment that a stage is about, once it is known."""
    match stage:
        case Details(found) | PickDetail(found) | TypeDetail(found) | Insurance(found) | Due(found):
            return found.visit.appointment
        case Why(found) | Saving(found) | Paying(found) | PaymentTrouble(found):
            return found.visit.appointment
        case Done(here):
            return here.appointment
        case _:
            return None


def _scanned(session: Session, data: bytes) -> Result:
    if not isinstance(session.stage, Welcome | FamilyName | GivenName):
        return session, ()
    asked = _asking(session, Judging())
    return asked, (JudgeCode(asked.turn, asked.ask, data),)


def _timed_out(session: Session) -> Result:
    match session.stage:
        case Welcome() | Desk() | Done():
            return _ended(session)
        case Judging() | Looking() | Saving() | Paying() if not session.is_slow:
            return attrs.evolve(session, is_slow=True, serial=session.serial + 1), ()
        case Judging() | Looking() | Saving():
            return _to_desk(session, DeskReason.TROUBLE, TaskKind.DEVICE, "kiosk.no-answer")
        case Paying(found, here):
            trouble = PaymentTrouble(found, here, PaymentState.UNKNOWN)
            call = CallDesk(session.turn, TaskKind.PAYMENT, "payment.unknown", here.appointment)
            return _moved(session, trouble), (call,)
        case PaymentTrouble(_, here) if session.is_warned:
            return _moved(session, Done(here, PayChoice.AT_DESK)), ()
        case _ if session.is_warned:
            return _ended(session)
        case _:
            return attrs.evolve(session, is_warned=True, serial=session.serial + 1), ()


def _answered(session: Session, answer: Answer) -> Result:
    match session.stage, answer:
        case Judging(), CodeAccepted(claims):
            return _moved(session, BirthDate(ByCode(claims))), ()
        case Judging(), CodeRejected(reason):
            return _moved(session, Welcome(_REJECTIONS[reason])), ()
        case Looking(credential), VisitFound(visit):
            return attrs.evolve(
                _moved(session, Details(Found(visit=visit, credential=credential))), tries=0
            ), ()
        case Looking(credential), NoVisit():
            return _mismatched(session, credential)
        case Looking(), AlreadyHere(number, ticket):
            # Whose visit it is stays in the office's store; the number and the ticket are all that is needed.
            return _moved(
                session, Done(_here(None, number, ticket, was_here=True), PayChoice.NOTHING_DUE)
            ), ()
        case Saving(found), CheckedIn(number, ticket):
            return _stored(session, found, _here(found, number, ticket))
        case Saving(found), AlreadyHere(number, ticket):
            return _moved(session, Done(_here(found, number, ticket, was_here=True), found.pay)), ()
        case Paying(found, here), PaymentEnded(state):
            return _paid(session, found, here, state)
        case Paying(found, here), Unavailable():
            return _paid(session, found, here, PaymentState.UNKNOWN)
        case _, TurnedAway():
            return _to_desk(session, DeskReason.TROUBLE, TaskKind.IDENTITY, "check-in.turned-away")
        case _, Unavailable():
            return _to_desk(session, DeskReason.TROUBLE, TaskKind.DEVICE, "office.unavailable")
        case _:
            return session, ()


def _here(found: Found | None, number: int, ticket: str, *, was_here: bool = False) -> Here:
    appointment = found.visit.appointment if found else None
    return Here(appointment=appointment, number=number, ticket=ticket, was_here=was_here)


def _mismatched(session: Session, credential: Credential) -> Result:
    tried = attrs.evolve(session, tries=session.tries + 1)
    if tried.tries >= TRIES:
        return _to_desk(tried, DeskReason.NOT_MATCHED, TaskKind.IDENTITY, "identity.three-tries")
    return _moved(tried, NotMatched(credential)), ()


def _stored(session: Session, found: Found, here: Here) -> Result:
    if found.pay is not PayChoice.NOW:
        return _moved(session, Done(here, found.pay)), ()
    return _charge(session, found, here)


def _charge(session: Session, found: Found, here: Here) -> Result:
    asked = _asking(session, Paying(found, here))
    charge = TakePayment(asked.turn, asked.ask, found.visit.appointment, found.visit.due.value)
    return asked, (charge,)


def _paid(session: Session, found: Found, here: Here, state: PaymentState) -> Result:
    if state is PaymentState.APPROVED:
        return _moved(session, Done(here, PayChoice.NOW)), ()
    trouble = _moved(session, PaymentTrouble(found, here, state))
    if state is PaymentState.DECLINED:
        return trouble, ()
    return trouble, (CallDesk(session.turn, TaskKind.PAYMENT, "payment.unknown", here.appointment),)


def _pressed(session: Session, action: Action) -> Result:  # noqa: PLR0911
    if action is Action.PERSON and not isinstance(session.stage, Desk):
        return _to_desk(session, DeskReason.ASKED, TaskKind.HELP, _code_of(session.stage))
    if action is Action.STAY and session.is_warned:
        return _moved(session, session.stage), ()
    if action is Action.BACK:
        return _back(session)
    match session.stage, action:
        case Welcome(), Action.NO_CODE:
            return _moved(session, FamilyName()), ()
        case FamilyName(family, given), Action.CONTINUE if name_key(family):
            return _moved(session, GivenName(family, given)), ()
        case GivenName(family, given), Action.CONTINUE if name_key(given):
            return _moved(session, BirthDate(ByName(family, given))), ()
        case GivenName(family, _), Action.SKIP:
            return _moved(session, BirthDate(ByName(family, ""))), ()
        case BirthDate(credential, digits), Action.CONTINUE:
            return _birth_date(session, credential, digits)
        case NotMatched(ByCode() as credential), Action.TRY_AGAIN:
            return _moved(session, BirthDate(credential)), ()
        case NotMatched(ByName(family, given)), Action.TRY_AGAIN:
            return _moved(session, FamilyName(family, given)), ()
        case Details(found), Action.YES:
            return _moved(session, Insurance(found)), ()
        case Details(found), Action.CHANGED:
            return _moved(session, PickDetail(found)), ()
        case PickDetail(found), Action.PHONE | Action.EMAIL | Action.ADDRESS:
            return _moved(session, TypeDetail(found, Detail(action.value))), ()
        case TypeDetail(found, detail, text), Action.CONTINUE:
            return _corrected(session, found, detail, text)
        case Insurance(found), Action.YES | Action.CHANGED | Action.NONE:
            return _moved(session, Due(attrs.evolve(found, insurance=_insurance(found, action)))), ()
        case Due(found), Action.WHY:
            return _moved(session, Why(found)), ()
        case Why(found), Action.CONTINUE:
            return _moved(session, Due(found)), ()
        case Due(found), Action.PAY_NOW | Action.PAY_AT_DESK | Action.CONTINUE:
            return _chosen(session, found, action)
        case PaymentTrouble(found, here, PaymentState.DECLINED), Action.TRY_AGAIN:
            return _charge(session, found, here)
        case PaymentTrouble(_, here), Action.PAY_AT_DESK:
            return _moved(session, Done(here, PayChoice.AT_DESK)), ()
        case Done(here, pay), Action.PRINT if not here.has_printed:
            printed = Done(attrs.evolve(here, has_printed=True), pay)
            return _moved(session, printed), (PrintTicket(session.turn, here.number, here.ticket),)
        case ((Done() | Desk()), Action.FINISH):
            return _ended(session)
        case _:
            return session, ()


def _code_of(stage: Stage) -> str:
    return f"help.{type(stage).__name__.lower()}"


def _birth_date(session: Session, credential: Credential, digits: str) -> Result:
    day = day_typed(digits)
    if not isinstance(day, date):
        return _moved(session, BirthDate(credential, digits, Word.NO_SUCH_DAY)), ()
    asked = _asking(session, Looking(credential))
    return asked, (FindVisit(asked.turn, asked.ask, credential, day),)


def _corrected(session: Session, found: Found, detail: Detail, text: str) -> Result:
    read = detail_typed(detail, text)
    if isinstance(read, Word):
        return _moved(session, TypeDetail(found, detail, text, read)), ()
    others = tuple(correction for correction in found.corrections if correction.detail is not detail)
    return _moved(session, Details(attrs.evolve(found, corrections=(*others, Correction(detail, read))))), ()


def _insurance(found: Found, action: Action) -> InsuranceAnswer:
    if action is Action.CHANGED:
        return InsuranceAnswer.CHANGED
    if action is Action.NONE or not found.visit.payer:
        return InsuranceAnswer.NONE
    return InsuranceAnswer.SAME


def _chosen(session: Session, found: Found, action: Action) -> Result:
    is_due = found.visit.due.value > Money.zero
    match action:
        case Action.PAY_NOW if is_due and found.amount_holds:
            pay = PayChoice.NOW
        case Action.PAY_AT_DESK if is_due and found.amount_holds:
            pay = PayChoice.AT_DESK
        case Action.CONTINUE if not found.amount_holds:
            pay = PayChoice.AT_DESK
        case Action.CONTINUE if not is_due:
            pay = PayChoice.NOTHING_DUE
        case _:
            return session, ()
    chosen = attrs.evolve(found, pay=pay)
    asked = _asking(session, Saving(chosen))
    request = CheckInRequest(
        appointment=chosen.visit.appointment,
        jti=chosen.jti,
        corrections=chosen.corrections,
        insurance=chosen.insurance,
        due=chosen.visit.due.value,
        pay=pay,
    )
    return asked, (StoreCheckIn(asked.turn, asked.ask, request),)


def _back(session: Session) -> Result:  # noqa: PLR0911
    match session.stage:
        case GivenName(family, given):
            return _moved(session, FamilyName(family, given)), ()
        case BirthDate(ByName(family, given)):
            return _moved(session, GivenName(family, given)), ()
        case PickDetail(found) | Insurance(found):
            return _moved(session, Details(found)), ()
        case TypeDetail(found):
            return _moved(session, PickDetail(found)), ()
        case Due(found):
            return _moved(session, Insurance(found)), ()
        case Why(found):
            return _moved(session, Due(found)), ()
        case FamilyName() | BirthDate() | NotMatched() | Details():
            return _ended(session) if session.tries == 0 else (_moved(session, Welcome()), ())
        case _:
            return session, ()
