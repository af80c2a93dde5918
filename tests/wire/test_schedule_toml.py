"""How a practice schedules is read whole or not at all, and complaints say where."""

from contextlib import suppress
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import MedofficeError, UnknownName
from medoffice.scheduling.book import DayLimit, Overbooking, Policy
from medoffice.scheduling.waitlist import AskingHours, Rails, WaitlistPolicy, Waves
from medoffice.wire.schedule_toml import SchedulePolicies, read_schedule
from medoffice.wire.toml import TomlFault

ZONE = ZoneInfo("America/Chicago")
WHOLE = """
[booking]
notice_minutes = 60
may_book_past = true

[booking.overbooking]
is_allowed = true
at_most = 2

[[booking.day_limits]]
at_most = 3
new_patients_only = true
visit_types = ["physical"]

[waitlist.asking]
since = 09:00:00
until = 18:30:00
weekdays = ["Mon", "Sat"]

[waitlist.waves]
sizes = [1, 2]
longest_gap = "3 h"
shortest_gap = "10 min"

[waitlist.points]
urgent = 500

[waitlist.limits]
rest_after_decline = "2 d"

[waitlist.rails]
least_gain = "0 d"

[waitlist.by_specialty.cardiology]
no_fill_within = "72 h"

[waitlist.by_visit.new-patient]
is_automatic = false
"""


def test_every_key_arrives_where_it_belongs() -> None:
    """What is left out is as everybody has it."""
    read = read_schedule(WHOLE, zone=ZONE)
    assert read.booking == Policy(
        notice_minutes=60,
        may_book_past=True,
        overbooking=Overbooking(is_allowed=True, at_most=2),
        day_limits=(DayLimit(at_most=3, zone=ZONE, visit_types="physical", new_patients_only=True),),
    )
    waitlist = read.waitlist
    assert waitlist.asking == AskingHours(zone=ZONE, since=time(9), until=time(18, 30), weekdays={0, 5})
    assert waitlist.waves == Waves(
        sizes=(1, 2), longest_gap=timedelta(hours=3), shortest_gap=timedelta(minutes=10)
    )
    assert waitlist.points.urgent == 500
    assert waitlist.limits.rest_after_decline == timedelta(days=2)
    assert waitlist.rails == Rails(least_gain=timedelta(0))
    assert dict(waitlist.by_specialty) == {"cardiology": Rails(no_fill_within=timedelta(hours=72))}
    assert dict(waitlist.by_visit) == {"new-patient": Rails(is_automatic=False)}


def test_an_empty_file_says_nothing() -> None:
    """And so does a missing one."""
    usual = SchedulePolicies(Policy(), WaitlistPolicy(asking=AskingHours(zone=ZONE)))
    assert read_schedule("", zone=ZONE) == usual


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[booking]\nnotice_minutes = '60'", "booking.notice_minutes"),
        ("[booking]\nnotice_minutes = true", "booking.notice_minutes"),
        ("[booking]\nmay_book_past = 1", "booking.may_book_past"),
        ("[booking]\nhold_minutes = 0", "booking"),
        ("[booking]\noverbooking = 3", "booking.overbooking"),
        ("[[booking.day_limits]]\nnew_patients_only = true", "booking.day_limits[0].at_most"),
        ("[[booking.day_limits]]\nat_most = 1\nvisit_types = 'a'", "booking.day_limits[0].visit_types"),
        ("[waitlist.asking]\nsince = '09:00'", "waitlist.asking.since"),
        ("[waitlist.asking]\nweekdays = ['Monday']", "waitlist.asking.weekdays"),
        ("[waitlist.asking]\nuntil = 07:00:00", "waitlist.asking"),
        ("[waitlist.waves]\nlongest_gap = '3'", "waitlist.waves.longest_gap"),
        ("[waitlist.waves]\nlongest_gap = '3 weeks'", "waitlist.waves.longest_gap"),
        ("[waitlist.waves]\nlongest_gap = 3", "waitlist.waves.longest_gap"),
        ("[waitlist.waves]\nsizes = [1.5]", "waitlist.waves.sizes"),
        ("[waitlist.waves]\nsizes = []", "waitlist.waves"),
        ("[waitlist.by_visit.EKG]\nis_automatic = false", "waitlist"),
        ("booking = [", ""),
    ],
)
def test_a_wrong_value_is_refused_at_its_place(text: str, where: str) -> None:
    """With a sentence that says what is wanted."""
    with pytest.raises(TomlFault) as fault:
        read_schedule(text, zone=ZONE)
    assert fault.value.where == where
    assert fault.value.reason


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("[boking]", "booking"),
        ("[booking]\nnotice_minute = 5", "notice_minutes"),
        ("[waitlist.wave]", "waves"),
        ("[waitlist.rails]\nis_automatc = true", "is_automatic"),
    ],
)
def test_a_key_that_is_none_is_told_with_the_nearest(text: str, meant: str) -> None:
    """A rule that was misspelt would otherwise hold for nobody."""
    with pytest.raises(UnknownName, match=meant):
        read_schedule(text, zone=ZONE)


def test_the_zone_is_the_office_s() -> None:
    """It is said once, in office.toml."""
    with pytest.raises(UnknownName, match="zone"):
        read_schedule("[waitlist.asking]\nzone = 'UTC'", zone=ZONE)


def test_every_field_of_a_policy_can_be_said() -> None:
    """A field that is added tomorrow has a reader, or this goes red."""
    simple = {"overbooking", "day_limits", "zone"}
    for field in attrs.fields(Policy):
        if field.name not in simple:
            value = "true" if field.default is False else max(int(field.default or 0), 1)
            read = read_schedule(f"[booking]\n{field.name} = {value}", zone=ZONE).booking
            assert getattr(read, field.name) == (field.default is False or value)


@given(st.text(st.characters(codec="utf-8"), max_size=80) | st.text("[]={}.\"'\n abwklit_0", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing but our own exceptions, whatever stands there."""
    with suppress(MedofficeError):
        read_schedule(text, zone=ZONE)
