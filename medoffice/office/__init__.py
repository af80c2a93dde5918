"""Everything wired together: an :class:`Office` over a store, with a clock, ids and keys.

>>> from medoffice.office import Office
>>> office = Office.in_memory("Northside Family Medicine", zone="America/Chicago")
>>> office.board()
()
"""

from medoffice.office.accounts import Accounts
from medoffice.office.board import BoardRow, Where
from medoffice.office.codes import IssuedCode, NoCodeForVisit
from medoffice.office.office import NoSigner, Office
from medoffice.office.once import Command, KeyReused
from medoffice.office.reception import OfficeReception
from medoffice.office.settings import OfficeSettings

__all__ = [
    "Accounts",
    "BoardRow",
    "Command",
    "IssuedCode",
    "KeyReused",
    "NoCodeForVisit",
    "NoSigner",
    "Office",
    "OfficeReception",
    "OfficeSettings",
    "Where",
]
