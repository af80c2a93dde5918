"""One machine of Hypothesis for the book: any interleaving of its decisions, each compared with a naive book's.

``tests/scheduling/book`` runs it, and so does ``book_interleavings.py``, which counts.
"""

from itertools import combinations
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from benchmarks.book_holds import HoldRules
from benchmarks.book_office import (
    CALENDAR,
    FIRST,
    FREE,
    KINDS,
    LAST,
    MINUTE,
    NIGHTS,
    PROVIDERS,
    STRICT,
    kinds,
    minutes,
    patients,
    which,
)
from benchmarks.book_visits import VisitRules
from benchmarks.naive_book import ORIGIN, minute_of
from medoffice.core import PatientId, TimeSlot
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book import Book, BookState, Hold, fold


class BookMachine(HoldRules, VisitRules):
    """Everything that can be decided, in any order."""

    @initialize(is_strict=st.booleans(), now=st.sampled_from((0, FIRST + 30, 30 * 60)))
    def open_the_book(self, *, is_strict: bool, now: int) -> None:
        """Half of the runs are under a policy that minds much, and some begin in the middle of a night."""
        self.begin_under(STRICT if is_strict else FREE)
        self.now = now

    @rule(by=minutes)
    def time_passes(self, by: int) -> None:
        """The past grows, and what has run out is noted by whatever comes next."""
        self.now += by
        self.naive.pass_time(self.now)

    @rule(which=which)
    def time_passes_to_an_end(self, which: int) -> None:
        """Now is the very instant at which a hold or an offer ends."""
        ends = {row.until for row in self.live(holds=True)} | {offer.until for offer in self.naive.offers}
        if ends:
            self.now = sorted(ends)[which % len(ends)]
            self.naive.pass_time(self.now)

    @rule(which=which)
    def time_passes_to_a_visit(self, which: int) -> None:
        """Now is the very instant at which a visit begins; one of the next, so that the nights are not over."""
        begins = sorted({row.start for row in self.live(holds=False) if row.start > self.now})[:2]
        if begins:
            self.now = begins[which % len(begins)]
            self.naive.pass_time(self.now)

    @rule()
    def expire(self) -> None:
        """What the book notes as run out is what has run out."""
        self.book.expire(self.instant)
        self.what_is_kept_is_the_same()

    def what_is_kept_is_the_same(self) -> None:
        """The same holds run, and the same offers are open."""
        running = {str(id) for id, hold in self.book.holds.items() if hold.is_occupying}
        assert running == {row.key for row in self.live(holds=True)}
        assert {str(id) for id, offer in self.book.offers.items() if offer.is_open} == {
            offer.key for offer in self.naive.offers
        }

    @rule(code=kinds, patient=patients, is_new=st.booleans(), night=st.sampled_from(NIGHTS))
    def nothing_is_lost(self, *, code: str, patient: str, is_new: bool, night: tuple[int, int]) -> None:
        """What the book finds is all that nobody holds: no more, and no less."""
        window = TimeSlot(ORIGIN + night[0] * MINUTE, ORIGIN + night[1] * MINUTE)
        found = self.book.find(
            code, window=window, patient=PatientId(patient), new_patient=is_new, now=self.instant
        )
        length = self.wanted(code, 0, patient, is_new=is_new).end
        expected = self.naive.starts(
            KINDS[code],
            patient=patient,
            is_new=is_new,
            now=self.now,
            first=night[0],
            last=night[1] - length,
        )
        assert {(minute_of(slot.slot.start), str(slot.lead)) for slot in found} == expected
        self.counts["starts compared"] += len(expected)

    @invariant()
    def nobody_has_what_another_has(self) -> None:
        """No two visits or holds have one resource at one time, but knowingly; no patient is in two places."""
        self.counts["steps"] += 1
        claims: list[Hold | Appointment] = [*self.book.appointments.values(), *self.book.holds.values()]
        holding = [each for each in claims if each.is_occupying]
        for one, other in combinations(holding, 2):
            if one.occupied.overlaps(other.occupied):
                both = set(one.resources) & set(other.resources)
                mine = both - set(_shared(one)) - set(_shared(other))
                assert not mine or _is_one_group(one, other), (one, other)
                assert all(each in PROVIDERS for each in map(str, both - mine))
            if isinstance(one, Appointment) and isinstance(other, Appointment):
                assert one.patient != other.patient or not one.slot.overlaps(other.slot)

    def teardown(self) -> None:
        """The facts alone, replayed, make the same state, and a book that finds the same."""
        self.counts["runs"] += 1
        self.book.expire(self.instant)
        self.what_is_kept_is_the_same()
        events = self.book.events
        self.counts.update(f"fact: {type(event).__name__}" for event in events)
        assert [event.seq for event in events] == list(range(1, len(events) + 1))
        state = self.book.state
        assert fold(events) == state
        half = len(events) // 2
        assert fold(events[half:], since=fold(events[:half])) == state
        again = Book.replay(CALENDAR, events, policy=self.book.policy)
        assert again.state == state
        window = TimeSlot(ORIGIN, ORIGIN + LAST * MINUTE)
        for code in KINDS:
            found = [
                list(book.find(code, window=window, now=self.instant, patient=PatientId("ann")))
                for book in (self.book, again)
            ]
            assert found[0] == found[1]
        assert isinstance(state, BookState)


def _shared(claim: Hold | Appointment) -> tuple[Any, ...]:
    return claim.shared if isinstance(claim, Appointment) else ()


def _is_one_group(one: Hold | Appointment, other: Hold | Appointment) -> bool:
    def seat(claim: Hold | Appointment) -> tuple[Any, ...]:
        return claim.visit_type, claim.slot, claim.occupied, claim.resources, claim.modality

    return one.seats > 1 and seat(one) == seat(other)
