"""What may exist once exists once."""

from datetime import timedelta

from medoffice.core.ids import AppointmentId, CommandKey
from medoffice.ports.store import (
    AlreadyRecorded,
    AlreadySpent,
)
from medoffice.testing import store_records as make
from medoffice.testing.store_laws.trial import StoreTrial


class OnceOnlyLaws(StoreTrial):
    """What may exist once exists once."""

    def test_a_code_is_spent_once(self) -> None:
        """The second time is refused, for whichever appointment."""
        self.booked("apt-1", "apt-2")
        self.write(lambda t: t.spend_code(b"j" * 16, AppointmentId("apt-1"), make.minute(0)))
        self.refuses(AlreadySpent, lambda t: t.spend_code(b"j" * 16, AppointmentId("apt-1"), make.minute(1)))
        self.refuses(AlreadySpent, lambda t: t.spend_code(b"j" * 16, AppointmentId("apt-2"), make.minute(1)))
        self.write(lambda t: t.spend_code(b"k" * 16, AppointmentId("apt-1"), make.minute(0)))

    def test_an_appointment_is_checked_in_once_and_a_number_given_once_a_day(self) -> None:
        """The same number may be given on another day, never twice on one."""
        self.booked("apt-1", "apt-2", "apt-3")
        self.write(lambda t: t.add_check_in(make.check_in("apt-1", 1)))
        self.refuses(AlreadyRecorded, lambda t: t.add_check_in(make.check_in("apt-1", 2)))
        self.refuses(AlreadyRecorded, lambda t: t.add_check_in(make.check_in("apt-2", 1)))
        next_day = make.DAY + timedelta(days=1)
        self.write(lambda t: t.add_check_in(make.check_in("apt-2", 1, next_day)))
        self.write(lambda t: t.add_check_in(make.check_in("apt-3", 2)))
        assert [each.number for each in self.read(lambda t: t.check_ins(make.DAY))] == [1, 2]
        assert self.read(lambda t: t.last_number(next_day)) == 1

    def test_a_commands_outcome_is_kept_once(self) -> None:
        """The first outcome stays, whatever comes later under its key."""
        self.write(lambda t: t.add_outcome(make.outcome()))
        self.refuses(AlreadyRecorded, lambda t: t.add_outcome(make.outcome(answer=b"another")))
        assert self.read(lambda t: t.outcome(CommandKey("cmd-1"))) == make.outcome()
        self.write(lambda t: t.add_outcome(make.outcome("cmd-2", b"")))
        assert self.read(lambda t: t.outcome(CommandKey("cmd-2"))).answer == b""
