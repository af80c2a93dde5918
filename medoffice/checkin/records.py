"""What a check-in leaves behind in the office's store."""

from datetime import date, datetime
from enum import Enum

import attrs

from medoffice.billing.account import Means, Split
from medoffice.core.cardnumber import without_card_numbers
from medoffice.core.errors import InvalidValue
from medoffice.core.ids import ActorId, AppointmentId, PatientId, PaymentId, TaskId
from medoffice.core.money import Money
from medoffice.core.phi import PhiClass, phi
from medoffice.core.times import as_instant


class Detail(Enum):
    """A part of the record that a patient may correct at the kiosk."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"


class InsuranceAnswer(Enum):
    """What the patient said about the coverage on file."""

    SAME = "same"
    CHANGED = "changed"
    NONE = "none"


class PayChoice(Enum):
    """How the patient wants to pay what is due today."""

    NOTHING_DUE = "nothing-due"
    NOW = "now"
    AT_DESK = "at-desk"


@attrs.frozen
class Correction:
    """What the patient says a detail is now. The record changes only when the desk accepts it."""

    detail: Detail
    text: str = attrs.field(**phi(PhiClass.OTHER_UNIQUE))


@attrs.frozen(kw_only=True)
class CheckIn:
    """A patient is here: when, with which number in the day's queue, and what they said.

    ``number`` counts from 1 within ``day``, which is the day on the office's own calendar.
    """

    appointment: AppointmentId
    patient: PatientId
    at: datetime = attrs.field(converter=as_instant)
    day: date
    number: int
    by: ActorId
    corrections: tuple[Correction, ...] = attrs.field(default=(), **phi(PhiClass.OTHER_UNIQUE))
    insurance: InsuranceAnswer
    due: Money = attrs.field(**phi(PhiClass.HEALTH))
    pay: PayChoice

    def __attrs_post_init__(self) -> None:
        if self.number < 1:
            raise InvalidValue("check-in", "queue numbers count from 1")


class TaskKind(Enum):
    """Why the front desk is wanted."""

    HELP = "help"
    CORRECTION = "correction"
    INSURANCE = "insurance"
    IDENTITY = "identity"
    PAYMENT = "payment"
    DEVICE = "device"
    CODE = "code"
    """A code was held to a kiosk that is none of ours, too old, or forged."""


@attrs.frozen(kw_only=True)
class DeskTask:
    """One thing for the front desk; ``code`` is the finding or the screen that it came from."""

    id: TaskId
    kind: TaskKind
    code: str
    at: datetime = attrs.field(converter=as_instant)
    by: ActorId
    appointment: AppointmentId | None = None
    note: str = attrs.field(default="", **phi(PhiClass.OTHER_UNIQUE))
    is_open: bool = True


class PaymentState(Enum):
    """How far a payment has come. ``ASKED`` is written before the terminal is."""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    UNKNOWN = "unknown"
    """The terminal gave no answer; the desk must ask it before anybody charges again."""


@attrs.frozen(kw_only=True)
class Payment:
    """One payment for one appointment; ``reference`` is the terminal's or the check's.

    What looks like a card's number in it is kept by its last four digits only
    (:func:`medoffice.core.without_card_numbers`): a terminal's own numbers look so now and then, and a payment that was
    taken is written down whatever the terminal calls it.

    ``meant`` is what it was asked for, part by part; ``None`` where it was the visit alone, as before there were
    accounts. What became of a payment that was taken, and whether it was voided since, says the patient's account.

    Raises:
        InvalidValue: when the amount is not above zero, or its parts do not add up to it.
    """

    id: PaymentId
    appointment: AppointmentId
    amount: Money = attrs.field(**phi(PhiClass.HEALTH))
    state: PaymentState = PaymentState.ASKED
    at: datetime = attrs.field(converter=as_instant)
    reference: str = attrs.field(default="", converter=without_card_numbers)
    means: Means = Means.CARD
    meant: Split | None = None

    def __attrs_post_init__(self) -> None:
        if self.amount <= Money.zero:
            raise InvalidValue("payment", "its amount is above zero")
        if self.meant is not None and self.meant.amount != self.amount:
            raise InvalidValue("payment", "its parts add up to its amount")


@attrs.frozen(kw_only=True)
class VisitCode:
    """A code that was handed to a patient: its random handle (16 bytes), the visit, and until when it is good."""

    handle: bytes = attrs.field(repr=False)
    appointment: AppointmentId
    expires: datetime = attrs.field(converter=as_instant)
