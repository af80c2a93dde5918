"""What is known of a visit, and when."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import InvalidValue, PatientId
from medoffice.scheduling.noshow import BookedVisit, PastVisit, TrackRecords

ZONE = ZoneInfo("America/Chicago")
START = datetime(2026, 6, 1, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)


def visit(
    hours: float, *, patient: str = "p1", booked: float = 240.0, asked: float = 0, confirmed: float = 0
) -> BookedVisit:
    """A visit that starts so many hours after the first of June; the rest is hours before its start."""
    starts = START + timedelta(hours=hours)
    return BookedVisit(
        patient=PatientId(patient),
        booked=starts - timedelta(hours=booked),
        starts=starts,
        kind="follow-up",
        asked=starts - timedelta(hours=asked) if asked else None,
        confirmed=starts - timedelta(hours=confirmed) if confirmed else None,
    )


pasts = st.lists(
    st.builds(
        lambda hours, who, missed: PastVisit(visit(hours, patient=who), missed),
        st.integers(-2000, 2000),
        st.sampled_from(["p1", "p2"]),
        st.booleans(),
    ),
    max_size=25,
)


@given(pasts, st.integers(-2000, 2000))
def test_only_what_had_begun_is_counted(past: list[PastVisit], hours: int) -> None:
    """Kept and missed are those of the patient that began before the instant, counted by hand."""
    known_at = START + hours * HOUR
    mine = [each for each in past if each.visit.patient == PatientId("p1") and each.visit.starts < known_at]
    kept, missed = TrackRecords.of(past).counts(PatientId("p1"), before=known_at)
    assert (kept, missed) == (
        sum(not each.missed for each in mine),
        sum(each.missed for each in mine),
    )


@given(pasts, st.integers(0, 200))
def test_the_future_changes_nothing(past: list[PastVisit], horizon: int) -> None:
    """However later visits end, what was known before them stays the same."""
    wanted = visit(0)
    known_at = START - horizon * HOUR
    turned = [
        attrs.evolve(each, missed=not each.missed) if each.visit.starts >= known_at else each for each in past
    ]
    before, after = (
        TrackRecords.of(each).facts(wanted, known_at=known_at, zone=ZONE) for each in (past, turned)
    )
    assert before == after


@pytest.mark.parametrize(
    ("hours_before", "told"), [(100, "not-asked"), (72, "no-answer"), (50, "no-answer"), (48, "confirmed")]
)
def test_an_answer_counts_from_when_it_came(hours_before: int, told: str) -> None:
    """Asked three days before and confirmed two days before: each is known from then on."""
    wanted = visit(0, asked=72, confirmed=48)
    facts = TrackRecords.of(()).facts(wanted, known_at=START - hours_before * HOUR, zone=ZONE)
    assert facts.confirmation == told


def test_a_visit_is_not_its_own_record() -> None:
    """Asked about after it began, a past visit still does not count itself."""
    wanted = visit(0)
    records = TrackRecords.of([PastVisit(wanted, missed=True)])
    facts = records.facts(wanted, known_at=START + 24 * HOUR, zone=ZONE)
    assert (facts.kept, facts.missed) == (0, 0)


def test_the_hour_is_the_offices() -> None:
    """Fourteen o'clock UTC in June is nine on a Monday in Chicago."""
    facts = TrackRecords.of(()).facts(visit(0), known_at=START, zone=ZONE)
    assert (facts.weekday, facts.hour, facts.lead) == (0, 9, timedelta(days=10))


@pytest.mark.parametrize(
    "change",
    [
        {"booked": START + HOUR},
        {"kind": "Follow up"},
        {"traits": (("distance", "near"), ("distance", "far"))},
        {"traits": (("distance", "10 miles"),)},
        {"starts": datetime(2026, 6, 1, 14)},  # noqa: DTZ001
    ],
)
def test_an_impossible_visit_cannot_be(change: dict[str, object]) -> None:
    """Booked after it began, words that are no slugs, a trait twice, an instant without a zone: refused."""
    with pytest.raises(InvalidValue):
        attrs.evolve(visit(0), **change)  # type: ignore[arg-type]
