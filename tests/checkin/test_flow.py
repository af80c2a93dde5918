"""The laws of the check-in's machine, over arbitrary sequences of inputs."""

from datetime import UTC, date, datetime

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from medoffice.billing import Estimate
from medoffice.checkin.code import CodeAccepted, CodeClaims, CodeRejected, Rejection
from medoffice.checkin.flow import TRIES, step
from medoffice.checkin.messages import (
    Action,
    AlreadyHere,
    Answer,
    Broke,
    CallDesk,
    CheckedIn,
    ChoseLanguage,
    Effect,
    Erased,
    FindVisit,
    Input,
    JudgeCode,
    NoVisit,
    PaymentEnded,
    Press,
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
    VisitSummary,
    Wipe,
)
from medoffice.checkin.records import InsuranceAnswer, PayChoice, PaymentState, TaskKind
from medoffice.checkin.screen import Screen
from medoffice.checkin.session import (
    BirthDate,
    Desk,
    DeskReason,
    Details,
    Done,
    Due,
    Insurance,
    NotMatched,
    Paying,
    PaymentTrouble,
    Saving,
    Session,
    Welcome,
)
from medoffice.checkin.view import view
from medoffice.checkin.words import Word
from medoffice.core.explain import Step, Trace
from medoffice.core.ids import AppointmentId
from medoffice.core.money import Money
from medoffice.core.people import Language

ENGLISH, SPANISH = Language("en"), Language("es")
CLAIMS = CodeClaims(
    key_id=1,
    office=b"\x00\x01\x02\x03",
    expires=datetime(2026, 11, 25, tzinfo=UTC),
    jti=bytes(16),
    handle=bytes(16),
)


def due(cents: int, *unknowns: str, upto: int = 0) -> Estimate:
    step_ = Step("copay", "Co-pay", amount=Money(cents))
    return Estimate(
        due_today=Money(cents),
        lower=Money(cents),
        upper=Money(max(cents, upto)),
        lines=(),
        trace=Trace((step_,)),
        unknowns=unknowns,
    )


def visit(cents: int = 3000, payer: str = "Prairie Health Plan") -> VisitSummary:
    return VisitSummary(
        appointment=AppointmentId("apt-1"),
        name="L*** A***",
        phone="***-***-0100",
        email="l***@***.org",
        address="4***, S***, IL",
        payer=payer,
        member="****5678" if payer else "",
        starts=datetime(2026, 11, 24, 10, 30, tzinfo=UTC),
        provider="Ruth Okafor, MD",
        due=due(cents),
    )


def first() -> Session:
    return Session.first(ENGLISH)


def press(session: Session, *actions: Action) -> tuple[Session, tuple[Effect, ...]]:
    effects: tuple[Effect, ...] = ()
    for action in actions:
        session, effects = step(session, Press(action, session.serial))
    return session, effects


def type_(session: Session, text: str) -> Session:
    for character in text:
        session, _ = step(session, Typed(character))
    return session


def reply(session: Session, answer: Answer) -> tuple[Session, tuple[Effect, ...]]:
    return step(session, Reply(session.turn, session.ask, answer))


def scanned() -> Session:
    session, effects = step(first(), Scanned(b"code"))
    assert effects == (JudgeCode(1, 1, b"code"),)
    session, _ = reply(session, CodeAccepted(CLAIMS))
    return session


def found(summary: VisitSummary | None = None) -> Session:
    session, effects = press(type_(scanned(), "02031987"), Action.CONTINUE)
    assert [type(effect) for effect in effects] == [FindVisit]
    session, _ = reply(session, VisitFound(summary or visit()))
    return session


def test_a_visit_takes_four_taps_beside_the_birth_date() -> None:
    """From a code to "you are checked in": continue, yes, yes, and how to pay."""
    session, effects = press(found(), Action.YES, Action.YES, Action.PAY_AT_DESK)
    assert isinstance(session.stage, Saving)
    (stored,) = effects
    assert isinstance(stored, StoreCheckIn)
    assert stored.request.jti == CLAIMS.jti
    assert stored.request.pay is PayChoice.AT_DESK
    session, _ = reply(session, CheckedIn(17, "MOT1-apt-1"))
    assert isinstance(session.stage, Done)
    assert view(session).big == "17"


def test_who_has_no_code_types_a_name() -> None:
    """Family name, given name and birth date are two identifiers as well, without a code to spend."""
    session, _ = press(first(), Action.NO_CODE)
    session, _ = press(type_(session, "Álvarez"), Action.CONTINUE)
    session, _ = press(type_(session, "Lucía"), Action.CONTINUE)
    session, (effect,) = press(type_(session, "02031987"), Action.CONTINUE)
    assert isinstance(effect, FindVisit)
    assert effect.birth_date == date(1987, 2, 3)
    session, _ = reply(session, VisitFound(visit()))
    session, (stored,) = press(session, Action.YES, Action.YES, Action.PAY_AT_DESK)
    assert isinstance(stored, StoreCheckIn)
    assert stored.request.jti is None


def test_the_check_in_is_stored_before_the_card_is_asked() -> None:
    """A declined or lost payment never loses a check-in."""
    session, effects = press(found(), Action.YES, Action.YES, Action.PAY_NOW)
    assert [type(effect) for effect in effects] == [StoreCheckIn]
    session, effects = reply(session, CheckedIn(3, "t"))
    assert [type(effect) for effect in effects] == [TakePayment]
    session, _ = reply(session, PaymentEnded(PaymentState.DECLINED))
    assert isinstance(session.stage, PaymentTrouble)
    session, (call,) = press(session, Action.PAY_AT_DESK)
    assert isinstance(session.stage, Done)
    assert session.stage.pay is PayChoice.AT_DESK
    assert call == CallDesk(1, TaskKind.PAYMENT, "payment.at-desk", AppointmentId("apt-1"))


def test_who_was_checked_in_by_somebody_else_is_never_told_that_they_paid() -> None:
    """Pay now was pressed, and the desk was quicker: the payment is the desk's, if anything is owed."""
    for owes, pay in ((True, PayChoice.AT_DESK), (False, PayChoice.NOTHING_DUE)):
        session, _ = press(found(), Action.YES, Action.YES, Action.PAY_NOW)
        session, effects = reply(session, AlreadyHere(4, "t", owes))
        assert effects == ()
        assert isinstance(session.stage, Done)
        assert session.stage.pay is pay


def test_an_unanswered_payment_is_never_tried_again_by_the_patient() -> None:
    """When the terminal gave no answer, the desk is told and "try again" is not offered."""
    session, _ = press(found(), Action.YES, Action.YES, Action.PAY_NOW)
    session, _ = reply(session, CheckedIn(3, "t"))
    session, effects = reply(session, PaymentEnded(PaymentState.UNKNOWN))
    assert any(isinstance(effect, CallDesk) for effect in effects)
    again, effects = press(session, Action.TRY_AGAIN)
    assert again == session
    assert effects == ()


@pytest.mark.parametrize("reason", list(Rejection))
def test_a_bad_code_is_explained_and_loses_nothing(reason: Rejection) -> None:
    """A torn, foreign, forged or old code leads back to the first screen with a notice."""
    session, _ = step(first(), Scanned(b"x"))
    session, effects = reply(session, CodeRejected(reason))
    assert isinstance(session.stage, Welcome)
    assert view(session).notice is not None
    assert effects == (CallDesk(1, TaskKind.CODE, f"code.{reason.value}"),)


def test_every_mismatch_looks_the_same_and_the_third_leads_to_the_desk() -> None:
    """Two kind tries, then a person; the screens of the tries do not differ."""
    session = scanned()
    seen = set()
    for _ in range(TRIES - 1):
        session, _ = press(type_(session, "01011990"), Action.CONTINUE)
        session, effects = reply(session, NoVisit())
        assert isinstance(session.stage, NotMatched)
        assert effects == ()
        seen.add((view(session).title, view(session).body, view(session).buttons))
        session, _ = press(session, Action.TRY_AGAIN)
    assert len(seen) == 1
    session, _ = press(type_(session, "01011990"), Action.CONTINUE)
    session, effects = reply(session, NoVisit())
    assert session.stage == Desk(DeskReason.NOT_MATCHED)
    assert [type(effect) for effect in effects] == [CallDesk]


def test_going_back_does_not_give_more_tries() -> None:
    """Mismatches are counted through the whole turn, also when the patient starts over."""
    session, _ = press(type_(scanned(), "01011990"), Action.CONTINUE)
    session, _ = reply(session, NoVisit())
    session, effects = press(session, Action.BACK)
    assert isinstance(session.stage, Welcome)
    assert session.tries == 1
    assert effects == ()


def test_a_day_that_is_not_in_the_calendar_costs_no_try() -> None:
    """The 31st of February is a slip of the finger."""
    session, effects = press(type_(scanned(), "02311987"), Action.CONTINUE)
    assert isinstance(session.stage, BirthDate)
    assert session.tries == 0
    assert effects == ()
    assert view(session).notice is not None


def test_changed_insurance_leaves_the_amount_to_the_desk() -> None:
    """An amount that rests on a coverage that is no more is not asked for."""
    session, _ = press(found(), Action.YES, Action.CHANGED)
    assert isinstance(session.stage, Due)
    assert view(session).title.values == ()
    assert press(session, Action.PAY_NOW)[1] == ()
    _, (stored,) = press(session, Action.CONTINUE)
    assert isinstance(stored, StoreCheckIn)
    assert stored.request.insurance is InsuranceAnswer.CHANGED
    assert stored.request.pay is PayChoice.AT_DESK


def test_without_a_terminal_nothing_is_charged_here() -> None:
    """A kiosk that takes no cards offers the desk alone, in this turn and the next."""
    start = Session.first(ENGLISH, takes_cards=False)
    session, _ = step(start, Scanned(b"code"))
    session, _ = reply(session, CodeAccepted(CLAIMS))
    session, _ = press(type_(session, "02031987"), Action.CONTINUE)
    session, _ = reply(session, VisitFound(visit()))
    session, _ = press(session, Action.YES, Action.YES)
    assert Action.PAY_NOW not in {button.action for button in view(session).buttons}
    assert press(session, Action.PAY_NOW)[1] == ()
    after, (stored,) = press(session, view(session).buttons[0].action)
    assert isinstance(stored, StoreCheckIn)
    assert stored.request.pay is PayChoice.AT_DESK
    assert not after.next_turn().takes_cards


def test_who_pays_themselves_may_pay_now() -> None:
    """No coverage on file and none to add: the amount stands."""
    session, _ = press(found(visit(payer="")), Action.YES, Action.NONE)
    _, (stored,) = press(session, Action.PAY_NOW)
    assert isinstance(stored, StoreCheckIn)
    assert stored.request.insurance is InsuranceAnswer.NONE


def test_nothing_due_asks_for_nothing() -> None:
    """With nothing to pay there is no way to pay."""
    session, _ = press(found(visit(0)), Action.YES, Action.YES)
    assert press(session, Action.PAY_NOW)[1] == ()
    _, (stored,) = press(session, Action.CONTINUE)
    assert isinstance(stored, StoreCheckIn)
    assert stored.request.pay is PayChoice.NOTHING_DUE


def test_a_correction_is_shown_masked_and_stored_whole() -> None:
    """A new telephone number is masked on the screen again, and goes to the desk in full."""
    session, _ = press(found(), Action.CHANGED, Action.PHONE)
    session, _ = press(type_(session, "2175550123"), Action.CONTINUE)
    assert isinstance(session.stage, Details)
    assert "2175550123" not in shown_by(view(session))
    assert "***-***-0123" in shown_by(view(session))
    _, (stored,) = press(session, Action.YES, Action.YES, Action.PAY_AT_DESK)
    assert isinstance(stored, StoreCheckIn)
    assert [correction.text for correction in stored.request.corrections] == ["(217) 555-0123"]


def test_a_second_tap_does_not_press_the_next_screen() -> None:
    """A press counts only on the screen that it was meant for."""
    details = found()
    twice = Press(Action.YES, details.serial)
    insurance, _ = step(details, twice)
    assert isinstance(insurance.stage, Insurance)
    assert step(insurance, twice) == (insurance, ())


def test_a_time_out_warns_and_then_wipes() -> None:
    """The first time-out asks, the second ends the turn."""
    session = found()
    warned, effects = step(session, TimedOut(session.turn, session.serial))
    assert effects == ()
    assert view(warned).name == "idle"
    stayed, _ = press(warned, Action.STAY)
    assert isinstance(stayed.stage, Details)
    assert view(stayed).name == "details"
    wiped, effects = step(warned, TimedOut(warned.turn, warned.serial))
    assert effects == (Wipe(1),)
    assert wiped == attrs.evolve(Session.first(ENGLISH), turn=2)


def test_a_slow_answer_offers_a_person_and_then_calls_one() -> None:
    """Five seconds without an answer say so; much longer, and the desk takes over."""
    session, _ = press(type_(scanned(), "02031987"), Action.CONTINUE)
    slow, _ = step(session, TimedOut(session.turn, session.serial))
    assert view(slow).notice is not None
    gone, effects = step(slow, TimedOut(slow.turn, slow.serial))
    assert isinstance(gone.stage, Desk)
    assert [type(effect) for effect in effects] == [CallDesk]


def test_a_late_answer_never_reaches_the_next_patient() -> None:
    """A visit that is found after the turn has ended is not shown to whoever stands there now."""
    session, _ = press(type_(scanned(), "02031987"), Action.CONTINUE)
    late = Reply(session.turn, session.ask, VisitFound(visit()))
    after, _ = press(session, Action.PERSON, Action.FINISH)
    assert after.turn == session.turn + 1
    assert step(after, late) == (after, ())
    waiting, _ = step(after, Scanned(b"next"))
    assert step(waiting, late) == (waiting, ())


def test_an_answer_to_an_earlier_question_is_not_taken_for_the_later_one() -> None:
    """Within one turn, too, an answer belongs to the question that it was asked with."""
    session, _ = press(type_(scanned(), "01011990"), Action.CONTINUE)
    first_ask = session.ask
    session, _ = reply(session, NoVisit())
    session, _ = press(session, Action.TRY_AGAIN)
    session, _ = press(type_(session, "02031987"), Action.CONTINUE)
    assert session.ask != first_ask
    assert step(session, Reply(session.turn, first_ask, VisitFound(visit()))) == (session, ())


def test_a_timer_of_an_earlier_turn_does_nothing() -> None:
    """A time-out that was set for one patient never touches the next, though the screens count alike."""
    session, _ = step(first(), Scanned(b"code"))
    old = TimedOut(session.turn, session.serial)
    session, _ = press(session, Action.PERSON, Action.FINISH)
    session, _ = step(session, Scanned(b"code"))
    assert (old.turn, old.serial) != (session.turn, session.serial)
    assert old.serial == session.serial
    assert step(session, old) == (session, ())


def test_the_language_may_be_changed_on_every_screen_and_ends_with_the_turn() -> None:
    """A choice of language keeps the place, and the next patient starts in the office's own."""
    session, _ = step(found(), ChoseLanguage(SPANISH))
    assert isinstance(session.stage, Details)
    assert view(session).language == SPANISH
    after, _ = press(session, Action.PERSON, Action.FINISH)
    assert view(after).language == ENGLISH


def test_a_reader_that_went_away_is_said_and_typing_still_works() -> None:
    """Without a camera the first screen asks for the name."""
    session, _ = step(first(), ReaderChanged(is_working=False))
    assert view(session).body != view(first()).body
    session, _ = press(session, Action.NO_CODE)
    assert view(session).entry is not None


def test_a_kiosk_that_broke_sends_to_a_person() -> None:
    """Whatever went wrong behind the screen, the patient is not left before it, and the desk is told once."""
    session, (call,) = step(found(), Broke())
    assert session.stage == Desk(DeskReason.TROUBLE)
    assert isinstance(call, CallDesk)
    assert step(session, Broke()) == (session, ())


def test_nothing_to_pay_is_explained_as_well() -> None:
    """The reasons are one touch away for no amount, too."""
    session, _ = press(found(visit(0)), Action.YES, Action.YES, Action.WHY)
    screen = view(session)
    assert screen.name == "why"
    assert screen.title.values == ()
    assert [line.code for line in screen.lines] == ["copay"]


def test_help_is_on_every_screen_and_calls_the_desk() -> None:
    """Whatever is shown, a person is one touch away, and learns which visit it is about when that is known."""
    session, (call,) = press(found(), Action.PERSON)
    assert session.stage == Desk(DeskReason.ASKED)
    assert isinstance(call, CallDesk)
    assert call.appointment == AppointmentId("apt-1")


def shown_by(screen: Screen) -> str:
    """Everything that a screen would draw."""
    said = [screen.title, screen.body, screen.notice, *(b.label for b in (*screen.buttons, *screen.fixed))]
    texts = [str(value) for each in said if each is not None for _, value in each.values]
    for field in screen.fields:
        if isinstance(field.value, str):
            texts.append(field.value)
        else:
            texts += [str(value) for _, value in field.value.values]
    if screen.entry:
        texts.append(screen.entry.text)
    texts += [str(line.amount) for line in screen.lines]
    return "\n".join([*texts, screen.big, screen.qr])


answers = st.sampled_from(
    [
        CodeAccepted(CLAIMS),
        CodeRejected(Rejection.EXPIRED),
        VisitFound(visit()),
        VisitFound(visit(0)),
        VisitFound(visit(2500, "")),
        NoVisit(),
        AlreadyHere(5, "t5"),
        CheckedIn(6, "t6"),
        TurnedAway(),
        Unavailable(),
        *(PaymentEnded(state) for state in PaymentState),
    ]
)
FITTING: dict[type, list[Answer]] = {
    JudgeCode: [CodeAccepted(CLAIMS), CodeRejected(Rejection.FORGED)],
    FindVisit: [VisitFound(visit()), NoVisit(), VisitFound(visit(0)), AlreadyHere(5, "t5"), Unavailable()],
    StoreCheckIn: [
        CheckedIn(6, "t6"),
        AlreadyHere(5, "t5"),
        AlreadyHere(5, "t5", owes=True),
        TurnedAway(),
        Unavailable(),
    ],
    TakePayment: [PaymentEnded(PaymentState.APPROVED), PaymentEnded(PaymentState.DECLINED), Unavailable()],
}
small = st.integers(-1, 4)
inputs: st.SearchStrategy[Input] = st.one_of(
    st.builds(Press, st.sampled_from(Action), st.integers(0, 40)),
    st.builds(Typed, st.text(max_size=2)),
    st.just(Erased()),
    st.builds(Scanned, st.binary(max_size=200)),
    st.builds(ChoseLanguage, st.sampled_from([ENGLISH, SPANISH])),
    st.builds(TimedOut, small, st.integers(0, 40)),
    st.builds(ReaderChanged, st.booleans()),
    st.just(Broke()),
    st.builds(Reply, small, small, answers),
)


@given(st.lists(inputs, max_size=40))
def test_it_is_total(given_: list[Input]) -> None:
    """Whatever comes in, a session and a screen come out."""
    session = first()
    for each in given_:
        session, effects = step(session, each)
        assert isinstance(effects, tuple)
        view(session)


class Kiosk(RuleBasedStateMachine):
    """A kiosk between patients who do as they like and an office that answers when it likes, or twice, or late."""

    def __init__(self) -> None:
        super().__init__()
        self.session = first()
        self.asked: list[tuple[int, int, Effect]] = []
        self.replied: list[Reply] = []
        self.matched: set[int] = set()
        self.stored: set[int] = set()
        self.paid: set[int] = set()
        self.misses: dict[int, int] = {}
        self.typed: dict[int, list[str]] = {}

    def feed(self, given_: Input) -> None:
        before = self.session
        self.session, effects = step(before, given_)
        assert self.session.turn in {before.turn, before.turn + 1}
        if self.session.turn > before.turn:
            assert effects == (Wipe(before.turn),)
            fresh = attrs.evolve(Session.first(ENGLISH), turn=self.session.turn)
            assert attrs.evolve(self.session, reader_works=True) == fresh
        elif self.session != before and not isinstance(given_, ReaderChanged):
            assert self.session.serial > before.serial
        for effect in effects:
            assert effect.turn == before.turn
            if isinstance(effect, JudgeCode | FindVisit | StoreCheckIn | TakePayment):
                assert effect.ask == self.session.ask
                self.asked.append((effect.turn, effect.ask, effect))
            if isinstance(effect, FindVisit):
                assert self.misses.get(effect.turn, 0) < TRIES
            if isinstance(effect, StoreCheckIn):
                assert effect.turn in self.matched
            if isinstance(effect, TakePayment):
                assert effect.turn in self.stored
                assert effect.amount > Money.zero

    @rule(index=st.integers(0, 5))
    def touch(self, index: int) -> None:
        """Press one of the buttons that are shown."""
        screen = view(self.session)
        buttons = (*screen.buttons, *screen.fixed)
        self.feed(Press(buttons[index % len(buttons)].action, screen.serial))

    @rule(action=st.sampled_from(Action), serial=st.integers(0, 60))
    def ghost_touch(self, action: Action, serial: int) -> None:
        """Press something that may not be there, on a screen that may be gone."""
        self.feed(Press(action, serial))

    @rule()
    def type_something(self) -> None:
        """Type a name, a date or a number, whichever fits."""
        entry = view(self.session).entry
        if entry is not None:
            for character in {"date": "02031987", "digits": "2175550142"}.get(entry.keyboard.value, "Ana 5"):
                self.feed(Typed(character))

    @rule()
    def scan(self) -> None:
        """Hold a code before the camera."""
        self.feed(Scanned(b"code"))

    @rule()
    def wait(self) -> None:
        """Let the screen's time run out."""
        self.feed(TimedOut(self.session.turn, self.session.serial))

    @rule(data=st.data())
    def answer_the_last(self, data: st.DataObject) -> None:
        """Answer what was asked last with something that fits."""
        if self.asked:
            turn, ask, effect = self.asked[-1]
            self.deliver(Reply(turn, ask, data.draw(st.sampled_from(FITTING[type(effect)]))), effect)

    @rule()
    def go_on(self) -> None:
        """Do what most patients do: hold the code, type, press the main button, and get an answer."""
        screen = view(self.session)
        if self.asked and screen.is_waiting:
            turn, ask, effect = self.asked[-1]
            self.deliver(Reply(turn, ask, FITTING[type(effect)][0]), effect)
        elif screen.listens:
            self.scan()
        elif screen.entry is not None and not screen.entry.is_ready:
            self.type_something()
        elif screen.buttons:
            self.feed(Press(screen.buttons[0].action, screen.serial))

    @rule(answer=answers)
    def answer_nonsense(self, answer: Answer) -> None:
        """Answer what was asked last with whatever there is."""
        if self.asked:
            turn, ask, effect = self.asked[-1]
            self.deliver(Reply(turn, ask, answer), effect)

    @rule(answer=answers, index=st.integers(0, 50))
    def answer_something_old(self, answer: Answer, index: int) -> None:
        """An answer that comes late, or a second time."""
        if self.asked:
            turn, ask, effect = self.asked[index % len(self.asked)]
            self.deliver(Reply(turn, ask, answer), effect)

    def deliver(self, given_: Reply, effect: Effect) -> None:
        before = self.session
        is_current = (given_.turn, given_.ask) == (before.turn, before.ask)
        counts = is_current and view(before).is_waiting
        match effect, given_.answer:
            case FindVisit(), VisitFound() if counts:
                self.matched.add(given_.turn)
                self.misses[given_.turn] = 0
            case FindVisit(), NoVisit() if counts:
                self.misses[given_.turn] = self.misses.get(given_.turn, 0) + 1
            case StoreCheckIn(), CheckedIn() if counts:
                self.stored.add(given_.turn)
            case TakePayment(), PaymentEnded(PaymentState.APPROVED) if counts:
                self.paid.add(given_.turn)
        self.feed(given_)
        if not counts:
            assert self.session == before

    @invariant()
    def nothing_of_a_patient_before_two_identifiers(self) -> None:
        """Details are on the screen only in a turn whose visit was found."""
        shown = shown_by(view(self.session))
        if self.session.turn not in self.matched:
            for text in ("L*** A***", "***-***-0100", "****5678", "Okafor", "$"):
                assert text not in shown

    @invariant()
    def a_person_is_always_one_touch_away(self) -> None:
        """Each screen has the button, except the one that says that a person comes."""
        screen = view(self.session)
        has_person = any(button.action is Action.PERSON for button in screen.fixed)
        assert has_person or screen.name == "desk"

    @invariant()
    def nothing_personal_is_spoken(self) -> None:
        """Speech has no values in it, since others may hear it."""
        assert all(not said.values for said in view(self.session).speech)

    @invariant()
    def every_screen_but_the_first_ends_by_itself(self) -> None:
        """Nobody's visit stays on the screen for ever."""
        screen = view(self.session)
        if screen.timeout is None:
            assert self.session.stage == Welcome()

    @invariant()
    def paying_only_when_stored(self) -> None:
        """The terminal is in use only for a check-in that is stored."""
        if isinstance(self.session.stage, Paying | PaymentTrouble):
            assert self.session.turn in self.stored

    @invariant()
    def thanks_only_for_what_was_paid(self) -> None:
        """Nobody is told that a payment arrived before the terminal approved it."""
        notice = view(self.session).notice
        if notice is not None and notice.word is Word.DONE_PAID:
            assert self.session.turn in self.paid

    @invariant()
    def reprs_are_silent(self) -> None:
        """What a debugger or a log would show has nothing of a patient."""
        shown = repr(self.session) + repr(view(self.session))
        for text in ("L*** A***", "0100", "5678", "2175550142", "Okafor", "02031987", "Ana"):
            assert text not in shown


Kiosk.TestCase.settings = settings(max_examples=120, stateful_step_count=60, deadline=None)
TestKiosk = Kiosk.TestCase
