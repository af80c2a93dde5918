"""Who is called next."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import AppointmentId, InvalidValue, ResourceId
from medoffice.scheduling.flow import (
    ESI,
    Aging,
    Level,
    NobodyWaits,
    QueuePolicy,
    Scale,
    Turn,
    Waiting,
    line,
    next_patient,
)

NINE: Final = datetime(2026, 11, 24, 9, tzinfo=UTC)
NOON: Final = NINE + timedelta(hours=3)
PLAIN: Final = QueuePolicy(untriaged=3, scheduled=3)
CAPPED: Final = QueuePolicy(aging=(Aging(4, 60), Aging(5, 90)), untriaged=3, scheduled=4)
policies = st.sampled_from([PLAIN, CAPPED])
entries = st.lists(
    st.tuples(st.integers(0, 180), st.none() | st.integers(1, 5), st.booleans()), max_size=12
).map(
    lambda rows: tuple(
        Waiting(
            visit=AppointmentId(f"visit-{number:02d}"),
            since=NINE + timedelta(minutes=minute),
            level=level,
            is_scheduled=is_scheduled,
        )
        for number, (minute, level, is_scheduled) in enumerate(rows)
    )
)


def waiting(visit: str, minute: int, level: int | None, **more: object) -> Waiting:
    since = NINE + timedelta(minutes=minute)
    return Waiting(visit=AppointmentId(visit), since=since, level=level, **more)  # type: ignore[arg-type]


def order(*who: Waiting, policy: QueuePolicy = CAPPED, now: datetime = NOON) -> list[str]:
    return [turn.waiting.visit.value for turn in line(who, policy=policy, now=now)]


@given(entries, policies, st.randoms(use_true_random=False))
def test_the_line_holds_everybody_once_in_an_order_of_its_own(
    who: tuple[Waiting, ...], policy: QueuePolicy, chance: object
) -> None:
    """However the entries come, the line is the same, and ranks count from one."""
    shuffled = list(who)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    turns = line(who, policy=policy, now=NOON)
    assert turns == line(shuffled, policy=policy, now=NOON)
    assert [turn.rank for turn in turns] == list(range(1, len(who) + 1))
    assert sorted(turn.waiting.visit for turn in turns) == sorted(each.visit for each in who)


@given(entries, policies)
def test_who_should_not_wait_is_never_overtaken(who: tuple[Waiting, ...], policy: QueuePolicy) -> None:
    """Nobody less urgent stands before a patient of level 1 or 2, however long they have waited."""
    for before, after in pairwise(line(who, policy=policy, now=NOON)):
        if after.waiting.level in {1, 2}:
            assert before.waiting.level is not None
            assert before.waiting.level <= after.waiting.level


@given(entries, policies)
def test_of_one_level_who_came_first_is_first(who: tuple[Waiting, ...], policy: QueuePolicy) -> None:
    """Among equals it is the arrival that counts, and nothing else."""
    for before, after in pairwise(line(who, policy=policy, now=NOON)):
        assert before.level <= after.level
        if before.level == after.level:
            assert before.waiting.since <= after.waiting.since


@given(entries, st.integers(0, 5), st.integers(0, 400))
def test_nobody_waits_for_ever(others: tuple[Waiting, ...], level: int, later: int) -> None:
    """Once lifted, a patient is passed by nobody who came later, but by those who should not wait."""
    mine = waiting("mine", 0, level or None)
    now = NOON + timedelta(minutes=later)
    turns = line((mine, *others), policy=CAPPED, now=now)
    place = next(turn for turn in turns if turn.waiting is mine)
    if place.level == ESI.first_open:
        for before in turns[: place.rank - 1]:
            assert before.waiting.level in {1, 2} or before.waiting.since <= mine.since


@given(entries, st.integers(0, 300), st.integers(0, 300))
def test_waiting_longer_never_costs_a_place(who: tuple[Waiting, ...], one: int, other: int) -> None:
    """With nobody new, whoever is next stays before all who came later at the same level or below."""
    early, late = sorted((one, other))
    before = line(who, policy=CAPPED, now=NOON + timedelta(minutes=early))
    after = {
        turn.waiting.visit: turn for turn in line(who, policy=CAPPED, now=NOON + timedelta(minutes=late))
    }
    for turn in before:
        assert after[turn.waiting.visit].level <= turn.level


def test_the_line_of_an_afternoon() -> None:
    """Chest pain first, then the sprain that has waited beyond its cap, then by level and arrival."""
    who = (
        waiting("sprain", 60, 4),  # two hours: lifted
        waiting("cough", 150, 3),
        waiting("rash", 140, 5),
        waiting("chest-pain", 179, 2),
        waiting("stitches", 145, 4),
    )
    assert order(*who) == ["chest-pain", "sprain", "cough", "stitches", "rash"]
    assert order(*who, policy=PLAIN) == ["chest-pain", "cough", "sprain", "stitches", "rash"]


@pytest.mark.parametrize(("minutes", "is_lifted"), [(59, False), (60, True)])
def test_a_patient_is_lifted_when_the_cap_is_reached(minutes: int, is_lifted: bool) -> None:  # noqa: FBT001
    """Not a minute before the sixty of the policy, and not a minute after."""
    (turn,) = line((waiting("sprain", 0, 4),), policy=CAPPED, now=NINE + timedelta(minutes=minutes))
    assert (turn.is_lifted, turn.level) == (is_lifted, 3 if is_lifted else 4)


def test_a_second_triage_moves_the_patient() -> None:
    """The same patient at another level stands elsewhere."""
    other = waiting("other", 10, 3)
    assert order(waiting("mine", 20, 5), other) == ["other", "mine"]
    assert order(waiting("mine", 20, 1), other) == ["mine", "other"]


def test_the_next_patient_comes_with_reasons() -> None:
    """The answer says the level, who waits longest, and who was passed by."""
    who = (waiting("a", 170, 3), waiting("b", 160, 3), waiting("c", 150, 4))
    found = next_patient(who, policy=PLAIN, now=NOON)
    assert isinstance(found.value, Turn)
    assert found.value.waiting.visit.value == "b"
    assert [step.code for step in found.trace.steps] == ["level", "longest", "passed"]
    assert found.trace.steps[0].cites == ESI.cites
    assert found.is_certain


def test_a_level_that_nobody_gave_is_an_unknown() -> None:
    """The policy's level counts, and the answer says that it was assumed."""
    found = next_patient((waiting("a", 0, None),), policy=PLAIN, now=NOON)
    assert not found.is_certain
    assert "assumed" in [step.code for step in found.trace.steps]


def test_a_patient_who_wants_one_clinician_waits_for_that_one() -> None:
    """Another clinician calls the next who may be seen, or nobody."""
    okafor, lindqvist = ResourceId("dr-okafor"), ResourceId("np-lindqvist")
    who = (waiting("a", 0, 3, only=frozenset({okafor})), waiting("b", 9, 3))
    for provider, visit in ((okafor, "a"), (lindqvist, "b")):
        found = next_patient(who, policy=PLAIN, now=NOON, provider=provider)
        assert isinstance(found.value, Turn)
        assert found.value.waiting.visit.value == visit
    assert next_patient(who[:1], policy=PLAIN, now=NOON, provider=lindqvist).value == NobodyWaits()


def test_an_office_may_have_a_scale_of_its_own() -> None:
    """Three levels, the first protected; what it does not have is refused."""
    own = Scale(
        code="northside",
        levels=(
            Level(number=1, meaning="at once", is_protected=True),
            Level(number=2, meaning="soon"),
            Level(number=3, meaning="can wait"),
        ),
    )
    policy = QueuePolicy(scale=own, aging=(Aging(3, 30),), untriaged=2, scheduled=2)
    who = (waiting("a", 100, 2), waiting("b", 0, 3), waiting("c", 150, 1))
    assert order(*who, policy=policy) == ["c", "b", "a"]
    with pytest.raises(InvalidValue):
        line((waiting("x", 0, 4),), policy=policy, now=NOON)


def test_an_impossible_policy_cannot_be_built() -> None:
    """Levels exist, are lifted once, and protected ones not at all; a scale has no gaps."""
    for wrong in ((Aging(2, 30),), (Aging(4, 30), Aging(4, 60)), (Aging(9, 30),)):
        with pytest.raises(InvalidValue):
            QueuePolicy(aging=wrong, untriaged=3, scheduled=3)
    with pytest.raises(InvalidValue):
        QueuePolicy(untriaged=6, scheduled=3)
    with pytest.raises(InvalidValue):
        Aging(4, 0)
    first, second = Level(number=1, meaning="a"), Level(number=2, meaning="b", is_protected=True)
    for levels in ((first, second), (second,), (first, Level(number=3, meaning="c"))):
        with pytest.raises(InvalidValue):
            Scale(code="own", levels=levels)
