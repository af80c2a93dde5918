"""The estimate with several coverages: what is due, from what to what it may reach, and who pays what of each line.

Each payer's benefits are asked for the whole day as if it were first, with what is left of its own year's limits; then
each line is coordinated. For now the patient is asked for what is surely owed: what a later payer left open counts as
paid by it, and a plan of which nobody knows how it coordinates counts as coordinating by the standard method, which
pays most. A coverage that does not run on the day pays nothing; if it did after all, the patient may owe nothing or,
when it is the first, up to the charges.
"""

from collections.abc import Sequence
from datetime import date

import attrs

from medoffice.billing.benefits import VerifiedCoverage, day_share, steps, unknowns
from medoffice.billing.benefits.steps import a_step
from medoffice.billing.coordinated.bounds import several_bounds
from medoffice.billing.coordinated.later import AsPrimary, LaterCover, all_as_primary
from medoffice.billing.coordinated.lines import several_lines
from medoffice.billing.coordinated.split import Open, Splits, split_day
from medoffice.billing.coordination import ChargeRule, Method
from medoffice.billing.estimate import Estimate, estimate
from medoffice.billing.fees import PlannedLine
from medoffice.core import InvalidValue, Money, Trace


@attrs.frozen(kw_only=True)
class CoordinatedEstimate:
    """What is due today, and how each line is split over the payers.

    ``payers`` are the places of the coverages that run on the day, first payer first: 0 is the first coverage, 1 the
    first later one. ``splits`` has for each line the payments in that order, the patient's share and the write-off,
    together the charge; ``None`` for a line of which nobody knows what the first of them allows, and nothing at all
    when fewer than two run. In ``estimate`` a line's ``plan`` is what all of them pay, and what neither they nor the
    patient pay of the allowed amount is written off.
    """

    estimate: Estimate
    payers: tuple[int, ...]
    splits: Splits = ()


def estimate_coordinated(
    *,
    lines: Sequence[PlannedLine],
    cover: VerifiedCoverage | None,
    later: Sequence[LaterCover] = (),
    rule: ChargeRule = ChargeRule.PRIMARY_ALLOWED,
    balance: Money = Money.zero,
    on: date,
) -> CoordinatedEstimate:
    """What is owed on a day by a patient with several coverages, ``cover`` being first and ``later`` in their order.

    The allowed amounts of ``lines`` are the first payer's. With one coverage this is
    :func:`medoffice.billing.estimate`. The order is the caller's: ``payer_order`` finds it, and while it
    is not settled there is no estimate to make. When the first coverage does not run on the day, the next that is no
    supplement is first, by its own allowed amounts.

    Raises:
        InvalidValue: when a later coverage comes without a first one, or has allowed amounts for other lines.
    """
    if later and cover is None:
        raise InvalidValue("estimate", "a coverage is later only where one is first")
    if any(each.allowed and len(each.allowed) != len(lines) for each in later):
        raise InvalidValue("estimate", "a later coverage has an allowed amount for each line")
    if cover is None or not cover.coverage.is_active(on):
        return _without_the_first(lines, cover, later, rule, balance, on)
    running = tuple((place, each) for place, each in enumerate(later, 1) if each.cover.coverage.is_active(on))
    if running:
        made = _several(lines, cover, [each for _, each in running], rule, balance, on)
    else:
        alone = estimate(lines=lines, cover=cover, balance=balance, on=on)
        made = CoordinatedEstimate(estimate=alone, payers=())
    made = attrs.evolve(made, payers=(0, *(place for place, _ in running)))
    if len(running) == len(later):
        return made
    most = None if rule is ChargeRule.PRIMARY_ALLOWED else Money.total(line.charge for line in lines)
    return _widened(made, most, balance)


def _without_the_first(
    lines: Sequence[PlannedLine],
    cover: VerifiedCoverage | None,
    later: Sequence[LaterCover],
    rule: ChargeRule,
    balance: Money,
    on: date,
) -> CoordinatedEstimate:
    """The estimate when the first coverage does not run, or there is none."""
    running = [
        (place, each)
        for place, each in enumerate(later, 1)
        if each.cover.coverage.is_active(on) and each.method is not Method.SUPPLEMENT
    ]
    if not running:
        alone = estimate(lines=lines, cover=cover, balance=balance, on=on)
        return CoordinatedEstimate(estimate=alone, payers=())
    places, covers = tuple(place for place, _ in running), tuple(each for _, each in running)
    made = estimate_coordinated(
        lines=covers[0].lines_of(lines),
        cover=covers[0].cover,
        later=covers[1:],
        rule=rule,
        balance=balance,
        on=on,
    )
    return _widened(attrs.evolve(made, payers=places), Money.total(line.charge for line in lines), balance)


def _widened(made: CoordinatedEstimate, most: Money | None, balance: Money) -> CoordinatedEstimate:
    """The same with a coverage named that does not run: from nothing to ``most``, where that is more."""
    said = made.estimate
    widened = attrs.evolve(
        said,
        lower=min(said.lower, max(Money.zero, balance)),
        upper=said.upper if most is None else max(said.upper, most + balance),
        unknowns=tuple(dict.fromkeys((*said.unknowns, unknowns.COVERAGE_NOT_ACTIVE))),
    )
    return attrs.evolve(made, estimate=widened)


def _several(
    lines: Sequence[PlannedLine],
    cover: VerifiedCoverage,
    later: Sequence[LaterCover],
    rule: ChargeRule,
    balance: Money,
    on: date,
) -> CoordinatedEstimate:
    first = day_share(lines, cover.benefits)
    alone = estimate(lines=lines, cover=cover, on=on)
    payers = all_as_primary(later, lines, first)
    splits = split_day(
        lines,
        first,
        payers,
        methods=[each.method or Method.STANDARD for each in later],
        rule=rule,
        count=Open.SAID,
    )
    low, high = several_bounds(lines, first, alone, payers, rule)
    codes = () if low == high else _open_codes(alone.unknowns, lines, payers)
    parts = several_lines(lines, first, payers, splits, codes)
    trace = Trace(tuple(step for part in parts for step in part.patient.trace.steps))
    owed = trace.amount
    made = _with_balance(trace, balance)
    whole = Estimate(
        due_today=made.amount,
        lower=max(Money.zero, min(low, owed) + balance),
        upper=max(Money.zero, max(high, owed) + balance),
        lines=parts,
        trace=made,
        unknowns=codes,
    )
    return CoordinatedEstimate(estimate=whole, payers=(), splits=splits)


def _open_codes(
    of_first: tuple[str, ...], lines: Sequence[PlannedLine], payers: Sequence[AsPrimary]
) -> tuple[str, ...]:
    codes = dict.fromkeys(of_first)
    if any(line.allowed is None for line in lines):
        codes[unknowns.ALLOWED_NOT_KNOWN] = None
    if any(line.unsettled for line in lines):
        codes[unknowns.ALLOWED_NOT_SETTLED] = None
    if any(not payer.is_certain for payer in payers):
        codes[unknowns.OTHER_PLAN_NOT_KNOWN] = None
    if any(payer.later.method is None for payer in payers):
        codes[unknowns.COORDINATION_NOT_KNOWN] = None
    return tuple(codes)


def _with_balance(trace: Trace, balance: Money) -> Trace:
    """What is due with what the patient still owes of earlier visits; a credit is used up to the amount owed."""
    if balance > Money.zero:
        return trace.then(a_step(steps.BALANCE, balance))
    used = min(-balance, trace.amount)
    return trace.then(a_step(steps.CREDIT, -used)) if used else trace
