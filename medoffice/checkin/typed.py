"""What the on-screen keyboard does to a stage, and what was typed in the end."""

from datetime import date
from typing import Final

import attrs

from medoffice.checkin.records import Detail
from medoffice.checkin.session import BirthDate, FamilyName, GivenName, Stage, TypeDetail
from medoffice.checkin.words import Word
from medoffice.core.errors import InvalidValue
from medoffice.core.people import Email, Phone, name_key

BIRTH_DATE_DIGITS: Final = 8
NAME_LENGTH: Final = 60
DETAIL_LENGTH: Final = {Detail.PHONE: 11, Detail.EMAIL: 120, Detail.ADDRESS: 160}


def append(stage: Stage, character: str) -> Stage:
    """The stage with one more character; the same stage where the character has no place."""
    if len(character) != 1 or not (character.isprintable()):
        return stage
    match stage:
        case FamilyName(family=text):
            return attrs.evolve(stage, family=_name(text, character))
        case GivenName(given=text):
            return attrs.evolve(stage, given=_name(text, character))
        case BirthDate(digits=digits) if _is_digit(character) and len(digits) < BIRTH_DATE_DIGITS:
            return attrs.evolve(stage, digits=digits + character, notice=None)
        case TypeDetail(detail=detail, text=text) if len(text) < DETAIL_LENGTH[detail]:
            if detail is Detail.PHONE and not _is_digit(character):
                return stage
            return attrs.evolve(stage, text=text + character, notice=None)
        case _:
            return stage


def erase(stage: Stage) -> Stage:
    """The stage without its last character; the same stage where there is none."""
    match stage:
        case FamilyName(family=text):
            return attrs.evolve(stage, family=text[:-1])
        case GivenName(given=text):
            return attrs.evolve(stage, given=text[:-1])
        case BirthDate(digits=digits):
            return attrs.evolve(stage, digits=digits[:-1], notice=None)
        case TypeDetail(text=text):
            return attrs.evolve(stage, text=text[:-1], notice=None)
        case _:
            return stage


def _is_digit(character: str) -> bool:
    return character.isascii() and character.isdigit()


def _name(text: str, character: str) -> str:
    is_part = character.isalpha() or (bool(text) and character in " -'’." and text[-1] not in " -'’.")
    return text + character if is_part and len(text) < NAME_LENGTH else text


def day_typed(digits: str) -> "date | Word":
    """The day that MMDDYYYY means, or the notice that there is no such day."""
    if len(digits) != BIRTH_DATE_DIGITS:
        return Word.NO_SUCH_DAY
    try:
        return date(int(digits[4:]), int(digits[:2]), int(digits[2:4]))
    except ValueError:
        return Word.NO_SUCH_DAY


def detail_typed(detail: Detail, text: str) -> str | Word:
    """The canonical text of a corrected detail, or the notice that says what is missing."""
    match detail:
        case Detail.PHONE:
            try:
                return str(Phone.parse(text))
            except InvalidValue:
                return Word.PHONE_WRONG
        case Detail.EMAIL:
            try:
                return str(Email.parse(text))
            except InvalidValue:
                return Word.EMAIL_WRONG
        case Detail.ADDRESS:
            line = " ".join(text.split())
            has_both = any(letter.isdigit() for letter in line) and bool(name_key(line))
            return line if has_both and len(line) >= 8 else Word.ADDRESS_WRONG  # noqa: PLR2004
