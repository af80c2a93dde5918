"""Who is called next: by urgency, then by arrival, and nobody is passed over for ever."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

import attrs

from medoffice.core import AppointmentId, Explained, InvalidValue, ResourceId, Step, Trace, as_instant
from medoffice.scheduling.flow.acuity import ESI, Scale

_DAY: Final = 24 * 60


@attrs.frozen
class Aging:
    """Whoever waits at ``level`` longer than ``minutes`` is lifted to the most urgent level that is not protected.

    Raises:
        InvalidValue: when the minutes are not whole ones from 1 to a day.
    """

    level: int
    minutes: int

    def __attrs_post_init__(self) -> None:
        if type(self.minutes) is not int or not 0 < self.minutes <= _DAY:
            raise InvalidValue("queue policy", "a patient is lifted after whole minutes within a day")


@attrs.frozen(kw_only=True)
class QueuePolicy:
    """The office's scale, after how long a wait counts for more than a level, and what stands for a missing level.

    ``untriaged`` is where somebody waits whose urgency nobody has judged yet; ``scheduled`` where one waits who has an
    appointment and no level.

    Raises:
        InvalidValue: when a level is not on the scale, is protected and lifted, or is lifted twice.
    """

    scale: Scale = ESI
    aging: tuple[Aging, ...] = ()
    untriaged: int
    scheduled: int

    def __attrs_post_init__(self) -> None:
        for number in (self.untriaged, self.scheduled):
            self.scale.level(number)
        lifted = [each.level for each in self.aging]
        if len(lifted) != len(set(lifted)):
            raise InvalidValue("queue policy", "a level is lifted once")
        if any(self.scale.level(number).is_protected for number in lifted):
            raise InvalidValue("queue policy", "protected levels are not lifted")

    def cap(self, level: int) -> timedelta | None:
        """How long a patient of that level waits before being lifted; ``None`` when for ever."""
        return next((timedelta(minutes=each.minutes) for each in self.aging if each.level == level), None)


@attrs.frozen(kw_only=True)
class Waiting:
    """One who waits: since when the office owes the visit (arrival, or the scheduled start of one who is early).

    ``level`` is ``None`` while nobody has judged it. ``only`` names the clinicians who may see this patient, all when
    empty. ``ready`` is when the check-in was done, where that was noted.
    """

    visit: AppointmentId
    since: datetime = attrs.field(converter=as_instant)
    level: int | None = None
    is_scheduled: bool = False
    visit_type: str = ""
    only: frozenset[ResourceId] = frozenset()
    ready: datetime | None = None

    @property
    def ready_since(self) -> datetime:
        """When a clinician could have come: after check-in, where that is known."""
        return self.since if self.ready is None else max(self.since, self.ready)


@attrs.frozen(kw_only=True)
class Turn:
    """Somebody's place in the line: ``rank`` counts from 1; ``level`` is the one that counts now, lifted or not."""

    rank: int
    waiting: Waiting
    level: int
    is_lifted: bool


def _own(waiting: Waiting, policy: QueuePolicy) -> int:
    if waiting.level is not None:
        return policy.scale.level(waiting.level).number
    return policy.scheduled if waiting.is_scheduled else policy.untriaged


def _counted(waiting: Waiting, policy: QueuePolicy, now: datetime) -> tuple[int, bool]:
    own = _own(waiting, policy)
    cap = policy.cap(own)
    if cap is not None and now - waiting.since >= cap and own > policy.scale.first_open:
        return policy.scale.first_open, True
    return own, False


def line(waiting: Iterable[Waiting], *, policy: QueuePolicy, now: datetime) -> tuple[Turn, ...]:
    """Everybody's turn, next one first: by the level that counts now, then by since when, then by id.

    Two things hold whatever the policy: nobody is called before a patient of a protected level who is more urgent; and
    once lifted, a patient is passed by nobody who came later, but those of a protected level.

    Raises:
        InvalidValue: when a level is not on the policy's scale, or ``now`` has no time zone.
    """
    instant = as_instant(now)
    judged = [(each, *_counted(each, policy, instant)) for each in waiting]
    judged.sort(key=lambda item: (item[1], item[0].since, item[0].visit))
    return tuple(
        Turn(rank=rank, waiting=each, level=level, is_lifted=is_lifted)
        for rank, (each, level, is_lifted) in enumerate(judged, start=1)
    )


@attrs.frozen
class NobodyWaits:
    """There is nobody whom that clinician could call."""


def next_patient(
    waiting: Sequence[Waiting], *, policy: QueuePolicy, now: datetime, provider: ResourceId | None = None
) -> Explained[Turn | NobodyWaits]:
    """Whom to call next, for one clinician or for whoever is free, with the reasons.

    Raises:
        InvalidValue: as :func:`line`.
    """
    may = [each for each in waiting if provider is None or not each.only or provider in each.only]
    turns = line(may, policy=policy, now=now)
    if not turns:
        return Explained(NobodyWaits(), trace=Trace((Step("nobody", "nobody waits for that clinician"),)))
    first = turns[0]
    meaning = policy.scale.level(first.level).meaning
    label = f"level {first.level} of {policy.scale.code} ({meaning})"
    steps = [Step("level", label, cites=policy.scale.cites)]
    unknowns: tuple[str, ...] = ()
    if first.is_lifted:
        steps.append(Step("lifted", "waited so long at a lower level that this one counts"))
    if first.waiting.level is None:
        unknowns = ("how urgent: nobody has judged it yet",)
        steps.append(Step("assumed", "the level is the policy's, because nobody has judged it yet"))
    peers = sum(1 for turn in turns[1:] if turn.level == first.level)
    if peers:
        steps.append(Step("longest", f"waits longest of {peers + 1} at that level"))
    elif len(turns) > 1:
        steps.append(Step("most-urgent", "nobody else is as urgent"))
    passed = sum(1 for turn in turns[1:] if turn.waiting.since < first.waiting.since)
    if passed:
        steps.append(Step("passed", f"{passed} who wait longer are less urgent"))
    return Explained(first, trace=Trace(tuple(steps)), unknowns=unknowns)
