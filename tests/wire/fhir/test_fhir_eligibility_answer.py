"""A payer's answer to FHIR R4 and back: what FHIR carries is not lost, nothing private is said, and another program agrees."""

from datetime import date
from typing import Any, Final

import attrs
import pytest
from fhir.resources.R4B.coverageeligibilityresponse import CoverageEligibilityResponse as Judge
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from medoffice.billing import Payer
from medoffice.billing.eligibility import (
    About,
    AnsweredDays,
    AnsweredPerson,
    EligibilityAnswer,
    Level,
    Network,
    Period,
    Rejection,
    Statement,
    summarise,
)
from medoffice.billing.eligibility.rejections import Level as RejectedLevel
from medoffice.core import CoverageId, InvalidValue, Money, PatientId, PayerId, Percent
from medoffice.testing.strategies import day_ranges, days, money, percents
from medoffice.wire import WireError
from medoffice.wire.fhir import (
    FhirAnswer,
    from_bytes,
    read_eligibility_answer,
    to_bytes,
    write_eligibility_answer,
)

CANARY: Final = "Kanarienvogel7077"
WORDS: Final = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 ]{0,8}[a-z]", fullmatch=True)
CODES: Final = st.from_regex(r"[A-Z0-9]{1,3}", fullmatch=True)


def statements() -> SearchStrategy[Statement]:
    """Statements with all that FHIR carries."""
    return st.builds(
        Statement,
        about=st.just(About.OTHER),
        code=st.sampled_from([each.value for each in About if each.value] + ["ZZ"]),
        level=st.sampled_from(Level),
        service_types=st.lists(CODES, max_size=3).map(tuple),
        plan=st.just("") | WORDS,
        period=st.sampled_from(Period),
        amount=st.none() | money(),
        percent=st.none() | percents(),
        needs_authorization=st.none() | st.booleans(),
        network=st.sampled_from(Network),
        procedure=st.sampled_from(["", "HC:99213"]),
        messages=st.lists(WORDS, max_size=3).map(tuple),
    ).map(
        lambda made: attrs.evolve(
            made, about=next((each for each in About if each.value == made.code), About.OTHER)
        )
    )


def answered_days() -> SearchStrategy[AnsweredDays]:
    """Days of any kind, with or without an end."""
    return st.builds(
        lambda kind, some: AnsweredDays(kind=kind, start=some.start, end=some.end),
        st.sampled_from(["291", "346", "347", "472"]),
        day_ranges(),
    )


def answers() -> SearchStrategy[FhirAnswer]:
    """Answers with all that FHIR carries."""
    answer = st.builds(
        EligibilityAnswer,
        is_cut_off=st.booleans(),
        answered_on=days(),
        traces=st.lists(CODES, max_size=3).map(tuple),
        days=st.lists(answered_days(), max_size=3).map(tuple),
        statements=st.lists(statements(), max_size=4).map(tuple),
        rejections=st.lists(
            st.builds(
                Rejection,
                level=st.sampled_from(RejectedLevel),
                code=st.sampled_from(["", "72", "ZZ"]),
                follow_up=st.sampled_from(["", "C"]),
            ),
            max_size=2,
        ).map(tuple),
    )
    return answer.map(whole)


def whole(answer: EligibilityAnswer) -> FhirAnswer:
    """An answer about one patient's coverage."""
    return FhirAnswer(
        id="answer-1",
        patient=PatientId("pt-1"),
        coverage=CoverageId("cov-1"),
        insurer=Payer(PayerId("60054"), "Aurora Health"),
        answer=answer,
    )


def plain(*some: Statement, **rest: Any) -> FhirAnswer:
    """An answer of one day with some statements."""
    return whole(EligibilityAnswer(answered_on=date(2027, 3, 1), statements=some, **rest))


@given(answers())
def test_an_answer_is_read_as_it_was_written(made: FhirAnswer) -> None:
    """All that the writer says it carries, and valid by fhir.resources (R4B, whose elements are those of R4)."""
    document = to_bytes(write_eligibility_answer(made))
    read = read_eligibility_answer(from_bytes(document))
    assert (read.value, read.findings) == (made, ())
    Judge.model_validate_json(document)


@given(answers())
def test_an_item_has_a_category_or_a_product(made: FhirAnswer) -> None:
    """Invariant ces-1, which that program does not check."""
    items = write_eligibility_answer(made)["insurance"][0].get("item", [])
    assert all(("category" in each) is not ("productOrService" in each) for each in items)


def test_somebody_elses_answer_is_read_by_hl7s_codes() -> None:
    """A deductible that is allowed and used, a co-payment in per cent, cover in force: what an estimate needs."""

    def of(system: str, code: str) -> dict[str, Any]:
        return {"coding": [{"system": f"http://terminology.hl7.org/CodeSystem/{system}", "code": code}]}

    written = write_eligibility_answer(plain())
    written["insurance"][0] |= {
        "inforce": True,
        "item": [
            {
                "category": {"coding": [{"system": "https://codesystem.x12.org/005010/1365", "code": "30"}]},
                "network": of("benefit-network", "in"),
                "unit": of("benefit-unit", "individual"),
                "term": of("benefit-term", "annual"),
                "benefit": [
                    {
                        "type": of("benefit-type", "deductible"),
                        "allowedMoney": {"value": 1500, "currency": "USD"},
                        "usedMoney": {"value": 250.5, "currency": "USD"},
                    },
                    {"type": of("benefit-type", "copay-percent"), "allowedUnsignedInt": 20},
                ],
            }
        ],
    }
    summary = summarise(read_eligibility_answer(written).value.answer)
    assert summary.is_active is True
    assert summary.deductible.total == Money.parse("$1,500.00")
    assert summary.deductible.remaining == Money.parse("$1,249.50")
    assert summary.coinsurance == Percent.parse("20%")


def test_what_is_left_is_not_said_to_be_allowed() -> None:
    """A reader who knows FHIR alone must not take the rest of a deductible for the whole."""
    said = Statement(about=About.DEDUCTIBLE, code="C", period=Period.REMAINING, amount=Money(100))
    item = write_eligibility_answer(plain(said))["insurance"][0]["item"][0]
    assert "allowedMoney" not in item["benefit"][0]


def test_persons_are_not_written() -> None:
    """The payer's record of the patient stays in the office."""
    person = AnsweredPerson(family=CANARY, member_id=CANARY, birth_date=date(1980, 1, 1))
    assert CANARY.encode() not in to_bytes(write_eligibility_answer(plain(subscriber=person)))


def test_a_message_is_in_no_repr() -> None:
    """Nor a trace of it in a refusal."""
    said = Statement(about=About.DESCRIPTION, code="D", messages=(CANARY,))
    written = write_eligibility_answer(plain(said))
    assert CANARY not in repr(read_eligibility_answer(written))
    written["insurance"][0]["item"][0]["description"] = [CANARY]
    with pytest.raises(WireError) as caught:
        read_eligibility_answer(written)
    assert CANARY not in repr(caught.value)


@pytest.mark.parametrize(
    "key", ["status", "outcome", "purpose", "patient", "created", "request", "insurer", "insurance"]
)
def test_what_r4_requires_is_required(key: str) -> None:
    """Each at its place."""
    written = write_eligibility_answer(plain())
    del written[key]
    with pytest.raises(WireError) as caught:
        read_eligibility_answer(written)
    assert caught.value.path == f"CoverageEligibilityResponse.{key}"


def test_an_answer_that_is_not_given_yet_is_refused() -> None:
    """Queued is no answer; and FHIR wants to know when there was one."""
    with pytest.raises(WireError):
        read_eligibility_answer(write_eligibility_answer(plain()) | {"outcome": "queued"})
    with pytest.raises(InvalidValue):
        write_eligibility_answer(whole(EligibilityAnswer()))


@pytest.mark.parametrize(
    "value", [{"value": 1.005}, {"value": True}, {"value": "1e9"}, {"value": 1, "currency": "EUR"}]
)
def test_money_that_is_no_money_is_refused(value: dict[str, Any]) -> None:
    """Parts of a cent, and other currencies."""
    said = Statement(about=About.COPAYMENT, code="B", amount=Money(100))
    written = write_eligibility_answer(plain(said))
    written["insurance"][0]["item"][0]["benefit"][0]["allowedMoney"] = value
    with pytest.raises(WireError):
        read_eligibility_answer(written)
