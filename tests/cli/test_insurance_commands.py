"""The two pages of the front desk: what a payer answered, and what is due."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Protocol

import pytest

from benchmarks.x12_files import FAMILY, FULL
from medoffice.billing import (
    Accumulators,
    Benefit,
    Benefits,
    CostShareOrder,
    Coverage,
    Payer,
    PlannedLine,
    VerifiedCoverage,
    estimate,
)
from medoffice.cli.estimates import print_estimate
from medoffice.core import CoverageId, DateRange, MemberId, Money, PatientId, PayerId, Percent
from medoffice.core.ids import AppointmentId
from medoffice.office.folder import open_office
from medoffice.wire.fhir import from_bytes, read_bundle, read_eligibility_answer, to_bytes
from medoffice.wire.x12 import read_271


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


def test_an_answer_as_fhir(run: Run, tmp_path: Path) -> None:
    """Written once, for its owner alone, with everything; shown, it is the page of the 271 word for word."""
    source, target = tmp_path / "answer.271", tmp_path / "told.dat"
    source.write_text(FULL)
    said = run("eligibility", str(source), "--fhir", str(target), bare=True)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"Wrote {target}: 1 answer")
    assert "MORALES" not in said.out
    assert target.stat().st_mode & 0o777 == 0o600
    bundle = read_bundle(from_bytes(target.read_bytes())).value
    read = read_eligibility_answer(bundle.resources[0])
    assert ((read.value.answer,), read.findings) == (read_271(FULL), ())
    for more in ((), ("--service", "pt"), ("--out-of-network",)):
        page = run("eligibility", str(target), *more, bare=True)
        assert (page.code, page.out) == (0, run("eligibility", str(source), *more, bare=True).out)
    again = run("eligibility", str(source), "--fhir", str(target), bare=True)
    assert again.code == 1
    assert "--force" in again.err
    assert run("eligibility", str(source), "--fhir", str(target), "--force", bare=True).code == 0


def test_many_answers_and_faults_as_fhir(run: Run, tmp_path: Path) -> None:
    """Each is a resource of its own, and the file's faults are told as they are on a page."""
    source, target = tmp_path / "family.271", tmp_path / "family.json"
    source.write_text(FAMILY.replace("GE*1*1", "GE*2*1"))
    lines = _lines(run("eligibility", str(source), "--fhir", str(target), bare=True))
    assert f"Wrote {target}: 2 answers." in lines[0]
    assert lines[-1].startswith("X12031 error:")
    assert len(read_bundle(from_bytes(target.read_bytes())).value.resources) == 2
    assert run("eligibility", str(target), bare=True).out.count("LUIS") == 1


def test_an_answer_of_another_program(run: Run, tmp_path: Path) -> None:
    """One resource with ids of its own: shown, its words too, and what was not understood is told with its place."""
    file = tmp_path / "answer"
    file.write_bytes(
        b"\xef\xbb\xbf"
        + to_bytes(
            {
                "resourceType": "CoverageEligibilityResponse",
                "id": "E1",
                "status": "active",
                "purpose": ["benefits"],
                "patient": {"reference": "https://elsewhere.example/Patient/P1"},
                "created": "2027-03-01",
                "request": {"reference": "CoverageEligibilityRequest/R1"},
                "outcome": "complete",
                "disposition": "Policy is in force.",
                "insurer": {"reference": "Organization/o", "display": "Aurora Health"},
                "insurance": [
                    {
                        "coverage": {"reference": "Coverage/C1"},
                        "inforce": True,
                        "item": [{"category": {"text": "spa"}}],
                    }
                ],
            }
        )
    )
    said = run("eligibility", str(file), bare=True)
    assert said.code == 0
    lines = _lines(said)
    assert {"Payer Aurora Health", "Active yes", "Payer says Policy is in force."} <= set(lines)
    assert lines[-1].startswith("FHR006 warning:")
    refused = run("eligibility", str(file), "--fhir", str(tmp_path / "out.json"), bare=True)
    assert refused.code == 1
    assert "FHIR already" in refused.err


def test_json_that_is_no_answer(run: Run, tmp_path: Path) -> None:
    """Is refused with its place and nothing of what stands there."""
    file = tmp_path / "x.json"
    for text in (
        '{"resourceType": "Bundle", "type": "collection"}',
        '{"name": "Kanarienvogel7077"}',
        '{"a":',
    ):
        file.write_text(text)
        said = run("eligibility", str(file), bare=True)
        assert said.code == 2
        assert "the payer sent?" in " ".join(said.err.split())
        assert "Kanarienvogel7077" not in said.err + said.out


def test_what_is_due(run: Run, desk: DeskLike) -> None:
    """The same amount as the office's own estimate, and no name."""
    office = open_office(desk.folder)
    try:
        due = office.estimate(desk.seen).due_today
    finally:
        office.close()
    said = run("estimate", str(desk.seen))
    assert said.code == 0
    assert _lines(said)[0] == f"You pay {due} today."


def test_less_is_asked_than_is_due(capsys: pytest.CaptureFixture[str]) -> None:
    """Where the policy asks for less, the page says both, and when."""
    line = PlannedLine(service="office-visit", charge=Money(20000), allowed=Money(15000))
    made = estimate(lines=[line], cover=None, on=date(2026, 11, 30))
    print_estimate(made, asked=Money(2500), when="on 11/30/2026")
    assert (
        capsys.readouterr().out.splitlines()[0] == "Your part is $200.00. You pay $25.00 of it on 11/30/2026."
    )


def test_a_page_with_everything(capsys: pytest.CaptureFixture[str]) -> None:
    """Line by line, what comes beside the visit, the range, and what is not known; to the cent."""
    made = estimate(
        lines=(
            PlannedLine(service="office-visit", charge=Money(20000), allowed=Money(15000)),
            PlannedLine(service="lab", charge=Money(5000)),
        ),
        cover=VerifiedCoverage(
            coverage=Coverage(
                id=CoverageId("cov-1"),
                patient=PatientId("pat-1"),
                payer=Payer(PayerId("PRAIR1"), "Prairie Health Plan"),
                plan="",
                member_id=MemberId("PHP0012345"),
                effective=DateRange(date(2026, 1, 1)),
            ),
            benefits=Benefits(
                benefits=(
                    Benefit(
                        service="office-visit",
                        copay=Money(3000),
                        coinsurance=Percent(Decimal(20)),
                        deductible_applies=False,
                    ),
                ),
                remaining=Accumulators(
                    deductible_remaining=Money.zero, out_of_pocket_remaining=Money(500_000)
                ),
                order=CostShareOrder.COPAY_FIRST,
            ),
            verified_on=date(2026, 11, 25),
        ),
        balance=Money(1240),
        on=date(2026, 11, 30),
    )
    print_estimate(made, asked=made.due_today)
    assert [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()] == [
        "You pay $66.40 today.",
        "It may still become $66.40 to $116.40.",
        "",
        "Office visit: the price is $200.00, the plan allows $150.00",
        "$30.00 Co-pay",
        "$24.00 Co-insurance (20% of $120.00)",
        "$54.00 Your part",
        "$96.00 The plan pays",
        "",
        "Lab: the price is $50.00, and we do not know what the plan allows",
        "Not in the amount yet",
        "",
        "$54.00 For this visit",
        "$12.40 Balance from earlier visits",
        "$66.40 Your part",
        "",
        "What we do not know yet:",
        "The plan did not say what it pays for a service.",
    ]


def test_a_page_without_insurance(capsys: pytest.CaptureFixture[str]) -> None:
    """The price, and no word about a plan."""
    line = PlannedLine(service="office-visit", charge=Money(20000), allowed=Money(15000))
    made = estimate(lines=[line], cover=None, on=date(2026, 11, 30))
    print_estimate(made, asked=made.due_today)
    assert [" ".join(each.split()) for each in capsys.readouterr().out.splitlines()] == [
        "You pay $200.00 today.",
        "",
        "Office visit: the price is $200.00",
        "$200.00 Price without insurance",
    ]


def test_no_such_appointment(run: Run) -> None:
    """Says where ids are shown."""
    for wrong in ("apt-none", "What?"):
        said = run("estimate", wrong)
        assert said.code != 0
        assert "board --ids" in said.err
