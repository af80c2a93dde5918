"""What must happen at check-out."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import InvalidValue, Money
from medoffice.scheduling.flow import CheckOutRule, TaskKind, VisitEnd, check_out_tasks

RULES: Final = (
    CheckOutRule(kind=TaskKind.FOLLOW_UP, is_must=True),
    CheckOutRule(kind=TaskKind.REFERRAL),
    CheckOutRule(kind=TaskKind.BALANCE, at_least=Money(500)),
    CheckOutRule(kind=TaskKind.ORDER, is_must=True, may_be_declined=False),
    CheckOutRule(kind=TaskKind.FORM),
    CheckOutRule(kind=TaskKind.INTERPRETER),
    CheckOutRule(kind=TaskKind.HANDOUT, detail="wound-care", visits=frozenset({"procedure"})),
)


def codes(end: VisitEnd, rules: tuple[CheckOutRule, ...] = RULES) -> list[str]:
    return [task.code for task in check_out_tasks(end, rules).value]


def test_a_full_visit_gives_every_task() -> None:
    """One task for each thing, in the order of the rules, with weeks and amount where they belong."""
    end = VisitEnd(
        visit_type="procedure",
        follow_up_weeks=2,
        referrals=("dermatology", "wound clinic"),
        orders=("culture",),
        forms=("consent",),
        balance=Money(2_500),
        needs_interpreter=True,
    )
    found = check_out_tasks(end, RULES)
    assert codes(end) == [
        "follow-up",
        "referral-1",
        "referral-2",
        "balance",
        "order-1",
        "form-1",
        "interpreter",
        "handout-wound-care",
    ]
    by_code = {task.code: task for task in found.value}
    assert by_code["follow-up"].weeks == 2
    assert by_code["balance"].amount == Money(2_500)
    assert by_code["order-1"].is_must
    assert not by_code["order-1"].may_be_declined
    assert found.is_certain
    assert [step.code for step in found.trace.steps] == list(by_code)


def test_what_nobody_said_is_an_unknown_and_what_is_nothing_is_no_task() -> None:
    """No ledger asked and no follow-up said: unknown. Nothing owed and no follow-up wanted: no task."""
    unknown = check_out_tasks(VisitEnd(visit_type="sick"), RULES)
    assert unknown.value == ()
    assert len(unknown.unknowns) == 2
    nothing = check_out_tasks(VisitEnd(visit_type="sick", follow_up_weeks=0, balance=Money.zero), RULES)
    assert nothing.value == ()
    assert nothing.is_certain


@pytest.mark.parametrize(("cents", "is_asked"), [(499, False), (500, True), (-500, False)])
def test_a_small_balance_is_not_asked_for(cents: int, is_asked: bool) -> None:  # noqa: FBT001
    """From the least amount of the rule on, and never a credit."""
    end = VisitEnd(visit_type="sick", follow_up_weeks=0, balance=Money(cents))
    assert codes(end) == (["balance"] if is_asked else [])


def test_a_kind_of_visit_may_have_its_usual_follow_up() -> None:
    """The rule's weeks count when the clinician said none; what the clinician said counts more."""
    rules = (CheckOutRule(kind=TaskKind.FOLLOW_UP, weeks=26, visits=frozenset({"diabetes"})),)
    for said, weeks in ((None, 26), (4, 4)):
        found = check_out_tasks(VisitEnd(visit_type="diabetes", follow_up_weeks=said), rules)
        assert [task.weeks for task in found.value] == [weeks]
        assert found.is_certain
    assert codes(VisitEnd(visit_type="diabetes", follow_up_weeks=0), rules) == []


def test_two_rules_about_one_thing_are_one_task_by_the_stricter() -> None:
    """The office's general rule and that for one kind do not ask twice."""
    rules = (
        CheckOutRule(kind=TaskKind.BALANCE),
        CheckOutRule(
            kind=TaskKind.BALANCE, is_must=True, may_be_declined=False, visits=frozenset({"cosmetic"})
        ),
    )
    (task,) = check_out_tasks(VisitEnd(visit_type="cosmetic", balance=Money(100)), rules).value
    assert task.is_must
    assert not task.may_be_declined


@given(
    st.permutations(RULES),
    st.integers(0, 4),
    st.none() | st.integers(0, 1000),
    st.none() | st.integers(0, 9),
)
def test_codes_are_unique_and_do_not_depend_on_the_order_of_rules(
    rules: list[CheckOutRule], referrals: int, cents: int | None, weeks: int | None
) -> None:
    """Whatever the rules' order, a visit has the same tasks, each code once."""
    end = VisitEnd(
        visit_type="procedure",
        follow_up_weeks=weeks,
        referrals=("somebody",) * referrals,
        balance=None if cents is None else Money(cents),
    )
    found = codes(end, tuple(rules))
    assert len(found) == len(set(found))
    assert sorted(found) == sorted(codes(end))


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": TaskKind.BALANCE, "weeks": 2},
        {"kind": TaskKind.FORM, "at_least": Money(100)},
        {"kind": TaskKind.BALANCE, "at_least": Money(0)},
        {"kind": TaskKind.HANDOUT},
        {"kind": TaskKind.FORM, "detail": "consent"},
        {"kind": TaskKind.FOLLOW_UP, "weeks": 261},
    ],
)
def test_an_impossible_rule_cannot_be_built(wrong: dict[str, object]) -> None:
    """Each kind of rule has its own settings and no others."""
    with pytest.raises(InvalidValue):
        CheckOutRule(**wrong)  # type: ignore[arg-type]


def test_no_health_data_is_shown() -> None:
    """To whom a patient is referred does not stand in any repr, step or unknown."""
    end = VisitEnd(visit_type="sick", referrals=("oncology",), orders=("biopsy",))
    shown = repr(end) + repr(check_out_tasks(end, RULES))
    assert "oncology" not in shown
    assert "biopsy" not in shown
