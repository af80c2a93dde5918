"""``calendar`` and ``risk``, as somebody at the desk says them."""

import json
import re
import shlex
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from typer.testing import CliRunner

from medoffice.cli.app import app
from medoffice.cli.calendars import sign
from medoffice.core.ids import PatientId
from medoffice.core.people import Patient, PersonName
from medoffice.office.folder import create_office, open_office
from medoffice.office.office import Office
from medoffice.office.visits.risking import STREAM
from medoffice.scheduling import Provider, Room, VisitType, Weekly
from medoffice.scheduling.noshow import ModelFitted, fit
from medoffice.scheduling.noshow.fitting import Fitted
from medoffice.testing.no_show_histories import ZONE as HISTORY_ZONE
from medoffice.testing.no_show_histories import synthetic_history
from medoffice.testing.strategies import weekly_hours

ZONE = ZoneInfo("America/Chicago")
DAY = timedelta(days=1)
CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//elsewhere//EN\r\n{events}END:VCALENDAR\r\n"
EVENT = (
    "BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:Canarybird\r\n"
    "DTSTART;TZID={zone}:{day:%Y%m%d}T100000\r\nDURATION:PT30M30S\r\nEND:VEVENT\r\n"
)
ADDRESS = ("--phone", "312-555-0142", "--street", "12 Main St", "--city", "Springfield", "--state", "il")
PUBLISHED = ("--base", "https://x.example/open", "--visit", "follow-up", *ADDRESS, "--zip", "62701")


@attrs.frozen(kw_only=True)
class Told:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


Run = Callable[..., Told]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office in a folder with two clinicians, one room, and Ana."""
    create_office(tmp_path / "office", name="Northside", zone="America/Chicago")
    made = open_office(tmp_path / "office")
    hours = Weekly.of("Mon-Fri 08:00-17:00", zone=ZONE)
    for resource in (
        Provider("dr-okafor", weekly=hours),
        Provider("dr-lee", weekly=hours),
        Room("exam-1", tags="exam-room"),
    ):
        made.schedule.add_resource(resource)
    made.add_visit_type(VisitType(code="follow-up", name="Follow-up", minutes=20))
    ana = PersonName(family="Canarybird", given="Ana")
    made.register(Patient(id=PatientId("pat-ana"), name=ana, birth_date=date(1980, 1, 1)))
    yield made
    made.close()


@pytest.fixture
def run(office: Office, tmp_path: Path) -> Run:
    """Run the command on that office."""
    assert office.settings.name == "Northside"

    def runner(*arguments: str | Path) -> Told:
        said = CliRunner().invoke(
            app, ["--office", str(tmp_path / "office"), *map(str, arguments)], prog_name="medoffice"
        )
        assert "Canarybird" not in said.output
        return Told(code=said.exit_code, out=said.stdout, err=said.stderr)

    return runner


@pytest.fixture
def day(office: Office) -> date:
    """A Tuesday, Wednesday or Thursday some days from now, whenever the tests are run."""
    today = office.settings.day_at(office.clock.now())
    return next(
        each for each in (today + number * DAY for number in range(3, 10)) if each.weekday() in {1, 2, 3}
    )


def booked(run: Run, day: date, clock: str, doctor: str = "dr-lee") -> str:
    """Book Ana a follow-up; the appointment's id."""
    said = run("book", "follow-up", "--at", f"{day} {clock}", "--for", "pat-ana", "--with", doctor)
    assert said.code == 0, said.err
    found = re.search(r"apt-[0-9a-f]+", said.out)
    assert found is not None
    return found[0]


def command_in(told: Told) -> tuple[str, ...]:
    """The ``medoffice replan …`` that an answer suggests, as a shell would split it."""
    line = next(line for line in told.out.splitlines() if line.strip().startswith("medoffice replan"))
    return tuple(shlex.split(line))[1:]


# ── closed, away, hours ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_closure_names_whom_it_displaces_and_the_command_that_helps(run: Run, day: date) -> None:
    """What it suggests, carried out, leaves nobody displaced; opened again the day is free to book."""
    id = booked(run, day, "10:00")
    closed = run("calendar", "close", day, "--name", "Water in the cellar")
    assert closed.code == 0, closed.err
    assert id in closed.out
    assert command_in(closed) == ("replan", "--closed", f"{day}")
    moved = run(*command_in(closed), "--apply")
    assert "Moved 1 of 1." in moved.out, moved.err
    assert run("calendar", "show").out.count(f"{day}") == 1, (
        "what is noted is not noted again under another name"
    )
    again = run("calendar", "close", day, "--name", "Water in the cellar")
    assert "Closed already" in again.out
    assert "No booked visit is displaced." in again.out
    assert "Water in the cellar" in run("calendar", "show").out
    assert "Water in the cellar" in run("calendar", "reopen", day).out
    assert run("calendar", "reopen", day).code == 1
    free = run("find", "follow-up", "--from", day, "--days", "1", "--with", "dr-lee", "--first", "99")
    assert f"{day} 10:00" in free.out


def test_who_is_closed_alone_is_replanned_as_somebody_away(run: Run, day: date) -> None:
    """A closure of one clinician suggests that clinician's replan; opened again, the absence that it noted is over too."""
    booked(run, day, "10:00")
    closed = run("calendar", "close", day, "--with", "dr-lee")
    assert command_in(closed)[:2] == ("replan", "dr-lee")
    assert "Moved 1 of 1." in run(*command_in(closed), "--apply").out
    assert run("calendar", "reopen", day, "--with", "dr-lee").code == 0
    free = run("find", "follow-up", "--from", day, "--days", "1", "--with", "dr-lee", "--first", "99")
    assert f"{day} 10:00" in free.out


def test_one_day_of_a_closure_is_opened(run: Run, day: date) -> None:
    """The days around it stay closed, and the calendar shows two closures."""
    run("calendar", "close", f"{day - DAY}..{day + DAY}", "--name", "Painting")
    assert run("calendar", "reopen", day).code == 0
    shown = run("calendar", "show").out
    assert shown.count("Painting") == 2
    assert f"{day - DAY}" in shown
    assert run("find", "follow-up", "--from", day - DAY, "--days", "1").out.startswith("No time is free")


def test_an_absence_is_noted_and_ended(run: Run, day: date) -> None:
    """Its visits are told; the same once more is no second absence; from noon on the clinician is back."""
    id = booked(run, day, "10:00")
    typed = ("dr-lee", "--from", f"{day} 09:00", "--to", f"{day + DAY} 16:00")
    away = run("calendar", "away", *typed, "--why", "training")
    assert id in away.out
    assert command_in(away) == ("replan", *typed, "--why", "training")
    assert "away already" in run("calendar", "away", *typed, "--why", "training").out
    back = run("calendar", "back", "dr-lee", "--from", f"{day} 12:00")
    assert back.code == 0, back.err
    for free in (day, day + DAY):
        found = run("find", "follow-up", "--from", free, "--days", "1", "--with", "dr-lee", "--first", "99")
        assert f"{free} 12:00" in found.out
    assert run("calendar", "back", "dr-lee", "--on", day).code == 0
    assert run("calendar", "back", "dr-lee", "--on", day).code == 1


def test_hours_change_from_a_day_on(run: Run, day: date) -> None:
    """Earlier ones end the day before; whoever falls outside is told; later ones still begin."""
    id = booked(run, day, "10:00")
    said = run("calendar", "hours", "dr-lee", "Mon-Fri 13:00-17:00", "--from", day)
    assert said.code == 0, said.err
    assert id in said.out
    assert "medoffice move" in said.out
    shown = run("calendar", "show").out
    assert f"Mon-Fri 08:00-17:00 until {day - DAY}" in shown
    assert f"Mon-Fri 13:00-17:00 from {day}" in shown
    sooner = run("calendar", "hours", "dr-lee", "Mon-Fri 07:00-12:00")
    assert f"up to {day - DAY}" in sooner.out


def test_special_hours_of_a_day(run: Run, day: date) -> None:
    """Only that day; a day off is no hours; taken away, the weekly ones hold again."""
    id = booked(run, day, "10:00")
    short = run("calendar", "hours", "dr-lee", "13:00-15:00", "--on", day)
    assert id in short.out
    assert "13:00-15:00" in run("calendar", "show").out
    assert "off" in run("calendar", "hours", "dr-lee", "--on", day).out
    assert run("calendar", "back", "dr-lee", "--on", day).code == 0
    assert "Nothing breaks the hours" in run("calendar", "show").out


def test_rooms_and_kinds_of_visit_are_added_and_found(run: Run, day: date) -> None:
    """What was set up from the command line can be booked from there."""
    assert run("calendar", "hours", "ekg-1", "--kind", "equipment", "--tags", "ekg").code == 0
    added = run(
        *("calendar", "visit", "ekg", "EKG", "--minutes", "20", "--after", "5"),
        *("--needs", "dr-okafor,dr-lee", "--any", "exam-room:in-person", "--any", "ekg"),
    )
    assert added.out == "Added ekg.\n", added.err
    shown = run("calendar", "show").out
    assert "dr-okafor or dr-lee; any exam-room (in-person); any ekg" in shown
    assert "whenever nothing holds it" in shown
    found = run("find", "ekg", "--from", day, "--first", "1")
    assert "dr-okafor, ekg-1, exam-1" in found.out
    again = run("calendar", "visit", "ekg", "EKG", "--minutes", "25", "--needs", "dr-okafor")
    assert again.out == "Changed ekg.\n"


def test_holidays_are_shown_and_kept(run: Run, office: Office) -> None:
    """Those that are named; once; and only shown when that was said."""
    year = office.settings.day_at(office.clock.now()).year + 1
    wanted = ("calendar", "holidays", "--state", "IL", "--year", str(year), "--only", "thanksgiving")
    listed = run(*wanted, "--list")
    assert f"Thu {year}-11-" in listed.out, listed.err
    assert "closed" not in listed.out
    assert "Thanksgiving" not in run("calendar", "show", "--months", "24").out
    assert "closed" in run(*wanted).out
    assert "closed already" in run(*wanted).out
    assert "Thanksgiving" in run("calendar", "show", "--months", "24").out


# ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def busy_file(path: Path, *days: date, zone: str = "America/Chicago") -> Path:
    """A calendar kept elsewhere: busy from ten on for half an hour and half a minute, on some days."""
    events = "".join(EVENT.format(uid=number, day=each, zone=zone) for number, each in enumerate(days))
    path.write_text(CALENDAR.format(events=events), newline="")
    return path


def test_a_busy_calendar_is_imported_again_and_again(run: Run, day: date, tmp_path: Path) -> None:
    """What is new is noted and whom it displaces told, to the whole minute; what is gone is dropped again."""
    id = booked(run, day, "10:00")
    file = busy_file(tmp_path / "lee.ics", day, day + DAY)
    first = run("calendar", "import", file, "dr-lee")
    assert "2 noted, 0 dropped." in first.out, first.err
    assert id in first.out
    assert command_in(first) == (
        *("replan", "dr-lee", "--from", f"{day} 10:00", "--to", f"{day} 10:31", "--why", "elsewhere"),
    )
    assert "0 noted, 0 dropped." in run("calendar", "import", file, "dr-lee").out
    busy_file(file, day + DAY)
    assert "0 noted, 1 dropped." in run("calendar", "import", file, "dr-lee").out


def test_what_cannot_be_read_is_said(run: Run, day: date, tmp_path: Path) -> None:
    """With its code and what to do; no file, or one that is no calendar, is one sentence."""
    file = busy_file(tmp_path / "lee.ics", day, zone="Somewhere")
    said = run("calendar", "import", file, "dr-lee")
    assert said.code == 0
    assert "ICS002" in said.out
    assert "nothing is dropped" in said.out
    (tmp_path / "no.ics").write_text("nothing of the kind")
    for wrong in (tmp_path / "no.ics", tmp_path / "none.ics"):
        refused = run("calendar", "import", wrong, "dr-lee")
        assert refused.code == 1
        assert len(refused.err.strip().splitlines()) == 1
        assert "not foreseen" not in refused.err


def test_files_are_for_their_owner_and_never_overwrite_unasked(
    run: Run, office: Office, day: date, tmp_path: Path
) -> None:
    """An .ics of a clinician, one of a patient, and a FHIR bundle; what is refused is not given out."""
    id = booked(run, day, "10:00")
    mine = ("--patient", id, "--email", "desk@northside.example", "--phone", "312-555-0142")
    for name, arguments in (
        ("lee.ics", ("dr-lee", "--to")),
        ("ana.ics", (*mine, "--to")),
        ("week.json", ("--from", day, "--days", "7", "--fhir")),
    ):
        file = tmp_path / name
        said = run("calendar", "export", *arguments, file)
        assert said.out == f"Wrote {file}\n", said.err
        assert file.stat().st_mode & 0o777 == 0o600
        assert b"Canarybird" not in file.read_bytes()
        assert run("calendar", "export", *arguments, file).code == 1
        assert run("calendar", "export", *arguments, file, "--force").code == 0
    rows = office.store.read(lambda tx: tx.audit_rows())
    given_out = [row.entry.action for row in rows if row.entry.action.startswith("calendar.")]
    assert given_out == [
        f"calendar.{each}" for each in ("feed", "feed", "patient", "patient", "fhir", "fhir")
    ]
    assert b"mailto:desk@northside.example" in (tmp_path / "ana.ics").read_bytes()
    kinds = [
        each["resource"]["resourceType"] for each in json.loads((tmp_path / "week.json").read_text())["entry"]
    ]
    assert kinds.count("Appointment") == 1
    assert kinds.count("Schedule") == 3


def test_free_times_are_published(run: Run, tmp_path: Path) -> None:
    """The manifest names files that are there; twice only when that was said, and nothing is half written."""
    folder = tmp_path / "open"
    said = run("calendar", "publish", folder, *PUBLISHED, "--link", "https://x.example/book?slot={slot}")
    assert said.code == 0, said.err
    manifest = json.loads((folder / "$bulk-publish").read_text())
    names = {each["url"].rpartition("/")[2] for each in manifest["output"]}
    assert names == {each.name for each in folder.iterdir()} - {"$bulk-publish"}
    assert all(each.stat().st_mode & 0o777 == 0o600 for each in folder.iterdir())
    assert "okafor" not in "".join(each.read_text() for each in folder.iterdir())
    (folder / "locations-IL.ndjson").unlink()
    before = {each.name: each.stat().st_mtime_ns for each in folder.iterdir()}
    assert run("calendar", "publish", folder, *PUBLISHED).code == 1
    assert {each.name: each.stat().st_mtime_ns for each in folder.iterdir()} == before
    assert run("calendar", "publish", folder, *PUBLISHED, "--force").code == 0


def test_what_a_publication_lacks_is_said_at_once(run: Run, tmp_path: Path) -> None:
    """All of it in one sentence, and no folder is made."""
    said = run(
        "calendar", "publish", tmp_path / "open", "--base", "https://x.example", "--city", "Springfield"
    )
    assert said.code == 1
    assert "--visit, --phone, --street, --state, --zip" in said.err
    assert "--base" not in said.err
    assert not (tmp_path / "open").exists()


# ── risks ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_risk_without_a_history_is_refused_honestly(run: Run, day: date) -> None:
    """It says how many visits there are, how many are needed, and the plain rate."""
    booked(run, day, "10:00")
    said = run("risk", "fit")
    assert said.code == 1
    assert "200 are needed" in said.err
    assert "no visit has been kept or missed yet" in said.err
    shown = run("risk", "show", "--on", day)
    assert shown.code == 0
    assert "no model yet" in shown.out


def test_a_day_s_risks_are_shown_with_their_shares(run: Run, office: Office, day: date) -> None:
    """By id, highest first; with a model that is no better nothing but the plain rate is."""
    id = booked(run, day, "10:00")
    fitted = fit(synthetic_history(600, seed=11).visits, on=date(2026, 1, 2), zone=HISTORY_ZONE)
    assert isinstance(fitted, Fitted)
    at = office.clock.now()
    made = attrs.evolve(ModelFitted.of(fitted, at=at), is_usable=False)
    office.store.transact(lambda tx: tx.append_fact(STREAM, "", at, made))
    useless = run("risk", "show", "--on", day)
    assert "not shown to be better" in useless.out
    assert id not in useless.out
    used = attrs.evolve(made, is_usable=True)
    office.store.transact(lambda tx: tx.append_fact(STREAM, "", at, used))
    shown = run("risk", "show", "--on", day)
    assert shown.code == 0, shown.err
    assert re.search(rf"{id} .* \d+%", shown.out)
    assert "time between booking and visit" in shown.out
    assert "Expected to be missed: 0." in shown.out
    assert "still to come about" in run("risk", "show", "--on", day + DAY).out


# ── what is typed wrongly, and signs ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "arguments",
    [
        ("close", "tomorrow"),
        ("close", "2026-12-26..2026-12-24"),
        ("close", "2026-12-24", "--with", "dr-leee"),
        ("close", "2026-12-24", "--name", " "),
        ("reopen", "2026-12-24"),
        ("away", "dr-lee"),
        ("away", "dr-leee", "--on", "2026-12-24"),
        ("away", "dr-lee", "--on", "2026-12-24", "--from", "2026-12-24 10:00"),
        ("away", "dr-lee", "--from", "2026-12-24 10:00", "--to", "2026-12-24 09:00"),
        ("away", "dr-lee", "--on", "2026-12-24", "--why", "Has the flu"),
        ("back", "dr-lee", "--on", "2026-12-24"),
        ("hours", "dr-leee", "Mon-Fri 08:00-12:00"),
        ("hours", "dr-lee", "weekdays"),
        ("hours", "exam-9", "--kind", "hall"),
        ("hours", "exam-1", "--kind", "provider"),
        ("hours", "dr-lee", "09:00-12:00", "--on", "2026-12-24", "--tags", "x"),
        ("visit", "lab", "Lab", "--minutes", "0"),
        ("visit", "lab", "Lab", "--minutes", "10", "--needs", "dr-leee"),
        ("visit", "lab", "Lab", "--minutes", "10", "--any", "exam-room:by-fax"),
        ("holidays", "--state", "ZZ", "--year", "2027"),
        ("holidays", "--state", "IL", "--year", "2027", "--only", "no such day"),
        ("export", "dr-lee"),
        ("export", "--to", "x.ics"),
        ("export", "dr-lee", "--to", "x.ics", "--detail", "everything"),
        ("export", "--patient", "pat-ana", "--to", "x.ics"),
        ("export", "--patient", "pat-ana", "--to", "x.ics", "--email", "desk@x.example"),
        ("publish", "open", *PUBLISHED, "--visit", "no-such-visit"),
        ("publish", "open", *PUBLISHED, "--base", "http://x.example"),
        ("publish", "open", *PUBLISHED, "--link", "https://x.example/book"),
        ("publish", "open", *PUBLISHED, "--state", "Illinois"),
    ],
    ids=" ".join,
)
def test_what_is_typed_wrongly_is_one_sentence(
    run: Run, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 1, one line that says what to do, never a traceback, and no file is left."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    said = run("calendar", *arguments)
    assert said.code == 1
    assert len(said.err.strip().splitlines()) == 1, said.err
    assert "not foreseen" not in said.err
    assert list((tmp_path / "here").iterdir()) == []


def test_a_sign_is_in_order() -> None:
    """Whatever the order in which it was typed; days that are alike are said once."""
    typed = Weekly.of("Tue,Wed 13:00-24:00 08:00-12:00; Mon 08:00-12:00", zone=ZONE)
    assert sign(typed) == "Mon 08:00-12:00; Tue-Wed 08:00-12:00 13:00-24:00"
    first = attrs.evolve(typed.hours[0], nth=frozenset({-1, 2}), location="west-side")
    assert sign(attrs.evolve(typed, hours=(first,))) == "Tue 13:00-24:00 (2nd, last, west-side)"


@given(weekly_hours())
def test_a_sign_says_every_stretch(weekly: Weekly) -> None:
    """Each stretch of each day is on it; a plain week reads back as itself."""
    written = sign(weekly)
    for stretch in weekly.hours:
        assert f"{stretch.opens:%H:%M}-" in written
    plain = attrs.evolve(
        weekly,
        hours=tuple(
            attrs.evolve(each, nth=frozenset(), visit_types=frozenset(), location="", modalities=frozenset())
            for each in weekly.hours
            if not each.nth
            and each.opens.second == each.opens.microsecond == 0
            and each.closes.second == each.closes.microsecond == 0
        ),
    )
    if plain.hours:
        back = Weekly.of(sign(plain), zone=plain.zone)
        assert sorted(back.hours, key=str) == sorted(plain.hours, key=str)
    else:
        assert sign(plain) == "no hours"
