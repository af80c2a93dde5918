"""The rules that are written with local times mean the zone, in readers that know nothing but the file."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Timezone

from medoffice.core import InvalidValue
from medoffice.testing.strategies import zones
from medoffice.wire.ics import rules_of
from medoffice.wire.ics.zones import changes_in

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
FIRST: Final = datetime(2020, 1, 1, tzinfo=UTC)
LAST: Final = datetime(2035, 12, 31, tzinfo=UTC)
US: Final = tuple(
    name
    for name in sorted(available_timezones())
    if name.startswith("US/")
    or re.fullmatch(
        r"America/(New_York|Chicago|Denver|Phoenix|Los_Angeles|Anchorage|Adak|Nome|Juneau|Sitka|Metlakatla|Yakutat|"
        r"Boise|Detroit|Menominee|Puerto_Rico|St_Thomas|Indiana/.*|Kentucky/.*|North_Dakota/.*)|"
        r"Pacific/(Honolulu|Guam|Saipan|Pago_Pago|Wake|Midway)",
        name,
    )
)
ODD: Final = (
    *("Europe/Dublin", "Europe/London", "Africa/Casablanca", "Africa/Cairo", "Asia/Gaza", "Asia/Jerusalem"),
    *(
        "Asia/Beirut",
        "Asia/Kathmandu",
        "Asia/Tehran",
        "Australia/Lord_Howe",
        "Pacific/Chatham",
        "Pacific/Apia",
    ),
    *("Antarctica/Troll", "America/Havana", "America/Nuuk", "America/St_Johns", "America/Asuncion"),
    *("America/Sao_Paulo", "Pacific/Easter", "Pacific/Fiji", "Pacific/Norfolk", "Asia/Amman", "UTC"),
)


def observances(text: str) -> list[dict[str, str]]:
    """The parts of a VTIMEZONE, each with its lines by name."""
    found: list[dict[str, str]] = []
    for line in text.split("\r\n"):
        name, _, value = line.partition(":")
        if name == "BEGIN" and value != "VTIMEZONE":
            found.append({"kind": value})
        elif found and name != "END":
            found[-1][name] = value
    return found


def offset(text: str) -> timedelta:
    """An offset as it stands in a file."""
    size = timedelta(hours=int(text[1:3]), minutes=int(text[3:5]), seconds=int(text[5:7] or 0))
    return -size if text[0] == "-" else size


def onsets(part: dict[str, str], last_year: int) -> Iterator[datetime]:
    """The wall times at which one part of the rules begins to hold: RFC 5545 done by hand."""
    first = datetime.fromisoformat(part["DTSTART"])
    yield first
    if "RRULE" not in part:
        return
    rule = dict(piece.split("=") for piece in part["RRULE"].split(";"))
    assert rule.pop("FREQ") == "YEARLY"
    until = datetime.fromisoformat(rule.pop("UNTIL", "99991231T000000Z").removesuffix("Z"))
    month, by_day = int(rule.pop("BYMONTH")), rule.pop("BYDAY")
    assert not rule
    number, weekday = int(by_day[:-2]), ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].index(by_day[-2:])
    for year in range(first.year + 1, last_year + 1):
        days = [
            datetime.combine(date(year, month, 1) + timedelta(days=day), first.time()) for day in range(31)
        ]
        days = [day for day in days if day.month == month and day.weekday() == weekday]
        moment = days[number - 1 if number > 0 else number]
        if moment - offset(part["TZOFFSETFROM"]) <= until:
            yield moment


def instant_of(wall: datetime, changes: list[tuple[datetime, timedelta, timedelta]]) -> datetime:
    """What a wall time means by the changes before it (RFC 5545, 3.6.5), those that are left out by the old offset."""
    onset, before, after = max(change for change in changes if change[0] <= wall)
    return (wall - (before if wall < onset + (after - before) else after)).replace(tzinfo=UTC)


def is_first(instant: datetime, zone: ZoneInfo) -> bool:
    """Whether a wall time means this instant rather than a later one that shows the same."""
    return instant.astimezone(zone).fold == 0


def near_changes(zone: ZoneInfo) -> Iterator[datetime]:
    """Minutes on both sides of every change, and some far from any."""
    for year in range(FIRST.year, LAST.year + 1):
        yield datetime(year, 2, 10, 12, tzinfo=UTC)
        yield datetime(year, 7, 10, 12, tzinfo=UTC)
        for change in changes_in(zone, year):
            for minutes in (
                -1441,
                -121,
                -61,
                -60,
                -59,
                -31,
                -30,
                -1,
                0,
                1,
                29,
                30,
                59,
                60,
                61,
                119,
                120,
                121,
                1441,
            ):
                yield change.at + minutes * MINUTE


@pytest.mark.parametrize("name", [*US, *ODD])
def test_a_reader_who_has_only_the_file_gets_every_minute_right(name: str) -> None:
    """Around each change of 2020 to 2035, wall times read by hand, and by two programs, are the instants they were."""
    zone = ZoneInfo(name)
    text = rules_of(zone, FIRST, LAST).to_ical().decode()
    changes = [
        (wall, offset(part["TZOFFSETFROM"]), offset(part["TZOFFSETTO"]))
        for part in observances(text)
        for wall in onsets(part, LAST.year + 1)
    ]
    by_dateutil = tzical(StringIO(text)).get()
    for instant in near_changes(zone):
        if FIRST <= instant <= LAST and is_first(instant, zone):
            wall = instant.astimezone(zone).replace(tzinfo=None)
            assert instant_of(wall, changes) == instant
            assert wall.replace(tzinfo=by_dateutil).astimezone(UTC) == instant


@pytest.mark.parametrize("name", ["America/New_York", "Europe/Dublin", "Australia/Lord_Howe"])
def test_icalendar_makes_the_same_zone_of_the_rules(name: str) -> None:
    """The library that reads most calendars in Python, told not to look the name up."""
    zone = ZoneInfo(name)
    rules: Any = Timezone.from_ical(rules_of(zone, FIRST, LAST).to_ical())
    read = rules.to_tz(lookup_tzid=False)
    for instant in near_changes(zone):
        if is_first(instant, zone):
            wall = instant.astimezone(zone).replace(tzinfo=None)
            assert wall.replace(tzinfo=read).astimezone(UTC) == instant


@given(zone=zones(), year=st.integers(1971, 2100))
def test_changes_are_where_the_offset_changes(*, zone: ZoneInfo, year: int) -> None:
    """At each the offset is new, a second before it is old; on no noon between two of them is it another."""
    found = changes_in(zone, year)
    for change in found:
        assert change.at.astimezone(zone).utcoffset() == change.after != change.before
        assert (change.at - timedelta(seconds=1)).astimezone(zone).utcoffset() == change.before
    begin = datetime(year, 1, 1, tzinfo=UTC)
    expected = begin.astimezone(zone).utcoffset()
    for hours in range(0, 364 * 24, 6):
        moment = begin + hours * HOUR
        expected = next((each.after for each in reversed(found) if each.at <= moment), expected)
        assert moment.astimezone(zone).utcoffset() == expected


def test_a_summer_time_is_the_daylight_one_also_in_ireland() -> None:
    """Ireland's law calls the summer time the standard; a reader that shows a sun wants it the other way round."""
    dublin = changes_in(ZoneInfo("Europe/Dublin"), 2027)
    assert [change.is_daylight for change in dublin] == [True, False]


def test_rules_that_hold_are_open_and_rules_that_ended_are_not() -> None:
    """Brazil ended its summer time in 2019; New York goes on."""
    ended = rules_of(
        ZoneInfo("America/Sao_Paulo"), datetime(2012, 3, 1, tzinfo=UTC), datetime(2022, 1, 1, tzinfo=UTC)
    )
    assert all("UNTIL" in part["RRULE"] for part in observances(ended.to_ical().decode()) if "RRULE" in part)
    goes_on = rules_of(ZoneInfo("America/New_York"), FIRST, FIRST).to_ical().decode()
    assert "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\r\n" in goes_on
    assert "UNTIL" not in goes_on


def test_a_zone_without_a_name_or_of_another_age_is_refused() -> None:
    """Its TZID would be None; and before 1900 offsets have odd seconds that readers round."""
    with pytest.raises(InvalidValue):
        rules_of(ZoneInfo("America/New_York"), datetime(1850, 1, 1, tzinfo=UTC), FIRST)
    with pytest.raises(InvalidValue):
        rules_of(ZoneInfo("America/New_York"), FIRST, datetime(2300, 1, 1, tzinfo=UTC))
