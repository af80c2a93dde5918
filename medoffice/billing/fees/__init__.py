"""What a service costs: the Medicare physician fee schedule, contracts, and the lines planned for a visit."""

from medoffice.billing.fees.anesthesia import AnesthesiaFactor, anesthesia_price
from medoffice.billing.fees.charges import ChargeMaster
from medoffice.billing.fees.contract import Contract, NotInContract
from medoffice.billing.fees.day import price_day
from medoffice.billing.fees.edition import Edition
from medoffice.billing.fees.modifiers import NotPayable
from medoffice.billing.fees.notes import NOTES
from medoffice.billing.fees.official import NotForDay, OfficialTable
from medoffice.billing.fees.planned import AgreedAmount, PlannedLine
from medoffice.billing.fees.planning import PlannedPrice, Pricing, VisitPlanned, planned_lines, said
from medoffice.billing.fees.priced import Priced
from medoffice.billing.fees.rows import Gpci, Locality, RvuRow, Track, ZipLocality
from medoffice.billing.fees.rvu_file import RvuFile
from medoffice.billing.fees.schedule import FeeSchedule, Price
from medoffice.billing.fees.service import PlannedService
from medoffice.billing.fees.session import DayLine
from medoffice.billing.fees.terms import PricedAt, PriceTerms

__all__ = [
    "NOTES",
    "AgreedAmount",
    "AnesthesiaFactor",
    "ChargeMaster",
    "Contract",
    "DayLine",
    "Edition",
    "FeeSchedule",
    "Gpci",
    "Locality",
    "NotForDay",
    "NotInContract",
    "NotPayable",
    "OfficialTable",
    "PlannedLine",
    "PlannedPrice",
    "PlannedService",
    "Price",
    "PriceTerms",
    "Priced",
    "PricedAt",
    "Pricing",
    "RvuFile",
    "RvuRow",
    "Track",
    "VisitPlanned",
    "ZipLocality",
    "anesthesia_price",
    "planned_lines",
    "price_day",
    "said",
]
