"""Colours and measures hold what they promise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.theme import CALM, HIGH_CONTRAST, Colour, Palette, Panel, Theme, contrast
from medoffice.core.errors import InvalidValue

TEXT, EDGE = 4.5, 3.0
BETTER = 7.0
colours = st.integers(0, 0xFFFFFF).map(lambda number: Colour(f"#{number:06X}"))


@pytest.mark.parametrize("palette", [CALM, HIGH_CONTRAST], ids=["calm", "high"])
def test_every_text_can_be_read_on_every_ground_it_stands_on(palette: Palette) -> None:
    """All text reaches WCAG's AAA ratio of 7, edges of controls 3."""
    texts = (palette.ink, palette.quiet, palette.good, palette.careful, palette.main)
    grounds = (palette.ground, palette.card)
    assert min(contrast(text, ground) for text in texts for ground in grounds) >= BETTER
    assert contrast(palette.main_text, palette.main) >= BETTER
    assert contrast(palette.main_text, palette.pressed) >= BETTER
    assert contrast(palette.ink, palette.touched) >= BETTER
    assert min(contrast(palette.edge, ground) for ground in grounds) >= EDGE


def test_the_design_s_ratios_are_measured() -> None:
    """The ratios in the design are those of WCAG's formula."""
    measured = {
        name: round(contrast(getattr(CALM, name), CALM.ground), 1)
        for name in ("ink", "quiet", "good", "careful", "edge")
    }
    assert measured == {"ink": 15.3, "quiet": 7.7, "good": 8.0, "careful": 8.3, "edge": 5.2}
    assert round(contrast(CALM.main, CALM.main_text), 1) == 8.9
    assert round(contrast(HIGH_CONTRAST.ink, HIGH_CONTRAST.ground), 1) == 21.0
    assert round(contrast(HIGH_CONTRAST.main, HIGH_CONTRAST.ground), 1) == 14.7


@given(colours, colours)
def test_contrast_is_symmetric_and_bounded(one: Colour, other: Colour) -> None:
    """The ratio does not depend on the order and lies between 1 and 21."""
    assert contrast(one, other) == contrast(other, one)
    assert 1.0 <= contrast(one, other) <= 21.0 + 1e-9
    assert contrast(one, one) == 1.0


@given(st.integers(600, 4000), st.integers(600, 4000), st.floats(min_value=8, max_value=65, allow_nan=False))
def test_nothing_is_smaller_than_its_millimetres(width: int, height: int, inches: float) -> None:
    """On any panel a target is at least 20 mm high and a capital letter 6.1 mm."""
    theme = Theme(panel=Panel.of_inches(width, height, inches))
    assert theme.target / theme.panel.per_mm >= 20 - 1e-9
    assert theme.body * 0.711 / theme.panel.per_mm >= 6.1 - 1e-9
    assert theme.gap / theme.panel.per_mm >= 6 - 1e-9


@pytest.mark.parametrize("text", ["red", "#12345", "#12345g", "123456"])
def test_a_colour_is_six_digits(text: str) -> None:
    """Anything but #RRGGBB is refused."""
    with pytest.raises(InvalidValue):
        Colour(text)


def test_a_panel_has_an_extent() -> None:
    """A panel without pixels or resolution is refused."""
    with pytest.raises(InvalidValue):
        Panel(width=0, height=10, per_mm=4)
    with pytest.raises(InvalidValue):
        Panel(width=10, height=10, per_mm=0)
