"""A file of many interchanges is gone through once, and each is handed out as it arrives."""

import io
from collections.abc import Iterable, Iterator

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.x12_files import FAMILY, FULL
from medoffice.wire.x12 import AnswerStream, NotX12, read, read_all
from medoffice.wire.x12 import segments as segments_module
from medoffice.wire.x12.delimiters import Delimiters, delimiters_of
from medoffice.wire.x12.segments import CHUNK

_OTHER = FAMILY.replace("~", "\n").replace("*", "|")
_TEXTS = (FULL, FAMILY, _OTHER, "\n \n" + _OTHER, FULL.replace("IEA*1*000000001~", ""))


class _Counted(str):
    """A terminator that counts how many pieces are put together with it again."""

    __slots__ = ()
    joined = 0

    def join(self, pieces: Iterable[str], /) -> str:
        given = list(pieces)
        _Counted.joined += len(given)
        return super().join(given)


class _Read(io.StringIO):
    """A file that counts the characters which were taken from it."""

    taken = 0

    def read(self, size: int | None = -1, /) -> str:
        said = super().read(size)
        self.taken += len(said)
        return said


@pytest.fixture
def _counting(monkeypatch: pytest.MonkeyPatch) -> None:
    def declared(text: str) -> Delimiters:
        found = delimiters_of(text)
        return attrs.evolve(found, terminator=_Counted(found.terminator))

    monkeypatch.setattr(segments_module, "delimiters_of", declared)


@pytest.mark.usefixtures("_counting")
@pytest.mark.parametrize("many", [10, 100, 1000])
def test_no_interchange_is_gone_through_for_those_before_it(many: int) -> None:
    """What is put together again to look ahead is a few segments for each, however many follow."""
    _Counted.joined = 0
    assert sum(1 for _ in read_all(FULL * many)) == many
    assert _Counted.joined < 140 * many
    _Counted.joined = 0
    assert sum(1 for _ in AnswerStream(FULL * many)) == many
    assert _Counted.joined < 140 * many


def test_each_interchange_is_handed_out_as_it_arrives() -> None:
    """Little more was taken from the file by then, and every character once."""
    texts = [FULL, _OTHER + "\r\n", FULL] * 60
    file, end = _Read("".join(texts)), 0
    for one, text in zip(read_all(file), texts, strict=True):
        end += len(text)
        assert one.transactions
        assert file.taken <= end + 2 * CHUNK
    assert file.taken == end


@given(st.lists(st.sampled_from(_TEXTS), min_size=1, max_size=6), st.integers(1, 999))
def test_one_by_one_or_together(texts: list[str], piece: int) -> None:
    """The same interchanges as when each is read alone, wherever the file is cut on its way in."""
    text = "".join(texts)
    whole = tuple(read_all(text))
    assert [each.text() for each in whole] == texts
    assert whole == tuple(read(each) for each in texts)
    assert tuple(read_all(_Trickle(text, piece))) == whole


def test_what_only_seems_to_follow() -> None:
    """Is refused after what stands before it was handed out."""
    several: Iterator[object] = read_all(f"{FULL}\nISA*00*X")
    assert next(several) == attrs.evolve(read(FULL))
    with pytest.raises(NotX12):
        next(several)


def test_much_white_space_between() -> None:
    """Belongs to the interchange behind it, and is not searched again for each piece of the file."""
    text = f"{FULL}{' ' * 300_000}\r\n{FAMILY}"
    first, second = read_all(_Trickle(text, 900))
    assert (first.text(), second.lead) == (FULL, " " * 300_000 + "\r\n")
    assert first.text() + second.text() == text


class _Trickle(io.StringIO):
    """A file that gives a few characters at a time."""

    def __init__(self, text: str, piece: int) -> None:
        super().__init__(text)
        self._piece = piece

    def read(self, _: int | None = -1, /) -> str:
        return super().read(self._piece)
