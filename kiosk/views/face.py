"""The kiosk's whole face: one screen at a time, the same places on each."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final, Protocol

import attrs
from kivy.uix.widget import Widget

from kiosk.devices.frames import Frame
from kiosk.theme import Theme
from kiosk.views.keyboard import Keys
from kiosk.views.paint import Block, Words, stroke
from kiosk.views.parts import Dots, Drawing, EntryBox, Notice, Rows, Scrolled, TicketCard
from kiosk.views.preview import Preview
from kiosk.views.target import BACK, PERSON, Target
from kiosk.words import languages, phrase, tongue
from medoffice.checkin.messages import Action
from medoffice.checkin.screen import Button, Keyboard, Picture, Screen, Weight
from medoffice.checkin.words import Word, say
from medoffice.core.people import Language

GUARD_SECONDS: Final = 0.25
"""How long a new screen takes no touch: the second half of a double tap lands within it."""
_STRIP: Final = 0.08
_PICTURE_MOST: Final = 0.42
_KEYS_SHARE: Final = 0.555
"""Part of a lying panel's width that letters' keys take."""
_PICTURE_LEAST: Final = 26.0
"""mm below which a picture is left out."""


_BACK_BUTTON: Final = Button(Action.BACK, say(Word.BACK))
_PERSON_BUTTON: Final = Button(Action.PERSON, say(Word.PERSON))


class Hands(Protocol):
    """What touches lead to; a driver has these."""

    def press(self, action: Action, serial: int) -> None:
        """A button of the screen with that serial."""
        ...

    def key(self, character: str) -> None:
        """A key."""
        ...

    def erase(self) -> None:
        """The erase key."""
        ...

    def choose_language(self, language: Language) -> None:
        """Another language."""
        ...

    def touched(self) -> None:
        """Any touch."""
        ...


class Face(Widget):
    """Draws screens. Size and theme are fixed when it is made.

    It draws no ground: the window is cleared with that colour, which spares software GL a third of each frame.

    Args:
        theme: panel and palette.
        clinic: the office's name, for the strip.
        hands: what touches lead to.
        clock: steady seconds, for the guard against double taps.
        has_camera: whether there is a preview to show.
    """

    def __init__(
        self, theme: Theme, *, clinic: str, hands: Hands, clock: Callable[[], float], has_camera: bool = True
    ) -> None:
        super().__init__(size_hint=(None, None), size=(theme.panel.width, theme.panel.height))
        self._theme, self._clinic, self._hands, self._clock = theme, clinic, hands, clock
        self._has_camera = has_camera
        self._screen: Screen | None = None
        self._guarded_until = float("-inf")
        self._touching: Any = None
        self._keyboards: dict[tuple[Keyboard, Language, float], Keys] = {}
        self._entry: EntryBox | None = None
        self._keys: Keys | None = None
        self._main: Target | None = None
        self.preview: Preview | None = None

    # --- showing ------------------------------------------------------------------------------------------------

    def show(self, screen: Screen) -> None:
        """Show a screen; where only the text typed has changed, only that is drawn anew."""
        before, self._screen = self._screen, screen
        if before is None or _layout_of(before) != _layout_of(screen):
            if before is None or _place_of(before) != _place_of(screen):
                self._guarded_until = self._clock() + GUARD_SECONDS
            self._build(screen)
        self._show_entry(screen)

    def warm_up(self, language: Language) -> None:
        """Build the keys of the first questions before anybody waits for them, and draw the letters once."""
        share = 1.0 if self._theme.panel.is_portrait else _KEYS_SHARE
        for keyboard in (Keyboard.DATE, Keyboard.NAME):
            self._keyboard(keyboard, language, (self.width - 2 * self._theme.mm(6)) * share).compose()

    def show_frame(self, frame: Frame) -> None:
        """Show the camera's newest picture, where a screen has room for one."""
        if self.preview is not None:
            self.preview.show(frame)

    def forget(self) -> None:
        """Let go of everything that a patient has typed or been shown."""
        if self.preview is not None:
            self.preview.forget()
        if self._entry is not None:
            self._entry.forget()
        for keys in self._keyboards.values():
            keys.reset()
        self._screen = None
        self._entry = self._keys = self._main = self.preview = None
        self._touching = None
        self.clear_widgets()
        self.canvas.after.clear()

    @property
    def is_guarded(self) -> bool:
        """Whether touches are not taken yet."""
        return self._clock() < self._guarded_until

    def targets(self) -> tuple[Target, ...]:
        """Every button and key that can be seen now."""
        return tuple(each for each in self.walk(restrict=True) if isinstance(each, Target))

    def _guard(self) -> bool:
        return not self.is_guarded

    # --- touches ------------------------------------------------------------------------------------------------

    def on_touch_down(self, touch: Any) -> bool:
        """One finger at a time; the wheel and other mouse buttons are nothing."""
        is_other = "button" in touch.profile and touch.button != "left"
        if is_other or (self._touching is not None and self._touching is not touch):
            return True
        self._touching = touch
        self._hands.touched()
        super().on_touch_down(touch)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        """The finger has left."""
        if touch is self._touching:
            self._touching = None
        super().on_touch_up(touch)
        return True

    # --- building -----------------------------------------------------------------------------------------------

    def _build(self, screen: Screen) -> None:
        theme = self._theme
        self.clear_widgets()
        self.canvas.after.clear()
        self._entry = self._keys = self._main = self.preview = None
        strip = self._strip(screen)
        foot = self._foot(screen)
        left, right = theme.margin, self.width - theme.margin
        low, high = foot + theme.gap, self.height - strip - theme.gap
        if theme.panel.is_portrait:
            self._column(screen, left, right, low, high)
        elif screen.entry is not None:
            self._typing_panes(screen, left, low, high)
        else:
            self._two_panes(screen, left, right, low, high)

    def _put(self, block: Any, x: float, top: float) -> float:
        height = block.place(x, top)
        self.add_widget(block)
        return float(height)

    def _strip(self, screen: Screen) -> float:
        theme, palette = self._theme, self._theme.palette
        others = [each for each in languages() if each != screen.language]
        buttons = [
            Target(
                f"language {language}", tongue(language).name, theme=theme, guard=self._guard,
                act=partial(self._hands.choose_language, language),
            )
            for language in others
        ]  # fmt: skip
        tallest = max((each.height for each in buttons), default=theme.target)
        height = float(max(self.height * _STRIP, tallest + theme.gap))
        middle = self.height - height / 2
        x = self.width - theme.margin
        for button in reversed(buttons):
            x -= button.width
            self._put(button, x, middle + button.height / 2)
            x -= theme.gap
        name = Words(self._clinic, size=theme.body, colour=palette.ink, bold=True, width=x - theme.margin)
        self._put(name, theme.margin, middle + name.height / 2)
        line = (0, self.height - height, self.width, self.height - height)
        stroke(self.canvas.after, line, theme.line, palette.tint)
        return height

    def _foot(self, screen: Screen) -> float:
        """Back, steps and person: each has its place whether or not the others are there."""
        theme = self._theme
        room = self.width - 2 * theme.margin
        share = 0.46 if theme.panel.is_portrait else 0.42
        back = self._button(_BACK_BUTTON, icon=BACK, most=room * 0.3)
        person = self._button(_PERSON_BUTTON, icon=PERSON, most=room * share)
        height = float(max(back.height, person.height) + 2 * theme.gap)
        shown = {each.action for each in screen.fixed}
        start, end = theme.margin, self.width - theme.margin - person.width
        if Action.BACK in shown:
            self._put(back, start, (height + back.height) / 2)
        if Action.PERSON in shown:
            self._put(person, end, (height + person.height) / 2)
        if screen.progress is not None:
            start += back.width + theme.gap
            wide = end - theme.gap - start
            dots = Dots(screen.progress, screen.language, theme, wide, theme.target)
            self._put(dots, start, (height + dots.height) / 2)
        stroke(self.canvas.after, (0, height, self.width, height), theme.line, theme.palette.tint)
        return height

    def _button(
        self, button: Button, *, width: float | None = None, icon: str = "", most: float | None = None
    ) -> Target:
        target = Target(
            button.action.value,
            phrase(button.label, self._language),
            theme=self._theme,
            width=width,
            most=most,
            main=button.weight is Weight.MAIN,
            icon=icon,
            guard=self._guard,
            act=lambda: self._press(button.action),
        )
        if target.is_main:
            self._main = target
        return target

    @property
    def _language(self) -> Language:
        assert self._screen is not None  # noqa: S101  only called while a screen is built
        return self._screen.language

    def _press(self, action: Action) -> None:
        if self._screen is not None:
            self._hands.press(action, self._screen.serial)

    def _texts(self, screen: Screen, width: float, *, with_body: bool = True) -> list[Any]:
        """Title, helping line and notice; on a screen that is typed on, a notice takes the helping line's place."""
        theme, palette = self._theme, self._theme.palette
        blocks: list[Any] = [
            Words(
                phrase(screen.title, screen.language),
                size=theme.heading,
                colour=palette.ink,
                bold=True,
                width=width,
            )
        ]
        if screen.body is not None and with_body and (screen.notice is None or screen.entry is None):
            said = phrase(screen.body, screen.language)
            blocks.append(
                Words(said, size=theme.body, colour=palette.quiet, width=min(width, self._longest_line))
            )
        if screen.notice is not None:
            said = phrase(screen.notice, screen.language)
            blocks.append(Notice(said, screen.tone, screen.language, theme, width))
        return blocks

    @property
    def _longest_line(self) -> float:
        """The width of 38 characters of body text; an average one is half as wide as its font size."""
        return 38 * self._theme.body * 0.5

    def _keys_for(self, screen: Screen, width: float) -> Keys | None:
        if screen.entry is None:
            return None
        return self._keyboard(screen.entry.keyboard, screen.language, width)

    def _keyboard(self, keyboard: Keyboard, language: Language, width: float) -> Keys:
        key = (keyboard, language, width)
        if key not in self._keyboards:
            self._keyboards[key] = Keys(
                keyboard, language, tongue(language).letters,
                theme=self._theme, width=width, guard=self._guard, hands=self._hands,
            )  # fmt: skip
        return self._keyboards[key]

    def _show_entry(self, screen: Screen) -> None:
        if screen.entry is None:
            return
        if self._entry is not None:
            self._entry.show(screen.entry.text)
        if self._keys is not None:
            self._keys.text = screen.entry.text
        if self._main is not None:
            self._main.set_ready(screen.entry.is_ready)

    def _column(self, screen: Screen, left: float, right: float, low: float, high: float) -> None:
        """Portrait: picture, question, entry, keys and buttons under one another; buttons stand at the bottom."""
        theme, width = self._theme, right - left
        at = low
        for button in reversed(screen.buttons):
            target = self._button(button, width=width)
            self._put(target, left, at + target.height)
            at += target.height + theme.gap
        keys = self._keys_for(screen, self.width - 2 * theme.mm(6))
        if keys is not None:
            self._put(keys, (self.width - keys.width) / 2, at + keys.height)
            self._keys = keys
            at += keys.height + theme.gap
        blocks = self._texts(screen, width)
        if screen.entry is not None:
            self._entry = EntryBox(screen.entry, screen.language, theme, width)
            blocks.append(self._entry)
        if (screen.fields or screen.lines) and not screen.big:
            blocks.append(Rows(screen, theme, width))
        room = high - at - sum(each.height for each in blocks) - theme.gap * len(blocks)
        if room < 0 and isinstance(blocks[-1], Rows):
            blocks[-1] = Scrolled(blocks[-1], screen.language, theme, blocks[-1].height + room)
            room = 0
        picture_height = min(room - theme.gap, self.height * _PICTURE_MOST)
        top = high
        if picture_height >= theme.mm(_PICTURE_LEAST):
            spare = room - theme.gap - picture_height
            top -= min(spare / 2, theme.mm(12))
            top -= self._picture(screen, left, top, width, picture_height) + theme.gap * 1.5
        self._stack(blocks, left, top, width)

    def _two_panes(self, screen: Screen, left: float, right: float, low: float, high: float) -> None:
        """Landscape: the picture, or what there is to read, left; the question and its buttons right."""
        theme, gutter = self._theme, self._theme.mm(14)
        half = (right - left - gutter) * 0.46
        rest = right - left - gutter - half
        x = left + half + gutter
        if (screen.fields or screen.lines) and not screen.big:
            rows: Rows | Scrolled = Rows(screen, theme, half + gutter / 2)
            if rows.height > high - low:
                rows = Rows(screen, theme, half + gutter / 2, is_close=True)
            if rows.height > high - low:
                rows = Scrolled(rows, screen.language, theme, high - low)
            self._put(rows, left, (low + high + rows.height) / 2)
        else:
            height = min(high - low, half * 0.62)
            self._picture(screen, left, (low + high + height) / 2, half, height)
        targets = [self._button(each, width=rest) for each in screen.buttons]
        blocks = self._texts(screen, rest)
        needed = _height(theme, blocks, targets) + theme.gap
        if needed > high - low and screen.notice is not None:
            # The notice says what to do now; the helping line gives way to it.
            blocks = self._texts(screen, rest, with_body=False)
            needed = _height(theme, blocks, targets) + theme.gap
        is_tall = needed > high - low and len(screen.buttons) > 1
        if is_tall:
            pair = [self._button(each, width=(rest - theme.gap) / 2) for each in screen.buttons[-2:]]
            targets, lowest = targets[:-2], max(each.height for each in pair)
            needed = _height(theme, blocks, targets, pair[:1]) + theme.gap
        top = min(high, (low + high + needed) / 2)
        top = self._stack(blocks, x, top, rest) - theme.gap
        top = self._stack(targets, x, top, rest)
        if is_tall:
            self._put(pair[0], x, top - (lowest - pair[0].height) / 2)
            self._put(pair[1], self.width - theme.margin - pair[1].width, top - (lowest - pair[1].height) / 2)

    def _typing_panes(self, screen: Screen, left: float, low: float, high: float) -> None:
        theme = self._theme
        keys = self._keys_for(screen, (self.width - 2 * theme.mm(6)) * _KEYS_SHARE)
        if keys is None or screen.entry is None:
            return
        edge = self.width - (theme.mm(6) if keys.is_wide else theme.margin)
        self._put(keys, edge - keys.width, (low + high + keys.height) / 2)
        self._keys = keys
        width = edge - keys.width - theme.mm(8 if keys.is_wide else 20) - left
        texts = self._texts(screen, width)
        targets = [self._button(each, width=width) for each in screen.buttons]
        self._entry = EntryBox(screen.entry, screen.language, theme, width)
        if _height(theme, texts, [self._entry], targets) > high - low:
            self._entry = EntryBox(screen.entry, screen.language, theme, width, lines=1)
        if _height(theme, texts, [self._entry], targets) > high - low:
            texts = self._texts(screen, width, with_body=False)
        blocks = [*texts, self._entry, *targets]
        needed = _height(theme, blocks)
        self._stack(blocks, left, min(high, (low + high + needed) / 2), width)

    def _stack(self, blocks: list[Any], x: float, top: float, width: float) -> float:
        for block in blocks:
            is_narrow_entry = isinstance(block, EntryBox) and block.width < width
            top -= (
                self._put(block, x + ((width - block.width) / 2 if is_narrow_entry else 0), top)
                + self._theme.gap
            )
        return top

    def _picture(self, screen: Screen, x: float, top: float, width: float, height: float) -> float:
        """The drawing, the ticket, or the camera's picture with a drawing beside it; the height that it takes."""
        theme = self._theme
        if screen.big:
            height = min(height, theme.mm(78))
            self._put(TicketCard(screen, theme, width, height), x, top)
            return height
        if screen.picture is Picture.HOLD_CODE and self._has_camera:
            side = min(width * 0.66, height * 4 / 3)
            beside = min(width - side, side * 3 / 4 * 0.84)
            start = x + (width - side - beside) / 2
            self._put(Drawing(screen.picture, theme, beside, height, to_frame=True), start, top)
            self.preview = Preview(theme, side, side * 3 / 4)
            self._put(self.preview, start + beside, top - (height - side * 3 / 4) / 2)
            return height
        height = min(height, width * 0.62)
        self._put(Drawing(screen.picture, theme, width, height), x, top)
        return height


def _height(theme: Theme, *stacks: list[Any]) -> float:
    """How high blocks are under one another."""
    blocks = [each for stack in stacks for each in stack]
    return float(sum(each.height for each in blocks) + theme.gap * (len(blocks) - 1))


def _layout_of(screen: Screen) -> Screen:
    """The screen without what changes while one types."""
    entry = None if screen.entry is None else attrs.evolve(screen.entry, text="", is_ready=True)
    return attrs.evolve(screen, serial=0, entry=entry, timeout=None)


def _place_of(screen: Screen) -> tuple[object, ...]:
    return (screen.turn, screen.name, screen.language, screen.buttons)


__all__ = ["GUARD_SECONDS", "Block", "Face", "Hands"]
