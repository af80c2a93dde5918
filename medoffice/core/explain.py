"""Answers that carry their reasons.

``Explained[T]`` is a value and the steps that led to it. When the value is money, the steps that carry an amount
add up to it, to the cent: an explanation that does not add up cannot be built.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

import attrs

from medoffice.core.errors import InvalidValue
from medoffice.core.findings import Cite
from medoffice.core.money import Money

T_co = TypeVar("T_co", covariant=True)
R = TypeVar("R")


@attrs.frozen
class Step:
    """One reason: what it is, what it adds to an amount (or nothing), why, and where that is written.

    ``code`` names the step for translation ("copay"); ``label`` says it in English.
    """

    code: str
    label: str
    amount: Money | None = attrs.field(default=None, kw_only=True)
    why: str = attrs.field(default="", kw_only=True)
    cites: tuple[Cite, ...] = attrs.field(default=(), kw_only=True)

    def __str__(self) -> str:
        amount = "" if self.amount is None else f"{self.amount}  "
        why = f" ({self.why})" if self.why else ""
        return f"{amount}{self.label}{why}"


@attrs.frozen
class Trace:
    """Steps in the order in which they were taken."""

    steps: tuple[Step, ...] = ()

    def then(self, step: Step) -> "Trace":
        """The trace with one more step."""
        return Trace((*self.steps, step))

    def __add__(self, other: "Trace") -> "Trace":
        return Trace(self.steps + other.steps)

    @property
    def amount(self) -> Money:
        """The sum of all amounts in the steps."""
        return Money(self.cents)

    @property
    def cents(self) -> int:
        """The sum of all amounts in the steps, in cents; also where it is more than money may be."""
        return sum([step.amount.cents for step in self.steps if step.amount is not None])

    def __str__(self) -> str:
        return "\n".join(str(step) for step in self.steps)


@attrs.frozen
class Explained(Generic[T_co]):
    """A value, the trace that leads to it, and what was not known when it was worked out.

    Raises:
        InvalidValue: when the value is money and the amounts of its steps do not add up to it.
    """

    value: T_co
    trace: Trace = attrs.field(kw_only=True)
    unknowns: tuple[str, ...] = attrs.field(default=(), kw_only=True)

    def __attrs_post_init__(self) -> None:
        if isinstance(self.value, Money) and self.trace.cents != self.value.cents:
            raise InvalidValue("explanation", "the amounts of its steps do not add up to the value")

    @property
    def is_certain(self) -> bool:
        """Whether nothing was unknown."""
        return not self.unknowns

    def map(self, change: Callable[[T_co], R], step: Step) -> "Explained[R]":
        """The explanation of ``change(value)``, with the step that says what was done.

        Raises:
            InvalidValue: when the result is money and the step's amount does not make up the difference.
        """
        return Explained(change(self.value), trace=self.trace.then(step), unknowns=self.unknowns)
