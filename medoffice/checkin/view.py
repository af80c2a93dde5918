"""What each stage of the check-in shows: ``view(session) -> Screen``."""

from typing import Final

import attrs

from medoffice.checkin.messages import Action
from medoffice.checkin.records import Detail, PayChoice, PaymentState
from medoffice.checkin.screen import (
    AmountLine,
    Button,
    Entry,
    Field,
    Keyboard,
    Picture,
    Screen,
    Tone,
    Weight,
)
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
from medoffice.checkin.typed import BIRTH_DATE_DIGITS
from medoffice.checkin.words import Say, Word, say
from medoffice.core.money import Money
from medoffice.core.people import Email, Phone, name_key

IDLE_SECONDS: Final = 30.0
"""Nothing touched for so long: a warning."""
WARNING_SECONDS: Final = 20.0
"""How long the warning stands before everything is wiped (WCAG 2.2, 2.2.1: at least 20 seconds to extend)."""
SLOW_SECONDS: Final = 5.0
"""No answer for so long: a person is offered."""
GIVE_UP_SECONDS: Final = 25.0
"""No answer for so long after that: a person takes over."""
PAYING_SECONDS: Final = 60.0
"""A card payment takes a patient longer than a look-up takes a store."""
LAST_SECONDS: Final = 45.0
"""How long the last screen of a turn stands."""

STEPS: Final = 4
"""Who you are, your details, your insurance, what is due."""

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
_DESK: Final = {
    DeskReason.ASKED: (Word.DESK_ASKED_TITLE, Word.DESK_ASKED_BODY),
    DeskReason.NOT_MATCHED: (Word.DESK_NOT_MATCHED_TITLE, Word.DESK_NOT_MATCHED_BODY),
    DeskReason.TROUBLE: (Word.DESK_TROUBLE_TITLE, Word.DESK_TROUBLE_BODY),
}


def view(session: Session) -> Screen:
    """The screen of a session: the stage's own, the idle warning over it, or the note that it takes long."""
    screen = _with_foot(session, _screen(session, session.stage))
    if session.is_warned:
        return _warning(session)
    if session.is_slow:
        screen = attrs.evolve(screen, notice=say(Word.SLOW_BODY), tone=Tone.CAREFUL, timeout=GIVE_UP_SECONDS)
    return screen


def _main(action: Action, word: Word, **values: Money) -> Button:
    return Button(action, say(word, **values), Weight.MAIN)


def _other(action: Action, word: Word, **values: Money) -> Button:
    return Button(action, say(word, **values))


def _with_foot(session: Session, screen: Screen) -> Screen:
    foot: list[Button] = []
    if not isinstance(
        session.stage, Welcome | Judging | Looking | Saving | Paying | PaymentTrouble | Done | Desk
    ):
        foot.append(_other(Action.BACK, Word.BACK))
    if not isinstance(session.stage, Desk):
        foot.append(_other(Action.PERSON, Word.PERSON))
    speech = tuple(said for said in (screen.title, screen.body, screen.notice) if said is not None)
    speech = tuple(said for said in speech if not said.values)
    return attrs.evolve(
        screen,
        fixed=tuple(foot),
        speech=speech + tuple(b.label for b in screen.buttons if not b.label.values),
    )


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
        buttons=(_main(Action.STAY, Word.STAY),),
        fixed=(_other(Action.PERSON, Word.PERSON),),
        speech=(say(Word.IDLE_TITLE), say(Word.IDLE_BODY), say(Word.STAY)),
        timeout=WARNING_SECONDS,
    )


def _screen(session: Session, stage: Stage) -> Screen:  # noqa: PLR0911
    match stage:
        case Welcome(notice):
            return _welcome(session, notice)
        case FamilyName() | GivenName() | BirthDate() | NotMatched():
            return _who(session, stage)
        case Judging() | Looking() | Saving() | Paying():
            return _waiting(session, stage)
        case Details(found):
            return _details(session, found)
        case PickDetail() | TypeDetail():
            return _correcting(session, stage)
        case Insurance(found):
            return _insurance(session, found)
        case Due(found):
            return _due(session, found)
        case Why(found):
            return _why(session, found)
        case PaymentTrouble():
            return _payment_trouble(session, stage)
        case Done():
            return _done(session, stage)
        case Desk(reason):
            title, body = _DESK[reason]
            return attrs.evolve(
                _plain(session, "desk", Picture.PERSON, say(title)),
                body=say(body),
                buttons=(_main(Action.FINISH, Word.FINISH),),
                timeout=LAST_SECONDS,
            )


def _plain(session: Session, name: str, picture: Picture, title: Say) -> Screen:
    return Screen(
        name=name,
        turn=session.turn,
        serial=session.serial,
        language=session.language,
        picture=picture,
        title=title,
        timeout=IDLE_SECONDS,
    )


def _welcome(session: Session, notice: Word | None) -> Screen:
    is_untouched = session.language == session.home_language and notice is None and session.tries == 0
    body = Word.WELCOME_BODY if session.reader_works else Word.WELCOME_NO_CAMERA
    picture = Picture.HOLD_CODE if session.reader_works else Picture.WRITE
    return attrs.evolve(
        _plain(session, "welcome", picture, say(Word.WELCOME_TITLE)),
        body=say(body),
        notice=None if notice is None else say(notice),
        tone=Tone.PLAIN if notice is None else Tone.CAREFUL,
        buttons=(_main(Action.NO_CODE, Word.NO_CODE),),
        listens=True,
        timeout=None if is_untouched else IDLE_SECONDS,
    )


def _who(session: Session, stage: FamilyName | GivenName | BirthDate | NotMatched) -> Screen:
    match stage:
        case FamilyName(family):
            screen = attrs.evolve(
                _plain(session, "family-name", Picture.WRITE, say(Word.FAMILY_NAME_TITLE)),
                body=say(Word.NAME_BODY),
                entry=Entry(Keyboard.NAME, family, bool(name_key(family))),
                buttons=(_main(Action.CONTINUE, Word.CONTINUE),),
                listens=True,
            )
        case GivenName(_, given):
            screen = attrs.evolve(
                _plain(session, "given-name", Picture.WRITE, say(Word.GIVEN_NAME_TITLE)),
                body=say(Word.GIVEN_NAME_BODY),
                entry=Entry(Keyboard.NAME, given, bool(name_key(given))),
                buttons=(_main(Action.CONTINUE, Word.CONTINUE), _other(Action.SKIP, Word.SKIP)),
                listens=True,
            )
        case BirthDate(_, digits, notice):
            screen = attrs.evolve(
                _plain(session, "birth-date", Picture.CALENDAR, say(Word.BIRTH_DATE_TITLE)),
                body=say(Word.BIRTH_DATE_BODY),
                notice=None if notice is None else say(notice),
                tone=Tone.PLAIN if notice is None else Tone.CAREFUL,
                entry=Entry(Keyboard.DATE, digits, len(digits) == BIRTH_DATE_DIGITS),
                buttons=(_main(Action.CONTINUE, Word.CONTINUE),),
            )
        case NotMatched():
            screen = attrs.evolve(
                _plain(session, "not-matched", Picture.LOOK_AGAIN, say(Word.NOT_MATCHED_TITLE)),
                body=say(Word.NOT_MATCHED_BODY),
                tone=Tone.CAREFUL,
                buttons=(_main(Action.TRY_AGAIN, Word.TRY_AGAIN),),
            )
    return attrs.evolve(screen, progress=(1, STEPS))


def _waiting(session: Session, stage: Judging | Looking | Saving | Paying) -> Screen:
    match stage:
        case Judging():
            screen = _plain(session, "judging", Picture.WAIT, say(Word.READING_TITLE))
            progress = (1, STEPS)
        case Looking():
            screen = _plain(session, "looking", Picture.WAIT, say(Word.LOOKING_TITLE))
            progress = (1, STEPS)
        case Saving():
            screen = _plain(session, "saving", Picture.WAIT, say(Word.SAVING_TITLE))
            progress = (4, STEPS)
        case Paying():
            paying = _plain(session, "paying", Picture.CARD_TERMINAL, say(Word.PAYING_TITLE))
            screen = attrs.evolve(paying, body=say(Word.PAYING_BODY))
            progress = (4, STEPS)
    timeout = PAYING_SECONDS if isinstance(stage, Paying) else SLOW_SECONDS
    return attrs.evolve(screen, progress=progress, timeout=timeout, is_waiting=True)


def _details(session: Session, found: Found) -> Screen:
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
        _plain(session, "details", Picture.CHECK_LIST, say(Word.DETAILS_TITLE)),
        body=say(Word.DETAILS_BODY),
        fields=tuple(fields),
        buttons=(_main(Action.YES, Word.YES), _other(Action.CHANGED, Word.CHANGED)),
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


def _correcting(session: Session, stage: PickDetail | TypeDetail) -> Screen:
    match stage:
        case PickDetail():
            screen = attrs.evolve(
                _plain(session, "pick-detail", Picture.CHECK_LIST, say(Word.PICK_TITLE)),
                body=say(Word.PICK_BODY),
                buttons=(
                    _other(Action.PHONE, Word.FIELD_PHONE),
                    _other(Action.EMAIL, Word.FIELD_EMAIL),
                    _other(Action.ADDRESS, Word.FIELD_ADDRESS),
                ),
            )
        case TypeDetail(_, detail, text, notice):
            screen = attrs.evolve(
                _plain(session, f"type-{detail.value}", Picture.WRITE, say(_TITLES[detail])),
                body=say(Word.CORRECTION_BODY),
                notice=None if notice is None else say(notice),
                tone=Tone.PLAIN if notice is None else Tone.CAREFUL,
                entry=Entry(_KEYBOARDS[detail], text, bool(text)),
                buttons=(_main(Action.CONTINUE, Word.CONTINUE),),
            )
    return attrs.evolve(screen, progress=(2, STEPS))


def _insurance(session: Session, found: Found) -> Screen:
    visit = found.visit
    if not visit.payer:
        screen = attrs.evolve(
            _plain(session, "insurance", Picture.INSURANCE_CARD, say(Word.INSURANCE_NONE_TITLE)),
            body=say(Word.INSURANCE_NONE_BODY),
            buttons=(
                _main(Action.NONE, Word.INSURANCE_HAVE_NONE),
                _other(Action.CHANGED, Word.INSURANCE_HAVE_ONE),
            ),
        )
    else:
        screen = attrs.evolve(
            _plain(session, "insurance", Picture.INSURANCE_CARD, say(Word.INSURANCE_TITLE)),
            body=say(Word.INSURANCE_BODY),
            fields=(
                Field(say(Word.FIELD_PAYER), visit.payer),
                Field(say(Word.FIELD_MEMBER), visit.member),
            ),
            buttons=(
                _main(Action.YES, Word.INSURANCE_SAME),
                _other(Action.CHANGED, Word.INSURANCE_CHANGED),
                _other(Action.NONE, Word.INSURANCE_HAVE_NONE),
            ),
        )
    return attrs.evolve(screen, progress=(3, STEPS))


def _due(session: Session, found: Found) -> Screen:
    amount = found.visit.due.value
    notice = None if found.visit.due.is_certain else say(Word.DUE_UNSURE)
    if not found.amount_holds:
        screen = attrs.evolve(
            _plain(session, "due", Picture.MONEY, say(Word.DUE_NOTHING_TITLE)),
            body=say(Word.DUE_INSURANCE_CHANGED),
            buttons=(_main(Action.CONTINUE, Word.CHECK_IN),),
        )
    elif amount > Money.zero:
        screen = attrs.evolve(
            _plain(session, "due", Picture.MONEY, say(Word.DUE_TITLE, amount=amount)),
            body=say(Word.DUE_BODY),
            notice=notice,
            buttons=(
                _main(Action.PAY_NOW, Word.PAY_NOW),
                _other(Action.PAY_AT_DESK, Word.PAY_AT_DESK),
                _other(Action.WHY, Word.WHY, amount=amount),
            ),
        )
    else:
        screen = attrs.evolve(
            _plain(session, "due", Picture.MONEY, say(Word.DUE_NOTHING_TITLE)),
            body=say(Word.DUE_NOTHING_BODY),
            notice=notice,
            buttons=(
                _main(Action.CONTINUE, Word.CHECK_IN),
                _other(Action.WHY, Word.WHY, amount=amount),
            ),
        )
    return attrs.evolve(screen, progress=(4, STEPS))


def _why(session: Session, found: Found) -> Screen:
    due = found.visit.due
    lines = tuple(AmountLine(step.code, step.label, step.amount) for step in due.trace.steps)
    unknowns = tuple(AmountLine(code, "", None) for code in due.unknowns)
    return attrs.evolve(
        _plain(session, "why", Picture.MONEY, say(Word.WHY_TITLE, amount=due.value)),
        body=say(Word.WHY_BODY),
        lines=lines + unknowns,
        fields=(Field(say(Word.WHY_TOTAL), str(due.value)),),
        buttons=(_main(Action.CONTINUE, Word.CONTINUE),),
        progress=(4, STEPS),
    )


def _payment_trouble(session: Session, stage: PaymentTrouble) -> Screen:
    is_declined = stage.state is PaymentState.DECLINED
    title = Word.PAYMENT_DECLINED_TITLE if is_declined else Word.PAYMENT_UNKNOWN_TITLE
    at_desk = Button(Action.PAY_AT_DESK, say(Word.PAY_AT_DESK), Weight.OTHER if is_declined else Weight.MAIN)
    again = (_main(Action.TRY_AGAIN, Word.TRY_AGAIN),) if is_declined else ()
    return attrs.evolve(
        _plain(session, "payment-trouble", Picture.CARD_TERMINAL, say(title)),
        body=say(Word.PAYMENT_TROUBLE_BODY),
        tone=Tone.CAREFUL,
        buttons=(*again, at_desk),
        progress=(4, STEPS),
    )


def _done(session: Session, stage: Done) -> Screen:
    here = stage.here
    money = {PayChoice.NOW: Word.DONE_PAID, PayChoice.AT_DESK: Word.DONE_PAY_AT_DESK}.get(stage.pay)
    printing = () if here.has_printed else (_other(Action.PRINT, Word.PRINT),)
    return attrs.evolve(
        _plain(session, "done", Picture.DONE, say(Word.ALREADY_TITLE if here.was_here else Word.DONE_TITLE)),
        body=say(Word.DONE_BODY),
        notice=None if money is None else say(money),
        tone=Tone.GOOD,
        fields=(Field(say(Word.DONE_NUMBER), str(here.number)),),
        big=str(here.number),
        qr=here.ticket,
        buttons=(_main(Action.FINISH, Word.FINISH), *printing),
        timeout=LAST_SECONDS,
    )
