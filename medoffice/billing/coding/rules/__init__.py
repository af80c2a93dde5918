"""Every coding rule that medoffice brings, one file each, by family."""

from typing import Final

from medoffice.billing.claims import Claim
from medoffice.billing.coding.context import CodingContext
from medoffice.billing.coding.rules import diagnoses, filing, modifiers
from medoffice.rules import Catalog, Rule

RULES: Final[tuple[Rule[Claim, CodingContext], ...]] = (*diagnoses.RULES, *filing.RULES, *modifiers.RULES)


def builtin_rules() -> Catalog[Claim, CodingContext]:
    """The catalogue of all of them."""
    return Catalog(RULES)
