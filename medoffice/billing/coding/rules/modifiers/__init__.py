"""Rules about modifiers that are missing, or out of place."""

from typing import Final

from medoffice.billing.claims import Claim
from medoffice.billing.coding.context import CodingContext
from medoffice.billing.coding.rules.modifiers.mod025 import mod025
from medoffice.rules import Rule

RULES: Final[tuple[Rule[Claim, CodingContext], ...]] = (mod025,)
