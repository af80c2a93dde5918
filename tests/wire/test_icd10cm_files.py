"""The official files of ICD-10-CM: a small tabular list and order file of their layout, and whatever else may come."""

from datetime import date
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.coding.icd10cm import ICD10CM, NoteKind
from medoffice.core import DateRange, InvalidValue
from medoffice.rules import NotListed
from medoffice.wire.cms.kinds import kind_of
from medoffice.wire.cms.kinds.icd10cm import LoadedOrder, LoadedTabular
from medoffice.wire.icd10cm import read_order, read_tabular

ON: Final = date(2027, 10, 1)
YEAR: Final = DateRange(ON, date(2028, 9, 30))
TABULAR: Final = b"""<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular><version>2028</version>
<chapter><name>20</name><desc>External causes</desc><notes><note>A note of the chapter</note></notes>
<section id="V00-V99"><desc>Transport accidents</desc><excludes1><note>assault by car (Y03.-)</note></excludes1></section>
<section id="V00-V09"><desc>Pedestrian injured</desc>
<diag><name>V00</name><desc>Pedestrian conveyance accident</desc>
<sevenChrNote><note>The appropriate 7th character is to be added</note></sevenChrNote>
<sevenChrDef><extension char="A">initial encounter</extension><extension char="D">subsequent encounter</extension></sevenChrDef>
<diag><name>V00.0</name><desc>Pedestrian on foot injured</desc><inclusionTerm><note>Walker
 hit</note></inclusionTerm></diag>
<diag><name>V00.1</name><desc>Rolling-type accident</desc>
<diag><name>V00.11</name><desc>In-line roller-skate accident</desc></diag></diag>
</diag></section>
<section id="Y00-Y09"><desc>Assault</desc><diag><name>Y03</name><desc>Assault by crashing</desc></diag></section>
</chapter></ICD10CM.tabular>
"""
CODES: Final = ("V00", "V000", "V000XXA", "V000XXD", "V001", "V0011", "V0011XA", "Y03")


def order(codes: tuple[str, ...] = CODES) -> bytes:
    """An order file of these codes."""
    lines = [
        f"{n:05d} {each:<7} {int(len(each) == 7)} {'short':<60} long title" for n, each in enumerate(codes, 1)
    ]
    return "\n".join(lines).encode()


def edition(codes: tuple[str, ...] | None = CODES) -> ICD10CM:
    """The edition of both files, or of the tabular list alone."""
    listed = None if codes is None else read_order(order(codes))
    content, notes = read_tabular(TABULAR, name="made up", first=ON, last=date(2028, 9, 30), listed=listed)
    return ICD10CM(content, lambda: notes)


def test_the_tabular_list_is_read_with_what_stands_over_each_code() -> None:
    """Seventh characters and notes of blocks, of groups of blocks and of the chapter; a title over two lines is one."""
    table = edition()
    assert list(table) == ["V00", "V00.0", "V00.0XXA", "V00.0XXD", "V00.1", "V00.11", "V00.11XA", "Y03"]
    found = table.look_up("V0011XA", on=ON)
    assert not isinstance(found, NotListed)
    assert (found.description, found.section, found.chapter, found.is_external_cause) == (
        "In-line roller-skate accident, initial encounter",
        "V00-V09",
        "20",
        True,
    )
    assert [(each.at, each.text) for each in table.notes("V00.0", NoteKind.INCLUSION_TERM)] == [
        ("V00.0", "Walker hit")
    ]
    assert [each.at for each in table.notes("V00.11", NoteKind.EXCLUDES1)] == ["V00-V09"]
    assert [each.at for each in table.notes("V00.11", NoteKind.NOTE)] == ["20"]
    assert table.notes("Y03", NoteKind.EXCLUDES1) == ()
    assert table.excluded("V00.0XXA", "Y03")


def test_without_the_order_file_every_seventh_character_goes_with_every_code() -> None:
    """With it only those that exist."""
    assert "V00.11XD" in set(edition(None))
    assert isinstance(edition().look_up("V00.11XD", on=ON), NotListed)


@pytest.mark.parametrize("codes", [(*CODES, "Z99"), CODES[:-1]])
def test_files_of_two_editions_are_refused(codes: tuple[str, ...]) -> None:
    """One has a code that the other lacks."""
    with pytest.raises(InvalidValue, match="of one edition"):
        edition(codes)


def test_a_file_is_told_by_its_name_or_its_beginning() -> None:
    """And which of the two it is; each knows its digest, its rows and its days."""
    kind = kind_of("icd10cm_tabular_2028.xml", TABULAR)
    assert kind_of("x.xml", TABULAR) is kind_of("y.txt", order(("A00", *CODES))) is kind
    assert (kind.part_of("icd10cm_tabular_2028.xml"), kind.part_of("icd10cm_order_2028.txt")) == (
        "tabular",
        "order",
    )
    tabular = kind.read(TABULAR, name="t.xml", days=YEAR, part="tabular")
    listed = kind.read(order(), name="o.txt", days=YEAR, part="order")
    assert isinstance(tabular, LoadedTabular)
    assert isinstance(listed, LoadedOrder)
    assert (tabular.edition.rows, listed.edition.rows, tabular.content.last) == (5, 8, YEAR.end)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<x/>",
        b"<ICD10CM.tabular/>",
        TABULAR[:-40],
        TABULAR.replace(b"V00.11", b"?"),
        b'<!DOCTYPE x [<!ENTITY a "b">]>' + TABULAR,
    ],
)
def test_what_is_no_tabular_list_is_refused(data: bytes) -> None:
    """Also one that declares something, as no such file does."""
    with pytest.raises(InvalidValue):
        read_tabular(data, name="x", first=ON, last=ON)


@given(st.binary(max_size=300), st.integers(0, len(TABULAR)), st.integers(0, 60))
def test_any_bytes_are_read_or_refused(noise: bytes, at: int, cut: int) -> None:
    """Nothing but the one refusal."""
    data = TABULAR[:at] + noise + TABULAR[at + cut :]
    for read in (
        lambda: read_tabular(data, name="x", first=ON, last=ON),
        lambda: read_order(data),
        lambda: read_order(noise),
    ):
        try:
            read()
        except InvalidValue:
            continue


@pytest.mark.parametrize("data", [b"", b"\n\n", b"00001 A000    1 x\nnot a line"])
def test_what_is_no_order_file_is_refused(data: bytes) -> None:
    """It names the line."""
    with pytest.raises(InvalidValue):
        read_order(data)
