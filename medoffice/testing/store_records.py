"""Records to fill a store with: small, valid, made up, and every field of them set."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from medoffice.billing import (
    Accumulators,
    Benefit,
    Benefits,
    CostShareOrder,
    Coverage,
    Payer,
    PlannedLine,
    Relation,
    VerifiedCoverage,
)
from medoffice.checkin.records import (
    CheckIn,
    Correction,
    DeskTask,
    Detail,
    InsuranceAnswer,
    PayChoice,
    Payment,
    PaymentState,
    TaskKind,
    VisitCode,
)
from medoffice.core.dates import DateRange
from medoffice.core.identifiers import MRN, NPI, MemberId, PayerId, Taxonomy
from medoffice.core.ids import (
    ActorId,
    AppointmentId,
    CommandKey,
    CoverageId,
    PatientId,
    PaymentId,
    ResourceId,
    TaskId,
)
from medoffice.core.money import Money, Percent
from medoffice.core.people import Address, Email, Language, Patient, PersonName, Phone, Provider, Sex
from medoffice.core.times import TimeSlot
from medoffice.ports.store import RecordedOutcome
from medoffice.privacy.audit import AuditEntry
from medoffice.scheduling.appointments import Appointment, Status
from medoffice.scheduling.book.events import VisitConfirmed
from medoffice.scheduling.book.holds import Hold, HoldStatus, Offer, OfferStatus
from medoffice.scheduling.book.ids import HoldId, OfferId
from medoffice.scheduling.calendar import Absence, Closure, SpecialDay
from medoffice.scheduling.hours import Hours, WeeklyTemplate
from medoffice.scheduling.resources import Resource, Room
from medoffice.scheduling.visits import VisitType

DAY: Final = date(2026, 11, 24)
MORNING: Final = datetime(2026, 11, 24, 14, tzinfo=UTC)
KIOSK: Final = ActorId("kiosk-1")


def minute(count: int) -> datetime:
    """That many minutes after the beginning of the made-up morning."""
    return MORNING + timedelta(minutes=count)


def slot(start: int, end: int) -> TimeSlot:
    """From one minute of the morning to another."""
    return TimeSlot(minute(start), minute(end))


def patient(id: str = "pat-1", family: str = "Rivera", given: str = "Jordan") -> Patient:
    """A patient with every field set."""
    return Patient(
        id=PatientId(id),
        name=PersonName(family=family, given=given, middle="Q", suffix="Jr"),
        birth_date=date(1980, 2, 29),
        sex=Sex.FEMALE,
        mrn=MRN("A000123"),
        phone=Phone("3125550123"),
        email=Email("jordan@example.org"),
        address=Address(street="12 Elm St", unit="Apt 4", city="Chicago", state="IL", zip_code="60601-1234"),
        language=Language("es"),
        wants_interpreter=True,
    )


def coverage(id: str = "cov-1", of: str = "pat-1", order: int = 1) -> VerifiedCoverage:
    """A coverage with what its payer answered."""
    return VerifiedCoverage(
        coverage=Coverage(
            id=CoverageId(id),
            patient=PatientId(of),
            payer=Payer(PayerId("12345"), "Acme Health"),
            plan="Silver 2000",
            member_id=MemberId("W123456789"),
            effective=DateRange(date(2026, 1, 1), date(2026, 12, 31)),
            relation=Relation.SPOUSE,
            order=order,
        ),
        benefits=Benefits(
            benefits=(
                Benefit(service="office-visit", copay=Money.parse("30.00"), deductible_applies=False),
                Benefit(service="lab", coinsurance=Percent.parse("20%"), deductible_applies=True),
                Benefit(service="wellness", is_preventive=True),
            ),
            remaining=Accumulators(deductible_remaining=Money.parse("412.50"), out_of_pocket_remaining=None),
            order=CostShareOrder.DEDUCTIBLE_FIRST,
        ),
        verified_on=DAY,
    )


def line(service: str = "office-visit", charge: str = "180.00") -> PlannedLine:
    """A planned service that has no agreed price yet."""
    return PlannedLine(service=service, charge=Money.parse(charge), allowed=None)


def appointment(
    id: str = "apt-1",
    *resources: str,
    start: int = 0,
    end: int = 30,
    of: str = "pat-1",
    status: Status = Status.BOOKED,
    revision: int = 0,
    seats: int = 1,
    shared: tuple[str, ...] = (),
) -> Appointment:
    """An appointment that occupies its resources (``dr-a`` when none is named) from one minute to another."""
    return Appointment(
        id=AppointmentId(id),
        patient=PatientId(of),
        visit_type="follow-up",
        slot=slot(start, end),
        occupied=slot(start, end),
        resources=tuple(sorted(ResourceId(each) for each in resources or ("dr-a",))),
        status=status,
        reason="knee pain",
        seats=seats,
        shared=tuple(ResourceId(each) for each in shared),
        revision=revision,
    )


def visit_code(handle: bytes = b"h" * 16, of: str = "apt-1") -> VisitCode:
    """A code that was handed out."""
    return VisitCode(handle=handle, appointment=AppointmentId(of), expires=minute(600))


def check_in(of: str = "apt-1", number: int = 1, day: date = DAY, who: str = "pat-1") -> CheckIn:
    """A check-in with everything that a patient can say."""
    return CheckIn(
        appointment=AppointmentId(of),
        patient=PatientId(who),
        at=minute(-5),
        day=day,
        number=number,
        by=KIOSK,
        corrections=(Correction(Detail.PHONE, "312 555 0199"), Correction(Detail.EMAIL, "j@example.org")),
        insurance=InsuranceAnswer.CHANGED,
        due=Money.parse("30.00"),
        pay=PayChoice.NOW,
    )


def payment(
    id: str = "pay-1", of: str = "apt-1", state: PaymentState = PaymentState.ASKED, at: int = 0
) -> Payment:
    """A payment of 30 dollars."""
    return Payment(
        id=PaymentId(id),
        appointment=AppointmentId(of),
        amount=Money.parse("30.00"),
        state=state,
        at=minute(at),
        reference="t-0001",
    )


def task(id: str = "task-1", at: int = 0, *, of: str | None = "apt-1", is_open: bool = True) -> DeskTask:
    """Something for the desk."""
    return DeskTask(
        id=TaskId(id),
        kind=TaskKind.CORRECTION,
        code="KIO010",
        at=minute(at),
        by=KIOSK,
        appointment=None if of is None else AppointmentId(of),
        note="says the phone number is 312 555 0199",
        is_open=is_open,
    )


def visit_type(code: str = "follow-up", minutes: int = 20) -> VisitType:
    """A kind of visit with buffers."""
    return VisitType(code=code, name="Follow-up visit", minutes=minutes, buffer_before=5, buffer_after=10)


def template(resource: str = "dr-a", first: date = DAY, closes: time = time(17)) -> WeeklyTemplate:
    """Mondays in Chicago."""
    return WeeklyTemplate(
        resource=ResourceId(resource),
        zone=ZoneInfo("America/Chicago"),
        hours=(
            Hours(weekday=0, opens=time(8, 30), closes=time(12), visit_types=frozenset({"follow-up", "new"})),
            Hours(weekday=0, opens=time(13), closes=closes),
        ),
        effective=DateRange(first),
    )


def provider(id: str = "dr-a", family: str = "Okafor") -> Provider:
    """A clinician."""
    return Provider(
        id=ResourceId(id),
        name=PersonName(family=family, given="Ruth"),
        npi=NPI.parse("1234567893"),
        taxonomy=Taxonomy("207Q00000X"),
        credentials="MD",
    )


def outcome(key: str = "cmd-1", answer: bytes = b'{"number": 1}') -> RecordedOutcome:
    """What came of a command."""
    return RecordedOutcome(key=CommandKey(key), digest=b"d" * 32, answer=answer, at=minute(1))


def resource(id: str = "exam-1", tag: str = "exam-room") -> Resource:
    """A room."""
    return Room(id, tags=tag, location="west-side")


def closure(day: date = DAY, name: str = "Thanksgiving Day") -> Closure:
    """A day on which the office is closed."""
    return Closure(days=day, name=name)


def absence(start: int = 0, end: int = 60, of: str = "dr-a") -> Absence:
    """A clinician in a training."""
    return Absence(of, slot(start, end), "training")


def special_day(of: str = "dr-a") -> SpecialDay:
    """A day off."""
    return SpecialDay(resource=of, day=DAY)


def hold(
    id: str = "hold-1",
    *resources: str,
    start: int = 0,
    end: int = 30,
    status: HoldStatus = HoldStatus.RUNNING,
    seats: int = 1,
) -> Hold:
    """A hold on its resources (``dr-a`` when none is named) from one minute to another."""
    return Hold(
        id=HoldId(id),
        visit_type="follow-up",
        slot=slot(start, end),
        occupied=slot(start, end),
        resources=tuple(sorted(ResourceId(each) for each in resources or ("dr-a",))),
        made=minute(-60),
        until=minute(-50),
        patient=PatientId("pat-1"),
        seats=seats,
        status=status,
    )


def offer(id: str = "offer-1", under: str = "hold-1", status: OfferStatus = OfferStatus.OPEN) -> Offer:
    """An offer of what a hold keeps."""
    return Offer(
        id=OfferId(id),
        hold=HoldId(under),
        patient=PatientId("pat-1"),
        made=minute(-60),
        until=minute(-50),
        status=status,
    )


def fact(of: str = "apt-1") -> VisitConfirmed:
    """Something that happened to a visit."""
    return VisitConfirmed(at=minute(0), seq=1, by=KIOSK, appointment=AppointmentId(of))


def entry(action: str = "check-in", subject: str = "apt-1", at: int = 0) -> AuditEntry:
    """An entry for the audit trail."""
    return AuditEntry(at=minute(at), actor=KIOSK, action=action, subject=subject)
