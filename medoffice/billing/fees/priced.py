"""A price that the schedule sets, with what adjusted it and what is not known about it."""

from decimal import Decimal
from typing import Final

import attrs

from medoffice.billing.fees.exact import EXACT
from medoffice.billing.fees.rows import RvuRow
from medoffice.core import Explained, Money, Step, Trace

_HALF_CENT: Final = Decimal("0.5")
_HUNDRED: Final = Decimal(100)


@attrs.frozen
class Priced:
    """An amount; ``exact`` is it in dollars before rounding, ``changes`` what adjusted ``base`` and the dollars after each.

    ``notes`` are codes of :data:`medoffice.billing.fees.NOTES`: what a payer decides that is not decided here.
    """

    row: RvuRow
    base: Decimal
    exact: Decimal
    changes: tuple[tuple[str, Decimal], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def amount(self) -> Money:
        """The amount, rounded once, half up: as ``Money.from_dollars``, which takes four times as long."""
        return Money(int(EXACT.fma(self.exact, _HUNDRED, _HALF_CENT)))

    @property
    def explained(self) -> Explained[Money]:
        """The amount with steps that add up to it: each is the difference that it makes, in whole cents."""
        so_far = Money.from_dollars(self.base)
        steps = [Step("fee-schedule", "Relative values, price indices, conversion factor", amount=so_far)]
        for name, dollars in self.changes:
            now = Money.from_dollars(dollars)
            steps.append(Step(f"adjusted-{name}", f"Adjusted for {name}", amount=now - so_far))
            so_far = now
        return Explained(so_far, trace=Trace(tuple(steps)), unknowns=self.notes)

    def changed(self, name: str, exact: Decimal) -> "Priced":
        """The same with one more adjustment; without one where the dollars stay as they are."""
        if exact == self.exact:
            return self
        return attrs.evolve(self, exact=exact, changes=(*self.changes, (name, exact)))

    def noted(self, note: str) -> "Priced":
        """The same, with one more thing that is not decided here."""
        return self if note in self.notes else attrs.evolve(self, notes=(*self.notes, note))
