"""Strategies for the day of a visit: check-out tasks, facts."""

from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from medoffice.core import ActorId, AppointmentId, ResourceId
from medoffice.scheduling.flow import CheckOutTask, Fact, Misstep, Settlement, TaskKind, TaskSettled
from medoffice.testing.strategies.identifiers import ids
from medoffice.testing.strategies.people import texts
from medoffice.testing.strategies.records import slugs
from medoffice.testing.strategies.values import instants, money


def check_out_tasks() -> SearchStrategy[CheckOutTask]:
    """Things to do before the patient goes, of every kind."""
    return st.builds(
        CheckOutTask,
        code=slugs(),
        kind=st.sampled_from(TaskKind),
        is_must=st.booleans(),
        may_be_declined=st.booleans(),
        weeks=st.integers(0, 260),
        amount=money(),
        detail=texts(),
    )


def flow_facts(kind: type[Fact]) -> SearchStrategy[Fact]:
    """Facts of one kind, each field with whatever it can hold."""
    if kind is TaskSettled:
        return st.sampled_from(Settlement).flatmap(_settled)
    fields: dict[str, SearchStrategy[Any]] = {
        "visit": ids(AppointmentId),
        "at": instants(),
        "room": ids(ResourceId),
        "provider": ids(ResourceId),
        "place": ids(ResourceId),
        "why": st.sampled_from(Misstep),
        "by": ids(ActorId),
        "level": st.integers(1, 9),
        "task": check_out_tasks(),
    }
    return st.builds(kind, **{field.name: fields[field.name] for field in attrs.fields(kind)})


def _settled(how: Settlement) -> SearchStrategy[TaskSettled]:
    reasons = texts().map(lambda text: " ".join(text.split())).filter(bool)
    return st.builds(
        TaskSettled,
        visit=ids(AppointmentId),
        at=instants(),
        code=slugs(),
        how=st.just(how),
        by=ids(ActorId),
        reason=st.just("") if how is Settlement.DONE else reasons,
    )
