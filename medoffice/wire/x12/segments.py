"""X12 text, cut into segments as it arrives, so that a file of any size is read in little memory.

What is cut is kept whole: the text of all segments, each with its terminator, and the rest after the last, are
the text that was read, character for character.
"""

import codecs
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import starmap
from typing import Final, Protocol

import attrs

from medoffice.wire.x12.delimiters import Delimiters, NotX12, delimiters_of

CHUNK: Final = 16 * 1024
LONGEST_SEGMENT: Final = 1024 * 1024
DEFAULT_LIMIT: Final = 512 * 1024 * 1024
"""Characters that a reader takes when it is not told otherwise."""
_ISA_WINDOW: Final = 420
_HEAD: Final = 64
"""Segments that are put together to look at a header: nearly always enough for :data:`_ISA_WINDOW` characters."""
_WHITE: Final = "\r\n\t "
_LEAD: Final = "\ufeff" + _WHITE


class Readable(Protocol):
    """An open file, of text or of bytes."""

    def read(self, size: int, /) -> str | bytes:
        """The next characters or bytes; nothing at the end."""
        ...


Row = tuple[int, str, list[str]]
"""A segment's number, text and elements."""

Source = str | bytes | Readable
"""Where X12 comes from: the text, its bytes, or a file that the caller opened.

Bytes are read as UTF-8; a byte that is not is kept as it is, and ``encode("utf-8", "surrogateescape")`` of what
was read gives it back.
"""


@attrs.frozen(repr=False)
class Segment:
    """One segment: its place in the interchange (ISA is 1), its text without the terminator, its elements.

    ``elements[0]`` is the segment's name, so ``segment[3]`` is its third element as the guides count;
    an element that was left out is empty. Its repr shows name and place only, as the rest may be PHI.
    """

    number: int
    text: str
    elements: list[str]

    def __getitem__(self, place: int) -> str:
        return self.elements[place] if place < len(self.elements) else ""

    def __repr__(self) -> str:
        return f"<Segment {self.number} {self.name or '?'}>"

    @property
    def name(self) -> str:
        """The segment's name, empty when what stands there cannot be one."""
        said = self.elements[0]
        return said if is_name(said) else ""


@lru_cache(maxsize=1024)
def is_name(text: str) -> bool:
    """Whether a text can be a segment's name: two or three capital letters and digits."""
    return 2 <= len(text) <= 3 and text.isascii() and text.isalnum() and text.isupper()  # noqa: PLR2004


class SegmentStream:
    """The segments of a source one after the other, across as many interchanges as it holds; numbers begin anew.

    ``delimiters`` are those of the interchange that is being read, ``lead`` is what stood before the first
    segment (nothing, or white space and a byte-order mark), and ``rest`` what stood after the last terminator,
    known when the stream has ended.
    """

    def __init__(self, source: Source, *, limit: int = DEFAULT_LIMIT, is_single: bool = False) -> None:
        """Begin to read; ``is_single`` ends before a second interchange, which :meth:`remaining` gives.

        Raises:
            NotX12: when the source does not begin with an interchange; while reading, when it is larger than
                ``limit`` characters or a segment does not end within :data:`LONGEST_SEGMENT` of them.
        """
        self._chunks = _chunks(source, limit)
        self._is_single = is_single
        text = self._at_least(_ISA_WINDOW, "")
        body = text.lstrip(_LEAD)
        self.lead = text[: len(text) - len(body)]
        self.rest = ""
        self.delimiters = delimiters_of(body)
        self._pieces = body.split(self.delimiters.terminator)
        self._at = 0

    def __iter__(self) -> Iterator[Segment]:
        return starmap(Segment, self.rows())

    def rows(self) -> Iterator[Row]:
        """The segments as plain rows, for a reader that looks at each of them once and keeps none."""
        number = 0
        while True:
            at, separator = self._at, self.delimiters.element
            for piece in self._pieces[at:-1]:
                elements = piece.split(separator)
                name = elements[0]
                if name == "ISA" or not name.isalnum():
                    body = piece.lstrip(_WHITE)
                    if number and body.startswith("ISA") and not body[3:4].isalnum():
                        if self._is_single:
                            return
                        number = 0
                        self._begin_anew()
                        break
                    elements = body.split(separator)
                at += 1
                number += 1
                self._at = at
                yield number, piece, elements
            else:
                if not self._more():
                    self.rest = self._pieces[-1]
                    return

    def is_another_next(self) -> bool:
        """Whether what was not given out yet begins with an interchange, but for white space."""
        return self._head().lstrip(_LEAD).startswith("ISA")

    def begin_next(self) -> None:
        """Go on to the interchange that is next; ``lead`` and ``delimiters`` become its own.

        Raises:
            NotX12: when what is next only seems to be one.
        """
        head = self._head()
        body = head.lstrip(_LEAD)
        declared = delimiters_of(body)
        self.lead = head[: len(head) - len(body)]
        self._at += self.lead.count(self.delimiters.terminator)
        self._pieces[self._at] = self._pieces[self._at].lstrip(_LEAD)
        self._declare(declared)

    def remaining(self) -> str:
        """All that was not given out yet, as it stands in the source; the stream is at its end after."""
        left = "".join((self._left(), *self._chunks))
        self._pieces, self._at = [""], 0
        return left

    def _left(self) -> str:
        return self.delimiters.terminator.join(self._pieces[self._at :])

    def _more(self) -> bool:
        """Take chunks until a segment has ended; whether one has. How the source is cut makes no difference."""
        terminator = self.delimiters.terminator
        taken = [self._pieces[-1]]
        size = len(taken[0])
        while size <= LONGEST_SEGMENT and (chunk := next(self._chunks, "")):
            taken.append(chunk)
            size += len(chunk)
            if terminator in chunk:
                break
        self._pieces, self._at = "".join(taken).split(terminator), 0
        if len(self._pieces[0]) > LONGEST_SEGMENT:
            raise NotX12("a segment of it does not end")
        return len(self._pieces) > 1

    def _begin_anew(self) -> None:
        """Read the delimiters of the next interchange; when it declares none, those of the last are kept."""
        head = self._head()
        with suppress(NotX12):
            self._declare(delimiters_of(head.lstrip(_WHITE)))

    def _declare(self, delimiters: Delimiters) -> None:
        if delimiters.terminator != self.delimiters.terminator:
            self._pieces, self._at = self._left().split(delimiters.terminator), 0
        self.delimiters = delimiters

    def _head(self) -> str:
        """What comes next, as far as a header goes; as a rule a few segments, and never the whole chunk each time."""
        end = self.delimiters.terminator
        head = end.join(self._pieces[self._at : self._at + _HEAD])
        if len(head.lstrip(_LEAD)) < _ISA_WINDOW:
            head = self._at_least(_ISA_WINDOW, self._left())
            self._pieces, self._at = head.split(end), 0
        return head

    def _at_least(self, size: int, text: str) -> str:
        taken, found = [text], len(text.lstrip(_LEAD))
        while found < size and (chunk := next(self._chunks, "")):
            taken.append(chunk)
            found += len(chunk) if found else len(chunk.lstrip(_LEAD))
        return "".join(taken)


def _chunks(source: Source, limit: int) -> Iterator[str]:
    taken = 0
    for text in _texts(source):
        taken += len(text)
        if taken > limit:
            raise NotX12(f"it is larger than {limit:,} characters")
        for at in range(0, len(text), CHUNK):
            yield text[at : at + CHUNK]


def _texts(source: Source) -> Iterator[str]:
    if isinstance(source, str):
        yield source
        return
    if isinstance(source, bytes | bytearray):
        yield source.decode("utf-8", "surrogateescape")
        return
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    while chunk := source.read(CHUNK):
        yield chunk if isinstance(chunk, str) else decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def readable(text: str) -> str:
    """Text for people to read: bytes that were not UTF-8 are taken for Latin-1, which older senders write."""
    if text.isascii():
        return text
    return "".join(chr(ord(each) - 0xDC00) if "\udc80" <= each <= "\udcff" else each for each in text)
