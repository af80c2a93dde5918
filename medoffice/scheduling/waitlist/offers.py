"""One offer of one slot to one patient, and why it went to that patient."""

from datetime import datetime
from enum import Enum

import attrs

from medoffice.core import EntryId, Explained, PatientId, Step, TimeSlot, Trace, as_instant
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.waitlist.ids import OfferKey


@attrs.frozen
class Part:
    """One share in a patient's place: its code, its points, and what they were given for."""

    code: str
    points: int
    why: str


@attrs.frozen
class Ranking:
    """A patient's points for one slot, part by part."""

    entry: EntryId
    parts: tuple[Part, ...]

    @property
    def points(self) -> int:
        """The sum of all parts."""
        return sum(part.points for part in self.parts)

    @property
    def explained(self) -> Explained[int]:
        """The points with a step for each part."""
        steps = tuple(Step(part.code, f"{part.points:+d} {part.code}", why=part.why) for part in self.parts)
        return Explained(self.points, trace=Trace(steps))


class OfferStatus(Enum):
    """Where an offer is in its life."""

    LIVE = "live"
    TAKEN = "taken"
    DECLINED = "declined"
    RAN_OUT = "ran-out"
    TAKEN_BACK = "taken-back"


@attrs.frozen(kw_only=True)
class Offer:
    """A question to a patient: would you take this time? It stands until ``answer_by``, without that instant.

    ``place`` is the patient's place in the order when the wave went out, ``among`` how many could be asked.
    """

    key: OfferKey
    patient: PatientId
    visit: str
    time: TimeSlot
    modality: Modality
    location: str
    wave: int
    made: datetime = attrs.field(converter=as_instant)
    answer_by: datetime = attrs.field(converter=as_instant)
    ranking: Ranking
    place: int
    among: int


@attrs.frozen
class OfferStanding:
    """An offer and what became of it; ``yes_came_late`` when its patient would have taken the time after all."""

    offer: Offer
    status: OfferStatus = OfferStatus.LIVE
    yes_came_late: bool = False

    @property
    def is_live(self) -> bool:
        """Whether a yes would still be taken."""
        return self.status is OfferStatus.LIVE
