"""Good-faith estimates over each store: who is owed one by when, giving one, and what a bill is compared with."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import attrs
import pytest

from medoffice.adapters.system import FixedClock
from medoffice.billing import PlannedLine
from medoffice.billing.good_faith import (
    Change,
    Cover,
    Disputable,
    EstimateIssued,
    NotEstimated,
    Recurrence,
    Standing,
    Way,
    Why,
    WithinEstimate,
)
from medoffice.core import (
    EIN,
    ICD10CM,
    NPI,
    AppointmentId,
    CommandKey,
    HCPCSCode,
    Money,
    Patient,
    PatientId,
    PersonName,
    Provider,
    Refused,
    ResourceId,
)
from medoffice.office import KeyReused, Office
from medoffice.office.notices.estimate_drafting import EstimateDetails
from medoffice.office.notices.planned_visit import STREAM, plan_of, state_of
from medoffice.ports.store import NoSuchRecord
from medoffice.scheduling import Status
from medoffice.scheduling.book import BookedSeries
from medoffice.scheduling.book import Recurrence as SeriesRecurrence
from medoffice.scheduling.outcomes import Booked, Moved

DOCTOR, ANA, BEN = ResourceId("dr-okafor"), PatientId("pat-ana"), PatientId("pat-ben")
TEN = datetime(2026, 12, 8, 16, 0, tzinfo=UTC)
"""Ten o'clock on a Tuesday, nine business days after the office's morning: Thanksgiving lies between."""
LINES = (PlannedLine(service="office-visit", charge=Money(14500)),)
DETAILS = EstimateDetails(codes={"office-visit": HCPCSCode("G0463")}, diagnoses=(ICD10CM("I10"),))

At = Callable[[datetime], Office]


@pytest.fixture
def office(office: Office) -> Office:
    """The office with its numbers, and Ben, who has no insurance."""
    settings = attrs.evolve(
        office.settings,
        place="1200 Prairie Avenue, Springfield, IL 62701",
        npi=NPI("2000000002"),
        ein=EIN("123456789"),
    )
    named = attrs.evolve(office, settings=settings)
    named.register(
        Patient(id=BEN, name=PersonName(family="Canarybird", given="Ben"), birth_date=date(1980, 1, 1))
    )
    return named


@pytest.fixture
def at(office: Office) -> At:
    """The same office at another instant."""
    return lambda moment: attrs.evolve(office, clock=FixedClock(moment))


@pytest.fixture
def visit(office: Office) -> AppointmentId:
    """Ben's visit, booked this morning."""
    return book(office, BEN)


def book(office: Office, patient: PatientId, start: datetime = TEN) -> AppointmentId:
    """A visit with the office's price for it."""
    booked = office.book(patient, "follow-up", start, (DOCTOR,), lines=LINES)
    assert isinstance(booked, Booked)
    return booked.appointment.id


def issued(office: Office, visit: AppointmentId, details: EstimateDetails = DETAILS) -> EstimateIssued:
    """An estimate that was given."""
    outcome = office.notices.good_faith.issue(visit, details)
    assert isinstance(outcome, EstimateIssued)
    return outcome


def codes(outcome: object) -> list[str]:
    """Why it was refused."""
    assert isinstance(outcome, Refused)
    return [finding.code for finding in outcome.findings]


def test_who_has_no_insurance_is_owed_one(office: Office, visit: AppointmentId) -> None:
    """Nine business days ahead: by the next business day; who is insured is not on the list."""
    book(office, ANA, TEN + timedelta(hours=1))
    (found,) = office.notices.good_faith.work()
    assert (found.appointment, found.patient, found.standing) == (visit, BEN, Standing.UNINSURED)
    assert (found.owed.by, found.owed.why) == (date(2026, 11, 25), Why.SCHEDULED)


def test_thanksgiving_is_no_business_day(at: At) -> None:
    """Booked on Wednesday evening for nine business days later: by Friday. A minute past midnight counts as Thursday."""
    wednesday = at(datetime(2026, 11, 26, 1, 0, tzinfo=UTC))
    visit = book(wednesday, BEN)
    (found,) = wednesday.notices.good_faith.work()
    assert found.owed.by == date(2026, 11, 27)
    thursday = at(datetime(2026, 11, 26, 6, 1, tzinfo=UTC))
    assert not thursday.notices.good_faith.work()[0].owed.is_overdue(date(2026, 11, 27))
    assert thursday.notices.good_faith.owed(visit) == found


def test_the_list_begins_with_what_is_overdue(office: Office, at: At, visit: AppointmentId) -> None:
    """In order of the days, over all visits that are still to come; what is called off is not on it."""
    later = book(at(datetime(2026, 12, 1, 16, tzinfo=UTC)), BEN, datetime(2026, 12, 22, 16, tzinfo=UTC))
    gone = book(office, BEN, datetime(2026, 12, 23, 16, tzinfo=UTC))
    office.cancel(gone)
    work = at(datetime(2026, 12, 1, 17, tzinfo=UTC)).notices.good_faith.work()
    assert [each.appointment for each in work] == [visit, later]
    assert [each.owed.is_overdue(date(2026, 12, 1)) for each in work] == [True, False]
    assert at(TEN + timedelta(days=1)).notices.good_faith.work()[0].appointment == later


def test_a_visit_of_the_day_after_tomorrow_needs_one_only_when_asked(office: Office) -> None:
    """Two business days ahead, and a request has its own term, but not beyond the visit."""
    visit = book(office, BEN, datetime(2026, 11, 25, 16, tzinfo=UTC))
    good_faith = office.notices.good_faith
    assert good_faith.owed(visit) is None
    good_faith.asked(visit)
    found = good_faith.owed(visit)
    assert found is not None
    assert (found.owed.by, found.owed.why) == (date(2026, 11, 25), Why.REQUESTED)


def test_who_does_not_use_their_insurance_is_owed_one(office: Office) -> None:
    """Nobody asked: not yet, and it is said that nobody did; no claim wanted: yes; a federal program: never."""
    visit = book(office, ANA)
    good_faith = office.notices.good_faith
    assert (good_faith.owed(visit), len(good_faith.standing(visit).unknowns)) == (None, 1)
    assert codes(good_faith.issue(visit, DETAILS)) == ["GFE018"]
    good_faith.wish(visit, claim_wanted=False)
    found = good_faith.owed(visit)
    assert found is not None
    assert found.standing is Standing.SELF_PAY
    good_faith.wish(visit, claim_wanted=False, cover=Cover.FEDERAL_PROGRAM)
    assert good_faith.owed(visit) is None
    good_faith.wish(visit, claim_wanted=True)
    assert good_faith.standing(visit).value is Standing.INSURED


def test_a_coverage_that_has_ended_is_none(office: Office) -> None:
    """Ana's plan runs through 2026: in January she is uninsured as far as the file knows."""
    visit = book(office, ANA, datetime(2027, 1, 12, 16, tzinfo=UTC))
    assert office.notices.good_faith.standing(visit).value is Standing.UNINSURED


def test_an_estimate_has_all_that_the_rule_lists(office: Office, visit: AppointmentId) -> None:
    """Patient, day, service with code and charge, clinician, tax number, state and place; it is kept and not owed again."""
    fact = issued(office, visit)
    estimate = fact.estimate
    assert (estimate.patient.family, estimate.birth_date) == ("Canarybird", date(1980, 1, 1))
    assert (estimate.issued_on, estimate.service_on) == (date(2026, 11, 24), date(2026, 12, 8))
    (provider,) = estimate.providers
    assert provider.name == "Ruth Okafor, MD (Northside)"
    assert (provider.npi, provider.tax_id) == (NPI("1234567893"), EIN("123456789"))
    assert (provider.state, provider.place) == ("IL", "1200 Prairie Avenue, Springfield, IL 62701")
    (item,) = provider.items
    assert (item.words, str(item.service), item.charge) == ("office visit", "G0463", Money(14500))
    assert (fact.number, fact.owed_by, fact.is_late) == (1, date(2026, 11, 25), False)
    good_faith = office.notices.good_faith
    assert good_faith.issued(visit) == (fact,)
    assert good_faith.work() == ()
    assert [each.code for each in good_faith.findings(fact)] == []


def test_what_is_missing_is_said_all_at_once(office: Office, visit: AppointmentId) -> None:
    """No numbers, no state, no code; and no service at all for a visit without any."""
    bare = attrs.evolve(office, settings=attrs.evolve(office.settings, place="Main Street 1", ein=None))
    assert codes(bare.notices.good_faith.issue(visit, EstimateDetails())) == ["GFE012", "GFE013", "GFE015"]
    assert codes(bare.notices.good_faith.draft(visit, EstimateDetails(state="IL"))) == ["GFE012", "GFE015"]
    empty = office.book(BEN, "follow-up", TEN + timedelta(hours=2), (DOCTOR,))
    assert isinstance(empty, Booked)
    assert codes(office.notices.good_faith.issue(empty.appointment.id, DETAILS)) == ["GFE014"]
    assert bare.notices.good_faith.issued(visit) == ()


def test_a_late_one_says_so(at: At, visit: AppointmentId) -> None:
    """Given two days after it was owed: it is given all the same, with a warning."""
    late = at(datetime(2026, 11, 27, 16, tzinfo=UTC))
    fact = issued(late, visit, attrs.evolve(DETAILS, diagnoses=()))
    assert (fact.owed_by, fact.is_late) == (date(2026, 11, 25), True)
    assert [each.code for each in late.notices.good_faith.findings(fact)] == ["GFE002", "GFE005"]


def test_none_is_given_after_the_visit(office: Office, at: At, visit: AppointmentId) -> None:
    """Nor for one that was called off."""
    assert codes(at(TEN + timedelta(days=1)).notices.good_faith.issue(visit, DETAILS)) == ["GFE017"]
    office.cancel(visit)
    assert codes(office.notices.good_faith.issue(visit, DETAILS)) == ["GFE017"]


@pytest.mark.parametrize(
    ("lines", "changes"),
    [
        (LINES, set()),
        ((attrs.evolve(LINES[0], charge=Money(14501)),), {Change.CHARGES}),
        ((*LINES, PlannedLine(service="lab", charge=Money(2000))), {Change.ITEMS}),
        ((), {Change.ITEMS}),
    ],
    ids=["same", "dearer", "more", "none"],
)
def test_a_change_of_what_is_planned_asks_for_a_new_one(
    office: Office, visit: AppointmentId, lines: tuple[PlannedLine, ...], changes: set[Change]
) -> None:
    """By the business day before the visit; the same again changes nothing."""
    issued(office, visit)
    office.store.transact(lambda tx: tx.put_planned_lines(visit, lines))
    found = office.notices.good_faith.owed(visit)
    assert (found is not None) is bool(changes)
    if found is not None:
        assert (found.owed.by, found.owed.why) == (date(2026, 12, 7), Why.CHANGED)
    facts = tuple(office.notices.good_faith.issued(visit))
    plan = office.store.read(lambda tx: plan_of(tx, tx.appointment(visit), facts, office.settings))
    assert plan.changes == changes


def test_the_new_one_takes_the_place_of_the_former_which_is_kept(
    office: Office, visit: AppointmentId
) -> None:
    """Both are there, numbered, and bills are compared with the newer."""
    first = issued(office, visit)
    office.store.transact(
        lambda tx: tx.put_planned_lines(visit, (attrs.evolve(LINES[0], charge=Money(60000)),))
    )
    second = issued(office, visit)
    good_faith = office.notices.good_faith
    assert good_faith.issued(visit) == (first, second)
    assert (first.number, second.number) == (1, 2)
    assert good_faith.work() == ()
    answer = good_faith.judge(visit, total=Money(60000 + 39999), received_on=date(2026, 12, 20))
    assert isinstance(answer, WithinEstimate)


def test_another_clinician_is_a_change(office: Office, visit: AppointmentId) -> None:
    """The estimate names the clinician, so who comes in their place needs a new one."""
    other = Provider(
        id=ResourceId("np-lindqvist"),
        name=PersonName(family="Lindqvist", given="Sara"),
        npi=NPI("2000000010"),
    )
    templates = office.store.read(lambda tx: tx.templates())
    office.add_provider(other, attrs.evolve(templates[0], resource=other.id))
    issued(office, visit)
    moved = office.move(visit, TEN, (other.id,))
    assert isinstance(moved, Moved)
    found = office.notices.good_faith.owed(visit)
    assert found is not None
    assert (found.owed.why, found.owed.by) == (Why.CHANGED, date(2026, 12, 7))
    assert issued(office, visit).estimate.providers[0].npi == NPI("2000000010")


def test_a_visit_that_moves_to_another_day_needs_a_new_one(office: Office, visit: AppointmentId) -> None:
    """Moved three weeks on, it is scheduled anew; on the same day at another hour it is not."""
    issued(office, visit)
    assert isinstance(office.move(visit, TEN + timedelta(hours=2)), Moved)
    assert office.notices.good_faith.owed(visit) is None
    assert isinstance(office.move(visit, datetime(2026, 12, 29, 16, tzinfo=UTC)), Moved)
    found = office.notices.good_faith.owed(visit)
    assert found is not None
    assert (found.owed.why, found.owed.by) == (Why.SCHEDULED, date(2026, 11, 30))


def test_one_estimate_covers_the_visits_of_a_series(office: Office) -> None:
    """With its recurrence, those up to its last day; without one, only its own visit."""
    weekly = SeriesRecurrence(first=TEN.date(), clock=time(10), zone=office.settings.zone, count=4)
    booked = office.schedule.book_series(BEN, "follow-up", weekly, resources=(DOCTOR,))
    assert isinstance(booked, BookedSeries)
    first, *others = (each.id for each in booked.appointments)
    good_faith = office.notices.good_faith
    good_faith.plan(first, LINES)
    assert len(good_faith.work()) == 4
    issued(office, first)
    assert [each.appointment for each in good_faith.work()] == others
    again = Recurrence(every="once a week", times=3, last_on=date(2026, 12, 22))
    fact = issued(office, first, attrs.evolve(DETAILS, recurrence=again))
    assert fact.estimate.total.value == Money(3 * 14500)
    assert [each.appointment for each in good_faith.work()] == others[2:]
    assert good_faith.owed(others[0]) is None
    good_faith.asked(others[0])
    assert good_faith.owed(others[0]) is not None


def test_a_bill_is_compared_with_the_estimate(office: Office, at: At, visit: AppointmentId) -> None:
    """$145.00 expected: $545.00 can be disputed for 120 days, a cent less cannot; without an estimate nothing can be said."""
    good_faith = office.notices.good_faith
    received = date(2026, 12, 20)
    assert codes(good_faith.judge(visit, total=Money(1), received_on=received)) == ["GFE016"]
    issued(office, visit)
    within = good_faith.judge(visit, total=Money(54499), received_on=received)
    assert isinstance(within, WithinEstimate)
    for moment, is_in_time in ((date(2027, 4, 19), True), (date(2027, 4, 20), False)):
        then = at(datetime(moment.year, moment.month, moment.day, 16, tzinfo=UTC))
        answer = then.notices.good_faith.judge(visit, total=Money(54500), received_on=received)
        assert isinstance(answer, Disputable)
        assert (answer.is_in_time, answer.last_day) == (is_in_time, date(2027, 4, 19))
    other = good_faith.judge(visit, total=Money(99999), received_on=received, provider=NPI("2000000010"))
    assert isinstance(other, NotEstimated)


def test_a_command_sent_again_is_carried_out_once(office: Office, visit: AppointmentId) -> None:
    """The same estimate comes back; under the same key nothing else can be asked."""
    good_faith, key = office.notices.good_faith, CommandKey("cmd-1")
    first = good_faith.issue(visit, DETAILS, key=key)
    assert good_faith.issue(visit, DETAILS, key=key) == first
    assert len(good_faith.issued(visit)) == 1
    with pytest.raises(KeyReused):
        good_faith.issue(visit, DETAILS, way=Way.ELECTRONIC, key=key)
    rows = office.store.read(lambda tx: tx.audit_rows(subject=visit.value, action="good-faith.issued"))
    assert [row.entry.outcome for row in rows] == ["done"]
    assert "Canarybird" not in repr(rows)


def test_facts_stand_under_the_visit(office: Office, visit: AppointmentId) -> None:
    """In order, and under no name."""
    office.notices.good_faith.asked(visit)
    issued(office, visit)
    kept = office.store.read(lambda tx: tx.facts(STREAM))
    assert [(each.subject, type(each.fact).__name__) for each in kept] == [
        (visit.value, "EstimateRequested"),
        (visit.value, "EstimateIssued"),
    ]


def test_a_visit_that_is_not_there_is_said(office: Office) -> None:
    """By the store's own word."""
    for ask in (office.notices.good_faith.owed, office.notices.good_faith.issued):
        with pytest.raises(NoSuchRecord):
            ask(AppointmentId("apt-none"))


def test_a_visit_that_is_going_on_may_still_get_one(office: Office, at: At) -> None:
    """Checked in on its day, asked for and given."""
    visit = book(office, BEN, datetime(2026, 11, 24, 18, tzinfo=UTC))
    now = at(datetime(2026, 11, 24, 17, 55, tzinfo=UTC))
    now.check_in(visit)
    assert now.store.read(lambda tx: tx.appointment(visit)).status is not Status.BOOKED
    now.notices.good_faith.asked(visit)
    assert issued(now, visit).is_late is False


@pytest.mark.parametrize(
    ("place", "state"),
    [
        ("1200 Prairie Avenue, Springfield, IL", "IL"),
        ("1200 Prairie Avenue, Springfield, IL 62701", "IL"),
        ("1 Calle Sol, San Juan PR 00901-1234", "PR"),
        ("1200 Prairie Avenue, Springfield", ""),
        ("Suite AB, Nowhere, ZZ 12345", ""),
        ("", ""),
    ],
)
def test_the_state_is_what_an_address_ends_with(place: str, state: str) -> None:
    """Before the ZIP code; what is no state is not taken for one."""
    assert state_of(place) == state
