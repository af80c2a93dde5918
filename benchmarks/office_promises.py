"""What a machine asks an office about time that is promised: holds, offers, and the waitlist."""

from datetime import datetime

from hypothesis import strategies as st
from hypothesis.stateful import rule

from benchmarks.office_asking import Asking, codes, named, patients, some, starts
from benchmarks.office_world import MINUTE
from medoffice.core import PatientId, ResourceId


class PromiseRules(Asking):
    """Keep, offer, take; wait, be asked, answer."""

    @rule(
        code=codes,
        start=starts,
        who=named,
        patient=st.none() | patients,
        last=st.none() | st.sampled_from([-5, 5, 120, 600]),
    )
    def hold(
        self,
        *,
        code: str,
        start: datetime,
        who: tuple[ResourceId, ...],
        patient: PatientId | None,
        last: int | None,
    ) -> None:
        """Also for a patient who has one, too long, or up to an end that has passed."""
        until = None if last is None else self.now + last * MINUTE
        self.send(
            lambda office, key: office.schedule.hold(
                code, start, until=until, patient=patient, resources=who, key=key
            )
        )

    @rule(which=some)
    def release(self, *, which: int) -> None:
        """What runs, and what is over."""
        if (kept := self.a_hold(which)) is not None:
            self.send(lambda office, key: office.schedule.release(kept.id, key=key))

    @rule(which=some, patient=patients)
    def book_hold(self, *, which: int, patient: PatientId) -> None:
        """By the one it is for, or by another."""
        if (kept := self.a_hold(which)) is not None:
            self.send(lambda office, key: office.schedule.book_hold(kept.id, patient, key=key))

    @rule(which=some, patient=patients, instead=st.none() | some, last=st.none() | st.integers(1, 200))
    def offer(self, *, which: int, patient: PatientId, instead: int | None, last: int | None) -> None:
        """To anybody, also twice, and instead of a visit."""
        if (kept := self.a_hold(which)) is not None:
            until = None if last is None else self.now + last * MINUTE
            old = None if instead is None else self.visit(instead)
            self.send(
                lambda office, key: office.schedule.offer(
                    kept.id, patient, until=until, instead_of=old, key=key
                )
            )

    @rule(which=some)
    def accept(self, *, which: int) -> None:
        """In time or late."""
        if (made := self.an_offer(which)) is not None:
            self.send(lambda office, key: office.schedule.accept(made.id, key=key))

    @rule(which=some)
    def decline(self, *, which: int) -> None:
        """Also what was answered."""
        if (made := self.an_offer(which)) is not None:
            self.send(lambda office, key: office.schedule.decline(made.id, key=key))

    @rule(patient=patients, code=codes, current=st.none() | some)
    def join(self, *, patient: PatientId, code: str, current: int | None) -> None:
        """With a visit to give up, or without."""
        old = None if current is None else self.visit(current)
        self.send(
            lambda office, key: office.schedule.waitlist.join(
                patient, code, current=old, channels=["sms"], key=key
            )
        )

    @rule()
    def advance(self) -> None:
        """Whoever is told that they may have a time, may have it, as far as the calendar goes."""
        self.each(lambda office: office.schedule.waitlist.advance())

    @rule(which=some)
    def say_yes(self, *, which: int) -> None:
        """To what stands, or stood."""
        if (key_of := self.a_key(which)) is not None:
            self.send(lambda office, key: office.schedule.waitlist.accept(key_of, key=key))

    @rule(which=some)
    def say_no(self, *, which: int) -> None:
        """To what stands, or stood."""
        if (key_of := self.a_key(which)) is not None:
            self.send(lambda office, key: office.schedule.waitlist.decline(key_of, key=key))

    @rule(which=some, slot=some)
    def place_by_hand(self, *, which: int, slot: int) -> None:
        """A person fills a slot."""
        slots = self.waitlist().slots
        if slots and (entry := self.an_entry(which)) is not None:
            free = slots[slot % len(slots)].freed.id
            self.send(lambda office, key: office.schedule.waitlist.place(free, entry, key=key))

    @rule(which=some, how=st.sampled_from(["pause", "resume", "leave"]))
    def wait_otherwise(self, *, which: int, how: str) -> None:
        """Off the list, or not now."""
        if (entry := self.an_entry(which)) is not None:
            self.send(lambda office, key: getattr(office.schedule.waitlist, how)(entry, key=key))
