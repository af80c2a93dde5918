"""From a coverage on file to a question, and how a coverage stands before a visit."""

from datetime import date
from typing import Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing import Coverage, Payer, Relation, Subscriber
from medoffice.billing.eligibility import (
    HEALTH_PLAN,
    About,
    AnswerReceived,
    EligibilityAnswer,
    EligibilityInquiry,
    EligibilityPolicy,
    InquiryPrepared,
    InquiryRefused,
    Network,
    Statement,
    Visit,
    inquiry_for,
    missing_for_inquiry,
    origin_of,
    standing,
    verify,
)
from medoffice.billing.eligibility.answer import AnsweredPerson
from medoffice.core import (
    EIN,
    NPI,
    CoverageId,
    DateRange,
    Finding,
    InvalidValue,
    MemberId,
    Patient,
    PatientId,
    PayerId,
    PersonName,
    Refused,
    Severity,
    Sex,
)
from medoffice.testing.strategies import coverages, patients

ON: Final = date(2026, 11, 30)
TODAY: Final = date(2026, 11, 25)
NORTHSIDE: Final = NPI("1234567893")
TAX: Final = EIN("123456789")
PATIENT: Final = Patient(
    id=PatientId("pt-1"),
    name=PersonName(family="Canarybird", given="Tweetina"),
    birth_date=date(2015, 7, 4),
    sex=Sex.FEMALE,
)
OWN: Final = Coverage(
    id=CoverageId("cov-1"),
    patient=PATIENT.id,
    payer=Payer(PayerId("PRAIR1"), "Prairie Health Plan"),
    plan="Silver",
    member_id=MemberId("PHP0012345"),
    effective=DateRange(date(2026, 1, 1)),
)
HOLDER: Final = Subscriber(
    name=PersonName(family="Canarybird", given="Robin"), birth_date=date(1980, 2, 29), sex=Sex.MALE
)


def asked(coverage: Coverage, patient: Patient = PATIENT) -> EligibilityInquiry | Refused:
    return inquiry_for(coverage, patient, practice="Northside", npi=NORTHSIDE, ein=TAX, on=ON, trace="T-1")


@given(coverages(), patients())
def test_who_holds_the_plan_is_the_subscriber_and_anybody_else_a_dependent(
    coverage: Coverage, patient: Patient
) -> None:
    """The member number is the subscriber's; the patient is asked about by name and birth date, or cannot be."""
    held = attrs.evolve(coverage, patient=patient.id)
    made = asked(held, patient)
    about_patient = (patient.name, patient.birth_date, patient.sex)
    if held.relation is Relation.SELF:
        assert isinstance(made, EligibilityInquiry)
        person = made.subscriber
        assert (made.dependent, person.member_id) == (None, held.member_id)
        assert (person.name, person.birth_date, person.sex) == about_patient
    elif held.subscriber is None:
        assert isinstance(made, Refused)
        assert made.has("ELG042")
    else:
        assert isinstance(made, EligibilityInquiry)
        assert made.subscriber.member_id == held.member_id
        assert made.subscriber.name == held.subscriber.name
        assert made.dependent is not None
        assert made.dependent.member_id is None
        assert (made.dependent.name, made.dependent.birth_date, made.dependent.sex) == about_patient


def test_all_that_is_missing_is_said_at_once() -> None:
    """The practice's two numbers and the subscriber, none hiding another, and nobody's name."""
    child = attrs.evolve(OWN, relation=Relation.CHILD)
    made = inquiry_for(child, PATIENT, practice="Northside", npi=None, ein=None, on=ON, trace="T-1")
    assert isinstance(made, Refused)
    assert [each.code for each in made.findings] == ["ELG040", "ELG041", "ELG042"]
    assert made.findings == missing_for_inquiry(child, npi=None, ein=None)
    assert all(each.fix for each in made.findings)
    assert "canary" not in repr(made).lower()


@pytest.mark.parametrize(("npi", "ein", "code"), [(None, TAX, "ELG040"), (NORTHSIDE, None, "ELG041")])
def test_one_missing_number_is_enough(npi: NPI | None, ein: EIN | None, code: str) -> None:
    """Each of the practice's numbers is needed."""
    made = inquiry_for(OWN, PATIENT, practice="Northside", npi=npi, ein=ein, on=ON, trace="T-1")
    assert isinstance(made, Refused)
    assert [each.code for each in made.findings] == [code]


def test_the_origin_is_nine_and_the_tax_number() -> None:
    """Ten characters, as TRN03 has them."""
    made = asked(OWN)
    assert isinstance(made, EligibilityInquiry)
    assert made.origin == origin_of(TAX) == "9123456789"


def test_somebody_elses_coverage_is_a_mistake() -> None:
    """A question that mixes two patients is never made."""
    with pytest.raises(InvalidValue):
        asked(attrs.evolve(OWN, patient=PatientId("pt-2")))


@pytest.mark.parametrize(
    ("said", "is_other"),
    [("PHP0012345", False), ("php-001 2345", False), ("02", False), ("PHP001234502", False), ("03", True)],
)
def test_a_dependents_own_number_is_no_other_number(said: str, is_other: bool) -> None:  # noqa: FBT001
    """The subscriber's, the dependent's, and the one with the other added mean the patient."""
    child = attrs.evolve(OWN, relation=Relation.CHILD, subscriber=HOLDER, dependent_number="02")
    answer = EligibilityAnswer(subscriber=AnsweredPerson(), dependent=AnsweredPerson(member_id=said))
    codes = {each.code for each in verify(child, PATIENT, answer, visit=Visit(on=ON))}
    assert ("ELG022" in codes) is is_other


# ── how it stands ──

ACTIVE: Final = EligibilityAnswer(
    answered_on=TODAY,
    statements=(Statement(about=About.ACTIVE, code="1", service_types=(HEALTH_PLAN,)),),
)


def stands(
    answer: EligibilityAnswer | None = None,
    waiting: InquiryPrepared | None = None,
    refused: InquiryRefused | None = None,
    missing: tuple[Finding, ...] = (),
    visits: tuple[Visit, ...] = (Visit(on=ON),),
) -> list[str]:
    received = None if answer is None else AnswerReceived(coverage=OWN.id, on=TODAY, trace="T", answer=answer)
    made = standing(
        OWN,
        PATIENT,
        received=received,
        waiting=waiting,
        refused=refused,
        missing=missing,
        visits=visits,
        today=TODAY,
    )
    assert "PHP0012345" not in repr(made)
    return [each.code for each in made.findings]


def prepared(on: date) -> InquiryPrepared:
    inquiry = asked(OWN)
    assert isinstance(inquiry, EligibilityInquiry)
    return InquiryPrepared(coverage=OWN.id, patient=PATIENT.id, on=on, inquiry=inquiry)


def test_never_asked_is_a_finding_and_says_why_nobody_can_be() -> None:
    """With what is missing first; an answer makes both pointless."""
    lacks = missing_for_inquiry(OWN, npi=None, ein=TAX)
    assert stands() == ["ELG004"]
    assert stands(missing=lacks) == ["ELG040", "ELG004"]
    assert stands(ACTIVE, missing=lacks) == []


def test_a_question_that_waits_is_news_today_and_a_warning_tomorrow() -> None:
    """And it takes the place of "never asked", not that of the last answer."""
    for on, severity in ((TODAY, Severity.INFO), (date(2026, 11, 24), Severity.WARNING)):
        made = standing(
            OWN,
            PATIENT,
            received=None,
            waiting=prepared(on),
            refused=None,
            missing=(),
            visits=(Visit(on=ON),),
            today=TODAY,
        )
        assert [(each.code, each.severity) for each in made.findings] == [("ELG005", severity)]
    assert stands(ACTIVE, waiting=prepared(TODAY)) == ["ELG005"]


def test_why_a_question_was_not_sent_is_said() -> None:
    """The gateway's own finding stands beside what was known before."""
    why = Finding(code="PAY001", severity=Severity.ERROR, message="this gateway does not reach the payer")
    refused = InquiryRefused(coverage=OWN.id, on=TODAY, trace="T", findings=(why,))
    assert stands(refused=refused) == ["PAY001", "ELG004"]
    assert stands(ACTIVE, refused=refused) == ["PAY001"]


def test_a_finding_of_two_services_stands_once_and_the_worst_first() -> None:
    """Every service that is planned is verified."""
    not_covered = Statement(about=About.NOT_COVERED, code="I", service_types=("PT",))
    answer = attrs.evolve(ACTIVE, statements=(*ACTIVE.statements, not_covered), answered_on=None)
    visits = (Visit(on=ON, service_type="98"), Visit(on=ON, service_type="PT"))
    assert stands(answer, visits=visits) == ["ELG031", "ELG003"]


def test_an_answer_ages_from_the_day_that_the_payer_named() -> None:
    """Or from the day on which it came."""
    for answer, old in ((ACTIVE, 5), (attrs.evolve(ACTIVE, answered_on=date(2026, 11, 20)), 10)):
        received = AnswerReceived(coverage=OWN.id, on=TODAY, trace="T", answer=answer)
        made = standing(
            OWN,
            PATIENT,
            received=received,
            waiting=None,
            refused=None,
            missing=(),
            visits=(Visit(on=ON),),
            today=TODAY,
        )
        assert made.days_old(ON) == old
        undated = attrs.evolve(made, received=attrs.evolve(received, answer=EligibilityAnswer()))
        assert undated.days_old(ON) == 5
        assert attrs.evolve(made, received=None).days_old(ON) is None


# ── the policy ──


def test_every_question_asks_about_the_plan_and_all_services() -> None:
    """In one order, each once, so that one answer serves any visit."""
    policy = EligibilityPolicy(services=(("visit", "98"), ("walk-in", "98"), ("physio", "PT")))
    assert policy.asked == ("30", "98", "PT")
    assert policy.service_type("physio") == "PT"
    assert policy.service_type("acupuncture") == HEALTH_PLAN


def test_a_network_nobody_named_is_not_said() -> None:
    """It is never guessed."""
    policy = EligibilityPolicy(networks=((PayerId("LAKE01"), Network.OUT),))
    assert policy.network(PayerId("LAKE01")) is Network.OUT
    assert policy.network(PayerId("PRAIR1")) is Network.NOT_SAID


@pytest.mark.parametrize(
    "said",
    [
        {"good_for_days": -1},
        {"good_for_days": True},
        {"services": (("visit", "98"), ("visit", "96"))},
        {"services": (("Visit", "98"),)},
        {"services": (("visit", "987"),)},
        {"networks": ((PayerId("AB"), Network.IN), (PayerId("AB"), Network.OUT))},
    ],
)
def test_an_impossible_policy_cannot_be_built(said: dict[str, object]) -> None:
    """Days are counted, a service has one type, a payer one network."""
    with pytest.raises(InvalidValue):
        EligibilityPolicy(**said)  # type: ignore[arg-type]


@given(st.integers(0, 400), st.integers(0, 60))
def test_an_answer_is_good_for_as_long_as_the_office_says(age: int, good: int) -> None:
    """To the day."""
    answer = attrs.evolve(ACTIVE, answered_on=date.fromordinal(ON.toordinal() - age))
    codes = stands(answer, visits=(Visit(on=ON, good_for_days=good),))
    assert ("ELG003" in codes) is (age > good)
