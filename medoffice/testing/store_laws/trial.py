"""The bench on which a store is tried: a fresh store for each law, and the words that the laws are written in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from medoffice.billing import PlannedLine, VerifiedCoverage
from medoffice.checkin.records import DeskTask, Payment, VisitCode
from medoffice.core.ids import AppointmentId
from medoffice.core.people import Patient, Provider
from medoffice.ports.store import (
    ReadTransaction,
    Store,
    StoreError,
    Transaction,
)
from medoffice.privacy.audit import AuditEntry, AuditRow
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book.holds import Hold, Offer
from medoffice.scheduling.book.ids import HoldId
from medoffice.scheduling.calendar import Absence, Closure, SpecialDay
from medoffice.scheduling.hours import WeeklyTemplate
from medoffice.scheduling.resources import Resource
from medoffice.scheduling.visits import VisitType
from medoffice.testing import store_records as make

T = TypeVar("T")
Record = (
    Patient
    | VerifiedCoverage
    | Appointment
    | VisitCode
    | Payment
    | DeskTask
    | VisitType
    | WeeklyTemplate
    | Provider
    | Resource
    | Closure
    | Absence
    | SpecialDay
    | Hold
    | Offer
)
"""What a transaction puts by itself."""

WAIT = 30.0
"""Seconds after which a thread that should long have ended is taken for stuck."""


class StoreTrial:
    """One store under trial; override :meth:`make_store`."""

    audit_key: bytes = bytes(32)
    store: Store

    def make_store(self) -> Store:
        """A fresh and empty store."""
        raise NotImplementedError

    def setup_method(self) -> None:
        """Open a store for the law that is to be tried."""
        self.store = self.make_store()

    def teardown_method(self) -> None:
        """Close it."""
        self.store.close()

    def write(self, *steps: Callable[[Transaction], Any]) -> None:
        """Carry steps out in one transaction."""

        def work(transaction: Transaction) -> None:
            for step in steps:
                step(transaction)

        self.store.transact(work)

    def read(self, work: Callable[[ReadTransaction], T]) -> T:
        """Read what is committed."""
        return self.store.read(work)

    def booked(self, *ids: str) -> None:
        """A patient with appointments, one after the other."""
        self.write(putting(make.patient()))
        for place, id in enumerate(ids):
            self.write(putting(make.appointment(id, start=30 * place, end=30 * place + 30)))

    def refuses(self, error: type[StoreError], step: Callable[[Transaction], Any]) -> None:
        """A transaction of one step ends in this error, and what stood before it in the transaction is gone too."""
        before = self.everything()
        with raises(error):
            self.write(putting(make.visit_type("trace")), step)
        assert self.everything() == before

    def everything(self) -> tuple[Any, ...]:
        """All that can be read without knowing an id, beside a few known ones."""

        def work(t: ReadTransaction) -> tuple[Any, ...]:
            visits = t.appointments(make.slot(-10_000, 10_000))
            return (
                visits,
                tuple((t.planned_lines(each.id), t.payments(each.id)) for each in visits),
                t.patients_matching(make.patient().match_key),
                t.coverages(make.patient().id),
                t.check_ins(make.DAY),
                t.unsettled_payments(),
                t.desk_tasks(open_only=False),
                t.visit_types(),
                t.templates(),
                t.providers(),
                t.resources(),
                t.exceptions(),
                t.holds(make.slot(-10_000, 10_000)),
                t.offers(HoldId("hold-1")),
                t.facts("book"),
                t.audit_rows(),
            )

        return self.read(work)


def putting(record: Record) -> Callable[[Transaction], None]:
    """The step that puts a record, whichever kind it is."""

    def step(t: Transaction) -> None:
        match record:
            case Patient():
                t.put_patient(record)
            case VerifiedCoverage():
                t.put_coverage(record)
            case Appointment():
                t.put_appointment(record)
            case VisitCode():
                t.put_visit_code(record)
            case Payment():
                t.put_payment(record)
            case DeskTask():
                t.put_desk_task(record)
            case VisitType():
                t.put_visit_type(record)
            case WeeklyTemplate():
                t.put_template(record)
            case Provider():
                t.put_provider(record)
            case Resource():
                t.put_resource(record)
            case Closure() | Absence() | SpecialDay():
                t.put_exception(record)
            case Hold():
                t.put_hold(record)
            case Offer():
                t.put_offer(record)

    return step


def plan(t: Transaction, lines: tuple[PlannedLine, ...]) -> None:
    """Plan these lines for ``apt-1``."""
    t.put_planned_lines(AppointmentId("apt-1"), lines)


def note(t: Transaction, entry: AuditEntry) -> AuditRow:
    """Add an entry to the audit trail."""
    return t.append_audit(entry)


@contextmanager
def raises(error: type[BaseException], caught: list[BaseException] | None = None) -> Iterator[None]:
    """The block raises this error (this class or one under it), which is added to ``caught``."""
    try:
        yield
    except error as trouble:
        if caught is not None:
            caught.append(trouble)
        return
    raise AssertionError(f"{error.__name__} was not raised")
