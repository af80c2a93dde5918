"""How many to book: each level against all plans, the policy, and the words."""

from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medoffice.core import InvalidValue
from medoffice.scheduling.dayplan import Empirical, OverbookingPolicy, Session, Weights, overbooking_level
from medoffice.scheduling.dayplan.objective import Objective

chances = st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.8, 1.0])
policies = st.builds(
    OverbookingPolicy,
    is_allowed=st.booleans(),
    at_most=st.none() | st.integers(0, 3),
    per_slot=st.none() | st.integers(1, 3),
)


@given(st.lists(chances, min_size=1, max_size=6), st.integers(1, 4), policies)
@settings(max_examples=60)
def test_each_level_is_the_best_that_policy_allows(
    no_show: list[float], slots: int, policy: OverbookingPolicy
) -> None:
    """Every level's utility is the greatest of all plans that crowd no slot too much; the chosen one's of all levels."""
    found = overbooking_level(
        no_show=no_show, slots=slots, slot=15, wait=0.03, overtime=0.1, policy=policy
    ).value
    crowd = policy.crowd or len(no_show)
    assert [level.booked for level in found.levels] == list(range(1, len(found.levels) + 1))
    for level in found.levels:
        session = Session.of(
            n=level.booked,
            slots=slots,
            slot=15,
            service=Empirical({15: 1.0}),
            no_show=no_show[: level.booked],
            weights=Weights(wait=0.03, idle=0, overtime=0.1),
        )
        plans = [
            plan
            for plan in combinations_with_replacement(range(slots), level.booked)
            if max(session.counts(plan)) <= crowd
        ]
        least = float(Objective(session)(np.array(plans)).min())
        seen = sum(1 - chance for chance in no_show[: level.booked])
        assert level.utility == pytest.approx(seen - least, abs=1e-9)
        assert level.plan.certificate.is_optimal
        assert max(level.plan.schedule) <= crowd
    assert found.utility == max(level.utility for level in found.levels)


@given(st.lists(chances, min_size=1, max_size=8), st.integers(1, 5), policies)
@settings(max_examples=40)
def test_policy_is_kept(no_show: list[float], slots: int, policy: OverbookingPolicy) -> None:
    """No level goes beyond what is allowed; where overbooking is not, no slot has two."""
    found = overbooking_level(
        no_show=no_show, slots=slots, slot=15, wait=0.0, overtime=0.0, policy=policy
    ).value
    most = max(level.booked for level in found.levels)
    if not policy.is_allowed:
        assert most <= slots
        assert not found.is_overbooked
        assert max(found.plan.schedule) == 1
    elif policy.at_most is not None:
        assert most <= slots + policy.at_most


def test_whoever_comes_surely_is_not_overbooked() -> None:
    """When everybody comes and waiting costs, nobody is booked beyond the slots."""
    found = overbooking_level(no_show=[0.0] * 8, slots=4, slot=15, wait=0.05, overtime=0.2)
    assert found.value.booked == 4
    assert found.value.plan.schedule == (1, 1, 1, 1)
    assert found.value.utility == 4


def test_many_who_do_not_come_make_room() -> None:
    """With six in ten not coming, more than the slots are booked; one sure patient more would change it."""
    found = overbooking_level(no_show=[0.6] * 10, slots=4, slot=15, wait=0.01, overtime=0.02).value
    assert found.is_overbooked
    assert found.utility > found.levels[3].utility


def test_each_patients_own_chance_counts() -> None:
    """Two levels of the same mean chance differ: who will not come is behind whom matters."""
    first = overbooking_level(no_show=[0.9, 0.1, 0.5], slots=2, slot=15, wait=0.05, overtime=0.1, at_least=3)
    other = overbooking_level(no_show=[0.5, 0.5, 0.5], slots=2, slot=15, wait=0.05, overtime=0.1, at_least=3)
    assert first.value.levels[0].seen == pytest.approx(other.value.levels[0].seen)
    assert first.value.utility != pytest.approx(other.value.utility)


def test_the_answer_gives_its_reasons() -> None:
    """One step a level, one for the policy with the practice's reason, one for the choice with its source."""
    policy = OverbookingPolicy(is_allowed=False, because="patients complained")
    answer = overbooking_level(
        no_show=[0.3] * 6, slots=4, slot=15, wait=0.01, overtime=0.02, at_least=3, policy=policy
    )
    assert [step.code for step in answer.trace.steps] == ["level", "level", "policy", "chosen"]
    text = str(answer.trace)
    assert "4 booked: utility 2.8" in text
    assert "forbids overbooking: it allows 4 at most (patients complained)" in text
    assert answer.trace.steps[-1].cites
    assert answer.is_certain


def test_of_equal_levels_the_fewest_are_booked() -> None:
    """A patient who surely does not come brings nothing, so he is not booked."""
    assert overbooking_level(no_show=[0.0, 1.0], slots=3, slot=15, wait=0.1, overtime=0.1).value.booked == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"no_show": []},
        {"at_least": 0},
        {"at_least": 5},
        {"benefit": -1.0},
        {"benefit": float("inf")},
        {"wait": -0.1},
        {"policy": OverbookingPolicy(is_allowed=False), "at_least": 3},
    ],
)
def test_a_question_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    """Somebody can be booked, within what the policy allows, and prices are numbers from zero on."""
    question = {"no_show": [0.1] * 4, "slots": 2, "slot": 15, "wait": 0.1, "overtime": 0.1} | wrong
    with pytest.raises(InvalidValue):
        overbooking_level(**question)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [{"at_most": -1}, {"per_slot": 0}, {"at_most": 1.5}, {"per_slot": True}])
def test_a_policy_of_halves_is_refused(wrong: dict[str, int]) -> None:
    """Limits are whole numbers."""
    with pytest.raises(InvalidValue):
        OverbookingPolicy(**wrong)  # type: ignore[arg-type]
