"""A whole X12 interchange: its transactions, its findings, and its text as it came."""

from collections.abc import Iterator

import attrs

from medoffice.wire.x12.delimiters import Delimiters
from medoffice.wire.x12.envelopes import Envelopes
from medoffice.wire.x12.findings import X12Finding, fault
from medoffice.wire.x12.segments import DEFAULT_LIMIT, Segment, SegmentStream, Source


@attrs.frozen(kw_only=True)
class Transaction:
    """One transaction from ST to SE: ``kind`` such as ``"271"``, its control number and guide, its segments."""

    kind: str
    control: str
    guide: str
    segments: tuple[Segment, ...] = attrs.field(repr=lambda them: f"<{len(them)} segments>")

    def named(self, name: str) -> tuple[Segment, ...]:
        """The segments of a name, in their order."""
        return tuple(each for each in self.segments if each.elements[0] == name)


@attrs.frozen(kw_only=True)
class Interchange:
    """What stands between an ISA and its IEA, and all of the text around it.

    ``findings`` are the faults of the envelopes, each with its place. ``lead`` is what stood before ISA,
    ``rest`` what follows the last segment: white space as a rule. Nothing of it is shown in the repr.
    """

    delimiters: Delimiters
    segments: tuple[Segment, ...] = attrs.field(repr=lambda them: f"<{len(them)} segments>")
    transactions: tuple[Transaction, ...]
    findings: tuple[X12Finding, ...]
    lead: str = attrs.field(default="", repr=False)
    rest: str = attrs.field(default="", repr=False)

    @property
    def control(self) -> str:
        """The interchange's control number (ISA13)."""
        return self.segments[0][13].strip()

    def text(self) -> str:
        """The text that was read, character for character."""
        end = self.delimiters.terminator
        return self.lead + "".join(each.text + end for each in self.segments) + self.rest

    def encoded(self) -> bytes:
        """The bytes that were read, byte for byte, where it was read from bytes."""
        return self.text().encode("utf-8", "surrogateescape")


def read(source: Source, *, limit: int = DEFAULT_LIMIT) -> Interchange:
    """Read one interchange; what follows its end is kept in ``rest``, and said when it is more than white space.

    Raises:
        NotX12: when the source does not begin with an interchange, is larger than ``limit`` characters, or has a
            segment that does not end.
    """
    stream = SegmentStream(source, limit=limit, is_single=True)
    one = _InMaking(stream)
    follows = stream.is_another_next()
    return one.made(rest=stream.remaining(), is_last=not follows)


def read_all(source: Source, *, limit: int = DEFAULT_LIMIT) -> Iterator[Interchange]:
    """Each interchange of a file in its order, as it arrives; their texts together are the text that was read.

    Raises:
        NotX12: as :func:`read` does; also when what follows an interchange only seems to be one.
    """
    stream = SegmentStream(source, limit=limit, is_single=True)
    one = _InMaking(stream)
    while stream.is_another_next():
        yield one.made()
        stream.begin_next()
        one = _InMaking(stream)
    yield one.made(rest=stream.remaining())


class _InMaking:
    """The interchange at which a stream stands, read to its end; the stream then stands behind it."""

    def __init__(self, stream: SegmentStream) -> None:
        self._lead, self._delimiters = stream.lead, stream.delimiters
        self._segments: list[Segment] = []
        self._envelopes = Envelopes()
        for segment in stream:
            self._segments.append(segment)
            self._envelopes.see(segment)
            if segment.elements[0] == "IEA":
                break

    def made(self, *, rest: str = "", is_last: bool = True) -> Interchange:
        """The interchange; that another stands in its ``rest`` is a finding."""
        self._envelopes.end(rest if is_last else "", len(self._segments))
        if not is_last:
            self._envelopes.findings.append(fault("X12013", len(self._segments)))
        return Interchange(
            delimiters=self._delimiters,
            segments=tuple(self._segments),
            transactions=tuple(_transactions(self._segments)),
            findings=tuple(self._envelopes.findings),
            lead=self._lead,
            rest=rest,
        )


def _transactions(segments: list[Segment]) -> Iterator[Transaction]:
    guide = ""
    begun: int | None = None
    for at, segment in enumerate(segments):
        name = segment.elements[0]
        if name == "GS":
            guide = segment[8]
        if begun is not None and name in {"ST", "GE", "GS", "IEA"}:
            yield _transaction(segments[begun:at], guide)
            begun = None
        if name == "ST":
            begun = at
        elif name == "SE" and begun is not None:
            yield _transaction(segments[begun : at + 1], guide)
            begun = None
    if begun is not None:
        yield _transaction(segments[begun:], guide)


def _transaction(segments: list[Segment], guide: str) -> Transaction:
    st = segments[0]
    return Transaction(kind=st[1], control=st[2], guide=st[3] or guide, segments=tuple(segments))
