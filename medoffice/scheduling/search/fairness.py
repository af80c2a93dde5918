"""Who is offered first when several could: those who have the fewest visits."""

from collections.abc import Callable, Sequence

import attrs

from medoffice.core import InvalidValue, TimeSlot
from medoffice.scheduling.search.availability import Availability
from medoffice.scheduling.search.minutes import ceil_minute, floor_minute


@attrs.frozen(kw_only=True)
class Fairness:
    """Share visits out between leads by load: the visits of each that meet ``over``, a group's counted once.

    Offers of one instant come by rising load, then in their usual order. A lead whose load is more than ``slack`` above
    the lowest load among those with anything to offer is left out; ``slack=None`` leaves out nobody.

    With ``slack=0`` the loads of leads who can take the same visits never differ by more than one, whichever offers
    are booked: only the least loaded are offered, and a booking adds one.

    Raises:
        InvalidValue: when ``slack`` is neither ``None`` nor a whole number from 0.
    """

    over: TimeSlot
    slack: int | None = 0

    def __attrs_post_init__(self) -> None:
        if self.slack is not None and (type(self.slack) is not int or self.slack < 0):
            raise InvalidValue("fairness", "its slack is a whole number from 0, or none")

    def load(self, availability: Availability, lead: str) -> int:
        """How many visits meet the span on one resource."""
        held = availability.rows[lead].meeting(floor_minute(self.over.start), ceil_minute(self.over.end))
        return len({(each.start, each.end, each.visit) if each.seats > 1 else each.key for each in held})

    def order(
        self, availability: Availability, leads: Sequence[str], has_any: Callable[[str], bool]
    ) -> tuple[str, ...]:
        """The leads to be offered, the least loaded first; ``has_any`` says whether one has an offer."""
        loads = {lead: self.load(availability, lead) for lead in leads}
        ordered = sorted(leads, key=lambda lead: loads[lead])
        if self.slack is None:
            return tuple(ordered)
        least = next((loads[lead] for lead in ordered if has_any(lead)), 0)
        return tuple(lead for lead in ordered if loads[lead] <= least + self.slack)
