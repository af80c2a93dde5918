"""The parts that a screen is put together from, each as high as it needs to be."""

from typing import Any, Final

from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture

from kiosk.devices.pictures import qr_picture
from kiosk.theme import Colour, Theme
from kiosk.views.paint import Block, Words, disc, round_box, round_edge, stroke
from kiosk.views.pen import Pen
from kiosk.views.pictures import BESIDE_WIDE, draw, phone_to_frame
from kiosk.words import FaceWord, amount_label, face_phrase, phrase
from medoffice.checkin.screen import AmountLine, Entry, Field, Keyboard, Picture, Screen, Tone
from medoffice.checkin.words import Say
from medoffice.core.people import Language

_DATE_GROUPS: Final = (2, 2, 4)


class Drawing(Block):
    """One of the vector drawings."""

    def __init__(
        self, picture: Picture, theme: Theme, width: float, height: float, *, to_frame: bool = False
    ) -> None:
        super().__init__(width, height)
        self._picture, self._theme, self._to_frame = picture, theme, to_frame

    def compose(self) -> None:
        """Draw it."""
        self.canvas.clear()
        palette = self._theme.palette
        if self._to_frame:
            pen = Pen(
                self.canvas, self.pos, self.size, ink=palette.ink, tint=palette.tint, paper=palette.card,
                wide=BESIDE_WIDE,
            )  # fmt: skip
            phone_to_frame(pen)
        else:
            draw(self._picture, self.canvas, self.pos, self.size, palette)


class Notice(Block):
    """A sign, a word and a sentence in a coloured edge; never colour alone."""

    def __init__(self, text: str, tone: Tone, language: Language, theme: Theme, width: float) -> None:
        palette = theme.palette
        colour, word = {
            Tone.GOOD: (palette.good, FaceWord.GOOD),
            Tone.CAREFUL: (palette.careful, FaceWord.CAREFUL),
            Tone.PLAIN: (palette.ink, FaceWord.NOTE),
        }[tone]
        self._theme, self._colour, self._tone = theme, colour, tone
        self._sign = theme.mm(11)
        room = width - self._sign - theme.mm(13)
        said = face_phrase(word, language)
        self._word = Words(said, size=theme.small, colour=colour, bold=True, width=room)
        self._text = Words(text, size=theme.body, colour=palette.ink, width=room)
        super().__init__(width, self._word.height + self._text.height + theme.mm(6))
        self.add_widget(self._word)
        self.add_widget(self._text)

    def compose(self) -> None:
        """The edge, the sign in a disc, and the two texts."""
        theme, palette = self._theme, self._theme.palette
        self.canvas.before.clear()
        round_box(self.canvas.before, self.pos, self.size, theme.radius, palette.card)
        round_edge(self.canvas.before, self.pos, self.size, theme.radius, theme.mm(0.8), self._colour)
        centre = (self.x + theme.mm(5) + self._sign / 2, self.center_y)
        disc(self.canvas.before, centre, self._sign / 2, self._colour)
        x, y = centre
        if self._tone is Tone.GOOD:
            tick = (
                x - theme.mm(2.6),
                y,
                x - theme.mm(0.6),
                y - theme.mm(2.2),
                x + theme.mm(2.8),
                y + theme.mm(2.6),
            )
            stroke(self.canvas.before, tick, theme.mm(1.3), palette.card)
        else:
            stroke(
                self.canvas.before, (x, y + theme.mm(3), x, y - theme.mm(0.4)), theme.mm(1.4), palette.card
            )
            disc(self.canvas.before, (x, y - theme.mm(2.8)), theme.mm(0.9), palette.card)
        left = self.x + self._sign + theme.mm(9)
        self._word.place(left, self.top - theme.mm(3))
        self._text.place(left, self._word.y)


class Rows(Block):
    """Labelled values under one another, or the steps of an amount with their sum."""

    def __init__(self, screen: Screen, theme: Theme, width: float, *, is_close: bool = False) -> None:
        self._theme = theme
        self._pad = theme.mm(1.2 if is_close else 3)
        self._inner = width - 2 * theme.mm(5)
        language = screen.language
        lines = [self._line(each, language) for each in screen.lines]
        is_sum = bool(lines)
        fields = [self._field(each, language, is_sum=is_sum) for each in screen.fields]
        self._rows: list[tuple[Words, Words | None]] = [*lines, *fields]
        self._sum_at = len(lines) if is_sum else -1
        self._heights = [
            max(left.height, right.height if right else 0) + 2 * self._pad for left, right in self._rows
        ]
        super().__init__(width, sum(self._heights))
        for left, right in self._rows:
            self.add_widget(left)
            if right is not None:
                self.add_widget(right)

    def _field(self, field: Field, language: Language, *, is_sum: bool) -> tuple[Words, Words]:
        theme, palette = self._theme, self._theme.palette
        value = phrase(field.value, language) if isinstance(field.value, Say) else field.value
        name = phrase(field.label, language)
        if is_sum:
            amount = Words(value, size=theme.body, colour=palette.ink, bold=True)
            room = self._inner - amount.width - theme.mm(4)
            return Words(name, size=theme.body, colour=palette.ink, bold=True, width=room), amount
        share = 0.36
        label = Words(name, size=theme.small, colour=palette.quiet, width=self._inner * share - theme.mm(3))
        return label, Words(value, size=theme.body, colour=palette.ink, width=self._inner * (1 - share))

    def _line(self, line: AmountLine, language: Language) -> tuple[Words, Words | None]:
        theme, palette = self._theme, self._theme.palette
        name = amount_label(line, language)
        if line.amount is None:
            return Words(f"?  {name}", size=theme.small, colour=palette.quiet, width=self._inner), None
        amount = Words(str(line.amount), size=theme.body, colour=palette.ink)
        room = self._inner - amount.width - theme.mm(4)
        return Words(name, size=theme.body, colour=palette.ink, width=room), amount

    def compose(self) -> None:
        """A card with a thin line between the rows, a heavier one above the sum."""
        theme, palette = self._theme, self._theme.palette
        self.canvas.before.clear()
        round_box(self.canvas.before, self.pos, self.size, theme.radius, palette.card)
        round_edge(self.canvas.before, self.pos, self.size, theme.radius, theme.line * 0.6, palette.edge)
        top, left = self.top, self.x + theme.mm(5)
        for place, ((name, value), height) in enumerate(zip(self._rows, self._heights, strict=True)):
            if place:
                is_sum = place == self._sum_at
                rule = theme.mm(0.7) if is_sum else theme.line * 0.5
                colour = palette.ink if is_sum else palette.edge
                stroke(self.canvas.before, (left, top, self.right - theme.mm(5), top), rule, colour)
            name.place(left, top - (height - name.height) / 2)
            if value is not None:
                is_amount = self._sum_at >= 0
                x = self.right - theme.mm(5) - value.width if is_amount else left + self._inner - value.width
                value.place(x, top - (height - value.height) / 2)
            top -= height


class Scrolled(Block):
    """Rows too many for the glass: they are pushed up with a finger; a bar and a word say that there is more."""

    def __init__(self, rows: Rows, language: Language, theme: Theme, height: float) -> None:
        more = Words(
            face_phrase(FaceWord.MORE, language), size=theme.small, colour=theme.palette.ink, bold=True
        )
        super().__init__(rows.width, max(height, theme.target + more.height))
        self._theme, self._rows, self._more = theme, rows, more

    def compose(self) -> None:
        """A window onto the rows, and the word below it."""
        from kivy.uix.scrollview import ScrollView  # noqa: PLC0415  most screens never need it

        theme = self._theme
        self.clear_widgets()
        self._rows.place(0, self._rows.height)
        low = self._more.height + theme.mm(1)
        window = ScrollView(
            size_hint=(None, None),
            pos=(self.x, self.y + low),
            size=(self.width, self.height - low),
            do_scroll_x=False,
            bar_width=theme.mm(2.5),
            bar_color=theme.palette.main.rgba,
            bar_inactive_color=theme.palette.edge.rgba,
            scroll_type=["bars", "content"],
        )
        window.add_widget(self._rows)
        window.scroll_y = 1
        self.add_widget(window)
        # Kivy moves the rows into the window a frame later; the first frame shall show them there already.
        window.update_from_scroll()
        self._more.place(self.x + (self.width - self._more.width) / 2, self.y + self._more.height)
        self.add_widget(self._more)


class EntryBox(Block):
    """What is being typed: one box, or the three of a date."""

    def __init__(
        self, entry: Entry, language: Language, theme: Theme, width: float, *, lines: int = 2
    ) -> None:
        self._theme, self._language = theme, language
        self.keyboard = entry.keyboard
        self._lines = lines if entry.keyboard in (Keyboard.ADDRESS, Keyboard.EMAIL) else 1
        self.is_date = entry.keyboard is Keyboard.DATE
        if self.is_date:
            width = min(width, theme.mm(150))
        self._names = [
            Words(face_phrase(word, language), size=theme.small, colour=theme.palette.quiet)
            for word in (FaceWord.MONTH, FaceWord.DAY, FaceWord.YEAR)
        ]
        self._text = ""
        probe = Words("Hg", size=self._size, colour=theme.palette.ink)
        inner = probe.height if self.is_date else probe.height * self._lines
        box = max(theme.target, inner + theme.mm(4))
        super().__init__(width, box + (self._names[0].height + theme.mm(1) if self.is_date else 0))
        self._box = box

    @property
    def _size(self) -> float:
        return self._theme.heading if self.is_date or self.keyboard is Keyboard.DIGITS else self._theme.body

    def show(self, text: str) -> None:
        """Show what has been typed now."""
        if text != self._text:
            self._text = text
            self.compose()

    def forget(self) -> None:
        """Show nothing."""
        self._text = ""
        self.clear_widgets()

    def compose(self) -> None:
        """Draw the boxes, the place where the next character goes, and the text."""
        self.clear_widgets()
        self.canvas.before.clear()
        if self.is_date:
            self._compose_date()
        else:
            self._compose_text()

    def _frame(self, x: float, width: float, *, is_next: bool) -> None:
        theme, palette = self._theme, self._theme.palette
        at, size = (x, self.y), (width, self._box)
        round_box(self.canvas.before, at, size, theme.radius, palette.card)
        line = theme.mm(0.9) if is_next else theme.line
        round_edge(
            self.canvas.before, at, size, theme.radius, line, palette.main if is_next else palette.edge
        )

    def _caret(self, x: float, middle: float) -> None:
        high = self._size * 0.42
        stroke(
            self.canvas.before,
            (x, middle - high, x, middle + high),
            self._theme.mm(0.7),
            self._theme.palette.main,
        )

    def _compose_date(self) -> None:
        theme, gap = self._theme, self._theme.mm(4)
        unit = (self.width - 2 * gap) / (sum(_DATE_GROUPS) + 1.2)
        x, start = self.x, 0
        middle = self.y + self._box / 2
        for name, count in zip(self._names, _DATE_GROUPS, strict=True):
            width = unit * (count + 0.4)
            digits = self._text[start : start + count]
            is_next = start <= len(self._text) < start + count
            self._frame(x, width, is_next=is_next)
            cell = width / (count + 0.4)
            for place in range(count):
                centre = x + cell * (place + 0.7)
                if place < len(digits):
                    digit = Words(digits[place], size=self._size, colour=theme.palette.ink, bold=True)
                    digit.place(centre - digit.width / 2, middle + digit.height / 2)
                    self.add_widget(digit)
                else:
                    low = self.y + self._box * 0.24
                    stroke(
                        self.canvas.before, (centre - cell * 0.26, low, centre + cell * 0.26, low),
                        theme.mm(0.5), theme.palette.edge,
                    )  # fmt: skip
                if is_next and place == len(digits):
                    self._caret(centre - cell * 0.26, middle)
            name.place(x + (width - name.width) / 2, self.top)
            self.add_widget(name)
            x += width + gap
            start += count

    def _compose_text(self) -> None:
        theme = self._theme
        self._frame(self.x, self.width, is_next=True)
        pad, text = theme.mm(5), self._text
        if self.keyboard is Keyboard.DIGITS:
            text = " ".join(part for part in (text[:3], text[3:6], text[6:]) if part)
        shown = Words(text, size=self._size, colour=theme.palette.ink, width=self.width - 2 * pad)
        start = 0
        while shown.height > self._box - theme.mm(2) and start < len(text):
            start += 4
            shown = Words(
                "…" + text[start:], size=self._size, colour=theme.palette.ink, width=self.width - 2 * pad
            )
        middle = self.y + self._box / 2
        shown.place(self.x + pad, middle + shown.height / 2)
        self.add_widget(shown)
        if not text:
            self._caret(self.x + pad, middle)


class TicketCard(Block):
    """The queue number, large, and the ticket as a code to take a picture of."""

    def __init__(self, screen: Screen, theme: Theme, width: float, height: float) -> None:
        super().__init__(width, height)
        self._theme = theme
        palette = theme.palette
        caption = phrase(screen.fields[0].label, screen.language) if screen.fields else ""
        self._caption = Words(caption, size=theme.body, colour=palette.quiet)
        self._code = _code_texture(screen.qr) if screen.qr else None
        self._side = min(height - theme.mm(10), width * 0.42, theme.mm(60)) if self._code is not None else 0.0
        room = width - theme.mm(10) - (self._side + theme.mm(5) if self._side else 0)
        self._number = Words(screen.big, size=min(theme.number, height * 0.62), colour=palette.ink, bold=True)
        if self._number.width > room:
            smaller = self._number.font_size * room / self._number.width
            self._number = Words(screen.big, size=smaller, colour=palette.ink, bold=True)
        self.add_widget(self._caption)
        self.add_widget(self._number)

    def compose(self) -> None:
        """Number left, code right, on a card."""
        theme, palette = self._theme, self._theme.palette
        self.canvas.before.clear()
        round_box(self.canvas.before, self.pos, self.size, theme.radius, palette.card)
        round_edge(self.canvas.before, self.pos, self.size, theme.radius, theme.mm(0.9), palette.good)
        side = self._side
        room = self.width - (side + theme.mm(5) if side else 0)
        whole = self._caption.height + self._number.height
        top = self.center_y + whole / 2
        self._caption.place(self.x + (room - self._caption.width) / 2, top)
        self._number.place(self.x + (room - self._number.width) / 2, top - self._caption.height)
        if self._code is not None:
            modules = self._code.width
            side = modules * max(1, int(side // modules))
            at = (round(self.right - theme.mm(5) - side), round(self.center_y - side / 2))
            self.canvas.before.add(Color(1, 1, 1, 1))
            self.canvas.before.add(Rectangle(pos=at, size=(side, side), texture=self._code))


def _code_texture(text: str) -> Any:
    picture = qr_picture(text, module=1)
    texture = Texture.create(size=picture.size, colorfmt="luminance")
    texture.mag_filter = texture.min_filter = "nearest"
    texture.blit_buffer(picture.tobytes(), colorfmt="luminance", bufferfmt="ubyte")
    texture.flip_vertical()
    return texture


class Dots(Block):
    """Where one is: filled dots for the steps done and the present one, and the same in words."""

    def __init__(
        self, progress: tuple[int, int], language: Language, theme: Theme, width: float, height: float
    ) -> None:
        super().__init__(width, height)
        self._theme, self._progress = theme, progress
        said = face_phrase(FaceWord.STEP, language, step=progress[0], steps=progress[1])
        self._words = Words(said, size=theme.small, colour=theme.palette.quiet, align="center", width=width)
        self.add_widget(self._words)

    def compose(self) -> None:
        """A row of dots above the words."""
        theme, (step, steps) = self._theme, self._progress
        radius, apart = theme.mm(1.9), theme.mm(7)
        self.canvas.before.clear()
        y = self.center_y + theme.mm(4)
        left = self.center_x - apart * (steps - 1) / 2
        for place in range(steps):
            centre = (left + place * apart, y)
            colour: Colour = theme.palette.main if place < step else theme.palette.edge
            disc(self.canvas.before, centre, radius, colour)
            if place >= step:
                disc(self.canvas.before, centre, radius - theme.mm(0.6), theme.palette.ground)
        self._words.place(self.x, y - radius - theme.mm(1))
