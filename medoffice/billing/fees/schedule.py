"""The Medicare physician fee schedule: (work x GPCI + PE x GPCI + MP x GPCI) x conversion factor.

One rounding, half up, at the end of the whole product, adjustments included. Source: the facts of this project,
measured on CMS's own published prices; the percentages of the modifiers (150 % bilateral, 62.5 % co-surgeons, 16 %
assistants, 85 % of that for AS) are in the Medicare Claims Processing Manual, chapter 12, not opened here.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

import attrs

from medoffice.billing.fees.edition import Edition
from medoffice.billing.fees.exact import EXACT
from medoffice.billing.fees.rows import Gpci, Locality, RvuRow, Track
from medoffice.core import Explained, InvalidValue, Money, Step, Trace

_PRICED: Final = frozenset("ART")
_ONE: Final = Decimal(1)
_HALF_CENT: Final = Decimal("0.5")
_HUNDRED: Final = Decimal(100)
_ASSISTANTS: Final = {m: Decimal("0.16") for m in ("80", "81", "82")} | {"AS": Decimal("0.136")}
_KNOWN: Final = frozenset(("26", "TC", "53", "50", "51", "62", "66", *_ASSISTANTS))


@attrs.frozen
class NotListed:
    """The schedule has no such code, modifier, locality or conversion factor; ``what`` says which."""

    what: str


@attrs.frozen
class NotForDay:
    """The day is outside the edition."""

    edition: Edition
    day: date


@attrs.frozen
class NotPayable:
    """The row is there, but the schedule sets no amount; ``why`` says the reason."""

    why: str


@attrs.frozen
class Priced:
    """An amount; ``exact`` is it in dollars before rounding, ``changes`` what adjusted ``base`` and the dollars after each."""

    row: RvuRow
    base: Decimal
    exact: Decimal
    changes: tuple[tuple[str, Decimal], ...] = ()

    @property
    def amount(self) -> Money:
        """The amount, rounded once, half up: as ``Money.from_dollars``, which takes four times as long."""
        return Money(int(EXACT.fma(self.exact, _HUNDRED, _HALF_CENT)))

    @property
    def explained(self) -> Explained[Money]:
        """The amount with steps that add up to it: each is the difference that it makes, in whole cents."""
        so_far = Money.from_dollars(self.base)
        steps = [Step("fee-schedule", "Relative values, price indices, conversion factor", amount=so_far)]
        for name, dollars in self.changes:
            now = Money.from_dollars(dollars)
            steps.append(Step(f"adjusted-{name}", f"Adjusted for {name}", amount=now - so_far))
            so_far = now
        return Explained(so_far, trace=Trace(tuple(steps)))


Price = Priced | NotListed | NotForDay | NotPayable


@attrs.frozen(kw_only=True)
class FeeSchedule:
    """One edition: rows by code and modifier, indices by locality, and a conversion factor for each track.

    Raises:
        InvalidValue: when a conversion factor is not between 10 and 100 dollars.
    """

    edition: Edition
    rows: Mapping[tuple[str, str], RvuRow] = attrs.field(repr=False)
    gpcis: Mapping[Locality, Gpci] = attrs.field(repr=False)
    factors: Mapping[Track, Decimal]

    def __attrs_post_init__(self) -> None:
        if not all(10 <= factor <= 100 for factor in self.factors.values()):  # noqa: PLR2004
            raise InvalidValue("conversion factor", "it is between 10 and 100 dollars")

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
        if on not in self.edition.days:
            return NotForDay(self.edition, on)
        if modifiers and (unknown := [m for m in modifiers if m not in _KNOWN]):
            return NotListed(f"{len(unknown)} modifiers without a price rule")
        part = next((m for m in modifiers if m in {"26", "TC", "53"}), "") if modifiers else ""
        row, gpci, factor = self.rows.get((code, part)), self.gpcis.get(locality), self.factors.get(track)
        if row is None:
            return NotListed("code with this modifier")
        if gpci is None:
            return NotListed("locality")
        if factor is None:
            return NotListed("conversion factor of this track")
        if row.status not in _PRICED:
            return NotPayable(f"status {row.status} has no price in the schedule")
        if row.facility_na if facility else row.nonfacility_na:
            return NotPayable("the service is not done in this setting")
        practice = row.facility if facility else row.nonfacility
        malpractice = EXACT.multiply(row.malpractice, gpci.malpractice)
        units = EXACT.fma(row.work, gpci.work, EXACT.fma(practice, gpci.practice, malpractice))
        base = EXACT.multiply(units, factor)
        if not modifiers:
            return Priced(row, base, base)
        return _adjusted(row, base, modifiers)


def _adjusted(row: RvuRow, base: Decimal, modifiers: tuple[str, ...]) -> Price:
    exact = base
    changes: list[tuple[str, Decimal]] = []
    for name in dict.fromkeys(modifiers):
        factor = _factor(row, name)
        if isinstance(factor, NotPayable):
            return factor
        if factor != _ONE:
            exact = EXACT.multiply(exact, factor)
            changes.append((name, exact))
    return Priced(row, base, exact, tuple(changes))


def _factor(row: RvuRow, name: str) -> Decimal | NotPayable:
    if name == "50":
        # 0 and 2 pay the single amount; 3 pays both sides in full; 9: the idea does not apply.
        return {"1": Decimal("1.5"), "3": Decimal(2)}.get(row.bilateral, _ONE)
    if name == "62":
        payable = row.co_surgeon in {"1", "2"}
        return Decimal("0.625") if payable else NotPayable("co-surgeons are not paid")
    if name == "66":
        return NotPayable("a team is paid by report")
    if name in _ASSISTANTS:
        payable = row.assistant in {"0", "2"}
        return _ASSISTANTS[name] if payable else NotPayable("an assistant is not paid")
    return _ONE
