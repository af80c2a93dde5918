"""The lines of an estimate with several coverages: the first payer's reasons, then what the others take off."""

from collections.abc import Sequence
from typing import Final

from medoffice.billing.benefits import DayShare, LineShare, steps, unknowns
from medoffice.billing.benefits.steps import a_step
from medoffice.billing.coordinated.later import AsPrimary
from medoffice.billing.coordinated.split import Splits
from medoffice.billing.coordination import Coordinated, Method
from medoffice.billing.coordination.payments import IN_FULL
from medoffice.billing.estimate import EstimatedLine
from medoffice.billing.fees import PlannedLine
from medoffice.core import Explained, Money

_OF_LATER: Final = frozenset({unknowns.OTHER_PLAN_NOT_KNOWN, unknowns.COORDINATION_NOT_KNOWN})


def several_lines(
    lines: Sequence[PlannedLine],
    first: DayShare,
    payers: Sequence[AsPrimary],
    splits: Splits,
    codes: tuple[str, ...],
) -> tuple[EstimatedLine, ...]:
    """Each line with what is owed for it; ``codes`` are what is open about the day, and each line names its own.

    The first payer's unknowns are named where it left them, those about the later payers with every line that the
    first leaves something of.
    """
    made = []
    for place, (line, share, split) in enumerate(zip(lines, first.lines, splits, strict=True)):
        patient = (
            unsplit(share, payers, place, line.service)
            if split is None
            else _split(share, split, line.service)
        )
        plan = None if split is None else Money.total(payment.value for payment in split.payments)
        own = tuple(
            code for code in codes if code in share.owed.unknowns or (code in _OF_LATER and share.owed.value)
        )
        made.append(
            EstimatedLine(
                planned=line,
                patient=Explained(patient.value, trace=patient.trace, unknowns=own),
                plan=plan,
                balance_bill=min(share.balance_bill, patient.value),
            )
        )
    return tuple(made)


def unsplit(share: LineShare, payers: Sequence[AsPrimary], place: int, service: str = "") -> Explained[Money]:
    """A line of which nobody knows what the first payer allows: what it surely costs, whatever the others pay."""
    owed = share.owed.value
    may_pay = [payer.pays[place] for payer in payers]
    paid = Money.total(each for each in may_pay if each is not None)
    left = Money.zero if None in may_pay else max(Money.zero, owed - paid)
    most = medicaid_most(payers, place)
    if most is not None:
        left = min(left, most)
    taken = share.owed.trace
    if left != owed:
        taken = taken.then(a_step(steps.OTHER_PLAN, left - owed, service))
    return Explained(left, trace=taken)


def medicaid_most(payers: Sequence[AsPrimary], place: int) -> Money | None:
    """Medicaid's cost sharing for a line, where one of the payers is Medicaid and it is known."""
    for payer in payers:
        allowed, pays = payer.lines[place].allowed, payer.pays[place]
        if payer.later.method is Method.MEDICAID and payer.is_certain:
            return None if allowed is None or pays is None else allowed - pays
    return None


def _split(share: LineShare, split: Coordinated, service: str) -> Explained[Money]:
    """The first payer's reasons, brought to what may be asked in all, less what each later payer pays."""
    later = tuple(payment.value for payment in split.payments[1:])
    to_share = split.patient.value + Money.total(later)
    taken = share.owed.trace
    if to_share != share.owed.value:
        cites = split.write_off.trace.steps[0].cites
        code = steps.WRITTEN_OFF if IN_FULL in cites else steps.CHARGE_RULE
        taken = taken.then(a_step(code, to_share - share.owed.value, service, *cites))
    for paid in later:
        if paid:
            taken = taken.then(a_step(steps.OTHER_PLAN, -paid, service))
    return Explained(split.patient.value, trace=taken)
