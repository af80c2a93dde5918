"""Values that change on known days, against a search from the first day on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import Dated, InvalidValue, NotInForce, Timeline
from medoffice.testing.strategies import days, timelines


@given(timelines(st.integers()), days())
def test_at_is_a_walk_along_the_line(line: Timeline[int], on: date) -> None:
    """The entry of a day is the last one that has begun; before the first there is none, and the error says when."""
    begun = [entry for entry in line.entries if entry.since <= on]
    if begun:
        assert line.at(on) is begun[-1]
    else:
        with pytest.raises(NotInForce) as refused:
            line.at(on)
        assert line.entries[0].since.isoformat() in str(refused.value)


@given(timelines(st.integers()))
def test_an_entry_holds_until_the_day_before_the_next(line: Timeline[int]) -> None:
    """On its first day an entry is in force, on the day before that the one before it is."""
    entries = list(line)
    assert tuple(entries) == line.entries
    for place, entry in enumerate(entries):
        assert line.at(entry.since) is entry
        if place:
            assert line.at(entry.since - timedelta(days=1)) is entries[place - 1]
    assert line.at(date.max) is entries[-1]


@given(st.lists(days(), max_size=5))
def test_days_rise(since: list[date]) -> None:
    """A timeline is built exactly from one or more days that rise."""
    entries = tuple(Dated(day, place) for place, day in enumerate(since))
    if since and since == sorted(set(since)):
        assert list(Timeline(entries)) == list(entries)
    else:
        with pytest.raises(InvalidValue):
            Timeline(entries)
