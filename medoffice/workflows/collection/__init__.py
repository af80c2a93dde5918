"""Collecting at the time of service: what to ask for, what was paid, the receipt. Pure: the office carries it out."""

from medoffice.workflows.collection.amounts import Amounts, For, Occasion, amounts_asked
from medoffice.workflows.collection.ask import Ask, Asked, Choice, Idle, Unsettled, Way
from medoffice.workflows.collection.asking import what_to_ask
from medoffice.workflows.collection.policy import CollectionPolicy, OpenEstimate, VisitDeposit
from medoffice.workflows.collection.receipt import Part, Receipt, receipt_of, receipt_of_refund
from medoffice.workflows.collection.reference import as_reference
from medoffice.workflows.collection.words import AskWords

__all__ = [
    "Amounts",
    "Ask",
    "AskWords",
    "Asked",
    "Choice",
    "CollectionPolicy",
    "For",
    "Idle",
    "Occasion",
    "OpenEstimate",
    "Part",
    "Receipt",
    "Unsettled",
    "VisitDeposit",
    "Way",
    "amounts_asked",
    "as_reference",
    "receipt_of",
    "receipt_of_refund",
    "what_to_ask",
]
