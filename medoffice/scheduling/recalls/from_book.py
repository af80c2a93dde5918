"""The book's facts about visits as the board of recalls wants them: by day, on the office's calendar."""

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from medoffice.core import AppointmentId, day_in
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.book import events as book
from medoffice.scheduling.recalls.facts import (
    Fact,
    VisitBooked,
    VisitCancelled,
    VisitDone,
    VisitMissed,
    VisitMoved,
)


def visit_facts(events: Iterable[book.Event], *, zone: tzinfo) -> Iterator[Fact]:
    """What a book's facts say of visits, one after the other in the order of the log.

    A visit is done when it is fulfilled, on the day that it was booked for. One that was entered in error counts as
    cancelled. To replay a board, put these and the facts about recalls in the order of their day:
    ``sorted((*visit_facts(...), *others), key=lambda fact: fact.on)``, which leaves the visits of a day before the rest.
    """
    visits: dict[AppointmentId, Appointment] = {}
    for event in events:
        on = day_in(event.at, zone)
        match event:
            case book.VisitBooked(appointment=visit) | book.WalkInAdded(appointment=visit):
                visits[visit.id] = visit
                yield VisitBooked(
                    on=on,
                    patient=visit.patient,
                    appointment=visit.id,
                    kind=visit.visit_type,
                    day=day_in(visit.slot.start, zone),
                )
            case book.VisitMoved(appointment=visit):
                visits[visit.id] = visit
                yield VisitMoved(on=on, appointment=visit.id, day=day_in(visit.slot.start, zone))
            case book.VisitCancelled(appointment=name):
                yield VisitCancelled(on=on, appointment=name)
            case book.NoShowNoted(appointment=name):
                yield VisitMissed(on=on, appointment=name)
            case book.StatusChanged(appointment=name, to=Status.ENTERED_IN_ERROR):
                yield VisitCancelled(on=on, appointment=name)
            case book.StatusChanged(appointment=name, to=Status.FULFILLED) if name in visits:
                visit = visits[name]
                yield VisitDone(
                    on=on,
                    patient=visit.patient,
                    kind=visit.visit_type,
                    day=day_in(visit.slot.start, zone),
                    appointment=name,
                )
            case _:
                pass
