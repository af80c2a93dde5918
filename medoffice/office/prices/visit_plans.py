"""The services by which a visit was planned from the price list, kept beside its lines: codes, modifiers and units."""

from typing import Final

from medoffice.billing.fees import PlannedService, VisitPlanned
from medoffice.core.ids import AppointmentId
from medoffice.ports.store import ReadTransaction

STREAM: Final = "visit-plans"
"""The stream of visits planned by code; the subject is the visit."""


def services_of(tx: ReadTransaction, appointment: AppointmentId) -> tuple[PlannedService, ...]:
    """The services behind a visit's lines, line by line; none where the lines were planned anew without codes.

    A line says what a service is called and what it costs, which does not tell its code. So the codes are those of the
    last plan only while the lines are still the very ones that it made.
    """
    kept = [each.fact for each in tx.facts(STREAM, subject=appointment.value)]
    made = next((fact for fact in reversed(kept) if isinstance(fact, VisitPlanned)), None)
    if made is None or tuple(each.line for each in made.prices) != tx.planned_lines(appointment):
        return ()
    return tuple(each.service for each in made.prices)
