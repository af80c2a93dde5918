"""What breaks the weekly hours is kept, held time is occupied time, and facts are only ever added."""

from functools import partial

import attrs

from medoffice.core.ids import AppointmentId, ResourceId
from medoffice.ports.store import CalendarException, KeptFact, NoSuchRecord, SlotTaken, Transaction
from medoffice.scheduling.appointments import Status
from medoffice.scheduling.book.holds import HoldStatus, OfferStatus
from medoffice.scheduling.book.ids import HoldId, OfferId
from medoffice.scheduling.hours import Weekly
from medoffice.scheduling.resources import Equipment, Provider, Room
from medoffice.testing import store_records as make
from medoffice.testing.store_laws.trial import StoreTrial, putting, raises


class CalendarLaws(StoreTrial):
    """Resources and exceptions; holds, groups and overbookings; facts."""

    def test_resources_are_kept_without_their_hours(self) -> None:
        """By id, each of its kind; their hours are the templates, so that they are said once."""
        hours = Weekly.of("Mon 08:00-12:00", zone="America/Chicago")
        some = (Provider("dr-a", tags="pediatrics"), Equipment("ekg-1", tags="ekg"), Room("b", location="x"))
        self.write(*(putting(attrs.evolve(each, weekly=hours)) for each in some))
        assert self.read(lambda t: t.resources()) == (some[2], some[0], some[1])
        self.write(putting(Room("b", tags="exam-room")))
        assert self.read(lambda t: t.resources())[0] == Room("b", tags="exam-room")

    def test_exceptions_are_kept_once_and_taken_away(self) -> None:
        """Closures, absences, special days, each by its beginning; what is not there cannot be taken away."""
        some: tuple[CalendarException, ...] = (
            make.special_day(),
            make.absence(60, 90),
            make.absence(),
            make.closure(),
        )
        self.write(*map(putting, some), putting(make.absence()))
        assert self.read(lambda t: t.exceptions()) == (some[3], some[2], some[1], some[0])
        self.write(lambda t: t.drop_exception(make.absence()))
        assert self.read(lambda t: t.exceptions()) == (some[3], some[1], some[0])
        self.refuses(NoSuchRecord, lambda t: t.drop_exception(make.absence()))

    def test_held_time_is_occupied_time(self) -> None:
        """Against appointments and against other holds, on every resource; touching is not overlap."""
        self.write(putting(make.patient()), putting(make.hold("hold-1", "dr-a", "exam-1", start=30, end=60)))
        for resources in (("dr-a",), ("exam-1",), ("dr-b", "exam-1")):
            self.refuses(SlotTaken, putting(make.appointment("apt-1", *resources, start=59, end=70)))
            self.refuses(SlotTaken, putting(make.hold("hold-2", *resources, start=0, end=31)))
        self.write(putting(make.appointment("apt-1", start=0, end=30)), putting(make.hold("hold-2", "dr-b")))
        self.refuses(SlotTaken, putting(make.hold("hold-3", start=29, end=30)))
        self.refuses(SlotTaken, putting(make.hold("hold-1", "dr-a", start=29, end=60)))

    def test_a_hold_that_ended_keeps_nothing(self) -> None:
        """It is still there to be looked at, and its offers are too."""
        self.write(putting(make.patient()), putting(make.hold()), putting(make.offer()))
        assert self.read(lambda t: t.holds(make.slot(0, 1))) == (make.hold(),)
        assert self.read(lambda t: t.holds(make.slot(30, 40))) == ()
        ended, declined = make.hold(status=HoldStatus.EXPIRED), make.offer(status=OfferStatus.DECLINED)
        self.write(putting(ended), putting(declined), putting(make.appointment()))
        assert self.read(lambda t: t.hold(HoldId("hold-1"))) == ended
        assert self.read(lambda t: t.holds(make.slot(0, 30))) == ()
        assert self.read(lambda t: t.offer(OfferId("offer-1"))) == declined
        assert self.read(lambda t: t.offers(HoldId("hold-1"))) == (declined,)
        self.refuses(SlotTaken, putting(make.hold()))

    def test_what_is_not_there_is_said_so(self) -> None:
        """No such hold or offer, and no offer of a hold that nobody made."""
        with raises(NoSuchRecord):
            self.read(lambda t: t.hold(HoldId("hold-9")))
        with raises(NoSuchRecord):
            self.read(lambda t: t.offer(OfferId("offer-9")))
        self.refuses(NoSuchRecord, putting(make.offer(under="hold-9")))

    def test_seats_of_one_group_share_their_time_with_nobody_else(self) -> None:
        """Whoever comes and goes: as long as one seat is taken, the time is the group's."""
        self.write(*(putting(make.patient(f"pat-{number}")) for number in (1, 2, 3)))
        seat = partial(make.appointment, seats=3)
        self.write(putting(seat("apt-1")), putting(seat("apt-2", of="pat-2")))
        self.write(putting(make.hold("hold-1", seats=3)))
        rival = putting(make.appointment("apt-9", start=29, end=60, of="pat-3"))
        for step in (
            putting(seat("apt-1", status=Status.ARRIVED, revision=1)),
            putting(seat("apt-1", status=Status.CANCELLED, revision=2)),
            putting(seat("apt-2", of="pat-2", start=300, end=330, revision=1)),
            putting(seat("apt-3", of="pat-3")),
            putting(make.hold("hold-1", seats=3, status=HoldStatus.RELEASED)),
        ):
            self.write(step)
            self.refuses(SlotTaken, rival)
            self.refuses(SlotTaken, putting(make.hold("hold-9", start=29, end=60)))
            self.refuses(SlotTaken, putting(seat("apt-8", start=15, end=45)))
        self.write(putting(seat("apt-3", of="pat-3", status=Status.CANCELLED, revision=1)), rival)
        self.refuses(SlotTaken, putting(seat("apt-4")))
        found = self.read(lambda t: t.appointments(make.slot(300, 330), resources=frozenset({_DR_A})))
        assert [each.id for each in found] == [AppointmentId("apt-2")]

    def test_an_overbooking_shares_what_it_says_and_nothing_else(self) -> None:
        """The clinician knows; the room is one room."""
        self.booked("apt-1")
        self.refuses(SlotTaken, putting(make.appointment("apt-2", "dr-a", "exam-1")))
        over = partial(make.appointment, shared=("dr-a",))
        self.write(putting(over("apt-2", "dr-a", "exam-1")))
        self.refuses(SlotTaken, putting(over("apt-3", "dr-a", "exam-1")))
        self.refuses(SlotTaken, putting(make.appointment("apt-4", start=15, end=45)))
        self.write(putting(over("apt-3", "dr-a", "exam-2")))

    def test_facts_are_numbered_in_their_stream(self) -> None:
        """From one, without a gap, each stream by itself; one subject's can be asked for."""
        for place, subject in enumerate(("apt-1", "apt-2", "apt-1"), start=1):
            added = self.store.transact(partial(_note, subject=subject))
            assert added == _kept("book", place, subject)
        self.write(lambda t: t.append_fact("waitlist", "apt-1", make.minute(0), make.fact()))
        every = (_kept("book", 1, "apt-1"), _kept("book", 2, "apt-2"), _kept("book", 3, "apt-1"))
        assert self.read(lambda t: t.facts("book")) == every
        assert self.read(lambda t: t.facts("book", after=1)) == every[1:]
        assert self.read(lambda t: t.facts("book", subject="apt-1")) == (every[0], every[2])
        assert self.read(lambda t: t.facts("book", after=-1)) == every
        assert self.read(lambda t: t.last_fact("book")) == 3
        assert self.read(lambda t: t.last_fact("nothing")) == 0
        assert self.read(lambda t: t.facts("waitlist")) == (_kept("waitlist", 1, "apt-1"),)

    def test_a_fact_of_a_transaction_that_failed_never_happened(self) -> None:
        """Its place is given to the next one."""
        self.write(lambda t: t.append_fact("book", "apt-1", make.minute(0), make.fact()))

        def work(t: Transaction) -> None:
            _note(t)
            t.drop_exception(make.absence())

        self.refuses(NoSuchRecord, work)
        self.write(_note)
        assert self.read(lambda t: t.last_fact("book")) == 2


_DR_A = ResourceId("dr-a")


def _note(t: Transaction, subject: str = "apt-2") -> KeptFact:
    return t.append_fact("book", subject, make.minute(0), make.fact(subject))


def _kept(stream: str, seq: int, subject: str) -> KeptFact:
    return KeptFact(stream=stream, seq=seq, subject=subject, at=make.minute(0), fact=make.fact(subject))
