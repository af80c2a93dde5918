"""An office in a folder, with a demo day and one patient whose name must stay where it belongs."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import attrs
import pytest
from typer.testing import CliRunner

from medoffice.cli.app import app
from medoffice.core.ids import AppointmentId, PatientId
from medoffice.core.people import Language, Patient, PersonName
from medoffice.office.folder import make_demo, open_office
from medoffice.scheduling.outcomes import Booked


@attrs.frozen(kw_only=True)
class Desk:
    """A demo office, and the appointment of Tweetina Canarybird, who reads Spanish."""

    folder: Path
    canary: AppointmentId
    seen: AppointmentId


@attrs.frozen(kw_only=True)
class Said:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The office is made once; tests only add to it."""
    folder = tmp_path_factory.mktemp("cli") / "office"
    made = make_demo(folder)
    office = open_office(folder)
    try:
        canary = Patient(
            id=PatientId("pat-canary"),
            name=PersonName(family="Canarybird", given="Tweetina"),
            birth_date=date(1931, 7, 19),
            language=Language("es-MX"),
        )
        office.register(canary)
        today = made.settings.day_at(office.clock.now())
        slot = list(office.find("blood-pressure", first_day=today))[-1]
        booked = office.book(canary.id, "blood-pressure", slot.slot.start, slot.resources)
        assert isinstance(booked, Booked)
        rows = office.board()
    finally:
        office.close()
    seen = next(row.appointment for row in rows if row.where.value == "seen")
    return Desk(folder=folder, canary=booked.appointment.id, seen=seen)


@pytest.fixture
def run(desk: Desk) -> Callable[..., Said]:
    """Run the command on the office, or bare on none."""

    def runner(*arguments: str, bare: bool = False) -> Said:
        before = () if bare else ("--office", str(desk.folder))
        result = CliRunner().invoke(app, [*before, *arguments], prog_name="medoffice")
        return Said(code=result.exit_code, out=result.stdout, err=result.stderr)

    return runner
