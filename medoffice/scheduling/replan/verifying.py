"""Looking at a plan anew, with whole numbers and without trust in whatever found it."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

import attrs

from medoffice.core import Finding, Refused, Severity
from medoffice.scheduling.replan.assessment import Fits, assess
from medoffice.scheduling.replan.plan import Relocation, Replan
from medoffice.scheduling.replan.table import cost_table

NOT_EVERYBODY: Final = "RPL101"
NOT_A_PLACE: Final = "RPL102"
OTHER_COST: Final = "RPL103"
TAKEN_TWICE: Final = "RPL104"
PATIENT_TWICE: Final = "RPL105"
NO_PRICE: Final = "RPL106"
OTHER_BOUND: Final = "RPL107"


@attrs.frozen(kw_only=True)
class Verified:
    """The plan can be carried out and costs ``total``; every plan costs at least ``bound``."""

    total: int
    bound: int

    @property
    def is_cheapest(self) -> bool:
        """Whether that proves that no plan costs less."""
        return self.bound >= self.total


def verify(plan: Replan) -> Verified | Refused:
    """Whether a plan is what it says: everybody once, every place real and fit and taken once, every cost right, no
    patient in two places, and a lower bound that its prices truly give.

    All is worked out anew from the question's values. Refused with every fault found.
    """
    faults = tuple(_faults(plan))
    if faults:
        return Refused(faults)
    return Verified(total=plan.total, bound=plan.bound)


def _faults(plan: Replan) -> Iterator[Finding]:
    question, moves = plan.question, plan.moves
    named = [move.displaced for move in moves] + [each.displaced for each in plan.without_place]
    asked = {each.appointment.id: each for each in question.displaced}
    if len(named) != len(asked) or {each.appointment.id: each for each in named} != asked:
        yield _fault(NOT_EVERYBODY, "not every displaced visit is dealt with once")
    for move in moves:
        yield from _faults_of(move, plan)
    for each in plan.without_place:
        if each.points != question.weights.no_place.of(each.displaced.urgency):
            yield _fault(OTHER_COST, "to have no place counts otherwise")
    yield from _clashes(moves)
    wrong = tuple(plan.certificate.faults(question))
    yield from (_fault(NO_PRICE, fault) for fault in wrong)
    if not wrong and plan.certificate.bound(cost_table(question)) != plan.bound:
        yield _fault(OTHER_BOUND, "the prices give another bound")


def _faults_of(move: Relocation, plan: Replan) -> Iterator[Finding]:
    if move.place not in plan.question.places:
        yield _fault(NOT_A_PLACE, "a visit goes where no place was offered")
    elif assess(move.displaced, move.place, plan.question) != Fits(move.modality, move.cost):
        yield _fault(OTHER_COST, "a visit does not fit where it goes, or costs otherwise")


def _clashes(moves: tuple[Relocation, ...]) -> Iterator[Finding]:
    seats_taken = Counter(move.place for move in moves)
    if any(taken > place.seats for place, taken in seats_taken.items()):
        yield _fault(TAKEN_TWICE, "more visits go to one place than it has room for")
    by_time = sorted(moves, key=lambda move: move.place.occupied.start)
    for which, move in enumerate(by_time):
        for later in by_time[which + 1 :]:
            if later.place.occupied.start >= move.place.occupied.end:
                break
            if move.place != later.place and move.place.excludes(later.place):
                yield _fault(TAKEN_TWICE, "two visits want one resource at one time")
            if move.displaced.appointment.patient == later.displaced.appointment.patient and (
                move.new.overlaps(later.new)
            ):
                yield _fault(PATIENT_TWICE, "a patient would be in two places at once")


def _fault(code: str, message: str) -> Finding:
    return Finding(code=code, severity=Severity.ERROR, message=message, fix="Do not carry the plan out.")
