"""One visit's log, and all that follows from it: the state is never kept, it is read off the facts."""

from collections.abc import Iterable
from datetime import datetime

import attrs

from medoffice.core import AppointmentId, InvalidValue, Refused, ResourceId, as_instant
from medoffice.scheduling.appointments import Status
from medoffice.scheduling.flow.facts import Fact
from medoffice.scheduling.flow.places import Place, words
from medoffice.scheduling.flow.refusals import from_the_future
from medoffice.scheduling.flow.stages import STATUS, Stage
from medoffice.scheduling.flow.story import Story
from medoffice.scheduling.flow.tasks import CheckOutTask, OpenTask, Tracked


def _told(flow: "VisitFlow") -> Story:
    story = Story()
    for fact in flow.log:
        if fact.visit != flow.visit:
            raise InvalidValue("visit flow", "all facts of a log are of one visit")
        found = next(story.obstacles(fact), None)
        if found is not None:
            raise InvalidValue("visit flow", f"its log is not legal: {found.message}")
        story = story.then(fact)
    return story


@attrs.frozen
class VisitFlow:
    """What is known of one visit's way through the office: ``VisitFlow(visit)`` before anything happened.

    ``log`` holds every fact in the order of being written down, corrections too. Everything else is read off it,
    so the same log is always the same state.

    Raises:
        InvalidValue: when a fact of the log does not follow from those before it, or is of another visit.
    """

    visit: AppointmentId
    log: tuple[Fact, ...] = ()
    _story: Story = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(_told, takes_self=True)
    )

    @property
    def places(self) -> tuple[Place, ...]:
        """One place for each step that stands, first step first."""
        return self._story.places

    @property
    def stage(self) -> Stage:
        """Where the patient is."""
        return self._story.stage

    @property
    def since(self) -> datetime | None:
        """Since when the patient is at this stage; ``None`` while nothing has happened."""
        for earlier, later in zip(reversed(self.places[:-1]), reversed(self.places), strict=False):
            if earlier.stage is not later.stage:
                return later.since
        return self.places[0].since if self.places else None

    @property
    def room(self) -> ResourceId | None:
        """The room that the patient was last brought to; none after the visit, and before any."""
        return None if self.stage.is_over or not self.places else self.places[-1].room

    @property
    def present(self) -> frozenset[ResourceId]:
        """The clinicians who are with the patient."""
        return self.places[-1].present if self.places else frozenset()

    @property
    def is_seen(self) -> bool:
        """Whether any clinician has been with the patient."""
        return bool(self.places) and bool(self.places[-1].seen_by)

    @property
    def level(self) -> int | None:
        """The level of acuity in force; ``None`` while nobody has judged it."""
        return self._story.triages[-1].level if self._story.triages else None

    @property
    def tasks(self) -> tuple[Tracked, ...]:
        """Every check-out task, open or settled, in the order of being raised."""
        return tuple(self._story.tracked().values())

    @property
    def open_tasks(self) -> tuple[CheckOutTask, ...]:
        """What nobody has settled."""
        return tuple(each.task for each in self.tasks if isinstance(each, OpenTask))

    def as_of(self, moment: datetime) -> "VisitFlow":
        """Where the patient truly was at an instant and how urgent, by all that is known now.

        Errors that were corrected since are left out, and so are check-out tasks.

        Raises:
            InvalidValue: when the instant has no time zone.
        """
        instant = as_instant(moment)
        judged = (fact for fact in self._story.triages if fact.at <= instant)
        stood = (place.step for place in self.places if place.since <= instant)
        return VisitFlow(self.visit, (*judged, *stood))


@attrs.frozen
class Recorded:
    """The fact stands in the log."""

    flow: VisitFlow


def record(flow: VisitFlow, fact: Fact, *, now: datetime) -> Recorded | Refused:
    """The flow with one more fact, or every reason why it does not follow.

    Raises:
        InvalidValue: when the fact is of another visit, or ``now`` has no time zone.
    """
    if fact.visit != flow.visit:
        raise InvalidValue("fact", "it is of the visit whose log it goes into")
    findings = list(flow._story.obstacles(fact))  # noqa: SLF001 - the story is this file's own
    if fact.at > as_instant(now):
        findings.append(from_the_future(words(fact)))
    return Refused(tuple(findings)) if findings else Recorded(VisitFlow(flow.visit, (*flow.log, fact)))


def replay(facts: Iterable[Fact]) -> dict[AppointmentId, VisitFlow]:
    """The flows of a day's log, by visit, in the order in which each first appears.

    Raises:
        InvalidValue: when a fact does not follow from those before it.
    """
    logs: dict[AppointmentId, list[Fact]] = {}
    for fact in facts:
        logs.setdefault(fact.visit, []).append(fact)
    return {visit: VisitFlow(visit, tuple(log)) for visit, log in logs.items()}


def status_of(flow: VisitFlow) -> Status:
    """The status of the appointment, for one that was booked: the calendar shows what the board shows.

    There is no second field that could differ; see :data:`~medoffice.scheduling.flow.stages.STATUS`.
    """
    return STATUS[flow.stage]
