"""Laws of finding payment cards' numbers in text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import holds_card_number, luhn_digit, luhn_is_valid, without_card_numbers

CARDS = st.text("0123456789", min_size=12, max_size=18).map(lambda body: body + luhn_digit(body))
WORDS = st.text("abc XYZ.:/-_", max_size=12)


@st.composite
def grouped(draw: st.DrawFn) -> str:
    """A card's number, as people write it: in groups of one to six with a blank, a hyphen or something else between."""
    rest, groups = draw(CARDS), []
    while rest:
        size = draw(st.integers(1, 6))
        groups.append(rest[:size])
        rest = rest[size:]
    return draw(
        st.sampled_from((" ", "-", "", ".", "/", "_", "  ", " - ", "\N{EN DASH}", "\N{NO-BREAK SPACE}"))
    ).join(groups)


@given(WORDS, grouped(), WORDS)
def test_a_card_is_found_in_whatever_groups_it_is_written(before: str, number: str, after: str) -> None:
    """Groups, and words around it, hide no card; and what is kept has only its last four digits."""
    text = f"{before}{number}{after}"
    assert holds_card_number(text)
    kept = without_card_numbers(text)
    assert not holds_card_number(kept)
    assert sum(map(str.isdigit, kept)) == 4
    assert without_card_numbers(kept) == kept


@given(CARDS, st.integers(1, 12), st.integers(24, 40))
def test_the_month_after_it_hides_no_card(number: str, month: int, year: int) -> None:
    """A card's number that is followed by other digits is found all the same."""
    assert holds_card_number(f"{number} {month:02d}/{year}")
    assert holds_card_number(f"{month:02d} {number}")


@given(st.text("0123456789", max_size=12) | st.text("0123456789", min_size=20, max_size=40))
def test_other_lengths_are_no_card(digits: str) -> None:
    """A run of fewer or more digits is none, whatever it begins with."""
    assert not holds_card_number(digits)
    assert without_card_numbers(digits) == digits


@given(st.text("0123456789", min_size=13, max_size=19))
def test_the_check_digit_decides(digits: str) -> None:
    """A run of a card's length is one exactly when its Luhn digit fits."""
    assert holds_card_number(digits) == luhn_is_valid(digits)


@given(st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    """No text is too odd; one without a card stays as it is."""
    assert (without_card_numbers(text) == text) != holds_card_number(text)


@pytest.mark.parametrize(
    "text", ["4111111111111111", "visa 4111-1111-1111-1111 ok", "4111 1111 1111 1111 12 27"]
)
def test_a_published_test_number_is_seen(text: str) -> None:
    """Visa's test number, as people write it down."""
    assert "....1111" in without_card_numbers(text)
