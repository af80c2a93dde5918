"""What may hold a resource at one time, the same in every store: appointments and holds."""

from medoffice.core.ids import ResourceId
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book.holds import Hold

Claim = Appointment | Hold


def own(claim: Claim) -> frozenset[ResourceId]:
    """The resources that a claim has for itself while it occupies; an overbooking shares some knowingly."""
    if not claim.is_occupying:
        return frozenset()
    shared = claim.shared if isinstance(claim, Appointment) else ()
    return frozenset(claim.resources) - frozenset(shared)


def is_one_group(one: Claim, other: Claim) -> bool:
    """Whether both are seats of one visit of a group."""
    if one.seats == 1 or other.seats == 1:
        return False
    return _visit(one) == _visit(other)


def collide(one: Claim, other: Claim) -> bool:
    """Whether both want one resource for themselves at one time; touching is not colliding."""
    meets = one.occupied.overlaps(other.occupied) and not own(one).isdisjoint(own(other))
    return meets and not is_one_group(one, other)


def _visit(claim: Claim) -> tuple[object, ...]:
    return claim.visit_type, claim.slot, claim.occupied, claim.resources
