"""``medoffice remit``: what a payer paid, and whether it adds up."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.remittance_files import MadeClaim, MadeLine, written
from medoffice.cli.app import app

CLAIM = MadeClaim(lines=(MadeLine(charge=150_00, adjustments=(("CO", "45", 50_00), ("PR", "3", 20_00))),))
TEXT = written([CLAIM, CLAIM], [("WO", 12_34)])


def run(file: Path, *more: str) -> tuple[int, str, str]:
    """Exit code, output, and what was said of a failure."""
    result = CliRunner().invoke(app, ["remit", "show", str(file), *more], prog_name="medoffice")
    return result.exit_code, result.stdout, result.stderr


def test_a_remittance_is_told_and_proved(tmp_path: Path) -> None:
    """The money, why not more, what was kept beside it, and that every cent is told; no patient's name."""
    file = tmp_path / "a.835"
    file.write_text(TEXT)
    code, out, _ = run(file, "--claims")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert code == 0
    for line in (
        "Payer PRAIRIE HEALTH PLAN",
        "Payment $147.66 by ACH on 11/30/2026",
        "Claims 2, charged $300.00",
        "Paid for them $160.00",
        "Not paid $100.00: written off by contract (CO)",
        "Not paid $40.00: the patient's part (PR)",
        "Beside the claims $12.34 kept back (WO)",
        "C1 primary $150.00 $80.00 $20.00",
        "Every line, every claim and the payment add up, to the cent.",
    ):
        assert line in lines
    assert "FAMILY1" not in out
    (told,) = json.loads(run(file, "--json")[1])
    assert (told["amount_cents"], told["claims"][1]["paid_cents"], told["findings"]) == (147_66, 80_00, [])


def test_what_does_not_add_up_is_named(tmp_path: Path) -> None:
    """With its code and segment; then the command ends with 1."""
    file = tmp_path / "a.835"
    file.write_text(TEXT.replace("CAS*CO*45*50", "CAS*CO*45*50.01", 1))
    code, out, _ = run(file)
    assert code == 1
    assert "REM001 error" in out
    assert "REM002 error" in out
    assert "add up, to the cent" not in out


@pytest.mark.parametrize(
    ("text", "why"),
    [("no X12", "is not what a payer sends"), (TEXT.replace("ST*835", "ST*271"), "holds no remittance")],
)
def test_what_is_no_remittance_says_so(tmp_path: Path, text: str, why: str) -> None:
    """And nothing of what stands there."""
    file = tmp_path / "a.835"
    file.write_text(text)
    code, _, err = run(file)
    assert code == 1
    assert why in " ".join(err.split())
