"""A resource is occupied once at a time, and changes rest on the latest revision."""

from medoffice.core.ids import ResourceId
from medoffice.ports.store import (
    SlotTaken,
    StaleRecord,
)
from medoffice.scheduling.appointments import Status
from medoffice.testing import store_records as make
from medoffice.testing.store_laws.trial import StoreTrial, putting


class OccupiedTimeLaws(StoreTrial):
    """A resource is occupied once at a time, and changes rest on the latest revision."""

    def test_time_is_occupied_once(self) -> None:
        """Any overlap on a shared resource is refused, whichever way round; touching is not overlap."""
        self.write(putting(make.patient()))
        self.write(putting(make.appointment("apt-1", "dr-a", "room-1", start=30, end=60)))
        for start, end in ((30, 60), (29, 31), (59, 61), (0, 90), (40, 50), (30, 31), (0, 31)):
            for resources in (("dr-a",), ("room-1",), ("dr-b", "room-1")):
                visit = make.appointment("apt-2", *resources, start=start, end=end)
                self.refuses(SlotTaken, putting(visit))
        for id, start, end in (("apt-3", 0, 30), ("apt-4", 60, 61)):
            visit = make.appointment(id, "dr-a", start=start, end=end)
            self.write(putting(visit))
        self.write(putting(make.appointment("apt-5", "dr-b", start=30, end=60)))

    def test_only_statuses_that_occupy_hold_time(self) -> None:
        """A cancelled visit frees its time and takes none; held again, it is looked at again."""
        self.booked("apt-1")
        self.write(putting(make.appointment("apt-1", status=Status.CANCELLED, revision=1)))
        self.write(putting(make.appointment("apt-2")))
        self.write(putting(make.appointment("apt-3", status=Status.WAITLIST)))
        self.refuses(SlotTaken, putting(make.appointment("apt-3", revision=1)))
        self.refuses(SlotTaken, putting(make.appointment("apt-1", revision=2)))

    def test_an_appointment_moves_over_its_own_time(self) -> None:
        """It is not in its own way, and leaves nothing behind where it was."""
        self.booked("apt-1", "apt-2")
        self.refuses(SlotTaken, putting(make.appointment("apt-1", start=5, end=35, revision=1)))
        self.write(putting(make.appointment("apt-1", start=-15, end=15, revision=1)))
        self.write(putting(make.appointment("apt-3", start=15, end=30)))
        self.write(putting(make.appointment("apt-1", "dr-b", start=-15, end=15, revision=2)))
        self.write(putting(make.appointment("apt-4", start=-15, end=15)))
        found = self.read(
            lambda t: t.appointments(make.slot(-15, 15), resources=frozenset({ResourceId("dr-a")}))
        )
        assert [each.id.value for each in found] == ["apt-4"]

    def test_a_revision_follows_the_one_before(self) -> None:
        """A change that rests on an old reading is refused, as is a first one that is not the first."""
        self.booked("apt-1")
        self.write(putting(make.appointment("apt-1", revision=1)))
        for revision in (0, 1, 3):
            visit = make.appointment("apt-1", revision=revision)
            self.refuses(StaleRecord, putting(visit))
        self.refuses(StaleRecord, putting(make.appointment("apt-2", start=60, end=90, revision=1)))
