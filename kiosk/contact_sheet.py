"""Every screen as a picture, in every language, orientation and contrast, and all of them on sheets to look at."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import attrs
from PIL import Image, ImageDraw, ImageFont

from kiosk.app import Face, need_window, photograph_widget
from kiosk.scenes import scenes
from kiosk.theme import CALM, HIGH_CONTRAST, Palette, Panel, Theme
from kiosk.words import languages
from medoffice.checkin import view
from medoffice.checkin.messages import Action
from medoffice.checkin.screen import Screen
from medoffice.core.people import Language

CLINIC: Final = "Northside Family Medicine"
LOOKS: Final[dict[str, tuple[tuple[int, int], Palette]]] = {
    "portrait": ((1080, 1920), CALM),
    "landscape": ((1920, 1080), CALM),
    "portrait-contrast": ((1080, 1920), HIGH_CONTRAST),
    "landscape-contrast": ((1920, 1080), HIGH_CONTRAST),
}
INCHES: Final = 15.6
_COLUMNS: Final = {True: 8, False: 5}
_THUMB: Final = {True: (270, 480), False: (480, 270)}


class NoHands:
    """Nobody touches a picture."""

    def press(self, action: Action, serial: int) -> None:
        """Nothing."""

    def key(self, character: str) -> None:
        """Nothing."""

    def erase(self) -> None:
        """Nothing."""

    def choose_language(self, language: Language) -> None:
        """Nothing."""

    def touched(self) -> None:
        """Nothing."""


@attrs.frozen(kw_only=True)
class Shown:
    """One screen in one look: its name, and the face that shows it."""

    name: str
    look: str
    screen: Screen
    face: Face


def theme_of(look: str) -> Theme:
    """The theme of one of :data:`LOOKS`."""
    (width, height), palette = LOOKS[look]
    return Theme(panel=Panel.of_inches(width, height, INCHES), palette=palette)


def every_screen(
    look: str, language: Language, *, clock: Callable[[], float] = lambda: 0.0
) -> Iterator[Shown]:
    """Each screen in a look and a language, one after the other: by one face, and by another where there is no camera."""
    theme = theme_of(look)
    need_window(theme.panel)
    faces = {
        has_camera: Face(theme, clinic=CLINIC, hands=NoHands(), clock=clock, has_camera=has_camera)
        for has_camera in (True, False)
    }
    for name, session in scenes(language).items():
        screen, face = view(session), faces[session.has_camera]
        face.show(screen)
        yield Shown(name=name, look=look, screen=screen, face=face)
    for face in faces.values():
        face.forget()


def write_screens(folder: Path) -> int:
    """Write each screen as a PNG, and a contact sheet for each look and language; how many screens there were."""
    count = 0
    for look in LOOKS:
        for language in languages():
            place = folder / f"{look}-{language}"
            place.mkdir(parents=True, exist_ok=True)
            pictures: list[tuple[str, Image.Image]] = []
            for shown in every_screen(look, language):
                picture = photograph_widget(shown.face, theme_of(look).palette.ground)
                picture.save(place / f"{shown.name}.png")
                pictures.append((shown.name, picture))
                count += 1
            _sheet(pictures).save(folder / f"sheet-{look}-{language}.png")
    return count


def _sheet(pictures: list[tuple[str, Image.Image]]) -> Image.Image:
    is_portrait = pictures[0][1].height > pictures[0][1].width
    columns, (width, height) = _COLUMNS[is_portrait], _THUMB[is_portrait]
    gap, caption = 16, 26
    rows = -(-len(pictures) // columns)
    sheet = Image.new(
        "RGB", (columns * (width + gap) + gap, rows * (height + gap + caption) + gap), "#8A93A3"
    )
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(18)
    for place, (name, picture) in enumerate(pictures):
        row, column = divmod(place, columns)
        x, y = gap + column * (width + gap), gap + row * (height + gap + caption)
        draw.text((x, y), name, fill="black", font=font)
        sheet.paste(picture.resize((width, height), Image.Resampling.LANCZOS), (x, y + caption))
    return sheet
