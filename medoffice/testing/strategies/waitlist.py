"""Strategies for what a waitlist keeps: entries, freed slots, offers, facts."""

from datetime import timedelta
from typing import Any, Final

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from medoffice.core import AppointmentId, EntryId, FreedSlotId, PatientId, ResourceId
from medoffice.scheduling import Modality
from medoffice.scheduling.waitlist import (
    CurrentVisit,
    Entry,
    FreedSlot,
    Offer,
    OfferKey,
    Part,
    Ranking,
    Urgency,
    facts,
)
from medoffice.testing.strategies.calendar import weekly_hours
from medoffice.testing.strategies.identifiers import ids
from medoffice.testing.strategies.people import texts
from medoffice.testing.strategies.records import slugs
from medoffice.testing.strategies.values import day_ranges, instants, slots

_MANY: Final = 2**40
_ENTRY_IDS: Final = ids(EntryId)
_SLOT_IDS: Final = ids(FreedSlotId)
_MODALITIES: Final = st.frozensets(st.sampled_from(Modality))


def waitlist_entries() -> SearchStrategy[Entry]:
    """Wishes with and without bounds."""
    return st.builds(
        Entry,
        id=_ENTRY_IDS,
        patient=ids(PatientId),
        visit=slugs(),
        joined=instants(),
        is_new_patient=st.booleans(),
        urgency=st.sampled_from(Urgency),
        days=day_ranges(),
        times=st.none() | weekly_hours(),
        providers=st.frozensets(ids(ResourceId), max_size=2),
        locations=st.frozensets(slugs(), max_size=2),
        modalities=_MODALITIES,
        current=st.none() | st.builds(CurrentVisit, ids(AppointmentId), slots()),
        channels=st.frozensets(slugs(), max_size=2),
    )


def freed_slots() -> SearchStrategy[FreedSlot]:
    """Times that became free, for some kinds of visit or any."""
    return st.builds(
        lambda slot, before, **rest: FreedSlot(
            slot=slot, occupied=slot.widened(before=before, after=before), **rest
        ),
        slots(timedelta(hours=8)),
        st.timedeltas(timedelta(0), timedelta(hours=1)),
        id=_SLOT_IDS,
        resources=st.frozensets(ids(ResourceId), min_size=1, max_size=3),
        freed=instants(),
        visit_types=st.frozensets(slugs(), max_size=2),
        modalities=_MODALITIES,
        location=st.just("") | slugs(),
        new_patients=st.none() | st.booleans(),
    )


def waitlist_offers() -> SearchStrategy[Offer]:
    """Questions to patients, ranked."""
    parts = st.lists(st.builds(Part, slugs(), st.integers(-_MANY, _MANY), texts()), max_size=3)
    return st.builds(
        Offer,
        key=_offer_keys(),
        patient=ids(PatientId),
        visit=slugs(),
        time=slots(),
        modality=st.sampled_from(Modality),
        location=st.just("") | slugs(),
        wave=st.integers(1, 9),
        made=instants(),
        answer_by=instants(),
        ranking=st.builds(Ranking, _ENTRY_IDS, parts.map(tuple)),
        place=st.integers(1, 99),
        among=st.integers(1, 99),
    )


def waitlist_facts(kind: type[Any]) -> SearchStrategy[Any]:
    """Facts of one kind, each field with whatever it can hold."""
    fields: dict[str, SearchStrategy[Any]] = {
        "at": instants(),
        "due": instants(),
        "rests_until": instants(),
        "until": (st.none() | instants()) if kind is facts.EntryPaused else instants(),
        "entry": waitlist_entries() if kind in {facts.EntryJoined, facts.EntryChanged} else _ENTRY_IDS,
        "freed": freed_slots(),
        "slot": _SLOT_IDS,
        "offer": _offer_keys(),
        "offers": st.lists(waitlist_offers(), max_size=2).map(tuple),
        "because": _reasons(kind),
    }
    return st.builds(kind, **{field.name: fields[field.name] for field in attrs.fields(kind)})


def _offer_keys() -> SearchStrategy[OfferKey]:
    return st.builds(OfferKey, _SLOT_IDS, _ENTRY_IDS)


def _reasons(kind: type[Any]) -> SearchStrategy[Any]:
    several = kind in {facts.SlotWaits, facts.SlotHandedOver}
    return st.lists(slugs(), max_size=2).map(tuple) if several else slugs()
