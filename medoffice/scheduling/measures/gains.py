"""What the waitlist brought: by how many days visits came sooner."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import DateRange, as_instant, day_in
from medoffice.scheduling.measures.definitions import Measure
from medoffice.scheduling.measures.spread import Spread
from medoffice.scheduling.measures.too_few import TooFew, spread_of


@attrs.frozen(kw_only=True)
class Gain:
    """A visit that was moved through the waitlist: when it was to be, and when it became."""

    old: datetime = attrs.field(converter=as_instant)
    new: datetime = attrs.field(converter=as_instant)


def days_gained(gains: Iterable[Gain], *, window: DateRange, zone: ZoneInfo) -> Spread | TooFew:
    """Calendar days by which visits came sooner, by the day that they have now.

    A visit that came later, which a waitlist should not do, counts below nothing.
    """
    return spread_of(
        Measure.DAYS_GAINED,
        [
            (day_in(each.old, zone) - day_in(each.new, zone)).days
            for each in gains
            if day_in(each.new, zone) in window
        ],
        window,
    )
