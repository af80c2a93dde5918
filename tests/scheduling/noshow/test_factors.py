"""What each factor reads."""

from datetime import timedelta
from math import isclose, log

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.scheduling.noshow import Facts
from medoffice.scheduling.noshow.factors import factor, track_record

FACTS = Facts(
    lead=timedelta(days=10),
    kept=4,
    missed=1,
    weekday=0,
    hour=10,
    kind="follow-up",
    modality="in-person",
    confirmation="not-asked",
)
rates = st.floats(0.01, 0.6)
weights = st.floats(0.5, 20)


def record(kept: int, missed: int, *, rate: float = 0.2, weight: float = 4.0) -> float:
    """The record of a patient."""
    return track_record(attrs.evolve(FACTS, kept=kept, missed=missed), base_rate=rate, weight=weight)


@given(rates, weights, st.integers(0, 30), st.integers(0, 30))
def test_a_record_stands_between_the_office_and_the_patient(
    rate: float, weight: float, kept: int, missed: int
) -> None:
    """Nothing without a visit; up with each missed one, down with each kept one; never beyond the patient's own rate."""
    assert record(0, 0, rate=rate, weight=weight) == pytest.approx(0, abs=1e-9)
    here = record(kept, missed, rate=rate, weight=weight)
    assert record(kept, missed + 1, rate=rate, weight=weight) > here
    assert record(kept + 1, missed, rate=rate, weight=weight) < here
    if kept and missed:
        own = log(missed / kept) - log(rate / (1 - rate))
        assert min(0, own) - 1e-9 <= here <= max(0, own) + 1e-9


def test_one_missed_of_one_is_not_always() -> None:
    """At a rate of one in five and four visits' weight, one missed of one reads as 1.8 of 5."""
    assert isclose(record(0, 1), log(1.8 / 3.2) - log(0.2 / 0.8))


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (0, "under-1-day"),
        (0.99, "under-1-day"),
        (1, "1-to-2-days"),
        (2.9, "1-to-2-days"),
        (3, "3-to-7-days"),
        (7.9, "3-to-7-days"),
        (14, "8-to-14-days"),
        (30, "15-to-30-days"),
        (60, "31-to-60-days"),
        (61, "over-60-days"),
    ],
)
def test_lead_time(days: float, band: str) -> None:
    """Bands of the time between booking and visit, to the edge."""
    assert factor("lead-time").level(attrs.evolve(FACTS, lead=timedelta(days=days))) == band


@pytest.mark.parametrize(
    ("name", "change", "level"),
    [
        ("hour", {"hour": 8}, "before-9"),
        ("hour", {"hour": 9}, "9-to-11"),
        ("hour", {"hour": 13}, "12-to-13"),
        ("hour", {"hour": 16}, "from-16"),
        ("weekday", {"weekday": 6}, "sunday"),
        ("visits-kept", {"kept": 0}, "0"),
        ("visits-kept", {"kept": 2}, "1-to-2"),
        ("visits-kept", {"kept": 5}, "3-to-5"),
        ("visits-kept", {"kept": 6}, "6-or-more"),
        ("first-visit", {"kept": 0, "missed": 0}, "first"),
        ("first-visit", {"kept": 0, "missed": 1}, "seen-before"),
        ("confirmation", {"confirmation": "confirmed"}, "confirmed"),
        ("modality", {"modality": "telehealth"}, "telehealth"),
        ("visit-kind", {"kind": "physical"}, "physical"),
        ("distance", {"traits": (("distance", "near"),)}, "near"),
        ("distance", {}, ""),
    ],
)
def test_levels(name: str, change: dict[str, object], level: str) -> None:
    """Each factor's word for a visit; an empty one where the office did not say."""
    assert factor(name).level(attrs.evolve(FACTS, **change)) == level  # type: ignore[arg-type]
