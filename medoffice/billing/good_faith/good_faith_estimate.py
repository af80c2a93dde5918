"""The good-faith estimate as a value: who is expected to charge what, for which service and diagnosis.

Its parts follow 45 CFR 149.610(c)(1) as reports of it list them: patient, primary service and day, items with service
and diagnosis codes and expected charges grouped by provider, each provider's name, NPI, tax id, state and place, what is
scheduled separately, and the disclaimers. What may be missing from one says
:mod:`medoffice.billing.good_faith.completeness`. An expected charge is the rate for a patient who pays himself, less his discounts
((a)(2)(v), read as printed in the Federal Register of 7 October 2021).
"""

import re
from datetime import date
from typing import Final

import attrs

from medoffice.billing.good_faith.disclaimers import DISCLAIMERS
from medoffice.core import (
    EIN,
    ICD10CM,
    NPI,
    Cite,
    Explained,
    InvalidValue,
    Money,
    PersonName,
    PhiClass,
    ProcedureCode,
    Step,
    Trace,
    phi,
)

CITE: Final = Cite("45 CFR 149.610", "(c)(1)")


@attrs.frozen(kw_only=True)
class ExpectedItem:
    """One service that is expected, in the office's own plain words, with its expected charge for all its units.

    Raises:
        InvalidValue: when it is not described, there is less than one unit, or the charge is below zero.
    """

    service: ProcedureCode
    words: str = attrs.field(**phi(PhiClass.HEALTH))
    diagnoses: tuple[ICD10CM, ...] = attrs.field(default=(), **phi(PhiClass.HEALTH))
    units: int = 1
    charge: Money

    def __attrs_post_init__(self) -> None:
        if not self.words.strip():
            raise InvalidValue("expected item", "it is described in plain words")
        if type(self.units) is not int or self.units < 1:
            raise InvalidValue("expected item", "there is at least one unit of it")
        if self.charge < Money.zero:
            raise InvalidValue("expected item", "its charge is not below zero")


@attrs.frozen(kw_only=True)
class ExpectedProvider:
    """A provider or facility with the items that are expected of it, at least one.

    ``state`` is the two-letter code of the state where they are given, ``place`` the office or facility; empty when
    nobody has written it down.

    Raises:
        InvalidValue: when there is no item or no name, or the state is no two letters.
    """

    name: str
    npi: NPI
    tax_id: EIN
    state: str
    place: str = ""
    items: tuple[ExpectedItem, ...]

    def __attrs_post_init__(self) -> None:
        if not self.name.strip() or not self.items:
            raise InvalidValue("expected provider", "it has a name and at least one item")
        if re.fullmatch(r"[A-Z]{2}", self.state, re.ASCII) is None:
            raise InvalidValue("expected provider", "its state is the two-letter code")

    @property
    def expected(self) -> Money:
        """The total of the provider's expected charges: what a bill is compared with."""
        return Money.total(item.charge for item in self.items)


@attrs.frozen(kw_only=True)
class Recurrence:
    """A service that is given again and again: how often (``every``, in plain words), how many times, and until when.

    The items of the estimate hold the units and charges of all times together.

    Raises:
        InvalidValue: when it is not described, or is not more than once.
    """

    every: str = attrs.field(**phi(PhiClass.HEALTH))
    times: int
    last_on: date = attrs.field(**phi(PhiClass.DATE))

    def __attrs_post_init__(self) -> None:
        if not self.every.strip():
            raise InvalidValue("recurrence", "how often is said in plain words")
        if type(self.times) is not int or self.times < 2:  # noqa: PLR2004 -- once is no recurrence
            raise InvalidValue("recurrence", "it is more than once")


@attrs.frozen(kw_only=True)
class GoodFaithEstimate:
    """An estimate for one patient; the first provider is the convening one, who schedules and gives it.

    ``service_on`` is ``None`` when nothing is scheduled yet. ``separately`` describes what must be scheduled apart.
    ``recurrence`` is there when one estimate holds a service that recurs. ``left_out`` names, in plain words, other
    providers whose charges are expected but not in the estimate.

    Raises:
        InvalidValue: when no provider is named, or one is named twice.
    """

    patient: PersonName = attrs.field(**phi(PhiClass.NAME))
    birth_date: date = attrs.field(**phi(PhiClass.DATE))
    issued_on: date
    service_on: date | None = attrs.field(default=None, **phi(PhiClass.DATE))
    primary: str = attrs.field(**phi(PhiClass.HEALTH))
    providers: tuple[ExpectedProvider, ...]
    separately: tuple[str, ...] = attrs.field(default=(), **phi(PhiClass.HEALTH))
    recurrence: Recurrence | None = None
    left_out: tuple[str, ...] = attrs.field(default=(), **phi(PhiClass.HEALTH))

    def __attrs_post_init__(self) -> None:
        numbers = [provider.npi for provider in self.providers]
        if not numbers or len(set(numbers)) < len(numbers):
            raise InvalidValue("good-faith estimate", "it names at least one provider, and each once")

    @property
    def disclaimers(self) -> tuple[str, ...]:
        """The codes of the disclaimers; :data:`DISCLAIMERS` has their English."""
        return tuple(DISCLAIMERS)

    @property
    def total(self) -> Explained[Money]:
        """All expected charges, a step for each item; the steps name services by code, never a patient."""
        steps = tuple(
            Step(
                "expected-charge", "Expected charge", amount=item.charge, why=str(item.service), cites=(CITE,)
            )
            for provider in self.providers
            for item in provider.items
        )
        trace = Trace(steps)
        return Explained(trace.amount, trace=trace)
