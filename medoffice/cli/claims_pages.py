"""What payers say of claims, as pages and as JSON. Loads the reader and rich."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import typer
from rich.console import Console
from rich.text import Text

from medoffice.billing.claims import GroupAcknowledged, ReportedClaim, SegmentFault, StatusReport
from medoffice.cli.failures import CannotDo
from medoffice.cli.plain import plain_console, plain_table
from medoffice.core.findings import Finding
from medoffice.wire.x12 import NotX12, read_277, read_999

_LARGEST: Final = 64_000_000
"""Characters of a file that is shown at once."""


def show_status(file: Path, *, as_json: bool) -> int:
    """Print every acknowledgement and report of a file; 1 when something was rejected or could not be read whole.

    Raises:
        CannotDo: when the file is no X12, or holds neither a 999 nor a 277.
        OSError: when it cannot be read.
    """
    try:
        with file.open("rb") as opened:
            groups = read_999(opened, limit=_LARGEST)
        with file.open("rb") as opened:
            reports = read_277(opened, limit=_LARGEST)
    except NotX12 as trouble:
        raise CannotDo(f"{file.name} is not what a payer sends: {trouble}") from None
    if not groups and not reports:
        raise CannotDo(f"{file.name} holds neither an acknowledgement (999) nor a claim status (277, 277CA)")
    wrong = _without_the_other(groups, reports)
    if as_json:
        told = {
            "groups": [_group_as_json(each) for each in groups],
            "reports": [_report_as_json(each) for each in reports],
            "findings": [
                {
                    "code": each.code,
                    "severity": str(each.severity),
                    "message": each.message,
                    "where": each.where,
                }
                for each in wrong
            ],
        }
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        _print(plain_console(), groups, reports, wrong)
    return int(bool(wrong) or not all(map(_is_in, groups)) or any(map(_has_rejected, reports)))


def _without_the_other(
    groups: Sequence[GroupAcknowledged], reports: Sequence[StatusReport]
) -> tuple[Finding, ...]:
    """What came up, once; that a file holds both kinds is no fault of it."""
    every = [*(one.findings for one in groups), *(one.findings for one in reports)]
    found = dict.fromkeys(each for findings in every for each in findings)
    both = bool(groups) and bool(reports)
    return tuple(each for each in found if not (both and each.code == "X12300"))


def _is_in(group: GroupAcknowledged) -> bool:
    return group.status is not None and group.status.is_in


def _has_rejected(report: StatusReport) -> bool:
    return any(each.is_rejected for each in report.claims) or any(each.rejects for each in report.about)


def _print(
    console: Console,
    groups: Sequence[GroupAcknowledged],
    reports: Sequence[StatusReport],
    wrong: tuple[Finding, ...],
) -> None:
    for group in groups:
        counted = "" if group.received is None else f": {group.accepted or 0} of {group.received} accepted"
        console.print(Text(f"Group {group.control} ({group.functional}){counted}", style="bold"))
        for line in _of_group(group):
            console.print(Text(line))
        console.print()
    for report in reports:
        kind = "what came in" if report.is_acknowledgement else "where claims stand"
        console.print(Text(f"{report.payer}: {kind}", style="bold"))
        table = plain_table("Claim", "Stands", "Codes", "Charge", "Paid")
        for column in table.columns[3:]:
            column.justify = "right"
        for claim in report.claims:
            table.add_row(*_row(claim))
        console.print(table)
        console.print()
    for finding in wrong:
        console.print(Text(str(finding)))


def _of_group(group: GroupAcknowledged) -> Iterator[str]:
    for each in group.transactions:
        said = "nothing is said of it" if each.status is None else each.status.name.lower().replace("_", " ")
        yield f"  {each.kind} {each.control}: {said}"
        for fault in each.faults:
            yield f"    {_place(fault)}: {fault.words}"
            for one in fault.elements:
                at = "" if one.component is None else f", part {one.component}"
                yield f"      element {one.position or '?'}{at}: {one.words}"


def _place(fault: SegmentFault) -> str:
    return f"segment {fault.position or '?'} ({fault.segment})"


def _row(claim: ReportedClaim) -> tuple[str, ...]:
    last = claim.statuses[-1] if claim.statuses else None
    paid = None if last is None else last.paid
    charge = None if last is None else last.charge
    return (
        claim.number,
        _stands(claim),
        ", ".join(_codes(claim)),
        "" if charge is None else str(charge),
        "" if paid is None else str(paid),
    )


def _stands(claim: ReportedClaim) -> str:
    said = "not known" if claim.standing is None else claim.standing.value
    return f"{said}, a line rejected" if claim.is_rejected and said != "rejected" else said


def _codes(claim: ReportedClaim) -> Iterator[str]:
    statuses = (*claim.statuses, *(said for line in claim.lines for said in line.statuses))
    yield from dict.fromkeys(
        ":".join(part for part in (code.category, code.code, code.entity) if part)
        for status in statuses
        for code in status.codes
    )


def _group_as_json(group: GroupAcknowledged) -> dict[str, Any]:
    return {
        "functional": group.functional,
        "control": group.control,
        "status": group.status_code,
        "received": group.received,
        "accepted": group.accepted,
        "transactions": [
            {
                "kind": each.kind,
                "control": each.control,
                "status": each.status_code,
                "faults": [
                    {
                        "segment": fault.segment,
                        "position": fault.position,
                        "code": fault.code,
                        "elements": [
                            {"position": one.position, "component": one.component, "code": one.code}
                            for one in fault.elements
                        ],
                    }
                    for fault in each.faults
                ],
            }
            for each in group.transactions
        ],
    }


def _report_as_json(report: StatusReport) -> dict[str, Any]:
    return {
        "payer": report.payer,
        "made_on": report.made_on.isoformat() if report.made_on else None,
        "is_acknowledgement": report.is_acknowledgement,
        "claims": [
            {
                "number": each.number,
                "payer_number": each.payer_number,
                "standing": None if each.standing is None else each.standing.value,
                "rejected": each.is_rejected,
                "codes": list(_codes(each)),
            }
            for each in report.claims
        ],
    }
