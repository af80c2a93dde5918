"""Instants as FHIR writes them: every one comes back, under any offset and with any number of decimals."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import InvalidValue
from medoffice.testing.strategies import instants, zones
from medoffice.wire.fhir.primitives import is_code, is_id, read_instant, write_instant


@given(moment=instants(), zone=st.none() | zones())
def test_an_instant_comes_back(*, moment: datetime, zone: ZoneInfo | None) -> None:
    """To the microsecond, in UTC or under a zone's offset, also where that offset has seconds (Monrovia, 1970)."""
    assert read_instant(write_instant(moment, zone)) == moment
    assert read_instant(write_instant(moment, ZoneInfo("Africa/Monrovia"))) == moment


@pytest.mark.parametrize(
    ("text", "micros"),
    [
        ("2027-03-14T07:30:00Z", 0),
        ("2027-03-14T07:30:00.5Z", 500_000),
        ("2027-03-14T07:30:00.001Z", 1_000),
        ("2027-03-14T09:30:00.000001+02:00", 1),
        ("2027-03-14T07:30:00.9999999-00:00", 999_999),
        ("2027-03-14T07:29:60Z", -1_000_000),
    ],
)
def test_decimals_are_read_to_the_microsecond(text: str, micros: int) -> None:
    """More of them are cut off, and a leap second is read as the second before it."""
    assert read_instant(text) == datetime(2027, 3, 14, 7, 30, tzinfo=UTC) + timedelta(microseconds=micros)


@pytest.mark.parametrize(
    "text",
    [
        "2027-03-14",
        "2027-03-14T07:30:00",
        "2027-03-14T07:30Z",
        "2027-03-14 07:30:00Z",
        "2027-03-14T07:30:00+15:00",
        "2027-03-14T07:30:00-0500",
        "2027-02-29T07:30:00Z",
        "2027-03-14T24:30:00Z",
        "0001-01-01T00:00:00+14:00",
        "0000-01-01T00:00:00Z",
        "２027-03-14T07:30:00Z",
        "2027-03-14T07:30:00Z\n",
        "",
    ],
)
def test_what_is_no_instant_is_refused(text: str) -> None:
    """An instant has a day, a time with seconds, and an offset, in digits of ASCII."""
    with pytest.raises(InvalidValue):
        read_instant(text)


def test_ids_and_codes_are_told_by_their_form() -> None:
    """FHIR's ids have no underscore; codes no blanks but single ones within."""
    assert is_id("A-1.b")
    assert not any(map(is_id, ("", "a_b", "a b", "é", "x" * 65, "a\n")))
    assert is_code("in person")
    assert not any(map(is_code, ("", " a", "a ", "a  b", "a\nb ")))
