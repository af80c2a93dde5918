"""Answers with their reasons: money steps add up, or there is no answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import Explained, InvalidValue, Money, Step, Trace
from medoffice.testing.strategies import explained_money, money, steps, traces

SMALL = money(Money(-(10**9)), Money(10**9))


@given(traces(), SMALL)
def test_money_is_the_sum_of_its_steps_or_is_not_built(trace: Trace, claimed: Money) -> None:
    """An explanation whose amounts do not add up to its value cannot be built, to the cent."""
    right = Money.total(step.amount for step in trace.steps if step.amount is not None)
    assert Explained(right, trace=trace).value == trace.amount == right
    if claimed != right:
        with pytest.raises(InvalidValue):
            Explained(claimed, trace=trace)
    for cent in (Money(1), Money(-1)):
        with pytest.raises(InvalidValue):
            Explained(right + cent, trace=trace)


@given(traces(), traces(), steps())
def test_traces_join_in_order(one: Trace, other: Trace, step: Step) -> None:
    """Joined traces have the steps of both in order, and their amounts add."""
    assert (one + other).steps == (*one.steps, *other.steps)
    assert (one + other).amount == one.amount + other.amount
    assert one.then(step) == one + Trace((step,))
    assert str(one + other).split("\n") == [str(each) for each in one.steps + other.steps] or not (
        one.steps + other.steps
    )


@given(explained_money(), SMALL)
def test_a_change_needs_the_step_that_makes_up_the_difference(answer: Explained[Money], extra: Money) -> None:
    """A changed amount stands only with a step of exactly the difference, and what was unknown stays so."""
    step = Step("extra", "Extra", amount=extra)
    changed = answer.map(lambda value: value + extra, step)
    assert changed.value == answer.value + extra
    assert changed.trace.steps[-1] == step
    assert changed.unknowns == answer.unknowns
    with pytest.raises(InvalidValue):
        answer.map(lambda value: value + extra + Money(1), step)


@given(explained_money())
def test_certain_is_without_unknowns(answer: Explained[Money]) -> None:
    """An answer is certain exactly when nothing was unknown."""
    assert answer.is_certain is (answer.unknowns == ())


@given(st.integers() | st.text(), traces())
def test_other_answers_need_no_sum(value: object, trace: Trace) -> None:
    """An answer that is no money stands with any steps."""
    assert Explained(value, trace=trace).trace == trace


def test_a_step_in_words() -> None:
    """A step's line is its amount, its label, and why."""
    assert (
        str(Step("copay", "Co-pay", amount=Money(3000), why="by the card")) == "$30.00  Co-pay (by the card)"
    )
    assert str(Step("note", "No deductible")) == "No deductible"
    assert str(Trace((Step("a", "A"), Step("b", "B")))) == "A\nB"
