"""The law of one patient's wait: the line ahead, those who may still come and go before, and a grain of doubt.

Laws are of whole minutes, each spread evenly over the minute around it. One part in a hundred of every forecast is a law
that knows only the mean ``m``, ``P(wait <= t) = t / (t + m)``: so that no wait is impossible, however long, and a longer
one always stands higher in the law than a shorter one. What the model leaves out (breaks, slow days, who else will be
lifted), the calibration puts right.
"""

from collections.abc import Callable
from typing import Final

import attrs

from medoffice.core import InvalidValue
from medoffice.scheduling.flow.calls import AT_ONCE, Ahead, Caller, called_by
from medoffice.scheduling.flow.minutes import HORIZON, Minutes
from medoffice.scheduling.flow.overtaking import hits_at, jumps_a_minute

_UNKNOWN: Final = 0.01
_HALF: Final = 0.5


def _some(_: object, __: object, value: tuple[Caller, ...]) -> None:
    if not value:
        raise InvalidValue("forecast", "it takes a caller")


@attrs.frozen(kw_only=True)
class Forecast:
    """The wait of whoever is behind ``ahead``, in any order.

    ``rate``: how many patients come in a minute who go before although they come later, each with a cycle of the law
    ``urgent``; after ``overtaken_for`` minutes none does any more, and those of them who wait then come after.

    Raises:
        InvalidValue: when there is no caller, or the rate or the minutes are negative.
    """

    callers: tuple[Caller, ...] = attrs.field(validator=_some)
    ahead: tuple[Ahead, ...] = ()
    rate: float = 0.0
    urgent: Minutes = AT_ONCE
    overtaken_for: int = HORIZON

    _base: dict[int, float] = attrs.field(init=False, repr=False, eq=False, factory=dict)
    _whole: dict[int, float] = attrs.field(init=False, repr=False, eq=False, factory=dict)
    _called_by: Callable[[int], float] = attrs.field(
        init=False,
        repr=False,
        eq=False,
        default=attrs.Factory(lambda self: called_by(self.callers, self.ahead), takes_self=True),
    )

    def __attrs_post_init__(self) -> None:
        if self.rate < 0 or self.overtaken_for < 0:
            raise InvalidValue("forecast", "its rate and its minutes are not negative")

    def within(self, minutes: float) -> float:
        """The probability of being called within so many minutes; none for a negative number."""
        if minutes <= 0:
            return 0.0
        minute = min(int(minutes + _HALF), HORIZON)
        before, upto = self.within_whole(minute - 1), self.within_whole(minute)
        width = _HALF if minute == 0 else 1.0
        part = min(1.0, (minutes - max(0.0, minute - _HALF)) / width)
        exact = before + part * (upto - before)
        return (1 - _UNKNOWN) * exact + _UNKNOWN * minutes / (minutes + self.rough_mean)

    @property
    def rough_mean(self) -> float:
        """The work ahead shared between the clinicians, after the mean of their first calls; a minute at least."""
        work = sum(one.cycle.mean for one in self.ahead)
        first = sum(caller.first.mean for caller in self.callers)
        return max(1.0, (work + first) / len(self.callers))

    def within_whole(self, minutes: int) -> float:
        """The same for a whole number of minutes and by the model alone; worked out minute by minute, and kept."""
        if minutes < 0:
            return 0.0
        start = minutes
        while start >= 0 and start not in self._whole:
            start -= 1
        for minute in range(start + 1, minutes + 1):
            self._base[minute] = max(self._base.get(minute - 1, 0.0), self._called_by(minute))
            self._whole[minute] = self._disturbed(minute) if self.rate and minute else self._base[minute]
        return self._whole[minutes]

    def _disturbed(self, minutes: int) -> float:
        """At first those who overtake count; from then on only what was left to be done when they stopped."""
        jumps = jumps_a_minute(self.urgent, self.rate, between=len(self.callers))
        before, passed = self._whole[minutes - 1], max(0, minutes - self.overtaken_for)
        starts = [self._base[minute] for minute in range(passed, minutes + 1)]
        if not passed:
            return min(1.0, before + hits_at(minutes, starts=starts, jumps=jumps))
        hit = sum(hits_at(minute, starts=starts, jumps=jumps) for minute in range(1, len(starts)))
        return max(before, min(1.0, starts[0] + hit))

    def quantile(self, level: float) -> float:
        """The number of minutes within which being called has that probability, to the second; the horizon when it
        is longer.
        """
        minute = 0
        while minute < HORIZON and self.within(minute) < level:
            minute += 1
        low, high = max(0, minute - 1) * 60, minute * 60
        while low < high:
            middle = (low + high) // 2
            if self.within(middle / 60) >= level:
                high = middle
            else:
                low = middle + 1
        return low / 60
