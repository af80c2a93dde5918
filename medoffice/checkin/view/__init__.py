"""What each stage of the check-in shows: ``view(session) -> Screen``."""

import attrs

from medoffice.checkin.messages import Action
from medoffice.checkin.screen import Button, Picture, Screen, Tone
from medoffice.checkin.session import (
    BirthDate,
    Desk,
    Details,
    Done,
    Due,
    FamilyName,
    GivenName,
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
from medoffice.checkin.view.end import desk, done, payment_trouble
from medoffice.checkin.view.parts import GIVE_UP_SECONDS, WARNING_SECONDS, main, other
from medoffice.checkin.view.visit import correcting, details, due_screen, insurance, why
from medoffice.checkin.view.who import waiting, welcome, who
from medoffice.checkin.words import Say, Word, say


def view(session: Session) -> Screen:
    """The screen of a session: the stage's own, the idle warning over it, or the note that it takes long."""
    screen = _with_foot(session, _screen(session, session.stage))
    if session.is_warned:
        return _warning(session)
    if session.is_slow:
        screen = attrs.evolve(screen, notice=say(Word.SLOW_BODY), tone=Tone.CAREFUL, timeout=GIVE_UP_SECONDS)
    return screen


def _with_foot(session: Session, screen: Screen) -> Screen:
    foot: list[Button] = []
    if not isinstance(
        session.stage, Welcome | Judging | Looking | Saving | Paying | PaymentTrouble | Done | Desk
    ):
        foot.append(other(Action.BACK, Word.BACK))
    if not isinstance(session.stage, Desk):
        foot.append(other(Action.PERSON, Word.PERSON))
    speech = tuple(_aloud(said) for said in (screen.title, screen.body, screen.notice) if said is not None)
    speech = tuple(said for said in speech if not said.values)
    return attrs.evolve(
        screen,
        fixed=tuple(foot),
        speech=speech + tuple(b.label for b in screen.buttons if not b.label.values),
    )


def _aloud(said: Say) -> Say:
    """A sentence as it may be heard by others: where there is one that says the same without an amount, that one."""
    match said.word:
        case Word.DUE_RANGE:
            return say(Word.DUE_UNSURE)
        case Word.WHY_BODY_PLAN:
            return say(Word.WHY_BODY)
        case _:
            return said


def _warning(session: Session) -> Screen:
    return Screen(
        name="idle",
        turn=session.turn,
        serial=session.serial,
        language=session.language,
        picture=Picture.CLOCK,
        title=say(Word.IDLE_TITLE),
        body=say(Word.IDLE_BODY),
        tone=Tone.CAREFUL,
        buttons=(main(Action.STAY, Word.STAY),),
        fixed=(other(Action.PERSON, Word.PERSON),),
        speech=(say(Word.IDLE_TITLE), say(Word.IDLE_BODY), say(Word.STAY)),
        timeout=WARNING_SECONDS,
    )


def _screen(session: Session, stage: Stage) -> Screen:
    match stage:
        case Welcome(notice):
            return welcome(session, notice)
        case FamilyName() | GivenName() | BirthDate() | NotMatched():
            return who(session, stage)
        case Judging() | Looking() | Saving() | Paying():
            return waiting(session, stage)
        case Details(found):
            return details(session, found)
        case PickDetail() | TypeDetail():
            return correcting(session, stage)
        case Insurance(found):
            return insurance(session, found)
        case Due(found):
            return due_screen(session, found)
        case Why(found):
            return why(session, found)
        case PaymentTrouble():
            return payment_trouble(session, stage)
        case Done():
            return done(session, stage)
        case Desk(reason):
            return desk(session, reason)
