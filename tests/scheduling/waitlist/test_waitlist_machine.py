"""The waitlist under any sequence of joining, freeing, asking, answering, pausing, placing and passing of time."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from medoffice.core import AppointmentId, PatientId, Refused, ResourceId, TimeSlot
from medoffice.scheduling import Appointment, VisitType, Weekly
from medoffice.scheduling.waitlist import (
    Advanced,
    AskingHours,
    CurrentVisit,
    Entry,
    EntryId,
    Filled,
    FreedSlot,
    FreedSlotId,
    Limits,
    Offer,
    OfferKey,
    OfferStatus,
    Rails,
    SlotStatus,
    Waitlist,
    WaitlistPolicy,
    Waves,
)
from medoffice.scheduling.waitlist import reasons as why
from medoffice.scheduling.waitlist.facts import OfferTaken, SlotPlaced

ZONE = ZoneInfo("America/Chicago")
BEGIN = datetime(2026, 10, 30, 14, tzinfo=UTC)  # the clocks go back on the second night
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
HALF = timedelta(minutes=30)
NOTICE = {"follow-up": 2 * HOUR, "new": 2 * HOUR, "complex": 72 * HOUR}
VISITS = (
    VisitType(code="follow-up", name="Follow-up", minutes=30),
    VisitType(code="new", name="New", minutes=30, buffer_after=15),
    VisitType(code="complex", name="Complex", minutes=30, is_complex=True),
)
LIMITS = Limits(a_day=2, a_week=3, rest_after_decline=6 * HOUR)
POLICY = WaitlistPolicy(
    asking=AskingHours(zone=ZONE), waves=Waves(sizes=(1, 2, 3)), limits=LIMITS, rails=Rails(least_gain=DAY)
)
MORNINGS = Weekly.of("Mon-Sun 08:00-12:00", zone=ZONE)
patients = st.integers(0, 5).map(lambda number: PatientId(f"p{number}"))
starts = st.builds(
    lambda day, halves: BEGIN.replace(hour=14) + day * DAY + halves * HALF,
    st.integers(0, 8),
    st.integers(0, 4),
)


class WaitingRoom(RuleBasedStateMachine):
    """A practice that does anything with its waitlist, and judges by rules of its own what came of it."""

    def __init__(self) -> None:
        """Begin with an empty list."""
        super().__init__()
        self.waitlist = Waitlist(policy=POLICY, visits=VISITS)
        self.now = BEGIN
        self.wishes: dict[EntryId, Entry] = {}
        self.paused: set[EntryId] = set()
        self.visits: dict[PatientId, list[Appointment]] = {}
        self.asked: list[Offer] = []
        self.no: dict[EntryId, datetime] = {}
        self.told: set[FreedSlotId] = set()
        self.lapsed: set[FreedSlotId] = set()
        self.entries = self.slots = 0

    def busy(self, patient: PatientId) -> list[Appointment]:
        """What the schedule has of a patient."""
        return self.visits.get(patient, [])

    def appointment(self, patient: PatientId, slot: TimeSlot) -> Appointment:
        """A visit of that patient's."""
        number = sum(map(len, self.visits.values()))
        return Appointment(
            id=AppointmentId(f"a{number}"),
            patient=patient,
            visit_type="follow-up",
            slot=slot,
            occupied=slot,
            resources=(ResourceId("zeller"),),
        )

    def suits(self, entry: Entry, freed: FreedSlot) -> bool:
        """Whether a time suits, found by hand: the visits are half an hour, from the slot's own start."""
        start, end = freed.slot.start.astimezone(ZONE), freed.slot.end.astimezone(ZONE)
        needed = freed.slot.end + (HALF / 2 if entry.visit == "new" else timedelta(0))
        given_up = None if entry.current is None else entry.current.id
        return (
            (not freed.visit_types or entry.visit in freed.visit_types)
            and needed <= freed.occupied.end
            and (not entry.providers or bool(entry.providers & set(freed.resources)))
            and (entry.current is None or entry.current.slot.start - freed.slot.start >= DAY)
            and (entry.times is None or (start.date() == end.date() and time(8) <= start.time() and end.time() <= time(12)))
            and not any(
                each.id != given_up and each.slot.overlaps(freed.slot) for each in self.busy(entry.patient)
            )
        )  # fmt: skip

    def may_be_asked(self, entry: Entry, freed: FreedSlot, before: list[Offer]) -> bool:
        """Whether the practice's rules let somebody be asked now, found by hand."""
        mine = [offer for offer in before if offer.patient == entry.patient]
        today = [
            each for each in mine if each.made.astimezone(ZONE).date() == self.now.astimezone(ZONE).date()
        ]
        live = [each for each in mine if self.waitlist.offer(each.key).is_live]
        wall = self.now.astimezone(ZONE).time()
        return (
            time(8) <= wall < time(20)
            and self.now < freed.slot.start - NOTICE[entry.visit]
            and bool(entry.channels)
            and entry.id not in self.paused
            and OfferKey(freed.id, entry.id) not in {offer.key for offer in before}
            and self.now >= self.no.get(entry.id, BEGIN)
            and len(today) < LIMITS.a_day
            and sum(self.now - each.made < WEEK for each in mine) < LIMITS.a_week
            and not any(each.time.overlaps(freed.slot) for each in live)
        )

    # ── what may happen ───────────────────────────────────────────────────────────────────────────────────────────

    @initialize(patients=st.lists(patients, min_size=2, max_size=6))
    def some_wait_already(self, patients: list[PatientId]) -> None:
        """A few people whom anything suits."""
        for patient in patients:
            self.enter(patient, visit="follow-up")

    def enter(self, patient: PatientId, **wishes: object) -> None:
        """Put somebody on the list."""
        self.entries += 1
        entry = Entry(
            **{
                "id": EntryId(f"e{self.entries}"), "patient": patient, "joined": self.now, "channels": {"sms"}, **wishes
            }  # type: ignore[arg-type]
        )  # fmt: skip
        assert not isinstance(self.waitlist.join(entry, now=self.now), Refused)
        self.wishes[entry.id] = entry

    @rule(
        patient=patients,
        visit=st.sampled_from(sorted(NOTICE)),
        times=st.sampled_from([None, None, MORNINGS]),
        providers=st.sampled_from([(), ("adams",), ("baker",)]),
        has=st.none() | starts,
        channels=st.sampled_from([("sms",), ("sms",), ()]),
    )
    def somebody_joins(
        self,
        patient: PatientId,
        visit: str,
        times: Weekly | None,
        providers: tuple[str, ...],
        has: datetime | None,
        channels: tuple[str, ...],
    ) -> None:
        """Any wish, with or without a visit to give up."""
        current = None
        if has is not None:
            mine = self.appointment(patient, TimeSlot.lasting(has, HALF))
            self.visits.setdefault(patient, []).append(mine)
            current = CurrentVisit(mine.id, mine.slot)
        self.enter(patient, visit=visit, times=times, providers=providers, channels=channels, current=current)

    @rule(
        start=starts,
        spare=st.sampled_from([timedelta(0), HALF / 2]),
        kinds=st.sampled_from([(), (), ("follow-up",), ("new",), ("complex",)]),
        resource=st.sampled_from(["adams", "baker"]),
    )
    def a_time_becomes_free(
        self, start: datetime, spare: timedelta, kinds: tuple[str, ...], resource: str
    ) -> None:
        """A slot is taken in unless it has begun."""
        self.slots += 1
        slot = TimeSlot.lasting(start, HALF)
        freed = FreedSlot(
            id=FreedSlotId(f"s{self.slots}"),
            slot=slot,
            occupied=slot.widened(before=timedelta(0), after=spare),
            resources=(resource,),
            freed=self.now,
            visit_types=kinds,
        )
        assert isinstance(self.waitlist.open(freed, now=self.now), Refused) == (start <= self.now)

    @rule(minutes=st.one_of(st.integers(0, 90), st.integers(0, 3000)))
    def time_passes(self, minutes: int) -> None:
        """The clock goes on, and what is due is done."""
        self.now += timedelta(minutes=minutes)
        self.advance()

    @precondition(lambda self: self.waitlist.next_due is not None)
    @rule()
    def the_next_thing_is_due(self) -> None:
        """The clock goes on to when the waitlist wants to be looked at."""
        due = self.waitlist.next_due
        assert due is not None
        self.now = max(self.now, due)
        self.advance()

    @rule()
    def advance(self) -> None:
        """Whoever is asked may be, by rules looked at apart, and in a wave no larger than allowed."""
        before = list(self.asked)
        advanced: Advanced = self.waitlist.advance(self.now, busy=self.busy)
        for offer in advanced.asked:
            entry, freed = self.wishes[offer.key.entry], self.waitlist.slot(offer.key.slot).freed
            assert self.suits(entry, freed)
            assert self.may_be_asked(entry, freed, before)
            assert (offer.patient, offer.visit, offer.made) == (entry.patient, entry.visit, self.now)
            assert self.now < offer.answer_by <= freed.slot.start - NOTICE[entry.visit]
            before.append(offer)
        self.asked = before
        self.told |= {suggestion.freed.id for suggestion in advanced.desk}
        self.lapsed |= {freed.id for freed in advanced.lapsed}
        assert advanced.next_due is None or advanced.next_due > self.now
        self.nobody_was_forgotten()

    def nobody_was_forgotten(self) -> None:
        """After everything due was done, a slot with no offer out has nobody who may be asked for it."""
        if not time(8) <= self.now.astimezone(ZONE).time() < time(20):
            return
        for slot in self.waitlist.state.slots:
            if slot.is_open and not slot.live and len(slot.asked) < POLICY.waves.most_asked:
                assert not any(
                    self.suits(entry, slot.freed) and self.may_be_asked(entry, slot.freed, self.asked)
                    for entry in self.wishes.values()
                )

    @precondition(lambda self: self.asked)
    @rule(data=st.data(), later=st.integers(0, 300))
    def somebody_says_yes(self, data: st.DataObject, later: int) -> None:
        """The time is theirs exactly when the offer stands at that instant and they are nowhere else."""
        offer = data.draw(st.sampled_from(self.asked))
        self.now += timedelta(minutes=later)
        standing = self.waitlist.offer(offer.key)
        stands = standing.is_live and self.now < offer.answer_by
        entry = self.wishes.get(offer.key.entry)
        is_free = stands and entry is not None and self.suits(entry, self.waitlist.slot(offer.key.slot).freed)
        missed = self.waitlist.entry(entry.id).missed if entry is not None else 0
        outcome = self.waitlist.accept(offer.key, now=self.now, busy=self.busy)
        if isinstance(outcome, Filled):
            assert is_free
            self.settle(outcome)
        else:
            assert not is_free
            assert stands == outcome.has(why.PATIENT_BUSY)
            if entry is not None:
                now_missed = self.waitlist.entry(entry.id).missed
                answered = (
                    standing.status in {OfferStatus.DECLINED, OfferStatus.TAKEN} or standing.yes_came_late
                )
                assert now_missed == missed + (not stands and not answered)

    @precondition(lambda self: self.asked)
    @rule(data=st.data())
    def somebody_says_no(self, data: st.DataObject) -> None:
        """A no is taken when the offer stands, and gives a rest."""
        offer = data.draw(st.sampled_from(self.asked))
        stands = self.waitlist.offer(offer.key).is_live and self.now < offer.answer_by
        outcome = self.waitlist.decline(offer.key, now=self.now)
        assert isinstance(outcome, Refused) == (not stands)
        if stands:
            self.no[offer.key.entry] = self.now + LIMITS.rest_after_decline

    @precondition(lambda self: self.wishes)
    @rule(data=st.data(), what=st.sampled_from(["pause", "resume", "leave", "urgent", "baker"]))
    def somebody_thinks_otherwise(self, data: st.DataObject, what: str) -> None:
        """Pausing, leaving and other wishes end the offers that suit no more."""
        entry = self.wishes[data.draw(st.sampled_from(sorted(self.wishes)))]
        if what == "pause":
            self.waitlist.pause(entry.id, now=self.now)
            self.paused.add(entry.id)
        elif what == "resume":
            self.waitlist.resume(entry.id, now=self.now)
            self.paused.discard(entry.id)
        elif what == "leave":
            self.waitlist.leave(entry.id, now=self.now)
            del self.wishes[entry.id]
        else:
            changed = attrs.evolve(entry, providers=("baker",) if what == "baker" else entry.providers)
            self.waitlist.change(changed, now=self.now)
            self.wishes[entry.id] = changed

    @rule(patient=patients, start=starts)
    def somebody_is_booked_by_telephone(self, patient: PatientId, start: datetime) -> None:
        """The schedule changes without the waitlist."""
        self.visits.setdefault(patient, []).append(self.appointment(patient, TimeSlot.lasting(start, HALF)))

    @precondition(lambda self: self.waitlist.state.slots and self.wishes)
    @rule(data=st.data(), what=st.sampled_from(["place", "withdraw", "close"]))
    def a_person_decides(self, data: st.DataObject, what: str) -> None:
        """By hand, a slot that nobody has is given to whom it suits, or ended."""
        slot = data.draw(st.sampled_from(self.waitlist.state.slots))
        key, entry = slot.freed.id, self.wishes[data.draw(st.sampled_from(sorted(self.wishes)))]
        is_free = slot.status in {SlotStatus.OPEN, SlotStatus.HANDED_OVER} and self.now < slot.freed.start
        if what == "place":
            outcome = self.waitlist.place(key, entry.id, now=self.now, busy=self.busy)
            assert isinstance(outcome, Filled) == (is_free and self.suits(entry, slot.freed))
            if isinstance(outcome, Filled):
                self.settle(outcome)
        else:
            ended = getattr(self.waitlist, what)(key, now=self.now)
            assert isinstance(ended, Refused) == (not is_free)

    def settle(self, filled: Filled) -> None:
        """What an office does with a filled slot: it books, and frees the old visit."""
        mine = self.visits.setdefault(filled.entry.patient, [])
        mine[:] = [each for each in mine if each.id not in filled.frees]
        mine.append(self.appointment(filled.entry.patient, filled.time))
        del self.wishes[filled.entry.id]

    # ── what always holds ─────────────────────────────────────────────────────────────────────────────────────────

    @invariant()
    def one_slot_has_one_patient(self) -> None:
        """Never two are given one slot, and facts come in order of time."""
        facts = self.waitlist.facts
        given = Counter(
            fact.offer.slot if isinstance(fact, OfferTaken) else fact.slot
            for fact in facts
            if isinstance(fact, OfferTaken | SlotPlaced)
        )
        assert all(count == 1 for count in given.values())
        assert all(earlier.at <= later.at for earlier, later in pairwise(facts))

    @invariant()
    def offers_stand_where_they_may(self) -> None:
        """A standing offer is of an open slot and of somebody who waits and is not paused; none of a patient's
        overlap.
        """
        live = [each.offer for each in self.waitlist.state.offers if each.is_live]
        for offer in live:
            assert self.waitlist.slot(offer.key.slot).is_open
            assert offer.key.entry in self.wishes
            assert offer.key.entry not in self.paused
        for one, other in combinations(live, 2):
            assert one.patient != other.patient or not one.time.overlaps(other.time)

    @invariant()
    def what_is_handed_over_is_told(self) -> None:
        """Whatever the waitlist fills no more, a person has heard of."""
        slots = self.waitlist.state.slots
        assert {slot.freed.id for slot in slots if slot.status is SlotStatus.HANDED_OVER} <= self.told

    @invariant()
    def the_list_is_who_waits(self) -> None:
        """Nobody is lost from the list, and nobody stays who left."""
        assert {each.entry.id for each in self.waitlist.state.entries} == set(self.wishes)

    def teardown(self) -> None:
        """In the end every slot was filled, ended, or known to a person, and the facts tell it all again."""
        again = Waitlist.replay(self.waitlist.facts, policy=POLICY, visits=VISITS)
        assert again.state == self.waitlist.state
        assert again.next_due == self.waitlist.next_due
        self.advance()
        for _ in range(200):
            due = self.waitlist.next_due
            if due is None:
                break
            self.now = due
            self.advance()
        assert self.waitlist.next_due is None
        for slot in self.waitlist.state.slots:
            assert slot.status in {SlotStatus.FILLED, SlotStatus.CLOSED, SlotStatus.LAPSED}
            assert (slot.status is SlotStatus.LAPSED) == (slot.freed.id in self.lapsed)
            assert not slot.live


WaitingRoom.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestWaitingRoom = WaitingRoom.TestCase
