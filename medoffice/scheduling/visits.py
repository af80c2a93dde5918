"""Kinds of visit: how long each takes, what it needs, and the time around it in which that is not free."""

from datetime import datetime, timedelta
from typing import Final

import attrs

from medoffice.core import InvalidValue, TimeSlot
from medoffice.scheduling.fields import modalities, one_line
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.names import slug
from medoffice.scheduling.needs import AnyOf, Need, OneOf

_DAY: Final = 24 * 60
_MOST_SEATS: Final = 500


def _minutes(least: int) -> "attrs._ValidatorType[int]":
    def check(_: object, attribute: "attrs.Attribute[int]", value: object) -> None:
        if type(value) is not int or not least <= value <= _DAY:
            raise InvalidValue(
                "visit type", f"{attribute.name} is a whole number of minutes from {least} to {_DAY}"
            )

    return check


def _seats(_: object, __: "attrs.Attribute[int]", value: object) -> None:
    if type(value) is not int or not 1 <= value <= _MOST_SEATS:
        raise InvalidValue("visit type", f"its capacity is a whole number from 1 to {_MOST_SEATS}")


def _some(_: object, __: object, value: frozenset[Modality]) -> None:
    if not value or not all(isinstance(each, Modality) for each in value):
        raise InvalidValue("visit type", "its modalities are in person, telehealth or both")


def _needs(_: object, __: object, value: object) -> None:
    if not isinstance(value, tuple) or not all(isinstance(each, OneOf | AnyOf) for each in value):
        raise InvalidValue("visit type", "its needs are OneOf and AnyOf values")


@attrs.frozen(kw_only=True)
class VisitType:
    """A kind of visit: its code, its name for people, its length and buffers in whole minutes of elapsed
    time, and what it needs.

    The buffers are the preparation before and the tidying after; they occupy clinician and room, not the
    patient. ``new_patient_minutes`` is the length for somebody the office has not seen yet, where that
    differs. ``needs`` are all taken at once, each filled by another resource; without any, one provider who is
    there is enough. ``capacity`` is how many patients share one visit of a group. ``modalities`` are the ways in
    which it can take place. ``specialty`` groups kinds of visit for a practice's rules; ``is_complex`` marks
    those that need preparation and so are not filled at short notice.

    Raises:
        InvalidValue: when the code is not a slug, the name is empty, a number is out of its bounds, or there is
        no modality.
    """

    code: str = attrs.field(validator=slug("visit type", "its code"))
    name: str = attrs.field(validator=one_line("visit type", "its name"))
    minutes: int = attrs.field(validator=_minutes(1))
    buffer_before: int = attrs.field(default=0, validator=_minutes(0))
    buffer_after: int = attrs.field(default=0, validator=_minutes(0))
    new_patient_minutes: int | None = attrs.field(
        default=None, validator=attrs.validators.optional(_minutes(1))
    )
    needs: tuple[Need, ...] = attrs.field(default=(), validator=_needs)
    capacity: int = attrs.field(default=1, validator=_seats)
    modalities: frozenset[Modality] = attrs.field(
        default=frozenset((Modality.IN_PERSON,)), converter=modalities, validator=_some
    )
    specialty: str = attrs.field(default="", validator=slug("visit type", "its specialty", or_empty=True))
    is_complex: bool = False

    @property
    def length(self) -> timedelta:
        """How long a patient whom the office knows is there."""
        return timedelta(minutes=self.minutes)

    @property
    def is_group(self) -> bool:
        """Whether several patients share one visit."""
        return self.capacity > 1

    @property
    def usual_modality(self) -> Modality:
        """In person where that is possible."""
        return Modality.IN_PERSON if Modality.IN_PERSON in self.modalities else Modality.TELEHEALTH

    def length_for(self, *, new_patient: bool) -> timedelta:
        """How long the patient is there."""
        if new_patient and self.new_patient_minutes is not None:
            return timedelta(minutes=self.new_patient_minutes)
        return self.length

    def needs_for(self, modality: Modality) -> tuple[Need, ...]:
        """What a visit of that modality takes up."""
        return tuple(need for need in self.needs if need.modality in {None, modality})

    def slot_at(self, start: datetime, *, new_patient: bool = False) -> TimeSlot:
        """The patient's time when the visit starts at an instant.

        Raises:
            InvalidValue: when ``start`` has no time zone.
        """
        return TimeSlot.lasting(start, self.length_for(new_patient=new_patient))

    def occupied_at(self, start: datetime, *, new_patient: bool = False) -> TimeSlot:
        """The time that clinician and room are taken for: the visit with both of its buffers.

        Raises:
            InvalidValue: when ``start`` has no time zone.
        """
        return self.slot_at(start, new_patient=new_patient).widened(
            before=timedelta(minutes=self.buffer_before), after=timedelta(minutes=self.buffer_after)
        )
