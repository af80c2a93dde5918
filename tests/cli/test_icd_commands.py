"""``medoffice icd``: found by words, shown by code, of the office's own edition where it has one."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from medoffice.cli.app import app
from medoffice.office.folder import make_demo, open_office

TABULAR = b"""<ICD10CM.tabular><chapter><name>1</name><desc>All</desc><section id="A00-A09"><desc>Some</desc>
<diag><name>A00</name><desc>Made up disease</desc><diag><name>A00.1</name><desc>Made up disease, mild</desc></diag></diag>
</section></chapter></ICD10CM.tabular>"""


def run(*arguments: str, office: Path = Path("/nowhere")) -> tuple[int, str, str]:
    """Exit code, output, and what was said of a failure."""
    result = CliRunner().invoke(app, ["--office", str(office), "icd", *arguments], prog_name="medoffice")
    return result.exit_code, result.stdout, result.stderr


def test_codes_are_found_by_words_without_an_office() -> None:
    """Complete ones and those that lack a seventh character alone; headers when asked for; as JSON too."""
    code, out, _ = run("find", "diab", "kidney", "--on", "2026-05-01")
    assert code == 0
    assert "E11.22" in out
    assert "E11.2 " not in out
    assert "nobody has verified" not in out
    assert "E11.2 " in run("find", "diab", "kidney", "--headers")[1]
    assert "+7" in run("find", "torus", "fracture", "radius", "right")[1]
    (first, *_) = json.loads(run("find", "cholera", "--json")[1])
    assert first["code"].startswith("A00")
    assert "Try fewer" in run("find", "zzzz")[1]


def test_a_code_says_what_it_lacks_and_what_it_excludes() -> None:
    """One when there is no such code, or two exclude each other."""
    assert "needs a seventh character" in run("show", "S52521")[1]
    assert "it is a header" in run("show", "E11")[1]
    assert "A manifestation" in run("show", "F02.80")[1]
    code, out, _ = run("show", "E11.9", "E10.9", "I10", "--on", "2026-05-01")
    assert code == 1
    assert "E11.9 and E10.9 are not used together:" in out
    assert "I10 are not" not in out
    assert run("show", "E11.9", "I10")[0] == 0
    missing = run("show", "E11.9", "Z99.999999")
    assert missing[0] == 1
    assert "is no code of" in missing[1]
    told = json.loads(run("show", "E11.9", "E10.9", "--json")[1])
    assert told["excluded"][0]["codes"] == ["E11.9", "E10.9"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("find", "of"), "name at least one word"),
        (("find", "cholera", "--on", "soon"), "--on is no day"),
        (("show", "A00", "--on", "2020-01-01"), "is not for the day"),
    ],
)
def test_what_cannot_be_asked_says_why(arguments: tuple[str, ...], why: str) -> None:
    """And what can be said instead."""
    code, _, err = run(*arguments)
    assert code == 1
    assert why in " ".join(err.split())


def test_the_edition_that_the_office_loaded_holds_on_its_days(tmp_path: Path) -> None:
    """Loaded as any official file; on other days the one that comes with medoffice does."""
    make_demo(tmp_path / "office")
    file = tmp_path / "icd10cm_tabular_2099.xml"
    file.write_bytes(TABULAR)
    added = CliRunner().invoke(
        app,
        ["--office", str(tmp_path / "office"), "data", "add", str(file), "--from", "2098-10-01", "--until", "2099-09-30"],
    )  # fmt: skip
    assert added.exit_code == 0, added.stderr
    assert (
        "Made up disease, mild" in run("show", "A00.1", "--on", "2099-01-01", office=tmp_path / "office")[1]
    )
    assert "Cholera" in run("show", "A00.1", "--on", "2026-05-01", office=tmp_path / "office")[1]
    office = open_office(tmp_path / "office")
    try:
        from datetime import date

        assert len(office.diagnoses.edition(on=date(2099, 1, 1))) == 2
    finally:
        office.close()
