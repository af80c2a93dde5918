"""What every other room rests on: money, days, identifiers, people, findings, explanations, packs.

Extension authors may import every name below from ``medoffice.core``; the modules behind them may move.
"""

from medoffice.core.cardnumber import holds_card_number, without_card_numbers
from medoffice.core.checkdigit import luhn_digit, luhn_is_valid
from medoffice.core.codes import (
    ICD10CM,
    CPTCode,
    HCPCSCode,
    Modifier,
    PlaceOfService,
    ProcedureCode,
    parse_procedure,
)
from medoffice.core.dates import DateRange, age_on, parse_day
from medoffice.core.errors import InvalidValue, MedofficeError, NotInForce, UnknownName
from medoffice.core.explain import Explained, Step, Trace
from medoffice.core.findings import Cite, Finding, Severity, worst
from medoffice.core.identifiers import EIN, MBI, MRN, NPI, MemberId, PayerId, Taxonomy
from medoffice.core.ids import (
    ActorId,
    AppointmentId,
    CommandKey,
    CoverageId,
    EntryId,
    FreedSlotId,
    HoldId,
    OfferId,
    OfficeId,
    PatientId,
    PaymentId,
    ResourceId,
    SeriesId,
    TaskId,
)
from medoffice.core.money import Money, Percent
from medoffice.core.outcomes import NotGranted, Refused, granted
from medoffice.core.packs import Pack, Resource
from medoffice.core.parameters import Cited, Parameter, Reading, Unit
from medoffice.core.people import (
    Address,
    Email,
    Language,
    Patient,
    PersonName,
    Phone,
    Provider,
    Sex,
    match_key,
    name_key,
)
from medoffice.core.phi import PhiClass, phi, phi_fields
from medoffice.core.timeline import Dated, Timeline
from medoffice.core.times import Gap, TimeSlot, Twice, as_instant, at_wall_time, day_in, whole_day

__all__ = [
    "EIN",
    "ICD10CM",
    "MBI",
    "MRN",
    "NPI",
    "ActorId",
    "Address",
    "AppointmentId",
    "CPTCode",
    "Cite",
    "Cited",
    "CommandKey",
    "CoverageId",
    "DateRange",
    "Dated",
    "Email",
    "EntryId",
    "Explained",
    "Finding",
    "FreedSlotId",
    "Gap",
    "HCPCSCode",
    "HoldId",
    "InvalidValue",
    "Language",
    "MedofficeError",
    "MemberId",
    "Modifier",
    "Money",
    "NotGranted",
    "NotInForce",
    "OfferId",
    "OfficeId",
    "Pack",
    "Parameter",
    "Patient",
    "PatientId",
    "PayerId",
    "PaymentId",
    "Percent",
    "PersonName",
    "PhiClass",
    "Phone",
    "PlaceOfService",
    "ProcedureCode",
    "Provider",
    "Reading",
    "Refused",
    "Resource",
    "ResourceId",
    "SeriesId",
    "Severity",
    "Sex",
    "Step",
    "TaskId",
    "Taxonomy",
    "TimeSlot",
    "Timeline",
    "Trace",
    "Twice",
    "Unit",
    "UnknownName",
    "age_on",
    "as_instant",
    "at_wall_time",
    "day_in",
    "granted",
    "holds_card_number",
    "luhn_digit",
    "luhn_is_valid",
    "match_key",
    "name_key",
    "parse_day",
    "parse_procedure",
    "phi",
    "phi_fields",
    "whole_day",
    "without_card_numbers",
    "worst",
]
