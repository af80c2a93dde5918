"""Which times suit whom: each reason by an example, and wishes in wall time against a clock."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from medoffice.core import AppointmentId, DateRange, PatientId, Refused, ResourceId, TimeSlot, at_wall_time
from medoffice.scheduling import (
    AnyOf,
    Appointment,
    Equipment,
    Hours,
    Modality,
    OneOf,
    Provider,
    Room,
    Status,
    VisitType,
    Weekly,
)
from medoffice.scheduling.waitlist import (
    AskingHours,
    CurrentVisit,
    Entry,
    EntryId,
    Filled,
    FreedSlot,
    FreedSlotId,
    Rails,
    Waitlist,
    WaitlistPolicy,
)
from medoffice.scheduling.waitlist import reasons as why
from medoffice.scheduling.waitlist.fit import is_within

ZONE = ZoneInfo("America/Chicago")
NOW = at_wall_time(date(2026, 11, 25), time(9), ZONE)
TEN = at_wall_time(date(2026, 11, 30), time(10), ZONE)  # a Monday
MINUTES = timedelta(minutes=1)
VISITS = (
    VisitType(code="follow-up", name="Follow-up", minutes=30, modalities=tuple(Modality)),
    VisitType(code="new", name="New patient", minutes=30, new_patient_minutes=60),
    VisitType(code="long", name="Long", minutes=60),
    VisitType(code="short", name="Short", minutes=10),
    VisitType(code="buffered", name="Buffered", minutes=20, buffer_before=10, buffer_after=5),
    VisitType(code="ekg", name="EKG", minutes=30, needs=(OneOf("adams", "baker"), AnyOf("ekg"))),
    VisitType(
        code="exam",
        name="Exam",
        minutes=30,
        needs=(AnyOf("exam-room", modality=Modality.IN_PERSON),),
        modalities=tuple(Modality),
    ),
    VisitType(code="team", name="Team", minutes=30, needs=(AnyOf("clinician"), AnyOf("clinician"))),
    VisitType(code="complex", name="Complex", minutes=30, is_complex=True),
    VisitType(code="by-hand", name="By hand", minutes=30),
)
RESOURCES = (
    Provider("adams", tags="clinician"),
    Provider("baker", tags="clinician"),
    Room("room-1", tags="exam-room"),
    Equipment("cart", tags="ekg"),
)
POLICY = WaitlistPolicy(
    asking=AskingHours(zone=ZONE),
    rails=Rails(most_unused=15 * MINUTES),
    by_visit=(("by-hand", Rails(is_automatic=False)),),
)
SLOT = FreedSlot(
    id=FreedSlotId("s"),
    slot=TimeSlot.lasting(TEN, 30 * MINUTES),
    occupied=TimeSlot.lasting(TEN, 30 * MINUTES),
    resources=("adams",),
    freed=NOW,
)
ENTRY = Entry(id=EntryId("e"), patient=PatientId("p"), visit="follow-up", joined=NOW, channels="sms")


def reasons(
    entry: Entry, freed: FreedSlot, *, now: datetime = NOW, held: Iterable[Appointment] = ()
) -> set[str]:
    """The codes of all reasons why an entry is not asked for a slot."""
    waitlist = Waitlist(policy=POLICY, visits=VISITS, resources=RESOURCES)
    waitlist.join(entry, now=NOW)
    waitlist.open(freed, now=NOW)
    found = waitlist.why_not_asked(entry.id, freed.id, now=now, busy=lambda _: held)
    return {finding.code for finding in found}


def appointment(start: datetime, *, id: str = "other", status: Status = Status.BOOKED) -> Appointment:
    """A visit of the patient's, with another clinician."""
    slot = TimeSlot.lasting(start, 30 * MINUTES)
    return Appointment(
        id=AppointmentId(id),
        patient=PatientId("p"),
        visit_type="follow-up",
        slot=slot,
        occupied=slot,
        resources=(ResourceId("zeller"),),
        status=status,
    )


def current(start: datetime) -> CurrentVisit:
    """The visit that the patient has."""
    return CurrentVisit(AppointmentId("mine"), TimeSlot.lasting(start, 30 * MINUTES))


def of_kind(visit: str, **more: Any) -> Entry:
    """The same patient's wish for another kind of visit."""
    return attrs.evolve(ENTRY, visit=visit, **more)


def lasting(minutes: int, *resources: str, **more: Any) -> FreedSlot:
    """A slot of another length, or of other resources."""
    time = TimeSlot.lasting(TEN, minutes * MINUTES)
    return attrs.evolve(SLOT, slot=time, occupied=time, resources=resources or ("adams",), **more)


FIRST_AND_ONLY = {why.NEXT_WAVE}
CASES = [
    ("suits, and is first in the order", ENTRY, SLOT, FIRST_AND_ONLY),
    ("another kind", ENTRY, attrs.evolve(SLOT, visit_types={"new"}), {why.OTHER_KIND}),
    ("one of the kinds", ENTRY, attrs.evolve(SLOT, visit_types={"new", "follow-up"}), FIRST_AND_ONLY),
    ("kept for new patients", ENTRY, attrs.evolve(SLOT, new_patients=True), {why.NEW_OR_KNOWN}),
    ("kept for known ones", ENTRY, attrs.evolve(SLOT, new_patients=False), FIRST_AND_ONLY),
    ("too long", of_kind("long"), SLOT, {why.TOO_LONG}),
    ("too long for a new patient only", of_kind("new", is_new_patient=True), SLOT, {why.TOO_LONG}),
    ("as long for a known one", of_kind("new"), SLOT, FIRST_AND_ONLY),
    ("too much unused", of_kind("short"), SLOT, {why.TOO_SHORT}),
    ("buffers do not fit", of_kind("buffered"), SLOT, {why.TOO_LONG}),
    ("buffers fit", of_kind("buffered"), lasting(35), FIRST_AND_ONLY),
    ("no cart", of_kind("ekg"), SLOT, {why.NEEDS_UNMET}),
    ("clinician and cart", of_kind("ekg"), lasting(30, "adams", "cart"), FIRST_AND_ONLY),
    ("cart without clinician", of_kind("ekg"), lasting(30, "cart"), {why.NEEDS_UNMET}),
    ("two clinicians, one there", of_kind("team"), SLOT, {why.NEEDS_UNMET}),
    ("two clinicians, both there", of_kind("team"), lasting(30, "adams", "baker"), FIRST_AND_ONLY),
    ("no room, but by telehealth", of_kind("exam"), SLOT, FIRST_AND_ONLY),
    ("no room", of_kind("exam", modalities=[Modality.IN_PERSON]), SLOT, {why.OTHER_MODALITY}),
    ("not by telehealth here", of_kind("new"), attrs.evolve(SLOT, modalities=[Modality.TELEHEALTH]), {why.OTHER_MODALITY}),
    ("day too early", of_kind("follow-up", days=DateRange(date(2026, 12, 1))), SLOT, {why.OTHER_DAY}),
    ("last day", of_kind("follow-up", days=DateRange(date(2026, 11, 1), date(2026, 11, 30))), SLOT, FIRST_AND_ONLY),
    ("afternoons", of_kind("follow-up", times=Weekly.of("Mon 13:00-17:00", zone=ZONE)), SLOT, {why.OTHER_HOURS}),
    ("another clinician", of_kind("follow-up", providers={"baker"}), SLOT, {why.OTHER_PROVIDER}),
    ("this clinician", of_kind("follow-up", providers={"adams"}), SLOT, FIRST_AND_ONLY),
    ("another site", of_kind("follow-up", locations="north"), attrs.evolve(SLOT, location="south"), {why.OTHER_LOCATION}),
    ("not sooner", of_kind("follow-up", current=current(TEN + timedelta(hours=20))), SLOT, {why.NOT_SOONER}),
    ("a day sooner", of_kind("follow-up", current=current(TEN + timedelta(days=1))), SLOT, FIRST_AND_ONLY),
    ("no channel", of_kind("follow-up", channels=()), SLOT, {why.NO_CHANNEL}),
    ("by hand", of_kind("by-hand"), SLOT, {why.NOT_AUTOMATIC}),
    ("complex, five days ahead", of_kind("complex"), SLOT, FIRST_AND_ONLY),
    (
        "everything at once",
        of_kind("long", channels=(), providers={"baker"}, days=DateRange(date(2026, 12, 1)), locations="north"),
        attrs.evolve(SLOT, visit_types={"new"}, new_patients=True, location="south"),
        {why.OTHER_KIND, why.NEW_OR_KNOWN, why.TOO_LONG, why.OTHER_DAY, why.OTHER_PROVIDER, why.OTHER_LOCATION, why.NO_CHANNEL},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "freed", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_every_reason_is_named_and_no_other(entry: Entry, freed: FreedSlot, expected: set[str]) -> None:
    """Each case has exactly these reasons."""
    assert reasons(entry, freed) == expected


def test_short_notice_is_by_kind() -> None:
    """A complex visit is filled by itself no later than 72 hours before, another till two hours before."""
    for hours, visit, expected in (
        (73, "complex", FIRST_AND_ONLY),
        (72, "complex", {why.SHORT_NOTICE}),
        (3, "follow-up", FIRST_AND_ONLY),
        (2, "follow-up", {why.SHORT_NOTICE}),
    ):
        assert reasons(of_kind(visit), SLOT, now=TEN - timedelta(hours=hours)) == expected


def test_a_cancelled_visit_leaves_its_time() -> None:
    """What became free is what the appointment held, at its place, for what the template keeps it for."""
    left = attrs.evolve(appointment(TEN), location="north", status=Status.CANCELLED)
    freed = FreedSlot.left_by(left, id=FreedSlotId("s"), freed=NOW, visit_types={"new"}, new_patients=True)
    assert (freed.slot, freed.occupied, freed.resources) == (left.slot, left.occupied, left.resources)
    assert (freed.location, freed.visit_types) == ("north", frozenset({"new"}))
    assert freed.new_patients


def test_a_patient_is_in_one_place_at_a_time() -> None:
    """A visit that overlaps keeps from asking; one that touches, was cancelled or is given up does not."""
    overlapping = appointment(TEN + 20 * MINUTES)
    mine = of_kind("follow-up", current=current(TEN + timedelta(days=9)))
    assert reasons(ENTRY, SLOT, held=[overlapping]) == {why.PATIENT_BUSY}
    assert reasons(ENTRY, SLOT, held=[appointment(TEN + 30 * MINUTES)]) == FIRST_AND_ONLY
    assert reasons(ENTRY, SLOT, held=[attrs.evolve(overlapping, status=Status.CANCELLED)]) == FIRST_AND_ONLY
    assert reasons(mine, SLOT, held=[appointment(TEN, id="mine")]) == FIRST_AND_ONLY


def test_a_visit_is_put_where_its_buffers_let_it() -> None:
    """It begins as the other did when that is possible, otherwise after its own preparation, and says how."""
    waitlist = Waitlist(policy=POLICY, visits=VISITS, resources=RESOURCES)
    waitlist.join(of_kind("buffered"), now=NOW)
    wide = attrs.evolve(
        SLOT, occupied=SLOT.slot.widened(before=10 * MINUTES, after=0 * MINUTES), id=FreedSlotId("wide")
    )
    for freed, start in ((lasting(35), TEN + 10 * MINUTES), (wide, TEN)):
        waitlist.open(freed, now=NOW)
        outcome = waitlist.suggestion(freed.id, now=NOW)
        assert [candidate.entry.id for candidate in outcome.candidates] == [EntryId("e")]
        asked = {offer.key.slot: offer for offer in waitlist.advance(NOW).asked}
        if freed.id in asked:
            assert asked[freed.id].time == TimeSlot.lasting(start, 20 * MINUTES)
            waitlist.decline(asked[freed.id].key, now=NOW)
    outcome_of_hand = waitlist.place(wide.id, EntryId("e"), now=NOW)
    assert isinstance(outcome_of_hand, Filled)
    assert outcome_of_hand.time == TimeSlot.lasting(TEN, 20 * MINUTES)


def test_a_person_may_pass_a_guard_rail_and_no_wish() -> None:
    """What the practice keeps from asking can be placed by hand; what does not suit cannot."""
    for entry, is_possible in ((of_kind("by-hand", channels=()), True), (of_kind("long"), False)):
        waitlist = Waitlist(policy=POLICY, visits=VISITS, resources=RESOURCES)
        waitlist.join(entry, now=NOW)
        waitlist.open(SLOT, now=NOW)
        outcome = waitlist.place(SLOT.id, entry.id, now=NOW)
        assert isinstance(outcome, Filled) == is_possible
        assert isinstance(outcome, Refused) == (not is_possible)


zones = st.sampled_from([ZONE, ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata")])
stretches = st.lists(st.integers(0, 24), min_size=2, max_size=6, unique=True).map(sorted)


@given(
    zones,
    st.dictionaries(st.integers(0, 6), stretches, max_size=7),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
        lambda each: each.replace(minute=each.minute // 15 * 15, second=0, microsecond=0)
    ),
    st.integers(1, 12).map(lambda quarters: 15 * quarters),
)
@example(ZONE, {0: [8, 10, 12]}, TEN - 30 * MINUTES, 60)
def test_a_wish_in_wall_time_is_kept_by_the_clock(
    zone: ZoneInfo, hours: dict[int, list[int]], start: datetime, minutes: int
) -> None:
    """A time is within weekly hours exactly when every one of its minutes is, by the clock on the wall."""
    pairs = {day: list(pairwise(marks)) for day, marks in hours.items()}
    times = Weekly(
        zone=zone,
        hours=tuple(
            Hours(weekday=day, opens=time(opens), closes=time(closes % 24))
            for day, of_day in pairs.items()
            for opens, closes in of_day
            if opens < 24
        ),
    )
    walls = [(start + each * MINUTES).astimezone(zone) for each in range(minutes)]
    if (
        len(
            {wall.utcoffset() for wall in walls}
            | {(start + timedelta(days=d)).astimezone(zone).utcoffset() for d in (-1, 1)}
        )
        > 1
    ):
        return  # the policy for a change of the clocks is tested with the hours
    by_clock = all(
        any(opens <= wall.hour < closes for opens, closes in pairs.get(wall.weekday(), [])) for wall in walls
    )
    assert is_within(times, TimeSlot.lasting(start, minutes * MINUTES)) == by_clock
