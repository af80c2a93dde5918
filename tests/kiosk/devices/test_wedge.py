"""A scanner's keys become a scan, a person's stay typing, and nothing is kept."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kiosk.devices.wedge import (
    EnterTyped,
    PaymentCardRefused,
    Scanned,
    TooLong,
    Typed,
    Wedge,
    WedgeEvent,
    WedgeSettings,
)
from medoffice.core.checkdigit import luhn_digit
from medoffice.core.errors import InvalidValue

FAST = st.floats(min_value=0, max_value=0.045)
SLOW = st.floats(min_value=0.06, max_value=2)
ANY_GAP = st.one_of(FAST, SLOW)
CHARACTERS = st.characters(codec="utf-8")
CARD = "411111111111111"
CARD_NUMBER = CARD + luhn_digit(CARD)


def scan(wedge: Wedge, text: str, *, at: float = 0.0, gap: float = 0.005) -> list[WedgeEvent]:
    """All events of a scanner that sends ``text`` and Enter."""
    events: list[WedgeEvent] = []
    for place, character in enumerate(text):
        events.extend(wedge.key(character, at=at + place * gap))
    events.extend(wedge.enter(at=at + len(text) * gap))
    return events


def typed_text(events: list[WedgeEvent]) -> str:
    """What was typed, with Enter as a line's end."""
    return "".join(
        event.text if isinstance(event, Typed) else "\n"
        for event in events
        if isinstance(event, Typed | EnterTyped)
    )


def merged(events: list[WedgeEvent]) -> list[WedgeEvent]:
    """The events with neighbouring typing joined."""
    joined: list[WedgeEvent] = []
    for event in events:
        if joined and isinstance(event, Typed) and isinstance(joined[-1], Typed):
            joined[-1] = Typed(joined[-1].text + event.text)
        else:
            joined.append(event)
    return joined


def is_empty(wedge: Wedge) -> bool:
    """Whether every byte of the buffer is zero."""
    return not any(wedge._buffer)


@given(st.text(CHARACTERS, min_size=6, max_size=300), FAST)
def test_a_scan_arrives_whole_whatever_its_characters(text: str, gap: float) -> None:
    """Any characters, at any scanner's speed, come as one scan, and the buffer is zero afterwards."""
    wedge = Wedge()
    events = scan(wedge, text, gap=gap)
    assume(events != [PaymentCardRefused()])
    assert events == [Scanned(text.encode())]
    assert is_empty(wedge)


@pytest.mark.parametrize(
    "text", ["%^?;=shc:/5676290952", "a b c  d", "{}[]|~`'\"\\", "Ünïcödé€😀", "\x1d\x1e\x04ANSI "]
)
def test_odd_characters_of_real_scanners(text: str) -> None:
    """The characters that keyboard layouts are known to break are passed through."""
    assert scan(Wedge(), text) == [Scanned(text.encode())]


KEYS = st.lists(
    st.tuples(st.one_of(st.text(CHARACTERS, min_size=1, max_size=1), st.none()), ANY_GAP), max_size=60
)


@given(KEYS, st.lists(st.integers(min_value=0, max_value=60), max_size=8))
def test_ticks_between_keys_change_nothing(keys: list[tuple[str | None, float]], ticks: list[int]) -> None:
    """Asking for what is certain, as often as one likes, never changes what the keys meant."""
    plain, ticked = Wedge(), Wedge()
    without: list[WedgeEvent] = []
    with_ticks: list[WedgeEvent] = []
    now = 0.0
    for place, (key, gap) in enumerate(keys):
        for part in range(1, ticks.count(place) + 1):
            with_ticks.extend(ticked.pause(at=now + gap * part / (ticks.count(place) + 1)))
        now += gap
        without.extend(plain.enter(at=now) if key is None else plain.key(key, at=now))
        with_ticks.extend(ticked.enter(at=now) if key is None else ticked.key(key, at=now))
    without.extend(plain.pause(at=now + 5))
    with_ticks.extend(ticked.pause(at=now + 5))
    assert without == with_ticks


@given(st.text(CHARACTERS, max_size=100), st.lists(st.integers(min_value=1, max_value=9), max_size=100))
def test_chunks_change_nothing(text: str, sizes: list[int]) -> None:
    """Characters that arrive at one time mean the same in one piece, in several, or one by one."""
    single, chunked = Wedge(), Wedge()
    wanted = [event for character in text for event in single.key(character, at=1.0)]
    got: list[WedgeEvent] = []
    rest = text
    for size in [*sizes, len(text) or 1]:
        got.extend(chunked.key(rest[:size], at=1.0))
        rest = rest[size:]
    assert (got, chunked.enter(at=1.0)) == (wanted, single.enter(at=1.0))


@given(st.lists(st.tuples(st.text(CHARACTERS, min_size=1, max_size=1), SLOW), max_size=60), SLOW)
def test_slow_typing_is_never_a_scan_and_nothing_is_lost(keys: list[tuple[str, float]], last: float) -> None:
    """A person's keys come out as typing, all of them, in order, with their Enter."""
    wedge, now = Wedge(), 0.0
    events: list[WedgeEvent] = []
    for character, gap in keys:
        now += gap
        events.extend(wedge.key(character, at=now))
    events.extend(wedge.enter(at=now + last))
    assert typed_text(events) == "".join(character for character, _ in keys) + "\n"
    assert not any(isinstance(event, Scanned) for event in events)
    assert is_empty(wedge)


@given(KEYS)
def test_every_character_is_told_once_or_refused(keys: list[tuple[str | None, float]]) -> None:
    """Unless a card was refused, typing and scans together are exactly the keys; then nothing is kept."""
    wedge, now = Wedge(), 0.0
    events: list[WedgeEvent] = []
    for key, gap in keys:
        now += gap
        events.extend(wedge.enter(at=now) if key is None else wedge.key(key, at=now))
    events.extend(wedge.pause(at=now + 5))
    assume(PaymentCardRefused() not in events)
    told = "".join(
        event.data.decode() + "\n" if isinstance(event, Scanned) else typed_text([event]) for event in events
    )
    assert told == "".join("\n" if key is None else key for key, _ in keys)
    assert is_empty(wedge)
    assert merged(events).count(TooLong()) == 0


@given(st.integers(min_value=13, max_value=19), st.data())
def test_a_card_number_is_refused_and_told_nowhere(length: int, data: st.DataObject) -> None:
    """A Luhn-valid run of 13 to 19 digits, in whatever is scanned, is dropped with all round it."""
    digits = data.draw(st.text("0123456789", min_size=length - 1, max_size=length - 1))
    number = digits + luhn_digit(digits)
    edge = st.text(CHARACTERS.filter(lambda c: c not in "0123456789"), max_size=20)
    wedge = Wedge()
    events = scan(wedge, data.draw(edge) + number + data.draw(edge))
    assert events == [PaymentCardRefused()]
    assert is_empty(wedge)


@given(st.integers(min_value=13, max_value=19), st.data())
def test_a_number_that_fails_luhn_is_no_card(length: int, data: st.DataObject) -> None:
    """Runs whose check digit does not fit, and longer or shorter runs, are scans like any other."""
    digits = data.draw(st.text("0123456789", min_size=length - 1, max_size=length - 1))
    wrong = digits + str((int(luhn_digit(digits)) + data.draw(st.integers(min_value=1, max_value=9))) % 10)
    assert scan(Wedge(), wrong) == [Scanned(wrong.encode())]
    assert scan(Wedge(), CARD_NUMBER * 2) == [Scanned((CARD_NUMBER * 2).encode())]
    assert scan(Wedge(), "0" * 12) == [Scanned(b"0" * 12)]


@pytest.mark.parametrize(
    "track", [f"%B{CARD_NUMBER}^DOE/JANE^3012?", "%B^DOE/JANE^?", f";{CARD_NUMBER}=3012?", "%bX^DOE^"]
)
def test_bank_tracks_are_refused(track: str) -> None:
    """A swiped card is refused on either track, even when its number cannot be made out."""
    assert scan(Wedge(), track) == [PaymentCardRefused()]


@given(st.floats(min_value=0.31, max_value=5))
def test_a_swipe_without_enter_is_refused_too(pause: float) -> None:
    """Where a reader sends no Enter, or stalls, the number is not typing, nor is what follows."""
    wedge = Wedge()
    events = list(wedge.key(f"%B{CARD_NUMBER}^DO", at=0.0))
    events += wedge.pause(at=pause)
    events += wedge.key("E/JANE^3012?", at=pause)
    events += wedge.enter(at=pause)
    assert events == [PaymentCardRefused()]
    assert scan(wedge, "next code", at=pause + 1) == [Scanned(b"next code")]


def test_prefix_and_suffix_tell_a_scan_and_are_taken_off() -> None:
    """With both set, fast keys without them are typing."""
    wedge = Wedge(WedgeSettings(prefix="]Q", suffix="\t"))
    assert scan(wedge, "]Qpayload\t") == [Scanned(b"payload")]
    assert scan(wedge, "payload\t", at=10) == [Typed("payload\t"), EnterTyped()]
    assert scan(wedge, "]Qpayload", at=20) == [Typed("]Qpayload"), EnterTyped()]


def test_a_busy_program_does_not_tear_a_scan() -> None:
    """Once keys came fast, one late key belongs to them still; before that it does not."""
    wedge = Wedge()
    late = [*wedge.key("abcdef", at=0.0), *wedge.key("ghi", at=0.25), *wedge.enter(at=0.5)]
    assert late == [Scanned(b"abcdefghi")]
    early = [*wedge.key("abc", at=10.0), *wedge.key("defghi", at=10.25), *wedge.enter(at=10.26)]
    assert early == [Typed("abc"), Scanned(b"defghi")]


@given(st.integers(min_value=1, max_value=50))
def test_more_than_any_code_holds_is_dropped(more: int) -> None:
    """Too long a run is told once, dropped to its Enter, and the next scan is read."""
    wedge = Wedge(WedgeSettings(most=64))
    assert scan(wedge, "x" * 64) == [Scanned(b"x" * 64)]
    assert scan(wedge, "x" * (64 + more), at=10) == [TooLong()]
    assert is_empty(wedge)
    assert scan(wedge, "next code", at=20) == [Scanned(b"next code")]


def test_clear_forgets_what_is_held_back() -> None:
    """A wipe of the screen leaves nothing of the last patient's keys."""
    wedge = Wedge()
    wedge.key("CANARY", at=0.0)
    assert not is_empty(wedge)
    wedge.clear()
    assert is_empty(wedge)
    assert wedge.enter(at=0.001) == (EnterTyped(),)


def test_reprs_show_lengths_only() -> None:
    """Neither a scan nor typing shows its content."""
    assert repr(Scanned(b"CANARY")) == "Scanned(6 bytes)"
    assert repr(Typed("CANARY")) == "Typed(6 characters)"


@pytest.mark.parametrize("wrong", [{"key_gap": 0}, {"stall": -1}, {"least": 0}, {"most": 0}])
def test_impossible_settings_are_refused(wrong: dict[str, float]) -> None:
    """A scanner cannot be set up with times or sizes of nothing."""
    with pytest.raises(InvalidValue):
        WedgeSettings(**wrong)  # type: ignore[arg-type]


@given(st.text(CHARACTERS, min_size=1, max_size=5), FAST)
def test_a_few_fast_keys_are_typing(text: str, gap: float) -> None:
    """People roll a few keys and Enter fast; that is shorter than any code."""
    wedge = Wedge()
    events = scan(wedge, text, gap=gap)
    assume(events != [PaymentCardRefused()])
    assert merged(events) == [Typed(text), EnterTyped()]


@given(st.text("0123456789", min_size=18, max_size=18), st.text("0123456789", min_size=1, max_size=30))
def test_a_longer_run_is_no_card_whatever_it_begins_or_ends_with(digits: str, more: str) -> None:
    """Codes written in digits are long; a part of one that happens to fit is no card."""
    number = digits + luhn_digit(digits)
    for text in (number + more, more + number):
        assert scan(Wedge(), text) == [Scanned(text.encode())]
