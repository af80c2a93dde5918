"""What a practice lets the waitlist do: how fast it asks, whom how often, and what it leaves to a person.

The defaults for short notice are those that practices told of (MGMA, *Designing backfill and overbooking by
specialty*): nothing is filled by itself within 72 hours where the visit is complex.
"""

from datetime import timedelta
from typing import Final, Self
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import InvalidValue
from medoffice.scheduling.names import is_slug
from medoffice.scheduling.visits import VisitType
from medoffice.scheduling.waitlist.asking import AskingHours

_NOTHING: Final = timedelta(0)


def _not_negative(_: object, attribute: "attrs.Attribute[timedelta]", value: timedelta) -> None:
    if value < _NOTHING:
        raise InvalidValue("waitlist policy", f"{attribute.name} is not below zero")


def _counts(least: int) -> "attrs._ValidatorType[int]":
    def check(_: object, attribute: "attrs.Attribute[int]", value: object) -> None:
        if type(value) is not int or value < least:
            raise InvalidValue("waitlist policy", f"{attribute.name} is a whole number from {least} on")

    return check


@attrs.frozen(kw_only=True)
class Waves:
    """How a slot is offered: ``sizes`` patients at a time, wave after wave, and to no more than their sum.

    The waves spread evenly over the asking time that is left, ``shortest_gap`` to ``longest_gap`` apart; where
    time is too short for all, what is left of the plan goes out in fewer, larger waves, none above
    ``largest``. An offer stands for ``patience`` gaps: with 1 the next wave begins when the last has run out,
    with 2 it begins half-way. More patience loses fewer late answers and disappoints more patients, since more
    offers stand at once.

    Raises:
        InvalidValue: when there is no size, a number is below 1, a size is above the largest, or the gaps are
        not in order.
    """

    sizes: tuple[int, ...] = (2, 3, 4, 5, 6)
    largest: int = attrs.field(default=8, validator=_counts(1))
    shortest_gap: timedelta = timedelta(minutes=20)
    longest_gap: timedelta = timedelta(hours=3)
    patience: int = attrs.field(default=2, validator=_counts(1))

    def __attrs_post_init__(self) -> None:
        if not self.sizes or any(type(size) is not int or size < 1 for size in self.sizes):
            raise InvalidValue("waitlist policy", "the waves have sizes of 1 or more, one at least")
        if max(self.sizes) > self.largest:
            raise InvalidValue("waitlist policy", "no wave is above the largest")
        if not _NOTHING < self.shortest_gap <= self.longest_gap:
            raise InvalidValue("waitlist policy", "the shortest gap is above zero, the longest no shorter")

    @property
    def most_asked(self) -> int:
        """How many patients one slot is offered to at most."""
        return sum(self.sizes)

    @classmethod
    def one_at_a_time(cls, *, most: int = 20, answer_within: timedelta = timedelta(hours=2)) -> Self:
        """The next patient is asked when the last has answered, or has not for so long."""
        return cls(
            sizes=(1,) * most, largest=1, shortest_gap=answer_within, longest_gap=answer_within, patience=1
        )

    @classmethod
    def broadcast(cls, *, to: int = 10_000, answer_within: timedelta = timedelta(days=30)) -> Self:
        """Everybody whom the time suits is asked at once, and the first to answer has it."""
        return cls(sizes=(to,), largest=to, shortest_gap=answer_within, longest_gap=answer_within, patience=1)


@attrs.frozen(kw_only=True)
class Rails:
    """What is filled by itself, for one kind of visit.

    ``is_automatic=False`` leaves the kind to the desk always. ``no_fill_within`` is how short before its start a
    slot is no longer offered, ``no_fill_within_complex`` the same for visits that are complex. A patient who has
    a visit already is asked only when the new one is ``least_gain`` sooner. A visit may leave ``most_unused`` of
    the time that became free.

    Raises:
        InvalidValue: when a length of time is below zero.
    """

    is_automatic: bool = True
    no_fill_within: timedelta = attrs.field(default=timedelta(hours=2), validator=_not_negative)
    no_fill_within_complex: timedelta = attrs.field(default=timedelta(hours=72), validator=_not_negative)
    least_gain: timedelta = attrs.field(default=timedelta(days=1), validator=_not_negative)
    most_unused: timedelta = attrs.field(default=timedelta(minutes=30), validator=_not_negative)

    def notice_for(self, visit: VisitType) -> timedelta:
        """How short before its start a slot is no longer offered for a visit."""
        return self.no_fill_within_complex if visit.is_complex else self.no_fill_within


@attrs.frozen(kw_only=True)
class Limits:
    """How often one patient is asked, whatever for: a day of the office, any seven days, and after a no.

    A patient who declined is left in peace for ``rest_after_decline`` and loses nothing else by it.

    Raises:
        InvalidValue: when a number is not a whole one from 1, or the rest is below zero.
    """

    a_day: int = attrs.field(default=2, validator=_counts(1))
    a_week: int = attrs.field(default=4, validator=_counts(1))
    rest_after_decline: timedelta = attrs.field(default=timedelta(days=1), validator=_not_negative)


@attrs.frozen(kw_only=True)
class Points:
    """What counts for how much when those whom a slot suits are put in order.

    Days waited and gained count up to a limit, days without being asked do not: whoever is not asked for long
    enough comes before everybody of the same urgency. ``fit`` is for a clinician asked for by name, ``missed``
    for each yes that came too late, until the patient is asked again; what is unused of the time counts against
    a visit by the five minutes.

    Raises:
        InvalidValue: when ``a_day_unasked`` is not a whole number from 1: who is passed over has to come up in the end.
    """

    soon: int = 40
    urgent: int = 120
    a_day_gained: int = 1
    most_days_gained: int = 30
    a_day_waited: int = 1
    most_days_waited: int = 60
    a_day_unasked: int = attrs.field(default=3, validator=_counts(1))
    a_recent_ask: int = -10
    fit: int = 10
    missed: int = 20
    five_minutes_unused: int = -2


@attrs.frozen(kw_only=True)
class WaitlistPolicy:
    """A practice's rules for its waitlist, as data.

    ``rails`` hold for every kind of visit that has none of its own; ``by_specialty`` and ``by_visit`` replace
    them, the visit type before its specialty.

    Raises:
        InvalidValue: when a code is not a slug, or comes twice.
    """

    asking: AskingHours
    waves: Waves = Waves()
    limits: Limits = Limits()
    points: Points = Points()
    rails: Rails = Rails()
    by_specialty: tuple[tuple[str, Rails], ...] = ()
    by_visit: tuple[tuple[str, Rails], ...] = ()

    def __attrs_post_init__(self) -> None:
        for several in (self.by_specialty, self.by_visit):
            codes = [code for code, _ in several]
            if len(set(codes)) < len(codes) or not all(map(is_slug, codes)):
                raise InvalidValue(
                    "waitlist policy", "each specialty and visit type is named once, by its slug"
                )

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the office's days and clocks."""
        return self.asking.zone

    def rails_for(self, visit: VisitType) -> Rails:
        """The rules for a kind of visit: its own, its specialty's, or everybody's."""
        own, specialty = dict(self.by_visit), dict(self.by_specialty)
        return own.get(visit.code) or specialty.get(visit.specialty) or self.rails
