"""Identifiers of people, payers and practices: shape and check digit, never membership of a list.

Each type has ``X.parse(text)``, which forgives spaces, hyphens and lower case, and ``str(x)``, which gives the
canonical text back. Identifiers of patients hide themselves in their repr.
"""

import re
from typing import ClassVar, Self

import attrs

from medoffice.core.checkdigit import luhn_is_valid
from medoffice.core.errors import InvalidValue
from medoffice.core.phi import PhiClass, phi

_SEPARATORS = str.maketrans("", "", " -")


@attrs.frozen(order=True)
class _Identifier:
    """One line of text of a fixed shape."""

    value: str

    kind: ClassVar[str] = "identifier"
    shape: ClassVar[str] = r".+"
    hint: ClassVar[str] = "it cannot be empty"

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.value, str) or re.fullmatch(self.shape, self.value, re.ASCII) is None:
            raise InvalidValue(self.kind, self.hint)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the identifier as people write it.

        Raises:
            InvalidValue: when its shape or check digit does not fit; the message never holds the text.
        """
        return cls(text.translate(_SEPARATORS).upper())

    def __str__(self) -> str:
        return self.value


@attrs.frozen(order=True)
class _PersonalIdentifier(_Identifier):
    """An identifier of one person: its repr shows nothing of it."""

    value: str = attrs.field(**phi(PhiClass.OTHER_UNIQUE))


class NPI(_Identifier):
    """National Provider Identifier: ten digits, the first a 1 or a 2, the last a Luhn check digit.

    The check digit is counted with ``80840`` set before the number (45 CFR 162.406; the CMS paper "Requirements
    for National Provider Identifier (NPI) and NPI Check Digit").

    >>> NPI.parse("1234567893")
    NPI(value='1234567893')
    """

    __slots__ = ()
    kind = "NPI"
    shape = r"[12]\d{9}"
    hint = "it has ten digits and begins with 1 or 2"

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if not luhn_is_valid("80840" + self.value):
            raise InvalidValue(self.kind, "the check digit does not fit")


class EIN(_Identifier):
    """Employer Identification Number of the IRS: nine digits, written 12-3456789.

    Whether the first two digits were ever issued is a matter of a list that grows;
    :func:`medoffice.adapters.stdnum.check_ein` asks ``python-stdnum`` for it.
    """

    __slots__ = ()
    kind = "EIN"
    shape = r"\d{9}"
    hint = "it has nine digits, for example 12-3456789"

    def __str__(self) -> str:
        return f"{self.value[:2]}-{self.value[2:]}"


class Taxonomy(_Identifier):
    """Health Care Provider Taxonomy code of the NUCC: ten characters, the last an X (207Q00000X)."""

    __slots__ = ()
    kind = "taxonomy code"
    shape = r"[0-9]{2}[0-9A-Z]{7}X"
    hint = "it has ten letters and digits, begins with two digits and ends with X"


class PayerId(_Identifier):
    """What a clearing-house calls a payer: two to fifteen letters and digits; lists differ by clearing-house."""

    __slots__ = ()
    kind = "payer id"
    shape = r"[0-9A-Z]{2,15}"
    hint = "it has 2 to 15 letters and digits"


class MBI(_PersonalIdentifier):
    """Medicare Beneficiary Identifier: eleven characters in a fixed pattern, without S, L, O, I, B and Z.

    Pattern: CMS, "Understanding the Medicare Beneficiary Identifier (MBI) Format". It has no check digit.
    """

    __slots__ = ()
    kind = "MBI"
    shape = (
        r"[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d"
        r"[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y]{2}\d{2}"
    )
    hint = "it has eleven letters and digits, for example 1EG4-TE5-MK73"

    def __str__(self) -> str:
        return f"{self.value[:4]}-{self.value[4:7]}-{self.value[7:]}"


class MRN(_PersonalIdentifier):
    """Medical record number as the office writes it: 1 to 20 letters, digits, dots and slashes."""

    __slots__ = ()
    kind = "MRN"
    shape = r"[0-9A-Z][0-9A-Z./]{0,19}"
    hint = "it has 1 to 20 letters and digits"


class MemberId(_PersonalIdentifier):
    """A person's number with a health plan: 2 to 80 letters and digits (X12 005010X279A1, NM109 of 2100C)."""

    __slots__ = ()
    kind = "member id"
    shape = r"[0-9A-Z*]{2,80}"
    hint = "it has 2 to 80 letters and digits"
