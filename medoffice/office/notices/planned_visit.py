"""One visit as the rule on good-faith estimates looks at it, out of the book's log, the coverages and the planned lines."""

import re
from collections import Counter
from typing import Final

import attrs

from medoffice.billing.fees import PlannedLine
from medoffice.billing.good_faith import (
    Change,
    ClaimWishNoted,
    Cover,
    EstimateIssued,
    ExpectedItem,
    Fact,
    Scheduled,
    Standing,
    VisitPlan,
    changes_between,
    standing,
)
from medoffice.core.explain import Explained
from medoffice.core.money import Money
from medoffice.core.people import Provider
from medoffice.office.book.book_keeping import history
from medoffice.office.settings import OfficeSettings
from medoffice.ports.store import ReadTransaction
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book import events

STREAM: Final = "good-faith"
"""The stream of facts about good-faith estimates; their subject is the visit."""
_STATES: Final = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|"
    "RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|PR|VI|GU|AS|MP"
)
_END: Final = re.compile(rf"[, ]({_STATES})(?:[, ]+\d{{5}}(?:-\d{{4}})?)?$", re.ASCII)


def state_of(place: str) -> str:
    """The state that an address ends with, before its ZIP code if it has one; empty when it names none."""
    found = _END.search(place)
    return found[1] if found else ""


def facts_of(tx: ReadTransaction, appointment: Appointment) -> tuple[Fact, ...]:
    """What happened about the estimates of a visit, in order."""
    kept = (each.fact for each in tx.facts(STREAM, subject=appointment.id.value))
    return tuple(fact for fact in kept if isinstance(fact, Fact))


def last_of(facts: tuple[Fact, ...]) -> EstimateIssued | None:
    """The estimate that holds."""
    return next((fact for fact in reversed(facts) if isinstance(fact, EstimateIssued)), None)


def recurring_estimates(tx: ReadTransaction) -> tuple[EstimateIssued, ...]:
    """The estimates that say that they are for a service which recurs."""
    kept = (each.fact for each in tx.facts(STREAM))
    return tuple(
        fact for fact in kept if isinstance(fact, EstimateIssued) and fact.estimate.recurrence is not None
    )


def is_covered_by_one_of(
    tx: ReadTransaction,
    visit: Appointment,
    recurring: tuple[EstimateIssued, ...],
    settings: OfficeSettings,
) -> bool:
    """Whether an estimate for another visit of the same series reaches this one."""
    if not visit.series:
        return False
    day = settings.day_at(visit.slot.start)
    for fact in recurring:
        first, again = fact.estimate.service_on, fact.estimate.recurrence
        if fact.patient != visit.patient or again is None or first is None:
            continue
        if first <= day <= again.last_on and tx.appointment(fact.appointment).series == visit.series:
            return True
    return False


def standing_of(
    tx: ReadTransaction, appointment: Appointment, facts: tuple[Fact, ...], settings: OfficeSettings
) -> Explained[Standing]:
    """What the patient is to the rule for a visit: by the coverages on file for its day, and what they said of a claim.

    The file does not tell a federal program from a health plan; where nobody noted that it is one, a coverage is a plan.
    """
    day = settings.day_at(appointment.slot.start)
    runs = any(each.coverage.is_active(day) for each in tx.coverages(appointment.patient))
    wish = next((fact for fact in reversed(facts) if isinstance(fact, ClaimWishNoted)), None)
    covers = () if not runs else (Cover.HEALTH_PLAN if wish is None else wish.cover,)
    return standing(covers, claim_wanted=None if wish is None else wish.claim_wanted)


def clinician_of(tx: ReadTransaction, appointment: Appointment) -> Provider | None:
    """The clinician whom a visit is with: the first of its resources that is one."""
    theirs = set(appointment.resources)
    return next((each for each in tx.providers() if each.id in theirs), None)


def words_of(line: PlannedLine) -> str:
    """A planned service in the office's own words: its name without the hyphens."""
    return line.service.replace("-", " ")


def plan_of(
    tx: ReadTransaction, appointment: Appointment, facts: tuple[Fact, ...], settings: OfficeSettings
) -> VisitPlan:
    """When the visit was scheduled, for which days, and what is not as it was estimated last."""
    return VisitPlan(
        scheduled=_scheduled(tx, appointment, settings), changes=_changes(tx, appointment, last_of(facts))
    )


def _scheduled(
    tx: ReadTransaction, appointment: Appointment, settings: OfficeSettings
) -> tuple[Scheduled, ...]:
    found: list[Scheduled] = []
    for kept in history(tx, appointment.id):
        match kept.fact:
            case (
                events.VisitBooked(at=at, appointment=as_told)
                | events.WalkInAdded(at=at, appointment=as_told)
            ):
                pass
            case events.VisitMoved(at=at, appointment=as_told):
                pass
            case _:
                continue
        on, day = settings.day_at(at), settings.day_at(as_told.slot.start)
        if not found or day != found[-1].service_on:
            # A walk-in may be written down after it came.
            found.append(Scheduled(min(on, day), day))
    day = settings.day_at(appointment.slot.start)
    return tuple(found) or (Scheduled(day, day),)


def _changes(tx: ReadTransaction, appointment: Appointment, last: EstimateIssued | None) -> frozenset[Change]:
    if last is None:
        return frozenset()
    ours, *others = last.estimate.providers
    lines = tx.planned_lines(appointment.id)
    clinician = clinician_of(tx, appointment)
    again = last.estimate.recurrence
    times = 1 if again is None else again.times
    # Two lines of one name are two services: each is compared with an item of its own, in order.
    known: dict[str, list[ExpectedItem]] = {}
    for item in reversed(ours.items):
        known.setdefault(item.words, []).append(item)
    found: set[Change] = set()
    if Counter(map(words_of, lines)) != Counter(item.words for item in ours.items):
        found.add(Change.ITEMS)
    items = tuple(
        attrs.evolve(known[words].pop(), charge=Money.total([line.charge] * times))
        for line in lines
        if known.get(words := words_of(line))
    )
    npi = clinician.npi if clinician is not None else ours.npi
    if npi in {each.npi for each in others}:
        return frozenset({*found, Change.PROVIDERS})
    now = attrs.evolve(ours, npi=npi, items=items or ours.items)
    return frozenset(found) | changes_between(
        last.estimate, attrs.evolve(last.estimate, providers=(now, *others))
    )
