"""The keys on the glass, for every kind of text that is typed."""

from collections.abc import Callable
from typing import Final, Protocol

from kiosk.theme import Theme
from kiosk.views.paint import Block
from kiosk.views.target import Guard, Target
from kiosk.words import FaceWord, face_phrase
from medoffice.checkin.screen import Keyboard
from medoffice.core.people import Language

ERASE: Final = "<erase>"
SPACE: Final = "<space>"
MARKS: Final = "<marks>"

_LETTERS: Final = (tuple("QWERTYUIOP"), tuple("ASDFGHJKL"), tuple("ZXCVBNM"))
_MARKED: Final = (tuple("ÁÀÂÄÃÉÈÊË"), tuple("ÍÌÎÏÓÒÔÖÕ"), tuple("ÚÙÛÜÑÇÝŁØ"))
_DIGITS: Final = tuple("1234567890")
_PAD: Final = (tuple("123"), tuple("456"), tuple("789"), ("", "0", ERASE))
_WIDE: Final = {SPACE: 3.0, ERASE: 2.4, MARKS: 1.6, ".com": 1.8}

PAD_WIDTH: Final = 150.0
PAD_WIDTH_LANDSCAPE: Final = 112.0
"""Width of a pad of digits in mm."""

Rows = tuple[tuple[str, ...], ...]


class Hands(Protocol):
    """What the keys do."""

    def key(self, character: str) -> None:
        """One character."""
        ...

    def erase(self) -> None:
        """The last one taken back."""
        ...


def rows(keyboard: Keyboard, letters: str, *, marked: bool = False) -> Rows:
    """The keys of a keyboard from the top row down; ``letters`` are the language's own beside A to Z."""
    first, second, third = _MARKED if marked else _LETTERS
    if not marked:
        second = (*second, *letters)
    match keyboard:
        case Keyboard.DATE | Keyboard.DIGITS:
            return _PAD
        case Keyboard.NAME:
            return first, second, (*third, "-", "'") if not marked else third, (MARKS, SPACE, ERASE)
        case Keyboard.EMAIL:
            top, middle, low = (tuple(each.lower() for each in row) for row in _LETTERS)
            return _DIGITS, top, middle, (*low, "-", "_", "+"), ("@", ".", ".com", ERASE)
        case Keyboard.ADDRESS:
            last = (MARKS, ",", ".", SPACE, ERASE)
            return _DIGITS, first, second, third if marked else (*third, "-", "#", "/"), last


def cased(character: str, text: str, keyboard: Keyboard) -> str:
    """The letter that a key gives: a capital where a word begins, none in an e-mail address."""
    if keyboard is Keyboard.EMAIL:
        return character.lower()
    return character if not text or text[-1] in " -'#/" else character.lower()


class Keys(Block):
    """One keyboard. ``text`` is what was typed so far, which decides on capitals; it is kept for no longer."""

    def __init__(
        self,
        keyboard: Keyboard,
        language: Language,
        letters: str,
        *,
        theme: Theme,
        width: float,
        guard: Guard,
        hands: Hands,
    ) -> None:
        self.keyboard = keyboard
        self.text = ""
        self._language, self._letters = language, letters
        self._theme, self._guard, self._hands = theme, guard, hands
        self._pages: dict[bool, Keys._Page] = {}
        self._is_marked = False
        gap, count = theme.key_gap, len(rows(keyboard, letters))
        self.is_wide = keyboard not in (Keyboard.DATE, Keyboard.DIGITS)
        if not self.is_wide:
            gap = theme.mm(3)
            width = min(width, theme.mm(PAD_WIDTH if theme.panel.is_portrait else PAD_WIDTH_LANDSCAPE))
        self._gap = gap
        super().__init__(width, count * theme.target + (count - 1) * gap)

    _Page = tuple[tuple[Target, ...], ...]

    def reset(self) -> None:
        """As it was at first: the plain letters, and nothing known of the text."""
        self.text = ""
        self._turn_to(marked=False)

    def compose(self) -> None:
        """Place the keys of the page that is shown."""
        self._turn_to(marked=self._is_marked)

    def _turn_to(self, *, marked: bool) -> None:
        self._is_marked = marked
        if marked not in self._pages:
            self._pages[marked] = self._made(marked=marked)
        self.clear_widgets()
        top = self.top
        for row in self._pages[marked]:
            taken = sum(key.width for key in row) + self._gap * (len(row) - 1)
            x = self.x + (self.width - taken) / 2
            for key in row:
                if key.label:
                    key.place(x, top)
                    self.add_widget(key)
                x += key.width + self._gap
            top -= self._theme.target + self._gap

    def _made(self, *, marked: bool) -> _Page:
        layout = rows(self.keyboard, self._letters, marked=marked)
        longest = 10 if self.is_wide else 3
        unit = (self.width - self._gap * (longest - 1)) / longest
        return tuple(tuple(self._key(each, unit, marked=marked) for each in row) for row in layout)

    def _key(self, key: str, unit: float, *, marked: bool) -> Target:
        wide = _WIDE.get(key, 1.0) if self.is_wide else 1.0
        label = {
            ERASE: face_phrase(FaceWord.ERASE, self._language),
            SPACE: face_phrase(FaceWord.SPACE, self._language),
            MARKS: "ABC" if marked else "ÁÑÜ",
        }.get(key, key)
        size = self._theme.heading if key.isdigit() and not self.is_wide else None
        if key in _WIDE or key == ERASE:
            size = self._theme.small
        elif self.is_wide:
            size = self._theme.body
        return Target(
            f"key {key}" if key else "key none",
            label,
            theme=self._theme,
            width=unit * wide + self._gap * (wide - 1),
            height=self._theme.target,
            size=size,
            is_key=True,
            guard=self._guard,
            act=self._action(key),
        )

    def _action(self, key: str) -> Callable[[], None]:
        if key == ERASE:
            return self._hands.erase
        if key == MARKS:
            return lambda: self._turn_to(marked=not self._is_marked)
        if key == SPACE:
            return lambda: self._hands.key(" ")

        def type_it() -> None:
            for character in key:
                self._hands.key(cased(character, self.text, self.keyboard))

        return type_it
