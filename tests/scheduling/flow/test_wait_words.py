"""A range in words."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.scheduling.flow import WaitRange, wait_words


@given(low=st.integers(0, 9000), length=st.integers(0, 9000))
def test_words_hold_the_whole_range(low: int, length: int) -> None:
    """Rounded to five minutes outwards, a range loses nothing, and never promises."""
    found = WaitRange(
        low=timedelta(seconds=low),
        high=timedelta(seconds=low + length),
        percent=80,
        ahead=1,
        is_open=False,
    )
    words = wait_words(found)
    assert timedelta(minutes=words.low) <= found.low
    assert found.high <= timedelta(minutes=words.high)
    assert words.low % 5 == words.high % 5 == 0
    assert words.high - words.low < length / 60 + 10
    assert not {"will", "promise", "guarantee"} & set(words.text.lower().replace(".", "").split())


@pytest.mark.parametrize(
    ("low", "high", "key", "says"),
    [
        (1, 4, "soon", "A few minutes."),
        (2, 12, "up-to", "Perhaps up to 15 minutes."),
        (21, 33, "about", "Perhaps 20 to 35 minutes."),
        (62, 131, "about", "Perhaps 60 minutes to 2 hours 15 minutes."),
        (125, 179, "about", "Perhaps 2 hours 5 minutes to 3 hours."),
    ],
)
def test_words_read_kindly(low: int, high: int, key: str, says: str) -> None:
    """A range as a person would say it, and that others may go first."""
    found = WaitRange(
        low=timedelta(minutes=low), high=timedelta(minutes=high), percent=80, ahead=1, is_open=False
    )
    words = wait_words(found)
    assert words.key == key
    assert words.text == f"{says} This can change: whoever needs care at once goes first."
