"""What a service costs: the Medicare physician fee schedule, contracts, and the lines planned for a visit."""

from medoffice.billing.fees.anesthesia import AnesthesiaFactor, anesthesia_price
from medoffice.billing.fees.charges import ChargeMaster
from medoffice.billing.fees.contract import Contract, NotInContract
from medoffice.billing.fees.day import DayLine, price_day
from medoffice.billing.fees.edition import Edition
from medoffice.billing.fees.planned import PlannedLine
from medoffice.billing.fees.rows import Gpci, Locality, RvuRow, Track
from medoffice.billing.fees.schedule import FeeSchedule, NotForDay, NotListed, NotPayable, Priced

__all__ = [
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
    "NotListed",
    "NotPayable",
    "PlannedLine",
    "Priced",
    "RvuRow",
    "Track",
    "anesthesia_price",
    "price_day",
]
