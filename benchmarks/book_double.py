"""A book and a naive book side by side: what both are told, and what they must agree on."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from hypothesis.stateful import RuleBasedStateMachine

from benchmarks.book_office import (
    CALENDAR,
    EVENINGS,
    FREE,
    KINDS,
    LAST,
    MINUTE,
    NIGHTS,
)
from benchmarks.naive_book import ORIGIN, NaiveBook, Row, Rules, minute_of
from medoffice.core import AppointmentId, Refused, TimeSlot
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.book import (
    Book,
    Hold,
    Policy,
)
from medoffice.scheduling.search import FreeSlot


class BookDouble(RuleBasedStateMachine):
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

    def is_movable(self, row: Row) -> bool:
        """Whether a visit has not begun."""
        return self.book.appointments[AppointmentId(row.key)].status in {Status.PENDING, Status.BOOKED}

    def some_free(self, code: str, which: int, **more: Any) -> FreeSlot | None:
        """Any of the first free times that the book finds."""
        window = TimeSlot(ORIGIN, ORIGIN + LAST * MINUTE)
        found = self.book.find(code, window=window, now=self.instant, **more)
        some = found[: 1 + which % 12]
        return some[-1] if some else None

    def end_hold(self, row: Row) -> None:
        """The hold is over, and so are its offers."""
        row.is_there = False
        self.naive.offers = [offer for offer in self.naive.offers if offer.hold != row.key]

    def is_usable(self, hold: Row, patient: str) -> bool:
        """Whether a patient's visit may take a hold's place."""
        return (
            hold.is_there
            and hold.patient in {"", patient}
            and hold.start >= self.now
            and not self.naive.offers_of(hold.key)
        )

    def take_over(self, hold: Row, key: str, patient: str, got: Appointment) -> None:
        """A visit stands where the hold stood, and nowhere else."""
        self.naive.rows = [row for row in self.naive.rows if row.key != key]
        row = self.wanted(hold.kind.code, hold.start, patient, is_new=hold.is_new)
        assert frozenset(map(str, got.resources)) == hold.resources
        self.keep(row, key, got)
