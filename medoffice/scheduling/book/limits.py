"""How many visits of a kind a provider has on a day, and whether the policy lets them have one more."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import overload

from medoffice.core import AppointmentId, Finding, ResourceId, day_in, whole_day
from medoffice.scheduling.book.claims import Claims
from medoffice.scheduling.book.place import Place
from medoffice.scheduling.book.policy import DayLimit
from medoffice.scheduling.book.refusals import day_is_full
from medoffice.scheduling.calendar.calendar import Calendar
from medoffice.scheduling.resources import Provider
from medoffice.scheduling.search.free_slot import FreeSlot


def counted(
    claims: Claims, limit: DayLimit, provider: ResourceId, day: date, *, but: AppointmentId | None = None
) -> int:
    """How many visits (``but`` one) and holds of a provider a limit counts on a day of its zone.

    Each seat that is taken in the visit of a group counts; what begins on the day belongs to it.
    """
    around = whole_day(day, limit.zone)
    return sum(
        claim.slot.start in around
        and claim.id != but
        and limit.counts(claim.visit_type, is_new_patient=claim.is_new_patient)
        for claim in claims.on(provider, around)
    )


def leads(calendar: Calendar, place: Place) -> tuple[ResourceId, ...]:
    """The providers of whom one would lead a visit: those who can fill the first need that a provider can fill.

    Of these the ones that the place names, when it names any.
    """
    for group in calendar.fillers(place.visit, place.modality):
        found = tuple(each.id for each in group if isinstance(each, Provider))
        if found:
            return tuple(each for each in found if each in place.resources) or found
    return ()


def full_days(
    limits: Sequence[DayLimit],
    calendar: Calendar,
    claims: Claims,
    place: Place,
    *,
    but: AppointmentId | None = None,
) -> Iterator[Finding]:
    """The providers who could lead a visit, and may have no more of that kind on the day of the place."""
    for limit in limits:
        if limit.counts(place.visit.code, is_new_patient=place.is_new_patient):
            day = day_in(place.start, limit.zone)
            for provider in leads(calendar, place):
                if counted(claims, limit, provider, day, but=but) >= limit.at_most:
                    yield day_is_full(provider, limit.at_most)


class Within(Sequence[FreeSlot]):
    """The free times of ``found`` whose lead may have one more that day; looked at one by one, as they are read."""

    def __init__(
        self,
        found: Sequence[FreeSlot],
        *,
        limits: Sequence[DayLimit],
        calendar: Calendar,
        claims: Claims,
        but: AppointmentId | None,
    ) -> None:
        self._limits, self._calendar, self._claims, self._but = limits, calendar, claims, but
        self._full: dict[tuple[int, ResourceId, date], bool] = {}
        self._coming = (slot for slot in found if self._has_room(slot))
        self._read: list[FreeSlot] = []

    def __iter__(self) -> Iterator[FreeSlot]:
        at = 0
        while self._reach(at):
            yield self._read[at]
            at += 1

    def __len__(self) -> int:
        self._read += self._coming
        return len(self._read)

    def __bool__(self) -> bool:
        return self._reach(0)

    @overload
    def __getitem__(self, index: int) -> FreeSlot: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[FreeSlot]: ...
    def __getitem__(self, index: int | slice) -> FreeSlot | Sequence[FreeSlot]:
        last = index.stop if isinstance(index, slice) else index
        if last is None or last < 0 or (isinstance(index, slice) and (index.start or 0) < 0):
            len(self)
        else:
            self._reach(last)
        return self._read[index]

    def _reach(self, at: int) -> bool:
        while len(self._read) <= at:
            slot = next(self._coming, None)
            if slot is None:
                return False
            self._read.append(slot)
        return True

    def _has_room(self, slot: FreeSlot) -> bool:
        return not any(
            self._is_full(rank, slot.lead, day_in(slot.slot.start, limit.zone))
            for rank, limit in enumerate(self._limits)
        )

    def _is_full(self, rank: int, resource: ResourceId, day: date) -> bool:
        key = (rank, resource, day)
        if key not in self._full:
            limit = self._limits[rank]
            self._full[key] = (
                isinstance(self._calendar.resource(resource), Provider)
                and counted(self._claims, limit, resource, day, but=self._but) >= limit.at_most
            )
        return self._full[key]
