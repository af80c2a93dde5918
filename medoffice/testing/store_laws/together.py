"""Threads that read and write at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import attrs

from medoffice.core.ids import PatientId
from medoffice.ports.store import (
    AlreadyRecorded,
    NoSuchRecord,
    ReadTransaction,
    SlotTaken,
    Transaction,
)
from medoffice.privacy.audit import verify_audit
from medoffice.testing import store_records as make
from medoffice.testing.store_laws.trial import WAIT, StoreTrial, note, putting, raises


class TogetherLaws(StoreTrial):
    """Threads that read and write at once."""

    def test_readers_see_what_is_committed_and_nothing_else(self) -> None:
        """A change is invisible until its transaction has ended, and a reader never waits for it."""
        self.booked("apt-1")
        written, seen = threading.Event(), threading.Event()

        def work(t: Transaction) -> None:
            t.put_patient(make.patient("pat-2"))
            written.set()
            assert seen.wait(WAIT)

        with ThreadPoolExecutor(1) as pool:
            writer = pool.submit(self.store.transact, work)
            try:
                assert written.wait(WAIT)
                with raises(NoSuchRecord):
                    self.read(lambda t: t.patient(PatientId("pat-2")))
            finally:
                seen.set()
            writer.result(WAIT)
        assert self.read(lambda t: t.patient(PatientId("pat-2"))) == make.patient("pat-2")

    def test_a_reader_keeps_its_view(self) -> None:
        """What is committed while a reader reads does not change what it sees."""
        self.booked("apt-1")

        def work(t: ReadTransaction) -> tuple[int, int]:
            first = len(t.appointments(make.slot(0, 1000)))
            with ThreadPoolExecutor(1) as pool:
                visit = make.appointment("apt-2", start=60, end=90)
                pool.submit(self.store.transact, putting(visit)).result(WAIT)
            return first, len(t.appointments(make.slot(0, 1000)))

        assert self.read(work) == (1, 1)
        assert len(self.read(lambda t: t.appointments(make.slot(0, 1000)))) == 2

    def test_one_of_many_threads_gets_the_slot(self) -> None:
        """Rivals for one slot: one wins, all others are refused, nobody gets any other error."""
        self.write(putting(make.patient()))

        def book(place: int) -> bool:
            visit = make.appointment(f"apt-{place}", start=place % 20, end=30 + place % 20)
            try:
                self.store.transact(putting(visit), locks=("resource:dr-a",))
            except SlotTaken:
                return False
            return True

        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(book, range(24))) == 1
        assert len(self.read(lambda t: t.appointments(make.slot(0, 100)))) == 1

    def test_without_locks_the_constraint_still_holds(self) -> None:
        """Whoever forgets to name a lock gets a refusal, never a double booking."""
        self.write(putting(make.patient()))

        def book(place: int) -> bool:
            try:
                self.store.transact(putting(make.appointment(f"apt-{place}")))
            except SlotTaken:
                return False
            return True

        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(book, range(12))) == 1

    def test_queue_numbers_are_given_without_gap_or_double(self) -> None:
        """Threads that read the last number and take the next, under the day's lock, never meet."""
        ids = [f"apt-{i}" for i in range(16)]
        self.booked(*ids)

        def arrive(id: str) -> int:
            def work(t: Transaction) -> int:
                number = t.last_number(make.DAY) + 1
                t.add_check_in(make.check_in(id, number))
                t.append_audit(make.entry(subject=id))
                return number

            return self.store.transact(work, locks=("queue:2026-11-24",))

        with ThreadPoolExecutor(8) as pool:
            assert sorted(pool.map(arrive, ids)) == list(range(1, 17))
        rows = self.read(lambda t: t.audit_rows())
        assert len(rows) == 16
        assert verify_audit(rows, key=self.audit_key) == ()

    def test_audit_rows_of_unrelated_transactions_do_not_meet(self) -> None:
        """Transactions that share no lock add to one trail, and none of them is refused for it."""

        def look(place: int) -> int:
            entry = make.entry("look", f"pat-{place}")
            return self.store.transact(partial(note, entry=entry), locks=(f"patient:{place}",)).seq

        with ThreadPoolExecutor(8) as pool:
            assert sorted(pool.map(look, range(24))) == list(range(1, 25))
        assert verify_audit(self.read(lambda t: t.audit_rows()), key=self.audit_key) == ()

    def test_a_common_lock_keeps_updates_from_being_lost(self) -> None:
        """Reading, changing and writing back under one lock counts every change."""
        self.write(putting(make.visit_type(minutes=1)))

        def lengthen(place: int) -> None:
            def work(t: Transaction) -> None:
                (now,) = t.visit_types()
                t.put_visit_type(attrs.evolve(now, minutes=now.minutes + 1))

            extra = f"resource:{place}"
            locks = ("visit-types", extra) if place % 2 else (extra, "visit-types")
            self.store.transact(work, locks=locks)

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lengthen, range(24)))
        assert [each.minutes for each in self.read(lambda t: t.visit_types())] == [25]

    def test_rivals_for_one_command_record_it_once(self) -> None:
        """The same command sent by many threads at once is carried out by one of them."""

        def send(_: int) -> bool:
            def work(t: Transaction) -> None:
                t.append_audit(make.entry())
                t.add_outcome(make.outcome())

            try:
                self.store.transact(work, locks=("command:cmd-1",))
            except AlreadyRecorded:
                return False
            return True

        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(send, range(12))) == 1
        assert len(self.read(lambda t: t.audit_rows())) == 1
