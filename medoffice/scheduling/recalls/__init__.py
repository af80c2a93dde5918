"""Recalls and follow-ups: who is due for which visit by which rule, what has been tried, and what is tried next."""

from medoffice.scheduling.recalls.asking import (
    ENOUGH_TRIES,
    NOT_TO_BE_ASKED,
    NOTHING_TO_ASK,
    TOO_SOON,
    ask,
)
from medoffice.scheduling.recalls.board import Board, replay
from medoffice.scheduling.recalls.facts import (
    Absence,
    Fact,
    Outcome,
    PatientBack,
    PatientLeft,
    RecallDeclined,
    RecallEnded,
    RecallOrdered,
    RecallTried,
    VisitBooked,
    VisitCancelled,
    VisitDone,
    VisitMissed,
    VisitMoved,
)
from medoffice.scheduling.recalls.from_book import visit_facts
from medoffice.scheduling.recalls.intervals import Interval
from medoffice.scheduling.recalls.recall import Booking, Recall, RecallKey
from medoffice.scheduling.recalls.rules import RecallRule, Tries
from medoffice.scheduling.recalls.standing import Standing, State, for_a_person, standings, to_contact

__all__ = [
    "ENOUGH_TRIES",
    "NOTHING_TO_ASK",
    "NOT_TO_BE_ASKED",
    "TOO_SOON",
    "Absence",
    "Board",
    "Booking",
    "Fact",
    "Interval",
    "Outcome",
    "PatientBack",
    "PatientLeft",
    "Recall",
    "RecallDeclined",
    "RecallEnded",
    "RecallKey",
    "RecallOrdered",
    "RecallRule",
    "RecallTried",
    "Standing",
    "State",
    "Tries",
    "VisitBooked",
    "VisitCancelled",
    "VisitDone",
    "VisitMissed",
    "VisitMoved",
    "ask",
    "for_a_person",
    "replay",
    "standings",
    "to_contact",
    "visit_facts",
]
