"""The floor of the office at one instant: who waits, who is being seen, which clinicians are on duty."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import attrs

from medoffice.core import InvalidValue, ResourceId, TimeSlot, as_instant
from medoffice.scheduling.flow.facts import CheckedIn, PatientArrived, ProviderEntered
from medoffice.scheduling.flow.stages import Stage
from medoffice.scheduling.flow.visit_flow import VisitFlow
from medoffice.scheduling.flow.waiting import Waiting


@attrs.frozen
class Shift:
    """One clinician's time on duty.

    Clinicians stay until nobody waits any more; one who ``leaves_on_time`` calls nobody after the end.
    """

    provider: ResourceId
    slot: TimeSlot
    leaves_on_time: bool = False

    def minutes_left(self, now: datetime) -> int | None:
        """For how many minutes more there may be calls; ``None`` when until nobody waits."""
        if not self.leaves_on_time:
            return None
        return max(0, (self.slot.end - as_instant(now)) // timedelta(minutes=1))


@attrs.frozen(kw_only=True)
class DayVisit:
    """One visit of a day with what the flow itself does not say: its kind, and its scheduled start unless a walk-in."""

    flow: VisitFlow
    visit_type: str
    scheduled: datetime | None = None

    def as_of(self, moment: datetime) -> "DayVisit":
        """The visit as it stood at an instant."""
        return attrs.evolve(self, flow=self.flow.as_of(moment))

    @property
    def owed_since(self) -> datetime | None:
        """The later of arrival (or the first step noted) and scheduled start; ``None`` before anything happened."""
        steps = self.flow.places
        first = next((place.since for place in steps if isinstance(place.step, PatientArrived)), None)
        if first is None:
            first = steps[0].since if steps else None
        if first is None or self.scheduled is None:
            return first
        return max(first, as_instant(self.scheduled))

    @property
    def ready_since(self) -> datetime | None:
        """When a clinician could have come: after check-in where that was noted; ``None`` before anything happened."""
        owed = self.owed_since
        done = next((place.since for place in self.flow.places if isinstance(place.step, CheckedIn)), None)
        return owed if owed is None or done is None else max(owed, done)

    @property
    def seen_at(self) -> datetime | None:
        """When the first clinician came; ``None`` while none has."""
        return next(
            (place.since for place in self.flow.places if isinstance(place.step, ProviderEntered)), None
        )

    def waiting(self) -> Waiting:
        """This patient's place in the line.

        Raises:
            InvalidValue: when nothing has happened yet.
        """
        owed = self.owed_since
        if owed is None:
            raise InvalidValue("place in the line", "the patient has not arrived")
        return Waiting(
            visit=self.flow.visit,
            since=owed,
            level=self.flow.level,
            is_scheduled=self.scheduled is not None,
            visit_type=self.visit_type,
            ready=self.ready_since,
        )


@attrs.frozen
class Busy:
    """With a patient of that kind of visit since then."""

    visit_type: str
    since: datetime


@attrs.frozen
class Free:
    """With nobody since then: the last patient, or the beginning of the shift."""

    since: datetime


@attrs.frozen
class OnDuty:
    """One clinician now; ``shift`` may begin later."""

    shift: Shift
    doing: Busy | Free


@attrs.frozen(kw_only=True)
class Floor:
    """All that an estimate rests on: ``called`` are in a room and wait for the clinician, ``waiting`` in the lobby."""

    now: datetime
    called: tuple[Waiting, ...]
    waiting: tuple[Waiting, ...]
    on_duty: tuple[OnDuty, ...]


def floor_at(
    visits: Iterable[DayVisit], *, shifts: Iterable[Shift], now: datetime, waits_for_check_in: bool = True
) -> Floor:
    """The floor at an instant, past or present, by what is known of the day.

    ``waits_for_check_in``: whoever has arrived is in the line only when checked in; an office that does not note the
    check-in says ``False``.

    Raises:
        InvalidValue: when the instant has no time zone.
    """
    instant = as_instant(now)
    lobby = {Stage.CHECKED_IN} if waits_for_check_in else {Stage.ARRIVED, Stage.CHECKED_IN}
    called: list[Waiting] = []
    waiting: list[Waiting] = []
    busy: dict[ResourceId, Busy] = {}
    left: dict[ResourceId, datetime] = {}
    for visit in visits:
        if not visit.flow.places or visit.flow.places[0].since > instant:
            continue
        past = _seen_as_of(visit, instant)
        flow = past.flow
        for provider, moment in _last_left(flow).items():
            left[provider] = max(moment, left.get(provider, moment))
        if not flow.is_seen and flow.stage in {Stage.ROOMED, *lobby}:
            (called if flow.stage is Stage.ROOMED else waiting).append(past.waiting())
        for provider in flow.present:
            busy[provider] = Busy(past.visit_type, flow.since or instant)
    on_duty = tuple(
        OnDuty(
            shift,
            busy.get(shift.provider)
            or Free(max(shift.slot.start, left.get(shift.provider, shift.slot.start))),
        )
        for shift in shifts
        if shift.slot.end > instant
        or shift.provider in busy
        or ((called or waiting) and not shift.leaves_on_time)
    )
    return Floor(now=instant, called=tuple(called), waiting=tuple(waiting), on_duty=on_duty)


def _seen_as_of(visit: DayVisit, instant: datetime) -> DayVisit:
    """As it stood then; nothing is to be left out of a visit all of whose steps lie before."""
    return visit if visit.flow.places[-1].since <= instant else visit.as_of(instant)


def _last_left(flow: VisitFlow) -> dict[ResourceId, datetime]:
    """When each clinician who is gone went, by the step after which he or she was not there any more."""
    found: dict[ResourceId, datetime] = {}
    for here, then in zip(flow.places, flow.places[1:], strict=False):
        for provider in here.present - then.present:
            found[provider] = then.since
    return {provider: moment for provider, moment in found.items() if provider not in flow.present}
