"""The waitlist over a store: its facts are read, one thing is decided, and what happened is added, in one transaction."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TypeVar

import attrs

from medoffice.core.dates import DateRange
from medoffice.core.explain import Explained
from medoffice.core.findings import Finding
from medoffice.core.ids import AppointmentId, CommandKey, PatientId, ResourceId
from medoffice.core.outcomes import Refused
from medoffice.office.book.book_keeping import LOCK
from medoffice.office.book.calendar import calendar_of
from medoffice.office.book.decisions import Booking, ended
from medoffice.office.book.following import OutOfStep
from medoffice.office.once import Asked, once
from medoffice.office.visits.freed_time import (
    STREAM,
    add,
    busy_in,
    catch_up,
    freed_by,
    in_order,
    is_free,
)
from medoffice.office.visits.giving import GivenAway, give, text_of
from medoffice.ports.ids import IdSource
from medoffice.ports.store import ReadTransaction, SlotTaken, StaleRecord, Transaction
from medoffice.privacy.audit import AuditEntry
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.calendar import Calendar
from medoffice.scheduling.hours import Weekly
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.outcomes import Booked, Moved
from medoffice.scheduling.waitlist import (
    Advanced,
    CurrentVisit,
    DeskSuggestion,
    Entry,
    EntryId,
    FreedSlotId,
    OfferKey,
    Urgency,
    Waitlist,
    WaitlistPolicy,
    WaitlistState,
    facts,
)

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class WaitingList:
    """The office's waitlist: who waits, what they were offered, and who has it.

    A time that is given back (cancelled, moved) is opened for the list by itself while anybody is on it.
    ``advance`` sends the waves: call it every few minutes, and tell those whom it names. Nothing is sent from here.
    """

    to: Callable[[CommandKey | None], Booking]
    ids: IdSource
    policy: WaitlistPolicy

    # ── who waits ──

    def join(
        self,
        patient: PatientId,
        visit: str,
        *,
        channels: Iterable[str] = (),
        current: AppointmentId | None = None,
        urgency: Urgency = Urgency.ROUTINE,
        days: DateRange | None = None,
        times: Weekly | None = None,
        providers: Iterable[ResourceId] = (),
        locations: Iterable[str] = (),
        modalities: Iterable[Modality] = (),
        new_patient: bool = False,
        key: CommandKey | None = None,
    ) -> facts.EntryJoined:
        """Put a patient on the list for a kind of visit; what is left out suits in any form.

        ``current`` is the visit that an earlier one would replace; ``channels`` the ways by which the patient agreed to
        be asked, without one the desk calls.

        Raises:
            NoSuchRecord: when the patient or the current visit is not known.
            UnknownName: when there is no such kind of visit.
            StoreError: when the store could not; nobody was put on the list.
        """
        to = self.to(key)
        channels, providers, locations = frozenset(channels), frozenset(providers), frozenset(locations)
        modalities = frozenset(modalities)

        def work(tx: Transaction, waitlist: Waitlist, now: datetime) -> facts.EntryJoined:
            tx.patient(patient)
            now_has = None if current is None else tx.appointment(current)
            entry = Entry(
                id=self.ids.new(EntryId),
                patient=patient,
                visit=visit,
                joined=now,
                is_new_patient=new_patient,
                urgency=urgency,
                days=days or DateRange(date.min),
                times=times,
                providers=providers,
                locations=locations,
                modalities=modalities,
                current=None if now_has is None else CurrentVisit(now_has.id, now_has.slot),
                channels=channels,
            )
            waitlist.join(entry, now=now)
            return facts.EntryJoined(at=now, entry=entry)

        wishes = (
            sorted(channels),
            (str(days or ""), text_of(times), "new" if new_patient else ""),
            sorted(each.value for each in providers),
            sorted(locations),
            sorted(str(each) for each in modalities),
        )
        told = (part for some in wishes for part in (str(len(some)), *some))
        parts = (patient.value, visit, str(current or ""), urgency.name, *told)
        return self._once(to, "waitlist.join", patient.value, parts, work, facts.EntryJoined)

    def leave(self, entry: EntryId, *, key: CommandKey | None = None) -> facts.EntryLeft:
        """Take an entry off the list.

        Raises:
            UnknownName: when there is no such entry.
        """
        to = self.to(key)

        def work(_: Transaction, waitlist: Waitlist, now: datetime) -> facts.EntryLeft:
            waitlist.leave(entry, now=now)
            return facts.EntryLeft(at=now, entry=entry)

        return self._once(to, "waitlist.leave", entry.value, (entry.value,), work, facts.EntryLeft)

    def pause(
        self, entry: EntryId, *, until: datetime | None = None, key: CommandKey | None = None
    ) -> facts.EntryPaused:
        """Ask the patient nothing until an instant, or until :meth:`resume`.

        Raises:
            UnknownName: when there is no such entry.
        """
        to = self.to(key)

        def work(_: Transaction, waitlist: Waitlist, now: datetime) -> facts.EntryPaused:
            waitlist.pause(entry, now=now, until=until)
            return facts.EntryPaused(at=now, entry=entry, until=until)

        parts = (entry.value, "" if until is None else until.isoformat())
        return self._once(to, "waitlist.pause", entry.value, parts, work, facts.EntryPaused)

    def resume(self, entry: EntryId, *, key: CommandKey | None = None) -> facts.EntryResumed:
        """Let the patient be asked again.

        Raises:
            UnknownName: when there is no such entry.
        """
        to = self.to(key)

        def work(_: Transaction, waitlist: Waitlist, now: datetime) -> facts.EntryResumed:
            waitlist.resume(entry, now=now)
            return facts.EntryResumed(at=now, entry=entry)

        return self._once(to, "waitlist.resume", entry.value, (entry.value,), work, facts.EntryResumed)

    # ── slots and answers ──

    def advance(self) -> Advanced:
        """Do all that is due: ask the next patients, move on from those who declined or did not answer, tell the desk.

        Slots that were booked otherwise meanwhile are closed first. The outcome says whom to ask now; offers that
        stand are also in :meth:`state`, so none is lost when the answer of this call is.
        """
        to = self.to(None)

        def work(tx: Transaction) -> Advanced:
            calendar = calendar_of(tx, to.settings.zone)
            waitlist = self._read(tx, calendar)
            before, now = len(waitlist.facts), in_order(waitlist, to.now)
            for slot in waitlist.state.slots:
                if slot.is_open and slot.freed.start > now and not is_free(tx, to, calendar, slot.freed):
                    waitlist.withdraw(slot.freed.id, now=now)
            for standing in waitlist.state.entries:
                catch_up(tx, waitlist, standing.entry, now)
            advanced = waitlist.advance(now, busy=busy_in(tx, now))
            if add(tx, waitlist, before):
                tx.append_audit(
                    AuditEntry(at=to.now, actor=to.by, action="waitlist.advance", subject="waitlist")
                )
            return advanced

        return to.store.transact(work, locks=(LOCK,))

    def accept(self, offer: OfferKey, *, key: CommandKey | None = None) -> Booked | Moved | Refused:
        """A patient's yes: the first has the time, and the visit is booked or moved in the same transaction.

        One that comes too late is refused, remembered, and counts the next time.

        Raises:
            UnknownName: when there is no such offer.
            StoreError: when the store could not; nothing was booked.
        """
        to = self.to(key)

        def work(tx: Transaction, waitlist: Waitlist, now: datetime) -> Booked | Moved | Refused:
            if waitlist.is_waiting(offer.entry):
                catch_up(tx, waitlist, waitlist.entry(offer.entry).entry, now)
                busy = busy_in(tx, now, but=waitlist.entry(offer.entry))
            else:
                busy = busy_in(tx, now)
            filled = waitlist.accept(offer, now=now, busy=busy)
            return (
                filled
                if isinstance(filled, Refused)
                else give(tx, to, waitlist, filled, now=now, ids=self.ids)
            )

        return self._given(to, "waitlist.accept", offer.slot, offer.entry, work)

    def place(
        self, slot: FreedSlotId, entry: EntryId, *, key: CommandKey | None = None
    ) -> Booked | Moved | Refused:
        """A person gives a slot to somebody on the list, over any guard rail but not against what suits.

        Raises:
            UnknownName: when there is no such slot or entry.
            StoreError: when the store could not; nothing was booked.
        """
        to = self.to(key)

        def work(tx: Transaction, waitlist: Waitlist, now: datetime) -> Booked | Moved | Refused:
            catch_up(tx, waitlist, waitlist.entry(entry).entry, now)
            busy = busy_in(tx, now, but=waitlist.entry(entry))
            filled = waitlist.place(slot, entry, now=now, busy=busy)
            return (
                filled
                if isinstance(filled, Refused)
                else give(tx, to, waitlist, filled, now=now, ids=self.ids)
            )

        return self._given(to, "waitlist.place", slot, entry, work)

    def decline(self, offer: OfferKey, *, key: CommandKey | None = None) -> facts.OfferDeclined | Refused:
        """A patient's no; the slot moves on with the next :meth:`advance`.

        Raises:
            UnknownName: when there is no such offer.
        """
        to = self.to(key)

        def work(_: Transaction, waitlist: Waitlist, now: datetime) -> facts.OfferDeclined | Refused:
            said = waitlist.decline(offer, now=now)
            if isinstance(said, Refused):
                return said
            rests = waitlist.entry(offer.entry).rests_until or now
            return facts.OfferDeclined(at=now, offer=offer, rests_until=rests)

        parts = (str(offer),)
        return self._once(
            to, "waitlist.decline", offer.entry.value, parts, work, facts.OfferDeclined, Refused
        )

    # ── questions ──

    def state(self) -> WaitlistState:
        """Everything as it stands: entries, slots, offers."""
        return self._look(lambda _, waitlist: waitlist.state)

    def why_asked(self, offer: OfferKey) -> Explained[int]:
        """The points by which a patient was asked, part by part.

        Raises:
            UnknownName: when there is no such offer.
        """
        return self._look(lambda _, waitlist: waitlist.why_asked(offer))

    def why_not_asked(self, entry: EntryId, slot: FreedSlotId) -> tuple[Finding, ...]:
        """Every reason why an entry is not asked for a slot now; never empty.

        Raises:
            UnknownName: when there is no such entry or slot.
        """
        now = self.to(None).now
        return self._look(
            lambda tx, waitlist: waitlist.why_not_asked(entry, slot, now=now, busy=busy_in(tx, now))
        )

    def suggestion(self, slot: FreedSlotId) -> DeskSuggestion:
        """Everybody on the list whom a slot suits, in order, with what keeps from asking each.

        Raises:
            UnknownName: when there is no such slot.
        """
        now = self.to(None).now
        return self._look(lambda tx, waitlist: waitlist.suggestion(slot, now=now, busy=busy_in(tx, now)))

    # ── within ──

    def open_freed(self, tx: Transaction, to: Booking, given_up: Appointment) -> None:
        """Open the time that a visit gave up for the list, while anybody waits on it."""
        if tx.last_fact(STREAM) == 0 or given_up.is_group or given_up.slot.start <= to.now:
            return
        calendar = calendar_of(tx, to.settings.zone)
        waitlist = self._read(tx, calendar)
        if not waitlist.state.entries:
            return
        before, now = len(waitlist.facts), in_order(waitlist, to.now)
        waitlist.open(freed_by(calendar, given_up, now), now=now)
        add(tx, waitlist, before)

    def _given(
        self,
        to: Booking,
        action: str,
        slot: FreedSlotId,
        entry: EntryId,
        work: Callable[[Transaction, Waitlist, datetime], Booked | Moved | Refused],
    ) -> Booked | Moved | Refused:
        def send(
            what: Callable[[Transaction, Waitlist, datetime], Booked | Moved | Refused],
        ) -> Booked | Moved | Refused:
            parts = (slot.value, entry.value)
            return self._once(to, action, entry.value, parts, what, Booked, Moved, Refused)

        try:
            try:
                return send(work)
            except (SlotTaken, StaleRecord):
                return send(work)  # somebody who does not ask the book wrote meanwhile; that is seen now
        except (GivenAway, OutOfStep) as taken:
            refused = taken.refused

        def close_if_gone(tx: Transaction, waitlist: Waitlist, now: datetime) -> Booked | Moved | Refused:
            # The time was booked otherwise, or the office changed: nobody else is to be asked for nothing.
            standing = waitlist.slot(slot)
            calendar = calendar_of(tx, to.settings.zone)
            if standing.is_open and not is_free(tx, to, calendar, standing.freed):
                waitlist.withdraw(slot, now=now)
            return refused

        return send(close_if_gone)

    def _once(
        self,
        to: Booking,
        action: str,
        subject: str,
        parts: tuple[str, ...],
        work: Callable[[Transaction, Waitlist, datetime], T],
        *kinds: type,
    ) -> T:
        """Decide once, over the list as it stands; ``work`` is told the instant at which it does."""

        def run(tx: Transaction) -> T:
            waitlist = self._read(tx, calendar_of(tx, to.settings.zone))
            before = len(waitlist.facts)
            outcome = work(tx, waitlist, in_order(waitlist, to.now))
            add(tx, waitlist, before)
            return outcome

        asked = Asked(action=action, subject=subject, parts=parts)
        return once(to.store, to.command, asked, run, at=to.now, kinds=kinds, ended=ended, locks=(LOCK,))

    def _look(self, ask: Callable[[ReadTransaction, Waitlist], T]) -> T:
        to = self.to(None)
        return to.store.read(lambda tx: ask(tx, self._read(tx, calendar_of(tx, to.settings.zone))))

    def _read(self, tx: ReadTransaction, calendar: Calendar) -> Waitlist:
        told = (kept.fact for kept in tx.facts(STREAM))
        return Waitlist.replay(
            (fact for fact in told if isinstance(fact, facts.Fact)),
            policy=self.policy,
            visits=calendar.visits,
            resources=calendar.resources,
        )
