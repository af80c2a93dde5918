"""One patient's forecast from the floor as it is and the office's history, before any calibration."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import attrs

from medoffice.core import AppointmentId, Refused
from medoffice.scheduling.flow.calibration import Bucket
from medoffice.scheduling.flow.calls import Ahead, Caller
from medoffice.scheduling.flow.floor import Busy, Floor, OnDuty
from medoffice.scheduling.flow.forecast import Forecast
from medoffice.scheduling.flow.history import History
from medoffice.scheduling.flow.minutes import HORIZON, Minutes
from medoffice.scheduling.flow.refusals import nobody_on_duty, not_waiting
from medoffice.scheduling.flow.waiting import QueuePolicy, Turn, Waiting, line

ASK_EVERY: Final = timedelta(minutes=15)
"""Who has waited this long after being ready is judged apart from who is just ready."""

_MINUTE: Final = timedelta(minutes=1)
_GRAIN: Final = 20
"""Who stays is told in twentieths, so that the sums of past questions serve again."""


@attrs.frozen(kw_only=True)
class Outlook:
    """A forecast for one patient and what it rests on."""

    forecast: Forecast
    bucket: Bucket
    turn: Turn
    ahead: tuple[Waiting, ...]
    clinicians: int


def outlook_of(
    floor: Floor, visit: AppointmentId, *, history: History, policy: QueuePolicy
) -> Outlook | Refused:
    """The forecast of :mod:`~medoffice.scheduling.flow.forecast` for one who waits, before any calibration.

    Raises:
        InvalidValue: when a level is not on the policy's scale.
    """
    if not floor.on_duty:
        return Refused((nobody_on_duty(),))
    in_rooms = line(floor.called, policy=policy, now=floor.now)
    in_lobby = line(floor.waiting, policy=policy, now=floor.now)
    turns = in_rooms + in_lobby
    place = next((at for at, turn in enumerate(turns) if turn.waiting.visit == visit), None)
    if place is None:
        return Refused((not_waiting(),))
    turn, ahead = turns[place], tuple(each.waiting for each in turns[:place])
    free = [each for each in floor.on_duty if _is_free(each, floor.now)]
    bucket = Bucket.of(
        has_waited=floor.now - turn.waiting.ready_since >= ASK_EVERY,
        place=place + 1,
        free=len(free),
        callers=len(floor.on_duty),
    )
    if place < len(free):
        since = max(turn.waiting.ready_since, min(_free_since(each) for each in free))
        forecast = Forecast(callers=(Caller(_rest(history.call, since, floor.now)),))
    else:
        forecast = Forecast(
            callers=tuple(_caller(each, floor, history) for each in floor.on_duty),
            ahead=tuple(_ahead(ahead, callers=len(floor.on_duty), called=len(in_rooms), history=history)),
            rate=0.0 if place < len(in_rooms) else history.rate_above(turn.level),
            urgent=history.pooled.plus(history.call),
            overtaken_for=_minutes_until_lifted(turn, policy, floor.now),
        )
    return Outlook(forecast=forecast, bucket=bucket, turn=turn, ahead=ahead, clinicians=len(floor.on_duty))


def _ahead(ahead: tuple[Waiting, ...], *, callers: int, called: int, history: History) -> Iterator[Ahead]:
    """Those who go before; the further down the line, the likelier to give up before. Who is in a room stays."""
    before = 0.0
    for number, each in enumerate(ahead):
        cycle = history.service_of(each.visit_type).plus(history.call)
        stays = 1.0 if number < called else history.staying(before)
        yield Ahead(cycle, round(stays * _GRAIN) / _GRAIN)
        before += cycle.mean / callers


def _minutes_until_lifted(turn: Turn, policy: QueuePolicy, now: datetime) -> int:
    cap = policy.cap(turn.level)
    return HORIZON if cap is None else max(0, (turn.waiting.since + cap - now) // _MINUTE)


def _is_free(one: OnDuty, now: datetime) -> bool:
    return (
        not isinstance(one.doing, Busy) and one.shift.slot.start <= now and one.shift.minutes_left(now) != 0
    )


def _free_since(one: OnDuty) -> datetime:
    return one.doing.since


def _rest(law: Minutes, since: datetime, now: datetime) -> Minutes:
    """What is left of something that began; all of it where it takes longer than it ever did."""
    elapsed = (now - since) // _MINUTE
    if elapsed <= 0:
        return law
    return law if elapsed >= len(law.weights) - 1 else law.after(elapsed)


def _caller(one: OnDuty, floor: Floor, history: History) -> Caller:
    left = one.shift.minutes_left(floor.now)
    until = HORIZON if left is None else left
    if isinstance(one.doing, Busy):
        elapsed = max(0, (floor.now - one.doing.since) // _MINUTE)
        return Caller(history.service_of(one.doing.visit_type).after(elapsed).plus(history.call), until)
    begins = -(-(one.shift.slot.start - floor.now) // _MINUTE)
    if begins > 0:
        return Caller(Minutes((0.0,) * min(begins, HORIZON) + (1.0,)).plus(history.call), until)
    ready = min((each.ready_since for each in (*floor.called, *floor.waiting)), default=floor.now)
    return Caller(_rest(history.call, max(one.doing.since, ready), floor.now), until)
