"""What a decision looks at: the calendar, the policy, what is known, and who holds which time."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final, TypeVar

from medoffice.core import AppointmentId, Finding, PatientId, ResourceId, TimeSlot, UnknownName
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.book.claims import Claim, Claims
from medoffice.scheduling.book.deadlines import Deadlines
from medoffice.scheduling.book.holds import Hold, Offer
from medoffice.scheduling.book.ids import HoldId, OfferId
from medoffice.scheduling.book.limits import Within, full_days
from medoffice.scheduling.book.place import Place
from medoffice.scheduling.book.policy import Policy
from medoffice.scheduling.book.state import Records
from medoffice.scheduling.calendar.calendar import Calendar
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.search.availability import Availability
from medoffice.scheduling.search.fairness import Fairness
from medoffice.scheduling.search.find import find
from medoffice.scheduling.search.free_slot import FreeSlot
from medoffice.scheduling.search.why_not import obstacles
from medoffice.scheduling.visits import VisitType

Id = TypeVar("Id")
Kept = TypeVar("Kept")
_MINUTE: Final = timedelta(minutes=1)
_NONE: Final = timedelta(0)
_MOVABLE: Final = frozenset({Status.PENDING, Status.BOOKED})


class Desk:
    """The mutable insides of one book: its records, and what follows from them, kept in step."""

    def __init__(self, calendar: Calendar, policy: Policy, records: Records) -> None:
        self.calendar, self.policy, self.records = calendar, policy, records
        self.deadlines = Deadlines(records)
        holds = [hold for hold in records.holds.values() if hold.is_occupying]
        self.claims = Claims((*records.appointments.values(), *holds))
        self.availability = Availability(calendar, records.appointments.values())
        for hold in holds:
            self._take(hold, hold.resources)

    # who holds what

    def occupy(self, claim: Claim) -> None:
        """Take the time of a visit or hold, when its state holds any."""
        if claim.is_occupying:
            self.claims.add(claim)
            self._take(claim, claim.resources)

    def vacate(self, claim: Claim) -> None:
        """Give the time of a visit or hold back, when its state held any."""
        if claim.is_occupying:
            self.claims.remove(claim)
            self.availability.give_back(_key(claim))

    @contextmanager
    def without(self, *claims: Claim, on: frozenset[ResourceId] | None = None) -> Iterator[None]:
        """For a while, search as if these did not hold their time (``on`` some resources, when given)."""
        version = self.availability.version
        for claim in claims:
            self.availability.give_back(_key(claim))
            rest = () if on is None else tuple(each for each in claim.resources if each not in on)
            if rest:
                self._take(claim, rest)
        try:
            yield
        finally:
            for claim in claims:
                if _key(claim) in self.availability:
                    self.availability.give_back(_key(claim))
                self._take(claim, claim.resources)
            self.availability.version = (
                version  # all stands as it stood, so what was found before is still true
            )

    @contextmanager
    def trying(self) -> Iterator[Callable[[Claim], None]]:
        """For a while, count claims as if they were booked: those with which the function that comes out is called."""
        version, tried = self.availability.version, list[Claim]()

        def keep(claim: Claim) -> None:
            self.occupy(claim)
            tried.append(claim)

        try:
            yield keep
        finally:
            for claim in tried:
                self.vacate(claim)
            self.availability.version = version

    def _take(self, claim: Claim, resources: tuple[ResourceId, ...]) -> None:
        self.availability.take(
            _key(claim),
            resources=resources,
            occupied=claim.occupied,
            slot=claim.slot,
            visit=claim.visit_type,
            seats=claim.seats,
            modality=claim.modality,
            location=claim.location,
        )

    # what is free

    def find(
        self,
        visit: VisitType,
        *,
        window: TimeSlot,
        modality: Modality | None,
        location: str,
        new_patient: bool,
        resources: Iterable[ResourceId | str],
        step: timedelta,
        patient: PatientId | None,
        but: AppointmentId | None,
        fair: Fairness | None = None,
        now: datetime,
        is_notice_needed: bool = True,
    ) -> Sequence[FreeSlot]:
        """The search under this policy: what it offers can be booked if nothing changes."""
        found = find(
            self.availability,
            visit,
            window=window,
            now=now,
            modality=modality,
            location=location,
            new_patient=new_patient,
            resources=resources,
            step=step,
            patient_busy=self.busy(patient, but=but),
            notice=self.policy.notice if is_notice_needed else _NONE,
            horizon=self.policy.horizon,
            fair=fair,
        )
        limits = [
            limit for limit in self.policy.day_limits if limit.counts(visit.code, is_new_patient=new_patient)
        ]
        if not limits:
            return found
        return Within(found, limits=limits, calendar=self.calendar, claims=self.claims, but=but)

    def look(
        self,
        place: Place,
        *,
        patient: PatientId | None,
        but: AppointmentId | None = None,
        now: datetime,
        is_notice_needed: bool = True,
    ) -> tuple[FreeSlot | None, tuple[Finding, ...]]:
        """What a visit at a place would take; or None, and everything that stands in its way.

        The same rules as for finding, at any whole minute instead of on the grid. ``but`` is a visit of the
        patient that does not count, because this one comes in its stead.
        """
        if self.policy.may_book_past and place.start < now:
            now, is_notice_needed = place.start, False
        found = self.find(
            place.visit,
            window=place.slot,
            modality=place.modality,
            location=place.location,
            new_patient=place.is_new_patient,
            resources=place.resources,
            step=_MINUTE,
            patient=patient,
            but=but,
            now=now,
            is_notice_needed=is_notice_needed,
        )
        for slot in found:
            return slot, ()
        return None, self.obstacles(
            place, patient=patient, but=but, now=now, is_notice_needed=is_notice_needed
        )

    def obstacles(
        self,
        place: Place,
        *,
        patient: PatientId | None,
        but: AppointmentId | None,
        now: datetime,
        is_notice_needed: bool,
    ) -> tuple[Finding, ...]:
        """Every reason why a visit cannot be at a place: those of the search, and the policy's day limits."""
        found = obstacles(
            self.availability,
            place.visit,
            place.start,
            now=now,
            modality=place.modality,
            location=place.location,
            new_patient=place.is_new_patient,
            resources=place.resources,
            patient_busy=self.busy(patient, but=but),
            notice=self.policy.notice if is_notice_needed else _NONE,
            horizon=self.policy.horizon,
        )
        full = full_days(self.policy.day_limits, self.calendar, self.claims, place, but=but)
        return (*found, *full)

    def busy(self, patient: PatientId | None, *, but: AppointmentId | None = None) -> tuple[TimeSlot, ...]:
        """When a patient is somewhere in the office already, as far as the policy minds."""
        if patient is None or self.policy.may_double_book_patients:
            return ()
        return tuple(visit.slot for visit in self.claims.visits_of(patient) if visit.id != but)

    def is_elsewhere(self, patient: PatientId, slot: TimeSlot, *, but: AppointmentId | None = None) -> bool:
        """Whether the patient has another visit at some part of a time."""
        return any(busy.overlaps(slot) for busy in self.busy(patient, but=but))

    # what is known

    def appointment(self, id: AppointmentId) -> Appointment:
        """The appointment of that id.

        Raises:
            UnknownName: when the book has none.
        """
        return _known(self.records.appointments, "appointment", id)

    def hold(self, id: HoldId) -> Hold:
        """The hold of that id, running or over.

        Raises:
            UnknownName: when the book has none.
        """
        return _known(self.records.holds, "hold", id)

    def offer(self, id: OfferId) -> Offer:
        """The offer of that id, open or over.

        Raises:
            UnknownName: when the book has none.
        """
        return _known(self.records.offers, "offer", id)

    def is_movable(self, appointment: Appointment) -> bool:
        """Whether a visit has a time and has not begun."""
        return appointment.status in _MOVABLE


def _key(claim: Claim) -> str:
    """An id has no colon, so no hold's key is an appointment's."""
    return f"hold:{claim.id}" if isinstance(claim, Hold) else claim.id.value


def _known(kept: Mapping[Id, Kept], kind: str, id: Id) -> Kept:
    try:
        return kept[id]
    except KeyError:
        raise UnknownName(kind, str(id)) from None
