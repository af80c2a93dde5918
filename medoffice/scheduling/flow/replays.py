"""Days that are over, asked again: what each forecast would have said, and what came."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from medoffice.core import AppointmentId, Refused
from medoffice.scheduling.flow.calibration import LEAST, Calibration, Judged
from medoffice.scheduling.flow.floor import floor_at
from medoffice.scheduling.flow.history import History, PastDay
from medoffice.scheduling.flow.outlook import ASK_EVERY, Outlook, outlook_of
from medoffice.scheduling.flow.refusals import no_history
from medoffice.scheduling.flow.waiting import QueuePolicy

_MINUTE: Final = timedelta(minutes=1)


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
        for step in range(-((ready - seen) // ASK_EVERY)):
            moment = ready + step * ASK_EVERY
            yield visit.flow.visit, moment, seen - moment
