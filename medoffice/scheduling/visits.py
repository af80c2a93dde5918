"""Kinds of visit: how long each takes, and the time around it in which its people and rooms are not free."""

import re
from datetime import datetime, timedelta
from typing import Final

import attrs

from medoffice.core import InvalidValue, TimeSlot

_SLUG: Final = r"[a-z0-9]+(-[a-z0-9]+)*"
_DAY: Final = 24 * 60


def _slug(_: object, __: "attrs.Attribute[str]", value: object) -> None:
    if not isinstance(value, str) or re.fullmatch(_SLUG, value, re.ASCII) is None:
        raise InvalidValue("visit type", "its code is lower-case words and digits joined by hyphens")


def _one_line(_: object, __: "attrs.Attribute[str]", value: object) -> None:
    if not isinstance(value, str) or not value or value != " ".join(value.split()):
        raise InvalidValue("visit type", "its name is one line and not empty")


def _minutes(least: int) -> "attrs._ValidatorType[int]":
    def check(_: object, attribute: "attrs.Attribute[int]", value: object) -> None:
        if type(value) is not int or not least <= value <= _DAY:
            raise InvalidValue(
                "visit type", f"{attribute.name} is a whole number of minutes from {least} to {_DAY}"
            )

    return check


@attrs.frozen(kw_only=True)
class VisitType:
    """A kind of visit: its code, its name for people, its length and buffers in whole minutes of elapsed
    time.

    The buffers are the preparation before and the tidying after; they occupy clinician and room, not the
    patient.

    Raises:
        InvalidValue: when the code is not a slug, the name is empty, or a number of minutes is out of a day.
    """

    code: str = attrs.field(validator=_slug)
    name: str = attrs.field(validator=_one_line)
    minutes: int = attrs.field(validator=_minutes(1))
    buffer_before: int = attrs.field(default=0, validator=_minutes(0))
    buffer_after: int = attrs.field(default=0, validator=_minutes(0))

    @property
    def length(self) -> timedelta:
        """How long the patient is there."""
        return timedelta(minutes=self.minutes)

    def slot_at(self, start: datetime) -> TimeSlot:
        """The patient's time when the visit starts at an instant.

        Raises:
            InvalidValue: when ``start`` has no time zone.
        """
        return TimeSlot.lasting(start, self.length)

    def occupied_at(self, start: datetime) -> TimeSlot:
        """The time that clinician and room are taken for: the visit with both of its buffers.

        Raises:
            InvalidValue: when ``start`` has no time zone.
        """
        return self.slot_at(start).widened(
            before=timedelta(minutes=self.buffer_before), after=timedelta(minutes=self.buffer_after)
        )
