"""Strategies for questions to payers, their answers, and what an office keeps of both."""

from decimal import Decimal
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from medoffice.billing.eligibility import (
    About,
    AnsweredDays,
    AnsweredPerson,
    AnswerReceived,
    EligibilityAnswer,
    EligibilityInquiry,
    InquiredPerson,
    InquiryPrepared,
    InquiryRefused,
    InquirySettled,
    InquiryTraced,
    Level,
    Network,
    Party,
    Period,
    Permit,
    PermitFact,
    PermitKind,
    Quantity,
    Rejection,
    Statement,
)
from medoffice.billing.eligibility.rejections import Level as Rejected
from medoffice.billing.payers import Payer
from medoffice.core import AppointmentId, CoverageId, PatientId, Sex
from medoffice.testing.strategies.identifiers import ids, member_ids, npis, payer_ids
from medoffice.testing.strategies.people import person_names, texts
from medoffice.testing.strategies.reasons import findings
from medoffice.testing.strategies.values import amounts, day_ranges, days, percents

EligibilityFact = (
    InquiryPrepared | InquiryTraced | InquiryRefused | InquirySettled | AnswerReceived | PermitFact
)
_TYPES = st.sampled_from(("30", "98", "PT", "UC", "1"))


def traces() -> SearchStrategy[str]:
    """Traces of questions."""
    return st.from_regex(r"[0-9A-Za-z][0-9A-Za-z._-]{0,20}", fullmatch=True)


def inquiries() -> SearchStrategy[EligibilityInquiry]:
    """Questions about subscribers and dependents, on a day or on days."""
    person = st.builds(
        InquiredPerson,
        name=person_names(),
        member_id=st.none() | member_ids(),
        birth_date=st.none() | days(),
        sex=st.sampled_from(Sex),
    )
    return st.builds(
        EligibilityInquiry,
        payer=st.builds(Payer, payer_ids(), texts().filter(bool)),
        provider_name=texts().filter(bool),
        provider=npis(),
        subscriber=person,
        dependent=st.none() | person,
        on=days() | day_ranges().filter(lambda each: each.end is not None),
        service_types=st.lists(_TYPES, min_size=1, max_size=3).map(tuple),
        trace=traces(),
        origin=st.from_regex(r"9[0-9]{9}", fullmatch=True),
    )


def eligibility_answers() -> SearchStrategy[EligibilityAnswer]:
    """What payers answer: some of all that an answer has room for."""
    pairs = st.lists(st.tuples(st.sampled_from(("6P", "18", "1L")), texts(10)), max_size=2).map(tuple)
    lines = st.lists(texts(20), max_size=2).map(tuple)
    party = st.builds(Party, role=texts(3), name=texts(), number=texts(10), contacts=lines)
    person = st.builds(
        AnsweredPerson,
        family=texts(),
        given=texts(),
        member_id=texts(20),
        birth_date=st.none() | days(),
        address=lines,
        references=pairs,
    )
    stated = st.lists(
        st.builds(AnsweredDays, kind=texts(3), start=days(), end=st.none() | days()), max_size=2
    ).map(tuple)
    quantity = st.builds(
        Quantity,
        unit=texts(2),
        number=st.integers(0, 999).map(Decimal),
        period=st.sampled_from(Period),
    )
    statement = st.builds(
        Statement,
        about=st.sampled_from(About),
        code=texts(2),
        level=st.sampled_from(Level),
        service_types=st.lists(_TYPES, max_size=2).map(tuple),
        plan=texts(),
        period=st.sampled_from(Period),
        amount=st.none() | amounts(),
        percent=st.none() | percents(),
        quantities=st.lists(quantity, max_size=2).map(tuple),
        needs_authorization=st.none() | st.booleans(),
        network=st.sampled_from(Network),
        days=stated,
        places=lines,
        references=pairs,
        messages=lines,
        parties=st.lists(party, max_size=1).map(tuple),
        segment=st.integers(0, 99),
    )
    rejection = st.builds(Rejection, level=st.sampled_from(Rejected), code=texts(2), follow_up=texts(1))
    return st.builds(
        EligibilityAnswer,
        payer=party,
        provider=party,
        subscriber=st.none() | person,
        dependent=st.none() | person,
        traces=st.lists(traces(), max_size=2).map(tuple),
        days=stated,
        subscriber_days=stated,
        answered_on=st.none() | days(),
        statements=st.lists(statement, max_size=3).map(tuple),
        rejections=st.lists(rejection, max_size=2).map(tuple),
        findings=st.lists(findings(), max_size=1).map(tuple),
        is_cut_off=st.booleans(),
    )


def numbers() -> SearchStrategy[str]:
    """Numbers of referrals and authorizations."""
    return st.text("ABCXYZ0123456789-/", min_size=1, max_size=50)


def permits() -> SearchStrategy[Permit]:
    """Referrals and authorizations, for some visits or any number."""
    return st.builds(
        Permit,
        coverage=ids(CoverageId),
        kind=st.sampled_from(PermitKind),
        number=numbers(),
        days=day_ranges(),
        visits=st.none() | st.integers(1, 100),
        service_type=st.sampled_from(("", "98", "PT")),
    )


def eligibility_facts(kind: type[EligibilityFact]) -> SearchStrategy[EligibilityFact]:
    """Facts of one kind, each field with whatever it can hold."""
    fields: dict[str, SearchStrategy[Any]] = {
        "coverage": ids(CoverageId),
        "patient": ids(PatientId),
        "on": days(),
        "inquiry": inquiries(),
        "appointment": st.none() | ids(AppointmentId),
        "trace": traces(),
        "answer": eligibility_answers(),
        "findings": st.lists(findings(), min_size=1, max_size=2).map(tuple),
        "permit": permits(),
        "kind": st.sampled_from(PermitKind),
        "number": numbers(),
    }
    return st.builds(kind, **{field.name: fields[field.name] for field in attrs.fields(kind)})
