"""One drawing for each :class:`~medoffice.checkin.screen.Picture`: what to hold where, or how things stand.

Lines of ink, one tint, no photograph and no text, so that they say the same in every language.
"""

from collections.abc import Callable
from math import cos, pi, sin
from typing import Any, Final

from kiosk.theme import Palette
from kiosk.views.pen import Pen
from medoffice.checkin.screen import Picture


def draw(
    picture: Picture, group: Any, at: tuple[float, float], size: tuple[float, float], palette: Palette
) -> None:
    """Draw a picture into a box of the screen."""
    pen = Pen(group, at, size, ink=palette.ink, tint=palette.tint, paper=palette.card)
    DRAWINGS[picture](pen)


def hold_code(pen: Pen) -> None:
    """A phone that shows a code, an arrow, and a scanner; where there is a camera, its own picture is shown instead."""
    _phone(pen, 14)
    pen.arrow(70, 50, 24)
    _scanner(pen, 128)


BESIDE_WIDE: Final = 84.0
"""Width of the drawing beside the camera's picture, in drawing units."""


def phone_to_frame(pen: Pen) -> None:
    """A phone that shows a code, and an arrow: beside the camera's own picture."""
    _phone(pen, 2)
    pen.arrow(56, 50, 22)


def _phone(pen: Pen, x: float) -> None:
    pen.box(x, 6, 46, 88, corner=6, fill=pen.tint)
    pen.bar(x + 6, 20, 34, 62, pen.paper, 2)
    pen.code(x + 9, 37, 28)
    pen.bar(x + 12, 26, 22, 4, pen.ink, 2)
    pen.bar(x + 18, 11, 10, 3, pen.ink, 1.5)


def _scanner(pen: Pen, x: float) -> None:
    pen.box(x - 24, 22, 48, 56, corner=6, fill=pen.paper)
    pen.bar(x - 17, 38, 34, 24, pen.ink, 3)
    pen.bar(x - 13, 48.5, 26, 3, pen.tint, 1.5)


def write(pen: Pen) -> None:
    """A card with a name on it, and a pencil."""
    pen.box(22, 16, 92, 62, corner=5)
    pen.dot(42, 54, 8, pen.tint)
    pen.shape(30, 30, 54, 30, 51, 40, 46, 44, 38, 44, 33, 40, colour=pen.tint)
    pen.bar(62, 56, 40, 5, pen.ink, 2)
    pen.bar(62, 44, 30, 5, pen.tint, 2)
    pen.bar(62, 32, 20, 5, pen.tint, 2)
    pen.shape(88, 27, 130, 84, 138, 78, 96, 21, colour=pen.ink)
    pen.shape(86, 24, 88, 27, 96, 21, 84, 15, colour=pen.ink)
    pen.shape(92, 26.5, 127, 74, 132, 70.5, 97, 23, colour=pen.paper)


def calendar(pen: Pen) -> None:
    """A leaf of a calendar with one day marked."""
    pen.box(38, 8, 84, 78, corner=6)
    pen.bar(40.2, 66, 79.6, 17.8, pen.tint, 3)
    pen.bar(40.2, 64, 79.6, 2.2, pen.ink, 0)
    for x in (56, 104):
        pen.bar(x - 2.4, 76, 4.8, 18, pen.ink, 2.4)
    for row in range(3):
        for column in range(5):
            is_day = (row, column) == (1, 3)
            pen.dot(52 + column * 14, 52 - row * 15, 6.4 if is_day else 3.2, pen.ink if is_day else pen.tint)


def wait(pen: Pen) -> None:
    """An hourglass."""
    for y in (12, 84):
        pen.bar(52, y, 56, 5, pen.ink, 2.5)
    pen.shape(60, 84, 100, 84, 98, 72, 82, 52, 78, 52, 62, 72, colour=pen.ink)
    pen.shape(60, 17, 100, 17, 98, 29, 82, 50, 78, 50, 62, 29, colour=pen.ink)
    pen.shape(63, 83, 97, 83, 95, 73, 81, 55, 79, 55, 65, 73, colour=pen.paper)
    pen.shape(63, 18, 97, 18, 95, 28, 81, 46, 79, 46, 65, 28, colour=pen.paper)
    pen.shape(70, 69, 90, 69, 81, 57, 79, 57, colour=pen.tint)
    pen.shape(65, 19, 95, 19, 92, 27, 80, 34, 68, 27, colour=pen.tint)


def look_again(pen: Pen) -> None:
    """A sheet under a magnifying glass."""
    pen.box(30, 8, 66, 84, corner=5)
    for row, width in enumerate((44, 34, 44, 26)):
        pen.bar(41, 74 - row * 16, width, 5, pen.tint, 2)
    pen.path(112, 32, 132, 12, width=8)
    pen.ring(98, 46, 21, fill=pen.paper)
    pen.bar(86, 49, 24, 5, pen.ink, 2)
    pen.bar(86, 39, 16, 5, pen.tint, 2)


def check_list(pen: Pen) -> None:
    """A sheet with three lines, ticked."""
    pen.box(40, 6, 80, 88, corner=6)
    for row in range(3):
        y = 70 - row * 25
        pen.tick(58, y - 4, 9)
        pen.bar(76, y - 2, 32, 6, pen.tint, 3)


def insurance_card(pen: Pen) -> None:
    """An insurance card."""
    pen.box(24, 16, 112, 68, corner=7)
    pen.bar(26.2, 62, 107.6, 12, pen.tint, 0)
    pen.shield(48, 55, 26, pen.ink)
    pen.bar(46, 34, 4, 14, pen.paper, 1)
    pen.bar(41, 39, 14, 4, pen.paper, 1)
    pen.bar(72, 44, 50, 6, pen.ink, 2)
    pen.bar(72, 30, 34, 6, pen.tint, 2)


def money(pen: Pen) -> None:
    """A receipt with its sum, and coins."""
    pen.box(44, 6, 62, 88, corner=4)
    for row, width in enumerate((30, 22, 26)):
        pen.bar(54, 78 - row * 13, width, 5, pen.tint, 2)
        pen.bar(90, 78 - row * 13, 8, 5, pen.tint, 2)
    pen.bar(54, 42, 44, 2, pen.ink, 0)
    pen.bar(54, 30, 18, 6, pen.ink, 2)
    pen.bar(82, 30, 16, 6, pen.ink, 2)
    pen.ring(112, 26, 17, fill=pen.tint)
    pen.path(
        118,
        31,
        114,
        34,
        109,
        33,
        107,
        29.5,
        109,
        26.8,
        115,
        25,
        117.4,
        22,
        115,
        18.6,
        110,
        18,
        106,
        20.6,
        width=2.6,
    )
    pen.path(112, 37, 112, 15, width=2.4)


def card_terminal(pen: Pen) -> None:
    """A card held to a card terminal."""
    pen.box(26, 6, 52, 88, corner=7)
    pen.bar(34, 66, 36, 18, pen.tint, 2)
    for row in range(3):
        for column in range(3):
            pen.bar(
                35 + column * 12.5, 48 - row * 13, 9, 8, pen.ink if (row, column) == (2, 2) else pen.tint, 2
            )
    for radius in (9, 17):
        pen.curve(80, 54, radius, -45, 45)
    pen.box(104, 34, 46, 32, corner=4, fill=pen.tint)
    pen.bar(104, 52, 46, 6, pen.ink, 0)
    pen.bar(110, 41, 14, 4, pen.ink, 1)


def done(pen: Pen) -> None:
    """A large tick."""
    pen.dot(80, 50, 42, pen.tint)
    pen.path(58, 50, 74, 34, 104, 68, width=7)


def person(pen: Pen) -> None:
    """A person behind a desk."""
    pen.dot(80, 74, 15, pen.ink)
    pen.dot(80, 74, 12.8, pen.tint)
    pen.shape(50, 36, 110, 36, 108, 46, 101, 53, 92, 56, 68, 56, 59, 53, 52, 46, colour=pen.ink)
    pen.shape(
        53, 36, 107, 36, 105.4, 44.6, 100, 50.6, 91.6, 53.6, 68.4, 53.6, 60, 50.6, 54.6, 44.6, colour=pen.tint
    )
    pen.box(22, 10, 116, 27, corner=3)
    pen.bar(22, 32, 116, 5, pen.ink, 2)
    pen.bar(113, 41, 14, 2.6, pen.ink, 1)
    pen.shape(115, 43, 125, 43, 123.4, 47.2, 120, 49, 116.6, 47.2, colour=pen.ink)
    pen.dot(120, 50, 1.6, pen.ink)


def clock(pen: Pen) -> None:
    """A clock."""
    pen.ring(80, 50, 42, fill=pen.paper)
    for hour in range(12):
        angle = hour * pi / 6
        pen.dot(
            80 + 33 * sin(angle),
            50 + 33 * cos(angle),
            2.6 if hour % 3 else 3.6,
            pen.ink if hour % 3 == 0 else pen.tint,
        )
    pen.path(80, 74, 80, 50, 96, 42, width=4)
    pen.dot(80, 50, 4, pen.ink)


DRAWINGS: Final[dict[Picture, Callable[[Pen], None]]] = {
    Picture.HOLD_CODE: hold_code,
    Picture.WRITE: write,
    Picture.CALENDAR: calendar,
    Picture.WAIT: wait,
    Picture.LOOK_AGAIN: look_again,
    Picture.CHECK_LIST: check_list,
    Picture.INSURANCE_CARD: insurance_card,
    Picture.MONEY: money,
    Picture.CARD_TERMINAL: card_terminal,
    Picture.DONE: done,
    Picture.PERSON: person,
    Picture.CLOCK: clock,
}
