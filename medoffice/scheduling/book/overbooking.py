"""A visit put, knowingly, on time that other visits of the same provider hold."""

from datetime import datetime

from medoffice.core import Finding, InvalidValue, PatientId, ResourceId, TimeSlot
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book.desk import Desk
from medoffice.scheduling.book.place import Place
from medoffice.scheduling.book.refusals import overbooked_enough, overbooking_off
from medoffice.scheduling.resources import Provider
from medoffice.scheduling.search.free_slot import FreeSlot


def look_past_visits(
    desk: Desk, place: Place, *, patient: PatientId, now: datetime
) -> tuple[FreeSlot | None, tuple[ResourceId, ...], tuple[Finding, ...]]:
    """What a visit would take if visits left the time of the providers it names free, and which they share.

    Everything else counts as ever: rooms and devices, holds, groups, hours, the patient's own visits.

    Raises:
        InvalidValue: when the place names no provider.
    """
    providers = [each for each in place.resources if isinstance(desk.calendar.resource(each), Provider)]
    if not providers:
        raise InvalidValue("overbooking", "the provider whose time is to be shared is named")
    overbooking = desk.policy.overbooking
    if not overbooking.is_allowed:
        return None, (), (*desk.look(place, patient=patient, now=now)[1], overbooking_off())
    rivals = {provider: _rivals(desk, provider, place.occupied) for provider in providers}
    most = {provider: most_at_once(found, place.occupied) for provider, found in rivals.items()}
    roomy = frozenset(provider for provider in providers if most[provider] <= overbooking.at_most)
    aside = {rival.id: rival for provider in roomy for rival in rivals[provider]}
    with desk.without(*aside.values(), on=roomy):
        found, findings = desk.look(place, patient=patient, now=now)
    if found is None:
        enough = (overbooked_enough(each, overbooking.at_most) for each in providers if each not in roomy)
        return None, (), (*findings, *enough)
    return found, tuple(each for each in found.resources if rivals.get(each)), ()


def _rivals(desk: Desk, provider: ResourceId, during: TimeSlot) -> list[Appointment]:
    """The visits on a provider whose time may be shared: those of one patient each."""
    return [
        claim
        for claim in desk.claims.on(provider, during)
        if isinstance(claim, Appointment) and not claim.is_group
    ]


def most_at_once(claims: list[Appointment], during: TimeSlot) -> int:
    """How many hold time together, at the instant within ``during`` at which most do.

    The most are held where one of them begins, or where ``during`` does.
    """
    instants = [max(claim.occupied.start, during.start) for claim in claims]
    return max((sum(instant in claim.occupied for claim in claims) for instant in instants), default=0)
