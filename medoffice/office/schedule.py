"""The schedule of an office: all that can be found and decided, each decision kept as facts in its store."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

import attrs

from medoffice.billing.fees import PlannedLine
from medoffice.core.errors import InvalidValue
from medoffice.core.findings import Finding
from medoffice.core.ids import ActorId, AppointmentId, CommandKey, PatientId, ResourceId
from medoffice.core.outcomes import Refused
from medoffice.core.times import TimeSlot
from medoffice.office.book.book_keeping import history, open_book
from medoffice.office.book.calendar import bearing_on, calendar_of, visit_type
from medoffice.office.book.decisions import Booking, OnFreed, Wanted
from medoffice.office.calendar import exceptions
from medoffice.office.calendar.exchanging import Exchange
from medoffice.office.calendar.setting_up import SetUp
from medoffice.office.day.flowing import Flow
from medoffice.office.once import Command
from medoffice.office.settings import OfficeSettings
from medoffice.office.visits import booking, holding
from medoffice.office.visits.recalling import Recalling
from medoffice.office.visits.reminding import Reminding
from medoffice.office.visits.replanning import Replanning
from medoffice.office.visits.risking import NoShows
from medoffice.office.visits.waiting import WaitingList
from medoffice.ports.clock import Clock
from medoffice.ports.ids import IdSource
from medoffice.ports.store import CalendarException, KeptFact, ReadTransaction, Store, Transaction
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.book import (
    Book,
    BookedSeries,
    CalledOff,
    Changed,
    Declined,
    Held,
    Offered,
    Party,
    Policy,
    Recurrence,
    RefusedSeries,
    Released,
)
from medoffice.scheduling.book.ids import HoldId, OfferId, SeriesId
from medoffice.scheduling.calendar import Calendar
from medoffice.scheduling.flow import FlowPolicy
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.outcomes import Booked, Moved
from medoffice.scheduling.recalls import RecallRule
from medoffice.scheduling.reminders import STANDARD, Protocol
from medoffice.scheduling.resources import Resource
from medoffice.scheduling.search import Fairness, FreeSlot
from medoffice.scheduling.waitlist import AskingHours, WaitlistPolicy

_QUARTER: Final = timedelta(minutes=15)
_DAY: Final = timedelta(days=1)


@attrs.frozen(kw_only=True)
class Schedule:
    """The schedule of one office, under ``actor``'s name and the office's ``policy``.

    As with the office, each decision takes a ``key``; sent again with it, it is carried out once. All may raise
    :class:`medoffice.ports.store.StoreError`, and then nothing was changed, and ``UnknownName`` for a resource that
    is not there.
    """

    settings: OfficeSettings
    store: Store
    clock: Clock
    ids: IdSource
    actor: ActorId
    policy: Policy
    waitlist_policy: WaitlistPolicy | None = None
    flow_policy: FlowPolicy = attrs.field(factory=FlowPolicy)
    reminder_protocol: Protocol = STANDARD
    recall_rules: tuple[RecallRule, ...] = ()

    # ── what there is, and what is free ──

    def calendar(self) -> Calendar:
        """Resources with their hours, kinds of visit, and the exceptions."""
        return self.store.read(lambda tx: calendar_of(tx, self.settings.zone))

    def find(
        self,
        visit: str,
        *,
        first_day: date,
        days: int = 1,
        resources: Iterable[ResourceId] = (),
        patient: PatientId | None = None,
        instead_of: AppointmentId | None = None,
        modality: Modality | None = None,
        location: str = "",
        new_patient: bool = False,
        step: timedelta = _QUARTER,
        fair: Fairness | None = None,
    ) -> Sequence[FreeSlot]:
        """The times at which a visit can be booked, earliest first; see :meth:`medoffice.scheduling.Book.find`.

        ``days`` calendar days of the office are searched from ``first_day`` on.

        Raises:
            NoSuchRecord: when the office has no such visit type.
        """
        window = TimeSlot(
            self.settings.span_of(first_day).start,
            self.settings.span_of(first_day + timedelta(days=days - 1)).end,
        )
        named = tuple(resources)

        def work(tx: ReadTransaction) -> Book:
            calendar = calendar_of(tx, self.settings.zone)
            kind = visit_type(calendar, visit)
            return open_book(
                tx,
                calendar=calendar,
                policy=self.policy,
                around=window.widened(before=_DAY, after=_DAY),
                resources=bearing_on(calendar, kind, modality=modality, named=named),
                patient=patient,
            )

        return self.store.read(work).find(
            visit,
            window=window,
            now=self.clock.now(),
            patient=patient,
            instead_of=instead_of,
            modality=modality,
            location=location,
            new_patient=new_patient,
            resources=named,
            step=step,
            fair=fair,
        )

    def why_not(
        self,
        visit: str,
        start: datetime,
        *,
        resources: Iterable[ResourceId] = (),
        patient: PatientId | None = None,
        modality: Modality | None = None,
        location: str = "",
        new_patient: bool = False,
    ) -> tuple[Finding, ...]:
        """Every reason why a visit cannot be booked at a start; none exactly when it can.

        Raises:
            NoSuchRecord: when the office has no such visit type.
        """

        def work(tx: ReadTransaction) -> Book:
            calendar = calendar_of(tx, self.settings.zone)
            visit_type(calendar, visit)
            around = TimeSlot.lasting(start, _DAY).widened(before=_DAY, after=_DAY)
            return open_book(tx, calendar=calendar, policy=self.policy, around=around)

        return self.store.read(work).why_not(
            visit,
            start,
            now=self.clock.now(),
            patient=patient,
            modality=modality,
            location=location,
            new_patient=new_patient,
            resources=resources,
        )

    def history(self, subject: AppointmentId | HoldId | OfferId) -> tuple[KeptFact, ...]:
        """What happened to a visit, a hold or an offer, in order."""
        return self.store.read(lambda tx: history(tx, subject))

    # ── set-up ──

    def add_resource(self, resource: Resource, *, key: CommandKey | None = None) -> Resource:
        """Add a provider, room or device with its hours, or replace the one with the same id."""
        return exceptions.add_resource(self._booking(key), resource)

    def add_exception(
        self, exception: CalendarException, *, key: CommandKey | None = None
    ) -> CalendarException:
        """Note a closure, an absence or a special day. Visits that are booked then stay: see :attr:`replanning`."""
        return exceptions.add(self._booking(key), exception)

    def drop_exception(
        self, exception: CalendarException, *, key: CommandKey | None = None
    ) -> CalendarException:
        """Take an exception away again.

        Raises:
            NoSuchRecord: when there is no such exception.
        """
        return exceptions.drop(self._booking(key), exception)

    @property
    def waitlist(self) -> WaitingList:
        """Who waits for an earlier time, and what they were offered."""
        policy = self.waitlist_policy or WaitlistPolicy(asking=AskingHours(zone=self.settings.zone))
        return WaitingList(to=self._booking, ids=self.ids, policy=policy)

    @property
    def setup(self) -> SetUp:
        """The calendar as the desk changes it: days closed and opened, who is away and back, hours from a day on."""
        return SetUp(to=self._booking)

    @property
    def exchange(self) -> Exchange:
        """The calendar for other programs (iCalendar, FHIR, SMART Scheduling Links), and theirs as absences."""
        return Exchange(to=self._booking)

    @property
    def no_shows(self) -> NoShows:
        """How likely visits are to be missed, learned from the office's own log."""
        return NoShows(to=self._booking)

    @property
    def replanning(self) -> Replanning:
        """New places for the visits that an absence or a closure displaces."""
        return Replanning(to=self._booking)

    @property
    def flow(self) -> Flow:
        """Where today's patients are, who is next, how long it may be, and what is left to do before they go."""
        return Flow(to=self._booking, on_freed=self._on_freed, policy=self.flow_policy)

    @property
    def reminders(self) -> Reminding:
        """What is to be sent to whom now, and what patients answered."""
        return Reminding(
            to=self._booking, on_freed=self._on_freed, ids=self.ids, protocol=self.reminder_protocol
        )

    @property
    def recalls(self) -> Recalling:
        """Who is to be asked to come by the office's rules, and what was tried."""
        return Recalling(to=self._booking, rules=self.recall_rules, protocol=self.reminder_protocol)

    # ── visits ──

    def book(
        self,
        patient: PatientId,
        visit: str,
        start: datetime,
        *,
        resources: Iterable[ResourceId] = (),
        modality: Modality | None = None,
        location: str = "",
        new_patient: bool = False,
        lines: tuple[PlannedLine, ...] = (),
        reason: str = "",
        overbook: bool = False,
        key: CommandKey | None = None,
    ) -> Booked | Refused:
        """Book a visit on all that it needs at once, or say every reason why not.

        Raises:
            NoSuchRecord: when the patient or the visit type is not known.
            InvalidValue: when ``overbook`` is asked for and no provider is named.
        """
        wanted = Wanted(
            visit=visit,
            start=start,
            resources=tuple(resources),
            modality=modality,
            location=location,
            new_patient=new_patient,
        )
        return booking.book(
            self._booking(key),
            wanted,
            id=self.ids.new(AppointmentId),
            patient=patient,
            lines=lines,
            reason=reason,
            overbook=overbook,
        )

    def book_series(
        self,
        patient: PatientId,
        visit: str,
        recurrence: Recurrence,
        *,
        resources: Iterable[ResourceId] = (),
        modality: Modality | None = None,
        location: str = "",
        new_patient: bool = False,
        reason: str = "",
        skip_conflicts: bool = False,
        key: CommandKey | None = None,
    ) -> BookedSeries | RefusedSeries | Refused:
        """Book every occurrence of a series, or none and say all that stands in the way, each with times near to it.

        With ``skip_conflicts`` those that can be are booked, and the others told.

        Raises:
            NoSuchRecord: when the patient or the visit type is not known.
            InvalidValue: when the series has no occurrence.
        """
        starts = recurrence.starts()
        if not starts:
            raise InvalidValue("series", "it has one occurrence at least")
        wanted = Wanted(
            visit=visit,
            start=starts[0],
            resources=tuple(resources),
            modality=modality,
            location=location,
            new_patient=new_patient,
        )
        return booking.book_series(
            self._booking(key),
            wanted,
            recurrence,
            id=self.ids.new(SeriesId),
            ids=tuple(self.ids.new(AppointmentId) for _ in starts),
            patient=patient,
            reason=reason,
            skip_conflicts=skip_conflicts,
        )

    def walk_in(
        self,
        patient: PatientId,
        visit: str,
        start: datetime,
        *,
        resources: Iterable[ResourceId] = (),
        location: str = "",
        new_patient: bool = False,
        reason: str = "",
        key: CommandKey | None = None,
    ) -> Booked | Refused:
        """Give somebody who came without an appointment a time; the visit begins as arrived.

        Raises:
            NoSuchRecord: when the patient or the visit type is not known.
        """
        wanted = Wanted(
            visit=visit,
            start=start,
            resources=tuple(resources),
            location=location,
            new_patient=new_patient,
        )
        id = self.ids.new(AppointmentId)
        return booking.walk_in(self._booking(key), wanted, id=id, patient=patient, reason=reason)

    def move(
        self,
        appointment: AppointmentId,
        start: datetime,
        resources: Sequence[ResourceId] | None = None,
        *,
        key: CommandKey | None = None,
    ) -> Moved | Refused:
        """Give an appointment another time, with its providers or with the ``resources`` named.

        Raises:
            NoSuchRecord: when the appointment is not known.
        """
        to = self._booking(key)
        return booking.move(to, id=appointment, start=start, resources=resources, on_freed=self._on_freed(to))

    def cancel(
        self,
        appointment: AppointmentId,
        *,
        reason: str = "",
        party: Party = Party.PATIENT,
        key: CommandKey | None = None,
    ) -> CalledOff | Refused:
        """Give an appointment's time back: why (the office's own code), and on whose side.

        Raises:
            NoSuchRecord: when the appointment is not known.
        """
        to = self._booking(key)
        return booking.cancel(to, id=appointment, reason=reason, party=party, on_freed=self._on_freed(to))

    def confirm(self, appointment: AppointmentId, *, key: CommandKey | None = None) -> Booked | Refused:
        """Note that the patient comes, or book what waited for a yes where its time is free.

        Raises:
            NoSuchRecord: when the appointment is not known.
        """
        return booking.confirm(self._booking(key), id=appointment)

    def change_status(
        self, appointment: AppointmentId, to: Status, *, key: CommandKey | None = None
    ) -> Changed | Refused:
        """Note that a patient arrived, was seen (``FULFILLED``), or did not come.

        Raises:
            NoSuchRecord: when the appointment is not known.
            InvalidValue: for a state that another decision leads to.
        """
        return booking.change_status(self._booking(key), id=appointment, status=to)

    # ── holds and offers ──

    def hold(
        self,
        visit: str,
        start: datetime,
        *,
        until: datetime | None = None,
        patient: PatientId | None = None,
        resources: Iterable[ResourceId] = (),
        modality: Modality | None = None,
        location: str = "",
        new_patient: bool = False,
        key: CommandKey | None = None,
    ) -> Held | Refused:
        """Keep a time against everybody, until the policy's or the given end.

        Raises:
            NoSuchRecord: when the patient or the visit type is not known.
        """
        wanted = Wanted(
            visit=visit,
            start=start,
            resources=tuple(resources),
            modality=modality,
            location=location,
            new_patient=new_patient,
        )
        id = self.ids.new(HoldId)
        return holding.hold(self._booking(key), wanted, id=id, until=until, patient=patient)

    def release(self, hold: HoldId, *, key: CommandKey | None = None) -> Released | Refused:
        """Give a held time back before its end.

        Raises:
            NoSuchRecord: when there is no such hold.
        """
        return holding.release(self._booking(key), id=hold)

    def book_hold(
        self, hold: HoldId, patient: PatientId, *, reason: str = "", key: CommandKey | None = None
    ) -> Booked | Refused:
        """Book what a hold keeps.

        Raises:
            NoSuchRecord: when the patient or the hold is not known.
        """
        id = self.ids.new(AppointmentId)
        return holding.book_hold(self._booking(key), hold=hold, id=id, patient=patient, reason=reason)

    def offer(
        self,
        hold: HoldId,
        patient: PatientId,
        *,
        until: datetime | None = None,
        instead_of: AppointmentId | None = None,
        key: CommandKey | None = None,
    ) -> Offered | Refused:
        """Tell a patient that they may have what a hold keeps; several may be told, the first to accept has it.

        Raises:
            NoSuchRecord: when the patient, the hold or the visit is not known.
        """
        return holding.offer(
            self._booking(key),
            hold=hold,
            id=self.ids.new(OfferId),
            patient=patient,
            until=until,
            instead_of=instead_of,
        )

    def accept(self, offer: OfferId, *, key: CommandKey | None = None) -> Booked | Moved | Refused:
        """Give the patient what was offered, if nobody was quicker.

        Raises:
            NoSuchRecord: when there is no such offer.
        """
        to, new = self._booking(key), self.ids.new(AppointmentId)
        return holding.accept(to, offer=offer, appointment=new, on_freed=self._on_freed(to))

    def decline(self, offer: OfferId, *, key: CommandKey | None = None) -> Declined | Refused:
        """Note that the patient does not want what was offered.

        Raises:
            NoSuchRecord: when there is no such offer.
        """
        return holding.decline(self._booking(key), offer=offer)

    # ── within ──

    def _on_freed(self, to: Booking) -> OnFreed:
        def open_for_the_list(tx: Transaction, given_up: Appointment) -> None:
            self.waitlist.open_freed(tx, to, given_up)

        return open_for_the_list

    def _booking(self, key: CommandKey | None) -> Booking:
        return Booking(
            store=self.store,
            settings=self.settings,
            policy=self.policy,
            command=Command(by=self.actor, key=key or self.ids.new(CommandKey)),
            now=self.clock.now(),
        )
