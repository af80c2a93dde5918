"""Codes of medicine and billing, by their shape alone.

Which codes exist, and on which days, is a matter for dated tables that a practice loads. CPT codes and their
descriptors belong to the American Medical Association; nothing here describes one.
"""

import re
from typing import ClassVar, Self

import attrs

from medoffice.core.errors import InvalidValue


@attrs.frozen(order=True)
class _Code:
    value: str

    kind: ClassVar[str] = "code"
    shape: ClassVar[str] = r".+"
    hint: ClassVar[str] = "it cannot be empty"

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.value, str) or re.fullmatch(self.shape, self.value, re.ASCII) is None:
            raise InvalidValue(self.kind, self.hint)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the code; outer spaces and lower case are forgiven.

        Raises:
            InvalidValue: when the text does not have the code's shape.
        """
        return cls(text.strip().upper())

    def __str__(self) -> str:
        return self.value


class CPTCode(_Code):
    """A CPT code: five digits, or four and F, T, U, A or M (categories II and III, and laboratory codes)."""

    __slots__ = ()
    kind = "CPT code"
    shape = r"\d{4}[\dFTUAM]"
    hint = "it has five digits, or four digits and one of F, T, U, A, M"


class HCPCSCode(_Code):
    """A HCPCS Level II code: a letter from A to V and four digits (CMS, HCPCS Level II coding)."""

    __slots__ = ()
    kind = "HCPCS code"
    shape = r"[A-V]\d{4}"
    hint = "it has a letter from A to V and four digits"


ProcedureCode = CPTCode | HCPCSCode


def parse_procedure(text: str) -> ProcedureCode:
    """Read a procedure code of either level.

    Raises:
        InvalidValue: when it has the shape of neither.
    """
    canonical = text.strip().upper()
    for code in (CPTCode, HCPCSCode):
        if re.fullmatch(code.shape, canonical, re.ASCII):
            return code(canonical)
    raise InvalidValue(
        "procedure code", "a CPT code has five characters, a HCPCS code a letter and four digits"
    )


class ICD10CM(_Code):
    """An ICD-10-CM code, held with its dot: a letter, a digit, a digit or letter, then up to four more.

    Shape: ICD-10-CM Official Guidelines for Coding and Reporting, section I.A.2 and I.A.4 (3 to 7 characters). The second
    is a digit in all categories but QA0, which the tabular list of April 2026 has; so an A may stand there too.
    """

    __slots__ = ()
    kind = "ICD-10-CM code"
    shape = r"[A-Z][\dA][\dA-Z](\.[\dA-Z]{1,4})?"
    hint = "it has 3 to 7 characters, with a dot after the third when there are more"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the code with its dot or, as claims carry it, without.

        Raises:
            InvalidValue: when the text does not have the code's shape.
        """
        canonical = text.strip().upper()
        if "." not in canonical and len(canonical) > 3:  # noqa: PLR2004
            canonical = f"{canonical[:3]}.{canonical[3:]}"
        return cls(canonical)

    @property
    def undotted(self) -> str:
        """The code as an X12 claim carries it, without the dot."""
        return self.value.replace(".", "")


class Modifier(_Code):
    """A two-character modifier of a procedure code (25, 59, LT, XE)."""

    __slots__ = ()
    kind = "modifier"
    shape = r"[\dA-Z]{2}"
    hint = "it has two letters or digits"


class PlaceOfService(_Code):
    """A place-of-service code of CMS: two digits (11 is the office)."""

    __slots__ = ()
    kind = "place-of-service code"
    shape = r"\d{2}"
    hint = "it has two digits"
