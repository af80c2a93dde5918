"""How a machine asks several offices at once: each command under a fresh key, one row in each trail, one answer."""

from collections.abc import Callable
from typing import ClassVar

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from benchmarks.office_world import (
    BEGIN,
    NAMED,
    PATIENTS,
    STARTS,
    VISITS,
    CameOf,
    CountedIds,
    Seen,
    Watched,
    attempt,
    see,
)
from medoffice.adapters.system import FixedClock
from medoffice.core import AppointmentId, CommandKey, Refused
from medoffice.office import Office
from medoffice.scheduling.book import Offer, Policy
from medoffice.scheduling.book.holds import Hold
from medoffice.scheduling.waitlist import EntryId, OfferKey, WaitlistState

Ask = Callable[[Office, CommandKey], object]

patients = st.sampled_from(PATIENTS)
codes = st.sampled_from([visit.code for visit in VISITS])
starts = st.sampled_from(STARTS)
named = st.sampled_from(NAMED)
some = st.integers(0, 11)

MISTAKES = (
    "InvalidValue: not a valid overbooking: the provider whose time is to be shared is named",
    "InvalidValue: not a valid calendar: ",
    "InvalidValue: not a valid change",
    "InvalidValue: not a valid hold: it ends after now",
    "InvalidValue: not a valid offer: the visit that it would move is the patient's own",
    "InvalidValue: not a valid offer: it ends after now",
    "UnknownName: no entry of the waitlist is called",
    "KeyReused: this idempotency key belongs to another request",
)
"""What these machines ask by mistake; any other complaint is the office's."""


class Asking(RuleBasedStateMachine):
    """Offices that are told the same; ``open_stores`` gives each run's stores, empty, and how to remove them."""

    open_stores: ClassVar[Callable[[], tuple[list[Watched], Callable[[], None]]]]

    def __init__(self) -> None:
        super().__init__()
        self.stores, self.remove = type(self).open_stores()
        self.offices: list[Office] = []
        self.now = BEGIN
        self.asked = 0
        self.policy = Policy()
        self.last: tuple[Ask, CommandKey, CameOf] | None = None

    def each(self, ask: Callable[[Office], object]) -> CameOf:
        """What came of it, the same everywhere."""
        offices = [attrs.evolve(office, clock=FixedClock(self.now)) for office in self.offices]
        came = [attempt(lambda office=office: ask(office)) for office in offices]  # type: ignore[misc]
        assert all(other == came[0] for other in came[1:])
        assert not came[0].mistake or came[0].mistake.startswith(MISTAKES)
        return came[0]

    def send(self, ask: Ask) -> CameOf:
        """A command under a fresh key: one row in each audit trail, or none when it was a mistake."""
        self.asked += 1
        key = CommandKey(f"k-{self.asked}")
        before = self.rows()
        came = self.each(lambda office: ask(office, key))
        assert self.rows() == [count + (not came.mistake) for count in before]
        ended = self.stores[0].read(lambda tx: tx.audit_rows(after=before[0]))
        assert [row.entry.outcome == "done" for row in ended] == (
            [] if came.mistake else [not isinstance(came.answer, Refused)]
        )
        self.last = (ask, key, came)
        return came

    def rows(self) -> list[int]:
        """How long each audit trail is."""
        return [len(store.read(lambda tx: tx.audit_rows())) for store in self.stores]

    def stored(self) -> Seen:
        """What the first store has."""
        return self.stores[0].read(see)

    def waitlist(self) -> WaitlistState:
        """The waitlist of the first office, looked at without using up an id."""
        return attrs.evolve(self.offices[0], ids=CountedIds()).schedule.waitlist.state()

    def visit(self, which: int) -> AppointmentId | None:
        """One of the visits."""
        found = self.stored().visits
        return found[which % len(found)].id if found else None

    def a_hold(self, which: int) -> Hold | None:
        """One of the last holds."""
        found = self.stored().holds[-4:]
        return found[which % len(found)] if found else None

    def an_offer(self, which: int) -> Offer | None:
        """One of the last offers."""
        found = self.stored().offers[-4:]
        return found[which % len(found)] if found else None

    def a_key(self, which: int) -> OfferKey | None:
        """One of the offers of the waitlist."""
        found = [each.offer.key for each in self.waitlist().offers]
        return found[which % len(found)] if found else None

    def an_entry(self, which: int) -> EntryId | None:
        """One of those who wait, or who did."""
        state = self.waitlist()
        found = [*(each.entry.id for each in state.entries), *state.gone[:1]]
        return found[which % len(found)] if found else None
