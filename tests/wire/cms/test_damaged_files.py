"""Whatever bytes come in as a price file: values, or the one error; never another exception."""

import re
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


_RVU: Final = (
    b",,2025 National Physician Fee Schedule Relative Value File" + b"," * 22 + b"CONV\n"
    b"HCPCS,MOD,,CODE,,RVU,PE RVU,,PE RVU,,RVU,,,,,,,,PROC,SURG,SURG,SURG,SURG,BASE,FACTOR,,,,,,\n"
    + b"".join(
        b"%d,%s,a name,A,,1.30,1.40,,0.40,,0.10,0,0,0,XXX,0,0,0,0,0,0,0,0,,32.3465,09,0,99,0,0,0\n"
        % (code, part)
        for code in range(99200, 99206)
        for part in (b"", b"TC", b"26")
    )
)
_FIXED: Final = b"HDR made up\n" + b"".join(
    b"%d  " % code
    + b"A NAME".ljust(50)
    + b"A 001.30 001.40NA 000.40NA 00.10              XXX         00000".ljust(75)
    + b"032.3465     99    000.10 000.20 000.01\n"
    for code in range(99200, 99206)
)
_WHOLE: Final = {
    "pprrvu-csv": _RVU,
    "pprrvu-txt": _FIXED,
    "gpci": b"MAC,State,Locality,Name,2025 PW GPCI,2025 PE GPCI,2025 MP GPCI\n"
    + b"".join(b"10112,AL,%02d,ALABAMA,1.0,0.869,0.575\n" % n for n in range(6)),
    "anes": b"Contractor,Locality\n" + b"".join(b"10112,%02d,ALABAMA,19.31\n" % n for n in range(6)),
    "zip5": b"".join(b"AL%05d1011200 \n" % (35004 + n) for n in range(6)),
    "oppscap": b"HCPCS,MOD,PROCSTAT,CARRIER,LOCALITY,FACILITY PRICE,NON-FACILTY PRICE\n"
    + b"".join(b"%d,TC,A,10112,00,51.24,51.24\n" % code for code in range(70000, 70006)),
}
_PLACE: Final = re.compile(r"row \d+|column|header|factor|no row|comma-separated")


@st.composite
def _harmed(draw: st.DrawFn, data: bytes) -> bytes:
    """A whole file after one to three damages such as disks, mail and spreadsheet programs do."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(data)))
        to = draw(st.integers(at, min(len(data), at + 60)))
        data = draw(
            st.sampled_from(
                (
                    data[:at],
                    data[:at] + data[to:],
                    data[:to] + data[at:],
                    data[:at] + draw(st.binary(min_size=1, max_size=4)) + data[at + 1 :],
                    data[:at]
                    + draw(st.sampled_from((b'"', b",", b"\r", b"\x85", b"-", b"1e9", b"_0")))
                    + data[at:],
                    data.replace(b"0", b"", 1),
                )
            )
        )
    return data


@pytest.mark.parametrize("kind", sorted(_READERS))
@given(st.data())
def test_a_damaged_file_is_refused_with_its_place(kind: str, data: st.DataObject) -> None:
    """A whole file is read; after damage it is read, or refused by row, column or header."""
    assert _READERS[kind](_WHOLE[kind])
    why = ""
    try:
        _READERS[kind](data.draw(_harmed(_WHOLE[kind])))
    except InvalidValue as cause:
        why = cause.reason
    assert not why or _PLACE.search(why), why


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("pprrvu-csv", b"99203,,", b",,"),
        ("pprrvu-csv", b"99203,,", b"9203,,"),
        ("pprrvu-txt", b"99203  A", b"       A"),
        ("gpci", b"10112,AL,03", b"1112,AL,03"),
        ("anes", b"10112,03", b"1112,03"),
        ("gpci", b"0.869", b"8_69"),
        ("gpci", b"0.869", b"1e9"),
    ],
)
def test_no_row_is_lost_without_a_word(kind: str, old: bytes, new: bytes) -> None:
    """A row that has lost its code or the zero in front of its contractor, and a number that is none."""
    with pytest.raises(InvalidValue, match=r"row \d+"):
        _READERS[kind](_WHOLE[kind].replace(old, new))


@pytest.mark.parametrize("kind", ["pprrvu-csv", "pprrvu-txt"])
def test_a_control_character_in_a_name_ends_no_row(kind: str) -> None:
    """Byte 85 is three dots to Windows, and the end of a line to Unicode."""
    other = _WHOLE[kind].replace(b"a name", b"a \x85ame").replace(b"A NAME", b"A \x85AME")
    assert _READERS[kind](other)
