"""The order in which every store gives records back."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Protocol, TypeVar

from medoffice.billing import VerifiedCoverage
from medoffice.checkin.records import CheckIn
from medoffice.core.ids import PaymentId, TaskId
from medoffice.core.people import Patient, Provider
from medoffice.ports.store import CalendarException
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book.holds import Hold, Offer
from medoffice.scheduling.calendar import Absence, Closure, SpecialDay
from medoffice.scheduling.hours import WeeklyTemplate
from medoffice.scheduling.resources import Resource
from medoffice.scheduling.visits import VisitType
from medoffice.wire.json import encode


class _Dated(Protocol):
    @property
    def id(self) -> PaymentId | TaskId: ...
    @property
    def at(self) -> datetime: ...


T = TypeVar("T")
D = TypeVar("D", bound=_Dated)


def _sorted(records: Iterable[T], key: Callable[[T], Any]) -> tuple[T, ...]:
    return tuple(sorted(records, key=key))


def patients(records: Iterable[Patient]) -> tuple[Patient, ...]:
    """By id."""
    return _sorted(records, lambda each: each.id)


def coverages(records: Iterable[VerifiedCoverage]) -> tuple[VerifiedCoverage, ...]:
    """First payer first, then by id."""
    return _sorted(records, lambda each: (each.coverage.order, each.coverage.id))


def appointments(records: Iterable[Appointment]) -> tuple[Appointment, ...]:
    """By the patient's start, then by id."""
    return _sorted(records, lambda each: (each.slot.start, each.id))


def check_ins(records: Iterable[CheckIn]) -> tuple[CheckIn, ...]:
    """By number."""
    return _sorted(records, lambda each: each.number)


def dated(records: Iterable[D]) -> tuple[D, ...]:
    """By instant, then by id: payments and desk tasks."""
    return _sorted(records, lambda each: (each.at, each.id.value))


def visit_types(records: Iterable[VisitType]) -> tuple[VisitType, ...]:
    """By code."""
    return _sorted(records, lambda each: each.code)


def templates(records: Iterable[WeeklyTemplate]) -> tuple[WeeklyTemplate, ...]:
    """By resource, then by the first day in effect."""
    return _sorted(records, lambda each: (each.resource, each.effective.start))


def providers(records: Iterable[Provider]) -> tuple[Provider, ...]:
    """By id."""
    return _sorted(records, lambda each: each.id)


def resources(records: Iterable[Resource]) -> tuple[Resource, ...]:
    """By id."""
    return _sorted(records, lambda each: each.id)


def exceptions(records: Iterable[CalendarException]) -> tuple[CalendarException, ...]:
    """Closures, absences, special days, each by its beginning, then by what its document says."""
    return _sorted(records, _exception)


def _exception(exception: CalendarException) -> tuple[int, str, bytes]:
    match exception:
        case Closure():
            return 0, exception.days.start.isoformat(), encode(exception)
        case Absence():
            return 1, exception.slot.start.isoformat(), encode(exception)
        case SpecialDay():
            return 2, exception.day.isoformat(), encode(exception)


def holds(records: Iterable[Hold]) -> tuple[Hold, ...]:
    """By the patient's start, then by id."""
    return _sorted(records, lambda each: (each.slot.start, each.id))


def offers(records: Iterable[Offer]) -> tuple[Offer, ...]:
    """By id."""
    return _sorted(records, lambda each: each.id)
