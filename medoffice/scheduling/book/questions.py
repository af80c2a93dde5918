"""What can be asked of a book: what is free, why not, and who has lost their place."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from medoffice.core import (
    AppointmentId,
    Finding,
    InvalidValue,
    PatientId,
    ResourceId,
    TimeSlot,
)
from medoffice.scheduling.book.log import Log
from medoffice.scheduling.book.misfits import Misfit, misfits
from medoffice.scheduling.book.place import Place, place_at
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.search.fairness import Fairness
from medoffice.scheduling.search.free_slot import FreeSlot
from medoffice.scheduling.visits import VisitType

_QUARTER: Final = timedelta(minutes=15)


class Questions(Log):
    """A log that answers; asking writes down what has run out, and nothing else."""

    def find(
        self,
        visit: VisitType | str,
        *,
        window: TimeSlot,
        now: datetime,
        patient: PatientId | None = None,
        instead_of: AppointmentId | None = None,
        modality: Modality | None = None,
        location: str = "",
        new_patient: bool = False,
        resources: Iterable[ResourceId | str] = (),
        step: timedelta = _QUARTER,
        fair: Fairness | None = None,
    ) -> Sequence[FreeSlot]:
        """The times that can be booked, earliest first: the search under this book's policy, holds and visits.

        Each of them is booked without refusal when nothing changes in between; with ``patient`` given also for that
        patient's sake. ``instead_of`` is a visit of the patient's that another time is wanted for: it keeps its time,
        but does not make the patient busy.
        """
        return self._desk.find(
            self._visit(visit),
            window=window,
            modality=modality,
            location=location,
            new_patient=new_patient,
            resources=tuple(resources),
            step=step,
            patient=patient,
            but=instead_of,
            fair=fair,
            now=self._now(now),
        )

    def why_not(
        self,
        visit: VisitType | str,
        start: datetime,
        *,
        now: datetime,
        patient: PatientId | None = None,
        instead_of: AppointmentId | None = None,
        modality: Modality | None = None,
        location: str = "",
        new_patient: bool = False,
        resources: Iterable[ResourceId | str] = (),
    ) -> tuple[Finding, ...]:
        """Every reason why a visit cannot be booked at a start; none exactly when it can.

        Unlike :func:`medoffice.scheduling.search.why_not` it does not mind the grid, since booking does not.
        """
        place = self._place(visit, start, resources, modality, location, new_patient=new_patient)
        moment = self._now(now)
        found, findings = self._desk.look(place, patient=patient, but=instead_of, now=moment)
        return findings if found is None else ()

    def misfits(self, *, window: TimeSlot, now: datetime) -> tuple[Misfit, ...]:
        """The visits ahead that the calendar has no room for, as after :meth:`under` another one; earliest first.

        Each comes with what is in its way: a closure, an absence, other hours, a resource that is gone.
        """
        return tuple(misfits(self._desk, window=window, now=self._now(now)))

    def _place(
        self,
        visit: VisitType | str,
        at: datetime | FreeSlot,
        resources: Iterable[ResourceId | str],
        modality: Modality | None,
        location: str,
        *,
        new_patient: bool,
    ) -> Place:
        return place_at(
            at,
            visit=self._visit(visit),
            resources=resources,
            modality=modality,
            location=location,
            new_patient=new_patient,
        )

    def _visit(self, visit: VisitType | str) -> VisitType:
        known = self.calendar.visit(visit if isinstance(visit, str) else visit.code)
        if not isinstance(visit, str) and visit != known:
            raise InvalidValue("visit type", "the calendar has another kind of visit under its code")
        return known

    def _providers(self, resources: Iterable[ResourceId]) -> tuple[ResourceId, ...]:
        providers = {each.id for each in self.calendar.providers}
        return tuple(each for each in resources if each in providers)
