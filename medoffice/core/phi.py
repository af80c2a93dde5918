"""Marking what is protected health information, and keeping it out of every repr.

A field that holds PHI is declared ``attrs.field(**phi(PhiClass.NAME))``; its repr shows ``***``, and
:func:`phi_fields` tells redaction and audit which fields those are. The marking travels with the class, so a new
type cannot leak by being forgotten in a list somewhere else.
"""

from enum import Enum
from typing import Any, Final

import attrs

MASK: Final = "***"
_KEY: Final = "medoffice.phi"


class PhiClass(Enum):
    """The eighteen identifiers of the Safe Harbor method, 45 CFR 164.514(b)(2)(i)(A) to (R), and health data."""

    NAME = "A"
    PLACE = "B"
    DATE = "C"
    PHONE = "D"
    FAX = "E"
    EMAIL = "F"
    SSN = "G"
    RECORD_NUMBER = "H"
    PLAN_NUMBER = "I"
    ACCOUNT_NUMBER = "J"
    LICENCE = "K"
    VEHICLE = "L"
    DEVICE = "M"
    URL = "N"
    IP_ADDRESS = "O"
    BIOMETRIC = "P"
    PHOTO = "Q"
    OTHER_UNIQUE = "R"
    HEALTH = "health"
    """Not an identifier: what the identifiers are protected for (a diagnosis, a reason for a visit)."""


def masked(_: object) -> str:
    """The repr of anything that is PHI."""
    return MASK


def phi(kind: PhiClass) -> dict[str, Any]:
    """Arguments for :func:`attrs.field` that mark it as PHI of a kind and mask its repr."""
    return {"repr": masked, "metadata": {_KEY: kind}}


def phi_fields(cls: type) -> dict[str, PhiClass]:
    """The PHI fields of an attrs class by name, with their kinds; empty when it has none."""
    return {field.name: field.metadata[_KEY] for field in attrs.fields(cls) if _KEY in field.metadata}


def initial(text: str) -> str:
    """A name shown so that its owner knows it and a bystander does not: ``"J***"``; nothing stays nothing."""
    return f"{text[0]}{MASK}" if text else ""


def last_four(text: str) -> str:
    """A number shown by its end, ``"****1234"``; one of fewer than eight characters is hidden whole.

    A short number would be given away by four of its characters.
    """
    return f"****{text[-4:]}" if len(text) >= 8 else "****"  # noqa: PLR2004
