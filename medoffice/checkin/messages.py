"""What goes into the check-in's machine and what comes out of it.

*Inputs* are what a patient does, what the clock does, and replies. *Effects* are what the world is asked to do; those
that will be answered bear a turn and a number, and the answer comes back as a :class:`Reply` with the same two, so an
answer that arrives late never reaches the next patient.
"""

from datetime import date, datetime
from enum import Enum

import attrs

from medoffice.billing import Estimate
from medoffice.billing.benefits.unknowns import PAYMENT_NOT_SETTLED
from medoffice.checkin.code import CodeAccepted, CodeClaims, CodeRejected
from medoffice.checkin.records import Correction, InsuranceAnswer, PayChoice, PaymentState, TaskKind
from medoffice.core.errors import InvalidValue
from medoffice.core.ids import AppointmentId
from medoffice.core.money import Money
from medoffice.core.people import Language
from medoffice.core.phi import PhiClass, phi

# --- inputs ---------------------------------------------------------------------------------------------------------


class Action(Enum):
    """A button."""

    NO_CODE = "no-code"
    YES = "yes"
    CHANGED = "changed"
    NONE = "none"
    CONTINUE = "continue"
    SKIP = "skip"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    PAY_NOW = "pay-now"
    PAY_AT_DESK = "pay-at-desk"
    WHY = "why"
    FINISH = "finish"
    PRINT = "print"
    TRY_AGAIN = "try-again"
    STAY = "stay"
    BACK = "back"
    PERSON = "person"


@attrs.frozen
class Press:
    """A button was pressed on the screen with that serial; a press meant for an earlier screen does nothing."""

    action: Action
    serial: int


@attrs.frozen
class Typed:
    """A key of the on-screen keyboard: one character."""

    character: str = attrs.field(**phi(PhiClass.OTHER_UNIQUE))


@attrs.frozen
class Erased:
    """The last character was taken back."""


@attrs.frozen
class Scanned:
    """A camera or scanner read a code; ``data`` is what was in it, not yet judged."""

    data: bytes = attrs.field(repr=False)


@attrs.frozen
class ChoseLanguage:
    """A language was chosen; it may be chosen on every screen."""

    language: Language


@attrs.frozen
class TimedOut:
    """The screen of that turn and serial has stood for its whole time-out."""

    turn: int
    serial: int


@attrs.frozen
class ReaderChanged:
    """The code reader went away, or came back."""

    is_working: bool


@attrs.frozen
class Broke:
    """The kiosk's own program could not go on with this screen; a person has to."""


# --- credentials and what the office answers ---------------------------------------------------------------------


@attrs.frozen
class ByCode:
    """The first identifier is a code that was accepted."""

    claims: CodeClaims


@attrs.frozen
class ByName:
    """The first identifier is the name, as it was typed."""

    family: str = attrs.field(**phi(PhiClass.NAME))
    given: str = attrs.field(**phi(PhiClass.NAME))


Credential = ByCode | ByName


@attrs.frozen(kw_only=True)
class VisitSummary:
    """What a kiosk may know of a visit after two identifiers: details arrive masked, and nothing else arrives.

    Texts are empty where the record has nothing. ``starts`` is aware, in the office's zone. ``asked`` is what is asked
    for now, at most what is due: less where the office's policy waits for what the payer has not told yet.

    Raises:
        InvalidValue: when more is asked for than is due.
    """

    appointment: AppointmentId
    name: str = attrs.field(**phi(PhiClass.NAME))
    phone: str = attrs.field(default="", **phi(PhiClass.PHONE))
    email: str = attrs.field(default="", **phi(PhiClass.EMAIL))
    address: str = attrs.field(default="", **phi(PhiClass.PLACE))
    payer: str = attrs.field(default="", **phi(PhiClass.PLAN_NUMBER))
    member: str = attrs.field(default="", **phi(PhiClass.PLAN_NUMBER))
    starts: datetime = attrs.field(**phi(PhiClass.DATE))
    provider: str = attrs.field(default="", **phi(PhiClass.NAME))
    due: Estimate = attrs.field(**phi(PhiClass.HEALTH))
    asked: Money = attrs.field(
        default=attrs.Factory(lambda self: self.due.due_today, takes_self=True), **phi(PhiClass.HEALTH)
    )

    def __attrs_post_init__(self) -> None:
        if not Money.zero <= self.asked <= self.due.due_today:
            raise InvalidValue("visit", "what is asked for is not below zero, and at most what is due")

    @property
    def is_safe_to_charge(self) -> bool:
        """Whether no earlier payment may have been taken for the same; with one, only the desk takes money."""
        return PAYMENT_NOT_SETTLED not in self.due.unknowns


@attrs.frozen
class VisitFound:
    """Both identifiers fit one visit of today."""

    visit: VisitSummary


@attrs.frozen
class NoVisit:
    """They do not; the answer is the same whatever it was that did not fit."""


@attrs.frozen
class AlreadyHere:
    """The visit is checked in, with this queue number and ticket; ``owes`` when something is left to be paid."""

    number: int
    ticket: str
    owes: bool = False


@attrs.frozen
class CheckedIn:
    """The check-in is stored for good. ``ticket`` is the text of the ticket's QR code; it holds no PHI."""

    number: int
    ticket: str


@attrs.frozen
class TurnedAway:
    """The office will not check the visit in at the kiosk (cancelled meanwhile, code used); the desk will help."""


@attrs.frozen
class PaymentEnded:
    """The terminal is through: approved, declined, or no answer."""

    state: PaymentState


@attrs.frozen
class Unavailable:
    """The office could not answer (its store is locked, full or gone); nothing was changed."""


Answer = (
    CodeAccepted
    | CodeRejected
    | VisitFound
    | NoVisit
    | AlreadyHere
    | CheckedIn
    | TurnedAway
    | PaymentEnded
    | Unavailable
)


@attrs.frozen
class Reply:
    """An answer to the effect of that turn and number."""

    turn: int
    ask: int
    answer: Answer


Input = Press | Typed | Erased | Scanned | ChoseLanguage | TimedOut | ReaderChanged | Broke | Reply

# --- effects --------------------------------------------------------------------------------------------------------


@attrs.frozen
class JudgeCode:
    """Judge what was scanned; answered by ``CodeAccepted`` or ``CodeRejected``."""

    turn: int
    ask: int
    data: bytes = attrs.field(repr=False)


@attrs.frozen
class FindVisit:
    """Find today's visit by two identifiers; answered by ``VisitFound``, ``NoVisit``, ``AlreadyHere``, …"""

    turn: int
    ask: int
    credential: Credential
    birth_date: date = attrs.field(**phi(PhiClass.DATE))


@attrs.frozen(kw_only=True)
class CheckInRequest:
    """Everything the patient confirmed or said."""

    appointment: AppointmentId
    jti: bytes | None = attrs.field(repr=False)
    """The one-time id of the code that was used; ``None`` for those who typed their name."""
    corrections: tuple[Correction, ...] = ()
    insurance: InsuranceAnswer
    due: Money = attrs.field(**phi(PhiClass.HEALTH))
    pay: PayChoice


@attrs.frozen
class StoreCheckIn:
    """Check the visit in; answered by ``CheckedIn`` after it is durable, ``AlreadyHere`` or ``TurnedAway``."""

    turn: int
    ask: int
    request: CheckInRequest


@attrs.frozen
class TakePayment:
    """Charge the amount at the terminal; answered by ``PaymentEnded``."""

    turn: int
    ask: int
    appointment: AppointmentId
    amount: Money


@attrs.frozen
class PrintTicket:
    """Print the queue number; not answered."""

    turn: int
    number: int
    ticket: str


@attrs.frozen
class CallDesk:
    """Tell the front desk; ``code`` names the screen or the reason; not answered."""

    turn: int
    kind: TaskKind
    code: str
    appointment: AppointmentId | None = None


@attrs.frozen
class Wipe:
    """The turn is over: forget everything about it (scanner buffers, texts, pictures); not answered."""

    turn: int


Effect = JudgeCode | FindVisit | StoreCheckIn | TakePayment | PrintTicket | CallDesk | Wipe
