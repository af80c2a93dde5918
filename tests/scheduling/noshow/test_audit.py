"""How a model treats groups."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import InvalidValue
from medoffice.scheduling.noshow import GROUP_OFF_LEVEL, GROUP_TOO_SMALL, Scored, audit

people = st.lists(
    st.tuples(
        st.builds(Scored, st.integers(0, 10).map(lambda each: each / 10), st.booleans()),
        st.sampled_from(["north", "south", "west"]),
    ),
    max_size=60,
)


@given(people, st.integers(0, 10).map(lambda each: each / 10), st.integers(1, 15))
def test_every_visit_is_in_one_group(made: list[tuple[Scored, str]], threshold: float, least: int) -> None:
    """Groups are counted by hand; those too small are named and not judged."""
    found = audit(
        [one for one, _ in made], [name for _, name in made], threshold=threshold, least_visits=least
    )
    sizes = {name: sum(other == name for _, other in made) for _, name in made}
    assert {each.group for each in found.groups} == {name for name, size in sizes.items() if size >= least}
    assert set(found.too_small) == {name for name, size in sizes.items() if size < least}
    for each in found.groups:
        mine = [one for one, name in made if name == each.group]
        assert each.visits == len(mine)
        assert each.missed == sum(one.missed for one in mine)
        assert each.flagged_missed == sum(one.missed and one.probability >= threshold for one in mine)
        assert each.flagged_kept == sum(not one.missed and one.probability >= threshold for one in mine)
    assert 0 <= found.opportunity_gap <= 1
    assert 0 <= found.suspicion_gap <= 1


def test_gaps_are_seen() -> None:
    """A model that foresees all misses of one group and half of the other's has an opportunity gap of a half."""
    north = [Scored(0.5 if n < 20 else 0.1, n < 20) for n in range(200)]
    south = [Scored(0.5 if n < 10 else 0.1, n < 20) for n in range(200)]
    found = audit(north + south, ["north"] * 200 + ["south"] * 200, threshold=0.4)
    assert isclose(found.opportunity_gap, 0.5)
    assert found.suspicion_gap == 0
    assert [each.foreseen for each in found.groups] == [1.0, 0.5]


def test_a_group_thought_worse_of_than_it_is_is_said() -> None:
    """Risk 0.4 for people who miss one visit in ten: a finding for that group alone."""
    north = [Scored(0.1, n % 10 == 0) for n in range(500)]
    south = [Scored(0.4, n % 10 == 0) for n in range(500)]
    found = audit(
        [*north, *south, Scored(0.2, False)], ["north"] * 500 + ["south"] * 500 + ["few"], threshold=0.3
    )
    assert [(finding.code, finding.where) for finding in found.findings] == [
        (GROUP_OFF_LEVEL, "group south"),
        (GROUP_TOO_SMALL, "group few"),
    ]
    assert isclose(found.calibration_gap, 0.3)


def test_groups_fit_their_visits() -> None:
    """More groups than visits, or a threshold that is no probability, is the caller's mistake."""
    with pytest.raises(InvalidValue):
        audit([Scored(0.1, False)], ["a", "b"], threshold=0.5)
    with pytest.raises(InvalidValue):
        audit([], [], threshold=1.5)
