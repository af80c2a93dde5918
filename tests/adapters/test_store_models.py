"""Each SQL store does what the store in memory does, whatever is asked of them in whatever order."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import attrs
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from medoffice.adapters.keys import OfficeKey, Purpose
from medoffice.adapters.memory import MemoryStore
from medoffice.adapters.sql.postgres import open_postgres
from medoffice.adapters.sql.sqlcipher import open_sqlcipher
from medoffice.checkin.records import PaymentState
from medoffice.core.ids import AppointmentId, CommandKey, PatientId, PaymentId, ResourceId
from medoffice.ports.store import ReadTransaction, Store, StoreError, Transaction
from medoffice.privacy.audit import verify_audit
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.testing import store_records as make
from medoffice.testing.postgres import PrivatePostgres
from medoffice.testing.store_conformance import putting

KEY = OfficeKey(bytes(range(32)))
T = TypeVar("T")
Step = Callable[[Transaction], Any]

patient_ids = st.sampled_from(["pat-1", "pat-2"])
visit_ids = st.sampled_from(["apt-1", "apt-2", "apt-3"])
few = st.sampled_from(["a", "b", "c"])
resources = st.lists(st.sampled_from(["dr-a", "dr-b", "room-1"]), min_size=1, max_size=2, unique=True)

visits = st.builds(
    lambda id, needs, start, length, of, status, revision: make.appointment(
        id, *needs, start=start, end=start + length, of=of, status=status, revision=revision
    ),
    visit_ids,
    resources,
    st.integers(0, 12).map(lambda n: n * 5),
    st.integers(1, 6).map(lambda n: n * 5),
    patient_ids,
    st.sampled_from([Status.BOOKED, Status.BOOKED, Status.CANCELLED, Status.WAITLIST, Status.FULFILLED]),
    st.integers(0, 2),
)


class _Kept(Exception):
    """Raised at the end of some transactions, so that they are rolled back."""


@attrs.frozen
class _Is:
    """What came of something: a value, or the kind of an error."""

    value: Any = None
    error: type | None = None


def came_of(attempt: Callable[[], Any]) -> _Is:
    """The value, or the kind of error."""
    try:
        return _Is(value=attempt())
    except (StoreError, _Kept) as trouble:
        return _Is(error=type(trouble))


def view(t: ReadTransaction) -> tuple[Any, ...]:
    """Everything that can be read, by every method of the port."""
    window = make.slot(0, 100)
    per_visit = [AppointmentId(f"apt-{n}") for n in (1, 2, 3)]
    per_patient = [PatientId("pat-1"), PatientId("pat-2")]
    return (
        [came_of(lambda id=id: t.patient(id)) for id in per_patient],  # type: ignore[misc]
        [t.coverages(id) for id in per_patient],
        [t.appointments(window, patient=id) for id in per_patient],
        [
            t.appointments(make.slot(n, n + 20), resources=frozenset({ResourceId("dr-a")}))
            for n in (0, 20, 40)
        ],
        t.appointments(window, resources=frozenset({ResourceId("dr-b"), ResourceId("room-1")})),
        [came_of(lambda id=id: (t.appointment(id), t.check_in(id))) for id in per_visit],  # type: ignore[misc]
        [(t.planned_lines(id), t.payments(id)) for id in per_visit],
        t.patients_matching(make.patient().match_key),
        t.patients_matching(make.patient(family="O'Brien").match_key),
        [(t.check_ins(day), t.last_number(day)) for day in (make.DAY, make.DAY + timedelta(days=1))],
        [came_of(lambda c=c: t.visit_code(c)) for c in (b"1" * 16, b"2" * 16)],  # type: ignore[misc]
        [came_of(lambda k=k: t.outcome(CommandKey(k))) for k in "abc"],  # type: ignore[misc]
        [came_of(lambda k=k: t.payment(PaymentId(k))) for k in "abc"],  # type: ignore[misc]
        (t.unsettled_payments(), t.desk_tasks(), t.desk_tasks(open_only=False)),
        (t.visit_types(), t.templates(), t.providers()),
        (t.audit_rows(), t.audit_rows(after=2, subject="a"), t.audit_rows(since=make.minute(1), action="b")),
    )


class StoresAgree(RuleBasedStateMachine):
    """One script, played to a store and to its model."""

    open_store: ClassVar[Callable[[], tuple[Store, Callable[[], None]]]]

    def __init__(self) -> None:
        super().__init__()
        self.store, self.remove = type(self).open_store()
        self.model = MemoryStore(audit_key=KEY.derive(Purpose.AUDIT))
        self.pending: list[Step] = []

    @initialize(both=st.booleans())
    def register(self, *, both: bool) -> None:
        """Most scripts begin with somebody to make appointments for."""
        self.pending.append(putting(make.patient("pat-1")))
        if both:
            self.pending.append(putting(make.patient("pat-2", "O'Brien")))

    @rule(id=patient_ids, family=st.sampled_from(["Rivera", "O'Brien"]))
    def patient(self, id: str, family: str) -> None:
        self.pending.append(putting(make.patient(id, family)))

    @rule(id=few, of=patient_ids, order=st.integers(1, 2))
    def coverage(self, id: str, of: str, order: int) -> None:
        self.pending.append(putting(make.coverage(id, of, order)))

    @rule(visit=visits)
    def appointment(self, visit: Appointment) -> None:
        self.pending.append(putting(visit))

    @rule(id=visit_ids, start=st.integers(0, 12), needs=resources, status=st.sampled_from([*Status]))
    def change(self, id: str, start: int, needs: list[str], status: Status) -> None:
        """A change that rests on what is there now."""

        def step(t: Transaction) -> None:
            now = t.appointment(AppointmentId(id))
            visit = make.appointment(
                id, *needs, start=start * 5, end=start * 5 + 15, status=status, revision=now.revision + 1
            )
            t.put_appointment(visit)

        self.pending.append(step)

    @rule(id=visit_ids, services=st.lists(few, max_size=3))
    def plan(self, id: str, services: list[str]) -> None:
        lines = tuple(make.line(each) for each in services)
        self.pending.append(lambda t: t.put_planned_lines(AppointmentId(id), lines))

    @rule(code=st.sampled_from([b"1" * 16, b"2" * 16]), of=visit_ids)
    def hand_out(self, code: bytes, of: str) -> None:
        self.pending.append(putting(make.visit_code(code, of)))

    @rule(jti=st.sampled_from([b"1" * 16, b"2" * 16]), of=visit_ids)
    def spend(self, jti: bytes, of: str) -> None:
        self.pending.append(lambda t: t.spend_code(jti, AppointmentId(of), make.minute(0)))

    @rule(of=visit_ids, number=st.integers(1, 3), days=st.integers(0, 1), who=patient_ids)
    def arrive(self, of: str, number: int, days: int, who: str) -> None:
        check_in = make.check_in(of, number, make.DAY + timedelta(days=days), who)
        self.pending.append(lambda t: t.add_check_in(check_in))

    @rule(id=few, of=visit_ids, state=st.sampled_from([*PaymentState]), at=st.integers(0, 2))
    def pay(self, id: str, of: str, state: PaymentState, at: int) -> None:
        self.pending.append(putting(make.payment(id, of, state, at)))

    @rule(id=few, at=st.integers(0, 2), of=st.none() | visit_ids, is_open=st.booleans())
    def call_desk(self, id: str, at: int, of: str | None, *, is_open: bool) -> None:
        self.pending.append(putting(make.task(id, at, of=of, is_open=is_open)))

    @rule(code=few, days=st.integers(0, 1))
    def set_up(self, code: str, days: int) -> None:
        self.pending.append(putting(make.visit_type(code, 10 + days)))
        self.pending.append(putting(make.template(code, make.DAY + timedelta(days=days))))
        self.pending.append(putting(make.provider(code, "Lee" if days else "Okafor")))

    @rule(key=few, answer=st.binary(max_size=4))
    def record(self, key: str, answer: bytes) -> None:
        self.pending.append(lambda t: t.add_outcome(make.outcome(key, answer)))

    @rule(action=few, subject=few, at=st.integers(0, 2))
    def note(self, action: str, subject: str, at: int) -> None:
        self.pending.append(lambda t: t.append_audit(make.entry(action, subject, at)))

    @rule(handles_refusals=st.booleans(), fails=st.booleans())
    def commit(self, *, handles_refusals: bool, fails: bool) -> None:
        """Everything so far in one transaction; refusals are handled or not, and some fail at the very end."""
        steps, self.pending = self.pending, []

        def work(t: Transaction) -> tuple[list[_Is], tuple[Any, ...]]:
            came = [came_of(lambda s=s: s(t)) if handles_refusals else _Is(value=s(t)) for s in steps]  # type: ignore[misc]
            seen = view(t)
            if fails:
                raise _Kept
            return came, seen

        assert came_of(lambda: self.store.transact(work)) == came_of(lambda: self.model.transact(work))

    @invariant()
    def they_agree(self) -> None:
        """What is committed is the same in both, and its trail verifies."""
        if not self.pending:
            seen = self.store.read(view)
            assert seen == self.model.read(view)
            assert (
                verify_audit(self.store.read(lambda t: t.audit_rows()), key=KEY.derive(Purpose.AUDIT)) == ()
            )

    def teardown(self) -> None:
        """Nothing is left of either."""
        try:
            self.commit(handles_refusals=True, fails=False)
            self.they_agree()
        finally:
            self.store.close()
            self.remove()


def _play(
    open_store: Callable[[], tuple[Store, Callable[[], None]]],
    examples: int,
    phases: tuple[Phase, ...] = tuple(Phase),
) -> None:
    machine = type("Stores", (StoresAgree,), {"open_store": staticmethod(open_store)})
    quiet = settings(
        max_examples=examples,
        stateful_step_count=40,
        deadline=None,
        phases=phases,
        suppress_health_check=[HealthCheck.too_slow],
    )
    run_state_machine_as_test(machine, settings=quiet)


def test_sqlcipher_does_what_memory_does() -> None:
    """The encrypted file agrees with the model."""

    def open_store() -> tuple[Store, Callable[[], None]]:
        folder = Path(tempfile.mkdtemp())
        return open_sqlcipher(folder / "office.db", KEY), lambda: shutil.rmtree(folder)

    _play(open_store, 60)


def test_postgres_does_what_memory_does(postgres: PrivatePostgres) -> None:
    """The database server agrees with the model."""
    address = postgres.fresh_database()

    def open_store() -> tuple[Store, Callable[[], None]]:
        return open_postgres(postgres.emptied(address), KEY), lambda: None

    _play(open_store, 25)


def test_the_comparison_can_fail() -> None:
    """A store that forgets one kind of record is found out."""

    class Forgetful(MemoryStore):
        def transact(self, work: Callable[[Transaction], T], /, *, locks: tuple[str, ...] = ()) -> T:
            def without_tasks(t: Transaction) -> T:
                t.put_desk_task = lambda _: None  # type: ignore[method-assign]
                return work(t)

            return super().transact(without_tasks, locks=locks)

    with pytest.raises((AssertionError, ExceptionGroup)):
        _play(lambda: (Forgetful(audit_key=KEY.derive(Purpose.AUDIT)), lambda: None), 100, (Phase.generate,))
