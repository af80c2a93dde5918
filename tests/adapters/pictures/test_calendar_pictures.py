"""Pictures of a day and a week: what is in them, what is not, and that the same one comes out twice."""

import struct
import xml.etree.ElementTree as ET
from datetime import date, datetime, time, timedelta
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import matplotlib as mpl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medoffice.adapters.pictures import (
    Block,
    DayPicture,
    WeekPicture,
    day_picture,
    render_png,
    render_svg,
    week_picture,
)
from medoffice.adapters.pictures.clock import clock_time, is_on, span_on
from medoffice.adapters.pictures.drawing import fitted, width_of
from medoffice.adapters.pictures.palette import CLOSED, GROUND, HELD, INK, LOOKS, NOW, OPEN, QUIET
from medoffice.adapters.pictures.week import hours_and_minutes
from medoffice.core import AppointmentId, InvalidValue, PatientId, ResourceId, TimeSlot
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.visits import VisitType

ZONE = ZoneInfo("America/Chicago")
MONDAY = date(2026, 11, 2)
MINUTE = timedelta(minutes=1)
VISITS = (
    VisitType(code="check-up", name="Check-up", minutes=30, buffer_after=10),
    VisitType(code="follow-up", name="Follow-up", minutes=15),
    VisitType(code="class", name="Class", minutes=60, capacity=8),
)
COLUMNS = {ResourceId("dr-adams"): "Dr. Adams", ResourceId("room-1"): "Room 1"}
CANARIES = ("canary-patient", "canary-visit", "canary-series", "canary reason")


def at(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    """A time on the office's clock."""
    return datetime.combine(day, time(hour, minute), ZONE)


OPENINGS = {
    ResourceId("dr-adams"): (TimeSlot(at(8), at(12)), TimeSlot(at(13), at(17))),
    ResourceId("room-1"): (TimeSlot(at(8), at(17)),),
}


def visit(number: int, start: datetime, code: str = "check-up", **more: Any) -> Appointment:
    """A visit of a patient whose id must not be drawn."""
    kind = next(each for each in VISITS if each.code == code)
    appointment = Appointment(
        id=AppointmentId(f"canary-visit-{number}"),
        patient=PatientId(f"canary-patient-{number}"),
        visit_type=code,
        slot=kind.slot_at(start),
        occupied=kind.occupied_at(start),
        resources=tuple(sorted(COLUMNS)),
        series="canary-series",
        reason="canary reason",
    )
    return attrs.evolve(appointment, **more)


BOOKED = (
    visit(1, at(8)),
    visit(2, at(9), "follow-up"),
    visit(3, at(9), status=Status.PENDING),
    visit(4, at(11), status=Status.CANCELLED),
    visit(5, at(14), "follow-up", status=Status.NOSHOW),
)
DAY = day_picture(
    MONDAY,
    zone=ZONE,
    columns=COLUMNS,
    openings=OPENINGS,
    appointments=BOOKED,
    visits=VISITS,
    now=at(10, 20),
)
WEEK = week_picture(
    [MONDAY + timedelta(days=count) for count in range(7)],
    zone=ZONE,
    rows=COLUMNS,
    openings=OPENINGS,
    appointments=BOOKED,
)
PICTURES = pytest.mark.parametrize("picture", [DAY, WEEK], ids=["day", "week"])


@PICTURES
def test_no_patient_is_in_a_picture(picture: DayPicture | WeekPicture) -> None:
    """Neither the value nor the SVG nor the PNG holds an id of a patient or visit, a series or a reason."""
    drawn = [repr(picture).encode(), render_svg(picture), render_png(picture)]
    for canary in CANARIES:
        assert not any(canary.encode() in each for each in drawn)


@PICTURES
def test_the_same_picture_is_the_same_bytes(picture: DayPicture | WeekPicture) -> None:
    """A picture drawn twice, and after another, is the same to the byte, and leaves no setting behind."""
    before = dict(mpl.rcParams)
    first = render_svg(picture), render_png(picture)
    render_svg(WEEK)
    assert (render_svg(picture), render_png(picture)) == first
    assert dict(mpl.rcParams) == before


@PICTURES
def test_who_cannot_see_it_can_have_it_read(picture: DayPicture | WeekPicture) -> None:
    """The SVG is well-formed, says that it is an image, and holds title and description as text."""
    root = ET.fromstring(render_svg(picture))  # noqa: S314 - our own bytes
    assert root.get("role") == "img"
    texts = {child.get("id"): child.text for child in root if child.get("id") in {"title", "description"}}
    assert texts == {"title": picture.title, "description": picture.description}


@PICTURES
def test_a_picture_is_as_wide_as_asked(picture: DayPicture | WeekPicture) -> None:
    """A PNG has the width that was asked for, one pixel a unit."""
    head = render_png(picture, width=1200)[16:24]
    assert struct.unpack(">II", head)[0] == 1200


def test_too_many_columns_make_it_wider() -> None:
    """Rather than being drawn too narrow to read, twenty columns make a wider picture."""
    many = {ResourceId(f"dr-{number}"): f"Dr. {number}" for number in range(20)}
    picture = day_picture(MONDAY, zone=ZONE, columns=many, openings={}, appointments=(), visits=VISITS)
    assert struct.unpack(">II", render_png(picture)[16:24])[0] > 2000


def test_a_day_is_told_in_words() -> None:
    """The description names hours, kinds and times, and what still waits for a yes; no more."""
    first, second = DAY.description.splitlines()
    assert first == (
        "Dr. Adams: open 8:00 am to 12:00 pm, 1:00 pm to 5:00 pm; 8:00 am to 8:30 am Check-up; "
        "9:00 am to 9:15 am Follow-up; 9:00 am to 9:30 am Check-up, waits for a yes."
    )
    assert second.startswith("Room 1: open 8:00 am to 5:00 pm; ")
    assert DAY.title == "Monday, November 2, 2026"
    assert DAY.now == 10 * 60 + 20


def test_a_week_is_told_in_words() -> None:
    """The description says how full each day is and what is free."""
    first = WEEK.description.splitlines()[0]
    assert first.startswith("Dr. Adams: Mon 2 17% held, 6 h 40 free; Tue 3 closed;")
    assert WEEK.title == "Monday, November 2, 2026 – Sunday, November 8, 2026"
    assert [hours_and_minutes(each) for each in (45, 60, 95)] == ["45 min", "1 h", "1 h 35"]


def test_the_line_of_now_is_drawn_on_its_own_day() -> None:
    """On another day, or before the first hour, there is no line."""
    for now in (at(10, day=MONDAY + timedelta(days=1)), at(3), None):
        picture = day_picture(
            MONDAY,
            zone=ZONE,
            columns=COLUMNS,
            openings=OPENINGS,
            appointments=(),
            visits=VISITS,
            now=now,
        )
        assert picture.now is None


def test_a_group_is_one_block() -> None:
    """Five patients of one class are one block that counts them; another class beside it is another."""
    seats = [visit(number, at(9), "class", seats=8) for number in range(5)]
    other = visit(9, at(9), "class", seats=8, resources=(ResourceId("room-1"),))
    picture = day_picture(
        MONDAY,
        zone=ZONE,
        columns=COLUMNS,
        openings=OPENINGS,
        appointments=[*seats, other],
        visits=VISITS,
    )
    first, second = picture.columns
    assert [(block.patients, block.seats, block.lanes) for block in first.blocks] == [(5, 8, 1)]
    assert sorted((block.patients, block.lanes) for block in second.blocks) == [(1, 2), (5, 2)]
    assert "9:00 am to 10:00 am Class 5 of 8" in picture.description


def test_what_cannot_be_drawn_is_refused() -> None:
    """A picture of nothing, and a visit of a kind without a name, are the caller's mistakes."""
    with pytest.raises(InvalidValue):
        day_picture(MONDAY, zone=ZONE, columns={}, openings={}, appointments=(), visits=())
    with pytest.raises(InvalidValue):
        day_picture(MONDAY, zone=ZONE, columns=COLUMNS, openings={}, appointments=BOOKED, visits=())
    with pytest.raises(InvalidValue):
        week_picture([], zone=ZONE, rows=COLUMNS, openings={}, appointments=())


starts = st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["check-up", "follow-up"])), max_size=12)


@given(starts)
def test_blocks_never_cover_each_other(booked: list[tuple[int, str]]) -> None:
    """Visits that overlap lie side by side, whatever was overbooked, and each visit that holds time is there."""
    visits = [visit(number, at(8) + count * 15 * MINUTE, code) for number, (count, code) in enumerate(booked)]
    picture = day_picture(
        MONDAY, zone=ZONE, columns=COLUMNS, openings=OPENINGS, appointments=visits, visits=VISITS
    )
    for column in picture.columns:
        assert len(column.blocks) == len(visits)
        for one, other in combinations(column.blocks, 2):
            if one.held[0] < other.held[1] and other.held[0] < one.held[1]:
                assert (one.lane, one.lanes) != (other.lane, other.lanes)
                assert one.lanes == other.lanes
        for block in column.blocks:
            assert 0 <= block.lane < block.lanes
            assert picture.first <= block.held[0] < block.held[1] <= picture.last


@given(st.integers(0, 1439), st.integers(1, 3000))
def test_a_span_stays_within_its_day(start: int, length: int) -> None:
    """Cut at midnight, a span of any length lies within the day's 1440 minutes, on days of clock changes too."""
    for day in (MONDAY, date(2026, 11, 1), date(2026, 3, 8)):
        slot = TimeSlot.lasting(at(0, day=day) + start * MINUTE, length * MINUTE)
        for shown in (day, day + timedelta(days=1)):
            first, last = span_on(slot, shown, ZONE)
            assert 0 <= first <= last <= 1440
            if not is_on(slot, shown, ZONE):
                assert first == last


@settings(max_examples=25)
@given(
    st.text(st.characters(codec="latin-1", categories=["L", "N", "P", "Zs"]), max_size=30),
    st.integers(5, 200),
)
def test_text_never_runs_over(text: str, width: int) -> None:
    """What is fitted is no wider than its room, and is the text itself when that fits."""
    cut = fitted(text, size=14, width=width)
    assert width_of(cut, size=14) <= width
    assert cut == text or width_of(text, size=14) > width


def test_a_clock_of_twelve_hours() -> None:
    """Midnight and noon are twelve."""
    assert [clock_time(each) for each in (0, 719, 720, 785)] == [
        "12:00 am",
        "11:59 am",
        "12:00 pm",
        "1:05 pm",
    ]
    assert Block(kind=0, visit=(0, 1), held=(0, 1)).lanes == 1


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_text_can_be_read_on_its_ground() -> None:
    """Text has a contrast of 7 at least (WCAG AAA) on everything it is written on, shapes of 3."""
    for ground in (GROUND, OPEN, *(each.ground for each in LOOKS)):
        assert contrast(INK, ground) >= 7
    assert contrast(QUIET, GROUND) >= 7
    assert contrast(QUIET, CLOSED) >= 4.5
    assert contrast(OPEN, NOW) >= 7
    assert contrast(HELD, OPEN) >= 7
    assert all(contrast(each.strong, each.ground) >= 3 for each in LOOKS)


def test_kinds_differ_by_more_than_colour() -> None:
    """No two looks share a pattern."""
    assert len({each.pattern for each in LOOKS}) == len(LOOKS)
