"""Whole plans, against every plan there is: cheapest, proven, and possible to carry out."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, product
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import AppointmentId, InvalidValue, PatientId, Refused, ResourceId, TimeSlot
from medoffice.scheduling import AnyOf, Appointment, Modality, OneOf, Provider, Room, VisitType
from medoffice.scheduling.replan import (
    Barred,
    Continuity,
    Displaced,
    DisruptionWeights,
    Fits,
    Method,
    NeedsOptimise,
    Place,
    Question,
    Replan,
    Urgency,
    Verified,
    assess,
    replan,
    verify,
)
from medoffice.scheduling.replan.table import FORBIDDEN, cost_table

ZONE = ZoneInfo("America/Chicago")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NOW = datetime(2026, 10, 30, 13, tzinfo=UTC)  # the clocks change in the night to 1 November
PROVIDERS = tuple(Provider(each) for each in ("dr-adams", "dr-baker", "np-chen"))
ROOM = Room("room-1", tags="exam-room")
RESOURCES = (*PROVIDERS, ROOM)
VISITS = (
    VisitType(code="check-up", name="Check-up", minutes=30, buffer_after=10),
    VisitType(
        code="follow-up",
        name="Follow-up",
        minutes=20,
        needs=(OneOf("dr-adams", "dr-baker"),),
        modalities=frozenset(Modality),
    ),
    VisitType(
        code="procedure",
        name="Procedure",
        minutes=30,
        needs=(OneOf("dr-baker", "np-chen"), AnyOf("exam-room", modality=Modality.IN_PERSON)),
    ),
    VisitType(code="class", name="Class", minutes=30, buffer_after=10, capacity=4),
)
CHEAP = DisruptionWeights(
    other_clinician=10, other_weekday=1, quarter_hour=1, short_notice=3, notice_hours=20
)

minutes = st.integers(0, 8).map(lambda count: count * 15)
days = st.integers(0, 1).map(lambda day: day * 3)  # the clocks change in between


@st.composite
def displaced_visits(draw: st.DrawFn, number: int) -> Displaced:
    """One visit of any kind, wish and urgency; two visits in five are of one patient."""
    visit = draw(st.sampled_from([*VISITS, VISITS[-1]]))
    start = NOW + draw(days) * DAY + draw(minutes) * MINUTE
    resources = draw(st.sets(st.sampled_from([each.id for each in RESOURCES]), min_size=1, max_size=2))
    appointment = Appointment(
        id=AppointmentId(f"apt-{number}"),
        patient=PatientId(draw(st.sampled_from(["pat-0", "pat-0", f"pat-{number}"]))),
        visit_type=visit.code,
        slot=visit.slot_at(start),
        occupied=visit.occupied_at(start),
        resources=tuple(sorted(resources)),
        modality=draw(st.sampled_from(sorted(visit.modalities, key=str))),
        location=draw(st.sampled_from(["", "north", "south"])),
        seats=visit.capacity,
    )
    earliest = draw(st.sampled_from([None] * 6 + [date(2026, 11, 1)]))
    latest = draw(st.sampled_from([None] * 6 + [date(2026, 11, 1)]))
    away = draw(st.sampled_from([()] * 5 + [(TimeSlot(NOW, NOW + 60 * MINUTE),)]))
    return Displaced(
        appointment=appointment,
        visit=visit,
        urgency=draw(st.sampled_from(Urgency)),
        continuity=draw(st.sampled_from([*Continuity, Continuity.ANYBODY, Continuity.PREFERRED])),
        earliest=earliest,
        latest=latest,
        unavailable=away,
    )


@st.composite
def places(draw: st.DrawFn, step: int) -> Place:
    """Free time of one or two resources on a grid: apart at a step of 60 minutes, overlapping at 15."""
    start = NOW + draw(days) * DAY + draw(st.integers(0, 150 // step)) * step * MINUTE
    slot = TimeSlot.lasting(start, draw(st.sampled_from([30, 30, 20])) * MINUTE)
    seats = draw(st.sampled_from([1, 1, 1, 2, 3]))
    some = draw(st.sampled_from([frozenset()] * 5 + [frozenset({"check-up", "procedure"})]))
    clinician = draw(st.sampled_from([each.id for each in PROVIDERS]))
    return Place(
        slot=slot,
        occupied=slot.widened(before=timedelta(0), after=draw(st.sampled_from([10, 10, 0])) * MINUTE),
        resources=draw(st.sampled_from([(clinician,), (clinician,), (clinician, ROOM.id)])),
        visit_types=some if seats == 1 else frozenset({"class"}),
        seats=seats,
        modalities=draw(st.sampled_from([frozenset()] * 5 + [frozenset({Modality.TELEHEALTH})])),
        location=draw(st.sampled_from(["", "north"])),
    )


@st.composite
def questions(draw: st.DrawFn, visits: int = 4, most: int = 6) -> Question:
    """A few visits and places, apart or overlapping."""
    step = draw(st.sampled_from([15, 60]))
    count = draw(st.integers(1, visits))
    return Question(
        displaced=tuple(draw(displaced_visits(number)) for number in range(count)),
        places=tuple(draw(st.lists(places(step), min_size=draw(st.integers(0, most)), max_size=most))),
        resources=RESOURCES,
        weights=draw(st.sampled_from([CHEAP, DisruptionWeights()])),
        zone=ZONE,
        now=NOW,
    )


def planned(question: Question) -> Replan:
    """The plan under test."""
    return replan(
        question.displaced,
        places=question.places,
        resources=question.resources,
        weights=question.weights,
        zone=question.zone,
        now=question.now,
    )


def everything(question: Question) -> Iterator[int]:
    """What each plan that can be carried out costs; by looking at all there are."""
    choices = []
    for each in question.displaced:
        own: list[tuple[int, Place | None]] = [(question.weights.no_place.of(each.urgency), None)]
        for place in question.places:
            match assess(each, place, question):
                case Fits(_, cost):
                    own.append((cost.points, place))
                case Barred():
                    pass
        choices.append(own)
    for plan in product(*choices):
        going = [
            (each.appointment, place)
            for each, (_, place) in zip(question.displaced, plan, strict=True)
            if place is not None
        ]
        seated = Counter(place for _, place in going)
        if all(taken <= place.seats for place, taken in seated.items()) and not any(
            are_at_odds(first, second) for first, second in combinations(going, 2)
        ):
            yield sum(cost for cost, _ in plan)


def are_at_odds(first: tuple[Appointment, Place], second: tuple[Appointment, Place]) -> bool:
    """Whether two moves want one resource, or one patient, at one time."""
    (one, here), (other, there) = first, second
    shares = set(here.resources) & set(there.resources) and here.occupied.overlaps(there.occupied)
    if shares and (here != there or here.seats == 1):
        return True
    mine = TimeSlot.lasting(here.slot.start, one.slot.length)
    theirs = TimeSlot.lasting(there.slot.start, other.slot.length)
    return one.patient == other.patient and mine.overlaps(theirs)


@given(questions())
def test_no_plan_is_cheaper(question: Question) -> None:
    """The total is the least of all plans that can be carried out, and the certificate proves it."""
    plan = planned(question)
    assert plan.total == min(everything(question))
    assert plan.is_proven
    assert verify(plan) == Verified(total=plan.total, bound=plan.total)


@pytest.mark.parametrize("minutes_of_the_first", range(0, 240, 15))
def test_sessions_that_overlap_are_settled(minutes_of_the_first: int) -> None:
    """Two half-filled sessions of one clinician look like one whole to prices alone: the proof tells them apart."""
    adams, group = PROVIDERS[0].id, next(each for each in VISITS if each.is_group)
    single = next(each for each in VISITS if not each.is_group)
    visits = [
        Displaced(
            appointment=Appointment(
                id=AppointmentId(f"apt-{number}"),
                patient=PatientId("pat-0" if start == 150 else f"pat-{number}"),
                visit_type=visit.code,
                slot=visit.slot_at(NOW + start * MINUTE),
                occupied=visit.occupied_at(NOW + start * MINUTE),
                resources=(adams,),
                seats=visit.capacity,
            ),
            visit=visit,
        )
        for number, (visit, start) in enumerate([(single, 150), (group, 120), (group, 150)])
    ]
    slots = [(minutes_of_the_first, 1), (120, 2), (150, 2)]
    spots = [
        Place(
            slot=(slot := TimeSlot.lasting(NOW + start * MINUTE, 30 * MINUTE)),
            occupied=slot.widened(before=timedelta(0), after=10 * MINUTE),
            resources=(adams,),
            visit_types={group.code} if seats > 1 else (),
            seats=seats,
        )
        for start, seats in slots
    ]
    question = Question(
        displaced=tuple(visits),
        places=tuple(spots),
        resources=RESOURCES,
        weights=DisruptionWeights(),
        zone=ZONE,
        now=NOW,
    )
    plan = planned(question)
    assert plan.total == min(everything(question))
    assert plan.is_proven
    assert verify(plan) == Verified(total=plan.total, bound=plan.total)


@given(questions(visits=7, most=14))
def test_a_plan_passes_its_own_audit(question: Question) -> None:
    """Everybody once, nobody where they may not be, nothing taken twice, costs and bound as said."""
    match verify(planned(question)):
        case Verified() as verified:
            assert verified.bound <= verified.total
        case Refused(findings):
            raise AssertionError(findings)


@given(questions(), places(30))
def test_another_place_never_makes_it_worse(question: Question, another: Place) -> None:
    """With one place more the total stays or falls."""
    more = attrs.evolve(question, places=(*question.places, another))
    assert planned(more).total <= planned(question).total


@given(questions(), st.randoms(use_true_random=False))
def test_the_order_of_the_question_decides_nothing(question: Question, chance: object) -> None:
    """The same visits and places in any order have the same plan."""
    displaced, offered = list(question.displaced), list(question.places)
    chance.shuffle(displaced)  # type: ignore[attr-defined]
    chance.shuffle(offered)  # type: ignore[attr-defined]
    other = attrs.evolve(question, displaced=tuple(displaced), places=tuple(offered))
    assert planned(other) == planned(question)


@given(questions(visits=3, most=6))
def test_the_table_says_what_the_explanation_says(question: Question) -> None:
    """Every cost in the table is the sum of its explained parts; what is barred is forbidden."""
    table = cost_table(question)
    for each, row in zip(question.displaced, table.costs, strict=True):
        for place, cost in zip(question.places, row, strict=True):
            match assess(each, place, question):
                case Fits(_, disruption):
                    assert cost == disruption.points == disruption.explained.value
                    assert cost == sum(part.count * part.each for part in disruption.parts)
                case Barred(obstacles):
                    assert cost >= FORBIDDEN
                    assert obstacles


@given(questions(visits=6, most=10))
def test_batches_can_be_carried_out_in_their_order(question: Question) -> None:
    """Batch by batch, each lets go of its old times and takes its new ones, and nothing is ever held twice."""
    plan = planned(question)
    held = {move.displaced.appointment.id: move.displaced.appointment for move in plan.moves}
    for batch in plan.batches:
        for move in batch:
            del held[move.displaced.appointment.id]
        for move in batch:
            new = attrs.evolve(
                move.displaced.appointment,
                slot=move.new,
                occupied=move.occupied,
                resources=move.place.resources,
                modality=move.modality,
            )
            for other in held.values():
                assert not new.collides_with(other)
                assert not (new.patient == other.patient and new.slot.overlaps(other.slot))
            held[new.id] = new


@given(questions(visits=2, most=8))
def test_whoever_has_no_place_is_told_why(question: Question) -> None:
    """A visit without a place has a reason, and no reason names a person."""
    for each in planned(question).without_place:
        assert each.findings
        assert not any(str(each.displaced.appointment.patient) in str(finding) for finding in each.findings)


def visit(
    number: int, start: datetime, *, resources: Sequence[str] = ("dr-adams",), **more: object
) -> Displaced:
    """A check-up of a patient of its own."""
    kind = VISITS[0]
    return Displaced(
        appointment=Appointment(
            id=AppointmentId(f"apt-{number}"),
            patient=PatientId(f"pat-{number}"),
            visit_type=kind.code,
            slot=kind.slot_at(start),
            occupied=kind.occupied_at(start),
            resources=tuple(map(ResourceId, resources)),
        ),
        visit=kind,
        **more,  # type: ignore[arg-type]
    )


def opening(start: datetime, *resources: str) -> Place:
    """A place that a check-up fits exactly."""
    kind = VISITS[0]
    return Place(
        slot=kind.slot_at(start),
        occupied=kind.occupied_at(start),
        resources=tuple(map(ResourceId, resources)),
    )


def test_two_who_change_places_go_together() -> None:
    """Where each goes where the other still is, the two moves are one batch."""
    early, late = NOW + 3 * DAY, NOW + 3 * DAY + 60 * MINUTE
    first = visit(1, early, resources=("dr-adams",), unavailable=(TimeSlot(early, late),))
    second = visit(2, late, resources=("dr-adams",))
    second = attrs.evolve(second, unavailable=(TimeSlot(late, late + 60 * MINUTE),))
    asked = Question(
        displaced=(first, second),
        places=(opening(early, "dr-adams"), opening(late, "dr-adams")),
        resources=RESOURCES,
        weights=DisruptionWeights(),
        zone=ZONE,
        now=NOW,
    )
    (batch,) = planned(asked).batches
    assert {move.new.start for move in batch} == {early, late}


def test_a_patient_leaves_one_visit_before_taking_its_time_for_another() -> None:
    """When one of a patient's visits goes to the time of their other, the other moves on first."""
    start = NOW + 2 * DAY
    first, second = visit(1, start), visit(2, start + 60 * MINUTE)
    own = attrs.evolve(second.appointment, patient=first.appointment.patient)
    asked = Question(
        displaced=(first, attrs.evolve(second, appointment=own)),
        places=(opening(start + 60 * MINUTE, "dr-baker"), opening(start + 120 * MINUTE, "np-chen")),
        resources=RESOURCES,
        weights=DisruptionWeights(),
        zone=ZONE,
        now=NOW,
    )
    moves = [(move.displaced.appointment.id.value, move.new.start) for move in planned(asked).moves]
    assert moves == [("apt-2", start + 120 * MINUTE), ("apt-1", start + 60 * MINUTE)]


def test_the_colleague_at_the_same_time_is_the_least_disruption() -> None:
    """Another clinician at the old time costs that and nothing else, at however short a notice."""
    start = NOW + 60 * MINUTE
    asked = Question(
        displaced=(visit(1, start),),
        places=(opening(start, "dr-baker"), opening(start + 15 * MINUTE, "np-chen")),
        resources=RESOURCES,
        weights=DisruptionWeights(),
        zone=ZONE,
        now=NOW,
    )
    (move,) = planned(asked).moves
    assert (move.new, move.place.resources) == (move.old, (ResourceId("dr-baker"),))
    assert [(part.code, part.points) for part in move.cost.parts] == [("other-clinician", 30)]


def test_the_urgent_comes_first_among_equals() -> None:
    """Of two who could have the one place at the same cost, the more urgent gets it."""
    start, late = NOW + 2 * DAY, NOW + 3 * DAY
    calm = visit(1, start, urgency=Urgency.ROUTINE)
    pressing = visit(2, start, urgency=Urgency.URGENT)
    asked = Question(
        displaced=(calm, pressing),
        places=(opening(start, "dr-baker"), opening(late, "dr-baker")),
        resources=RESOURCES,
        weights=DisruptionWeights(),
        zone=ZONE,
        now=NOW,
    )
    new = {move.displaced.appointment.id.value: move.new.start for move in planned(asked).moves}
    assert new == {"apt-2": start, "apt-1": late}


FIVE = tuple(Provider(f"dr-{number}") for number in range(5))


def ring_of_five(most_cases: int) -> Replan:
    """Three visits, and five places in a ring, each with two clinicians that it shares with its neighbours.

    Two can be used; in halves it is two and a half, so prices alone cannot prove it.
    """
    start = NOW + 2 * DAY
    ids = [each.id.value for each in FIVE]
    return replan(
        [visit(number, start) for number in range(3)],
        places=[opening(start, ids[number], ids[(number + 1) % 5]) for number in range(5)],
        resources=(*RESOURCES, *FIVE),
        zone=ZONE,
        now=NOW,
        most_cases=most_cases,
    )


def test_where_prices_fall_short_the_proof_has_cases() -> None:
    """Linear prices promise half a visit more than there is room for; in cases the proof is whole."""
    plan = ring_of_five(most_cases=100)
    assert plan.certificate.method is Method.PROGRAMME
    assert len(plan.certificate.leaves) > 1
    assert plan.total == min(everything(plan.question))
    assert verify(plan) == Verified(total=plan.total, bound=plan.total)


def test_too_few_cases_leave_an_honest_gap() -> None:
    """A proof that may not be split says how far it falls short, and does not claim to be one."""
    plan = ring_of_five(most_cases=1)
    assert plan.total == min(everything(plan.question))
    assert plan.gap > 0
    assert not plan.is_proven
    assert verify(plan) == Verified(total=plan.total, bound=plan.bound)


@pytest.mark.parametrize("more", [(), ("dr-baker",)], ids=["apart", "overlapping"])
def test_seats_of_a_group_are_shared_out(more: tuple[str, ...]) -> None:
    """Of four classmates as many go to a class as it has seats, proven; also where its time is wanted otherwise."""
    group, start = VISITS[-1], NOW + 2 * DAY
    slot, occupied = group.slot_at(start), group.occupied_at(start)
    mates = [
        Displaced(
            appointment=attrs.evolve(
                visit(number, start).appointment, visit_type="class", seats=4, slot=slot, occupied=occupied
            ),
            visit=group,
        )
        for number in range(4)
    ]
    seats = Place(
        slot=slot,
        occupied=occupied,
        resources=(ResourceId("dr-baker"),),
        visit_types=frozenset({"class"}),
        seats=3,
    )
    asked = Question(
        displaced=tuple(mates),
        places=(seats, *(opening(start + 20 * MINUTE, who) for who in more)),
        resources=RESOURCES,
        weights=DisruptionWeights(),
        zone=ZONE,
        now=NOW,
    )
    plan = planned(asked)
    assert [move.place for move in plan.moves] == [seats] * 3
    assert plan.total == plan.bound == min(everything(asked)) == 3 * 30 + 2000
    assert verify(plan) == Verified(total=plan.total, bound=plan.total)


def test_what_needs_scipy_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without scipy and numpy places apart are planned all the same; places that overlap name the extra to install."""
    for package in ("numpy", "scipy"):
        monkeypatch.setitem(sys.modules, package, None)
    start = NOW + 2 * DAY
    apart = [opening(start, "dr-baker"), opening(start + 60 * MINUTE, "dr-baker")]
    overlapping = [opening(start + count * 15 * MINUTE, "dr-baker") for count in range(5)]
    people = [visit(1, start), visit(2, start)]
    assert replan(people, places=apart, resources=RESOURCES, zone=ZONE, now=NOW).is_proven
    with pytest.raises(NeedsOptimise, match=r"medoffice\[optimise\]"):
        replan(people, places=overlapping, resources=RESOURCES, zone=ZONE, now=NOW)


def test_nobody_displaced_is_no_trouble() -> None:
    """An empty question has an empty, proven plan."""
    plan = replan((), places=(), resources=RESOURCES, zone=ZONE, now=NOW)
    assert (plan.moves, plan.without_place, plan.total, plan.is_proven) == ((), (), 0, True)


def test_a_question_names_what_the_office_has() -> None:
    """Places of unknown resources and appointments displaced twice are the caller's mistakes."""
    twice = visit(1, NOW + DAY)
    with pytest.raises(InvalidValue):
        replan([twice, twice], places=(), resources=RESOURCES, zone=ZONE, now=NOW)
    with pytest.raises(InvalidValue):
        replan([twice], places=[opening(NOW + DAY, "dr-nobody")], resources=RESOURCES, zone=ZONE, now=NOW)
    with pytest.raises(InvalidValue):
        replan([twice], places=(), resources=RESOURCES, zone=ZONE, now=NOW.replace(tzinfo=None))
