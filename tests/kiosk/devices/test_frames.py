"""Frames hold what they say, and say nothing of what they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kiosk.devices.frames import Frame
from medoffice.core.errors import InvalidValue

SIDES = st.integers(min_value=1, max_value=40)


@given(SIDES, SIDES, st.randoms(use_true_random=False))
def test_a_frame_becomes_a_picture_and_comes_back(width: int, height: int, chance: object) -> None:
    """Frame to picture to frame changes nothing."""
    pixels = chance.randbytes(width * height)  # type: ignore[attr-defined]
    frame = Frame(width=width, height=height, luminance=pixels)
    assert Frame.from_picture(frame.as_picture()) == frame


@given(SIDES, SIDES)
def test_rows_are_rows(width: int, height: int) -> None:
    """``rows`` has as many rows and columns as the frame, with the pixel at its place."""
    pixels = bytes((x + 7 * y) % 256 for y in range(height) for x in range(width))
    rows = Frame(width=width, height=height, luminance=pixels).rows()
    assert rows.shape == (height, width)
    assert rows[height - 1, width - 1] == pixels[-1]


@given(SIDES, SIDES, st.integers(min_value=-1600, max_value=1600).filter(bool))
def test_wrong_number_of_pixels_is_refused(width: int, height: int, off: int) -> None:
    """A frame whose bytes do not fill its rows cannot exist."""
    length = max(0, width * height + off)
    if length != width * height:
        with pytest.raises(InvalidValue):
            Frame(width=width, height=height, luminance=bytes(length))


@pytest.mark.parametrize("side", [0, -1, 8193])
def test_impossible_sides_are_refused(side: int) -> None:
    """No frame is empty, negative or larger than any camera gives."""
    with pytest.raises(InvalidValue):
        Frame(width=side, height=1, luminance=bytes(max(0, side)))


def test_repr_shows_no_pixels() -> None:
    """What lay before the camera is not in the repr."""
    assert repr(Frame(width=6, height=1, luminance=b"CANARY")) == "Frame(6x1)"


def test_colours_become_grey() -> None:
    """A picture of any mode gives luminance."""
    assert Frame.from_picture(Image.new("RGB", (2, 1), (0, 255, 0))).luminance == bytes([150, 150])
