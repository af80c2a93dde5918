"""Screens before it is known who stands there, and those that wait for an answer."""

import attrs

from medoffice.checkin.messages import Action
from medoffice.checkin.screen import Entry, Keyboard, Picture, Screen, Tone
from medoffice.checkin.session import (
    BirthDate,
    FamilyName,
    GivenName,
    Judging,
    Looking,
    NotMatched,
    Paying,
    Saving,
    Session,
)
from medoffice.checkin.typed import BIRTH_DATE_DIGITS
from medoffice.checkin.view.parts import IDLE_SECONDS, PAYING_SECONDS, SLOW_SECONDS, STEPS, main, other, plain
from medoffice.checkin.words import Word, say
from medoffice.core.people import name_key


def welcome(session: Session, notice: Word | None) -> Screen:
    """The first screen: hold a code, or type a name.

    Of a camera it speaks only where there is one, and it asks for a code only when one can be read.
    """
    is_untouched = session.language == session.home_language and notice is None and session.tries == 0
    if not session.has_camera:
        picture, title, body = Picture.HOLD_CODE, Word.WELCOME_TITLE, Word.WELCOME_SCANNER
    elif session.reader_works:
        picture, title, body = Picture.HOLD_CODE, Word.WELCOME_TITLE, Word.WELCOME_BODY
    else:
        picture, title, body = Picture.WRITE, Word.WELCOME_NAME_TITLE, Word.WELCOME_NO_CAMERA
    return attrs.evolve(
        plain(session, "welcome", picture, say(title)),
        body=say(body),
        notice=None if notice is None else say(notice),
        tone=Tone.PLAIN if notice is None else Tone.CAREFUL,
        buttons=(main(Action.NO_CODE, Word.NO_CODE),),
        listens=True,
        timeout=None if is_untouched else IDLE_SECONDS,
    )


def who(session: Session, stage: FamilyName | GivenName | BirthDate | NotMatched) -> Screen:
    """Name and birth date, and the one answer to every mismatch."""
    match stage:
        case FamilyName(family):
            screen = attrs.evolve(
                plain(session, "family-name", Picture.WRITE, say(Word.FAMILY_NAME_TITLE)),
                body=say(Word.NAME_BODY),
                entry=Entry(Keyboard.NAME, family, bool(name_key(family))),
                buttons=(main(Action.CONTINUE, Word.CONTINUE),),
                listens=True,
            )
        case GivenName(_, given):
            screen = attrs.evolve(
                plain(session, "given-name", Picture.WRITE, say(Word.GIVEN_NAME_TITLE)),
                body=say(Word.GIVEN_NAME_BODY),
                entry=Entry(Keyboard.NAME, given, bool(name_key(given))),
                buttons=(main(Action.CONTINUE, Word.CONTINUE), other(Action.SKIP, Word.SKIP)),
                listens=True,
            )
        case BirthDate(_, digits, notice):
            screen = attrs.evolve(
                plain(session, "birth-date", Picture.CALENDAR, say(Word.BIRTH_DATE_TITLE)),
                body=say(Word.BIRTH_DATE_BODY),
                notice=None if notice is None else say(notice),
                tone=Tone.PLAIN if notice is None else Tone.CAREFUL,
                entry=Entry(Keyboard.DATE, digits, len(digits) == BIRTH_DATE_DIGITS),
                buttons=(main(Action.CONTINUE, Word.CONTINUE),),
            )
        case NotMatched():
            screen = attrs.evolve(
                plain(session, "not-matched", Picture.LOOK_AGAIN, say(Word.NOT_MATCHED_TITLE)),
                body=say(Word.NOT_MATCHED_BODY),
                tone=Tone.CAREFUL,
                buttons=(main(Action.TRY_AGAIN, Word.TRY_AGAIN),),
            )
    return attrs.evolve(screen, progress=(1, STEPS))


def waiting(session: Session, stage: Judging | Looking | Saving | Paying) -> Screen:
    """Somebody is being asked: the reader, the office, or the terminal."""
    match stage:
        case Judging():
            screen = plain(session, "judging", Picture.WAIT, say(Word.READING_TITLE))
            progress = (1, STEPS)
        case Looking():
            screen = plain(session, "looking", Picture.WAIT, say(Word.LOOKING_TITLE))
            progress = (1, STEPS)
        case Saving():
            screen = plain(session, "saving", Picture.WAIT, say(Word.SAVING_TITLE))
            progress = (4, STEPS)
        case Paying():
            paying = plain(session, "paying", Picture.CARD_TERMINAL, say(Word.PAYING_TITLE))
            screen = attrs.evolve(paying, body=say(Word.PAYING_BODY))
            progress = (4, STEPS)
    timeout = PAYING_SECONDS if isinstance(stage, Paying) else SLOW_SECONDS
    return attrs.evolve(screen, progress=progress, timeout=timeout, is_waiting=True)
