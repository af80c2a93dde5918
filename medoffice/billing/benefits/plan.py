"""A health plan as its documents describe it: a year's limits and the patient's part of each service."""

from datetime import date

import attrs

from medoffice.billing.benefits.accumulators import Accumulators, FamilyLimit
from medoffice.billing.benefits.benefit import Benefit, Benefits, CostShareOrder
from medoffice.billing.payers import Payer
from medoffice.core import DateRange, InvalidValue, Money


def _not_negative(_: object, attribute: "attrs.Attribute[Money]", value: Money | None) -> None:
    if value is not None and value < Money.zero:
        raise InvalidValue("plan", f"its {attribute.name.replace('_', ' ')} is not below zero")


def _amount() -> Money | None:
    return attrs.field(default=None, validator=_not_negative)


@attrs.frozen(kw_only=True)
class Spent:
    """What counted towards a year's limits so far, by the patient alone and by the family; ``None`` is not known.

    Raises:
        InvalidValue: when an amount is below zero.
    """

    deductible: Money | None = _amount()
    out_of_pocket: Money | None = _amount()
    family_deductible: Money | None = _amount()
    family_out_of_pocket: Money | None = _amount()


@attrs.frozen(kw_only=True)
class Plan:
    """One plan for one plan year; the limits are those of the whole year, ``None`` where nobody knows them.

    A plan without a deductible has one of ``Money.zero``. ``family_deductible_counts`` and
    ``family_out_of_pocket_counts`` say how the family's limits go with a person's, ``None`` for a plan without
    family limits.

    Raises:
        InvalidValue: when the name is empty or not one line, a limit is below zero, or two benefits are about
            the same service in the same tier.
    """

    payer: Payer
    name: str
    year: DateRange
    benefits: tuple[Benefit, ...]
    deductible: Money | None = _amount()
    out_of_pocket: Money | None = _amount()
    family_deductible: Money | None = _amount()
    family_out_of_pocket: Money | None = _amount()
    family_deductible_counts: FamilyLimit | None = None
    family_out_of_pocket_counts: FamilyLimit | None = None
    order: CostShareOrder | None = None

    def __attrs_post_init__(self) -> None:
        if not self.name or self.name != " ".join(self.name.split()):
            raise InvalidValue("plan", "its name is one line and not empty")
        self.after(Spent())

    def is_in_force(self, on: date) -> bool:
        """Whether a day is in the plan's year."""
        return on in self.year

    def after(self, spent: Spent) -> Benefits:
        """The benefits that are left when so much was spent in the plan's year; more than a limit leaves none of it."""
        return Benefits(
            benefits=self.benefits,
            remaining=Accumulators(
                deductible_remaining=_left(self.deductible, spent.deductible),
                out_of_pocket_remaining=_left(self.out_of_pocket, spent.out_of_pocket),
                family_deductible_remaining=_left(self.family_deductible, spent.family_deductible),
                family_out_of_pocket_remaining=_left(self.family_out_of_pocket, spent.family_out_of_pocket),
                family_deductible=self.family_deductible_counts,
                family_out_of_pocket=self.family_out_of_pocket_counts,
            ),
            order=self.order,
        )


def _left(limit: Money | None, spent: Money | None) -> Money | None:
    """What is left of a limit; of one of nothing, nothing, whatever was spent."""
    if limit == Money.zero:
        return Money.zero
    return None if limit is None or spent is None else max(Money.zero, limit - spent)
