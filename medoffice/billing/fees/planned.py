"""What a planned service costs: the office's charge, and the amount that a contract allows."""

import attrs

from medoffice.billing.fees.notes import NOTES
from medoffice.billing.services import IN_NETWORK, a_service
from medoffice.core import InvalidValue, Money, PayerId


def _not_negative(_: object, attribute: "attrs.Attribute[Money]", value: Money | None) -> None:
    if value is not None and value < Money.zero:
        raise InvalidValue("planned line", f"its {attribute.name} is not below zero")


def _notes(_: object, __: object, value: tuple[str, ...]) -> None:
    if not NOTES.keys() >= set(value):
        raise InvalidValue("planned line", "what is not settled is said by a code of NOTES")


@attrs.frozen(kw_only=True)
class AgreedAmount:
    """What one payer allows for a line by its contract; ``unsettled`` as in :class:`PlannedLine`."""

    payer: PayerId
    amount: Money = attrs.field(validator=_not_negative)
    unsettled: tuple[str, ...] = attrs.field(default=(), validator=_notes)


@attrs.frozen(kw_only=True)
class PlannedLine:
    """One service that is planned for a visit.

    ``charge`` is the office's own price; ``allowed`` is what payer and office have agreed on, ``None`` when
    no contract or fee schedule that is loaded tells it. Neither is ever guessed from the other.
    ``tier`` is where the plan's network has the provider. ``balance_billed`` is said by who knows that the
    provider is outside the network and that the No Surprises Act (45 CFR 149.410 to 149.440) does not protect
    the patient: only then is the charge above the allowed amount the patient's.
    ``unsettled`` are codes of :data:`medoffice.billing.fees.NOTES`: what the payer decides about ``allowed`` that is
    not decided here. ``agreed`` is what each payer with a contract allowed when the line was planned, one entry each;
    with none, nobody noted whose amount ``allowed`` is.

    Raises:
        InvalidValue: when an amount is below zero, a code is not known, something is unsettled about an amount that is
            not there, or a payer is there twice.
    """

    service: str = attrs.field(validator=a_service)
    charge: Money = attrs.field(validator=_not_negative)
    allowed: Money | None = attrs.field(default=None, validator=_not_negative)
    tier: str = attrs.field(default=IN_NETWORK, validator=a_service)
    balance_billed: bool = False
    unsettled: tuple[str, ...] = attrs.field(default=(), validator=_notes)
    agreed: tuple[AgreedAmount, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.unsettled and self.allowed is None:
            raise InvalidValue("planned line", "nothing is unsettled about an amount that nobody knows")
        if len({each.payer for each in self.agreed}) < len(self.agreed):
            raise InvalidValue("planned line", "each payer has agreed on one amount")

    def agreed_with(self, payer: PayerId) -> AgreedAmount | None:
        """What a payer allows by its contract; ``None`` where none told it."""
        return next((each for each in self.agreed if each.payer == payer), None)

    def as_allowed_by(self, payer: PayerId) -> "PlannedLine":
        """The line with what this payer allows, which may not be the one for whom it was planned.

        A line of which nobody noted whose its allowed amount is stays as it is.
        """
        if not self.agreed:
            return self
        theirs = self.agreed_with(payer)
        if theirs is None:
            return attrs.evolve(self, allowed=None, unsettled=())
        return attrs.evolve(self, allowed=theirs.amount, unsettled=theirs.unsettled)

    @property
    def balance_bill(self) -> Money:
        """What of the charge is above the allowed amount and is asked of the patient; zero while that is unknown."""
        if not self.balance_billed or self.allowed is None:
            return Money.zero
        return max(Money.zero, self.charge - self.allowed)
