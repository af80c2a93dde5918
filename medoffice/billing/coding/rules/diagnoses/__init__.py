"""Rules about how lines and diagnoses of a claim hang together."""

from typing import Final

from medoffice.billing.claims import Claim
from medoffice.billing.coding.context import CodingContext
from medoffice.billing.coding.rules.diagnoses.dxp001 import dxp001
from medoffice.rules import Rule

RULES: Final[tuple[Rule[Claim, CodingContext], ...]] = (dxp001,)
