"""Visits, decided twice."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from benchmarks.book_double import BookDouble
from benchmarks.book_office import MINUTE, PROVIDERS, kinds, patients, some_resources, starts, which
from benchmarks.naive_book import ORIGIN, Row, minute_of
from medoffice.core import AppointmentId, PatientId, Refused
from medoffice.scheduling.appointments import Status


class VisitRules(BookDouble):
    """Decisions about visits."""

    @rule(
        code=kinds,
        start=starts,
        patient=patients,
        named=some_resources,
        is_new=st.booleans(),
        pending=st.booleans(),
        overbook=st.booleans(),
    )
    def book_anything(
        self,
        *,
        code: str,
        start: int,
        patient: str,
        named: set[str],
        is_new: bool,
        pending: bool,
        overbook: bool,
    ) -> None:
        """Any booking is made exactly when nothing stands in its way."""
        self.try_to_book(code, start, patient, named, is_new=is_new, pending=pending, overbook=overbook)

    @rule(at=which, patient=patients, code=kinds, by=st.sampled_from((-15, 0, 10)), is_new=st.booleans())
    def overbook(self, *, at: int, patient: str, code: str, by: int, is_new: bool) -> None:
        """A provider's time is shared exactly as far as the policy lets it, and nothing else is."""
        shared = [row for row in self.live(holds=False) if row.shared]
        old = shared[at % len(shared)] if shared and at % 2 else self.any_visit(at)
        if old is not None:
            named = set(old.resources & PROVIDERS)
            self.try_to_book(
                code, old.start + by, patient, named, is_new=is_new, pending=False, overbook=True
            )

    def try_to_book(
        self,
        code: str,
        start: int,
        patient: str,
        named: set[str],
        *,
        is_new: bool,
        pending: bool,
        overbook: bool,
    ) -> None:
        """Both books decide about a visit at a start."""
        row = self.wanted(code, start, patient, is_new=is_new)
        providers = frozenset(named) & PROVIDERS
        overbook = overbook and bool(providers)
        ways = self.naive.ways(row, frozenset(named), now=self.now)
        shared: frozenset[str] = frozenset()
        if not ways and overbook and self.naive.rules.more_at_once:
            shared = providers
            ways = self.naive.ways(row, frozenset(named), now=self.now, past=providers)
        key = self.new_id("a")
        outcome = self.book.book(
            code,
            ORIGIN + start * MINUTE,
            id=AppointmentId(key),
            patient=PatientId(patient),
            resources=sorted(named),
            new_patient=is_new,
            pending=pending,
            overbook=overbook,
            now=self.instant,
        )
        got = None if isinstance(outcome, Refused) else outcome.appointment
        if self.agree("overbook" if shared else "book", outcome, ways, got) and got is not None:
            row.shared = frozenset(map(str, got.shared))
            assert row.shared <= shared
            self.keep(row, key, got)

    @rule(code=kinds, at=which, patient=patients, is_new=st.booleans())
    def book_what_is_offered(self, *, code: str, at: int, patient: str, is_new: bool) -> None:
        """What is found for a patient is booked for them, without exception."""
        slot = self.some_free(code, at, patient=PatientId(patient), new_patient=is_new)
        if slot is None:
            return
        key = self.new_id("a")
        outcome = self.book.book(
            code,
            slot,
            id=AppointmentId(key),
            patient=PatientId(patient),
            new_patient=is_new,
            now=self.instant,
        )
        self.count("book what is offered", outcome)
        assert not isinstance(outcome, Refused), (slot, outcome)
        row = self.wanted(code, minute_of(slot.slot.start), patient, is_new=is_new)
        assert self.naive.ways(row, now=self.now), slot
        assert outcome.appointment.resources == slot.resources
        self.keep(row, key, outcome.appointment)

    @rule(at=which, start=starts, named=st.none() | some_resources)
    def move(self, at: int, start: int, named: set[str] | None) -> None:
        """A visit moves exactly when its new time is free but for itself; else it stays."""
        old = self.any_visit(at)
        if old is not None:
            self.try_to_move(old, start, named)

    def try_to_move(self, old: Row, start: int, named: set[str] | None) -> None:
        """Both books decide about another start for a visit."""
        row = self.wanted(old.kind.code, start, old.patient, is_new=old.is_new)
        asked = old.resources & PROVIDERS if named is None else frozenset(named)
        ways = self.naive.ways(row, asked, now=self.now, but=old.key) if self.is_movable(old) else set()
        outcome = self.book.move(
            AppointmentId(old.key),
            ORIGIN + start * MINUTE,
            resources=None if named is None else sorted(named),
            now=self.instant,
        )
        got = None if isinstance(outcome, Refused) else outcome.appointment
        if self.agree("move", outcome, ways, got) and got is not None:
            self.naive.rows.remove(old)
            self.keep(row, old.key, got)

    @rule(at=which, by=st.sampled_from((-20, -5, 5, 15, 30)))
    def move_a_little(self, at: int, by: int) -> None:
        """A visit's own old time does not stand in its way."""
        old = self.any_visit(at)
        if old is not None:
            self.try_to_move(old, old.start + by, None)

    @rule(at=which, to=which)
    def move_to_what_is_free(self, at: int, to: int) -> None:
        """A visit that has not begun moves to whatever is found for it."""
        old = self.any_visit(at)
        if old is None or not self.is_movable(old):
            return
        slot = self.some_free(
            old.kind.code,
            to,
            patient=PatientId(old.patient),
            instead_of=AppointmentId(old.key),
            new_patient=old.is_new,
        )
        if slot is None:
            return
        outcome = self.book.move(AppointmentId(old.key), slot, now=self.instant)
        self.count("move to what is free", outcome)
        assert not isinstance(outcome, Refused), (slot, outcome)
        self.naive.rows.remove(old)
        row = self.wanted(old.kind.code, minute_of(slot.slot.start), old.patient, is_new=old.is_new)
        self.keep(row, old.key, outcome.appointment)

    @rule(at=which)
    def cancel(self, at: int) -> None:
        """What is cancelled holds no time."""
        self.end_visit(at, "cancel")

    @rule(at=which)
    def no_show(self, at: int) -> None:
        """Nobody has missed what has not begun."""
        self.end_visit(at, "no-show")

    def end_visit(self, at: int, what: str) -> None:
        """Cancel a visit, or note that nobody came."""
        row = self.any_visit(at)
        begun = [row for row in self.live(holds=False) if row.start <= self.now and self.is_movable(row)]
        if what == "no-show" and begun:
            row = begun[at % len(begun)]
        if row is None:
            return
        id = AppointmentId(row.key)
        status = self.book.appointments[id].status
        if what == "cancel":
            can = status in {Status.PENDING, Status.BOOKED, Status.ARRIVED, Status.CHECKED_IN}
            outcome: object = self.book.cancel(id, now=self.instant, reason="sick")
        else:
            can = status is Status.BOOKED and self.now >= row.start
            outcome = self.book.no_show(id, now=self.instant)
        self.count(what, outcome)
        assert isinstance(outcome, Refused) != can
        row.is_there = row.is_there and not can

    @rule(at=which, to=st.sampled_from((Status.ARRIVED, Status.CHECKED_IN, Status.FULFILLED)))
    def go_on(self, at: int, to: Status) -> None:
        """A visit that goes on keeps its time."""
        row = self.any_visit(at)
        if row is not None:
            self.count("change", self.book.change(AppointmentId(row.key), to, now=self.instant))

    @rule(at=which)
    def confirm(self, at: int) -> None:
        """A pending visit is booked by its confirmation and keeps its time."""
        row = self.any_visit(at)
        if row is not None:
            id = AppointmentId(row.key)
            can = self.is_movable(row)
            outcome = self.book.confirm(id, now=self.instant)
            self.count("confirm", outcome)
            assert isinstance(outcome, Refused) != can
            assert self.book.is_confirmed(id) or not can

    @rule(code=kinds, patient=patients, named=some_resources)
    def walk_in(self, code: str, patient: str, named: set[str]) -> None:
        """Who comes without an appointment has a time when there is one, at no notice."""
        row = self.wanted(code, self.now, patient)
        can_be = row.kind.modality == "in-person" and code != "call"
        ways = self.naive.ways(row, frozenset(named), now=self.now, at_once=True) if can_be else set()
        key = self.new_id("a")
        outcome = self.book.walk_in(
            code,
            id=AppointmentId(key),
            patient=PatientId(patient),
            resources=sorted(named),
            now=self.instant,
        )
        got = None if isinstance(outcome, Refused) else outcome.appointment
        if self.agree("walk-in", outcome, ways, got) and got is not None:
            self.keep(row, key, got)
