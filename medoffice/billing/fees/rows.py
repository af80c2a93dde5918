"""Rows of the physician fee schedule: relative value units of a service, and price indices of a locality."""

from decimal import Decimal
from enum import StrEnum

import attrs


class Track(StrEnum):
    """Whose conversion factor: one for all, or from 2026 qualifying APM participants (QPP) and others apart."""

    ALL = "all"
    QPP = "qpp"
    NON_QPP = "non-qpp"


@attrs.frozen
class Locality:
    """A Medicare carrier (MAC, five digits) and its locality (two digits)."""

    carrier: str
    number: str


@attrs.frozen(kw_only=True)
class Gpci:
    """Geographic price indices; 1 is the national average."""

    work: Decimal
    practice: Decimal
    malpractice: Decimal


@attrs.frozen(kw_only=True)
class RvuRow:
    """Relative value units and payment indicators of a code with its modifier (empty, 26, TC or 53).

    Indicators keep the one digit of the official file; ``endo_base`` is the base code of an endoscopy family,
    ``imaging`` the family of a diagnostic image (88 since 2011; 99: none).
    """

    code: str
    modifier: str = ""
    status: str = "A"
    work: Decimal = Decimal(0)
    nonfacility: Decimal = Decimal(0)
    facility: Decimal = Decimal(0)
    malpractice: Decimal = Decimal(0)
    pctc: str = "0"
    global_days: str = "XXX"
    multiple: str = "0"
    bilateral: str = "0"
    assistant: str = "0"
    co_surgeon: str = "0"
    team: str = "0"
    endo_base: str = ""
    imaging: str = "99"
    nonfacility_na: bool = False
    facility_na: bool = False
    opps_nonfacility: Decimal = Decimal(0)
    opps_facility: Decimal = Decimal(0)
    opps_malpractice: Decimal = Decimal(0)


@attrs.frozen(kw_only=True)
class ZipLocality:
    """Where a five-digit ZIP code is priced; ``quarter`` is YYYYQ."""

    state: str
    locality: Locality
    quarter: str
