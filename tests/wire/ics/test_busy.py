"""When somebody is busy, by a calendar that they keep elsewhere: nothing lost, and nothing passed over in silence."""

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from medoffice.core import Severity, TimeSlot
from medoffice.wire.ics import busy_times
from medoffice.wire.ics.busy import BusyTimes
from medoffice.wire.json import WireError

NEW_YORK: Final = ZoneInfo("America/New_York")
WINDOW: Final = TimeSlot(datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
CANARY: Final = "Kanarienvogel7077"
EASTERN: Final = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:{summer}
TZOFFSETTO:{winter}
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:{winter}
TZOFFSETTO:{summer}
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


def file(*parts: str, method: str = "PUBLISH") -> bytes:
    """A calendar of some components."""
    body = "\n".join(parts)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\nMETHOD:{method}\n{body}\nEND:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def event(*lines: str, uid: str = "1@elsewhere") -> str:
    """An event that has a summary and a description which nobody may keep."""
    inside = "\n".join(lines)
    return f"BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{CANARY}\nDESCRIPTION:{CANARY}\n{inside}\nEND:VEVENT"


def read(*parts: str, window: TimeSlot = WINDOW, method: str = "PUBLISH") -> BusyTimes:
    """The busy times of a calendar of some components, for somebody in New York."""
    return busy_times(file(*parts, method=method), window=window, zone=NEW_YORK)


def spans(found: BusyTimes) -> list[str]:
    """The slots, shortly: start and minutes."""
    return [f"{slot.start:%Y-%m-%dT%H:%MZ}+{slot.length // timedelta(minutes=1)}" for slot in found.slots]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["DTSTART:20270301T150000Z", "DTEND:20270301T153000Z"], ["2027-03-01T15:00Z+30"]),
        (["DTSTART;TZID=America/New_York:20270301T100000", "DURATION:PT1H"], ["2027-03-01T15:00Z+60"]),
        (['DTSTART;TZID="Europe/Berlin":20270301T100000', "DURATION:PT1H"], ["2027-03-01T09:00Z+60"]),
        (["dtstart;tzid=America/New_York:20270701t100000", "duration:pt1h"], ["2027-07-01T14:00Z+60"]),
        (["DTSTART:20270301T100000", "DTEND:20270301T103000"], ["2027-03-01T15:00Z+30"]),
        (["DTSTART;VALUE=DATE:20270314"], ["2027-03-14T05:00Z+1380"]),
        (["DTSTART;VALUE=DATE:20271107", "DTEND;VALUE=DATE:20271108"], ["2027-11-07T04:00Z+1500"]),
        (["DTSTART;TZID=America/New_York:20270313T120000", "DURATION:P1D"], ["2027-03-13T17:00Z+1380"]),
        (["DTSTART;TZID=America/New_York:20270313T120000", "DURATION:PT24H"], ["2027-03-13T17:00Z+1440"]),
        (["DTSTART;TZID=America/New_York:20270314T023000", "DURATION:PT1H"], ["2027-03-14T07:30Z+60"]),
        (["DTSTART;TZID=America/New_York:20271107T013000", "DURATION:PT1H"], ["2027-11-07T05:30Z+60"]),
        (["DTSTART:20270301T150000Z"], []),
        (["DTSTART:20270301T150000Z", "DURATION:PT1H", "TRANSP:TRANSPARENT"], []),
        (["DTSTART:20270301T150000Z", "DURATION:PT1H", "STATUS:CANCELLED"], []),
        (["DTSTART:20270301T150000Z", "DURATION:PT1H", "STATUS:TENTATIVE"], ["2027-03-01T15:00Z+60"]),
        (["DTSTART:20251231T230000Z", "DURATION:PT2H"], ["2026-01-01T00:00Z+60"]),
        (["DTSTART:20200101T000000Z", "DTEND:20300101T000000Z"], ["2026-01-01T00:00Z+1051200"]),
        (["DTSTART:20271231T235960Z", "DURATION:PT2H"], ["2027-12-31T23:59Z+0"]),
    ],
)
def test_an_event_is_busy_for_as_long_as_it_says(lines: list[str], expected: list[str]) -> None:
    """Instants, times of a zone, times and days of nobody's zone, lengths by the calendar and by the clock."""
    found = read(event(*lines))
    assert spans(found) == expected
    assert found.findings == ()


SERIES: Final = ("DTSTART;TZID=America/New_York:20270301T090000", "DURATION:PT30M")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["RRULE:FREQ=WEEKLY;COUNT=3"],
            ["2027-03-01T14:00Z+30", "2027-03-08T14:00Z+30", "2027-03-15T13:00Z+30"],
        ),
        (["RRULE:FREQ=DAILY;UNTIL=20270302T140000Z"], ["2027-03-01T14:00Z+30", "2027-03-02T14:00Z+30"]),
        (["RRULE:FREQ=DAILY;UNTIL=20270302T135959Z"], ["2027-03-01T14:00Z+30"]),
        (["RRULE:FREQ=DAILY;UNTIL=20270302"], ["2027-03-01T14:00Z+30", "2027-03-02T14:00Z+30"]),
        (["RRULE:FREQ=DAILY;UNTIL=20270302T090000"], ["2027-03-01T14:00Z+30", "2027-03-02T14:00Z+30"]),
        (
            ["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=America/New_York:20270308T090000"],
            ["2027-03-01T14:00Z+30", "2027-03-15T13:00Z+30"],
        ),
        (
            ["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20270301T140000Z,20270315T130000Z"],
            ["2027-03-08T14:00Z+30"],
        ),
        (["RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE;VALUE=DATE:20270301"], ["2027-03-08T14:00Z+30"]),
        (
            ["RDATE;TZID=Europe/Berlin:20270401T090000", "RDATE;VALUE=PERIOD:20270402T090000Z/PT2H"],
            ["2027-03-01T14:00Z+30", "2027-04-01T07:00Z+30", "2027-04-02T09:00Z+120"],
        ),
    ],
)
def test_a_series_is_busy_at_each_of_its_times(lines: list[str], expected: list[str]) -> None:
    """Counted in wall time, ended by an instant, a day or a number, without what is left out and with what is added."""
    found = read(event(*SERIES, *lines))
    assert spans(found) == expected
    assert found.findings == ()


def test_a_series_of_long_ago_is_still_busy_today() -> None:
    """A weekly meeting since 2009, seen in one week of 2027."""
    week = TimeSlot(datetime(2027, 7, 5, tzinfo=UTC), datetime(2027, 7, 12, tzinfo=UTC))
    lines = [
        "DTSTART;TZID=America/New_York:20090105T090000",
        "DURATION:PT1H",
        "RRULE:FREQ=WEEKLY;BYDAY=MO,WE",
    ]
    assert spans(read(event(*lines), window=week)) == ["2027-07-05T13:00Z+60", "2027-07-07T13:00Z+60"]


def test_what_began_before_the_window_reaches_into_it() -> None:
    """The last of a series that is over, so long that it is not."""
    after = TimeSlot(datetime(2027, 1, 10, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC))
    lines = ["DTSTART:20200105T000000Z", "DURATION:P30D", "RRULE:FREQ=WEEKLY;UNTIL=20261220T000000Z"]
    assert [str(slot) for slot in read(event(*lines), window=after).slots] == [
        "2027-01-10T00:00:00Z/2027-01-19T00:00:00Z"
    ]


def test_a_changed_occurrence_is_where_it_was_moved() -> None:
    """And not where the series would have it; a cancelled one is nowhere; the newest change counts."""
    series = event(*SERIES, "RRULE:FREQ=WEEKLY;COUNT=3")
    moved = event("RECURRENCE-ID:20270308T140000Z", "DTSTART:20270309T200000Z", "DURATION:PT1H", "SEQUENCE:2")
    older = event("RECURRENCE-ID:20270308T140000Z", "DTSTART:20270310T200000Z", "DURATION:PT1H", "SEQUENCE:1")
    gone = event(
        "RECURRENCE-ID;TZID=America/New_York:20270315T090000", "DTSTART:20270315T130000Z", "STATUS:CANCELLED"
    )
    found = read(moved, older, series, gone)
    assert spans(found) == ["2027-03-01T14:00Z+30", "2027-03-09T20:00Z+60"]
    assert found.findings == ()


def test_of_two_versions_of_an_event_the_newer_counts() -> None:
    """The higher SEQUENCE, wherever it stands in the file; other events of the file are others."""
    newer = event("DTSTART:20270301T150000Z", "DURATION:PT1H", "SEQUENCE:5")
    older = event("DTSTART:20270401T150000Z", "DURATION:PT1H", "SEQUENCE:4")
    another = event("DTSTART:20270501T150000Z", "DURATION:PT1H", uid="2@elsewhere")
    assert spans(read(newer, older, another)) == ["2027-03-01T15:00Z+60", "2027-05-01T15:00Z+60"]


def test_what_is_cancelled_as_a_whole_is_not_busy() -> None:
    """METHOD:CANCEL takes back what it holds."""
    assert read(event("DTSTART:20270301T150000Z", "DURATION:PT1H"), method="CANCEL").slots == ()


def test_free_and_busy_are_read_too() -> None:
    """VFREEBUSY: what is busy, tentative or unavailable; what is free is not."""
    part = (
        "BEGIN:VFREEBUSY\n"
        "FREEBUSY:20270301T150000Z/20270301T160000Z,20270301T170000Z/PT30M\n"
        "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20270302T150000Z/PT1H\n"
        "FREEBUSY;FBTYPE=FREE:20270303T150000Z/PT1H\n"
        "END:VFREEBUSY"
    )
    assert spans(read(part)) == ["2027-03-01T15:00Z+60", "2027-03-01T17:00Z+30", "2027-03-02T15:00Z+60"]


def test_slots_are_in_order_apart_and_within_the_window() -> None:
    """Events that overlap or touch are one stretch."""
    found = read(
        event("DTSTART:20270301T160000Z", "DURATION:PT1H", uid="b"),
        event("DTSTART:20270301T150000Z", "DURATION:PT1H", uid="a"),
        event("DTSTART:20270301T151500Z", "DURATION:PT15M", uid="c"),
        event("DTSTART:20270301T180000Z", "DURATION:PT1H", uid="d"),
        event("DTSTART:20290301T180000Z", "DURATION:PT1H", uid="e"),
    )
    assert spans(found) == ["2027-03-01T15:00Z+120", "2027-03-01T18:00Z+60"]


def test_a_zone_that_the_file_describes_is_read_by_its_rules() -> None:
    """Outlook's names, or anybody's own; the second calendar of a file has its own rules under the same name."""
    one = file(
        EASTERN.format(name="Office", winter="-0500", summer="-0400"),
        event("DTSTART;TZID=Office:20270301T100000", "DURATION:PT1H"),
        event("DTSTART;TZID=Office:20270701T100000", "DURATION:PT1H", uid="2"),
    )
    other = file(
        EASTERN.format(name="Office", winter="-0800", summer="-0700"),
        event("DTSTART;TZID=Office:20270302T100000", "DURATION:PT1H"),
    )
    found = busy_times(one + other, window=WINDOW, zone=NEW_YORK)
    assert spans(found) == ["2027-03-01T15:00Z+60", "2027-03-02T18:00Z+60", "2027-07-01T14:00Z+60"]
    assert found.findings == ()
    assert spans(busy_times(other, window=WINDOW, zone=NEW_YORK)) == ["2027-03-02T18:00Z+60"]


def test_icalendar_alone_reads_the_second_calendar_by_the_zone_of_the_first() -> None:
    """Why zones are read here and not there: it keeps them by name for all files of the process."""
    name = "Kept for ever"
    for winter, summer in (("-0500", "-0400"), ("-0800", "-0700")):
        data = file(
            EASTERN.format(name=name, winter=winter, summer=summer),
            event(f"DTSTART;TZID={name}:20270301T100000", "DURATION:PT1H"),
        )
        start = Calendar.from_ical(data).walk("VEVENT")[0].get("DTSTART").dt
        assert start.utcoffset() == timedelta(hours=-5)


@pytest.mark.parametrize("around", range(-180, 181, 30))
def test_a_described_zone_means_what_the_named_one_does(around: int) -> None:
    """In the hours about both changes of a year, left out and repeated ones among them."""
    rules = EASTERN.format(name="Described", winter="-0500", summer="-0400")
    for hour in ("20270314T020000", "20271107T010000"):
        wall = datetime.fromisoformat(hour) + timedelta(minutes=around)
        by_rules, by_name = (
            spans(read(rules, event(f"DTSTART;TZID={zone}:{wall:%Y%m%dT%H%M%S}", "DURATION:PT20M")))
            for zone in ("Described", "America/New_York")
        )
        assert by_rules == by_name


def test_windows_names_and_vendors_names_are_read_and_said() -> None:
    """A file that does not describe its zone may still name one that is known: an INFO says how it was read."""
    for name in ("Eastern Standard Time", "/freeassociation.sourceforge.net/America/New_York"):
        found = read(event(f"DTSTART;TZID={name}:20270701T100000", "DURATION:PT1H"))
        assert spans(found) == ["2027-07-01T14:00Z+60"]
        assert [(each.code, each.severity) for each in found.findings] == [("ICS003", Severity.INFO)]
        assert "America/New_York" in found.findings[0].message


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["DTSTART;TZID=Kanarienvogel7077:20270301T100000", "DURATION:PT1H"], "ICS002"),
        (["DTSTART;TZID=../../etc/passwd:20270301T100000", "DURATION:PT1H"], "ICS002"),
        (["DTSTART;TZID=America:20270301T100000", "DURATION:PT1H"], "ICS002"),
        (["DTSTART;TZID=Bad rules:20270301T100000", "DURATION:PT1H"], "ICS002"),
        (["DURATION:PT1H"], "ICS001"),
        (["DTSTART:20270230T100000Z", "DURATION:PT1H"], "ICS001"),
        (["DTSTART:Kanarienvogel7077", "DURATION:PT1H"], "ICS001"),
        (["DTSTART:20270301T100000Z", "DURATION:Kanarienvogel7077"], "ICS001"),
        (["DTSTART:20270301T100000Z", "DURATION:-PT1H"], "ICS001"),
        (["DTSTART:20270301T100000Z", "DTEND:20270301T090000Z"], "ICS001"),
        (["DTSTART;TZID:20270301T100000Z", "DURATION:PT1H"], "ICS001"),
        (["DTSTART:20270301T100000Z", "DURATION:PT1H", "RDATE:Kanarienvogel7077"], "ICS001"),
        (["DTSTART:20270301T100000Z", "DURATION:PT1H", "EXRULE:FREQ=DAILY"], "ICS001"),
        (["DTSTART:99991231T235900Z", "DURATION:P99999D"], "ICS001"),
        (["DTSTART:20270301T100000Z", "DURATION:PT1H", "RRULE:FREQ=HOURLY"], "ICS004"),
        (["DTSTART:20270301T100000Z", "DURATION:PT1H", "RRULE:Kanarienvogel7077"], "ICS004"),
        (["DTSTART:20270301T100000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=Kanarienvogel7077"], "ICS004"),
        (["RECURRENCE-ID;RANGE=THISANDFUTURE:20270301T100000Z", "DTSTART:20270301T110000Z"], "ICS005"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_rest_is_read(lines: list[str], code: str) -> None:
    """One finding that names the place and not what stood there; other events of the file are as they were."""
    rules = EASTERN.format(name="Bad rules", winter="-9900", summer="-0400")
    good = event("DTSTART:20270501T150000Z", "DURATION:PT1H", uid="2@elsewhere")
    found = read(rules, event(*lines), good)
    assert [each.code for each in found.findings] == [code]
    assert found.findings[0].where == "component 2"
    assert CANARY not in repr(found.findings)
    assert spans(found)[-1:] == ["2027-05-01T15:00Z+60"]


def test_of_a_rule_that_is_not_understood_the_first_time_is_held() -> None:
    """The finding says that the others are not."""
    found = read(event("DTSTART:20270301T100000Z", "DURATION:PT1H", "RRULE:FREQ=HOURLY;COUNT=5"))
    assert spans(found) == ["2027-03-01T10:00Z+60"]
    assert found.findings[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Kanarienvogel7077",
        b"BEGIN:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n",
        b"END:VCALENDAR\r\n",
        b"BEGIN:VEVENT\r\nEND:VEVENT\r\n",
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nKanarienvogel7077\r\n",
        b"BEGIN:A\r\n" * 5_000,
        b"x" * 10_000_001,
        b"\xff\xfe\x00B",
    ],
)
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    """Also one that was torn: what is missing could be anything. The refusal does not show what stood there."""
    with pytest.raises(WireError) as caught:
        busy_times(data, window=WINDOW, zone=NEW_YORK)
    assert CANARY not in repr(caught.value)


def test_a_calendar_that_recurs_beyond_measure_is_refused() -> None:
    """Three lines can ask for a billion occurrences."""
    lines = [
        "DTSTART:19000101T000000Z",
        "DURATION:PT1S",
        "RRULE:FREQ=DAILY;COUNT=999999;BYHOUR=1,2,3,4,5,6,7,8,9",
    ]
    with pytest.raises(WireError):
        read(*(event(*lines, uid=str(number)) for number in range(9)))


def test_letters_that_a_fold_cut_in_two_and_a_mark_at_the_start_do_no_harm() -> None:
    """Folds count octets, and some programs write a byte order mark."""
    text = file(event("DTSTART:20270301T150000Z", "DURATION:PT1H")).replace(
        b"SUMMARY:", "SUMMARY:é".encode()[:-1] + b"\r\n " + "é".encode()[-1:]
    )
    folded = text.replace(b"20270301T", b"2027\r\n\t0301T")
    assert spans(busy_times(b"\xef\xbb\xbf" + folded, window=WINDOW, zone=NEW_YORK)) == [
        "2027-03-01T15:00Z+60"
    ]
    bare = text.replace(b"\r\n", b"\n")
    assert spans(busy_times(bare, window=WINDOW, zone=NEW_YORK)) == ["2027-03-01T15:00Z+60"]
