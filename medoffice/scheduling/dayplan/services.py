"""How long a visit takes, as a distribution in minutes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from fractions import Fraction
from math import fsum, gcd, isfinite, lcm
from typing import Final, Self, TypeAlias

import attrs

from medoffice.core.errors import InvalidValue

Minutes: TypeAlias = int | float | Fraction | timedelta
Masses: TypeAlias = tuple[tuple[Fraction, float], ...]

_LONGEST: Final = Fraction(24 * 60)
_SHORTEST_MEAN: Final = 0.01
_SUM_TOLERANCE: Final = 1e-9


def minutes_of(value: Minutes, *, kind: str) -> Fraction:
    """A number of minutes as the fraction that its shortest decimal writing means: ``0.1`` is a tenth.

    Raises:
        InvalidValue: when it is no number, below zero, or above a day.
    """
    if isinstance(value, timedelta):
        minutes = Fraction(value // timedelta(microseconds=1), 60_000_000)
    elif isinstance(value, bool) or not isinstance(value, int | float | Fraction) or not isfinite(value):
        raise InvalidValue(kind, "minutes are a finite number or a timedelta")
    else:
        minutes = value if isinstance(value, Fraction) else Fraction(str(value))
    if not 0 <= minutes <= _LONGEST:
        raise InvalidValue(kind, "minutes lie between zero and a day")
    return minutes


def probability_of(value: float | Fraction, *, kind: str) -> float:
    """A probability as a float.

    Raises:
        InvalidValue: when it does not lie between zero and one.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction) or not 0 <= value <= 1:
        raise InvalidValue(kind, "a probability lies between zero and one")
    return float(value)


def _positive_minutes(value: Minutes) -> float:
    minutes = float(minutes_of(value, kind="length of visit"))
    if minutes < _SHORTEST_MEAN:
        raise InvalidValue("length of visit", "its mean is above zero: a hundredth of a minute at least")
    return minutes


def _masses(given: Mapping[Minutes, float]) -> Masses:
    """Rising minutes with their probabilities, which are scaled to sum to one exactly."""
    summed: dict[Fraction, float] = {}
    for value, probability in given.items():
        minutes = minutes_of(value, kind="length of visit")
        summed[minutes] = summed.get(minutes, 0.0) + probability_of(probability, kind="length of visit")
    total = fsum(summed.values())
    if abs(total - 1) > _SUM_TOLERANCE:
        raise InvalidValue("length of visit", "its probabilities sum to one")
    return tuple((minutes, mass / total) for minutes, mass in sorted(summed.items()) if mass)


def _moments(masses: Masses) -> tuple[float, float]:
    mean = fsum(float(minutes) * mass for minutes, mass in masses)
    return mean, fsum((float(minutes) - mean) ** 2 * mass for minutes, mass in masses)


@attrs.frozen
class Exponential:
    """A visit whose remaining time never depends on how long it has lasted; ``mean`` in minutes.

    Raises:
        InvalidValue: when the mean is below a hundredth of a minute, or above a day.
    """

    mean: float = attrs.field(converter=_positive_minutes)

    @property
    def variance(self) -> float:
        """In square minutes."""
        return self.mean**2


@attrs.frozen
class Empirical:
    """A visit that takes one of some numbers of minutes, each with its probability: ``{10: 0.5, 20: 0.5}``.

    Raises:
        InvalidValue: when a number of minutes is below zero or above a day, or the probabilities do not sum to
            one within 1e-9.
    """

    masses: Masses = attrs.field(converter=_masses)

    @classmethod
    def of(cls, samples: Iterable[Minutes]) -> Self:
        """The lengths that were seen, each as probable as it was frequent.

        Raises:
            InvalidValue: when there is none, or one is not a number of minutes within a day.
        """
        counts = Counter(minutes_of(sample, kind="length of visit") for sample in samples)
        seen = counts.total()
        if not seen:
            raise InvalidValue("length of visit", "at least one was seen")
        return cls({minutes: count / seen for minutes, count in counts.items()})

    @property
    def mean(self) -> float:
        """In minutes."""
        return _moments(self.masses)[0]

    @property
    def variance(self) -> float:
        """In square minutes."""
        return _moments(self.masses)[1]


@attrs.frozen
class TwoPoint:
    """A visit that is ``short`` or, with ``probability_of_long``, ``long``; minutes.

    Raises:
        InvalidValue: when ``short`` is above ``long``, or what :class:`Empirical` raises.
    """

    short: Minutes
    long: Minutes
    probability_of_long: float
    masses: Masses = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        short, long = (minutes_of(value, kind="length of visit") for value in (self.short, self.long))
        if short > long:
            raise InvalidValue("length of visit", "the short one is no longer than the long one")
        chance = probability_of(self.probability_of_long, kind="length of visit")
        masses: dict[Minutes, float] = {short: 1.0} if short == long else {short: 1 - chance, long: chance}
        object.__setattr__(self, "masses", _masses(masses))

    @property
    def mean(self) -> float:
        """In minutes."""
        return _moments(self.masses)[0]

    @property
    def variance(self) -> float:
        """In square minutes."""
        return _moments(self.masses)[1]


Service: TypeAlias = Exponential | Empirical | TwoPoint


def unit_of(slot: Fraction, visits: Iterable[Masses]) -> Fraction:
    """The most minutes of which the slot and every length are whole multiples."""
    values = [slot, *(minutes for masses in visits for minutes, _ in masses)]
    below = lcm(*(value.denominator for value in values))
    return Fraction(gcd(*(int(value * below) for value in values)), below)


def steps_of(masses: Masses, show: float, *, unit: Fraction) -> tuple[tuple[int, float], ...]:
    """How many units of work a booked patient brings, rising, with probabilities; none when nobody comes."""
    steps = {0: 1 - show}
    for minutes, mass in masses:
        units = int(minutes / unit)
        steps[units] = steps.get(units, 0.0) + show * mass
    return tuple((units, chance) for units, chance in sorted(steps.items()) if chance)
