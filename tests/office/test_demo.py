"""The demo office: a believable day at any hour, and everybody in it invented."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from medoffice.adapters.system import FixedClock
from medoffice.checkin.code import CodeAccepted
from medoffice.checkin.messages import ByCode, VisitFound
from medoffice.core import CommandKey
from medoffice.office import Where
from medoffice.office.demo import awake_zone, demo_office
from medoffice.office.folder import make_demo, open_office


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("minute", [0, 29, 59])
def test_there_is_somebody_to_check_in_at_any_hour(hour: int, minute: int) -> None:
    """Whenever it is made, some have been seen, some wait, one is late, and many are still to come."""
    clock = FixedClock(datetime(2026, 11, 24, hour, minute, tzinfo=UTC))
    office, people = demo_office(clock)
    places = [row.where for row in office.board()]
    assert len(people) == len(places) >= 20
    assert places.count(Where.SEEN) >= 3
    assert Where.WAITING in places
    assert Where.LATE in places
    assert places.count(Where.EXPECTED) >= 12


@pytest.mark.parametrize("day", ["2026-03-08", "2026-11-01", "2026-12-31"])
def test_days_on_which_the_clocks_change_are_days_too(day: str) -> None:
    """Every quarter of an hour of such a day."""
    start = datetime.fromisoformat(day).replace(tzinfo=UTC)
    for quarter in range(0, 96, 5):
        _, people = demo_office(FixedClock(start + timedelta(minutes=15 * quarter)))
        assert len(people) >= 20


def test_the_office_is_awake() -> None:
    """At each minute of a day, it is day in one of the zones."""
    for minute in range(0, 1440, 7):
        now = datetime(2026, 11, 24, tzinfo=UTC) + timedelta(minutes=minute)
        there = now.astimezone(ZoneInfo(awake_zone(now)))
        assert 5 <= there.hour < 20


def test_nobody_in_it_exists() -> None:
    """Telephone numbers and addresses are of those that are set aside for fiction."""
    _, people = demo_office()
    for person in people:
        assert person.patient.phone is not None
        assert 5550100 <= int(person.patient.phone.digits[3:]) <= 5550199
        assert person.patient.email is None or person.patient.email.address.endswith("@example.org")


def test_a_demo_office_in_a_folder_takes_a_code(tmp_path: Path) -> None:
    """The next patient's code and birth date find the visit in the encrypted store."""
    make_demo(tmp_path / "demo")
    office = open_office(tmp_path / "demo")
    row = next(row for row in office.board() if row.where is Where.EXPECTED)
    code = office.issue_code(row.appointment)
    patient = office.store.read(lambda tx: tx.patient(code.appointment.patient))
    desk = office.reception()
    judged = desk.judge_code(code.text.encode())
    assert isinstance(judged, CodeAccepted)
    found = desk.find_visit(CommandKey("cmd-1"), ByCode(judged.claims), patient.birth_date)
    assert isinstance(found, VisitFound)
    assert found.visit.appointment == row.appointment
    office.close()
