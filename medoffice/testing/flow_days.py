"""Days of a walk-in clinic that never were: drawn from a seed, then played out by an event loop of their own.

A *script* is all that chance decides (who comes when, how urgent, for how long, how patient); playing it out is
deterministic, so that another simulator can be given the very same day. The days are made to be unkind to whoever
foretells waits: more come at some hours than at others, whole days are slow, kinds of visit differ, patients give up.

The figures of :data:`CLINIC` are made up for tests; they describe no real office.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from math import log
from random import Random
from types import MappingProxyType
from typing import Final

import attrs

from medoffice.core import ActorId, AppointmentId, ResourceId, TimeSlot
from medoffice.scheduling.flow import (
    CheckedIn,
    CheckOutBegun,
    DayVisit,
    Fact,
    LeftWithoutBeingSeen,
    PastDay,
    PatientArrived,
    PatientLeft,
    ProviderEntered,
    ProviderLeft,
    QueuePolicy,
    Roomed,
    Shift,
    Triaged,
    VisitFlow,
    Waiting,
    line,
)

_FIRST: Final = datetime(2026, 1, 5, 14, tzinfo=UTC)
_NURSE: Final = ActorId("triage-nurse")
_SECOND: Final = timedelta(seconds=1)


@attrs.frozen(kw_only=True)
class Clinic:
    """What days are like: clinicians, hours, patients an hour by hour of opening, kinds with their share, mean and
    spread of minutes, shares of levels, the spread of whole days, and how long patients wait before they give up.

    Minutes with a clinician are lognormal with the mean given and ``sigma`` on the log scale.
    """

    clinicians: int
    an_hour: tuple[float, ...]
    kinds: Mapping[str, tuple[float, float, float]]
    levels: Mapping[int, float]
    slow_days: float
    patience: float


CLINIC: Final = Clinic(
    clinicians=3,
    an_hour=(7, 8, 7, 5, 4, 5, 7, 8, 6, 3),
    kinds=MappingProxyType(
        {"minor-illness": (0.6, 13, 0.4), "injury": (0.25, 22, 0.45), "procedure": (0.15, 32, 0.35)}
    ),
    levels=MappingProxyType({2: 0.04, 3: 0.31, 4: 0.45, 5: 0.20}),
    slow_days=0.12,
    patience=240,
)
"""Three clinicians, ten hours, about sixty patients, at times more than can be seen at once."""


SOLO: Final = attrs.evolve(CLINIC, clinicians=1, an_hour=(2, 3, 2.5, 1.5, 1.5, 2, 2.5, 2))
"""One clinician, eight hours, about seventeen patients."""


@attrs.frozen(kw_only=True)
class Scripted:
    """One patient of a script; times in whole seconds, the first one from the opening on."""

    arrives: int
    check_in: int
    call: int
    service: int
    leaves: int
    patience: int
    level: int
    kind: str


def script(seed: int, clinic: Clinic = CLINIC) -> tuple[Scripted, ...]:
    """Everybody who comes on one day, in the order of arrival; the same seed gives the same day."""
    chance = Random(seed)  # noqa: S311 - reproducible on purpose
    pace = chance.lognormvariate(0, clinic.slow_days)
    return tuple(_patient(chance, arrives, pace, clinic) for arrives in _arrivals(chance, clinic))


def _arrivals(chance: Random, clinic: Clinic) -> Iterator[int]:
    """A Poisson process whose rate changes with the hour, by thinning."""
    most, at = max(clinic.an_hour), 0.0
    while True:
        at += chance.expovariate(most / 3600)
        if at >= 3600 * len(clinic.an_hour):
            return
        if chance.random() * most < clinic.an_hour[int(at // 3600)]:
            yield int(at)


def _patient(chance: Random, arrives: int, pace: float, clinic: Clinic) -> Scripted:
    kind = chance.choices(list(clinic.kinds), [share for share, _, _ in clinic.kinds.values()])[0]
    _, mean, sigma = clinic.kinds[kind]
    minutes = pace * chance.lognormvariate(log(mean) - sigma**2 / 2, sigma)
    return Scripted(
        arrives=arrives,
        check_in=round(60 * chance.triangular(1, 8, 3)),
        call=round(60 * chance.triangular(1, 7, 3)),
        service=max(60, round(60 * minutes)),
        leaves=round(60 * chance.triangular(1, 9, 3)),
        patience=round(60 * chance.expovariate(1 / clinic.patience)),
        level=chance.choices(list(clinic.levels), list(clinic.levels.values()))[0],
        kind=kind,
    )


def played(
    patients: tuple[Scripted, ...],
    *,
    policy: QueuePolicy,
    clinicians: int = CLINIC.clinicians,
    hours: int = len(CLINIC.an_hour),
    opens: datetime = _FIRST,
) -> PastDay:
    """The day as it went: whoever is free calls the next patient of the line until nobody is left."""
    day = _Day(patients, policy, opens)
    free = [ResourceId(f"clinician-{number}") for number in range(1, clinicians + 1)]
    while day.events:
        at, what, number, who = heappop(day.events)
        if what == _READY:
            day.waiting.append(number)
        elif what == _FREE:
            free.append(ResourceId(who))
        elif number in day.waiting:
            day.waiting.remove(number)
            day.note(LeftWithoutBeingSeen(day.visits[number], day.moment(at)))
        while free and day.waiting:
            day.call(day.next(at), free.pop(0), at)
    shifts = tuple(
        Shift(ResourceId(f"clinician-{number}"), TimeSlot(opens, opens + timedelta(hours=hours)))
        for number in range(1, clinicians + 1)
    )
    visits = tuple(
        DayVisit(flow=VisitFlow(visit, tuple(log)), visit_type=patient.kind)
        for patient, (visit, log) in zip(patients, day.logs.items(), strict=True)
    )
    return PastDay(visits=visits, shifts=shifts)


_FREE, _READY, _GIVES_UP = 0, 1, 2


class _Day:
    """The event loop's own memory: what comes, who waits, and every visit's log."""

    def __init__(self, patients: tuple[Scripted, ...], policy: QueuePolicy, opens: datetime) -> None:
        self.patients, self.policy, self.opens = patients, policy, opens
        self.visits = [AppointmentId(f"visit-{number:03d}") for number in range(len(patients))]
        self.logs: dict[AppointmentId, list[Fact]] = {visit: [] for visit in self.visits}
        self.waiting: list[int] = []
        self.events: list[tuple[int, int, int, str]] = []
        for number, patient in enumerate(patients):
            ready = patient.arrives + patient.check_in
            self.note(PatientArrived(self.visits[number], self.moment(patient.arrives)))
            self.note(Triaged(self.visits[number], self.moment(ready), patient.level, _NURSE))
            self.note(CheckedIn(self.visits[number], self.moment(ready)))
            heappush(self.events, (ready, _READY, number, ""))
            heappush(self.events, (ready + patient.patience, _GIVES_UP, number, ""))

    def moment(self, seconds: int) -> datetime:
        return self.opens + seconds * _SECOND

    def note(self, fact: Fact) -> None:
        self.logs[fact.visit].append(fact)

    def next(self, at: int) -> int:
        entries = {self.visits[number]: number for number in self.waiting}
        waiting = (
            Waiting(
                visit=visit,
                since=self.moment(self.patients[number].arrives),
                level=self.patients[number].level,
            )
            for visit, number in entries.items()
        )
        first = line(waiting, policy=self.policy, now=self.moment(at))[0]
        return entries[first.waiting.visit]

    def call(self, number: int, provider: ResourceId, at: int) -> None:
        self.waiting.remove(number)
        patient, visit = self.patients[number], self.visits[number]
        begins = at + patient.call
        ends = begins + patient.service
        room = ResourceId(f"room-{provider.value}")
        self.note(Roomed(visit, self.moment(at), room))
        self.note(ProviderEntered(visit, self.moment(begins), provider))
        self.note(ProviderLeft(visit, self.moment(ends), provider))
        self.note(CheckOutBegun(visit, self.moment(ends)))
        self.note(PatientLeft(visit, self.moment(ends + patient.leaves)))
        heappush(self.events, (ends, _FREE, number, provider.value))
