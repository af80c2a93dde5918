"""One machine of Hypothesis for the schedule of an office over real stores: anything that can be asked, in any order.

``tests/office/test_schedule_machine.py`` runs it over memory, SQLCipher and PostgreSQL. Each command goes to every
store; all must answer the same, and after each one what is stored is looked through without regard to any answer.
"""

from datetime import datetime, timedelta
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from benchmarks.office_asking import patients, some, starts
from benchmarks.office_promises import PromiseRules
from benchmarks.office_visits import VisitRules, days
from benchmarks.office_world import (
    FREE,
    KAI,
    LEE,
    MINUTE,
    PATIENTS,
    SPARE,
    STARTS,
    STRICT,
    VISITS,
    ZONE,
    assert_sound,
    clinic,
    see,
)
from medoffice.core import CommandKey, PatientId, ResourceId, TimeSlot
from medoffice.scheduling import Absence, Closure, Provider, Resource, Room, SpecialDay, VisitType, Weekly
from medoffice.scheduling.book import Party

OTHER_KINDS = (
    *VISITS,
    *(attrs.evolve(VISITS[2], capacity=capacity) for capacity in (1, 3)),
    attrs.evolve(VISITS[2], buffer_after=15),
    attrs.evolve(VISITS[0], minutes=45),
    attrs.evolve(VISITS[1], buffer_after=0, buffer_before=20),
)
OTHER_RESOURCES = (
    Room(SPARE, tags="exam"),
    Room(SPARE, tags="store"),
    Room(SPARE, tags="exam", location="north"),
    Provider(LEE, weekly=Weekly.of("Mon-Sun 00:00-04:00 08:00-12:00", zone=ZONE)),
    Provider(LEE, weekly=Weekly.of("Mon-Fri 08:15-11:00", zone=ZONE)),
)
EXCEPTIONS = st.one_of(
    st.builds(
        lambda who, start, hours: Absence(who, TimeSlot.lasting(start, timedelta(hours=hours)), "sick"),
        st.sampled_from([LEE, KAI]),
        starts,
        st.integers(1, 5),
    ),
    st.builds(lambda day: Closure(days=day, name="Closed"), days),
    st.builds(
        lambda who, day, text: SpecialDay.of(text, resource=who, day=day),
        st.sampled_from([LEE, KAI]),
        days,
        st.sampled_from(["", "08:15-09:00", "00:30-04:00"]),
    ),
)


class OfficeMachine(VisitRules, PromiseRules):
    """Everything that can be decided, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.exceptions: dict[Any, None] = {}

    @initialize(is_strict=st.booleans(), is_busy=st.booleans())
    def open_the_offices(self, *, is_strict: bool, is_busy: bool) -> None:
        """Half of the runs are under a policy that minds much; half begin with visits, a hold, and somebody who waits."""
        self.policy = STRICT if is_strict else FREE
        self.offices = [clinic(store, self.policy, self.now) for store in self.stores]
        if is_busy:
            ann, bob, cay, dee = PATIENTS
            self.now += 65 * MINUTE
            plan = ((ann, "group", 8), (bob, "group", 8), (cay, "plain", 12), (dee, "plain", 25))
            for patient, code, at in plan:
                self.book(patient=patient, code=code, start=STARTS[at], who=(LEE,), is_new=False, over=False)
            self.join(patient=dee, code="plain", current=3)
            self.join(patient=bob, code="plain", current=None)
            self.cancel(which=2, reason="no-ride", party=Party.PATIENT)
            self.advance()
            self.hold(code="plain", start=STARTS[28], who=(), patient=None, last=None)
            self.offer(which=0, patient=ann, instead=None, last=120)
            self.offer(which=0, patient=dee, instead=3, last=120)

    @rule(exception=EXCEPTIONS)
    def except_days(self, exception: Any) -> None:  # noqa: ANN401 - one of three kinds
        """Someone is away, or the office is closed, or other hours count."""
        if not self.send(lambda office, key: office.schedule.add_exception(exception, key=key)).mistake:
            self.exceptions[exception] = None

    @rule(which=some)
    def drop_exception(self, which: int) -> None:
        """All is as it was."""
        if self.exceptions:
            gone = list(self.exceptions)[which % len(self.exceptions)]
            del self.exceptions[gone]
            self.send(lambda office, key: office.schedule.drop_exception(gone, key=key))

    @rule(who=st.sampled_from([LEE, KAI]), start=starts, noted=st.booleans(), breaks=st.integers(0, 2))
    def replan(self, *, who: ResourceId, start: datetime, noted: bool, breaks: int) -> None:
        """Carried out, interrupted after some moves and sent again: nothing is moved twice."""
        away = Absence(who, TimeSlot.lasting(start, timedelta(hours=4)), "sick")
        if noted:
            self.send(lambda office, key: office.schedule.add_exception(away, key=key))
            self.exceptions[away] = None
        plan = self.each(lambda office: office.schedule.replanning.plan(away, days=8)).answer
        self.asked += 1
        key = CommandKey(f"k-{self.asked}")
        before = self.rows()
        if breaks:
            part = attrs.evolve(plan, batches=tuple(batch for batch in plan.batches[:breaks]))
            self.each(lambda office: office.schedule.replanning.carry_out(part, key=key))
        self.each(lambda office: office.schedule.replanning.carry_out(plan, key=key))
        self.each(lambda office: office.schedule.replanning.carry_out(plan, key=key))
        assert self.rows() == [count + len(plan.moves) for count in before]

    @rule(visit=st.sampled_from(OTHER_KINDS))
    def another_kind(self, visit: VisitType) -> None:
        """A kind of visit is longer, shorter, or for more or fewer from now on; what is booked stays as it is."""
        self.send(lambda office, key: office.add_visit_type(visit, key=key))

    @rule(resource=st.sampled_from(OTHER_RESOURCES))
    def another_resource(self, resource: Resource) -> None:
        """A room or a clinician is for something else from now on, or at other hours."""
        self.send(lambda office, key: office.schedule.add_resource(resource, key=key))

    @rule(which=some)
    def check_in(self, which: int) -> None:
        """At the desk; a row of the trail each time."""
        if (id := self.visit(which)) is not None:
            before = self.rows()
            self.each(lambda office: office.check_in(id, key=CommandKey(f"desk-{self.asked}-{which}")))
            assert [count - old for count, old in zip(self.rows(), before, strict=True)] in (
                [0] * len(before),
                [1] * len(before),
            )

    # ── time, and commands that come again ──

    @rule(by=st.sampled_from([1, 5, 10, 30, 60, 600]))
    def time_passes(self, by: int) -> None:
        """Holds and offers run out."""
        self.now += by * MINUTE

    @rule(by=st.sampled_from([1, 30]))
    def another_clock_is_behind(self, by: int) -> None:
        """The next commands come from a computer whose clock is slow, or waited for their turn."""
        self.now -= by * MINUTE

    @rule()
    def it_comes_again(self) -> None:
        """The answer is the same and nothing else happens, also later."""
        if self.last is not None and not self.last[2].mistake:
            ask, key, came = self.last
            before = [store.read(see) for store in self.stores]
            self.now += MINUTE
            assert self.each(lambda office: ask(office, key)) == came
            assert [store.read(see) for store in self.stores] == before

    @rule(patient=patients)
    def a_key_is_used_for_something_else(self, *, patient: PatientId) -> None:
        """It is refused as a mistake, and nothing happens."""
        if self.last is not None and not self.last[2].mistake:
            key = self.last[1]
            before = [store.read(see) for store in self.stores]
            other = STARTS[0] - timedelta(days=9)
            came = self.each(lambda office: office.schedule.hold("short", other, patient=patient, key=key))
            assert came.mistake.startswith("KeyReused")
            assert [store.read(see) for store in self.stores] == before

    # ── what always holds ──

    @invariant()
    def all_is_sound(self) -> None:
        """In each store, and the same in each but for the digests of its trail."""
        seen = [store.read(see) for store in self.stores]
        for store, each in zip(self.stores, seen, strict=True):
            assert store.taken == 0, "the book lets through what the store does not"
            assert_sound(each, self.policy, audit_key=store.audit_key)
        bare = [
            attrs.evolve(each, audit=tuple(attrs.evolve(row, digest=b"") for row in each.audit))
            for each in seen
        ]
        assert all(other == bare[0] for other in bare[1:])

    def teardown(self) -> None:
        """Nothing is left of the stores."""
        for store in self.stores:
            store.close()
        self.remove()
