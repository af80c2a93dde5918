"""How the calendar is set up and changed: resources, closures, absences, special days.

Each change locks the book, so that nothing is booked by a calendar that is not the office's any more.
"""

from medoffice.core.errors import InvalidValue
from medoffice.core.ids import ResourceId
from medoffice.office.book.book_keeping import LOCK
from medoffice.office.book.calendar import calendar_of
from medoffice.office.book.decisions import Booking
from medoffice.office.once import Asked, once
from medoffice.ports.store import CalendarException, Transaction
from medoffice.scheduling.calendar import Absence, Closure, SpecialDay
from medoffice.scheduling.hours import WeeklyTemplate
from medoffice.scheduling.resources import Equipment, Provider, Resource, Room
from medoffice.wire.json import encode

_EXCEPTIONS = (Closure, Absence, SpecialDay)


def add_resource(to: Booking, resource: Resource) -> Resource:
    """Add a provider, room or device with its hours, or replace the one with the same id (and first day).

    Raises:
        InvalidValue: when two of its weekly hours begin to count on one day: a store tells them apart by that day.
        StoreError: when the store could not; nothing was added.
    """

    def work(tx: Transaction) -> Resource:
        put_resource(tx, resource)
        return resource

    asked = Asked(
        action="add-resource", subject=resource.id.value, parts=(resource.id.value, encode(resource).decode())
    )
    return once(
        to.store, to.command, asked, work, at=to.now, kinds=(Provider, Room, Equipment), locks=(LOCK,)
    )


def put_resource(tx: Transaction, resource: Resource) -> None:
    """Write a resource, and its hours as the templates that a store keeps of them.

    Raises:
        InvalidValue: when two of its weekly hours begin to count on one day, since only one of them would be kept.
    """
    if len({each.effective.start for each in resource.weekly}) < len(resource.weekly):
        raise InvalidValue("resource", "each of its weekly hours begins to count on another day")
    tx.put_resource(resource)
    for weekly in resource.weekly:
        tx.put_template(
            WeeklyTemplate(
                resource=resource.id,
                zone=weekly.zone,
                hours=weekly.hours,
                effective=weekly.effective,
                every=weekly.every,
            )
        )


def add(to: Booking, exception: CalendarException) -> CalendarException:
    """Note a closure, an absence or a special day.

    Raises:
        UnknownName: when it names a resource that is not there; it suggests the nearest.
        InvalidValue: when a resource has special hours on that day already that stand in place of the weekly ones.
        StoreError: when the store could not; nothing was noted.
    """

    def work(tx: Transaction) -> CalendarException:
        tx.put_exception(exception)
        calendar_of(tx, to.settings.zone)
        return exception

    asked = _asked("add-exception", exception)
    return once(to.store, to.command, asked, work, at=to.now, kinds=_EXCEPTIONS, locks=(LOCK,))


def drop(to: Booking, exception: CalendarException) -> CalendarException:
    """Take an exception away again.

    Raises:
        NoSuchRecord: when there is no such exception.
        StoreError: when the store could not; it stands as it stood.
    """

    def work(tx: Transaction) -> CalendarException:
        tx.drop_exception(exception)
        return exception

    asked = _asked("drop-exception", exception)
    return once(to.store, to.command, asked, work, at=to.now, kinds=_EXCEPTIONS, locks=(LOCK,))


def _asked(action: str, exception: CalendarException) -> Asked:
    return Asked(action=action, subject=_who(exception), parts=(encode(exception).decode(),))


def _who(exception: CalendarException) -> str:
    """The resource that the audit trail names; the office as a whole has none."""
    match exception:
        case Absence(resource=ResourceId(value=name)) | SpecialDay(resource=ResourceId(value=name)):
            return name
        case Closure():
            return "calendar"
