"""What a decision comes to: its outcome, and the facts to be written when it was not refused."""

from typing import Generic, TypeVar

import attrs

from medoffice.core import Finding, Refused
from medoffice.scheduling.book.events import Event

O_co = TypeVar("O_co", covariant=True)


@attrs.frozen
class Decision(Generic[O_co]):
    """Nothing has happened yet: the book writes ``events``, all of them, and hands ``outcome`` back."""

    outcome: O_co
    events: tuple[Event, ...] = ()


def refuse(*findings: Finding) -> Decision[Refused]:
    """The decision to do nothing, with the reasons.

    Raises:
        InvalidValue: when there is no reason.
    """
    return Decision(Refused(findings))
