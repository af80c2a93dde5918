"""A change of scope, and by when a new estimate follows it: 45 CFR 149.610(b)(1)(vii) and (viii).

(vii) and the beginning of (viii) were read as printed at 86 FR 56136: who has scheduled a service gets a new estimate
when changes are expected to charges, items, services, frequency, recurrences, duration, providers or facilities, not
later than one business day before the service. Where the provider changes later than that, the one who comes in his
place accepts the estimate as his own; the end of (viii) was read as practices restate it (yourmeaningmaking.com).
"""

from collections.abc import Collection
from datetime import date
from enum import Enum
from typing import Final

import attrs

from medoffice.billing.dated import count_at
from medoffice.billing.good_faith.business_days import business_days_before
from medoffice.billing.good_faith.good_faith_estimate import ExpectedProvider, GoodFaithEstimate
from medoffice.core import NPI, Cite, Finding, InvalidValue
from medoffice.rules import Parameters

CITE: Final = Cite(
    "45 CFR 149.610",
    "(b)(1)(vii), as printed at 86 FR 56136",
    url="https://www.dateas.com/es/docs/federal-register/2021/10/07?page=458",
)
REPLACEMENT: Final = Cite("45 CFR 149.610", "(b)(1)(viii)")


class Change(Enum):
    """What of an estimate is not as it was."""

    CHARGES = "charges"
    ITEMS = "items"
    """Items or services, or how many of one."""
    RECURRENCE = "recurrence"
    """Frequency, recurrences or duration."""
    PROVIDERS = "providers"
    """Providers or facilities."""


@attrs.frozen
class ScopeChange:
    """Changes that were expected or told on a day, for a service on a day that is not earlier."""

    on: date
    service_on: date
    changes: frozenset[Change]

    def __attrs_post_init__(self) -> None:
        if not self.changes:
            raise InvalidValue("change of scope", "something is not as it was")
        if self.service_on < self.on:
            raise InvalidValue("change of scope", "the day of the service is not before it")


@attrs.frozen(kw_only=True)
class DueAnew:
    """A new estimate is owed, not later than ``by``."""

    by: date
    cite: Cite = CITE
    findings: tuple[Finding, ...] = ()

    def is_late(self, given_on: date) -> bool:
        """Whether a new estimate that was given on that day came too late."""
        return given_on > self.by


@attrs.frozen(kw_only=True)
class Stands:
    """There is no time for a new estimate: the one that was given stands, and bills are compared with it.

    ``is_accepted`` says that a provider changed, and that the one who comes accepts it as his own.
    """

    is_accepted: bool
    cite: Cite = REPLACEMENT
    findings: tuple[Finding, ...] = ()


def when_due_anew(
    change: ScopeChange, *, holidays: Collection[date], parameters: Parameters
) -> DueAnew | Stands:
    """By when a new estimate follows a change, or that it comes too late for one.

    Raises:
        UnknownName: when ``parameters`` lack ``good_faith.new_before_days``.
        CannotCheck: when the change is before the rule, 1 January 2022.
        InvalidValue: when the parameter is not a number of days.
    """
    before, stale = count_at(parameters, "good_faith.new_before_days", change.on)
    by = business_days_before(change.service_on, before, holidays)
    if change.on > by:
        return Stands(is_accepted=Change.PROVIDERS in change.changes, findings=stale)
    return DueAnew(by=by, findings=stale)


def changes_between(given: GoodFaithEstimate, now: GoodFaithEstimate) -> frozenset[Change]:
    """What of its scope changed from an estimate that was given to one that would be given now.

    Names, words, diagnoses and days are not scope: an estimate with another of these is as good for a comparison.
    """
    old, new = _by_number(given), _by_number(now)
    both = old.keys() & new.keys()
    found = set()
    if old.keys() != new.keys():
        found.add(Change.PROVIDERS)
    if any(_items(old[npi]) != _items(new[npi]) for npi in both):
        found.add(Change.ITEMS)
    if any(_charges(old[npi]) != _charges(new[npi]) for npi in both):
        found.add(Change.CHARGES)
    if given.recurrence != now.recurrence:
        found.add(Change.RECURRENCE)
    return frozenset(found)


def _by_number(estimate: GoodFaithEstimate) -> dict[NPI, ExpectedProvider]:
    return {provider.npi: provider for provider in estimate.providers}


def _items(provider: ExpectedProvider) -> list[tuple[str, int]]:
    return sorted((str(item.service), item.units) for item in provider.items)


def _charges(provider: ExpectedProvider) -> list[tuple[str, int]]:
    return sorted((str(item.service), item.charge.cents) for item in provider.items)
