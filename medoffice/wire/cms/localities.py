"""Files by locality: price indices (GPCI, with the work floor of 1), anaesthesia factors, and ZIP codes."""

from collections.abc import Iterator
from typing import TypeVar

import attrs

from medoffice.billing.fees import AnesthesiaFactor, Gpci, Locality
from medoffice.core import InvalidValue
from medoffice.wire.cms.cells import number, rows_of

K = TypeVar("K")
V = TypeVar("V")


@attrs.frozen(kw_only=True)
class ZipLocality:
    """Where a five-digit ZIP code is priced; ``quarter`` is YYYYQ."""

    state: str
    locality: Locality
    quarter: str


def read_gpci(data: bytes) -> dict[Locality, Gpci]:
    """Read MAC, state, locality, name, work, PE, MP; title rows are those without a five-digit MAC.

    Raises:
        InvalidValue: naming a row that is short, or has no number where one belongs; when there is no row.
    """
    kind = "GPCI file"
    return _some(
        kind,
        {
            Locality(row[0], row[2].zfill(2)): Gpci(
                work=number(row[4], kind, at, "work"),
                practice=number(row[5], kind, at, "PE"),
                malpractice=number(row[6], kind, at, "MP"),
            )
            for at, row in _carriers(data, kind, width=7)
        },
    )


def read_anes(data: bytes) -> dict[Locality, AnesthesiaFactor]:
    """Read contractor, locality, name, conversion factor.

    Raises:
        InvalidValue: naming a row that is short, or has no number where one belongs; when there is no row.
    """
    kind, found = "anaesthesia file", {}
    for at, row in _carriers(data, kind, width=4):
        place = Locality(row[0], row[1].zfill(2))
        found[place] = AnesthesiaFactor(place, number(row[3], kind, at, "conversion factor"))
    return _some(kind, found)


def read_zip5(data: bytes) -> dict[str, ZipLocality]:
    """Read the fixed-width file of five-digit ZIP codes.

    Raises:
        InvalidValue: naming a row whose ZIP code or carrier is not five digits; when there is no row.
    """
    kind, found = "ZIP code file", {}
    for at, line in enumerate(data.decode("latin-1").splitlines(), 1):
        if not line.strip():
            continue
        code, carrier, place = line[2:7], line[7:12], line[12:14]
        if not (code + carrier + place).isdecimal() or len(line) < 14:  # noqa: PLR2004
            raise InvalidValue(kind, f"row {at}: ZIP code, carrier and locality are digits")
        found[code] = ZipLocality(state=line[:2], locality=Locality(carrier, place), quarter=line[75:80])
    return _some(kind, found)


def _carriers(data: bytes, kind: str, *, width: int) -> Iterator[tuple[int, list[str]]]:
    for at, row in enumerate(rows_of(data), 1):
        if row and len(row[0]) == 5 and row[0].isdecimal():  # noqa: PLR2004
            if len(row) < width:
                raise InvalidValue(kind, f"row {at}: it has fewer than {width} columns")
            yield at, row


def _some(kind: str, found: dict[K, V]) -> dict[K, V]:
    if not found:
        raise InvalidValue(kind, "it has no row")
    return found
