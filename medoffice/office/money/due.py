"""What a patient owes for a visit, from what the store knows: the plan's share, payments, and the patient's account."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import attrs

from medoffice.billing.account import Account, Fact, Owing, Split, owing, replay
from medoffice.billing.benefits import VerifiedCoverage
from medoffice.billing.benefits.unknowns import PAYMENT_NOT_SETTLED
from medoffice.billing.coordinated import LaterCover, estimate_coordinated
from medoffice.billing.estimate import Estimate
from medoffice.billing.fees import PlannedLine
from medoffice.checkin.records import Payment, PaymentState
from medoffice.core.ids import PatientId
from medoffice.core.money import Money
from medoffice.ports.store import ReadTransaction
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.workflows.collection import CollectionPolicy, Idle

STREAM: Final = "account"
"""The stream of facts about patients' accounts; their subject is the patient."""
NOT_GIVEN: Final = frozenset({Status.CANCELLED, Status.NOSHOW, Status.ENTERED_IN_ERROR})
"""States of a visit that was not and will not be: nothing is owed for it."""


def first_cover(tx: ReadTransaction, patient: PatientId, on: date) -> VerifiedCoverage | None:
    """The coverage that is asked first on a day: the first that runs then, else the first on file."""
    covers = tx.coverages(patient)
    active = [cover for cover in covers if cover.coverage.is_active(on)]
    return next(iter(active or covers), None)


def account_of(tx: ReadTransaction, patient: PatientId) -> Account:
    """A patient's account, as its facts leave it."""
    told = (kept.fact for kept in tx.facts(STREAM, subject=patient.value))
    return replay(fact for fact in told if isinstance(fact, Fact))


def unsettled_of(tx: ReadTransaction, patient: PatientId) -> tuple[Payment, ...]:
    """The payments of a patient, for whatever visit, that were asked for and whose end is not known; oldest first."""
    waiting = tx.unsettled_payments()
    return tuple(each for each in waiting if tx.appointment(each.appointment).patient == patient)


def idle_of(tx: ReadTransaction, account: Account) -> tuple[Idle, ...]:
    """What lies with visits that were called off or missed, paid or held for each, until it is released."""
    found = (
        Idle(appointment=each.appointment, amount=each.covered + each.held)
        for each in account.visits
        if tx.appointment(each.appointment).status in NOT_GIVEN
    )
    return tuple(each for each in found if each.amount)


def owing_for(
    tx: ReadTransaction,
    appointment: Appointment,
    on: date,
    policy: CollectionPolicy,
    *,
    visit_day: date | None = None,
    account: Account | None = None,
    settling: Payment | None = None,
) -> Owing:
    """What is due on a day for a visit and the account together, and where money may go.

    The coverage is that of the ``visit_day``, where the visit is on another day than ``on``. A visit that was called off or
    missed has no share: what was paid for it is too much, and can be released.

    Payments that were approved for the visit count as credit, also those from before there were accounts. One that was
    asked for and has no known end counts as nothing, and is named among the unknowns: who charges now may charge
    twice. What it is to pay of balance and instalments is not asked for with another visit. ``settling`` is a payment
    whose end is being written down, which is therefore left out of these.
    """
    held = account_of(tx, appointment.patient) if account is None else account
    known = {each.payment for each in held.payments}
    before = (
        payment.amount
        for payment in tx.payments(appointment.id)
        if payment.state is PaymentState.APPROVED
        and payment.id not in known
        and (settling is None or payment.id != settling.id)
    )
    open_ones = [
        each for each in unsettled_of(tx, appointment.patient) if settling is None or each.id != settling.id
    ]
    elsewhere = tuple(each.meant for each in open_ones if each.meant and each.appointment != appointment.id)
    day = visit_day or on
    lines = () if appointment.status in NOT_GIVEN else tx.planned_lines(appointment.id)
    share = _share(tx, appointment, lines, day)
    found = owing(
        share,
        held,
        appointment=appointment.id,
        on=on,
        terms=policy.terms,
        paid_before=Money.total(before),
        in_flight=elsewhere,
    )
    concerns = any(each.appointment == appointment.id or _is_for_older(each.meant) for each in open_ones)
    if not concerns:
        return found
    named = (*found.estimate.unknowns, PAYMENT_NOT_SETTLED)
    return attrs.evolve(found, estimate=attrs.evolve(found.estimate, unknowns=named))


def due_for(tx: ReadTransaction, appointment: Appointment, on: date, policy: CollectionPolicy) -> Estimate:
    """What is due for one visit on a day, line by line, with the reasons and the bounds; see :func:`owing_for`."""
    return owing_for(tx, appointment, on, policy).estimate


def _share(
    tx: ReadTransaction, appointment: Appointment, lines: Sequence[PlannedLine], day: date
) -> Estimate:
    """What of the visit is the patient's, after all the coverages that run on the day, in the order on file.

    Each payer goes by what it allows itself, also when the visit was planned while another was first.
    """
    first = first_cover(tx, appointment.patient, day)
    running = (each for each in tx.coverages(appointment.patient) if each.coverage.is_active(day))
    later = (LaterCover.on_file(each, lines) for each in running if each != first)
    theirs = lines if first is None else [line.as_allowed_by(first.coverage.payer.id) for line in lines]
    return estimate_coordinated(
        lines=theirs,
        cover=first,
        later=tuple(each for each in later if each is not None),
        on=day,
    ).estimate


def _is_for_older(meant: Split | None) -> bool:
    return meant is not None and bool(meant.to_balance + meant.to_instalments)
