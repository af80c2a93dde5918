"""The two pages of the front desk: what a payer answered, and what is due."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from benchmarks.x12_files import FAMILY, FULL
from medoffice.core.ids import AppointmentId
from medoffice.office.folder import open_office


class DeskLike(Protocol):
    folder: Path
    seen: AppointmentId


class SaidLike(Protocol):
    code: int
    out: str
    err: str


Run = Callable[..., SaidLike]


def _lines(said: SaidLike) -> list[str]:
    return [" ".join(line.split()) for line in said.out.splitlines()]


def test_an_answer_as_a_page(run: Run, tmp_path: Path) -> None:
    """Who, what plan, what share; and what the payer did not say."""
    file = tmp_path / "answer.271"
    file.write_text(FULL)
    said = run("eligibility", str(file), bare=True)
    assert said.code == 0
    for line in (
        "Patient CARMEN MORALES",
        "Active yes",
        "Plan SILVER PPO",
        "Co-pay $30.00",
        "Co-insurance 20%",
        "Deductible $1,500.00, $420.50 left",
        "Family deductible $3,000.00",
        "Out-of-pocket limit $6,000.00, $4,999.75 left",
        "Primary care RUTH OKAFOR",
        "Other payer LAKESHORE MUTUAL",
    ):
        assert line in _lines(said)
    assert "Co-pay $60.00" in _lines(run("eligibility", str(file), "--out-of-network", bare=True))
    therapy = _lines(run("eligibility", str(file), "--service", "pt", bare=True))
    assert {"Co-pay the payer did not say", "Visits left 12", "Authorization needed"} <= set(therapy)


def test_rejections_and_faults(run: Run, tmp_path: Path) -> None:
    """In words, with what to do; faults of the file with their places."""
    file = tmp_path / "family.271"
    file.write_text(FAMILY.replace("GE*1*1", "GE*2*1"))
    lines = _lines(run("eligibility", str(file), bare=True))
    assert "Active NO" in lines
    assert "Not answered The payer did not find the patient. Correct it and ask again." in lines
    assert lines[-1].startswith("X12031 error:")


def test_a_file_that_is_no_x12(run: Run, tmp_path: Path) -> None:
    """Is refused with a question that helps."""
    file = tmp_path / "letter.txt"
    file.write_text("Dear office")
    said = run("eligibility", str(file), bare=True)
    assert said.code == 2
    assert "ISA" in said.err
    assert "Dear" not in said.err + said.out


def test_what_is_due(run: Run, desk: DeskLike) -> None:
    """The same amount as the office's own estimate, and no name."""
    office = open_office(desk.folder)
    try:
        due = office.estimate_with_bounds(desk.seen).due_today
        assert office.estimate(desk.seen).value == due
    finally:
        office.close()
    said = run("estimate", str(desk.seen))
    assert said.code == 0
    assert f"{due} Due today" in _lines(said)


def test_no_such_appointment(run: Run) -> None:
    """Says where ids are shown."""
    for wrong in ("apt-none", "What?"):
        said = run("estimate", wrong)
        assert said.code != 0
        assert "board --ids" in said.err
