"""What an office's calendar says to other programs, and what it takes from theirs.

Texts and values only: nothing is sent or fetched from here. What leaves the office, and what came in, stands in the
audit trail.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final, TypeVar

import attrs

from medoffice.core.ids import CommandKey, PatientId, ResourceId
from medoffice.core.people import Email, Phone
from medoffice.core.times import TimeSlot
from medoffice.office.book.book_keeping import ALWAYS, open_book
from medoffice.office.book.calendar import calendar_of, visit_type
from medoffice.office.book.decisions import Booking
from medoffice.office.calendar.busy_elsewhere import ELSEWHERE, BusyTaken, take
from medoffice.office.calendar.free_and_busy import fhir_id, timetable
from medoffice.office.calendar.setting_up import LOCK
from medoffice.ports.store import ReadTransaction, Transaction
from medoffice.privacy.audit import AuditEntry
from medoffice.scheduling.appointments import Status
from medoffice.scheduling.book import Book
from medoffice.wire.fhir import (
    FhirAppointment,
    OpenSlot,
    Says,
    Service,
    Site,
    kinds_of,
    open_slots,
    publish,
    write_appointment,
    write_bundle,
    write_schedule,
    write_slot,
)
from medoffice.wire.ics import Detail, Sender, patient_calendar, resource_feed

T = TypeVar("T")
_DAY: Final = timedelta(days=1)
_YEAR: Final = 366
_MONTH: Final = 31
_QUARTER: Final = timedelta(minutes=15)


@attrs.frozen(kw_only=True)
class Exchange:
    """The calendar as others read it, and others' calendars as absences.

    All may raise ``StoreError``; then nothing was changed and nothing given out. iCalendar needs the extra ``calendar``.
    """

    to: Callable[[CommandKey | None], Booking]

    def take_busy(
        self, resource: ResourceId, data: bytes, *, days: int = _YEAR, why: str = ELSEWHERE
    ) -> BusyTaken:
        """Note when somebody is busy by a calendar kept elsewhere (iCalendar), from today on.

        What the same file says again changes nothing. Absences of this ``why`` that the file does not say any more are
        dropped, so give each calendar of a person a ``why`` of its own. When a part of the file could not be read, nothing
        is dropped. Visits that are booked stay.

        Raises:
            UnknownName: when there is no such resource; it suggests the nearest.
            WireError: when it is no such file; see :func:`medoffice.wire.ics.busy_times`.
        """
        to = self.to(None)
        today = to.settings.day_at(to.now)
        window = _days(to, today, days)

        def work(tx: Transaction) -> BusyTaken:
            calendar = calendar_of(tx, to.settings.zone)
            return take(tx, calendar, resource, data, window=window, why=why)

        return self._noted("calendar.import", resource.value, work, to, locks=(LOCK,))

    def feed(
        self,
        resource: ResourceId,
        *,
        since: date | None = None,
        days: int = _YEAR + _MONTH,
        detail: Detail = Detail.BUSY,
    ) -> bytes:
        """The time that a resource is held for, as an iCalendar file; from a month ago on unless told.

        Of whom a visit is, nothing is said at any ``detail``.

        Raises:
            UnknownName: when there is no such resource; it suggests the nearest.
        """
        to = self.to(None)
        window = _days(to, since or to.settings.day_at(to.now) - _MONTH * _DAY, days)

        def work(tx: Transaction) -> bytes:
            calendar = calendar_of(tx, to.settings.zone)
            who = calendar.resource(resource).id
            names = {each.code: each.name for each in calendar.visits}
            return resource_feed(
                tx.appointments(window, resources=frozenset({who})),
                resource=who,
                sender=_sender_of_a_feed(to),
                now=to.now,
                detail=detail,
                name_of=lambda code: names.get(code, code),
            )

        return self._noted("calendar.feed", resource.value, work, to)

    def patient_calendar(
        self, patient: PatientId, *, email: Email, phone: Phone | None = None
    ) -> tuple[bytes, ...]:
        """A patient's visits to come as an iCalendar file, empty when there are none; ``email`` and ``phone`` are the office's.

        Visits that were called off are in it as such, for calendars that have them already. It names the office and its
        place, and neither patient, clinician nor kind of visit.

        Raises:
            NoSuchRecord: when the patient is not known.
        """
        to = self.to(None)

        def work(tx: Transaction) -> tuple[bytes, ...]:
            id = tx.patient(patient).id
            coming = [
                each
                for each in tx.appointments(TimeSlot(to.now, ALWAYS.end), patient=id)
                if each.is_occupying or each.status is Status.CANCELLED
            ]
            sender = attrs.evolve(_sender_of_a_feed(to), email=email, phone=phone)
            return (patient_calendar(coming, sender=sender, now=to.now),) if coming else ()

        return self._noted("calendar.patient", patient.value, work, to)

    def bundle(
        self,
        *,
        first_day: date,
        days: int = 1,
        resources: Iterable[ResourceId] = (),
        says: Says = Says.WHO_AND_WHEN,
        base: str = "",
    ) -> dict[str, Any]:
        """A FHIR R4 Bundle of Schedule, Slot and Appointment for some days, of the ``resources`` named or of all.

        It holds patients' ids and when they come, so it is for whoever may know that. :func:`medoffice.wire.fhir.to_bytes`
        writes it. ``base`` is the address of the server that will hold it, for the full URLs of its entries.

        Raises:
            UnknownName: when there is no such resource; it suggests the nearest.
        """
        to, named = self.to(None), tuple(resources)
        window = _days(to, first_day, days)

        def work(tx: Transaction) -> dict[str, Any]:
            calendar = calendar_of(tx, to.settings.zone)
            chosen = [calendar.resource(each) for each in named] or list(calendar.resources)
            ids = frozenset(each.id for each in chosen)
            visits = tx.appointments(window, resources=ids)
            holds = [each for each in tx.holds(window) if each.until > to.now]
            table = timetable(calendar, chosen, window=window, appointments=visits, holds=holds)
            kinds = kinds_of(calendar.resources)
            written = [write_schedule(each, kinds=kinds) for each in table.schedules]
            written += map(write_slot, table.slots)
            for visit in visits:
                made = FhirAppointment(appointment=visit, slots=table.filled.get(visit.id, ()))
                written.append(write_appointment(made, kinds=kinds, says=says))
            return write_bundle(written, base=base)

        return self._noted("calendar.fhir", "calendar", work, to)

    def publication(
        self,
        *,
        base: str,
        sites: Sequence[Site],
        services: Sequence[Service],
        first_day: date,
        days: int = 28,
        new_patient: bool = False,
        link: Callable[[OpenSlot], str] | None = None,
    ) -> dict[str, bytes]:
        """Free times as SMART Scheduling Links: the files by name, to lie in the folder whose address is ``base``.

        The same as a patient could be told at the telephone: no clinician, no room. A time is booked by the ``link``, or by
        calling the site.

        Raises:
            NoSuchRecord: when the office has no such visit type.
            InvalidValue: when the address is not one of HTTPS.
        """
        to = self.to(None)
        window = _days(to, first_day, days)

        def free(book: Book, site: Site) -> Iterator[OpenSlot]:
            for each in services:
                found = book.find(
                    each.visit_type,
                    window=window,
                    now=to.now,
                    location=site.location,
                    new_patient=new_patient,
                    step=_QUARTER,
                )
                here = (slot for slot in found if slot.location == site.location)
                yield from open_slots(here, link=link, phone=site.phone)

        def work(tx: Transaction) -> dict[str, bytes]:
            book = _book(tx, to, window, services)
            return publish(
                base=base,
                sites=sites,
                services=services,
                slots=[slot for site in sites for slot in free(book, site)],
                now=to.now,
                zone=to.settings.zone,
            )

        return self._noted("calendar.publish", "calendar", work, to)

    def services(self, codes: Iterable[str]) -> tuple[Service, ...]:
        """Kinds of visit by their codes, as they are published.

        Raises:
            NoSuchRecord: when the office has no such visit type.
        """
        zone = self.to(None).settings.zone
        calendar = self.to(None).store.read(lambda tx: calendar_of(tx, zone))
        found = (visit_type(calendar, code) for code in codes)
        return tuple(Service(visit_type=each.code, name=each.name) for each in found)

    def _noted(
        self,
        action: str,
        subject: str,
        work: Callable[[Transaction], T],
        to: Booking,
        *,
        locks: tuple[str, ...] = (),
    ) -> T:
        def run(tx: Transaction) -> T:
            outcome = work(tx)
            tx.append_audit(AuditEntry(at=to.now, actor=to.by, action=action, subject=subject))
            return outcome

        return to.store.transact(run, locks=locks)


def _book(tx: ReadTransaction, to: Booking, window: TimeSlot, services: Sequence[Service]) -> Book:
    calendar = calendar_of(tx, to.settings.zone)
    for each in services:
        visit_type(calendar, each.visit_type)
    around = window.widened(before=_DAY, after=_DAY)
    return open_book(tx, calendar=calendar, policy=to.policy, around=around)


def _days(to: Booking, first: date, count: int) -> TimeSlot:
    """The instants of some of the office's days."""
    return TimeSlot(to.settings.span_of(first).start, to.settings.span_of(first + (count - 1) * _DAY).end)


def _sender_of_a_feed(to: Booking) -> Sender:
    """The office as it stands in a feed, in which there is no address to write to (RFC 2606: .invalid is nobody's)."""
    settings = to.settings
    return Sender(
        id=settings.id,
        name=settings.name,
        email=Email(f"nobody@{fhir_id(settings.id.value)}.invalid"),
        places={"": settings.place} if settings.place else {},
    )
