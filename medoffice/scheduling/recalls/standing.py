"""How each recall stands on a day, and what is to be done about it."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum

import attrs

from medoffice.scheduling.recalls.board import Board
from medoffice.scheduling.recalls.facts import RecallTried
from medoffice.scheduling.recalls.recall import Recall, RecallKey
from medoffice.scheduling.recalls.rules import RecallRule
from medoffice.scheduling.reminders.channels import Channel

_A_DAY = timedelta(days=1)


class State(Enum):
    """Where a recall is; every recall is in exactly one."""

    WAITING = "waiting"
    """Not due yet, and not near enough to ask."""
    DUE = "due"
    """To be asked today."""
    CONTACTED = "contacted"
    """Asked, and given time to answer."""
    FOR_A_PERSON = "for-a-person"
    """Asked as often as the rule wants; a person decides what now."""
    SCHEDULED = "scheduled"
    """A visit of the kind is booked."""
    UNSETTLED = "unsettled"
    """Its visit was to be before today, and nobody has said what became of it."""
    DECLINED = "declined"
    ENDED = "ended"
    GONE = "gone"
    """The patient has left or died."""
    DONE = "done"
    """Nothing is owed."""


@attrs.frozen(kw_only=True)
class Standing:
    """A recall on a day. ``next_try`` is when to ask again (empty when nobody is to ask), by the first of ``channels``
    that may be used; ``booked_for`` is the day of the visit that answers it.
    """

    key: RecallKey
    state: State
    due: date | None
    tried: tuple[RecallTried, ...]
    next_try: date | None = None
    channels: tuple[Channel, ...] = ()
    booked_for: date | None = None

    @property
    def times_tried(self) -> int:
        """How often the patient was asked in all."""
        return len(self.tried)

    @property
    def days_late(self) -> int:
        """How many days after it was due the visit is booked; 0 when in time or not booked."""
        if self.due is None or self.booked_for is None:
            return 0
        return max(0, (self.booked_for - self.due).days)


def standings(board: Board, *, on: date) -> tuple[Standing, ...]:
    """How every recall stands on a day, by patient and rule."""
    booked: dict[RecallKey, list[date]] = {}
    for booking in board.bookings.values():
        for rule in board.rules:
            if rule.closes(booking.kind):
                booked.setdefault(RecallKey(booking.patient, rule.code), []).append(booking.day)
    return tuple(
        _standing(board, board.recalls[key], sorted(booked.get(key, ())), on) for key in sorted(board.recalls)
    )


def to_contact(board: Board, *, on: date) -> tuple[Standing, ...]:
    """Whom to ask today, longest overdue first."""
    return _of(board, on, State.DUE)


def for_a_person(board: Board, *, on: date) -> tuple[Standing, ...]:
    """What somebody has to look at: asked in vain, or a visit that was to be and was not settled."""
    return _of(board, on, State.FOR_A_PERSON, State.UNSETTLED)


def _of(board: Board, on: date, *states: State) -> tuple[Standing, ...]:
    found = (each for each in standings(board, on=on) if each.state in states)
    return tuple(sorted(found, key=lambda each: (each.due or date.max, each.key)))


def _standing(board: Board, recall: Recall, booked: list[date], on: date) -> Standing:
    plain = Standing(key=recall.key, state=State.DONE, due=recall.due, tried=recall.tried)
    if recall.key.patient in board.gone:
        return attrs.evolve(plain, state=State.GONE)
    if recall.is_ended:
        return attrs.evolve(plain, state=State.ENDED)
    if recall.is_declined:
        return attrs.evolve(plain, state=State.DECLINED)
    if recall.since is None or recall.due is None:
        return plain
    since = recall.since
    answering = [day for day in booked if day > since]
    if coming := next(_from(answering, on), None):
        return attrs.evolve(plain, state=State.SCHEDULED, booked_for=coming)
    if answering:
        return attrs.evolve(plain, state=State.UNSETTLED, booked_for=answering[-1])
    return _to_try(plain, recall, recall.due, board.rule(recall.key.rule), on)


def _from(days: list[date], on: date) -> Iterator[date]:
    return (day for day in days if day >= on)


def _to_try(plain: Standing, recall: Recall, due: date, rule: RecallRule, on: date) -> Standing:
    """How it stands when it is open, and no visit is booked."""
    first = rule.first_try(due)
    after_last = recall.tried[-1].on + rule.tries.spacing * _A_DAY if recall.tried else first
    next_try = max(first, after_last)
    if recall.new_tries >= rule.tries.most:
        state = State.FOR_A_PERSON if after_last <= on else State.CONTACTED
        return attrs.evolve(plain, state=state)
    if next_try <= on:
        state = State.DUE
    elif first <= on:
        state = State.CONTACTED
    else:
        state = State.WAITING
    return attrs.evolve(
        plain, state=state, next_try=next_try, channels=rule.tries.preferred(recall.new_tries)
    )
