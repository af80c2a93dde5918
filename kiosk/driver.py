"""Between the pure machine and the world: feeds inputs through ``step`` and carries out the effects.

Everything public is called from the screen's thread and returns at once. What may take long runs in three lanes: one
for the office's store, one for terminal and printer (so that a card that nobody inserts keeps no next patient from
being found), and one that only calls charges off (so that no slow store leaves a charge open for the next patient's
card); answers come back to the screen's thread through ``post`` with the turn and number of their question.
"""

import logging
from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

import attrs

from kiosk.allowance import Allowance
from kiosk.backlog import Backlog, DeskCall
from kiosk.devices.printer import NotPrinted, TicketPrinter
from kiosk.devices.terminal import PaymentTerminal, Unknown
from kiosk.devices.ticket import Ticket
from kiosk.insist import Patience
from kiosk.journal import Event, note
from kiosk.lanes import Lane
from kiosk.payments import Charge, call_off, settlement_of
from kiosk.recovery import resolved
from kiosk.words import FaceWord, face_phrase, phrase
from medoffice.checkin import Session, step, view
from medoffice.checkin.messages import (
    Action,
    Answer,
    Broke,
    CallDesk,
    ChoseLanguage,
    Effect,
    Erased,
    FindVisit,
    Input,
    JudgeCode,
    PaymentEnded,
    Press,
    PrintTicket,
    ReaderChanged,
    Reply,
    Scanned,
    StoreCheckIn,
    TakePayment,
    TimedOut,
    Typed,
    Unavailable,
    Wipe,
)
from medoffice.checkin.records import PaymentState, TaskKind
from medoffice.checkin.screen import Screen
from medoffice.checkin.session import Paying
from medoffice.checkin.words import Word, say
from medoffice.core.ids import AppointmentId, CommandKey, PaymentId
from medoffice.core.people import Language
from medoffice.ports.reception import Reception
from medoffice.ports.store import StoreError

DELIVER_AGAIN: Final = 30.0
"""Seconds between two attempts to hand over what the office could not take."""


class Timers(Protocol):
    """Calls back on the screen's thread."""

    def after(self, seconds: float, call: Callable[[], None], /) -> Callable[[], None]:
        """Call once after so many seconds; the result calls it off."""
        ...


@attrs.frozen(kw_only=True)
class World:
    """What a driver works with.

    Attributes:
        reception: the office.
        terminal: takes payments.
        printer: prints tickets; ``None`` where there is none, and printing is then not offered.
        office_name: stands on the ticket.
        boot: tells this run of the kiosk from every other; part of each command's key. 1 to 24 letters a to z,
            unpredictable, so that no key of an earlier run comes again.
        clock: steady seconds.
        wait: waits so many seconds in a lane.
        timers: for time-outs.
        post: runs something on the screen's thread, soon; may be called from any thread.
        office_lane: where the store is asked.
        device_lane: where terminal and printer are.
        call_off_lane: where the terminal is told that nobody waits for a charge, while ``device_lane`` waits for it.
    """

    reception: Reception
    terminal: PaymentTerminal
    printer: TicketPrinter | None = None
    office_name: str
    boot: str = attrs.field(validator=attrs.validators.matches_re(r"[a-z]{1,24}"))
    clock: Callable[[], float]
    wait: Callable[[float], object]
    timers: Timers
    post: Callable[[Callable[[], None]], None]
    office_lane: Lane
    device_lane: Lane
    call_off_lane: Lane


class Driver:
    """Drives one kiosk.

    Args:
        world: what it works with.
        language: the office's own, in which every turn begins.
        on_screen: shows a screen; called on the screen's thread, first by :meth:`start`.
        has_camera: whether codes are held before a camera; without one a scanner that types reads them.
        takes_cards: whether paying now is offered; without, the desk takes payments.
    """

    def __init__(
        self,
        world: World,
        *,
        language: Language,
        on_screen: Callable[[Screen], None],
        has_camera: bool = True,
        takes_cards: bool = True,
    ) -> None:
        self._world = world
        self._on_screen = on_screen
        self._session = Session.first(language, has_camera=has_camera, takes_cards=takes_cards)
        self._screen = self._viewed()
        self._patience = Patience(wait=world.wait)
        self._allowance = Allowance()
        self._backlog = Backlog()
        self._wipers: list[Callable[[], None]] = []
        self._call_off: Callable[[], None] = lambda: None
        self._call_off_delivery: Callable[[], None] = lambda: None
        self._desk_calls = 0
        self._charging: PaymentId | None = None
        self._left_unknown: set[PaymentId] = set()
        self._has_recovered = False
        self._is_closed = False

    # --- what happens at the kiosk ------------------------------------------------------------------------------

    @property
    def screen(self) -> Screen:
        """What is to be seen now."""
        return self._screen

    def start(self) -> None:
        """Show the first screen, and learn how payments ended that an earlier run left open."""
        note(Event.STARTED)
        self._arm()
        self._on_screen(self._screen)
        self._recover()
        self._deliver_later()

    def close(self) -> None:
        """Call off what is being paid and forget the patient; nothing that comes later has any effect.

        Lanes are closed by whoever made them: the one for devices first, then :meth:`deliver`, then the office's.
        """
        self._call_off_charge()
        self._call_off()
        self._call_off_delivery()
        self._wipe()
        self._session = self._session.next_turn()
        self._screen = self._viewed()
        self._is_closed = True
        note(Event.STOPPED)

    def deliver(self) -> None:
        """Have what is owed to the office sent to it once more, in its lane; also after :meth:`close`."""
        self._world.office_lane.put(lambda: self._backlog.deliver(self._world.reception))

    def on_wipe(self, forget: Callable[[], None]) -> None:
        """Have ``forget`` called whenever a turn is over, before the next screen is shown."""
        self._wipers.append(forget)

    def press(self, action: Action, serial: int) -> None:
        """A button of the screen with that serial."""
        self._feed(Press(action, serial))

    def key(self, character: str) -> None:
        """One character, from the screen's keys or a keyboard."""
        self._feed(Typed(character))

    def erase(self) -> None:
        """The last character taken back."""
        self._feed(Erased())

    def choose_language(self, language: Language) -> None:
        """Another language, from now on in this turn."""
        self._feed(ChoseLanguage(language))

    def scan(self, data: bytes) -> None:
        """A code that camera or scanner read; at most ten in a row, and twenty a minute in the long run."""
        if not self._screen.listens:
            return
        self._allowance, is_granted = self._allowance.take(self._world.clock())
        if is_granted:
            self._feed(Scanned(data))
        else:
            note(Event.SCAN_IGNORED, logging.WARNING)

    def reader_changed(self, *, is_working: bool) -> None:
        """The camera went away, or came back; the desk is told when it goes."""
        if is_working == self._session.reader_works:
            return
        note(Event.READER_BACK if is_working else Event.READER_LOST)
        self._feed(ReaderChanged(is_working))
        if not is_working:
            self._call_desk(TaskKind.DEVICE, "camera.lost")

    def touched(self) -> None:
        """Somebody touches the glass, though no button: the patient is still there."""
        if not self._is_closed and not self._screen.is_waiting:
            self._arm()

    def broke(self, kind: type[BaseException]) -> None:
        """Something above or below this driver raised: a person takes over, and the office is told."""
        note(Event.FACE_BROKE, logging.ERROR, kind=kind)
        self._feed(Broke())

    # --- the machine --------------------------------------------------------------------------------------------

    def _feed(self, given: Input) -> None:
        if self._is_closed:
            return
        before = self._session
        inputs = deque([given])
        while inputs:
            self._session, effects = step(self._session, inputs.popleft())
            for effect in effects:
                inputs.extend(self._carry_out(effect))
        if self._session != before:
            if not isinstance(self._session.stage, Paying):
                self._call_off_charge()
            self._show()

    def _viewed(self) -> Screen:
        screen = view(self._session)
        if self._world.printer is not None:
            return screen
        return attrs.evolve(
            screen, buttons=tuple(each for each in screen.buttons if each.action is not Action.PRINT)
        )

    def _show(self) -> None:
        before, self._screen = self._screen, self._viewed()
        if (before.turn, before.serial) != (self._screen.turn, self._screen.serial):
            self._arm()
        self._on_screen(self._screen)

    def _arm(self) -> None:
        self._call_off()
        screen = self._screen
        if screen.timeout is None:
            self._call_off = lambda: None
            return
        ended = TimedOut(screen.turn, screen.serial)
        self._call_off = self._world.timers.after(screen.timeout, lambda: self._feed(ended))

    # --- effects ------------------------------------------------------------------------------------------------

    def _carry_out(self, effect: Effect) -> tuple[Input, ...]:
        """Do it, or have it done; the inputs that follow at once."""
        match effect:
            case JudgeCode(turn, ask, data):
                return (Reply(turn, ask, self._guarded(lambda: self._world.reception.judge_code(data))),)
            case FindVisit():
                self._find(effect)
            case StoreCheckIn(turn, ask, request):
                key = self._key(turn, ask, "check-in")
                self._ask(turn, ask, lambda: self._world.reception.check_in(key, request))
            case TakePayment():
                self._charge(effect)
            case PrintTicket():
                self._print(effect)
            case CallDesk(_, kind, code, appointment):
                self._call_desk(kind, code, appointment)
            case Wipe(turn):
                note(Event.TURN_ENDED, turn=turn)
                self._wipe()
        return ()

    def _key(self, turn: int, ask: int, what: str) -> CommandKey:
        """The same for the same question, however often it is asked; never twice for two."""
        return CommandKey(f"{self._world.boot}-{turn}-{ask}-{what}")

    def _find(self, effect: FindVisit) -> None:
        key = self._key(effect.turn, effect.ask, "find")

        def find() -> Answer:
            return self._world.reception.find_visit(key, effect.credential, effect.birth_date)

        # A look-up whose patient has left meanwhile is not made: nobody needs to be looked at for it.
        self._ask(effect.turn, effect.ask, find, is_wanted=lambda: self._session.turn == effect.turn)

    def _ask(
        self, turn: int, ask: int, command: Callable[[], Answer], is_wanted: Callable[[], bool] = lambda: True
    ) -> None:
        def work() -> None:
            if is_wanted():
                self._reply(turn, ask, self._guarded(lambda: self._patience.insist(command)))
            self._backlog.deliver(self._world.reception)

        self._world.office_lane.put(work)

    def _reply(self, turn: int, ask: int, answer: Answer) -> None:
        self._world.post(lambda: self._feed(Reply(turn, ask, answer)))

    def _guarded(self, command: Callable[[], Answer]) -> Answer:
        """The command's answer; what it raises becomes ``Unavailable``, and the unforeseen a task for the office."""
        try:
            return command()
        except StoreError as trouble:
            note(Event.OFFICE_REFUSED, logging.WARNING, kind=type(trouble))
        except Exception as trouble:  # noqa: BLE001  never a crash before a patient
            note(Event.UNFORESEEN, logging.ERROR, kind=type(trouble))
            self._world.post(lambda: self._call_desk(TaskKind.DEVICE, "kiosk.unforeseen"))
        return Unavailable()

    def _charge(self, effect: TakePayment) -> None:
        turn, ask = effect.turn, effect.ask
        charge = Charge(
            ask_key=self._key(turn, ask, "pay"),
            settle_key=self._key(turn, ask, "settle"),
            payment=PaymentId(f"{self._world.boot}-{turn}-{ask}"),
            appointment=effect.appointment,
            amount=effect.amount,
        )
        self._charging = charge.payment

        def work() -> None:
            ended = self._guarded(lambda: PaymentEnded(self._taken(charge)))
            self._world.post(lambda: self._charged(Reply(turn, ask, ended), charge.payment))

        self._world.device_lane.put(work)

    def _taken(self, charge: Charge) -> PaymentState:
        state = charge.take(
            self._world.reception,
            self._world.terminal,
            self._patience,
            owe=self._backlog.add,
            is_wanted=lambda: self._charging == charge.payment,
        )
        if state is PaymentState.UNKNOWN:
            # It may still be under way: kept from being paid by the next card, and heard of when the line is back.
            self._left_unknown.add(charge.payment)
            self._tell_nobody_waits(charge.payment)
        return state

    def _charged(self, reply: Reply, payment: PaymentId) -> None:
        if self._charging == payment:
            self._charging = None
        self._feed(reply)

    def _call_off_charge(self) -> None:
        """Call off what nobody waits for any more: it is not begun, and should it be under way, the terminal is told."""
        if self._charging is None:
            return
        payment, self._charging = self._charging, None
        self._tell_nobody_waits(payment)

    def _tell_nobody_waits(self, payment: PaymentId) -> None:
        """Have the terminal told; an answer that the charge itself did not get is written down."""

        def work() -> None:
            outcome = call_off(self._world.terminal, payment, self._world.wait)
            if payment in self._left_unknown and not isinstance(outcome, Unknown):
                self._backlog.add(settlement_of(payment, outcome))
                self.deliver()

        self._world.call_off_lane.put(work)

    def _recover(self) -> None:
        """Have payments resolved that an earlier run left open; between two charges, as the terminal does one thing."""

        def work() -> None:
            if self._has_recovered or self._is_closed:
                return
            try:
                left = self._patience.insist(self._world.reception.unsettled_payments)
            except Exception as trouble:  # noqa: BLE001  tried again with the next delivery
                note(Event.OFFICE_REFUSED, logging.WARNING, kind=type(trouble))
                return
            self._has_recovered = True
            own = f"{self._world.boot}-"
            for each in left:
                if not each.id.value.startswith(own):
                    self._backlog.add(resolved(each, self._world.terminal))
            if left:
                self.deliver()

        self._world.device_lane.put(work)

    def _print(self, effect: PrintTicket) -> None:
        printer, language = self._world.printer, self._session.language
        if printer is None:
            return
        lines = (
            self._world.office_name,
            phrase(say(Word.DONE_BODY), language),
            face_phrase(FaceWord.PRIVATE, language),
        )
        ticket = Ticket(number=str(effect.number), payload=effect.ticket, lines=lines)

        def work() -> None:
            try:
                outcome = printer.print_ticket(ticket)
            except Exception as trouble:  # noqa: BLE001  a driver may raise anything
                note(Event.TICKET_NOT_PRINTED, logging.ERROR, kind=type(trouble))
            else:
                if not isinstance(outcome, NotPrinted):
                    return
                note(Event.TICKET_NOT_PRINTED, logging.WARNING, reason=outcome.reason)
            self._world.post(lambda: self._call_desk(TaskKind.DEVICE, "printer.no-ticket"))

        self._world.device_lane.put(work)

    # --- the desk, and forgetting -------------------------------------------------------------------------------

    def _call_desk(self, kind: TaskKind, code: str, appointment: AppointmentId | None = None) -> None:
        self._desk_calls += 1
        key = CommandKey(f"{self._world.boot}-desk-{self._desk_calls}")
        self._backlog.add(DeskCall(key=key, kind=kind, code=code, appointment=appointment))
        self.deliver()

    def _deliver_later(self) -> None:
        def deliver() -> None:
            if len(self._backlog):
                self.deliver()
            if not self._has_recovered:
                self._recover()
            self._deliver_later()

        self._call_off_delivery = self._world.timers.after(DELIVER_AGAIN, deliver)

    def _wipe(self) -> None:
        for forget in self._wipers:
            try:
                forget()
            except Exception as trouble:  # noqa: BLE001  the others must forget all the same
                note(Event.UNFORESEEN, logging.ERROR, kind=type(trouble))
