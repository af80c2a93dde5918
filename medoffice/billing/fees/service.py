"""A service that is planned for a visit, as somebody types it: ``20610-50=joint-injection``, ``97110x3=therapy``."""

import re
from typing import Final, Self

import attrs

from medoffice.billing.fees.modifiers import PRICING
from medoffice.billing.services import a_service
from medoffice.core import InvalidValue, Modifier, parse_procedure

_TEXT: Final = re.compile(
    r"(?P<code>[0-9A-Za-z]{5})(?P<modifiers>(-[0-9A-Za-z]{2})*)(x(?P<units>[1-9][0-9]?))?=(?P<service>[a-z0-9-]+)",
    re.ASCII,
)
_MOST_UNITS: Final = 99
_MOST_MODIFIERS: Final = 4
"""As many as a line of a claim has room for (X12 837P, SV101-3 to SV101-6)."""


def _a_code(_: object, __: object, value: str) -> None:
    if str(parse_procedure(value)) != value:
        raise InvalidValue("planned service", "its code is in capital letters")


def _modifiers(_: object, __: object, value: tuple[str, ...]) -> None:
    if len(value) > _MOST_MODIFIERS or len(set(value)) < len(value):
        raise InvalidValue("planned service", f"it has at most {_MOST_MODIFIERS} modifiers, each once")
    for each in value:
        Modifier(each)


def _units(_: object, __: object, value: int) -> None:
    if type(value) is not int or not 1 <= value <= _MOST_UNITS:
        raise InvalidValue("planned service", f"its units are a whole number from 1 to {_MOST_UNITS}")


@attrs.frozen(kw_only=True)
class PlannedService:
    """A code with modifiers and units, and the word by which the patient's plan knows the service."""

    service: str = attrs.field(validator=a_service)
    code: str = attrs.field(validator=_a_code)
    modifiers: tuple[str, ...] = attrs.field(default=(), validator=_modifiers)
    units: int = attrs.field(default=1, validator=_units)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``CODE[-MODIFIER...][xUNITS]=service``.

        Raises:
            InvalidValue: for any other form.
        """
        found = _TEXT.fullmatch(text.strip())
        if found is None:
            raise InvalidValue(
                "planned service", "write CODE[-MODIFIER][xUNITS]=service, for example 99213-25=office-visit"
            )
        return cls(
            service=found["service"],
            code=str(parse_procedure(found["code"])),
            modifiers=tuple(found["modifiers"].upper().split("-")[1:]),
            units=int(found["units"] or 1),
        )

    def __str__(self) -> str:
        units = "" if self.units == 1 else f"x{self.units}"
        return f"{'-'.join((self.code, *self.modifiers))}{units}={self.service}"

    @property
    def price_key(self) -> str:
        """The code with the modifiers that have a price of their own, in order: how price lists know it."""
        return "-".join((self.code, *sorted(PRICING.intersection(self.modifiers))))
