"""What a day was like: waits, time with patients, idle time and overtime, from when things happened."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import DateRange, InvalidValue, ResourceId, TimeSlot, as_instant, day_in
from medoffice.scheduling.measures.definitions import Measure
from medoffice.scheduling.measures.rate import Rate
from medoffice.scheduling.measures.spread import Spread
from medoffice.scheduling.measures.too_few import TooFew, spread_of
from medoffice.scheduling.stretches import common, minutes_of, united

_MINUTE: Final = timedelta(minutes=1)
_LONGEST: Final = timedelta(hours=12)


@attrs.frozen(kw_only=True)
class Encounter:
    """One visit as it took place: with whom, when it was to begin, when the patient came, and the time with the
    clinician.

    Raises:
        InvalidValue: when an instant has no time zone, or the clinician came before the patient.
    """

    clinician: ResourceId
    scheduled: datetime = attrs.field(converter=as_instant)
    arrived: datetime = attrs.field(converter=as_instant)
    seen: TimeSlot

    def __attrs_post_init__(self) -> None:
        if self.seen.start < self.arrived:
            raise InvalidValue("encounter", "a patient is seen after they have come")

    @property
    def wait(self) -> int:
        """Whole minutes from the appointed time, or from the arrival where that was later, until they were seen.

        Nothing when they were seen before their time: coming early is no wait of the office's making.
        """
        return max(timedelta(), self.seen.start - max(self.scheduled, self.arrived)) // _MINUTE


def waits(encounters: Iterable[Encounter], *, window: DateRange, zone: ZoneInfo) -> Spread | TooFew:
    """How long patients waited, by the day on which they were to be seen."""
    return spread_of(
        Measure.WAIT,
        [each.wait for each in encounters if day_in(each.scheduled, zone) in window],
        window,
    )


@attrs.frozen(kw_only=True)
class SessionUse:
    """What became of clinicians' sessions, in whole minutes, each minute counted once.

    ``utilisation`` and ``idle`` add up to the sessions; ``overtime`` comes on top.
    """

    utilisation: Rate
    idle: Rate
    overtime: Rate


def session_use(
    sessions: Mapping[ResourceId, Iterable[TimeSlot]],
    encounters: Iterable[Encounter],
    *,
    window: DateRange,
    zone: ZoneInfo,
) -> SessionUse | TooFew:
    """How clinicians' sessions were used: time with a patient, time without, and time after the end.

    A session belongs to the day on which it begins. Overtime is time with patients from the end of a session to
    the next one, twelve hours at most; time before the first session of a day is in none of the three. A minute with
    two patients is one minute.
    """
    with_patients: dict[ResourceId, list[TimeSlot]] = {}
    for each in encounters:
        with_patients.setdefault(each.clinician, []).append(each.seen)
    planned = used = over = 0
    for clinician, slots in sessions.items():
        there = united(slot for slot in slots if day_in(slot.start, zone) in window)
        seen = united(with_patients.get(clinician, ()))
        planned += minutes_of(there)
        within = minutes_of(common(there, seen))
        used += within
        over += minutes_of(common(_after(there), seen))
    if not planned:
        return TooFew(measure=Measure.UTILISATION, window=window)
    of_all = partial(Rate, denominator=planned, window=window)
    return SessionUse(
        utilisation=of_all(measure=Measure.UTILISATION, numerator=used),
        idle=of_all(measure=Measure.IDLE, numerator=planned - used),
        overtime=of_all(measure=Measure.OVERTIME, numerator=over),
    )


def _after(sessions: list[TimeSlot]) -> list[TimeSlot]:
    """From the end of each session until the next one begins, and no longer than overtime can be."""
    found = []
    for which, session in enumerate(sessions):
        until = session.end + _LONGEST
        if which + 1 < len(sessions):
            until = min(until, sessions[which + 1].start)
        if session.end < until:
            found.append(TimeSlot(session.end, until))
    return found
