"""Hours in which nobody is disturbed, on the clock of whoever would be."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import InvalidValue, Twice, as_instant, at_wall_time
from medoffice.scheduling.hours import first_showing
from medoffice.scheduling.reminders.channels import Channel

_DISTURBING: Final = frozenset({Channel.TEXT, Channel.VOICE})


def _channels(value: Iterable[Channel]) -> frozenset[Channel]:
    return frozenset(value)


@attrs.frozen
class QuietHours:
    """No message on ``channels`` from ``begins`` up to ``ends``, in wall time, over midnight when it ends earlier.

    The default, nine in the evening to eight in the morning at the place of the one called, is what 47 CFR
    64.1200(c)(1) sets for telephone solicitations. A reminder is none; it is a courtesy all the same. Equal times
    mean that no hour is quiet.

    Raises:
        InvalidValue: when a time carries a zone of its own.
    """

    begins: time = time(21)
    ends: time = time(8)
    channels: frozenset[Channel] = attrs.field(default=_DISTURBING, converter=_channels)

    def __attrs_post_init__(self) -> None:
        if self.begins.tzinfo is not None or self.ends.tzinfo is not None:
            raise InvalidValue("quiet hours", "the zone is the patient's, not the clock time's")

    def is_quiet(self, moment: datetime, *, zone: ZoneInfo) -> bool:
        """Whether the clocks of ``zone`` show a quiet time at an instant.

        Raises:
            InvalidValue: when the instant has no time zone.
        """
        clock = as_instant(moment).astimezone(zone).time().replace(fold=0)
        if self.begins <= self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends

    def over_at(self, moment: datetime, *, zone: ZoneInfo) -> datetime:
        """The first instant from ``moment`` on (in UTC) that is not quiet.

        Where the clocks are changed, that is the first instant at which they no longer show a quiet time, be it that
        the hour in which the quiet would end is left out or comes twice.

        Raises:
            InvalidValue: when the instant has no time zone.
        """
        at = as_instant(moment)
        for _ in range(
            4
        ):  # one for tonight, one for midnight, two for clocks that are put back into the quiet
            if not self.is_quiet(at, zone=zone):
                return at
            at = self._next_end(at, zone)
        return at

    def _next_end(self, at: datetime, zone: ZoneInfo) -> datetime:
        day = at.astimezone(zone).date()
        for ahead in range(3):
            there = day + timedelta(days=ahead)
            first = first_showing(there, self.ends, zone)
            for end in (first, at_wall_time(there, self.ends, zone, twice=Twice.SECOND)):
                if end > at:
                    return end
        raise InvalidValue("quiet hours", "the clocks of this zone do not come to their end")
