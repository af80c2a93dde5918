"""One machine of Hypothesis for the book: any interleaving of its decisions, beside a naive book that knows the answers.

The office is small so that everybody is in everybody's way: two providers, two exam rooms, a hall and one EKG, over
three nights in which the clocks go back. ``tests/scheduling/book`` runs it, and so does ``book_interleavings.py``, which
counts.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from itertools import combinations
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from benchmarks.naive_book import ORIGIN, Kind, NaiveBook, Open, Row, Rules, minute_of
from medoffice.core import AppointmentId, PatientId, Refused, TimeSlot
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.book import (
    Book,
    BookState,
    DayLimit,
    Hold,
    HoldId,
    OfferId,
    Overbooking,
    Policy,
    fold,
)
from medoffice.scheduling.calendar import Calendar
from medoffice.scheduling.hours import Hours, Weekly
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.needs import AnyOf, OneOf
from medoffice.scheduling.resources import Equipment, Provider, Room
from medoffice.scheduling.search import FreeSlot
from medoffice.scheduling.visits import VisitType

ZONE: Final = ZoneInfo("America/New_York")
MINUTE: Final = timedelta(minutes=1)
FIRST, LAST = 4 * 60, 3 * 24 * 60
"""Starts are asked for between these minutes: three nights from midnight to four on the door's clock."""
NIGHTS: Final = ((4 * 60, 8 * 60), (28 * 60, 33 * 60), (53 * 60, 57 * 60))
"""The same nights in minutes of UTC from the origin; the second has an hour more, since its clocks go back."""
EVENINGS: Final = ((5 * 60, 7 * 60), (29 * 60, 32 * 60), (54 * 60, 56 * 60))
"""From one to three on the same clock: one comes twice in the second night, and its first showing counts."""
PATIENTS: Final = ("ann", "bo", "cy", "di")
ROOMS: Final = ("exam-1", "exam-2")


def _weekly(opens: int, closes: int) -> Weekly:
    return Weekly(
        zone=ZONE,
        hours=tuple(Hours(weekday=day, opens=time(opens), closes=time(closes)) for day in range(7)),
    )


def _visit(code: str, minutes: int, *needs: OneOf | AnyOf, **more: Any) -> VisitType:
    return VisitType(code=code, name=code, minutes=minutes, needs=needs, **more)


ANYONE: Final = OneOf("adams", "baker")
CALENDAR: Final = Calendar(
    resources=(
        Provider("adams", weekly=_weekly(0, 4)),
        Provider("baker", weekly=_weekly(1, 3)),
        *(Room(name, tags="exam") for name in ROOMS),
        Room("hall", tags="hall"),
        Equipment("ekg-1", tags="ekg"),
    ),
    visits=(
        _visit("short", 20, ANYONE, AnyOf("exam"), new_patient_minutes=40),
        _visit("long", 60, ANYONE, buffer_before=10, buffer_after=5),
        _visit("scan", 30, OneOf("baker"), AnyOf("exam"), AnyOf("ekg"), buffer_after=10),
        _visit("class", 45, ANYONE, AnyOf("hall"), capacity=3),
        _visit("call", 15, ANYONE, modalities=Modality.TELEHEALTH),
    ),
)
_BOTH: Final = ("adams", "baker")
KINDS: Final = {
    kind.code: kind
    for kind in (
        Kind(code="short", minutes=20, minutes_if_new=40, before=0, after=0, needs=(_BOTH, ROOMS)),
        Kind(code="long", minutes=60, minutes_if_new=60, before=10, after=5, needs=(_BOTH,)),
        Kind(
            code="scan",
            minutes=30,
            minutes_if_new=30,
            before=0,
            after=10,
            needs=(("baker",), ROOMS, ("ekg-1",)),
        ),
        Kind(
            code="class", minutes=45, minutes_if_new=45, before=0, after=0, needs=(_BOTH, ("hall",)), seats=3
        ),
        Kind(code="call", minutes=15, minutes_if_new=15, before=0, after=0, needs=(_BOTH,)),
    )
}
FREE: Final = (Policy(hold_minutes=20), Rules(zone=ZONE))
STRICT: Final = (
    Policy(
        notice_minutes=45,
        horizon_days=2,
        hold_minutes=20,
        longest_hold_minutes=90,
        holds_per_patient=2,
        overbooking=Overbooking(is_allowed=True, at_most=1),
        day_limits=(DayLimit(at_most=2, new_patients_only=True, zone=ZONE),),
    ),
    Rules(
        zone=ZONE,
        notice=45,
        horizon=2 * 24 * 60,
        holds_per_patient=2,
        longest_hold=90,
        new_a_day=2,
        more_at_once=1,
    ),
)

kinds = st.sampled_from(sorted(KINDS))
patients = st.sampled_from(PATIENTS)
starts = st.sampled_from(range(FIRST, LAST, 5)) | st.sampled_from(
    [minute for opens, closes in NIGHTS for minute in range(opens, closes, 15)]
)
some_resources = st.sets(st.sampled_from(("adams", "baker", "exam-1", "exam-2", "hall")), max_size=2)
which = st.integers(0, 1000)
minutes = st.integers(1, 120)


class BookMachine(RuleBasedStateMachine):
    """A book and a naive one that are asked the same."""

    counts: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        """Begin before the first night, with nothing booked."""
        super().__init__()
        self.now = 0
        self.made = 0
        self.begin_under(FREE)

    def begin_under(self, regime: tuple[Policy, Rules]) -> None:
        """An empty book and its double."""
        policy, rules = regime
        self.book = Book(CALENDAR, policy)
        self.naive = NaiveBook({"adams": NIGHTS, "baker": EVENINGS}, rules)

    # what both are told

    @property
    def instant(self) -> datetime:
        """Now, as the book is told it."""
        return ORIGIN + self.now * MINUTE

    def new_id(self, kind: str) -> str:
        """An id that nothing has yet."""
        self.made += 1
        return f"{kind}{self.made}"

    def count(self, what: str, outcome: object) -> None:
        """Remember what came of a decision."""
        self.counts[f"{what}: {type(outcome).__name__}"] += 1

    def wanted(
        self, code: str, start: int, patient: str, *, is_new: bool = False, is_hold: bool = False
    ) -> Row:
        """A row that is not in the naive book yet."""
        kind = KINDS[code]
        return Row(
            key="",
            kind=kind,
            start=start,
            is_new=is_new,
            resources=frozenset(),
            patient=patient,
            is_hold=is_hold,
        )

    def agree(
        self, what: str, outcome: object, ways: Iterable[frozenset[str]], got: Hold | Appointment | None
    ) -> bool:
        """The book says yes exactly when there is a way, and takes one of the ways; whether it said yes."""
        self.count(what, outcome)
        possible = set(ways)
        if got is None:
            assert isinstance(outcome, Refused), outcome
            assert not possible, (what, possible, outcome)
            return False
        assert frozenset(map(str, got.resources)) in possible, (what, got, possible)
        return True

    def keep(self, row: Row, key: str, got: Hold | Appointment) -> None:
        """Write into the naive book what the real one did."""
        row.key = key
        row.resources = frozenset(map(str, got.resources))
        assert (row.start, row.end) == (minute_of(got.slot.start), minute_of(got.slot.end))
        assert row.held == (minute_of(got.occupied.start), minute_of(got.occupied.end))
        self.naive.rows.append(row)

    def live(self, *, holds: bool) -> list[Row]:
        """The rows that hold time: holds or visits."""
        return [row for row in self.naive.rows if row.is_there and row.is_hold == holds]

    def any_hold(self, which: int) -> Row | None:
        """Any hold, running rather than not."""
        rows = self.live(holds=True) or [row for row in self.naive.rows if row.is_hold]
        return rows[which % len(rows)] if rows else None

    def any_visit(self, which: int) -> Row | None:
        """Any visit, one that holds time rather than not."""
        rows = self.live(holds=False) or [row for row in self.naive.rows if not row.is_hold]
        return rows[which % len(rows)] if rows else None

    def some_free(self, code: str, which: int, **more: Any) -> FreeSlot | None:
        """Any of the first free times that the book finds."""
        window = TimeSlot(ORIGIN, ORIGIN + LAST * MINUTE)
        found = self.book.find(code, window=window, now=self.instant, **more)
        some = found[: 1 + which % 12]
        return some[-1] if some else None

    # the rules

    @initialize(is_strict=st.booleans(), now=st.sampled_from((0, FIRST + 30, 30 * 60)))
    def open_the_book(self, is_strict: bool, now: int) -> None:
        """Half of the runs are under a policy that minds much, and some begin in the middle of a night."""
        self.begin_under(STRICT if is_strict else FREE)
        self.now = now

    @rule(by=minutes)
    def time_passes(self, by: int) -> None:
        """The past grows, and what has run out is noted by whatever comes next."""
        self.now += by
        self.naive.pass_time(self.now)

    @rule(which=which)
    def time_passes_to_an_end(self, which: int) -> None:
        """Now is the very instant at which a hold or an offer ends."""
        ends = {row.until for row in self.live(holds=True)} | {offer.until for offer in self.naive.offers}
        if ends:
            self.now = sorted(ends)[which % len(ends)]
            self.naive.pass_time(self.now)

    @rule(which=which)
    def time_passes_to_a_visit(self, which: int) -> None:
        """Now is the very instant at which a visit begins; one of the next, so that the nights are not over."""
        begins = sorted({row.start for row in self.live(holds=False) if row.start > self.now})[:2]
        if begins:
            self.now = begins[which % len(begins)]
            self.naive.pass_time(self.now)

    @rule()
    def expire(self) -> None:
        """What the book notes as run out is what has run out."""
        noted = self.book.expire(self.instant)
        self.counts["expire: fact"] += len(noted)
        running = {str(id) for id, hold in self.book.holds.items() if hold.is_occupying}
        assert running == {row.key for row in self.live(holds=True)}
        assert {str(id) for id, offer in self.book.offers.items() if offer.is_open} == {
            offer.key for offer in self.naive.offers
        }

    @rule(
        code=kinds,
        start=starts,
        patient=st.just("") | patients,
        named=some_resources,
        is_new=st.booleans(),
        length=st.none() | minutes,
    )
    def hold(
        self, code: str, start: int, patient: str, named: set[str], is_new: bool, length: int | None
    ) -> None:
        """A time is held exactly when it is free and the policy lets it be."""
        row = self.wanted(code, start, patient, is_new=is_new, is_hold=True)
        row.made, row.until = self.now, self.now + (length or 20)
        ways = self.naive.ways(row, frozenset(named), now=self.now)
        if (length or 20) > self.naive.rules.longest_hold or (
            patient
            and sum(each.patient == patient for each in self.live(holds=True))
            >= self.naive.rules.holds_per_patient
        ):
            ways = set()
        key = self.new_id("h")
        outcome = self.book.hold(
            code,
            ORIGIN + start * MINUTE,
            id=HoldId(key),
            now=self.instant,
            until=None if length is None else ORIGIN + row.until * MINUTE,
            patient=PatientId(patient) if patient else None,
            resources=sorted(named),
            new_patient=is_new,
        )
        got = None if isinstance(outcome, Refused) else outcome.hold
        if self.agree("hold", outcome, ways, got) and got is not None:
            self.keep(row, key, got)

    @rule(code=kinds, at=which, is_new=st.booleans())
    def hold_what_is_free(self, code: str, at: int, is_new: bool) -> None:
        """A free time can be held for nobody in particular."""
        slot = self.some_free(code, at, new_patient=is_new)
        if slot is None:
            return
        key = self.new_id("h")
        outcome = self.book.hold(code, slot, id=HoldId(key), now=self.instant, new_patient=is_new)
        self.count("hold what is free", outcome)
        assert not isinstance(outcome, Refused)
        row = self.wanted(code, minute_of(slot.slot.start), "", is_new=is_new, is_hold=True)
        row.made, row.until = self.now, self.now + 20
        self.keep(row, key, outcome.hold)

    @rule(at=which)
    def release(self, at: int) -> None:
        """A running hold is released; one that is over is not."""
        row = self.any_hold(at)
        if row is None:
            return
        outcome = self.book.release(HoldId(row.key), now=self.instant)
        self.count("release", outcome)
        assert isinstance(outcome, Refused) != row.is_there
        self.end_hold(row)

    def end_hold(self, row: Row) -> None:
        """The hold is over, and so are its offers."""
        row.is_there = False
        self.naive.offers = [offer for offer in self.naive.offers if offer.hold != row.key]

    @rule(at=which, patient=patients, length=st.none() | minutes, instead=st.none() | which)
    def offer(self, at: int, patient: str, length: int | None, instead: int | None) -> None:
        """A held time is offered to whom it may be."""
        row = self.any_hold(at)
        if row is None:
            return
        until = row.until if length is None else self.now + length
        if until <= self.now and row.is_there:
            return
        old = None
        if instead is not None:
            theirs = [each for each in self.live(holds=False) if each.patient == patient]
            old = theirs[instead % len(theirs)] if theirs else None
        can = (
            row.is_there
            and row.patient in {"", patient}
            and row.start >= self.now
            and until - row.made <= self.naive.rules.longest_hold
            and all(offer.patient != patient for offer in self.naive.offers_of(row.key))
            and not self.naive.is_busy(patient, row.start, row.end, old.key if old else "")
            and (old is None or (self.is_movable(old) and old.kind == row.kind))
        )
        key = self.new_id("o")
        outcome = self.book.offer(
            HoldId(row.key),
            id=OfferId(key),
            patient=PatientId(patient),
            until=None if length is None else ORIGIN + until * MINUTE,
            instead_of=AppointmentId(old.key) if old else None,
            now=self.instant,
        )
        self.count("offer", outcome)
        assert isinstance(outcome, Refused) != can, (outcome, can)
        if can:
            self.naive.offers.append(
                Open(key=key, hold=row.key, patient=patient, until=until, instead_of=old.key if old else "")
            )
            row.until = max(row.until, until)

    def is_movable(self, row: Row) -> bool:
        """Whether a visit has not begun."""
        return self.book.appointments[AppointmentId(row.key)].status in {Status.PENDING, Status.BOOKED}

    @rule(at=which)
    def accept(self, at: int) -> None:
        """The first patient who accepts has the time, unless it is past or they are elsewhere; nobody else has it."""
        if not self.book.offers:
            return
        known = sorted(self.book.offers)
        offers = [id for id in known if self.book.offers[id].is_open] or known
        id = offers[at % len(offers)]
        mine = next((offer for offer in self.naive.offers if offer.key == str(id)), None)
        hold = self.naive.row(str(self.book.offers[id].hold))
        can = (
            mine is not None
            and hold.start >= self.now
            and not self.naive.is_busy(mine.patient, hold.start, hold.end, mine.instead_of)
            and (not mine.instead_of or self.can_move_to(mine.instead_of))
        )
        key = self.new_id("a")
        outcome = self.book.accept(id, appointment=AppointmentId(key), now=self.instant)
        self.count("accept", outcome)
        assert isinstance(outcome, Refused) != can, (outcome, can)
        if isinstance(outcome, Refused) or mine is None:
            return
        self.end_hold(hold)
        self.take_over(hold, mine.instead_of or key, mine.patient, outcome.appointment)

    def can_move_to(self, key: str) -> bool:
        """Whether the visit is still there to be moved."""
        return self.naive.row(key).is_there and self.is_movable(self.naive.row(key))

    def take_over(self, hold: Row, key: str, patient: str, got: Appointment) -> None:
        """A visit stands where the hold stood, and nowhere else."""
        self.naive.rows = [row for row in self.naive.rows if row.key != key]
        row = self.wanted(hold.kind.code, hold.start, patient, is_new=hold.is_new)
        assert frozenset(map(str, got.resources)) == hold.resources
        self.keep(row, key, got)

    @rule(at=which)
    def decline(self, at: int) -> None:
        """An open offer is declined once."""
        known = sorted(self.book.offers)
        if not known:
            return
        id = known[at % len(known)]
        mine = [offer for offer in self.naive.offers if offer.key == str(id)]
        outcome = self.book.decline(id, now=self.instant)
        self.count("decline", outcome)
        assert isinstance(outcome, Refused) != bool(mine)
        self.naive.offers = [offer for offer in self.naive.offers if offer.key != str(id)]

    @rule(
        code=kinds,
        start=starts,
        patient=patients,
        named=some_resources,
        is_new=st.booleans(),
        pending=st.booleans(),
        overbook=st.booleans(),
    )
    def book_anything(
        self,
        code: str,
        start: int,
        patient: str,
        named: set[str],
        is_new: bool,
        pending: bool,
        overbook: bool,
    ) -> None:
        """Any booking is made exactly when nothing stands in its way."""
        self.try_to_book(code, start, patient, named, is_new=is_new, pending=pending, overbook=overbook)

    def try_to_book(
        self,
        code: str,
        start: int,
        patient: str,
        named: set[str],
        *,
        is_new: bool,
        pending: bool,
        overbook: bool,
    ) -> None:
        """Both books decide about a visit at a start."""
        row = self.wanted(code, start, patient, is_new=is_new)
        providers = frozenset(named) & {"adams", "baker"}
        overbook = overbook and bool(providers)
        ways = self.naive.ways(row, frozenset(named), now=self.now)
        shared: frozenset[str] = frozenset()
        if not ways and overbook and self.naive.rules.more_at_once:
            shared = providers
            ways = self.naive.ways(row, frozenset(named), now=self.now, past=providers)
        key = self.new_id("a")
        outcome = self.book.book(
            code,
            ORIGIN + start * MINUTE,
            id=AppointmentId(key),
            patient=PatientId(patient),
            resources=sorted(named),
            new_patient=is_new,
            pending=pending,
            overbook=overbook,
            now=self.instant,
        )
        got = None if isinstance(outcome, Refused) else outcome.appointment
        if self.agree("overbook" if shared else "book", outcome, ways, got) and got is not None:
            row.shared = frozenset(map(str, got.shared))
            assert row.shared <= shared
            self.keep(row, key, got)

    @rule(at=which, patient=patients, code=kinds, by=st.sampled_from((-15, 0, 10)), is_new=st.booleans())
    def overbook(self, at: int, patient: str, code: str, by: int, is_new: bool) -> None:
        """A provider's time is shared exactly as far as the policy lets it, and nothing else is."""
        old = self.any_visit(at)
        if old is not None:
            named = set(old.resources & {"adams", "baker"})
            self.try_to_book(
                code, old.start + by, patient, named, is_new=is_new, pending=False, overbook=True
            )

    @rule(code=kinds, at=which, patient=patients, is_new=st.booleans())
    def book_what_is_offered(self, code: str, at: int, patient: str, is_new: bool) -> None:
        """What is found for a patient is booked for them, without exception."""
        slot = self.some_free(code, at, patient=PatientId(patient), new_patient=is_new)
        if slot is None:
            return
        key = self.new_id("a")
        outcome = self.book.book(
            code,
            slot,
            id=AppointmentId(key),
            patient=PatientId(patient),
            new_patient=is_new,
            now=self.instant,
        )
        self.count("book what is offered", outcome)
        assert not isinstance(outcome, Refused), (slot, outcome)
        row = self.wanted(code, minute_of(slot.slot.start), patient, is_new=is_new)
        assert self.naive.ways(row, now=self.now), slot
        assert outcome.appointment.resources == slot.resources
        self.keep(row, key, outcome.appointment)

    @rule(at=which, patient=patients)
    def book_a_hold(self, at: int, patient: str) -> None:
        """Who has a hold's id books what it keeps, when it is theirs and not under offer."""
        hold = self.any_hold(at)
        if hold is None:
            return
        can = self.is_usable(hold, patient) and not self.naive.is_busy(patient, hold.start, hold.end)
        key = self.new_id("a")
        outcome = self.book.book_hold(
            HoldId(hold.key), id=AppointmentId(key), patient=PatientId(patient), now=self.instant
        )
        self.count("book a hold", outcome)
        assert isinstance(outcome, Refused) != can, (outcome, can)
        if not isinstance(outcome, Refused):
            self.end_hold(hold)
            self.take_over(hold, key, patient, outcome.appointment)

    def is_usable(self, hold: Row, patient: str) -> bool:
        """Whether a patient's visit may take a hold's place."""
        return (
            hold.is_there
            and hold.patient in {"", patient}
            and hold.start >= self.now
            and not self.naive.offers_of(hold.key)
        )

    @rule(at=which, start=starts, named=st.none() | some_resources)
    def move(self, at: int, start: int, named: set[str] | None) -> None:
        """A visit moves exactly when its new time is free but for itself; else it stays."""
        old = self.any_visit(at)
        if old is None:
            return
        row = self.wanted(old.kind.code, start, old.patient, is_new=old.is_new)
        asked = old.resources & {"adams", "baker"} if named is None else frozenset(named)
        ways = self.naive.ways(row, asked, now=self.now, but=old.key) if self.is_movable(old) else set()
        outcome = self.book.move(
            AppointmentId(old.key),
            ORIGIN + start * MINUTE,
            resources=None if named is None else sorted(named),
            now=self.instant,
        )
        got = None if isinstance(outcome, Refused) else outcome.appointment
        if self.agree("move", outcome, ways, got) and got is not None:
            self.naive.rows.remove(old)
            self.keep(row, old.key, got)

    @rule(at=which, to=which)
    def move_to_what_is_free(self, at: int, to: int) -> None:
        """A visit that has not begun moves to whatever is found for it."""
        old = self.any_visit(at)
        if old is None or not self.is_movable(old):
            return
        slot = self.some_free(
            old.kind.code,
            to,
            patient=PatientId(old.patient),
            instead_of=AppointmentId(old.key),
            new_patient=old.is_new,
        )
        if slot is None:
            return
        outcome = self.book.move(AppointmentId(old.key), slot, now=self.instant)
        self.count("move to what is free", outcome)
        assert not isinstance(outcome, Refused), (slot, outcome)
        self.naive.rows.remove(old)
        row = self.wanted(old.kind.code, minute_of(slot.slot.start), old.patient, is_new=old.is_new)
        self.keep(row, old.key, outcome.appointment)

    @rule(at=which, to=which)
    def move_to_a_hold(self, at: int, to: int) -> None:
        """A visit moves to what a hold of its kind keeps."""
        old, hold = self.any_visit(at), self.any_hold(to)
        if old is None or hold is None:
            return
        alike = [row for row in self.live(holds=True) if row.kind == old.kind]
        hold = alike[to % len(alike)] if alike else hold
        can = (
            self.is_usable(hold, old.patient)
            and self.is_movable(old)
            and old.kind == hold.kind
            and not self.naive.is_busy(old.patient, hold.start, hold.end, old.key)
        )
        outcome = self.book.move_to_hold(AppointmentId(old.key), HoldId(hold.key), now=self.instant)
        self.count("move to a hold", outcome)
        assert isinstance(outcome, Refused) != can, (outcome, can)
        if not isinstance(outcome, Refused):
            self.end_hold(hold)
            self.take_over(hold, old.key, old.patient, outcome.appointment)

    @rule(at=which)
    def cancel(self, at: int) -> None:
        """What is cancelled holds no time."""
        self.end_visit(at, "cancel")

    @rule(at=which)
    def no_show(self, at: int) -> None:
        """Nobody has missed what has not begun."""
        self.end_visit(at, "no-show")

    def end_visit(self, at: int, what: str) -> None:
        """Cancel a visit, or note that nobody came."""
        row = self.any_visit(at)
        if row is None:
            return
        id = AppointmentId(row.key)
        status = self.book.appointments[id].status
        if what == "cancel":
            can = status in {Status.PENDING, Status.BOOKED, Status.ARRIVED, Status.CHECKED_IN}
            outcome: object = self.book.cancel(id, now=self.instant, reason="sick")
        else:
            can = status is Status.BOOKED and self.now >= row.start
            outcome = self.book.no_show(id, now=self.instant)
        self.count(what, outcome)
        assert isinstance(outcome, Refused) != can
        row.is_there = row.is_there and not can

    @rule(at=which, to=st.sampled_from((Status.ARRIVED, Status.CHECKED_IN, Status.FULFILLED)))
    def go_on(self, at: int, to: Status) -> None:
        """A visit that goes on keeps its time."""
        row = self.any_visit(at)
        if row is not None:
            self.count("change", self.book.change(AppointmentId(row.key), to, now=self.instant))

    @rule(at=which)
    def confirm(self, at: int) -> None:
        """A pending visit is booked by its confirmation and keeps its time."""
        row = self.any_visit(at)
        if row is not None:
            id = AppointmentId(row.key)
            can = self.is_movable(row)
            outcome = self.book.confirm(id, now=self.instant)
            self.count("confirm", outcome)
            assert isinstance(outcome, Refused) != can
            assert self.book.is_confirmed(id) or not can

    @rule(code=kinds, patient=patients, named=some_resources)
    def walk_in(self, code: str, patient: str, named: set[str]) -> None:
        """Who comes without an appointment has a time when there is one, at no notice."""
        row = self.wanted(code, self.now, patient)
        can_be = row.kind.modality == "in-person" and code != "call"
        ways = self.naive.ways(row, frozenset(named), now=self.now, at_once=True) if can_be else set()
        key = self.new_id("a")
        outcome = self.book.walk_in(
            code,
            id=AppointmentId(key),
            patient=PatientId(patient),
            resources=sorted(named),
            now=self.instant,
        )
        got = None if isinstance(outcome, Refused) else outcome.appointment
        if self.agree("walk-in", outcome, ways, got) and got is not None:
            self.keep(row, key, got)

    @rule(code=kinds, patient=patients, is_new=st.booleans(), night=st.sampled_from(NIGHTS))
    def nothing_is_lost(self, code: str, patient: str, is_new: bool, night: tuple[int, int]) -> None:
        """What the book finds is all that nobody holds: no more, and no less."""
        window = TimeSlot(ORIGIN + night[0] * MINUTE, ORIGIN + night[1] * MINUTE)
        found = self.book.find(
            code, window=window, patient=PatientId(patient), new_patient=is_new, now=self.instant
        )
        length = self.wanted(code, 0, patient, is_new=is_new).end
        expected = self.naive.starts(
            KINDS[code],
            patient=patient,
            is_new=is_new,
            now=self.now,
            first=night[0],
            last=night[1] - length,
        )
        assert {(minute_of(slot.slot.start), str(slot.lead)) for slot in found} == expected
        self.counts["starts compared"] += len(expected)

    # what always holds

    @invariant()
    def nobody_has_what_another_has(self) -> None:
        """No two visits or holds have one resource at one time, but knowingly; no patient is in two places."""
        self.counts["steps"] += 1
        holding = [
            each
            for each in (*self.book.appointments.values(), *self.book.holds.values())
            if each.is_occupying
        ]
        for one, other in combinations(holding, 2):
            if one.occupied.overlaps(other.occupied):
                both = set(one.resources) & set(other.resources)
                mine = both - set(_shared(one)) - set(_shared(other))
                assert not mine or _is_one_group(one, other), (one, other)
                assert all(each in {"adams", "baker"} for each in map(str, both - mine))
            if isinstance(one, Appointment) and isinstance(other, Appointment):
                assert one.patient != other.patient or not one.slot.overlaps(other.slot)

    def teardown(self) -> None:
        """The facts alone, replayed, make the same state, and a book that finds the same."""
        self.counts["runs"] += 1
        events = self.book.events
        self.counts["facts replayed"] += len(events)
        assert [event.seq for event in events] == list(range(1, len(events) + 1))
        state = self.book.state
        assert fold(events) == state
        half = len(events) // 2
        assert fold(events[half:], since=fold(events[:half])) == state
        again = Book.replay(CALENDAR, events, policy=self.book.policy)
        assert again.state == state
        window = TimeSlot(ORIGIN, ORIGIN + LAST * MINUTE)
        for code in KINDS:
            found = [
                list(book.find(code, window=window, now=self.instant, patient=PatientId("ann")))
                for book in (self.book, again)
            ]
            assert found[0] == found[1]
        assert isinstance(state, BookState)


def _shared(claim: Hold | Appointment) -> tuple[Any, ...]:
    return claim.shared if isinstance(claim, Appointment) else ()


def _is_one_group(one: Hold | Appointment, other: Hold | Appointment) -> bool:
    def seat(claim: Hold | Appointment) -> tuple[Any, ...]:
        return claim.visit_type, claim.slot, claim.occupied, claim.resources, claim.modality

    return one.seats > 1 and seat(one) == seat(other)
