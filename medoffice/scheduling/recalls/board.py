"""All recalls of an office, as the facts leave them.

The board is what replaying the facts in their order gives, and holds nothing that is not in them. It forgets no
recall: one that is open stays on it until a visit, the patient or a clinician settles it, and a cancelled or missed
visit opens it again (what openemr#8287 was about: a recall that could not be booked and was silently gone).
"""

from collections.abc import Iterable, Mapping
from typing import Self

import attrs

from medoffice.core import AppointmentId, InvalidValue, PatientId, UnknownName
from medoffice.scheduling.recalls.changing import Changing
from medoffice.scheduling.recalls.facts import (
    Absence,
    Fact,
    RecallDeclined,
    RecallEnded,
    RecallOrdered,
    RecallTried,
)
from medoffice.scheduling.recalls.recall import Booking, Recall, RecallKey
from medoffice.scheduling.recalls.rules import RecallRule


@attrs.frozen(kw_only=True)
class Board:
    """The rules, and by key the recalls, by appointment the bookings, by patient who is gone.

    Raises:
        InvalidValue: when two rules have one code.
    """

    rules: tuple[RecallRule, ...]
    recalls: Mapping[RecallKey, Recall] = attrs.field(factory=dict)
    bookings: Mapping[AppointmentId, Booking] = attrs.field(factory=dict)
    gone: Mapping[PatientId, Absence] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        if len({rule.code for rule in self.rules}) != len(self.rules):
            raise InvalidValue("recalls", "each rule has its own code")

    def rule(self, code: str) -> RecallRule:
        """The rule of a code.

        Raises:
            UnknownName: when there is none.
        """
        for rule in self.rules:
            if rule.code == code:
                return rule
        raise UnknownName("recall rule", code)

    def after(self, facts: Iterable[Fact]) -> Self:
        """The board with more facts, in the order in which they were noted.

        Raises:
            UnknownName: when a fact names a rule that the board does not have.
        """
        changing = Changing(self.rules, dict(self.recalls), dict(self.bookings), dict(self.gone))
        for fact in facts:
            if isinstance(fact, RecallOrdered | RecallTried | RecallDeclined | RecallEnded):
                self.rule(fact.rule)
            changing.note(fact)
        return attrs.evolve(self, recalls=changing.recalls, bookings=changing.bookings, gone=changing.gone)


def replay(rules: Iterable[RecallRule], facts: Iterable[Fact]) -> Board:
    """The board of an office from its rules and all facts.

    Raises:
        InvalidValue: when two rules have one code.
        UnknownName: when a fact names a rule that there is none of.
    """
    return Board(rules=tuple(rules)).after(facts)
