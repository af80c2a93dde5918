"""The Medicare physician fee schedule: (work x GPCI + PE x GPCI + MP x GPCI) x conversion factor.

One rounding, half up, at the end of the whole product, adjustments included. Source: the facts of this project,
measured on CMS's own published prices. What a modifier does to it: :mod:`medoffice.billing.fees.modifiers`.
"""

from collections.abc import Mapping
from datetime import date
from itertools import combinations
from typing import Final

import attrs

from medoffice.billing.fees.edition import Edition
from medoffice.billing.fees.exact import EXACT
from medoffice.billing.fees.modifiers import NotPayable, adjusted, part_of, unknown_among
from medoffice.billing.fees.official import NotForDay, OfficialTable
from medoffice.billing.fees.priced import Priced
from medoffice.billing.fees.rows import Gpci, Locality, Track
from medoffice.billing.fees.rvu_file import RvuFile
from medoffice.core import InvalidValue
from medoffice.rules import NotListed

_PRICED: Final = frozenset("ART")

Price = Priced | NotListed | NotForDay | NotPayable


def _both(self: "FeeSchedule") -> tuple[date, date]:
    """The first and the last day that all files are for."""
    days = [edition.days for edition in self.editions]
    first = max(each.start for each in days)
    last = min((each.end for each in days if each.end is not None), default=date.max)
    if last < first:
        raise InvalidValue("fee schedule", "relative values and price indices are not for the same days")
    return first, last


@attrs.frozen(kw_only=True)
class FeeSchedule:
    """One edition: a file of relative values for each track, and the price indices by locality.

    Files that do not belong together are refused: two for one track, for other days, or with other values for one
    code.

    Raises:
        InvalidValue: when they do not belong together, there is none, or no day is common to all files.
    """

    files: tuple[RvuFile, ...]
    gpcis: OfficialTable[Locality, Gpci]
    _by_track: Mapping[Track, RvuFile] = attrs.field(init=False, repr=False, eq=False)
    _days: tuple[date, date] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        by_track = {file.track: file for file in self.files}
        if not by_track or len(by_track) < len(self.files):
            raise InvalidValue("fee schedule", "it has one file of relative values for each track")
        for one, other in combinations(self.files, 2):
            _agree(one, other)
        object.__setattr__(self, "_by_track", by_track)
        object.__setattr__(self, "_days", _both(self))

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The edition of each file: relative values first, then price indices."""
        return (*(file.edition for file in self.files), self.gpcis.edition)

    def file(self, track: Track) -> RvuFile | NotListed:
        """The relative values and the conversion factor of a track."""
        return self._by_track.get(track) or NotListed(_no_track(track))

    def price(
        self,
        code: str,
        modifiers: tuple[str, ...] = (),
        *,
        facility: bool,
        locality: Locality,
        on: date,
        track: Track = Track.ALL,
    ) -> Price:
        """The price of one unit on a day. 51 alone changes nothing: the day's lines decide (``price_day``)."""
        first, last = self._days
        if not first <= on <= last:
            return NotForDay(next(each for each in self.editions if on not in each.days), on)
        if modifiers and (count := unknown_among(modifiers)):
            return NotPayable(f"{count} of its modifiers have no rule of price here")
        part = part_of(modifiers) if modifiers else ""
        file, gpci = self._by_track.get(track), self.gpcis.rows.get(locality)
        if file is None:
            return NotListed(_no_track(track))
        row = file.rows.get((code, part))
        if row is None:
            return NotListed("code with this modifier in the fee schedule")
        if gpci is None:
            return NotListed(self.gpcis.what)
        if row.status not in _PRICED:
            return NotPayable(f"status {row.status} has no price in the schedule")
        if row.facility_na if facility else row.nonfacility_na:
            return NotPayable("the service is not done in this setting")
        practice = row.facility if facility else row.nonfacility
        malpractice = EXACT.multiply(row.malpractice, gpci.malpractice)
        units = EXACT.fma(row.work, gpci.work, EXACT.fma(practice, gpci.practice, malpractice))
        base = EXACT.multiply(units, file.factor)
        if not base:
            return NotPayable("it has no relative values: the payer sets its price")
        if not modifiers:
            return Priced(row, base, base)
        return adjusted(row, base, modifiers)


def _no_track(track: Track) -> str:
    return f"conversion factor for the track {track.value}"


def _agree(one: RvuFile, other: RvuFile) -> None:
    if one.edition.days != other.edition.days:
        raise InvalidValue("fee schedule", "its files of relative values are of editions for other days")
    if any(one.rows[key] != other.rows[key] for key in one.rows.keys() & other.rows.keys()):
        raise InvalidValue("fee schedule", "its files of relative values have other values for one code")
