"""The pages of ``medoffice eligibility``. Loads rich."""

from collections.abc import Iterator
from pathlib import Path

import typer
from rich.text import Text

from medoffice.billing.eligibility import (
    BenefitSummary,
    EligibilityAnswer,
    Limit,
    Network,
    service_label,
    summarise,
)
from medoffice.cli.plain import plain_console, plain_table
from medoffice.core import Money
from medoffice.wire.x12 import AnswerStream, NotX12

_NOT_SAID = "the payer did not say"
_YES_NO = {True: "yes", False: "NO", None: _NOT_SAID}
_DAYS = {
    "291": "Plan",
    "307": "Eligible",
    "346": "Plan begins",
    "347": "Plan ends",
    "356": "Eligible from",
    "357": "Eligible until",
}


def show_answers(file: Path, *, service: str, is_out: bool) -> None:
    """Print a page for every answer of a file, then what is wrong with the file."""
    network = Network.OUT if is_out else Network.IN
    console = plain_console()
    try:
        with file.open("rb") as opened:
            answers = AnswerStream(opened)
            for number, answer in enumerate(answers):
                if number:
                    console.print()
                table = plain_table("", "")
                table.show_header = False
                for what, said in answer_page(answer, summarise(answer, service.upper(), network=network)):
                    table.add_row(Text(what, style="bold"), Text(said))
                console.print(table)
    except NotX12 as cause:
        raise typer.BadParameter(f"{cause.reason}. Is it the file that the payer sent?") from None
    if answers.findings:
        console.print()
        for finding in answers.findings:
            console.print(Text(str(finding)))


def answer_page(
    answer: EligibilityAnswer, summary: BenefitSummary, *, is_first: bool = True
) -> Iterator[tuple[str, str]]:
    """What an answer says, title and text line by line; of a further service without what was said before."""
    if is_first:
        yield from _who_and_whether(answer)
    if not answer.statements:
        return
    where = "out of network" if summary.network is Network.OUT else "in network"
    yield "Service", f"{service_label(summary.service_type)}, {where}"
    yield "Covered", _YES_NO[summary.is_active]
    yield from _shares(summary)
    if is_first:
        yield from _others(answer)


def _who_and_whether(answer: EligibilityAnswer) -> Iterator[tuple[str, str]]:
    patient = answer.patient
    if patient is not None:
        yield "Patient", " ".join(part for part in (patient.given, patient.family) if part) or _NOT_SAID
        holder = patient.member_id or (answer.subscriber.member_id if answer.subscriber else "")
        yield "Member number", holder or _NOT_SAID
    yield "Payer", answer.payer.name or _NOT_SAID
    yield "Answered on", answer.answered_on.isoformat() if answer.answered_on else _NOT_SAID
    for rejection in answer.rejections:
        yield "Not answered", str(rejection)
    if not answer.statements:
        return
    yield "Active", _YES_NO[answer.is_active]
    yield "Plan", answer.plan or _NOT_SAID
    for days in answer.days:
        if days.kind in _DAYS:
            end = f" to {days.end.isoformat()}" if days.end and days.end != days.start else ""
            yield _DAYS[days.kind], days.start.isoformat() + end


def _others(answer: EligibilityAnswer) -> Iterator[tuple[str, str]]:
    provider = answer.primary_care_provider
    if provider is not None:
        yield "Primary care", provider.name or "named without a name"
    for payer in answer.other_payers:
        yield "Other payer", payer.name or "known, but not named"


def _shares(summary: BenefitSummary) -> Iterator[tuple[str, str]]:
    several = set(summary.conflicts)

    def said(field: str, value: object) -> str:
        if field in several:
            return "the payer stated several; call to ask"
        return _NOT_SAID if value is None else str(value)

    yield "Co-pay", said("copay", summary.copay)
    yield "Co-insurance", said("coinsurance", summary.coinsurance)
    for title, field, limit in (
        ("Deductible", "deductible", summary.deductible),
        ("Family deductible", "family_deductible", summary.family_deductible),
        ("Out-of-pocket limit", "out_of_pocket", summary.out_of_pocket),
        ("Family out-of-pocket", "family_out_of_pocket", summary.family_out_of_pocket),
    ):
        is_several = any(each == field or each.startswith(f"{field}.") for each in several)
        if field.startswith("family") and limit == Limit() and not is_several:
            continue
        yield title, f"{said(field, limit.total)}{_left(limit.remaining)}"
    for quantity in summary.visits:
        yield "Visits", f"{quantity.number} allowed"
    for quantity in summary.visits_remaining:
        yield "Visits left", str(quantity.number)
    if summary.needs_authorization is not None:
        yield "Authorization", "needed" if summary.needs_authorization else "not needed"


def _left(remaining: Money | None) -> str:
    return "" if remaining is None else f", {remaining} left"
