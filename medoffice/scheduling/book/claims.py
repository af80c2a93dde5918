"""Who holds which time, by patient and by resource, kept in step with the facts one by one.

What is here can be made anew from the records at any time; it spares each decision a look at every visit.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from medoffice.core import AppointmentId, PatientId, ResourceId, TimeSlot
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book.holds import Hold
from medoffice.scheduling.book.ids import HoldId

Claim = Appointment | Hold
"""What holds time: a visit or a hold."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = timedelta(days=1)


class Claims:
    """The visits and holds that hold time now; mutable, and owned by one book."""

    def __init__(self, claims: Iterable[Claim] = ()) -> None:
        self._of_patient: dict[PatientId, dict[AppointmentId, Appointment]] = defaultdict(dict)
        self._holds_of: dict[PatientId, set[HoldId]] = defaultdict(set)
        self._on: dict[tuple[ResourceId, int], dict[AppointmentId | HoldId, Claim]] = defaultdict(dict)
        for claim in claims:
            self.add(claim)

    def add(self, claim: Claim) -> None:
        """Count a claim in, when it holds time."""
        if not claim.is_occupying:
            return
        for place in _places(claim.resources, claim.occupied):
            self._on[place][claim.id] = claim
        if isinstance(claim, Appointment):
            self._of_patient[claim.patient][claim.id] = claim
        elif claim.patient is not None:
            self._holds_of[claim.patient].add(claim.id)

    def remove(self, claim: Claim) -> None:
        """Count a claim out that was counted in."""
        if not claim.is_occupying:
            return
        for place in _places(claim.resources, claim.occupied):
            del self._on[place][claim.id]
        if isinstance(claim, Appointment):
            del self._of_patient[claim.patient][claim.id]
        elif claim.patient is not None:
            self._holds_of[claim.patient].discard(claim.id)

    def visits_of(self, patient: PatientId) -> Iterable[Appointment]:
        """The visits of one patient that hold time."""
        return self._of_patient.get(patient, {}).values()

    def holds_of(self, patient: PatientId) -> int:
        """How many running holds are in a patient's name."""
        return len(self._holds_of.get(patient, ()))

    def on(self, resource: ResourceId, around: TimeSlot) -> Iterator[Claim]:
        """What holds a resource at some part of a time, each once, in order of start and id."""
        found = {
            claim.id: claim
            for place in _places((resource,), around)
            for claim in self._on.get(place, {}).values()
            if claim.occupied.overlaps(around)
        }
        yield from sorted(found.values(), key=lambda claim: (claim.occupied.start, claim.id.value))


def _places(resources: Iterable[ResourceId], slot: TimeSlot) -> Iterator[tuple[ResourceId, int]]:
    """The resources on each day (of UTC) that a time touches."""
    first, last = (slot.start - _EPOCH) // _DAY, (slot.end - _EPOCH) // _DAY
    for resource in resources:
        for day in range(first, last + 1):
            yield resource, day
