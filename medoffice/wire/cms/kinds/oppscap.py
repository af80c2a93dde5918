"""Prices under the OPPS cap as CMS publishes them (``OPPSCAP*.csv``)."""

from typing import Final

from medoffice.billing.fees.proof import PublishedPrices
from medoffice.core import DateRange
from medoffice.wire.cms.kinds.kind import TableKind, begins
from medoffice.wire.cms.oppscap import read_oppscap


def _read(data: bytes, *, name: str, days: DateRange, part: str) -> PublishedPrices:  # noqa: ARG001
    return read_oppscap(data, name=name, days=days)


KIND: Final = TableKind(
    code="oppscap",
    name="published capped prices",
    recognises=begins("OPPSCAP", says=r"^HCPCS,MOD,PROCSTAT,"),
    read=_read,
)
