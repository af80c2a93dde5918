"""Any interchange comes back character for character, and every fault of its envelopes has its place."""

import io
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.x12_files import FAMILY, FULL, isa, wrapped
from medoffice.wire.x12 import AnswerStream, NotX12, read, read_all

_GROUP: Final = "GS*HB*PAYER*OFFICE*20261125*0915*1*X*005010X279A1"


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "  \n"])
@pytest.mark.parametrize("text", [FULL, FAMILY])
def test_text_comes_back(text: str, end: str) -> None:
    """With line breaks after segments or without, and with whatever stands after the last."""
    laid_out = text.replace("~", "~" + end)
    assert read(laid_out).text() == laid_out
    assert read(laid_out.encode()).encoded() == laid_out.encode()
    assert read(io.StringIO(laid_out)).text() == laid_out


def test_bytes_that_are_not_utf8_come_back() -> None:
    """A name in Latin-1 is kept byte for byte."""
    data = FULL.encode().replace(b"CARMEN", b"CARM\xc9N")
    assert read(data).encoded() == data
    assert read(io.BytesIO(data)).encoded() == data


@given(st.lists(st.text(alphabet="ABEB*:^12 \r\n", max_size=30), max_size=20))
def test_any_segments_come_back(segments: list[str]) -> None:
    """Whatever stands between the delimiters."""
    text = "~".join((isa(), *segments, "IEA*0*000000001", "\n"))
    assert read(text).text() == text


@given(
    st.lists(st.sampled_from("|#!;\n\x1d\x1c\x1e"), min_size=4, max_size=4, unique=True),
    st.sampled_from([FULL, FAMILY]),
)
def test_delimiters_are_the_files_own(marks: list[str], text: str) -> None:
    """The same file in other delimiters has the same elements and no finding."""
    changed = text.translate(str.maketrans("*:^~", "".join(marks)))
    one, other = read(text), read(changed)
    assert [each.elements[0] for each in one.segments] == [each.elements[0] for each in other.segments]
    assert other.findings == ()
    assert other.text() == changed


def test_a_sound_file_has_no_findings() -> None:
    """And its transaction is there whole."""
    one = read(FULL)
    assert one.findings == ()
    (transaction,) = one.transactions
    assert (transaction.kind, transaction.control, transaction.guide) == ("271", "0001", "005010X279A1")
    assert transaction.segments[0].elements[0] == "ST"
    assert transaction.segments[-1].elements[0] == "SE"
    assert one.control == "000000001"


@pytest.mark.parametrize(
    ("code", "text", "segment", "element"),
    [
        ("X12002", FULL.replace("PAYER          ", "PAYER", 1), 1, 0),
        ("X12003", FULL.replace("*00501*", "*00401*", 1), 1, 12),
        ("X12010", wrapped("BHT*0022", "eb*1"), 5, 0),
        ("X12011", FULL.replace("GE*1*1", "REF*XX*1~GE*1*1"), 40, 0),
        ("X12012", FULL.removesuffix("~"), 41, 0),
        ("X12020", FULL.replace("SE*37*0001~", ""), 3, 0),
        ("X12021", FULL.replace("SE*37*", "SE*38*"), 39, 1),
        ("X12022", FULL.replace("SE*37*0001", "SE*37*0002"), 39, 2),
        ("X12024", FULL.replace("SE*37*0001", "SE*37*0001~SE*37*0001"), 40, 0),
        ("X12025", FULL.replace("ST*271*0001*005010X279A1", "ST*271*0001*005010X279"), 3, 3),
        ("X12030", FULL.replace("GE*1*1~", ""), 2, 0),
        ("X12031", FULL.replace("GE*1*1", "GE*2*1"), 40, 1),
        ("X12032", FULL.replace("GE*1*1", "GE*1*2"), 40, 2),
        ("X12033", FULL.replace("GE*1*1", "GE*1*1~GE*1*1"), 41, 0),
        ("X12034", FULL.replace(f"{_GROUP}~", ""), 2, 0),
        ("X12040", FULL.replace("IEA*1*000000001~", ""), 1, 0),
        ("X12041", FULL.replace("IEA*1*", "IEA*2*"), 41, 1),
        ("X12042", FULL.replace("IEA*1*000000001", "IEA*1*000000009"), 41, 2),
    ],
)
def test_every_fault_has_its_place(code: str, text: str, segment: int, element: int) -> None:
    """Segment and element, and the text still comes back."""
    one = read(text)
    found = {finding.code: (finding.segment, finding.element) for finding in one.findings}
    assert found.get(code) == (segment, element), found
    assert one.text() == text


def test_an_interchange_without_trailer_before_another() -> None:
    """Ends where the other begins, whatever delimiters that has."""
    text = FULL.replace("IEA*1*000000001~", "") + FAMILY.replace("~", "\n")
    first, second = read_all(text)
    assert first.text() + second.text() == text == read(text).text()
    assert [each.code for each in first.findings] == ["X12040"]


def test_a_second_header_that_is_none() -> None:
    """Is said, and read on with the delimiters of the first."""
    stream = AnswerStream(FULL + "ISA*00~GS*HB~")
    assert len(tuple(stream)) == 1
    assert "X12001" in {each.code for each in stream.findings}


def test_two_transactions_of_one_number() -> None:
    """The second is named."""
    body = "ST*271*0001*005010X279A1~BHT*0022~SE*3*0001~"
    text = f"{isa()}~{_GROUP}~{body}{body}GE*2*1~IEA*1*000000001~"
    assert [(each.code, each.segment) for each in read(text).findings] == [("X12023", 6)]


def test_several_interchanges() -> None:
    """One after the other, each with its own delimiters; together they are the file."""
    second = FAMILY.replace("~", "\n").replace("*", "|")
    text = FULL + "\r\n" + second
    assert [each.code for each in read(text).findings] == ["X12013"]
    both = tuple(read_all(text))
    assert "".join(each.text() for each in both) == text
    assert [each.delimiters.element for each in both] == ["*", "|"]
    assert [each.findings for each in both] == [(), ()]


@pytest.mark.parametrize(
    "text", ["", "hello", "ISA", "ISA*00", isa()[:100], isa().replace("*", "A"), "{}" * 500]
)
def test_what_is_not_x12(text: str) -> None:
    """One exception, which does not repeat what was read."""
    with pytest.raises(NotX12) as caught:
        read(text)
    assert text not in str(caught.value) or len(text) < 4


def test_the_size_cap() -> None:
    """What is larger is refused, in memory and from a file."""
    with pytest.raises(NotX12, match="larger than 1,000 characters"):
        read(FULL, limit=1000)
    with pytest.raises(NotX12, match="larger"):
        read(io.StringIO(FULL), limit=1000)
    assert read(FULL, limit=len(FULL)).text() == FULL


def test_a_segment_without_end() -> None:
    """Is refused before it fills the memory."""
    with pytest.raises(NotX12, match="does not end"):
        read(io.StringIO(FULL.replace("IEA*1*000000001~", "") + "A" * 3_000_000))


def test_nothing_shows_in_a_repr() -> None:
    """Neither of the interchange nor of a segment."""
    one = read(FULL)
    assert "MORALES" not in repr(one) + repr(one.segments[9]) + repr(one.transactions) + repr(one.findings)
