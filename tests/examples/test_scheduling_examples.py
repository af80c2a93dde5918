"""The three practices in examples/ run, say the same each time, and what they say is so."""

import re
import subprocess
import sys
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from itertools import combinations
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest

from medoffice.core import AppointmentId, Refused, ResourceId, TimeSlot
from medoffice.scheduling import Book, Modality, Status, flow, waitlist
from medoffice.scheduling.book import fold
from medoffice.wire.fhir import from_bytes, read_appointment, read_bundle

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NAMES = ("solo_practice", "specialty_group", "urgent_care")


def example(name: str) -> ModuleType:
    """The example as a module, made anew."""
    spec = spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def solo() -> ModuleType:
    return example("solo_practice")


@pytest.fixture(scope="module")
def group() -> ModuleType:
    return example("specialty_group")


@pytest.fixture(scope="module")
def urgent() -> ModuleType:
    return example("urgent_care")


def collisions(book: Book) -> list[tuple[AppointmentId, AppointmentId]]:
    """The pairs of visits that hold one resource at one time, and neither knew."""
    pairs = combinations(book.appointments.values(), 2)
    return [(one.id, other.id) for one, other in pairs if one.collides_with(other)]


# ── all three ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_from_anywhere_and_says_the_same_again(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a program in a process of its own it tells what it tells here; only where the picture went may differ."""
    command = [sys.executable, "-W", "error", str(EXAMPLES / f"{name}.py")]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    here = example(name)
    here.main(tmp_path) if name == "solo_practice" else here.main()
    told = [line for line in capsys.readouterr().out.splitlines() if "picture" not in line]
    assert told == [line for line in ran.stdout.splitlines() if "picture" not in line]
    assert len(told) > 15


@pytest.mark.parametrize("name", NAMES)
def test_it_is_short_and_takes_names_from_doors_only(name: str) -> None:
    """Two hundred lines at most, and nothing from a module behind the rooms' faces, which may move."""
    lines = (EXAMPLES / f"{name}.py").read_text("utf-8").splitlines()
    assert len(lines) <= 200
    for line in lines:
        if line.startswith(("from medoffice", "import medoffice")):
            assert line.split()[1].count(".") <= 2


# ── the solo practice ───────────────────────────────────────────────────────────────────────────────────────────────


def test_the_solo_practice_books_nobody_where_nobody_is(solo: ModuleType, tmp_path: Path) -> None:
    """After the whole story no visit meets another, none is on a holiday, none with a doctor on vacation."""
    book = solo.main(tmp_path)
    assert collisions(book) == []
    closed = {each.days.start for each in solo.CALENDAR.closures}
    assert {date(2026, 12, 25), date(2027, 1, 1)} <= closed
    away = solo.CALENDAR.absences[0]
    for visit in book.appointments.values():
        assert visit.slot.start.astimezone(solo.ZONE).date() not in closed
        assert away.resource not in visit.resources or not away.slot.overlaps(visit.occupied)
    assert fold(book.events) == book.state


def test_what_was_free_is_taken_and_why_not_says_so(
    solo: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first free time is booked, and afterwards each of three times is refused for its own reason."""
    book = solo.open_book()
    before = len(book.appointments)
    solo.find_and_book(book)
    told = capsys.readouterr().out
    first = book.appointments[AppointmentId("a300")].slot.start.astimezone(solo.ZONE)
    assert told.startswith(f"First free times for a physical: {first:%a %b %d %H:%M},")
    assert f"{first:%H:%M}" == "08:00"  # the practice opens
    assert len(book.appointments) == before + 1 + 4
    reasons = [set(re.findall(r"SCH\d{3}", part)) for part in told.split("why not")[1:]]
    assert reasons == [{"SCH001"}, {"SCH008", "SCH013"}, {"SCH012"}]


def test_the_shots_keep_their_hour_and_leave_the_holidays_out(solo: ModuleType) -> None:
    """Four of six Fridays at ten o'clock are booked, all in one series."""
    book = solo.open_book()
    solo.find_and_book(book)
    shots = [each for each in book.appointments.values() if each.series == "shots"]
    starts = [each.slot.start.astimezone(solo.ZONE) for each in shots]
    assert [f"{start:%m-%d %H:%M}" for start in starts] == [
        "12-18 10:00",
        "01-08 10:00",
        "01-15 10:00",
        "01-22 10:00",
    ]


def test_the_cancelled_time_has_one_new_patient(solo: ModuleType) -> None:
    """The time that was given up is held by one visit, which came from later; the hold for it is over."""
    book = solo.open_book()
    before = dict(book.appointments)
    solo.fill_a_cancellation(book)
    (given_up,) = (each for each in book.appointments.values() if each.status is Status.CANCELLED)
    (now_there,) = (
        each
        for each in book.appointments.values()
        if each.is_occupying
        and each.occupied.overlaps(given_up.occupied)
        and not set(each.resources).isdisjoint(given_up.resources)
    )
    assert now_there.patient != given_up.patient
    assert now_there.slot == given_up.slot
    assert now_there.slot.start < before[now_there.id].slot.start
    assert not any(hold.is_occupying for hold in book.holds.values())


def test_every_reminder_is_counted_once(solo: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """The lines of the reminders add up to their number; who agreed to no text is asked by e-mail."""
    solo.remind(solo.open_book())
    first, *rest = capsys.readouterr().out.splitlines()
    assert first.startswith("Tue Dec 15 10:00")
    counts = [int(line.split()[0]) for line in rest if "not sent" not in line]
    assert sum(counts) == int(re.findall(r"(\d+) reminders", first)[0])
    assert any("by email" in line for line in rest)


def test_the_best_plan_costs_less_than_the_usual_one(
    solo: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """The proof holds, each patient has a quarter of an hour, and the evenly spaced plan costs more."""
    solo.foresee_and_plan(solo.open_book())
    told = capsys.readouterr().out
    usual, best = (float(number) for number in re.findall(r"weighted ([\d.]+)", told))
    assert best < usual
    patients = int(re.findall(r"Tomorrow morning, (\d+) patients", told)[0])
    line = next(line for line in told.splitlines() if "each quarter" in line)
    assert sum(map(int, re.findall(r"\d+", line))) == patients
    assert line.endswith("True")


def test_the_picture_shows_no_patient(solo: ModuleType, tmp_path: Path) -> None:
    """What was drawn is SVG, with clinicians and kinds of visit, and no id of a patient or a visit."""
    book = solo.open_book()
    solo.measure_and_draw(book, tmp_path)
    text = (tmp_path / "tomorrow.svg").read_text("utf-8")
    assert ET.fromstring(text).tag.endswith("svg")  # noqa: S314 - we made it ourselves
    assert "Dr. Rivera" in text
    assert "Follow-up" in text
    ids = {str(each.patient) for each in book.appointments.values()} | {str(id) for id in book.appointments}
    assert not ids & set(re.findall(r"\b[ap]\d+\b", text))


# ── the specialty group ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_stress_echo_has_all_it_needs_at_one_site(group: ModuleType) -> None:
    """Clinician, room and both devices are taken together, where the EKG is; telehealth takes no room."""
    book, window = Book(group.CALENDAR), group.NEXT_WEEK
    for free in book.find("stress-echo", window=window, now=group.NOW):
        tags = [group.CALENDAR.resource(each).tags for each in free.resources]
        assert sorted(tag for each in tags for tag in each) == ["cardiology", "echo", "ekg", "room"]
        assert free.location == "downtown"
    for free in book.find("diabetes-check", window=window, now=group.NOW, modality=Modality.TELEHEALTH)[:20]:
        assert len(free.resources) == 1


def test_a_class_keeps_its_hour_across_the_change_of_the_clocks(group: ModuleType) -> None:
    """Ten o'clock stays ten o'clock on both Fridays, which is another hour of UTC; three seats are all."""
    book = Book(group.CALENDAR)
    group.teach(book)
    starts = sorted({each.slot.start for each in book.appointments.values()})
    assert [start.astimezone(group.ZONE).hour for start in starts] == [10, 10]
    assert [start.hour for start in starts] == [15, 14]
    assert len(book.appointments) == 6
    fourth = book.why_not("diabetes-class", starts[0], now=group.NOW)
    assert "SCH018" in {finding.code for finding in fourth}


def test_equal_clinicians_get_equal_shares(group: ModuleType) -> None:
    """Twelve visits are six and six when they are shared out."""
    book = Book(group.CALENDAR)
    group.share_out(book)
    visits = [each.resources for each in book.appointments.values()]
    shares = [sum(ResourceId(name) in each for each in visits) for name in ("dr-eriksen", "dr-flores")]
    assert shares == [6, 6]
    assert collisions(book) == []


def test_each_specialty_has_rails_of_its_own(group: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """With a day's notice orthopedics asks a patient, and cardiology leaves the time to a person."""
    group.fill(Book(group.CALENDAR))
    joints, heart = capsys.readouterr().out.splitlines()
    assert re.search("joint-check: waits-for-joint-check is asked", joints)
    assert "heart-visit: a person decides" in heart
    assert waitlist.Rails().no_fill_within < waitlist.Rails().no_fill_within_complex
    assert "WTL020" in heart


def test_whoever_is_displaced_has_a_place_and_it_is_proven(
    group: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """After replanning nothing is left that does not fit; the urgent are seen on their day; points meet the bound."""
    book = group.replace(Book(group.CALENDAR))
    told = capsys.readouterr().out
    assert book.misfits(window=group.NEXT_WEEK, now=group.NOW) == ()
    assert collisions(book) == []
    total, least = map(int, re.findall(r"(\d+) points, none below (\d+)", told)[0])
    points = [int(number) for number in re.findall(r", (\d+)  ", told)]
    assert total == least == sum(points)
    for line in told.splitlines():
        if "; urgent" in line:
            assert line.split(" -> ")[1].startswith("Mon 15")


def test_the_feed_names_no_patient_and_fhir_reads_back(group: ModuleType) -> None:
    """The calendar has no id of a patient; the bundle gives the same appointments back."""
    book = Book(group.CALENDAR)
    group.teach(book)
    feed, bundle = group.publish(book)
    assert not any(each.patient.value.encode() in feed for each in book.appointments.values())
    assert b"Diabetes" not in feed
    resources = read_bundle(from_bytes(bundle)).value.resources
    read = [
        read_appointment(each).value.appointment
        for each in resources
        if each["resourceType"] == "Appointment"
    ]
    assert read == list(book.appointments.values())


# ── the urgent care ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_line_goes_by_urgency_and_lifts_who_waited_long(
    urgent: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """The chest pain is first though last to come; the sprain was lifted before the fever that came later."""
    urgent.call(urgent.at(9, 30))
    line = capsys.readouterr().out.splitlines()[0]
    assert re.findall(r"([a-z-]+) \(level (\d)\)", line) == [
        ("chest-pain", "2"),
        ("sprain", "3"),
        ("fever", "3"),
        ("rash", "5"),
    ]


def test_ranges_held_about_as_often_as_they_said(
    urgent: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of all ranges told on a day that was not learned from, about four in five held."""
    urgent.measure(urgent.foretell())
    told = capsys.readouterr().out
    held, asked = map(int, re.findall(r"(\d+) of (\d+) ranges", told)[0])
    assert asked >= 100
    assert 0.7 <= held / asked <= 0.95
    came, seen = map(int, re.findall(r"(\d+) came, (\d+) were seen", told)[0])
    assert seen <= came
    assert f"(n = {seen})" in told


def test_nobody_goes_with_a_must_open_and_the_book_knows_who_left(
    urgent: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """The patient leaves once the follow-up is settled, and then the visit is fulfilled in the book too."""
    book = Book(urgent.CALENDAR)
    seen = urgent.see(book)
    assert "FLW009" in capsys.readouterr().out
    assert seen.stage is flow.Stage.OUT
    assert book.appointments[AppointmentId("walk-in")].status is Status.FULFILLED


def test_overbooking_shares_a_clinician_and_never_a_room(urgent: ModuleType) -> None:
    """The level is the one of most utility; what is shared is the named clinician; the second sutures are refused."""
    book = Book(urgent.CALENDAR, urgent.POLICY)
    level = urgent.overbook(book)
    assert level.utility == max(each.utility for each in level.levels)
    assert level.booked == 5
    shared = {each for visit in book.appointments.values() for each in visit.shared}
    assert shared == {ResourceId("clinician-1")}
    assert collisions(book) == []
    assert len(book.appointments) == level.booked + 1
    again = book.book(
        "sutures",
        urgent.at(14),
        id=AppointmentId("again"),
        patient=next(iter(book.appointments.values())).patient,
        resources=["clinician-3"],
        overbook=True,
        now=urgent.at(8),
    )
    assert isinstance(again, Refused)
    assert TimeSlot(urgent.at(14), urgent.at(15)).covers(level_slot(book))


def level_slot(book: Book) -> TimeSlot:
    """From the first wound check to the end of the last."""
    visits = [each.slot for each in book.appointments.values() if each.visit_type == "wound-check"]
    return TimeSlot(min(each.start for each in visits), max(each.end for each in visits))
