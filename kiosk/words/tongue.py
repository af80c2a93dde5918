"""What one language must bring: its own name, a sentence for every word, and how it writes times and dates."""

from collections.abc import Callable, Mapping
from datetime import date, time
from enum import Enum

import attrs

from medoffice.checkin.words import Word
from medoffice.core.people import Language


class FaceWord(Enum):
    """What the kiosk's face says besides the check-in's own words: keys, signs, the ticket."""

    SPACE = "key.space"
    ERASE = "key.erase"
    MONTH = "date.month"
    DAY = "date.day"
    YEAR = "date.year"
    CAREFUL = "sign.careful"
    GOOD = "sign.good"
    NOTE = "sign.note"
    MORE = "more"
    STEP = "step"
    PRIVATE = "ticket.private"


@attrs.frozen(kw_only=True)
class Tongue:
    """One language; made once, in the file that bears its tag.

    Attributes:
        name: the language's name in itself, for the button that chooses it.
        words: a sentence for every :class:`~medoffice.checkin.words.Word`; ``{name}`` stands for a value.
        face: the same for every :class:`FaceWord`.
        steps: why an amount is what it is, by the step codes of :mod:`medoffice.billing`.
        unknowns: what an estimate did not know, by the unknown codes of :mod:`medoffice.billing`.
        time: how a time of day is written.
        date: how a day is written.
        letters: letters that the language has beside A to Z and that names need often.
    """

    language: Language
    name: str
    words: Mapping[Word, str]
    face: Mapping[FaceWord, str]
    steps: Mapping[str, str]
    unknowns: Mapping[str, str]
    time: Callable[[time], str]
    date: Callable[[date], str]
    letters: str = ""
