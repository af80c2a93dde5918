"""A visit's log under any sequence of facts, right and wrong ones."""

from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from medoffice.core import ActorId, AppointmentId, Refused, ResourceId
from medoffice.scheduling import LEGAL, TERMINAL
from medoffice.scheduling.flow import (
    CORRECTIONS,
    CheckedIn,
    CheckOutBegun,
    CheckOutTask,
    Corrected,
    Fact,
    LeftWithoutBeingSeen,
    Measured,
    Misstep,
    PatientArrived,
    PatientLeft,
    ProviderEntered,
    ProviderLeft,
    ReturnedFromAncillary,
    Roomed,
    Settlement,
    Stage,
    TaskKind,
    TaskRaised,
    TaskSettled,
    Triaged,
    VisitFlow,
    WentToAncillary,
    record,
    status_of,
    visit_times,
)

VISIT: Final = AppointmentId("visit-1")
NINE: Final = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # the clocks go back in New York
DESK: Final = ActorId("desk")
providers = st.sampled_from([ResourceId("dr-okafor"), ResourceId("np-lindqvist")])
rooms = st.sampled_from([ResourceId("room-1"), ResourceId("room-2")])
codes = st.sampled_from(["balance", "follow-up", "form-1"])
minutes = st.integers(-3, 10)


class Day(RuleBasedStateMachine):
    """A front desk that writes down whatever comes to mind."""

    def __init__(self) -> None:
        """Begin with a patient who is expected."""
        super().__init__()
        self.flow = VisitFlow(VISIT)
        self.now = NINE
        self.accepted: list[Fact] = []

    def tell(self, fact: Fact) -> None:
        """Record it, and hold what must hold of the outcome."""
        before = self.flow
        outcome = record(before, fact, now=self.now)
        if isinstance(outcome, Refused):
            assert outcome.findings
            return
        self.flow = outcome.flow
        self.accepted.append(fact)
        old, new = status_of(before), status_of(self.flow)
        allowed = CORRECTIONS.get(old, frozenset()) if isinstance(fact, Corrected) else LEGAL[old]
        assert new is old or new in allowed
        if old in TERMINAL and not isinstance(fact, Corrected):
            assert new is old

    @rule(by=st.integers(0, 30))
    def time_passes(self, by: int) -> None:
        """The clock goes on."""
        self.now += timedelta(minutes=by)

    @rule(
        kind=st.sampled_from([PatientArrived, CheckedIn, ReturnedFromAncillary, CheckOutBegun]),
        ago=minutes,
    )
    def move_on(
        self,
        kind: type[PatientArrived] | type[CheckedIn] | type[ReturnedFromAncillary] | type[CheckOutBegun],
        ago: int,
    ) -> None:
        """A step without any detail, a little ago or a little ahead."""
        self.tell(kind(VISIT, self.now - timedelta(minutes=ago)))

    @rule(kind=st.sampled_from([PatientLeft, LeftWithoutBeingSeen]))
    def go(self, kind: type[PatientLeft] | type[LeftWithoutBeingSeen]) -> None:
        """The patient goes."""
        self.tell(kind(VISIT, self.now))

    @rule(provider=providers, kind=st.sampled_from([ProviderEntered, ProviderLeft]), ago=minutes)
    def clinician(
        self, provider: ResourceId, kind: type[ProviderEntered] | type[ProviderLeft], ago: int
    ) -> None:
        """Somebody comes or goes."""
        self.tell(kind(VISIT, self.now - timedelta(minutes=ago), provider))

    @rule(room=rooms)
    def room(self, room: ResourceId) -> None:
        """Into a room."""
        self.tell(Roomed(VISIT, self.now, room))

    @rule()
    def test(self) -> None:
        """To the laboratory."""
        self.tell(WentToAncillary(VISIT, self.now, ResourceId("lab")))

    @rule(level=st.integers(1, 5))
    def triage(self, level: int) -> None:
        """How urgent."""
        self.tell(Triaged(VISIT, self.now, level, DESK))
        if not self.flow.stage.is_over:
            assert self.flow.level == level

    @rule(code=codes, is_must=st.booleans(), may_be_declined=st.booleans())
    def raise_task(self, code: str, *, is_must: bool, may_be_declined: bool) -> None:
        """Something to do."""
        task = CheckOutTask(code=code, kind=TaskKind.FORM, is_must=is_must, may_be_declined=may_be_declined)
        self.tell(TaskRaised(VISIT, self.now, task))

    @rule(code=codes, how=st.sampled_from(Settlement))
    def settle(self, code: str, how: Settlement) -> None:
        """Something done, or not."""
        reason = "" if how is Settlement.DONE else "later"
        self.tell(TaskSettled(VISIT, self.now, code, how, DESK, reason))

    @rule(why=st.sampled_from(Misstep))
    def correct(self, why: Misstep) -> None:
        """Taking a step back leaves the place before it, to the last detail."""
        before = self.flow
        self.tell(Corrected(VISIT, self.now, why, DESK))
        if self.flow is not before:
            assert self.flow.places == before.places[:-1]
            assert (self.flow.tasks, self.flow.level) == (before.tasks, before.level)

    @invariant()
    def the_log_is_the_state(self) -> None:
        """Everything accepted stands in the log, and the same log gives the same state."""
        assert self.flow.log == tuple(self.accepted)
        again = VisitFlow(VISIT, tuple(self.accepted))
        assert again == self.flow
        assert (again.places, again.tasks, again.level) == (
            self.flow.places,
            self.flow.tasks,
            self.flow.level,
        )

    @invariant()
    def time_goes_forward(self) -> None:
        """No step that stands lies before the one it follows, or in the future."""
        instants = [place.since for place in self.flow.places]
        assert instants == sorted(instants)
        assert all(instant <= self.now for instant in instants)

    @invariant()
    def nobody_is_out_before_it_is_time(self) -> None:
        """Who is out has no must open; who left unseen was seen by nobody."""
        if self.flow.stage is Stage.OUT:
            assert not any(task.is_must for task in self.flow.open_tasks)
        if self.flow.stage is Stage.LEFT_UNSEEN:
            assert not self.flow.is_seen

    @invariant()
    def a_clinician_is_there_exactly_in_that_stage(self) -> None:
        """With a clinician means that one is present."""
        assert (self.flow.stage is Stage.WITH_PROVIDER) is bool(self.flow.present)

    @invariant()
    def looking_back_at_now_is_now(self) -> None:
        """As of now, the steps are those that stand."""
        assert self.flow.as_of(self.now).places == self.flow.places

    @invariant()
    def the_parts_of_a_visit_make_up_the_whole(self) -> None:
        """No length is negative, and waits, clinician and tests do not sum to more than the time on site."""
        times = visit_times(self.flow, now=self.now)
        lengths = [
            each.length
            for each in (times.lobby, times.room_wait, times.provider, times.ancillary, times.on_site)
            if isinstance(each, Measured)
        ]
        assert all(length >= timedelta(0) for length in lengths)
        if isinstance(times.on_site, Measured):
            assert sum(lengths[:-1], timedelta(0)) <= times.on_site.length


Day.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestDay = Day.TestCase
