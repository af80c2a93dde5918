"""What a patient answered. A reply is a wish; the decision is taken elsewhere, by the book or by a person.

A reply is read whole: it means something only when all of it is a phrase that is known, courtesies aside. Whatever
else is said, however near it seems, is for a person to read.
"""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from medoffice.core import InvalidValue, Language
from medoffice.scheduling.reminders.words import COURTESIES, EITHER, MENTIONS_OF_STOP, PHRASES, Meaning


@attrs.frozen
class Confirm:
    """The patient comes."""


@attrs.frozen
class CancelWish:
    """The patient wants the visit cancelled."""


@attrs.frozen
class MoveWish:
    """The patient wants another time."""


@attrs.frozen
class Stop:
    """No more messages. ``may_mean_visit``: the word could also mean the visit (CANCEL), so a person asks.

    CANCEL is among the words that end messages by themselves (47 CFR 64.1200(a)(10)), and in an answer to a reminder
    it may be meant of the visit: messages end at once, and the visit stays until somebody has asked.
    """

    may_mean_visit: bool = False


@attrs.frozen
class Unclear:
    """For a person to read. ``may_mean_stop``: it mentions an end of messages, so none goes out until it is read."""

    may_mean_stop: bool = False


Reply = Confirm | CancelWish | MoveWish | Stop | Unclear

_REPLIES: Final[Mapping[Meaning, Reply]] = MappingProxyType(
    {
        Meaning.CONFIRM: Confirm(),
        Meaning.CANCEL: CancelWish(),
        Meaning.MOVE: MoveWish(),
        Meaning.STOP: Stop(),
    }
)


def read_reply(text: str, *, language: Language) -> Reply:
    """Read a text message, or the key pressed in a call, in English and in ``language`` where it is known."""
    said = _plain(text)
    for tongue in ("en", language.value.partition("-")[0]):
        if said in EITHER.get(tongue, ()):
            return Stop(may_mean_visit=True)
        for meaning, phrases in PHRASES.get(tongue, {}).items():
            if said in phrases:
                return _REPLIES[meaning]
    padded = f" {said} "
    return Unclear(may_mean_stop=any(f" {mention} " in padded for mention in MENTIONS_OF_STOP))


def reply_of(choice: str) -> Reply:
    """The reply for a button or a form's choice: ``confirm``, ``cancel``, ``move`` or ``stop``.

    Raises:
        InvalidValue: for any other word.
    """
    try:
        return _REPLIES[Meaning(choice)]
    except ValueError:
        raise InvalidValue("choice", "it is confirm, cancel, move or stop") from None


def _plain(text: str) -> str:
    """Small letters without marks and punctuation, courtesies taken away."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    joined = re.sub("['\u2019`]", "", bare)
    words = re.sub(r"[\W_]+", " ", f" {joined} ")
    for courtesy in COURTESIES:
        words = words.replace(f" {courtesy} ", " ")
    return words.strip()
