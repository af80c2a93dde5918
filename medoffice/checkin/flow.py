"""The check-in as a pure machine: ``step(session, input) -> (session, effects)``.

It is total: whatever comes in at whatever moment, a session comes out, and an input that has no meaning there changes
nothing. It knows no clock, store or screen. What must always hold:

* no detail of a patient is in a session before two identifiers were answered with ``VisitFound``;
* every mismatch looks the same, and the third sends to the desk;
* a reply counts only in its own turn, for the question that was asked last, in a stage that waits for it;
* when a turn ends, nothing of it is left in the next session;
* the check-in is asked to be stored before any payment, so no trouble with a card loses it.
"""

from typing import Final

import attrs

from medoffice.checkin.code import CodeAccepted, CodeRejected, Rejection
from medoffice.checkin.messages import (
    AlreadyHere,
    Answer,
    Broke,
    ByCode,
    CallDesk,
    CheckedIn,
    ChoseLanguage,
    Credential,
    Erased,
    Input,
    JudgeCode,
    NoVisit,
    PaymentEnded,
    Press,
    ReaderChanged,
    Reply,
    Scanned,
    TimedOut,
    TurnedAway,
    Typed,
    Unavailable,
    VisitFound,
)
from medoffice.checkin.moves import Result, asking, charge, ended, left_to_desk, moved, to_desk
from medoffice.checkin.pressing import pressed
from medoffice.checkin.records import PayChoice, PaymentState, TaskKind
from medoffice.checkin.session import (
    WAITING,
    BirthDate,
    Desk,
    DeskReason,
    Details,
    Done,
    FamilyName,
    Found,
    GivenName,
    Here,
    Judging,
    Looking,
    NotMatched,
    Paying,
    PaymentTrouble,
    Saving,
    Session,
    Welcome,
)
from medoffice.checkin.typed import append, erase
from medoffice.checkin.words import Word

TRIES: Final = 3
"""Mismatches before a person takes over."""

_REJECTIONS: Final = {
    Rejection.NOT_A_CODE: Word.CODE_NOT_OURS,
    Rejection.FORGED: Word.CODE_NOT_OURS,
    Rejection.OTHER_OFFICE: Word.CODE_OTHER_OFFICE,
    Rejection.EXPIRED: Word.CODE_EXPIRED,
}


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
            return to_desk(session, DeskReason.TROUBLE, TaskKind.DEVICE, "kiosk.broke")
        case ChoseLanguage(language=language):
            return attrs.evolve(moved(session, session.stage), language=language), ()
        case Scanned(data=data):
            return _scanned(session, data)
        case Typed(character=character):
            stage = append(session.stage, character)
            return (session, ()) if stage == session.stage else (moved(session, stage), ())
        case Erased():
            stage = erase(session.stage)
            return (session, ()) if stage == session.stage else (moved(session, stage), ())
        case Press(action=action, serial=serial):
            return pressed(session, action) if serial == session.serial else (session, ())


def _scanned(session: Session, data: bytes) -> Result:
    if not isinstance(session.stage, Welcome | FamilyName | GivenName):
        return session, ()
    asked = asking(session, Judging())
    return asked, (JudgeCode(asked.turn, asked.ask, data),)


def _timed_out(session: Session) -> Result:
    match session.stage:
        case Welcome() | Desk() | Done():
            return ended(session)
        case Judging() | Looking() | Saving() | Paying() if not session.is_slow:
            return attrs.evolve(session, is_slow=True, serial=session.serial + 1), ()
        case Judging() | Looking() | Saving():
            return to_desk(session, DeskReason.TROUBLE, TaskKind.DEVICE, "kiosk.no-answer")
        case Paying(found, here):
            trouble = PaymentTrouble(found, here, PaymentState.UNKNOWN)
            call = CallDesk(session.turn, TaskKind.PAYMENT, "payment.unknown", here.appointment)
            return moved(session, trouble), (call,)
        case PaymentTrouble() if session.is_warned:
            return left_to_desk(session, session.stage)
        case _ if session.is_warned:
            return ended(session)
        case _:
            return attrs.evolve(session, is_warned=True, serial=session.serial + 1), ()


def _answered(session: Session, answer: Answer) -> Result:
    match session.stage, answer:
        case Judging(), CodeAccepted(claims):
            return moved(session, BirthDate(ByCode(claims))), ()
        case Judging(), CodeRejected(reason):
            noted = CallDesk(session.turn, TaskKind.CODE, f"code.{reason.value}")
            return moved(session, Welcome(_REJECTIONS[reason])), (noted,)
        case Looking(credential), VisitFound(visit):
            return attrs.evolve(
                moved(session, Details(Found(visit=visit, credential=credential))), tries=0
            ), ()
        case Looking(credential), NoVisit():
            return _mismatched(session, credential)
        case Looking(), AlreadyHere(number, ticket, owes):
            # Whose visit it is stays in the office's store; the number and the ticket are all that is needed.
            return moved(session, Done(_here(None, number, ticket, was_here=True), _left(owes))), ()
        case Saving(found), CheckedIn(number, ticket):
            return _stored(session, found, _here(found, number, ticket))
        case Saving(found), AlreadyHere(number, ticket, owes):
            # Somebody else checked the visit in meanwhile, and may be taking the payment: none is asked for here.
            return moved(session, Done(_here(found, number, ticket, was_here=True), _left(owes))), ()
        case Paying(found, here), PaymentEnded(state):
            return _paid(session, found, here, state)
        case Paying(found, here), Unavailable():
            return _paid(session, found, here, PaymentState.UNKNOWN)
        case _, TurnedAway():
            return to_desk(session, DeskReason.TROUBLE, TaskKind.IDENTITY, "check-in.turned-away")
        case _, Unavailable():
            return to_desk(session, DeskReason.TROUBLE, TaskKind.DEVICE, "office.unavailable")
        case _:
            return session, ()


def _here(found: Found | None, number: int, ticket: str, *, was_here: bool = False) -> Here:
    appointment = found.visit.appointment if found else None
    return Here(appointment=appointment, number=number, ticket=ticket, was_here=was_here)


def _left(owes: bool) -> PayChoice:  # noqa: FBT001 -- the one thing that it is about
    return PayChoice.AT_DESK if owes else PayChoice.NOTHING_DUE


def _mismatched(session: Session, credential: Credential) -> Result:
    tried = attrs.evolve(session, tries=session.tries + 1)
    if tried.tries >= TRIES:
        return to_desk(tried, DeskReason.NOT_MATCHED, TaskKind.IDENTITY, "identity.three-tries")
    return moved(tried, NotMatched(credential)), ()


def _stored(session: Session, found: Found, here: Here) -> Result:
    if found.pay is not PayChoice.NOW:
        return moved(session, Done(here, found.pay)), ()
    return charge(session, found, here)


def _paid(session: Session, found: Found, here: Here, state: PaymentState) -> Result:
    if state is PaymentState.APPROVED:
        return moved(session, Done(here, PayChoice.NOW)), ()
    trouble = moved(session, PaymentTrouble(found, here, state))
    if state is PaymentState.DECLINED:
        return trouble, ()
    return trouble, (CallDesk(session.turn, TaskKind.PAYMENT, "payment.unknown", here.appointment),)
