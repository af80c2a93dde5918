"""The day of a visit over a store: each step is noted, and the visit's status in the book changes with it, at once."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

import attrs

from medoffice.core.explain import Explained
from medoffice.core.ids import AppointmentId, CommandKey, ResourceId
from medoffice.core.outcomes import Refused
from medoffice.office.book.decisions import Booking, OnFreed
from medoffice.office.book.following import flow_of
from medoffice.office.day.checking_out import End, tasks_of
from medoffice.office.day.floor import Experience, experience, floor_of, on_board
from medoffice.office.day.stepping import take_step
from medoffice.scheduling import flow

F = TypeVar("F", bound=flow.Fact)


@attrs.frozen(kw_only=True)
class Flow:
    """Where today's patients are, who is next, how long it may be, and what is left to do before they go.

    Each step takes ``at``, when it happened (now, unless told), and gives back the fact that is kept. It is refused
    when it does not follow, and then nothing is changed. All may raise ``NoSuchRecord`` when there is no such
    appointment, and ``StoreError`` when the store could not.
    """

    to: Callable[[CommandKey | None], Booking]
    on_freed: Callable[[Booking], OnFreed]
    policy: flow.FlowPolicy

    # ── steps ──

    def arrived(
        self, visit: AppointmentId, *, at: datetime | None = None, key: CommandKey | None = None
    ) -> flow.PatientArrived | Refused:
        """The patient is here. Refused for a visit of another day, as every first step is."""
        return self._step(key, visit, at, flow.PatientArrived)

    def checked_in(
        self, visit: AppointmentId, *, at: datetime | None = None, key: CommandKey | None = None
    ) -> flow.CheckedIn | Refused:
        """All that the desk needs is done; the patient gets a number."""
        return self._step(key, visit, at, flow.CheckedIn)

    def roomed(
        self,
        visit: AppointmentId,
        room: ResourceId,
        *,
        at: datetime | None = None,
        key: CommandKey | None = None,
    ) -> flow.Roomed | Refused:
        """The patient was brought into a room, or into another one."""
        return self._step(key, visit, at, flow.Roomed, room)

    def with_provider(
        self,
        visit: AppointmentId,
        provider: ResourceId,
        *,
        at: datetime | None = None,
        key: CommandKey | None = None,
    ) -> flow.ProviderEntered | Refused:
        """A clinician began with the patient; a second one may join."""
        return self._step(key, visit, at, flow.ProviderEntered, provider)

    def provider_left(
        self,
        visit: AppointmentId,
        provider: ResourceId,
        *,
        at: datetime | None = None,
        key: CommandKey | None = None,
    ) -> flow.ProviderLeft | Refused:
        """A clinician who was with the patient went away."""
        return self._step(key, visit, at, flow.ProviderLeft, provider)

    def went_to_test(
        self,
        visit: AppointmentId,
        place: ResourceId,
        *,
        at: datetime | None = None,
        key: CommandKey | None = None,
    ) -> flow.WentToAncillary | Refused:
        """The patient went to the laboratory, to imaging, or to wherever else ``place`` is."""
        return self._step(key, visit, at, flow.WentToAncillary, place)

    def came_back(
        self, visit: AppointmentId, *, at: datetime | None = None, key: CommandKey | None = None
    ) -> flow.ReturnedFromAncillary | Refused:
        """The patient is back from a test, where the visit had stood."""
        return self._step(key, visit, at, flow.ReturnedFromAncillary)

    def check_out(
        self,
        visit: AppointmentId,
        end: End | None = None,
        *,
        at: datetime | None = None,
        key: CommandKey | None = None,
    ) -> flow.CheckOutBegun | Refused:
        """The patient is at check-out: what the policy wants done there is raised as tasks, each once."""
        return self._step(key, visit, at, flow.CheckOutBegun, end=end or End())

    def out(
        self, visit: AppointmentId, *, at: datetime | None = None, key: CommandKey | None = None
    ) -> flow.PatientLeft | Refused:
        """The visit took place and the patient went home. Refused while something that must be done is open."""
        return self._step(key, visit, at, flow.PatientLeft)

    def left_unseen(
        self, visit: AppointmentId, *, at: datetime | None = None, key: CommandKey | None = None
    ) -> flow.LeftWithoutBeingSeen | Refused:
        """The patient went away before any clinician came: the visit is called off, the rest of its time is free."""
        return self._step(key, visit, at, flow.LeftWithoutBeingSeen)

    def back(
        self,
        visit: AppointmentId,
        why: flow.Misstep = flow.Misstep.WRONG_STEP,
        *,
        at: datetime | None = None,
        key: CommandKey | None = None,
    ) -> flow.Corrected | Refused:
        """The last step that stands was an error: the one before it stands again, and the status of then."""
        return self._step(key, visit, at, flow.Corrected, why, self.to(None).by)

    # ── urgency and tasks ──

    def triaged(
        self, visit: AppointmentId, level: int, *, at: datetime | None = None, key: CommandKey | None = None
    ) -> flow.Triaged | Refused:
        """Somebody who may judge it gave the visit a level of the office's scale.

        Raises:
            InvalidValue: when the scale has no such level.
        """
        self.policy.queue.scale.level(level)
        return self._step(key, visit, at, flow.Triaged, level, self.to(None).by)

    def raise_task(
        self, visit: AppointmentId, task: flow.CheckOutTask, *, key: CommandKey | None = None
    ) -> flow.TaskRaised | Refused:
        """Something is to be done before the patient goes."""
        return self._step(key, visit, None, flow.TaskRaised, task)

    def settle(
        self,
        visit: AppointmentId,
        code: str,
        how: flow.Settlement = flow.Settlement.DONE,
        *,
        reason: str = "",
        key: CommandKey | None = None,
    ) -> flow.TaskSettled | Refused:
        """A task is done, declined by the patient, or deferred; the last two say why. What is deferred may be done later.

        Raises:
            InvalidValue: when a reason is missing, or stands where none belongs.
        """
        return self._step(key, visit, None, flow.TaskSettled, code, how, self.to(None).by, reason)

    def tasks_for(
        self, visit: AppointmentId, end: End | None = None
    ) -> Explained[tuple[flow.CheckOutTask, ...]]:
        """What the policy wants done at the check-out of a visit, and what it could not decide."""
        to = self.to(None)
        return to.store.read(
            lambda tx: tasks_of(tx, to, tx.appointment(visit), end or End(), self.policy.check_out)
        )

    # ── questions ──

    def of(self, visit: AppointmentId) -> flow.VisitFlow:
        """All that was noted of a visit, and what follows from it."""
        return self.to(None).store.read(lambda tx: flow_of(tx, tx.appointment(visit).id))

    def board(self, day: date | None = None) -> tuple[flow.Row, ...]:
        """Where a day's patients are, since when, and who is kept too long; today's by default."""
        to = self.to(None)
        wanted = day or to.settings.day_at(to.now)
        visits = to.store.read(lambda tx: tuple(on_board(tx, to.settings, wanted)))
        return flow.board(visits, targets=self.policy.targets, now=to.now)

    def queue(self) -> tuple[flow.Turn, ...]:
        """Who waits in the lobby, next one first."""
        floor = self.floor()
        return flow.line(floor.waiting, policy=self.policy.queue, now=floor.now)

    def next_patient(self, provider: ResourceId | None = None) -> Explained[flow.Turn | flow.NobodyWaits]:
        """Whom to call next, for one clinician or for whoever is free, with the reasons."""
        floor = self.floor()
        return flow.next_patient(floor.waiting, policy=self.policy.queue, now=floor.now, provider=provider)

    def floor(self) -> flow.Floor:
        """Who waits, who is being seen, who is on duty, now."""
        to = self.to(None)
        return to.store.read(lambda tx: floor_of(tx, to.settings, self.policy, to.now))

    def experience(self, *, days: int = 90) -> Experience | Refused:
        """What the office's own past days teach about waits: read once a day, and given to :meth:`estimate`."""
        to = self.to(None)
        today = to.settings.day_at(to.now)
        return to.store.read(lambda tx: experience(tx, to.settings, self.policy, today=today, days=days))

    def estimate(
        self, visit: AppointmentId, known: Experience, *, percent: int = 80
    ) -> Explained[flow.WaitRange] | Refused:
        """How long until a clinician comes to somebody who waits: a range that holds ``percent`` of such waits."""
        return flow.estimate_wait(
            self.floor(),
            visit,
            history=known.history,
            calibration=known.calibration,
            policy=self.policy.queue,
            percent=percent,
        )

    def estimate_if_came(
        self, known: Experience, *, level: int | None = None, percent: int = 80
    ) -> Explained[flow.WaitRange] | Refused:
        """The same for somebody who would be checked in now as a walk-in."""
        return flow.estimate_if_came(
            self.floor(),
            level=level,
            history=known.history,
            calibration=known.calibration,
            policy=self.policy.queue,
            percent=percent,
        )

    # ── within ──

    def _step(
        self,
        key: CommandKey | None,
        visit: AppointmentId,
        at: datetime | None,
        kind: Callable[..., F],
        *fields: object,
        end: End | None = None,
    ) -> F | Refused:
        to = self.to(key)
        fact = kind(visit, to.now if at is None else at, *fields)
        return take_step(
            to, fact, is_now=at is None, end=end, rules=self.policy.check_out, on_freed=self.on_freed(to)
        )
