"""Who has a right to a good-faith estimate: the uninsured and those who pay themselves.

45 CFR 149.610(a)(2) defines the uninsured (or self-pay) individual; its own text was not opened here, but CMS's
instructions for the standard form say the same (as printed by practices that use it): no group or individual health
plan, no Federal health care program and no plan of federal employees; or one of these plans, but no claim wanted. So
who has Medicare, Medicaid or TRICARE for the service alone is neither.
"""

from collections.abc import Collection
from enum import Enum
from typing import Final

from medoffice.core import Cite, Explained, Step, Trace

CLAIM_WISH_NOT_ASKED: Final = "claim-wish-not-asked"
"""The unknown of :func:`standing`: nobody has asked whether a claim shall be sent to the plan."""

_CITES: Final = (Cite("45 CFR 149.610", "(a)(2)"),)


class Cover(Enum):
    """What may pay for the service that is planned."""

    HEALTH_PLAN = "health plan"
    """A group health plan, or group or individual health insurance coverage."""
    FEDERAL_EMPLOYEES = "federal employees plan"
    FEDERAL_PROGRAM = "federal program"
    """Medicare, Medicaid, TRICARE and other programs of 42 USC 1320a-7b(f)."""


class Standing(Enum):
    """What somebody is to the rule on good-faith estimates."""

    UNINSURED = "uninsured"
    SELF_PAY = "self-pay"
    INSURED = "insured"
    """No right to an estimate under this rule."""

    @property
    def is_entitled(self) -> bool:
        """Whether a good-faith estimate is owed when it is due."""
        return self is not Standing.INSURED


def standing(covers: Collection[Cover], *, claim_wanted: bool | None) -> Explained[Standing]:
    """What somebody is whom ``covers`` would pay for the planned service.

    ``covers`` are those with benefits for this very service; none for the uninsured. ``claim_wanted`` is what the
    patient answered to whether a claim shall be sent to the plan: ``None`` when nobody asked, which the answer names
    among its unknowns where it matters. Until then it is taken for yes.
    """
    if not covers:
        return _explained(Standing.UNINSURED, "no-cover", "No cover for the service")
    if all(cover is Cover.FEDERAL_PROGRAM for cover in covers):
        return _explained(Standing.INSURED, "federal-program", "A federal program covers the service")
    if claim_wanted is None:
        return _explained(Standing.INSURED, "plan", "A plan covers the service", CLAIM_WISH_NOT_ASKED)
    if claim_wanted:
        return _explained(Standing.INSURED, "plan", "A plan covers the service and a claim is wanted")
    return _explained(Standing.SELF_PAY, "no-claim", "A plan covers the service, and no claim is wanted")


def _explained(value: Standing, code: str, label: str, *unknowns: str) -> Explained[Standing]:
    return Explained(value, trace=Trace((Step(code, label, cites=_CITES),)), unknowns=unknowns)
