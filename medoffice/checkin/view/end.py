"""Screens at the end: trouble with a payment, the queue number, a person."""

from typing import Final

import attrs

from medoffice.checkin.messages import Action
from medoffice.checkin.records import PayChoice, PaymentState
from medoffice.checkin.screen import Button, Field, Picture, Screen, Tone, Weight
from medoffice.checkin.session import DeskReason, Done, PaymentTrouble, Session
from medoffice.checkin.view.parts import LAST_SECONDS, STEPS, main, other, plain
from medoffice.checkin.words import Word, say

_DESK: Final = {
    DeskReason.ASKED: (Word.DESK_ASKED_TITLE, Word.DESK_ASKED_BODY),
    DeskReason.NOT_MATCHED: (Word.DESK_NOT_MATCHED_TITLE, Word.DESK_NOT_MATCHED_BODY),
    DeskReason.TROUBLE: (Word.DESK_TROUBLE_TITLE, Word.DESK_TROUBLE_BODY),
}


def payment_trouble(session: Session, stage: PaymentTrouble) -> Screen:
    """The card was not taken, or nobody knows whether it was."""
    is_declined = stage.state is PaymentState.DECLINED
    title = Word.PAYMENT_DECLINED_TITLE if is_declined else Word.PAYMENT_UNKNOWN_TITLE
    at_desk = Button(Action.PAY_AT_DESK, say(Word.PAY_AT_DESK), Weight.OTHER if is_declined else Weight.MAIN)
    again = (main(Action.TRY_AGAIN, Word.TRY_AGAIN),) if is_declined else ()
    return attrs.evolve(
        plain(session, "payment-trouble", Picture.CARD_TERMINAL, say(title)),
        body=say(Word.PAYMENT_TROUBLE_BODY),
        tone=Tone.CAREFUL,
        buttons=(*again, at_desk),
        progress=(4, STEPS),
    )


def done(session: Session, stage: Done) -> Screen:
    """Checked in: the number, the ticket, and what is left to do about money."""
    here = stage.here
    money = {PayChoice.NOW: Word.DONE_PAID, PayChoice.AT_DESK: Word.DONE_PAY_AT_DESK}.get(stage.pay)
    printing = () if here.has_printed else (other(Action.PRINT, Word.PRINT),)
    return attrs.evolve(
        plain(session, "done", Picture.DONE, say(Word.ALREADY_TITLE if here.was_here else Word.DONE_TITLE)),
        body=say(Word.DONE_BODY),
        notice=None if money is None else say(money),
        tone=Tone.PLAIN if stage.pay is PayChoice.AT_DESK else Tone.GOOD,
        fields=(Field(say(Word.DONE_NUMBER), str(here.number)),),
        big=str(here.number),
        qr=here.ticket,
        buttons=(main(Action.FINISH, Word.FINISH), *printing),
        timeout=LAST_SECONDS,
    )


def desk(session: Session, reason: DeskReason) -> Screen:
    """A person takes over."""
    title, body = _DESK[reason]
    return attrs.evolve(
        plain(session, "desk", Picture.PERSON, say(title)),
        body=say(body),
        buttons=(main(Action.FINISH, Word.FINISH),),
        timeout=LAST_SECONDS,
    )
