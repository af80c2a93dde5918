"""Reading the 277: where claims stand, asked for (X12 005010X212) or sent when they came in (277CA, 005010X214)."""

from collections.abc import Callable
from datetime import date
from typing import Final

import attrs

from medoffice.billing.claims import LineStatus, ReportedClaim, Status, StatusCode, StatusReport
from medoffice.core import DateRange, Money
from medoffice.wire.x12.elements import amount_of, day_of, days_of, is_code, is_control
from medoffice.wire.x12.findings import X12Finding, fault
from medoffice.wire.x12.interchange import Transaction, read_all
from medoffice.wire.x12.segments import DEFAULT_LIMIT, Segment, Source, is_name, readable

_CLAIM_LEVELS: Final = frozenset({"22", "23", "PT"})
_PERSONS: Final = frozenset({"IL", "QC"})
_PASSED_OVER: Final = frozenset({"ST", "SE", "AMT", "QTY", "PER", "N3", "N4", "DMG"})
_ACKNOWLEDGES: Final = "214"
_DAYS_OF_SERVICE: Final = frozenset({"472", "232"})
_STATUS_PLACES: Final = (1, 10, 11)


def read_277(source: Source, *, limit: int = DEFAULT_LIMIT) -> tuple[StatusReport, ...]:
    """Every report of a file, each with the findings that came up in the file.

    Raises:
        NotX12: when the source does not begin with an interchange, is larger than ``limit`` characters, or has a
            segment that does not end.
    """
    found = []
    for one in read_all(source, limit=limit):
        findings = list(one.findings)
        made = []
        for each in one.transactions:
            if each.kind == "277":
                made.append(_Report(each, findings, one.delimiters.component))
            else:
                findings.append(fault("X12300", each.segments[0].number, 1))
        found += [each.made(tuple(findings)) for each in made]
    return tuple(found)


class _Report:
    """A report as it is read."""

    def __init__(self, one: Transaction, findings: list[X12Finding], component: str) -> None:
        self._findings, self._component = findings, component
        self._control = one.control if is_control(one.control) else ""
        self._guide = one.guide
        self._payer = ""
        self._made_on: date | None = None
        self._level = ""
        self._subscriber = self._person = ("", "", "")
        self._about: list[Status] = []
        self._claims: list[ReportedClaim] = []
        self._claim: _Claim | None = None
        for each in one.segments:
            self._take(each)
        self._close()

    def _take(self, segment: Segment) -> None:
        match segment.name:
            case "BHT":
                self._made_on = day_of(segment[4])
            case "HL":
                self._close()
                self._level = segment[3]
                if self._level == "22":
                    self._subscriber = ("", "", "")
                self._person = self._subscriber if self._level == "23" else ("", "", "")
            case "NM1":
                self._take_name(segment)
            case "TRN":
                self._take_trace(segment)
            case "STC":
                self._take_status(segment)
            case "SVC" | "REF" | "DTP" | "DTM" if self._claim is not None:
                self._claim.take(segment)
            case name if name not in _PASSED_OVER | {"REF", "DTP", "DTM"}:
                self._report("X12301" if is_name(name) else "X12010", segment)
            case _:
                pass

    def _take_name(self, segment: Segment) -> None:
        if segment[1] in {"PR", "AY"} and not self._payer:
            self._payer = readable(segment[3])
        elif segment[1] in _PERSONS and self._level in _CLAIM_LEVELS:
            member = readable(segment[9]) or self._person[2]
            self._person = (readable(segment[3]), readable(segment[4]), member)
            if self._level == "22":
                self._subscriber = self._person

    def _take_trace(self, segment: Segment) -> None:
        if self._level not in _CLAIM_LEVELS:
            return  # of the batch, or of a provider's claims
        self._close()
        self._claim = _Claim(segment, self._person)

    def _take_status(self, segment: Segment) -> None:
        status = self._status(segment)
        if self._claim is not None:
            self._claim.say(status)
        else:
            self._about.append(status)

    def _status(self, segment: Segment) -> Status:
        codes = []
        for place in _STATUS_PLACES:
            if segment[place]:
                said = [*segment[place].split(self._component), "", ""][:3]
                if not all(is_code(each) for each in said if each):
                    self._findings.append(fault("X12304", segment.number, place))
                category, code, entity = (each if is_code(each) else "" for each in said)
                codes.append(StatusCode(category=category, code=code, entity=entity))
        return Status(
            codes=tuple(codes),
            on=day_of(segment[2]),
            is_rejected={"U": True, "WQ": False}.get(segment[3]),
            charge=self._money(segment, 4),
            paid=self._money(segment, 5),
            words=readable(segment[12]),
        )

    def _money(self, segment: Segment, element: int) -> Money | None:
        found = amount_of(segment[element]) if segment[element] else None
        if found is None and segment[element]:
            self._findings.append(fault("X12303", segment.number, element))
        return found

    def _close(self) -> None:
        claim, self._claim = self._claim, None
        if claim is not None:
            self._claims.append(claim.made(self._component, self._money))

    def _report(self, code: str, segment: Segment) -> None:
        self._findings.append(fault(code, segment.number))

    def made(self, findings: tuple[X12Finding, ...]) -> StatusReport:
        """The report; nothing more belongs to it."""
        return StatusReport(
            control=self._control,
            is_acknowledgement=_ACKNOWLEDGES in self._guide,
            payer=self._payer,
            made_on=self._made_on,
            claims=tuple(self._claims),
            about=tuple(self._about),
            findings=findings,
        )


class _Claim:
    """A claim as it is read: what is said of it, then of its lines."""

    def __init__(self, trace: Segment, person: tuple[str, str, str]) -> None:
        self._trace, self._person = trace, person
        self._references: dict[str, str] = {}
        self._days: DateRange | None = None
        self._statuses: list[Status] = []
        self._lines: list[_Line] = []

    def say(self, status: Status) -> None:
        """Something was said of the claim, or of the line that was named last."""
        (self._lines[-1].statuses if self._lines else self._statuses).append(status)

    def take(self, segment: Segment) -> None:
        """A line, a number or a day."""
        line = self._lines[-1] if self._lines else None
        if segment.name == "SVC":
            self._lines.append(_Line(service=segment))
        elif segment.name == "REF":
            into = self._references if line is None else line.references
            into.setdefault(segment[1], readable(segment[2]))
        elif segment[1] in _DAYS_OF_SERVICE:
            days = days_of(segment[2], segment[3])
            if line is None:
                self._days = days or self._days
            else:
                line.days = days or line.days

    def made(self, component: str, money: Callable[[Segment, int], Money | None]) -> ReportedClaim:
        """The claim; nothing more belongs to it."""
        family, given, member = self._person
        days = [self._days] if self._days else [each.days for each in self._lines if each.days]
        return ReportedClaim(
            number=self._references.get("EJ", "") or readable(self._trace[2]),
            trace=readable(self._trace[2]),
            payer_number=self._references.get("1K", ""),
            clearing_house_number=self._references.get("D9", ""),
            family=family,
            given=given,
            member_id=member,
            first_day=min((each.start for each in days), default=None),
            last_day=max((each.end or each.start for each in days), default=None),
            statuses=tuple(self._statuses),
            lines=tuple(each.made(component, money) for each in self._lines),
            segment=self._trace.number,
        )


@attrs.define(kw_only=True)
class _Line:
    """A line of a claim as it is read."""

    service: Segment
    statuses: list[Status] = attrs.field(factory=list)
    references: dict[str, str] = attrs.field(factory=dict)
    days: DateRange | None = None

    def made(self, component: str, money: Callable[[Segment, int], Money | None]) -> LineStatus:
        """The line; nothing more belongs to it."""
        _, procedure, *modifiers = (*self.service[1].split(component), "")
        return LineStatus(
            procedure=readable(procedure),
            modifiers=tuple(readable(each) for each in modifiers if each),
            charge=money(self.service, 2),
            paid=money(self.service, 3),
            first_day=None if self.days is None else self.days.start,
            last_day=None if self.days is None else self.days.end or self.days.start,
            control=self.references.get("FJ", ""),
            statuses=tuple(self.statuses),
        )
