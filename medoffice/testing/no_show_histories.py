"""Made-up histories of visits in which the probability of each no-show is known.

No real office stands behind the numbers. They are chosen so that about one visit in seven is missed, more after a long
wait, by patients who missed before, in the early morning and without an answer to the reminder. Each patient also has
a leaning of their own that no factor sees, as people do; a model can learn of it only from the patient's record.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from math import ceil, exp
from random import Random
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from medoffice.core.ids import PatientId
from medoffice.core.times import at_wall_time
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.noshow.visit_facts import BookedVisit, PastVisit

ZONE: Final = ZoneInfo("America/Chicago")
FIRST_DAY: Final = date(2024, 1, 1)
DAYS: Final = 730
_ASKED: Final = timedelta(days=3)
_EVEN: Final = 0.14
_CLOCK: Final = tuple(range(8, 18))

TRUTH: Final[Mapping[str, float]] = MappingProxyType(
    {
        "average": -2.95,
        "lead, each doubling of days": 0.28,
        "before 9": 0.25,
        "from 16": 0.10,
        "monday": 0.15,
        "friday": 0.10,
        "confirmed": -1.2,
        "no answer": 0.25,
        "telehealth": -0.45,
        "new-patient": 0.35,
        "physical": 0.15,
        "procedure": -0.35,
        "own leaning, standard deviation": 0.9,
    }
)
"""The log-odds that the histories are drawn with."""

_KINDS: Final = (
    ("follow-up", 50),
    ("physical", 20),
    ("new-patient", 12),
    ("procedure", 8),
    ("vaccination", 10),
)


@attrs.frozen
class SyntheticHistory:
    """Visits in the order of their start, and the probability with which each was drawn to be missed.

    ``without_leanings`` is what the probability would be of a patient who leans neither way: all that anybody could
    know who sees the visit but not the patient.
    """

    visits: tuple[PastVisit, ...]
    probabilities: tuple[float, ...]
    without_leanings: tuple[float, ...]


def synthetic_history(visits: int, *, seed: int, informative: bool = True) -> SyntheticHistory:
    """A history of two years of one office, with five visits a patient on average.

    Without ``informative`` every visit is missed with the same probability, so that there is nothing to learn.
    """
    chance = Random(seed)  # noqa: S311 - the same seed gives the same history, which is the point
    leanings = [chance.gauss(0, 1) for _ in range(max(1, visits // 5))]
    starts = sorted(_start(chance) for _ in range(visits))
    drawn = [_draw(start, chance, leanings, informative=informative) for start in starts]
    visits_drawn, probabilities, without = zip(*drawn, strict=True) if drawn else ((), (), ())
    return SyntheticHistory(tuple(visits_drawn), tuple(probabilities), tuple(without))


def _start(chance: Random) -> datetime:
    while (day := FIRST_DAY + timedelta(days=chance.randrange(DAYS))).weekday() > 4:
        pass
    return at_wall_time(day, time(chance.choice(_CLOCK), chance.choice((0, 20, 40))), ZONE)


def _draw(
    start: datetime, chance: Random, leanings: list[float], *, informative: bool
) -> tuple[PastVisit, float, float]:
    patient = chance.randrange(len(leanings))
    lead = timedelta(hours=min(24 * 120, chance.expovariate(1 / (24 * 18))))
    kind = chance.choices([name for name, _ in _KINDS], [weight for _, weight in _KINDS])[0]
    modality = Modality.TELEHEALTH if chance.random() < 0.15 else Modality.IN_PERSON
    asked = start - _ASKED if lead > _ASKED else None
    confirmed = None
    if asked is not None and chance.random() < 0.55:
        confirmed = asked + timedelta(hours=chance.uniform(0.1, 47))
    visit = BookedVisit(
        patient=PatientId(f"p{patient}"),
        booked=(start - lead).astimezone(UTC),
        starts=start,
        kind=kind,
        modality=modality,
        asked=asked,
        confirmed=confirmed,
    )
    probability = _probability(visit, leanings[patient]) if informative else _EVEN
    without = _probability(visit, 0.0) if informative else _EVEN
    return PastVisit(visit, missed=chance.random() < probability), probability, without


def _probability(visit: BookedVisit, leaning: float) -> float:
    wall = visit.starts.astimezone(ZONE)
    days = (visit.starts - visit.booked) / timedelta(days=1)
    log_odds = TRUTH["average"] + TRUTH["own leaning, standard deviation"] * leaning
    log_odds += TRUTH["lead, each doubling of days"] * max(0, ceil(days)).bit_length()
    log_odds += TRUTH["before 9"] if wall.hour < 9 else TRUTH["from 16"] if wall.hour >= 16 else 0
    log_odds += {0: TRUTH["monday"], 4: TRUTH["friday"]}.get(wall.weekday(), 0)
    if visit.confirmed is not None:
        log_odds += TRUTH["confirmed"]
    elif visit.asked is not None:
        log_odds += TRUTH["no answer"]
    log_odds += TRUTH.get(str(visit.modality), 0) + TRUTH.get(visit.kind, 0)
    return 1 / (1 + exp(-log_odds))
