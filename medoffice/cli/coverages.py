"""Asking payers, taking what came, reading a file by hand. Loads the store and rich."""

from datetime import date, timedelta
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape

from medoffice.adapters.payers.reading import read_answers
from medoffice.billing.eligibility import AnswerReceived, InquiryPrepared
from medoffice.cli.failures import CannotDo
from medoffice.cli.moments import day_or
from medoffice.cli.opening import opened
from medoffice.cli.plain import plain_console, plain_table
from medoffice.cli.subjects import appointment_of, reason
from medoffice.core.findings import Finding
from medoffice.core.outcomes import Refused
from medoffice.office.coverage.settling import Inquired
from medoffice.office.coverage.verifying import AskedFor
from medoffice.office.office import Office

_LARGEST = 64_000_000
"""Bytes of a file that is read by hand."""


def ask_payers(context: typer.Context, appointment: str, *, day: str, is_again: bool) -> None:
    """Ask for one visit, or for those of a day, and print what came of it.

    Raises:
        CannotDo: when neither or both are named, or the visit is not there.
        MedofficeError: when the office cannot be opened or written.
    """
    if bool(appointment) is bool(day):
        raise CannotDo("name one visit, or a day with --day")
    if day and is_again:
        raise CannotDo("ask again for one visit; a day asks for what is missing or too old")
    console = plain_console()
    with opened(context) as office:
        if office.payers is None:
            raise CannotDo(
                "the office has no way to payers: write [gateway] into its payers.toml, "
                "or read an answer from a file with medoffice coverage read"
            )
        eligibility = office.eligibility
        if day:
            asked = eligibility.verify_day(_day(office, day))
        else:
            asked = eligibility.ask_for(appointment_of(office, appointment), is_again=is_again)
        _print(console, asked)


def collect_answers(context: typer.Context) -> None:
    """Print what came, what was wrong with it, and how many questions still wait.

    Raises:
        MedofficeError: when the office cannot be opened or written.
    """
    console = plain_console()
    with opened(context) as office:
        if office.payers is None:
            raise CannotDo("the office has no way to payers: write [gateway] into its payers.toml")
        came = office.eligibility.collect()
    console.print(f"{_count(len(came.received), 'answer')} new, {_count(came.waiting, 'question')} waiting.")
    for finding in came.findings:
        _say(console, finding)


def read_file(context: typer.Context, file: Path, *, is_applied: bool) -> None:
    """Read a file by hand; print for each answer what was done with it.

    Raises:
        CannotDo: when the file is no X12, or too large.
        MedofficeError: when the office cannot be opened or written.
    """
    if file.stat().st_size > _LARGEST:
        raise CannotDo(f"the file is larger than {_LARGEST // 1_000_000} megabytes")
    reading = read_answers(file.read_bytes())
    if not reading.is_x12:
        raise CannotDo("the file is no X12: it does not begin with ISA, or its beginning is damaged")
    console = plain_console()
    with opened(context) as office:
        for number, answer in enumerate(reading.whole, start=1):
            matched = office.eligibility.match(answer)
            if isinstance(matched, Refused):
                _say(console, matched.findings[0], f"Answer {number}: ")
                continue
            whose = f"coverage {matched.coverage.id} of {matched.patient}"
            if matched.prepared is None and not is_applied:
                console.print(
                    f"Answer {number}: fits {whose} by number and birth date. Keep it with --apply.",
                    markup=False,
                )
                continue
            kept = office.eligibility.keep(matched, answer)
            if isinstance(kept, Finding):
                _say(console, kept, f"Answer {number}: ")
            else:
                console.print(f"Answer {number}: kept for {whose}.", markup=False)
    if not reading.whole:
        console.print("No whole answer is in the file.")
    if reading.is_cut_off:
        console.print("The file is cut off: ask for it again.")


def _print(console: Console, asked: tuple[AskedFor, ...]) -> None:
    table = plain_table("Appointment", "Coverage", "Outcome")
    for each in asked:
        table.add_row(
            each.appointment.value, each.coverage.value, escape(outcome(each.outcome, is_fresh=each.is_fresh))
        )
    if asked:
        console.print(table)
        console.print("Look at one with: medoffice coverage show APPOINTMENT")
    else:
        console.print("Nobody was asked: there is no visit with a coverage on file.")


def outcome(of: Inquired, *, is_fresh: bool) -> str:
    """What became of a question, in a line."""
    match of:
        case AnswerReceived(answer=answer) if not answer.statements:
            return "the payer did not answer: " + "; ".join(map(str, answer.rejections))
        case AnswerReceived(answer=answer):
            said = {True: "active", False: "NOT active", None: "it did not say whether active"}
            return f"{'answered before' if is_fresh else 'answered'}: {said[answer.is_active]}"
        case InquiryPrepared(on=on):
            return f"asked on {on.isoformat()}; no answer yet"
        case Refused(findings=findings):
            return "not asked: " + "; ".join(reason(each) for each in findings)


def _day(office: Office, text: str) -> date:
    today = office.settings.day_at(office.clock.now())
    ahead = {"today": 0, "tomorrow": 1}.get(text.strip().lower())
    return day_or(text, today) if ahead is None else today + timedelta(days=ahead)


def _say(console: Console, finding: Finding, before: str = "") -> None:
    console.print(f"{before}{finding.code} {finding.severity}: {reason(finding)}", markup=False)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
