"""The schedule over each store: several resources at once, holds, offers, series, exceptions, and facts that replay."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

from medoffice.core import (
    AppointmentId,
    CommandKey,
    HoldId,
    Patient,
    PatientId,
    PersonName,
    Refused,
    UnknownName,
)
from medoffice.office import Office
from medoffice.office.book.book_keeping import ALWAYS, STREAM
from medoffice.ports.store import ReadTransaction
from medoffice.scheduling import (
    Absence,
    AnyOf,
    Booked,
    Closure,
    Equipment,
    Held,
    Moved,
    Offered,
    OneOf,
    Overbooking,
    Policy,
    Provider,
    Recurrence,
    Room,
    SpecialDay,
    Status,
    VisitType,
    Weekly,
)
from medoffice.scheduling.book import (
    BookedSeries,
    BookState,
    CalledOff,
    Event,
    HoldStatus,
    OfferStatus,
    RefusedSeries,
    fold,
)
from medoffice.scheduling.refusals import CLOSED, NONE_FREE, SLOT_TAKEN

ZONE = ZoneInfo("America/Chicago")
TEN = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
MINUTE = timedelta(minutes=1)
ANA, BEN, EVA = (PatientId(f"pat-{name}") for name in ("ana", "ben", "eva"))
EKG = VisitType(
    code="ekg",
    name="EKG",
    minutes=30,
    buffer_after=10,
    needs=(OneOf("dr-okafor", "dr-lee"), AnyOf("exam-room"), AnyOf("ekg")),
)
GROUP = VisitType(code="group", name="Group", minutes=60, needs=(OneOf("dr-lee"),), capacity=2)

At = Callable[[datetime], Office]


@pytest.fixture
def clinic(office: Office) -> Office:
    """Two clinicians, two rooms, one EKG device, three patients."""
    hours = Weekly.of("Mon-Fri 08:00-17:00", zone=ZONE)
    for resource in (
        Provider("dr-lee", weekly=hours, tags="family-medicine"),
        Room("exam-1", tags="exam-room"),
        Room("exam-2", tags="exam-room"),
        Equipment("ekg-1", tags="ekg"),
    ):
        office.schedule.add_resource(resource)
    office.add_visit_type(EKG)
    office.add_visit_type(GROUP)
    for id in (BEN, EVA):
        office.register(Patient(id=id, name=PersonName(family=id.value), birth_date=date(1980, 1, 1)))
    return office


def everything(tx: ReadTransaction) -> tuple[BookState, tuple[Event, ...]]:
    """What is stored of the schedule, and the facts that should add up to it."""
    kept = tx.facts(STREAM)
    facts = tuple(each.fact for each in kept if isinstance(each.fact, Event))
    assert [each.seq for each in kept] == list(range(1, len(kept) + 1))
    visits = tx.appointments(ALWAYS)
    holds = {fact.subject for fact in kept if type(fact.fact).__name__ == "TimeHeld"}
    stored = [tx.hold(HoldId(id)) for id in sorted(holds)]
    offers = [offer for hold in stored for offer in tx.offers(hold.id)]
    return BookState(appointments=visits, holds=stored, offers=offers), facts


def assert_replays(office: Office) -> None:
    """The facts alone make what the store holds: nothing is lost, and nothing is there that did not happen."""
    stored, facts = office.store.read(everything)
    state = fold(facts)
    assert (state.appointments, state.holds, state.offers) == (
        stored.appointments,
        stored.holds,
        stored.offers,
    )


def test_a_visit_takes_clinician_room_and_device_at_once(clinic: Office) -> None:
    """Each booking fills every need with another thing; the one EKG device is free again after its buffer."""
    first = clinic.book(ANA, "ekg", TEN)
    assert isinstance(first, Booked)
    assert [each.value for each in first.appointment.resources] == ["dr-okafor", "ekg-1", "exam-1"]
    refused = clinic.book(BEN, "ekg", TEN + 39 * MINUTE)
    assert isinstance(refused, Refused)
    assert refused.has(NONE_FREE)
    assert isinstance(clinic.book(BEN, "ekg", TEN + 40 * MINUTE), Booked)
    assert_replays(clinic)


def test_what_is_found_is_booked(clinic: Office) -> None:
    """With all that it needs, by whom it says."""
    for patient in (ANA, BEN, EVA):
        slot = clinic.find("ekg", first_day=TODAY, patient=patient)[0]
        booked = clinic.schedule.book(patient, "ekg", slot.slot.start, resources=slot.resources)
        assert isinstance(booked, Booked)
        assert booked.appointment.resources == slot.resources
    assert_replays(clinic)


def test_why_not_names_every_reason(clinic: Office) -> None:
    """Also a closed office; nothing is said of a time that can be had."""
    assert clinic.schedule.why_not("ekg", TEN) == ()
    clinic.schedule.add_exception(Closure(days=TODAY, name="Staff day"))
    codes = {finding.code for finding in clinic.schedule.why_not("ekg", TEN)}
    assert CLOSED in codes


def test_exceptions_change_what_is_offered_and_are_taken_back(clinic: Office) -> None:
    """An absence, a special day; an exception for nobody is a mistake that suggests the nearest."""
    before = len(clinic.find("ekg", first_day=TODAY))
    away = Absence("dr-okafor", clinic.settings.span_of(TODAY), "sick")
    clinic.schedule.add_exception(away)
    off = SpecialDay(resource="dr-lee", day=TODAY)
    clinic.schedule.add_exception(off)
    assert len(clinic.find("ekg", first_day=TODAY)) == 0
    clinic.schedule.drop_exception(off)
    clinic.schedule.drop_exception(away)
    assert len(clinic.find("ekg", first_day=TODAY)) == before
    with pytest.raises(UnknownName, match="dr-lee"):
        clinic.schedule.add_exception(SpecialDay(resource="dr-leee", day=TODAY))
    assert len(clinic.find("ekg", first_day=TODAY)) == before


def test_a_visit_type_names_only_what_is_there(clinic: Office) -> None:
    """Otherwise no search would work any more; nothing is kept of the mistake."""
    with pytest.raises(UnknownName, match="ekg-1"):
        clinic.add_visit_type(attrs.evolve(EKG, code="other", needs=(OneOf("ekg-11"),)))
    assert [visit.code for visit in clinic.schedule.calendar().visits] == ["ekg", "follow-up", "group"]


def test_a_hold_keeps_its_time_until_it_runs_out(clinic: Office, at: At) -> None:
    """Nobody else is booked there; its holder is; and when it is over its time is free without anybody's doing."""
    held = clinic.schedule.hold("ekg", TEN, patient=ANA)
    assert isinstance(held, Held)
    assert isinstance(clinic.book(BEN, "ekg", TEN), Refused)
    assert isinstance(clinic.schedule.book_hold(held.hold.id, ANA), Booked)
    assert_replays(clinic)
    again = clinic.schedule.hold("ekg", TEN + 60 * MINUTE)
    assert isinstance(again, Held)
    later = at(again.hold.until)
    assert isinstance(later.schedule.book_hold(again.hold.id, BEN), Refused)
    assert isinstance(later.book(BEN, "ekg", TEN + 60 * MINUTE), Booked)
    stored = clinic.store.read(lambda tx: tx.hold(again.hold.id))
    assert stored.status is HoldStatus.EXPIRED
    assert_replays(clinic)


def test_the_first_to_accept_has_it(clinic: Office) -> None:
    """Two are asked, the second hears that it is gone; one of them gives an old time back for it."""
    old = clinic.book(BEN, "ekg", TEN + 120 * MINUTE)
    assert isinstance(old, Booked)
    held = clinic.schedule.hold("ekg", TEN, until=TEN - 10 * MINUTE)
    assert isinstance(held, Held)
    for_ana = clinic.schedule.offer(held.hold.id, ANA)
    for_ben = clinic.schedule.offer(held.hold.id, BEN, instead_of=old.appointment.id)
    for_eva = clinic.schedule.offer(held.hold.id, EVA)
    assert isinstance(for_ana, Offered)
    assert isinstance(for_ben, Offered)
    assert isinstance(for_eva, Offered)
    clinic.schedule.decline(for_eva.offer.id)
    moved = clinic.schedule.accept(for_ben.offer.id)
    assert isinstance(moved, Moved)
    assert moved.appointment.slot.start == TEN
    assert isinstance(clinic.schedule.accept(for_ana.offer.id), Refused)
    states = clinic.store.read(lambda tx: {each.patient: each.status for each in tx.offers(held.hold.id)})
    assert states == {ANA: OfferStatus.WITHDRAWN, BEN: OfferStatus.ACCEPTED, EVA: OfferStatus.DECLINED}
    assert isinstance(clinic.book(ANA, "ekg", TEN + 120 * MINUTE), Booked)
    assert_replays(clinic)


def test_a_group_fills_up_seat_by_seat(clinic: Office) -> None:
    """Two patients share an hour, the third finds it full, and a seat that is given back is free again."""
    first = clinic.book(ANA, "group", TEN)
    assert isinstance(first, Booked)
    assert isinstance(clinic.book(BEN, "group", TEN), Booked)
    assert isinstance(clinic.book(EVA, "group", TEN), Refused)
    assert isinstance(clinic.book(EVA, "follow-up", TEN, first.appointment.resources), Refused)
    assert isinstance(clinic.cancel(first.appointment.id), CalledOff)
    assert isinstance(clinic.book(EVA, "group", TEN), Booked)
    assert_replays(clinic)


def test_overbooking_is_only_for_those_who_allow_it(clinic: Office) -> None:
    """The clinician's time is shared, knowingly; the room never."""
    lee = ("dr-lee", "exam-1")
    plain = VisitType(code="plain", name="Plain", minutes=30, needs=(OneOf("dr-lee"), AnyOf("exam-room")))
    clinic.add_visit_type(plain)
    named = tuple(map(clinic.schedule.calendar().resource, lee))
    assert isinstance(clinic.book(ANA, "plain", TEN, [each.id for each in named]), Booked)
    over = {"resources": (named[0].id,), "overbook": True}
    assert isinstance(clinic.schedule.book(BEN, "plain", TEN, **over), Refused)  # type: ignore[arg-type]
    allowed = attrs.evolve(clinic, booking_policy=Policy(overbooking=Overbooking(is_allowed=True)))
    booked = allowed.schedule.book(BEN, "plain", TEN, **over)  # type: ignore[arg-type]
    assert isinstance(booked, Booked)
    assert [each.value for each in booked.appointment.shared] == ["dr-lee"]
    assert "exam-2" in {each.value for each in booked.appointment.resources}
    assert isinstance(allowed.schedule.book(EVA, "plain", TEN, **over), Refused)  # type: ignore[arg-type]
    assert_replays(clinic)


def test_a_series_is_booked_whole_or_not_at_all(clinic: Office) -> None:
    """Each occurrence is looked at; those that cannot be come with times near to them."""
    weekly = Recurrence(first=TODAY, clock=time(10), zone=ZONE, count=4)
    clash = clinic.book(BEN, "ekg", TEN + timedelta(days=14))
    assert isinstance(clash, Booked)
    refused = clinic.schedule.book_series(ANA, "ekg", weekly)
    assert isinstance(refused, RefusedSeries)
    assert [conflict.index for conflict in refused.conflicts] == [2]
    assert refused.conflicts[0].nearest
    booked = clinic.schedule.book_series(ANA, "ekg", weekly, skip_conflicts=True)
    assert isinstance(booked, BookedSeries)
    assert len(booked.appointments) == 3
    assert len({each.series for each in booked.appointments}) == 1
    assert_replays(clinic)


def test_a_cancellation_says_with_how_much_notice(clinic: Office, at: At) -> None:
    """An hour before is late under a policy of a day, and the fact keeps it."""
    booked = clinic.book(ANA, "ekg", TEN)
    assert isinstance(booked, Booked)
    off = at(TEN - 60 * MINUTE).cancel(booked.appointment.id, reason="no-ride")
    assert isinstance(off, CalledOff)
    assert (off.notice, off.is_late) == (60, True)
    names = [type(each.fact).__name__ for each in clinic.schedule.history(booked.appointment.id)]
    assert names == ["VisitBooked", "VisitCancelled"]


def test_whoever_comes_without_an_appointment_has_arrived(clinic: Office) -> None:
    """A walk-in takes the room too, and is on the board."""
    came = clinic.schedule.walk_in(EVA, "ekg", clinic.clock.now())
    assert isinstance(came, Booked)
    assert came.appointment.status is Status.ARRIVED
    assert [row.where.value for row in clinic.board()] == ["waiting"]
    assert_replays(clinic)


def test_every_step_of_a_visit_is_a_fact(clinic: Office) -> None:
    """Booked, confirmed, moved, checked in, seen: in this order, by whom, and the log makes what is stored."""
    booked = clinic.book(ANA, "ekg", TEN)
    assert isinstance(booked, Booked)
    id = booked.appointment.id
    clinic.schedule.confirm(id)
    clinic.move(id, TEN + 60 * MINUTE)
    clinic.check_in(id)
    clinic.change_status(id, Status.FULFILLED)
    history = clinic.schedule.history(id)
    assert [type(each.fact).__name__ for each in history] == [
        "VisitBooked",
        "VisitConfirmed",
        "VisitMoved",
        "StatusChanged",
        "StatusChanged",
    ]
    assert {str(each.fact.by) for each in history if isinstance(each.fact, Event)} == {"program"}
    assert_replays(clinic)


def test_a_decision_sent_twice_is_one(clinic: Office) -> None:
    """The same key gives the same hold again, and the book has one fact."""
    key = CommandKey("cmd-hold")
    first, second = (clinic.schedule.hold("ekg", TEN, key=key) for _ in range(2))
    assert first == second
    assert clinic.store.read(lambda tx: tx.last_fact(STREAM)) == 1


def test_a_writer_that_does_not_ask_the_book_is_met_by_the_store(clinic: Office) -> None:
    """An import wrote an appointment without a fact: the booking is refused, not doubled."""
    theirs = clinic.book(ANA, "follow-up", TEN, tuple(each.id for each in _okafor(clinic)))
    assert isinstance(theirs, Booked)
    clinic.cancel(theirs.appointment.id)
    stray = attrs.evolve(theirs.appointment, id=AppointmentId("apt-stray"))
    clinic.store.transact(lambda tx: tx.put_appointment(stray))
    refused = clinic.book(BEN, "follow-up", TEN, stray.resources)
    assert isinstance(refused, Refused)
    assert refused.has(SLOT_TAKEN)


def _okafor(office: Office) -> tuple[Provider, ...]:
    return tuple(each for each in office.schedule.calendar().providers if each.id.value == "dr-okafor")
