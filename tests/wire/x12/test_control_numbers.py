"""A control number that comes again is found, in whatever order they come and however they are written."""

from hypothesis import example, given
from hypothesis import strategies as st

from medoffice.wire.x12.envelopes import ControlNumbers

_WRITTEN = st.one_of(
    st.integers(0, 30).map(str),
    st.integers(0, 30).map(lambda number: f"{number:04d}"),
    st.sampled_from(("", " 1", "A1", "²", "٣", "9" * 9, "9" * 10, "1" * 5000)),
)


@given(st.lists(_WRITTEN, max_size=80))
@example(["5", "9", "6", "7", "8", "9"])
@example(["9", "10", "9", "11", "10"])
def test_new_or_seen(numbers: list[str]) -> None:
    """As a plain set says it."""
    ours, seen = ControlNumbers(), set[str]()
    for number in numbers:
        assert ours.add(number) is (number not in seen)
        seen.add(number)


@given(st.integers(0, 10**6), st.integers(1, 200))
def test_numbers_that_count_on(first: int, many: int) -> None:
    """Are all new, and each is seen again, with leading zeros or without."""
    for form in ("", "09d"):
        ours = ControlNumbers()
        assert all(ours.add(f"{first + n:{form}}") for n in range(many))
        assert not any(ours.add(f"{first + n:{form}}") for n in range(many))
