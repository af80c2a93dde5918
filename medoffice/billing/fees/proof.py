"""CMS's published capped prices (OPPSCAP), recomputed: does this schedule give them to the cent?

A single row is (OPPS PE x PE GPCI + OPPS MP x MP GPCI) x factor; a global row, one that has rows 26 and TC, is the
cap of TC and the fee of 26. One rounding at the end. The rule for global rows was fitted to the file of October
2025 (all 15,260 comparable rows matched), not read from a sentence of CMS.
"""

from datetime import date
from decimal import Decimal

import attrs

from medoffice.billing.fees.edition import Edition
from medoffice.billing.fees.exact import EXACT
from medoffice.billing.fees.official import NotForDay
from medoffice.billing.fees.priced import Priced
from medoffice.billing.fees.rows import Gpci, Locality, RvuRow, Track
from medoffice.billing.fees.rvu_file import RvuFile
from medoffice.billing.fees.schedule import FeeSchedule
from medoffice.core import Money


@attrs.frozen(kw_only=True)
class PublishedPrice:
    """A row of the published file: both prices of a code in a locality."""

    code: str
    modifier: str
    locality: Locality
    facility: Money
    nonfacility: Money


@attrs.frozen(kw_only=True)
class PublishedPrices:
    """A published file: its edition and its rows."""

    edition: Edition
    rows: tuple[PublishedPrice, ...] = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Difference:
    """A published row that does not come out, with both prices as this schedule gives them."""

    published: PublishedPrice
    facility: Money
    nonfacility: Money


@attrs.frozen(kw_only=True)
class Proof:
    """How many rows could be compared, which of them differ, and how many could not be compared."""

    compared: int
    left_out: int
    differences: tuple[Difference, ...] = ()

    @property
    def matched(self) -> int:
        """How many rows came out to the cent in both columns."""
        return self.compared - len(self.differences)


def prove(
    schedule: FeeSchedule, published: PublishedPrices, *, on: date, track: Track = Track.ALL
) -> Proof | NotForDay:
    """Recompute each published row; a row whose code, locality or part is not in the schedule is left out.

    A day outside an edition is said, and nothing is compared.
    """
    for edition in (*schedule.editions, published.edition):
        if on not in edition.days:
            return NotForDay(edition, on)
    compared = left_out = 0
    differences = []
    for row in published.rows:
        inside, outside = (_cap(schedule, row, facility=side, on=on, track=track) for side in (True, False))
        if inside is None or outside is None:
            left_out += 1
            continue
        compared += 1
        facility, nonfacility = Money.from_dollars(inside), Money.from_dollars(outside)
        if (facility, nonfacility) != (row.facility, row.nonfacility):
            differences.append(Difference(published=row, facility=facility, nonfacility=nonfacility))
    return Proof(compared=compared, left_out=left_out, differences=tuple(differences))


def _cap(
    schedule: FeeSchedule, row: PublishedPrice, *, facility: bool, on: date, track: Track
) -> Decimal | None:
    file, gpci = schedule.file(track), schedule.gpcis.look_up(row.locality, on=on)
    if not isinstance(file, RvuFile) or not isinstance(gpci, Gpci) or on not in file.edition.days:
        return None
    rows, factor = file.rows, file.factor
    own, technical = rows.get((row.code, row.modifier)), rows.get((row.code, "TC"))
    if own is None:
        return None
    if row.modifier or technical is None or (row.code, "26") not in rows:
        return _single(own, gpci, factor, facility=facility)
    reading = schedule.price(row.code, ("26",), facility=facility, locality=row.locality, on=on, track=track)
    if not isinstance(reading, Priced):
        return None
    return EXACT.add(_single(technical, gpci, factor, facility=facility), reading.exact)


def _single(row: RvuRow, gpci: Gpci, factor: Decimal, *, facility: bool) -> Decimal:
    practice = row.opps_facility if facility else row.opps_nonfacility
    malpractice = EXACT.multiply(row.opps_malpractice, gpci.malpractice)
    return EXACT.multiply(EXACT.fma(practice, gpci.practice, malpractice), factor)
