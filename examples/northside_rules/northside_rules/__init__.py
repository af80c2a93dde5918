"""What the Northside practice looks for in its claims."""

from typing import Final

from medoffice.billing import Claim, CodingContext
from medoffice.core import Pack, Resource
from medoffice.rules import Rule
from northside_rules.nsr001 import nsr001

RULES: Final[Pack[Rule[Claim, CodingContext]]] = Pack("northside", (nsr001,))
PARAMETERS: Final[Pack[Resource]] = Pack(
    "northside", (Resource("northside_rules", "limits/northside.lines_a_day.toml"),)
)
