"""A payer's answer to FHIR R4 and back: what FHIR carries is not lost, nothing private is said, and another program agrees."""

from datetime import date
from decimal import Decimal
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
    Limit,
    Network,
    Party,
    Period,
    Quantity,
    Rejection,
    Statement,
    summarise,
)
from medoffice.billing.eligibility.rejections import Level as RejectedLevel
from medoffice.core import (
    Cite,
    CoverageId,
    DateRange,
    Finding,
    InvalidValue,
    Money,
    PatientId,
    PayerId,
    Percent,
    Severity,
)
from medoffice.testing.strategies import day_ranges, days, money, percents
from medoffice.wire.fhir import (
    FhirAnswer,
    Purpose,
    Read,
    Reference,
    from_bytes,
    read_eligibility_answer,
    to_bytes,
    write_eligibility_answer,
)
from medoffice.wire.fhir.names import NPI, NUMBER, PLACE_OF_SERVICE, REJECTED
from medoffice.wire.json import WireError
from medoffice.wire.x12.findings import FAULTS, fault

CANARY: Final = "Kanarienvogel7077"
HL7: Final = "http://terminology.hl7.org/CodeSystem"
TEXTS: Final = (
    st.sampled_from(["", "30", "VS", "IL", "1P", "two  blanks", " led by one", "HC:99213:25", "AD:D0120"])
    | st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 ]{0,8}[a-z]", fullmatch=True)
    | st.text(max_size=6)
    | st.text(st.characters(categories=["Cc", "Cs", "Zs"]), max_size=3)
)
"""What X12 may hold, the blank, the controls and the broken among it."""
PERSONS: Final = frozenset(("IL", "03", "LR"))


def tuples(of: SearchStrategy[Any], most: int = 3) -> SearchStrategy[tuple[Any, ...]]:
    """A few of something."""
    return st.lists(of, max_size=most).map(tuple)


def answered_days() -> SearchStrategy[AnsweredDays]:
    """Days of any kind, with or without an end."""
    return st.builds(
        lambda kind, some: AnsweredDays(kind=kind, start=some.start, end=some.end),
        st.sampled_from(["291", "346", "347", "356", "357", "472"]) | TEXTS,
        day_ranges() | days().map(lambda day: DateRange(day, day)),
    )


def parties() -> SearchStrategy[Party]:
    """Those whom an answer names."""
    return st.builds(
        Party,
        role=TEXTS,
        name=TEXTS,
        qualifier=st.sampled_from(["XX", "PI"]) | TEXTS,
        number=TEXTS,
        contacts=tuples(TEXTS),
    )


def persons() -> SearchStrategy[AnsweredPerson]:
    """Persons as payers know them."""
    address = st.tuples(*[TEXTS] * 5)
    return st.builds(
        AnsweredPerson,
        family=TEXTS,
        given=TEXTS,
        middle=TEXTS,
        suffix=TEXTS,
        member_id=TEXTS,
        birth_date=st.none() | days(),
        sex=st.sampled_from(["F", "M", "U"]) | TEXTS,
        address=st.just(())
        | st.just(("12 Elm Street", "", "Springfield", "IL", "62704"))
        | address
        | tuples(TEXTS),
        relation=TEXTS,
        references=tuples(st.tuples(TEXTS, TEXTS)),
    )


def quantities() -> SearchStrategy[Quantity]:
    """Numbers of things, large and odd ones among them."""
    return st.builds(
        Quantity,
        unit=st.just("VS") | TEXTS,
        number=st.integers(0, 50).map(Decimal)
        | st.decimals(
            allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=10
        ),
        period=st.sampled_from(Period),
        periods=TEXTS,
    )


def statements() -> SearchStrategy[Statement]:
    """Statements with all that there is."""
    known = {each.value: each for each in About}
    return st.builds(
        Statement,
        about=st.just(About.OTHER),
        code=st.sampled_from([*known, "ZZ"]) | TEXTS,
        level=st.sampled_from(Level),
        service_types=tuples(st.sampled_from(["30", "98"]) | TEXTS),
        insurance_type=TEXTS,
        plan=TEXTS,
        period=st.sampled_from(Period),
        amount=st.none() | money(),
        percent=st.none() | percents(),
        quantities=tuples(quantities()),
        needs_authorization=st.none() | st.booleans(),
        network=st.sampled_from(Network),
        procedure=st.just("") | TEXTS,
        days=tuples(answered_days(), 2),
        places=tuples(TEXTS, 2),
        references=tuples(st.tuples(TEXTS, TEXTS), 2),
        messages=tuples(TEXTS),
        parties=tuples(parties(), 2),
        segment=st.integers(0, 2**31 - 1),
    ).map(lambda made: attrs.evolve(made, about=known.get(made.code, About.OTHER)))


def file_findings() -> SearchStrategy[Finding]:
    """What may be wrong with a file, and what another program may say of it."""
    own = st.builds(fault, st.sampled_from(sorted(FAULTS)), st.integers(0, 10**6), st.integers(0, 20))
    cite = st.builds(Cite, TEXTS.filter(str.strip), TEXTS, url=TEXTS)
    return own | st.builds(
        Finding,
        code=TEXTS,
        severity=st.sampled_from(Severity),
        message=TEXTS,
        where=TEXTS,
        fix=TEXTS,
        edition=TEXTS,
        cites=tuples(cite, 2),
    )


def answers() -> SearchStrategy[FhirAnswer]:
    """Answers with all that there is."""
    rejections = st.builds(
        Rejection,
        level=st.sampled_from(RejectedLevel),
        code=st.sampled_from(["72", "ZZ"]) | TEXTS,
        follow_up=st.just("C") | TEXTS,
    )
    answer = st.builds(
        EligibilityAnswer,
        payer=parties(),
        provider=parties(),
        subscriber=st.none() | persons(),
        dependent=st.none() | persons(),
        traces=tuples(TEXTS),
        days=tuples(answered_days()),
        subscriber_days=tuples(answered_days(), 2),
        answered_on=st.none() | days(),
        statements=tuples(statements(), 4),
        rejections=tuples(rejections, 2),
        findings=tuples(file_findings(), 2),
        is_cut_off=st.booleans(),
    )
    return st.builds(
        FhirAnswer,
        id=st.sampled_from(["", "answer-1"]),
        patient=st.none() | st.just(PatientId("pt-1")),
        coverage=st.none() | st.just(CoverageId("cov_1")),
        insurer=st.none() | st.just(Payer(PayerId("60054"), "Aurora Health")),
        purposes=st.lists(st.sampled_from(Purpose), min_size=1, unique=True).map(tuple),
        answer=answer,
    )


def without_persons(made: FhirAnswer) -> FhirAnswer:
    """What of an answer is written when persons are not."""
    some = tuple(
        attrs.evolve(
            each, references=(), parties=tuple(party for party in each.parties if party.role not in PERSONS)
        )
        for each in made.answer.statements
    )
    return attrs.evolve(
        made, answer=attrs.evolve(made.answer, subscriber=None, dependent=None, statements=some)
    )


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
    """Every field, whatever stands in it, and valid by fhir.resources (R4B, whose elements are those of R4)."""
    document = to_bytes(write_eligibility_answer(made, persons=True))
    read = read_eligibility_answer(from_bytes(document))
    assert (read.value, read.findings) == (made, ())
    Judge.model_validate_json(document)


@given(answers())
def test_without_persons_the_rest_is_the_same(made: FhirAnswer) -> None:
    """Subscriber, dependent, their numbers and relatives stay; all else goes."""
    document = to_bytes(write_eligibility_answer(made))
    read = read_eligibility_answer(from_bytes(document))
    assert (read.value, read.findings) == (without_persons(made), ())
    Judge.model_validate_json(document)


@given(answers())
def test_an_item_has_a_category_or_a_product(made: FhirAnswer) -> None:
    """Invariant ces-1, which that program does not check."""
    items = write_eligibility_answer(made)["insurance"][0].get("item", [])
    assert all(("category" in each) is not ("productOrService" in each) for each in items)


def of(system: str, *codes: str) -> dict[str, Any]:
    """A concept of HL7."""
    return {"coding": [{"system": f"{HL7}/{system}", "code": code} for code in codes]}


def elsewhere(*items: dict[str, Any], **rest: Any) -> dict[str, Any]:
    """An answer as another program writes it: with nothing of ours."""
    return {
        "resourceType": "CoverageEligibilityResponse",
        "id": "e1",
        "status": "active",
        "purpose": ["benefits"],
        "patient": {"reference": "Patient/p1"},
        "created": "2027-03-01T09:00:00-05:00",
        "request": {"reference": "CoverageEligibilityRequest/r1"},
        "outcome": "complete",
        "insurer": {"reference": "Organization/aurora1", "display": "Aurora Health"},
        "insurance": [
            {
                "coverage": {"reference": "Coverage/c1"},
                "inforce": True,
                **({"item": list(items)} if items else {}),
            }
        ],
        **rest,
    }


def our_id(reference: Reference) -> str:
    """The payer's id as payers have them."""
    return reference.id.upper() if reference.kind == "Organization" else reference.id


def read_elsewhere(*items: dict[str, Any], **rest: Any) -> Read[FhirAnswer]:
    """Such an answer, read; the judge holds it for R4 too."""
    written = elsewhere(*items, **rest)
    Judge.model_validate(written)
    return read_eligibility_answer(from_bytes(to_bytes(written)), our_id=our_id)


def places_of(read: Read[FhirAnswer]) -> dict[str, str]:
    """The place of each finding after the resource's name, and its code."""
    return {each.where.partition(".")[2]: each.code for each in read.findings}


PLAN: Final[dict[str, Any]] = {
    "category": of("ex-benefitcategory", "30"),
    "network": of("benefit-network", "in"),
    "unit": of("benefit-unit", "individual"),
    "term": of("benefit-term", "annual"),
}


def test_somebody_elses_answer_is_read_by_hl7s_codes() -> None:
    """A deductible that is allowed and used, shares in dollars and per cent, cover in force: what an estimate needs."""
    deductible = {
        "type": of("benefit-type", "deductible"),
        "allowedMoney": {"value": 1500, "currency": "USD"},
        "usedMoney": {"value": 250.5, "currency": "USD"},
    }
    read = read_elsewhere(
        PLAN
        | {"benefit": [deductible, {"type": of("benefit-type", "copay-percent"), "allowedUnsignedInt": 20}]},
        PLAN
        | {
            "category": {"coding": [{"system": "https://codesystem.x12.org/005010/1365", "code": "98"}]},
            "benefit": [
                {"type": of("benefit-type", "copay"), "allowedMoney": {"value": 30, "currency": "USD"}},
                {"type": of("benefit-type", "visit"), "allowedUnsignedInt": 20, "usedUnsignedInt": 8},
            ],
        },
        PLAN
        | {
            "unit": of("benefit-unit", "family"),
            "benefit": [
                {"type": of("benefit-type", "deductible"), "allowedMoney": {"value": 3000, "currency": "USD"}}
            ],
        },
    )
    assert read.findings == ()
    summary = summarise(read.value.answer, "98")
    assert summary.is_active is True
    assert summary.copay == Money.parse("$30.00")
    assert summary.deductible == Limit(total=Money.parse("$1,500.00"), remaining=Money.parse("$1,249.50"))
    assert summary.family_deductible == Limit(total=Money.parse("$3,000.00"))
    assert summary.coinsurance == Percent.parse("20%")
    assert [each.number for each in summary.visits] == [20]
    assert [each.number for each in summary.visits_remaining] == [12]


def test_what_is_used_alone_leaves_nothing_to_reckon() -> None:
    """Neither dollars nor visits are left of a limit that nobody stated, and those used are no limit."""
    read = read_elsewhere(
        PLAN
        | {
            "benefit": [
                {"type": of("benefit-type", "deductible"), "usedMoney": {"value": 250.5, "currency": "USD"}},
                {"type": of("benefit-type", "visit"), "usedUnsignedInt": 8},
            ]
        }
    )
    summary = summarise(read.value.answer)
    assert (summary.deductible, summary.visits, summary.visits_remaining) == (Limit(), (), ())
    assert [each.number for said in read.value.answer.statements for each in said.quantities] == [8]


def test_what_was_used_of_something_else_is_not_used_of_the_year() -> None:
    """Of a lifetime's limit, or in co-pays: kept, but neither a deductible's nor a visit's."""

    def money(dollars: int) -> dict[str, Any]:
        return {"value": dollars, "currency": "USD"}

    read = read_elsewhere(
        PLAN | {"benefit": [{"type": of("benefit-type", "deductible"), "allowedMoney": money(1500)}]},
        PLAN
        | {
            "term": of("benefit-term", "lifetime"),
            "benefit": [
                {"type": of("benefit-type", "deductible"), "usedMoney": money(9000)},
                {"type": of("benefit-type", "visit"), "allowedUnsignedInt": 20, "usedUnsignedInt": 8},
            ],
        },
        PLAN
        | {
            "benefit": [
                {"type": of("benefit-type", "copay"), "allowedMoney": money(30), "usedMoney": money(60)}
            ]
        },
    )
    summary = summarise(read.value.answer)
    assert summary.deductible == Limit(total=Money.parse("$1,500.00"))
    assert (summary.copay, summary.visits_remaining, summary.conflicts) == (Money.parse("$30.00"), (), ())
    assert [each.amount for each in read.value.answer.statements if "used" in each.code] == [
        Money.parse("$9,000.00"),
        None,
        Money.parse("$60.00"),
    ]


def test_an_answer_of_errors_alone() -> None:
    """R4 asks for neither an id nor a coverage of an answer that is none."""
    written = elsewhere(outcome="error", error=[{"code": {"coding": [{"system": REJECTED, "code": "72"}]}}])
    for key in ("id", "insurance"):
        del written[key]
    Judge.model_validate(written)
    read = read_eligibility_answer(written, our_id=our_id)
    (rejection,) = read.value.answer.rejections
    assert (rejection.code, read.value.id, read.findings) == ("72", "", ())
    assert read_eligibility_answer(write_eligibility_answer(read.value)).value == read.value


def test_codes_that_nobody_knows_are_kept_and_lead_to_nothing() -> None:
    """Each with its place; a code of another system is never taken for X12's of the same name."""
    read = read_elsewhere(
        {
            "category": {"coding": [{"system": "urn:other", "code": "30"}], "text": CANARY},
            "unit": of("benefit-unit", "household"),
            "term": of("benefit-term", "weekly"),
            "network": {"text": "tier two"},
            "benefit": [
                {
                    "type": {"coding": [{"system": "urn:other", "code": "B"}]},
                    "allowedMoney": {"value": 30, "currency": "USD"},
                },
                {"type": of("benefit-type", "room"), "allowedString": "semi-private"},
            ],
        },
        {"productOrService": {"text": CANARY}, "excluded": True, "description": "not before 2028"},
    )
    item = "insurance[0].item[0]"
    assert places_of(read) == dict.fromkeys(
        (
            f"{item}.category",
            f"{item}.unit",
            f"{item}.term",
            f"{item}.network",
            f"{item}.benefit[0].type",
            f"{item}.benefit[1].type",
            "insurance[0].item[1].productOrService",
        ),
        "FHR006",
    )
    _, first, second, third = read.value.answer.statements
    assert (first.about, first.code, first.amount) == (About.OTHER, "urn:other|B", Money(3000))
    unclear = (f"{HL7}/benefit-term|weekly", f"{HL7}/benefit-unit|household", "tier two")
    assert (first.service_types, first.messages) == (("urn:other|30",), (CANARY, *unclear))
    assert second.messages == (CANARY, *unclear, "semi-private")
    assert (third.about, third.messages) == (About.NOT_COVERED, (CANARY, "not before 2028"))
    summary = summarise(read.value.answer, "98")
    assert (summary.copay, summary.is_active) == (None, True)
    assert CANARY not in repr(read)


@pytest.mark.parametrize(
    ("key", "code"), [("unit", "household"), ("term", "quarterly"), ("network", "tier-two")]
)
def test_an_amount_for_whom_or_when_nobody_knows_is_nobodys(key: str, code: str) -> None:
    """It is kept, and neither taken for the person's nor for the year's nor for the network asked about."""
    money = {"value": 6000, "currency": "USD"}
    item = PLAN | {"benefit": [{"type": of("benefit-type", "deductible"), "allowedMoney": money}]}
    assert summarise(read_elsewhere(item).value.answer).deductible.total == Money(600_000)
    read = read_elsewhere(item | {key: of(f"benefit-{key}", code)})
    assert summarise(read.value.answer).deductible == Limit()
    said = read.value.answer.statements[-1]
    assert (said.code, said.amount, said.messages) == ("|C", Money(600_000), (f"{HL7}/benefit-{key}|{code}",))
    assert places_of(read) == {f"insurance[0].item[0].{key}": "FHR006"}


def test_words_and_authorizations_become_messages() -> None:
    """Whatever only people can read is kept for them; a share that was written as text is an amount by its sign alone."""
    item = {
        **{key: value for key, value in PLAN.items() if key != "category"},
        "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "97110"}]},
        "modifier": [{"coding": [{"code": "59"}]}],
        "provider": {"display": "Ruth Okafor", "identifier": {"system": NPI, "value": "1245319599"}},
        "authorizationRequired": True,
        "authorizationSupporting": [{"text": "treatment plan"}],
        "authorizationUrl": "https://aurora.example/auth",
        "benefit": [
            {"type": of("benefit-type", "copay"), "allowedString": "$25.00"},
            {"type": of("benefit-type", "copay"), "allowedString": "25"},
            {"type": of("benefit-type", "copay-percent"), "allowedString": "12.5%"},
        ],
    }
    read = read_elsewhere(
        item,
        disposition="Policy is in force.",
        servicedDate="2027-03-02",
        error=[{"code": {"text": "birth date does not match"}}],
    )
    assert places_of(read) == {"error[0].code": "FHR006"}
    _, amount, words, percent, whole, wrong = read.value.answer.statements
    assert {each.procedure for each in (amount, words, percent)} == {"HC:97110:59"}
    assert amount.parties == (Party(name="Ruth Okafor", qualifier="XX", number="1245319599"),)
    assert (amount.amount, amount.needs_authorization) == (Money(2500), True)
    assert amount.messages == ("treatment plan", "https://aurora.example/auth")
    assert (words.amount, words.messages[-1]) == (None, "25")
    assert percent.percent == Percent.parse("12.5%")
    assert (whole.messages, wrong.messages) == (("Policy is in force.",), ("birth date does not match",))
    assert read.value.answer.rejections == (Rejection(level=RejectedLevel.SUBSCRIBER, code=""),)
    assert read.value.answer.days == (AnsweredDays(kind="472", start=date(2027, 3, 2), end=date(2027, 3, 2)),)
    assert read.value.answer.payer == Party(role="PR", name="Aurora Health")


def test_a_contained_patient_is_the_subscriber() -> None:
    """What is contained is read, and the office's own patient is not guessed from it."""
    person = {
        "resourceType": "Patient",
        "id": "p",
        "name": [{"family": "Doe", "given": ["Jo", "Q"]}],
        "gender": "female",
        "birthDate": "1980-02-29",
        "identifier": [{"type": {"coding": [{"system": f"{HL7}/v2-0203", "code": "MB"}]}, "value": "A1"}],
        "address": [{"line": ["12 Elm"], "city": "Springfield", "state": "IL", "postalCode": "62704"}],
    }
    read = read_elsewhere(contained=[person], patient={"reference": "#p"})
    assert (read.value.patient, read.findings) == (None, ())
    assert read.value.answer.patient == AnsweredPerson(
        family="Doe",
        given="Jo",
        middle="Q",
        member_id="A1",
        birth_date=date(1980, 2, 29),
        sex="F",
        address=("12 Elm", "", "Springfield", "IL", "62704"),
    )


def test_an_npi_is_one_for_others_too() -> None:
    """By HL7's system for it; a number of another kind is of none that they know."""
    provider = Party(role="1P", name="West Office", qualifier="XX", number="1234567893")
    written = write_eligibility_answer(plain(provider=provider))
    assert written["requestor"]["identifier"]["system"] == NPI
    written = write_eligibility_answer(plain(provider=attrs.evolve(provider, qualifier="SV")))
    assert written["requestor"]["identifier"]["system"] == NUMBER


def test_a_plans_first_day_is_no_plan_of_one_day() -> None:
    """X12 states first and last day each as one day; in FHIR they are the ends of one period."""

    def day(kind: str, year: int) -> AnsweredDays:
        return AnsweredDays(kind=kind, start=date(year, 1, 1), end=date(year, 1, 1))

    def period(*some: AnsweredDays) -> dict[str, Any]:
        written = write_eligibility_answer(plain(days=some))["insurance"][0].get("benefitPeriod", {})
        return {key: value for key, value in written.items() if key != "extension"}

    assert period(day("346", 2026)) == {"start": "2026-01-01"}
    assert period(day("346", 2026), day("347", 2027)) == {"start": "2026-01-01", "end": "2027-01-01"}
    assert period(day("346", 2026), day("347", 2025)) == {"start": "2026-01-01"}
    assert period(day("346", 2026), day("357", 2027)) == {"start": "2026-01-01"}
    assert period(day("291", 2026)) == {}


def test_a_statement_for_some_places_is_not_taken_for_all() -> None:
    """It is a modifier, which FHIR's readers must know or leave the item; of others we leave it ourselves."""
    said = Statement(about=About.COPAYMENT, code="B", amount=Money(100), places=("11",))
    written = write_eligibility_answer(plain(said, said))
    items = written["insurance"][0]["item"]
    assert items[0]["modifierExtension"] == [{"url": PLACE_OF_SERVICE, "valueString": "11"}]
    items[1]["modifierExtension"].append({"url": "urn:other", "valueBoolean": True})
    read = read_eligibility_answer(written)
    assert read.value.answer.statements == (said,)
    assert places_of(read) == {"insurance[0].item[1].modifierExtension": "FHR005"}


def test_what_is_left_is_not_said_to_be_allowed() -> None:
    """A reader who knows FHIR alone must not take the rest of a deductible for the whole."""
    said = Statement(about=About.DEDUCTIBLE, code="C", period=Period.REMAINING, amount=Money(100))
    item = write_eligibility_answer(plain(said))["insurance"][0]["item"][0]
    assert "allowedMoney" not in item["benefit"][0]


def test_persons_are_not_written() -> None:
    """The payer's record of the patient stays in the office, unless somebody asks for it."""
    person = AnsweredPerson(family=CANARY, member_id=CANARY, birth_date=date(1980, 1, 1))
    said = Statement(
        about=About.OTHER_PAYER,
        code="R",
        references=(("1W", CANARY),),
        parties=(Party(role="IL", name=CANARY), Party(role="PR", name="Lakeshore Mutual")),
    )
    made = plain(said, subscriber=person, dependent=person)
    assert CANARY.encode() not in to_bytes(write_eligibility_answer(made))
    assert CANARY.encode() in to_bytes(write_eligibility_answer(made, persons=True))


def test_a_message_is_in_no_repr() -> None:
    """Nor a trace of it in a refusal."""
    said = Statement(about=About.DESCRIPTION, code="D", messages=(CANARY,))
    written = write_eligibility_answer(plain(said))
    assert CANARY not in repr(read_eligibility_answer(written))
    written["insurance"][0]["item"][0]["description"] = [CANARY]
    read = read_eligibility_answer(written)
    assert places_of(read) == {"insurance[0].item[0].description": "FHR005"}
    assert CANARY not in repr(read)
    with pytest.raises(WireError) as caught:
        read_eligibility_answer(written | {"outcome": CANARY})
    assert CANARY not in repr(caught.value)


@pytest.mark.parametrize("key", ["status", "outcome", "purpose", "patient", "created", "request", "insurer"])
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


@pytest.mark.parametrize(
    "value",
    [
        {"value": 1.005},
        {"value": True},
        {"value": "1e9"},
        {"value": 1, "currency": "EUR"},
        {"value": 10**15},
        {"value": 10**5000},
    ],
    ids=["cents", "true", "power", "currency", "large", "endless"],
)
def test_money_that_is_no_money_is_left_out(value: dict[str, Any]) -> None:
    """Parts of a cent, and other currencies; what stands beside it is read."""
    said = Statement(about=About.COPAYMENT, code="B", amount=Money(100))
    other = Statement(about=About.DEDUCTIBLE, code="C", amount=Money(200))
    written = write_eligibility_answer(plain(said, other))
    written["insurance"][0]["item"][0]["benefit"][0]["allowedMoney"] = value
    read = read_eligibility_answer(written)
    (where,) = places_of(read).items()
    assert where[0].startswith("insurance[0].item[0].benefit[0].allowedMoney.")
    assert where[1] == "FHR005"
    assert [each.amount for each in read.value.answer.statements] == [None, Money(200)]


@pytest.mark.parametrize(
    "answer",
    [
        EligibilityAnswer(days=(AnsweredDays(kind="472", start=date(2027, 3, 2), end=date(2027, 3, 1)),)),
        EligibilityAnswer(statements=(Statement(about=About.ACTIVE, code="1", segment=2**31),)),
        EligibilityAnswer(
            statements=(
                Statement(
                    about=About.LIMITATIONS,
                    code="F",
                    quantities=(Quantity(unit="VS", number=Decimal("NaN")),),
                ),
            )
        ),
    ],
    ids=["days", "segment", "number"],
)
def test_what_fhir_cannot_say_is_not_written(answer: EligibilityAnswer) -> None:
    """Days that end before they start, more than FHIR counts, no number at all."""
    with pytest.raises(InvalidValue):
        write_eligibility_answer(whole(answer))
