"""Strategies for what reminders keep: keys, replies, facts."""

from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from medoffice.core import AppointmentId, PatientId
from medoffice.scheduling.reminders import (
    CancelWish,
    Channel,
    Confirm,
    Fact,
    MoveWish,
    ReminderKey,
    Reply,
    Stop,
    Unclear,
)
from medoffice.testing.strategies.identifiers import ids
from medoffice.testing.strategies.people import texts
from medoffice.testing.strategies.records import slugs
from medoffice.testing.strategies.values import instants


def reminder_keys() -> SearchStrategy[ReminderKey]:
    """A visit, the time it then had, and a step."""
    return st.builds(ReminderKey, appointment=ids(AppointmentId), starts=instants(), step=slugs())


def replies() -> SearchStrategy[Reply]:
    """Every kind of reply."""
    plain: SearchStrategy[Reply] = st.sampled_from((Confirm(), CancelWish(), MoveWish()))
    return plain | st.builds(Stop, st.booleans()) | st.builds(Unclear, st.booleans())


def reminder_facts(kind: type[Fact]) -> SearchStrategy[Fact]:
    """Facts of one kind, each field with whatever it can hold."""
    fields: dict[str, SearchStrategy[Any]] = {
        "at": instants(),
        "key": reminder_keys(),
        "patient": ids(PatientId),
        "channel": st.sampled_from(Channel),
        "asks": st.booleans(),
        "reply": replies(),
        "about": st.none() | reminder_keys(),
        "text": texts(),
    }
    return st.builds(kind, **{field.name: fields[field.name] for field in attrs.fields(kind)})
