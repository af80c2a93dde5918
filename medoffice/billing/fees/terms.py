"""What an office says about its prices: where it is priced, its charges, and its contracts, each for its days."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations

import attrs

from medoffice.billing.fees.charges import ChargeMaster
from medoffice.billing.fees.contract import Contract
from medoffice.billing.fees.rows import Locality, Track
from medoffice.core import InvalidValue, PayerId


@attrs.frozen(kw_only=True)
class PricedAt:
    """Where and as what an office is priced: a locality or the five digits of a ZIP code, its track, its setting."""

    locality: Locality | None = None
    postal: str = ""
    track: Track = Track.ALL
    facility: bool = False


@attrs.frozen(kw_only=True)
class PriceTerms:
    """The office's place, its charge masters, and its contracts by payer.

    Raises:
        InvalidValue: when two charge masters, or two contracts with one payer, are for one day.
    """

    at: PricedAt = PricedAt()
    charges: tuple[ChargeMaster, ...] = ()
    contracts: Mapping[PayerId, tuple[Contract, ...]] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        _apart(self.charges, "two price lists are for one day")
        for each in self.contracts.values():
            _apart(each, "two contracts with one payer are for one day")

    def charges_on(self, on: date) -> ChargeMaster | None:
        """The charge master of a day; none where the office has none for it."""
        return next((each for each in self.charges if on in each.days), None)

    def contract_on(self, payer: PayerId, on: date) -> Contract | None:
        """The contract with a payer that is in force on a day; none where there is none."""
        return next((each for each in self.contracts.get(payer, ()) if on in each.days), None)


def _apart(each: Sequence[ChargeMaster | Contract], reason: str) -> None:
    if any(one.days.overlaps(other.days) for one, other in combinations(each, 2)):
        raise InvalidValue("prices", reason)
