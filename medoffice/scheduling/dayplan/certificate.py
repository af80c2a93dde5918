"""How a plan is known to be optimal, as data that anybody can check (:mod:`~medoffice.scheduling.dayplan.verification`).

A *witness* speaks about one direction: all patients' slots later, or all earlier. Each of its orders lists the patients
that have room that way; moving them one after the other, each by one slot, adds to the cost some amount for each.
Mixed by the witness's shares, the amounts of a patient make his ``x``. The cost on the box is L♮-convex, so for every
other plan ``y``, with ``up`` and ``down`` the slots by which it moves a patient,

    cost(y) >= cost + sum of min(0, x_later) * up + sum of min(0, x_earlier) * down.

Where no ``x`` is below zero, no plan costs less.
"""

from typing import Final

import attrs

from medoffice.core.errors import InvalidValue

CLOSED: Final = 1e-9
_SUM_TOLERANCE: Final = 1e-9


@attrs.frozen
class Witness:
    """Orders of patients (by place in the order of service) and the share of each; the shares sum to one.

    Raises:
        InvalidValue: when there is not one share for each order, a share is below zero, or they do not sum to one.
    """

    orders: tuple[tuple[int, ...], ...]
    shares: tuple[float, ...]

    def __attrs_post_init__(self) -> None:
        if len(self.orders) != len(self.shares) or any(share < 0 for share in self.shares):
            raise InvalidValue("witness", "each order has a share, zero or above")
        if self.shares and abs(sum(self.shares) - 1) > _SUM_TOLERANCE:
            raise InvalidValue("witness", "its shares sum to one")


@attrs.frozen(kw_only=True)
class Cut:
    """All orders of service that begin with the first ``fixed`` patients of ``order``, and a bound for them.

    The bound is the least cost of a *relaxed* session (:mod:`~medoffice.scheduling.dayplan.relaxation`), proven by the two
    witnesses at ``places``.
    """

    order: tuple[int, ...]
    fixed: int
    places: tuple[int, ...]
    later: Witness
    earlier: Witness


@attrs.frozen(kw_only=True)
class Certificate:
    """No plan costs less than ``lower_bound``; ``gap`` is the cost less that bound.

    The bound holds but for the rounding of floating point, some 1e-12 of the cost. ``method`` says in words on what
    it rests, ``evaluations`` how many plans were looked at. ``later`` and ``earlier`` are the witnesses.
    Where the order of patients was chosen too, ``cuts`` share out all orders between them.
    """

    method: str
    cost: float
    lower_bound: float
    evaluations: int
    later: Witness = Witness((), ())
    earlier: Witness = Witness((), ())
    cuts: tuple[Cut, ...] = ()

    @property
    def gap(self) -> float:
        """By how much some plan might be cheaper, at most; never below zero."""
        return max(0.0, self.cost - self.lower_bound)

    @property
    def is_optimal(self) -> bool:
        """Whether the gap is nothing but rounding: within 1e-9 of the cost (or of 1 below it)."""
        return self.gap <= CLOSED * max(1.0, abs(self.cost))

    def __str__(self) -> str:
        known = (
            "optimal: no plan costs less"
            if self.is_optimal
            else f"not proven optimal: no plan costs less than {self.lower_bound:.6f}"
        )
        return f"{known} (gap {self.gap:.1e}, {self.evaluations:,} plans looked at). {self.method}"
