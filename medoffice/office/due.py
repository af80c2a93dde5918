"""What a patient owes for a visit, from what the store knows."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import attrs

from medoffice.billing.benefits import VerifiedCoverage
from medoffice.billing.benefits.unknowns import PAYMENT_NOT_SETTLED
from medoffice.billing.estimate import Estimate, estimate, estimate_with_bounds
from medoffice.checkin.records import Payment, PaymentState
from medoffice.core.explain import Explained
from medoffice.core.ids import PatientId
from medoffice.core.money import Money
from medoffice.ports.store import ReadTransaction
from medoffice.scheduling.appointments import Appointment

_OPEN: Final = frozenset({PaymentState.ASKED, PaymentState.UNKNOWN})


def first_cover(tx: ReadTransaction, patient: PatientId, on: date) -> VerifiedCoverage | None:
    """The coverage that is asked first on a day: the first that runs then, else the first on file."""
    covers = tx.coverages(patient)
    active = [cover for cover in covers if cover.coverage.is_active(on)]
    return next(iter(active or covers), None)


def due_for(tx: ReadTransaction, appointment: Appointment, on: date) -> Explained[Money]:
    """What is due for one visit on a day, with the reasons.

    Payments that were approved for it count as credit. One that was asked for and has no known end counts as
    nothing, and is named among the unknowns: who charges now may charge twice.
    """
    made = tx.payments(appointment.id)
    owed = estimate(
        lines=tx.planned_lines(appointment.id),
        cover=first_cover(tx, appointment.patient, on),
        balance=-_paid(made),
        on=on,
    )
    return attrs.evolve(owed, unknowns=(*owed.unknowns, *_unsettled(made)))


def bounds_for(tx: ReadTransaction, appointment: Appointment, on: date) -> Estimate:
    """The same line by line, with the least and the most that it may turn out to be."""
    made = tx.payments(appointment.id)
    owed = estimate_with_bounds(
        lines=tx.planned_lines(appointment.id),
        cover=first_cover(tx, appointment.patient, on),
        balance=-_paid(made),
        on=on,
    )
    return attrs.evolve(owed, unknowns=(*owed.unknowns, *_unsettled(made)))


def _paid(made: Iterable[Payment]) -> Money:
    return Money.total(payment.amount for payment in made if payment.state is PaymentState.APPROVED)


def _unsettled(made: Iterable[Payment]) -> tuple[str, ...]:
    return (PAYMENT_NOT_SETTLED,) if any(payment.state in _OPEN for payment in made) else ()
