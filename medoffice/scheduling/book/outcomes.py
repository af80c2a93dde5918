"""What a decision of the book can end in, beside ``Booked``, ``Moved``, ``Cancelled`` and ``Refused``."""

from datetime import datetime

import attrs

from medoffice.core import Finding, Refused
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book.holds import Hold, Offer
from medoffice.scheduling.book.ids import SeriesId
from medoffice.scheduling.outcomes import Cancelled
from medoffice.scheduling.search.free_slot import FreeSlot


@attrs.frozen
class Held:
    """The time is kept for the holder."""

    hold: Hold


@attrs.frozen
class Released:
    """The hold keeps no time any more, and its open offers are withdrawn."""

    hold: Hold


@attrs.frozen
class Offered:
    """The patient may accept."""

    offer: Offer


@attrs.frozen
class Declined:
    """The patient said no; the hold runs on for the others."""

    offer: Offer


@attrs.frozen
class Changed:
    """The visit is in its new state."""

    appointment: Appointment


@attrs.frozen
class CalledOff(Cancelled):
    """Cancelled, so many whole minutes before the start (below zero: after it), late or in good time."""

    notice: int
    is_late: bool


@attrs.frozen(kw_only=True)
class Conflict:
    """One occurrence of a series that cannot be: its place from 0, why, and the free times nearest to it.

    ``nearest`` leave room for every other visit of the series; none are known within two weeks when it is empty.
    """

    index: int
    start: datetime
    findings: tuple[Finding, ...]
    nearest: tuple[FreeSlot, ...] = ()


@attrs.frozen(kw_only=True)
class BookedSeries:
    """The visits of a series in order of time, and the occurrences that were left out when that was asked for."""

    series: SeriesId
    appointments: tuple[Appointment, ...]
    left_out: tuple[Conflict, ...] = ()


@attrs.frozen
class RefusedSeries(Refused):
    """No visit of the series was booked; ``conflicts`` are all that stand in its way, each with a way round."""

    conflicts: tuple[Conflict, ...]
