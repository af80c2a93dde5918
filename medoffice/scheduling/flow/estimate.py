"""How long until a clinician comes: as a range that holds the stated share of waits, and how it was found."""

from datetime import timedelta
from typing import Final

import attrs

from medoffice.core import AppointmentId, Explained, Refused, Step, Trace
from medoffice.scheduling.flow.calibration import Calibration
from medoffice.scheduling.flow.floor import Floor
from medoffice.scheduling.flow.history import History
from medoffice.scheduling.flow.minutes import HORIZON
from medoffice.scheduling.flow.outlook import Outlook, outlook_of
from medoffice.scheduling.flow.waiting import QueuePolicy, Waiting

_MINUTE: Final = timedelta(minutes=1)
_NEWCOMER: Final = AppointmentId("newcomer")


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
    unknowns: list[str] = []
    if not all(history.knows(each.visit_type) for each in outlook.ahead):
        unknowns.append("how long a kind of visit ahead takes: counted like all kinds together")
    if outlook.turn.waiting.only:
        unknowns.append("when the clinician asked for is free: counted as if any could come")
    if outlook.turn.waiting.level is None and not outlook.turn.waiting.is_scheduled:
        unknowns.append("how urgent: nobody has judged it yet")
    return Explained(found, trace=Trace(tuple(steps)), unknowns=tuple(unknowns))
