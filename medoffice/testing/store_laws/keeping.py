"""Records come back as they were, in order, and refer to what is there."""

from datetime import timedelta
from functools import partial
from typing import Any

import attrs

from medoffice.checkin.records import PaymentState
from medoffice.core.ids import AppointmentId, CommandKey, PatientId, PaymentId, ResourceId
from medoffice.core.people import PersonName, match_key
from medoffice.ports.store import (
    NoSuchRecord,
    Transaction,
)
from medoffice.scheduling.appointments import Status
from medoffice.testing import store_records as make
from medoffice.testing.store_laws.trial import StoreTrial, plan, putting, raises


class KeepingLaws(StoreTrial):
    """Records come back as they were, in order, and refer to what is there."""

    def test_an_empty_store_is_empty(self) -> None:
        """Lists are empty, numbers begin at nothing, and single records are not there."""
        assert self.everything() == ((),) * 16
        assert self.read(lambda t: t.last_number(make.DAY)) == 0
        for look in (
            lambda t: t.patient(PatientId("pat-1")),
            lambda t: t.appointment(AppointmentId("apt-1")),
            lambda t: t.visit_code(b"h" * 16),
            lambda t: t.check_in(AppointmentId("apt-1")),
            lambda t: t.payment(PaymentId("pay-1")),
            lambda t: t.outcome(CommandKey("cmd-1")),
        ):
            with raises(NoSuchRecord):
                self.read(look)

    def test_records_come_back_as_they_were(self) -> None:
        """Every field of every kind of record survives."""
        lines = (make.line("office-visit"), make.line("lab", "75.25"))
        self.write(
            putting(make.patient()),
            putting(make.coverage()),
            putting(make.appointment("apt-1", "dr-a", "room-1")),
            lambda t: t.put_planned_lines(AppointmentId("apt-1"), lines),
            putting(make.visit_code()),
            lambda t: t.spend_code(b"j" * 16, AppointmentId("apt-1"), make.minute(0)),
            lambda t: t.add_check_in(make.check_in()),
            putting(make.payment()),
            putting(make.task()),
            putting(make.task("task-2", of=None)),
            putting(make.visit_type()),
            putting(make.template()),
            putting(make.provider()),
            lambda t: t.add_outcome(make.outcome()),
        )
        assert self.read(lambda t: t.patient(PatientId("pat-1"))) == make.patient()
        assert self.read(lambda t: t.patients_matching(make.patient().match_key)) == (make.patient(),)
        assert self.read(lambda t: t.coverages(PatientId("pat-1"))) == (make.coverage(),)
        visit = make.appointment("apt-1", "dr-a", "room-1")
        assert self.read(lambda t: t.appointment(AppointmentId("apt-1"))) == visit
        assert self.read(lambda t: t.planned_lines(AppointmentId("apt-1"))) == lines
        assert self.read(lambda t: t.visit_code(b"h" * 16)) == make.visit_code()
        assert self.read(lambda t: t.check_in(AppointmentId("apt-1"))) == make.check_in()
        assert self.read(lambda t: t.payment(PaymentId("pay-1"))) == make.payment()
        tasks = (make.task(), make.task("task-2", of=None))
        assert self.read(lambda t: t.desk_tasks()) == tasks
        assert self.read(lambda t: t.visit_types()) == (make.visit_type(),)
        assert self.read(lambda t: t.templates()) == (make.template(),)
        assert self.read(lambda t: t.providers()) == (make.provider(),)
        assert self.read(lambda t: t.outcome(CommandKey("cmd-1"))) == make.outcome()

    def test_a_transaction_sees_its_own_writes_and_returns_what_work_returns(self) -> None:
        """What was put is there for the rest of the transaction."""

        def work(t: Transaction) -> str:
            t.put_patient(make.patient())
            return t.patient(PatientId("pat-1")).name.family

        assert self.store.transact(work) == "Rivera"

    def test_putting_again_replaces(self) -> None:
        """A record of the same id takes the place of the first, in every look-up."""
        self.booked("apt-1")
        renamed = attrs.evolve(make.patient(), name=PersonName(family="Núñez", given="Ana"))
        dearer = make.coverage(order=2)
        paid = make.payment(state=PaymentState.APPROVED)
        code = attrs.evolve(make.visit_code(), expires=make.minute(7))
        for first in (True, False):
            self.write(
                putting(make.patient() if first else renamed),
                putting(make.coverage() if first else dearer),
                putting(make.payment() if first else paid),
                putting(make.task(is_open=first)),
                putting(make.visit_code() if first else code),
                putting(make.visit_type(minutes=20 if first else 40)),
                putting(make.provider(family="Okafor" if first else "Lee")),
            )
        assert self.read(lambda t: t.patient(PatientId("pat-1"))) == renamed
        assert self.read(lambda t: t.patients_matching(make.patient().match_key)) == ()
        assert self.read(lambda t: t.patients_matching(renamed.match_key)) == (renamed,)
        assert self.read(lambda t: t.coverages(PatientId("pat-1"))) == (dearer,)
        assert self.read(lambda t: t.payments(AppointmentId("apt-1"))) == (paid,)
        assert self.read(lambda t: t.unsettled_payments()) == ()
        assert self.read(lambda t: t.desk_tasks()) == ()
        assert self.read(lambda t: t.desk_tasks(open_only=False)) == (make.task(is_open=False),)
        assert self.read(lambda t: t.visit_code(b"h" * 16)) == code
        assert self.read(lambda t: t.visit_types()) == (make.visit_type(minutes=40),)
        assert self.read(lambda t: t.providers()) == (make.provider(family="Lee"),)

    def test_planned_lines_are_replaced_whole(self) -> None:
        """Fewer lines leave none of the old ones behind."""
        self.booked("apt-1")
        for lines in ((make.line("a"), make.line("b")), (make.line("c"),), ()):
            self.store.transact(partial(plan, lines=lines))
            assert self.read(lambda t: t.planned_lines(AppointmentId("apt-1"))) == lines

    def test_templates_are_told_apart_by_resource_and_first_day(self) -> None:
        """A template from another day on is another one; the same day replaces."""
        later = make.DAY + timedelta(days=30)
        changed = make.template(closes=make.minute(0).time())
        all_of_them = (make.template("dr-b"), make.template(first=later), make.template(), changed)
        self.write(*map(putting, all_of_them))
        assert self.read(lambda t: t.templates()) == (
            changed,
            make.template(first=later),
            make.template("dr-b"),
        )

    def test_patients_are_found_by_compared_name_and_birth_date(self) -> None:
        """Two patients of one match key are both found, by id; nobody else is."""
        twins = [make.patient("pat-2", "O'Brien"), make.patient("pat-1", "OBRIEN")]
        others = [make.patient("pat-3", "O'Brien", "Jo"), make.patient("pat-4", "Rivera")]
        self.write(*map(putting, twins + others))
        key = match_key(family="obrien", given="JORDAN", birth_date=make.patient().birth_date)
        assert [each.id.value for each in self.read(lambda t: t.patients_matching(key))] == ["pat-1", "pat-2"]

    def test_lists_come_in_their_order(self) -> None:
        """Whatever the order of writing, records come back in the order that the port names."""
        self.booked("apt-3", "apt-1", "apt-2")
        self.write(
            *map(putting, (make.coverage("b"), make.coverage("a"), make.coverage("0", order=2))),
            *map(
                putting,
                (make.payment("z", at=1), make.payment("b"), make.payment("a"), make.payment("c", at=-9)),
            ),
            *map(putting, (make.task("b"), make.task("a"), make.task("c", at=-1))),
            *(putting(make.visit_type(code)) for code in "bca"),
            *(putting(make.provider(id)) for id in "bca"),
            lambda t: t.add_check_in(make.check_in("apt-3", 2)),
            lambda t: t.add_check_in(make.check_in("apt-1", 10)),
            lambda t: t.add_check_in(make.check_in("apt-2", 1)),
        )
        visits = self.read(lambda t: t.appointments(make.slot(-100, 1000)))
        assert [each.id.value for each in visits] == ["apt-3", "apt-1", "apt-2"]
        assert [each.coverage.id.value for each in self.read(lambda t: t.coverages(PatientId("pat-1")))] == [
            "a",
            "b",
            "0",
        ]
        order = ["c", "a", "b", "z"]
        assert [each.id.value for each in self.read(lambda t: t.payments(AppointmentId("apt-1")))] == order
        assert [each.id.value for each in self.read(lambda t: t.unsettled_payments())] == order
        assert [each.id.value for each in self.read(lambda t: t.desk_tasks())] == ["c", "a", "b"]
        assert [each.code for each in self.read(lambda t: t.visit_types())] == ["a", "b", "c"]
        assert [each.id.value for each in self.read(lambda t: t.providers())] == ["a", "b", "c"]
        assert [each.number for each in self.read(lambda t: t.check_ins(make.DAY))] == [1, 2, 10]
        assert self.read(lambda t: t.last_number(make.DAY)) == 10

    def test_only_asked_and_unknown_payments_are_unsettled(self) -> None:
        """Approved and declined ones are done with."""
        self.booked("apt-1")
        for state in PaymentState:
            self.write(putting(make.payment(state.value, state=state)))
        assert [each.id.value for each in self.read(lambda t: t.unsettled_payments())] == ["asked", "unknown"]

    def test_appointments_are_found_by_time_resource_and_patient(self) -> None:
        """The occupied time overlaps the window; touching it does not; statuses make no difference."""
        self.booked("apt-1", "apt-2", "apt-3")
        self.write(
            putting(make.patient("pat-2")),
            putting(make.appointment("apt-4", "dr-b", "room-1", start=30, end=60, of="pat-2")),
            putting(make.appointment("apt-5", start=30, end=60, status=Status.CANCELLED)),
        )

        def found(start: int, end: int, **wanted: Any) -> list[str]:
            visits = self.read(lambda t: t.appointments(make.slot(start, end), **wanted))
            return [each.id.value for each in visits]

        assert found(30, 60) == ["apt-2", "apt-4", "apt-5"]
        assert found(29, 61) == ["apt-1", "apt-2", "apt-4", "apt-5", "apt-3"]
        assert found(59, 60) == ["apt-2", "apt-4", "apt-5"]
        assert found(90, 200) == []
        assert found(0, 90, resources=frozenset({ResourceId("room-1")})) == ["apt-4"]
        assert found(30, 60, resources=frozenset({ResourceId("dr-a")})) == ["apt-2", "apt-5"]
        both = frozenset({ResourceId("dr-a"), ResourceId("dr-b"), ResourceId("room-1")})
        assert found(30, 60, resources=both) == ["apt-2", "apt-4", "apt-5"]
        assert found(0, 90, resources=frozenset()) == []
        assert found(0, 90, patient=PatientId("pat-2")) == ["apt-4"]
        assert found(0, 90, patient=PatientId("pat-2"), resources=frozenset({ResourceId("dr-a")})) == []

    def test_records_refer_to_what_is_there(self) -> None:
        """Nothing is kept for a patient or an appointment that the store does not have."""
        nobody, nothing = "pat-9", "apt-9"
        self.booked("apt-1")
        for step in (
            putting(make.coverage(of=nobody)),
            putting(make.appointment("apt-2", start=90, end=120, of=nobody)),
            lambda t: t.put_planned_lines(AppointmentId(nothing), (make.line(),)),
            putting(make.visit_code(of=nothing)),
            lambda t: t.spend_code(b"j" * 16, AppointmentId(nothing), make.minute(0)),
            lambda t: t.add_check_in(make.check_in(nothing)),
            lambda t: t.add_check_in(make.check_in(who=nobody)),
            putting(make.payment(of=nothing)),
            putting(make.task(of=nothing)),
        ):
            self.refuses(NoSuchRecord, step)
