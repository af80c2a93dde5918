"""Days, ages and ranges of days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from medoffice.core import DateRange, InvalidValue, age_on, parse_day
from medoffice.testing.strategies import day_ranges, days

ANY_DAY = st.dates()
FIRST = date(2024, 2, 20)
HORIZON = tuple(FIRST + timedelta(days=count) for count in range(30))
NEAR = day_ranges(HORIZON[0], HORIZON[-1])


def model(days_in: DateRange) -> set[date]:
    """The days of a range, one by one, as far as the horizon."""
    return {day for day in HORIZON if days_in.start <= day and (days_in.end is None or day <= days_in.end)}


@given(ANY_DAY)
def test_day_round_trip(day: date) -> None:
    """A day reads back from ISO text and from the American form, padded or not."""
    assert parse_day(day.isoformat()) == day
    for text in (
        f"{day.month}/{day.day}/{day.year:04}",
        f" {day.month:02}-{day.day:02}-{day.year:04} ",
    ):
        assert parse_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-29",
        "2/29/2026",
        "13/1/2026",
        "0/1/2026",
        "1/0/2026",
        "1/1/0000",
        "0000-01-01",
        "1/1/26",
        "20261124",
        "2026-W48-2",
        "2026-1-1",
        "2026/11/24",
        "24.11.2026",
        "2026-11-24T00:00",
        "\uff11/1/2026",
        "1 / 1 / 2026",
        "\u0661\u0662/\u0661/\u0662\u0660\u0662\u0666",
    ],
)
def test_what_is_not_a_day(text: str) -> None:
    """Days that no calendar has, two digits of year, and other orders are refused."""
    with pytest.raises(InvalidValue):
        parse_day(text)


@given(ANY_DAY, ANY_DAY)
@example(date(2024, 2, 29), date(2025, 2, 28))
@example(date(2024, 2, 29), date(2025, 3, 1))
def test_age_is_the_number_of_birthdays_passed(birth: date, on: date) -> None:
    """An age counts the birthdays up to the day; whoever is born on 29 February turns on 1 March."""
    if on < birth:
        with pytest.raises(InvalidValue):
            age_on(birth, on)
        return

    def birthday(year: int) -> date:
        try:
            return birth.replace(year=year)
        except ValueError:
            return date(year, 3, 1)

    assert age_on(birth, on) == sum(birthday(year) <= on for year in range(birth.year + 1, on.year + 1))


@given(day_ranges())
def test_range_round_trip(days_in: DateRange) -> None:
    """A range reads back from its text."""
    assert DateRange.parse(str(days_in)) == days_in


@given(NEAR, st.sampled_from(HORIZON))
def test_contains_as_a_set_of_days(days_in: DateRange, day: date) -> None:
    """A day is in a range exactly when it is one of its days, both ends included."""
    assert (day in days_in) is (day in model(days_in))


@given(NEAR, NEAR)
def test_overlap_as_sets_of_days(a: DateRange, b: DateRange) -> None:
    """What two ranges share is the intersection of their days: one range, or nothing; order does not matter."""
    shared = a.overlap(b)
    assert a.overlaps(b) is bool(shared) is bool(model(a) & model(b))
    assert shared == b.overlap(a)
    for both in shared:
        assert model(both) == model(a) & model(b)
        assert (both.end is None) is (a.end is None and b.end is None)


@given(day_ranges(), day_ranges(), day_ranges())
def test_overlap_algebra(a: DateRange, b: DateRange, c: DateRange) -> None:
    """A range overlaps itself as a whole, and it does not matter which two of three are intersected first."""

    def both(some: tuple[DateRange, ...], more: DateRange) -> tuple[DateRange, ...]:
        return tuple(shared for each in some for shared in each.overlap(more))

    assert a.overlap(a) == (a,)
    assert both(a.overlap(b), c) == both(b.overlap(c), a)


@given(days(), days())
def test_a_range_does_not_end_before_it_starts(start: date, end: date) -> None:
    """A range of one day is one; an end before the start is refused."""
    if end < start:
        with pytest.raises(InvalidValue):
            DateRange(start, end)
    else:
        assert start in DateRange(start, end)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (datetime(2026, 1, 1, tzinfo=UTC), None),
        (date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-01-01", None),
        (None, None),
    ],
)
def test_ends_are_days(start: object, end: object) -> None:
    """Neither an instant nor a text can be an end."""
    with pytest.raises(InvalidValue):
        DateRange(start, end)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["", "/", "2026-01-01", "2026-01-01/", "/2026-01-01", "../..", "../2026-01-01", "2026-02-01/2026-01-01"],
)
def test_what_is_not_a_range(text: str) -> None:
    """A range has a start, a slash, and an end that is not before it or two dots."""
    with pytest.raises(InvalidValue):
        DateRange.parse(text)


@given(st.text() | st.text("0123456789-/. ", max_size=24))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever the text, it is a day or a range, or it is refused as one."""
    try:
        day = parse_day(text)
    except InvalidValue:
        pass
    else:
        assert parse_day(day.isoformat()) == day
    try:
        days_in = DateRange.parse(text)
    except InvalidValue:
        pass
    else:
        assert DateRange.parse(str(days_in)) == days_in
