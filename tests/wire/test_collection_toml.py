"""What a practice writes about collecting is read as it is meant, or refused with its place."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import Money, UnknownName
from medoffice.wire.collection_toml import read_collection
from medoffice.wire.toml_tables import TomlFault
from medoffice.workflows.collection import CollectionPolicy, OpenEstimate, VisitDeposit

WHOLE = """
asks_balance = false
deposits_pay_balance = true
open_estimates = "lower-bound"
smallest_instalment = "$40.00"
most_instalments = 6

[deposits]
new-patient = "$100.00"
physical = "75"
"""


def test_every_key_is_read() -> None:
    """Each into the field of its name."""
    assert read_collection(WHOLE) == CollectionPolicy(
        asks_balance=False,
        deposits_pay_balance=True,
        open_estimates=OpenEstimate.LOWER,
        smallest_instalment=Money(40_00),
        most_instalments=6,
        deposits=(VisitDeposit("new-patient", Money(100_00)), VisitDeposit("physical", Money(75_00))),
    )


def test_what_is_left_out_is_the_usual() -> None:
    """An empty file is no other policy."""
    assert read_collection("") == CollectionPolicy()


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("asks_balance = 1", "asks_balance: true or false is wanted"),
        ("most_instalments = true", "most_instalments: a whole number is wanted"),
        ("most_instalments = 0", "a plan has from 1 to 60 instalments"),
        ("most_instalments = 2.0", "most_instalments: a whole number is wanted"),
        ("smallest_instalment = 25", "smallest_instalment: a text in quotes is wanted"),
        ('smallest_instalment = "a lot"', "smallest_instalment: write dollars and cents"),
        ('smallest_instalment = "$0.00"', "its smallest instalment is above zero"),
        ('open_estimates = "all"', "open_estimates: it is one of: due-today, lower-bound, co-pay-only"),
        ('[deposits]\nnew-patient = "-$1.00"', "deposits.new-patient: its amount is above zero"),
        ("[deposits]\nnew-patient = 100", "deposits.new-patient: a text in quotes is wanted"),
        ('[deposits]\n"New patient" = "$1.00"', "deposits.New patient: its visit is the code"),
        ("deposits = 3", "deposits: a table is wanted"),
        ("asks_balance =", "this is not TOML"),
    ],
)
def test_what_cannot_be_says_where(text: str, where: str) -> None:
    """The place, and what is wanted there."""
    with pytest.raises(TomlFault) as caught:
        read_collection(text)
    assert where in str(caught.value)


def test_an_unknown_key_suggests_the_nearest() -> None:
    """A slip of the pen is not silently another policy."""
    with pytest.raises(UnknownName, match="smallest_instalment"):
        read_collection('smalest_instalment = "$40.00"')


@given(st.dictionaries(st.text(max_size=12), st.integers() | st.booleans() | st.text(max_size=9), max_size=4))
def test_any_keys_are_read_or_refused(table: dict[str, Any]) -> None:
    """Nothing else comes out."""
    lines = [f"{_quoted(key)} = {_value(value)}" for key, value in table.items()]
    with suppress(TomlFault, UnknownName):
        assert isinstance(read_collection("\n".join(lines)), CollectionPolicy)


def _quoted(text: str) -> str:
    return '"' + "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in text) + '"'


def _value(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value % 1000)
        case _:
            return _quoted(str(value))
