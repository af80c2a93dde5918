"""The calendar as somebody at the desk sets it up: days closed and opened, who is away and back, hours that change."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Final, TypeVar

import attrs

from medoffice.core.dates import DateRange
from medoffice.core.errors import InvalidValue
from medoffice.core.ids import CommandKey, ResourceId
from medoffice.core.times import TimeSlot, day_in
from medoffice.office.book.book_keeping import ALWAYS
from medoffice.office.book.book_keeping import LOCK as BOOK
from medoffice.office.book.calendar import calendar_of
from medoffice.office.book.decisions import Booking
from medoffice.office.calendar.exceptions import put_resource
from medoffice.ports.store import NoSuchRecord, ReadTransaction, Transaction
from medoffice.privacy.audit import AuditEntry
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.calendar import Absence, Calendar, Closure, SpecialDay
from medoffice.scheduling.hours import Weekly
from medoffice.scheduling.replan.displaced import MOVABLE
from medoffice.scheduling.resources import Resource
from medoffice.scheduling.stretches import less

T = TypeVar("T")
LOCK: Final = "calendar"
"""What every transaction here locks beside the book: a change is made from the calendar as it is, and that stays meanwhile."""
CLOSED: Final = "closed"
"""Why somebody is away whose patients were given new places because of a closure."""
_DAY: Final = timedelta(days=1)


@attrs.frozen(kw_only=True)
class HoursSet:
    """A resource with its new hours, and the visits to come that were within the old ones and are not within these."""

    resource: Resource
    displaced: tuple[Appointment, ...]


@attrs.frozen(kw_only=True)
class SetUp:
    """Changes of the calendar. Each is made whole or not at all, and said again it changes nothing more.

    Visits that are booked stay where they are; :attr:`medoffice.office.schedule.Schedule.replanning` says whom a
    closure or an absence displaces. All may raise ``StoreError``, and then nothing was changed.
    """

    to: Callable[[CommandKey | None], Booking]

    def note(self, exceptions: Iterable[Closure | Absence]) -> tuple[Closure | Absence, ...]:
        """Note closures and absences, all or none; those that were not noted before come back.

        Raises:
            UnknownName: when one names a resource that is not there; it suggests the nearest.
        """
        wanted = tuple(dict.fromkeys(exceptions))

        def work(tx: Transaction, to: Booking) -> tuple[Closure | Absence, ...]:
            noted = frozenset(tx.exceptions())
            new = tuple(each for each in wanted if each not in noted)
            for each in new:
                tx.put_exception(each)
            calendar_of(tx, to.settings.zone)
            return new

        return self._change("calendar.note", "calendar", work)

    def reopen(
        self, days: DateRange, *, name: str = "", location: str = "", resources: Iterable[ResourceId] = ()
    ) -> tuple[Closure, ...]:
        """Open days again, and leave the rest of a longer closure closed; the closures that were cut come back.

        Closures of the whole office are meant, or those of the ``location`` or the ``resources``; with a ``name`` only
        those of that name. Absences that were noted because it was closed (``CLOSED``) end with it.

        Raises:
            NoSuchRecord: when none of these is on these days.
        """
        whom = frozenset(resources)

        def work(tx: Transaction, to: Booking) -> tuple[Closure, ...]:
            found = tuple(
                each
                for each in tx.exceptions()
                if isinstance(each, Closure)
                and (each.location, each.resources) == (location, whom)
                and name in {"", each.name}
                and each.days.overlaps(days)
            )
            if not found:
                raise NoSuchRecord("no such closure is noted for these days")
            for each in found:
                tx.drop_exception(each)
                for left in _days_without(each.days, days):
                    tx.put_exception(attrs.evolve(each, days=left))
            end = ALWAYS.end if days.end is None else to.settings.span_of(days.end).end
            opened = TimeSlot(to.settings.span_of(days.start).start, end)
            for absence in [each for each in tx.exceptions() if isinstance(each, Absence)]:
                if absence.why == CLOSED and (not whom or absence.resource in whom):
                    _cut(tx, absence, opened)
            return found

        return self._change("calendar.reopen", "calendar", work)

    def back(
        self, resource: ResourceId, slot: TimeSlot, *, day: date | None = None
    ) -> tuple[Absence | SpecialDay, ...]:
        """A resource is there again in ``slot``, and away for the rest of a longer absence; what was cut comes back.

        With a ``day`` its special hours on that day are taken away too.

        Raises:
            UnknownName: when there is no such resource; it suggests the nearest.
            NoSuchRecord: when nothing of the kind is noted.
        """

        def work(tx: Transaction, to: Booking) -> tuple[Absence | SpecialDay, ...]:
            who = calendar_of(tx, to.settings.zone).resource(resource).id
            found: list[Absence | SpecialDay] = []
            for each in tx.exceptions():
                if isinstance(each, Absence) and each.resource == who and each.slot.overlaps(slot):
                    found.append(each)
                    _cut(tx, each, slot)
                elif isinstance(each, SpecialDay) and (each.resource, each.day) == (who, day):
                    found.append(each)
                    tx.drop_exception(each)
            if not found:
                raise NoSuchRecord("neither an absence nor special hours are noted for that time")
            return tuple(found)

        return self._change("calendar.back", resource.value, work)

    def keep(self, resource: Resource, *, hours: Weekly | None = None) -> HoursSet:
        """Add a resource, or change its tags or site; with ``hours`` these hold from their first day on.

        Hours that hold before end on the day before. Others that were noted to begin later still begin then. The
        ``weekly`` of ``resource`` itself is not looked at.

        Raises:
            InvalidValue: when the office has it as another kind of thing.
        """

        def work(tx: Transaction, to: Booking) -> HoursSet:
            before = calendar_of(tx, to.settings.zone)
            known = {each.id: each for each in before.resources}.get(resource.id)
            if known is not None and type(known) is not type(resource):
                raise InvalidValue(
                    "resource", f"it is a {type(known).__name__.lower()}; give the other an id of its own"
                )
            weekly = () if known is None else known.weekly
            made = attrs.evolve(resource, weekly=weekly if hours is None else taken_over(weekly, hours))
            put_resource(tx, made)
            after = calendar_of(tx, to.settings.zone)
            displaced = _outside(tx, to, resource.id, before, after)
            return HoursSet(resource=after.resource(resource.id), displaced=displaced)

        return self._change("calendar.keep", resource.id.value, work)

    def special_day(self, special: SpecialDay) -> HoursSet:
        """Give a resource other hours on one day, in the place of special hours that were noted for it.

        Raises:
            UnknownName: when there is no such resource; it suggests the nearest.
        """

        def work(tx: Transaction, to: Booking) -> HoursSet:
            before = calendar_of(tx, to.settings.zone)
            for old in before.special_days:
                if _stands_for(special, old):
                    tx.drop_exception(old)
            tx.put_exception(special)
            after = calendar_of(tx, to.settings.zone)
            displaced = _outside(tx, to, special.resource, before, after)
            return HoursSet(resource=after.resource(special.resource), displaced=displaced)

        return self._change("calendar.special-day", special.resource.value, work)

    def _change(self, action: str, subject: str, work: Callable[[Transaction, Booking], T]) -> T:
        to = self.to(None)

        def run(tx: Transaction) -> T:
            outcome = work(tx, to)
            tx.append_audit(AuditEntry(at=to.now, actor=to.by, action=action, subject=subject))
            return outcome

        return to.store.transact(run, locks=(BOOK, LOCK))


def taken_over(known: Iterable[Weekly], new: Weekly) -> tuple[Weekly, ...]:
    """The hours of a resource when ``new`` holds from its first day on, up to those that begin later."""
    first, others = (
        new.effective.start,
        [each for each in known if each.effective.start != new.effective.start],
    )
    later = [each.effective.start for each in others if each.effective.start > first]
    ends = [end for end in (new.effective.end, min(later) - _DAY if later else None) if end is not None]
    made = attrs.evolve(new, effective=DateRange(first, min(ends, default=None)))
    return (*(_ended(each, first) for each in others), made)


def _cut(tx: Transaction, absence: Absence, gone: TimeSlot) -> None:
    """Leave of an absence what lies outside of a time."""
    if absence.slot.overlaps(gone):
        tx.drop_exception(absence)
        for left in less(absence.slot, [gone]):
            tx.put_exception(attrs.evolve(absence, slot=left))


def _days_without(days: DateRange, gone: DateRange) -> Iterator[DateRange]:
    """What is left of some days that have ``gone`` among them."""
    if days.start < gone.start:
        yield DateRange(days.start, gone.start - _DAY)
    if gone.end is not None and (days.end is None or gone.end < days.end):
        yield DateRange(gone.end + _DAY, days.end)


def _ended(weekly: Weekly, first: date) -> Weekly:
    """Hours that end before a day, if they hold on it or after it and began before it."""
    effective = weekly.effective
    if effective.start > first or (effective.end is not None and effective.end < first):
        return weekly
    return attrs.evolve(weekly, effective=DateRange(effective.start, first - _DAY))


def _stands_for(new: SpecialDay, old: SpecialDay) -> bool:
    """Whether special hours take the place of others."""
    is_either_extra = new.is_extra or old.is_extra
    return not is_either_extra and (new.resource, new.day) == (old.resource, old.day)


def _outside(
    tx: ReadTransaction, to: Booking, resource: ResourceId, before: Calendar, after: Calendar
) -> tuple[Appointment, ...]:
    """The visits to come for which a resource was there, and is not any more."""
    coming = tx.appointments(TimeSlot(to.now, ALWAYS.end), resources=frozenset({resource}))
    return tuple(
        each
        for each in coming
        if each.status in MOVABLE
        and each.slot.start > to.now
        and _is_there(before, resource, each.occupied)
        and not _is_there(after, resource, each.occupied)
    )


def _is_there(calendar: Calendar, resource: ResourceId, slot: TimeSlot) -> bool:
    """Whether a resource is there through all of a time."""
    zone = calendar.zone_of(resource, day_in(slot.start, calendar.zone))
    day, last = day_in(slot.start, zone) - _DAY, day_in(slot.end, zone) + _DAY
    reached = slot.start
    while day <= last:
        for part in calendar.presence(resource, day):
            if part.start <= reached < part.end:
                reached = part.end
        day += _DAY
    return reached >= slot.end
