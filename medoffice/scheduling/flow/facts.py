"""What happens to a patient on the day of a visit, as facts in the past tense.

Each fact names the visit by its appointment's id and the instant at which it *happened*; the order of a log is the
order in which facts were written down. Steps say where the patient is; the others say how urgent the visit is, what is
to be done before the patient goes, and which step was an error.
"""

from datetime import datetime
from enum import Enum
from typing import Final

import attrs

from medoffice.core import ActorId, AppointmentId, InvalidValue, PhiClass, ResourceId, as_instant, phi
from medoffice.scheduling.fields import one_line
from medoffice.scheduling.flow.tasks import CheckOutTask, Settlement
from medoffice.scheduling.names import slug


def _instant(value: object) -> datetime:
    if not isinstance(value, datetime):
        raise InvalidValue("fact", "it happened at a datetime with a time zone")
    return as_instant(value)


_ONE_LINE: Final = one_line("fact", "its reason")


@attrs.frozen
class _Fact:
    visit: AppointmentId
    at: datetime = attrs.field(converter=_instant)


@attrs.frozen
class PatientArrived(_Fact):
    """The patient is in the office, or in the waiting room of a telehealth visit."""


@attrs.frozen
class CheckedIn(_Fact):
    """All that the desk or the kiosk needs is done."""


@attrs.frozen
class Roomed(_Fact):
    """The patient was brought into a room, or into another one."""

    room: ResourceId


@attrs.frozen
class ProviderEntered(_Fact):
    """A clinician began with the patient; a second one may join."""

    provider: ResourceId


@attrs.frozen
class ProviderLeft(_Fact):
    """A clinician who was with the patient went away."""

    provider: ResourceId


@attrs.frozen
class WentToAncillary(_Fact):
    """The patient went to the laboratory, to imaging, or to wherever else ``place`` is."""

    place: ResourceId


@attrs.frozen
class ReturnedFromAncillary(_Fact):
    """The patient is back where the visit had stood."""


@attrs.frozen
class CheckOutBegun(_Fact):
    """The patient is at check-out."""


@attrs.frozen
class PatientLeft(_Fact):
    """The visit took place, and the patient went home."""


@attrs.frozen
class LeftWithoutBeingSeen(_Fact):
    """The patient went away before any clinician came."""


Step = (
    PatientArrived
    | CheckedIn
    | Roomed
    | ProviderEntered
    | ProviderLeft
    | WentToAncillary
    | ReturnedFromAncillary
    | CheckOutBegun
    | PatientLeft
    | LeftWithoutBeingSeen
)
"""What moves a patient on."""

STEPS: Final = (
    PatientArrived,
    CheckedIn,
    Roomed,
    ProviderEntered,
    ProviderLeft,
    WentToAncillary,
    ReturnedFromAncillary,
    CheckOutBegun,
    PatientLeft,
    LeftWithoutBeingSeen,
)
"""The kinds of step, in the order of a usual visit."""


class Misstep(Enum):
    """Why a step is taken back."""

    WRONG_PATIENT = "wrong-patient"
    WRONG_STEP = "wrong-step"
    WRONG_TIME = "wrong-time"
    CHANGED_MIND = "changed-mind"
    """It was so, and was undone at once: a patient who rose to leave and sat down again."""


@attrs.frozen
class Corrected(_Fact):
    """The last step that still stands was an error; the step before it stands again."""

    why: Misstep
    by: ActorId


@attrs.frozen
class Triaged(_Fact):
    """Somebody who may judge it gave the visit a level of the office's scale; the last one counts."""

    level: int = attrs.field(validator=attrs.validators.instance_of(int))
    by: ActorId


@attrs.frozen
class TaskRaised(_Fact):
    """Something is to be done before the patient goes."""

    task: CheckOutTask


@attrs.frozen
class TaskSettled(_Fact):
    """A task is done, or somebody decided that it will not be done now, and says why.

    Raises:
        InvalidValue: when a task that is not done has no reason, or one that is done has one.
    """

    code: str = attrs.field(validator=slug("task", "its code"))
    how: Settlement
    by: ActorId
    reason: str = attrs.field(default="", **phi(PhiClass.HEALTH))

    def __attrs_post_init__(self) -> None:
        if self.how is Settlement.DONE:
            if self.reason:
                raise InvalidValue("fact", "a task that is done needs no reason")
        else:
            _ONE_LINE(self, attrs.fields(TaskSettled).reason, self.reason)


Fact = Step | Corrected | Triaged | TaskRaised | TaskSettled
"""Everything that a visit's log can hold."""
