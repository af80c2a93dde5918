"""How long until a clinician comes: as a range that holds the stated share of waits, and how it was found."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

import attrs

from medoffice.core import AppointmentId, Explained, Refused, Step, Trace
from medoffice.scheduling.flow.calibration import LEAST, Bucket, Calibration, Judged
from medoffice.scheduling.flow.calls import Ahead, Caller
from medoffice.scheduling.flow.floor import Busy, Floor, OnDuty, floor_at
from medoffice.scheduling.flow.forecast import Forecast
from medoffice.scheduling.flow.history import History, PastDay
from medoffice.scheduling.flow.minutes import HORIZON, Minutes
from medoffice.scheduling.flow.refusals import no_history, nobody_on_duty, not_waiting
from medoffice.scheduling.flow.waiting import QueuePolicy, Turn, Waiting, line

_MINUTE: Final = timedelta(minutes=1)
_NEWCOMER: Final = AppointmentId("newcomer")
_ASK_EVERY: Final = timedelta(minutes=15)
_GRAIN: Final = 20
"""Who stays is told in twentieths, so that the sums of past questions serve again."""


@attrs.frozen(kw_only=True)
class WaitRange:
    """How long from now until a clinician comes: ``percent`` of such waits lie from ``low`` to ``high``, to the second.

    ``ahead`` counts those who are called before. ``is_open``: the upper end is eight hours or not known, as when nobody
    on duty may get to this patient.
    """

    low: timedelta
    high: timedelta
    percent: int
    ahead: int
    is_open: bool


@attrs.frozen(kw_only=True)
class Outlook:
    """A forecast for one patient and what it rests on."""

    forecast: Forecast
    bucket: Bucket
    turn: Turn
    ahead: tuple[Waiting, ...]
    clinicians: int


def estimate_wait(
    floor: Floor,
    visit: AppointmentId,
    *,
    history: History,
    calibration: Calibration,
    policy: QueuePolicy,
    percent: int = 80,
) -> Explained[WaitRange] | Refused:
    """The range for a patient who waits, in the lobby or in a room.

    Raises:
        InvalidValue: when a level is not on the policy's scale, or the percentage is not from 1 to 99.
    """
    outlook = outlook_of(floor, visit, history=history, policy=policy)
    if isinstance(outlook, Refused):
        return outlook
    return _told(outlook, history=history, calibration=calibration, percent=percent)


def estimate_if_came(
    floor: Floor,
    *,
    level: int | None = None,
    history: History,
    calibration: Calibration,
    policy: QueuePolicy,
    percent: int = 80,
) -> Explained[WaitRange] | Refused:
    """The range for somebody who would be checked in now as a walk-in.

    Raises:
        InvalidValue: as :func:`estimate_wait`.
    """
    joined = attrs.evolve(
        floor, waiting=(*floor.waiting, Waiting(visit=_NEWCOMER, since=floor.now, level=level))
    )
    return estimate_wait(
        joined, _NEWCOMER, history=history, calibration=calibration, policy=policy, percent=percent
    )


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
        has_waited=floor.now - turn.waiting.ready_since >= _ASK_EVERY,
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


def _told(
    outlook: Outlook, *, history: History, calibration: Calibration, percent: int
) -> Explained[WaitRange]:
    levels = calibration.levels(outlook.bucket, percent=percent)
    forecast = outlook.forecast
    low, high = (timedelta(minutes=forecast.quantile(level)) for level in (levels.low, levels.high))
    found = WaitRange(
        low=low,
        high=high,
        percent=percent,
        ahead=len(outlook.ahead),
        is_open=high >= HORIZON * _MINUTE,
    )
    steps = [
        Step("ahead", f"{len(outlook.ahead)} are called before"),
        Step("clinicians", f"{outlook.clinicians} clinicians are on duty"),
        Step("history", f"lengths of {history.visits} past visits"),
        Step(
            "calibrated",
            f"levels {levels.low:.3f} to {levels.high:.3f} held {percent} % of {levels.judged} past waits",
            why="lines as long as this one" if levels.is_own else "lines about as long as this one",
        ),
    ]
    if forecast.rate:
        steps.append(Step("overtaken", f"{60 * forecast.rate:.1f} an hour come who are more urgent"))
    kinds = {each.visit_type for each in outlook.ahead if not history.knows(each.visit_type)}
    unknowns = [
        "how long a kind of visit ahead takes: counted like all kinds together" for _ in sorted(kinds)[:1]
    ]
    if outlook.turn.waiting.level is None and not outlook.turn.waiting.is_scheduled:
        unknowns.append("how urgent: nobody has judged it yet")
    return Explained(found, trace=Trace(tuple(steps)), unknowns=tuple(unknowns))


def calibrated(days: Iterable[PastDay], *, history: History, policy: QueuePolicy) -> Calibration | Refused:
    """Replay days that ``history`` did not read, ask for every patient's forecast, and keep how each came true.

    Each patient is asked for when ready and every 15 minutes from then on while waiting. Who left unseen is left out:
    nobody knows how long that wait would have been. Refused when fewer than 100 forecasts could be judged.

    Raises:
        InvalidValue: when a level is not on the policy's scale.
    """
    found = tuple(each for day in days for each in judged(day, history=history, policy=policy))
    return Refused((no_history("how forecasts came true"),)) if len(found) < LEAST else Calibration(found)


def judged(day: PastDay, *, history: History, policy: QueuePolicy) -> Iterator[Judged]:
    """Every forecast of one past day with what came of it."""
    for visit, moment, wait in asked(day):
        outlook = outlook_of(
            floor_at(day.visits, shifts=day.shifts, now=moment), visit, history=history, policy=policy
        )
        if isinstance(outlook, Outlook):
            yield Judged(outlook.bucket, outlook.forecast.within(wait / _MINUTE))


def asked(day: PastDay) -> Iterator[tuple[AppointmentId, datetime, timedelta]]:
    """Who asks when on a past day, and how much later the clinician came."""
    for visit in day.visits:
        ready, seen = visit.ready_since, visit.seen_at
        if ready is None or seen is None:
            continue
        for step in range(-((ready - seen) // _ASK_EVERY)):
            moment = ready + step * _ASK_EVERY
            yield visit.flow.visit, moment, seen - moment
