"""Which estimate is owed for one visit, and by when: occasions, what was given, and what changed since, put together."""

from collections.abc import Collection, Sequence
from datetime import date
from enum import Enum

import attrs

from medoffice.billing.good_faith.due import Due, NotDue, Requested, Scheduled, when_due
from medoffice.billing.good_faith.facts import EstimateIssued, EstimateRequested, Fact
from medoffice.billing.good_faith.renewal import CITE, Change, DueAnew, ScopeChange, when_due_anew
from medoffice.core import Cite, Finding, InvalidValue
from medoffice.rules import Parameters


class Why(Enum):
    """What makes an estimate owed."""

    SCHEDULED = "scheduled"
    REQUESTED = "requested"
    CHANGED = "changed"
    """What was given is not what is expected any more."""


@attrs.frozen(kw_only=True)
class Owed:
    """An estimate is owed for a visit, not later than ``by``, which is never after the visit itself.

    With :attr:`Why.CHANGED` and a day that is past, there is no time for a new one unless the change was known earlier:
    the estimate that was given stands.
    """

    why: Why
    by: date
    service_on: date
    cite: Cite
    findings: tuple[Finding, ...] = ()

    def is_overdue(self, on: date) -> bool:
        """Whether the last day for it is past."""
        return on > self.by


@attrs.frozen(kw_only=True)
class VisitPlan:
    """One visit as the rule looks at it: on which days it was scheduled for which, and what is not as was estimated.

    ``scheduled`` has the booking, then each move to another day, in order. ``changes`` are those since the last estimate.

    Raises:
        InvalidValue: when it was never scheduled.
    """

    scheduled: tuple[Scheduled, ...]
    changes: frozenset[Change] = frozenset()

    def __attrs_post_init__(self) -> None:
        if not self.scheduled:
            raise InvalidValue("visit", "it was scheduled at least once")

    @property
    def service_on(self) -> date:
        """The day on which the visit is."""
        return self.scheduled[-1].service_on


def owed(
    visit: VisitPlan,
    facts: Sequence[Fact],
    *,
    holidays: Collection[date],
    parameters: Parameters,
) -> Owed | None:
    """What is owed for a visit of somebody who is entitled; ``None`` when nothing is.

    ``facts`` are those of this visit, in order. Before the first estimate the earliest day of all occasions holds. After
    it, a move to another day is an occasion of its own (a new estimate for what is scheduled anew), a request is one
    until it is answered, and a change of scope asks for a new estimate one business day before the visit.

    Raises:
        UnknownName: when ``parameters`` lack one of ``good_faith.*``.
        CannotCheck: when an occasion is before the rule, 1 January 2022.
        InvalidValue: when a parameter is of another kind.
    """
    issued = [fact for fact in facts if isinstance(fact, EstimateIssued)]
    last = issued[-1] if issued else None
    since = facts if last is None else facts[_place(facts, last) + 1 :]
    occasions: list[Scheduled | Requested] = [
        Requested(fact.on) for fact in since if isinstance(fact, EstimateRequested)
    ]
    if last is None:
        occasions += visit.scheduled
    elif last.estimate.service_on != visit.service_on:
        occasions.append(visit.scheduled[-1])
    found = [
        Owed(
            why=Why.REQUESTED if isinstance(occasion, Requested) else Why.SCHEDULED,
            by=min(answer.by, visit.service_on),
            service_on=visit.service_on,
            cite=answer.cite,
            findings=answer.findings,
        )
        for occasion, answer in _answers(occasions, holidays, parameters)
        if isinstance(answer, Due)
    ]
    if last is not None and visit.changes:
        found += _anew(visit, holidays, parameters)
    return min(found, key=lambda each: each.by, default=None)


def _place(facts: Sequence[Fact], last: EstimateIssued) -> int:
    return max(place for place, fact in enumerate(facts) if fact is last)


def _answers(
    occasions: Sequence[Scheduled | Requested], holidays: Collection[date], parameters: Parameters
) -> list[tuple[Scheduled | Requested, Due | NotDue]]:
    return [(each, when_due(each, holidays=holidays, parameters=parameters)) for each in occasions]


def _anew(visit: VisitPlan, holidays: Collection[date], parameters: Parameters) -> list[Owed]:
    """The last day for a new estimate, be it past: when the change became known is not written down anywhere.

    It cannot have been known before the visit was booked, and where there was no time even then, none is owed.
    """
    change = ScopeChange(visit.scheduled[0].on, visit.service_on, visit.changes)
    answer = when_due_anew(change, holidays=holidays, parameters=parameters)
    if not isinstance(answer, DueAnew):
        return []
    return [
        Owed(
            why=Why.CHANGED,
            by=answer.by,
            service_on=visit.service_on,
            cite=CITE,
            findings=answer.findings,
        )
    ]
