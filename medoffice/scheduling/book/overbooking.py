"""A visit put, knowingly, on time that other visits of the same provider hold."""

from contextlib import ExitStack
from datetime import datetime

from medoffice.core import Finding, InvalidValue, PatientId, ResourceId, TimeSlot
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book.desk import Desk
from medoffice.scheduling.book.place import Place
from medoffice.scheduling.book.refusals import overbooked_enough, overbooking_off
from medoffice.scheduling.resources import Provider
from medoffice.scheduling.search import FreeSlot


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
    rivals = {provider: _rivals(desk, provider, place.occupied) for provider in providers}
    with ExitStack() as aside:
        if desk.policy.overbooking.is_allowed:
            met = {rival.id: rival for found in rivals.values() for rival in found}
            aside.enter_context(desk.without(*met.values(), on=frozenset(providers)))
        found, findings = desk.look(place, patient=patient, now=now)
    if not desk.policy.overbooking.is_allowed:
        return None, (), (*findings, overbooking_off())
    at_most = desk.policy.overbooking.at_most
    enough = tuple(
        overbooked_enough(provider, at_most)
        for provider in providers
        if most_at_once(rivals[provider], place.occupied) > at_most
    )
    if found is None or enough:
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
