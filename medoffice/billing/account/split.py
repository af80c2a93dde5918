"""Where the cents of one payment go: each in exactly one place."""

import attrs

from medoffice.core import InvalidValue, Money, PhiClass, phi


@attrs.frozen(kw_only=True)
class Split:
    """A payment in its parts: for the visit, for earlier visits, for instalments of a plan, kept as a deposit.

    Raises:
        InvalidValue: when a part is below zero, or all of them are nothing.
    """

    to_visit: Money = attrs.field(default=Money.zero, **phi(PhiClass.HEALTH))
    to_balance: Money = attrs.field(default=Money.zero, **phi(PhiClass.HEALTH))
    to_instalments: Money = attrs.field(default=Money.zero, **phi(PhiClass.HEALTH))
    kept: Money = attrs.field(default=Money.zero, **phi(PhiClass.HEALTH))

    def __attrs_post_init__(self) -> None:
        if min(self.parts) < Money.zero or not self.amount:
            raise InvalidValue("split", "its parts are not below zero, and one of them is above it")

    @property
    def parts(self) -> tuple[Money, Money, Money, Money]:
        """The four parts, in the order of the fields."""
        return self.to_visit, self.to_balance, self.to_instalments, self.kept

    @property
    def amount(self) -> Money:
        """The whole payment."""
        return Money.total(self.parts)


@attrs.frozen(kw_only=True)
class Room:
    """What a payment may go to, in the order in which it does.

    ``visit`` is what is due for the visit; ``visit_more`` what it may turn out to cost beyond that, as far as the
    estimate's upper bound; ``later`` the instalments of the plan that are not due yet.
    """

    visit: Money = attrs.field(default=Money.zero, **phi(PhiClass.HEALTH))
    instalments: Money = attrs.field(default=Money.zero, **phi(PhiClass.HEALTH))
    balance: Money = attrs.field(default=Money.zero, **phi(PhiClass.HEALTH))
    later: Money = attrs.field(default=Money.zero, **phi(PhiClass.HEALTH))
    visit_more: Money = attrs.field(default=Money.zero, **phi(PhiClass.HEALTH))

    def __attrs_post_init__(self) -> None:
        if min(attrs.astuple(self, recurse=False)) < Money.zero:
            raise InvalidValue("room", "its parts are not below zero")

    @property
    def due(self) -> Money:
        """What is due now: the visit, the instalments that are due, and the balance."""
        return self.visit + self.instalments + self.balance

    @property
    def most(self) -> Money:
        """The most that can be owed at all."""
        return self.due + self.later + self.visit_more

    def split(self, amount: Money) -> Split:
        """An amount in its parts; what there is no room for is kept as a deposit.

        First what is due for the visit, then the instalments that are due, the balance, instalments that come later,
        and last what the visit may cost beyond what is due.

        Raises:
            InvalidValue: when the amount is not above zero.
        """
        return self.refit(Split(kept=amount))

    def refit(self, meant: Split, *, keeps: bool = False) -> Split:
        """A payment that was meant to go somewhere, as far as there is still room for it there.

        The rest goes wherever there is room; what there is none for is kept. With ``keeps`` the part that was meant to
        be kept is; otherwise it looks for room as the rest does.
        """
        whole_visit = self.visit + self.visit_more
        visit = min(meant.to_visit, whole_visit)
        dues = min(meant.to_instalments, self.instalments + self.later)
        balance = min(meant.to_balance, self.balance)
        kept = meant.kept if keeps else Money.zero
        spare = meant.amount - visit - dues - balance - kept
        first, spare = _fill(spare, max(Money.zero, self.visit - visit))
        owing, spare = _fill(spare, max(Money.zero, self.instalments - dues))
        older, spare = _fill(spare, self.balance - balance)
        later, spare = _fill(spare, self.instalments + self.later - dues - owing)
        more, spare = _fill(spare, whole_visit - visit - first)
        return Split(
            to_visit=visit + first + more,
            to_balance=balance + older,
            to_instalments=dues + owing + later,
            kept=kept + spare,
        )


def _fill(spare: Money, room: Money) -> tuple[Money, Money]:
    taken = min(spare, room)
    return taken, spare - taken
