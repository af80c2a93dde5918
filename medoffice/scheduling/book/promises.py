"""Holds and offers: time that is promised before it is booked."""

from collections.abc import Iterable
from datetime import datetime

from medoffice.core import (
    ActorId,
    AppointmentId,
    PatientId,
    Refused,
    ResourceId,
    as_instant,
)
from medoffice.scheduling.book import holding, offering
from medoffice.scheduling.book.ids import HoldId, OfferId
from medoffice.scheduling.book.outcomes import (
    Declined,
    Held,
    Offered,
    Released,
)
from medoffice.scheduling.book.questions import Questions
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.outcomes import Booked, Moved
from medoffice.scheduling.search.free_slot import FreeSlot
from medoffice.scheduling.visits import VisitType


class Promises(Questions):
    """A book so far as it keeps time for those who have not decided yet."""

    def hold(
        self,
        visit: VisitType | str,
        at: datetime | FreeSlot,
        *,
        id: HoldId,
        now: datetime,
        until: datetime | None = None,
        patient: PatientId | None = None,
        instead_of: AppointmentId | None = None,
        resources: Iterable[ResourceId | str] = (),
        modality: Modality | None = None,
        location: str = "",
        new_patient: bool = False,
        by: ActorId | None = None,
    ) -> Held | Refused:
        """Keep a time against everybody up to ``until`` (the policy's ``hold_minutes`` when not given).

        ``patient`` is whom it is for, when that is known. Only who has the hold's id can book what it keeps.

        Raises:
            InvalidValue: beside the above, when ``until`` is not after ``now``.
        """
        place = self._place(visit, at, resources, modality, location, new_patient=new_patient)
        moment, end = self._now(now), None if until is None else as_instant(until)
        return self._enter(
            holding.hold(
                self._desk,
                place,
                id=id,
                until=end,
                patient=patient,
                instead_of=instead_of,
                now=moment,
                by=by,
            )
        )

    def release(self, hold: HoldId, *, now: datetime, by: ActorId | None = None) -> Released | Refused:
        """Give a held time back before its end; open offers of it are withdrawn."""
        moment = self._now(now)
        return self._enter(holding.release(self._desk, hold, now=moment, by=by))

    def offer(
        self,
        hold: HoldId,
        *,
        id: OfferId,
        patient: PatientId,
        now: datetime,
        until: datetime | None = None,
        instead_of: AppointmentId | None = None,
        by: ActorId | None = None,
    ) -> Offered | Refused:
        """Tell a patient that they may have what a hold keeps, when they say so before ``until``.

        Several patients may be offered one time: the first to accept has it. ``until`` is the hold's end when not
        given; a later one makes the hold last as long. ``instead_of`` is the visit of the same kind that accepting
        moves; without, accepting books another.

        Raises:
            InvalidValue: beside the above, when ``until`` is not after ``now``, or ``instead_of`` is another
                patient's visit.
        """
        moment, end = self._now(now), None if until is None else as_instant(until)
        return self._enter(
            offering.offer(
                self._desk,
                hold,
                id=id,
                patient=patient,
                until=end,
                instead_of=instead_of,
                now=moment,
                by=by,
            )
        )

    def accept(
        self,
        offer: OfferId,
        *,
        now: datetime,
        appointment: AppointmentId | None = None,
        reason: str = "",
        by: ActorId | None = None,
    ) -> Booked | Moved | Refused:
        """Give the patient what was offered, if nobody was quicker and it is not over.

        ``appointment`` is the id of the visit that is booked; an offer that moves a visit needs none.

        Raises:
            InvalidValue: beside the above, when it is missing.
        """
        moment = self._now(now)
        return self._enter(
            offering.accept(self._desk, offer, appointment=appointment, reason=reason, now=moment, by=by)
        )

    def decline(self, offer: OfferId, *, now: datetime, by: ActorId | None = None) -> Declined | Refused:
        """Note that the patient does not want what was offered; others still may."""
        moment = self._now(now)
        return self._enter(offering.decline(self._desk, offer, now=moment, by=by))
