"""What is wrong in an X12 file, by stable codes, each with the place where it stands."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from medoffice.core import Cite, Finding, Severity

STATUS_GUIDE: Final = Cite("ASC X12N 005010X212, X214 and X231A1", "claim status and acknowledgement")
REMITTANCE_GUIDE: Final = Cite("ASC X12N 005010X221A1", "Health Care Claim Payment/Advice")
ENVELOPE: Final = Cite(
    "ASC X12.5 and X12.6", "interchange control structures and application control structure"
)
INQUIRY_GUIDE: Final = Cite("ASC X12N 005010X279A1", "Health Care Eligibility Benefit Inquiry and Response")

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
FAULTS: Final[Mapping[str, tuple[Severity, str, str]]] = MappingProxyType(
    {
        "X12001": (
            _ERROR,
            "the interchange header has not sixteen elements",
            "Ask the sender for the file again.",
        ),
        "X12002": (_WARNING, "the interchange header is not 106 characters long", ""),
        "X12003": (
            _WARNING,
            "the interchange is of another version than 00501",
            "Ask the sender for version 5010.",
        ),
        "X12010": (_ERROR, "what stands here has no segment name", "Ask the sender for the file again."),
        "X12011": (
            _ERROR,
            "a segment stands outside of any transaction",
            "Ask the sender for the file again.",
        ),
        "X12012": (
            _ERROR,
            "the last segment has no terminator",
            "The file may be cut off: ask for it again.",
        ),
        "X12013": (_WARNING, "another interchange follows", "Read the file with read_all."),
        "X12020": (
            _ERROR,
            "the transaction has no trailer (SE)",
            "The file may be cut off: ask for it again.",
        ),
        "X12021": (_ERROR, "the transaction's trailer counts another number of segments", ""),
        "X12022": (_ERROR, "the transaction's trailer has another control number than its header", ""),
        "X12023": (_ERROR, "two transactions of a group have the same control number", ""),
        "X12024": (
            _ERROR,
            "a transaction's trailer (SE) has no header",
            "Ask the sender for the file again.",
        ),
        "X12025": (_WARNING, "the transaction names another implementation guide than its group", ""),
        "X12030": (_ERROR, "the group has no trailer (GE)", "The file may be cut off: ask for it again."),
        "X12031": (_ERROR, "the group's trailer counts another number of transactions", ""),
        "X12032": (_ERROR, "the group's trailer has another control number than its header", ""),
        "X12033": (_ERROR, "a group's trailer (GE) has no header", "Ask the sender for the file again."),
        "X12034": (_ERROR, "a transaction stands outside of any group", ""),
        "X12040": (
            _ERROR,
            "the interchange has no trailer (IEA)",
            "The file may be cut off: ask for it again.",
        ),
        "X12041": (_ERROR, "the interchange's trailer counts another number of groups", ""),
        "X12042": (_ERROR, "the interchange's trailer has another control number than its header", ""),
        "X12100": (
            _ERROR,
            "the transaction is of another kind than the one that is read here, and was left out",
            "",
        ),
        "X12101": (_ERROR, "the level (HL) has a code that an answer does not have, and was left out", ""),
        "X12102": (_ERROR, "a segment stands where an answer has none, and was left out", ""),
        "X12103": (_ERROR, "the amount is not a number of dollars and whole cents, and was left out", ""),
        "X12104": (_ERROR, "the percentage is not from 0 to 100, and was left out", ""),
        "X12105": (
            _WARNING,
            "the percentage is above 1 where a part of 1 belongs; it was read as per cent",
            "",
        ),
        "X12106": (_ERROR, "the day is not one of the calendar, and was left out", ""),
        "X12107": (_ERROR, "the number is not one, and was left out", ""),
        "X12108": (_WARNING, "the benefit's code is not one of the guide's; it was kept as it is", ""),
        "X12109": (_ERROR, "a level (HL) has a parent that does not stand above it", ""),
        "X12200": (_ERROR, "the transaction is of another kind than a remittance, and was left out", ""),
        "X12201": (_ERROR, "a segment stands where a remittance has none, and was left out", ""),
        "X12202": (_ERROR, "the amount is not a number of dollars and whole cents; it counts as nothing", ""),
        "X12203": (_ERROR, "the day is not one of the calendar, and was left out", ""),
        "X12204": (_ERROR, "the number is not one, and was left out", ""),
        "X12205": (_WARNING, "the adjustment's group is none of the guide's; it was kept as it is", ""),
        "X12206": (_WARNING, "the claim's status is none of the guide's; it was kept as it is", ""),
        "X12207": (
            _WARNING,
            "the procedure has no qualifier by this file's separator; it was kept as it is",
            "",
        ),
        "X12208": (_ERROR, "a code does not have the form of one, and was left out", ""),
        "X12300": (
            _ERROR,
            "the transaction is of another kind than the one that is read here, and was left out",
            "",
        ),
        "X12301": (_ERROR, "a segment stands where such a report has none, and was left out", ""),
        "X12302": (
            _ERROR,
            "nothing says what became of the transaction (IK5)",
            "Ask the receiver for the report again.",
        ),
        "X12303": (_ERROR, "the number or amount is none, and was left out", ""),
        "X12304": (_ERROR, "a code or control number does not have the form of one, and was left out", ""),
    }
)
"""By code: how much it matters, what it is, what to do."""

CUT_OFF: Final = frozenset({"X12012", "X12020", "X12030", "X12040"})
"""The codes of what is missing at the end: such a file may have been longer."""


@attrs.frozen(kw_only=True)
class X12Finding(Finding):
    """A finding with its place: the segment's number in the interchange (ISA is 1) and the element, 0 for none."""

    segment: int
    element: int = 0


def fault(code: str, segment: int, element: int = 0) -> X12Finding:
    """The finding of a code of :data:`FAULTS`, at its place."""
    severity, message, fix = FAULTS[code]
    place = f"segment {segment}, element {element}" if element else f"segment {segment}"
    if code >= "X12300":
        cite = STATUS_GUIDE
    else:
        cite = REMITTANCE_GUIDE if code >= "X12200" else INQUIRY_GUIDE if code >= "X12100" else ENVELOPE
    return X12Finding(
        code=code,
        severity=severity,
        message=message,
        where=place,
        fix=fix,
        cites=(cite,),
        segment=segment,
        element=element,
    )
