"""What a patient owes for a visit, from what the store knows."""

from datetime import date

from medoffice.billing.benefits import VerifiedCoverage
from medoffice.billing.estimate import estimate
from medoffice.checkin.records import PaymentState
from medoffice.core.explain import Explained
from medoffice.core.ids import PatientId
from medoffice.core.money import Money
from medoffice.ports.store import ReadTransaction
from medoffice.scheduling.appointments import Appointment


def first_cover(tx: ReadTransaction, patient: PatientId, on: date) -> VerifiedCoverage | None:
    """The coverage that is asked first on a day: the first that runs then, else the first on file."""
    covers = tx.coverages(patient)
    active = [cover for cover in covers if cover.coverage.is_active(on)]
    return next(iter(active or covers), None)


def due_for(tx: ReadTransaction, appointment: Appointment, on: date) -> Explained[Money]:
    """What is due for one visit on a day, with the reasons. Payments that were approved for it count as credit."""
    paid = Money.total(
        payment.amount for payment in tx.payments(appointment.id) if payment.state is PaymentState.APPROVED
    )
    return estimate(
        lines=tx.planned_lines(appointment.id),
        cover=first_cover(tx, appointment.patient, on),
        balance=-paid,
        on=on,
    )
