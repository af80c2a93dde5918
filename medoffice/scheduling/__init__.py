"""Visit types, opening hours, appointments, free times, and the decisions to book, move and cancel."""

from medoffice.scheduling.appointments import (
    LEGAL,
    OCCUPYING,
    TERMINAL,
    Appointment,
    Status,
    change_status,
)
from medoffice.scheduling.booking import book, cancel, confirm, move
from medoffice.scheduling.hours import Hours, Opening, Weekly, WeeklyTemplate, openings
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.needs import AnyOf, Need, OneOf
from medoffice.scheduling.outcomes import Booked, Cancelled, Moved
from medoffice.scheduling.refusals import (
    ILLEGAL_CHANGE,
    IN_THE_PAST,
    NOT_MOVABLE,
    OUTSIDE_HOURS,
    PATIENT_BUSY,
    SLOT_TAKEN,
    TAKES_TIME,
)
from medoffice.scheduling.resources import Equipment, Provider, Resource, Room
from medoffice.scheduling.slots import FreeSlot, free_slots
from medoffice.scheduling.visits import VisitType

__all__ = [
    "ILLEGAL_CHANGE",
    "IN_THE_PAST",
    "LEGAL",
    "NOT_MOVABLE",
    "OCCUPYING",
    "OUTSIDE_HOURS",
    "PATIENT_BUSY",
    "SLOT_TAKEN",
    "TAKES_TIME",
    "TERMINAL",
    "AnyOf",
    "Appointment",
    "Booked",
    "Cancelled",
    "Equipment",
    "FreeSlot",
    "Hours",
    "Modality",
    "Moved",
    "Need",
    "OneOf",
    "Opening",
    "Provider",
    "Resource",
    "Room",
    "Status",
    "VisitType",
    "Weekly",
    "WeeklyTemplate",
    "book",
    "cancel",
    "change_status",
    "confirm",
    "free_slots",
    "move",
    "openings",
]
