"""Pictures of the calendar: a day and a week, as SVG and PNG, with no patient in them.

Needs the extra ``pictures`` (matplotlib draws, on canvases of its own: no window, no state between two pictures).
"""

from medoffice.adapters.pictures.day import Block, Column, DayPicture, day_picture
from medoffice.adapters.pictures.day_sheet import draw_day
from medoffice.adapters.pictures.drawing import Sheet
from medoffice.adapters.pictures.week import Cell, Row, WeekPicture, week_picture
from medoffice.adapters.pictures.week_sheet import draw_week
from medoffice.adapters.pictures.words import ENGLISH, Words

__all__ = [
    "ENGLISH",
    "Block",
    "Cell",
    "Column",
    "DayPicture",
    "Row",
    "WeekPicture",
    "Words",
    "day_picture",
    "render_png",
    "render_svg",
    "week_picture",
]


def render_svg(picture: DayPicture | WeekPicture, *, width: int = 1200) -> bytes:
    """The picture as SVG of so many pixels' width, with a title and all that it shows in words."""
    return _sheet(picture, width).svg(title=picture.title, description=picture.description)


def render_png(picture: DayPicture | WeekPicture, *, width: int = 1200) -> bytes:
    """The picture as PNG of so many pixels' width; wider when it could not be read otherwise."""
    return _sheet(picture, width).png()


def _sheet(picture: DayPicture | WeekPicture, width: int) -> Sheet:
    match picture:
        case DayPicture():
            return draw_day(picture, width=width)
        case WeekPicture():
            return draw_week(picture, width=width)
