"""What a log says so far, and whether one more fact follows from it."""

from collections.abc import Iterator

import attrs

from medoffice.core import Finding
from medoffice.scheduling.flow.facts import Corrected, Fact, PatientLeft, TaskRaised, TaskSettled, Triaged
from medoffice.scheduling.flow.places import Place, after, obstacles, words
from medoffice.scheduling.flow.refusals import (
    ended,
    not_declinable,
    nothing_to_correct,
    out_of_order,
    task_known,
    task_open,
    task_settled,
    task_unknown,
    time_given_back,
)
from medoffice.scheduling.flow.stages import Stage
from medoffice.scheduling.flow.tasks import CheckOutTask, OpenTask, SettledTask, Settlement, Tracked


@attrs.frozen
class Story:
    """The places, triages and task facts that stand, each in order; the log itself is the flow's."""

    places: tuple[Place, ...] = ()
    triages: tuple[Triaged, ...] = ()
    tasks: tuple[TaskRaised | TaskSettled, ...] = ()

    @property
    def place(self) -> Place | None:
        """Where the patient is, and after which step; ``None`` before the first."""
        return self.places[-1] if self.places else None

    @property
    def stage(self) -> Stage:
        """The stage of that place."""
        return self.places[-1].stage if self.places else Stage.EXPECTED

    def tracked(self) -> dict[str, Tracked]:
        """Every task in the order of being raised, as it stands."""
        found: dict[str, Tracked] = {}
        for fact in self.tasks:
            if isinstance(fact, TaskRaised):
                found[fact.task.code] = OpenTask(fact.task)
            else:
                found[fact.code] = SettledTask(found[fact.code].task, fact.how)
        return found

    def obstacles(self, fact: Fact) -> Iterator[Finding]:
        """Every reason why a fact does not follow."""
        match fact:
            case Corrected():
                yield from self._uncorrectable(fact)
            case Triaged():
                if self.stage.is_over:
                    yield ended(self.stage.value)
                if self.triages and fact.at < self.triages[-1].at:
                    yield out_of_order(words(fact))
            case TaskRaised(task=task):
                if self.stage.is_over:
                    yield ended(self.stage.value)
                if task.code in self.tracked():
                    yield task_known(task.code)
            case TaskSettled():
                yield from self._unsettled(fact)
            case _:
                yield from obstacles(self.place, fact)
                if isinstance(fact, PatientLeft):
                    yield from (task_open(task.code) for task in _musts(self.tracked()))

    def _uncorrectable(self, fact: Corrected) -> Iterator[Finding]:
        if not self.places:
            yield nothing_to_correct()
        elif self.stage is Stage.LEFT_UNSEEN:
            yield time_given_back()
        elif len(self.places) > 1 and fact.at < self.places[-2].since:
            yield out_of_order(words(fact))

    def _unsettled(self, fact: TaskSettled) -> Iterator[Finding]:
        """A deferred task may be settled later, after the visit too: that is what deferring is for."""
        known = self.tracked().get(fact.code)
        match known:
            case None:
                yield task_unknown(fact.code)
                return
            case SettledTask(how=how) if how is not Settlement.DEFERRED:
                yield task_settled(fact.code)
            case _:
                pass
        if fact.how is Settlement.DECLINED and not known.task.may_be_declined:
            yield not_declinable(fact.code)

    def then(self, fact: Fact) -> "Story":
        """The story with a fact that follows."""
        match fact:
            case Corrected():
                return attrs.evolve(self, places=self.places[:-1])
            case Triaged():
                return attrs.evolve(self, triages=(*self.triages, fact))
            case TaskRaised() | TaskSettled():
                return attrs.evolve(self, tasks=(*self.tasks, fact))
            case _:
                return attrs.evolve(self, places=(*self.places, after(self.place, fact)))


def _musts(tracked: dict[str, Tracked]) -> Iterator[CheckOutTask]:
    return (each.task for each in tracked.values() if isinstance(each, OpenTask) and each.task.is_must)
