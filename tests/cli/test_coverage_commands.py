"""A card goes on file, the payer is asked, and the desk reads what it said."""

from pathlib import Path

import attrs
import pytest
from typer.testing import CliRunner

from benchmarks.x12_files import FULL
from medoffice.billing import Relation, VerifiedCoverage
from medoffice.cli.app import app
from medoffice.core.ids import AppointmentId, PatientId
from medoffice.office.folder import make_demo, open_office


@attrs.frozen(kw_only=True)
class Said:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return [" ".join(line.split()) for line in self.out.splitlines()]


class Front:
    """A demo office of its own, and its command."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        make_demo(folder)
        office = open_office(folder)
        try:
            self.visits = {row.appointment.value: row for row in office.board()}
        finally:
            office.close()

    def run(self, *arguments: str, typed: str = "") -> Said:
        command = ["--office", str(self.folder), "coverage", *arguments]
        result = CliRunner().invoke(app, command, prog_name="medoffice", input=typed)
        return Said(code=result.exit_code, out=result.stdout, err=result.stderr)

    def covers(self, appointment: str) -> tuple[VerifiedCoverage, ...]:
        office = open_office(self.folder)
        try:
            patient = self.patient(appointment)
            return office.store.read(lambda tx: tx.coverages(patient))
        finally:
            office.close()

    def patient(self, appointment: str) -> PatientId:
        office = open_office(self.folder)
        try:
            return office.store.read(lambda tx: tx.appointment(AppointmentId(appointment))).patient
        finally:
            office.close()

    def by_folders(self) -> Path:
        """Give the office the folders of a clearing house; gives where they are."""
        (self.folder / "payers.toml").write_text(
            '[gateway]\nkind = "folders"\nfolder = "house"\n'
            '[gateway.sender]\nid = "OFFICE"\n[gateway.receiver]\nid = "HOUSE"\n'
        )
        return self.folder / "house"


@pytest.fixture
def front(tmp_path: Path) -> Front:
    """A fresh demo office for each test."""
    return Front(tmp_path / "office")


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Front:
    """A demo office that no test changes."""
    return Front(tmp_path_factory.mktemp("cards") / "office")


def _first(front: Front) -> str:
    """A visit of today that is still to come, of a patient who holds the one plan that they have."""
    for each in reversed(front.visits):
        covers = front.covers(each)
        if len(covers) == 1 and covers[0].coverage.relation is Relation.SELF:
            return each
    raise AssertionError("the demo has nobody who holds a plan")


def test_a_newcomer_sees_it_work(front: Front) -> None:
    """The demo's payers answer at once; asked again nothing is asked; the page says what they said."""
    asked = front.run("ask", "--day", "today")
    assert asked.code == 0
    assert "answered: active" in asked.out
    again = front.run("ask", "--day", "today")
    assert "answered: active" not in again.out
    assert "answered before: active" in again.out
    shown = front.run("show", _first(front))
    assert shown.code == 0
    for line in ("Answer given today", "Active yes"):
        assert line in shown.lines
    assert front.run("collect").lines == ["0 answers new, 0 questions waiting."]


def test_names_stand_only_on_the_page(front: Front) -> None:
    """What is asked and collected is told by ids."""
    id_ = _first(front)
    (cover,) = front.covers(id_)
    said = front.run("ask", id_)
    assert cover.coverage.member_id.value not in said.out + said.err
    assert cover.coverage.member_id.value in front.run("show", id_).out


def test_a_question_waits_for_a_file(front: Front) -> None:
    """By folders: asked once, answered when the file comes, kept once, and a foreign file changes nothing."""
    house = front.by_folders()
    id_ = _first(front)
    (cover,) = front.covers(id_)
    asked = front.run("ask", id_)
    assert "no answer yet" in asked.out
    assert front.run("ask", id_).out == asked.out
    (sent,) = (house / "out").iterdir()
    trace = next(each for each in sent.read_text().split("~") if each.startswith("TRN*")).split("*")[2]
    text = FULL.replace("TRN*2*T-1", f"TRN*2*{trace}")
    assert trace in text
    (house / "in" / "a.271").write_text(text)
    (house / "in" / "b.271").write_text(FULL)
    came = front.run("collect")
    assert came.lines[0] == "1 answer new, 0 questions waiting."
    assert front.run("collect").lines == ["0 answers new, 0 questions waiting."]
    page = front.run("show", id_).out
    assert "another birth date" in page
    assert "ELG021" in page
    assert front.covers(id_)[0].benefits == cover.benefits


def test_a_file_is_read_by_hand(front: Front, tmp_path: Path) -> None:
    """Shown first, kept with --apply, and kept once."""
    id_ = _first(front)
    (cover,) = front.covers(id_)
    office = open_office(front.folder)
    try:
        who = office.store.read(lambda tx: tx.patient(cover.coverage.patient))
    finally:
        office.close()
    file = tmp_path / "portal.271"
    file.write_text(
        FULL.replace("PHP0012345", cover.coverage.member_id.value)
        .replace("19800229", f"{who.birth_date:%Y%m%d}")
        .replace("PRAIR1", cover.coverage.payer.id.value)
    )
    shown = front.run("read", str(file))
    assert shown.code == 0
    assert "Keep it with --apply" in shown.out
    assert front.covers(id_) == (cover,)
    kept = front.run("read", str(file), "--apply")
    assert f"kept for coverage {cover.coverage.id}" in kept.out
    assert front.covers(id_)[0].benefits != cover.benefits
    assert "ELG051" in front.run("read", str(file), "--apply").out
    for said in (shown, kept):
        assert cover.coverage.member_id.value not in said.out
        assert who.name.family not in said.out


def test_what_is_no_answer_is_said(front: Front, tmp_path: Path) -> None:
    """A letter, a file that is cut off, an answer to nobody."""
    file = tmp_path / "file"
    file.write_text("Dear office")
    said = front.run("read", str(file))
    assert said.code == 1
    assert "ISA" in said.err
    assert "Dear" not in said.err
    file.write_text(FULL[: FULL.index("SE*")])
    assert front.run("read", str(file)).lines == [
        "No whole answer is in the file.",
        "The file is cut off: ask for it again.",
    ]
    file.write_text(FULL)
    assert "ELG050" in front.run("read", str(file), "--apply").out


def test_a_card_goes_on_file(front: Front) -> None:
    """Options for what names nobody, the input for the rest; then it can be asked about."""
    id_ = _first(front)
    said = front.run(
        *("add", id_, "--payer", "60054", "--payer-name", "Example Health", "--plan", "Gold HMO"),
        *("--kind", "hmo", "--relation", "child", "--order", "2", "--group-name", "Example Mills"),
        *("--rx-bin", "610014", "--rx-pcn", "ADV", "--phone", "Member services=800 555 0142"),
        *("--copay", "PCP=$25", "--copay", "ER=$250.00"),
        typed="wx 123-45\nG42\nRX9\n02\nCanarybird, Robin\n2/29/1980\n",
    )
    assert (said.code, "On file: coverage cov-" in said.out) == (0, True)
    second = front.covers(id_)[1].coverage
    assert second.member_id.value == "WX12345"
    assert (second.group_number, second.group_name, second.dependent_number) == ("G42", "Example Mills", "02")
    assert second.subscriber is not None
    assert second.subscriber.name.family == "Canarybird"
    assert second.card is not None
    assert [str(each.amount) for each in second.card.copays] == ["$25.00", "$250.00"]
    page = front.run("show", id_)
    assert "Held by Robin Canarybird (the patient is: child)" in page.lines
    assert "Printed co-pay PCP: $25.00 (on the card; not verified)" in page.lines


def test_a_card_is_corrected(front: Front) -> None:
    """The same coverage, since when it is on file, and no second one."""
    id_ = _first(front)
    (before,) = front.covers(id_)
    said = front.run(
        *("add", id_, "--payer", before.coverage.payer.id.value, "--payer-name", "Prairie Health"),
        *("--corrects", before.coverage.id.value),
        typed=f"{before.coverage.member_id}\n",
    )
    assert said.code == 0
    (after,) = front.covers(id_)
    assert (after.coverage.payer.name, after.benefits) == ("Prairie Health", before.benefits)
    assert after.coverage.on_file_since == before.coverage.on_file_since
    wrong = front.run(
        *("add", id_, "--payer", "AB", "--payer-name", "A", "--corrects", "cov-none"), typed="1234\n"
    )
    assert wrong.code == 1
    assert "no coverage with that id" in wrong.err


@pytest.mark.parametrize(
    ("options", "typed", "reason"),
    [
        (("--relation", "aunt"), "W1\n", "self, spouse, child or other"),
        (("--kind", "gold"), "W1\n", "hmo"),
        (("--rx-bin", "12"), "W1\n", "six or eight digits"),
        (("--phone", "8005550142"), "W1\n", "="),
        (("--phone", "Call=12"), "W1\n", "ten digits"),
        (("--copay", "PCP=free"), "W1\n", "copay"),
        (("--until", "2020-01-01"), "W1\n", "end is before its start"),
        (("--order", "0"), "W1\n", "counts from 1"),
        ((), "\n", "member number"),
        ((), "KANARIE~7077\n", "member number"),
        (("--relation", "child"), "W1\n\n\n0-2\n\n", "dependent"),
        (("--relation", "child"), "W1\n\n\n\nKanarie, Wanda\n30.2.1980\n", "who holds the plan"),
    ],
)
def test_what_cannot_be_on_a_card_is_said(
    unchanged: Front, options: tuple[str, ...], typed: str, reason: str
) -> None:
    """In one line, which thing and why, without what was typed; nothing is on file then."""
    id_ = _first(unchanged)
    before = unchanged.covers(id_)
    said = unchanged.run("add", id_, "--payer", "AB", "--payer-name", "A", *options, typed=typed)
    assert said.code == 1
    assert reason in said.err.splitlines()[-1]
    assert "kanarie" not in said.err.splitlines()[-1].lower()
    assert unchanged.covers(id_) == before


def test_mistakes_say_what_to_do(front: Front) -> None:
    """No visit, two wishes, no way to payers, a wrong payers.toml."""
    id_ = _first(front)
    assert "board --ids" in front.run("show", "apt-none").err
    assert "--day" in front.run("ask").err or "Usage" in front.run("ask").out
    assert "one visit, or a day" in front.run("ask", id_, "--day", "today").err
    assert "ask again for one visit" in front.run("ask", "--day", "today", "--again").err
    (front.folder / "payers.toml").unlink()
    for said in (front.run("ask", id_), front.run("collect")):
        assert said.code == 1
        assert "payers.toml" in said.err
    assert front.run("show", id_).code == 0
    (front.folder / "payers.toml").write_text('[gateway]\nkind = "fax"\n')
    said = front.run("collect")
    assert (said.code, "gateway.kind" in said.err) == (1, True)


def test_the_order_of_payers_is_asked_settled_and_put_on_file(front: Front) -> None:
    """What to ask while it is not settled, the reasons with their sources, and the order on file after that."""
    visit = next(iter(front.visits))
    added = front.run(
        "add", visit, "--payer", "MCARE", "--payer-name", "Medicare", "--kind", "medicare", "--order", "2",
        typed="1EG4TE5MK73\n\n\n",
    )  # fmt: skip
    assert added.code == 0, added.err
    before = [each.coverage.id.value for each in front.covers(visit)]
    asked = front.run("order", visit)
    assert "Not settled yet:" in asked.lines
    assert "how many work there" in asked.out
    assert "not settled" in front.run("show", visit).out
    assert front.run("order", visit, "--apply").code == 1
    assert front.run("patient", visit, "--medicare-by", "age").out == "Noted.\n"
    assert front.run("plan", visit, before[0], "--held-by", "active", "--employees", "15").out == "Noted.\n"
    told = front.run("order", visit)
    assert told.lines[0].startswith("1. Medicare")
    assert "42 CFR 411.170" in told.out
    assert "The order on file is another; put this one on file with --apply:" in told.lines
    assert front.run("order", visit, "--apply").lines[-1] == "This order is on file now."
    assert [each.coverage.id.value for each in front.covers(visit)] == before[::-1]
    assert front.run("order", visit).lines[-1] == "The order on file is this one."
    assert "order of payers" not in front.run("show", visit).out
    front.run("plan", visit, before[0], "--employees", "unknown")
    assert "Not settled yet:" in front.run("order", visit).lines


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (("patient",), "say what was told"),
        (("patient", "--family", "happy"), "--family is one of together, apart, joint"),
        (("patient", "--esrd-since", "2026-01-01"), "goes with ESRD"),
        (("patient", "--esrd-since", "soon"), "--esrd-since is no day"),
        (("order", "--injury", "maybe"), "--injury is one of yes, no"),
        (("order", "--authorized", "cov-none"), "no coverage of that id runs"),
    ],
)
def test_what_cannot_be_noted_says_why(unchanged: Front, command: tuple[str, ...], why: str) -> None:
    """And what can be said instead."""
    visit = next(iter(unchanged.visits))
    said = unchanged.run(command[0], visit, *command[1:])
    assert said.code == 1
    assert why in " ".join(said.err.split())


def test_a_plan_of_somebody_else_is_not_noted(unchanged: Front) -> None:
    """Nor a number that is none."""
    visit = next(iter(unchanged.visits))
    refused = unchanged.run("plan", visit, "cov-none", "--decree", "yes")
    assert "no coverage of that id" in " ".join(refused.err.split())
    assert "is a whole number" in unchanged.run("plan", visit, "cov-none", "--employees", "many").err


def test_an_authorization_goes_on_file_and_off_again(front: Front) -> None:
    """Its number is read from the input; the list shows it."""
    visit = next(iter(front.visits))
    said = front.run(
        "permit", visit, "authorization", "--until", "2099-12-31", "--visits", "6", typed="A-77\n"
    )
    assert said.code == 0, said.err
    assert said.lines[-1].endswith("to 12/31/2099, for 6 visits.")
    listed = front.run("permits", visit)
    assert any(line.startswith("authorization A-77") and " 6 " in line for line in listed.lines)
    gone = front.run("permit", visit, "authorization", "--withdraw", typed="A-77\n")
    assert gone.lines[-1] == "It is not on file any more."
    assert "No referral and no authorization" in front.run("permits", visit).out


@pytest.mark.parametrize(
    ("command", "typed", "why"),
    [
        (("note",), "1\n", "it is one of referral, authorization"),
        (("referral",), "\n", "its number has 1 to 50 characters"),
        (("referral", "--until", "2001-01-01"), "7\n", "there can be no such referral"),
        (("referral", "--coverage", "cov-none"), "7\n", "no coverage of that id"),
        (("referral", "--withdraw"), "7\n", "no referral of that number is on file"),
    ],
)
def test_a_permit_that_cannot_be_says_why(
    unchanged: Front, command: tuple[str, ...], typed: str, why: str
) -> None:
    """And nothing is kept."""
    visit = next(iter(unchanged.visits))
    said = unchanged.run("permit", visit, *command, typed=typed)
    assert said.code == 1
    assert why in " ".join(said.err.split())
