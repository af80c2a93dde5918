"""A patient's cover with a health plan, as the card and the desk know it."""

import re
from datetime import date
from typing import Final

import attrs

from medoffice.billing.coverage.card import InsuranceCard, one_line
from medoffice.billing.coverage.kind import CoverageKind
from medoffice.billing.coverage.relation import Relation
from medoffice.billing.coverage.subscriber import Subscriber
from medoffice.billing.payers import Payer
from medoffice.core import CoverageId, DateRange, InvalidValue, MemberId, PatientId, PhiClass, phi

_NUMBER: Final = r"([0-9A-Z]{1,80})?"
_GROUP: Final = 50


def _plan_name(_: object, __: "attrs.Attribute[str]", value: object) -> None:
    if not isinstance(value, str) or value != " ".join(value.split()):
        raise InvalidValue("coverage", "the plan's name is one line; it may be empty")


def _group(_: object, __: "attrs.Attribute[str]", value: str) -> None:
    if not one_line(value) or len(value) > _GROUP:
        raise InvalidValue("coverage", "a group's number and name are one line of up to 50 characters each")


def _dependent(_: object, __: "attrs.Attribute[str]", value: str) -> None:
    if not isinstance(value, str) or re.fullmatch(_NUMBER, value, re.ASCII) is None:
        raise InvalidValue("coverage", "a dependent's number has capital letters and digits; it may be empty")


def _from_one(_: object, __: object, value: object) -> None:
    if type(value) is not int or value < 1:
        raise InvalidValue("coverage", "the order in which payers are asked counts from 1")


@attrs.frozen(kw_only=True)
class Coverage:
    """One health plan of one patient; ``order`` is 1 for the payer that is asked first.

    ``plan`` is the plan's name as on the card, empty when it is not known. ``effective`` are the days on
    which the office knows the coverage to run; whether the payer agrees is what verification is for.

    ``member_id`` is the subscriber's number. ``dependent_number`` is what the payer adds to it for the patient, or
    gives in its stead, where it does. ``subscriber`` is who holds the plan: the patient themselves when ``relation``
    is ``SELF`` (then it is ``None``), or somebody whom the office may not know yet (``None`` too).
    ``on_file_since`` is the day on which the office first had it.

    Raises:
        InvalidValue: when a part has another shape, or a patient who holds the plan has another subscriber or a
            dependent's number.
    """

    id: CoverageId
    patient: PatientId
    payer: Payer
    plan: str = attrs.field(validator=_plan_name)
    member_id: MemberId = attrs.field(**phi(PhiClass.PLAN_NUMBER))
    effective: DateRange
    relation: Relation = Relation.SELF
    order: int = attrs.field(default=1, validator=_from_one)
    kind: CoverageKind | None = None
    subscriber: Subscriber | None = attrs.field(default=None, **phi(PhiClass.NAME))
    dependent_number: str = attrs.field(default="", validator=_dependent, **phi(PhiClass.PLAN_NUMBER))
    group_number: str = attrs.field(default="", validator=_group, **phi(PhiClass.PLAN_NUMBER))
    group_name: str = attrs.field(default="", validator=_group, **phi(PhiClass.OTHER_UNIQUE))
    card: InsuranceCard | None = attrs.field(default=None, **phi(PhiClass.PLAN_NUMBER))
    on_file_since: date | None = None

    def __attrs_post_init__(self) -> None:
        if self.relation is Relation.SELF and (self.subscriber is not None or self.dependent_number):
            raise InvalidValue("coverage", "a patient who holds the plan is its subscriber, and no dependent")

    def is_active(self, on: date) -> bool:
        """Whether the coverage runs on a day."""
        return on in self.effective
