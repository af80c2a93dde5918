"""Medicare's notices over each store: when one is given, what the patient answers, and whether it stands for a visit."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import attrs
import pytest

from medoffice.adapters.system import FixedClock
from medoffice.billing.beneficiary_notice import (
    ClaimWith,
    CostEstimate,
    DenialReason,
    Need,
    NoClaim,
    NoticeGiven,
    NoticeLine,
    NoticeOption,
    NoticeRefused,
    NoticeSigned,
    NoticeState,
    NoticeUsed,
    NoticeWithdrawn,
    Programme,
)
from medoffice.core import (
    ActorId,
    AppointmentId,
    CommandKey,
    CoverageId,
    HCPCSCode,
    MemberId,
    Money,
    Patient,
    PatientId,
    PersonName,
    Refused,
    ResourceId,
)
from medoffice.data import parameters
from medoffice.office import KeyReused, Office
from medoffice.office.notices.kept_notices import STREAM, HandedNotice
from medoffice.ports.store import NoSuchRecord
from medoffice.scheduling.outcomes import Booked

DOCTOR, ANA, EVA = ResourceId("dr-okafor"), PatientId("pat-ana"), PatientId("pat-eva")
PSA, LAB = HCPCSCode("G0103"), HCPCSCode("G0102")
FREQUENT, NEEDLESS = DenialReason.TOO_FREQUENT, DenialReason.NOT_NECESSARY
DAY_AFTER = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)
FORM = date(2029, 3, 31)
NURSE = ActorId("nurse-1")


def line(service: HCPCSCode = PSA, reason: DenialReason = FREQUENT) -> NoticeLine:
    """A blood test for $50.00."""
    cost = CostEstimate(at_least=Money(5000), at_most=Money(5000))
    return NoticeLine(service=service, words="blood test", reason=reason, estimate=cost)


HANDED = HandedNotice(lines=(line(),), form_expires=FORM)
At = Callable[[datetime], Office]


@pytest.fixture
def office(office: Office) -> Office:
    """The office, and Eva, whose card has a Medicare number."""
    eva = Patient(id=EVA, name=PersonName(family="Canarybird", given="Eva"), birth_date=date(1950, 1, 1))
    (theirs,) = office.store.read(lambda tx: tx.coverages(ANA))
    medicare = attrs.evolve(
        theirs,
        coverage=attrs.evolve(
            theirs.coverage, id=CoverageId("cov-eva"), patient=EVA, member_id=MemberId("1EG4TE5MK73")
        ),
    )
    office.register(eva, medicare)
    return office


@pytest.fixture
def at(office: Office) -> At:
    """The same office at another instant."""
    return lambda moment: attrs.evolve(office, clock=FixedClock(moment))


@pytest.fixture
def visit(office: Office) -> AppointmentId:
    """Eva's visit of tomorrow."""
    return book(office, EVA, DAY_AFTER)


def book(office: Office, patient: PatientId, start: datetime) -> AppointmentId:
    """A visit."""
    booked = office.book(patient, "follow-up", start, (DOCTOR,))
    assert isinstance(booked, Booked)
    return booked.appointment.id


def given(office: Office, visit: AppointmentId, handed: HandedNotice = HANDED) -> NoticeGiven:
    """A notice that was handed over."""
    outcome = office.notices.beneficiary.give(visit, handed)
    assert isinstance(outcome, NoticeGiven)
    return outcome


def codes(outcome: object) -> list[str]:
    """Why it was refused."""
    assert isinstance(outcome, Refused)
    return [finding.code for finding in outcome.findings]


def modifiers(billed: object) -> str:
    """The modifiers of a claim."""
    assert isinstance(billed, ClaimWith)
    return " ".join(map(str, billed.modifiers))


def test_the_card_tells_who_has_medicare(office: Office, visit: AppointmentId) -> None:
    """An MBI is Original Medicare; another number has to be asked about, and a person's word goes before the card's."""
    beneficiary = office.notices.beneficiary
    need = beneficiary.need(visit, FREQUENT)
    assert not isinstance(need, Refused)
    assert need.value is Need.REQUIRED
    anas = book(office, ANA, DAY_AFTER + timedelta(hours=1))
    assert codes(beneficiary.need(anas, FREQUENT)) == ["ABN031"]
    advantage = beneficiary.need(visit, FREQUENT, programme=Programme.MEDICARE_ADVANTAGE)
    assert not isinstance(advantage, Refused)
    assert advantage.value is Need.NOT_ALLOWED


def test_a_notice_is_given_and_waits_for_its_answer(office: Office, visit: AppointmentId) -> None:
    """It is the patient's first, by whom, when, and for which visit; until it is answered it is on the list."""
    fact = given(office, visit)
    beneficiary = office.notices.beneficiary
    assert (fact.number, fact.patient, fact.appointment, fact.by) == (1, EVA, visit, office.actor)
    (waiting,) = beneficiary.unanswered()
    assert waiting == beneficiary.notices(EVA)[0]
    assert beneficiary.standing(visit, PSA, FREQUENT).findings[0].code == "ABN001"
    assert isinstance(beneficiary.sign(EVA, 1, NoticeOption.BILL_MEDICARE), NoticeSigned)
    assert beneficiary.unanswered() == ()


@pytest.mark.parametrize(
    ("handed", "programme", "is_emergency", "found"),
    [
        (HANDED, Programme.MEDICARE_ADVANTAGE, False, ["ABN030"]),
        (HANDED, Programme.OTHER, False, ["ABN030"]),
        (HANDED, None, True, ["ABN030"]),
        (attrs.evolve(HANDED, form_expires=date(2026, 1, 31)), None, False, ["ABN033"]),
    ],
    ids=["advantage", "other", "emergency", "old-form"],
)
def test_where_none_may_be_given_none_is(
    *,
    office: Office,
    visit: AppointmentId,
    handed: HandedNotice,
    programme: Programme | None,
    is_emergency: bool,
    found: list[str],
) -> None:
    """Each with its reason, and nothing is kept."""
    beneficiary = office.notices.beneficiary
    outcome = beneficiary.give(visit, handed, programme=programme, is_emergency=is_emergency)
    assert codes(outcome) == found
    assert beneficiary.notices(EVA) == ()


def test_none_is_given_once_the_visit_has_begun(office: Office, at: At, visit: AppointmentId) -> None:
    """A minute before it, yes; at its start, no; nor for one that was called off."""
    assert codes(at(DAY_AFTER).notices.beneficiary.give(visit, HANDED)) == ["ABN032"]
    assert isinstance(
        at(DAY_AFTER - timedelta(minutes=1)).notices.beneficiary.give(visit, HANDED), NoticeGiven
    )
    office.cancel(visit)
    assert codes(office.notices.beneficiary.give(visit, HANDED)) == ["ABN032"]


@pytest.mark.parametrize(
    ("option", "reason", "expected"),
    [
        (NoticeOption.BILL_MEDICARE, FREQUENT, "GA"),
        (NoticeOption.BILL_MEDICARE, DenialReason.EXCLUDED, "GX GY"),
        (NoticeOption.PAY_MYSELF, FREQUENT, True),
        (NoticeOption.DECLINE, FREQUENT, False),
        (NoticeOption.DECLINE, DenialReason.EXCLUDED, False),
    ],
    ids=["medicare", "voluntary", "self", "declined", "declined-voluntary"],
)
def test_what_is_billed_follows_from_the_option(
    office: Office, visit: AppointmentId, option: NoticeOption, reason: DenialReason, expected: object
) -> None:
    """GA, GX with GY, or no claim; who declined it is not billed, whatever happened then."""
    given(office, visit, attrs.evolve(HANDED, lines=(line(reason=reason),)))
    office.notices.beneficiary.sign(EVA, 1, option)
    billed = office.notices.beneficiary.billing(visit, PSA, reason)
    if isinstance(billed, NoClaim):
        assert billed.may_bill_patient is expected
    else:
        assert modifiers(billed) == expected
        assert billed.may_bill_patient


def test_without_an_answered_notice_the_office_bears_the_denial(office: Office, visit: AppointmentId) -> None:
    """None, and one that nobody signed: GZ. What Medicare never covers needs none."""
    beneficiary = office.notices.beneficiary
    assert codes(beneficiary.use(visit, PSA, FREQUENT)) == ["ABN034"]
    assert modifiers(beneficiary.billing(visit, PSA, FREQUENT)) == "GZ"
    given(office, visit)
    assert modifiers(beneficiary.billing(visit, PSA, FREQUENT)) == "GZ"
    assert modifiers(beneficiary.billing(visit, PSA, DenialReason.EXCLUDED)) == "GY"


def test_a_courtesy_need_not_be_answered(office: Office, visit: AppointmentId) -> None:
    """What Medicare never covers: GX with GY without a signature, nobody waits for one, and it can be used."""
    never = DenialReason.EXCLUDED
    given(office, visit, attrs.evolve(HANDED, lines=(line(reason=never),)))
    beneficiary = office.notices.beneficiary
    assert beneficiary.unanswered() == ()
    assert beneficiary.standing(visit, PSA, never).is_valid
    assert modifiers(beneficiary.billing(visit, PSA, never)) == "GX GY"
    assert isinstance(beneficiary.use(visit, PSA, never), NoticeUsed)


def test_whose_first_payer_is_another_plan_is_asked_about(office: Office, visit: AppointmentId) -> None:
    """Medicare second, or through a plan that is billed first, does not tell; a supplement after Medicare does."""
    (medicare,) = office.store.read(lambda tx: tx.coverages(EVA))
    (theirs,) = office.store.read(lambda tx: tx.coverages(ANA))
    for order, is_told in ((2, True), (1, False)):
        other = attrs.evolve(theirs.coverage, id=CoverageId("cov-other"), patient=EVA, order=order)
        eva = office.store.read(lambda tx: tx.patient(EVA))
        moved = attrs.evolve(medicare, coverage=attrs.evolve(medicare.coverage, order=3 - order))
        office.register(eva, attrs.evolve(theirs, coverage=other), moved)
        need = office.notices.beneficiary.need(visit, FREQUENT)
        assert (not isinstance(need, Refused)) is is_told


def test_a_witnessed_refusal_is_billed_as_a_notice(office: Office, visit: AppointmentId) -> None:
    """The one who gave it is no second witness."""
    given(office, visit)
    beneficiary = office.notices.beneficiary
    alone = beneficiary.refuse(EVA, 1, witnesses=(office.actor,), wants_service=True)
    assert codes(alone) == ["ABN023"]
    assert isinstance(beneficiary.refuse(EVA, 1, witnesses=(NURSE,), wants_service=True), NoticeRefused)
    assert modifiers(beneficiary.billing(visit, PSA, FREQUENT)) == "GA"
    assert codes(beneficiary.sign(EVA, 1, NoticeOption.PAY_MYSELF)) == ["ABN020"]


def test_a_notice_for_one_visit_is_used_there_and_nowhere_else(
    office: Office, at: At, visit: AppointmentId
) -> None:
    """A course stands at both visits."""
    other = book(office, EVA, DAY_AFTER + timedelta(days=7))
    given(office, visit)
    beneficiary = office.notices.beneficiary
    beneficiary.sign(EVA, 1, NoticeOption.BILL_MEDICARE)
    assert isinstance(at(DAY_AFTER).notices.beneficiary.use(visit, PSA, FREQUENT), NoticeUsed)
    assert codes(beneficiary.use(visit, PSA, FREQUENT)) == ["ABN028"]
    assert "ABN010" in codes(beneficiary.use(other, PSA, FREQUENT))
    (notice,) = beneficiary.notices(EVA)
    assert notice.state_on(date(2026, 11, 25), parameters()) is NoticeState.USED
    given(office, visit, attrs.evolve(HANDED, repeats=True))
    beneficiary.sign(EVA, 2, NoticeOption.BILL_MEDICARE)
    for each in (visit, other):
        assert isinstance(beneficiary.use(each, PSA, FREQUENT), NoticeUsed)


def test_the_notice_that_stands_is_found_among_several(office: Office, visit: AppointmentId) -> None:
    """Not the newest when that is unanswered, and not one that was withdrawn."""
    beneficiary = office.notices.beneficiary
    given(office, visit)
    beneficiary.sign(EVA, 1, NoticeOption.PAY_MYSELF)
    given(office, visit)
    found = beneficiary.standing(visit, PSA, FREQUENT, charge=Money(5000))
    assert found.is_valid
    assert found.notice is not None
    assert found.notice.number == 1
    assert isinstance(beneficiary.withdraw(EVA, 1), NoticeWithdrawn)
    again = beneficiary.standing(visit, PSA, FREQUENT)
    assert again.notice is not None
    assert (again.notice.number, again.is_valid) == (2, False)


def test_the_day_on_the_paper_may_be_told_later(office: Office, at: At, visit: AppointmentId) -> None:
    """It comes back by mail: the day in blank J counts; one after the visit makes it invalid."""
    for signed_on, is_valid in ((date(2026, 11, 24), True), (date(2026, 11, 26), False)):
        number = given(office, visit).number
        later = at(DAY_AFTER + timedelta(days=2)).notices.beneficiary
        later.sign(EVA, number, NoticeOption.BILL_MEDICARE, signed_on=signed_on)
        assert later.standing(visit, PSA, FREQUENT).is_valid is is_valid
        assert modifiers(later.billing(visit, PSA, FREQUENT)) == ("GA" if is_valid else "GZ")
        later.withdraw(EVA, number)


def test_a_command_sent_again_is_carried_out_once(office: Office, visit: AppointmentId) -> None:
    """One notice, one row; under the same key nothing else can be asked."""
    beneficiary, key = office.notices.beneficiary, CommandKey("cmd-1")
    first = beneficiary.give(visit, HANDED, key=key)
    assert beneficiary.give(visit, HANDED, key=key) == first
    assert len(beneficiary.notices(EVA)) == 1
    with pytest.raises(KeyReused):
        beneficiary.give(visit, attrs.evolve(HANDED, repeats=True), key=key)
    rows = office.store.read(lambda tx: tx.audit_rows(action="beneficiary-notice.given"))
    assert [row.entry.outcome for row in rows] == ["done"]
    shown = repr(rows) + repr(HANDED) + repr(office.store.read(lambda tx: tx.facts(STREAM)))
    assert not [word for word in ("Canarybird", "G0103", "blood") if word in shown]


@pytest.mark.usefixtures("visit")
def test_what_is_not_there_is_said(office: Office) -> None:
    """A notice, a patient, a visit."""
    beneficiary = office.notices.beneficiary
    for attempt in (
        lambda: beneficiary.sign(EVA, 1, NoticeOption.DECLINE),
        lambda: beneficiary.notices(PatientId("pat-none")),
        lambda: beneficiary.need(AppointmentId("apt-none"), FREQUENT),
    ):
        with pytest.raises(NoSuchRecord):
            attempt()


def test_other_services_are_not_covered(office: Office, visit: AppointmentId) -> None:
    """Neither another service nor another reason."""
    given(office, visit)
    beneficiary = office.notices.beneficiary
    beneficiary.sign(EVA, 1, NoticeOption.BILL_MEDICARE)
    assert codes(beneficiary.use(visit, LAB, FREQUENT)) == ["ABN034"]
    assert not beneficiary.standing(visit, PSA, NEEDLESS).is_valid
