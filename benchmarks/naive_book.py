"""A book without any cleverness: one list of rows, looked through from end to end for each question.

It is what the real book is compared with, in its tests and in its benchmark, and shares no code with it: instants are
whole minutes from :data:`ORIGIN`, resources and patients are names, openings are pairs of minutes, a decision is a set of the
sets of resources that would do.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Final
from zoneinfo import ZoneInfo

import attrs

ORIGIN: Final = datetime(2026, 10, 31, tzinfo=UTC)
_MINUTE: Final = timedelta(minutes=1)


def minute_of(instant: datetime) -> int:
    """Whole minutes from the origin to an instant; a part of a minute is dropped."""
    return (instant - ORIGIN) // _MINUTE


@attrs.frozen(kw_only=True)
class Kind:
    """A kind of visit: minutes, and the names of those who can fill each need; the first need is the provider's."""

    code: str
    minutes: int
    minutes_if_new: int
    before: int
    after: int
    needs: tuple[tuple[str, ...], ...]
    seats: int = 1
    modality: str = "in-person"


@attrs.frozen(kw_only=True)
class Rules:
    """The policy in plain numbers; ``new_a_day`` bounds the new patients of a provider on a day of ``zone``."""

    notice: int = 0
    horizon: int = 0
    holds_per_patient: int = 1000
    longest_hold: int = 3 * 24 * 60
    new_a_day: int = 1000
    more_at_once: int = 0
    zone: ZoneInfo


@attrs.define(kw_only=True, eq=False)
class Row:
    """A visit or a hold, in whatever state."""

    key: str
    kind: Kind
    start: int
    is_new: bool
    resources: frozenset[str]
    patient: str
    is_hold: bool
    is_there: bool = True
    shared: frozenset[str] = frozenset()
    until: int = 0
    made: int = 0

    @property
    def end(self) -> int:
        """The minute after the patient's last."""
        return self.start + (self.kind.minutes_if_new if self.is_new else self.kind.minutes)

    @property
    def held(self) -> tuple[int, int]:
        """From which minute to which its resources are taken."""
        return self.start - self.kind.before, self.end + self.kind.after


@attrs.define(kw_only=True, eq=False)
class Open:
    """An offer that nobody has answered yet."""

    key: str
    hold: str
    patient: str
    until: int
    instead_of: str


class NaiveBook:
    """Rows, open offers, and the questions that a book answers."""

    def __init__(self, hours: dict[str, Sequence[tuple[int, int]]], rules: Rules) -> None:
        """``hours`` has the openings of whoever has any; who is missing there is always there."""
        self.hours, self.rules = hours, rules
        self.rows: list[Row] = []
        self.offers: list[Open] = []

    def row(self, key: str) -> Row:
        """The row of a key."""
        return next(row for row in self.rows if row.key == key)

    def pass_time(self, now: int) -> None:
        """Drop the offers and holds that have run out."""
        self.offers = [offer for offer in self.offers if offer.until > now]
        for row in self.rows:
            if row.is_hold and row.is_there and row.until <= now:
                row.is_there = False

    def offers_of(self, hold: str) -> list[Open]:
        """The open offers under a hold."""
        return [offer for offer in self.offers if offer.hold == hold]

    def is_busy(self, patient: str, start: int, end: int, but: str = "") -> bool:
        """Whether the patient has a visit at some part of a time."""
        return any(
            row.is_there
            and not row.is_hold
            and row.patient == patient
            and row.key != but
            and row.start < end
            and start < row.end
            for row in self.rows
        )

    def ways(
        self,
        wanted: Row,
        named: frozenset[str] = frozenset(),
        *,
        now: int,
        but: str = "",
        at_once: bool = False,
        past: frozenset[str] = frozenset(),
    ) -> set[frozenset[str]]:
        """The sets of resources that a visit could have at its start, none when it cannot be.

        ``but`` is the visit that it comes instead of: its time counts as free. ``at_once`` waives the notice. On the
        providers in ``past`` the time of visits (no holds, no groups) is overlooked, as far as the rules allow.
        """
        least = now if at_once else now + self.rules.notice
        if wanted.start < least or (self.rules.horizon and wanted.start > now + self.rules.horizon):
            return set()
        if wanted.patient and self.is_busy(wanted.patient, wanted.start, wanted.end, but):
            return set()
        return {
            way
            for way in self._combinations(wanted.kind, named)
            if self._is_free(wanted, way, but, past) and self._may_come(wanted, way, but)
        }

    def _combinations(self, kind: Kind, named: frozenset[str]) -> Iterator[frozenset[str]]:
        if not named <= {name for need in kind.needs for name in need}:
            return
        for some in product(*([n for n in need if n in named] or need for need in kind.needs)):
            if len(set(some)) == len(some):
                yield frozenset(some)

    def _is_free(self, wanted: Row, way: frozenset[str], but: str, past: frozenset[str]) -> bool:
        start, end = wanted.held
        for name in way & self.hours.keys():
            if not any(opens <= start and end <= closes for opens, closes in self.hours[name]):
                return False
        rivals = [
            row
            for row in self.rows
            if row.is_there and row.key != but and row.resources & way and _meet(row.held, (start, end))
        ]
        seats = [row for row in rivals if wanted.kind.seats > 1 and self._is_same(row, wanted, way)]
        rivals = [row for row in rivals if row not in seats]
        if len(seats) >= wanted.kind.seats:
            return False
        for row in rivals:
            is_overlooked = not row.is_hold and row.kind.seats == 1
            if (row.resources & way) - (past if is_overlooked else frozenset()):
                return False
        return all(
            sum(name in row.resources and row.held[0] <= minute < row.held[1] for row in rivals)
            <= self.rules.more_at_once
            for name in past & way
            for minute in {max(row.held[0], start) for row in rivals}
        )

    def _is_same(self, row: Row, wanted: Row, way: frozenset[str]) -> bool:
        """Whether a row is a seat of the very visit that is wanted."""
        return (row.kind, row.start, row.end, row.resources) == (wanted.kind, wanted.start, wanted.end, way)

    def _may_come(self, wanted: Row, way: frozenset[str], but: str) -> bool:
        """Whether no provider has as many new patients on that day as the rules allow."""
        if not wanted.is_new:
            return True
        return all(
            sum(
                row.is_there
                and row.is_new
                and row.key != but
                and name in row.resources
                and self._day(row.start) == self._day(wanted.start)
                for row in self.rows
            )
            < self.rules.new_a_day
            for name in way & self.hours.keys()
        )

    def _day(self, minute: int) -> int:
        return (ORIGIN + minute * _MINUTE).astimezone(self.rules.zone).toordinal()

    def starts(
        self, kind: Kind, *, patient: str, is_new: bool, now: int, first: int, last: int
    ) -> set[tuple[int, str]]:
        """Each start on the quarter from one minute to another, and the begun groups' own, with each provider
        who can.
        """
        minutes = {minute for minute in range(first, last + 1) if minute % 15 == 0}
        own = {row.start for row in self.rows if row.is_there and row.kind == kind and kind.seats > 1}
        found = set()
        for minute in minutes | {start for start in own if first <= start <= last}:
            wanted = Row(
                key="",
                kind=kind,
                start=minute,
                is_new=is_new,
                resources=frozenset(),
                patient=patient,
                is_hold=False,
            )
            for way in self.ways(wanted, now=now):
                begun = [row for row in self.rows if row.is_there and self._is_same(row, wanted, way)]
                if minute % 15 == 0 or begun:
                    found |= {(minute, name) for name in way if name in kind.needs[0]}
        return found


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
