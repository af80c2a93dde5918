"""Screens of a visit that was found: details, insurance, and what is due."""

from typing import Final

import attrs

from medoffice.billing import Estimate
from medoffice.billing.benefits.steps import ASKED_LATER, a_step
from medoffice.checkin.messages import Action
from medoffice.checkin.records import Detail
from medoffice.checkin.screen import AmountLine, Button, Entry, Field, Keyboard, Picture, Screen, Tone
from medoffice.checkin.session import Found, PickDetail, Session, TypeDetail
from medoffice.checkin.view.parts import STEPS, main, other, plain
from medoffice.checkin.words import Say, Word, say
from medoffice.core.money import Money
from medoffice.core.people import Email, Phone

_FIELDS: Final = {
    Detail.PHONE: Word.FIELD_PHONE,
    Detail.EMAIL: Word.FIELD_EMAIL,
    Detail.ADDRESS: Word.FIELD_ADDRESS,
}
_TITLES: Final = {
    Detail.PHONE: Word.PHONE_TITLE,
    Detail.EMAIL: Word.EMAIL_TITLE,
    Detail.ADDRESS: Word.ADDRESS_TITLE,
}
_KEYBOARDS: Final = {
    Detail.PHONE: Keyboard.DIGITS,
    Detail.EMAIL: Keyboard.EMAIL,
    Detail.ADDRESS: Keyboard.ADDRESS,
}


def details(session: Session, found: Found) -> Screen:
    """The masked details, to be confirmed."""
    visit = found.visit
    corrected = {correction.detail: correction.text for correction in found.corrections}
    on_file = {Detail.PHONE: visit.phone, Detail.EMAIL: visit.email, Detail.ADDRESS: visit.address}
    starts = say(Word.VISIT_VALUE, time=visit.starts.time(), provider=visit.provider)
    fields = [Field(say(Word.FIELD_NAME), visit.name), Field(say(Word.FIELD_VISIT), starts)]
    for detail, text in on_file.items():
        if detail in corrected:
            shown: Say | str = say(Word.FIELD_NEW, text=_masked(detail, corrected[detail]))
        else:
            shown = text or say(Word.FIELD_EMPTY)
        fields.append(Field(say(_FIELDS[detail]), shown))
    return attrs.evolve(
        plain(session, "details", Picture.CHECK_LIST, say(Word.DETAILS_TITLE)),
        body=say(Word.DETAILS_BODY),
        fields=tuple(fields),
        buttons=(main(Action.YES, Word.YES), other(Action.CHANGED, Word.CHANGED)),
        progress=(2, STEPS),
    )


def _masked(detail: Detail, text: str) -> str:
    """A correction as it is shown once it is typed: masked like what is on file."""
    match detail:
        case Detail.PHONE:
            return Phone.parse(text).masked
        case Detail.EMAIL:
            return Email.parse(text).masked
        case Detail.ADDRESS:
            return f"{text[0]}***"


def correcting(session: Session, stage: PickDetail | TypeDetail) -> Screen:
    """Which detail is new, and the typing of it."""
    match stage:
        case PickDetail():
            screen = attrs.evolve(
                plain(session, "pick-detail", Picture.CHECK_LIST, say(Word.PICK_TITLE)),
                body=say(Word.PICK_BODY),
                buttons=(
                    other(Action.PHONE, Word.FIELD_PHONE),
                    other(Action.EMAIL, Word.FIELD_EMAIL),
                    other(Action.ADDRESS, Word.FIELD_ADDRESS),
                ),
            )
        case TypeDetail(_, detail, text, notice):
            screen = attrs.evolve(
                plain(session, f"type-{detail.value}", Picture.WRITE, say(_TITLES[detail])),
                body=say(Word.CORRECTION_BODY),
                notice=None if notice is None else say(notice),
                tone=Tone.PLAIN if notice is None else Tone.CAREFUL,
                entry=Entry(_KEYBOARDS[detail], text, bool(text)),
                buttons=(main(Action.CONTINUE, Word.CONTINUE),),
            )
    return attrs.evolve(screen, progress=(2, STEPS))


def insurance(session: Session, found: Found) -> Screen:
    """The coverage on file, to be confirmed."""
    visit = found.visit
    if not visit.payer:
        screen = attrs.evolve(
            plain(session, "insurance", Picture.INSURANCE_CARD, say(Word.INSURANCE_NONE_TITLE)),
            body=say(Word.INSURANCE_NONE_BODY),
            buttons=(
                main(Action.NONE, Word.INSURANCE_HAVE_NONE),
                other(Action.CHANGED, Word.INSURANCE_HAVE_ONE),
            ),
        )
    else:
        screen = attrs.evolve(
            plain(session, "insurance", Picture.INSURANCE_CARD, say(Word.INSURANCE_TITLE)),
            body=say(Word.INSURANCE_BODY),
            fields=(
                Field(say(Word.FIELD_PAYER), visit.payer),
                Field(say(Word.FIELD_MEMBER), visit.member),
            ),
            buttons=(
                main(Action.YES, Word.INSURANCE_SAME),
                other(Action.CHANGED, Word.INSURANCE_CHANGED),
                other(Action.NONE, Word.INSURANCE_HAVE_NONE),
            ),
        )
    return attrs.evolve(screen, progress=(3, STEPS))


def due_screen(session: Session, found: Found) -> Screen:
    """What is due, and how to pay it; or that nothing is, or that the desk will say."""
    if not found.amount_holds:
        screen = attrs.evolve(
            plain(session, "due", Picture.MONEY, say(Word.DUE_NOTHING_TITLE)),
            body=say(Word.DUE_INSURANCE_CHANGED),
            buttons=(main(Action.CONTINUE, Word.CHECK_IN),),
        )
    else:
        screen = _amount(session, found)
    return attrs.evolve(screen, progress=(4, STEPS))


def _amount(session: Session, found: Found) -> Screen:
    amount = found.visit.asked
    if amount > Money.zero:
        title, reason = say(Word.DUE_TITLE, amount=amount), other(Action.WHY, Word.WHY, amount=amount)
        if found.may_pay_here(takes_cards=session.takes_cards):
            body = Word.DUE_BODY
            ways: tuple[Button, ...] = (
                main(Action.PAY_NOW, Word.PAY_NOW),
                other(Action.PAY_AT_DESK, Word.PAY_AT_DESK),
            )
        else:
            body, ways = Word.DUE_BODY_AT_DESK, (main(Action.PAY_AT_DESK, Word.CHECK_IN),)
    else:
        title, reason = say(Word.DUE_NOTHING_TITLE), other(Action.WHY, Word.WHY_NOTHING)
        body, ways = Word.DUE_NOTHING_BODY, (main(Action.CONTINUE, Word.CHECK_IN),)
    return attrs.evolve(
        plain(session, "due", Picture.MONEY, title),
        body=say(body),
        notice=_open(found.visit.due),
        buttons=(*ways, reason),
    )


def _open(due: Estimate) -> Say | None:
    """That something is not known, and from what to what the amount may change for it."""
    if due.is_certain:
        return None
    if due.lower == due.upper:
        return say(Word.DUE_UNSURE)
    return say(Word.DUE_RANGE, least=due.lower, most=due.upper)


def why(session: Session, found: Found) -> Screen:
    """The steps that lead to the amount, what the insurance pays beside it, and what is open.

    Services are not named: a screen in a waiting room is read by others as well.
    """
    due, amount = found.visit.due, found.visit.asked
    steps = [*due.trace.steps]
    if later := due.due_today - amount:
        steps.append(a_step(ASKED_LATER, -later))
    lines = tuple(AmountLine(step.code, step.label, step.amount) for step in steps)
    unknowns = tuple(AmountLine(code, "", None) for code in due.unknowns)
    return attrs.evolve(
        plain(
            session,
            "why",
            Picture.MONEY,
            say(Word.WHY_TITLE, amount=amount) if amount else say(Word.WHY_NOTHING_TITLE),
        ),
        body=_whose(due),
        lines=lines + unknowns,
        fields=(Field(say(Word.WHY_TOTAL), str(amount)),),
        buttons=(main(Action.CONTINUE, Word.CONTINUE),),
        progress=(4, STEPS),
    )


def _whose(due: Estimate) -> Say:
    """What the insurance pays of the visit, where that is known of every line and is not nothing."""
    known = [line.plan for line in due.lines if line.plan is not None]
    paid = Money.total(known)
    if len(known) < len(due.lines) or not paid:
        return say(Word.WHY_BODY)
    return say(Word.WHY_BODY_PLAN, paid=paid)
