"""How long a patient waited, for what, and how long the visit took.

The cycle follows the measure *office visit cycle time* of the Institute for Healthcare Improvement
(https://www.ihi.org/resources/Pages/Measures/OfficeVisitCycleTime.aspx): from arrival until the patient leaves the
office; for a patient who is early, from the scheduled time; without the time in laboratory or radiology, which
specialty offices may opt to count.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Final

import attrs

from medoffice.core import TimeSlot, as_instant
from medoffice.scheduling.flow.facts import PatientArrived, ProviderEntered, ProviderLeft
from medoffice.scheduling.flow.places import Place
from medoffice.scheduling.flow.stages import Stage
from medoffice.scheduling.flow.visit_flow import VisitFlow

_NOTHING: Final = timedelta(0)
_BEGUN: Final = frozenset({Stage.ROOMED, Stage.WITH_PROVIDER, Stage.ANCILLARY, Stage.CHECKING_OUT})


@attrs.frozen(kw_only=True)
class Measured:
    """A length of time that is known. ``is_running``: it goes on, and this is what it is by now.
    ``is_at_most``: an end was not noted, and the next one that was stands for it.
    """

    length: timedelta
    is_running: bool = False
    is_at_most: bool = False


@attrs.frozen
class NotMeasured:
    """A length of time that is not known, and why."""

    why: str


Length = Measured | NotMeasured


@attrs.frozen(kw_only=True)
class VisitTimes:
    """What a visit took, from what was noted.

    ``early_by`` and ``late_by``: arrival against the scheduled start; nought for whoever has none.
    ``lobby``: from arrival until the first room (or clinician, where no room was noted), however early the patient.
    ``wait``: the same, but from when the office owed the visit: the later of arrival and scheduled start, and never
    later than when it began.
    ``room_wait``: in a room without a clinician, before one came and between two that came.
    ``provider``: with one clinician or several at once.
    ``ancillary``: at tests.
    ``cycle``: from the start of ``wait`` until the patient left, less ``ancillary`` unless that is counted in.
    ``on_site``: from arrival until the patient left.
    """

    early_by: Length
    late_by: Length
    lobby: Length
    wait: Length
    room_wait: Length
    provider: Length
    ancillary: Length
    cycle: Length
    on_site: Length


def visit_times(
    flow: VisitFlow, *, now: datetime, scheduled: datetime | None = None, counts_ancillary: bool = False
) -> VisitTimes:
    """What a visit took; what goes on is measured up to ``now``. Without ``scheduled`` it is a walk-in.

    Raises:
        InvalidValue: when an instant has no time zone.
    """
    until, places = as_instant(now), flow.places
    due = None if scheduled is None else as_instant(scheduled)
    arrived = next((place.since for place in places if isinstance(place.step, PatientArrived)), None)
    begun = next((place.since for place in places if place.stage in _BEGUN), None)
    end = places[-1].since if flow.stage.is_over else None
    called = end if begun is None else begun
    owed = _owed(arrived, due, called)
    ancillary = _sum(places, until, lambda here, _: here.stage is Stage.ANCILLARY)
    cycle = _between(owed, end, until)
    if not counts_ancillary and isinstance(cycle, Measured):
        cycle = attrs.evolve(cycle, length=max(_NOTHING, cycle.length - ancillary.length))
    return VisitTimes(
        early_by=_before(arrived, due),
        late_by=_before(due, arrived),
        lobby=_between(arrived, called, until),
        wait=_between(owed, called, until),
        room_wait=_room_wait(flow, until),
        provider=_provider(flow, until),
        ancillary=ancillary,
        cycle=cycle,
        on_site=_between(arrived, end, until),
    )


def _owed(arrived: datetime | None, due: datetime | None, called: datetime | None) -> datetime | None:
    """``max(arrived, min(max(arrived, due), called))``: nobody owes a visit before it is due, unless it began."""
    if arrived is None or due is None:
        return arrived
    return max(arrived, due if called is None else min(due, called))


def _between(start: datetime | None, end: datetime | None, now: datetime) -> Length:
    """What has not begun yet, as the wait of a patient who is early, is nought."""
    if start is None:
        return NotMeasured("no arrival was noted")
    if end is None:
        return Measured(length=max(_NOTHING, now - start), is_running=True)
    return Measured(length=end - start)


def _before(one: datetime | None, other: datetime | None) -> Length:
    """By how much one of arrival and scheduled start lies before the other."""
    if one is None or other is None:
        return NotMeasured("it takes an arrival and a scheduled start")
    return Measured(length=max(_NOTHING, other - one))


def _sum(places: tuple[Place, ...], now: datetime, counts: Callable[[Place, Place | None], bool]) -> Measured:
    """The time in all places that count, each by itself and by what came next (none while it goes on)."""
    total, is_running = _NOTHING, False
    for here, then in zip_longest(places, places[1:]):
        if not here.stage.is_over and counts(here, then):
            total += max(_NOTHING, (now if then is None else then.since) - here.since)
            is_running = is_running or then is None
    return Measured(length=total, is_running=is_running)


def _room_wait(flow: VisitFlow, now: datetime) -> Length:
    def counts(here: Place, then: Place | None) -> bool:
        comes_back = then is not None and isinstance(then.step, ProviderEntered)
        return here.stage is Stage.ROOMED or (here.stage is Stage.SEEN and comes_back)

    if all(place.room is None for place in flow.places):
        return NotMeasured("no room was noted")
    return _sum(flow.places, now, counts)


def _provider(flow: VisitFlow, now: datetime) -> Length:
    if not flow.is_seen:
        return NotMeasured("no clinician was noted")
    spent = _sum(flow.places, now, lambda here, _: here.stage is Stage.WITH_PROVIDER)
    pairs = zip(flow.places, flow.places[1:], strict=False)
    is_open = any(
        here.stage is Stage.WITH_PROVIDER and not isinstance(then.step, ProviderLeft | ProviderEntered)
        for here, then in pairs
    )
    return attrs.evolve(spent, is_at_most=is_open)


def stretches(flow: VisitFlow, stage: Stage) -> tuple[TimeSlot, ...]:
    """When the patient was at a stage, as far as it is over; stretches of no length are left out."""
    pairs = zip(flow.places, flow.places[1:], strict=False)
    return tuple(
        TimeSlot(here.since, then.since)
        for here, then in pairs
        if here.stage is stage and then.since > here.since
    )
