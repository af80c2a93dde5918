"""A screen as data: everything a face needs to draw and speak, and nothing to decide."""

from enum import Enum

import attrs

from medoffice.checkin.messages import Action
from medoffice.checkin.words import Say
from medoffice.core.money import Money
from medoffice.core.people import Language
from medoffice.core.phi import PhiClass, phi


class Picture(Enum):
    """What is drawn in the upper part: what to hold where, or how things stand."""

    HOLD_CODE = "hold-code"
    WRITE = "write"
    CALENDAR = "calendar"
    WAIT = "wait"
    LOOK_AGAIN = "look-again"
    CHECK_LIST = "check-list"
    INSURANCE_CARD = "insurance-card"
    MONEY = "money"
    CARD_TERMINAL = "card-terminal"
    DONE = "done"
    PERSON = "person"
    CLOCK = "clock"


class Keyboard(Enum):
    """Which keys a text is typed with."""

    DATE = "date"
    DIGITS = "digits"
    NAME = "name"
    EMAIL = "email"
    ADDRESS = "address"


@attrs.frozen
class Entry:
    """A text that is being typed, as it is shown; ``is_ready`` when the main action may be pressed."""

    keyboard: Keyboard
    text: str = attrs.field(**phi(PhiClass.OTHER_UNIQUE))
    is_ready: bool = True


class Weight(Enum):
    """How a button looks: one filled main button at most, the others outlined."""

    MAIN = "main"
    OTHER = "other"


@attrs.frozen
class Button:
    """One choice."""

    action: Action
    label: Say
    weight: Weight = Weight.OTHER


@attrs.frozen
class Field:
    """A labelled line: a sentence, a text that is already masked, or an amount."""

    label: Say
    value: Say | str = attrs.field(**phi(PhiClass.OTHER_UNIQUE))


@attrs.frozen
class AmountLine:
    """One step of an explanation: its code (for translation), its English label, and the amount if it has one."""

    code: str
    label: str
    amount: Money | None


class Tone(Enum):
    """How a notice is meant; shown with a sign and a word, never by colour alone."""

    PLAIN = "plain"
    GOOD = "good"
    CAREFUL = "careful"


@attrs.frozen(kw_only=True)
class Screen:
    """One question.

    ``serial`` goes back with each press. ``timeout`` is in seconds; ``None`` stands for ever. ``progress`` is the
    step that the patient is at and how many there are. ``fixed`` are the buttons at the foot: back and a person.
    ``speech`` never holds a name, a date or an amount, since others may hear it.
    """

    name: str
    turn: int
    serial: int
    language: Language
    picture: Picture
    title: Say
    body: Say | None = None
    notice: Say | None = None
    tone: Tone = Tone.PLAIN
    fields: tuple[Field, ...] = ()
    lines: tuple[AmountLine, ...] = ()
    entry: Entry | None = None
    buttons: tuple[Button, ...] = ()
    fixed: tuple[Button, ...] = ()
    big: str = ""
    qr: str = attrs.field(default="", repr=False)
    progress: tuple[int, int] | None = None
    listens: bool = False
    speech: tuple[Say, ...] = ()
    timeout: float | None = None
    is_waiting: bool = False
