"""A model written down and read back."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import InvalidValue, TimeSlot
from medoffice.scheduling.noshow import (
    Edition,
    FittedFactor,
    Level,
    NoShowModel,
    OwnRecord,
    read_model,
    write_model,
)

numbers = st.floats(-9, 9)
slugs = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,2}", fullmatch=True)
levels = st.builds(
    Level,
    name=slugs,
    log_odds=numbers,
    error=st.floats(0, 3),
    visits=st.integers(0, 9999),
    missed=st.integers(0, 9999),
)
factors = st.builds(
    FittedFactor,
    slugs,
    st.lists(levels, max_size=4, unique_by=lambda each: each.name).map(tuple),
)
editions = st.builds(
    Edition,
    fitted_on=st.dates(),
    window=st.just(TimeSlot(datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, 8, 0, 0, 1, tzinfo=UTC))),
    horizon=st.integers(0, 10**6).map(lambda seconds: timedelta(seconds=seconds)),
    prior_spread=st.floats(0.1, 5),
)
models = st.builds(
    NoShowModel,
    edition=editions,
    visits=st.just(1000),
    missed=st.integers(1, 999),
    average=numbers,
    record=st.lists(
        st.builds(OwnRecord, slope=numbers, error=numbers, centre=numbers, weight=st.floats(1, 9)), max_size=1
    ).map(tuple),
    factors=st.lists(factors, max_size=4, unique_by=lambda each: each.name).map(tuple),
)


@given(models)
def test_what_is_written_reads_back(model: NoShowModel) -> None:
    """To the last bit of every number."""
    assert read_model(write_model(model)) == model


@given(models, st.data())
def test_a_damaged_text_is_refused_or_is_a_model(model: NoShowModel, data: st.DataObject) -> None:
    """A text with a line lost, doubled or spoilt raises InvalidValue, and nothing else, when it is no model."""
    lines = write_model(model).splitlines()
    place = data.draw(st.integers(0, len(lines) - 1))
    spoilt = data.draw(
        st.sampled_from([[], [lines[place]] * 2, ["level a 1 2"], [lines[place][:-1] + "x"], ["nan"]])
    )
    with suppress(InvalidValue):
        read_model("\n".join(lines[:place] + spoilt + lines[place + 1 :]))


@pytest.mark.parametrize(
    "text",
    ["", "something else", "medoffice no-show model, edition 2\n", "medoffice no-show model, edition 1\n"],
)
def test_another_text_is_no_model(text: str) -> None:
    """An empty text, another text, an edition of the future: refused."""
    with pytest.raises(InvalidValue):
        read_model(text)


@given(models)
def test_numbers_that_are_none_are_refused(model: NoShowModel) -> None:
    """A coefficient that is not finite cannot stand in a model."""
    text = write_model(model).replace(f"average {model.average!r}", "average nan", 1)
    with pytest.raises(InvalidValue):
        read_model(text)
