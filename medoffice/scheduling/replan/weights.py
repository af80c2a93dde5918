"""What a disruption costs, in points: a practice's policy, not a law of nature.

A point has no unit but the others. The defaults say that a routine visit that is put off by three days is as bad as
one with another clinician when the patient did not ask for the same. They are ours, rest on no study, and are meant to
be argued about and changed; what is proven is that no plan is cheaper by them.
"""

import attrs

from medoffice.core import InvalidValue
from medoffice.scheduling.urgency import Urgency

_MOST = 1_000_000


def _points(_: object, attribute: "attrs.Attribute[int]", value: object) -> None:
    if type(value) is not int or not 0 <= value <= _MOST:
        raise InvalidValue("weight", f"{attribute.name} is a whole number from 0 to {_MOST}")


@attrs.frozen(kw_only=True)
class ByUrgency:
    """A number of points for each urgency.

    Raises:
        InvalidValue: when a number is not whole, is negative, or is less for the more urgent.
    """

    routine: int = attrs.field(validator=_points)
    soon: int = attrs.field(validator=_points)
    urgent: int = attrs.field(validator=_points)

    def __attrs_post_init__(self) -> None:
        if not self.routine <= self.soon <= self.urgent:
            raise InvalidValue("weight", "the more urgent never weighs less")

    def of(self, urgency: Urgency) -> int:
        """The points of one urgency."""
        return (self.routine, self.soon, self.urgent)[urgency]


@attrs.frozen(kw_only=True)
class DisruptionWeights:
    """Points of each component of a disruption.

    Attributes:
        later: for each calendar day that the visit is later than it was, by urgency.
        earlier: for each calendar day that it is sooner than it was.
        quarter_hour: for each quarter of an hour, the last one begun counted whole, by which the time of day
            (on the office's clock) differs.
        other_weekday: when it falls on another day of the week.
        other_clinician: when none of the clinicians is the patient's, and the patient does not mind.
        other_clinician_than_wanted: the same, when the patient would rather keep theirs.
        other_location: when it is at another site.
        other_modality: when it becomes telehealth, or in person.
        short_notice: when its time changes and it begins within ``notice_hours`` from now.
        notice_hours: how many hours' notice are short.
        no_place: when it finds no place and a person has to call, by urgency; a visit never gets a place that
            costs more than this.

    Raises:
        InvalidValue: when a number is not whole or is out of its bounds.
    """

    later: ByUrgency = ByUrgency(routine=10, soon=20, urgent=60)
    earlier: int = attrs.field(default=5, validator=_points)
    quarter_hour: int = attrs.field(default=1, validator=_points)
    other_weekday: int = attrs.field(default=8, validator=_points)
    other_clinician: int = attrs.field(default=30, validator=_points)
    other_clinician_than_wanted: int = attrs.field(default=120, validator=_points)
    other_location: int = attrs.field(default=40, validator=_points)
    other_modality: int = attrs.field(default=40, validator=_points)
    short_notice: int = attrs.field(default=40, validator=_points)
    notice_hours: int = attrs.field(default=24, validator=_points)
    no_place: ByUrgency = ByUrgency(routine=2_000, soon=4_000, urgent=8_000)
