"""Referrals and authorizations that the office has for a coverage: which hold for a visit, and why one does not."""

import re
from datetime import date
from enum import Enum

import attrs

from medoffice.core import CoverageId, DateRange, InvalidValue, PhiClass, phi


class PermitKind(Enum):
    """Who permits it: the primary-care provider sends the patient, or the payer agrees beforehand."""

    REFERRAL = "referral"
    AUTHORIZATION = "authorization"


@attrs.frozen(kw_only=True)
class Permit:
    """One permit with its ``number``, for the visits of some ``days``, ``visits`` of them at most where it says so.

    ``service_type`` (X12 data element 1365) is what it is for, empty where it is for any service. The number is what the
    payer or the provider gave, 1 to 50 characters (REF02 of the 837P has room for 50).

    Raises:
        InvalidValue: when there is no number, it is too long, or no visit is permitted.
    """

    coverage: CoverageId
    kind: PermitKind
    number: str = attrs.field(**phi(PhiClass.OTHER_UNIQUE))
    days: DateRange
    visits: int | None = None
    service_type: str = ""

    def __attrs_post_init__(self) -> None:
        if not (0 < len(self.number) <= 50 and self.number.isprintable()):  # noqa: PLR2004 - see above
            raise InvalidValue(self.kind.value, "its number has 1 to 50 characters")
        if self.number != " ".join(self.number.split()):
            raise InvalidValue(self.kind.value, "its number has no blanks around it")
        if self.visits is not None and (type(self.visits) is not int or self.visits < 1):
            raise InvalidValue(self.kind.value, "it is for one visit at least")
        if re.fullmatch(r"[0-9A-Z]{0,2}", self.service_type, re.ASCII) is None:
            raise InvalidValue(self.kind.value, "a service type is one or two capital letters and digits")

    def is_for(self, service_type: str) -> bool:
        """Whether it is for a service."""
        return self.service_type in {"", service_type}


@attrs.frozen(kw_only=True)
class PermitOnFile:
    """A permit, and how many other visits it was used for by the day that is looked at."""

    permit: Permit
    used: int = 0

    def why_not(self, on: date) -> str:
        """Why it does not hold on a day; empty when it does."""
        if on not in self.permit.days:
            return "does not run on the day of the visit"
        if self.permit.visits is not None and self.used >= self.permit.visits:
            return "has no visit left"
        return ""


@attrs.frozen(kw_only=True)
class PermitNoted:
    """The office has a permit since a day; one with the same kind and number takes the place of the earlier."""

    on: date
    permit: Permit


@attrs.frozen(kw_only=True)
class PermitWithdrawn:
    """A permit holds no more, or was noted by mistake."""

    on: date
    coverage: CoverageId
    kind: PermitKind
    number: str = attrs.field(**phi(PhiClass.OTHER_UNIQUE))


PermitFact = PermitNoted | PermitWithdrawn
"""Whatever the log of a coverage's permits may hold."""


def permits_after(facts: tuple[PermitFact, ...]) -> tuple[Permit, ...]:
    """The permits that are on file after these facts, in the order in which they were first noted."""
    held: dict[tuple[PermitKind, str], Permit] = {}
    for fact in facts:
        match fact:
            case PermitNoted(permit=permit):
                held[permit.kind, permit.number] = permit
            case PermitWithdrawn(kind=kind, number=number):
                held.pop((kind, number), None)
    return tuple(held.values())
