"""The question that a day plan answers: one clinician, a session of equal slots, and who is expected.

The model. Slot ``t`` (from 0) begins at ``t`` times ``slot`` minutes; the clinician is there from 0 to the end of the
last slot, and after it until everybody is seen. Each patient comes exactly on time or, with the probability
``no_show``, not at all, independently of the others. Patients are seen in their order, each at once when the clinician
is free; those of one slot in their order too. *Wait* is the expected sum over the patients of the minutes between
the beginning of the slot and the visit (none for who does not come), *overtime* the expected minutes after the last
slot, *idle* the expected minutes in which the clinician is there and sees nobody:

    idle = slots * slot + overtime - sum(show * mean)
    cost = weights.wait * wait + weights.idle * idle + weights.overtime * overtime
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from math import fsum, inf, isfinite
from typing import Final, Self

import attrs

from medoffice.core.errors import InvalidValue
from medoffice.scheduling.dayplan.services import Exponential, Minutes, Service, minutes_of, probability_of

_MOST_SLOTS: Final = 10_000
_MOST_PATIENTS: Final = 500


def _weight(_: object, attribute: "attrs.Attribute[float]", value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or value < 0:
        raise InvalidValue("weights", f"{attribute.name} is a number, zero or above")


def _count(_: object, attribute: "attrs.Attribute[int]", value: object) -> None:
    if type(value) is not int or not 1 <= value <= _MOST_SLOTS:
        raise InvalidValue("session", f"{attribute.name} is a whole number from 1 to {_MOST_SLOTS}")


@attrs.frozen(kw_only=True)
class Weights:
    """What a minute costs: of a patient's waiting, of the clinician's idling, of overtime.

    Raises:
        InvalidValue: when one is below zero or not finite.
    """

    wait: float = attrs.field(default=1.0, validator=_weight)
    idle: float = attrs.field(default=1.0, validator=_weight)
    overtime: float = attrs.field(default=1.0, validator=_weight)


PLAIN: Final = Weights()
"""A minute costs the same, whoever loses it."""


@attrs.frozen(kw_only=True)
class Session:
    """One session and its patients in the order in which they are seen; ``slot`` in minutes.

    ``per_slot`` is the most patients that one slot may have (``None``: any number); ``urgency`` multiplies the price of
    each patient's wait (empty: 1 for everybody).

    Raises:
        InvalidValue: when a number is out of bounds, lengths of visits of both families are mixed (exponential
            and with probabilities), or the slots cannot hold the patients.
    """

    slots: int = attrs.field(validator=_count)
    slot: Fraction
    services: tuple[Service, ...]
    no_show: tuple[float, ...]
    weights: Weights = PLAIN
    per_slot: int | None = attrs.field(default=None, validator=attrs.validators.optional(_count))
    urgency: tuple[float, ...] = ()

    @classmethod
    def of(
        cls,
        *,
        n: int,
        slots: int,
        slot: Minutes,
        service: Service | Sequence[Service],
        no_show: float | Sequence[float],
        weights: Weights,
        per_slot: int | None = None,
    ) -> Self:
        """The session whose patients are alike, or differ where a sequence of ``n`` is given.

        Raises:
            InvalidValue: as the class does, and when a sequence has another length than ``n``.
        """
        if type(n) is not int or not 1 <= n <= _MOST_PATIENTS:
            raise InvalidValue("session", f"n is a whole number from 1 to {_MOST_PATIENTS}")
        services = tuple(service) if isinstance(service, Sequence) else (service,) * n
        chances = tuple(no_show) if isinstance(no_show, Sequence) else (no_show,) * n
        if not len(services) == len(chances) == n:
            raise InvalidValue("session", "what differs between patients is given once for each of them")
        return cls(
            slots=slots,
            slot=minutes_of(slot, kind="slot"),
            services=services,
            no_show=tuple(probability_of(chance, kind="no-show") for chance in chances),
            weights=weights,
            per_slot=per_slot,
        )

    def __attrs_post_init__(self) -> None:
        if self.slot <= 0:
            raise InvalidValue("slot", "it is longer than nothing")
        if not self.services or len(self.services) != len(self.no_show):
            raise InvalidValue("session", "each patient has a length of visit and a chance not to come")
        if len({isinstance(service, Exponential) for service in self.services}) > 1:
            raise InvalidValue("session", "lengths of visits are all exponential or all with probabilities")
        if self.urgency and (
            len(self.urgency) != self.n or not all(0 <= each < inf for each in self.urgency)
        ):
            raise InvalidValue("session", "urgency is a number, zero or above, for each patient")
        if self.per_slot is not None and self.n > self.per_slot * self.slots:
            raise InvalidValue("session", "its slots cannot hold so many patients")

    @property
    def n(self) -> int:
        """How many patients are booked."""
        return len(self.services)

    @property
    def shows(self) -> tuple[float, ...]:
        """Each patient's probability to come."""
        return tuple(1 - chance for chance in self.no_show)

    @property
    def prices(self) -> tuple[float, ...]:
        """What a minute from the beginning of each patient's slot costs: nothing for who does not come."""
        urgency = self.urgency or (1.0,) * self.n
        return tuple(
            self.weights.wait * urgent * show for urgent, show in zip(urgency, self.shows, strict=True)
        )

    @property
    def minutes(self) -> float:
        """From the beginning of the first slot to the end of the last."""
        return float(self.slots * self.slot)

    @property
    def work(self) -> float:
        """The expected minutes of all visits."""
        means = (service.mean for service in self.services)
        return fsum(show * mean for show, mean in zip(self.shows, means, strict=True))

    @property
    def latest(self) -> tuple[int, ...]:
        """The last slot that each patient may have, so that those behind still find room."""
        last, cap = self.slots - 1, self.per_slot
        return tuple(last - (0 if cap is None else (self.n - 1 - at) // cap) for at in range(self.n))

    def closed(self, places: Sequence[int]) -> tuple[int, ...]:
        """The earliest slots, none earlier than ``places``, that keep the patients' order and ``per_slot``."""
        kept = list(accumulate(places, max))
        if self.per_slot is not None:
            for at in range(1, self.n):
                behind = kept[at - self.per_slot] + 1 if at >= self.per_slot else 0
                kept[at] = max(kept[at], kept[at - 1], behind)
        return tuple(kept)

    def counts(self, places: Sequence[int]) -> tuple[int, ...]:
        """Patients in each slot, from the slot of each patient."""
        counted = [0] * self.slots
        for place in places:
            counted[place] += 1
        return tuple(counted)
