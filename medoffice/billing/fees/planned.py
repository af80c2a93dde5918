"""What a planned service costs: the office's charge, and the amount that a contract allows."""

import attrs

from medoffice.billing.services import a_service
from medoffice.core import InvalidValue, Money


def _not_negative(_: object, attribute: "attrs.Attribute[Money]", value: Money | None) -> None:
    if value is not None and value < Money.zero:
        raise InvalidValue("planned line", f"its {attribute.name} is not below zero")


@attrs.frozen(kw_only=True)
class PlannedLine:
    """One service that is planned for a visit.

    ``charge`` is the office's own price; ``allowed`` is what payer and office have agreed on, ``None`` when
    no contract or fee schedule that is loaded tells it. Neither is ever guessed from the other.
    """

    service: str = attrs.field(validator=a_service)
    charge: Money = attrs.field(validator=_not_negative)
    allowed: Money | None = attrs.field(default=None, validator=_not_negative)
