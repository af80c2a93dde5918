"""Official tables that an office has loaded: what is known of each, and what can be wrong with one."""

from datetime import datetime

import attrs

from medoffice.billing.fees import Edition
from medoffice.core.errors import MedofficeError
from medoffice.core.times import as_instant


class TableError(MedofficeError):
    """An official table cannot be kept or used; what was loaded before is as it was."""


class UnknownTable(TableError):
    """Nothing is known that reads this file, or the kind that was named does not exist."""


class TableConflict(TableError):
    """A table of the same kind is there for the same days: which one holds is not for a program to choose."""


class TableChanged(TableError):
    """A table's file is not the one that was loaded, or is gone; load the official file again."""


class NoSuchTable(TableError):
    """No loaded table has this SHA-256."""


@attrs.frozen(kw_only=True)
class LoadedTable:
    """One official file that is kept: its kind, its part where a kind comes in parts, its edition, and since when.

    The edition's SHA-256 is of the bytes of the file, which are kept as they came.
    """

    kind: str
    part: str = ""
    edition: Edition
    added_at: datetime = attrs.field(converter=as_instant)
