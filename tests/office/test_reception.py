"""What a kiosk may ask, over each store: two identifiers, one check-in, one payment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import attrs
import pytest

from medoffice.checkin.code import CodeAccepted, CodeRejected, Rejection
from medoffice.checkin.messages import (
    AlreadyHere,
    ByCode,
    ByName,
    CheckedIn,
    CheckInRequest,
    NoVisit,
    TurnedAway,
    VisitFound,
)
from medoffice.checkin.records import (
    Correction,
    Detail,
    InsuranceAnswer,
    PayChoice,
    PaymentState,
    TaskKind,
)
from medoffice.core import AppointmentId, CommandKey, InvalidValue, Money, PatientId, PaymentId, ResourceId
from medoffice.office import NoCodeForVisit, NoSigner, Office, OfficeReception, Where
from medoffice.office.day.identify import MISMATCHES_A_KIOSK, MISMATCHES_A_VISIT
from medoffice.ports.store import NoSuchRecord
from medoffice.scheduling.outcomes import Booked

TEN = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
BORN = date(1987, 2, 3)
ANA = ByName("NUNEZ", " ana")


def keys() -> Callable[[], CommandKey]:
    """Fresh keys, counted."""
    count = iter(range(10_000))
    return lambda: CommandKey(f"cmd-{next(count)}")


key = keys()


def request(visit: AppointmentId, jti: bytes | None = None, **changes: object) -> CheckInRequest:
    asked = CheckInRequest(
        appointment=visit, jti=jti, insurance=InsuranceAnswer.SAME, due=Money(3000), pay=PayChoice.AT_DESK
    )
    return attrs.evolve(asked, **changes)  # type: ignore[arg-type]


def by_code(office: Office, visit: AppointmentId) -> ByCode:
    judged = office.reception().judge_code(office.issue_code(visit).text.encode())
    assert isinstance(judged, CodeAccepted)
    return ByCode(judged.claims)


def test_a_code_and_the_birth_date_find_the_visit(office: Office, visit: AppointmentId) -> None:
    """The summary has masked details and the amount with its reason, and nothing else of the record."""
    found = office.reception().find_visit(key(), by_code(office, visit), BORN)
    assert isinstance(found, VisitFound)
    summary = found.visit
    assert summary.appointment == visit
    assert (summary.name, summary.phone, summary.member) == ("A*** N***", "***-***-0142", "****6789")
    assert summary.due.due_today == Money(3000)
    assert summary.starts.hour == 10
    assert summary.provider == "Ruth Okafor, MD"


def test_the_name_is_forgiving_and_the_birth_date_is_not(office: Office, visit: AppointmentId) -> None:
    """Case, accents and spaces do not matter; one day does."""
    desk = office.reception()
    assert isinstance(desk.find_visit(key(), ANA, BORN), VisitFound)
    assert desk.find_visit(key(), ANA, BORN + timedelta(days=1)) == NoVisit()
    assert desk.find_visit(key(), ByName("Nunez", ""), BORN) == NoVisit()
    assert visit.value


def test_two_patients_who_fit_alike_are_for_the_desk(office: Office, visit: AppointmentId) -> None:
    """Same name, same birthday: the kiosk does not choose."""
    record = office.store.read(lambda tx: tx.patient(PatientId("pat-ana")))
    office.register(attrs.evolve(record, id=PatientId("pat-other-ana")))
    assert office.reception().find_visit(key(), ANA, BORN) == NoVisit()
    assert isinstance(office.reception().find_visit(key(), by_code(office, visit), BORN), VisitFound)


def test_another_day_s_visit_is_not_found(visit: AppointmentId, at: Callable[[datetime], Office]) -> None:
    """The day before and the day after, in the office's own zone."""
    for days in (-1, 1):
        other = at(TEN + timedelta(days=days)).reception()
        assert other.find_visit(key(), ANA, BORN) == NoVisit()
    late = at(datetime(2026, 11, 25, 5, 59, tzinfo=UTC)).reception()
    assert isinstance(late.find_visit(key(), ANA, BORN), VisitFound)
    assert visit.value


def test_a_code_is_good_until_the_end_of_the_day(
    office: Office, visit: AppointmentId, at: Callable[[datetime], Office]
) -> None:
    """After midnight in Chicago (and the minute for slow clocks) it has expired."""
    text = office.issue_code(visit).text.encode()
    judge = at(datetime(2026, 11, 25, 6, 0, 59, tzinfo=UTC)).reception().judge_code
    assert isinstance(judge(text), CodeAccepted)
    judge = at(datetime(2026, 11, 25, 6, 1, 0, tzinfo=UTC)).reception().judge_code
    assert judge(text) == CodeRejected(Rejection.EXPIRED)


def test_no_code_for_a_visit_that_is_over(
    office: Office, visit: AppointmentId, at: Callable[[datetime], Office]
) -> None:
    """Cancelled, or of yesterday: no code. Without a key: no code at all."""
    with pytest.raises(NoCodeForVisit):
        at(TEN + timedelta(days=1)).issue_code(visit)
    with pytest.raises(NoSigner):
        attrs.evolve(office, signer=None).issue_code(visit)
    office.cancel(visit)
    with pytest.raises(NoCodeForVisit):
        office.issue_code(visit)


def test_guessing_a_birth_date_ends_soon(office: Office, visit: AppointmentId) -> None:
    """After some mismatches on one visit, even the right date finds nothing at any kiosk."""
    credential = by_code(office, visit)
    for day in range(MISMATCHES_A_VISIT):
        kiosk = office.reception(f"kiosk-{day % 2}")
        assert kiosk.find_visit(key(), credential, BORN + timedelta(days=day + 1)) == NoVisit()
    assert office.reception("kiosk-9").find_visit(key(), credential, BORN) == NoVisit()


def test_guessing_names_ends_soon_and_only_at_that_kiosk(
    office: Office, visit: AppointmentId, at: Callable[[datetime], Office]
) -> None:
    """A kiosk at which name after name fits nobody rests for ten minutes; the others work on."""
    guesser = office.reception("kiosk-1")
    for number in range(MISMATCHES_A_KIOSK):
        guesser.find_visit(key(), ByName(f"Smith{number}", "John"), BORN)
    stranger = ByName("Nobody", "John")
    assert guesser.find_visit(key(), stranger, BORN) == NoVisit()
    rows = office.store.read(lambda tx: tx.audit_rows(action="identify"))
    assert rows[-1].entry.outcome == "locked"
    assert guesser.find_visit(key(), ANA, BORN) == NoVisit()
    assert guesser.find_visit(key(), by_code(office, visit), BORN) == NoVisit()
    assert isinstance(office.reception("kiosk-2").find_visit(key(), ANA, BORN), VisitFound)
    later = at(office.clock.now() + timedelta(minutes=11)).reception("kiosk-1")
    assert isinstance(later.find_visit(key(), ANA, BORN), VisitFound)


def test_a_check_in_is_once(office: Office, visit: AppointmentId) -> None:
    """Sent again with its key, it answers as before; asked anew, it says that the patient is here."""
    desk, first_key = office.reception(), key()
    credential = by_code(office, visit)
    asked = request(visit, credential.claims.jti)
    assert desk.check_in(first_key, asked) == CheckedIn(1, f"MOT1-{visit}")
    assert desk.check_in(first_key, asked) == CheckedIn(1, f"MOT1-{visit}")
    assert desk.check_in(key(), asked) == AlreadyHere(1, f"MOT1-{visit}", owes=True)
    assert desk.find_visit(key(), credential, BORN) == AlreadyHere(1, f"MOT1-{visit}", owes=True)
    assert desk.find_visit(key(), ANA, BORN) == AlreadyHere(1, f"MOT1-{visit}", owes=True)
    (row,) = office.board()
    assert (row.where, row.number) == (Where.WAITING, 1)


def test_a_code_that_was_spent_checks_nothing_else_in(office: Office, visit: AppointmentId) -> None:
    """One code, one check-in: the second visit is left as it was."""
    other = office.book(
        PatientId("pat-ana"), "follow-up", TEN + timedelta(hours=1), (ResourceId("dr-okafor"),)
    )
    assert isinstance(other, Booked)
    jti = by_code(office, visit).claims.jti
    desk = office.reception()
    assert isinstance(desk.check_in(key(), request(visit, jti)), CheckedIn)
    assert desk.check_in(key(), request(other.appointment.id, jti)) == TurnedAway()
    assert [row.where for row in office.board()] == [Where.WAITING, Where.EXPECTED]


def test_a_cancelled_visit_is_turned_away(office: Office, visit: AppointmentId) -> None:
    """Between the search and the check-in the visit may have been cancelled."""
    office.cancel(visit)
    assert office.reception().check_in(key(), request(visit)) == TurnedAway()
    assert office.reception().find_visit(key(), ANA, BORN) == NoVisit()


def test_numbers_count_up_without_a_gap_from_many_kiosks(office: Office) -> None:
    """Sixteen kiosks at once: sixteen numbers, each given once."""
    visits = []
    for place in range(16):
        booked = office.book(
            PatientId("pat-ana"), "follow-up", TEN + timedelta(minutes=20 * place), (ResourceId("dr-okafor"),)
        )
        assert isinstance(booked, Booked)
        visits.append(booked.appointment.id)
    asked = [(CommandKey(f"many-{place}"), request(each)) for place, each in enumerate(visits)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda each: office.reception().check_in(*each), asked))
    numbers = sorted(answer.number for answer in answers if isinstance(answer, CheckedIn))
    assert numbers == list(range(1, 17))


def test_what_was_said_becomes_tasks_for_the_desk(office: Office, visit: AppointmentId) -> None:
    """A new telephone number and another insurance change no record; the desk is asked to."""
    said = request(
        visit,
        corrections=(Correction(Detail.PHONE, "(217) 555-0199"),),
        insurance=InsuranceAnswer.CHANGED,
    )
    office.reception().check_in(key(), said)
    tasks = {task.kind: task for task in office.desk_tasks()}
    assert tasks.keys() == {TaskKind.CORRECTION, TaskKind.INSURANCE}
    assert tasks[TaskKind.CORRECTION].note == "(217) 555-0199"
    record = office.store.read(lambda tx: tx.patient(PatientId("pat-ana")))
    assert record.phone is not None
    assert record.phone.digits == "2175550142"
    assert "0199" not in repr(tasks)


def test_a_payment_is_written_down_before_and_after(office: Office, visit: AppointmentId) -> None:
    """Asked, then settled; what was approved stays approved, and is due no more."""
    desk, payment = office.reception(), PaymentId("pay-1")
    desk.ask_payment(key(), payment, visit, Money(3000))
    assert [each.id for each in office.store.read(lambda tx: tx.unsettled_payments())] == [payment]
    settled = desk.settle_payment(key(), payment, PaymentState.APPROVED, "ref-1")
    assert settled.state is PaymentState.APPROVED
    late = desk.settle_payment(key(), payment, PaymentState.UNKNOWN)
    assert late.state is PaymentState.APPROVED
    assert office.store.read(lambda tx: tx.unsettled_payments()) == ()
    assert office.estimate(visit).due_today == Money.zero
    with pytest.raises(InvalidValue):
        desk.settle_payment(key(), payment, PaymentState.ASKED)
    with pytest.raises(NoSuchRecord):
        desk.settle_payment(key(), PaymentId("pay-none"), PaymentState.DECLINED)


def test_calling_the_desk_puts_a_task_there(office: Office, visit: AppointmentId) -> None:
    """Help has its place, its screen and, when it is known, its visit; sent twice it is one task."""
    desk, once = office.reception("kiosk-2"), key()
    for _ in range(2):
        desk.call_desk(once, TaskKind.HELP, "help.details", visit)
    (task,) = office.desk_tasks()
    assert (task.kind, task.code, task.by.value) == (TaskKind.HELP, "help.details", "kiosk-2")
    (row,) = office.board()
    assert row.wants == ("help.details",)


def test_every_look_is_in_the_audit_trail(office: Office, visit: AppointmentId) -> None:
    """Found or not, somebody looked: the row names the visit by its opaque id, and nobody by name."""
    desk: OfficeReception = office.reception()
    desk.find_visit(key(), ANA, BORN)
    desk.find_visit(key(), by_code(office, visit), BORN + timedelta(days=1))
    rows = office.store.read(lambda tx: tx.audit_rows(action="identify"))
    assert [(row.entry.subject, row.entry.outcome) for row in rows] == [
        (visit.value, "match"),
        (visit.value, "mismatch"),
    ]


def test_guesses_at_many_kiosks_at_once_are_counted_together(office: Office, visit: AppointmentId) -> None:
    """Sixteen kiosks guess one visit's birth date in the same moment: no more than the limit are judged."""
    credential = by_code(office, visit)
    guesses = [BORN + timedelta(days=day) for day in range(1, 17)]

    def guess(birth_date: date) -> object:
        return office.reception(f"kiosk-{birth_date.toordinal() % 16}").find_visit(
            key(), credential, birth_date
        )

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(guess, guesses)) == {NoVisit()}
    rows = office.store.read(lambda tx: tx.audit_rows(action="identify"))
    assert sum(row.entry.outcome == "mismatch" for row in rows) == MISMATCHES_A_VISIT


def test_who_has_two_visits_is_found_for_the_nearer_one(
    office: Office, visit: AppointmentId, at: Callable[[datetime], Office]
) -> None:
    """A visit missed in the morning does not stand before the one in the afternoon."""
    late = office.book(
        PatientId("pat-ana"), "follow-up", TEN + timedelta(hours=5), (ResourceId("dr-okafor"),)
    )
    assert isinstance(late, Booked)
    for moment, expected in ((TEN, visit), (TEN + timedelta(hours=4, minutes=50), late.appointment.id)):
        found = at(moment).reception().find_visit(key(), ANA, BORN)
        assert isinstance(found, VisitFound)
        assert found.visit.appointment == expected


def test_a_visit_that_was_given_up_after_the_check_in_is_not_here_any_more(
    office: Office, visit: AppointmentId
) -> None:
    """Who left unseen and was cancelled is not told to take a seat."""
    desk = office.reception()
    assert isinstance(desk.check_in(key(), request(visit)), CheckedIn)
    office.cancel(visit)
    assert desk.find_visit(key(), ANA, BORN) == NoVisit()
    assert desk.check_in(key(), request(visit)) == TurnedAway()


def test_corrections_reach_the_desk_also_when_somebody_was_quicker(
    office: Office, visit: AppointmentId
) -> None:
    """The screen said that the desk reads them, so it does."""
    office.check_in(visit)
    said = request(visit, corrections=(Correction(Detail.EMAIL, "ana@example.org"),))
    assert isinstance(office.reception().check_in(key(), said), AlreadyHere)
    assert [task.code for task in office.desk_tasks()] == ["correction.email"]


def test_the_desk_s_own_check_in_may_be_sent_again(office: Office, visit: AppointmentId) -> None:
    """What the office worked out itself (the amount) is not part of what was asked."""
    once, payment = key(), PaymentId("pay-1")
    first = office.check_in(visit, key=once)
    office.reception().ask_payment(key(), payment, visit, Money(3000))
    office.reception().settle_payment(key(), payment, PaymentState.APPROVED, "r")
    assert office.check_in(visit, key=once) == first


def test_a_code_that_is_asked_for_twice_is_one_code(office: Office, visit: AppointmentId) -> None:
    """The same key makes the same code; another key another."""
    once = key()
    assert office.issue_code(visit, key=once) == office.issue_code(visit, key=once)
    assert office.issue_code(visit).text != office.issue_code(visit, key=once).text


def test_a_payment_without_an_end_is_not_forgotten(
    office: Office, visit: AppointmentId, at: Callable[[datetime], Office]
) -> None:
    """The estimate says that it is not certain, and the board that nobody knows."""
    office.reception().ask_payment(key(), PaymentId("pay-1"), visit, Money(3000))
    assert [each.id.value for each in office.reception().unsettled_payments()] == ["pay-1"]
    due = office.estimate(visit)
    assert due.due_today == Money(3000)
    assert due.unknowns == ("payment-not-settled",)
    assert office.board()[0].wants == ()
    assert at(office.clock.now() + timedelta(minutes=4)).board()[0].wants == ("payment.not-settled",)


def test_a_bad_code_is_noted_and_a_forged_one_calls(office: Office) -> None:
    """Somebody else's code is a row in the trail; a forged one is for a person."""
    desk = office.reception()
    for reason in Rejection:
        desk.call_desk(key(), TaskKind.CODE, f"code.{reason.value}")
    assert [task.code for task in office.desk_tasks()] == ["code.forged"]
    noted = office.store.read(lambda tx: tx.desk_tasks(open_only=False))
    assert {task.code for task in noted} == {f"code.{reason.value}" for reason in Rejection}
    assert len(office.store.read(lambda tx: tx.audit_rows(action="call-desk"))) == len(Rejection)


def test_a_kiosk_asks_after_its_own_payments_only(office: Office, visit: AppointmentId) -> None:
    """Another kiosk's terminal may be taking its payment now; only that kiosk can say how it ended."""
    office.reception("kiosk-1").ask_payment(key(), PaymentId("pay-1"), visit, Money(3000))
    assert office.reception("kiosk-2").unsettled_payments() == ()
    assert [each.id.value for each in office.reception("kiosk-1").unsettled_payments()] == ["pay-1"]


def test_money_that_was_taken_is_never_written_down_as_not_taken(
    office: Office, visit: AppointmentId
) -> None:
    """Approved overrules declined, and nothing overrules approved."""
    desk, payment = office.reception(), PaymentId("pay-1")
    desk.ask_payment(key(), payment, visit, Money(3000))
    for state, expected in (
        (PaymentState.DECLINED, PaymentState.DECLINED),
        (PaymentState.UNKNOWN, PaymentState.DECLINED),
        (PaymentState.APPROVED, PaymentState.APPROVED),
        (PaymentState.DECLINED, PaymentState.APPROVED),
    ):
        assert desk.settle_payment(key(), payment, state).state is expected
