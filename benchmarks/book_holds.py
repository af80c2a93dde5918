"""Holds and offers, decided twice."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from benchmarks.book_double import BookDouble
from benchmarks.book_office import (
    HOLD_MINUTES,
    MINUTE,
    PATIENTS,
    kinds,
    minutes,
    patients,
    some_resources,
    starts,
    which,
)
from benchmarks.naive_book import ORIGIN, Open, Row, minute_of
from medoffice.core import AppointmentId, PatientId, Refused
from medoffice.scheduling.book import HoldId, OfferId


class HoldRules(BookDouble):
    """Decisions about holds and offers."""

    @rule(
        code=kinds,
        start=starts,
        patient=st.just("") | patients,
        named=some_resources,
        is_new=st.booleans(),
        length=st.none() | minutes,
    )
    def hold(
        self, *, code: str, start: int, patient: str, named: set[str], is_new: bool, length: int | None
    ) -> None:
        """A time is held exactly when it is free and the policy lets it be."""
        row = self.wanted(code, start, patient, is_new=is_new, is_hold=True)
        row.made, row.until = self.now, self.now + (length or HOLD_MINUTES)
        ways = self.naive.ways(row, frozenset(named), now=self.now)
        if (length or HOLD_MINUTES) > self.naive.rules.longest_hold or (
            patient
            and sum(each.patient == patient for each in self.live(holds=True))
            >= self.naive.rules.holds_per_patient
        ):
            ways = set()
        key = self.new_id("h")
        outcome = self.book.hold(
            code,
            ORIGIN + start * MINUTE,
            id=HoldId(key),
            now=self.instant,
            until=None if length is None else ORIGIN + row.until * MINUTE,
            patient=PatientId(patient) if patient else None,
            resources=sorted(named),
            new_patient=is_new,
        )
        got = None if isinstance(outcome, Refused) else outcome.hold
        if self.agree("hold", outcome, ways, got) and got is not None:
            self.keep(row, key, got)

    @rule(code=kinds, at=which, is_new=st.booleans())
    def hold_what_is_free(self, *, code: str, at: int, is_new: bool) -> None:
        """A free time can be held for nobody in particular."""
        slot = self.some_free(code, at, new_patient=is_new)
        if slot is None:
            return
        key = self.new_id("h")
        outcome = self.book.hold(code, slot, id=HoldId(key), now=self.instant, new_patient=is_new)
        self.count("hold what is free", outcome)
        assert not isinstance(outcome, Refused)
        row = self.wanted(code, minute_of(slot.slot.start), "", is_new=is_new, is_hold=True)
        row.made, row.until = self.now, self.now + HOLD_MINUTES
        self.keep(row, key, outcome.hold)

    @rule(at=which)
    def release(self, at: int) -> None:
        """A running hold is released; one that is over is not."""
        row = self.any_hold(at)
        if row is None:
            return
        outcome = self.book.release(HoldId(row.key), now=self.instant)
        self.count("release", outcome)
        assert isinstance(outcome, Refused) != row.is_there
        self.end_hold(row)

    @rule(at=which, patient=patients, length=st.none() | minutes, instead=st.none() | which)
    def offer(self, at: int, patient: str, length: int | None, instead: int | None) -> None:
        """A held time is offered to whom it may be."""
        row = self.any_hold(at)
        if row is not None:
            self.try_to_offer(row, patient, length, instead)

    @rule(at=which, lengths=st.lists(st.none() | minutes, min_size=2, max_size=4))
    def wave(self, at: int, lengths: list[int | None]) -> None:
        """One held time is offered to several patients; a time is held for it when none is."""
        if not self.live(holds=True):
            self.hold_what_is_free(code="short", at=at, is_new=False)
        row = self.any_hold(at)
        if row is not None:
            for patient, length in zip(PATIENTS, lengths, strict=False):
                self.try_to_offer(row, patient, length, None)

    def try_to_offer(self, row: Row, patient: str, length: int | None, instead: int | None) -> None:
        """Both books decide about an offer."""
        until = row.until if length is None else self.now + length
        if until <= self.now and row.is_there:
            return
        old = None
        if instead is not None:
            theirs = [each for each in self.live(holds=False) if each.patient == patient]
            old = theirs[instead % len(theirs)] if theirs else None
        can = (
            row.is_there
            and row.patient in {"", patient}
            and row.start >= self.now
            and until - row.made <= self.naive.rules.longest_hold
            and all(offer.patient != patient for offer in self.naive.offers_of(row.key))
            and not self.naive.is_busy(patient, row.start, row.end, old.key if old else "")
            and (old is None or (self.is_movable(old) and old.kind == row.kind))
        )
        key = self.new_id("o")
        outcome = self.book.offer(
            HoldId(row.key),
            id=OfferId(key),
            patient=PatientId(patient),
            until=None if length is None else ORIGIN + until * MINUTE,
            instead_of=AppointmentId(old.key) if old else None,
            now=self.instant,
        )
        self.count("offer", outcome)
        assert isinstance(outcome, Refused) != can, (outcome, can)
        if can:
            self.naive.offers.append(
                Open(key=key, hold=row.key, patient=patient, until=until, instead_of=old.key if old else "")
            )
            row.until = max(row.until, until)

    @rule(at=which)
    def accept(self, at: int) -> None:
        """The first patient who accepts has the time, unless it is past or they are elsewhere; nobody else has it."""
        if not self.book.offers:
            return
        known = sorted(self.book.offers)
        offers = [id for id in known if self.book.offers[id].is_open] or known
        id = offers[at % len(offers)]
        mine = next((offer for offer in self.naive.offers if offer.key == str(id)), None)
        hold = self.naive.row(str(self.book.offers[id].hold))
        can = (
            mine is not None
            and hold.start >= self.now
            and not self.naive.is_busy(mine.patient, hold.start, hold.end, mine.instead_of)
            and (not mine.instead_of or self.can_move_to(mine.instead_of))
        )
        key = self.new_id("a")
        outcome = self.book.accept(id, appointment=AppointmentId(key), now=self.instant)
        self.count("accept", outcome)
        assert isinstance(outcome, Refused) != can, (outcome, can)
        if isinstance(outcome, Refused) or mine is None:
            return
        self.end_hold(hold)
        self.take_over(hold, mine.instead_of or key, mine.patient, outcome.appointment)

    def can_move_to(self, key: str) -> bool:
        """Whether the visit is still there to be moved."""
        return self.naive.row(key).is_there and self.is_movable(self.naive.row(key))

    @rule(at=which)
    def decline(self, at: int) -> None:
        """An open offer is declined once."""
        known = sorted(self.book.offers)
        if not known:
            return
        id = known[at % len(known)]
        mine = [offer for offer in self.naive.offers if offer.key == str(id)]
        outcome = self.book.decline(id, now=self.instant)
        self.count("decline", outcome)
        assert isinstance(outcome, Refused) != bool(mine)
        self.naive.offers = [offer for offer in self.naive.offers if offer.key != str(id)]

    @rule(at=which, patient=patients)
    def book_a_hold(self, at: int, patient: str) -> None:
        """Who has a hold's id books what it keeps, when it is theirs and not under offer."""
        hold = self.any_hold(at)
        if hold is None:
            return
        can = self.is_usable(hold, patient) and not self.naive.is_busy(patient, hold.start, hold.end)
        key = self.new_id("a")
        outcome = self.book.book_hold(
            HoldId(hold.key), id=AppointmentId(key), patient=PatientId(patient), now=self.instant
        )
        self.count("book a hold", outcome)
        assert isinstance(outcome, Refused) != can, (outcome, can)
        if not isinstance(outcome, Refused):
            self.end_hold(hold)
            self.take_over(hold, key, patient, outcome.appointment)

    @rule(at=which, to=which)
    def move_to_a_hold(self, at: int, to: int) -> None:
        """A visit moves to what a hold of its kind keeps."""
        old, hold = self.any_visit(at), self.any_hold(to)
        if old is None or hold is None:
            return
        alike = [row for row in self.live(holds=True) if row.kind == old.kind]
        hold = alike[to % len(alike)] if alike else hold
        can = (
            self.is_usable(hold, old.patient)
            and self.is_movable(old)
            and old.kind == hold.kind
            and not self.naive.is_busy(old.patient, hold.start, hold.end, old.key)
        )
        outcome = self.book.move_to_hold(AppointmentId(old.key), HoldId(hold.key), now=self.instant)
        self.count("move to a hold", outcome)
        assert isinstance(outcome, Refused) != can, (outcome, can)
        if not isinstance(outcome, Refused):
            self.end_hold(hold)
            self.take_over(hold, old.key, old.patient, outcome.appointment)
