"""Geographic price indices (``GPCI*.csv``)."""

from typing import Final

from medoffice.billing.fees import Gpci, Locality, OfficialTable
from medoffice.core import DateRange
from medoffice.wire.cms.kinds.kind import TableKind, begins, of_year
from medoffice.wire.cms.localities import read_gpci


def _read(data: bytes, *, name: str, days: DateRange, part: str) -> OfficialTable[Locality, Gpci]:  # noqa: ARG001
    of_year("GPCI file", data, r"(20\d\d) PW GPCI", days)
    return read_gpci(data, name=name, days=days)


KIND: Final = TableKind(
    code="gpci",
    name="price indices by locality",
    recognises=begins("GPCI", says=r"PW GPCI"),
    read=_read,
)
