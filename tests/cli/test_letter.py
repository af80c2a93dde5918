"""``medoffice letter``: a slip that the office's own kiosk takes."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import attrs
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from medoffice.checkin.code import CodeAccepted
from medoffice.checkin.messages import ByCode, VisitFound
from medoffice.core.ids import AppointmentId, CommandKey
from medoffice.core.people import PersonName
from medoffice.office.folder import open_office


class DeskLike(Protocol):
    folder: Path
    canary: AppointmentId
    seen: AppointmentId


class SaidLike(Protocol):
    code: int
    out: str
    err: str


Run = Callable[..., SaidLike]


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    text = page.get_textpage()
    whole = str(text.get_text_range())
    text.close()
    page.close()
    document.close()
    return whole


def test_the_slip_checks_its_patient_in(desk: DeskLike, run: Run, tmp_path: Path) -> None:
    """The code in the picture, read as the kiosk reads it, with the birth date finds this very visit."""
    assert run("letter", str(desk.canary), "--to", str(tmp_path)).code == 0
    picture = tmp_path / f"{desk.canary}.png"
    found = zxingcpp.read_barcodes(Image.open(picture))
    office = open_office(desk.folder)
    try:
        reception = office.reception("kiosk-test")
        judged = reception.judge_code(found[0].bytes)
        assert isinstance(judged, CodeAccepted)
        patient = office.store.read(lambda tx: tx.patient(tx.appointment(desk.canary).patient))
        visit = reception.find_visit(CommandKey("cmd-letter"), ByCode(judged.claims), patient.birth_date)
        rows = office.store.read(lambda tx: tx.audit_rows(subject=desk.canary.value, action="issue-code"))
    finally:
        office.close()
    assert isinstance(visit, VisitFound)
    assert rows[-1].entry.actor.value.startswith("cli-")


def test_both_files_are_private_and_named_by_the_id(desk: DeskLike, run: Run, tmp_path: Path) -> None:
    """By default there are a PDF and a PNG, named after the appointment, which only the owner can read."""
    said = run("letter", str(desk.canary), "--to", str(tmp_path))
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [f"{desk.canary}.pdf", f"{desk.canary}.png"]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in tmp_path.iterdir())
    assert all(f"Wrote {tmp_path / name}" in said.out.replace("\n", "") for name in names)


def test_the_slip_is_in_the_patient_s_language(desk: DeskLike, run: Run, tmp_path: Path) -> None:
    """A patient who reads Spanish gets a Spanish slip, unless another language is asked for."""
    spanish, english = tmp_path / "es.pdf", tmp_path / "en.pdf"
    assert run("letter", str(desk.canary), "--pdf", str(spanish)).code == 0
    assert run("letter", str(desk.canary), "--pdf", str(english), "--language", "en").code == 0
    assert "Su cita" in text_of(spanish)
    assert "Your appointment" in text_of(english)
    assert "Tweetina Canarybird" in text_of(english)
    assert "Good until 11:59 PM" in text_of(english)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["en.pdf", "es.pdf"]


def test_a_slip_without_a_name(desk: DeskLike, run: Run, tmp_path: Path) -> None:
    """The name can be left off."""
    assert run("letter", str(desk.canary), "--without-name", "--pdf", str(tmp_path / "a.pdf")).code == 0
    assert "Canarybird" not in text_of(tmp_path / "a.pdf")


def test_nothing_is_replaced_without_a_word(desk: DeskLike, run: Run, tmp_path: Path) -> None:
    """A file that is there stays, and no code is made; --force replaces it."""
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    before = codes_made(desk)
    said = run("letter", str(desk.canary), "--png", str(path))
    assert (said.code, said.out) == (1, "")
    assert "--force" in said.err
    assert path.read_bytes() == b"old"
    assert codes_made(desk) == before
    assert run("letter", str(desk.canary), "--png", str(path), "--force").code == 0
    assert path.read_bytes() != b"old"


def codes_made(desk: DeskLike) -> int:
    office = open_office(desk.folder)
    try:
        return len(office.store.read(lambda tx: tx.audit_rows(action="issue-code")))
    finally:
        office.close()


@pytest.mark.parametrize("id", ["apt-nobody", "Tweetina", "CANARY!"])
def test_an_unknown_appointment(id: str, run: Run, tmp_path: Path) -> None:
    """An id that nobody has, or a name in its place, is not repeated: the message says where ids are found."""
    said = run("letter", id, "--to", str(tmp_path))
    assert (said.code, said.out) == (1, "")
    assert "board --ids" in said.err
    assert id not in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_visit_that_is_over_has_no_slip(desk: DeskLike, run: Run, tmp_path: Path) -> None:
    """For a visit that is over there is one sentence and no file."""
    said = run("letter", str(desk.seen), "--to", str(tmp_path))
    assert said.code == 1
    assert "over" in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("more", "hint"),
    [(("--language", "fr"), "en or es"), (("--pdf", "no/such/a.pdf"), "no folder"), (("--png", "."), "--to")],
)
def test_what_cannot_be_written_is_said(
    more: tuple[str, ...],
    hint: str,
    desk: DeskLike,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A language or folder that there is none of is said in one line, before a code is made."""
    monkeypatch.chdir(tmp_path)
    before = codes_made(desk)
    said = run("letter", str(desk.canary), *more)
    assert said.code == 1
    assert hint in said.err
    assert said.err.count("\n") == 1
    assert codes_made(desk) == before


def test_a_name_that_cannot_be_printed(desk: DeskLike, run: Run, tmp_path: Path) -> None:
    """A name in letters that the font lacks is refused without being shown, and the way round it works."""
    office = open_office(desk.folder)
    try:
        patient = office.store.read(lambda tx: tx.patient(tx.appointment(desk.canary).patient))
        office.register(attrs.evolve(patient, name=PersonName(family="金絲雀", given="Tweetina")))
        said = run("letter", str(desk.canary), "--to", str(tmp_path))
        around = run("letter", str(desk.canary), "--to", str(tmp_path), "--without-name")
    finally:
        office.register(patient)
        office.close()
    assert said.code == 1
    assert "--without-name" in said.err
    assert "Tweetina" not in said.err
    assert "金" not in said.err
    assert around.code == 0


def test_the_name_is_on_the_paper_only(
    desk: DeskLike, run: Run, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Making a slip, twice and with a failure, tells the name in no output, file name or log."""
    caplog.set_level("DEBUG")
    said = [run("letter", str(desk.canary), "--to", str(tmp_path)) for _ in range(2)]
    said.append(run("--debug", "letter", str(desk.canary), "--to", str(tmp_path)))
    told = [text for each in said for text in (each.out, each.err)]
    told += [path.name for path in tmp_path.iterdir()]
    told.append(caplog.text)
    assert [each.code for each in said] == [0, 1, 1]
    assert not any(name in text for name in ("Tweetina", "Canarybird") for text in told)
