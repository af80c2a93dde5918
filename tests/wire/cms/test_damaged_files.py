"""Whatever bytes come in as a price file: values, or the one error; never another exception."""

from collections.abc import Callable
from datetime import date
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from medoffice.billing.fees import Track
from medoffice.core import DateRange, InvalidValue
from medoffice.wire.cms import (
    read_anes,
    read_gpci,
    read_oppscap,
    read_pprrvu_csv,
    read_pprrvu_txt,
    read_zip5,
)

_DAYS: Final = DateRange(date(2025, 10, 1), date(2025, 12, 31))
_READERS: Final[dict[str, Callable[[bytes], object]]] = {
    "pprrvu-csv": lambda data: read_pprrvu_csv(data, name="made up", days=_DAYS, track=Track.ALL),
    "pprrvu-txt": lambda data: read_pprrvu_txt(data, name="made up", days=_DAYS, track=Track.ALL),
    "gpci": lambda data: read_gpci(data, name="made up", days=_DAYS),
    "anes": lambda data: read_anes(data, name="made up", days=_DAYS),
    "zip5": lambda data: read_zip5(data, name="made up", days=_DAYS),
    "oppscap": lambda data: read_oppscap(data, name="made up", days=_DAYS),
}
_CELLS: Final = st.sampled_from(
    (
        "HCPCS",
        "MOD",
        "CARRIER",
        "LOCALITY",
        "FACILITY PRICE",
        "NON-FACILITY PRICE",
        "CONV FACTOR",
        "10112",
        "00",
        "32.3465",
        "-1",
        "1e999",
        "NaN",
        '"',
        "99213",
        "",
    )
)
_TABLES: Final = st.lists(st.lists(_CELLS, max_size=32).map(",".join), max_size=6).map(
    lambda rows: "\r\n".join(rows).encode()
)


@pytest.mark.parametrize("kind", sorted(_READERS))
@given(st.one_of(st.binary(max_size=300), _TABLES))
@example(b'"' + b"A" * 200_000)
@example(("10112,AL,00,X," + "9" * 400 + ",1,1").encode())
def test_any_bytes(kind: str, data: bytes) -> None:
    """Values, or InvalidValue."""
    try:
        read = _READERS[kind](data)
    except InvalidValue:
        return
    assert read
