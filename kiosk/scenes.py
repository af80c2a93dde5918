"""Every screen that a patient can meet, with invented people: for looking at them and for measuring them."""

from datetime import UTC, datetime
from typing import Final

import attrs

from medoffice.billing import Estimate, EstimatedLine, PlannedLine
from medoffice.checkin import Session
from medoffice.checkin.code import CodeClaims
from medoffice.checkin.messages import ByCode, ByName, VisitSummary
from medoffice.checkin.records import Correction, Detail, InsuranceAnswer, PayChoice, PaymentState
from medoffice.checkin.session import (
    BirthDate,
    Desk,
    DeskReason,
    Details,
    Done,
    Due,
    FamilyName,
    Found,
    GivenName,
    Here,
    Insurance,
    Judging,
    Looking,
    NotMatched,
    Paying,
    PaymentTrouble,
    PickDetail,
    Saving,
    Stage,
    TypeDetail,
    Welcome,
    Why,
)
from medoffice.checkin.words import Word
from medoffice.core.explain import Explained, Step, Trace
from medoffice.core.ids import AppointmentId
from medoffice.core.money import Money
from medoffice.core.people import Language

_DAY: Final = datetime(2027, 3, 15, 14, 30, tzinfo=UTC)
_CODE: Final = ByCode(CodeClaims(key_id=1, office=bytes(4), expires=_DAY, jti=bytes(16), handle=bytes(16)))
_NAME: Final = ByName("Garcia-Lopez", "José")
_STEPS: Final = (
    ("copay", "Co-pay", 3000),
    ("deductible", "Towards your deductible", 4250),
    ("coinsurance", "Co-insurance", 1710),
    ("balance", "Balance from earlier visits", 1240),
    ("credit", "Credit from earlier payments", -500),
)


def _due(*, is_zero: bool = False, is_certain: bool = True) -> Estimate:
    steps = () if is_zero else tuple(Step(code, label, amount=Money(cents)) for code, label, cents in _STEPS)
    if is_zero:
        steps = (Step("preventive", "Preventive care, paid in full by the plan", amount=Money.zero),)
    trace = Trace(steps)
    unknowns = () if is_certain else ("deductible-rule-not-returned", "out-of-pocket-not-returned")
    paid = Explained(trace.amount, trace=trace)
    line = EstimatedLine(
        planned=PlannedLine(service="office-visit", charge=Money(31000)), patient=paid, plan=Money(14790)
    )
    return Estimate(
        due_today=trace.amount,
        lower=trace.amount if is_certain else Money(4240),
        upper=trace.amount if is_certain else Money(23190),
        lines=(line,),
        trace=trace,
        unknowns=unknowns,
    )


def _visit(due: Estimate) -> VisitSummary:
    return VisitSummary(
        appointment=AppointmentId("apt-0"),
        name="J*** G***",
        phone="***-***-0142",
        email="j***@***.org",
        address="4***, S***, IL",
        payer="Prairie Health Plan",
        member="****4821",
        starts=_DAY,
        provider="Vijay Ramanathan, MD",
        due=due,
    )


_FOUND: Final = Found(visit=_visit(_due()), credential=_CODE)
_BARE: Final = attrs.evolve(
    _FOUND.visit,
    phone="",
    email="",
    address="",
    payer="",
    member="",
    due=_due(is_zero=True),
    asked=Money.zero,
)
_CORRECTED: Final = attrs.evolve(
    _FOUND,
    corrections=(Correction(Detail.PHONE, "(217) 555-0142"), Correction(Detail.EMAIL, "jose@example.org")),
)
_HERE: Final = Here(
    appointment=AppointmentId("apt-0"), number=7, ticket="MOT1-apt-0123456789abcdef0123456789abcdef"
)
_LONG: Final = "1200 North Prairie Avenue, Apartment 14, Springfield, IL 62704"

STAGES: Final[dict[str, Stage]] = {
    "welcome": Welcome(),
    "welcome-not-ours": Welcome(Word.CODE_NOT_OURS),
    "welcome-other-office": Welcome(Word.CODE_OTHER_OFFICE),
    "welcome-expired": Welcome(Word.CODE_EXPIRED),
    "judging": Judging(),
    "family-name": FamilyName(),
    "family-name-typed": FamilyName("Garcia-Lopez"),
    "given-name": GivenName("Garcia-Lopez", "José"),
    "birth-date": BirthDate(_CODE),
    "birth-date-typed": BirthDate(_CODE, "0315"),
    "birth-date-no-such-day": BirthDate(_NAME, "02301958", Word.NO_SUCH_DAY),
    "looking": Looking(_CODE),
    "not-matched": NotMatched(_NAME),
    "details": Details(_FOUND),
    "details-bare": Details(Found(visit=_BARE, credential=_NAME)),
    "details-corrected": Details(_CORRECTED),
    "pick-detail": PickDetail(_FOUND),
    "type-phone": TypeDetail(_FOUND, Detail.PHONE, "21755501"),
    "type-phone-wrong": TypeDetail(_FOUND, Detail.PHONE, "2175550", Word.PHONE_WRONG),
    "type-email": TypeDetail(_FOUND, Detail.EMAIL, "jose.garcia-lopez@"),
    "type-email-wrong": TypeDetail(_FOUND, Detail.EMAIL, "jose@place", Word.EMAIL_WRONG),
    "type-address": TypeDetail(_FOUND, Detail.ADDRESS, _LONG),
    "type-address-wrong": TypeDetail(_FOUND, Detail.ADDRESS, "Prairie", Word.ADDRESS_WRONG),
    "insurance": Insurance(_FOUND),
    "insurance-none": Insurance(Found(visit=_BARE, credential=_NAME)),
    "due": Due(_FOUND),
    "due-unsure": Due(Found(visit=_visit(_due(is_certain=False)), credential=_CODE)),
    "due-nothing": Due(Found(visit=_visit(_due(is_zero=True)), credential=_CODE)),
    "due-changed": Due(attrs.evolve(_FOUND, insurance=InsuranceAnswer.CHANGED)),
    "why": Why(_FOUND),
    "why-unsure": Why(Found(visit=_visit(_due(is_certain=False)), credential=_CODE)),
    "saving": Saving(_FOUND),
    "paying": Paying(_FOUND, _HERE),
    "payment-declined": PaymentTrouble(_FOUND, _HERE, PaymentState.DECLINED),
    "payment-unknown": PaymentTrouble(_FOUND, _HERE, PaymentState.UNKNOWN),
    "done": Done(_HERE, PayChoice.NOTHING_DUE),
    "done-paid": Done(_HERE, PayChoice.NOW),
    "done-pay-at-desk": Done(attrs.evolve(_HERE, number=128, has_printed=True), PayChoice.AT_DESK),
    "done-already": Done(attrs.evolve(_HERE, was_here=True), PayChoice.NOTHING_DUE),
    "desk-asked": Desk(DeskReason.ASKED),
    "desk-not-matched": Desk(DeskReason.NOT_MATCHED),
    "desk-trouble": Desk(DeskReason.TROUBLE),
}
"""Every stage, with every notice and both ways that an amount can be."""


def scenes(language: Language) -> dict[str, Session]:
    """A session for every screen in a language, by name."""
    first = Session.first(language)
    made = {name: attrs.evolve(first, stage=stage) for name, stage in STAGES.items()}
    made["due-no-terminal"] = attrs.evolve(made["due"], takes_cards=False)
    made["welcome-scanner"] = Session.first(language, has_camera=False)
    made["welcome-no-camera"] = attrs.evolve(first, reader_works=False)
    made["idle"] = attrs.evolve(first, stage=STAGES["details"], is_warned=True)
    made["looking-slow"] = attrs.evolve(first, stage=STAGES["looking"], is_slow=True)
    made["paying-slow"] = attrs.evolve(first, stage=STAGES["paying"], is_slow=True)
    return made
