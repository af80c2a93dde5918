"""Whatever bytes come in: busy times in order, findings, or one refusal; never another exception."""

from datetime import UTC, datetime
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from medoffice.core import TimeSlot
from medoffice.wire.ics import busy_times
from medoffice.wire.json import WireError

WINDOW: Final = TimeSlot(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
SEEDS: Final = (
    b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VTIMEZONE
TZID:Office
BEGIN:STANDARD
DTSTART:20071104T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11;UNTIL=20301104T060000Z
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RDATE:20080309T020000,20090308T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
DTSTART;TZID=Office:20260301T090000
DTEND;TZID=Office:20260301T100000
RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=20
EXDATE;TZID=Office:20260311T090000
RDATE;VALUE=PERIOD:20260402T090000Z/PT2H,20260403T090000Z/20260403T100000Z
SEQUENCE:2
STATUS:CONFIRMED
END:VEVENT
BEGIN:VEVENT
UID:1
RECURRENCE-ID;TZID=Office:20260318T090000
DTSTART;TZID=America/New_York:20260319T090000
DURATION:P1DT2H
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
""".replace(b"\n", b"\r\n"),
    b"""BEGIN:VCALENDAR
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20260301
RRULE:FREQ=MONTHLY;BYDAY=-1FR;BYSETPOS=1;UNTIL=20261231
END:VEVENT
BEGIN:VFREEBUSY
FREEBUSY;FBTYPE=BUSY:20260301T150000Z/PT1H
END:VFREEBUSY
END:VCALENDAR
""",
)
PIECES: Final = (
    *(
        b"DTSTART",
        b"DTEND",
        b"RRULE",
        b"TZID=",
        b"UNTIL=",
        b"COUNT=",
        b"BYDAY=",
        b"FREQ=YEARLY",
        b"FREQ=SECONDLY",
    ),
    *(
        b"0",
        b"9",
        b"-",
        b";",
        b":",
        b",",
        b"/",
        b"T",
        b"Z",
        b"=",
        b'"',
        b"\r\n",
        b"\n ",
        b"\x00",
        b"\xff",
        b"99999999",
    ),
    *(
        b"BEGIN:VEVENT",
        b"END:VEVENT",
        b"00010101T000000",
        b"99991231T235959",
        b"INTERVAL=999999",
        b"-9959",
        b"^n",
    ),
)


def is_read(data: bytes) -> bool:
    """Whether a file is read; what is read is in order, apart and within the window."""
    try:
        found = busy_times(data, window=WINDOW, zone=ZoneInfo("America/New_York"))
    except WireError:
        return False
    slots = found.slots
    assert all(one.end < other.start for one, other in pairwise(slots))
    assert all(WINDOW.covers(slot) for slot in slots)
    return True


@st.composite
def torn(draw: DrawFn) -> bytes:
    """A good file in which some places were changed, left out, doubled, or filled with what belongs elsewhere."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 4))):
        place, length = draw(st.integers(0, len(data))), draw(st.integers(0, 12))
        data[place : place + length] = draw(st.binary(max_size=3) | st.sampled_from(PIECES))
    return bytes(data)


@st.composite
def shuffled(draw: DrawFn) -> bytes:
    """The lines of good files, some of them elsewhere."""
    rows = [line for seed in SEEDS for line in seed.replace(b"\r\n", b"\n").split(b"\n")]
    chosen = draw(st.lists(st.sampled_from(rows), max_size=25))
    head, tail = [b"BEGIN:VCALENDAR", b"BEGIN:VEVENT"], [b"END:VEVENT", b"END:VCALENDAR"]
    flat = [row for row in chosen if not row.startswith((b"BEGIN", b"END"))]
    return b"\n".join([*head, *(flat if draw(st.booleans()) else chosen), *tail])


def test_the_seeds_are_read() -> None:
    """What makes the following laws worth anything is that they start from files that are good."""
    assert all(is_read(seed) for seed in SEEDS)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused(data: bytes) -> None:
    """Noise is no calendar."""
    assert not is_read(data)


@given(torn())
@example(SEEDS[0].replace(b"FREQ=YEARLY", b"FREQ=SECONDLY"))
@example(SEEDS[0].replace(b"20071104T020000", b"00010101T000000"))
@example(SEEDS[0].replace(b"COUNT=20", b"COUNT=999999").replace(b"20260301T0", b"00010101T0"))
def test_a_torn_file_is_read_or_refused(data: bytes) -> None:
    """A few bytes that were changed on the way, or by somebody who wants to keep a machine busy."""
    is_read(data)


@given(shuffled())
def test_lines_in_any_order_are_read_or_refused(data: bytes) -> None:
    """Whatever stands beside what."""
    is_read(data)
