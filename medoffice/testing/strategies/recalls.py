"""Strategies for what recalls keep: facts by day."""

from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from medoffice.core import AppointmentId, PatientId
from medoffice.scheduling.recalls import Absence, Fact, Outcome, VisitDone
from medoffice.scheduling.reminders import Channel
from medoffice.testing.strategies.identifiers import ids
from medoffice.testing.strategies.records import slugs
from medoffice.testing.strategies.values import days


def recall_facts(kind: type[Fact]) -> SearchStrategy[Fact]:
    """Facts of one kind, each field with whatever it can hold."""
    visit = ids(AppointmentId)
    fields: dict[str, SearchStrategy[Any]] = {
        "on": days(),
        "patient": ids(PatientId),
        "appointment": st.none() | visit if kind is VisitDone else visit,
        "kind": slugs(),
        "day": days(),
        "rule": slugs(),
        "due": days(),
        "channel": st.sampled_from(Channel),
        "outcome": st.sampled_from(Outcome),
        "absence": st.sampled_from(Absence),
    }
    return st.builds(kind, **{field.name: fields[field.name] for field in attrs.fields(kind)})
