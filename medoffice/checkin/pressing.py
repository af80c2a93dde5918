"""What each button does on each stage."""

from datetime import date

import attrs

from medoffice.checkin.messages import (
    Action,
    ByCode,
    ByName,
    CheckInRequest,
    Credential,
    FindVisit,
    PrintTicket,
    StoreCheckIn,
)
from medoffice.checkin.moves import Result, asking, charge, ended, left_to_desk, moved, to_desk
from medoffice.checkin.records import Correction, Detail, InsuranceAnswer, PayChoice, PaymentState, TaskKind
from medoffice.checkin.session import (
    BirthDate,
    Desk,
    DeskReason,
    Details,
    Done,
    Due,
    FamilyName,
    Found,
    GivenName,
    Insurance,
    Looking,
    NotMatched,
    PaymentTrouble,
    PickDetail,
    Saving,
    Session,
    Stage,
    TypeDetail,
    Welcome,
    Why,
)
from medoffice.checkin.typed import day_typed, detail_typed
from medoffice.checkin.words import Word
from medoffice.core.money import Money
from medoffice.core.people import name_key


def pressed(session: Session, action: Action) -> Result:
    """The session after a button of its own screen; a button that is not there changes nothing."""
    if action is Action.PERSON and not isinstance(session.stage, Desk):
        return to_desk(session, DeskReason.ASKED, TaskKind.HELP, _code_of(session.stage))
    if action is Action.STAY and session.is_warned:
        return moved(session, session.stage), ()
    if action is Action.BACK:
        return _back(session)
    if isinstance(session.stage, Welcome | FamilyName | GivenName | BirthDate | NotMatched):
        return _pressed_by_somebody(session, session.stage, action)
    return _pressed_by_found(session, action)


def _pressed_by_somebody(
    session: Session, stage: Welcome | FamilyName | GivenName | BirthDate | NotMatched, action: Action
) -> Result:
    """A press of somebody who has not said yet who they are."""
    match stage, action:
        case Welcome(), Action.NO_CODE:
            return moved(session, FamilyName()), ()
        case FamilyName(family, given), Action.CONTINUE if name_key(family):
            return moved(session, GivenName(family, given)), ()
        case GivenName(family, given), Action.CONTINUE if name_key(given):
            return moved(session, BirthDate(ByName(family, given))), ()
        case GivenName(family, _), Action.SKIP:
            return moved(session, BirthDate(ByName(family, ""))), ()
        case BirthDate(credential, digits), Action.CONTINUE:
            return _birth_date(session, credential, digits)
        case NotMatched(ByCode() as credential), Action.TRY_AGAIN:
            return moved(session, BirthDate(credential)), ()
        case NotMatched(ByName(family, given)), Action.TRY_AGAIN:
            return moved(session, FamilyName(family, given)), ()
        case _:
            return session, ()


def _pressed_by_found(session: Session, action: Action) -> Result:
    """A press of a patient whose visit was found, or of one who is done."""
    match session.stage, action:
        case Details(found), Action.YES:
            return moved(session, Insurance(found)), ()
        case Details(found), Action.CHANGED:
            return moved(session, PickDetail(found)), ()
        case PickDetail(found), Action.PHONE | Action.EMAIL | Action.ADDRESS:
            return moved(session, TypeDetail(found, Detail(action.value))), ()
        case TypeDetail(found, detail, text), Action.CONTINUE:
            return _corrected(session, found, detail, text)
        case Insurance(found), Action.YES | Action.CHANGED | Action.NONE:
            return moved(session, Due(attrs.evolve(found, insurance=_insurance(found, action)))), ()
        case Due(found), Action.WHY:
            return moved(session, Why(found)), ()
        case Why(found), Action.CONTINUE:
            return moved(session, Due(found)), ()
        case Due(found), Action.PAY_NOW | Action.PAY_AT_DESK | Action.CONTINUE:
            return _chosen(session, found, action)
        case PaymentTrouble(found, here, PaymentState.DECLINED), Action.TRY_AGAIN:
            return charge(session, found, here)
        case PaymentTrouble() as trouble, Action.PAY_AT_DESK:
            return left_to_desk(session, trouble)
        case Done(here, pay), Action.PRINT if not here.has_printed:
            printed = Done(attrs.evolve(here, has_printed=True), pay)
            return moved(session, printed), (PrintTicket(session.turn, here.number, here.ticket),)
        case ((Done() | Desk()), Action.FINISH):
            return ended(session)
        case _:
            return session, ()


def _code_of(stage: Stage) -> str:
    return f"help.{type(stage).__name__.lower()}"


def _birth_date(session: Session, credential: Credential, digits: str) -> Result:
    day = day_typed(digits)
    if not isinstance(day, date):
        return moved(session, BirthDate(credential, digits, Word.NO_SUCH_DAY)), ()
    asked = asking(session, Looking(credential))
    return asked, (FindVisit(asked.turn, asked.ask, credential, day),)


def _corrected(session: Session, found: Found, detail: Detail, text: str) -> Result:
    read = detail_typed(detail, text)
    if isinstance(read, Word):
        return moved(session, TypeDetail(found, detail, text, read)), ()
    others = tuple(correction for correction in found.corrections if correction.detail is not detail)
    return moved(session, Details(attrs.evolve(found, corrections=(*others, Correction(detail, read))))), ()


def _insurance(found: Found, action: Action) -> InsuranceAnswer:
    if action is Action.CHANGED:
        return InsuranceAnswer.CHANGED
    if action is Action.NONE or not found.visit.payer:
        return InsuranceAnswer.NONE
    return InsuranceAnswer.SAME


def _chosen(session: Session, found: Found, action: Action) -> Result:
    is_due = found.visit.asked > Money.zero
    match action:
        case Action.PAY_NOW if is_due and found.may_pay_here(takes_cards=session.takes_cards):
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
    asked = asking(session, Saving(chosen))
    request = CheckInRequest(
        appointment=chosen.visit.appointment,
        jti=chosen.jti,
        corrections=chosen.corrections,
        insurance=chosen.insurance,
        due=chosen.visit.asked,
        pay=pay,
    )
    return asked, (StoreCheckIn(asked.turn, asked.ask, request),)


def _back(session: Session) -> Result:
    match session.stage:
        case GivenName(family, given):
            return moved(session, FamilyName(family, given)), ()
        case BirthDate(ByName(family, given)):
            return moved(session, GivenName(family, given)), ()
        case PickDetail(found) | Insurance(found):
            return moved(session, Details(found)), ()
        case TypeDetail(found):
            return moved(session, PickDetail(found)), ()
        case Due(found):
            return moved(session, Insurance(found)), ()
        case Why(found):
            return moved(session, Due(found)), ()
        case FamilyName() | BirthDate() | NotMatched() | Details():
            return ended(session) if session.tries == 0 else (moved(session, Welcome()), ())
        case _:
            return session, ()
