"""ZIP codes and their localities (``ZIP5_*.txt``)."""

from typing import Final

from medoffice.billing.fees import OfficialTable, ZipLocality
from medoffice.core import DateRange
from medoffice.wire.cms.kinds.kind import TableKind, begins
from medoffice.wire.cms.localities import read_zip5


def _read(data: bytes, *, name: str, days: DateRange, part: str) -> OfficialTable[str, ZipLocality]:  # noqa: ARG001
    return read_zip5(data, name=name, days=days)


KIND: Final = TableKind(
    code="zip5",
    name="localities by ZIP code",
    recognises=begins("ZIP5", says=r"\A[A-Z]{2}\d{12}[ R]"),
    read=_read,
)
