"""When an Advance Beneficiary Notice (ABN, form CMS-R-131) is given: it must be, it may be, or it must not be.

Sources and how far they were read: :mod:`medoffice.billing.beneficiary_notice.sources`. Inpatient hospitals and skilled
nursing facilities have other notices for Part A; hospices and home health agencies do use this one (Noridian's page of
CMS's instructions, which names them). Therapy thresholds are not held here. The statute: 42 USC 1395pp, and 42 USC 1395m for
suppliers (not opened; the list of mandatory uses is chapter 30, section 50 as remembered).
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from medoffice.billing.beneficiary_notice.sources import INSTRUCTIONS, MANDATORY, SECTION, VOLUNTARY
from medoffice.core import Cite, Explained, Step, Trace


class Programme(Enum):
    """Who pays first for the patient's care, as far as the notice cares."""

    ORIGINAL_MEDICARE = "original medicare"
    MEDICARE_ADVANTAGE = "medicare advantage"
    OTHER = "other"


class DenialReason(Enum):
    """Why Medicare is expected not to pay this time; a notice names one for every service."""

    NOT_NECESSARY = "not necessary"
    """Not reasonable and necessary for this patient: an LCD or NCD does not cover the diagnosis."""
    TOO_FREQUENT = "too frequent"
    """More often than Medicare pays for it."""
    EXPERIMENTAL = "experimental"
    CUSTODIAL_CARE = "custodial care"
    NOT_HOMEBOUND = "not homebound"
    """Home health care for somebody who is not confined to the home."""
    NOT_TERMINALLY_ILL = "not terminally ill"
    """Hospice care for somebody who is not terminally ill."""
    SUPPLIER_UNSOLICITED = "supplier unsolicited"
    """Equipment or supplies after a telephone call that nobody asked for (42 USC 1395m(a)(17))."""
    SUPPLIER_NO_NUMBER = "supplier no number"
    """Equipment or supplies of a supplier without a Medicare number (42 USC 1395m(j)(1))."""
    SUPPLIER_DENIED_BEFORE = "supplier denied before"
    """Equipment that an advance determination denied (42 USC 1395m(a)(15))."""
    SUPPLIER_NO_CONTRACT = "supplier no contract"
    """Equipment of a supplier without a contract in an area of competitive bidding (42 USC 1395w-3)."""
    EXCLUDED = "excluded"
    """Excluded by statute: Medicare never pays for it (42 USC 1395y(a))."""
    NO_BENEFIT = "no benefit"
    """It falls into none of Medicare's benefit categories."""

    @property
    def is_never_covered(self) -> bool:
        """Whether Medicare pays for such a service for nobody, so that no notice is needed to bill the patient."""
        return self in {DenialReason.EXCLUDED, DenialReason.NO_BENEFIT}

    @property
    def may_be_routine(self) -> bool:
        """Whether the reason holds for everybody who gets the service, so that each may be given a notice.

        Other notices need a reason of this very patient. The exceptions are those of chapter 30, section 50 as
        remembered (always denied, experimental, limited in frequency, certain suppliers); not opened here.
        """
        return self.is_never_covered or self in _FOR_EVERYBODY


_FOR_EVERYBODY: Final = frozenset(
    {
        DenialReason.TOO_FREQUENT,
        DenialReason.EXPERIMENTAL,
        DenialReason.SUPPLIER_NO_NUMBER,
        DenialReason.SUPPLIER_DENIED_BEFORE,
        DenialReason.SUPPLIER_NO_CONTRACT,
    }
)


class Need(Enum):
    """Whether a notice is given."""

    REQUIRED = "required"
    """Without it the patient cannot be billed when Medicare denies the service."""
    VOLUNTARY = "voluntary"
    """A courtesy; the patient may be billed without it."""
    NOT_ALLOWED = "not allowed"


NEVER_FOR_ADVANTAGE: Final = "never-for-advantage"
NOT_MEDICARE: Final = "not-medicare"
NEVER_IN_EMERGENCY: Final = "never-in-emergency"
NEVER_ROUTINE: Final = "never-routine"
NEVER_COVERED: Final = "never-covered"
EXPECTED_DENIAL: Final = "expected-denial"

NEEDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        NEVER_FOR_ADVANTAGE: "Not for a Medicare Advantage plan: ask the plan for a decision before the service",
        NOT_MEDICARE: "Only for patients in Original Medicare",
        NEVER_IN_EMERGENCY: "Never in an emergency, when a patient cannot weigh it",
        NEVER_ROUTINE: "Not without a reason to expect a denial of this service for this patient",
        NEVER_COVERED: "Medicare never covers this service, so a notice is a courtesy",
        EXPECTED_DENIAL: "Medicare usually covers this service, and is expected not to this time",
    }
)
"""The English of each step code of :func:`notice_need`."""


def notice_need(
    programme: Programme, reason: DenialReason | None, *, is_emergency: bool = False
) -> Explained[Need]:
    """Whether an ABN is given for one service to one patient, with the rule that decides.

    ``reason`` is why a denial is expected, ``None`` when there is no reason: then a notice would be a routine or
    blanket one, which is no valid notice. What forbids a notice comes before what asks for one.
    """
    if programme is Programme.MEDICARE_ADVANTAGE:
        return _explained(Need.NOT_ALLOWED, NEVER_FOR_ADVANTAGE, INSTRUCTIONS)
    if programme is not Programme.ORIGINAL_MEDICARE:
        return _explained(Need.NOT_ALLOWED, NOT_MEDICARE, INSTRUCTIONS)
    if is_emergency:
        return _explained(Need.NOT_ALLOWED, NEVER_IN_EMERGENCY, INSTRUCTIONS)
    if reason is None:
        return _explained(Need.NOT_ALLOWED, NEVER_ROUTINE, SECTION)
    if reason.is_never_covered:
        return _explained(Need.VOLUNTARY, NEVER_COVERED, VOLUNTARY)
    return _explained(Need.REQUIRED, EXPECTED_DENIAL, MANDATORY)


def _explained(value: Need, code: str, cite: Cite) -> Explained[Need]:
    return Explained(value, trace=Trace((Step(code, NEEDS[code], cites=(cite,)),)))
