"""Strategies for money, percentages, days, instants and zones."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from medoffice.core import DateRange, Money, Percent, TimeSlot

_MOST_CENTS: Final = 10**15 - 1
_FIRST_DAY: Final = date(1900, 1, 1)
_LAST_DAY: Final = date(2100, 12, 31)
_FIRST_INSTANT: Final = datetime(1970, 1, 1)  # noqa: DTZ001 -- Hypothesis wants bounds without a zone
_LAST_INSTANT: Final = datetime(2100, 1, 1)  # noqa: DTZ001 -- as above
_ZONES: Final = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "Pacific/Guam",
    "America/St_Johns",
    "America/Havana",
    "America/Nuuk",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Europe/Dublin",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Antarctica/Troll",
    "UTC",
)


def money(
    smallest: Money = Money(-_MOST_CENTS),  # noqa: B008 -- frozen
    largest: Money = Money(_MOST_CENTS),  # noqa: B008 -- frozen
) -> SearchStrategy[Money]:
    """Amounts from one bound to the other, credits among them unless the bounds say otherwise."""
    return st.integers(smallest.cents, largest.cents).map(Money)


def amounts() -> SearchStrategy[Money]:
    """What a visit may cost: from nothing to a million dollars."""
    return money(Money.zero, Money(100_000_000))


def percents() -> SearchStrategy[Percent]:
    """From 0 to 100, with up to six decimal places."""
    return st.integers(0, 100 * 10**6).map(lambda millionths: Percent(Decimal(millionths).scaleb(-6)))


def days(first: date = _FIRST_DAY, last: date = _LAST_DAY) -> SearchStrategy[date]:
    """Days from the first to the last."""
    return st.dates(first, last)


def day_ranges(first: date = _FIRST_DAY, last: date = _LAST_DAY) -> SearchStrategy[DateRange]:
    """Ranges of days, some of them without end."""
    closed = st.tuples(days(first, last), days(first, last)).map(lambda ends: DateRange(min(ends), max(ends)))
    return closed | days(first, last).map(DateRange)


def instants() -> SearchStrategy[datetime]:
    """Instants in UTC, to the microsecond."""
    return st.datetimes(_FIRST_INSTANT, _LAST_INSTANT, timezones=st.just(UTC))


def slots(longest: timedelta = timedelta(days=2)) -> SearchStrategy[TimeSlot]:
    """Slots of at least a microsecond and at most ``longest``."""
    lengths = st.timedeltas(timedelta(microseconds=1), longest)
    return st.builds(TimeSlot.lasting, instants(), lengths)


def zones() -> SearchStrategy[ZoneInfo]:
    """Zones of the United States, and those of the world whose clocks do the oddest things."""
    return st.sampled_from(_ZONES).map(ZoneInfo)
