"""The proof itself: prices of any origin bound every plan, and a plan that was tampered with is found out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import AppointmentId, InvalidValue, PatientId, Refused, ResourceId, TimeSlot
from medoffice.scheduling import Appointment, Provider, VisitType
from medoffice.scheduling.replan import (
    Certificate,
    Displaced,
    DisruptionWeights,
    Leaf,
    Method,
    PatientPrice,
    Place,
    Price,
    Question,
    Replan,
    Split,
    Verified,
    replan,
    verify,
)
from medoffice.scheduling.replan.table import Table, cost_table

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 25, 14, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
VISIT = VisitType(code="check-up", name="Check-up", minutes=60)
RESOURCES = tuple(map(Provider, ("dr-adams", "dr-baker", "dr-chen")))


def displaced(number: int, start: datetime, patient: str) -> Displaced:
    """A check-up with Dr Adams."""
    return Displaced(
        appointment=Appointment(
            id=AppointmentId(f"apt-{number}"),
            patient=PatientId(patient),
            visit_type=VISIT.code,
            slot=VISIT.slot_at(start),
            occupied=VISIT.occupied_at(start),
            resources=(ResourceId("dr-adams"),),
        ),
        visit=VISIT,
    )


def place(start: datetime, who: str) -> Place:
    """An hour of one clinician."""
    slot = TimeSlot.lasting(start, HOUR)
    return Place(slot=slot, occupied=slot, resources=(ResourceId(who),))


PLAN = replan(
    [
        displaced(1, NOW + DAY, "pat-1"),
        displaced(2, NOW + DAY, "pat-2"),
        displaced(3, NOW + DAY + HOUR, "pat-2"),
    ],
    places=[
        place(NOW + DAY, "dr-baker"),
        place(NOW + DAY + HOUR, "dr-baker"),
        place(NOW + DAY + HOUR / 2, "dr-chen"),
        place(NOW + DAY + HOUR / 4, "dr-chen"),
    ],
    resources=RESOURCES,
    zone=ZONE,
    now=NOW,
)
TABLE = cost_table(PLAN.question)

prices = st.integers(0, 3000)
leaves = st.builds(
    lambda first, second, third: Leaf((Price((0,), first), Price((3,), second), Price((1, 2), third))),
    prices,
    prices,
    prices,
)
options = st.one_of(st.integers(0, 3), st.tuples(st.integers(0, 2), st.integers(0, 3)))


def proofs() -> st.SearchStrategy[Leaf | Split]:
    """Prices of any size, in cases of any depth."""
    return st.recursive(leaves, lambda inner: st.builds(Split, options, inner, inner), max_leaves=5)


@given(proofs(), st.integers(1, 50))
def test_any_prices_bound_every_plan(proof: Leaf | Split, scale: int) -> None:
    """Whatever the prices and the cases, the bound is never above the cheapest plan: weak duality."""
    certificate = Certificate(method=Method.PROGRAMME, proof=proof, scale=scale)
    assert list(certificate.faults(PLAN.question)) == []
    assert certificate.bound(TABLE) <= PLAN.total


def test_the_plan_of_these_tests_is_proven() -> None:
    """What is tampered with below is right before."""
    assert verify(PLAN) == Verified(total=PLAN.total, bound=PLAN.total)
    assert len(PLAN.moves) == 3


def moved(plan: Replan, which: int, **change: Any) -> Replan:
    """The plan with one of its moves changed."""
    moves = list(plan.moves)
    moves[which] = attrs.evolve(moves[which], **change)
    return attrs.evolve(plan, batches=tuple((move,) for move in moves))


def overlapping(plan: Replan) -> Replan:
    """The plan with two of its visits in places of Dr Chen that overlap."""
    first, second, third = plan.moves
    chens = [each for each in plan.question.places if each.resources == (ResourceId("dr-chen"),)]
    moves = (attrs.evolve(first, place=chens[0]), attrs.evolve(second, place=chens[1]), third)
    return attrs.evolve(plan, batches=(moves,))


def proven_by(leaf: Leaf | Split) -> Replan:
    """The plan with other prices."""
    return attrs.evolve(PLAN, certificate=attrs.evolve(PLAN.certificate, proof=leaf))


ELSEWHERE = place(NOW + 2 * DAY, "dr-baker")

TAMPERED: dict[str, tuple[str, Callable[[], Replan]]] = {
    "a visit left out": ("RPL101", lambda: attrs.evolve(PLAN, batches=PLAN.batches[1:])),
    "a visit twice": ("RPL101", lambda: attrs.evolve(PLAN, batches=(*PLAN.batches, PLAN.batches[0]))),
    "a place that was not offered": ("RPL102", lambda: moved(PLAN, 0, place=ELSEWHERE)),
    "a cost made smaller": (
        "RPL103",
        lambda: moved(PLAN, 0, cost=attrs.evolve(PLAN.moves[0].cost, parts=())),
    ),
    "a place taken twice": ("RPL104", lambda: moved(PLAN, 0, place=PLAN.moves[1].place)),
    "two overlapping places of one clinician": ("RPL104", lambda: overlapping(PLAN)),
    "a case about no place": ("RPL106", lambda: proven_by(Split(9, Leaf(), Leaf()))),
    "a case about no visit": ("RPL106", lambda: proven_by(Split((7, 0), Leaf(), Leaf()))),
    "a price below nothing": ("RPL106", lambda: proven_by(Leaf((Price((0,), -5),)))),
    "a price on what goes together": ("RPL106", lambda: proven_by(Leaf((Price((0, 1), 5),)))),
    "a price on no place": ("RPL106", lambda: proven_by(Leaf((Price((9,), 5),)))),
    "a patient's price on two people": (
        "RPL106",
        lambda: proven_by(Leaf((), (PatientPrice(((0, 0), (1, 2)), 5),))),
    ),
    "a patient's price on no visit": (
        "RPL106",
        lambda: proven_by(Leaf((), (PatientPrice(((7, 0),), 5),))),
    ),
    "a bound that its prices do not give": ("RPL107", lambda: proven_by(Leaf(()))),
}


@pytest.mark.parametrize(("code", "tampered"), TAMPERED.values(), ids=TAMPERED)
def test_a_plan_that_was_tampered_with_is_refused(code: str, tampered: Callable[[], Replan]) -> None:
    """Each lie about a plan is found, under its own code."""
    match verify(tampered()):
        case Refused() as refused:
            assert refused.has(code)
        case Verified():
            raise AssertionError(code)


def test_a_patient_cannot_be_in_two_places() -> None:
    """A plan that has one patient with two clinicians at once is refused."""
    second = next(m for m in PLAN.moves if m.displaced.appointment.id.value == "apt-2")
    third = next(m for m in PLAN.moves if m.displaced.appointment.id.value == "apt-3")
    both = (
        attrs.evolve(second, place=place(NOW + DAY, "dr-baker")),
        attrs.evolve(third, place=place(NOW + DAY + HOUR / 2, "dr-chen")),
    )
    match verify(attrs.evolve(PLAN, batches=(both,))):
        case Refused() as refused:
            assert refused.has("RPL105")
        case Verified():
            raise AssertionError


def test_a_scale_is_a_positive_whole_number() -> None:
    """Prices in parts of nothing prove nothing."""
    with pytest.raises(InvalidValue):
        Certificate(method=Method.ASSIGNMENT, proof=Leaf(), scale=0)


def test_a_table_without_places_bounds_by_having_none() -> None:
    """Where there is no place, every plan costs what it costs to have none."""
    certificate = Certificate(method=Method.ASSIGNMENT, proof=Leaf())
    assert certificate.bound(Table(costs=[[], []], no_place=[3, 4], places=())) == 7


def test_the_usual_weights_are_whole_numbers_within_bounds() -> None:
    """A weight that is not a whole number, or negative, is refused."""
    with pytest.raises(InvalidValue):
        DisruptionWeights(earlier=-1)
    with pytest.raises(InvalidValue):
        DisruptionWeights(other_weekday=1.5)  # type: ignore[arg-type]


def test_a_question_keeps_its_parts_in_order() -> None:
    """Repeated places are one, and the earliest comes first."""
    question = PLAN.question
    assert list(question.places) == sorted(set(question.places), key=lambda each: each.slot.start)
    doubled = attrs.evolve(question, places=(*question.places, *question.places))
    assert isinstance(doubled, Question)
    assert doubled.places == question.places
