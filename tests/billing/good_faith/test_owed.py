"""Which estimate is owed for one visit, whatever happened before."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.good_faith import (
    Change,
    Due,
    EstimateIssued,
    EstimateRequested,
    ExpectedItem,
    ExpectedProvider,
    GoodFaithEstimate,
    Owed,
    Scheduled,
    VisitPlan,
    Why,
    federal_holidays_around,
    owed,
    when_due,
)
from medoffice.billing.good_faith.facts import Fact
from medoffice.core import EIN, NPI, AppointmentId, HCPCSCode, InvalidValue, Money, PatientId, PersonName
from medoffice.data import parameters

DAYS = st.dates(date(2026, 1, 1), date(2026, 9, 30))
VISIT, PATIENT = AppointmentId("apt-1"), PatientId("pat-1")
CHANGED = frozenset({Change.CHARGES})
ISSUED = EstimateIssued(
    on=date(2026, 1, 6),
    number=1,
    patient=PATIENT,
    appointment=VISIT,
    estimate=GoodFaithEstimate(
        patient=PersonName(family="Canary", given="Ann"),
        birth_date=date(1980, 5, 6),
        issued_on=date(2026, 1, 6),
        service_on=date(2026, 1, 20),
        primary="Visit",
        providers=(
            ExpectedProvider(
                name="Northside",
                npi=NPI("1234567893"),
                tax_id=EIN("123456789"),
                state="IL",
                items=(ExpectedItem(service=HCPCSCode("G0439"), words="visit", charge=Money(1)),),
            ),
        ),
    ),
)


def asked(visit: VisitPlan, *facts: Fact) -> Owed | None:
    """The answer with the numbers and the holidays that come with medoffice."""
    return owed(visit, facts, holidays=federal_holidays_around(visit.service_on), parameters=parameters())


def plan(on: date, service_on: date, changes: frozenset[Change] = frozenset()) -> VisitPlan:
    """A visit that was booked and never moved."""
    return VisitPlan(scheduled=(Scheduled(on, service_on),), changes=changes)


def request(on: date) -> EstimateRequested:
    """Somebody asked."""
    return EstimateRequested(on=on, patient=PATIENT, appointment=VISIT)


def issued_for(service_on: date, on: date) -> EstimateIssued:
    """An estimate for a visit on a day."""
    return attrs.evolve(ISSUED, on=on, estimate=attrs.evolve(ISSUED.estimate, service_on=service_on))


@given(
    st.lists(st.tuples(DAYS, st.integers(0, 60)), min_size=1, max_size=4),
    st.lists(DAYS, max_size=2),
    st.booleans(),
    st.frozensets(st.sampled_from(Change)),
)
def test_nothing_is_owed_after_the_visit(
    moves: list[tuple[date, int]], requests: list[date], was_issued: object, changes: frozenset[Change]
) -> None:
    """Whatever was booked, moved, asked, given and changed, and in whatever order."""
    scheduled = tuple(Scheduled(on, on + timedelta(days=ahead)) for on, ahead in sorted(moves))
    visit = VisitPlan(scheduled=scheduled, changes=changes)
    facts: list[Fact] = [request(on) for on in requests]
    if was_issued:
        facts.insert(len(facts) // 2, ISSUED)
    answer = asked(visit, *facts)
    assert answer is None or answer.by <= visit.service_on == answer.service_on


@given(DAYS, st.integers(0, 60))
def test_a_booking_alone_owes_what_the_rule_says(on: date, ahead: int) -> None:
    """The answer for the visit is the answer for its one occasion."""
    occasion = Scheduled(on, on + timedelta(days=ahead))
    answer = when_due(
        occasion, holidays=federal_holidays_around(occasion.service_on), parameters=parameters()
    )
    found = asked(plan(on, occasion.service_on))
    assert (found is not None) is isinstance(answer, Due)
    if found is not None and isinstance(answer, Due):
        assert (found.by, found.why) == (answer.by, Why.SCHEDULED)


@given(DAYS, st.integers(0, 60), DAYS)
def test_what_was_given_is_not_owed_again(on: date, ahead: int, given_on: date) -> None:
    """Until somebody asks, something changes, or the visit is moved."""
    service_on = on + timedelta(days=ahead)
    assert asked(plan(on, service_on), issued_for(service_on, given_on)) is None


def test_a_question_that_was_answered_is_not_owed_again() -> None:
    """What was asked before the estimate is answered by it; a question after it is another."""
    visit = plan(date(2026, 1, 5), date(2026, 1, 20))
    assert asked(visit, request(date(2026, 1, 5)), ISSUED) is None
    assert asked(visit, request(date(2026, 1, 5)), ISSUED, request(date(2026, 1, 6))) is not None


@given(DAYS, st.integers(0, 60), DAYS)
def test_a_request_owes_one_whatever_the_lead(on: date, ahead: int, asked_on: date) -> None:
    """Before the first estimate and after it; who asks gets it within three business days, or by the visit."""
    service_on = on + timedelta(days=ahead)
    visit = plan(on, service_on)
    assert asked(visit, request(asked_on)) is not None
    again = asked(visit, issued_for(service_on, on), request(asked_on))
    assert again is not None
    assert again.why is Why.REQUESTED


def test_the_earliest_occasion_holds() -> None:
    """Booked on 5 January for the 22nd: by the 8th; who asks on the 5th too has no later day, nor by moving it."""
    booked = Scheduled(date(2026, 1, 5), date(2026, 1, 22))
    moved = Scheduled(date(2026, 1, 12), date(2026, 2, 5))
    for visit, facts in (
        (VisitPlan(scheduled=(booked,)), ()),
        (VisitPlan(scheduled=(booked,)), (request(date(2026, 1, 6)),)),
        (VisitPlan(scheduled=(booked, moved)), ()),
    ):
        found = asked(visit, *facts)
        assert found is not None
        assert found.by == date(2026, 1, 8)
        assert not found.is_overdue(date(2026, 1, 8))
        assert found.is_overdue(date(2026, 1, 9))


def test_a_visit_that_is_moved_closer_is_owed_by_its_day() -> None:
    """Booked three weeks ahead on Monday, moved on Tuesday to Wednesday: by Wednesday, not Thursday."""
    visit = VisitPlan(
        scheduled=(
            Scheduled(date(2026, 1, 5), date(2026, 1, 26)),
            Scheduled(date(2026, 1, 6), date(2026, 1, 7)),
        )
    )
    found = asked(visit)
    assert found is not None
    assert found.by == date(2026, 1, 7)


def test_a_moved_visit_needs_a_new_estimate_when_there_is_time() -> None:
    """Moved ten business days ahead: within three; moved to the day after tomorrow: none."""
    booked = Scheduled(date(2026, 1, 5), date(2026, 1, 20))
    far, near = (
        VisitPlan(scheduled=(booked, Scheduled(date(2026, 1, 12), day)))
        for day in (date(2026, 2, 5), date(2026, 1, 14))
    )
    found = asked(far, ISSUED)
    assert found is not None
    assert (found.by, found.why) == (date(2026, 1, 15), Why.SCHEDULED)
    assert asked(near, ISSUED) is None


def test_a_change_asks_for_a_new_one_the_business_day_before() -> None:
    """For the Tuesday after King's day that is Friday; a visit booked on its own day has no time for it."""
    found = asked(plan(date(2026, 1, 5), date(2026, 1, 20), CHANGED), ISSUED)
    assert found is not None
    assert (found.by, found.why) == (date(2026, 1, 16), Why.CHANGED)
    same_day = plan(date(2026, 1, 20), date(2026, 1, 20), CHANGED)
    assert asked(same_day, ISSUED) is None


def test_what_cannot_be_is_refused() -> None:
    """A visit that was never scheduled, and an estimate that is counted from nought."""
    with pytest.raises(InvalidValue):
        VisitPlan(scheduled=())
    with pytest.raises(InvalidValue):
        attrs.evolve(ISSUED, number=0)


def test_late_is_after_the_day_on_which_it_was_owed() -> None:
    """On that day it is in time; what was not owed is never late."""
    assert not ISSUED.is_late
    assert not attrs.evolve(ISSUED, owed_by=ISSUED.on).is_late
    assert attrs.evolve(ISSUED, owed_by=ISSUED.on - timedelta(days=1)).is_late


def test_facts_show_no_patient() -> None:
    """An estimate that was given shows nothing of what is in it."""
    assert not [word for word in ("Canary", "1980", "G0439") if word in repr(ISSUED)]
