"""Packs of items behind an entry point."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import InvalidValue, Pack
from medoffice.testing.strategies import packs


@given(packs(st.integers()))
def test_a_pack_keeps_its_items_in_order(pack: Pack[int]) -> None:
    """A pack is a value: equal name and items make an equal pack."""
    assert Pack(pack.name, tuple(pack.items)) == pack


@pytest.mark.parametrize(
    "name", ["", "North", "north side", "-north", "north-", "north--side", "1north", "n\n", "ñ"]
)
def test_what_is_not_a_name(name: str) -> None:
    """A pack's name is lower-case words joined by hyphens, the first beginning with a letter."""
    with pytest.raises(InvalidValue):
        Pack(name, ())
