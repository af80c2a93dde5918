"""A plan: who goes where, what it costs each, who has no place and why, and the proof that no plan costs less."""

import attrs

from medoffice.core import Finding, ResourceId, TimeSlot
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.replan.certificate import Certificate
from medoffice.scheduling.replan.displaced import Displaced
from medoffice.scheduling.replan.disruption import Disruption
from medoffice.scheduling.replan.places import Place
from medoffice.scheduling.replan.question import Question
from medoffice.scheduling.search import FreeSlot


@attrs.frozen(kw_only=True)
class Relocation:
    """One visit's move: from where, to where, who leads it, how it takes place, and its cost."""

    displaced: Displaced
    place: Place
    lead: ResourceId
    modality: Modality
    cost: Disruption

    @property
    def old(self) -> TimeSlot:
        """The patient's old time."""
        return self.displaced.appointment.slot

    @property
    def new(self) -> TimeSlot:
        """The patient's new time, as long as the old one."""
        return TimeSlot.lasting(self.place.slot.start, self.old.length)

    @property
    def occupied(self) -> TimeSlot:
        """The new time of the place's resources, with the buffers that the appointment had."""
        appointment = self.displaced.appointment
        return self.new.widened(
            before=appointment.slot.start - appointment.occupied.start,
            after=appointment.occupied.end - appointment.slot.end,
        )

    @property
    def free_slot(self) -> FreeSlot:
        """The new place as a book takes it: ``book.move(appointment, move.free_slot, now=...)``.

        The book looks again, by its own rules, whether it is free; it knows no length but the kind's own.
        """
        return FreeSlot(
            visit=self.displaced.visit.code,
            slot=self.new,
            occupied=self.occupied,
            resources=self.place.resources,
            lead=self.lead,
            modality=self.modality,
            location=self.place.location,
            seats=self.displaced.visit.capacity,
            seats_left=self.place.seats,
        )


@attrs.frozen(kw_only=True)
class WithoutPlace:
    """A visit that goes to a person: what that counts for, and why there is nothing for it."""

    displaced: Displaced
    points: int
    findings: tuple[Finding, ...]


@attrs.frozen(kw_only=True)
class Replan:
    """The least disruptive plan for a question.

    ``batches`` are the moves in an order that is safe to carry out, one batch after another, once the visits
    ``without_place`` have given up their time. A batch is one move nearly always; one of several is a ring, in
    which each goes where the next one still is: all of it lets go, then takes.

    ``total`` is the points of all moves and of all that have no place. ``bound`` is what every plan costs at least,
    by the certificate; where they are equal, no plan is less disruptive.
    """

    question: Question
    batches: tuple[tuple[Relocation, ...], ...]
    without_place: tuple[WithoutPlace, ...]
    certificate: Certificate
    bound: int

    @property
    def moves(self) -> tuple[Relocation, ...]:
        """All moves in the order of the batches."""
        return tuple(move for batch in self.batches for move in batch)

    @property
    def total(self) -> int:
        """What the plan costs: the moves and those without a place."""
        return sum(move.cost.points for move in self.moves) + sum(each.points for each in self.without_place)

    @property
    def gap(self) -> int:
        """By how many points a plan could be cheaper at most; 0 when it is proven that none is."""
        return self.total - self.bound

    @property
    def is_proven(self) -> bool:
        """Whether no plan is cheaper, by the certificate."""
        return self.gap == 0
