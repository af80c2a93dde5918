"""One service on a claim."""

from datetime import date
from decimal import Decimal
from typing import Final

import attrs

from medoffice.core import NPI, InvalidValue, Modifier, Money, PhiClass, PlaceOfService, ProcedureCode, phi

MOST_MODIFIERS: Final = 4
MOST_POINTERS: Final = 4
MOST_DIAGNOSES: Final = 12
"""Of one claim, and so the highest number a pointer may bear (005010X222A1: HI01 to HI12, SV107 1 to 12)."""


def _units(value: Decimal | int) -> Decimal:
    if not isinstance(value, Decimal | int):
        raise InvalidValue("claim line", "its units are a Decimal or a whole number, never a float")
    return Decimal(value)


@attrs.frozen(kw_only=True)
class ClaimLine:
    """A service line as the 837P's loop 2400 and the CMS-1500's item 24 have it.

    ``pointers`` number the claim's diagnoses from 1, the one that matters most first; ``units`` is a
    ``Decimal``, as the 837P allows parts of a unit; ``day`` is the service's first day and ``through`` its
    last. Whether a pointer leads to a diagnosis that is there, and whether codes exist on the day, is for
    rules.

    Raises:
        InvalidValue: when there are more than four modifiers or pointers, a pointer is not from 1 to 12,
            units are not above zero, the charge is below zero, or the last day is before the first.
    """

    procedure: ProcedureCode
    modifiers: tuple[Modifier, ...] = ()
    pointers: tuple[int, ...]
    units: Decimal = attrs.field(default=Decimal(1), converter=_units)
    charge: Money
    day: date = attrs.field(**phi(PhiClass.DATE))
    through: date = attrs.field(
        default=attrs.Factory(lambda self: self.day, takes_self=True), **phi(PhiClass.DATE)
    )
    place: PlaceOfService
    rendering: NPI

    def __attrs_post_init__(self) -> None:
        for holds, reason in (
            (len(self.modifiers) <= MOST_MODIFIERS, "it has at most four modifiers"),
            (len(self.pointers) <= MOST_POINTERS, "it points to at most four diagnoses"),
            (
                all(type(pointer) is int and 1 <= pointer <= MOST_DIAGNOSES for pointer in self.pointers),
                "its pointers are from 1 to 12",
            ),
            (self.units.is_finite() and self.units > 0, "its units are a number above zero"),
            (self.charge >= Money.zero, "its charge is not below zero"),
            (self.day <= self.through, "its last day is not before its first"),
        ):
            if not holds:
                raise InvalidValue("claim line", reason)

    def has_modifier(self, code: str) -> bool:
        """Whether the line bears the modifier of that code."""
        return any(modifier.value == code for modifier in self.modifiers)
