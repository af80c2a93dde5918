"""Opaque ids of the office's own records."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import (
    ActorId,
    AppointmentId,
    CommandKey,
    CoverageId,
    InvalidValue,
    OfficeId,
    PatientId,
    PaymentId,
    ResourceId,
    TaskId,
)
from medoffice.testing.strategies import ids

AnyId = (
    ActorId | AppointmentId | CommandKey | CoverageId | OfficeId | PatientId | PaymentId | ResourceId | TaskId
)
KINDS: Final[tuple[type[AnyId], ...]] = (
    ActorId,
    AppointmentId,
    CommandKey,
    CoverageId,
    OfficeId,
    PatientId,
    PaymentId,
    ResourceId,
    TaskId,
)


@given(ids(PatientId), st.sampled_from(KINDS))
def test_text_round_trip(of: PatientId, kind: type[AnyId]) -> None:
    """An id of any kind reads back from its text, outer spaces aside."""
    assert kind.parse(f" {kind(of.value)} ") == kind(of.value)
    assert str(kind(of.value)) == of.value


@given(ids(PatientId), st.sampled_from(KINDS), st.sampled_from(KINDS))
def test_kinds_are_never_equal(of: PatientId, one: type[AnyId], other: type[AnyId]) -> None:
    """A patient's id is not an appointment's id with the same text."""
    assert (one(of.value) == other(of.value)) is (one is other)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "value",
    ["", "A", "-a", ".a", "_a", "a b", "a/b", "../a", "a\\b", "ä", "a\n", "a" * 65, "a:b", None, 1, b"a"],
)
def test_what_is_not_an_id(kind: type[AnyId], value: object) -> None:
    """An id is safe in a file name, a log and a queue ticket: no capital, slash, colon, space or leading dot."""
    with pytest.raises(InvalidValue):
        kind(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["a", "0", "a" * 64, "a.b_c-d", "01jd-x"])
def test_what_is_one(value: str) -> None:
    """One to sixty-four characters do."""
    assert str(PatientId(value)) == value


@given(st.sampled_from(KINDS), st.text() | st.text("abz019._- ", max_size=70))
def test_any_text_is_read_or_refused(kind: type[AnyId], text: str) -> None:
    """Whatever the text, it is an id, or it is refused as one."""
    try:
        read = kind.parse(text)
    except InvalidValue:
        return
    assert str(read) == text.strip()
