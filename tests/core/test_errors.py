"""Errors are the caller's to read, and never carry what was given."""

import pickle
import traceback
from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medoffice.core import (
    EIN,
    ICD10CM,
    MBI,
    MRN,
    NPI,
    CPTCode,
    DateRange,
    Email,
    HCPCSCode,
    InvalidValue,
    Language,
    MedofficeError,
    MemberId,
    Modifier,
    Money,
    NotInForce,
    PatientId,
    PayerId,
    Percent,
    PersonName,
    Phone,
    PlaceOfService,
    Severity,
    Taxonomy,
    TimeSlot,
    UnknownName,
    luhn_digit,
    parse_day,
    parse_procedure,
)

READERS: Final[tuple[Callable[[str], object], ...]] = (
    CPTCode.parse,
    DateRange.parse,
    EIN.parse,
    Email.parse,
    HCPCSCode.parse,
    ICD10CM.parse,
    Language.parse,
    MBI.parse,
    MRN.parse,
    MemberId.parse,
    Modifier.parse,
    Money.parse,
    NPI.parse,
    PatientId.parse,
    PayerId.parse,
    Percent.parse,
    PersonName.parse,
    Phone.parse,
    PlaceOfService.parse,
    Severity.parse,
    Taxonomy.parse,
    TimeSlot.parse,
    luhn_digit,
    parse_day,
    parse_procedure,
)
ALPHABETS: Final = ("0123456789-/:TZ+. ", "abcXYZ019@._- $%,*", "0123456789")
TEXTS: Final = st.text(max_size=60) | st.one_of([st.text(alphabet, max_size=60) for alphabet in ALPHABETS])


each_reader: Final = pytest.mark.parametrize("read", READERS, ids=lambda read: read.__qualname__)


def fixed_messages() -> set[str]:
    """What the readers say to a text that holds nothing; a reason that depends on the text is added as met."""
    said = set()
    for read in READERS:
        for text in ("\x01", "2026-02-30", "13/41/2026", "1234567890", "2026-02-01/2026-01-01", "a, b, c, d"):
            try:
                read(text)
            except InvalidValue as error:
                said.add(str(error))
    return said


FIXED: Final = " ".join((*sorted(fixed_messages()), "medoffice.core.errors.InvalidValue"))
"""What stands in messages whatever was read, the name of the class that tracebacks print included."""


@each_reader
@given(text=TEXTS)
def test_only_invalid_value_and_never_the_text(read: Callable[[str], object], text: str) -> None:
    """Whatever the text, reading gives a value or raises InvalidValue, which does not repeat the text."""
    try:
        read(text)
    except InvalidValue as error:
        shown = [str(error), repr(error), "".join(traceback.format_exception_only(error))]
        if len(text.strip()) >= 4 and text.strip() not in FIXED:
            assert all(text.strip() not in each for each in shown)


@each_reader
@settings(max_examples=10)
@given(canary=st.from_regex(r"Q[a-z]{5}[0-9]{4}Q", fullmatch=True))
def test_no_word_of_the_text_is_in_the_traceback_as_logs_show_it(
    read: Callable[[str], object], canary: str
) -> None:
    """A canary beside other words is in no line that a traceback prints as the error's message, its causes too."""
    for text in (
        canary,
        f"{canary}/{canary}",
        f"2026-11-24/{canary}",
        f"2026-11-24T14:00:00Z/{canary}",
        f"${canary}",
    ):
        try:
            read(text)
        except InvalidValue as error:
            shown: BaseException | None = error
            while shown is not None:
                assert canary.lower() not in f"{shown} {shown.args!r}".lower()
                shown = shown.__cause__ or (None if shown.__suppress_context__ else shown.__context__)


def test_the_messages_say_kind_and_reason() -> None:
    """An InvalidValue says which kind of value it was to be, and why it cannot be one."""
    error = InvalidValue("NPI", "the check digit does not fit")
    assert str(error) == "not a valid NPI: the check digit does not fit"
    assert (error.kind, error.reason) == ("NPI", "the check digit does not fit")


@pytest.mark.parametrize(
    ("error", "also", "text"),
    [
        (InvalidValue("day", "why"), ValueError, "not a valid day: why"),
        (NotInForce("a.limit", "why"), LookupError, "a.limit is not in force: why"),
        (UnknownName("rule", "MOD99"), LookupError, "no rule is called 'MOD99'"),
        (
            UnknownName("rule", "MOD99", "MOD09"),
            LookupError,
            "no rule is called 'MOD99'; did you mean 'MOD09'?",
        ),
    ],
)
def test_one_root_and_the_builtin_kin(error: MedofficeError, also: type[Exception], text: str) -> None:
    """Every error is caught as MedofficeError and as its builtin kin, and crosses processes unchanged."""
    assert isinstance(error, MedofficeError)
    assert isinstance(error, also)
    assert str(error) == text
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 -- our own bytes
    assert (type(again), str(again), vars(again)) == (type(error), text, vars(error))
