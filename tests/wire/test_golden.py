"""Documents that were written once can be read for ever; what is written today is these files, byte for byte.

A golden file is never changed: a type that looks otherwise in JSON gets a new version, a step, and a file of its own.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import attrs
import pytest

from medoffice.billing import (
    Accumulators,
    Benefit,
    Benefits,
    CardPhone,
    CostShareOrder,
    Coverage,
    CoverageKind,
    FamilyLimit,
    InsuranceCard,
    Payer,
    PlannedLine,
    PrintedCopay,
    Relation,
    Subscriber,
    TierAccumulators,
    VerifiedCoverage,
    account,
    coordination,
)
from medoffice.billing.beneficiary_notice import (
    CostEstimate,
    Delivery,
    DenialReason,
    NoticeGiven,
    NoticeLine,
    NoticeOption,
    NoticeRefused,
    NoticeSigned,
    NoticeUsed,
    NoticeWithdrawn,
)
from medoffice.billing.eligibility import (
    About,
    AnsweredDays,
    AnsweredPerson,
    AnswerReceived,
    EligibilityAnswer,
    EligibilityInquiry,
    InquiredPerson,
    InquiryPrepared,
    InquiryRefused,
    InquirySettled,
    InquiryTraced,
    Network,
    Period,
    Permit,
    PermitKind,
    PermitNoted,
    PermitWithdrawn,
    Quantity,
    Rejection,
    Statement,
)
from medoffice.billing.eligibility import Level as BenefitLevel
from medoffice.billing.eligibility import Party as AnsweringParty
from medoffice.billing.eligibility.rejections import Level as RejectedLevel
from medoffice.billing.fees import AgreedAmount, PlannedPrice, PlannedService, VisitPlanned
from medoffice.billing.fees import Edition as TableEdition
from medoffice.billing.good_faith import (
    ClaimWishNoted,
    Cover,
    EstimateIssued,
    EstimateRequested,
    ExpectedItem,
    ExpectedProvider,
    GoodFaithEstimate,
    Recurrence,
    Way,
)
from medoffice.billing.payment_plan import Instalment, PaymentPlan, PlanTerms
from medoffice.checkin.messages import AlreadyHere, CheckedIn, TurnedAway
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
from medoffice.core import (
    EIN,
    ICD10CM,
    MRN,
    NPI,
    ActorId,
    Address,
    AppointmentId,
    Cite,
    CoverageId,
    CPTCode,
    DateRange,
    Email,
    Explained,
    Finding,
    HCPCSCode,
    Language,
    MemberId,
    Money,
    Patient,
    PatientId,
    PayerId,
    PaymentId,
    Percent,
    PersonName,
    Phone,
    Provider,
    Refused,
    ResourceId,
    Severity,
    Sex,
    Step,
    TaskId,
    Taxonomy,
    TimeSlot,
    Trace,
)
from medoffice.ports.tables import LoadedTable
from medoffice.scheduling import (
    AnyOf,
    Appointment,
    Booked,
    Cancelled,
    Hours,
    Modality,
    Moved,
    OneOf,
    Status,
    VisitType,
    Weekly,
    WeeklyTemplate,
    flow,
    recalls,
    reminders,
    resources,
)
from medoffice.scheduling import waitlist as waiting
from medoffice.scheduling.book.events import (
    Event,
    HoldExpired,
    HoldReleased,
    NoShowNoted,
    OfferAccepted,
    OfferDeclined,
    OfferExpired,
    OfferMade,
    OfferWithdrawn,
    Party,
    SeriesBooked,
    StatusChanged,
    TimeHeld,
    VisitBooked,
    VisitCancelled,
    VisitConfirmed,
    VisitMoved,
    WalkInAdded,
)
from medoffice.scheduling.book.holds import Hold, HoldStatus, Offer, OfferStatus
from medoffice.scheduling.book.ids import HoldId, OfferId, SeriesId
from medoffice.scheduling.book.outcomes import (
    BookedSeries,
    CalledOff,
    Changed,
    Conflict,
    Declined,
    Held,
    Offered,
    RefusedSeries,
    Released,
)
from medoffice.scheduling.calendar import Absence, Closure, SpecialDay
from medoffice.scheduling.noshow import (
    Edition,
    FittedFactor,
    Level,
    ModelFitted,
    NoShowModel,
    OwnRecord,
    write_model,
)
from medoffice.scheduling.search import FreeSlot
from medoffice.scheduling.waitlist import facts as told
from medoffice.wire.json import SCHEMAS, Schema, decode, encode
from medoffice.wire.schemas import Registry
from medoffice.workflows.collection import Receipt

FOLDER: Final = Path(__file__).parent / "golden"
NAME: Final = re.compile(r"(?P<schema>[a-z-]+)-(?P<version>[1-9][0-9]*)(-sparse)?")

PATIENT: Final = Patient(
    id=PatientId("pt-0001"),
    name=PersonName(family="Núñez-O’Brien", given="Zoë", middle="de los Ángeles", suffix="Jr"),
    birth_date=date(1956, 2, 29),
    sex=Sex.FEMALE,
    mrn=MRN("A12/34.5"),
    phone=Phone("3125550142"),
    email=Email("zoë@example.org"),
    address=Address(street="12 Elm St", unit="Apt 3", city="Chicago", state="IL", zip_code="60601-1234"),
    language=Language("es-US"),
    wants_interpreter=True,
)
APPOINTMENT: Final = Appointment(
    id=AppointmentId("apt-0001"),
    patient=PatientId("pt-0001"),
    visit_type="new-patient",
    slot=TimeSlot.parse("2026-11-01T05:30:00Z/2026-11-01T06:30:00Z"),
    occupied=TimeSlot.parse("2026-11-01T05:20:00Z/2026-11-01T06:45:00.000001Z"),
    resources=(ResourceId("dr-okafor"), ResourceId("room-2")),
    status=Status.CHECKED_IN,
    reason='a "[cough]" for 3 weeks\nand a fever',
    modality=Modality.TELEHEALTH,
    location="west-side",
    is_new_patient=True,
    shared=(ResourceId("dr-okafor"),),
    seats=8,
    series="ser-0001",
    revision=7,
)
OLD_APPOINTMENT: Final = attrs.evolve(
    APPOINTMENT,
    modality=Modality.IN_PERSON,
    location="",
    is_new_patient=False,
    shared=(),
    seats=1,
    series="",
)
SPARSE_APPOINTMENT: Final = Appointment(
    id=AppointmentId("a"),
    patient=PatientId("p"),
    visit_type="",
    slot=TimeSlot.parse("2026-11-24T14:00:00Z/2026-11-24T14:30:00Z"),
    occupied=TimeSlot.parse("2026-11-24T14:00:00Z/2026-11-24T14:30:00Z"),
    resources=(ResourceId("r"),),
)

HOLD: Final = Hold(
    id=HoldId("hold-1"),
    visit_type="new-patient",
    slot=TimeSlot.parse("2026-11-24T14:00:00Z/2026-11-24T14:30:00Z"),
    occupied=TimeSlot.parse("2026-11-24T13:55:00Z/2026-11-24T14:40:00Z"),
    resources=(ResourceId("dr-okafor"), ResourceId("exam-1")),
    made=datetime(2026, 11, 23, 9, tzinfo=UTC),
    until=datetime(2026, 11, 23, 9, 10, tzinfo=UTC),
    patient=PatientId("pt-0001"),
    modality=Modality.TELEHEALTH,
    location="west-side",
    is_new_patient=True,
    seats=8,
    status=HoldStatus.EXPIRED,
)
SPARSE_HOLD: Final = Hold(
    id=HoldId("h"),
    visit_type="a",
    slot=HOLD.slot,
    occupied=HOLD.slot,
    resources=(ResourceId("r"),),
    made=HOLD.made,
    until=HOLD.until,
)
OFFER: Final = Offer(
    id=OfferId("offer-1"),
    hold=HoldId("hold-1"),
    patient=PatientId("pt-0001"),
    made=datetime(2026, 11, 23, 9, tzinfo=UTC),
    until=datetime(2026, 11, 23, 12, tzinfo=UTC),
    instead_of=AppointmentId("apt-0001"),
    status=OfferStatus.ACCEPTED,
    appointment=AppointmentId("apt-0001"),
)
SPARSE_OFFER: Final = Offer(
    id=OfferId("o"), hold=HoldId("h"), patient=PatientId("p"), made=OFFER.made, until=OFFER.until
)
FINDING: Final = Finding(
    code="SCH001",
    severity=Severity.ERROR,
    message="the time is taken",
    where="resource dr-okafor",
    fix="Search again and offer another time.",
)
CONFLICT: Final = Conflict(
    index=2,
    start=datetime(2026, 12, 1, 14, tzinfo=UTC),
    findings=(FINDING,),
    nearest=(
        FreeSlot(
            visit="new-patient",
            slot=HOLD.slot,
            occupied=HOLD.occupied,
            resources=HOLD.resources,
            lead=ResourceId("dr-okafor"),
            modality=Modality.TELEHEALTH,
            location="west-side",
            seats=8,
            seats_left=3,
        ),
        FreeSlot(
            visit="a",
            slot=HOLD.slot,
            occupied=HOLD.slot,
            resources=(ResourceId("r"),),
            lead=ResourceId("r"),
        ),
    ),
)
SPARSE_CONFLICT: Final = Conflict(index=0, start=CONFLICT.start, findings=(FINDING,))
STRETCH: Final = Hours(weekday=1, opens=time(8), closes=time(9))
NOTED: Final[Any] = {"at": datetime(2026, 11, 24, 15, tzinfo=UTC), "seq": 12, "by": ActorId("cli-ann")}
BARE: Final[Any] = {"at": NOTED["at"]}
APT: Final = AppointmentId("apt-0001")
BOOK_FACTS: Final[dict[str, tuple[Event, Event]]] = {
    "time-held": (TimeHeld(hold=HOLD, **NOTED), TimeHeld(hold=SPARSE_HOLD, **BARE)),
    "hold-released": (HoldReleased(hold=HOLD.id, **NOTED), HoldReleased(hold=HOLD.id, **BARE)),
    "hold-expired": (HoldExpired(hold=HOLD.id, **NOTED), HoldExpired(hold=HOLD.id, **BARE)),
    "offer-made": (OfferMade(offer=OFFER, **NOTED), OfferMade(offer=SPARSE_OFFER, **BARE)),
    "offer-accepted": (
        OfferAccepted(offer=OFFER.id, appointment=APT, **NOTED),
        OfferAccepted(offer=OFFER.id, appointment=APT, **BARE),
    ),
    "offer-declined": (OfferDeclined(offer=OFFER.id, **NOTED), OfferDeclined(offer=OFFER.id, **BARE)),
    "offer-expired": (OfferExpired(offer=OFFER.id, **NOTED), OfferExpired(offer=OFFER.id, **BARE)),
    "offer-withdrawn": (OfferWithdrawn(offer=OFFER.id, **NOTED), OfferWithdrawn(offer=OFFER.id, **BARE)),
    "visit-booked": (
        VisitBooked(appointment=APPOINTMENT, hold=HOLD.id, **NOTED),
        VisitBooked(appointment=SPARSE_APPOINTMENT, **BARE),
    ),
    "walk-in-added": (
        WalkInAdded(appointment=APPOINTMENT, **NOTED),
        WalkInAdded(appointment=SPARSE_APPOINTMENT, **BARE),
    ),
    "visit-confirmed": (
        VisitConfirmed(appointment=APT, **NOTED),
        VisitConfirmed(appointment=APT, **BARE),
    ),
    "visit-moved": (
        VisitMoved(appointment=APPOINTMENT, previous=HOLD.slot, notice=-5, hold=HOLD.id, **NOTED),
        VisitMoved(appointment=SPARSE_APPOINTMENT, previous=HOLD.slot, notice=90, **BARE),
    ),
    "visit-cancelled": (
        VisitCancelled(
            appointment=APT, reason="no-ride", party=Party.OFFICE, notice=30, is_late=True, **NOTED
        ),
        VisitCancelled(appointment=APT, notice=30, is_late=False, **BARE),
    ),
    "no-show-noted": (NoShowNoted(appointment=APT, **NOTED), NoShowNoted(appointment=APT, **BARE)),
    "status-changed": (
        StatusChanged(appointment=APT, to=Status.ARRIVED, **NOTED),
        StatusChanged(appointment=APT, to=Status.ENTERED_IN_ERROR, **BARE),
    ),
    "series-booked": (
        SeriesBooked(
            series=SeriesId("ser-1"),
            appointments=(APT, AppointmentId("apt-0002")),
            skipped=(datetime(2026, 12, 1, 14, tzinfo=UTC),),
            **NOTED,
        ),
        SeriesBooked(series=SeriesId("ser-1"), appointments=(APT,), **BARE),
    ),
}

ENTRY: Final = waiting.Entry(
    id=waiting.EntryId("entry-1"),
    patient=PatientId("pt-0001"),
    visit="new-patient",
    joined=datetime(2026, 11, 1, 9, tzinfo=UTC),
    is_new_patient=True,
    urgency=waiting.Urgency.URGENT,
    days=DateRange(date(2026, 11, 2), date(2026, 12, 31)),
    times=Weekly(zone=ZoneInfo("America/Chicago"), hours=(STRETCH,)),
    providers=("dr-okafor", "dr-lee"),
    locations="west-side",
    modalities=Modality.IN_PERSON,
    current=waiting.CurrentVisit(APT, HOLD.slot),
    channels=("sms", "email"),
)
SPARSE_ENTRY: Final = waiting.Entry(
    id=waiting.EntryId("e"), patient=PatientId("p"), visit="a", joined=ENTRY.joined
)
FREED: Final = waiting.FreedSlot(
    id=waiting.FreedSlotId("freed-1"),
    slot=HOLD.slot,
    occupied=HOLD.occupied,
    resources=("dr-okafor", "exam-1"),
    freed=datetime(2026, 11, 22, 9, tzinfo=UTC),
    visit_types=("follow-up", "new-patient"),
    modalities=Modality.TELEHEALTH,
    location="west-side",
    new_patients=True,
)
SPARSE_FREED: Final = waiting.FreedSlot(
    id=waiting.FreedSlotId("f"), slot=HOLD.slot, occupied=HOLD.slot, resources=("r",), freed=FREED.freed
)
KEY: Final = waiting.OfferKey(FREED.id, ENTRY.id)
ASKED: Final = waiting.Offer(
    key=KEY,
    patient=ENTRY.patient,
    visit="new-patient",
    time=HOLD.slot,
    modality=Modality.IN_PERSON,
    location="west-side",
    wave=2,
    made=datetime(2026, 11, 22, 10, tzinfo=UTC),
    answer_by=datetime(2026, 11, 22, 12, tzinfo=UTC),
    ranking=waiting.Ranking(ENTRY.id, (waiting.Part("urgency", 400, "the clinician said urgent"),)),
    place=1,
    among=12,
)
SPARSE_ASKED: Final = attrs.evolve(ASKED, location="", ranking=waiting.Ranking(ENTRY.id, ()))
LATER: Final = datetime(2026, 11, 24, 13, tzinfo=UTC)
WAITLIST_FACTS: Final[dict[str, tuple[object, object] | tuple[object]]] = {
    "entry-joined": (
        told.EntryJoined(at=LATER, entry=ENTRY),
        told.EntryJoined(at=LATER, entry=SPARSE_ENTRY),
    ),
    "entry-changed": (told.EntryChanged(at=LATER, entry=ENTRY),),
    "entry-paused": (
        told.EntryPaused(at=LATER, entry=ENTRY.id, until=LATER),
        told.EntryPaused(at=LATER, entry=ENTRY.id, until=None),
    ),
    "entry-resumed": (told.EntryResumed(at=LATER, entry=ENTRY.id),),
    "entry-left": (told.EntryLeft(at=LATER, entry=ENTRY.id),),
    "slot-opened": (
        told.SlotOpened(at=LATER, freed=FREED, until=LATER, due=LATER),
        told.SlotOpened(at=LATER, freed=SPARSE_FREED, until=LATER, due=LATER),
    ),
    "wave-sent": (
        told.WaveSent(at=LATER, slot=FREED.id, offers=(ASKED, SPARSE_ASKED), due=LATER),
        told.WaveSent(at=LATER, slot=FREED.id, offers=(), due=LATER),
    ),
    "slot-waits": (
        told.SlotWaits(at=LATER, slot=FREED.id, due=LATER, because=("WTL001", "WTL002")),
        told.SlotWaits(at=LATER, slot=FREED.id, due=LATER),
    ),
    "offer-taken": (told.OfferTaken(at=LATER, offer=KEY),),
    "offer-declined": (told.OfferDeclined(at=LATER, offer=KEY, rests_until=LATER),),
    "offer-ran-out": (told.OfferRanOut(at=LATER, offer=KEY),),
    "offer-taken-back": (told.OfferTakenBack(at=LATER, offer=KEY, because="filled"),),
    "yes-came-late": (told.YesCameLate(at=LATER, offer=KEY),),
    "slot-placed": (told.SlotPlaced(at=LATER, slot=FREED.id, entry=ENTRY.id),),
    "slot-handed-over": (told.SlotHandedOver(at=LATER, slot=FREED.id, because=("WTL001",)),),
    "slot-closed": (told.SlotClosed(at=LATER, slot=FREED.id, because="closed"),),
    "slot-lapsed": (told.SlotLapsed(at=LATER, slot=FREED.id),),
}

TASK: Final = flow.CheckOutTask(
    code="referral-1",
    kind=flow.TaskKind.REFERRAL,
    is_must=True,
    may_be_declined=False,
    weeks=6,
    amount=Money(40_00),
    detail="cardiology, Dr. Ng",
)
SPARSE_TASK: Final = flow.CheckOutTask(code="form-1", kind=flow.TaskKind.FORM, is_must=False)
HERE: Final = (APT, datetime(2026, 11, 24, 15, 5, tzinfo=UTC))
NURSE: Final = ActorId("nurse-kim")
LEE: Final = ResourceId("dr-lee")
FLOW_FACTS: Final[dict[str, tuple[flow.Fact, ...]]] = {
    "patient-arrived": (flow.PatientArrived(*HERE),),
    "checked-in": (flow.CheckedIn(*HERE),),
    "roomed": (flow.Roomed(*HERE, ResourceId("exam-1")),),
    "provider-entered": (flow.ProviderEntered(*HERE, LEE),),
    "provider-left": (flow.ProviderLeft(*HERE, LEE),),
    "went-to-ancillary": (flow.WentToAncillary(*HERE, ResourceId("lab")),),
    "returned-from-ancillary": (flow.ReturnedFromAncillary(*HERE),),
    "check-out-begun": (flow.CheckOutBegun(*HERE),),
    "patient-left": (flow.PatientLeft(*HERE),),
    "left-without-being-seen": (flow.LeftWithoutBeingSeen(*HERE),),
    "corrected": (flow.Corrected(*HERE, flow.Misstep.WRONG_PATIENT, NURSE),),
    "triaged": (flow.Triaged(*HERE, 3, NURSE),),
    "task-raised": (flow.TaskRaised(*HERE, TASK), flow.TaskRaised(*HERE, SPARSE_TASK)),
    "task-settled": (
        flow.TaskSettled(*HERE, "referral-1", flow.Settlement.DEFERRED, NURSE, "the fax is down"),
        flow.TaskSettled(*HERE, "form-1", flow.Settlement.DONE, NURSE),
    ),
}

REMINDER: Final = reminders.ReminderKey(appointment=APT, starts=HOLD.slot.start, step="ask")
WHO: Final[Any] = {"at": LATER, "patient": PatientId("pt-0001"), "channel": reminders.Channel.TEXT}
REMINDER_FACTS: Final[dict[str, tuple[reminders.Fact, ...]]] = {
    "sent": (
        reminders.ReminderSent(key=REMINDER, asks=True, **WHO),
        reminders.ReminderSent(key=REMINDER, **WHO),
    ),
    "failed": (reminders.ReminderFailed(key=REMINDER, **WHO),),
    "reply-received": (
        reminders.ReplyReceived(reply=reminders.Stop(), about=REMINDER, text="No más", **WHO),
        reminders.ReplyReceived(reply=reminders.Unclear(), **WHO),
    ),
    "reply-settled": (
        reminders.ReplySettled(reply=reminders.Stop(may_mean_visit=True), about=REMINDER, **WHO),
        reminders.ReplySettled(reply=reminders.Unclear(may_mean_stop=True), **WHO),
    ),
    "consent-given": (reminders.ConsentGiven(**WHO),),
    "consent-ended": (reminders.ConsentEnded(**WHO),),
}

PATIENT_ID: Final = PatientId("pt-0001")
DAY: Final = date(2026, 11, 24)
UNDER: Final[Any] = {"on": DAY, "patient": PATIENT_ID, "rule": "diabetes-check"}
RECALL_FACTS: Final[dict[str, tuple[recalls.Fact, ...]]] = {
    "visit-booked": (
        recalls.VisitBooked(
            on=DAY, patient=PATIENT_ID, appointment=APT, kind="follow-up", day=date(2026, 12, 1)
        ),
    ),
    "visit-moved": (recalls.VisitMoved(on=DAY, appointment=APT, day=date(2026, 12, 2)),),
    "visit-cancelled": (recalls.VisitCancelled(on=DAY, appointment=APT),),
    "visit-missed": (recalls.VisitMissed(on=DAY, appointment=APT),),
    "visit-done": (
        recalls.VisitDone(on=DAY, patient=PATIENT_ID, kind="follow-up", day=DAY, appointment=APT),
        recalls.VisitDone(on=DAY, patient=PATIENT_ID, kind="follow-up", day=DAY),
    ),
    "ordered": (recalls.RecallOrdered(due=date(2027, 2, 28), **UNDER),),
    "tried": (
        recalls.RecallTried(channel=reminders.Channel.VOICE, outcome=recalls.Outcome.MESSAGE_LEFT, **UNDER),
        recalls.RecallTried(channel=reminders.Channel.LETTER, **UNDER),
    ),
    "declined": (recalls.RecallDeclined(**UNDER),),
    "ended": (recalls.RecallEnded(**UNDER),),
    "patient-left": (recalls.PatientLeft(on=DAY, patient=PATIENT_ID, absence=recalls.Absence.DECEASED),),
    "patient-back": (recalls.PatientBack(on=DAY, patient=PATIENT_ID),),
}


MODEL: Final = ModelFitted(
    at=datetime(2026, 11, 24, 15, tzinfo=UTC),
    text=write_model(
        NoShowModel(
            edition=Edition(
                fitted_on=date(2026, 11, 24),
                window=TimeSlot.parse("2025-01-02T14:00:00Z/2026-10-30T20:00:00.000001Z"),
                horizon=timedelta(days=1),
                prior_spread=1.0,
            ),
            visits=6000,
            missed=851,
            average=-2.0123456789012345,
            record=(OwnRecord(slope=1.5, error=0.25, centre=-1.75, weight=4.0),),
            factors=(
                FittedFactor(
                    "weekday", (Level(name="monday", log_odds=0.125, error=0.0625, visits=1200, missed=190),)
                ),
            ),
        )
    ),
    is_usable=True,
    report="2000 visits, 14.0% missed, 14.2% expected\nAUC 0.7500",
    findings=(FINDING,),
)


def documents(wing: str, facts: dict[str, tuple[Any, ...]]) -> dict[str, object]:
    """The values of the files of some facts: a full one, and a sparse one where a fact can be sparse."""
    return {
        f"{wing}-{name}-1{end}": value
        for name, some in facts.items()
        for value, end in zip(some, ("", "-sparse"), strict=False)
    }


VALUES: Final[dict[str, object]] = {
    "calendar-provider-1": resources.Provider(
        "dr-okafor",
        weekly=Weekly(
            zone=ZoneInfo("America/Chicago"),
            hours=(STRETCH,),
            effective=DateRange(date(2026, 1, 1), date(2026, 12, 31)),
            every=2,
        ),
        tags=("pediatrics", "family-medicine"),
        location="west-side",
    ),
    "calendar-provider-1-sparse": resources.Provider("r"),
    "room-1": resources.Room(
        "exam-1",
        weekly=Weekly(zone=ZoneInfo("UTC"), hours=()),
        tags="exam-room",
        location="west-side",
    ),
    "room-1-sparse": resources.Room("r"),
    "equipment-1": resources.Equipment(
        "ekg-1", weekly=Weekly(zone=ZoneInfo("UTC"), hours=()), tags="ekg", location="west-side"
    ),
    "equipment-1-sparse": resources.Equipment("r"),
    "closure-1": Closure(
        days=DateRange(date(2026, 12, 24), date(2026, 12, 26)),
        name="Winter break",
        location="west-side",
        resources=frozenset({ResourceId("exam-2"), ResourceId("exam-1")}),
    ),
    "closure-1-sparse": Closure(days=date(2026, 11, 26), name="Thanksgiving Day"),
    "absence-1": Absence("dr-okafor", HOLD.slot, "training"),
    "absence-1-sparse": Absence("dr-okafor", HOLD.slot),
    "special-day-1": SpecialDay(
        resource="dr-okafor", day=date(2026, 11, 24), hours=(STRETCH,), is_extra=True
    ),
    "special-day-1-sparse": SpecialDay(resource="dr-okafor", day=date(2026, 11, 24)),
    "hold-1": HOLD,
    "hold-1-sparse": SPARSE_HOLD,
    "offer-1": OFFER,
    "offer-1-sparse": SPARSE_OFFER,
    **{f"book-{name}-1": full for name, (full, _) in BOOK_FACTS.items()},
    **{f"waitlist-{name}-1": some[0] for name, some in WAITLIST_FACTS.items()},
    **{f"waitlist-{name}-1-sparse": some[1] for name, some in WAITLIST_FACTS.items() if len(some) > 1},
    **{f"book-{name}-1-sparse": sparse for name, (_, sparse) in BOOK_FACTS.items()},
    **documents("flow", FLOW_FACTS),
    **documents("reminder", REMINDER_FACTS),
    **documents("recall", RECALL_FACTS),
    "no-show-model-1": MODEL,
    "no-show-model-1-sparse": ModelFitted(at=NOTED["at"], text=MODEL.text, is_usable=False),
    "patient-1": attrs.evolve(
        PATIENT,
        wants_interpreter=False,
        address=Address(street="12 Elm St", city="Chicago", state="IL", zip_code="60601"),
    ),
    "patient-2": PATIENT,
    "patient-2-sparse": Patient(
        id=PatientId("p"), name=PersonName(family="李"), birth_date=date(1, 1, 1), language=Language("en")
    ),
    "provider-1": Provider(
        id=ResourceId("dr-okafor"),
        name=PersonName(family="Okafor", given="Ruth"),
        npi=NPI("1234567893"),
        taxonomy=Taxonomy("207Q00000X"),
        credentials="MD",
    ),
    "provider-1-sparse": Provider(id=ResourceId("r"), name=PersonName(family="Ng"), npi=NPI("1234567893")),
    "appointment-1": OLD_APPOINTMENT,
    "appointment-1-sparse": SPARSE_APPOINTMENT,
    "appointment-2": APPOINTMENT,
    "appointment-2-sparse": SPARSE_APPOINTMENT,
    "visit-type-1": VisitType(
        code="new-patient", name="New patient", minutes=40, buffer_before=10, buffer_after=15
    ),
    "visit-type-1-sparse": VisitType(code="lab", name="Lab", minutes=1),
    "visit-type-2": VisitType(
        code="new-patient",
        name="New patient",
        minutes=40,
        buffer_before=10,
        buffer_after=15,
        new_patient_minutes=60,
        needs=(
            OneOf("dr-okafor", "np-lindqvist"),
            AnyOf("exam-room", modality=Modality.IN_PERSON),
            OneOf("ekg-2", modality=Modality.IN_PERSON),
            AnyOf("interpreter"),
        ),
        capacity=8,
        modalities=(Modality.TELEHEALTH, Modality.IN_PERSON),
        specialty="family-medicine",
        is_complex=True,
    ),
    "visit-type-2-sparse": VisitType(code="lab", name="Lab", minutes=1),
    "weekly-template-1": WeeklyTemplate(
        resource=ResourceId("dr-okafor"),
        zone=ZoneInfo("America/Argentina/Buenos_Aires"),
        hours=(
            Hours(weekday=6, opens=time(8), closes=time(12, 30), visit_types=frozenset({"b", "a", "c"})),
            Hours(weekday=1, opens=time(13, 0, 0, 5), closes=time(0)),
        ),
        effective=DateRange(date(2026, 1, 1), date(2026, 12, 31)),
    ),
    "weekly-template-1-sparse": WeeklyTemplate(
        resource=ResourceId("r"), zone=ZoneInfo("UTC"), hours=(), effective=DateRange(date(2026, 1, 1))
    ),
    "weekly-template-2": WeeklyTemplate(
        resource=ResourceId("dr-okafor"),
        zone=ZoneInfo("America/Argentina/Buenos_Aires"),
        hours=(
            Hours(weekday=6, opens=time(8), closes=time(12, 30), visit_types=frozenset({"b", "a", "c"})),
            Hours(
                weekday=0,
                opens=time(8),
                closes=time(9),
                modalities=frozenset(Modality),
                location="west-side",
                nth=frozenset({3, 1, -1}),
            ),
            Hours(weekday=1, opens=time(13, 0, 0, 5), closes=time(0)),
        ),
        effective=DateRange(date(2026, 1, 1), date(2026, 12, 31)),
        every=2,
    ),
    "weekly-template-2-sparse": WeeklyTemplate(
        resource=ResourceId("r"), zone=ZoneInfo("UTC"), hours=(), effective=DateRange(date(2026, 1, 1))
    ),
    "beneficiary-notice-given-1": NoticeGiven(
        at=datetime(2026, 11, 24, 15, 2, tzinfo=UTC),
        on=date(2026, 11, 24),
        patient=PatientId("pt-0001"),
        number=2,
        appointment=AppointmentId("apt-0001"),
        lines=(
            NoticeLine(
                service=HCPCSCode("G0103"),
                words="PSA blood test",
                reason=DenialReason.TOO_FREQUENT,
                estimate=CostEstimate(at_least=Money(25_00), at_most=Money(60_01)),
            ),
            NoticeLine(
                service=CPTCode("82306"),
                words="blood test",
                reason=DenialReason.NOT_NECESSARY,
                estimate=CostEstimate(at_least=Money.zero, at_most=Money(45_00)),
            ),
        ),
        form_expires=date(2029, 3, 31),
        delivery=Delivery.TELEPHONE,
        repeats=True,
        by=ActorId("desk-1"),
    ),
    "beneficiary-notice-given-1-sparse": NoticeGiven(
        at=datetime(2026, 1, 1, tzinfo=UTC),
        on=date(2026, 1, 1),
        patient=PatientId("p"),
        number=1,
        lines=(
            NoticeLine(
                service=HCPCSCode("G0103"),
                words="test",
                reason=DenialReason.EXCLUDED,
                estimate=CostEstimate(at_least=Money(1), at_most=Money(1)),
            ),
        ),
        form_expires=date(2026, 1, 31),
        by=ActorId("d"),
    ),
    "beneficiary-notice-signed-1": NoticeSigned(
        at=datetime(2026, 11, 24, 15, 3, tzinfo=UTC),
        on=date(2026, 11, 24),
        patient=PatientId("pt-0001"),
        number=2,
        signed_on=date(2026, 11, 23),
        option=NoticeOption.DECLINE,
        seen_by=ActorId("desk-1"),
        by_representative=True,
    ),
    "beneficiary-notice-signed-1-sparse": NoticeSigned(
        at=datetime(2026, 1, 1, tzinfo=UTC),
        on=date(2026, 1, 1),
        patient=PatientId("p"),
        number=1,
        signed_on=date(2026, 1, 1),
        option=NoticeOption.BILL_MEDICARE,
        seen_by=ActorId("d"),
    ),
    "beneficiary-notice-refused-1": NoticeRefused(
        at=datetime(2026, 11, 24, 15, 3, tzinfo=UTC),
        on=date(2026, 11, 24),
        patient=PatientId("pt-0001"),
        number=2,
        refused_on=date(2026, 11, 24),
        witnesses=(ActorId("nurse-1"), ActorId("desk-2")),
        wants_service=True,
    ),
    "beneficiary-notice-used-1": NoticeUsed(
        at=datetime(2026, 11, 24, 16, tzinfo=UTC),
        on=date(2026, 11, 24),
        patient=PatientId("pt-0001"),
        number=2,
        service=HCPCSCode("G0103"),
        appointment=AppointmentId("apt-0001"),
    ),
    "beneficiary-notice-withdrawn-1": NoticeWithdrawn(
        at=datetime(2026, 11, 24, 16, tzinfo=UTC),
        on=date(2026, 11, 24),
        patient=PatientId("pt-0001"),
        number=2,
    ),
    "good-faith-claim-wish-noted-1": ClaimWishNoted(
        on=date(2026, 11, 24),
        patient=PatientId("pt-0001"),
        appointment=AppointmentId("apt-0001"),
        claim_wanted=False,
        cover=Cover.FEDERAL_EMPLOYEES,
    ),
    "good-faith-claim-wish-noted-1-sparse": ClaimWishNoted(
        on=date(2026, 1, 1), patient=PatientId("p"), appointment=AppointmentId("a"), claim_wanted=True
    ),
    "good-faith-estimate-requested-1": EstimateRequested(
        on=date(2026, 11, 24), patient=PatientId("pt-0001"), appointment=AppointmentId("apt-0001")
    ),
    "good-faith-estimate-issued-1": EstimateIssued(
        on=date(2026, 11, 24),
        number=2,
        patient=PatientId("pt-0001"),
        appointment=AppointmentId("apt-0001"),
        estimate=GoodFaithEstimate(
            patient=PersonName(family="Núñez", given="Ana", middle="María", suffix="Jr"),
            birth_date=date(1987, 2, 3),
            issued_on=date(2026, 11, 24),
            service_on=date(2026, 12, 8),
            primary="Physical therapy",
            providers=(
                ExpectedProvider(
                    name="Ruth Okafor, MD (Northside)",
                    npi=NPI("1234567893"),
                    tax_id=EIN("123456789"),
                    state="IL",
                    place="1200 Prairie Avenue, Springfield, IL",
                    items=(
                        ExpectedItem(
                            service=CPTCode("99213"),
                            words="visit",
                            diagnoses=(ICD10CM("M54.50"), ICD10CM("I10")),
                            units=10,
                            charge=Money(1_450_00),
                        ),
                        ExpectedItem(service=HCPCSCode("G0283"), words="stimulation", charge=Money.zero),
                    ),
                ),
            ),
            separately=("an X-ray of the lower back",),
            recurrence=Recurrence(every="once a week", times=10, last_on=date(2027, 2, 9)),
            left_out=("the laboratory",),
        ),
        way=Way.ELECTRONIC,
        told=True,
        owed_by=date(2026, 11, 25),
    ),
    "good-faith-estimate-issued-1-sparse": EstimateIssued(
        on=date(2026, 1, 1),
        number=1,
        patient=PatientId("p"),
        appointment=AppointmentId("a"),
        estimate=GoodFaithEstimate(
            patient=PersonName(family="Ng"),
            birth_date=date(1931, 7, 19),
            issued_on=date(2026, 1, 1),
            primary="Lab",
            providers=(
                ExpectedProvider(
                    name="N",
                    npi=NPI("1234567893"),
                    tax_id=EIN("000000000"),
                    state="TX",
                    items=(ExpectedItem(service=HCPCSCode("G0439"), words="lab", charge=Money(1)),),
                ),
            ),
        ),
    ),
    "planned-line-1": PlannedLine(
        service="office-visit", charge=Money(999_999_999_999_999), allowed=Money(95_01)
    ),
    "planned-line-1-sparse": PlannedLine(service="lab", charge=Money.zero),
    "planned-line-2": PlannedLine(
        service="lab",
        charge=Money(9501),
        allowed=Money(4000),
        tier="out-of-network",
        balance_billed=True,
    ),
    "planned-line-2-sparse": PlannedLine(service="lab", charge=Money.zero),
    "planned-line-3": PlannedLine(
        service="lab",
        charge=Money(9501),
        allowed=Money(4000),
        unsettled=("flat-rate-may-be-reduced",),
        agreed=(
            AgreedAmount(
                payer=PayerId("PRAIRI"), amount=Money(4000), unsettled=("flat-rate-may-be-reduced",)
            ),
            AgreedAmount(payer=PayerId("LAKE01"), amount=Money(3999)),
        ),
    ),
    "planned-line-3-sparse": PlannedLine(service="lab", charge=Money.zero),
    "visit-planned-1": VisitPlanned(
        appointment=AppointmentId("apt-0001"),
        prices=(
            PlannedPrice(
                service=PlannedService(
                    service="office-procedure", code="20610", modifiers=("50", "LT"), units=2
                ),
                line=PlannedLine(service="office-procedure", charge=Money(50_000), allowed=Money(9501)),
                charge=Explained(
                    Money(50_000),
                    trace=Trace(
                        (
                            Step(
                                "charge",
                                "The office's own price",
                                amount=Money(50_000),
                                why="2 x $250.00",
                                cites=(Cite("price list", "January 2026", url="https://example.org"),),
                            ),
                        )
                    ),
                ),
                allowed=Explained(
                    Money(9501),
                    trace=Trace((Step("flat-rate", "Flat rate", amount=Money(9501)), Step("note", "Alone"))),
                    unknowns=("flat-rate-may-be-reduced",),
                ),
            ),
            PlannedPrice(
                service=PlannedService(service="lab", code="80053"),
                line=PlannedLine(
                    service="lab",
                    charge=Money.zero,
                    allowed=Money.zero,
                    tier="out-of-network",
                    balance_billed=True,
                ),
                charge=Explained(Money.zero, trace=Trace(())),
                why_not="carved out",
            ),
        ),
    ),
    "visit-planned-1-sparse": VisitPlanned(
        appointment=AppointmentId("a"),
        prices=(
            PlannedPrice(
                service=PlannedService(service="lab", code="A0021"),
                line=PlannedLine(service="lab", charge=Money.zero),
                charge=Explained(Money.zero, trace=Trace(())),
            ),
        ),
    ),
    "visit-planned-2": VisitPlanned(
        appointment=AppointmentId("apt-0001"),
        prices=(
            PlannedPrice(
                service=PlannedService(
                    service="office-procedure", code="20610", modifiers=("50", "LT"), units=2
                ),
                line=PlannedLine(
                    service="office-procedure",
                    charge=Money(50_000),
                    allowed=Money(9501),
                    unsettled=("flat-rate-may-be-reduced",),
                    agreed=(AgreedAmount(payer=PayerId("PRAIRI"), amount=Money(9501)),),
                ),
                charge=Explained(
                    Money(50_000),
                    trace=Trace(
                        (
                            Step(
                                "charge",
                                "The office's own price",
                                amount=Money(50_000),
                                why="2 x $250.00",
                                cites=(Cite("price list", "January 2026", url="https://example.org"),),
                            ),
                        )
                    ),
                ),
                allowed=Explained(
                    Money(9501),
                    trace=Trace((Step("flat-rate", "Flat rate", amount=Money(9501)), Step("note", "Alone"))),
                    unknowns=("flat-rate-may-be-reduced",),
                ),
            ),
            PlannedPrice(
                service=PlannedService(service="lab", code="80053"),
                line=PlannedLine(
                    service="lab",
                    charge=Money.zero,
                    allowed=Money.zero,
                    tier="out-of-network",
                    balance_billed=True,
                ),
                charge=Explained(Money.zero, trace=Trace(())),
                why_not="carved out",
            ),
        ),
    ),
    "visit-planned-2-sparse": VisitPlanned(
        appointment=AppointmentId("a"),
        prices=(
            PlannedPrice(
                service=PlannedService(service="lab", code="A0021"),
                line=PlannedLine(service="lab", charge=Money.zero),
                charge=Explained(Money.zero, trace=Trace(())),
            ),
        ),
    ),
    "loaded-table-1": LoadedTable(
        kind="rvu",
        part="non-qpp",
        edition=TableEdition(
            name="PPRRVU2026_Oct_nonQPP.csv",
            sha256="0123456789abcdef" * 4,
            rows=19_226,
            days=DateRange(date(2026, 10, 1), date(2026, 12, 31)),
        ),
        added_at=datetime(2026, 11, 25, 15, 30, tzinfo=UTC),
    ),
    "loaded-table-1-sparse": LoadedTable(
        kind="zip5",
        edition=TableEdition(name="z", sha256="0" * 64, rows=0, days=DateRange(date(2026, 1, 1))),
        added_at=datetime(2026, 11, 25, tzinfo=UTC),
    ),
    "verified-coverage-1": VerifiedCoverage(
        coverage=Coverage(
            id=CoverageId("cov-1"),
            patient=PatientId("pt-0001"),
            payer=Payer(PayerId("60054"), "Example Health"),
            plan="Example PPO",
            member_id=MemberId("W123456789"),
            effective=DateRange(date(2026, 1, 1), date(2026, 12, 31)),
            relation=Relation.CHILD,
            order=2,
        ),
        benefits=Benefits(
            benefits=(
                Benefit(
                    service="office-visit",
                    copay=Money(25_00),
                    coinsurance=Percent(Decimal("12.5")),
                    deductible_applies=True,
                ),
                Benefit(service="wellness", deductible_applies=False, is_preventive=True),
                Benefit(service="imaging"),
            ),
            remaining=Accumulators(
                deductible_remaining=Money(1_250_00), out_of_pocket_remaining=Money(4_000_01)
            ),
            order=CostShareOrder.DEDUCTIBLE_FIRST,
        ),
        verified_on=date(2026, 11, 23),
    ),
    "verified-coverage-1-sparse": VerifiedCoverage(
        coverage=Coverage(
            id=CoverageId("c"),
            patient=PatientId("p"),
            payer=Payer(PayerId("AB"), "A"),
            plan="",
            member_id=MemberId("12"),
            effective=DateRange(date(2026, 1, 1)),
        ),
        benefits=Benefits(benefits=(), remaining=Accumulators()),
        verified_on=date(2026, 1, 1),
    ),
    "verified-coverage-2": VerifiedCoverage(
        coverage=Coverage(
            id=CoverageId("cov-1"),
            patient=PatientId("pt-0001"),
            payer=Payer(PayerId("60054"), "Example Health"),
            plan="Example PPO",
            member_id=MemberId("W123456789"),
            effective=DateRange(date(2026, 1, 1), date(2026, 12, 31)),
            relation=Relation.CHILD,
            order=2,
        ),
        benefits=Benefits(
            benefits=(
                Benefit(
                    service="physical-therapy",
                    copay=Money(25_00),
                    coinsurance=Percent(Decimal("12.5")),
                    deductible_applies=True,
                    copay_to_deductible=True,
                    copay_to_out_of_pocket=False,
                    visits_remaining=7,
                    plan_pays_remaining=Money(1_500_00),
                    tier="tier-2",
                ),
                Benefit(service="wellness", is_preventive=True),
            ),
            remaining=Accumulators(
                deductible_remaining=Money(1_250_00),
                out_of_pocket_remaining=Money(4_000_01),
                family_deductible_remaining=Money(2_000_00),
                family_out_of_pocket_remaining=Money(8_000_00),
                family_deductible=FamilyLimit.EMBEDDED,
                family_out_of_pocket=FamilyLimit.AGGREGATE,
                self_only_limit_remaining=Money(9_000_00),
            ),
            order=CostShareOrder.DEDUCTIBLE_FIRST,
            tier_limits=(TierAccumulators("tier-2", Accumulators(deductible_remaining=Money.zero)),),
        ),
        verified_on=date(2026, 11, 23),
    ),
    "verified-coverage-2-sparse": VerifiedCoverage(
        coverage=Coverage(
            id=CoverageId("c"),
            patient=PatientId("p"),
            payer=Payer(PayerId("AB"), "A"),
            plan="",
            member_id=MemberId("12"),
            effective=DateRange(date(2026, 1, 1)),
        ),
        benefits=Benefits(benefits=(), remaining=Accumulators()),
        verified_on=date(2026, 1, 1),
    ),
    "verified-coverage-3": VerifiedCoverage(
        coverage=Coverage(
            id=CoverageId("cov-1"),
            patient=PatientId("pt-0001"),
            payer=Payer(PayerId("60054"), "Example Health"),
            plan="Example PPO",
            member_id=MemberId("W123456789"),
            effective=DateRange(date(2026, 1, 1), date(2026, 12, 31)),
            relation=Relation.CHILD,
            order=2,
            kind=CoverageKind.MEDICARE_ADVANTAGE,
            subscriber=Subscriber(
                name=PersonName(family="Núñez-O’Brien", given="Ana"),
                birth_date=date(1930, 2, 28),
                sex=Sex.FEMALE,
                address=Address(street="12 Elm St", city="Chicago", state="IL", zip_code="60601"),
            ),
            dependent_number="02",
            group_number="0042-A",
            group_name="Example Mills, Inc.",
            card=InsuranceCard(
                rx_bin="610014",
                rx_pcn="MEDDPRIME",
                rx_group="RX42",
                phones=(CardPhone("Member services", Phone("8005550142")),),
                copays=(PrintedCopay("PCP", Money(25_00)), PrintedCopay("ER", Money(250_00))),
            ),
            on_file_since=date(2026, 1, 5),
        ),
        benefits=Benefits(benefits=(), remaining=Accumulators()),
        verified_on=date(2026, 11, 23),
    ),
    "verified-coverage-3-sparse": VerifiedCoverage(
        coverage=Coverage(
            id=CoverageId("c"),
            patient=PatientId("p"),
            payer=Payer(PayerId("AB"), "A"),
            plan="",
            member_id=MemberId("12"),
            effective=DateRange(date(2026, 1, 1)),
            relation=Relation.SPOUSE,
            subscriber=Subscriber(name=PersonName(family="Li")),
            card=InsuranceCard(read_on=date(2026, 11, 20)),
        ),
        benefits=Benefits(benefits=(), remaining=Accumulators()),
        verified_on=None,
    ),
    "eligibility-inquiry-prepared-1": InquiryPrepared(
        coverage=CoverageId("cov-1"),
        patient=PatientId("pt-0001"),
        on=date(2026, 11, 25),
        inquiry=EligibilityInquiry(
            payer=Payer(PayerId("60054"), "Example Health"),
            provider_name="Northside Family Medicine",
            provider=NPI("1234567893"),
            subscriber=InquiredPerson(member_id=MemberId("W123456789")),
            dependent=InquiredPerson(
                name=PersonName(family="Núñez-O’Brien", given="Zoë"),
                birth_date=date(1956, 2, 29),
                sex=Sex.FEMALE,
            ),
            on=DateRange(date(2026, 11, 30), date(2026, 12, 4)),
            service_types=("30", "98", "UC"),
            trace="ELG00FF",
            origin="9123456789",
        ),
        appointment=AppointmentId("apt-0001"),
    ),
    "eligibility-inquiry-prepared-1-sparse": InquiryPrepared(
        coverage=CoverageId("c"),
        patient=PatientId("p"),
        on=date(2026, 11, 25),
        inquiry=EligibilityInquiry(
            payer=Payer(PayerId("AB"), "A"),
            provider_name="N",
            provider=NPI("1234567893"),
            subscriber=InquiredPerson(name=PersonName(family="Li")),
            on=date(2026, 11, 30),
            trace="T",
            origin="9123456789",
        ),
    ),
    "eligibility-inquiry-traced-1": InquiryTraced(CoverageId("cov-1"), PatientId("pt-0001")),
    "eligibility-inquiry-settled-1": InquirySettled(CoverageId("cov-1")),
    "eligibility-inquiry-refused-1": InquiryRefused(
        coverage=CoverageId("cov-1"),
        on=date(2026, 11, 25),
        trace="ELG00FF",
        findings=(
            Finding(
                code="PAY001",
                severity=Severity.ERROR,
                message="this gateway does not reach the payer",
                where="inquiry",
                fix="Ask by telephone.",
            ),
        ),
    ),
    "eligibility-answer-received-1": AnswerReceived(
        coverage=CoverageId("cov-1"),
        on=date(2026, 11, 26),
        trace="ELG00FF",
        answer=EligibilityAnswer(
            payer=AnsweringParty(
                role="PR",
                name="EXAMPLE HEALTH",
                qualifier="PI",
                number="60054",
                contacts=("8005550142", "https://example.org"),
            ),
            provider=AnsweringParty(role="1P", name="NORTHSIDE", qualifier="XX", number="1234567893"),
            subscriber=AnsweredPerson(
                family="NUNEZ",
                given="ANA",
                middle="M",
                suffix="JR",
                member_id="W123456789",
                birth_date=date(1930, 2, 28),
                sex="F",
                address=("12 ELM ST", "", "CHICAGO", "IL", "60601"),
                relation="18",
                references=(("6P", "0042-A"), ("18", "PLAN 1")),
            ),
            traces=("ELG00FF", "999"),
            days=(AnsweredDays(kind="346", start=date(2026, 1, 1)),),
            subscriber_days=(AnsweredDays(kind="291", start=date(2026, 1, 1), end=date(2026, 12, 31)),),
            answered_on=date(2026, 11, 26),
            statements=(
                Statement(about=About.ACTIVE, code="1", service_types=("30",), plan="EXAMPLE PPO"),
                Statement(about=About.OTHER, code="ZZ"),
                Statement(
                    about=About.LIMITATIONS,
                    code="F",
                    level=BenefitLevel.INDIVIDUAL,
                    service_types=("PT", "AD"),
                    insurance_type="HM",
                    plan="",
                    period=Period.CALENDAR_YEAR,
                    amount=Money(1_500_00),
                    percent=Percent(Decimal("12.5")),
                    quantities=(
                        Quantity(unit="VS", number=Decimal(12), period=Period.REMAINING, periods="1"),
                        Quantity(unit="VS", number=Decimal("20.5")),
                    ),
                    needs_authorization=True,
                    network=Network.IN,
                    procedure="HC:97110",
                    days=(AnsweredDays(kind="292", start=date(2026, 1, 1)),),
                    places=("11",),
                    references=(("9F", "R 1"),),
                    messages=("“call” first",),
                    parties=(AnsweringParty(role="P3", name="OKAFOR"),),
                    segment=17,
                ),
            ),
            rejections=(
                Rejection(level=RejectedLevel.SERVICE, code="33", follow_up="C"),
                Rejection(level=RejectedLevel.PAYER, code="42"),
            ),
            findings=(Finding(code="X12021", severity=Severity.ERROR, message="m", where="segment 16"),),
            is_cut_off=True,
        ),
    ),
    "eligibility-answer-received-1-sparse": AnswerReceived(
        coverage=CoverageId("c"),
        on=date(2026, 11, 26),
        answer=EligibilityAnswer(
            payer=AnsweringParty(),
            dependent=AnsweredPerson(),
        ),
    ),
    "eligibility-permit-noted-1": PermitNoted(
        on=date(2026, 11, 26),
        permit=Permit(
            coverage=CoverageId("cov-0001"),
            kind=PermitKind.AUTHORIZATION,
            number="AUTH-77/1",
            days=DateRange(date(2026, 11, 1), date(2026, 12, 31)),
            visits=6,
            service_type="PT",
        ),
    ),
    "eligibility-permit-noted-1-sparse": PermitNoted(
        on=date(2026, 11, 26),
        permit=Permit(
            coverage=CoverageId("c"),
            kind=PermitKind.REFERRAL,
            number="7",
            days=DateRange(date(2026, 11, 1)),
        ),
    ),
    "eligibility-permit-withdrawn-1": PermitWithdrawn(
        on=date(2026, 11, 26),
        coverage=CoverageId("cov-0001"),
        kind=PermitKind.REFERRAL,
        number="R-1",
    ),
    "check-in-1": CheckIn(
        appointment=AppointmentId("apt-0001"),
        patient=PatientId("pt-0001"),
        at=datetime(2026, 11, 1, 6, 59, 59, 999_999, tzinfo=UTC),
        day=date(2026, 11, 1),
        number=12,
        by=ActorId("kiosk-1"),
        corrections=(
            Correction(Detail.PHONE, "(312) 555-0199"),
            Correction(Detail.ADDRESS, "9 Oak St, Chicago, IL 60602"),
        ),
        insurance=InsuranceAnswer.CHANGED,
        due=Money(35_07),
        pay=PayChoice.AT_DESK,
    ),
    "check-in-1-sparse": CheckIn(
        appointment=AppointmentId("a"),
        patient=PatientId("p"),
        at=datetime(2026, 11, 24, 15, tzinfo=UTC),
        day=date(2026, 11, 24),
        number=1,
        by=ActorId("k"),
        insurance=InsuranceAnswer.SAME,
        due=Money(-1),
        pay=PayChoice.NOTHING_DUE,
    ),
    "desk-task-1": DeskTask(
        id=TaskId("task-1"),
        kind=TaskKind.CORRECTION,
        code="confirm-details",
        at=datetime(2026, 11, 24, 15, 0, 1, tzinfo=UTC),
        by=ActorId("kiosk-1"),
        appointment=AppointmentId("apt-0001"),
        note="wants [[a person]] {soon}",
        is_open=False,
    ),
    "desk-task-1-sparse": DeskTask(
        id=TaskId("t"),
        kind=TaskKind.HELP,
        code="",
        at=datetime(2026, 11, 24, 15, tzinfo=UTC),
        by=ActorId("k"),
    ),
    "payment-1": Payment(
        id=PaymentId("pay-1"),
        appointment=AppointmentId("apt-0001"),
        amount=Money(35_07),
        state=PaymentState.UNKNOWN,
        at=datetime(2026, 11, 24, 15, 2, tzinfo=UTC),
        reference="T-000123",
    ),
    "payment-1-sparse": Payment(
        id=PaymentId("p"),
        appointment=AppointmentId("a"),
        amount=Money(1),
        at=datetime(2026, 11, 24, 15, tzinfo=UTC),
    ),
    "payment-2": Payment(
        id=PaymentId("pay-1"),
        appointment=AppointmentId("apt-0001"),
        amount=Money(35_07),
        state=PaymentState.APPROVED,
        at=datetime(2026, 11, 24, 15, 2, tzinfo=UTC),
        reference="1042",
        means=account.Means.CHECK,
        meant=account.Split(
            to_visit=Money(20_00), to_balance=Money(10_00), to_instalments=Money(5_00), kept=Money(7)
        ),
    ),
    "payment-2-sparse": Payment(
        id=PaymentId("p"),
        appointment=AppointmentId("a"),
        amount=Money(1),
        at=datetime(2026, 11, 24, 15, tzinfo=UTC),
    ),
    "account-balance-stated-1": account.BalanceStated(
        on=date(2026, 11, 24), amount=Money(40_00), as_of=date(2026, 11, 20)
    ),
    "account-money-taken-1": account.MoneyTaken(
        on=date(2026, 11, 24),
        payment=PaymentId("pay-1"),
        appointment=AppointmentId("apt-0001"),
        means=account.Means.CARD,
        split=account.Split(to_visit=Money(20_00), to_balance=Money(10_00)),
        receipt=12,
    ),
    "account-money-taken-1-sparse": account.MoneyTaken(
        on=date(2026, 11, 24),
        payment=PaymentId("p"),
        means=account.Means.OTHER,
        split=account.Split(kept=Money(1)),
        receipt=1,
    ),
    "account-deposit-used-1": account.DepositUsed(
        on=date(2026, 11, 24),
        appointment=AppointmentId("apt-0001"),
        to_visit=Money(20_00),
        to_balance=Money(10_00),
    ),
    "account-deposit-used-1-sparse": account.DepositUsed(
        on=date(2026, 11, 24), appointment=AppointmentId("a"), to_instalments=Money(1)
    ),
    "account-deposit-refunded-1": account.DepositRefunded(
        on=date(2026, 11, 24), amount=Money(10_00), means=account.Means.CHECK, reference="1043"
    ),
    "account-deposit-refunded-1-sparse": account.DepositRefunded(
        on=date(2026, 11, 24), amount=Money(1), means=account.Means.CASH
    ),
    "account-deposit-refunded-2": account.DepositRefunded(
        on=date(2026, 11, 24),
        payment=PaymentId("pay-2"),
        receipt=13,
        amount=Money(10_00),
        means=account.Means.CHECK,
        reference="1043",
    ),
    "account-deposit-refunded-2-sparse": account.DepositRefunded(
        on=date(2026, 11, 24), amount=Money(1), means=account.Means.CASH
    ),
    "account-visit-released-1": account.VisitReleased(
        on=date(2026, 11, 24), appointment=AppointmentId("apt-0001"), amount=Money(5_00)
    ),
    "account-plan-agreed-1": account.PlanAgreed(
        on=date(2026, 11, 24),
        plan=PaymentPlan(
            terms=PlanTerms(count=2, day_of_month=31, minimum=Money(25_00)),
            instalments=(
                Instalment(date(2026, 11, 30), Money(30_00)),
                Instalment(date(2026, 12, 31), Money(29_99)),
            ),
        ),
    ),
    "account-plan-agreed-1-sparse": account.PlanAgreed(
        on=date(2026, 11, 24),
        plan=PaymentPlan(
            terms=PlanTerms(count=1, day_of_month=1),
            instalments=(Instalment(date(2026, 12, 1), Money(1)),),
        ),
    ),
    "account-plan-ended-1": account.PlanEnded(on=date(2026, 11, 24), reason="moved away"),
    "account-plan-ended-1-sparse": account.PlanEnded(on=date(2026, 11, 24)),
    "account-payment-voided-1": account.PaymentVoided(
        on=date(2026, 11, 24), payment=PaymentId("pay-1"), reason="the check came back"
    ),
    "account-protection-noted-1": account.ProtectionNoted(
        on=date(2026, 11, 24), protection=account.Protection.QMB, holds=False
    ),
    "coordination-patient-noted-1": coordination.PatientNoted(
        on=date(2026, 11, 24),
        family=coordination.Family.JOINT,
        is_of_age=True,
        entitlements=frozenset({coordination.Entitlement.AGE, coordination.Entitlement.ESRD}),
        esrd_since=date(2026, 3, 1),
        medicare_was_first_before_esrd=False,
    ),
    "coordination-patient-noted-1-sparse": coordination.PatientNoted(on=date(2026, 11, 24)),
    "coordination-plan-noted-1": coordination.PlanNoted(
        on=date(2026, 11, 24),
        coverage=CoverageId("cov-0001"),
        standing=coordination.Standing.RETIRED,
        coordinates=False,
        since=date(2020, 1, 1),
        employees=19,
        multi_employer_from=120,
        excepts_small_employers=True,
        custody=coordination.Custody.NON_CUSTODIAL,
        decree=True,
    ),
    "coordination-plan-noted-1-sparse": coordination.PlanNoted(
        on=date(2026, 11, 24), coverage=CoverageId("c")
    ),
    "coordination-order-put-1": coordination.OrderPut(
        on=date(2026, 11, 24), coverages=(CoverageId("cov-0002"), CoverageId("cov-0001"))
    ),
    "coordination-order-put-1-sparse": coordination.OrderPut(on=date(2026, 11, 24), coverages=()),
    "receipt-1": Receipt(
        number=12,
        office="Northside Family Medicine",
        day=date(2026, 11, 24),
        patient=PatientId("pt-0001"),
        payment=PaymentId("pay-1"),
        appointment=AppointmentId("apt-0001"),
        means=account.Means.CHECK,
        reference="1042",
        split=account.Split(to_visit=Money(20_00), kept=Money(7)),
        left_for_visit=Money(1_00),
        left_balance=Money(2_00),
        left_on_plan=Money(3_00),
        deposits=Money(7),
        voided_on=date(2026, 11, 25),
    ),
    "receipt-1-sparse": Receipt(
        number=1,
        office="N",
        day=date(2026, 11, 24),
        patient=PatientId("p"),
        payment=PaymentId("p"),
        means=account.Means.CASH,
        split=account.Split(to_balance=Money(1)),
        left_balance=Money.zero,
        left_on_plan=Money.zero,
        deposits=Money.zero,
    ),
    "receipt-2": Receipt(
        number=12,
        office="Northside Family Medicine",
        day=date(2026, 11, 24),
        patient=PatientId("pt-0001"),
        payment=PaymentId("pay-1"),
        appointment=AppointmentId("apt-0001"),
        visit_day=date(2026, 11, 23),
        is_refund=True,
        means=account.Means.CHECK,
        reference="1042",
        split=account.Split(kept=Money(7)),
        left_for_visit=Money(1_00),
        left_balance=Money(2_00),
        left_on_plan=Money(3_00),
        deposits=Money(7),
        voided_on=date(2026, 11, 25),
    ),
    "receipt-2-sparse": Receipt(
        number=1,
        office="N",
        day=date(2026, 11, 24),
        patient=PatientId("p"),
        payment=PaymentId("p"),
        means=account.Means.CASH,
        split=account.Split(to_balance=Money(1)),
        left_balance=Money.zero,
        left_on_plan=Money.zero,
        deposits=Money.zero,
    ),
    "visit-code-1": VisitCode(
        handle=bytes(range(240, 256)),
        appointment=AppointmentId("apt-0001"),
        expires=datetime(2026, 11, 25, 6, tzinfo=UTC),
    ),
    "booked-1": Booked(OLD_APPOINTMENT),
    "booked-2": Booked(APPOINTMENT),
    "moved-1": Moved(
        SPARSE_APPOINTMENT, previous=TimeSlot.parse("2026-03-08T07:59:00Z/2026-03-08T08:00:00Z")
    ),
    "moved-2": Moved(
        SPARSE_APPOINTMENT, previous=TimeSlot.parse("2026-03-08T07:59:00Z/2026-03-08T08:00:00Z")
    ),
    "cancelled-1": Cancelled(attrs.evolve(SPARSE_APPOINTMENT, status=Status.CANCELLED, revision=1)),
    "cancelled-2": Cancelled(attrs.evolve(SPARSE_APPOINTMENT, status=Status.CANCELLED, revision=1)),
    "called-off-1": CalledOff(APPOINTMENT, notice=-3, is_late=True),
    "called-off-1-sparse": CalledOff(SPARSE_APPOINTMENT, notice=90, is_late=False),
    "changed-1": Changed(APPOINTMENT),
    "held-1": Held(HOLD),
    "released-1": Released(HOLD),
    "offered-1": Offered(OFFER),
    "declined-1": Declined(OFFER),
    "series-booked-1": BookedSeries(
        series=SeriesId("ser-1"), appointments=(APPOINTMENT, SPARSE_APPOINTMENT), left_out=(CONFLICT,)
    ),
    "series-booked-1-sparse": BookedSeries(series=SeriesId("s"), appointments=(SPARSE_APPOINTMENT,)),
    "series-refused-1": RefusedSeries((FINDING,), (CONFLICT, SPARSE_CONFLICT)),
    "refused-1": Refused(
        (
            Finding(
                code="SCH001",
                severity=Severity.ERROR,
                message="the time is taken",
                where="slot",
                fix="Choose another time.",
                cites=(
                    Cite("FHIR R4", "AppointmentStatus", url="https://hl7.org/fhir/R4/"),
                    Cite("Board minutes"),
                ),
                edition="2026-10",
            ),
            Finding(code="SCH002", severity=Severity.INFO, message=""),
        )
    ),
    "checked-in-1": CheckedIn(number=12, ticket="MO1:12"),
    "already-here-1": AlreadyHere(number=3, ticket="MO1:3", owes=True),
    "already-here-1-sparse": AlreadyHere(number=3, ticket="MO1:3"),
    "turned-away-1": TurnedAway(),
}


def schema_of(stem: str) -> tuple[Schema, int]:
    """The schema and version that a golden file's name tells."""
    found = NAME.fullmatch(stem)
    assert found, stem
    return next(each for each in SCHEMAS if each.name == found["schema"]), int(found["version"])


def fields_of(value: object) -> tuple["attrs.Attribute[object]", ...]:
    """The fields of an attrs value; none of anything else."""
    kind = type(value)
    return tuple(attrs.fields(kind)) if attrs.has(kind) else ()


def values_within(value: object) -> Iterator[object]:
    """A value, and every value that it holds, at any depth."""
    yield value
    for item in value if isinstance(value, tuple) else ():
        yield from values_within(item)
    for field in fields_of(value):
        yield from values_within(getattr(value, field.name))


def unset(field: "attrs.Attribute[object]", value: object) -> bool:
    """Whether a field holds nothing, or what it holds when nobody says anything."""
    return value is None or value in ("", (), frozenset()) or value == field.default


def fields_where(*, is_unset: bool) -> set[tuple[type, str]]:
    """The fields of all types in the golden values that some value leaves unset, or that some value sets."""
    return {
        (type(value), field.name)
        for whole in VALUES.values()
        for value in values_within(whole)
        for field in fields_of(value)
        if unset(field, getattr(value, field.name)) is is_unset
    }


def test_every_version_has_its_file_and_every_file_its_version() -> None:
    """No version of a schema can be forgotten, and no file lies about unread."""
    versions = {(schema.name, number) for schema in SCHEMAS for number in range(1, schema.version + 1)}
    stems = {path.stem for path in FOLDER.iterdir()}
    assert {(schema.name, number) for schema, number in map(schema_of, stems)} == versions
    assert stems == VALUES.keys()
    assert {path.suffix for path in FOLDER.iterdir()} == {".json"}


@pytest.mark.parametrize("stem", VALUES)
def test_a_file_of_any_age_is_read(stem: str) -> None:
    """What was written under any version comes out as the value that it was, of the same types throughout."""
    schema, version = schema_of(stem)
    data = (FOLDER / f"{stem}.json").read_bytes()
    assert f'"schema":"{schema.name}/{version}"'.encode() in data
    value: object = decode(data, schema.kind)
    assert value == VALUES[stem]
    assert [type(each) for each in values_within(value)] == [
        type(each) for each in values_within(VALUES[stem])
    ]


@pytest.mark.parametrize(
    "stem", [stem for stem in VALUES if schema_of(stem)[0].version == schema_of(stem)[1]]
)
def test_today_is_written_byte_for_byte(stem: str) -> None:
    """A change of a type that changes its document is seen here before it is seen in an office's store."""
    assert encode(VALUES[stem]) + b"\n" == (FOLDER / f"{stem}.json").read_bytes()


def test_an_older_version_is_really_older() -> None:
    """Version 1 of a patient has no ``wants_interpreter``."""
    assert b"wants_interpreter" not in (FOLDER / "patient-1.json").read_bytes()
    assert b"wants_interpreter" in (FOLDER / "patient-2.json").read_bytes()


def test_every_field_is_set_in_some_file() -> None:
    """A field that is written and read wrongly cannot hide behind its default."""
    assert fields_where(is_unset=True) - fields_where(is_unset=False) == set()


def test_every_field_that_may_be_empty_is_empty_in_some_file() -> None:
    """``None``, no text, an empty list and every default stand in a file too."""
    optional = {
        (type(value), field.name)
        for whole in VALUES.values()
        for value in values_within(whole)
        for field in fields_of(value)
        if field.default is not attrs.NOTHING or "None" in str(field.type)
    }
    assert optional - fields_where(is_unset=True) <= {
        (Patient, "language"),
        (EligibilityAnswer, "payer"),
        (EligibilityAnswer, "provider"),
    }  # their defaults are made by factories


def test_a_name_or_a_type_is_registered_once() -> None:
    """Two schemas of one name, or of one type, could not be told apart."""
    for twice in ((Schema("a", int), Schema("a", str)), (Schema("a", int), Schema("b", int))):
        with pytest.raises(ValueError, match="registered twice"):
            Registry(twice)
