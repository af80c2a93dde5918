"""What the office says of its schedule is so, also when clocks disagree, others write, or somebody lives elsewhere."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import attrs
import pytest

from medoffice.core import (
    AppointmentId,
    CommandKey,
    DateRange,
    InvalidValue,
    Patient,
    PatientId,
    PersonName,
    Refused,
    ResourceId,
    TimeSlot,
)
from medoffice.office import Office
from medoffice.office.once import KeyReused
from medoffice.office.visits.measuring import Measures, measures_of
from medoffice.ports.store import ReadTransaction, StaleRecord, Store, Transaction
from medoffice.privacy.audit import AuditEntry
from medoffice.scheduling import (
    Absence,
    Appointment,
    Booked,
    Held,
    Hours,
    Moved,
    Offered,
    OneOf,
    Overbooking,
    Provider,
    Status,
    VisitType,
    Weekly,
)
from medoffice.scheduling import Policy as BookingPolicy
from medoffice.scheduling.measures import TooFew
from medoffice.scheduling.waitlist import AskingHours, OfferKey, Rails, SlotStatus, WaitlistPolicy

T = TypeVar("T")
ZONE = ZoneInfo("America/Chicago")
ISLANDS = ZoneInfo("Pacific/Honolulu")
NEXT_WEEK = datetime(2026, 12, 1, 16, 0, tzinfo=UTC)
MONTH = timedelta(days=28)
MINUTE = timedelta(minutes=1)
ANA, BEN, EVA, DAN = (PatientId(f"pat-{name}") for name in ("ana", "ben", "eva", "dan"))
OKAFOR, LEE, KAI = ((ResourceId(name),) for name in ("dr-okafor", "dr-lee", "dr-kai"))

At = Callable[[datetime], Office]


@pytest.fixture
def listed(office: Office) -> tuple[Office, AppointmentId, AppointmentId]:
    """Ana has next Tuesday; Ben has a visit a month later and waits for something sooner."""
    office.register(Patient(id=BEN, name=PersonName(family="Someone"), birth_date=date(1980, 1, 1)))
    hers = office.book(ANA, "follow-up", NEXT_WEEK, OKAFOR)
    his = office.book(BEN, "follow-up", NEXT_WEEK + MONTH, OKAFOR)
    assert isinstance(hers, Booked)
    assert isinstance(his, Booked)
    office.schedule.waitlist.join(BEN, "follow-up", current=his.appointment.id, channels=["sms"])
    return office, hers.appointment.id, his.appointment.id


def offered(office: Office) -> list[OfferKey]:
    """The offers that stand."""
    return [each.offer.key for each in office.schedule.waitlist.state().offers if each.is_live]


def last_row(office: Office) -> AuditEntry:
    """The last entry of the trail."""
    return office.store.read(lambda tx: tx.audit_rows())[-1].entry


def rows(office: Office) -> int:
    """How long the trail is."""
    return len(office.store.read(lambda tx: tx.audit_rows()))


def test_whoever_waited_for_the_store_is_answered_too(
    listed: tuple[Office, AppointmentId, AppointmentId], at: At
) -> None:
    """A command whose clock was read before another one's fact is decided after it; it is no mistake."""
    office, hers, _ = listed
    early = at(office.clock.now() - MINUTE)
    early.cancel(hers)
    early.schedule.waitlist.advance()
    (offer,) = offered(office)
    at(office.clock.now() + MINUTE).schedule.waitlist.join(ANA, "follow-up", channels=["sms"])
    assert isinstance(early.schedule.waitlist.accept(offer), Moved)
    told = [each.at for each in office.store.read(lambda tx: tx.facts("waitlist"))]
    assert told == sorted(told)


def test_a_refusal_by_the_list_stands_in_the_trail_as_one(
    listed: tuple[Office, AppointmentId, AppointmentId],
) -> None:
    """Not as done; one row for each time that somebody asks."""
    office, hers, _ = listed
    office.cancel(hers)
    office.schedule.waitlist.advance()
    (offer,) = offered(office)
    assert isinstance(office.schedule.waitlist.accept(offer), Moved)
    before = rows(office)
    assert isinstance(office.schedule.waitlist.decline(offer), Refused)
    assert rows(office) == before + 1
    assert last_row(office).outcome != "done"


def test_a_yes_that_the_book_refuses_is_kept(listed: tuple[Office, AppointmentId, AppointmentId]) -> None:
    """In the trail, and under its key: sent again it hears the same."""
    office, hers, _ = listed
    office.cancel(hers)
    office.schedule.waitlist.advance()
    (offer,) = offered(office)
    assert isinstance(office.book(ANA, "follow-up", NEXT_WEEK, OKAFOR), Booked)
    before, key = rows(office), CommandKey("cmd-yes")
    refused = office.schedule.waitlist.accept(offer, key=key)
    assert isinstance(refused, Refused)
    assert rows(office) == before + 1
    assert last_row(office).action == "waitlist.accept"
    assert last_row(office).outcome == refused.findings[0].code.lower()
    assert office.schedule.waitlist.accept(offer, key=key) == refused
    assert rows(office) == before + 1


def test_a_wish_under_a_key_of_another_wish_is_a_mistake(office: Office) -> None:
    """All that is wished belongs to the request: the days, the hours, by whom, where."""
    key = CommandKey("cmd-join")
    office.schedule.waitlist.join(ANA, "follow-up", key=key)
    for other in (
        {"days": DateRange(date(2026, 12, 1))},
        {"times": Weekly.of("Mon 08:00-09:00", zone=ZONE)},
        {"providers": OKAFOR},
        {"locations": ("north",)},
        {"new_patient": True},
    ):
        with pytest.raises(KeyReused):
            office.schedule.waitlist.join(ANA, "follow-up", key=key, **other)
    again = office.schedule.waitlist.join(ANA, "follow-up", key=key)
    assert [each.entry for each in office.schedule.waitlist.state().entries] == [again.entry]


def test_a_move_to_anybody_is_not_a_move_with_the_same_doctor(office: Office) -> None:
    """Under one key the two are two requests."""
    booked = office.book(ANA, "follow-up", NEXT_WEEK, OKAFOR)
    assert isinstance(booked, Booked)
    key = CommandKey("cmd-move")
    office.move(booked.appointment.id, NEXT_WEEK + 60 * MINUTE, key=key)
    with pytest.raises(KeyReused):
        office.move(booked.appointment.id, NEXT_WEEK + 60 * MINUTE, (), key=key)


@pytest.mark.parametrize("hours", [((18, 23),), ((22, 0), (0, 4))])
def test_an_evening_on_the_islands_is_offered(office: Office, hours: tuple[tuple[int, int], ...]) -> None:
    """It is the next day in Chicago, or goes over midnight, and still it is free."""
    office.register(Patient(id=BEN, name=PersonName(family="Someone"), birth_date=date(1980, 1, 1)))
    office.add_visit_type(VisitType(code="long", name="Long", minutes=60))
    week = tuple(
        Hours(weekday=day, opens=time(opens), closes=time(closes))
        for day in range(7)
        for opens, closes in hours
    )
    office.schedule.add_resource(Provider("dr-kai", weekly=Weekly(zone=ISLANDS, hours=week)))
    local = time(20, 30) if hours[0][0] == 18 else time(23, 30)
    start = datetime.combine(date(2026, 12, 1), local, ISLANDS).astimezone(UTC)
    hers = office.book(ANA, "long", start, KAI)
    assert isinstance(hers, Booked)
    office.schedule.waitlist.join(BEN, "long", channels=["sms"])
    office.cancel(hers.appointment.id)
    office.schedule.waitlist.advance()
    assert [slot.status for slot in office.schedule.waitlist.state().slots] == [SlotStatus.OPEN]


def test_nobody_is_offered_a_later_time_than_they_have(
    listed: tuple[Office, AppointmentId, AppointmentId],
) -> None:
    """The desk moved Ben to this week; next week is nothing to him any more."""
    office, hers, his = listed
    moved = office.move(his, NEXT_WEEK - timedelta(days=6))
    assert isinstance(moved, Moved)
    office.cancel(hers)
    office.schedule.waitlist.advance()
    assert offered(office) == []
    (entry,) = office.schedule.waitlist.state().entries
    assert entry.entry.current is not None
    assert entry.entry.current.slot == moved.appointment.slot


def test_a_visit_that_accepting_moves_gives_its_old_time_to_the_list(
    listed: tuple[Office, AppointmentId, AppointmentId],
) -> None:
    """As any other move does."""
    office, hers, _ = listed
    held = office.schedule.hold("follow-up", NEXT_WEEK - timedelta(days=6), resources=OKAFOR)
    made = office.schedule.offer(held.hold.id, ANA, instead_of=hers)  # type: ignore[union-attr]
    assert isinstance(office.schedule.accept(made.offer.id), Moved)  # type: ignore[union-attr]
    assert [slot.freed.start for slot in office.schedule.waitlist.state().slots] == [NEXT_WEEK]


def test_hours_that_a_store_cannot_tell_apart_are_refused(office: Office) -> None:
    """Two that begin to count on one day would be one: better none than half."""
    weekly = tuple(Weekly.of(text, zone=ZONE) for text in ("Mon 08:00-12:00", "Tue 08:00-12:00"))
    with pytest.raises(InvalidValue, match="another day"):
        office.schedule.add_resource(Provider("dr-lee", weekly=weekly))
    assert "dr-lee" not in {each.id.value for each in office.schedule.calendar().resources}
    later = Weekly.of("Tue 08:00-12:00", zone=ZONE, effective=DateRange(date(2027, 1, 1)))
    office.schedule.add_resource(Provider("dr-lee", weekly=(weekly[0], later)))
    assert len(office.schedule.calendar().resource("dr-lee").weekly) == 2


def test_a_group_put_knowingly_on_a_doctors_visit_is_the_same_in_every_store(office: Office) -> None:
    """Its first seat shares the doctor, and a second seat joins it or hears why not; nobody gets an error."""
    office.add_visit_type(
        VisitType(code="group", name="Group", minutes=20, needs=(OneOf("dr-okafor"),), capacity=3)
    )
    allowed = attrs.evolve(office, booking_policy=BookingPolicy(overbooking=Overbooking(is_allowed=True)))
    for id in (BEN, EVA, DAN):
        office.register(Patient(id=id, name=PersonName(family="Someone"), birth_date=date(1980, 1, 1)))
    assert isinstance(allowed.book(ANA, "follow-up", NEXT_WEEK, OKAFOR), Booked)
    book = allowed.schedule.book
    seat = book(BEN, "group", NEXT_WEEK, resources=OKAFOR, overbook=True)
    assert isinstance(seat, Booked)
    assert seat.appointment.shared == OKAFOR
    for patient, over in ((EVA, False), (EVA, True), (DAN, True)):
        book(patient, "group", NEXT_WEEK, resources=OKAFOR, overbook=over)
    seats = [each for each in at_once(office) if each.is_occupying and each.visit_type == "group"]
    assert all(each.shared == OKAFOR for each in seats)
    told = [each.patient for each in seats]
    office.cancel(seat.appointment.id)
    again = book(BEN, "group", NEXT_WEEK, resources=OKAFOR, overbook=True)
    assert isinstance(again, Booked)
    assert sorted(
        each.patient for each in at_once(office) if each.visit_type == "group" and each.is_occupying
    ) == (sorted(told))


def at_once(office: Office) -> tuple[Appointment, ...]:
    """The visits of next week's hour."""
    return office.store.read(lambda tx: tx.appointments(TimeSlot.lasting(NEXT_WEEK, MINUTE)))


class Interrupted:
    """A store whose first transaction finds that somebody else changed the visit meanwhile."""

    def __init__(self, store: Store) -> None:
        self.store, self.times = store, 0

    def transact(self, work: Callable[[Transaction], T], /, *, locks: tuple[str, ...] = ()) -> T:
        """As the store does it, but for the first time."""
        self.times += 1
        answer = self.store.transact(work, locks=locks) if self.times > 1 else None
        if answer is None:
            raise StaleRecord("the appointment was changed by somebody else since it was read")
        return answer

    def read(self, work: Callable[[ReadTransaction], T], /) -> T:
        """As the store does it."""
        return self.store.read(work)

    def close(self) -> None:
        """As the store does it."""
        self.store.close()


def test_a_visit_that_was_changed_meanwhile_is_looked_at_again(office: Office) -> None:
    """The command is decided on what is there now; it is carried out once, and audited once."""
    booked = office.book(ANA, "follow-up", NEXT_WEEK, OKAFOR)
    assert isinstance(booked, Booked)
    before, store = rows(office), Interrupted(office.store)
    moved = attrs.evolve(office, store=store).move(booked.appointment.id, NEXT_WEEK + 60 * MINUTE)
    assert isinstance(moved, Moved)
    assert store.times == 2
    assert rows(office) == before + 1


def test_a_yes_while_somebody_writes_is_looked_at_again(
    listed: tuple[Office, AppointmentId, AppointmentId],
) -> None:
    """The patient of the waitlist hears no error either."""
    office, hers, _ = listed
    office.cancel(hers)
    office.schedule.waitlist.advance()
    busy = attrs.evolve(office, store=Interrupted(office.store))
    assert isinstance(busy.schedule.waitlist.accept(offered(office)[0]), Moved)


def test_plans_under_long_keys_that_begin_alike_are_two(office: Office) -> None:
    """A key of 64 characters counts to its end."""
    keys = [CommandKey("k" * 63 + end) for end in "ab"]
    office.schedule.add_resource(Provider("dr-lee", weekly=Weekly.of("Mon-Fri 08:00-17:00", zone=ZONE)))
    for key, who in zip(keys, (OKAFOR, LEE), strict=True):
        booked = office.book(ANA, "follow-up", NEXT_WEEK, who)
        assert isinstance(booked, Booked)
        away = Absence(who[0], booked.appointment.occupied, "sick")
        (outcome,) = office.schedule.replanning.carry_out(office.schedule.replanning.plan(away), key=key)
        assert isinstance(outcome, Moved)
        office.cancel(booked.appointment.id)


def test_a_visit_given_up_for_an_earlier_one_is_nobodys_failure(office: Office) -> None:
    """Neither called off by the office nor by the patient."""
    office.add_visit_type(VisitType(code="lab", name="Lab", minutes=20))
    office.register(Patient(id=BEN, name=PersonName(family="Someone"), birth_date=date(1980, 1, 1)))
    hers = office.book(ANA, "follow-up", NEXT_WEEK, OKAFOR)
    his = office.book(BEN, "follow-up", NEXT_WEEK + MONTH, OKAFOR)
    assert isinstance(hers, Booked)
    assert isinstance(his, Booked)
    office.schedule.waitlist.join(BEN, "lab", current=his.appointment.id, channels=["sms"])
    office.cancel(hers.appointment.id)
    office.schedule.waitlist.advance()
    assert isinstance(office.schedule.waitlist.accept(offered(office)[0]), Booked)
    day = (NEXT_WEEK + MONTH).date()
    found = measures(office, DateRange(day, day))
    assert [type(rate) for rate in (found.cancellations, found.late_cancellations, found.bumped)] == [
        TooFew
    ] * 3
    with pytest.raises(InvalidValue, match="end"):
        measures(office, DateRange(day))


def measures(office: Office, window: DateRange) -> Measures:
    """The measures of some days."""
    return office.store.read(
        lambda tx: measures_of(
            tx, office.settings, office.booking_policy, window=window, now=office.clock.now()
        )
    )


def test_nobody_is_booked_with_a_doctor_who_has_gone_away_meanwhile(office: Office) -> None:
    """Neither by a hold nor by an offer of it; when the doctor is back, both are good again."""
    office.register(Patient(id=BEN, name=PersonName(family="Someone"), birth_date=date(1980, 1, 1)))
    held = office.schedule.hold("follow-up", NEXT_WEEK, resources=OKAFOR)
    assert isinstance(held, Held)
    offer = office.schedule.offer(held.hold.id, BEN)
    assert isinstance(offer, Offered)
    other = office.schedule.hold("follow-up", NEXT_WEEK + 60 * MINUTE, patient=ANA, resources=OKAFOR)
    assert isinstance(other, Held)
    away = Absence(OKAFOR[0], TimeSlot.lasting(NEXT_WEEK, timedelta(hours=4)), "sick")
    office.schedule.add_exception(away)
    for refused in (
        office.schedule.accept(offer.offer.id),
        office.schedule.book_hold(other.hold.id, ANA),
    ):
        assert isinstance(refused, Refused)
        assert last_row(office).outcome != "done"
    assert office.schedule.replanning.displaced(away) == ()
    office.schedule.drop_exception(away)
    assert isinstance(office.schedule.accept(offer.offer.id), Booked)
    assert isinstance(office.schedule.book_hold(other.hold.id, ANA), Booked)


def test_a_visit_that_has_begun_is_not_given_up(office: Office) -> None:
    """Ben is here for his visit already; a place for a lab visit before it is another visit, and he keeps both."""
    rules = WaitlistPolicy(asking=AskingHours(zone=ZONE), rails=Rails(least_gain=timedelta(0)))
    office = attrs.evolve(office, waitlist_policy=rules)
    office.add_visit_type(VisitType(code="lab", name="Lab", minutes=20))
    office.register(Patient(id=BEN, name=PersonName(family="Someone"), birth_date=date(1980, 1, 1)))
    soon = office.clock.now() + 40 * MINUTE
    hers = office.book(ANA, "follow-up", soon, OKAFOR)
    his = office.book(BEN, "follow-up", soon + 60 * MINUTE, OKAFOR)
    assert isinstance(hers, Booked)
    assert isinstance(his, Booked)
    entry = office.schedule.waitlist.join(BEN, "lab", current=his.appointment.id).entry.id
    office.change_status(his.appointment.id, Status.ARRIVED)
    office.cancel(hers.appointment.id)
    (slot,) = office.schedule.waitlist.state().slots
    assert isinstance(office.schedule.waitlist.place(slot.freed.id, entry), Booked)
    kept = office.store.read(lambda tx: tx.appointment(his.appointment.id))
    assert kept.status is Status.ARRIVED
