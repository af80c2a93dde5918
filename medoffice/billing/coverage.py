"""A patient's cover with a health plan, as the card and the desk know it."""

from datetime import date
from enum import Enum
from typing import Self

import attrs

from medoffice.billing.payers import Payer
from medoffice.core import CoverageId, DateRange, InvalidValue, MemberId, PatientId, PhiClass, phi


class Relation(Enum):
    """What the patient is to the subscriber."""

    SELF = "self"
    SPOUSE = "spouse"
    CHILD = "child"
    OTHER = "other"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one of the words, in any case.

        Raises:
            InvalidValue: for any other word.
        """
        try:
            return cls(text.strip().lower())
        except ValueError:
            raise InvalidValue("relation", "it is self, spouse, child or other") from None

    def __str__(self) -> str:
        return self.value


def _one_line(_: object, __: "attrs.Attribute[str]", value: object) -> None:
    if not isinstance(value, str) or value != " ".join(value.split()):
        raise InvalidValue("coverage", "the plan's name is one line; it may be empty")


def _from_one(_: object, __: object, value: object) -> None:
    if type(value) is not int or value < 1:
        raise InvalidValue("coverage", "the order in which payers are asked counts from 1")


@attrs.frozen(kw_only=True)
class Coverage:
    """One health plan of one patient; ``order`` is 1 for the payer that is asked first.

    ``plan`` is the plan's name as on the card, empty when it is not known. ``effective`` are the days on
    which the office knows the coverage to run; whether the payer agrees is what verification is for.
    """

    id: CoverageId
    patient: PatientId
    payer: Payer
    plan: str = attrs.field(validator=_one_line)
    member_id: MemberId = attrs.field(**phi(PhiClass.PLAN_NUMBER))
    effective: DateRange
    relation: Relation = Relation.SELF
    order: int = attrs.field(default=1, validator=_from_one)

    def is_active(self, on: date) -> bool:
        """Whether the coverage runs on a day."""
        return on in self.effective
