"""When a rule takes place: as python-dateutil counts it, and never without end."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from types import SimpleNamespace
from typing import Any, Final

import dateutil.rrule
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from medoffice.core import InvalidValue
from medoffice.wire.ics.occurrences import Effort, occurrences
from medoffice.wire.ics.recurrence import Recurrence
from medoffice.wire.json import WireError

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
wall = datetime.fromisoformat
START: Final = st.datetimes(wall("1999-01-01"), wall("2030-01-01")).map(
    lambda each: each.replace(second=0, microsecond=0)
)


@pytest.fixture(scope="module", autouse=True)
def _dateutil_gives_up() -> Iterator[None]:
    """Dateutil looks for 30 February up to the year 9999; here it stops in 2040."""
    years = SimpleNamespace(**{**vars(dateutil.rrule.datetime), "MAXYEAR": 2040})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dateutil.rrule, "datetime", years)
        yield


def some(numbers: Any, most: int = 3) -> Any:
    """A few of some numbers, as a rule lists them."""
    return st.lists(numbers, min_size=1, max_size=most, unique=True).map(
        lambda each: ",".join(map(str, each))
    )


@st.composite
def rules(draw: DrawFn) -> str:
    """Rules of every kind that is counted out, the odd among them."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = {"FREQ": frequency}
    maybe = {
        "INTERVAL": st.integers(1, 7).map(str),
        "WKST": st.sampled_from(DAYS),
        "BYMONTH": some(st.integers(1, 12)),
        "BYHOUR": some(st.integers(0, 23), 2),
        "BYMINUTE": some(st.integers(0, 59), 2),
        "BYDAY": some(st.sampled_from(DAYS)),
    }
    if frequency != "WEEKLY":
        maybe["BYMONTHDAY"] = some(st.integers(-31, 31).filter(bool))
    if frequency == "MONTHLY":
        maybe["BYDAY"] |= some(
            st.builds("{}{}".format, st.sampled_from([-2, -1, 1, 2, 5]), st.sampled_from(DAYS))
        )
    if frequency == "YEARLY":
        # Dateutil stumbles over the thirtieth Monday of a month.
        numbers = [-2, -1, 1, 2, 5]
        maybe["BYDAY"] |= some(st.builds("{}{}".format, st.sampled_from(numbers), st.sampled_from(DAYS)))
        maybe["BYYEARDAY"] = some(st.integers(-366, 366).filter(bool))
    for name, values in maybe.items():
        if draw(st.booleans()):
            parts[name] = draw(values)
    # Dateutil takes positions in what is left of the first week, where RFC 5545 means the whole.
    if len(parts) > 1 and frequency != "WEEKLY" and draw(st.integers(0, 3)) == 0:
        parts["BYSETPOS"] = draw(some(st.sampled_from([-2, -1, 1, 2, 3])))
    if draw(st.booleans()):
        parts["COUNT"] = str(draw(st.integers(1, 40)))
    return ";".join(f"{name}={value}" for name, value in parts.items())


def counted(text: str, start: datetime, latest: datetime, earliest: datetime | None = None) -> list[datetime]:
    """The occurrences up to a wall time."""
    return list(
        occurrences(
            Recurrence.parse(text), start, earliest=earliest or start, latest=latest, effort=Effort(1_000_000)
        )
    )


def by_dateutil(text: str, start: datetime, latest: datetime) -> list[datetime]:
    """The same by python-dateutil, which does not count the start unless the rule names it."""
    head, count = text, None
    if "COUNT" in text:
        head, _, number = text.rpartition(";COUNT=")
        count = int(number)
    found = takewhile(lambda each: each <= latest, rrulestr(head, dtstart=start))
    return [start, *(each for each in found if each > start)][:count]


@given(text=rules(), start=START, years=st.integers(0, 4))
@settings(max_examples=300)
def test_a_rule_is_counted_as_dateutil_counts_it(*, text: str, start: datetime, years: int) -> None:
    """Two programs that share no line agree on every occurrence of some years."""
    latest = start + timedelta(days=366 * years + 40)
    assert counted(text, start, latest) == by_dateutil(text, start, latest)


@given(text=rules(), start=START, days=st.integers(0, 3_000))
def test_skipping_what_is_past_leaves_out_nothing_later(*, text: str, start: datetime, days: int) -> None:
    """Occurrences from some day on are the same, whether counting began there or at the start."""
    earliest = start + timedelta(days=days)
    latest = earliest + timedelta(days=400)
    all_of_them = [each for each in counted(text, start, latest) if each >= earliest]
    assert [each for each in counted(text, start, latest, earliest) if each >= earliest] == all_of_them


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", ["1997-05-12", "1998-05-11", "1999-05-17"]),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO,SU", ["1997-12-29", "1998-01-04", "1999-01-04", "1999-01-10"]),
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR", ["1999-01-01", "2004-12-31", "2010-01-01"]),
        ("FREQ=YEARLY;BYWEEKNO=-1;BYDAY=TU", ["1997-12-23", "1998-12-29", "1999-12-28"]),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", ["1997-06-13", "1998-02-13", "1998-03-13"]),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", ["1997-11-04", "2001-11-06"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", ["1997-05-29", "1997-06-27", "1997-07-30"]),
        ("FREQ=YEARLY;BYDAY=20MO", ["1997-05-19", "1998-05-18", "1999-05-17"]),
        ("FREQ=YEARLY;BYDAY=-30MO", ["1997-06-09", "1998-06-08", "1999-06-07"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["1997-05-31", "1997-07-31", "1997-08-31"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", ["2000-02-29", "2004-02-29"]),
    ],
)
def test_rules_of_the_standard_are_as_the_standard_says(text: str, expected: list[str]) -> None:
    """The examples of RFC 5545, section 3.8.5.3, and weeks at the turn of a year."""
    start = wall("1997-05-01 09:00")
    found = [each.date().isoformat() for each in counted(text, start, wall("2011-01-01"))[1:]]
    assert found[: len(expected)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FREQ=HOURLY",
        "FREQ=SECONDLY;COUNT=3",
        "INTERVAL=2",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=-1",
        "FREQ=DAILY;COUNT=2;UNTIL=20300101",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=DAILY;BYEASTER=1",
        "RSCALE=HEBREW;FREQ=YEARLY",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=MONTHLY;BYDAY=XX",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=WEEKLY;BYMONTHDAY=1",
        "FREQ=DAILY;WKST=",
        "FREQ=DAILY;COUNT=٣",
        "FREQ=DAILY;COUNT=9999999",
    ],
)
def test_what_is_no_rule_is_refused(text: str) -> None:
    """Also rules by the hour, of other calendars, and numbers in other digits."""
    with pytest.raises(InvalidValue, match="recurrence"):
        Recurrence.parse(text)


@pytest.mark.parametrize("text", ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;INTERVAL=7;BYDAY=TU"])
def test_a_rule_that_never_takes_place_ends(text: str) -> None:
    """There is no 30 February; looking for it stops at the end of what was asked."""
    assert counted(text, wall("2026-11-25 09:00"), wall("2200-01-01")) == [wall("2026-11-25 09:00")]


def test_a_rule_beyond_measure_is_refused() -> None:
    """A rule may be short to write and long to count; the file is refused when its effort is used up."""
    rule = Recurrence.parse("FREQ=DAILY;COUNT=999999;BYHOUR=0,1,2,3,4,5,6,7,8,9")
    found = occurrences(
        rule,
        wall("1900-01-01"),
        earliest=wall("2030-01-01"),
        latest=wall("2031-01-01"),
        effort=Effort(10_000),
    )
    with pytest.raises(WireError):
        list(found)
