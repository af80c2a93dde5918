"""Where a patient is, and which step leads from where to where."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from medoffice.scheduling.appointments import Status
from medoffice.scheduling.flow.facts import (
    CheckedIn,
    CheckOutBegun,
    LeftWithoutBeingSeen,
    PatientArrived,
    PatientLeft,
    ProviderEntered,
    ProviderLeft,
    ReturnedFromAncillary,
    Roomed,
    Step,
    WentToAncillary,
)


class Stage(Enum):
    """Where a patient is on the way through the office; the values read as ends of *the patient is …*."""

    EXPECTED = "expected"
    ARRIVED = "arrived"
    CHECKED_IN = "checked in"
    ROOMED = "in a room"
    WITH_PROVIDER = "with a clinician"
    SEEN = "in a room after a clinician came"
    ANCILLARY = "at a test"
    CHECKING_OUT = "at check-out"
    OUT = "out"
    LEFT_UNSEEN = "gone without being seen"

    @property
    def is_over(self) -> bool:
        """Whether the visit has ended."""
        return self in {Stage.OUT, Stage.LEFT_UNSEEN}

    @property
    def is_here(self) -> bool:
        """Whether the patient is in the office."""
        return self is not Stage.EXPECTED and not self.is_over


_LOBBY: Final = frozenset({Stage.ARRIVED, Stage.CHECKED_IN})
_INSIDE: Final = frozenset({Stage.ROOMED, Stage.WITH_PROVIDER, Stage.SEEN, Stage.ANCILLARY})

FROM: Final[Mapping[type[Step], frozenset[Stage]]] = MappingProxyType(
    {
        PatientArrived: frozenset({Stage.EXPECTED}),
        CheckedIn: frozenset({Stage.EXPECTED, Stage.ARRIVED}),
        Roomed: _LOBBY | {Stage.EXPECTED, Stage.ROOMED, Stage.SEEN, Stage.ANCILLARY, Stage.CHECKING_OUT},
        ProviderEntered: _LOBBY | _INSIDE | {Stage.EXPECTED},
        ProviderLeft: frozenset({Stage.WITH_PROVIDER}),
        WentToAncillary: _LOBBY | _INSIDE - {Stage.ANCILLARY},
        ReturnedFromAncillary: frozenset({Stage.ANCILLARY}),
        CheckOutBegun: _INSIDE,
        PatientLeft: _INSIDE | {Stage.CHECKING_OUT},
        LeftWithoutBeingSeen: _LOBBY | {Stage.ROOMED, Stage.ANCILLARY},
    }
)
"""From which stages each step may be taken.

What offices skip may be skipped: arrival by whoever checks in at once, check-in by whoever is registered in the room,
the room by telehealth, the clinician's leaving, check-out. Two steps ask for more than the stage: a patient whom no
clinician saw does not simply leave from a room (that is a visit or it is none, and only a person can say which), and
one whom a clinician saw does not leave unseen.
"""

BACK: Final[Mapping[Stage, Stage]] = MappingProxyType(
    {
        Stage.ARRIVED: Stage.CHECKED_IN,
        Stage.CHECKED_IN: Stage.CHECKED_IN,
        Stage.ROOMED: Stage.ROOMED,
        Stage.WITH_PROVIDER: Stage.SEEN,
        Stage.SEEN: Stage.SEEN,
    }
)
"""Where a patient is after a test that began at a stage."""

TO: Final[Mapping[type[Step], Stage]] = MappingProxyType(
    {
        PatientArrived: Stage.ARRIVED,
        CheckedIn: Stage.CHECKED_IN,
        Roomed: Stage.ROOMED,
        ProviderEntered: Stage.WITH_PROVIDER,
        ProviderLeft: Stage.SEEN,
        WentToAncillary: Stage.ANCILLARY,
        CheckOutBegun: Stage.CHECKING_OUT,
        PatientLeft: Stage.OUT,
        LeftWithoutBeingSeen: Stage.LEFT_UNSEEN,
    }
)
"""Where each step leads. A return leads back to where the visit had stood; the first of two clinicians who leaves
leaves the patient with the other."""

STATUS: Final[Mapping[Stage, Status]] = MappingProxyType(
    {
        Stage.EXPECTED: Status.BOOKED,
        Stage.ARRIVED: Status.ARRIVED,
        Stage.CHECKED_IN: Status.CHECKED_IN,
        Stage.ROOMED: Status.CHECKED_IN,
        Stage.WITH_PROVIDER: Status.CHECKED_IN,
        Stage.SEEN: Status.CHECKED_IN,
        Stage.ANCILLARY: Status.CHECKED_IN,
        Stage.CHECKING_OUT: Status.CHECKED_IN,
        Stage.OUT: Status.FULFILLED,
        Stage.LEFT_UNSEEN: Status.CANCELLED,
    }
)
"""The appointment's status at each stage; FHIR R4 knows no finer ones."""
