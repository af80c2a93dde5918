"""Screens of a visit that was found: details, insurance, and what is due."""

from typing import Final

import attrs

from medoffice.checkin.messages import Action
from medoffice.checkin.records import Detail
from medoffice.checkin.screen import AmountLine, Entry, Field, Keyboard, Picture, Screen, Tone
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
    amount = found.visit.due.value
    notice = None if found.visit.due.is_certain else say(Word.DUE_UNSURE)
    if not found.amount_holds:
        screen = attrs.evolve(
            plain(session, "due", Picture.MONEY, say(Word.DUE_NOTHING_TITLE)),
            body=say(Word.DUE_INSURANCE_CHANGED),
            buttons=(main(Action.CONTINUE, Word.CHECK_IN),),
        )
    elif amount > Money.zero and not session.takes_cards:
        screen = attrs.evolve(
            plain(session, "due", Picture.MONEY, say(Word.DUE_TITLE, amount=amount)),
            body=say(Word.DUE_BODY_AT_DESK),
            notice=notice,
            buttons=(
                main(Action.PAY_AT_DESK, Word.CHECK_IN),
                other(Action.WHY, Word.WHY, amount=amount),
            ),
        )
    elif amount > Money.zero:
        screen = attrs.evolve(
            plain(session, "due", Picture.MONEY, say(Word.DUE_TITLE, amount=amount)),
            body=say(Word.DUE_BODY),
            notice=notice,
            buttons=(
                main(Action.PAY_NOW, Word.PAY_NOW),
                other(Action.PAY_AT_DESK, Word.PAY_AT_DESK),
                other(Action.WHY, Word.WHY, amount=amount),
            ),
        )
    else:
        screen = attrs.evolve(
            plain(session, "due", Picture.MONEY, say(Word.DUE_NOTHING_TITLE)),
            body=say(Word.DUE_NOTHING_BODY),
            notice=notice,
            buttons=(
                main(Action.CONTINUE, Word.CHECK_IN),
                other(Action.WHY, Word.WHY_NOTHING),
            ),
        )
    return attrs.evolve(screen, progress=(4, STEPS))


def why(session: Session, found: Found) -> Screen:
    """The steps that lead to the amount."""
    due = found.visit.due
    title = say(Word.WHY_TITLE, amount=due.value) if due.value else say(Word.WHY_NOTHING_TITLE)
    lines = tuple(AmountLine(step.code, step.label, step.amount) for step in due.trace.steps)
    unknowns = tuple(AmountLine(code, "", None) for code in due.unknowns)
    return attrs.evolve(
        plain(session, "why", Picture.MONEY, title),
        body=say(Word.WHY_BODY),
        lines=lines + unknowns,
        fields=(Field(say(Word.WHY_TOTAL), str(due.value)),),
        buttons=(main(Action.CONTINUE, Word.CONTINUE),),
        progress=(4, STEPS),
    )
