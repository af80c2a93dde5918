"""What leaves the order of payers unsettled, by the codes in ``Explained.unknowns``, in English for the desk."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

UNKNOWNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "injury-not-known": "We do not know whether this visit is for the injury that the accident cover is for.",
        "veterans-order-not-known": "Veterans' care and other cover: ask which of them authorised this visit.",
        "medicare-facts-not-known": "We do not know the ground of Medicare, the employer's size or the ESRD month.",
        "family-facts-not-known": "We do not know the parents' birthdays, a court decree or who has custody.",
        "standing-not-known": "We do not know whether a plan is held by work, retirement or continuation.",
        "length-not-known": "We do not know since when a plan has covered its holder.",
        "no-rule-settles-the-order": "No rule settles the order of these plans; the plans must be asked.",
    }
)
