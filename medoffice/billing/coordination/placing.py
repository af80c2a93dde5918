"""What a rule of the order says about one plan: its rank among those left together, and why, with the source."""

from collections.abc import Callable, Sequence

import attrs

from medoffice.billing.coordination.facts import PatientFacts, PlanFacts
from medoffice.core import Cite


@attrs.frozen
class Placed:
    """A plan's rank by one rule, lowest first; ``why`` goes on after the plan's key and holds no PHI."""

    rank: tuple[int, ...]
    why: str
    cite: Cite


Place = Callable[[PlanFacts, PatientFacts, Sequence[PlanFacts]], Placed | None]
"""A rule as a function of the plan, the patient and all plans left together; ``None`` when a fact is not known."""


@attrs.frozen(kw_only=True)
class Rule:
    """One rule of the order; ``unknown`` is the code of what is not known where it cannot place a plan."""

    code: str
    label: str
    unknown: str = ""
    place: Place
