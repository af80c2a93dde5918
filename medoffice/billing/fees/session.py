"""The lines of one session, and the schedule, place and day by which they are priced."""

from datetime import date
from decimal import Decimal

import attrs

from medoffice.billing.fees.exact import EXACT
from medoffice.billing.fees.priced import Priced
from medoffice.billing.fees.rows import Locality, Track
from medoffice.billing.fees.rvu_file import RvuFile
from medoffice.billing.fees.schedule import FeeSchedule, Price


@attrs.frozen
class DayLine:
    """A code and its modifiers, one unit."""

    code: str
    modifiers: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Session:
    """What the rules for several procedures look at."""

    schedule: FeeSchedule
    lines: tuple[DayLine, ...]
    facility: bool
    locality: Locality
    on: date
    track: Track

    def price(self, code: str, modifiers: tuple[str, ...] = ()) -> Price:
        """The price of a code by itself."""
        return self.schedule.price(
            code,
            modifiers,
            facility=self.facility,
            locality=self.locality,
            on=self.on,
            track=self.track,
        )

    def practice_part(self, price: Priced) -> Decimal:
        """The dollars of a row's practice expense, without modifiers."""
        file = self.schedule.file(self.track)
        gpci = self.schedule.gpcis.rows.get(self.locality)
        if not isinstance(file, RvuFile) or gpci is None:
            return Decimal(0)
        units = price.row.facility if self.facility else price.row.nonfacility
        return EXACT.multiply(EXACT.multiply(units, gpci.practice), file.factor)


def exact(price: Price) -> Decimal:
    """The dollars of a price; none for what has no price."""
    return price.exact if isinstance(price, Priced) else Decimal(0)
