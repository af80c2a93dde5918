"""A day's lines split over several payers, for one answer to everything about the later payers that is open."""

from collections.abc import Sequence
from enum import Enum
from typing import Final

from medoffice.billing.benefits import DayShare
from medoffice.billing.coordinated.later import AsPrimary, after_others
from medoffice.billing.coordination import ChargeRule, Coordinated, Method, PayerLine, coordinate
from medoffice.billing.fees import PlannedLine
from medoffice.core import Money, Percent

_NOTHING: Final = Percent.parse("0%")


class Open(Enum):
    """How a payer of which something is open is counted: as far as it said, at its most, or at nothing."""

    SAID = "said"
    MOST = "most"
    NOTHING = "nothing"


Splits = tuple[Coordinated | None, ...]


def split_day(
    lines: Sequence[PlannedLine],
    first: DayShare,
    later: Sequence[AsPrimary],
    *,
    methods: Sequence[Method],
    rule: ChargeRule,
    count: Open,
) -> Splits:
    """Each line over its payers; ``None`` for a line of which nobody knows what the first payer allows.

    ``methods`` says how each later payer coordinates. A line that is billed beyond the first payer's allowed amount
    may be collected to its charge, whatever the ``rule``.
    """
    payers: list[list[PayerLine]] = [
        [] if share.plan_pays is None or line.allowed is None else [_first(line.allowed, share.plan_pays)]
        for line, share in zip(lines, first.lines, strict=True)
    ]
    rules = [ChargeRule.CHARGE if line.balance_billed else rule for line in lines]
    for payer, method in zip(later, methods, strict=True):
        before = [
            _paid(line.charge, known, each) for line, known, each in zip(lines, payers, rules, strict=True)
        ]
        settled: Sequence[Money | None] = (None,) * len(lines)
        if method is Method.MAINTENANCE_OF_BENEFITS:
            rest = after_others(payer, before)
            settled = tuple(paid + pays for paid, pays in zip(before, rest, strict=True))
        for place, known in enumerate(payers):
            if known:
                known.append(_later(payer, place, method, count, lines[place].charge, settled[place]))
    return tuple(
        coordinate(line.charge, known, rule=each) if known else None
        for line, known, each in zip(lines, payers, rules, strict=True)
    )


def _first(allowed: Money, pays: Money) -> PayerLine:
    return PayerLine(allowed=allowed, as_primary=pays)


def _paid(charge: Money, payers: Sequence[PayerLine], rule: ChargeRule) -> Money:
    if not payers:
        return Money.zero
    return Money.total(payment.value for payment in coordinate(charge, payers, rule=rule).payments)


def _later(
    payer: AsPrimary, place: int, method: Method, count: Open, charge: Money, settled: Money | None
) -> PayerLine:
    """One line of a later payer; under maintenance of benefits ``settled`` is what the others and it pay in all."""
    allowed, pays = payer.lines[place].allowed, payer.pays[place]
    if not payer.is_certain and count is Open.NOTHING:
        return PayerLine(allowed=Money.zero, as_primary=Money.zero)
    if allowed is None or pays is None or (not payer.is_certain and count is Open.MOST):
        return PayerLine(allowed=charge, as_primary=charge)
    # The benefits were asked for what the others left, so all that they kept back of it stands as a deductible.
    kept = Money.zero if settled is None else max(Money.zero, allowed - settled)
    return PayerLine(
        allowed=allowed,
        as_primary=min(pays, allowed),
        method=method,
        deductible=kept,
        coinsurance=_NOTHING,
        is_on_fee_schedule=payer.later.is_on_fee_schedule,
    )
