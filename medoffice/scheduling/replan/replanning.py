"""Giving every displaced visit the least disruptive new place."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import ResourceId
from medoffice.scheduling.replan.assessment import Barred, Fits, assess
from medoffice.scheduling.replan.assignment import NONE, Assignment, assign
from medoffice.scheduling.replan.certificate import Certificate, Leaf, Method, Price
from medoffice.scheduling.replan.conflicts import Classes, Entangled, classes
from medoffice.scheduling.replan.displaced import Displaced
from medoffice.scheduling.replan.order import Going, batches
from medoffice.scheduling.replan.packing import SCALE, pack
from medoffice.scheduling.replan.places import Place
from medoffice.scheduling.replan.plan import Relocation, Replan, WithoutPlace
from medoffice.scheduling.replan.question import Question
from medoffice.scheduling.replan.reasons import why_without
from medoffice.scheduling.replan.table import Table, cost_table
from medoffice.scheduling.replan.ties import fairest
from medoffice.scheduling.replan.weights import DisruptionWeights
from medoffice.scheduling.resources import Resource

_USUAL: Final = DisruptionWeights()


def replan(
    displaced: Iterable[Displaced],
    *,
    places: Iterable[Place],
    resources: Iterable[Resource],
    zone: ZoneInfo,
    now: datetime,
    weights: DisruptionWeights = _USUAL,
    most_cases: int = 200,
) -> Replan:
    """The plan that disrupts least, with the proof.

    Where places fall into groups that shut each other out and touch no other group (separate openings; one opening
    with either of two rooms), this is an assignment and solved as one, on the standard library alone. Where they
    overlap like the starts of a grid, or one patient would be in two places at once, it is an integer programme
    and needs the extra ``medoffice[optimise]``.

    Of several plans of the same cost it is the one that spreads the burden (least sum of squared costs). Where places
    fall into groups, what is still open is settled in favour of the more urgent, then of who was to come sooner,
    then by the appointment's id, and for each by the lower cost and the earlier place: so it is one plan, whatever
    the order in which things were given.

    Args:
        displaced: the visits that have lost their places.
        places: where they may go, free once the displaced visits are gone.
        resources: the office's resources.
        zone: the zone whose clock says what a day and a time of day are.
        now: places that begin before it are past.
        weights: what disruptions cost.
        most_cases: into how many cases a proof may be split, where places overlap; with fewer than it takes,
            the plan keeps a ``gap``.

    Raises:
        InvalidValue: when an appointment is displaced twice, a place is time of a resource that is not among
            ``resources``, or ``now`` has no time zone.
        NeedsOptimise: when places overlap and scipy is not installed.
    """
    question = Question(
        displaced=tuple(displaced),
        places=tuple(places),
        resources=tuple(resources),
        weights=weights,
        zone=zone,
        now=now,
    )
    table = cost_table(question)
    match _by_assignment(question, table):
        case _Found() as found:
            return _plan(question, table, found)
        case Entangled():
            return _plan(question, table, _by_programme(question, table, most_cases))


@attrs.frozen
class _Found:
    """The place of each visit (-1 for none), and the proof."""

    chosen: tuple[int, ...]
    certificate: Certificate


def _by_assignment(question: Question, table: Table) -> _Found | Entangled:
    """The plan, when places fall into groups and no patient meets themselves."""
    groups = classes(question.places)
    if isinstance(groups, Entangled):
        return groups
    columns = _Columns.of(groups, table)
    order = [
        [column for column in sorted(range(len(row)), key=row.__getitem__) if row[column] <= most]
        for row, most in zip(columns.costs, table.no_place, strict=True)
    ]
    found = assign(columns.costs, order=order, without=table.no_place, columns=len(columns.group))
    chosen = fairest(columns.costs, order=order, without=table.no_place, found=found)
    places = tuple(
        NONE if column == NONE else own[column] for own, column in zip(columns.places, chosen, strict=True)
    )
    if _meets_itself(question, places):
        return Entangled()
    leaf = Leaf(tuple(columns.prices(groups, found)))
    return _Found(places, Certificate(method=Method.ASSIGNMENT, proof=leaf))


@attrs.frozen
class _Columns:
    """The columns of the assignment: one for each group of places, or for each seat of one.

    ``group[column]`` is its group; for each visit, ``costs`` are those of the group's cheapest place and ``places``
    is the earliest of these.
    """

    group: Sequence[int]
    costs: Sequence[Sequence[int]]
    places: Sequence[Sequence[int]]
    seats: Sequence[int]

    @classmethod
    def of(cls, groups: Classes, table: Table) -> "_Columns":
        members = groups.members
        if len(members) == len(table.seats) == sum(table.seats):
            numbers = range(len(members))
            return cls(numbers, table.costs, [numbers] * len(table.costs), table.seats)
        group = [
            which
            for which, places in enumerate(members)
            for _ in range(min(table.seats[places[0]], len(table.costs)))
        ]
        best = [[min(members[which], key=row.__getitem__) for which in group] for row in table.costs]
        costs = [[row[place] for place in own] for row, own in zip(table.costs, best, strict=True)]
        return cls(group, costs, best, table.seats)

    def prices(self, groups: Classes, found: Assignment) -> Iterator[Price]:
        """What the assignment's prices are for the groups: all seats of one cost the same, so it is that and as often."""
        least: dict[int, int] = {}
        for which, price in zip(self.group, found.prices, strict=True):
            least[which] = min(price, least.get(which, price))
        for which, price in least.items():
            if price:
                seats = self.seats[groups.members[which][0]]
                yield Price(groups.members[which], price * seats)


def _meets_itself(question: Question, chosen: Sequence[int]) -> bool:
    """Whether a patient would be in two places at once."""
    times: dict[object, list[tuple[datetime, datetime]]] = {}
    for each, place in zip(question.displaced, chosen, strict=True):
        if place != NONE:
            start = question.places[place].slot.start
            own = times.setdefault(each.appointment.patient, [])
            end = start + each.appointment.slot.length
            if any(start < until and since < end for since, until in own):
                return True
            own.append((start, end))
    return False


def _by_programme(question: Question, table: Table, most_cases: int) -> _Found:
    packing = pack(question, table, most_cases=most_cases)
    certificate = Certificate(method=Method.PROGRAMME, proof=packing.proof, scale=SCALE)
    return _Found(packing.places, certificate)


def _plan(question: Question, table: Table, found: _Found) -> Replan:
    moves, without = [], []
    for visit, (each, place) in enumerate(zip(question.displaced, found.chosen, strict=True)):
        if place == NONE:
            findings = why_without(visit, question, table)
            without.append(WithoutPlace(displaced=each, points=table.no_place[visit], findings=findings))
            continue
        match assess(each, question.places[place], question):
            case Fits(modality, cost):
                moves.append(
                    Relocation(
                        displaced=each,
                        place=question.places[place],
                        lead=_lead(question.places[place], question),
                        modality=modality,
                        cost=cost,
                    )
                )
            case Barred():  # pragma: no cover - the table says the same, and a law holds it
                raise AssertionError
    order = batches([Going(appointment=move.displaced.appointment, place=move.place) for move in moves])
    return Replan(
        question=question,
        batches=tuple(tuple(moves[which] for which in batch) for batch in order),
        without_place=tuple(without),
        certificate=found.certificate,
        bound=found.certificate.bound(table),
    )


def _lead(place: Place, question: Question) -> ResourceId:
    """Whom a visit there is named after: its clinician, or else what there is."""
    clinicians = (each for each in place.resources if each in question.clinicians)
    return next(clinicians, place.resources[0])
