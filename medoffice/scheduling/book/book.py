"""The book: every decision about the calendar goes through it, and stands in it as a fact."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from medoffice.core import (
    ActorId,
    AppointmentId,
    InvalidValue,
    PatientId,
    Refused,
    ResourceId,
)
from medoffice.scheduling.appointments import Status
from medoffice.scheduling.book import changing, moving, placing, series
from medoffice.scheduling.book.events import Party
from medoffice.scheduling.book.ids import HoldId, SeriesId
from medoffice.scheduling.book.outcomes import (
    BookedSeries,
    CalledOff,
    Changed,
    RefusedSeries,
)
from medoffice.scheduling.book.promises import Promises
from medoffice.scheduling.book.recurrence import Recurrence
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.outcomes import Booked, Moved
from medoffice.scheduling.search.free_slot import FreeSlot
from medoffice.scheduling.visits import VisitType

_MINUTE: Final = timedelta(minutes=1)
_ENDS: Final = frozenset({Status.ARRIVED, Status.CHECKED_IN, Status.FULFILLED, Status.ENTERED_IN_ERROR})


class Book(Promises):
    """A calendar with all that was decided about it: holds, offers, visits.

    The book is the one thing in scheduling that changes; each change is a fact at the end of :attr:`events`, and nothing
    is ever taken out. A decision either adds all its facts or, refused, adds none. What has run out by ``now`` is
    noted before anything else. Ids, instants and whoever acts (``by``) come in from outside, so the same calls make
    the same book.

    A visit's place is a :class:`~medoffice.scheduling.search.FreeSlot` out of :meth:`find`, or a start: then
    ``resources`` that are named are taken, and for each need that none of them fills the book chooses. A time need not
    lie on the search's grid. ``visit`` is a kind of visit of the calendar, or its code.

    Not for several threads at once: whoever shares a book lets one decide at a time.

    Every method raises ``UnknownName`` for an id, a code or a resource that is not there, and ``InvalidValue`` for an
    instant without a time zone, an id that is used already, or a free slot that was found for something else.
    """

    def book(
        self,
        visit: VisitType | str,
        at: datetime | FreeSlot,
        *,
        id: AppointmentId,
        patient: PatientId,
        now: datetime,
        resources: Iterable[ResourceId | str] = (),
        modality: Modality | None = None,
        location: str = "",
        new_patient: bool = False,
        reason: str = "",
        pending: bool = False,
        overbook: bool = False,
        by: ActorId | None = None,
    ) -> Booked | Refused:
        """Book a visit on all that it needs at once, or say every reason why not.

        A ``pending`` visit still waits for somebody's yes (:meth:`confirm`); its time is kept meanwhile. With
        ``overbook`` a named provider's time may be shared, as far as the policy lets it; what is
        shared stands in the appointment.

        Raises:
            InvalidValue: beside the above, when ``overbook`` is asked for and no provider is named.
        """
        place = self._place(visit, at, resources, modality, location, new_patient=new_patient)
        moment = self._now(now)
        return self._enter(
            placing.book(
                self._desk,
                place,
                id=id,
                patient=patient,
                reason=reason,
                pending=pending,
                overbook=overbook,
                now=moment,
                by=by,
            )
        )

    def book_hold(
        self,
        hold: HoldId,
        *,
        id: AppointmentId,
        patient: PatientId,
        now: datetime,
        reason: str = "",
        by: ActorId | None = None,
    ) -> Booked | Refused:
        """Book what a hold keeps, for its patient, or for any when it names none and nobody was offered it."""
        moment = self._now(now)
        return self._enter(
            placing.book_into(
                self._desk,
                self._desk.hold(hold),
                id=id,
                patient=patient,
                reason=reason,
                now=moment,
                by=by,
            )
        )

    def walk_in(
        self,
        visit: VisitType | str,
        *,
        id: AppointmentId,
        patient: PatientId,
        now: datetime,
        at: datetime | FreeSlot | None = None,
        resources: Iterable[ResourceId | str] = (),
        location: str = "",
        new_patient: bool = False,
        reason: str = "",
        by: ActorId | None = None,
    ) -> Booked | Refused:
        """Give somebody who has come without an appointment a time: the next whole minute, or ``at``.

        No notice is asked for. The visit is in person and begins as arrived.
        """
        moment = self._now(now)
        start = _next_minute(moment) if at is None else at
        place = self._place(visit, start, resources, Modality.IN_PERSON, location, new_patient=new_patient)
        return self._enter(
            placing.walk_in(self._desk, place, id=id, patient=patient, reason=reason, now=moment, by=by)
        )

    def move(
        self,
        appointment: AppointmentId,
        at: datetime | FreeSlot,
        *,
        now: datetime,
        resources: Iterable[ResourceId | str] | None = None,
        by: ActorId | None = None,
    ) -> Moved | Refused:
        """Give a visit another time, which may overlap its old one; refused, it keeps the old one.

        At a start it stays with its providers, at its location and by its modality, and the rest is chosen anew;
        other ``resources`` may be named, none (``()``) means whoever can. A free slot is taken as it is.
        """
        old = self._desk.appointment(appointment)
        place = self._place(
            old.visit_type,
            at,
            self._providers(old.resources)
            if resources is None and not isinstance(at, FreeSlot)
            else resources or (),
            None if isinstance(at, FreeSlot) else old.modality,
            "" if isinstance(at, FreeSlot) or resources is not None else old.location,
            new_patient=old.is_new_patient,
        )
        moment = self._now(now)
        return self._enter(moving.move(self._desk, place, appointment=appointment, now=moment, by=by))

    def move_to_hold(
        self, appointment: AppointmentId, hold: HoldId, *, now: datetime, by: ActorId | None = None
    ) -> Moved | Refused:
        """Move a visit to what a hold for the same kind of visit keeps."""
        moment = self._now(now)
        return self._enter(
            moving.move_into(self._desk, self._desk.hold(hold), appointment=appointment, now=moment, by=by)
        )

    def confirm(
        self, appointment: AppointmentId, *, now: datetime, by: ActorId | None = None
    ) -> Booked | Refused:
        """Book what waited for a yes, or note that the patient of a booked visit comes to this time.

        What held no time before (proposed, on the waitlist) is booked only where its time is free.
        """
        moment = self._now(now)
        return self._enter(changing.confirm(self._desk, appointment, now=moment, by=by))

    def cancel(
        self,
        appointment: AppointmentId,
        *,
        now: datetime,
        reason: str = "",
        party: Party = Party.PATIENT,
        by: ActorId | None = None,
    ) -> CalledOff | Refused:
        """Give a visit's time back; the outcome says with how much notice, and whether that was late.

        ``reason`` is a code of the office's own (``"sick"``, ``"no-ride"``), ``party`` the side that called off,
        whoever typed it.
        """
        moment = self._now(now)
        return self._enter(
            changing.cancel(self._desk, appointment, reason=reason, party=party, now=moment, by=by)
        )

    def no_show(
        self, appointment: AppointmentId, *, now: datetime, by: ActorId | None = None
    ) -> Changed | Refused:
        """Note that the patient did not come, once the visit should have begun; its time is free."""
        moment = self._now(now)
        return self._enter(changing.no_show(self._desk, appointment, now=moment, by=by))

    def change(
        self, appointment: AppointmentId, to: Status, *, now: datetime, by: ActorId | None = None
    ) -> Changed | Refused:
        """Let a visit be arrived, checked in or fulfilled, or note that it was entered in error.

        Raises:
            InvalidValue: beside the above, for a state that another decision leads to.
        """
        if to not in _ENDS:
            raise InvalidValue("change", "booking, cancelling and no-shows are decisions of their own")
        moment = self._now(now)
        return self._enter(changing.change(self._desk, appointment, to, now=moment, by=by))

    def correct(
        self, appointment: AppointmentId, to: Status, *, now: datetime, by: ActorId | None = None
    ) -> Changed | Refused:
        """Take a state back that was noted by mistake; no time is given away or taken twice."""
        moment = self._now(now)
        return self._enter(changing.correct(self._desk, appointment, to, now=moment, by=by))

    def book_series(
        self,
        visit: VisitType | str,
        recurrence: Recurrence,
        *,
        id: SeriesId,
        ids: Sequence[AppointmentId],
        patient: PatientId,
        now: datetime,
        resources: Iterable[ResourceId | str] = (),
        modality: Modality | None = None,
        location: str = "",
        new_patient: bool = False,
        reason: str = "",
        skip_conflicts: bool = False,
        by: ActorId | None = None,
    ) -> BookedSeries | RefusedSeries:
        """Book every occurrence, or none and say all that stands in the way, with the nearest free times.

        ``ids`` has one for each occurrence, in order. With ``skip_conflicts`` those that can be are booked, and the
        others told; where none can be, the series is refused all the same.

        Raises:
            InvalidValue: beside the above, when there are more or fewer ids than occurrences, or no occurrence.
        """
        named = tuple(resources)
        places = [
            self._place(visit, start, named, modality, location, new_patient=new_patient)
            for start in recurrence.starts()
        ]
        moment = self._now(now)
        return self._enter(
            series.book_series(
                self._desk,
                places,
                series=id,
                ids=ids,
                patient=patient,
                reason=reason,
                skip_conflicts=skip_conflicts,
                now=moment,
                by=by,
            )
        )

    def cancel_series(
        self,
        series: SeriesId,
        *,
        now: datetime,
        reason: str = "",
        party: Party = Party.PATIENT,
        by: ActorId | None = None,
    ) -> tuple[CalledOff, ...]:
        """Cancel what is left of a series: its visits ahead, earliest first; nothing when there are none."""
        moment = self._now(now)
        visits = (self.appointments[id] for id in self._desk.records.series.get(series.value, ()))
        ahead = [each for each in visits if self._desk.is_movable(each) and each.slot.start >= moment]
        ended = (
            self.cancel(each.id, now=moment, reason=reason, party=party, by=by)
            for each in sorted(ahead, key=lambda each: each.slot.start)
        )
        return tuple(each for each in ended if isinstance(each, CalledOff))


def _next_minute(moment: datetime) -> datetime:
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + _MINUTE
