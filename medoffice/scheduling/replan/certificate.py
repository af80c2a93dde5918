"""Why no plan is cheaper: prices that anybody can check with whole numbers, whoever found them.

Put a price on every group of places of which one at most can be used, and let each visit pay for its place. Whatever
plan there is: a visit pays at least the cheapest that any place, or none, would cost it *with prices*, and the prices
taken in are at most the sum of all prices, since of each group one place at most is used. So every plan costs at
least ::

    bound = Σ over visits of min(no place, cheapest place with its prices) - Σ of all prices

That is weak duality; it needs no trust in a solver. A plan that costs no more than the bound (rounded up: costs
are whole) is the cheapest. When a plan meets it, every visit has one of its cheapest priced places and every priced
group is used: complementary slackness. (Lagrangian bound and complementary slackness: for instance
C. H. Papadimitriou and K. Steiglitz, "Combinatorial Optimization", chapters 3 and 11.)

Where a place has several seats, each of them is charged its share of the place's price, rounded down: together they pay
no more than it, so the bound stands.

For a pure assignment prices always reach the optimum. Where places overlap on a grid they may fall short by a little;
then the proof splits into cases (this place used or not; this visit here or not), each with prices of its own.
"""

from collections.abc import Iterator, Sequence
from enum import Enum
from operator import add, floordiv

import attrs

from medoffice.core import InvalidValue
from medoffice.scheduling.replan.conflicts import is_exclusive
from medoffice.scheduling.replan.question import Question
from medoffice.scheduling.replan.table import FORBIDDEN, Table

Option = tuple[int, int]
"""The number of a visit and of a place, in the question's order."""

Decision = tuple[Option | int, bool]
"""An option, or a place whoever goes there; and whether a case supposes that it is used."""


class Method(Enum):
    """How the plan was found."""

    ASSIGNMENT = "assignment"
    """Places fall into groups: shortest augmenting paths."""
    PROGRAMME = "integer programme"
    """Places overlap: branch and bound (HiGHS) over linear relaxations."""


@attrs.frozen
class Price:
    """What it costs to use one of ``places`` that shut each other out, in points times the certificate's scale."""

    places: tuple[int, ...]
    points: int


@attrs.frozen
class PatientPrice:
    """What it costs to put one of a patient's own visits where they would meet another of theirs."""

    options: tuple[Option, ...]
    points: int


@attrs.frozen
class Leaf:
    """Prices that give a bound; in a case of a proof, the bound of that case."""

    prices: tuple[Price, ...] = ()
    patient_prices: tuple[PatientPrice, ...] = ()


@attrs.frozen
class Split:
    """Two cases that leave no third: an option is used, or it is not; or a place is, whoever goes there.

    A visit whose option is used has no other. Where a place is used, those that it shuts out are not.
    """

    what: Option | int
    used: "Leaf | Split"
    unused: "Leaf | Split"


Proof = Leaf | Split


@attrs.frozen(kw_only=True)
class Certificate:
    """How the plan was found, and the proof of what every plan costs at least.

    Raises:
        InvalidValue: when the scale is not a positive whole number.
    """

    method: Method
    proof: Proof
    scale: int = 1

    def __attrs_post_init__(self) -> None:
        if type(self.scale) is not int or self.scale < 1:
            raise InvalidValue("certificate", "its scale is a whole number from 1")

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The cases of the proof, one if it has none."""
        return tuple(leaf for leaf, _ in _cases(self.proof, ()))

    def bound(self, table: Table) -> int:
        """What every plan costs at least, in points: the least bound of all cases, rounded up."""
        least = min(
            case_bound(table, leaf=leaf, decisions=decisions, scale=self.scale)
            for leaf, decisions in _cases(self.proof, ())
        )
        return -(-least // self.scale)

    def faults(self, question: Question) -> Iterator[str]:
        """What about the prices is not as the proof supposes; nothing when all is well."""
        for what in _decided(self.proof):
            visit, place = (0, what) if isinstance(what, int) else what
            if not (_are_within((visit,), question.displaced) and _are_within((place,), question.places)):
                yield "a case is about a place that there is not"
        for leaf in self.leaves:
            for price in leaf.prices:
                if price.points < 0:
                    yield "a price is below nothing"
                elif not _are_within(price.places, question.places):
                    yield "a price is put on a place that there is not"
                elif not is_exclusive([question.places[place] for place in price.places]):
                    yield "a price is put on places that can be used together"
            for each in leaf.patient_prices:
                visits, places = zip(*each.options, strict=True) if each.options else ((), ())
                if each.points < 0:
                    yield "a price is below nothing"
                elif not (_are_within(visits, question.displaced) and _are_within(places, question.places)):
                    yield "a price is put on a place that there is not"
                elif not meet(each.options, question):
                    yield "a price is put on visits that a patient can make both"


def _are_within(numbers: Sequence[int], of: Sequence[object]) -> bool:
    return bool(numbers) and all(0 <= number < len(of) for number in numbers)


def meet(options: Sequence[Option], question: Question) -> bool:
    """Whether the options are of one patient and share an instant."""
    visits = [question.displaced[visit].appointment for visit, _ in options]
    starts = [question.places[place].slot.start for _, place in options]
    ends = [start + visit.slot.length for start, visit in zip(starts, visits, strict=True)]
    return len({visit.patient for visit in visits}) == 1 and max(starts) < min(ends)


def case_bound(table: Table, *, leaf: Leaf, decisions: Sequence[Decision], scale: int) -> int:
    """What every plan of a case costs at least, in points times ``scale``: exact."""
    paid = sum(
        min(limit, min(priced, default=limit))
        for _, priced, limit in priced_rows(table, leaf=leaf, decisions=decisions, scale=scale)
    )
    taken_in = sum(price.points for price in leaf.prices)
    return paid - taken_in - sum(price.points for price in leaf.patient_prices)


def priced_rows(
    table: Table, *, leaf: Leaf, decisions: Sequence[Decision], scale: int
) -> Iterator[tuple[int, list[int], int]]:
    """For each visit its number, the cost of every place with its prices, and what it costs to have none.

    All are points times ``scale``. What a case's decisions leave out costs no less than ``FORBIDDEN``; a visit whose
    place is decided has no other, and cannot have none.
    """
    nothing = FORBIDDEN * scale
    of_place = [0] * len(table.seats)
    for price in leaf.prices:
        for place in price.places:
            of_place[place] += price.points
    of_place = list(map(floordiv, of_place, table.seats))
    extra: dict[int, list[tuple[int, int]]] = {}
    for each in leaf.patient_prices:
        for visit, place in each.options:
            extra.setdefault(visit, []).append((place, each.points))
    decided: dict[int, list[tuple[int, bool]]] = {}
    shut: set[int] = set()
    for what, is_used in decisions:
        if isinstance(what, int):
            shut |= table.rivals[what] if is_used else {what}
        else:
            decided.setdefault(what[0], []).append((what[1], is_used))

    for visit, (costs, no_place) in enumerate(zip(table.costs, table.no_place, strict=True)):
        scaled = costs if scale == 1 else [cost * scale for cost in costs]
        priced, limit = list(map(add, scaled, of_place)), no_place * scale
        for place, points in extra.get(visit, ()):
            priced[place] += points
        for place in shut:
            priced[place] = nothing
        for place, is_used in decided.get(visit, ()):
            if is_used:
                priced = [points if each == place else nothing for each, points in enumerate(priced)]
                limit = nothing
            else:
                priced[place] = nothing
        yield visit, priced, limit


def _decided(proof: Proof) -> Iterator[Option | int]:
    """All that the proof is split by."""
    if isinstance(proof, Split):
        yield proof.what
        yield from _decided(proof.used)
        yield from _decided(proof.unused)


def _cases(proof: Proof, decisions: tuple[Decision, ...]) -> Iterator[tuple[Leaf, tuple[Decision, ...]]]:
    match proof:
        case Leaf():
            yield proof, decisions
        case Split(what, used, unused):
            yield from _cases(used, (*decisions, (what, True)))
            yield from _cases(unused, (*decisions, (what, False)))
