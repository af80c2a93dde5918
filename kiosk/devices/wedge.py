"""A scanner that types: telling its strings from a person's keys, by their speed.

A keyboard-wedge scanner sends a code as key presses, a few milliseconds apart, and then Enter. This is one
pure state machine: keys and times go in, decisions come out; it holds no clock and touches no keyboard.

The buffer is one fixed block of memory that is overwritten with zeros as soon as its content was told or
dropped. (The short strings that a keyboard event itself brings are Python's and cannot be overwritten; they
are not kept.)
"""

from typing import Final

import attrs

from kiosk.devices.payment_card import looks_like_payment_card
from medoffice.core.errors import InvalidValue

LARGEST_SCAN: Final = 7089
"""Characters in the largest QR code (version 40-L, digits only; ISO/IEC 18004)."""


@attrs.frozen(repr=False)
class Scanned:
    """A whole code in UTF-8, without prefix, suffix and Enter. The repr shows the length only."""

    data: bytes

    def __repr__(self) -> str:
        return f"Scanned({len(self.data)} bytes)"


@attrs.frozen(repr=False)
class Typed:
    """Ordinary typing. The repr shows the length only."""

    text: str

    def __repr__(self) -> str:
        return f"Typed({len(self.text)} characters)"


@attrs.frozen
class EnterTyped:
    """Enter, pressed by a person."""


@attrs.frozen
class PaymentCardRefused:
    """What came looked like a payment card; it was dropped and is nowhere kept."""


@attrs.frozen
class TooLong:
    """More characters than any code has; all were dropped."""


WedgeEvent = Scanned | Typed | EnterTyped | PaymentCardRefused | TooLong


def _positive(_: object, __: object, value: float) -> None:
    if not value > 0:
        raise InvalidValue("scanner setting", "times and sizes are above zero")


@attrs.frozen(kw_only=True)
class WedgeSettings:
    """How the scanner was set up; all times in seconds.

    Attributes:
        key_gap: most time between two keys of a scanner. People rarely type two keys within 50 ms.
        stall: most time between two keys once ``least`` of them came fast: the program may have been busy.
        least: fewest characters of a scan, prefix and suffix included.
        most: most bytes of a scan, prefix and suffix included.
        prefix: characters that the scanner was set to send first; without them, fast keys are no scan.
        suffix: characters that the scanner was set to send last, before Enter.

    Raises:
        InvalidValue: when a time or size is not above zero.
    """

    key_gap: float = attrs.field(default=0.05, validator=_positive)
    stall: float = attrs.field(default=0.3, validator=_positive)
    least: int = attrs.field(default=6, validator=_positive)
    most: int = attrs.field(default=LARGEST_SCAN, validator=_positive)
    prefix: str = ""
    suffix: str = ""


class Wedge:
    """Feed it every key with its time; it answers with what the keys meant, each character told exactly once.

    Fast keys are held back until Enter makes them a scan, or a pause makes them typing. Call :meth:`pause`
    now and then (each tick of the screen will do) so that a last typed key does not wait for the next one.
    """

    def __init__(self, settings: WedgeSettings = WedgeSettings()) -> None:
        self._settings = settings
        self._prefix = _encoded(settings.prefix)
        self._suffix = _encoded(settings.suffix)
        self._buffer = bytearray(settings.most)
        self._used = 0
        self._keys = 0
        self._last = float("-inf")
        self._is_dropping = False

    def key(self, text: str, *, at: float) -> tuple[WedgeEvent, ...]:
        """Characters that arrived ``at`` this time (seconds of a steady clock); mostly one at once."""
        events = list(self.pause(at=at))
        for character in text:
            self._last = max(self._last, at)
            if self._is_dropping:
                continue
            encoded = _encoded(character)
            end = self._used + len(encoded)
            if end > self._settings.most:
                self._forget()
                self._is_dropping = True
                events.append(TooLong())
                continue
            self._buffer[self._used : end] = encoded
            self._used = end
            self._keys += 1
        return tuple(events)

    def enter(self, *, at: float) -> tuple[WedgeEvent, ...]:
        """The Enter key (or Return, or Line Feed) ``at`` this time."""
        events = list(self.pause(at=at))
        if self._is_dropping:
            self._is_dropping = False
        elif self._used and looks_like_payment_card(memoryview(self._buffer)[: self._used]):
            events.append(PaymentCardRefused())
        elif self._is_scan():
            start, end = len(self._prefix), self._used - len(self._suffix)
            events.append(Scanned(bytes(memoryview(self._buffer)[start:end])))
        else:
            events.extend(self._as_typed())
            events.append(EnterTyped())
        self._forget()
        self._last = float("-inf")
        return tuple(events)

    def pause(self, *, at: float) -> tuple[WedgeEvent, ...]:
        """What is certain by now: keys held back are typing once too long a pause has followed."""
        quiet = at - self._last
        if self._is_dropping:
            if quiet > self._settings.stall:
                self._is_dropping = False
            return ()
        patience = self._settings.key_gap
        if self._keys >= self._settings.least:
            patience = max(patience, self._settings.stall)
        if not self._used or quiet <= patience:
            return ()
        if looks_like_payment_card(memoryview(self._buffer)[: self._used]):
            self._forget()
            # The rest of a swipe that stalled must not get through: drop until Enter or quiet.
            self._is_dropping = True
            self._last = at
            return (PaymentCardRefused(),)
        events = self._as_typed()
        self._forget()
        return events

    def clear(self) -> None:
        """Forget what is held back, as when the screen is wiped."""
        self._forget()
        self._is_dropping = False
        self._last = float("-inf")

    def _is_scan(self) -> bool:
        held = memoryview(self._buffer)[: self._used]
        ends = len(self._prefix) + len(self._suffix)
        return (
            self._keys >= self._settings.least
            and self._used > ends
            and held[: len(self._prefix)] == self._prefix
            and held[self._used - len(self._suffix) :] == self._suffix
        )

    def _as_typed(self) -> tuple[WedgeEvent, ...]:
        if not self._used:
            return ()
        return (Typed(str(memoryview(self._buffer)[: self._used], "utf-8", "surrogatepass")),)

    def _forget(self) -> None:
        self._buffer[: self._used] = bytes(self._used)
        self._used = 0
        self._keys = 0


def _encoded(text: str) -> bytes:
    """UTF-8; half a surrogate pair, which some drivers send, is passed through, not raised on."""
    return text.encode("utf-8", "surrogatepass")
