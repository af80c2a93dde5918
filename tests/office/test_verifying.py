"""Asking payers, keeping what they answer, and what is found before a visit; over every store."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any

import attrs
import pytest

from medoffice.adapters.payers import MadeUpPayers
from medoffice.adapters.system import FixedClock
from medoffice.billing import (
    Coverage,
    Payer,
    Relation,
    VerifiedCoverage,
    benefits_of,
)
from medoffice.billing.eligibility import (
    About,
    AnswerReceived,
    EligibilityAnswer,
    EligibilityInquiry,
    EligibilityPolicy,
    InquiryPrepared,
    Network,
    Statement,
)
from medoffice.billing.eligibility.answer import AnsweredPerson, Party
from medoffice.billing.eligibility.rejections import Level, Rejection
from medoffice.checkin.records import TaskKind
from medoffice.core import (
    EIN,
    NPI,
    AppointmentId,
    CommandKey,
    CoverageId,
    DateRange,
    Finding,
    MemberId,
    Money,
    Patient,
    PatientId,
    PayerId,
    PersonName,
    Refused,
    ResourceId,
    Severity,
)
from medoffice.office import Office
from medoffice.office.coverage.inquiring import STREAM
from medoffice.office.coverage.matching_answers import Matched
from medoffice.office.once import KeyReused
from medoffice.ports.payers import Answered, Asked, Collected, Waiting
from medoffice.ports.store import NoSuchRecord
from medoffice.scheduling.outcomes import Booked

ANA = PatientId("pat-ana")
COVER = CoverageId("cov-pat-ana")
TODAY = date(2026, 11, 24)


class Payers:
    """A way to payers that a test holds in its hand: it answers what it is told to, when it is told to."""

    def __init__(self) -> None:
        self.asked: list[EligibilityInquiry] = []
        self.answers: dict[str, EligibilityAnswer] = {}
        self.lying: list[EligibilityAnswer] = []
        self.refusal: Refused | None = None

    def ask(self, inquiry: EligibilityInquiry) -> Asked:
        if self.refusal is not None:
            return self.refusal
        if all(each.trace != inquiry.trace for each in self.asked):
            self.asked.append(inquiry)
        answer = self.answers.get(inquiry.trace)
        return Waiting() if answer is None else Answered(answer)

    def collect(self) -> Collected:
        came, self.lying = tuple(self.lying), []
        return Collected(came)


@pytest.fixture
def payers() -> Payers:
    """Payers who have not been asked yet."""
    return Payers()


@pytest.fixture
def asking(office: Office, payers: Payers) -> Office:
    """The office with its numbers and a way to payers."""
    settings = attrs.evolve(office.settings, npi=NPI("1234567893"), ein=EIN("123456789"))
    return attrs.evolve(office, settings=settings, payers=lambda: payers)


def answer(trace: str, on: date = TODAY, copay: int = 2000, **rest: Any) -> EligibilityAnswer:
    """The plan is active, and an office visit has a co-pay."""
    person = AnsweredPerson(
        family="NUNEZ", given="ANA", member_id="MBR123456789", birth_date=date(1987, 2, 3)
    )
    said: dict[str, Any] = {
        "payer": Party(role="PR", number="PRAIRI"),
        "subscriber": person,
        "traces": (trace,),
        "answered_on": on,
        "statements": (
            Statement(about=About.ACTIVE, code="1", service_types=("30", "98")),
            Statement(about=About.COPAYMENT, code="B", service_types=("98",), amount=Money(copay)),
        ),
    }
    return EligibilityAnswer(**(said | rest))


def on_file(office: Office) -> VerifiedCoverage:
    (cover,) = office.store.read(lambda tx: tx.coverages(ANA))
    return cover


def copay(office: Office) -> Money | None:
    return on_file(office).benefits.for_service("office-visit").copay


def told(office: Office) -> list[Any]:
    return [kept.fact for kept in office.store.read(lambda tx: tx.facts(STREAM))]


def test_an_answer_that_comes_at_once_is_kept(asking: Office, visit: AppointmentId) -> None:
    """It is a fact, its benefits are the coverage's, and nothing is left to do."""
    gateway = MadeUpPayers([on_file(asking)], today=TODAY, services={"office-visit": "98"})
    office = attrs.evolve(asking, payers=lambda: gateway)
    (asked,) = office.eligibility.ask_for(visit)
    assert isinstance(asked.outcome, AnswerReceived)
    assert (asked.coverage, asked.outcome.on) == (COVER, TODAY)
    (sent,) = gateway.asked
    assert (sent.on, sent.service_types, sent.origin) == (TODAY, ("30", "81", "96", "98"), "9123456789")
    assert on_file(office).benefits == benefits_of(asked.outcome.answer, office.eligibility_policy.by_service)
    assert copay(office) == Money(3000)
    assert office.eligibility.findings(visit) == ()
    assert office.desk_tasks() == ()


def test_a_question_is_asked_once_and_its_answer_kept_when_it_comes(asking: Office, payers: Payers) -> None:
    """Asked again it only tells how it stands; what comes twice changes nothing and is said."""
    first = asking.eligibility.ask(ANA, COVER, TODAY)
    again = asking.eligibility.ask(ANA, COVER, TODAY)
    assert isinstance(first, InquiryPrepared)
    assert first == again
    (sent,) = payers.asked
    payers.lying = [answer(sent.trace), answer(sent.trace)]
    came = asking.eligibility.collect()
    assert [each.trace for each in came.received] == [sent.trace]
    assert [each.code for each in came.findings] == ["ELG051"]
    payers.lying = [answer(sent.trace, copay=9900)]
    assert [each.code for each in asking.eligibility.collect().findings] == ["ELG052"]
    assert copay(asking) == Money(2000)
    assert asking.eligibility.ask(ANA, COVER, TODAY) == came.received[0]
    assert len(payers.asked) == 1


def test_the_key_of_a_command_is_one_question(asking: Office, payers: Payers) -> None:
    """Sent again it goes on; given to another question it is refused."""
    key = CommandKey("cmd-1")
    first = asking.eligibility.ask(ANA, COVER, TODAY, is_again=True, key=key)
    assert asking.eligibility.ask(ANA, COVER, TODAY, is_again=True, key=key) == first
    with pytest.raises(KeyReused):
        asking.eligibility.ask(ANA, COVER, TODAY + timedelta(days=1), is_again=True, key=key)
    assert len(payers.asked) == 1


def test_asking_anew_is_another_question(asking: Office, payers: Payers) -> None:
    """But only when the last was answered, or waits since an earlier day."""
    asking.eligibility.ask(ANA, COVER, TODAY)
    asking.eligibility.ask(ANA, COVER, TODAY, is_again=True)
    assert len(payers.asked) == 1
    payers.lying = [answer(payers.asked[0].trace)]
    asking.eligibility.collect()
    asking.eligibility.ask(ANA, COVER, TODAY, is_again=True)
    assert len(payers.asked) == 2
    tomorrow = attrs.evolve(asking, clock=FixedClock(datetime(2026, 11, 25, 15, tzinfo=UTC)))
    tomorrow.eligibility.ask(ANA, COVER, TODAY)
    assert len(payers.asked) == 2
    tomorrow.eligibility.ask(ANA, COVER, TODAY, is_again=True)
    assert len(payers.asked) == 3
    assert len({each.trace for each in payers.asked}) == 3


def test_an_answer_to_nobody_changes_nothing(asking: Office, payers: Payers) -> None:
    """Whatever its trace looks like, and without any."""
    before = on_file(asking)
    payers.lying = [answer("SOMEBODY"), answer("no trace of ours \x00"), answer("", traces=())]
    came = asking.eligibility.collect()
    assert (came.received, [each.code for each in came.findings]) == ((), ["ELG050"] * 3)
    assert (on_file(asking), told(asking)) == (before, [])


def test_an_older_answer_that_comes_late_is_kept_and_changes_no_benefits(
    asking: Office, payers: Payers
) -> None:
    """The benefits on file are those of the answer that was given last."""
    asking.eligibility.ask(ANA, COVER, TODAY)
    asking.eligibility.ask(ANA, COVER, TODAY + timedelta(days=3))
    old, new = (each.trace for each in payers.asked)
    payers.lying = [answer(new, copay=4000), answer(old, TODAY - timedelta(days=2), copay=1000)]
    assert len(asking.eligibility.collect().received) == 2
    assert copay(asking) == Money(4000)
    assert on_file(asking).verified_on == TODAY


def test_a_refusal_to_answer_leaves_the_benefits_and_wakes_the_desk(
    asking: Office, payers: Payers, visit: AppointmentId
) -> None:
    """A payer whose program is down has taken nothing back; one task a coverage, done when all is well."""
    asking.eligibility.ask_for(visit)
    (sent,) = payers.asked
    down = (Rejection(level=Level.PAYER, code="42", follow_up="R"),)
    payers.lying = [answer(sent.trace, statements=(), rejections=down)]
    asking.eligibility.collect()
    assert copay(asking) == Money(3000)
    (task,) = asking.desk_tasks()
    assert (task.kind, task.code, task.appointment) == (TaskKind.INSURANCE, "eligibility.ELG001", visit)
    assert "ELG001" in {each.code for each in asking.eligibility.findings(visit)}
    asking.eligibility.ask_for(visit, is_again=True)
    payers.lying = [answer(payers.asked[-1].trace)]
    asking.eligibility.collect()
    assert asking.desk_tasks() == ()
    assert asking.eligibility.findings(visit) == ()


def test_an_answer_about_somebody_else_gives_no_benefits(asking: Office, payers: Payers) -> None:
    """Another birth date, or another name and number: it is kept, said, and not taken over."""
    strangers = (
        AnsweredPerson(family="NUNEZ", given="ANA", birth_date=date(1950, 1, 1)),
        AnsweredPerson(family="OTHER", given="ANA", member_id="X99999"),
    )
    for place, stranger in enumerate(strangers):
        asking.eligibility.ask(ANA, COVER, TODAY + timedelta(days=place))
        payers.lying = [answer(payers.asked[-1].trace, subscriber=stranger, copay=9900)]
        assert len(asking.eligibility.collect().received) == 1
        assert copay(asking) == Money(3000)
    assert len(asking.desk_tasks()) == 1


def test_what_was_answered_before_the_card_was_corrected_says_nothing_of_the_new_one(
    asking: Office, payers: Payers, visit: AppointmentId
) -> None:
    """A late answer about the old payer is kept and not taken over; the new one was never asked."""
    asking.eligibility.ask_for(visit)
    new = attrs.evolve(on_file(asking).coverage, payer=Payer(PayerId("LAKE01"), "Lakeshore Mutual"))
    asking.eligibility.put_on_file(new)
    assert on_file(asking).verified_on is None
    payers.lying = [answer(payers.asked[0].trace)]
    assert len(asking.eligibility.collect().received) == 1
    assert (copay(asking), on_file(asking).coverage) == (None, new)
    assert [each.code for each in asking.eligibility.findings(visit)] == ["ELG004"]
    asking.eligibility.ask_for(visit)
    assert [each.payer.id.value for each in payers.asked] == ["PRAIRI", "LAKE01"]


def test_a_correction_of_the_same_card_keeps_what_was_answered(asking: Office) -> None:
    """A group number that is added takes no benefits away."""
    before = on_file(asking)
    asking.eligibility.put_on_file(attrs.evolve(before.coverage, group_number="G1"))
    after = on_file(asking)
    assert (after.coverage.group_number, after.benefits) == ("G1", before.benefits)
    with pytest.raises(NoSuchRecord):
        asking.eligibility.put_on_file(attrs.evolve(before.coverage, patient=PatientId("pat-nobody")))


def test_what_cannot_be_asked_says_why(asking: Office, office: Office, payers: Payers) -> None:
    """The practice's numbers, the subscriber, or the way; nothing is written down then."""
    no_way = office.eligibility.ask(ANA, COVER, TODAY)
    assert isinstance(no_way, Refused)
    assert no_way.has("ELG007")
    assert [each.code for each in office.eligibility.collect().findings] == ["ELG007"]
    nameless = attrs.evolve(office, payers=asking.payers)
    child = attrs.evolve(on_file(asking).coverage, relation=Relation.CHILD)
    asking.eligibility.put_on_file(child)
    refused = nameless.eligibility.ask(ANA, COVER, TODAY)
    assert isinstance(refused, Refused)
    assert [each.code for each in refused.findings] == ["ELG040", "ELG041", "ELG042"]
    assert (payers.asked, told(asking)) == ([], [])


def test_a_question_that_no_way_takes_may_be_asked_anew(
    asking: Office, payers: Payers, visit: AppointmentId
) -> None:
    """Why is kept and shown until it was sent; collecting does not send it by itself."""
    why = Finding(code="PAY001", severity=Severity.ERROR, message="this gateway does not reach the payer")
    payers.refusal = Refused((why,))
    (asked,) = asking.eligibility.ask_for(visit)
    assert asked.outcome == payers.refusal
    assert asking.eligibility.findings(visit)[0] == why
    payers.refusal = None
    assert asking.eligibility.collect().waiting == 0
    assert payers.asked == []
    asking.eligibility.ask_for(visit)
    assert len(payers.asked) == 1
    assert [each.code for each in asking.eligibility.findings(visit)] == ["ELG005"]


def test_a_day_is_asked_once(asking: Office, payers: Payers, visit: AppointmentId) -> None:
    """Whose answer is young enough is left alone; done again it asks nothing more."""
    first = asking.eligibility.verify_day(TODAY)
    assert [(each.appointment, each.coverage, each.is_fresh) for each in first] == [(visit, COVER, False)]
    asking.eligibility.verify_day(TODAY)
    assert len(payers.asked) == 1
    payers.lying = [answer(payers.asked[0].trace)]
    asking.eligibility.collect()
    (fresh,) = asking.eligibility.verify_day(TODAY)
    assert (fresh.is_fresh, len(payers.asked)) == (True, 1)
    assert asking.eligibility.verify_day(TODAY + timedelta(days=1)) == ()
    asking.cancel(visit)
    assert asking.eligibility.verify_day(TODAY) == ()


def test_an_answer_that_will_be_too_old_is_asked_for_again(
    asking: Office, payers: Payers, visit: AppointmentId
) -> None:
    """As old as the office allows is good; a day older is not, nor is one without a statement."""
    strict = attrs.evolve(asking, eligibility_policy=EligibilityPolicy(good_for_days=3))
    strict.eligibility.ask(ANA, COVER, TODAY)
    payers.lying = [answer(payers.asked[0].trace, TODAY - timedelta(days=3))]
    strict.eligibility.collect()
    assert strict.eligibility.verify_day(TODAY)[0].is_fresh
    stricter = attrs.evolve(asking, eligibility_policy=EligibilityPolicy(good_for_days=2))
    (asked,) = stricter.eligibility.verify_day(TODAY)
    assert not asked.is_fresh
    assert "ELG003" in {each.code for each in stricter.eligibility.findings(visit)}


def test_a_patient_without_coverage_is_a_finding(asking: Office, payers: Payers) -> None:
    """Nobody is asked."""
    asking.register(
        Patient(id=PatientId("pat-bo"), name=PersonName(family="Bo"), birth_date=date(1990, 1, 1))
    )
    at = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
    booked = asking.book(PatientId("pat-bo"), "follow-up", at, (ResourceId("dr-okafor"),))
    assert isinstance(booked, Booked)
    assert asking.eligibility.ask_for(booked.appointment.id) == ()
    assert [each.code for each in asking.eligibility.findings(booked.appointment.id)] == ["ELG006"]
    assert payers.asked == []


def test_both_payers_of_a_patient_are_asked(asking: Office, visit: AppointmentId) -> None:
    """First payer first; one that does not run on the day is left out."""
    first = on_file(asking).coverage
    second = attrs.evolve(first, id=CoverageId("cov-2"), member_id=MemberId("SECOND1"), order=2)
    over = attrs.evolve(
        first, id=CoverageId("cov-3"), effective=DateRange.parse("2020-01-01/2020-12-31"), order=3
    )
    for each in (second, over):
        asking.eligibility.put_on_file(each)
    asked = asking.eligibility.ask_for(visit)
    assert [each.coverage.value for each in asked] == [COVER.value, "cov-2"]
    assert len(asking.eligibility.standings(visit)) == 2


def test_the_network_of_the_office_is_the_benefits(asking: Office, payers: Payers) -> None:
    """Out of network the statements for that side are taken, and it is said."""
    policy = EligibilityPolicy(networks=((PayerId("PRAIRI"), Network.OUT),))
    out = attrs.evolve(asking, eligibility_policy=policy)
    out.eligibility.ask(ANA, COVER, TODAY)
    sides = tuple(
        Statement(
            about=About.COPAYMENT, code="B", service_types=("98",), amount=Money(amount), network=network
        )
        for network, amount in ((Network.IN, 2000), (Network.OUT, 7000))
    )
    active = Statement(about=About.ACTIVE, code="1", service_types=("30",))
    payers.lying = [answer(payers.asked[0].trace, statements=(active, *sides))]
    out.eligibility.collect()
    assert copay(out) == Money(7000)
    assert [each.code for each in out.desk_tasks()] == ["eligibility.ELG030"]


def test_what_was_known_of_other_services_stays(asking: Office, payers: Payers) -> None:
    """A service that nobody asked about keeps its benefit."""
    policy = EligibilityPolicy(services=(("lab", "5"),))
    office = attrs.evolve(asking, eligibility_policy=policy)
    office.eligibility.ask(ANA, COVER, TODAY)
    payers.lying = [answer(payers.asked[0].trace)]
    office.eligibility.collect()
    assert copay(office) == Money(3000)
    assert {each.service for each in on_file(office).benefits.benefits} == {"lab", "office-visit"}


# ── by hand ──


def test_an_answer_from_elsewhere_is_matched_by_number_and_birth_date(asking: Office) -> None:
    """By payer too; kept once, whoever reads it again."""
    came = answer("PORTAL-77")
    matched = asking.eligibility.match(came)
    assert isinstance(matched, Matched)
    assert (matched.patient, matched.prepared) == (ANA, None)
    assert isinstance(asking.eligibility.keep(matched, came), AnswerReceived)
    assert copay(asking) == Money(2000)
    again = asking.eligibility.keep(matched, came)
    assert isinstance(again, Finding)
    assert again.code == "ELG051"
    assert len(told(asking)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"member_id": "MBR999"},
        {"birth_date": date(1987, 2, 4)},
        {"birth_date": None},
    ],
)
def test_one_that_does_not_fit_is_not_matched(asking: Office, change: dict[str, Any]) -> None:
    """Neither a number alone nor a birth date alone is enough."""
    came = answer("PORTAL-77")
    assert came.subscriber is not None
    other = attrs.evolve(came, subscriber=attrs.evolve(came.subscriber, **change))
    matched = asking.eligibility.match(other)
    assert isinstance(matched, Refused)
    assert matched.has("ELG050")


def test_another_payers_answer_is_not_matched(asking: Office) -> None:
    """Two payers may give the same number."""
    came = answer("PORTAL-77", payer=Party(role="PR", number="LAKE01"))
    assert isinstance(asking.eligibility.match(came), Refused)


def test_one_that_fits_twice_is_left_to_a_person(asking: Office) -> None:
    """Which of two coverages is meant nobody guesses."""
    twin = attrs.evolve(on_file(asking).coverage, id=CoverageId("cov-twin"), order=2)
    asking.eligibility.put_on_file(twin)
    matched = asking.eligibility.match(answer("PORTAL-77"))
    assert isinstance(matched, Refused)
    assert matched.has("ELG054")


def test_a_name_that_is_spelled_otherwise_is_found_by_the_visit(asking: Office, visit: AppointmentId) -> None:
    """Among the patients with a visit around today; without one it is not looked for."""
    assert visit.value
    came = answer("PORTAL-77")
    assert came.subscriber is not None
    spelled = attrs.evolve(came, subscriber=attrs.evolve(came.subscriber, family="NUNES"))
    assert isinstance(asking.eligibility.match(spelled), Matched)


def test_an_answer_to_a_question_of_ours_is_matched_by_its_trace(asking: Office, payers: Payers) -> None:
    """Read by hand it settles the question, and what is collected later came before."""
    asking.eligibility.ask(ANA, COVER, TODAY)
    came = answer(payers.asked[0].trace)
    matched = asking.eligibility.match(came)
    assert isinstance(matched, Matched)
    assert matched.prepared is not None
    assert isinstance(asking.eligibility.keep(matched, came), AnswerReceived)
    payers.lying = [came]
    later = asking.eligibility.collect()
    assert (later.received, later.waiting) == ((), 0)
    assert [each.code for each in later.findings] == ["ELG051"]


def test_what_is_cut_off_or_cannot_be_kept_is_not_kept(asking: Office, payers: Payers) -> None:
    """It is said, and the question waits on."""
    asking.eligibility.ask(ANA, COVER, TODAY)
    came = answer(payers.asked[0].trace)
    matched = asking.eligibility.match(came)
    assert isinstance(matched, Matched)
    for bad, code in (
        (attrs.evolve(came, is_cut_off=True), "ELG002"),
        (attrs.evolve(came, payer=Party(name="half \udc80")), "ELG053"),
    ):
        kept = asking.eligibility.keep(matched, bad)
        assert isinstance(kept, Finding)
        assert kept.code == code
    assert asking.eligibility.collect().waiting == 1


def test_several_who_ask_at_the_same_moment_ask_once(asking: Office, payers: Payers) -> None:
    """Eight threads, one question, one answer."""
    start = Barrier(8)

    def ask(_: int) -> object:
        start.wait()
        return asking.eligibility.ask(ANA, COVER, TODAY)

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(ask, range(8)))
    assert len({each.inquiry.trace for each in outcomes if isinstance(each, InquiryPrepared)}) == 1
    (sent,) = {each.trace for each in payers.asked}
    payers.answers[sent] = answer(sent)
    with ThreadPoolExecutor(8) as pool:
        answered = list(pool.map(ask, range(8)))
    assert all(isinstance(each, AnswerReceived) for each in answered)
    assert sum(isinstance(each, AnswerReceived) for each in told(asking)) == 1


def test_who_did_it_stands_in_the_audit_trail(asking: Office, payers: Payers) -> None:
    """A row for the question and one for the answer, both about the coverage."""
    asking.eligibility.ask(ANA, COVER, TODAY)
    payers.lying = [answer(payers.asked[0].trace)]
    asking.eligibility.collect()
    rows = asking.store.read(lambda tx: tx.audit_rows(subject=COVER.value))
    assert [(row.entry.action, row.entry.outcome) for row in rows] == [
        ("eligibility.ask", "prepared"),
        ("eligibility.answer", "done"),
    ]


def test_a_coverage_of_nobody_cannot_be_asked_about(asking: Office) -> None:
    """The patient has it, or there is no question."""
    with pytest.raises(NoSuchRecord):
        asking.eligibility.ask(ANA, CoverageId("cov-none"), TODAY)
    assert isinstance(on_file(asking).coverage, Coverage)
