"""What a coding rule may look at beside the claim: the tables that are loaded, and the day of filing."""

from datetime import date

import attrs

from medoffice.billing.coding.global_days import GlobalDays
from medoffice.core import ProcedureCode
from medoffice.rules import Context, NotLoaded, Table


@attrs.frozen(kw_only=True)
class CodingContext(Context):
    """Tables as arguments, each an edition that is loaded or :class:`~medoffice.rules.NotLoaded`.

    ``filed_on`` is the day on which the payer receives the claim, as far as the office knows it.
    """

    filed_on: date
    global_days: Table[ProcedureCode, GlobalDays] | NotLoaded = attrs.field(
        factory=lambda: NotLoaded("global days")
    )
