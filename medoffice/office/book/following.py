"""The flow keeps step with the book: whoever changes a visit's status there has its log of the day say the same."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from medoffice.core.ids import ActorId, AppointmentId, ResourceId
from medoffice.core.outcomes import Refused
from medoffice.ports.store import ConstraintBroken, ReadTransaction, Transaction
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.flow import (
    CheckedIn,
    Corrected,
    Fact,
    LeftWithoutBeingSeen,
    Misstep,
    PatientArrived,
    PatientLeft,
    ProviderEntered,
    Stage,
    VisitFlow,
    record,
    status_of,
)
from medoffice.scheduling.resources import Provider

STREAM: Final = "flow"
"""The stream of facts about the day of a visit; their subject is the visit."""

_LOBBY: Final = frozenset({Stage.ARRIVED, Stage.CHECKED_IN})
_BY_ITSELF: Final = ActorId("program")


class OutOfStep(ConstraintBroken):
    """A visit's status would contradict what its log says of the day; ``refused`` has the reasons."""

    def __init__(self, refused: Refused) -> None:
        super().__init__("; ".join(each.message for each in refused.findings))
        self.refused = refused


def flow_of(tx: ReadTransaction, visit: AppointmentId) -> VisitFlow:
    """All that was noted of a visit's way through the office."""
    told = (kept.fact for kept in tx.facts(STREAM, subject=visit.value))
    return VisitFlow(visit, tuple(fact for fact in told if isinstance(fact, Fact)))


def add(tx: Transaction, facts: Iterable[Fact]) -> None:
    """Keep what happened."""
    for fact in facts:
        tx.append_fact(STREAM, fact.visit.value, fact.at, fact)


def is_in_step(flow: VisitFlow, status: Status) -> bool:
    """Whether both say the same. Of a patient who has not come the flow knows no more than that."""
    if flow.stage is Stage.EXPECTED:
        return status not in {Status.ARRIVED, Status.CHECKED_IN, Status.FULFILLED}
    return status_of(flow) is status


def follow(tx: Transaction, visit: Appointment, *, at: datetime, by: ActorId | None) -> None:
    """Note what a visit's new status says of its patient, where that is not noted yet.

    An office that only says *was seen* has the clinician come and the patient go at one instant: such a visit teaches
    nothing about lengths (:mod:`medoffice.office.day.floor` leaves it out).

    Raises:
        OutOfStep: when it contradicts what is noted: a visit is called off whose patient was seen, or is over while
            something that must be done is open.
    """
    flow = flow_of(tx, visit.id)
    if is_in_step(flow, visit.status):
        return
    moment = max((at, *(place.since for place in flow.places[-1:])))
    for fact in _catching_up(tx, flow, visit, moment, by or _BY_ITSELF):
        recorded = record(flow, fact, now=moment)
        if isinstance(recorded, Refused):
            raise OutOfStep(recorded)
        add(tx, (fact,))
        flow = recorded.flow


def _catching_up(
    tx: ReadTransaction, flow: VisitFlow, visit: Appointment, at: datetime, by: ActorId
) -> Iterator[Fact]:
    match visit.status:
        case Status.ARRIVED:
            yield PatientArrived(visit.id, at)
        case Status.CHECKED_IN:
            if flow.stage is Stage.EXPECTED:
                yield PatientArrived(visit.id, at)
            yield CheckedIn(visit.id, at)
        case Status.FULFILLED:
            if flow.stage in _LOBBY or (flow.stage is Stage.ROOMED and not flow.is_seen):
                yield ProviderEntered(visit.id, at, _lead(tx, visit))
            yield PatientLeft(visit.id, at)
        case Status.CANCELLED:
            yield LeftWithoutBeingSeen(visit.id, at)
        case _:
            yield from (Corrected(visit.id, at, Misstep.WRONG_PATIENT, by) for _ in flow.places)


def _lead(tx: ReadTransaction, visit: Appointment) -> ResourceId:
    """The visit's clinician; where it names none, what it was with."""
    clinicians = {each.id for each in tx.providers()}
    clinicians |= {each.id for each in tx.resources() if isinstance(each, Provider)}
    return next((id for id in visit.resources if id in clinicians), visit.resources[0])
