"""The office's calendar, put together from what its store keeps."""

from collections import defaultdict
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import attrs

from medoffice.core.ids import ResourceId
from medoffice.ports.store import NoSuchRecord, ReadTransaction
from medoffice.scheduling.calendar import Absence, Calendar, Closure, SpecialDay
from medoffice.scheduling.hours import Weekly
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.resources import Provider, Resource
from medoffice.scheduling.visits import VisitType


def calendar_of(tx: ReadTransaction, zone: ZoneInfo) -> Calendar:
    """Resources with their hours, kinds of visit, and the exceptions.

    Whoever has hours or is a clinician of the office, and was not put as a resource, is a provider.

    Raises:
        UnknownName: when a visit or an exception names a resource that is not there.
    """
    hours: dict[ResourceId, list[Weekly]] = defaultdict(list)
    for template in tx.templates():
        hours[template.resource].append(
            Weekly(
                zone=template.zone,
                hours=template.hours,
                effective=template.effective,
                every=template.every,
            )
        )
    known: dict[ResourceId, Resource] = {each.id: each for each in tx.resources()}
    for id in (*hours, *(provider.id for provider in tx.providers())):
        known.setdefault(id, Provider(id))
    exceptions = tx.exceptions()
    return Calendar(
        resources=tuple(attrs.evolve(known[id], weekly=_in_turn(hours.get(id, ()))) for id in sorted(known)),
        visits=tx.visit_types(),
        closures=tuple(each for each in exceptions if isinstance(each, Closure)),
        absences=tuple(each for each in exceptions if isinstance(each, Absence)),
        special_days=tuple(each for each in exceptions if isinstance(each, SpecialDay)),
        zone=zone,
    )


def visit_type(calendar: Calendar, code: str) -> VisitType:
    """The visit type of a code.

    Raises:
        NoSuchRecord: when the office has none of that code.
    """
    for visit in calendar.visits:
        if visit.code == code:
            return visit
    raise NoSuchRecord("the office has no visit type of that code")


def bearing_on(
    calendar: Calendar, visit: VisitType, *, modality: Modality | None, named: Iterable[ResourceId]
) -> frozenset[ResourceId]:
    """All whose visits can matter to finding a kind of visit: those who can fill its needs, and those named.

    Where some of those who can fill a need are named, nobody else will fill it, unless they could fill two.
    """
    wanted = frozenset(named)
    needs = [
        frozenset(each.id for each in group)
        for group in calendar.fillers(visit, modality or visit.usual_modality)
    ]
    found = wanted
    for place, could in enumerate(needs):
        is_alone = all(could.isdisjoint(other) for at, other in enumerate(needs) if at != place)
        found |= (could & wanted if is_alone else frozenset()) or could
    return found


def _in_turn(weekly: "list[Weekly] | tuple[()]") -> tuple[Weekly, ...]:
    return tuple(sorted(weekly, key=lambda each: each.effective.start))
