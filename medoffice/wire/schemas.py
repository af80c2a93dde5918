"""Which types are written, under which name and version, and how older versions are brought up to today's.

A document says ``name/version``. Today's version is what :func:`medoffice.wire.encode` writes; every older one keeps
a step that makes the next version's body out of it, and a golden file among the tests that proves it.
"""

from collections.abc import Callable
from typing import Any, Final

import attrs

from medoffice.billing import PlannedLine, VerifiedCoverage, account, coordination
from medoffice.billing.beneficiary_notice import facts as beneficiary
from medoffice.billing.eligibility import PermitNoted, PermitWithdrawn
from medoffice.billing.eligibility import facts as eligibility
from medoffice.billing.fees import VisitPlanned
from medoffice.billing.good_faith import facts as good_faith
from medoffice.checkin.messages import AlreadyHere, CheckedIn, TurnedAway
from medoffice.checkin.records import CheckIn, DeskTask, Payment, VisitCode
from medoffice.core.errors import InvalidValue
from medoffice.core.outcomes import Refused
from medoffice.core.people import Patient, Provider
from medoffice.ports.tables import LoadedTable
from medoffice.scheduling import resources
from medoffice.scheduling.appointments import Appointment
from medoffice.scheduling.book import events, outcomes
from medoffice.scheduling.book.holds import Hold, Offer
from medoffice.scheduling.calendar import Absence, Closure, SpecialDay
from medoffice.scheduling.flow import facts as flow
from medoffice.scheduling.hours import WeeklyTemplate
from medoffice.scheduling.noshow import ModelFitted
from medoffice.scheduling.outcomes import Booked, Cancelled, Moved
from medoffice.scheduling.recalls import facts as recalls
from medoffice.scheduling.reminders import facts as reminders
from medoffice.scheduling.visits import VisitType
from medoffice.scheduling.waitlist import facts as waiting
from medoffice.workflows.collection import Receipt

Body = dict[str, Any]
Step = Callable[[Body], Body]


@attrs.frozen
class Schema:
    """A type's name in documents; ``steps[0]`` makes version 2 out of version 1, and so on."""

    name: str
    kind: type
    steps: tuple[Step, ...] = ()

    @property
    def version(self) -> int:
        """Today's version, counted from 1."""
        return len(self.steps) + 1

    def upgraded(self, body: Body, version: int) -> Body:
        """A body of an older version as today's."""
        for step in self.steps[version - 1 :]:
            body = step(body)
        return body


def _patient_2(body: Body) -> Body:
    """Version 1 did not know whether a patient wants an interpreter."""
    return _with(body, wants_interpreter=False)


def _appointment_2(body: Body) -> Body:
    """Version 1 knew neither how and where a visit takes place, nor overbooking, groups and series."""
    return _with(body, modality="in-person", location="", is_new_patient=False, shared=[], seats=1, series="")


def _around_appointment_2(body: Body) -> Body:
    """An outcome holds an appointment, which is brought up to date within it."""
    return _within(body, "appointment", _appointment_2)


def _visit_type_2(body: Body) -> Body:
    """Version 1 knew only length and buffers."""
    return _with(
        body,
        new_patient_minutes=None,
        needs=[],
        capacity=1,
        modalities=["in-person"],
        specialty="",
        is_complex=False,
    )


def _weekly_template_2(body: Body) -> Body:
    """Version 1 knew one place, one modality, and weeks that are all alike."""
    return _with(_within(body, "hours", _hours_2), every=1)


def _hours_2(body: Body) -> Body:
    return _with(body, modalities=[], location="", nth=[])


def _planned_line_2(body: Body) -> Body:
    """Version 1 knew one network and no balance bill."""
    return _with(body, tier="in-network", balance_billed=False)


def _planned_line_3(body: Body) -> Body:
    """Version 2 knew neither what is not settled of the allowed amount nor what other payers allow."""
    return _with(body, unsettled=[], agreed=[])


def _visit_planned_2(body: Body) -> Body:
    """Version 1 held lines of version 2."""
    return _within(body, "prices", lambda price: _within(price, "line", _planned_line_3))


def _verified_coverage_2(body: Body) -> Body:
    """Version 1 knew neither families' limits nor tiers, and no limits of a single service."""
    return _within(body, "benefits", _benefits_2)


def _verified_coverage_3(body: Body) -> Body:
    """Version 2 knew of the subscriber only whether it is the patient, and neither groups nor cards; each had been verified."""
    return _within(body, "coverage", _coverage_3)


def _coverage_3(body: Body) -> Body:
    return _with(
        body,
        kind=None,
        subscriber=None,
        dependent_number="",
        group_number="",
        group_name="",
        card=None,
        on_file_since=None,
    )


def _benefits_2(body: Body) -> Body:
    inner = _within(_within(body, "benefits", _benefit_2), "remaining", _accumulators_2)
    return _with(inner, tier_limits=[])


def _benefit_2(body: Body) -> Body:
    return _with(
        body,
        copay_to_deductible=False,
        copay_to_out_of_pocket=True,
        visits_remaining=None,
        plan_pays_remaining=None,
        tier="in-network",
    )


def _accumulators_2(body: Body) -> Body:
    return _with(
        body,
        family_deductible_remaining=None,
        family_out_of_pocket_remaining=None,
        family_deductible=None,
        family_out_of_pocket=None,
        self_only_limit_remaining=None,
    )


def _payment_2(body: Body) -> Body:
    """Version 1 knew only cards, and payments for the visit alone."""
    return _with(body, means="card", meant=None)


def _receipt_2(body: Body) -> Body:
    """Version 1 did not say on which day the visit was, and refunds had no paper."""
    return _with(body, visit_day=None, is_refund=False)


def _deposit_refunded_2(body: Body) -> Body:
    """Version 1 had no id and no paper of its own."""
    return _with(body, payment=None, receipt=None)


def _within(body: Body, key: str, step: Step) -> Body:
    """A body whose part, an object or a list of them, takes a step; what is of another form is left as it is.

    It is then refused at its place, as it would be in a document of today.
    """
    match body.get(key):
        case dict() as part:
            return {**body, key: step(part)}
        case list() as parts:
            return {**body, key: [step(part) if isinstance(part, dict) else part for part in parts]}
        case _:
            return body


def _with(body: Body, **added: object) -> Body:
    """A body with keys that its version did not have yet."""
    if body.keys() & added.keys():
        raise InvalidValue("document", "it has a key that its version did not have")
    return {**body, **added}


BOOK_FACTS: Final = {
    "time-held": events.TimeHeld,
    "hold-released": events.HoldReleased,
    "hold-expired": events.HoldExpired,
    "offer-made": events.OfferMade,
    "offer-accepted": events.OfferAccepted,
    "offer-declined": events.OfferDeclined,
    "offer-expired": events.OfferExpired,
    "offer-withdrawn": events.OfferWithdrawn,
    "visit-booked": events.VisitBooked,
    "walk-in-added": events.WalkInAdded,
    "visit-confirmed": events.VisitConfirmed,
    "visit-moved": events.VisitMoved,
    "visit-cancelled": events.VisitCancelled,
    "no-show-noted": events.NoShowNoted,
    "status-changed": events.StatusChanged,
    "series-booked": events.SeriesBooked,
}
"""The facts of :mod:`medoffice.scheduling.book.events`, by the name that their documents have after ``book-``."""

WAITLIST_FACTS: Final = {
    "entry-joined": waiting.EntryJoined,
    "entry-changed": waiting.EntryChanged,
    "entry-paused": waiting.EntryPaused,
    "entry-resumed": waiting.EntryResumed,
    "entry-left": waiting.EntryLeft,
    "slot-opened": waiting.SlotOpened,
    "wave-sent": waiting.WaveSent,
    "slot-waits": waiting.SlotWaits,
    "offer-taken": waiting.OfferTaken,
    "offer-declined": waiting.OfferDeclined,
    "offer-ran-out": waiting.OfferRanOut,
    "offer-taken-back": waiting.OfferTakenBack,
    "yes-came-late": waiting.YesCameLate,
    "slot-placed": waiting.SlotPlaced,
    "slot-handed-over": waiting.SlotHandedOver,
    "slot-closed": waiting.SlotClosed,
    "slot-lapsed": waiting.SlotLapsed,
}
"""The facts of :mod:`medoffice.scheduling.waitlist.facts`, by the name that their documents have after
``waitlist-``."""

FLOW_FACTS: Final = {
    "patient-arrived": flow.PatientArrived,
    "checked-in": flow.CheckedIn,
    "roomed": flow.Roomed,
    "provider-entered": flow.ProviderEntered,
    "provider-left": flow.ProviderLeft,
    "went-to-ancillary": flow.WentToAncillary,
    "returned-from-ancillary": flow.ReturnedFromAncillary,
    "check-out-begun": flow.CheckOutBegun,
    "patient-left": flow.PatientLeft,
    "left-without-being-seen": flow.LeftWithoutBeingSeen,
    "corrected": flow.Corrected,
    "triaged": flow.Triaged,
    "task-raised": flow.TaskRaised,
    "task-settled": flow.TaskSettled,
}
"""The facts of :mod:`medoffice.scheduling.flow.facts`, by the name that their documents have after ``flow-``."""

REMINDER_FACTS: Final = {
    "sent": reminders.ReminderSent,
    "failed": reminders.ReminderFailed,
    "reply-received": reminders.ReplyReceived,
    "reply-settled": reminders.ReplySettled,
    "consent-given": reminders.ConsentGiven,
    "consent-ended": reminders.ConsentEnded,
}
"""The facts of :mod:`medoffice.scheduling.reminders.facts`, by the name that their documents have after
``reminder-``."""

RECALL_FACTS: Final = {
    "visit-booked": recalls.VisitBooked,
    "visit-moved": recalls.VisitMoved,
    "visit-cancelled": recalls.VisitCancelled,
    "visit-missed": recalls.VisitMissed,
    "visit-done": recalls.VisitDone,
    "ordered": recalls.RecallOrdered,
    "tried": recalls.RecallTried,
    "declined": recalls.RecallDeclined,
    "ended": recalls.RecallEnded,
    "patient-left": recalls.PatientLeft,
    "patient-back": recalls.PatientBack,
}
"""The facts of :mod:`medoffice.scheduling.recalls.facts`, by the name that their documents have after ``recall-``."""

COORDINATION_FACTS: Final = {
    "patient-noted": coordination.PatientNoted,
    "plan-noted": coordination.PlanNoted,
    "order-put": coordination.OrderPut,
}
"""The facts of :mod:`medoffice.billing.coordination.noted`, by the name that their documents have after
``coordination-``."""

ACCOUNT_FACTS: Final = {
    "balance-stated": account.BalanceStated,
    "money-taken": account.MoneyTaken,
    "deposit-used": account.DepositUsed,
    "deposit-refunded": account.DepositRefunded,
    "visit-released": account.VisitReleased,
    "plan-agreed": account.PlanAgreed,
    "plan-ended": account.PlanEnded,
    "payment-voided": account.PaymentVoided,
    "protection-noted": account.ProtectionNoted,
}
"""The facts of :mod:`medoffice.billing.account.facts`, by the name that their documents have after ``account-``."""
_ACCOUNT_STEPS: Final = {"deposit-refunded": (_deposit_refunded_2,)}

GOOD_FAITH_FACTS: Final = {
    "claim-wish-noted": good_faith.ClaimWishNoted,
    "estimate-requested": good_faith.EstimateRequested,
    "estimate-issued": good_faith.EstimateIssued,
}
"""The facts of :mod:`medoffice.billing.good_faith.facts`, by the name that their documents have after
``good-faith-``."""

BENEFICIARY_NOTICE_FACTS: Final = {
    "given": beneficiary.NoticeGiven,
    "signed": beneficiary.NoticeSigned,
    "refused": beneficiary.NoticeRefused,
    "used": beneficiary.NoticeUsed,
    "withdrawn": beneficiary.NoticeWithdrawn,
}
"""The facts of :mod:`medoffice.billing.beneficiary_notice.facts`, by the name that their documents have after
``beneficiary-notice-``."""

ELIGIBILITY_FACTS: Final = {
    "inquiry-prepared": eligibility.InquiryPrepared,
    "inquiry-traced": eligibility.InquiryTraced,
    "inquiry-refused": eligibility.InquiryRefused,
    "inquiry-settled": eligibility.InquirySettled,
    "answer-received": eligibility.AnswerReceived,
    "permit-noted": PermitNoted,
    "permit-withdrawn": PermitWithdrawn,
}
"""The facts of :mod:`medoffice.billing.eligibility.facts` and of its ``permits``, by the name that their documents have after
``eligibility-``."""

SCHEMAS: Final = (
    Schema("patient", Patient, (_patient_2,)),
    Schema("provider", Provider),
    Schema("appointment", Appointment, (_appointment_2,)),
    Schema("visit-type", VisitType, (_visit_type_2,)),
    Schema("weekly-template", WeeklyTemplate, (_weekly_template_2,)),
    Schema("calendar-provider", resources.Provider),
    Schema("room", resources.Room),
    Schema("equipment", resources.Equipment),
    Schema("closure", Closure),
    Schema("absence", Absence),
    Schema("special-day", SpecialDay),
    Schema("hold", Hold),
    Schema("offer", Offer),
    *(Schema(f"book-{name}", kind) for name, kind in BOOK_FACTS.items()),
    *(Schema(f"waitlist-{name}", kind) for name, kind in WAITLIST_FACTS.items()),
    *(Schema(f"flow-{name}", kind) for name, kind in FLOW_FACTS.items()),
    *(Schema(f"reminder-{name}", kind) for name, kind in REMINDER_FACTS.items()),
    *(Schema(f"recall-{name}", kind) for name, kind in RECALL_FACTS.items()),
    *(Schema(f"good-faith-{name}", kind) for name, kind in GOOD_FAITH_FACTS.items()),
    *(Schema(f"beneficiary-notice-{name}", kind) for name, kind in BENEFICIARY_NOTICE_FACTS.items()),
    *(Schema(f"eligibility-{name}", kind) for name, kind in ELIGIBILITY_FACTS.items()),
    Schema("no-show-model", ModelFitted),
    Schema("planned-line", PlannedLine, (_planned_line_2, _planned_line_3)),
    Schema("visit-planned", VisitPlanned, (_visit_planned_2,)),
    Schema("loaded-table", LoadedTable),
    Schema("verified-coverage", VerifiedCoverage, (_verified_coverage_2, _verified_coverage_3)),
    Schema("check-in", CheckIn),
    Schema("desk-task", DeskTask),
    Schema("payment", Payment, (_payment_2,)),
    *(Schema(f"account-{name}", kind, _ACCOUNT_STEPS.get(name, ())) for name, kind in ACCOUNT_FACTS.items()),
    *(Schema(f"coordination-{name}", kind) for name, kind in COORDINATION_FACTS.items()),
    Schema("receipt", Receipt, (_receipt_2,)),
    Schema("visit-code", VisitCode),
    Schema("booked", Booked, (_around_appointment_2,)),
    Schema("moved", Moved, (_around_appointment_2,)),
    Schema("cancelled", Cancelled, (_around_appointment_2,)),
    Schema("called-off", outcomes.CalledOff),
    Schema("changed", outcomes.Changed),
    Schema("held", outcomes.Held),
    Schema("released", outcomes.Released),
    Schema("offered", outcomes.Offered),
    Schema("declined", outcomes.Declined),
    Schema("series-booked", outcomes.BookedSeries),
    Schema("series-refused", outcomes.RefusedSeries),
    Schema("refused", Refused),
    Schema("checked-in", CheckedIn),
    Schema("already-here", AlreadyHere),
    Schema("turned-away", TurnedAway),
)


class Registry:
    """Schemas by type and by name.

    Raises:
        InvalidValue: when a name or a type is registered twice.
    """

    def __init__(self, schemas: tuple[Schema, ...]) -> None:
        self.by_kind = {schema.kind: schema for schema in schemas}
        self.by_name = {schema.name: schema for schema in schemas}
        if not len(schemas) == len(self.by_kind) == len(self.by_name):
            raise InvalidValue("registry of schemas", "a name or a type is registered twice")
