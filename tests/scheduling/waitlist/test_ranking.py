from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
from hypothesis import given
from hypothesis import strategies as st

from medoffice.core import AppointmentId, PatientId, TimeSlot
from medoffice.scheduling import VisitType
from medoffice.scheduling.waitlist import (
    AskingHours,
    CurrentVisit,
    Entry,
    EntryId,
    EntryStanding,
    FreedSlot,
    FreedSlotId,
    Points,
    Urgency,
    WaitlistPolicy,
)
from medoffice.scheduling.waitlist.fit import kind_fit
from medoffice.scheduling.waitlist.office import WaitlistOffice
from medoffice.scheduling.waitlist.ranking import rank, rank_key

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
DAY = timedelta(days=1)
VISIT = VisitType(code="follow-up", name="Follow-up", minutes=30)
OFFICE = WaitlistOffice.of(WaitlistPolicy(asking=AskingHours(zone=ZoneInfo("America/Chicago"))), [VISIT], [])
TIME = TimeSlot.lasting(NOW + 2 * DAY, timedelta(minutes=30))
SLOT = FreedSlot(id=FreedSlotId("s"), slot=TIME, occupied=TIME, resources=("adams",), freed=NOW)
KIND = kind_fit(OFFICE, SLOT, VISIT, new_patient=False)


@st.composite
def standings(draw: st.DrawFn) -> EntryStanding:
    """Anybody on the list, asked any number of times."""
    waited = draw(st.integers(0, 300))
    asked = sorted(draw(st.lists(st.integers(0, waited), max_size=6)), reverse=True)
    sooner = draw(st.none() | st.integers(1, 90))
    mine = TimeSlot.lasting(TIME.start + (sooner or 0) * DAY, TIME.length)
    name = f"e{draw(st.integers(0, 9))}"
    entry = Entry(
        id=EntryId(name),
        patient=PatientId(name),
        visit="follow-up",
        joined=NOW - waited * DAY,
        urgency=draw(st.sampled_from(Urgency)),
        providers=draw(st.sampled_from([(), ("adams",)])),
        current=None if sooner is None else CurrentVisit(AppointmentId("a"), mine),
    )
    return EntryStanding(
        entry=entry, asked=tuple(NOW - days * DAY for days in asked), missed=draw(st.integers(0, 2))
    )


def points(standing: EntryStanding) -> int:
    """How many points somebody has for the slot."""
    return rank(standing, SLOT, KIND, points=Points(), now=NOW).points


@given(standings())
def test_the_parts_add_up_to_what_decides(standing: EntryStanding) -> None:
    """What is explained is what the order rests on: the same sum, a step for each part, none of it idle."""
    ranking = rank(standing, SLOT, KIND, points=Points(), now=NOW)
    assert -ranking.points == rank_key(standing, SLOT, KIND, points=Points(), now=NOW)[0]
    assert ranking.explained.value == sum(part.points for part in ranking.parts)
    assert len(ranking.explained.trace.steps) == len(ranking.parts)
    assert all(part.points and part.why for part in ranking.parts)


@given(standings(), st.integers(1, 100))
def test_waiting_and_a_late_yes_never_set_back(standing: EntryStanding, days: int) -> None:
    """Who waits longer, is more urgent or missed a time has no fewer points; more urgent has more."""
    entry = standing.entry
    longer = attrs.evolve(standing, entry=attrs.evolve(entry, joined=entry.joined - days * DAY))
    assert points(longer) >= points(standing)
    assert points(attrs.evolve(standing, missed=standing.missed + 1)) > points(standing)
    if entry.urgency < Urgency.URGENT:
        urgent = attrs.evolve(entry, urgency=Urgency(entry.urgency + 1))
        assert points(attrs.evolve(standing, entry=urgent)) > points(standing)


@given(standings())
def test_being_asked_puts_others_first(standing: EntryStanding) -> None:
    """Whoever has just been asked has fewer points than before."""
    assert points(attrs.evolve(standing, asked=(*standing.asked, NOW))) < points(standing)


@given(standings(), standings())
def test_nobody_is_passed_over_for_ever(patient: EntryStanding, favourite: EntryStanding) -> None:
    """Whatever speaks for another, somebody who is not asked comes first after a while, since others are asked."""
    asked_often = attrs.evolve(favourite, asked=(*favourite.asked, NOW + 200 * DAY - DAY))
    later = NOW + 200 * DAY
    mine, theirs = (
        rank(each, SLOT, KIND, points=Points(), now=later).points for each in (patient, asked_often)
    )
    assert mine > theirs


@given(st.lists(standings(), max_size=8, unique_by=lambda each: each.entry.id), st.randoms())
def test_the_order_is_the_same_however_the_list_is_kept(
    several: list[EntryStanding], shuffle: object
) -> None:
    """Points, then who joined first, then the id: no two come in an order of chance."""

    def key(each: EntryStanding) -> tuple[int, datetime, EntryId]:
        return rank_key(each, SLOT, KIND, points=Points(), now=NOW)

    mixed = list(several)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    assert sorted(mixed, key=key) == sorted(several, key=key)


def test_a_ranking_reads_as_sentences() -> None:
    """Each step says how many points there were, and for what."""
    mine = TimeSlot.lasting(TIME.start + 14 * DAY, TIME.length)
    entry = Entry(
        id=EntryId("e1"),
        patient=PatientId("p1"),
        visit="follow-up",
        joined=NOW - 21 * DAY,
        urgency=Urgency.SOON,
        providers=("adams",),
        current=CurrentVisit(AppointmentId("a1"), mine),
    )
    standing = EntryStanding(entry=entry, asked=(NOW - 4 * DAY,))
    assert str(rank(standing, SLOT, KIND, points=Points(), now=NOW).explained.trace) == (
        "+40 urgency (the clinician said soon)\n"
        "+14 days-gained (14 days sooner than the visit they have)\n"
        "+21 waited (21 days on the list)\n"
        "+12 not-asked-since (4 days without being asked)\n"
        "-10 asked-recently (1 times asked in 28 days)\n"
        "+10 fit (asked for this clinician by name)"
    )
