"""The envelopes of an interchange, checked while its segments go by: what they count and what they name."""

from typing import Final

from medoffice.wire.x12.findings import X12Finding, fault
from medoffice.wire.x12.segments import Segment, is_name

_VERSION: Final = "00501"
_ISA_ELEMENTS: Final = 17
_ISA_TEXT: Final = 105
_LONGEST_CONTROL: Final = 9


class Envelopes:
    """Follows ISA, GS, ST, SE, GE and IEA; ``findings`` grow with every fault, none ever stops the reading."""

    def __init__(self) -> None:
        self.findings: list[X12Finding] = []
        self.guide = ""
        self._isa: Segment | None = None
        self._gs: Segment | None = None
        self._st: Segment | None = None
        self._groups = 0
        self._controls = ControlNumbers()
        self._sets = 0
        self._steps = {
            "ISA": self._begin_interchange,
            "GS": self._begin_group,
            "ST": self._begin_transaction,
            "SE": self._end_transaction,
            "GE": self._end_group,
            "IEA": self._end_interchange,
        }

    @property
    def is_in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._st is not None

    def see(self, segment: Segment) -> None:
        """Take the next segment."""
        name = segment.elements[0]
        if step := self._steps.get(name):
            step(segment)
        elif self._st is None:
            self._add("X12011" if is_name(name) else "X12010", segment)
        elif not is_name(name):
            self._add("X12010", segment)

    def end(self, rest: str, last: int) -> None:
        """The source has ended; ``rest`` is what stood after the terminator of the segment numbered ``last``."""
        if rest.strip():
            self.findings.append(fault("X12012", last + 1))
        self._close_interchange()

    def _add(self, code: str, segment: Segment, element: int = 0) -> None:
        self.findings.append(fault(code, segment.number, element))

    def _begin_interchange(self, isa: Segment) -> None:
        self._close_interchange()
        self._isa, self._groups = isa, 0
        if len(isa.elements) != _ISA_ELEMENTS:
            self._add("X12001", isa)
        elif len(isa.text.lstrip()) != _ISA_TEXT:
            self._add("X12002", isa)
        if isa[12].strip() != _VERSION:
            self._add("X12003", isa, 12)

    def _begin_group(self, gs: Segment) -> None:
        self._close_group()
        self._gs, self._sets, self._controls = gs, 0, ControlNumbers()
        self._groups += 1

    def _begin_transaction(self, st: Segment) -> None:
        self._close_transaction()
        self._st = st
        self._sets += 1
        if self._gs is None:
            self._add("X12034", st)
        if not self._controls.add(st[2]):
            self._add("X12023", st, 2)
        group_guide = self._gs[8] if self._gs else ""
        self.guide = st[3] or group_guide
        if st[3] and group_guide and st[3] != group_guide:
            self._add("X12025", st, 3)

    def _end_transaction(self, se: Segment) -> None:
        st, self._st = self._st, None
        if st is None:
            self._add("X12024", se)
            return
        if not counts(se[1], se.number - st.number + 1):
            self._add("X12021", se, 1)
        if se[2].strip() != st[2].strip():
            self._add("X12022", se, 2)

    def _end_group(self, ge: Segment) -> None:
        self._close_transaction()
        gs, self._gs = self._gs, None
        if gs is None:
            self._add("X12033", ge)
            return
        if not counts(ge[1], self._sets):
            self._add("X12031", ge, 1)
        if not same_number(ge[2], gs[6]):
            self._add("X12032", ge, 2)

    def _end_interchange(self, iea: Segment) -> None:
        self._close_group()
        isa, self._isa = self._isa, None
        if not counts(iea[1], self._groups):
            self._add("X12041", iea, 1)
        if isa is None or not same_number(iea[2], isa[13]):
            self._add("X12042", iea, 2)

    def _close_transaction(self) -> None:
        if self._st is not None:
            self._add("X12020", self._st)
            self._st = None

    def _close_group(self) -> None:
        self._close_transaction()
        if self._gs is not None:
            self._add("X12030", self._gs)
            self._gs = None

    def _close_interchange(self) -> None:
        self._close_group()
        if self._isa is not None:
            self._add("X12040", self._isa)
            self._isa = None


class ControlNumbers:
    """Control numbers that were seen. Of those that count on by one, as senders do, only first and last are kept."""

    def __init__(self) -> None:
        self._runs: dict[int, tuple[int, int]] = {}
        self._others: set[str] = set()

    def add(self, text: str) -> bool:
        """Take note of one, written as it stands in the file; whether it is new."""
        if text.isascii() and text.isdigit() and len(text) <= _LONGEST_CONTROL:
            number = int(text)
            first, last = self._runs.get(len(text), (number, number - 1))
            if first <= number <= last:
                return False
            if number == last + 1 and text not in self._others:
                self._runs[len(text)] = first, number
                return True
        is_new = text not in self._others
        self._others.add(text)
        return is_new


def counts(said: str, number: int) -> bool:
    """Whether a trailer's count, with or without leading zeros, is a number."""
    text = said.strip()
    return text.isascii() and text.isdigit() and len(text) <= 10 and int(text) == number  # noqa: PLR2004


def same_number(one: str, other: str) -> bool:
    """Whether two control numbers are one; leading zeros make no difference."""
    left, right = one.strip(), other.strip()
    return left == right or (left.lstrip("0") == right.lstrip("0") and left.isdigit() and right.isdigit())
