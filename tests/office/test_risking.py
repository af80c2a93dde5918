"""No-show risks out of the office's own log: learned, kept, asked for a day, and honest when there is too little."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

from medoffice.adapters.memory import MemoryStore
from medoffice.adapters.system import FixedClock
from medoffice.core import (
    AppointmentId,
    CommandKey,
    OfficeId,
    Patient,
    PatientId,
    PersonName,
    Refused,
    ResourceId,
    TimeSlot,
)
from medoffice.office import Office, OfficeSettings
from medoffice.office.book.book_keeping import STREAM as BOOK
from medoffice.office.visits.risking import STREAM, NoShows, PlainRate
from medoffice.ports.store import Transaction
from medoffice.scheduling import Appointment, Booked, Provider, Status, VisitType, Weekly
from medoffice.scheduling.book import events
from medoffice.scheduling.noshow import (
    FORBIDDEN_FACTOR,
    NO_BETTER,
    ONE_OUTCOME,
    TOO_FEW_VISITS,
    ModelFitted,
    PastVisit,
)
from medoffice.testing.no_show_histories import synthetic_history

ZONE = ZoneInfo("America/Chicago")
DOCTOR = ResourceId("dr-okafor")
ANA = PatientId("pat-ana")
MORNING = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
TOMORROW = date(2026, 11, 25)
TEN = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TWENTY = timedelta(minutes=20)

At = Callable[[datetime], Office]


def log_of(number: int, past: PastVisit) -> Iterator[events.Event]:
    """What a book noted of a visit from its booking to its end."""
    visit = past.visit
    slot = TimeSlot.lasting(visit.starts, TWENTY)
    made = Appointment(
        id=AppointmentId(f"apt-old-{number}"),
        patient=visit.patient,
        visit_type=visit.kind,
        slot=slot,
        occupied=slot,
        resources=(DOCTOR,),
        modality=visit.modality,
    )
    yield events.VisitBooked(at=visit.booked, appointment=made)
    if visit.confirmed is not None:
        yield events.VisitConfirmed(at=visit.confirmed, appointment=made.id)
    if past.missed:
        yield events.NoShowNoted(at=slot.end, appointment=made.id)
    else:
        yield events.StatusChanged(at=slot.start, appointment=made.id, to=Status.ARRIVED)
        yield events.StatusChanged(at=slot.end, appointment=made.id, to=Status.FULFILLED)


def live_through(office: Office, past: tuple[PastVisit, ...]) -> None:
    """Write a history into the office's log, as its book would have."""

    def work(tx: Transaction) -> None:
        for number, each in enumerate(past):
            for event in log_of(number, each):
                tx.append_fact(BOOK, f"apt-old-{number}", event.at, event)

    office.store.transact(work)


def new_office() -> Office:
    """An office in memory, with the doctor, a kind of visit and Ana."""
    settings = OfficeSettings(id=OfficeId("northside"), name="Northside", zone=ZONE)
    made = Office(settings=settings, store=MemoryStore(), clock=FixedClock(MORNING))
    made.schedule.add_resource(Provider(DOCTOR, weekly=Weekly.of("Mon-Fri 08:00-17:00", zone=ZONE)))
    made.add_visit_type(VisitType(code="follow-up", name="Follow-up visit", minutes=20))
    made.register(Patient(id=ANA, name=PersonName(family="A"), birth_date=date(1980, 1, 1)))
    return made


def later(office: Office, moment: datetime) -> Office:
    """The same office at another instant."""
    return attrs.evolve(office, clock=FixedClock(moment))


@pytest.fixture
def seasoned() -> Office:
    """An office with 600 visits behind it, of which some were missed for reasons that can be learned."""
    made = new_office()
    live_through(made, synthetic_history(600, seed=11).visits)
    return made


def fitted(office: Office) -> ModelFitted:
    """The model of an office that can have one."""
    made = office.schedule.no_shows.fit()
    assert isinstance(made, ModelFitted)
    return made


def booked(office: Office, start: datetime, *, patient: PatientId = ANA) -> AppointmentId:
    """A follow-up with the doctor."""
    made = office.book(patient, "follow-up", start, (DOCTOR,))
    assert isinstance(made, Booked)
    return made.appointment.id


def test_a_history_that_is_too_small_is_said_to_be(at: At, visit: AppointmentId) -> None:
    """Nothing is kept, no risk is told, and the plain rate says on how few visits it rests."""
    noon = at(MORNING + 3 * HOUR)
    noon.change_status(visit, Status.NOSHOW)
    refused = noon.schedule.no_shows.fit()
    assert isinstance(refused, Refused)
    assert [each.code for each in refused.findings] == [TOO_FEW_VISITS]
    assert noon.schedule.no_shows.kept() == ()
    found = noon.schedule.no_shows.on(TOMORROW)
    assert (found.kept, found.risks) == ((), ())
    assert found.plain == PlainRate(visits=1, missed=1)
    low, high = found.plain.between
    assert low < 0.25
    assert high == 1
    assert "1 of 1" in str(found.plain)


def test_before_the_first_visit_nothing_is_known(office: Office) -> None:
    """The plain rate lies anywhere, and says so in words."""
    plain = office.schedule.no_shows.plain()
    assert plain.between == (0.0, 1.0)
    assert str(plain) == "no visit has been kept or missed yet"


def test_the_model_is_learned_from_the_log_and_kept(office: Office, at: At) -> None:
    """It is there for whoever asks next, to the last bit; the log's visits are those that it was learned from."""
    past = synthetic_history(300, seed=5).visits
    live_through(office, past)
    id = booked(office, TEN)
    made = fitted(office)
    assert made.at == MORNING
    assert made.model.edition.fitted_on == date(2026, 11, 24)
    assert made.model.visits == 225
    learned = sorted(past, key=lambda each: each.visit.starts)[:225]
    assert made.model.missed == sum(each.missed for each in learned)
    plain = office.schedule.no_shows.plain()
    assert plain == PlainRate(len(past), sum(each.missed for each in past))
    assert at(MORNING + HOUR).schedule.no_shows.kept() == (made,)
    row = office.store.read(lambda tx: tx.audit_rows())[-1]
    assert (row.entry.action, row.entry.subject, row.entry.outcome) == ("no-show.fit", STREAM, "done")
    used = usable(office)
    found = office.schedule.no_shows.on(TOMORROW)
    assert found.kept == (used,)
    assert [each.appointment for each in found.risks] == [id]


def test_a_fit_that_is_sent_twice_is_made_once(seasoned: Office) -> None:
    """The same key gives the same model; a later fit takes the place of an earlier one."""
    key = CommandKey("cmd-fit")
    first = seasoned.schedule.no_shows.fit(key=key)
    assert seasoned.schedule.no_shows.fit(key=key) == first
    assert seasoned.store.read(lambda tx: tx.last_fact(STREAM)) == 1
    second = fitted(seasoned)
    assert seasoned.schedule.no_shows.kept() == (second,)


def test_a_day_s_risks_are_of_its_visits_that_can_be_missed(seasoned: Office) -> None:
    """Those that are booked, earliest first; not those called off, of another day, or without an appointment."""
    later_one, first, gone = (booked(seasoned, TEN + number * HOUR) for number in (2, 0, 4))
    booked(seasoned, TEN + 24 * HOUR)
    seasoned.cancel(gone)
    made = usable(seasoned)
    found = seasoned.schedule.no_shows.on(TOMORROW)
    assert found.kept == (made,)
    assert [each.appointment for each in found.risks] == [first, later_one]
    for each in found.risks:
        risk = each.risk
        assert 0 < risk.probability < 1
        points = sum(share.points for share in risk.shares)
        assert points == pytest.approx(risk.probability - risk.average_probability)
        assert each.known_at == min(MORNING, each.starts - timedelta(days=1))
        assert each.resources == (DOCTOR,)


def test_a_visit_past_midnight_is_of_the_day_on_which_it_begins(seasoned: Office) -> None:
    """And one that the store has as called off is nobody's to miss, whatever the log says."""
    night = Weekly.of("Mon-Sun 00:00-24:00", zone=ZONE)
    seasoned.schedule.add_resource(Provider("np-night", weekly=night))
    late = seasoned.settings.span_of(TOMORROW).end - HOUR / 6
    made = seasoned.book(ANA, "follow-up", late, (ResourceId("np-night"),))
    assert isinstance(made, Booked)
    usable(seasoned)
    assert len(seasoned.schedule.no_shows.on(TOMORROW).risks) == 1
    assert seasoned.schedule.no_shows.on(TOMORROW + timedelta(days=1)).risks == ()
    gone = attrs.evolve(made.appointment, status=Status.CANCELLED, revision=1)
    seasoned.store.transact(lambda tx: tx.put_appointment(gone))
    assert seasoned.schedule.no_shows.on(TOMORROW).risks == ()


def usable(office: Office) -> ModelFitted:
    """The office's model, held to be better than the plain rate whatever chance made of 150 visits."""
    made = attrs.evolve(fitted(office), is_usable=True)
    office.store.transact(lambda tx: tx.append_fact(STREAM, "", made.at, made))
    return made


def test_a_risk_knows_what_was_known_then_and_what_came_since(seasoned: Office) -> None:
    """A patient who confirms on the day itself is said to have, beside the risk of the day before."""
    id = booked(seasoned, TEN)
    made = usable(seasoned)
    (before,) = seasoned.schedule.no_shows.on(TOMORROW).risks
    assert not before.has_confirmed_since
    morning = later(seasoned, TEN - HOUR)
    morning.schedule.confirm(id)
    (after,) = morning.schedule.no_shows.on(TOMORROW).risks
    assert after.has_confirmed_since
    assert after.known_at == TEN - timedelta(days=1)
    assert after.risk == before.risk
    assert made.model.edition.horizon == timedelta(days=1)


def test_a_patient_s_own_record_bears_on_the_risk(seasoned: Office) -> None:
    """What Ana missed until a day before stands in her risk; of a visit that began later nothing does."""
    booked(seasoned, TEN)
    usable(seasoned)
    early, late = booked(seasoned, TEN - 24 * HOUR - TWENTY), booked(seasoned, TEN - 22 * HOUR)
    assert own_record(seasoned) == "0 of 0 missed"
    evening = later(seasoned, TEN - 20 * HOUR)
    evening.change_status(late, Status.NOSHOW)
    assert own_record(evening) == "0 of 0 missed"
    evening.change_status(early, Status.NOSHOW)
    assert own_record(evening) == "1 of 1 missed"


def own_record(office: Office) -> str:
    """What the risk of Ana's visit tomorrow says of her record."""
    (found,) = office.schedule.no_shows.on(TOMORROW).risks
    return {share.factor: share.level for share in found.risk.shares}["past-no-shows"]


def test_a_model_that_is_no_better_is_kept_and_not_used() -> None:
    """Where nothing can be learned, no visit gets a risk of its own."""
    office = new_office()
    live_through(office, synthetic_history(600, seed=3, informative=False).visits)
    booked(office, TEN)
    made = fitted(office)
    assert not made.is_usable
    assert NO_BETTER in {each.code for each in made.findings}
    found = office.schedule.no_shows.on(TOMORROW)
    assert found.kept == (made,)
    assert found.risks == ()
    assert found.plain.visits == 600


def test_an_office_that_notes_no_no_shows_learns_nothing() -> None:
    """Every visit was kept, says the log; that is a finding and no model."""
    office = new_office()
    past = tuple(attrs.evolve(each, missed=False) for each in synthetic_history(400, seed=2).visits)
    live_through(office, past)
    refused = office.schedule.no_shows.fit()
    assert isinstance(refused, Refused)
    assert [each.code for each in refused.findings] == [ONE_OUTCOME]


def test_a_factor_that_may_not_be_used_is_refused(seasoned: Office) -> None:
    """It is not left out in silence."""
    asked = attrs.evolve(seasoned.schedule.no_shows, factors=("lead-time", "zip-code"))
    refused = asked.fit()
    assert isinstance(refused, Refused)
    assert [each.code for each in refused.findings] == [FORBIDDEN_FACTOR]
    assert isinstance(asked, NoShows)
    assert seasoned.schedule.no_shows.kept() == ()
