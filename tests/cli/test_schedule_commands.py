"""``find``, ``book``, ``move``, ``cancel``, ``waitlist``, ``day`` and ``replan``, as somebody at the desk says them."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import attrs
import pytest
from typer.testing import CliRunner

from medoffice.cli.app import app
from medoffice.cli.moments import moment
from medoffice.core.errors import MedofficeError
from medoffice.core.ids import AppointmentId, PatientId, ResourceId
from medoffice.core.people import Patient, PersonName
from medoffice.core.times import TimeSlot
from medoffice.office.folder import create_office, open_office
from medoffice.office.office import Office
from medoffice.scheduling import AnyOf, OneOf, Provider, Room, VisitType, Weekly

ZONE = ZoneInfo("America/Chicago")


@attrs.frozen(kw_only=True)
class Told:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


Run = Callable[..., Told]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office in a folder with two clinicians, one room, and three patients."""
    create_office(tmp_path / "office", name="Northside", zone="America/Chicago")
    made = open_office(tmp_path / "office")
    hours = Weekly.of("Mon-Fri 08:00-17:00", zone=ZONE)
    for resource in (
        Provider("dr-okafor", weekly=hours),
        Provider("dr-lee", weekly=hours),
        Room("exam-1", tags="exam-room"),
        Room("exam-2", tags="exam-room"),
    ):
        made.schedule.add_resource(resource)
    needs = (OneOf("dr-okafor", "dr-lee"), AnyOf("exam-room"))
    made.add_visit_type(VisitType(code="follow-up", name="Follow-up", minutes=20, needs=needs))
    for name in ("ana", "ben", "eva"):
        made.register(
            Patient(
                id=PatientId(f"pat-{name}"),
                name=PersonName(family="Canarybird", given=name.title()),
                birth_date=date(1980, 1, 1),
            )
        )
    yield made
    made.close()


@pytest.fixture
def run(office: Office, tmp_path: Path) -> Run:
    """Run the command on that office."""
    assert office.settings.name == "Northside"

    def runner(*arguments: str) -> Told:
        said = CliRunner().invoke(
            app, ["--office", str(tmp_path / "office"), *arguments], prog_name="medoffice"
        )
        assert "Canarybird" not in said.output
        return Told(code=said.exit_code, out=said.stdout, err=said.stderr)

    return runner


@pytest.fixture
def day(office: Office) -> date:
    """A weekday some days from now, whenever the tests are run."""
    today = office.settings.day_at(office.clock.now())
    return next(
        each
        for each in (today + timedelta(days=number) for number in range(3, 10))
        if each.weekday() in {1, 2, 3}
    )


def booked(run: Run, day: date, clock: str, who: str, *more: str) -> str:
    """Book a follow-up; the appointment's id."""
    said = run("book", "follow-up", "--at", f"{day} {clock}", "--for", who, *more)
    assert said.code == 0, said.err
    found = re.search(r"apt-[0-9a-f]+", said.out)
    assert found is not None
    return found[0]


def test_free_times_are_found_and_booked(run: Run, day: date) -> None:
    """The first time that is shown can be booked; whoever is named is taken, the room is chosen."""
    found = run("find", "follow-up", "--from", str(day), "--first", "2", "--with", "dr-lee")
    assert found.code == 0
    assert f"{day} 08:00" in found.out
    assert "dr-lee, exam-1" in found.out
    said = run("book", "follow-up", "--at", f"{day} 08:00", "--for", "pat-ana", "--with", "dr-lee")
    assert said.code == 0
    assert "with dr-lee, exam-1" in said.out


def test_why_not_says_every_reason(run: Run, day: date) -> None:
    """Outside hours for each clinician; and of a time that can be had, that it can."""
    reasons = run("find", "follow-up", "--why", f"{day} 18:00")
    assert reasons.code == 0
    assert "SCH" in reasons.out
    assert "opening hours" in reasons.out
    fine = run("find", "follow-up", "--why", f"{day} 10:00")
    assert "Nothing stands in the way" in fine.out


def test_a_refusal_says_why_and_ends_with_one(run: Run, day: date) -> None:
    """Both rooms are taken: the reason, on the standard error, without a traceback."""
    booked(run, day, "10:00", "pat-ana", "--with", "dr-lee")
    booked(run, day, "10:00", "pat-ben", "--with", "dr-okafor")
    said = run("book", "follow-up", "--at", f"{day} 10:10", "--for", "pat-eva")
    assert said.code == 1
    assert said.err.startswith("medoffice: ")
    assert said.out == ""


def test_a_visit_is_moved_and_called_off(run: Run, day: date) -> None:
    """It stays with its clinician; the notice is told."""
    id = booked(run, day, "10:00", "pat-ana", "--with", "dr-lee")
    moved = run("move", id, "--at", f"{day} 11:00")
    assert moved.out.startswith("Moved to")
    assert "11:00 with dr-lee" in moved.out
    off = run("cancel", id, "--reason", "no-ride")
    assert off.out.startswith("Cancelled, ")
    assert "before it" in off.out
    again = run("cancel", id)
    assert again.code == 1


def test_the_waitlist_from_joining_to_yes(run: Run, day: date) -> None:
    """Ben has a later time and waits; Ana cancels; he is asked, the reason is told, and he takes it."""
    hers = booked(run, day, "10:00", "pat-ana", "--with", "dr-lee")
    his = booked(run, day + timedelta(days=7), "10:00", "pat-ben", "--with", "dr-lee")
    joined = run("waitlist", "join", "follow-up", "--for", his, "--channel", "sms")
    assert joined.out.startswith("Waits: wait-")
    run("cancel", hers)
    advanced = run("waitlist", "advance")
    assert advanced.code == 0
    shown = run("waitlist", "show")
    assert "1 wait." in shown.out
    offers = re.findall(r"apt-[0-9a-f]+\.\d+/wait-[0-9a-f]+", advanced.out)
    if not offers:  # it is night in the office, when nobody is asked
        assert "Ask 0 now" in advanced.out
        return
    assert "points" in run("waitlist", "why", offers[0]).out
    yes = run("waitlist", "yes", offers[0])
    assert yes.out.startswith(f"Moved to {day:%a} {day} 10:00"), yes.err
    assert run("waitlist", "no", offers[0]).code == 1


def test_leaving_the_waitlist(run: Run) -> None:
    """Once; and what is no entry is said so."""
    joined = run("waitlist", "join", "follow-up", "--for", "pat-eva", "--urgency", "soon")
    entry = joined.out.split()[-1]
    assert run("waitlist", "leave", entry).code == 0
    assert run("waitlist", "leave", entry).code == 1
    assert run("waitlist", "yes", "no-such").code == 1
    assert run("waitlist", "join", "follow-up", "--for", "pat-eva", "--urgency", "asap").code == 1


def test_replan_shows_first_and_moves_when_told(run: Run, office: Office, day: date) -> None:
    """The plan comes with its proof; nothing is moved before --apply."""
    ids = [booked(run, day, clock, who, "--with", "dr-lee") for clock, who in _TWO]
    shown = run("replan", "dr-lee", "--on", str(day))
    assert shown.code == 0, shown.err
    assert "proven: no plan costs less" in shown.out
    assert all(id in shown.out for id in ids)
    assert _lead_of(office, ids[0]) == ResourceId("dr-lee")
    done = run("replan", "dr-lee", "--on", str(day), "--apply")
    assert "Moved 2 of 2." in done.out, done.err
    assert "Nobody is displaced." in run("replan", "dr-lee", "--on", str(day)).out


def test_a_closed_office_is_replanned_as_one(run: Run, office: Office, day: date) -> None:
    """Both clinicians' patients get days on which it is open, by one plan; the closure is noted with the moves."""
    ids = [booked(run, day, "10:00", who, "--with", lead) for who, lead in _EACH]
    shown = run("replan", "--closed", str(day))
    assert "2 moves" in shown.out, shown.err
    assert "proven: no plan costs less" in shown.out
    assert not office.schedule.calendar().closures
    assert "Moved 2 of 2." in run("replan", "--closed", str(day), "--apply").out
    assert [each.days.start for each in office.schedule.calendar().closures] == [day]
    days = {office.settings.day_at(_slot_of(office, id).start) for id in ids}
    assert day not in days


_EACH = (("pat-ana", "dr-lee"), ("pat-ben", "dr-okafor"))
_TWO = (("10:00", "pat-ana"), ("10:20", "pat-ben"))


def _slot_of(office: Office, id: str) -> TimeSlot:
    return office.store.read(lambda tx: tx.appointment(AppointmentId(id))).slot


def _lead_of(office: Office, id: str) -> ResourceId:
    return office.store.read(lambda tx: tx.appointment(AppointmentId(id))).resources[0]


def test_a_day_as_numbers_and_as_a_picture(run: Run, day: date, tmp_path: Path) -> None:
    """Fill and access are told; the picture is SVG or PNG, for its owner only, and never overwrites unasked."""
    booked(run, day, "10:00", "pat-ana")
    for name, start in (("day.svg", b"<?xml"), ("day.png", b"\x89PNG")):
        file = tmp_path / name
        said = run("day", "show", "--on", str(day), "--picture", str(file))
        assert said.code == 0, said.err
        assert "Third next available" in said.out
        assert file.read_bytes().startswith(start)
        assert file.stat().st_mode & 0o777 == 0o600
        assert run("day", "show", "--on", str(day), "--picture", str(file)).code == 1
    week = run("day", "show", "--on", str(day), "--week", "--picture", str(tmp_path / "week.svg"))
    assert week.code == 0, week.err
    assert run("day", "show", "--picture", str(tmp_path / "day.gif")).code == 1


def test_a_session_is_planned_with_its_proof(run: Run) -> None:
    """The slots, the cost beside an even plan, and how it is known to be best."""
    said = run("day", "plan", "--patients", "4", "--slots", "6", "--slot", "15", "--mean", "15")
    assert said.code == 0, said.err
    counts = re.search(r"Patients a slot: ([\d ]+)", said.out)
    assert counts is not None
    assert sum(map(int, counts[1].split())) == 4
    assert "best" in said.out
    assert "even" in said.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("find", "no-such-visit"),
        ("find", "follow-up", "--from", "yesterday"),
        ("find", "follow-up", "--with", "Dr. Lee"),
        ("find", "follow-up", "--with", "dr-leee"),
        ("book", "follow-up", "--at", "tomorrow at ten", "--for", "pat-ana"),
        ("book", "follow-up", "--at", "2026-11-30 10:00", "--for", "pat-nobody"),
        ("book", "no-such-visit", "--at", "2026-11-30 10:00", "--for", "pat-ana"),
        ("move", "apt-none", "--at", "2026-11-30 10:00"),
        ("cancel", "not an id"),
        ("cancel", "apt-none"),
        ("replan", "dr-nobody"),
        ("replan", "dr-lee", "--from", "2026-13-01 10:00"),
        ("replan", "--days", "7"),
        ("replan", "dr-lee", "--closed", "2026-12-24"),
        ("replan", "--closed", "2026-12-24", "--on", "2026-12-24"),
        ("replan", "dr-lee", "--site", "north"),
        ("replan", "--closed", "24 December"),
        ("replan", "--closed", "2026-12-24", "--site", "No site"),
        ("replan", "dr-lee", "--why", "Has the flu"),
        ("day", "show", "--on", "someday"),
    ],
    ids=" ".join,
)
def test_what_is_typed_wrongly_is_one_sentence(run: Run, arguments: tuple[str, ...]) -> None:
    """Exit code 1, one line that says what to do, and never a traceback."""
    said = run(*arguments)
    assert said.code == 1
    assert len(said.err.strip().splitlines()) == 1
    assert "not foreseen" not in said.err


@pytest.mark.parametrize(
    ("text", "offset"), [("2026-11-30 10:00", -6), ("2026-06-30T10:00", -5), (" 2026-11-30  23:59", -6)]
)
def test_a_time_is_on_the_offices_clock(text: str, offset: int) -> None:
    """Winter and summer; a T between day and time is as good as a blank."""
    at = moment(text, ZONE)
    local = at.astimezone(ZONE)
    assert local.strftime("%Y-%m-%d %H:%M") == " ".join(text.replace("T", " ").split())
    assert local.utcoffset() == timedelta(hours=offset)


@pytest.mark.parametrize("text", ["2026-03-08 02:30", "2026-11-01 01:30"])
def test_an_hour_that_is_none_or_two_is_asked_back(text: str) -> None:
    """Nobody guesses which half past one was meant."""
    with pytest.raises(MedofficeError, match="clocks"):
        moment(text, ZONE)
    assert isinstance(moment("2026-03-08 03:30", ZONE), datetime)
