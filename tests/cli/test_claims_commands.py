"""``medoffice claims status``: whether claims came in, and where they stand."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.status_files import CAME_IN, GROUP, STANDS
from medoffice.cli.app import app


def run(file: Path, *more: str) -> tuple[int, str, str]:
    """Exit code, output, and what was said of a failure."""
    result = CliRunner().invoke(app, ["claims", "status", str(file), *more], prog_name="medoffice")
    return result.exit_code, result.stdout, result.stderr


def told(tmp_path: Path, text: str, *more: str) -> tuple[int, list[str]]:
    """Exit code and lines, with single spaces."""
    file = tmp_path / "a.277"
    file.write_text(text)
    code, out, err = run(file, *more)
    assert not err
    for person in ("MORALES", "CARMEN", "OKAFOR", "LINDQVIST", "PHP000"):
        assert person not in out
    return code, [" ".join(line.split()) for line in out.splitlines()]


def test_a_group_is_told_fault_by_fault(tmp_path: Path) -> None:
    """What was read and what was not, and it ends with 1; once all is accepted, with 0."""
    code, lines = told(tmp_path, GROUP)
    assert (code, lines[:8]) == (
        1,
        [
            "Group 77 (HC): 1 of 2 accepted",
            "837 0001: accepted",
            "837 0002: rejected",
            "segment 31 (NM1): an element of the segment is wrong",
            "element 9: an element that is required is missing",
            "element 1, part 2: the element does not have the form that the guide asks for",
            "segment 40 (CLM): a segment that is required is missing",
            "",
        ],
    )
    assert told(tmp_path, GROUP.replace("AK9*P", "AK9*A"))[0] == 0


def test_claims_are_told_one_by_one(tmp_path: Path) -> None:
    """A rejected one ends it with 1."""
    code, lines = told(tmp_path, CAME_IN)
    assert code == 1
    assert "CLAIM0 accepted A2:20:PR $150.00" in lines
    assert "CLAIM2 rejected A7:164:IL, A3:21, A7:453 $150.00" in lines
    code, lines = told(tmp_path, STANDS)
    assert code == 0
    assert "CLAIM0 finalized P1:20, F1:65 $150.00 $80.01" in lines


def test_a_rejected_line_of_an_accepted_claim_is_told(tmp_path: Path) -> None:
    """And ends it with 1."""
    text = CAME_IN.replace("STC*A7:164:IL*20261125*U*150******A3:21", "STC*A2:20*20261125*WQ*150")
    code, lines = told(tmp_path, text)
    assert code == 1
    assert "CLAIM2 accepted, a line rejected A2:20, A7:453 $150.00" in lines


def test_both_kinds_in_one_file_and_as_json(tmp_path: Path) -> None:
    """Each is told; neither is a fault of the other. What could not be read is."""
    code, (text,) = told(tmp_path, GROUP.replace("AK9*P", "AK9*A") + STANDS, "--json")
    found = json.loads(text)
    assert (code, found["findings"]) == (0, [])
    assert found["groups"][0]["transactions"][1]["faults"][0]["elements"][0] == {
        "position": 9,
        "component": None,
        "code": "1",
    }
    assert [each["standing"] for each in found["reports"][0]["claims"]] == ["finalized", "wanted"]
    code, lines = told(tmp_path, STANDS.replace("STC*F1:65*20261125**150", "STC*F1:65*20261125**15O"))
    assert code == 1
    assert any(line.startswith("X12303 error") for line in lines)


@pytest.mark.parametrize(
    ("text", "why"),
    [("no X12", "is not what a payer sends"), (GROUP.replace("ST*999", "ST*271"), "holds neither")],
)
def test_what_is_neither_says_so(tmp_path: Path, text: str, why: str) -> None:
    """And nothing of what stands there."""
    file = tmp_path / "a.277"
    file.write_text(text)
    code, out, err = run(file)
    assert (code, out) == (1, "")
    assert why in " ".join(err.split())
