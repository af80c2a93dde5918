"""Nothing on a slip is cut, and nothing lies on anything else, whatever the names are."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medoffice.adapters.letters import CannotPrint, NoFont, Slip
from medoffice.adapters.letters.fonts import FACES, face, first_face
from medoffice.adapters.letters.layout import HEIGHT, MARGIN, ROOM, WIDTH, Layout, lay_out
from medoffice.adapters.letters.symbol import symbol_of
from medoffice.adapters.letters.wrapping import fitting, wrapped
from medoffice.core.people import Language

MakeSlip = Callable[..., Slip]
LETTERS = st.sampled_from("abcdefghiWMÁÑễŁжΩ'-.") | st.characters(min_codepoint=0xC0, max_codepoint=0x17F)
WORDS = st.text(LETTERS, min_size=1, max_size=40)
NAMES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
LANGUAGES = st.sampled_from(["en", "es"]).map(Language)


def check(layout: Layout) -> None:
    """Every line is within the margins, below the one before it, and off the code with its quiet zone."""
    for line in layout.lines:
        assert line.x >= MARGIN - 0.01
        assert line.x + line.width <= WIDTH - MARGIN + 0.01
        assert line.top >= MARGIN - 0.01
        assert line.bottom <= HEIGHT - MARGIN + 0.01
        assert line.bottom <= layout.code.top or line.top >= layout.code.top + layout.code.symbol.side
        assert not any(line.top < rule.y < line.bottom for rule in layout.rules)
    for above, below in pairwise(layout.lines):
        assert above.bottom <= below.top + 0.01


@settings(max_examples=60)
@given(patient=NAMES, clinician=NAMES, office=NAMES, place=NAMES, language=LANGUAGES)
def test_nothing_overlaps_and_nothing_is_cut(
    make_slip: MakeSlip, patient: str, clinician: str, office: str, place: str, language: Language
) -> None:
    """Any names stand whole within the margins and off each other, or the slip is refused."""
    slip = make_slip(patient=patient, clinician=clinician, office=office, place=place, language=language)
    try:
        layout = lay_out(slip)
    except CannotPrint:
        return
    check(layout)
    whole = "".join(line.text for line in layout.lines).replace(" ", "")
    for text in (patient, clinician, office, place):
        assert text.replace(" ", "") in whole


@settings(max_examples=60)
@given(patient=st.lists(st.text(LETTERS, min_size=1, max_size=24), min_size=1, max_size=5).map(" ".join))
def test_a_long_name_alone_always_has_room(make_slip: MakeSlip, patient: str) -> None:
    """Beside an ordinary office and clinician, a patient's name of 120 letters is printed, never refused."""
    check(lay_out(make_slip(patient=patient)))


def test_a_name_of_two_lines_is_not_torn(make_slip: MakeSlip) -> None:
    """A long name is set smaller and in two lines, broken between its words."""
    name = "Bartholomew Maximilian Featherstonehaugh-Cholmondeley de la Santísima Trinidad"
    layout = lay_out(make_slip(patient=name))
    lines = [line for line in layout.lines if line.text and line.text in name]
    assert [line.text for line in lines] == [
        "Bartholomew Maximilian Featherstonehaugh-",
        "Cholmondeley de la Santísima Trinidad",
    ] or " ".join(line.text for line in lines) == name
    assert len(lines) == 2
    assert lines[0].size >= 10


def test_more_text_than_a_page_holds_is_refused(make_slip: MakeSlip) -> None:
    """A text that the page has no room for stops the slip rather than run over the code."""
    with pytest.raises(CannotPrint, match="room"):
        lay_out(make_slip(patient="Endless " * 200 + "Name"))


@given(text=NAMES, room=st.floats(20, 400))
def test_wrapping_loses_nothing(text: str, room: float) -> None:
    """The lines joined are the text, spaces aside, and each fits unless it is a single letter."""
    font = face().regular
    lines = wrapped(text, room, font.measure(10))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(font.width(line, 10) <= room or len(line) == 1 for line in lines)


@given(text=NAMES)
def test_the_largest_size_that_fits_is_taken(text: str) -> None:
    """No larger size than the one taken would have stood in as many lines without tearing a word."""
    sizes = (15, 13, 11, 9)
    size, lines = fitting(text, ROOM, sizes, face().bold.measure)
    assert size in sizes
    assert len(lines) <= 2 or size == sizes[-1]


def test_the_font_that_comes_with_reportlab_serves_too(tmp_path: Path) -> None:
    """Without DejaVu the letters are Vera's, and without any font the message names the package to install."""
    vera = first_face(FACES[-1:])
    assert "Vera" in vera.regular.name
    vera.bold.require("Ana María Núñez", "a name")
    with pytest.raises(CannotPrint):
        vera.bold.require("Σωκράτης", "a name")
    with pytest.raises(NoFont, match="fonts-dejavu-core"):
        first_face(((tmp_path, "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),))


def test_a_code_too_long_for_a_slip_is_refused() -> None:
    """A text whose code would be too fine, or is beyond QR, is refused."""
    for length in (2000, 5000):
        with pytest.raises(CannotPrint):
            symbol_of("x" * length)
