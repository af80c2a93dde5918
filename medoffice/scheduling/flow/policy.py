"""An office's own figures for the day of a visit, in data."""

from typing import Final

import attrs

from medoffice.scheduling.flow.board import Target
from medoffice.scheduling.flow.checkout import CheckOutRule
from medoffice.scheduling.flow.waiting import Aging, QueuePolicy

USUAL_QUEUE: Final = QueuePolicy(aging=(Aging(4, 60), Aging(5, 90)), untriaged=3, scheduled=3)
"""The index's order; nobody of level 4 waits an hour, or of level 5 an hour and a half, before being lifted."""


@attrs.frozen(kw_only=True)
class FlowPolicy:
    """What an office settles about the day of a visit.

    ``queue``: who is called first. ``check_out``: what must happen before a patient goes. ``targets``: how long
    a patient should be at a stage at most. ``waits_for_check_in``: only who is checked in is in the line; ``False``
    where walk-ins are called without one.
    """

    queue: QueuePolicy = USUAL_QUEUE
    check_out: tuple[CheckOutRule, ...] = ()
    targets: tuple[Target, ...] = ()
    waits_for_check_in: bool = True
