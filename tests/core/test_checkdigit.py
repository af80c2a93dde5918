"""The Luhn check digit, with python-stdnum as the oracle."""

from string import digits

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn as oracle

from medoffice.core import InvalidValue, luhn_digit, luhn_is_valid

RUNS = st.text(digits, min_size=1, max_size=30)


@given(RUNS)
def test_check_digit_is_the_oracles(body: str) -> None:
    """The check digit is the one that python-stdnum works out, and no other digit fits."""
    digit = luhn_digit(body)
    assert digit == oracle.calc_check_digit(body)
    assert [each for each in digits if luhn_is_valid(body + each)] == [digit]


@given(st.text(digits, min_size=2, max_size=30))
def test_validity_is_the_oracles(number: str) -> None:
    """A run of digits is valid exactly when python-stdnum says so."""
    assert luhn_is_valid(number) is oracle.is_valid(number)


@given(RUNS, st.data())
def test_one_wrong_digit_is_always_noticed(body: str, data: st.DataObject) -> None:
    """Whichever digit of a valid number is changed, it is valid no more."""
    number = body + luhn_digit(body)
    place = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(st.sampled_from(digits.replace(number[place], "")))
    assert not luhn_is_valid(number[:place] + other + number[place + 1 :])


@given(RUNS, st.data())
def test_two_neighbours_swapped_are_noticed(body: str, data: st.DataObject) -> None:
    """Two unlike neighbours that change places are noticed, but for 0 and 9, which Luhn cannot tell apart."""
    number = body + luhn_digit(body)
    place = data.draw(st.integers(0, len(number) - 2))
    first, second = number[place], number[place + 1]
    swapped = number[:place] + second + first + number[place + 2 :]
    assert luhn_is_valid(swapped) is (first == second or {first, second} == {"0", "9"})


@pytest.mark.parametrize("text", ["", "12a", " 18", "1 8", "-18", "\u0661\u0668", "\u00b2", "18\n"])
def test_only_ascii_digits_have_a_check_digit(text: str) -> None:
    """Text with anything else is not valid and has no check digit."""
    assert not luhn_is_valid(text)
    with pytest.raises(InvalidValue):
        luhn_digit(text)


def test_one_digit_alone_is_not_valid() -> None:
    """A check digit needs something before it."""
    assert not any(luhn_is_valid(digit) for digit in digits)
