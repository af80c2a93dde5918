"""Everything wired together: an :class:`Office` over a store, with a clock, ids and keys.

>>> from medoffice.office import Office
>>> office = Office.in_memory("Northside Family Medicine", zone="America/Chicago")
>>> office.board()
()
"""

from medoffice.office.accounts import Accounts
from medoffice.office.beneficiary_noticing import BeneficiaryNoticing
from medoffice.office.board import BoardRow, Where
from medoffice.office.codes import IssuedCode, NoCodeForVisit
from medoffice.office.estimate_drafting import EstimateDetails
from medoffice.office.estimating import Estimating, VisitOwed
from medoffice.office.kept_notices import HandedNotice, StandingNotice
from medoffice.office.notices import Notices
from medoffice.office.office import NoSigner, Office
from medoffice.office.once import Command, KeyReused
from medoffice.office.reception import OfficeReception
from medoffice.office.settings import OfficeSettings

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
