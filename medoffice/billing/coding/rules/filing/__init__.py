"""Rules about when and where a claim is sent."""

from typing import Final

from medoffice.billing.claims import Claim
from medoffice.billing.coding.context import CodingContext
from medoffice.billing.coding.rules.filing.fil001 import fil001
from medoffice.rules import Rule

RULES: Final[tuple[Rule[Claim, CodingContext], ...]] = (fil001,)
