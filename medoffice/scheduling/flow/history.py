"""What past days teach: how long each kind of visit keeps a clinician, how long a call takes, how many come."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import exp
from typing import Final

import attrs

from medoffice.core import Refused, ResourceId, TimeSlot
from medoffice.scheduling.flow.facts import ProviderEntered
from medoffice.scheduling.flow.floor import DayVisit, Shift
from medoffice.scheduling.flow.minutes import Minutes
from medoffice.scheduling.flow.refusals import no_history
from medoffice.scheduling.flow.stages import Stage
from medoffice.scheduling.flow.times import stretches

_MINUTE: Final = timedelta(minutes=1)
_GONE: Final = datetime.min.replace(tzinfo=UTC)


def whole_minutes(length: timedelta) -> int:
    """A length to the nearest minute, half up."""
    return (length + _MINUTE / 2) // _MINUTE


@attrs.frozen(kw_only=True)
class PastDay:
    """One day that is over: its visits and who was on duty."""

    visits: tuple[DayVisit, ...]
    shifts: tuple[Shift, ...]

    @property
    def minutes_on_duty(self) -> int:
        """The minutes from the first clinician's beginning to the last one's end, nought without any."""
        if not self.shifts:
            return 0
        slots = [shift.slot for shift in self.shifts]
        whole = TimeSlot(min(slot.start for slot in slots), max(slot.end for slot in slots))
        return whole_minutes(whole.length)


@attrs.frozen(kw_only=True)
class History:
    """The office's own figures.

    ``service``: minutes of clinicians' time by kind of visit, from those seen often enough. ``pooled``: the same over
    all kinds. ``call``: minutes from when clinician and patient were both ready until they were together. ``arrivals``:
    patients a minute by level (``None``: not judged). ``leaving``: how many of those who wait give up in a minute of
    waiting. ``visits``: how many visits it rests on.
    """

    service: tuple[tuple[str, Minutes], ...]
    pooled: Minutes
    call: Minutes
    arrivals: tuple[tuple[int | None, float], ...]
    leaving: float
    visits: int

    def knows(self, visit_type: str) -> bool:
        """Whether that kind has a law of its own."""
        return any(kind == visit_type for kind, _ in self.service)

    def service_of(self, visit_type: str) -> Minutes:
        """The law of a kind, or of all kinds together when it has none of its own."""
        return next((law for kind, law in self.service if kind == visit_type), self.pooled)

    def staying(self, minutes: float) -> float:
        """How likely it is that somebody who waits is still there so many minutes later: ``exp(-leaving * minutes)``."""
        return exp(-self.leaving * max(0.0, minutes))

    def rate_above(self, level: int) -> float:
        """How many patients a minute come who are more urgent than a level; who was not judged is not counted."""
        return sum(rate for number, rate in self.arrivals if number is not None and number < level)


def learn(days: Iterable[PastDay], *, least: int = 30) -> History | Refused:
    """Read past days; a kind with fewer than ``least`` visits has no law of its own.

    Refused when there are fewer than ``least`` visits at all that a clinician saw.
    """
    services: dict[str, list[int]] = {}
    calls: list[int] = []
    arrivals: Counter[int | None] = Counter()
    minutes = left = 0
    waited = timedelta(0)
    for day in days:
        minutes += day.minutes_on_duty
        calls += _calls(day)
        for visit in day.visits:
            if visit.owed_since is not None:
                arrivals[visit.flow.level] += 1
            waited += _waited(visit)
            left += visit.flow.stage is Stage.LEFT_UNSEEN
            if visit.seen_at is not None and visit.flow.stage.is_over:
                spent = (each.length for each in stretches(visit.flow, Stage.WITH_PROVIDER))
                services.setdefault(visit.visit_type, []).append(
                    max(1, whole_minutes(sum(spent, timedelta(0))))
                )
    every = [sample for samples in services.values() for sample in samples]
    if len(every) < least or not calls:
        return Refused((no_history("how long visits take"),))
    return History(
        service=tuple(
            (kind, Minutes.of(samples)) for kind, samples in sorted(services.items()) if len(samples) >= least
        ),
        pooled=Minutes.of(every),
        call=Minutes.of(calls),
        arrivals=tuple(
            sorted(((level, count / minutes) for level, count in arrivals.items()), key=_unjudged_last)
        ),
        leaving=left / max(1.0, waited / _MINUTE),
        visits=len(every),
    )


def _waited(visit: DayVisit) -> timedelta:
    """From being ready until being seen or giving up; nothing while neither has come."""
    end = visit.flow.places[-1].since if visit.flow.stage is Stage.LEFT_UNSEEN else visit.seen_at
    ready = visit.ready_since
    return timedelta(0) if end is None or ready is None else max(timedelta(0), end - ready)


def _unjudged_last(item: tuple[int | None, float]) -> tuple[bool, int]:
    return item[0] is None, item[0] or 0


def _calls(day: PastDay) -> Iterator[int]:
    """For each first entering: the minutes since both clinician and patient were ready."""
    free: dict[ResourceId, datetime] = {}
    for shift in day.shifts:
        free[shift.provider] = min(shift.slot.start, free.get(shift.provider, shift.slot.start))
    for at, _, provider, ready in sorted(_comings_and_goings(day)):
        if ready == _GONE:
            free[provider] = max(at, free.get(provider, at))
        elif provider in free:
            yield max(0, whole_minutes(at - max(free[provider], ready)))


def _comings_and_goings(day: PastDay) -> Iterator[tuple[datetime, int, ResourceId, datetime]]:
    """Who went when, and who came first when to a patient ready since when; at one instant goings come first."""
    for visit in day.visits:
        places = visit.flow.places
        for here, then in pairwise(places):
            for provider in here.present - then.present:
                yield then.since, 0, provider, _GONE
        step = next((place.step for place in places if isinstance(place.step, ProviderEntered)), None)
        if isinstance(step, ProviderEntered):
            yield step.at, 1, step.provider, visit.ready_since or step.at
