"""Access, fill, lead time and what became of visits: against slow counting, and on small days by hand."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import AppointmentId, DateRange, InvalidValue, PatientId, ResourceId, TimeSlot
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.measures import (
    Access,
    Gain,
    NotOffered,
    Rate,
    Spread,
    TooFew,
    access_over,
    bump_rate,
    cancellation_rate,
    days_gained,
    fill,
    late_cancellation_rate,
    lead_time,
    next_available,
    no_show_rate,
    third_next_available,
)
from medoffice.scheduling.search import FreeSlot

ZONE = ZoneInfo("America/New_York")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 11, 2, 13, tzinfo=UTC)  # 08:00, the day after the clocks went back
NOVEMBER = DateRange(date(2026, 11, 1), date(2026, 11, 30))
ADAMS, BAKER = ResourceId("dr-adams"), ResourceId("dr-baker")


def offer(start: datetime, who: ResourceId = ADAMS, minutes: int = 30) -> FreeSlot:
    """A time to be had."""
    slot = TimeSlot.lasting(start, minutes * MINUTE)
    return FreeSlot(visit="check-up", slot=slot, occupied=slot, resources=(who,), lead=who)


offers = st.lists(
    st.builds(
        offer,
        st.integers(-20, 400).map(lambda count: MONDAY + count * 15 * MINUTE),
        st.sampled_from([ADAMS, BAKER]),
    ),
    max_size=25,
)


def most_that_can_be_had(found: list[FreeSlot], until: datetime) -> int:
    """How many offers up to a start can be taken together: earliest end first, which takes the most."""
    taken: list[FreeSlot] = []
    for each in sorted(found, key=lambda one: one.slot.end):
        clash = any(each.lead == one.lead and each.slot.overlaps(one.slot) for one in taken)
        if MONDAY <= each.slot.start <= until and not clash:
            taken.append(each)
    return len(taken)


@given(offers, st.integers(1, 5))
def test_the_nth_is_the_first_start_up_to_which_n_can_be_had(found: list[FreeSlot], nth: int) -> None:
    """Up to the start that is given, n appointments can be had at once, and up to no earlier one."""
    match next_available(found, now=MONDAY, zone=ZONE, nth=nth):
        case Access(days=days, start=start):
            assert most_that_can_be_had(found, start) >= nth
            assert most_that_can_be_had(found, start - MINUTE) < nth
            assert days == (start.astimezone(ZONE).date() - date(2026, 11, 2)).days
        case NotOffered(found=count):
            assert count == most_that_can_be_had(found, MONDAY + 100 * DAY) < nth


@given(offers, offers)
def test_more_offers_never_put_it_off(found: list[FreeSlot], more: list[FreeSlot]) -> None:
    """With more to be had the third comes no later."""
    before = third_next_available(found, now=MONDAY, zone=ZONE)
    after = third_next_available([*found, *more], now=MONDAY, zone=ZONE)
    if isinstance(before, Access):
        assert isinstance(after, Access)
        assert after.start <= before.start


def test_a_grid_is_not_three_appointments() -> None:
    """Three starts of a quarter are one half hour; the third appointment is a weekend away."""
    friday = MONDAY + 4 * DAY
    quarters = [offer(friday + count * 15 * MINUTE) for count in range(3)]
    found = [*quarters, offer(friday + 3 * DAY), offer(friday + 4 * DAY)]
    third = third_next_available(found, now=friday, zone=ZONE)
    assert third == Access(days=3, start=friday + 3 * DAY, nth=3)
    assert third_next_available(quarters, now=friday, zone=ZONE) == NotOffered(found=2, nth=3)
    spread = access_over([third, NotOffered(found=0, nth=3)], window=NOVEMBER)
    assert isinstance(spread, Spread)
    assert spread.values == (3,)


def test_counting_begins_at_one() -> None:
    """The noughth appointment is nobody's."""
    with pytest.raises(InvalidValue):
        next_available([], now=MONDAY, zone=ZONE, nth=0)


statuses = st.sampled_from(Status)


@st.composite
def appointments(draw: st.DrawFn) -> list[Appointment]:
    """Visits of any state about the first days of November."""
    found = []
    for number in range(draw(st.integers(0, 12))):
        start = MONDAY + draw(st.integers(-40, 300)) * 15 * MINUTE
        slot = TimeSlot.lasting(start, draw(st.integers(1, 6)) * 15 * MINUTE)
        found.append(
            Appointment(
                id=AppointmentId(f"apt-{number}"),
                patient=PatientId("pat-1"),
                visit_type="check-up",
                slot=slot,
                occupied=slot,
                resources=(draw(st.sampled_from([ADAMS, BAKER])),),
                status=draw(statuses),
            )
        )
    return found


TWO_DAYS = DateRange(date(2026, 11, 2), date(2026, 11, 3))


@given(appointments(), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=4))
def test_fill_counts_each_minute_once(booked: list[Appointment], hours: list[tuple[int, int]]) -> None:
    """Fill is what counting quarter by quarter gives, and never more than all."""
    openings = [
        TimeSlot.lasting(MONDAY + first * 15 * MINUTE, length * 15 * MINUTE) for first, length in hours
    ]
    quarters = [MONDAY + count * 15 * MINUTE for count in range(400)]
    there = {each for each in quarters if any(each in slot for slot in openings)}
    used = {
        each
        for each in there
        for visit in booked
        if visit.is_occupying and ADAMS in visit.resources and each in visit.occupied
    }
    match fill({ADAMS: openings}, booked, window=TWO_DAYS, zone=ZONE):
        case Rate() as rate:
            assert (rate.numerator, rate.denominator) == (15 * len(used), 15 * len(there))
            assert 0 <= rate.value <= 1
        case TooFew():
            assert not there


@given(
    appointments(),
    st.frozensets(st.integers(0, 12).map(lambda number: AppointmentId(f"apt-{number}"))),
    st.integers(0, 72),
)
def test_rates_partition_what_was_due(
    booked: list[Appointment], bumped: frozenset[AppointmentId], hours: int
) -> None:
    """Every rate is of the visits that were due in the window; late is part of cancelled, bumps apart."""
    when = {each.id: each.slot.start - hours * HOUR for each in booked}
    never = {Status.ENTERED_IN_ERROR, Status.PROPOSED, Status.WAITLIST}
    due = [
        each
        for each in booked
        if each.status not in never and each.slot.start.astimezone(ZONE).date() in TWO_DAYS
    ]
    cancelled = cancellation_rate(booked, window=TWO_DAYS, zone=ZONE, bumped=bumped)
    late = late_cancellation_rate(booked, cancelled_at=when, window=TWO_DAYS, zone=ZONE, bumped=bumped)
    bumps = bump_rate(booked, bumped=bumped, window=TWO_DAYS, zone=ZONE)
    missed = no_show_rate(booked, window=TWO_DAYS, zone=ZONE)
    if not due:
        assert all(isinstance(each, TooFew) for each in (cancelled, late, bumps, missed))
        return
    assert isinstance(cancelled, Rate)
    assert isinstance(late, Rate)
    assert isinstance(bumps, Rate)
    assert cancelled.n == late.n == bumps.n == len(due)
    assert late.numerator == (cancelled.numerator if hours < 24 else 0)
    assert cancelled.numerator == sum(
        each.status is Status.CANCELLED and each.id not in bumped for each in due
    )
    shows = [each for each in due if each.status in {Status.ARRIVED, Status.CHECKED_IN, Status.FULFILLED}]
    noshows = [each for each in due if each.status is Status.NOSHOW]
    match missed:
        case Rate(numerator=part, denominator=whole):
            assert (part, whole) == (len(noshows), len(noshows) + len(shows))
        case TooFew():
            assert not noshows
            assert not shows


@given(appointments(), st.integers(0, 90))
def test_lead_time_is_in_calendar_days(booked: list[Appointment], days: int) -> None:
    """Booked at the same clock time so many days before, every visit's lead is that, over any change of clocks."""
    when = {each.id: (each.slot.start.astimezone(ZONE) - days * DAY).astimezone(UTC) for each in booked}
    match lead_time(booked, booked_at=when, window=NOVEMBER, zone=ZONE):
        case Spread(values=values):
            assert set(values) == {days}
        case TooFew():
            pass


def test_a_booking_nobody_knows_of_has_no_lead() -> None:
    """Visits whose booking is not known are left out, not guessed."""
    slot = TimeSlot.lasting(MONDAY, HOUR)
    visit = Appointment(
        id=AppointmentId("apt-1"),
        patient=PatientId("pat-1"),
        visit_type="check-up",
        slot=slot,
        occupied=slot,
        resources=(ADAMS,),
    )
    assert isinstance(lead_time([visit], booked_at={}, window=NOVEMBER, zone=ZONE), TooFew)
    unknown = attrs.evolve(visit, status=Status.CANCELLED)
    late = late_cancellation_rate([unknown], cancelled_at={}, window=NOVEMBER, zone=ZONE)
    assert isinstance(late, Rate)
    assert late.value == Fraction(0)


@pytest.mark.parametrize(("before", "late"), [(24 * HOUR, 0), (24 * HOUR - MINUTE, 1)])
def test_a_days_notice_is_notice(before: timedelta, late: int) -> None:
    """Called off exactly a day before is in time; a minute later is late."""
    slot = TimeSlot.lasting(MONDAY, HOUR)
    visit = Appointment(
        id=AppointmentId("apt-1"),
        patient=PatientId("pat-1"),
        visit_type="check-up",
        slot=slot,
        occupied=slot,
        resources=(ADAMS,),
        status=Status.CANCELLED,
    )
    rate = late_cancellation_rate(
        [visit], cancelled_at={visit.id: MONDAY - before}, window=NOVEMBER, zone=ZONE
    )
    assert isinstance(rate, Rate)
    assert rate.numerator == late


def test_a_window_for_fill_has_an_end() -> None:
    """A calendar is not full for ever."""
    with pytest.raises(InvalidValue):
        fill({}, [], window=DateRange(date(2026, 11, 1)), zone=ZONE)


def test_days_gained_are_calendar_days() -> None:
    """From an evening to a morning nineteen days before is nineteen days, whatever the hours."""
    gain = Gain(old=MONDAY + 19 * DAY + 9 * HOUR, new=MONDAY)
    found = days_gained([gain, Gain(old=MONDAY, new=MONDAY - 40 * DAY)], window=NOVEMBER, zone=ZONE)
    assert isinstance(found, Spread)
    assert found.values == (19,)
    assert isinstance(days_gained([], window=NOVEMBER, zone=ZONE), TooFew)
