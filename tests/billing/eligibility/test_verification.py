"""What verification finds between the file, the card and the payer's answer."""

from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

from medoffice.billing import Coverage, Payer
from medoffice.billing.eligibility import (
    About,
    AnsweredDays,
    AnsweredPerson,
    EligibilityAnswer,
    Network,
    Party,
    Period,
    Permit,
    PermitFact,
    PermitKind,
    PermitNoted,
    PermitOnFile,
    PermitWithdrawn,
    Quantity,
    Rejection,
    Statement,
    Visit,
    permits_after,
    verify,
)
from medoffice.billing.eligibility.rejections import Level
from medoffice.core import (
    CoverageId,
    DateRange,
    InvalidValue,
    MemberId,
    Money,
    Patient,
    PatientId,
    PayerId,
    PersonName,
    Severity,
)

_DAY = date(2026, 11, 30)
_CARMEN = Patient(
    id=PatientId("pat-1"), name=PersonName(family="Morales", given="Carmen"), birth_date=date(1980, 2, 29)
)
_COVERAGE = Coverage(
    id=CoverageId("cov-1"),
    patient=_CARMEN.id,
    payer=Payer(PayerId("PRAIR1"), "Prairie Health Plan"),
    plan="Silver PPO",
    member_id=MemberId("PHP0012345"),
    effective=DateRange(date(2026, 1, 1), date(2026, 12, 31)),
)
_PERSON = AnsweredPerson(
    family="MORALES", given="CARMEN", member_id="PHP-001 2345", birth_date=date(1980, 2, 29)
)
_ACTIVE = Statement(about=About.ACTIVE, code="1", service_types=("30",))
_ANSWER = EligibilityAnswer(subscriber=_PERSON, answered_on=date(2026, 11, 25), statements=(_ACTIVE,))
_VISIT = Visit(on=_DAY, service_type="98", network=Network.IN)


def _found(
    answer: EligibilityAnswer = _ANSWER, coverage: Coverage = _COVERAGE, visit: Visit = _VISIT
) -> set[str]:
    return {finding.code for finding in verify(coverage, _CARMEN, answer, visit=visit)}


def _person(**changes: Any) -> EligibilityAnswer:
    return attrs.evolve(_ANSWER, subscriber=attrs.evolve(_PERSON, **changes))


def _saying(*statements: Statement) -> EligibilityAnswer:
    return attrs.evolve(_ANSWER, statements=(_ACTIVE, *statements))


def test_nothing_when_all_is_confirmed() -> None:
    """The number's punctuation makes no difference."""
    assert _found() == set()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (attrs.evolve(_ANSWER, rejections=(Rejection(level=Level.SUBSCRIBER, code="75"),)), "ELG001"),
        (attrs.evolve(_ANSWER, is_cut_off=True), "ELG002"),
        (
            _saying(
                Statement(about=About.COPAYMENT, code="B", service_types=("98",), amount=Money(2500)),
                Statement(about=About.COPAYMENT, code="B", service_types=("98",), amount=Money(4000)),
            ),
            "ELG035",
        ),
        (attrs.evolve(_ANSWER, answered_on=date(2026, 10, 30)), "ELG003"),
        (attrs.evolve(_ANSWER, answered_on=None), "ELG003"),
        (attrs.evolve(_ANSWER, statements=(attrs.evolve(_ACTIVE, about=About.INACTIVE),)), "ELG011"),
        (attrs.evolve(_ANSWER, days=(AnsweredDays(kind="347", start=date(2026, 11, 29)),)), "ELG012"),
        (attrs.evolve(_ANSWER, days=(AnsweredDays(kind="346", start=date(2026, 12, 1)),)), "ELG012"),
        (
            attrs.evolve(
                _ANSWER, days=(AnsweredDays(kind="291", start=date(2026, 1, 1), end=date(2026, 6, 30)),)
            ),
            "ELG012",
        ),
        (attrs.evolve(_ANSWER, statements=()), "ELG013"),
        (_saying(Statement(about=About.OTHER_PAYER, code="R")), "ELG014"),
        (_person(family="MORALEZ"), "ELG020"),
        (_person(given="LUIS"), "ELG020"),
        (_person(birth_date=date(1980, 3, 1)), "ELG021"),
        (_person(member_id="OTHER123"), "ELG022"),
        (_saying(Statement(about=About.NOT_COVERED, code="I", service_types=("98",))), "ELG031"),
        (
            _saying(
                Statement(about=About.LIMITATIONS, code="F", service_types=("98",), needs_authorization=True)
            ),
            "ELG032",
        ),
        (
            _saying(
                Statement(
                    about=About.LIMITATIONS,
                    code="F",
                    service_types=("98",),
                    quantities=(Quantity(unit="VS", number=Decimal(0), period=Period.REMAINING),),
                )
            ),
            "ELG033",
        ),
        (
            _saying(
                Statement(
                    about=About.PRIMARY_CARE_PROVIDER,
                    code="L",
                    insurance_type="HM",
                    parties=(Party(role="P3", name="RUTH OKAFOR"),),
                )
            ),
            "ELG034",
        ),
    ],
)
def test_each_finding_by_itself(answer: EligibilityAnswer, code: str) -> None:
    """One thing wrong, one finding."""
    assert _found(answer) == {code}


@pytest.mark.parametrize(
    "answer",
    [
        _person(given="CAR"),
        _person(given=""),
        _person(birth_date=None),
        _person(member_id=""),
        attrs.evolve(_ANSWER, days=(AnsweredDays(kind="347", start=_DAY),)),
        attrs.evolve(_ANSWER, days=(AnsweredDays(kind="346", start=_DAY),)),
        attrs.evolve(_ANSWER, answered_on=date(2026, 10, 31)),
        attrs.evolve(_ANSWER, days=(AnsweredDays(kind="472", start=date(2020, 1, 1)),)),
    ],
)
def test_what_is_no_finding(answer: EligibilityAnswer) -> None:
    """Names cut short, things the payer left out, and the last day of each limit."""
    assert _found(answer) == set()


def test_the_coverage_on_file() -> None:
    """That does not run on the day."""
    ended = attrs.evolve(_COVERAGE, effective=DateRange(date(2025, 1, 1), date(2025, 12, 31)))
    assert _found(coverage=ended) == {"ELG010"}


def test_out_of_network() -> None:
    """Is said before the visit."""
    assert _found(visit=attrs.evolve(_VISIT, network=Network.OUT)) == {"ELG030"}


def test_what_the_office_already_has() -> None:
    """A referral or an authorization on file is not asked for again."""
    needs = Statement(about=About.LIMITATIONS, code="F", service_types=("98",), needs_authorization=True)
    gate = Statement(
        about=About.PRIMARY_CARE_PROVIDER, code="L", insurance_type="HM", parties=(Party(role="P3"),)
    )
    asked = _saying(needs, gate)
    assert _found(asked) == {"ELG032", "ELG034"}
    assert _found(asked, visit=attrs.evolve(_VISIT, has_authorization=True, has_referral=True)) == set()
    assert _found(asked, visit=attrs.evolve(_VISIT, has_authorization=True, is_primary_care=True)) == set()


def permit(kind: PermitKind, *, used: int = 0, **changes: Any) -> PermitOnFile:
    """One for November, for two visits of the service."""
    said: dict[str, Any] = {
        "coverage": _COVERAGE.id,
        "kind": kind,
        "number": "CANARY77",
        "days": DateRange(_DAY.replace(day=1), _DAY),
        "visits": 2,
        "service_type": "98",
    }
    return PermitOnFile(permit=Permit(**(said | changes)), used=used)


@pytest.mark.parametrize(
    ("changes", "used", "codes"),
    [
        ({}, 0, set()),
        ({}, 1, set()),
        ({}, 2, {"ELG032", "ELG036", "ELG034", "ELG037"}),
        ({"visits": None}, 99, set()),
        (
            {"days": DateRange(date(2020, 1, 1), date(2020, 1, 31))},
            0,
            {"ELG032", "ELG036", "ELG034", "ELG037"},
        ),
        ({"service_type": ""}, 0, set()),
        ({"service_type": "PT"}, 0, {"ELG032", "ELG034"}),
    ],
)
def test_a_permit_on_file_is_asked_for_again_only_when_it_does_not_hold(
    changes: dict[str, Any], used: int, codes: set[str]
) -> None:
    """For another service it is none; one whose days or visits are over says so."""
    needs = Statement(about=About.LIMITATIONS, code="F", service_types=("98",), needs_authorization=True)
    gate = Statement(
        about=About.PRIMARY_CARE_PROVIDER, code="L", insurance_type="HM", parties=(Party(role="P3"),)
    )
    permits = tuple(permit(kind, used=used, **changes) for kind in PermitKind)
    asked = attrs.evolve(_VISIT, permits=permits)
    assert _found(_saying(needs, gate), visit=asked) == codes
    assert "CANARY77" not in repr(asked)
    beside = permit(PermitKind.AUTHORIZATION), permit(PermitKind.REFERRAL)
    both = attrs.evolve(_VISIT, permits=(*permits, *beside))
    assert _found(_saying(needs, gate), visit=both) == set()


@pytest.mark.parametrize(
    "changes",
    [
        {"number": ""},
        {"number": " 7"},
        {"number": "7" * 51},
        {"visits": 0},
        {"visits": True},
        {"service_type": "office"},
    ],
)
def test_a_permit_that_cannot_be_is_refused(changes: dict[str, Any]) -> None:
    """And its number is not said."""
    with pytest.raises(InvalidValue) as caught:
        permit(PermitKind.REFERRAL, **changes)
    assert "CANARY77" not in str(caught.value)


def test_of_two_with_one_number_the_later_holds_until_it_is_withdrawn() -> None:
    """Kinds are apart: a referral's number says nothing of an authorization's."""
    first, other = permit(PermitKind.REFERRAL).permit, permit(PermitKind.AUTHORIZATION).permit
    later = attrs.evolve(first, visits=5)
    facts: tuple[PermitFact, ...] = tuple(PermitNoted(on=_DAY, permit=each) for each in (first, other, later))
    assert permits_after(facts) == (later, other)
    gone = PermitWithdrawn(on=_DAY, coverage=first.coverage, kind=PermitKind.REFERRAL, number=first.number)
    assert permits_after((*facts, gone)) == (other,)
    assert permits_after((*facts, gone, gone)) == (other,)


def test_the_office_s_place_of_service_is_what_is_asked_about() -> None:
    """What needs an authorization elsewhere needs none here."""
    needs = Statement(
        about=About.LIMITATIONS, code="F", service_types=("98",), needs_authorization=True, places=("22",)
    )
    assert _found(_saying(needs), visit=attrs.evolve(_VISIT, place="22")) == {"ELG032"}
    assert _found(_saying(needs), visit=attrs.evolve(_VISIT, place="11")) == set()


def test_the_worst_comes_first_and_no_name_is_said() -> None:
    """Findings may be logged."""
    answer = attrs.evolve(
        _person(family="SOMEBODY", birth_date=date(1999, 1, 1)),
        rejections=(Rejection(level=Level.SUBSCRIBER, code="75", follow_up="C"),),
    )
    findings = verify(_COVERAGE, _CARMEN, answer, visit=_VISIT)
    assert [each.severity for each in findings] == sorted((each.severity for each in findings), reverse=True)
    assert findings[0].severity is Severity.ERROR
    for secret in ("SOMEBODY", "Morales", "1999", "PHP"):
        assert secret.lower() not in repr(findings).lower()
