"""What a move costs a patient, part by part, so that the parts add up."""

from enum import Enum

import attrs

from medoffice.core import Explained, Step, Trace


class Obstacle(Enum):
    """Why a visit may not go to a place at all."""

    KIND = "the place is not for this kind of visit"
    LENGTH = "the visit with its buffers does not fit into it"
    NEEDS = "what the visit needs is not there"
    CLINICIAN = "the patient's clinician is not there, and nobody else will do"
    PAST = "it begins before now"
    TOO_EARLY = "it is before the first day that makes clinical sense"
    TOO_LATE = "it is after the last day that makes clinical sense"
    PATIENT = "the patient cannot come then"


@attrs.frozen
class Part:
    """One component of a disruption: ``count`` times ``each`` points."""

    code: str
    label: str
    count: int
    each: int

    @property
    def points(self) -> int:
        """What it adds."""
        return self.count * self.each

    def __str__(self) -> str:
        factor = "" if self.count == 1 else f" ({self.count} × {self.each})"
        return f"{self.points}  {self.label}{factor}"


@attrs.frozen
class Disruption:
    """What a new place costs one patient; ``points`` is the sum of the parts and nothing else."""

    parts: tuple[Part, ...] = ()

    @property
    def points(self) -> int:
        """The cost of the whole."""
        return sum(part.points for part in self.parts)

    @property
    def explained(self) -> Explained[int]:
        """The points with one step a part."""
        steps = (Step(part.code, part.label, why=f"{part.count} × {part.each}") for part in self.parts)
        return Explained(self.points, trace=Trace(tuple(steps)))

    def __str__(self) -> str:
        return "\n".join(map(str, self.parts)) or "0  nothing changes but what dropped out"
