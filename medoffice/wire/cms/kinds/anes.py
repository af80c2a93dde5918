"""Anaesthesia conversion factors (``ANES*.csv``)."""

from typing import Final

from medoffice.billing.fees import AnesthesiaFactor, Locality, OfficialTable
from medoffice.core import DateRange
from medoffice.wire.cms.kinds.kind import TableKind, begins
from medoffice.wire.cms.localities import read_anes


def _read(
    data: bytes,
    *,
    name: str,
    days: DateRange,
    part: str,  # noqa: ARG001
) -> OfficialTable[Locality, AnesthesiaFactor]:
    return read_anes(data, name=name, days=days)


KIND: Final = TableKind(
    code="anes",
    name="anaesthesia factors by locality",
    recognises=begins("ANES", says=r"anesthesia conversion factor"),
    read=_read,
)
