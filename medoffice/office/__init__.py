"""Everything wired together: an :class:`Office` over a store, with a clock, ids and keys.

>>> from medoffice.office import Office
>>> office = Office.in_memory("Northside Family Medicine", zone="America/Chicago")
>>> office.board()
()
"""

from medoffice.office.day.board import BoardRow, Where
from medoffice.office.day.reception import OfficeReception
from medoffice.office.money.accounts import Accounts
from medoffice.office.notices.beneficiary_noticing import BeneficiaryNoticing
from medoffice.office.notices.estimate_drafting import EstimateDetails
from medoffice.office.notices.estimating import Estimating, VisitOwed
from medoffice.office.notices.kept_notices import HandedNotice, StandingNotice
from medoffice.office.notices.notices import Notices
from medoffice.office.office import NoSigner, Office
from medoffice.office.once import Command, KeyReused
from medoffice.office.settings import OfficeSettings
from medoffice.office.visits.codes import IssuedCode, NoCodeForVisit

__all__ = [
    "Accounts",
    "BeneficiaryNoticing",
    "BoardRow",
    "Command",
    "EstimateDetails",
    "Estimating",
    "HandedNotice",
    "IssuedCode",
    "KeyReused",
    "NoCodeForVisit",
    "NoSigner",
    "Notices",
    "Office",
    "OfficeReception",
    "OfficeSettings",
    "StandingNotice",
    "VisitOwed",
    "Where",
]
