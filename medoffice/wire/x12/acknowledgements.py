"""Reading the 999, the acknowledgement of a group (X12 005010X231A1)."""

import re
from typing import Final

from medoffice.billing.claims import (
    Accepted,
    ElementFault,
    GroupAcknowledged,
    SegmentFault,
    TransactionAcknowledged,
)
from medoffice.wire.x12.elements import is_code, is_control
from medoffice.wire.x12.findings import X12Finding, fault
from medoffice.wire.x12.interchange import read_all
from medoffice.wire.x12.segments import DEFAULT_LIMIT, Segment, Source, is_name, readable

_ACCEPTED: Final = {each.value: each for each in Accepted}
_PASSED_OVER: Final = frozenset({"ST", "SE", "CTX"})
_LOOP: Final = re.compile(r"\d{4}[A-Z]{0,2}", re.ASCII)
_MOST_DIGITS: Final = 9


def read_999(source: Source, *, limit: int = DEFAULT_LIMIT) -> tuple[GroupAcknowledged, ...]:
    """Every group that a file acknowledges, each with the findings that came up in the file.

    Raises:
        NotX12: when the source does not begin with an interchange, is larger than ``limit`` characters, or has a
            segment that does not end.
    """
    found = []
    for one in read_all(source, limit=limit):
        findings = list(one.findings)
        made = []
        for each in one.transactions:
            if each.kind == "999":
                made.append(_Group(each.segments, findings, one.delimiters.component))
            else:
                findings.append(fault("X12300", each.segments[0].number, 1))
        found += [each.made(tuple(findings)) for each in made]
    return tuple(found)


class _Group:
    """A group as it is read."""

    def __init__(self, segments: tuple[Segment, ...], findings: list[X12Finding], component: str) -> None:
        self._findings, self._component = findings, component
        self._functional = self._control = self._status = ""
        self._counts: tuple[int | None, int | None, int | None] = (None, None, None)
        self._transactions: list[TransactionAcknowledged] = []
        self._open: Segment | None = None
        self._faults: list[SegmentFault] = []
        self._segment: Segment | None = None
        self._elements: list[ElementFault] = []
        for each in segments:
            self._take(each)
        self._close_transaction("")

    def _take(self, segment: Segment) -> None:
        match segment.name:
            case "AK1":
                self._functional = self._code(segment, 1)
                self._control = self._number(segment, 2)
            case "AK2":
                self._close_transaction("")
                self._open = segment
            case "IK3" | "AK3":
                self._close_segment()
                self._segment = segment
            case "IK4" | "AK4":
                self._take_element(segment)
            case "IK5" | "AK5":
                self._close_transaction(self._code(segment, 1))
            case "AK9":
                self._status = self._code(segment, 1)
                self._counts = (
                    self._count(segment, 2),
                    self._count(segment, 3),
                    self._count(segment, 4),
                )
            case name if name not in _PASSED_OVER:
                self._report("X12301" if is_name(name) else "X12010", segment, 0)
            case _:
                pass

    def _take_element(self, segment: Segment) -> None:
        position, _, component = segment[1].partition(self._component)
        self._elements.append(
            ElementFault(
                position=_whole(position),
                component=_whole(component.partition(self._component)[0]),
                code=self._code(segment, 3),
                value=readable(segment[4]),
            )
        )

    def _close_segment(self) -> None:
        segment, self._segment = self._segment, None
        if segment is not None:
            self._faults.append(
                SegmentFault(
                    segment=self._code(segment, 1),
                    position=self._count(segment, 2),
                    loop=self._of_form(segment, 3, holds=_LOOP.fullmatch(segment[3]) is not None),
                    code=self._code(segment, 4),
                    elements=tuple(self._elements),
                )
            )
        self._elements = []

    def _close_transaction(self, status: str) -> None:
        self._close_segment()
        opened, self._open = self._open, None
        if opened is not None:
            if not status:
                self._report("X12302", opened, 0)
            self._transactions.append(
                TransactionAcknowledged(
                    kind=self._code(opened, 1),
                    control=self._number(opened, 2),
                    status=_ACCEPTED.get(status),
                    status_code=status,
                    faults=tuple(self._faults),
                )
            )
        self._faults = []

    def _code(self, segment: Segment, element: int) -> str:
        return self._of_form(segment, element, holds=is_code(segment[element]))

    def _number(self, segment: Segment, element: int) -> str:
        return self._of_form(segment, element, holds=is_control(segment[element]))

    def _of_form(self, segment: Segment, element: int, *, holds: bool) -> str:
        if segment[element] and not holds:
            self._report("X12304", segment, element)
        return segment[element] if holds else ""

    def _count(self, segment: Segment, element: int) -> int | None:
        found = _whole(segment[element])
        if found is None and segment[element]:
            self._report("X12303", segment, element)
        return found

    def _report(self, code: str, segment: Segment, element: int) -> None:
        self._findings.append(fault(code, segment.number, element))

    def made(self, findings: tuple[X12Finding, ...]) -> GroupAcknowledged:
        """The group; nothing more belongs to it."""
        included, received, accepted = self._counts
        return GroupAcknowledged(
            functional=self._functional,
            control=self._control,
            status=_ACCEPTED.get(self._status),
            status_code=self._status,
            included=included,
            received=received,
            accepted=accepted,
            transactions=tuple(self._transactions),
            findings=findings,
        )


def _whole(text: str) -> int | None:
    said = text.strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS else None
