"""Strategies for what is kept about good-faith estimates and about Medicare's notices (ABN)."""

from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from medoffice.billing.beneficiary_notice import (
    CostEstimate,
    Delivery,
    DenialReason,
    NoticeFact,
    NoticeGiven,
    NoticeLine,
    NoticeOption,
)
from medoffice.billing.good_faith import (
    ClaimWishNoted,
    Cover,
    EstimateIssued,
    EstimateRequested,
    ExpectedItem,
    ExpectedProvider,
    GoodFaithEstimate,
    Recurrence,
    Way,
)
from medoffice.core import ActorId, AppointmentId, PatientId
from medoffice.testing.strategies.identifiers import eins, icd10cm_codes, ids, npis, procedure_codes
from medoffice.testing.strategies.people import person_names, texts
from medoffice.testing.strategies.values import amounts, days, instants

GoodFaithFact = ClaimWishNoted | EstimateRequested | EstimateIssued
_WORDS = texts(30).filter(str.strip)
_TEXTS = st.lists(_WORDS, max_size=2).map(tuple)


def good_faith_estimates() -> SearchStrategy[GoodFaithEstimate]:
    """Estimates of one or two providers, with and without recurrence."""
    items = st.builds(
        ExpectedItem,
        service=procedure_codes(),
        words=_WORDS,
        diagnoses=st.lists(icd10cm_codes(), max_size=2).map(tuple),
        units=st.integers(1, 60),
        charge=amounts(),
    )
    providers = st.builds(
        ExpectedProvider,
        name=_WORDS,
        npi=npis(),
        tax_id=eins(),
        state=st.sampled_from(("IL", "TX", "PR")),
        place=texts(40),
        items=st.lists(items, min_size=1, max_size=3).map(tuple),
    )
    recurrences = st.builds(Recurrence, every=_WORDS, times=st.integers(2, 60), last_on=days())
    return st.builds(
        GoodFaithEstimate,
        patient=person_names(),
        birth_date=days(),
        issued_on=days(),
        service_on=st.none() | days(),
        primary=texts(30),
        providers=st.lists(providers, min_size=1, max_size=2, unique_by=lambda each: each.npi).map(tuple),
        separately=_TEXTS,
        recurrence=st.none() | recurrences,
        left_out=_TEXTS,
    )


def good_faith_facts(kind: type[GoodFaithFact]) -> SearchStrategy[GoodFaithFact]:
    """Facts of one kind, each field with whatever it can hold."""
    fields: dict[str, SearchStrategy[Any]] = {
        "on": days(),
        "patient": ids(PatientId),
        "appointment": ids(AppointmentId),
        "claim_wanted": st.booleans(),
        "cover": st.sampled_from(Cover),
        "number": st.integers(1, 99),
        "estimate": good_faith_estimates(),
        "way": st.sampled_from(Way),
        "told": st.booleans(),
        "owed_by": st.none() | days(),
    }
    return st.builds(kind, **{field.name: fields[field.name] for field in attrs.fields(kind)})


def cost_estimates() -> SearchStrategy[CostEstimate]:
    """What a service may cost, from one amount to another."""
    pairs = st.tuples(amounts(), amounts()).map(sorted)
    return pairs.map(lambda ends: CostEstimate(at_least=ends[0], at_most=ends[1]))


def beneficiary_notice_facts(kind: type[NoticeFact]) -> SearchStrategy[NoticeFact]:
    """Facts of one kind, each field with whatever it can hold."""
    lines = st.builds(
        NoticeLine,
        service=procedure_codes(),
        words=_WORDS,
        reason=st.sampled_from(DenialReason),
        estimate=cost_estimates(),
    )
    visit = ids(AppointmentId)
    fields: dict[str, SearchStrategy[Any]] = {
        "at": instants(),
        "on": days(),
        "patient": ids(PatientId),
        "number": st.integers(1, 99),
        "appointment": st.none() | visit if kind is NoticeGiven else visit,
        "lines": st.lists(lines, min_size=1, max_size=3, unique_by=lambda line: str(line.service)).map(tuple),
        "form_expires": days(),
        "delivery": st.sampled_from(Delivery),
        "repeats": st.booleans(),
        "by": ids(ActorId),
        "signed_on": days(),
        "option": st.sampled_from(NoticeOption),
        "seen_by": ids(ActorId),
        "by_representative": st.booleans(),
        "refused_on": days(),
        "witnesses": st.lists(ids(ActorId), min_size=1, max_size=2).map(tuple),
        "wants_service": st.booleans(),
        "service": procedure_codes(),
    }
    return st.builds(kind, **{field.name: fields[field.name] for field in attrs.fields(kind)})
