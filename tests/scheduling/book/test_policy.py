from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from medoffice.core import InvalidValue
from medoffice.scheduling.book import DayLimit, HoldId, OfferId, Overbooking, Policy, SeriesId

ZONE = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    "wrong",
    [
        {"notice_minutes": -1},
        {"horizon_days": -1},
        {"horizon_days": 3661},
        {"hold_minutes": 0},
        {"hold_minutes": 11, "longest_hold_minutes": 10},
        {"holds_per_patient": 0},
        {"late_cancel_minutes": -1},
        {"no_show_minutes": 24 * 60 + 1},
        {"notice_minutes": 1.5},
        {"notice_minutes": True},
    ],
)
def test_a_policy_holds_its_bounds(wrong: dict[str, Any]) -> None:
    """A number that no practice means is refused when the policy is made, not when somebody books."""
    with pytest.raises(InvalidValue, match="policy"):
        Policy(**wrong)


def test_overbooking_and_limits_hold_theirs() -> None:
    """One to ten more at once, none to a thousand a day, and codes that can be codes."""
    for at_most in (0, 11):
        with pytest.raises(InvalidValue):
            Overbooking(is_allowed=True, at_most=at_most)
    for wrong in ({"at_most": -1}, {"at_most": 1001}, {"at_most": 1, "visit_types": "No Code"}):
        with pytest.raises(InvalidValue):
            DayLimit(zone=ZONE, **wrong)


def test_a_plain_policy_refuses_little() -> None:
    """No notice, no horizon, no overbooking; a day makes a cancellation late."""
    plain = Policy()
    assert (plain.notice, plain.horizon, plain.longest_hold) == (timedelta(0), None, timedelta(days=3))
    assert not plain.overbooking.is_allowed
    assert Policy(horizon_days=90).horizon == timedelta(days=90)


def test_a_limit_counts_its_kind() -> None:
    """Of some visits, of new patients alone, or of all."""
    new = DayLimit(at_most=3, new_patients_only=True, zone=ZONE)
    assert new.counts("any", is_new_patient=True)
    assert not new.counts("any", is_new_patient=False)
    talks = DayLimit(at_most=3, visit_types={"talk"}, zone=ZONE)
    assert talks.counts("talk", is_new_patient=False)
    assert not talks.counts("walk", is_new_patient=True)


@pytest.mark.parametrize("kind", [HoldId, OfferId, SeriesId])
def test_ids_are_read_as_they_were_written(kind: Any) -> None:
    """Opaque like every id of the office, and none of them is another kind's."""
    assert kind.parse(f" {kind('x-1')} ") == kind("x-1")
    assert all(other("x-1") != kind("x-1") for other in {HoldId, OfferId, SeriesId} - {kind})
    with pytest.raises(InvalidValue):
        kind("Ann Smith")
