"""What a machine asks an office about visits."""

from datetime import date, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from benchmarks.office_asking import Asking, codes, named, patients, some, starts
from benchmarks.office_world import BEGIN, LEE, MINUTE, ZONE
from medoffice.core import PatientId, ResourceId, TimeSlot
from medoffice.core.times import day_in
from medoffice.office import Office
from medoffice.office.book.book_keeping import open_book
from medoffice.office.book.calendar import calendar_of
from medoffice.ports.store import ReadTransaction
from medoffice.scheduling import Booked, Recurrence, Status
from medoffice.scheduling.book import BookedSeries, Party
from medoffice.scheduling.search import FreeSlot

SEASON = TimeSlot(BEGIN - timedelta(days=30), BEGIN + timedelta(days=60))
days = st.sampled_from([day_in(BEGIN, ZONE) + timedelta(days=count) for count in (0, 1, 2, 3, 7)])


class VisitRules(Asking):
    """Book, find, move, call off; whoever is there, and whoever is not."""

    @rule(patient=patients, code=st.sampled_from(["group", "plain"]), start=starts, over=st.booleans())
    def crowd(self, *, patient: PatientId, code: str, start: datetime, over: bool) -> None:
        """All want Dr. Lee, and one of few times."""
        early = BEGIN + (start - BEGIN) % timedelta(days=1) + timedelta(days=1)
        self.send(
            lambda office, key: office.schedule.book(
                patient, code, early, resources=(LEE,), overbook=over, key=key
            )
        )

    @rule(patient=patients, code=codes, start=starts, who=named, is_new=st.booleans(), over=st.booleans())
    def book(
        self,
        *,
        patient: PatientId,
        code: str,
        start: datetime,
        who: tuple[ResourceId, ...],
        is_new: bool,
        over: bool,
    ) -> None:
        """What is said to be free is booked; what is not, is not."""
        why = self.each(
            lambda office: office.schedule.why_not(
                code, start, resources=who, patient=patient, new_patient=is_new
            )
        )
        came = self.send(
            lambda office, key: office.schedule.book(
                patient, code, start, resources=who, new_patient=is_new, overbook=over, key=key
            )
        )
        if not over and not came.mistake:
            assert isinstance(came.answer, Booked) is (why.answer == ())

    @rule(patient=patients, code=codes, day=days, which=some, who=named)
    def what_is_found_is_booked(
        self, *, patient: PatientId, code: str, day: date, which: int, who: tuple[ResourceId, ...]
    ) -> None:
        """By whom it says."""
        found = self.each(
            lambda office: list(office.find(code, first_day=day, patient=patient, resources=who))
        )
        assert found.mistake or found.answer == found_in_all(
            self.offices[0], code, day, patient, who, self.now
        )
        if found.answer:
            slot = found.answer[which % len(found.answer)]
            came = self.send(
                lambda office, key: office.schedule.book(
                    patient,
                    code,
                    slot.slot.start,
                    resources=slot.resources,
                    modality=slot.modality,
                    location=slot.location,
                    key=key,
                )
            )
            assert isinstance(came.answer, Booked)

    @rule(patient=patients, code=codes, who=named, later=st.sampled_from([0, 1, 40]))
    def walk_in(self, *, patient: PatientId, code: str, who: tuple[ResourceId, ...], later: int) -> None:
        """Somebody comes without an appointment: now, a minute late, or for later."""
        start = self.now.replace(second=0, microsecond=0) + later * MINUTE
        self.send(lambda office, key: office.schedule.walk_in(patient, code, start, resources=who, key=key))

    @rule(patient=patients, code=codes, start=starts, skip=st.booleans(), daily=st.booleans())
    def series(self, *, patient: PatientId, code: str, start: datetime, skip: bool, daily: bool) -> None:
        """At one wall time, over the change of the clocks."""
        local = start.astimezone(ZONE)
        wanted = Recurrence(
            first=local.date(),
            clock=local.time(),
            zone=ZONE,
            count=3,
            weekdays=frozenset(range(7)) if daily else frozenset(),
        )
        came = self.send(
            lambda office, key: office.schedule.book_series(
                patient, code, wanted, skip_conflicts=skip, key=key
            )
        )
        if isinstance(came.answer, BookedSeries):
            told = {each.slot.start.astimezone(ZONE).time() for each in came.answer.appointments}
            assert told == {local.time()}

    @rule(which=some, start=starts, who=st.none() | named)
    def move(self, *, which: int, start: datetime, who: tuple[ResourceId, ...] | None) -> None:
        """With the same clinicians, with others, or with anybody."""
        if (id := self.visit(which)) is not None:
            self.send(lambda office, key: office.schedule.move(id, start, who, key=key))

    @rule(which=some, reason=st.sampled_from(["", "no-ride"]), party=st.sampled_from(Party))
    def cancel(self, *, which: int, reason: str, party: Party) -> None:
        """Also what is over already."""
        if (id := self.visit(which)) is not None:
            self.send(lambda office, key: office.schedule.cancel(id, reason=reason, party=party, key=key))

    @rule(which=some)
    def confirm(self, *, which: int) -> None:
        """What was confirmed, too."""
        if (id := self.visit(which)) is not None:
            self.send(lambda office, key: office.schedule.confirm(id, key=key))

    @rule(which=some, status=st.sampled_from([Status.ARRIVED, Status.FULFILLED, Status.NOSHOW, *Status]))
    def change(self, *, which: int, status: Status) -> None:
        """To any state, legal or not."""
        if (id := self.visit(which)) is not None:
            self.send(lambda office, key: office.schedule.change_status(id, status, key=key))


def found_in_all(
    office: Office,
    code: str,
    day: date,
    patient: PatientId,
    who: tuple[ResourceId, ...],
    now: datetime,
) -> list[FreeSlot]:
    """What a book of everything finds, with nothing left out that should not matter."""

    def work(tx: ReadTransaction) -> list[FreeSlot]:
        calendar = calendar_of(tx, ZONE)
        book = open_book(tx, calendar=calendar, policy=office.booking_policy, around=SEASON)
        window = office.settings.span_of(day)
        return list(book.find(code, window=window, now=now, patient=patient, resources=who))

    return office.store.read(work)
