"""A practice's waitlist over many days, simulated: who joins, what becomes free, who answers what and when.

Everything comes of one seed, and each patient's answer to each slot is the same whatever the policy, so that policies
are compared on the same days.

**How patients answer** (:class:`Answers`). Whether: of 60,660 offers of Fast Pass 11 % were accepted (JMIR 2024;e52071),
of 177,311 at Sutter 8.3 % (JMIR 2020;22(6):e16451). When: neither paper's readable part says how long answers took, so
this rests on text messages to patients and subscribers: 60 % of those who answered a clinic's link did within 45
minutes (Chow and others, Sexual Health 2022;19:145-147), 85 % of the answers to a text survey came in two hours
(Sheoran and others, JMIR mHealth 2014;2(4):e51). A log-normal time through both has a median of 33 minutes and a
sigma of 1.25. The 11 % is taken for the patients who would say yes at all: those whose yes comes too late are lost on
top of it, though the published figure has lost them already.
"""

from datetime import date, datetime, time, timedelta
from itertools import count
from math import exp
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import AppointmentId, PatientId, ResourceId, TimeSlot, at_wall_time
from medoffice.scheduling.hours import Weekly
from medoffice.scheduling.visits import VisitType
from medoffice.scheduling.waitlist import (
    CurrentVisit,
    Entry,
    EntryId,
    FreedSlot,
    FreedSlotId,
    OfferKey,
    Urgency,
)

ZONE: Final = ZoneInfo("America/Chicago")
FIRST_DAY: Final = date(2026, 1, 5)
VISITS: Final = (
    VisitType(code="follow-up", name="Follow-up visit", minutes=30),
    VisitType(code="new-patient", name="New patient visit", minutes=30),
    VisitType(code="procedure", name="Procedure", minutes=30, is_complex=True),
)
_KINDS: Final = {"follow-up": 75, "new-patient": 20, "procedure": 5}
_FRIDAY: Final = 4
_HOURS: Final = (8, 9, 10, 11, 13, 14, 15, 16)
_MORNINGS: Final = Weekly.of("Mon-Fri 08:00-12:00", zone=ZONE)
_AFTERNOONS: Final = Weekly.of("Mon-Fri 13:00-17:00", zone=ZONE)
_SOME_DAYS: Final = Weekly.of("Mon,Wed,Fri 08:00-17:00", zone=ZONE)
_LOYAL: Final = 0.6
_LEAD: Final = 25
_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)


@attrs.frozen(kw_only=True)
class Answers:
    """How patients answer an offer: ``take`` would say yes and ``decline`` no, the others say nothing.

    The answer comes after a log-normal time of ``median`` and ``sigma``.
    """

    take: float = 0.11
    decline: float = 0.15
    median: timedelta = timedelta(minutes=33)
    sigma: float = 1.25

    def of(self, key: OfferKey, seed: int) -> tuple[str, timedelta]:
        """``"yes"``, ``"no"`` or ``""``, and after how long; always the same for one patient and slot."""
        draw = Random(f"{seed}/{key}")  # noqa: S311 - a simulation, reproducible on purpose
        luck = draw.random()
        after = self.median * exp(draw.gauss(0, self.sigma))
        return ("yes" if luck < self.take else "no" if luck < self.take + self.decline else ""), after


@attrs.frozen(kw_only=True)
class Days:
    """What happens, whatever the policy: ``slots`` in order of when they became free, ``entries`` in order of
    joining, of which the first ``waiting`` were there at the beginning.

    A third of the slots become free with less than a day's notice, a third with one to two days', a third with
    two to ten.
    """

    seed: int
    slots: tuple[FreedSlot, ...]
    entries: tuple[Entry, ...]

    @classmethod
    def made(
        cls,
        *,
        seed: int,
        slots: int,
        a_day: int = 10,
        waiting: int = 400,
        joining: int = 25,
        clinicians: int = 8,
    ) -> "Days":
        """Days of a practice with that many clinicians, in pairs of one specialty."""
        draw = Random(seed)  # noqa: S311
        length = -(-slots // a_day)
        entries = [
            _entry(draw, number, clinicians, day=-draw.expovariate(1 / 20)) for number in range(waiting)
        ]
        numbers = count(waiting)
        for day in range(length + 12):
            entries += [
                _entry(draw, next(numbers), clinicians, day=day + draw.random()) for _ in range(joining)
            ]
        freed = [_freed(draw, number, clinicians, day=number // a_day) for number in range(slots)]
        return cls(
            seed=seed,
            slots=tuple(sorted(freed, key=lambda each: (each.freed, each.id))),
            entries=tuple(sorted(entries, key=lambda each: (each.joined, each.id))),
        )


def _clinician(number: int) -> ResourceId:
    return ResourceId(f"clinician-{number}")


def _midnight(day: int) -> datetime:
    return at_wall_time(FIRST_DAY + day * _DAY, time.min, ZONE)


def _at_work(draw: Random, day: date) -> datetime:
    """A half-hour of the first working day from a day on."""
    while day.weekday() > _FRIDAY:
        day += _DAY
    return at_wall_time(day, time(draw.choice(_HOURS), draw.choice((0, 30))), ZONE)


def _kind(draw: Random) -> str:
    return draw.choices(list(_KINDS), list(_KINDS.values()))[0]


def _entry(draw: Random, number: int, clinicians: int, *, day: float) -> Entry:
    joined, visit = _midnight(0) + day * _DAY, _kind(draw)
    own = draw.randrange(clinicians)
    pair = {_clinician(own), _clinician(own ^ 1)}
    has = _at_work(draw, (joined + _DAY * (3 + draw.expovariate(1 / _LEAD))).date())
    return Entry(
        id=EntryId(f"e{number}"),
        patient=PatientId(f"p{number}"),
        visit=visit,
        joined=joined,
        urgency=draw.choices(tuple(Urgency), (85, 12, 3))[0],
        times=draw.choices((None, _MORNINGS, _AFTERNOONS, _SOME_DAYS), (50, 20, 20, 10))[0],
        providers=pair if visit == "new-patient" or draw.random() > _LOYAL else {_clinician(own)},
        current=CurrentVisit(AppointmentId(f"a{number}"), TimeSlot.lasting(has, timedelta(minutes=30))),
        channels=frozenset({"sms"}),
    )


def _freed(draw: Random, number: int, clinicians: int, *, day: int) -> FreedSlot:
    notice = draw.choice(((3, 24), (24, 48), (48, 240)))
    start = _at_work(draw, FIRST_DAY + (day + 11) * _DAY)
    slot = TimeSlot.lasting(start, timedelta(minutes=30))
    return FreedSlot(
        id=FreedSlotId(f"s{number}"),
        slot=slot,
        occupied=slot,
        resources=(_clinician(draw.randrange(clinicians)),),
        freed=start - draw.uniform(*notice) * _HOUR,
        visit_types=frozenset({_kind(draw)}),
    )
