"""Remittances as pages and as JSON. Loads the reader and rich."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import typer
from rich.console import Console
from rich.text import Text

from medoffice.billing.remittance import ClaimPayment, Group, Remittance
from medoffice.cli.failures import CannotDo
from medoffice.cli.plain import plain_console, plain_table
from medoffice.core.findings import Finding
from medoffice.core.money import Money
from medoffice.wire.x12 import NotX12, read_835

_LARGEST: Final = 256_000_000
"""Characters of a file that is shown at once."""
_BORNE_BY: Final = {
    Group.CONTRACTUAL: "written off by contract (CO)",
    Group.PATIENT: "the patient's part (PR)",
    Group.OTHER: "other reasons, as other payers (OA)",
    Group.PAYER_INITIATED: "by the payer's decision (PI)",
    Group.CORRECTION: "corrections (CR)",
}


def show_remittances(file: Path, *, with_claims: bool, as_json: bool) -> int:
    """Print every remittance of a file; 1 when one does not add up or could not be read whole.

    Raises:
        CannotDo: when the file is no X12, or holds no remittance.
        OSError: when it cannot be read.
    """
    try:
        with file.open("rb") as opened:
            found = read_835(opened, limit=_LARGEST)
    except NotX12 as trouble:
        raise CannotDo(f"{file.name} is not what a payer sends: {trouble}") from None
    if not found:
        raise CannotDo(f"{file.name} holds no remittance (835)")
    wrong = [(*each.findings, *each.prove()) for each in found]
    if as_json:
        told = [_as_json(each, all_of) for each, all_of in zip(found, wrong, strict=True)]
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        console = plain_console()
        for each, all_of in zip(found, wrong, strict=True):
            _print(console, each, all_of, with_claims=with_claims)
    return int(any(wrong))


def _print(console: Console, one: Remittance, wrong: tuple[Finding, ...], *, with_claims: bool) -> None:
    table = plain_table("", "")
    table.show_header = False
    for what, said in _about(one):
        table.add_row(Text(what, style="bold"), Text(said))
    console.print(table)
    if with_claims:
        console.print()
        claims = plain_table("Claim", "Status", "Charge", "Paid", "Patient")
        for column in claims.columns[2:]:
            column.justify = "right"
        for each in one.claims:
            claims.add_row(
                each.number,
                _status(each),
                str(each.charge),
                str(each.paid),
                str(each.adjusted(Group.PATIENT)),
            )
        console.print(claims)
    console.print()
    for finding in wrong:
        console.print(Text(str(finding)))
    if not wrong:
        console.print(Text("Every line, every claim and the payment add up, to the cent."))
    console.print()


def _about(one: Remittance) -> Iterator[tuple[str, str]]:
    paid = one.payment
    yield "Payer", one.head.payer.name
    yield "Payment", f"{paid.amount} by {paid.means_code}" + (f" on {paid.on:%m/%d/%Y}" if paid.on else "")
    yield "Trace", paid.trace
    yield "Claims", f"{len(one.claims)}, charged {Money.total(each.charge for each in one.claims)}"
    yield "Paid for them", str(Money.total(each.paid for each in one.claims))
    for group, words in _BORNE_BY.items():
        amount = Money.total(each.adjusted(group) for each in one.claims)
        if amount:
            yield "Not paid", f"{amount}: {words}"
    for each in one.provider_adjustments:
        kept = "kept back" if each.amount > Money.zero else "added"
        yield "Beside the claims", f"{Money(abs(each.amount.cents))} {kept} ({each.reason})"


def _status(claim: ClaimPayment) -> str:
    named = "" if claim.status is None else claim.status.name.lower().replace("_", " ")
    return named or claim.status_code


def _as_json(one: Remittance, wrong: tuple[Finding, ...]) -> dict[str, Any]:
    return {
        "payer": one.head.payer.name,
        "amount_cents": one.payment.amount.cents,
        "means": one.payment.means_code,
        "trace": one.payment.trace,
        "on": one.payment.on.isoformat() if one.payment.on else None,
        "claims": [
            {
                "number": each.number,
                "status": each.status_code,
                "charge_cents": each.charge.cents,
                "paid_cents": each.paid.cents,
                "patient_cents": each.adjusted(Group.PATIENT).cents,
            }
            for each in one.claims
        ],
        "provider_adjustments": [
            {"reason": each.reason, "kept_cents": each.amount.cents} for each in one.provider_adjustments
        ],
        "findings": [
            {"code": each.code, "severity": str(each.severity), "message": each.message, "where": each.where}
            for each in wrong
        ],
    }
