"""An office: its settings, its store, and the commands over both."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Self, TypeVar
from zoneinfo import ZoneInfo

import attrs

from medoffice.adapters.memory import MemoryStore
from medoffice.adapters.system import RandomIds, SystemClock
from medoffice.billing.benefits import VerifiedCoverage
from medoffice.billing.claims import Claim
from medoffice.billing.eligibility import EligibilityPolicy
from medoffice.billing.estimate import Estimate
from medoffice.billing.fees import PlannedLine, PriceTerms
from medoffice.checkin.messages import AlreadyHere, CheckedIn, TurnedAway
from medoffice.checkin.records import DeskTask
from medoffice.core.errors import MedofficeError
from medoffice.core.ids import ActorId, AppointmentId, CommandKey, OfficeId, PatientId, ResourceId
from medoffice.core.outcomes import Refused
from medoffice.core.people import Patient, Provider
from medoffice.office.book.calendar import calendar_of
from medoffice.office.book.decisions import Booking
from medoffice.office.coding.diagnosing import Diagnosing
from medoffice.office.coverage.ordering import Ordering
from medoffice.office.coverage.permitting import Permitting
from medoffice.office.coverage.verifying import Eligibility
from medoffice.office.day.arrival import at_the_desk, check_in
from medoffice.office.day.board import BoardRow, board
from medoffice.office.day.reception import OfficeReception
from medoffice.office.money.accounts import Accounts
from medoffice.office.money.due import due_for
from medoffice.office.notices.notices import Notices
from medoffice.office.once import Asked, Command, once
from medoffice.office.prices.data import Data
from medoffice.office.prices.pricing import Prices
from medoffice.office.prices.table_folder import TableFolder
from medoffice.office.schedule import Schedule
from medoffice.office.scrubbing import scrub_claim
from medoffice.office.settings import OfficeSettings
from medoffice.office.visits.codes import IssuedCode, issue_code
from medoffice.ports.clock import Clock
from medoffice.ports.ids import IdSource
from medoffice.ports.payers import PayerGateway
from medoffice.ports.signing import Signer, Verifier
from medoffice.ports.store import ReadTransaction, Store, Transaction
from medoffice.rules import Policy, Report
from medoffice.scheduling.appointments import Status
from medoffice.scheduling.book import CalledOff, Changed
from medoffice.scheduling.book import Policy as BookingPolicy
from medoffice.scheduling.flow import FlowPolicy
from medoffice.scheduling.hours import WeeklyTemplate
from medoffice.scheduling.outcomes import Booked, Moved
from medoffice.scheduling.recalls import RecallRule
from medoffice.scheduling.reminders import STANDARD, Protocol
from medoffice.scheduling.search import FreeSlot
from medoffice.scheduling.visits import VisitType
from medoffice.scheduling.waitlist import WaitlistPolicy
from medoffice.wire.json import encode

T = TypeVar("T", VisitType, Provider, Patient)


class NoSigner(MedofficeError):
    """This office has no key to sign codes with; open it with one (see ``medoffice office init``)."""


@attrs.frozen
class NoKeys:
    """A verifier that trusts no key: an office without one takes no codes."""

    def verify(self, key_id: int, message: bytes, signature: bytes) -> bool:  # noqa: ARG002
        """Never."""
        return False


@attrs.frozen(kw_only=True)
class Office:
    """One office, ready to work: everything below happens in its store, under ``actor``'s name.

    Each command takes a ``key``: pass your own to be able to send the command again safely; without one it gets a
    fresh key. All commands may raise :class:`medoffice.ports.store.StoreError`, and then nothing was changed.
    """

    settings: OfficeSettings
    store: Store
    clock: Clock = attrs.field(factory=SystemClock)
    ids: IdSource = attrs.field(factory=RandomIds)
    signer: Signer | None = None
    verifier: Verifier = attrs.field(factory=NoKeys)
    actor: ActorId = attrs.field(factory=lambda: ActorId("program"))
    policy: Policy = attrs.field(factory=Policy)
    booking_policy: BookingPolicy = attrs.field(factory=BookingPolicy)
    waitlist_policy: WaitlistPolicy | None = None
    flow_policy: FlowPolicy = attrs.field(factory=FlowPolicy)
    reminder_protocol: Protocol = STANDARD
    recall_rules: tuple[RecallRule, ...] = ()
    eligibility_policy: EligibilityPolicy = attrs.field(factory=EligibilityPolicy)
    payers: Callable[[], PayerGateway] | None = None
    """The way to payers, made when it is first needed; without one nobody is asked."""
    price_terms: PriceTerms = attrs.field(factory=PriceTerms)
    tables: TableFolder | None = None

    @classmethod
    def in_memory(
        cls, name: str = "Demo office", *, zone: str = "America/New_York", clock: Clock | None = None
    ) -> Self:
        """An office that forgets everything when the program ends; for trying out and for tests.

        Raises:
            zoneinfo.ZoneInfoNotFoundError: when there is no such IANA zone.
        """
        settings = OfficeSettings(id=OfficeId("demo"), name=name, zone=ZoneInfo(zone))
        return cls(settings=settings, store=MemoryStore(), clock=clock or SystemClock())

    def acting_as(self, actor: ActorId) -> Self:
        """The same office, its commands under another name."""
        return attrs.evolve(self, actor=actor)

    # --- set-up ---------------------------------------------------------------------------------------------------

    def add_visit_type(self, visit: VisitType, *, key: CommandKey | None = None) -> VisitType:
        """Add a kind of visit, or replace the one with the same code.

        Raises:
            UnknownName: when it needs a resource by name that the office does not have; add that first.
        """

        def work(tx: Transaction) -> VisitType:
            tx.put_visit_type(visit)
            calendar_of(tx, self.settings.zone)
            return visit

        return self._once(key, "add-visit-type", visit.code, (_text(visit),), work)

    def add_provider(
        self, provider: Provider, *templates: WeeklyTemplate, key: CommandKey | None = None
    ) -> Provider:
        """Add a clinician with their weekly hours, or replace what has the same id (and first day)."""

        def work(tx: Transaction) -> Provider:
            tx.put_provider(provider)
            for template in templates:
                tx.put_template(template)
            return provider

        parts = (_text(provider), *map(_text, templates))
        return self._once(key, "add-provider", provider.id.value, parts, work)

    # --- patients -------------------------------------------------------------------------------------------------

    def register(self, patient: Patient, *covers: VerifiedCoverage, key: CommandKey | None = None) -> Patient:
        """Add a patient with their coverages, or replace the record with the same id."""

        def work(tx: Transaction) -> Patient:
            tx.put_patient(patient)
            for cover in covers:
                tx.put_coverage(cover)
            return patient

        parts = (_text(patient), *map(_text, covers))
        return self._once(key, "register", patient.id.value, parts, work)

    # --- schedule -------------------------------------------------------------------------------------------------

    @property
    def schedule(self) -> Schedule:
        """The rest of what can be decided about the schedule: holds, offers, series, exceptions, the waitlist."""
        return Schedule(
            settings=self.settings,
            store=self.store,
            clock=self.clock,
            ids=self.ids,
            actor=self.actor,
            policy=self.booking_policy,
            waitlist_policy=self.waitlist_policy,
            flow_policy=self.flow_policy,
            reminder_protocol=self.reminder_protocol,
            recall_rules=self.recall_rules,
        )

    @property
    def notices(self) -> Notices:
        """What patients are told beforehand about money: good-faith estimates, and Medicare's ABN."""
        return Notices(settings=self.settings, store=self.store, clock=self.clock, command=self._command)

    def find(
        self,
        visit: str,
        *,
        first_day: date,
        days: int = 1,
        resources: Iterable[ResourceId] = (),
        patient: PatientId | None = None,
        step: timedelta = timedelta(minutes=15),
    ) -> Sequence[FreeSlot]:
        """The times at which a kind of visit can be booked, earliest first.

        ``days`` calendar days of the office from ``first_day`` on are searched, by the ``resources`` named (of those
        of one need any will do) or by all, and for a ``patient`` who is not elsewhere then. More can be asked of
        :meth:`Schedule.find`.

        Raises:
            NoSuchRecord: when the office has no such visit type.
            UnknownName: when a resource is not known.
        """
        return self.schedule.find(
            visit, first_day=first_day, days=days, resources=resources, patient=patient, step=step
        )

    def book(
        self,
        patient: PatientId,
        visit: str,
        start: datetime,
        resources: Sequence[ResourceId] = (),
        *,
        lines: tuple[PlannedLine, ...] = (),
        reason: str = "",
        new_patient: bool = False,
        key: CommandKey | None = None,
    ) -> Booked | Refused:
        """Book a visit on all that it needs at once; ``lines`` are the services planned for it.

        ``resources`` that are named are taken; for each need that none of them fills the book chooses. More can be
        asked of :meth:`Schedule.book`.

        Raises:
            NoSuchRecord: when the patient or the visit type is not known.
            UnknownName: when a resource is not known.
        """
        return self.schedule.book(
            patient,
            visit,
            start,
            resources=resources,
            lines=lines,
            reason=reason,
            new_patient=new_patient,
            key=key,
        )

    def move(
        self,
        appointment: AppointmentId,
        start: datetime,
        resources: Sequence[ResourceId] | None = None,
        *,
        key: CommandKey | None = None,
    ) -> Moved | Refused:
        """Give an appointment another time, with its providers or with the ``resources`` named; all or nothing.

        Raises:
            NoSuchRecord: when the appointment is not known.
            UnknownName: when a resource is not known.
        """
        return self.schedule.move(appointment, start, resources, key=key)

    def cancel(
        self, appointment: AppointmentId, *, reason: str = "", key: CommandKey | None = None
    ) -> CalledOff | Refused:
        """Give an appointment's time back; the outcome says with how much notice, and whether that was late.

        Raises:
            NoSuchRecord: when the appointment is not known.
        """
        return self.schedule.cancel(appointment, reason=reason, key=key)

    def change_status(
        self, appointment: AppointmentId, to: Status, *, key: CommandKey | None = None
    ) -> Changed | Refused:
        """Note that a patient arrived, was seen (``FULFILLED``), or did not come.

        Raises:
            NoSuchRecord: when the appointment is not known.
        """
        return self.schedule.change_status(appointment, to, key=key)

    # --- prices ---------------------------------------------------------------------------------------------------

    @property
    def data(self) -> Data:
        """The official tables that are loaded: added, listed, taken away."""
        return Data(store=self.store, clock=self.clock, ids=self.ids, actor=self.actor, folder=self.tables)

    @property
    def diagnoses(self) -> Diagnosing:
        """ICD-10-CM by day: the edition that is loaded, else the one that comes with the library."""
        return Diagnosing(self.tables)

    @property
    def prices(self) -> Prices:
        """Fee schedule, charges and contracts on a day, and the planned lines of a visit."""
        return Prices(
            settings=self.settings,
            store=self.store,
            clock=self.clock,
            ids=self.ids,
            actor=self.actor,
            terms=self.price_terms,
            folder=self.tables,
        )

    # --- the visit ------------------------------------------------------------------------------------------------

    def estimate(self, appointment: AppointmentId) -> Estimate:
        """What the patient owes on the day of a visit: line by line, with the reasons, the least and the most.

        Raises:
            NoSuchRecord: when there is no such appointment.
        """

        def work(tx: ReadTransaction) -> Estimate:
            found = tx.appointment(appointment)
            return due_for(tx, found, self.settings.day_at(found.slot.start), self.settings.collection)

        return self.store.read(work)

    @property
    def accounts(self) -> Accounts:
        """What patients owe, pay and have on deposit: what to ask for, money in and out, receipts, plans."""
        return Accounts(
            settings=self.settings,
            store=self.store,
            clock=self.clock,
            ids=self.ids,
            actor=self.actor,
        )

    def issue_code(self, appointment: AppointmentId, *, key: CommandKey | None = None) -> IssuedCode:
        """Make the code with which a patient checks in for a visit.

        Raises:
            NoSigner: when the office has no key.
            NoSuchRecord: when the appointment is not known.
            NoCodeForVisit: when the visit is over or given up.
        """
        if self.signer is None:
            raise NoSigner("this office has no key to sign codes with")
        return issue_code(
            self.store,
            self._command(key),
            appointment=appointment,
            settings=self.settings,
            ids=self.ids,
            signer=self.signer,
            now=self.clock.now(),
        )

    def check_in(
        self, appointment: AppointmentId, *, key: CommandKey | None = None
    ) -> CheckedIn | AlreadyHere | TurnedAway:
        """Check a patient in at the desk, where somebody has seen who they are; what is due is paid there.

        Raises:
            NoSuchRecord: when the appointment is not known.
        """
        now = self.clock.now()
        return check_in(
            self.store,
            self._command(key),
            self.store.read(lambda tx: at_the_desk(tx, tx.appointment(appointment), self.settings, now)),
            settings=self.settings,
            ids=self.ids,
            now=now,
            parts=("at-the-desk", appointment.value),
        )

    @property
    def eligibility(self) -> Eligibility:
        """Asking payers about coverages before visits, what they answered, and what is wrong with it."""
        return Eligibility(
            to=self._booking, ids=self.ids, policy=self.eligibility_policy, gateway=self.payers
        )

    @property
    def permits(self) -> Permitting:
        """Referrals and authorizations on file, by which verification goes."""
        return Permitting(to=self._booking)

    @property
    def payer_order(self) -> Ordering:
        """Which of a patient's payers is asked first, and what is known that settles it."""
        return Ordering(to=self._booking)

    def scrub(self, claim: Claim, *, filed_on: date | None = None) -> Report:
        """What the rules find in a claim under this office's policy, if it were filed on a day (today by default).

        Raises:
            UnknownName: when the policy names a rule, family or parameter that does not exist.
            InvalidValue: when the policy sets a value that does not fit.
        """
        day = filed_on or self.settings.day_at(self.clock.now())
        return scrub_claim(claim, policy=self.policy, filed_on=day)

    def reception(self, kiosk: str = "kiosk-1") -> OfficeReception:
        """The front that one kiosk sees."""
        return OfficeReception(
            kiosk=ActorId(kiosk),
            settings=self.settings,
            store=self.store,
            clock=self.clock,
            ids=self.ids,
            verifier=self.verifier,
        )

    def board(self, day: date | None = None) -> tuple[BoardRow, ...]:
        """A day's patients and where each one is; today's by default."""
        now = self.clock.now()
        wanted = day or self.settings.day_at(now)
        return self.store.read(lambda tx: board(tx, settings=self.settings, day=wanted, now=now))

    def desk_tasks(self) -> tuple[DeskTask, ...]:
        """What the front desk has to do, oldest first."""
        return self.store.read(lambda tx: tx.desk_tasks())

    def close(self) -> None:
        """Let go of the store; calling it twice is harmless."""
        self.store.close()

    # --- within ---------------------------------------------------------------------------------------------------

    def _command(self, key: CommandKey | None) -> Command:
        return Command(by=self.actor, key=key or self.ids.new(CommandKey))

    def _booking(self, key: CommandKey | None) -> Booking:
        return Booking(
            store=self.store,
            settings=self.settings,
            policy=self.booking_policy,
            command=self._command(key),
            now=self.clock.now(),
        )

    def _once(
        self,
        key: CommandKey | None,
        action: str,
        subject: str,
        parts: tuple[str, ...],
        work: Callable[[Transaction], T],
    ) -> T:
        asked, now = Asked(action=action, subject=subject, parts=parts), self.clock.now()
        kinds = (VisitType, Provider, Patient)
        return once(self.store, self._command(key), asked, work, at=now, kinds=kinds)


def _text(value: object) -> str:
    return encode(value).decode()
