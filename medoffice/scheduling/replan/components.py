"""The components of a disruption, each by what it depends on: the day, the clock, the kind of place, the instant.

A cost is the sum of four shares. Each share depends on little (a day; a time of day; the resources), so that the table
of all costs looks each up instead of working it out again for every visit and place.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

import attrs

from medoffice.core import ResourceId, TimeSlot
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.needs import Need
from medoffice.scheduling.replan.displaced import Continuity, Displaced
from medoffice.scheduling.replan.disruption import Obstacle, Part
from medoffice.scheduling.replan.places import Place
from medoffice.scheduling.replan.question import Question
from medoffice.scheduling.replan.weights import DisruptionWeights
from medoffice.scheduling.resources import Resource
from medoffice.scheduling.urgency import Urgency

_QUARTER: Final = 15

Share = tuple[Part, ...] | Obstacle


@attrs.frozen(kw_only=True)
class Kind:
    """What places of a kind have in common: all but when they are."""

    resources: tuple[ResourceId, ...]
    visit_types: frozenset[str]
    modalities: frozenset[Modality]
    location: str
    seats: int
    before: timedelta
    length: timedelta
    after: timedelta

    @classmethod
    def of(cls, place: Place) -> "Kind":
        """The kind of a place."""
        return cls(
            resources=place.resources,
            visit_types=place.visit_types,
            modalities=place.modalities,
            location=place.location,
            seats=place.seats,
            before=place.slot.start - place.occupied.start,
            length=place.slot.length,
            after=place.occupied.end - place.slot.end,
        )


def day_share(
    old: date,
    new: date,
    *,
    urgency: Urgency,
    earliest: date | None,
    latest: date | None,
    weights: DisruptionWeights,
) -> Share:
    """By how many calendar days of the office, and whether to another day of the week."""
    if earliest is not None and new < earliest:
        return Obstacle.TOO_EARLY
    if latest is not None and new > latest:
        return Obstacle.TOO_LATE
    days, parts = (new - old).days, []
    if days > 0:
        parts.append(Part("days-later", "days later", days, weights.later.of(urgency)))
    elif days < 0:
        parts.append(Part("days-earlier", "days earlier", -days, weights.earlier))
    if new.weekday() != old.weekday():
        parts.append(Part("other-weekday", "another day of the week", 1, weights.other_weekday))
    return tuple(parts)


def clock_share(old: int, new: int, *, weights: DisruptionWeights) -> tuple[Part, ...]:
    """By how much the time of day differs; both are minutes after midnight on the office's clock."""
    quarters = -(-abs(new - old) // _QUARTER)
    if not quarters:
        return ()
    return (Part("time-of-day", "quarters of an hour off the usual time", quarters, weights.quarter_hour),)


def notice_share(start: datetime, *, is_old_time: bool, now: datetime, weights: DisruptionWeights) -> Share:
    """Whether the patient learns of another time at short notice; at the old time, they come as they would have."""
    if start < now:
        return Obstacle.PAST
    if is_old_time or start >= now + timedelta(hours=weights.notice_hours):
        return ()
    return (Part("short-notice", "at short notice", 1, weights.short_notice),)


def kind_share(displaced: Displaced, kind: Kind, question: Question) -> "tuple[Modality, Share]":
    """With whom, where and how; the modality is the visit's own where the place allows it."""
    appointment, visit, weights = displaced.appointment, displaced.visit, question.weights
    same = appointment.modality
    is_other_kind = bool(kind.visit_types) and visit.code not in kind.visit_types
    if is_other_kind or (kind.seats > 1 and not visit.is_group):
        return same, Obstacle.KIND
    if not _is_long_enough(kind, appointment):
        return same, Obstacle.LENGTH
    there = [question.by_id[each] for each in kind.resources]
    modality = _modality(displaced, kind, there, question)
    if modality is None:
        return same, Obstacle.NEEDS
    wanted = displaced.clinicians or question.clinicians.intersection(appointment.resources)
    parts = []
    if wanted and wanted.isdisjoint(kind.resources):
        if displaced.continuity is Continuity.REQUIRED:
            return modality, Obstacle.CLINICIAN
        if displaced.continuity is Continuity.PREFERRED:
            points = weights.other_clinician_than_wanted
            parts.append(Part("other-clinician", "not the clinician whom the patient wants", 1, points))
        else:
            parts.append(Part("other-clinician", "another clinician", 1, weights.other_clinician))
    if appointment.location and kind.location and appointment.location != kind.location:
        parts.append(Part("other-location", "at another site", 1, weights.other_location))
    if modality is not same:
        parts.append(Part("other-modality", f"{modality} instead", 1, weights.other_modality))
    return modality, tuple(parts)


def _is_long_enough(kind: Kind, appointment: Appointment) -> bool:
    """Whether the visit is within the place's time, buffers included; with seats of a group, whether it is the same."""
    before = appointment.slot.start - appointment.occupied.start
    after = appointment.occupied.end - appointment.slot.end
    length = appointment.slot.length
    if kind.seats > 1:
        return (before, length, after) == (kind.before, kind.length, kind.after)
    return before <= kind.before and length <= kind.length and length + after <= kind.length + kind.after


def _modality(
    displaced: Displaced, kind: Kind, there: Sequence[Resource], question: Question
) -> Modality | None:
    """The way in which the visit can take place there: its own if it can, else another of its kind's."""
    same = displaced.appointment.modality
    others = sorted(displaced.visit.modalities - {same}, key=str)
    for modality in (same, *others):
        allowed = not kind.modalities or modality in kind.modalities
        needs = displaced.visit.needs_for(modality)
        has_clinician = not question.clinicians.isdisjoint(kind.resources)
        if allowed and (are_met(needs, there) if needs else has_clinician):
            return modality
    return None


def are_met(needs: Sequence[Need], resources: Sequence[Resource]) -> bool:
    """Whether every need is met, each by another resource: a matching, grown by augmenting paths."""
    filled_by: dict[int, int] = {}  # resource -> need

    def place(need: int, tried: set[int]) -> bool:
        for which, resource in enumerate(resources):
            if which not in tried and needs[need].is_met_by(resource):
                tried.add(which)
                if which not in filled_by or place(filled_by[which], tried):
                    filled_by[which] = need
                    return True
        return False

    return all(place(need, set()) for need in range(len(needs)))


def is_unavailable(displaced: Displaced, start: datetime) -> bool:
    """Whether the patient cannot come for the whole of a visit that begins then."""
    slot = TimeSlot.lasting(start, displaced.appointment.slot.length)
    return any(slot.overlaps(each) for each in displaced.unavailable)
