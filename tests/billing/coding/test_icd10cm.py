"""ICD-10-CM: what the bundled edition says, held against another reader of the same files, and made-up editions by laws."""

import importlib
import warnings
from datetime import date
from functools import cache
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.billing.coding.icd10cm import (
    ICD10CM,
    CodeRange,
    Content,
    Division,
    EditionNotes,
    Note,
    NoteKind,
    Side,
    codes_in,
    pack,
)
from medoffice.billing.coding.icd10cm.diagnosis import Diagnosis
from medoffice.core import ICD10CM as CODE
from medoffice.core import InvalidValue
from medoffice.rules import CannotCheck, NotListed

ON: Final = date(2026, 5, 4)


@cache
def peer() -> Any:
    """The other reader; it calls what Python has deprecated."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return importlib.import_module("simple_icd_10_cm")


@cache
def bundled() -> ICD10CM:
    """The edition that comes with the library."""
    return ICD10CM.bundled()


def code(text: str) -> Diagnosis:
    """A code that is there."""
    found = bundled().look_up(text, on=ON)
    assert isinstance(found, Diagnosis), text
    return found


# ── beside another reader ──


def test_the_codes_are_those_of_the_peer() -> None:
    """All 98,186, headers and seventh characters included; complete ones are its leaves."""
    theirs = {each for each in peer().get_all_codes(True) if "-" not in each and not each.isdigit()}
    assert set(bundled()) == theirs
    assert len(bundled()) == len(theirs) == 98_186
    assert {each for each in theirs if code(each).is_billable} == {
        each for each in theirs if peer().is_leaf(each)
    }


def test_excludes1_notes_are_those_of_the_peer() -> None:
    """Of every code, but that a code with a seventh character has here those of the code without it."""
    for each in bundled():
        ours = tuple(note.text for note in bundled().notes(each, NoteKind.EXCLUDES1, inherited=False))
        theirs = tuple(" ".join(text.split()) for text in peer().get_excludes1(each))
        if code(each).seventh:
            assert theirs in {(), ours}
        else:
            assert ours == theirs, each


def test_titles_are_those_of_the_peer() -> None:
    """But for what it adds to seventh characters behind a stroke: notes that are no part of the title."""
    for each in bundled():
        theirs = " ".join(peer().get_description(each).split())
        ours = code(each).description
        assert ours == theirs or (code(each).seventh and theirs.startswith(f"{ours}/")), each


# ── codes ──


@pytest.mark.parametrize("text", ["S52.521A", "S52521A", "s52.521a", " S52521A "])
def test_a_code_is_found_however_it_is_written(text: str) -> None:
    """With its dot, as claims carry it, in lower case."""
    found = code(text)
    assert (found.code, found.undotted, found.category) == ("S52.521A", "S52521A", "S52")
    assert found.description.endswith("right radius, initial encounter for closed fracture")
    assert (found.is_billable, found.seventh, found.parent, found.side) == (True, "A", "S52.521", Side.RIGHT)
    assert bundled().look_up(CODE("S52.521A"), on=ON) == found


@pytest.mark.parametrize(
    "text", ["S06.1X7D", "S52.521Z", "S52.521", "Z99.999", "A0", "", "no code", "É10", "S52.52XA", "W67XXXX"]
)
def test_what_is_no_code_is_not_listed_or_a_header(text: str) -> None:
    """A seventh character that does not go with the code, a code that is not there, no code at all."""
    found = bundled().look_up(text, on=ON)
    assert isinstance(found, NotListed) or not found.is_billable


def test_placeholders_stand_before_a_seventh_character() -> None:
    """After a category, and after four and five characters."""
    assert code("W67.XXXA").parent == "W67"
    assert code("T36.0X1A").is_billable
    assert code("O32.1XX0").parent == "O32.1"
    header = code("S52.521")
    assert (header.is_billable, [mark for mark, _ in header.sevenths][:2]) == (False, ["A", "D"])
    assert "S52.521A" in bundled().below("S52.521")


def test_marks_are_those_of_the_official_titles_and_chapters() -> None:
    """Manifestation, external cause, side."""
    assert code("F02.80").is_manifestation
    assert code("W67.XXXA").is_external_cause
    assert not code("E11.9").is_manifestation
    assert code("S70.359A").side is Side.NOT_SAID
    assert [code(each).side for each in ("H25.011", "H25.012", "H25.013", "H25.019", "E11.9")] == [
        Side.RIGHT,
        Side.LEFT,
        Side.BILATERAL,
        Side.NOT_SAID,
        None,
    ]
    assert (code("E11.9").section, code("E11.9").chapter) == ("E08-E13", "4")


def test_a_day_before_the_edition_is_not_checked_and_one_after_it_is_stale() -> None:
    """It goes on answering: most codes go on."""
    with pytest.raises(CannotCheck):
        bundled().look_up("E11.9", on=date(2026, 3, 31))
    assert bundled().stale(date(2026, 9, 30)) == ()
    (finding,) = bundled().stale(date(2026, 10, 1))
    assert (finding.code, finding.edition) == ("ICD001", bundled().edition)


# ── notes ──


def test_two_codes_that_exclude_each_other() -> None:
    """Type 1 and type 2 diabetes, by the notes of both; a code and itself, or two apart, by none."""
    notes = bundled().excluded("E11.9", "E10.9")
    assert [(each.at, each.kind) for each in notes] == [
        ("E11", NoteKind.EXCLUDES1),
        ("E10", NoteKind.EXCLUDES1),
    ]
    assert bundled().excluded("E11.9", "I10") == ()
    assert bundled().excluded("E11.9", "E11.65") == ()


def test_a_note_of_a_block_or_a_chapter_is_inherited() -> None:
    """And left out when only a code's own are asked for."""
    inherited = bundled().notes("E11.9", NoteKind.EXCLUDES1)
    assert {each.at for each in inherited} == {"E11.9", "E11", "4"}
    own = bundled().notes("E11.9", NoteKind.EXCLUDES1, inherited=False)
    assert {each.at for each in own} == {"E11.9"}
    assert any(each.kind is NoteKind.USE_ADDITIONAL for each in bundled().notes("E11.9"))
    vehicles = bundled().notes("V43.52XA", NoteKind.EXCLUDES1)
    assert any(each.names("W31.1XXA") for each in vehicles)


@given(st.sampled_from(sorted(bundled())), st.sampled_from(sorted(bundled())))
def test_excluding_is_mutual(one: str, other: str) -> None:
    """Whoever is named first."""
    table = bundled()
    assert set(table.excluded(one, other)) == set(table.excluded(other, one))
    assert table.excluded(one, one) == ()


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("splenitis (A52.79)", "A52.79", "A52.78"),
        ("heart transplant (T86.3-)", "T86.31", "T86.2"),
        ("fire (X00-X08)", "X04.XXXA", "X09"),
        ("either (A52.7-, B38.0-B38.2)", "B38.1", "B38.3"),
        ("after a stroke (I69. with final characters -23)", "I69.023", "I69.021"),
        ("injury (S00.- - S09.-)", "S05.1", "S10"),
        ("variants (QA0.-)", "QA0.0101", "Q99"),
        ("no code at all", "", "A00"),
    ],
)
def test_codes_are_read_out_of_notes(text: str, inside: str, outside: str) -> None:
    """Ranges, all below, lists, ends; with a dot and without."""
    note = Note(kind=NoteKind.EXCLUDES1, text=text, at="A00")
    assert not note.names(outside)
    assert note.names(inside) is bool(inside)
    assert note.names(inside.replace(".", "")) is bool(inside)


def test_what_words_narrow_is_not_exact() -> None:
    """It is said, so that nobody concludes from it."""
    (found,) = codes_in("poisoning (T36-T50 with fifth or sixth character 5)")
    assert not found.is_exact
    assert "T36.0X5A" in found
    assert 5 not in found


@given(st.text(max_size=200))
def test_any_note_can_be_read(text: str) -> None:
    """Nothing is too odd."""
    assert all(isinstance(each, CodeRange) for each in codes_in(text))


# ── search ──


def test_words_and_their_beginnings_find_codes() -> None:
    """Whole words before beginnings, short titles before long ones, terms under a title too; accents do not matter."""
    assert bundled().search("cholera")[0].code == "A00"
    assert bundled().search("diab kidney")[0].code.startswith("E1")
    assert bundled().search("meniere")[0].code == "H81.0"
    assert all(each.is_billable for each in bundled().search("type 2 diabetes", billable_only=True))
    assert len(bundled().search("fracture", most=7)) == 7
    assert bundled().search("zzzz") == ()
    for nothing in ("", "of the", "—"):
        with pytest.raises(InvalidValue):
            bundled().search(nothing)
    with pytest.raises(InvalidValue, match="at least one"):
        bundled().search("fracture", most=0)


@given(st.sampled_from(sorted(each for each in bundled() if not code(each).seventh)))
def test_a_code_is_found_by_its_own_title(text: str) -> None:
    """Among those whose titles have the same words."""
    title = code(text).description
    assert text in {each.code for each in bundled().search(title, most=200)}


# ── packed ──


def made_up() -> tuple[Content, EditionNotes]:
    """An edition of three codes."""
    content = Content(
        name="made up",
        first=date(2027, 10, 1),
        last=date(2028, 9, 30),
        codes=("A00", "A00.0", "A00.9"),
        descriptions=("One", "Two", "Three"),
        chapters=(Division(name="1", description="All", start=0),),
        sections=(Division(name="A00-A09", description="Some", start=0),),
        sevenths={1: (("A", "first"), ("D", "later"))},
        never=frozenset({"A00.0XXD"}),
    )
    notes = EditionNotes(codes={2: {NoteKind.EXCLUDES1: ("two (A00.0)",)}}, sections={}, chapters={})
    return content, notes


def test_an_edition_comes_back_as_it_was_packed() -> None:
    """The same edition gives the same bytes, and what does not exist is not made up."""
    table = ICD10CM.of(pack(*made_up()))
    assert list(table) == ["A00", "A00.0", "A00.0XXA", "A00.9"]
    assert pack(*made_up()) == pack(*made_up())
    assert isinstance(table.look_up("A00.0XXD", on=date(2028, 1, 1)), NotListed)
    assert [each.at for each in table.excluded("A00.0XXA", "A00.9")] == ["A00.9"]
    assert repr(table) == "<made up>"


@given(st.binary(max_size=400) | st.integers(0, 2000).map(lambda cut: pack(*made_up())[:cut]))
def test_bytes_that_are_no_edition_are_refused(data: bytes) -> None:
    """Whatever they are; a whole one is not."""
    if data == pack(*made_up()):
        return
    with pytest.raises(InvalidValue):
        ICD10CM.of(data)


@given(st.integers(0, 10**6), st.integers(0, 255))
def test_a_damaged_file_is_refused_or_says_the_same(place: int, byte: int) -> None:
    """No byte of it can be another without being seen, by the checks of its compression."""
    whole = bytearray(pack(*made_up()))
    whole[place % len(whole)] = byte
    try:
        table = ICD10CM.of(bytes(whole))
        table.notes("A00.9")
    except InvalidValue:
        return
    assert list(table) == list(ICD10CM.of(pack(*made_up())))
