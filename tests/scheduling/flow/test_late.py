"""The late policy."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import InvalidValue
from medoffice.scheduling import VisitType
from medoffice.scheduling.flow import LateAction, LateBand, LatePolicy, LateRule, late_decision

NINE: Final = datetime(2026, 11, 24, 9, tzinfo=UTC)
VISIT: Final = VisitType(code="follow-up", name="Follow-up", minutes=20, new_patient_minutes=40)
PHYSICAL: Final = VisitType(code="physical", name="Physical", minutes=40)
POLICY: Final = LatePolicy(
    usual=LateRule(
        grace=10,
        bands=(
            LateBand(up_to=20, otherwise=LateAction.SQUEEZE_IN),
            LateBand(up_to=30, if_fits=LateAction.ASK_PROVIDER, otherwise=LateAction.REBOOK),
        ),
        beyond=LateAction.REBOOK,
    ),
    special=(LateRule(grace=0, beyond=LateAction.ASK_PROVIDER, visits=frozenset({"physical"})),),
)


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("late", "free_until", "action"),
    [
        (-15, None, LateAction.SEE),
        (10, 11, LateAction.SEE),
        (11, 31, LateAction.SEE),
        (11, 30, LateAction.SQUEEZE_IN),
        (20, None, LateAction.SQUEEZE_IN),
        (21, 60, LateAction.ASK_PROVIDER),
        (21, 40, LateAction.REBOOK),
        (31, 999, LateAction.REBOOK),
    ],
)
def test_the_office_does_what_its_policy_says(late: int, free_until: int | None, action: LateAction) -> None:
    """Grace, then the bands by whether the visit still fits, then what is beyond them."""
    decided = late_decision(
        scheduled=NINE,
        arrived=at(late),
        visit=VISIT,
        policy=POLICY,
        free_until=None if free_until is None else at(free_until),
    )
    assert decided.value.action is action
    assert decided.value.late_by == timedelta(minutes=max(0, late))
    assert decided.trace.steps


def test_a_kind_of_visit_has_its_own_rule_and_a_new_patient_the_longer_visit() -> None:
    """A physical has no grace; a new patient's visit fits only with its own length."""
    physical = late_decision(scheduled=NINE, arrived=at(1), visit=PHYSICAL, policy=POLICY)
    assert physical.value.action is LateAction.ASK_PROVIDER
    for new_patient, action in ((False, LateAction.SEE), (True, LateAction.SQUEEZE_IN)):
        decided = late_decision(
            scheduled=NINE,
            arrived=at(15),
            visit=VISIT,
            policy=POLICY,
            new_patient=new_patient,
            free_until=at(45),
        )
        assert decided.value.action is action


def test_what_is_not_known_is_said() -> None:
    """Whether it fits is not guessed: the visit counts as not fitting, and the answer says why."""
    decided = late_decision(scheduled=NINE, arrived=at(15), visit=VISIT, policy=POLICY)
    assert not decided.is_certain
    assert decided.value.action is LateAction.SQUEEZE_IN


@given(late=st.integers(-60, 120), free=st.integers(-60, 180), least=st.integers(0, 40))
def test_more_room_is_never_worse(late: int, free: int, least: int) -> None:
    """A patient who is seen with the next one close by is seen with the next one further off."""
    rule = LateRule(
        grace=5,
        bands=(LateBand(up_to=60, otherwise=LateAction.REBOOK),),
        beyond=LateAction.REBOOK,
        least=least,
    )
    actions = [
        late_decision(
            scheduled=NINE,
            arrived=at(late),
            visit=VISIT,
            policy=LatePolicy(rule),
            free_until=at(free + more),
        ).value.action
        for more in (0, 30)
    ]
    assert actions != [LateAction.SEE, LateAction.REBOOK]
    needed = least or 20
    if 5 < late <= 60:
        assert (actions[0] is LateAction.SEE) is (late + needed <= free)


def test_an_impossible_policy_cannot_be_built() -> None:
    """Bands rise from the grace on; a kind has one rule; the usual rule is for the rest."""
    with pytest.raises(InvalidValue):
        LateRule(grace=10, bands=(LateBand(up_to=10, otherwise=LateAction.REBOOK),), beyond=LateAction.REBOOK)
    with pytest.raises(InvalidValue):
        LateRule(grace=-1, beyond=LateAction.REBOOK)
    with pytest.raises(InvalidValue):
        LatePolicy(LateRule(grace=1, beyond=LateAction.REBOOK, visits=frozenset({"physical"})))
    with pytest.raises(InvalidValue):
        LatePolicy(POLICY.usual, special=(POLICY.special[0], POLICY.special[0]))
