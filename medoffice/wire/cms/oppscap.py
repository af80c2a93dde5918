"""The file of capped prices (``OPPSCAP_Oct.csv``): both prices of a code in a locality, as CMS publishes them.

Columns are found by their headers: HCPCS, MOD, CARRIER (or MAC), LOCALITY, a facility and a non-facility price.
"""

from collections.abc import Callable
from typing import Final

from medoffice.billing.fees import Locality
from medoffice.billing.fees.proof import PublishedPrice, PublishedPrices
from medoffice.core import DateRange, InvalidValue, Money
from medoffice.wire.cms.cells import edition_of, number, rows_of

KIND: Final = "OPPSCAP file"


def read_oppscap(data: bytes, *, name: str, days: DateRange) -> PublishedPrices:
    """Read the file as CSV.

    Raises:
        InvalidValue: when there is no header row or a column is missing; naming a row that is short or has no
            price where one belongs; when there is no row.
    """
    cells = rows_of(data)
    top = next((n for n, row in enumerate(cells) if row and row[0].upper() == "HCPCS"), None)
    if top is None:
        raise InvalidValue(KIND, "no header row starts with HCPCS")
    heads = [cell.upper() for cell in cells[top]]
    modifier = _column(heads, lambda head: head.startswith("MOD"))
    carrier = _column(heads, lambda head: head.startswith(("CARRIER", "MAC", "CONTRACTOR")))
    locality = _column(heads, lambda head: head.startswith("LOCALITY"))
    nonfacility = _column(heads, lambda head: head.startswith("NON") and "PRICE" in head)
    facility = _column(heads, lambda head: head.startswith("FAC") and "PRICE" in head)
    found = []
    for at, row in enumerate(cells[top + 1 :], top + 2):
        if not row or not row[0].isalnum():
            continue
        if len(row) <= max(modifier, carrier, locality, nonfacility, facility):
            raise InvalidValue(KIND, f"row {at}: it is shorter than its header")
        found.append(
            PublishedPrice(
                code=row[0],
                modifier=row[modifier],
                locality=Locality(row[carrier].zfill(5), row[locality].zfill(2)),
                facility=Money.from_dollars(number(row[facility], KIND, at, "facility price")),
                nonfacility=Money.from_dollars(number(row[nonfacility], KIND, at, "non-facility price")),
            )
        )
    if not found:
        raise InvalidValue(KIND, "it has no row")
    return PublishedPrices(edition=edition_of(data, name, len(found), days), rows=tuple(found))


def _column(heads: list[str], is_it: Callable[[str], bool]) -> int:
    for column, head in enumerate(heads):
        if is_it(head):
            return column
    raise InvalidValue(KIND, "a column is missing: MOD, CARRIER, LOCALITY and both prices are needed")
