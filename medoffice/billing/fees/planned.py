"""What a planned service costs: the office's charge, and the amount that a contract allows."""

import attrs

from medoffice.billing.services import IN_NETWORK, a_service
from medoffice.core import InvalidValue, Money


def _not_negative(_: object, attribute: "attrs.Attribute[Money]", value: Money | None) -> None:
    if value is not None and value < Money.zero:
        raise InvalidValue("planned line", f"its {attribute.name} is not below zero")


@attrs.frozen(kw_only=True)
class PlannedLine:
    """One service that is planned for a visit.

    ``charge`` is the office's own price; ``allowed`` is what payer and office have agreed on, ``None`` when
    no contract or fee schedule that is loaded tells it. Neither is ever guessed from the other.
    ``tier`` is where the plan's network has the provider. ``balance_billed`` is said by who knows that the
    provider is outside the network and that the No Surprises Act (45 CFR 149.410 to 149.440) does not protect
    the patient: only then is the charge above the allowed amount the patient's.
    """

    service: str = attrs.field(validator=a_service)
    charge: Money = attrs.field(validator=_not_negative)
    allowed: Money | None = attrs.field(default=None, validator=_not_negative)
    tier: str = attrs.field(default=IN_NETWORK, validator=a_service)
    balance_billed: bool = False

    @property
    def balance_bill(self) -> Money:
        """What of the charge is above the allowed amount and is asked of the patient; zero while that is unknown."""
        if not self.balance_billed or self.allowed is None:
            return Money.zero
        return max(Money.zero, self.charge - self.allowed)
