"""``good-faith`` and ``abn``, as somebody at the desk says them."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import attrs
import pypdfium2
import pytest
from typer.testing import CliRunner

from medoffice.cli.app import app
from medoffice.core.ids import AppointmentId, PatientId
from medoffice.core.people import Language, Patient, PersonName
from medoffice.office.folder import create_office, open_office
from medoffice.office.office import Office
from medoffice.scheduling import OneOf, Provider, VisitType, Weekly
from medoffice.scheduling.outcomes import Booked


@attrs.frozen(kw_only=True)
class Told:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


Run = Callable[..., Told]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office in a folder with its numbers, one clinician, and Eva, who has no insurance and reads Spanish."""
    create_office(
        tmp_path / "office",
        name="Northside",
        zone="America/Chicago",
        place="1200 Prairie Avenue, Springfield, IL",
        npi="2000000002",
        ein="12-3456789",
        phone="(312) 555-0100",
    )
    made = open_office(tmp_path / "office")
    hours = Weekly.of("Mon-Sun 00:00-24:00", zone=made.settings.zone)
    made.schedule.add_resource(Provider("dr-okafor", weekly=hours))
    made.add_visit_type(
        VisitType(code="follow-up", name="Follow-up visit", minutes=20, needs=(OneOf("dr-okafor"),))
    )
    made.register(
        Patient(
            id=PatientId("pat-eva"),
            name=PersonName(family="Canarybird", given="Eva"),
            birth_date=date(1931, 7, 19),
            language=Language("es-MX"),
        )
    )
    yield made
    made.close()


@pytest.fixture
def visit(office: Office) -> AppointmentId:
    """A visit in four weeks at noon."""
    day = office.settings.day_at(office.clock.now()) + timedelta(days=28)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=office.settings.zone)
    booked = office.book(PatientId("pat-eva"), "follow-up", noon)
    assert isinstance(booked, Booked)
    return booked.appointment.id


@pytest.fixture
def run(office: Office, tmp_path: Path) -> Run:
    """Run the command on the office."""
    assert office.settings.ein is not None

    def runner(*arguments: str) -> Told:
        said = CliRunner().invoke(
            app, ["--office", str(tmp_path / "office"), *arguments], prog_name="medoffice"
        )
        return Told(code=said.exit_code, out=said.stdout, err=said.stderr)

    return runner


def text_of(path: Path) -> str:
    """The text of a PDF."""
    document = pypdfium2.PdfDocument(path.read_bytes())
    page = document[0]
    found = page.get_textpage()
    text = str(found.get_text_range())
    found.close()
    page.close()
    document.close()
    return text


def done(told: Told) -> str:
    """What a command said that worked."""
    assert (told.code, told.err) == (0, "")
    return told.out


def test_an_estimate_from_the_list_to_the_bill(run: Run, visit: AppointmentId, tmp_path: Path) -> None:
    """Owed, planned, given, changed, given anew, shown, and a bill judged by it; names stand on the paper alone."""
    id = str(visit)
    owed = done(run("good-faith", "list"))
    assert "1 owed, 0 overdue." in owed
    assert id in owed
    assert "Canarybird" not in owed
    assert "165.00" in done(run("good-faith", "plan", id, "office-visit=145.00", "lab=20"))
    codes = ("--code", "office-visit=99213", "--code", "lab=G0103")
    first = done(run("good-faith", "make", id, *codes, "--language", "en", "--separately", "an X-ray"))
    assert first.startswith("Estimate 1 is given, in time: owed by ")
    assert "Mind: no diagnosis code" in first
    assert "Eva Canarybird" in first
    assert "$165.00" in first
    assert done(run("good-faith", "list")) == "No good-faith estimate is owed.\n"
    run("good-faith", "plan", id, "office-visit=165.00", "lab=20")
    assert "changed since" in done(run("good-faith", "list"))
    paper = tmp_path / "estimate.pdf"
    again = done(run("good-faith", "make", id, *codes, "--diagnosis", "I10", "--pdf", str(paper)))
    assert again.splitlines()[-1] == f"Wrote {paper}"
    assert "Canarybird" not in again
    assert paper.stat().st_mode & 0o777 == 0o600
    assert "Estimado de buena fe" in text_of(paper)
    assert "reemplaza al anterior" in text_of(paper)
    assert "$165.00" in done(run("good-faith", "show", id, "--number", "1", "--language", "en"))
    for billed, wanted in (
        ("585.00", "may dispute it until 2026-03-"),
        ("584.99", "$399.99 above the estimate"),
        ("10", "not above"),
    ):
        told = run("good-faith", "dispute", id, "--billed", billed, "--received", "2025-11-24")
        assert wanted.replace("may dispute", "could have disputed") in done(told)


def test_a_wish_and_a_question_say_what_is_owed(run: Run, visit: AppointmentId) -> None:
    """Who is uninsured is owed one whatever they say; who asks gets it sooner."""
    assert "An estimate is owed by" in done(run("good-faith", "wish", str(visit), "no"))
    assert "An estimate is owed by" in done(run("good-faith", "asked", str(visit)))


def test_a_recurring_service_is_in_one_estimate(run: Run, visit: AppointmentId) -> None:
    """Ten times the charge, in words; too far ahead it says so."""
    id = str(visit)
    run("good-faith", "plan", id, "therapy=100.00")
    base = ("good-faith", "make", id, "--code", "therapy=G0283", "--language", "en", "--every", "once a week")
    told = done(run(*base, "--times", "10", "--until", str(date.max - timedelta(days=400))))
    assert "$1,000.00" in told
    assert "10 times, once a week" in told
    assert "Mind: one estimate holds recurrences of at most 12 months" in told
    assert run(*base, "--times", "10").code == 1


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("good-faith", "make", "VISIT", "--code", "office-visit=99213"), "no service is planned"),
        (("good-faith", "make", "VISIT", "--code", "office-visit"), "join the service"),
        (("good-faith", "make", "VISIT", "--code", "a=1"), "does not read"),
        (("good-faith", "make", "apt-none", "--code", "a=99213"), "no appointment with that id"),
        (("good-faith", "wish", "VISIT", "perhaps"), "say yes or no"),
        (("good-faith", "plan", "VISIT", "Office=1"), "write it as"),
        (("good-faith", "show", "VISIT"), "no such estimate"),
        (
            ("good-faith", "dispute", "VISIT", "--billed", "1", "--received", "2026-01-01"),
            "no estimate was given",
        ),
        (("good-faith", "dispute", "VISIT", "--billed", "x", "--received", "2026-01-01"), "does not read"),
        (("abn", "check", "VISIT", "--reason", "dear"), "say a reason as one of"),
        (("abn", "check", "VISIT", "--reason", "excluded"), "which programme"),
        (("abn", "check", "VISIT", "--code", "G0103"), "say --reason too"),
        (("abn", "check", "VISIT", "--programme", "medicare"), "original, advantage, other"),
        (("abn", "sign", "pat-eva", "1", "--option", "1"), "no notice of that number"),
        (("abn", "sign", "pat-eva", "1", "--option", "4"), "1, 2 or 3"),
        (("abn", "withdraw", "pat-eva", "1"), "no notice of that number"),
        (("abn", "show", "pat-none"), "no patient and no appointment"),
        (("abn", "show", "pat-eva", "--number", "3"), "no notice of that number"),
        (("abn", "show", "pat-eva", "--pdf", "x.pdf"), "say --number"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    run: Run, visit: AppointmentId, arguments: tuple[str, ...], wanted: str
) -> None:
    """Exit code 1, one line, and nobody's name."""
    told = run(*(str(visit) if each == "VISIT" else each for each in arguments))
    assert told.code == 1
    assert told.err.count("\n") == 1
    assert wanted in told.err
    assert ".." not in told.err
    assert "Canarybird" not in told.err + told.out


def given(visit: AppointmentId, *more: str) -> tuple[str, ...]:
    """The command that hands a notice over."""
    return (
        *("abn", "give", str(visit), "--code", "G0103", "--words", "blood test", "--reason", "too-frequent"),
        *("--cost", "40.00-60.00", "--form", "2029-03-31", "--programme", "original", *more),
    )


def test_a_notice_from_the_need_to_the_claim(run: Run, visit: AppointmentId, tmp_path: Path) -> None:
    """Needed, given, waiting, signed, standing, shown."""
    asked = (
        "abn",
        "check",
        str(visit),
        "--reason",
        "too-frequent",
        "--programme",
        "original",
        "--code",
        "G0103",
    )
    before = done(run(*asked))
    assert before.startswith("A notice is required before the service.")
    assert "a claim with GZ; the patient is not billed" in before
    paper = tmp_path / "notice.pdf"
    told = done(run(*given(visit, "--pdf", str(paper))))
    assert "Notice 1 of pat-eva is given" in told
    assert "Esto no es el aviso" in text_of(paper)
    assert "1 not answered." in done(run("abn", "waiting"))
    assert "neither signed nor" in done(run(*asked))
    assert "option 1" in done(run("abn", "sign", str(visit), "1", "--option", "1"))
    assert done(run("abn", "waiting")) == "No notice waits for an answer.\n"
    after = done(run(*asked, "--charge", "50.00"))
    assert "Notice 1 stands for G0103." in after
    assert "a claim with GA; the patient may be billed" in after
    listed = done(run("abn", "show", "pat-eva"))
    assert re.search(r"1 .* G0103 +signed +1 ", listed)
    assert "Canarybird" not in before + told + after + listed
    assert "(B) Patient name" in done(run("abn", "show", "pat-eva", "--number", "1", "--language", "en"))


def test_one_notice_for_several_services(run: Run, visit: AppointmentId) -> None:
    """Each with its own words, reason and cost; a reason said once is that of all; one that is missing is refused."""
    more = ("--code", "G0283", "--words", "stimulation", "--cost", "75")
    told = done(run(*given(visit, *more, "--reason", "not-necessary", "--language", "en")))
    assert all(each in told for each in ("blood test", "stimulation", "$40.00", "$75.00"))
    done(run("abn", "sign", "pat-eva", "1", "--option", "1"))
    for code, reason, stands in (
        ("G0103", "too-frequent", True),
        ("G0283", "not-necessary", True),
        ("G0283", "too-frequent", False),
    ):
        asked = ("abn", "check", str(visit), "--programme", "original", "--reason", reason, "--code", code)
        assert ("stands for" in done(run(*asked))) is stands
    assert "G0103, G0283" in done(run("abn", "show", "pat-eva"))
    done(run(*given(visit, *more)))
    lacking = run(*given(visit, *more[:4]))
    assert (lacking.code, "for each --code" in lacking.err) == (1, True)
    assert "2 notices." in done(run("abn", "show", "pat-eva"))


def test_a_refusal_is_witnessed_and_a_mistake_is_withdrawn(run: Run, visit: AppointmentId) -> None:
    """Who would not sign may want the service; what is withdrawn waits for nobody."""
    run(*given(visit))
    said = done(run("abn", "refused", "pat-eva", "1", "--witness", "nurse-lee", "--wants-it"))
    assert "wants the service" in said
    run(*given(visit, "--repeats"))
    assert done(run("abn", "withdraw", "pat-eva", "2")) == "Noted: withdrawn.\n"
    assert "No notice waits" in done(run("abn", "waiting"))
    assert "2 notices." in done(run("abn", "show", "pat-eva"))


def test_nothing_is_kept_that_could_not_be_written(run: Run, visit: AppointmentId, tmp_path: Path) -> None:
    """A file in the way, or no folder for it: neither estimate nor notice is given."""
    there = tmp_path / "there.pdf"
    there.write_text("mine", encoding="ascii")
    run("good-faith", "plan", str(visit), "office-visit=145.00")
    make = ("good-faith", "make", str(visit), "--code", "office-visit=99213", "--pdf")
    for path in (there, tmp_path / "nowhere" / "x.pdf", tmp_path):
        assert run(*make, str(path)).code == 1
        assert run(*given(visit, "--pdf", str(path))).code == 1
    assert run("good-faith", "show", str(visit)).code == 1
    assert "0 notices." in done(run("abn", "show", "pat-eva"))
    assert there.read_text(encoding="ascii") == "mine"
    assert run(*make, str(there), "--force").code == 0


def test_a_language_without_words_is_refused(run: Run, visit: AppointmentId) -> None:
    """It names those that there are, and gives nothing."""
    run("good-faith", "plan", str(visit), "office-visit=145.00")
    told = run("good-faith", "make", str(visit), "--code", "office-visit=99213", "--language", "fr")
    assert told.code == 1
    assert "en or es" in told.err
    assert run("good-faith", "show", str(visit)).code == 1


@pytest.mark.parametrize("command", ["list", "wish", "asked", "plan", "make", "show", "dispute"])
def test_help_of_good_faith_teaches(run: Run, command: str) -> None:
    """An example that begins with the command, and what it writes."""
    told = run("good-faith", command, "--help").out
    assert f"medoffice good-faith {command}" in told
    assert "What it writes" in told


@pytest.mark.parametrize("command", ["check", "give", "sign", "refused", "withdraw", "waiting", "show"])
def test_help_of_abn_teaches(run: Run, command: str) -> None:
    """An example that begins with the command, and what it writes."""
    told = run("abn", command, "--help").out
    assert f"medoffice abn {command}" in told
    assert "What it writes" in told
