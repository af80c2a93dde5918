"""``flow``, ``remind`` and ``recall``, as somebody at the desk says them."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import attrs
import pytest
from typer.testing import CliRunner

from medoffice.adapters.system import FixedClock, SystemClock
from medoffice.cli.app import app
from medoffice.core import AppointmentId, Language, Patient, PatientId, PersonName, Phone, ResourceId
from medoffice.office import Office
from medoffice.office.demo import awake_zone
from medoffice.office.folder import create_office, open_office
from medoffice.scheduling import Booked, Provider, Room, Status, VisitType, Weekly
from medoffice.scheduling.flow import CheckOutTask, TaskKind
from medoffice.scheduling.reminders import Channel

RULES = """
[recalls.check]
interval = "1 month"
closes_with = ["follow-up"]

[[flow.check_out]]
kind = "follow-up"
is_must = true
"""
MINUTE = timedelta(minutes=1)


@attrs.frozen(kw_only=True)
class Told:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


Run = Callable[..., Told]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An office in whose zone it is day, with a rule of recall."""
    made = create_office(tmp_path / "office", name="Northside", zone=awake_zone(SystemClock().now()))
    (made.path / "schedule.toml").write_text(RULES)
    return made.path


@pytest.fixture
def office(folder: Path) -> Iterator[Office]:
    """With a clinician who is always in, and Ana."""
    made = open_office(folder)
    hours = Weekly.of("Mon-Sun 00:00-24:00", zone=made.settings.zone)
    made.schedule.add_resource(Provider("dr-lee", weekly=hours))
    made.schedule.add_resource(Room("exam-1", weekly=hours))
    made.add_visit_type(VisitType(code="follow-up", name="Follow-up", minutes=20))
    made.register(
        Patient(
            id=PatientId("pat-ana"),
            name=PersonName(family="Canarybird", given="Ana"),
            birth_date=date(1980, 1, 1),
            phone=Phone("2175550142"),
            language=Language("es"),
        )
    )
    yield made
    made.close()


@pytest.fixture
def run(office: Office, folder: Path) -> Run:
    """Run the command on that office; no name and no number is ever told."""
    assert office.settings.name == "Northside"

    def runner(*arguments: str, typed: str = "") -> Told:
        said = CliRunner().invoke(
            app, ["--office", str(folder), *arguments], prog_name="medoffice", input=typed
        )
        assert "Canarybird" not in said.output
        assert "5550142" not in said.output
        return Told(code=said.exit_code, out=said.stdout, err=said.stderr)

    return runner


def book(office: Office, *, after: timedelta = 5 * MINUTE) -> str:
    """A visit of Ana's some time from now."""
    start = office.clock.now().replace(second=0, microsecond=0) + after
    booked = office.book(PatientId("pat-ana"), "follow-up", start, (ResourceId("dr-lee"),))
    assert isinstance(booked, Booked)
    return booked.appointment.id.value


def status(office: Office, id: str) -> Status:
    """The state of a visit."""
    return office.store.read(lambda tx: tx.appointment(AppointmentId(id))).status


def test_a_visit_from_the_door_to_the_door(run: Run, office: Office) -> None:
    """Each step says where the patient is now; the board of ids follows."""
    id = book(office)
    for words, told in (
        (("arrive", id), "The patient is arrived since"),
        (("triage", id, "3"), "level 3"),
        (("check-in", id), "Checked in, number 1."),
        (("room", id, "exam-1"), "in a room (exam-1)"),
        (("with-provider", id, "dr-lee"), "with a clinician (exam-1)"),
        (("provider-left", id, "dr-lee"), "after a clinician came"),
        (("check-out", id, "--weeks", "6"), "To do: follow-up (before the patient goes)"),
        (("settle", id, "follow-up"), "at check-out"),
    ):
        said = run("flow", *words)
        assert said.code == 0, said.err
        assert told in said.out
    shown = run("flow", "show")
    line = next(line for line in shown.out.splitlines() if id in line)
    assert "at check-out" in line
    assert "exam-1" in line
    said = run("flow", "out", id)
    assert said.out.startswith("The patient is out")
    assert status(office, id) is Status.FULFILLED
    assert run("flow", "out", id).code == 1


def test_who_is_next_is_said_with_the_reasons(run: Run, office: Office) -> None:
    """From the line in the waiting room; and that nobody waits, when nobody does."""
    assert run("flow", "next").out == "Nobody waits.\n"
    id = book(office)
    run("flow", "check-in", id)
    said = run("flow", "next", "--with", "dr-lee")
    assert said.out.startswith(f"Next: {id}\n")
    assert "level 3 of esi" in said.out
    assert "nobody has judged it yet" in said.out
    assert f"1. {id} waits, level 3" in run("flow", "show").out


def test_a_step_is_taken_back(run: Run, office: Office) -> None:
    """The status too; why is one of four words."""
    id = book(office)
    run("flow", "arrive", id)
    assert run("flow", "back", id, "--why", "oops").code == 1
    assert run("flow", "back", id, "--why", "wrong-patient").out == "The patient is expected.\n"
    assert status(office, id) is Status.BOOKED


def test_who_leaves_unseen_is_called_off(run: Run, office: Office) -> None:
    """And the time is free."""
    id = book(office)
    run("flow", "arrive", id)
    assert run("flow", "left", id).out.startswith("The patient is gone without being seen")
    assert status(office, id) is Status.CANCELLED


def test_a_must_keeps_the_patient(run: Run, office: Office) -> None:
    """Out is refused in one line; deferred with a reason, it is let go."""
    id = book(office)
    run("flow", "with-provider", id, "dr-lee")
    task = CheckOutTask(code="form-1", kind=TaskKind.FORM, is_must=True)
    office.schedule.flow.raise_task(AppointmentId(id), task)
    assert "To do: form-1 (before the patient goes)" in run("flow", "check-out", id).out
    said = run("flow", "out", id)
    assert said.code == 1
    assert "task form-1" in said.err
    assert run("flow", "settle", id, "form-1", "--deferred", "no  paper").code == 0
    assert run("flow", "out", id).code == 0


def test_a_follow_up_that_no_rule_keeps_is_said(folder: Path, office: Office, run: Run) -> None:
    """Without a rule nothing is raised, and whoever typed the weeks learns it."""
    id = book(office)
    (folder / "schedule.toml").write_text("")
    run("flow", "with-provider", id, "dr-lee")
    assert "book it now" in run("flow", "check-out", id, "--weeks", "6").out
    assert run("flow", "out", id).code == 0


def test_a_wait_is_not_guessed(run: Run) -> None:
    """An office without a past says that it has none."""
    said = run("flow", "wait")
    assert said.code == 1
    assert "too little is known" in said.err


def test_a_reminder_from_due_to_the_reply(run: Run, office: Office) -> None:
    """Due by text once she agreed; noted once; a yes confirms, a no after it calls off."""
    id = book(office, after=timedelta(hours=47))
    assert run("remind", "consent", "pat-ana", "--by", "text").code == 0
    due = run("remind", "due")
    assert due.code == 0
    if "0 to send now." in due.out:  # it is night where she lives
        assert "WAITS" in due.out.upper()
        return
    assert id in due.out
    assert "text" in due.out
    sent = run("remind", "sent", id)
    assert sent.out == "Noted: send it by text, in es.\n"
    again = run("remind", "sent", id)
    assert again.code == 1
    assert "no reminder of that visit is due" in again.err
    assert run("remind", "reply", "--from", "pat-ana", typed="sí, confirmo\n").out == f"Confirmed: {id}\n"
    moved = run("remind", "reply", "otra hora", "--from", id)
    assert moved.out == f"For the desk: wants another time {id}\n"
    assert run("remind", "reply", "--from", id, typed="no puedo ir").out == f"Called off: {id}\n"
    assert status(office, id) is Status.CANCELLED


def test_one_that_came_back_is_noted(run: Run, office: Office) -> None:
    """After it was sent; before that there is none."""
    id = book(office, after=timedelta(hours=47))
    assert run("remind", "failed", id).code == 1
    run("remind", "consent", id, "--by", "text")
    if run("remind", "sent", id).code == 0:  # else it is night where she lives
        assert run("remind", "failed", id).out.startswith("Noted: it came back by text")


def test_stop_ends_messages(run: Run, office: Office) -> None:
    """What else it may mean is for the desk."""
    run("remind", "consent", "pat-ana", "--by", "text")
    assert run("remind", "reply", "--from", "pat-ana", typed="STOP").out == "Noted: no more messages.\n"
    assert "stop, or cancel?" in run("remind", "reply", "--from", "pat-ana", typed="cancel").out
    assert run("remind", "consent", "pat-ana", "--by", "voice", "--end").code == 0
    record = office.schedule.reminders.record(PatientId("pat-ana"))
    assert {channel for _, channel in record.consents} == {Channel.TEXT, Channel.VOICE}


def test_a_recall_from_due_to_tried(run: Run, office: Office) -> None:
    """Seen five weeks ago, so due: asked, noted, not asked again the same day; a person may; who declines is left."""
    then = office.clock.now() - timedelta(days=35)
    past = attrs.evolve(office, clock=FixedClock(then))
    id = book(past)
    past.check_in(AppointmentId(id))
    past.change_status(AppointmentId(id), Status.FULFILLED)
    due = run("recall", "due")
    assert due.code == 0, due.err
    assert re.search(r"pat-ana +check +\d{4}-\d\d-\d\d +0 +no way that they agreed to", due.out)
    run("remind", "consent", "pat-ana", "--by", "text")
    assert "text" in run("recall", "due").out
    tried = run("recall", "tried", "pat-ana", "check", "--by", "voice", "--outcome", "message-left")
    assert tried.out == "Noted: asked by voice, message-left.\n"
    assert "0 to ask today." in run("recall", "due").out
    assert run("recall", "tried", id, "check", "--by", "voice").code == 1
    assert run("recall", "tried", id, "check", "--by", "voice", "--anyway").code == 0
    assert run("recall", "declined", "pat-ana", "check").code == 0
    assert run("recall", "order", "pat-ana", "check", "--due", "2030-01-02").out == "Noted: due 2030-01-02.\n"


def test_an_office_without_rules_is_told_where_they_go(run: Run, folder: Path) -> None:
    """In its schedule.toml."""
    (folder / "schedule.toml").unlink()
    said = run("recall", "due")
    assert said.code == 1
    assert "[recalls]" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("flow", "arrive", "apt-none"),
        ("flow", "arrive", "not an id"),
        ("flow", "show", "--on", "someday"),
        ("flow", "next", "--with", "Dr. Lee"),
        ("flow", "wait", "apt-none"),
        ("flow", "room", "VISIT", "Room 1"),
        ("flow", "room", "VISIT", "exam-11"),
        ("flow", "with-provider", "VISIT", "dr-leee"),
        ("flow", "provider-left", "VISIT", "dr-leee"),
        ("flow", "triage", "VISIT", "9"),
        ("flow", "room", "VISIT", "exam-1", "--at", "tomorrow"),
        ("flow", "out", "VISIT"),
        ("flow", "settle", "VISIT", "form-1"),
        ("flow", "settle", "VISIT", "Form 1"),
        ("flow", "settle", "VISIT", "form-1", "--declined", "no", "--deferred", "later"),
        ("flow", "back", "VISIT"),
        ("remind", "sent", "VISIT"),
        ("remind", "consent", "pat-nobody", "--by", "text"),
        ("remind", "consent", "pat-ana", "--by", "pigeon"),
        ("remind", "reply", "yes", "--from", "pat-nobody"),
        ("recall", "tried", "pat-ana", "chek", "--by", "text"),
        ("recall", "tried", "pat-ana", "check", "--by", "text"),
        ("recall", "tried", "pat-ana", "check", "--by", "text", "--outcome", "cried"),
        ("recall", "declined", "pat-nobody", "check"),
        ("recall", "order", "pat-ana", "check", "--due", "soon"),
    ],
    ids=" ".join,
)
def test_what_is_typed_wrongly_is_one_sentence(run: Run, office: Office, arguments: tuple[str, ...]) -> None:
    """Exit code 1, one line that says what to do, and never a traceback."""
    id = book(office)
    said = run(*(id if each == "VISIT" else each for each in arguments))
    assert said.code == 1
    assert len(said.err.strip().splitlines()) == 1
    assert "not foreseen" not in said.err
