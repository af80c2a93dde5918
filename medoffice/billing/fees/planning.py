"""From the services of a visit to its planned lines: what the office charges, and what the payer allows, and why.

A charge comes out of the charge master, an allowed amount out of the contract, which may point to the fee schedule.
Where one of them does not tell it, the amount is not there and the reason is; nothing is worked out from another.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

import attrs

from medoffice.billing.fees.charges import ChargeMaster
from medoffice.billing.fees.contract import Contract, NotInContract
from medoffice.billing.fees.day import price_day
from medoffice.billing.fees.exact import EXACT
from medoffice.billing.fees.modifiers import NotPayable
from medoffice.billing.fees.official import NotForDay
from medoffice.billing.fees.planned import AgreedAmount, PlannedLine
from medoffice.billing.fees.priced import Priced
from medoffice.billing.fees.rows import Locality, Track
from medoffice.billing.fees.schedule import FeeSchedule, Price
from medoffice.billing.fees.service import PlannedService
from medoffice.billing.fees.session import DayLine
from medoffice.core import (
    AppointmentId,
    Explained,
    Finding,
    InvalidValue,
    Money,
    PayerId,
    Refused,
    Step,
    Trace,
)
from medoffice.rules import NotListed

_NO_CHARGES: Final = Finding.error(
    "CHG001",
    "The office has no price list for this day",
    fix="Write one into prices.toml, with the days that it is for.",
)


@attrs.frozen(kw_only=True)
class PlannedPrice:
    """A planned line, the service it is, and how its two amounts came about.

    ``allowed`` is ``None`` when nothing that is loaded tells it; ``why_not`` then says the reason. It is what the first
    payer allows; what others do stands in the line's ``agreed``.
    """

    service: PlannedService
    line: PlannedLine
    charge: Explained[Money]
    allowed: Explained[Money] | None = None
    why_not: str = ""


@attrs.frozen(kw_only=True)
class VisitPlanned:
    """What was planned for a visit: its lines with their prices, in order."""

    appointment: AppointmentId
    prices: tuple[PlannedPrice, ...]


@attrs.frozen(kw_only=True)
class Pricing:
    """A fee schedule, and where and as what the office is priced in it."""

    schedule: FeeSchedule
    locality: Locality
    facility: bool = False
    track: Track = Track.ALL


def planned_lines(
    services: Sequence[PlannedService],
    *,
    charges: ChargeMaster | None,
    contract: Contract | str,
    pricing: Pricing | str,
    on: date,
    payer: PayerId | None = None,
    others: Mapping[PayerId, Contract] | None = None,
) -> tuple[PlannedPrice, ...] | Refused:
    """The lines of one visit, in the order given; refused with every code that has no charge.

    A text in place of ``contract`` or ``pricing`` says why there is none, such as that the patient pays or that no
    schedule is loaded for the day. ``contract`` is the one with the first ``payer``; ``others`` are those with payers
    that pay after it, whose amounts the lines keep as well.

    Raises:
        InvalidValue: when there are other payers and the first one is not named, or is among them.
    """
    if others and (payer is None or payer in others):
        raise InvalidValue("plan", "the first payer is named, and is not among the others")
    if charges is None:
        return Refused((_NO_CHARGES,))
    own = [charges.charge(each.price_key, on=on) for each in services]
    missing = [finding for each in own if isinstance(each, Refused) for finding in each.findings]
    if missing:
        return Refused(tuple(dict.fromkeys(missing)))
    contracts: dict[PayerId | None, Contract | str] = {payer: contract}
    contracts.update((others or {}).items())
    prices = {each: _prices(services, pricing, on, theirs) for each, theirs in contracts.items()}
    return tuple(
        _planned(
            service,
            each,
            charges.because,
            {one: _Terms(theirs, prices[one][place], on) for one, theirs in contracts.items()},
        )
        for place, (service, each) in enumerate(zip(services, own, strict=True))
        if isinstance(each, Money)
    )


@attrs.frozen
class _Terms:
    """What tells a payer's amount for one line: the contract, and the line's price among the lines that it pays."""

    contract: Contract | str
    price: Price | str
    on: date


def _planned(
    service: PlannedService,
    each: Money,
    because: str,
    terms: Mapping[PayerId | None, _Terms],
) -> PlannedPrice:
    """A line, ``each`` being the charge of one unit; the first of ``terms`` are those of the first payer."""
    whole = Money.total(each for _ in range(service.units))
    times = f"{service.units} x {each}" if service.units != 1 else ""
    why = "; ".join(filter(None, (times, because)))
    charge = Explained(whole, trace=Trace((Step("charge", "The office's own price", amount=whole, why=why),)))
    told = {payer: _allowed(service, whole, theirs) for payer, theirs in terms.items()}
    allowed, why_not = next(iter(told.values()))
    line = PlannedLine(
        service=service.service,
        charge=whole,
        allowed=None if allowed is None else allowed.value,
        unsettled=() if allowed is None else allowed.unknowns,
        agreed=tuple(
            AgreedAmount(payer=payer, amount=amount.value, unsettled=amount.unknowns)
            for payer, (amount, _) in told.items()
            if payer is not None and amount is not None
        ),
    )
    return PlannedPrice(service=service, line=line, charge=charge, allowed=allowed, why_not=why_not)


def _allowed(service: PlannedService, charge: Money, terms: _Terms) -> tuple[Explained[Money] | None, str]:
    contract, price = terms.contract, terms.price
    if isinstance(contract, str):
        return None, contract
    known = None if isinstance(price, str) else price
    found = contract.allowed(
        service.price_key, charge=charge, schedule=known, on=terms.on, units=service.units
    )
    if isinstance(found, NotInContract):
        is_priced = contract.percent is not None and not isinstance(price, Priced)
        return None, "; ".join(filter(None, (found.why, said(price) if is_priced else "")))
    return found, ""


def said(price: Price | str) -> str:
    """Why something has no price of the schedule, in words; empty for what has one."""
    match price:
        case str():
            return price
        case Priced():
            return ""
        case NotForDay(edition=edition):
            return f"{edition.name} is not for this day ({edition.days})"
        case NotListed(table=what):
            return f"not listed: {what}"
        case NotPayable(why=why):
            return why


def _prices(
    services: Sequence[PlannedService], pricing: Pricing | str, on: date, contract: Contract | str
) -> list[Price | str]:
    """The price of each line; what this payer does not pay at all is not one of its day and reduces nothing."""
    if isinstance(pricing, str):
        return [pricing for _ in services]
    is_paid = [isinstance(contract, str) or not contract.is_carved_out(each.code) for each in services]
    lines = tuple(
        DayLine(each.code, each.modifiers)
        for each, is_theirs in zip(services, is_paid, strict=True)
        for _ in range(each.units * is_theirs)
    )
    found = iter(
        price_day(
            pricing.schedule,
            lines,
            facility=pricing.facility,
            locality=pricing.locality,
            on=on,
            track=pricing.track,
        )
    )
    return [
        _together([next(found) for _ in range(each.units)]) if is_theirs else ""
        for each, is_theirs in zip(services, is_paid, strict=True)
    ]


def _together(prices: Sequence[Price]) -> Price:
    """The units of one line as one price; without a price when one of them has none.

    Each unit counts in whole cents, as prices are published: CMS's file of reduced therapy rates is one of cents.
    """
    priced = [each for each in prices if isinstance(each, Priced)]
    if len(priced) < len(prices):
        return next(each for each in prices if not isinstance(each, Priced))
    if len(priced) == 1:
        return priced[0]
    steps = [step for each in priced for step in each.explained.trace.steps]
    by_name: dict[str, list[Money]] = {}
    for step in steps:
        by_name.setdefault(step.code, []).append(step.amount or Money.zero)
    changes, so_far = [], Money.zero
    for code, amounts in by_name.items():
        so_far += Money.total(amounts)
        changes.append((code.removeprefix("adjusted-"), _dollars(so_far)))
    (_, base), *rest = changes
    notes = tuple(dict.fromkeys(note for each in priced for note in each.notes))
    return Priced(priced[0].row, base, _dollars(so_far), tuple(rest), notes)


def _dollars(amount: Money) -> Decimal:
    return Decimal(amount.cents).scaleb(-2, context=EXACT)
