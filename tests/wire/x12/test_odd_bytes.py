"""What lies in real folders beside clean files: marks at the front, control characters, huge segments, old versions."""

import io
from collections.abc import Callable
from typing import Any, Final

import attrs
import pytest

from benchmarks.x12_files import FAMILY, FULL, answer
from medoffice.wire.x12 import AnswerStream, NotX12, read, read_271, read_all
from medoffice.wire.x12.segments import LONGEST_SEGMENT

_READERS: Final[tuple[Callable[..., Any], ...]] = (
    read,
    read_271,
    lambda source, **limit: tuple(read_all(source, **limit)),
)
readers = pytest.mark.parametrize("reader", _READERS)


@readers
def test_the_size_cap_is_exact(reader: Callable[..., Any]) -> None:
    """So many characters are taken and not one more, from text, bytes or a file; characters, not bytes."""
    text = FULL.replace("CARMEN", "CÁRMEN")
    for source in (lambda: text, text.encode, lambda: io.BytesIO(text.encode()), lambda: io.StringIO(text)):
        assert reader(source(), limit=len(text)) == reader(text)
        with pytest.raises(NotX12, match="larger"):
            reader(source(), limit=len(text) - 1)


@readers
@pytest.mark.parametrize("last", [False, True])
def test_the_longest_segment(reader: Callable[..., Any], *, last: bool) -> None:
    """A segment of a million characters is read; one more is refused, whether it comes at once or in pieces."""
    message = "MSG*" + "A" * (LONGEST_SEGMENT - 4)
    for segment, is_read in ((message, True), (message + "A", False)):
        text = answer("EB*1**30", segment, *(() if last else ("EB*B**98****25",)))
        end = text.index("MSG*A") + len(segment)
        for piece in (777, 100_000, end - 1, end, end + 1):
            if is_read:
                assert reader(_Trickle(text, piece)) == reader(text) == reader(text.encode())
                continue
            for source in (text, text.encode(), _Trickle(text, piece)):
                with pytest.raises(NotX12, match="does not end"):
                    reader(source)
    assert len(read_271(answer("EB*1**30", message))[0].statements[0].messages[0]) == LONGEST_SEGMENT - 4


def test_a_byte_order_mark() -> None:
    """Stands before the first segment and is kept; that of UTF-16 is no X12."""
    data = FULL.encode("utf-8-sig")
    one = read(data)
    assert (one.lead, one.findings, one.encoded()) == ("\ufeff", (), data)
    assert read_271(data) == read_271(FULL)
    with pytest.raises(NotX12):
        read(FULL.encode("utf-16"))


@pytest.mark.parametrize("odd", ["\x00", "\x1a", "\x7f", "\u2028", "\xa0", "é", "\U0001f600"])
def test_characters_that_no_payer_should_send(odd: str) -> None:
    """Are kept where they stand, within a text and at the end of the file."""
    text = answer("EB*1**30", f"MSG*BEFORE{odd}AFTER")
    one = read(text.encode())
    assert (one.encoded(), one.findings) == (text.encode(), ())
    assert read_271(text.encode())[0].statements[0].messages == (f"BEFORE{odd}AFTER",)
    trailing = (text + odd).encode()
    assert read(trailing).encoded() == trailing


def test_latin_1_is_readable() -> None:
    """Bytes that are not UTF-8 come back as they were, and people read the letter that was meant."""
    data = answer("EB*1**30", "MSG*SEGÚN").encode("latin-1")
    assert read(data).encoded() == data
    assert read_271(data)[0].statements[0].messages == ("SEGÚN",)
    for piece in (1, 2, 3, 1000):
        assert read_271(_Bytes(data, piece)) == read_271(data)


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n", "\r\r\n", "\t\r"])
def test_line_breaks_of_every_kind(end: str) -> None:
    """After a terminator, and a lone CR as the terminator itself: the same answers, and the text comes back."""
    laid_out = FULL.replace("~", "~" + end)
    assert (read(laid_out).text(), read(laid_out).findings) == (laid_out, ())
    assert read_271(laid_out) == read_271(FULL)
    returned = FULL.replace("~", "\r")
    assert (read(returned).text(), read(returned).findings) == (returned, ())
    assert read_271(returned.replace("\r", "\r\n")) == read_271(FULL)


def test_no_repetition_before_version_5010() -> None:
    """In 4010 the place of its separator holds U: nothing is split, the version is said, and an answer is read."""
    old = FULL.replace("*^*00501*", "*U*00401*")
    one = read(old)
    assert [each.code for each in one.findings] == ["X12003"]
    assert "U" not in {one.delimiters.repetition, one.delimiters.component}
    (said,) = read_271(old)
    assert said.subscriber is not None
    assert (said.subscriber.given, said.is_active) == ("CARMEN", True)
    assert ("98^BY",) in {each.service_types for each in said.statements}


def test_the_end_of_an_answer_is_the_same_from_a_stream() -> None:
    """Findings behind the last answer are there when the stream has ended, however it was cut."""
    text = FAMILY.replace("IEA*1*000000001", "IEA*1*000000002")
    for piece in (1, 50, 5000):
        stream = AnswerStream(_Trickle(text, piece))
        assert tuple(stream) == tuple(AnswerStream(text))
        assert [each.code for each in stream.findings] == ["X12042"]


class _Trickle(io.StringIO):
    """A file that gives so many characters at a time."""

    def __init__(self, text: str, piece: int) -> None:
        super().__init__(text)
        self._piece = piece

    def read(self, _: int | None = -1, /) -> str:
        return super().read(self._piece)


class _Bytes(io.BytesIO):
    """The same in bytes."""

    def __init__(self, data: bytes, piece: int) -> None:
        super().__init__(data)
        self._piece = piece

    def read(self, _: int | None = -1, /) -> bytes:
        return super().read(self._piece)


def test_what_comes_up_behind_the_last_answer_is_told_with_it() -> None:
    """Whoever reads a file at once hears of every fault in it, also of one in its last segment."""
    *before, last = read_271(FAMILY.replace("IEA*1*000000001", "IEA*1*000000002"))
    stream = AnswerStream(FAMILY)
    assert (*before, attrs.evolve(last, findings=())) == tuple(stream)
    assert [each.code for each in last.findings] == ["X12042"]
