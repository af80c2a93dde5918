"""Rules of recall, in data: which visit is due how long after which, and how often patients are asked to it."""

from datetime import date, timedelta
from typing import Final

import attrs

from medoffice.core import InvalidValue
from medoffice.scheduling.fields import whole
from medoffice.scheduling.names import as_slugs, slug, slugs
from medoffice.scheduling.recalls.intervals import Interval
from medoffice.scheduling.reminders.channels import Channel

_MOST: Final = 20
_YEAR: Final = 366


def _channels(_: object, __: object, value: object) -> None:
    if not isinstance(value, tuple) or not value or not all(isinstance(each, Channel) for each in value):
        raise InvalidValue("recall rule", "its channels are a tuple, one at least")


@attrs.frozen(kw_only=True)
class Tries:
    """How patients are asked to come: ``most`` times, ``spacing`` days apart, then a person decides.

    The first try is by the first of ``channels``, the next by the next, and the last serves for all that follow.

    Raises:
        InvalidValue: when a number is out of its bounds or there is no channel.
    """

    most: int = attrs.field(default=3, validator=whole("recall rule", 1, _MOST))
    spacing: int = attrs.field(default=14, validator=whole("recall rule", 1, _YEAR))
    channels: tuple[Channel, ...] = attrs.field(
        default=(Channel.TEXT, Channel.VOICE, Channel.LETTER), validator=_channels
    )

    def preferred(self, tried: int) -> tuple[Channel, ...]:
        """The channels for the next try, the preferred one first, the others to fall back on."""
        first = min(tried, len(self.channels) - 1)
        order = self.channels[first:] + self.channels[:first]
        return tuple(dict.fromkeys(order))


@attrs.frozen(kw_only=True)
class RecallRule:
    """A visit of a kind in ``closes_with`` is due ``interval`` after one of a kind in ``counts_from``.

    None named in ``closes_with`` means any kind; none in ``counts_from`` means those that close it. So a check every
    three months counts from itself, a visit after an operation counts from the operation, and "not seen for a year"
    names neither. Patients are asked from ``ahead`` days before it is due.

    Raises:
        InvalidValue: when its code is no slug, or a number is out of its bounds.
    """

    code: str = attrs.field(validator=slug("recall rule", "its code"))
    interval: Interval
    closes_with: frozenset[str] = attrs.field(
        default=frozenset(), converter=as_slugs, validator=slugs("recall rule", "the kinds that close it")
    )
    counts_from: frozenset[str] = attrs.field(
        default=frozenset(), converter=as_slugs, validator=slugs("recall rule", "the kinds it counts from")
    )
    ahead: int = attrs.field(default=30, validator=whole("recall rule", 0, _YEAR))
    tries: Tries = Tries()

    def closes(self, kind: str) -> bool:
        """Whether a visit of that kind is what the recall asks for."""
        return not self.closes_with or kind in self.closes_with

    def counts(self, kind: str) -> bool:
        """Whether a visit of that kind makes the next one due."""
        return kind in self.counts_from if self.counts_from else self.closes(kind)

    def first_try(self, due: date) -> date:
        """The first day on which a patient is asked."""
        return due - timedelta(days=self.ahead)
