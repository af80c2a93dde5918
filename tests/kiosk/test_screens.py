"""Every screen, in every look and language: nothing cut, nothing overlapping, everything large enough.

Measured on the widgets as they stand on the glass.
"""

from functools import cache
from itertools import combinations
from typing import Any

import attrs
import pytest

from kiosk.contact_sheet import LOOKS, NoHands, every_screen, theme_of
from kiosk.scenes import scenes
from kiosk.theme import CAPITAL_OF_FONT, Colour, Palette, Theme, contrast
from kiosk.views.face import Face
from kiosk.views.keyboard import rows
from kiosk.views.paint import Words
from kiosk.views.parts import Scrolled
from kiosk.views.pictures import DRAWINGS
from kiosk.views.target import Target
from kiosk.words import languages, phrase, tongue
from medoffice.billing import Estimate
from medoffice.checkin import view
from medoffice.checkin.screen import Keyboard, Picture, Screen
from medoffice.checkin.session import Why
from medoffice.core.explain import Step, Trace
from medoffice.core.money import Money
from medoffice.core.people import Language

pytestmark = pytest.mark.xdist_group("gui")

CASES = [(look, language) for look in LOOKS for language in languages()]
HAIR = 1.0
"""Pixels that rounding to whole ones may cost."""


@attrs.frozen(kw_only=True)
class Text:
    """A text and its place; keyboards are used again on other screens, so places are copied."""

    text: str
    font_size: float
    colour: Colour
    inked: tuple[float, float]
    x: float
    y: float
    right: float
    top: float

    @classmethod
    def of(cls, words: Words) -> "Text":
        return cls(
            text=words.text,
            font_size=words.font_size,
            colour=words.colour,
            inked=words.inked,
            x=words.x,
            y=words.y,
            right=words.right,
            top=words.top,
        )


@attrs.frozen(kw_only=True)
class Touchable:
    """A button or key, its place and its text."""

    name: str
    is_key: bool
    is_main: bool
    shown: tuple[Colour, Colour]
    words: Text
    x: float
    y: float
    right: float
    top: float

    @classmethod
    def of(cls, target: Target) -> "Touchable":
        return cls(
            name=target.name,
            is_key=target.is_key,
            is_main=target.is_main,
            shown=target.shown,
            words=Text.of(target.words),
            x=target.x,
            y=target.y,
            right=target.right,
            top=target.top,
        )


@attrs.frozen(kw_only=True)
class Seen:
    """One screen as it stood on the glass."""

    name: str
    screen: Screen
    theme: Theme
    targets: tuple[Touchable, ...]
    words: tuple[Text, ...]
    is_scrolled: bool


@cache
def seen(look: str, language: Language) -> tuple[Seen, ...]:
    return tuple(
        Seen(
            name=each.name,
            screen=each.screen,
            theme=theme_of(look),
            targets=tuple(Touchable.of(target) for target in each.face.targets()),
            words=tuple(Text.of(part) for part in each.face.walk(restrict=True) if isinstance(part, Words)),
            is_scrolled=any(isinstance(part, Scrolled) for part in each.face.walk(restrict=True)),
        )
        for each in every_screen(look, language)
    )


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def shown(request: pytest.FixtureRequest) -> tuple[Seen, ...]:
    return seen(*request.param)


def box(widget: Any) -> tuple[float, float, float, float]:
    return widget.x, widget.y, widget.right, widget.top


def apart(one: Any, other: Any) -> float:
    """The distance between two boxes, below zero when they overlap."""
    across = max(one.x - other.right, other.x - one.right)
    up = max(one.y - other.top, other.y - one.top)
    return float(max(across, up))


def test_every_picture_is_drawn() -> None:
    """Each picture that a screen can ask for has its drawing."""
    assert set(DRAWINGS) == set(Picture)


def test_all_text_is_on_the_glass_and_whole(shown: tuple[Seen, ...]) -> None:
    """No text leaves the glass, and each is as large as the letters in it."""
    for each in shown:
        for words in each.words:
            x, y, right, top = box(words)
            where = f"{each.name}: {words.text[:20]!r}"
            assert min(x, y) >= 0, where
            assert right <= each.theme.panel.width, where
            assert top <= each.theme.panel.height, where
            assert words.inked[0] <= right - x + HAIR, where
            assert words.inked[1] <= top - y + HAIR, where


def test_every_sentence_of_a_screen_is_shown(shown: tuple[Seen, ...]) -> None:
    """Title, notice, buttons, fields and the queue number are all there; a helping line may give way."""
    for each in shown:
        texts = {words.text for words in each.words}
        screen = each.screen
        wanted = [screen.title, *(button.label for button in (*screen.buttons, *screen.fixed))]
        wanted += [said for said in (screen.notice,) if said is not None]
        is_typed = screen.entry is not None
        if screen.body is not None and screen.notice is None and not is_typed:
            wanted.append(screen.body)
        wanted += [field.label for field in screen.fields]
        missing = [
            phrase(said, screen.language) for said in wanted if phrase(said, screen.language) not in texts
        ]
        assert not missing, each.name
        assert not screen.big or screen.big in texts


def test_texts_do_not_overlap(shown: tuple[Seen, ...]) -> None:
    """No two texts share a place."""
    for each in shown:
        for one, other in combinations(each.words, 2):
            assert apart(one, other) >= -HAIR, f"{each.name}: {one.text[:20]!r} and {other.text[:20]!r}"


def test_text_stands_inside_its_button(shown: tuple[Seen, ...]) -> None:
    """A label never leaves its button."""
    for each in shown:
        for target in each.targets:
            x, y, right, top = box(target)
            inner = target.words
            where = f"{each.name}: {target.name}"
            assert x <= inner.x, where
            assert inner.right <= right + HAIR, where
            assert y <= inner.y + HAIR, where
            assert inner.top <= top + HAIR, where


def test_targets_are_large_and_apart(shown: tuple[Seen, ...]) -> None:
    """Buttons are at least 20 mm high and wide and 6 mm from anything else; keys 20 mm high, 14 wide, 2 apart."""
    for each in shown:
        theme = each.theme
        targets = each.targets
        for target in targets:
            least = theme.key if target.is_key else theme.target
            assert target.top - target.y >= theme.target - HAIR, f"{each.name}: {target.name}"
            assert target.right - target.x >= least - HAIR, f"{each.name}: {target.name}"
            assert min(target.x, target.y) >= 0
            assert target.right <= each.theme.panel.width
        for one, other in combinations(targets, 2):
            least = theme.key_gap if one.is_key and other.is_key else theme.gap
            assert apart(one, other) >= least - 2 * HAIR, f"{each.name}: {one.name} and {other.name}"


def test_texts_keep_away_from_other_targets(shown: tuple[Seen, ...]) -> None:
    """What can be read is not under what can be touched."""
    for each in shown:
        targets = each.targets
        inside = {target.words for target in targets}
        for words in each.words:
            if words in inside:
                continue
            for target in targets:
                assert apart(words, target) >= 0, f"{each.name}: {words.text[:20]!r} under {target.name}"


def test_letters_are_large_and_can_be_read(shown: tuple[Seen, ...]) -> None:
    """Capitals are at least 4.8 mm high, body text 6.1; every button's text has a contrast of 7."""
    for each in shown:
        theme: Theme = each.theme
        palette: Palette = theme.palette
        for words in each.words:
            assert words.font_size * CAPITAL_OF_FONT / theme.panel.per_mm >= 4.8, (
                f"{each.name}: {words.text[:20]!r}"
            )
            assert contrast(words.colour, palette.ground) >= 7 or any(
                words == target.words for target in each.targets
            )
        for target in each.targets:
            text, fill = target.shown
            assert contrast(text, fill) >= 7, f"{each.name}: {target.name}"


def test_back_steps_and_person_never_move() -> None:
    """On every screen of a language the button at the foot stands at the same place."""
    for look, language in CASES:
        places: dict[str, set[tuple[float, float]]] = {}
        for each in seen(look, language):
            for target in each.targets:
                if target.name in {"back", "person"} or target.name.startswith("language"):
                    places.setdefault(target.name, set()).add((target.x, target.y))
        assert {name: len(found) for name, found in places.items()} == dict.fromkeys(places, 1)
        assert {"back", "person"} <= set(places)


def test_accented_letters_can_be_reached() -> None:
    """Names such as Núñez can be typed in both languages."""
    for language in (Language("en"), Language("es")):
        letters = tongue(language).letters
        for keyboard in (Keyboard.NAME, Keyboard.ADDRESS):
            marked = {key for row in rows(keyboard, letters, marked=True) for key in row}
            assert set("ÁÉÍÓÚÜÑ") <= marked
    assert "Ñ" in {key for row in rows(Keyboard.NAME, "Ñ") for key in row}


def test_no_screen_that_we_know_needs_scrolling(shown: tuple[Seen, ...]) -> None:
    """What is expected in an office fits the glass whole."""
    assert not [each.name for each in shown if each.is_scrolled]


def test_one_main_button_at_most(shown: tuple[Seen, ...]) -> None:
    """At most one button is filled."""
    for each in shown:
        mains = [target for target in each.targets if target.is_main]
        assert len(mains) <= 1, each.name


@pytest.mark.parametrize("look", ["portrait", "landscape"])
def test_more_reasons_than_the_glass_holds_can_be_scrolled(look: str) -> None:
    """An amount with thirty steps cuts nothing: the steps scroll, a word says so, and the button stays."""
    steps = tuple(Step("copay", "Co-pay", amount=Money(100)) for _ in range(30))
    due = Estimate(due_today=Money(3000), lower=Money(3000), upper=Money(3000), lines=(), trace=Trace(steps))
    session = scenes(Language("en"))["why"]
    assert isinstance(session.stage, Why)
    visit = attrs.evolve(session.stage.found.visit, due=due, asked=due.due_today)
    stage = Why(attrs.evolve(session.stage.found, visit=visit))
    face = Face(theme_of(look), clinic="Northside", hands=NoHands(), clock=lambda: 0.0)
    face.show(view(attrs.evolve(session, stage=stage)))
    scrolled = next(each for each in face.walk() if isinstance(each, Scrolled))
    button = next(each for each in face.targets() if each.name == "continue")
    assert scrolled.y >= 0
    assert scrolled.top <= face.height
    window = next(each for each in scrolled.children if hasattr(each, "g_translate"))
    assert window.g_translate.xy == (scrolled.x, pytest.approx(window.top - window.children[0].height))
    assert apart(scrolled, button) >= 0
    assert "More below" in {each.text for each in face.walk() if isinstance(each, Words)}
