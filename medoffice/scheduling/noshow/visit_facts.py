"""What is known of a visit at the moment when its risk is asked for, and never what became known later.

A model that learns from what nobody knew yet looks good on paper and fails at the desk. So a fact is always taken
*as of* an instant: visits that began before it count, a confirmation counts once it came.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from itertools import accumulate
from typing import Self

import attrs

from medoffice.core import InvalidValue, PatientId, as_instant
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.names import is_slug, slug


def _traits(_: object, __: object, value: object) -> None:
    if not isinstance(value, tuple):
        raise InvalidValue("visit", "its traits are a tuple of pairs: factor and level")
    if len({name for name, _ in value}) != len(value):
        raise InvalidValue("visit", "each of its traits is given once")
    if not all(is_slug(word) for pair in value for word in pair):
        raise InvalidValue("visit", "its traits are lower-case words and digits joined by hyphens")


def _maybe_instant(value: datetime | None) -> datetime | None:
    return None if value is None else as_instant(value)


@attrs.frozen(kw_only=True)
class BookedVisit:
    """A visit as the book has it: whose, when it was booked, when it begins, and what was asked and answered.

    ``asked`` is when a reminder first asked to confirm, ``confirmed`` when the patient did. ``traits`` are levels
    of factors that only the office knows, as pairs: ``(("distance", "10-to-20-miles"),)``.

    Raises:
        InvalidValue: when it was booked after it began, a word is no slug, or an instant has no time zone.
    """

    patient: PatientId
    booked: datetime = attrs.field(converter=as_instant)
    starts: datetime = attrs.field(converter=as_instant)
    kind: str = attrs.field(validator=slug("visit", "its kind"))
    modality: Modality = Modality.IN_PERSON
    asked: datetime | None = attrs.field(default=None, converter=_maybe_instant)
    confirmed: datetime | None = attrs.field(default=None, converter=_maybe_instant)
    traits: tuple[tuple[str, str], ...] = attrs.field(default=(), validator=_traits)

    def __attrs_post_init__(self) -> None:
        if self.booked > self.starts:
            raise InvalidValue("visit", "it is booked before it begins")


@attrs.frozen
class PastVisit:
    """A visit that was to be, and whether the patient missed it. Cancelled visits are neither and stay out."""

    visit: BookedVisit
    missed: bool


@attrs.frozen(kw_only=True)
class Facts:
    """What the factors are read from. ``lead`` runs from booking to start; weekday (Monday is 0) and hour are the
    office's wall clock; ``kept`` and ``missed`` count the patient's earlier visits.
    """

    lead: timedelta
    kept: int
    missed: int
    weekday: int
    hour: int
    kind: str
    modality: str
    confirmation: str
    traits: tuple[tuple[str, str], ...] = ()

    def trait(self, name: str) -> str:
        """The level of a factor that only the office knows; empty when it was not given."""
        return dict(self.traits).get(name, "")


@attrs.frozen
class TrackRecords:
    """How often each patient kept and missed visits up to any instant; made once from the whole history."""

    _of: Mapping[PatientId, tuple[tuple[datetime, ...], tuple[int, ...]]] = attrs.field(repr=False)

    @classmethod
    def of(cls, past: Iterable[PastVisit]) -> Self:
        """Sort a history by patient and start."""
        by_patient: dict[PatientId, list[tuple[datetime, bool]]] = {}
        for each in past:
            by_patient.setdefault(each.visit.patient, []).append((each.visit.starts, each.missed))
        records = {}
        for patient, visits in by_patient.items():
            visits.sort()
            misses = accumulate((missed for _, missed in visits), initial=0)
            records[patient] = (tuple(starts for starts, _ in visits), tuple(misses))
        return cls(records)

    def counts(self, patient: PatientId, *, before: datetime) -> tuple[int, int]:
        """The visits that a patient kept and missed among those that began before an instant."""
        starts, misses = self._of.get(patient, ((), (0,)))
        place = bisect_left(starts, as_instant(before))
        return place - misses[place], misses[place]

    def facts(self, visit: BookedVisit, *, known_at: datetime, zone: tzinfo) -> Facts:
        """What is known of a visit at an instant; before it was booked nothing was, so the booking is the earliest.

        Raises:
            InvalidValue: when ``known_at`` has no time zone.
        """
        moment = max(as_instant(known_at), visit.booked)
        kept, missed = self.counts(visit.patient, before=min(moment, visit.starts))
        wall = visit.starts.astimezone(zone)
        return Facts(
            lead=visit.starts - visit.booked,
            kept=kept,
            missed=missed,
            weekday=wall.weekday(),
            hour=wall.hour,
            kind=visit.kind,
            modality=str(visit.modality),
            confirmation=_confirmation(visit, moment),
            traits=visit.traits,
        )


def _confirmation(visit: BookedVisit, moment: datetime) -> str:
    if visit.confirmed is not None and visit.confirmed <= moment:
        return "confirmed"
    if visit.asked is not None and visit.asked <= moment:
        return "no-answer"
    return "not-asked"
