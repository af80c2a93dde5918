"""One patient's way through the office: a place after each step, and whether the next step follows."""

from collections.abc import Iterator
from datetime import datetime

import attrs

from medoffice.core import Finding, ResourceId
from medoffice.scheduling.flow.facts import (
    LeftWithoutBeingSeen,
    PatientLeft,
    ProviderEntered,
    ProviderLeft,
    ReturnedFromAncillary,
    Roomed,
    Step,
    WentToAncillary,
)
from medoffice.scheduling.flow.refusals import (
    already_with_patient,
    ended,
    not_seen,
    not_with_patient,
    out_of_order,
    was_seen,
    wrong_stage,
)
from medoffice.scheduling.flow.stages import BACK, FROM, TO, Stage

_NOBODY: frozenset[ResourceId] = frozenset()


@attrs.frozen(kw_only=True)
class Place:
    """Where a patient is since which step.

    ``room`` is where the patient was last brought, ``present`` the clinicians there now, ``seen_by`` all that came so
    far, ``back`` the stage after a test that goes on.
    """

    step: Step
    stage: Stage
    room: ResourceId | None = None
    present: frozenset[ResourceId] = _NOBODY
    seen_by: frozenset[ResourceId] = _NOBODY
    back: Stage = Stage.CHECKED_IN

    @property
    def since(self) -> datetime:
        """When the step happened."""
        return self.step.at


def words(fact: object) -> str:
    """The fact's name as words, ``"patient arrived"``."""
    return "".join(
        f" {letter.lower()}" if letter.isupper() else letter for letter in type(fact).__name__
    ).strip()


def obstacles(before: Place | None, step: Step) -> Iterator[Finding]:
    """Every reason why a step does not follow from a place (from none yet: the patient is expected)."""
    stage = Stage.EXPECTED if before is None else before.stage
    if stage.is_over:
        yield ended(stage.value)
        return
    if before is not None and step.at < before.since:
        yield out_of_order(words(step))
    seen = before is not None and bool(before.seen_by)
    if isinstance(step, LeftWithoutBeingSeen) and seen:
        yield was_seen()
    elif isinstance(step, PatientLeft) and not seen and stage is Stage.ROOMED:
        yield not_seen()
    elif stage not in FROM[type(step)]:
        yield wrong_stage(words(step), stage.value)
    elif isinstance(step, ProviderEntered) and before is not None and step.provider in before.present:
        yield already_with_patient()
    elif isinstance(step, ProviderLeft) and before is not None and step.provider not in before.present:
        yield not_with_patient()


def after(before: Place | None, step: Step) -> Place:
    """The place after a step that follows."""
    present = _NOBODY if before is None else before.present
    seen_by = _NOBODY if before is None else before.seen_by
    room = None if before is None else before.room
    match step:
        case ProviderEntered(provider=provider):
            return Place(
                step=step,
                stage=Stage.WITH_PROVIDER,
                room=room,
                present=present | {provider},
                seen_by=seen_by | {provider},
            )
        case ProviderLeft(provider=provider):
            left = present - {provider}
            stage = Stage.WITH_PROVIDER if left else Stage.SEEN
            return Place(step=step, stage=stage, room=room, present=left, seen_by=seen_by)
        case WentToAncillary():
            back = BACK[Stage.ARRIVED if before is None else before.stage]
            return Place(step=step, stage=Stage.ANCILLARY, room=room, seen_by=seen_by, back=back)
        case ReturnedFromAncillary():
            stage = Stage.CHECKED_IN if before is None else before.back
            return Place(step=step, stage=stage, room=room, seen_by=seen_by)
        case Roomed(room=new):
            return Place(step=step, stage=Stage.ROOMED, room=new, seen_by=seen_by)
        case _:
            return Place(step=step, stage=TO[type(step)], room=room, seen_by=seen_by)
