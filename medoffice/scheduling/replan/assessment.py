"""What one visit at one place would cost, or why it cannot be there: every reason, not the first."""

from datetime import datetime
from zoneinfo import ZoneInfo

import attrs

from medoffice.scheduling.modality import Modality
from medoffice.scheduling.replan.components import (
    Kind,
    clock_share,
    day_share,
    is_unavailable,
    kind_share,
    notice_share,
)
from medoffice.scheduling.replan.displaced import Displaced
from medoffice.scheduling.replan.disruption import Disruption, Obstacle, Part
from medoffice.scheduling.replan.places import Place
from medoffice.scheduling.replan.question import Question


@attrs.frozen
class Fits:
    """The visit can be there: how, and at what cost."""

    modality: Modality
    disruption: Disruption


@attrs.frozen
class Barred:
    """The visit cannot be there."""

    obstacles: tuple[Obstacle, ...]


def assess(displaced: Displaced, place: Place, question: Question) -> Fits | Barred:
    """The cost of one move with its parts, or all that forbids it."""
    old, new = displaced.appointment.slot.start, place.slot.start
    weights, zone = question.weights, question.zone
    modality, with_whom = kind_share(displaced, Kind.of(place), question)
    shares = [
        notice_share(new, is_old_time=new == old, now=question.now, weights=weights),
        day_share(
            old.astimezone(zone).date(),
            new.astimezone(zone).date(),
            urgency=displaced.urgency,
            earliest=displaced.earliest,
            latest=displaced.latest,
            weights=weights,
        ),
        clock_share(minute_of_day(old, zone), minute_of_day(new, zone), weights=weights),
        with_whom,
    ]
    obstacles = [share for share in shares if isinstance(share, Obstacle)]
    if is_unavailable(displaced, new):
        obstacles.append(Obstacle.PATIENT)
    if obstacles:
        return Barred(tuple(obstacles))
    parts: tuple[Part, ...] = ()
    for share in shares:
        parts += () if isinstance(share, Obstacle) else share
    return Fits(modality, Disruption(parts))


def minute_of_day(moment: datetime, zone: ZoneInfo) -> int:
    """Minutes after midnight on the clock of ``zone``."""
    local = moment.astimezone(zone)
    return local.hour * 60 + local.minute
