"""What an answer says of one service for one network, picked out of its statements; nothing is guessed."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final, TypeVar

import attrs

from medoffice.billing.eligibility.answer import EligibilityAnswer, Quantity, Statement
from medoffice.billing.eligibility.benefit_codes import YEARS, About, Level, Network, Period
from medoffice.billing.eligibility.service_types import HEALTH_PLAN
from medoffice.core import Money, Percent

T = TypeVar("T")
_VISITS: Final = "VS"
_LEFT: Final = frozenset({Period.REMAINING, Period.LIFETIME_REMAINING})
_SO_FAR: Final = frozenset({Period.YEAR_TO_DATE, Period.EXCEEDED})
_INDIVIDUAL: Final = frozenset({Level.INDIVIDUAL, Level.NOT_SAID, Level.EMPLOYEE, Level.DEPENDENTS})
_FAMILY: Final = frozenset({Level.FAMILY, Level.EMPLOYEE_AND_SPOUSE, Level.EMPLOYEE_AND_CHILDREN})


@attrs.frozen(kw_only=True)
class Limit:
    """A limit of the plan's year: all of it, and what is left; ``None`` where the payer did not say."""

    total: Money | None = None
    remaining: Money | None = None


@attrs.frozen(kw_only=True)
class BenefitSummary:
    """What the payer said of a service; ``None`` is "not said", never "nothing to pay".

    ``conflicts`` names the fields for which it said several things that cannot all hold; those are ``None``.
    ``visits`` and ``visits_remaining`` are limits as stated; what is left may be worked out of the year's
    visits and those made. ``needs_authorization`` is true when any statement about the service says so.
    """

    service_type: str
    network: Network
    is_active: bool | None
    copay: Money | None = None
    coinsurance: Percent | None = None
    deductible: Limit = attrs.field(factory=Limit)
    family_deductible: Limit = attrs.field(factory=Limit)
    out_of_pocket: Limit = attrs.field(factory=Limit)
    family_out_of_pocket: Limit = attrs.field(factory=Limit)
    visits: tuple[Quantity, ...] = ()
    visits_remaining: tuple[Quantity, ...] = ()
    needs_authorization: bool | None = None
    conflicts: tuple[str, ...] = ()


def summarise(
    answer: EligibilityAnswer,
    service_type: str = HEALTH_PLAN,
    *,
    network: Network = Network.IN,
    place: str = "",
) -> BenefitSummary:
    """The benefits of a service as the answer states them, for providers of a network.

    A statement about the service goes before one about the plan as a whole, and that before one that names no
    service; one for the network asked for goes before one that is for any. Statements for other places of service
    than ``place`` (two digits, empty when it is not known) are left out, and so are those for single procedures.
    What is left of a limit is taken as stated, or else worked out from the year's amount and what was used of it.
    """
    chosen = _Chosen(answer, service_type, network, place)
    return BenefitSummary(
        service_type=service_type,
        network=network,
        is_active=answer.is_active_for(service_type),
        copay=chosen.only("copay", About.COPAYMENT, _copay),
        coinsurance=chosen.only("coinsurance", About.COINSURANCE, lambda each: each.percent),
        deductible=chosen.limit("deductible", About.DEDUCTIBLE, _INDIVIDUAL),
        family_deductible=chosen.limit("family_deductible", About.DEDUCTIBLE, _FAMILY),
        out_of_pocket=chosen.limit("out_of_pocket", About.OUT_OF_POCKET, _INDIVIDUAL),
        family_out_of_pocket=chosen.limit("family_out_of_pocket", About.OUT_OF_POCKET, _FAMILY),
        visits=chosen.visits(remaining=False),
        visits_remaining=chosen.visits(remaining=True),
        needs_authorization=chosen.authorization(),
        conflicts=tuple(chosen.conflicts),
    )


def _copay(said: Statement) -> Money | None:
    """What is paid for one visit: an amount that was paid so far, or is left of something, is none."""
    return None if said.period in _LEFT | _SO_FAR else said.amount


def _said_of(said: Statement) -> tuple[object, ...]:
    """Whom and what a statement is about: two that differ in it are not of one limit."""
    return (
        said.level,
        frozenset(said.service_types),
        said.network,
        said.insurance_type,
        said.plan,
        said.places,
    )


class _Chosen:
    """The statements that can hold for a service, a network and a place, and what they say."""

    def __init__(self, answer: EligibilityAnswer, service_type: str, network: Network, place: str) -> None:
        self._statements = [
            each
            for each in answer.statements
            if each.is_in(network)
            and not each.procedure
            and (not each.places or not place or place in each.places)
        ]
        self._service_type = service_type
        self._network = network
        self.conflicts: list[str] = []

    def only(self, field: str, about: About, value: Callable[[Statement], T | None]) -> T | None:
        """The one value that is stated; none, and a conflict, when there are several."""
        said = [each for each in self._statements if each.about is about and value(each) is not None]
        return self._agreed(field, said, value)

    def limit(self, field: str, about: About, levels: frozenset[Level]) -> Limit:
        """The year's amount and what is left of it, for a person or a family."""
        said = [
            each
            for each in self._statements
            if each.about is about and each.level in levels and each.amount is not None
        ]
        if any(each.level is not Level.NOT_SAID for each in said):
            said = [each for each in said if each.level is not Level.NOT_SAID]

        def of(name: str, periods: Iterable[Period]) -> Money | None:
            wanted = [each for each in said if each.period in set(periods)]
            return self._agreed(name, wanted, lambda each: each.amount)

        total = of(field, (*YEARS, Period.NOT_SAID))
        left = of(f"{field}.remaining", (Period.REMAINING,))
        used = of(f"{field}.used", (Period.YEAR_TO_DATE,))
        if (
            left is None
            and total is not None
            and used is not None
            and f"{field}.remaining" not in self.conflicts
        ):
            left = max(Money.zero, total - used)
        return Limit(total=total, remaining=left)

    def visits(self, *, remaining: bool) -> tuple[Quantity, ...]:
        """The limits on visits that are stated for the service, or what is left of them.

        Where nothing is stated as left, it is the year's limit less the visits made, when there is one of
        each and both are said of the same: person or family, services, network, plan and places.
        """
        if not remaining:
            return self._visits(lambda period: period not in _LEFT | _SO_FAR)
        left = self._visits(lambda period: period in _LEFT, About.ACTIVE)
        year = self._stated_visits(lambda period: period in YEARS)
        made = self._stated_visits(lambda period: period is Period.YEAR_TO_DATE)
        if left or len(year) != 1 or len(made) != 1 or year[0][1] != made[0][1]:
            return left
        number = max(Decimal(0), year[0][0].number - made[0][0].number)
        return (Quantity(unit=_VISITS, number=number, period=Period.REMAINING),)

    def _visits(self, is_wanted: Callable[[Period], bool], *also: About) -> tuple[Quantity, ...]:
        return tuple(dict.fromkeys(quantity for quantity, _ in self._stated_visits(is_wanted, *also)))

    def _stated_visits(
        self, is_wanted: Callable[[Period], bool], *also: About
    ) -> tuple[tuple[Quantity, tuple[object, ...]], ...]:
        """Each number of visits, once, with what it is said of."""
        kinds = {About.LIMITATIONS, About.DESCRIPTION, *also}
        return tuple(
            dict.fromkeys(
                (quantity, _said_of(each))
                for each in self._statements
                if each.about in kinds and each.is_for(self._service_type)
                for quantity in each.quantities
                if quantity.unit == _VISITS and is_wanted(quantity.period)
            )
        )

    def authorization(self) -> bool | None:
        """Whether any statement about the service asks for it; none when no statement speaks of it."""
        about = [each for each in self._statements if each.is_for(self._service_type)]
        said = [each.needs_authorization for each in about if each.needs_authorization is not None]
        return any(said) if said else None

    def _agreed(self, field: str, said: list[Statement], value: Callable[[Statement], T | None]) -> T | None:
        closest = self._closest(said)
        values = list(dict.fromkeys(value(each) for each in closest))
        if len(values) > 1:
            self.conflicts.append(field)
        return values[0] if len(values) == 1 else None

    def _closest(self, said: list[Statement]) -> list[Statement]:
        for wanted in (
            lambda each: each.is_for(self._service_type),
            lambda each: each.is_for(HEALTH_PLAN),
            lambda each: not each.service_types,
        ):
            if found := [each for each in said if wanted(each)]:
                return [each for each in found if each.network is self._network] or found
        return []
