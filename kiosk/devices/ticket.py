"""A ticket as a value and as a picture: 576 dots wide, what an 80 mm printer with 203 dots an inch prints."""

from functools import lru_cache
from pathlib import Path
from typing import Final

import attrs
from PIL import Image, ImageDraw, ImageFont

from kiosk.devices.pictures import qr_picture
from medoffice.core.errors import InvalidValue

PAPER_WIDTH: Final = 576
_MARGIN: Final = 24
_DOTS_PER_MM: Final = 8
_NUMBER_CAPITALS: Final = 14 * _DOTS_PER_MM
_LINE_CAPITALS: Final = 3.5 * _DOTS_PER_MM
_CAPITALS_OF_FONT: Final = 0.73
_SMALLEST_LETTERS: Final = 40
_LARGEST_CODE: Final = 384
_BLACK_BELOW: Final = 128
_MOST_LINES: Final = 40
_FONT_FOLDERS: Final = (
    Path("/usr/share/fonts/truetype/dejavu"),
    Path("/usr/share/fonts/TTF"),
    Path("/usr/share/fonts/dejavu-sans-fonts"),
)

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@attrs.frozen(kw_only=True, repr=False)
class Ticket:
    """What to print: ``number`` large, ``payload`` as a QR code (empty for none), ``lines`` as given.

    The repr shows none of it.

    Raises:
        InvalidValue: when the number is empty or longer than 12 characters, or there are more than 40 lines.
    """

    number: str
    payload: str = ""
    lines: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        if not 1 <= len(self.number) <= 12:  # noqa: PLR2004
            raise InvalidValue("queue number", "it has 1 to 12 characters")
        if len(self.lines) > _MOST_LINES:
            raise InvalidValue("ticket", f"it has at most {_MOST_LINES} lines")

    def __repr__(self) -> str:
        return f"Ticket(***, {len(self.lines)} lines)"


def draw_ticket(ticket: Ticket) -> Image.Image:
    """The ticket in black and white (mode ``1``), 576 dots wide and as high as it needs to be.

    Raises:
        ValueError: when the payload is too long for a QR code.
    """
    room = PAPER_WIDTH - 2 * _MARGIN
    number_font = _fitting_font(ticket.number, room)
    line_font = _font(int(_LINE_CAPITALS / _CAPITALS_OF_FONT), bold=False)
    code = _code(ticket.payload, room) if ticket.payload else None
    lines = [part for line in ticket.lines for part in _wrapped(line, line_font, room)]

    number_height = int(number_font.getbbox(ticket.number)[3])
    line_height = int(line_font.getbbox("Ág")[3] * 1.3)
    code_height = code.height + _MARGIN if code else 0
    height = _MARGIN + number_height + _MARGIN + code_height + line_height * len(lines) + 2 * _MARGIN

    paper = Image.new("L", (PAPER_WIDTH, height), 255)
    draw = ImageDraw.Draw(paper)
    draw.text(
        ((PAPER_WIDTH - number_font.getlength(ticket.number)) / 2, _MARGIN), ticket.number, 0, number_font
    )
    top = _MARGIN + number_height + _MARGIN
    if code:
        paper.paste(code, ((PAPER_WIDTH - code.width) // 2, top))
        top += code_height
    for line in lines:
        draw.text(((PAPER_WIDTH - line_font.getlength(line)) / 2, top), line, 0, line_font)
        top += line_height
    return paper.point([0] * _BLACK_BELOW + [255] * (256 - _BLACK_BELOW)).convert(
        "1", dither=Image.Dither.NONE
    )


def _code(payload: str, room: int) -> Image.Image:
    """The payload's QR code with modules of a whole number of dots, as large as is comfortable to scan."""
    modules = qr_picture(payload, module=1).width
    return qr_picture(payload, module=max(1, min(_LARGEST_CODE, room) // modules))


def _fitting_font(text: str, room: int) -> Font:
    """Capitals 14 mm high, or smaller where the text would not fit the paper."""
    size = int(_NUMBER_CAPITALS / _CAPITALS_OF_FONT)
    while size > _SMALLEST_LETTERS and _font(size, bold=True).getlength(text) > room:
        size -= 4
    return _font(size, bold=True)


def _wrapped(line: str, font: Font, room: int) -> list[str]:
    """The line in parts that fit, broken between words, and within a word only when it alone is too long."""
    parts = [""]
    for word in line.split():
        if font.getlength(f"{parts[-1]} {word}".strip()) <= room:
            parts[-1] = f"{parts[-1]} {word}".strip()
            continue
        if parts[-1]:
            parts.append("")
        for letter in word:
            if parts[-1] and font.getlength(parts[-1] + letter) > room:
                parts.append("")
            parts[-1] += letter
    return parts


@lru_cache(maxsize=32)
def _font(size: int, *, bold: bool) -> Font:
    """DejaVu Sans where the system has it, else the font that Pillow brings."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    for folder in _FONT_FOLDERS:
        if (folder / name).is_file():
            return ImageFont.truetype(folder / name, size)
    return ImageFont.load_default(size)
