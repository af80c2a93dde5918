"""Reading the 835, a payer's remittance (X12 005010X221A1), claim by claim as it arrives."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final

import attrs

from medoffice.billing.remittance import (
    Adjustment,
    ClaimPayment,
    ClaimStatus,
    Group,
    Payment,
    ProviderAdjustment,
    Remittance,
    RemittanceHead,
    RemittanceParty,
    ServicePayment,
)
from medoffice.billing.remittance.remittance import Means
from medoffice.core import Money
from medoffice.wire.x12.elements import amount_of, day_of, is_code, is_control, is_remark, number_of
from medoffice.wire.x12.envelopes import Envelopes
from medoffice.wire.x12.findings import X12Finding, fault
from medoffice.wire.x12.segments import DEFAULT_LIMIT, Segment, SegmentStream, Source, is_name, readable

Elements = list[str]

_ENVELOPE: Final = frozenset({"ISA", "GS", "ST", "SE", "GE", "IEA"})
_LEFT_OUT: Final = ("",) * 20
"""Added to the elements of each segment: no step looks farther than the twentieth."""
_GROUPS: Final = {each.value: each for each in Group}
_STATUSES: Final = {each.value: each for each in ClaimStatus}
_MEANS: Final = {each.value: each for each in Means}
_CAS: Final = tuple(range(2, 20, 3))
_PLB: Final = tuple(range(3, 15, 2))
_REMARKS: Final = {"MOA": range(3, 8), "MIA": (5, 20)}
_DEBIT: Final = "D"


def read_835(source: Source, *, limit: int = DEFAULT_LIMIT) -> tuple[Remittance, ...]:
    """Every remittance of a file, each with the findings that came up in it; see :class:`RemittanceStream`.

    What comes up behind the last, as in the trailers of the envelopes, is among the findings of the last.

    Raises:
        NotX12: when the source does not begin with an interchange, is larger than ``limit`` characters, or has a
            segment that does not end.
    """
    found: list[Remittance] = []
    stream = RemittanceStream(source, limit=limit)
    head: RemittanceHead | None = None
    claims: list[ClaimPayment] = []
    told = 0
    for each in stream:
        match each:
            case RemittanceHead():
                head, claims = each, []
            case ClaimPayment():
                claims.append(each)
            case tuple():
                if head is not None:
                    new = stream.findings[told:]
                    told += len(new)
                    found.append(
                        Remittance(head=head, claims=tuple(claims), provider_adjustments=each, findings=new)
                    )
                head = None
    behind = stream.findings[told:]
    if found and behind:
        found[-1] = attrs.evolve(found[-1], findings=(*found[-1].findings, *behind))
    return tuple(found)


class RemittanceStream:
    """The parts of a file one after the other: a head, its claims, and the provider adjustments that end it (a tuple).

    So a remittance of any size is read in little memory. After the last part ``findings`` holds every fault of the file.
    """

    def __init__(self, source: Source, *, limit: int = DEFAULT_LIMIT) -> None:
        """Begin to read.

        Raises:
            NotX12: as :func:`read_835`, also while reading.
        """
        self._stream = SegmentStream(source, limit=limit)
        self._envelopes = Envelopes()
        self._is_ours = False
        self._begin("", 0)

    @property
    def findings(self) -> tuple[X12Finding, ...]:
        """The faults that were found so far."""
        return tuple(self._envelopes.findings)

    def __iter__(self) -> Iterator[RemittanceHead | ClaimPayment | tuple[ProviderAdjustment, ...]]:
        number = 0
        for number, text, said in self._stream.rows():
            name = said[0]
            if name in _ENVELOPE:
                segment = Segment(number, text, said)
                self._envelopes.see(segment)
                yield from self._ended()
                self._is_ours = name == "ST" and segment[1] == "835"
                if self._is_ours:
                    self._begin(segment[2], number)
                elif name == "ST":
                    self._report("X12200", number, 1)
                continue
            if not self._is_ours:
                self._envelopes.see(Segment(number, text, said))
                continue
            said.extend(_LEFT_OUT)
            if name in {"CLP", "LX", "PLB"}:
                yield from self._before_claim()
            self._take(name, number, said)
        self._envelopes.end(self._stream.rest, number)
        yield from self._ended()

    # ── parts ──

    def _begin(self, control: str, number: int) -> None:
        self._control, self._at = control if is_control(control) else "", number
        self._payment = Payment(amount=Money.zero)
        self._trace = self._payer_number = ""
        self._produced_on: date | None = None
        self._parties: dict[str, RemittanceParty] = {}
        self._party = ""
        self._is_head_given = False
        self._claim: _Claim | None = None
        self._beside: list[ProviderAdjustment] = []

    def _before_claim(self) -> Iterator[RemittanceHead | ClaimPayment]:
        if not self._is_head_given:
            self._is_head_given = True
            yield self._head()
        if self._claim is not None:
            claim, self._claim = self._claim, None
            yield claim.made()

    def _ended(self) -> Iterator[RemittanceHead | ClaimPayment | tuple[ProviderAdjustment, ...]]:
        if self._is_ours:
            yield from self._before_claim()
            self._is_ours = False
            yield tuple(self._beside)

    def _head(self) -> RemittanceHead:
        paid = self._payment
        return RemittanceHead(
            control=self._control,
            payment=Payment(
                amount=paid.amount,
                means=paid.means,
                means_code=paid.means_code,
                handling=paid.handling,
                is_credit=paid.is_credit,
                on=paid.on,
                trace=self._trace,
                payer_number=self._payer_number,
            ),
            payer=self._parties.get("PR", RemittanceParty()),
            payee=self._parties.get("PE", RemittanceParty()),
            produced_on=self._produced_on,
            segment=self._at,
        )

    # ── segments ──

    def _take(self, name: str, number: int, said: Elements) -> None:
        if name == "CLP":
            self._claim = _Claim(number, said, self._report, self._stream.delimiters.component)
        elif name == "PLB":
            self._take_beside(number, said)
        elif name == "LX":
            pass
        elif self._claim is not None:
            self._claim.take(name, number, said)
        elif name == "BPR":
            self._take_payment(number, said)
        elif name == "TRN":
            self._trace, self._payer_number = readable(said[2]), said[3]
        elif name == "DTM":
            self._produced_on = self._day(number, 2, said[2]) if said[1] == "405" else self._produced_on
        elif name in {"N1", "N3", "N4", "PER", "REF"}:
            self._take_party(name, said)
        elif name not in {"CUR", "RDM", "TS3", "TS2"}:
            self._report("X12201" if is_name(name) else "X12010", number, 0)

    def _take_payment(self, number: int, said: Elements) -> None:
        amount = _money(said[2], number, 2, self._report)
        is_credit = said[3] != _DEBIT
        self._payment = Payment(
            amount=amount if is_credit else -amount,
            means=_MEANS.get(said[4]),
            means_code=_code(said[4], number, 4, self._report),
            handling=_code(said[1], number, 1, self._report),
            is_credit=is_credit,
            on=self._day(number, 16, said[16]),
        )

    def _take_party(self, name: str, said: Elements) -> None:
        if name == "N1":
            self._party = said[1]
            self._parties.setdefault(
                said[1], RemittanceParty(name=readable(said[2]), qualifier=said[3], number=said[4])
            )
        elif name == "PER" and (known := self._parties.get(self._party)) is not None:
            told = tuple(readable(said[place]) for place in (4, 6, 8) if said[place])
            self._parties[self._party] = RemittanceParty(
                name=known.name,
                qualifier=known.qualifier,
                number=known.number,
                contacts=(*known.contacts, *told),
            )

    def _take_beside(self, number: int, said: Elements) -> None:
        for place in _PLB:
            if not said[place] and not said[place + 1]:
                continue
            said_reason, _, reference = said[place].partition(self._stream.delimiters.component)
            reason = _code(said_reason, number, place, self._report)
            self._beside.append(
                ProviderAdjustment(
                    provider=said[1],
                    fiscal_year_end=self._day(number, 2, said[2]),
                    reason=reason,
                    reference=readable(reference),
                    amount=_money(said[place + 1], number, place + 1, self._report),
                )
            )

    def _day(self, number: int, element: int, text: str) -> date | None:
        return _day(text, number, element, self._report)

    def _report(self, code: str, number: int, element: int) -> None:
        self._envelopes.findings.append(fault(code, number, element))


Report = Callable[[str, int, int], None]


class _Claim:
    """A claim as it is read: its own segments, then those of its lines."""

    def __init__(self, number: int, said: Elements, report: Report, component: str) -> None:
        self._report, self._component = report, component
        self._number, self._said = number, said
        self._person = ("", "", "")
        self._crossed = ""
        self._days: dict[str, date | None] = {}
        self._adjustments: list[Adjustment] = []
        self._remarks: list[str] = []
        self._lines: list[ServicePayment] = []
        self._line: tuple[int, Elements] | None = None
        self._open_line()
        if said[2] not in _STATUSES:
            report("X12206", number, 2)

    def _open_line(self) -> None:
        self._line_adjustments: list[Adjustment] = []
        self._line_days: dict[str, date | None] = {}
        self._line_remarks: list[str] = []
        self._control = ""
        self._allowed: Money | None = None

    def take(self, name: str, number: int, said: Elements) -> None:
        """One segment of the claim."""
        if name == "SVC":
            self._close_line()
            self._line = number, said
        elif name == "CAS":
            into = self._adjustments if self._line is None else self._line_adjustments
            into.extend(self._adjusted(number, said))
        elif name == "DTM":
            days = self._days if self._line is None else self._line_days
            days[said[1]] = _day(said[2], number, 2, self._report)
        elif self._line is not None:
            self._take_of_line(name, number, said)
        elif name == "NM1":
            self._take_name(said)
        elif name in _REMARKS:
            for place in _REMARKS[name]:
                self._remark(self._remarks, number, place, said[place])
        elif name not in {"REF", "PER", "AMT", "QTY"}:
            self._report("X12201" if is_name(name) else "X12010", number, 0)

    def _take_of_line(self, name: str, number: int, said: Elements) -> None:
        if name == "REF":
            if said[1] == "6R":
                self._control = readable(said[2])
        elif name == "AMT":
            if said[1] == "B6":
                self._allowed = _money(said[2], number, 2, self._report)
        elif name == "LQ":
            self._remark(self._line_remarks, number, 2, said[2])
        elif name != "QTY":
            self._report("X12201" if is_name(name) else "X12010", number, 0)

    def _remark(self, into: list[str], number: int, element: int, text: str) -> None:
        if is_remark(text):
            into.append(text)
        elif text:
            self._report("X12208", number, element)

    def _take_name(self, said: Elements) -> None:
        if said[1] == "QC":
            self._person = (readable(said[3]), readable(said[4]), readable(said[9]) or self._person[2])
        elif said[1] == "IL" and not self._person[2]:
            self._person = (*self._person[:2], readable(said[9]))
        elif said[1] == "TT":
            self._crossed = readable(said[3])

    def _adjusted(self, number: int, said: Elements) -> Iterator[Adjustment]:
        group = _GROUPS.get(said[1])
        if group is None:
            self._report("X12205", number, 1)
        group_code = _code(said[1], number, 1, self._report)
        for place in _CAS:
            if said[place] or said[place + 1]:
                yield Adjustment(
                    group=group,
                    group_code=group_code,
                    reason=_code(said[place], number, place, self._report),
                    amount=_money(said[place + 1], number, place + 1, self._report),
                    quantity=_count(said[place + 2], number, place + 2, self._report),
                )

    def _close_line(self) -> None:
        if self._line is None:
            return
        number, said = self._line
        parts = said[1].split(self._component)
        qualifier, procedure, *modifiers = (*parts, "", "")
        if len(parts) == 1:
            qualifier, procedure = "", said[1]
            self._report("X12207", number, 1)
        submitted = said[6].split(self._component)
        days = self._line_days
        self._lines.append(
            ServicePayment(
                procedure=readable(procedure),
                qualifier=_code(qualifier, number, 1, self._report),
                modifiers=tuple(
                    code for each in modifiers[:4] if (code := _code(each, number, 1, self._report))
                ),
                submitted=readable(submitted[1]) if len(submitted) > 1 else "",
                charge=_money(said[2], number, 2, self._report),
                paid=_money(said[3], number, 3, self._report),
                units=_count(said[5], number, 5, self._report),
                first_day=days.get("472") or days.get("150"),
                last_day=days.get("472") or days.get("151") or days.get("150"),
                adjustments=tuple(self._line_adjustments),
                allowed=self._allowed,
                remarks=tuple(self._line_remarks),
                control=self._control,
                segment=number,
            )
        )
        self._open_line()

    def made(self) -> ClaimPayment:
        """The claim; nothing more belongs to it."""
        self._close_line()
        said, number, days = self._said, self._number, self._days
        family, given, member = self._person
        part = said[5]
        return ClaimPayment(
            number=readable(said[1]),
            status=_STATUSES.get(said[2]),
            status_code=_code(said[2], number, 2, self._report),
            charge=_money(said[3], number, 3, self._report),
            paid=_money(said[4], number, 4, self._report),
            patient_responsibility=_money(part, number, 5, self._report) if part else Money.zero,
            filing=_code(said[6], number, 6, self._report),
            payer_number=readable(said[7]),
            facility=_code(said[8], number, 8, self._report),
            frequency=_code(said[9], number, 9, self._report),
            family=family,
            given=given,
            member_id=member,
            first_day=days.get("232"),
            last_day=days.get("233") or days.get("232"),
            received_on=days.get("050"),
            adjustments=tuple(self._adjustments),
            lines=tuple(self._lines),
            remarks=tuple(self._remarks),
            crossed_over_to=self._crossed,
            segment=number,
        )


def _money(text: str, number: int, element: int, report: Report) -> Money:
    """An amount; nothing, and a finding, where it is none: what is left out shows when the claim is proved."""
    found = amount_of(text)
    if found is None:
        report("X12202", number, element)
        return Money.zero
    return found


def _day(text: str, number: int, element: int, report: Report) -> date | None:
    found = day_of(text)
    if found is None and text:
        report("X12203", number, element)
    return found


def _count(text: str, number: int, element: int, report: Report) -> Decimal | None:
    found = number_of(text) if text else None
    if found is None and text:
        report("X12204", number, element)
    return found


def _code(text: str, number: int, element: int, report: Report) -> str:
    """A code; nothing, and a finding, where it has not the form of one: in a damaged file it may be a name."""
    if not text or is_code(text):
        return text
    report("X12208", number, element)
    return ""
