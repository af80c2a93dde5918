"""A transaction leaves all of its changes or none."""

from medoffice.core.ids import AppointmentId, CommandKey, PatientId
from medoffice.ports.store import (
    AlreadyRecorded,
    AlreadySpent,
    NoSuchRecord,
    ReadTransaction,
    SlotTaken,
    StaleRecord,
    StoreError,
    Transaction,
)
from medoffice.testing import store_records as make
from medoffice.testing.store_laws.trial import StoreTrial, raises


class AllOrNothingLaws(StoreTrial):
    """A transaction leaves all of its changes or none."""

    def test_an_exception_rolls_everything_back_and_comes_out_unchanged(self) -> None:
        """Not a trace is left of a transaction that failed, and the caller gets the very exception."""
        self.booked("apt-1")
        before = self.everything()
        mistake = RuntimeError("the caller's own")

        def work(t: Transaction) -> None:
            t.put_patient(make.patient("pat-2"))
            t.put_appointment(make.appointment("apt-2", start=60, end=90))
            t.put_appointment(make.appointment("apt-1", start=200, end=230, revision=1))
            t.put_coverage(make.coverage())
            t.put_planned_lines(AppointmentId("apt-1"), (make.line(),))
            t.put_visit_code(make.visit_code())
            t.spend_code(b"j" * 16, AppointmentId("apt-1"), make.minute(0))
            t.add_check_in(make.check_in())
            t.put_payment(make.payment())
            t.put_desk_task(make.task())
            t.put_template(make.template())
            t.add_outcome(make.outcome())
            t.append_audit(make.entry())
            raise mistake

        caught: list[BaseException] = []
        with raises(RuntimeError, caught):
            self.store.transact(work)
        assert caught == [mistake]
        assert self.everything() == before
        for look in (
            lambda t: t.patient(PatientId("pat-2")),
            lambda t: t.visit_code(b"h" * 16),
            lambda t: t.outcome(CommandKey("cmd-1")),
        ):
            with raises(NoSuchRecord):
                self.read(look)
        self.write(lambda t: t.spend_code(b"j" * 16, AppointmentId("apt-1"), make.minute(0)))

    def test_a_refusal_that_work_handles_leaves_the_rest(self) -> None:
        """``work`` may catch a broken constraint and go on: only the refused record is missing."""
        self.booked("apt-1")

        def work(t: Transaction) -> None:
            t.put_visit_type(make.visit_type("before"))
            with raises(SlotTaken):
                t.put_appointment(make.appointment("apt-2", "dr-a", "room-1", start=15, end=45))
            with raises(StaleRecord):
                t.put_appointment(make.appointment("apt-1", revision=7))
            with raises(NoSuchRecord):
                t.put_payment(make.payment(of="apt-9"))
            t.spend_code(b"j" * 16, AppointmentId("apt-1"), make.minute(0))
            with raises(AlreadySpent):
                t.spend_code(b"j" * 16, AppointmentId("apt-1"), make.minute(0))
            t.add_check_in(make.check_in())
            with raises(AlreadyRecorded):
                t.add_check_in(make.check_in())
            t.put_appointment(make.appointment("apt-3", "room-1", start=15, end=45))
            t.put_visit_type(make.visit_type("after"))

        self.store.transact(work)
        assert [each.code for each in self.read(lambda t: t.visit_types())] == ["after", "before"]
        visits = self.read(lambda t: t.appointments(make.slot(0, 100)))
        assert [(each.id.value, each.revision) for each in visits] == [("apt-1", 0), ("apt-3", 0)]

    def test_a_transaction_cannot_be_used_after_its_end(self) -> None:
        """Whoever keeps it gets an error, not a write that belongs to nothing."""
        self.booked("apt-1")
        kept: list[Transaction] = []
        views: list[ReadTransaction] = []
        self.write(kept.append)
        self.read(views.append)
        with raises(StoreError):
            kept[0].put_patient(make.patient("pat-2"))
        with raises(StoreError):
            views[0].patient(PatientId("pat-1"))
        with raises(NoSuchRecord):
            self.read(lambda t: t.patient(PatientId("pat-2")))
