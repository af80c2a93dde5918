"""What ``medoffice abn`` does. Loads the store and rich."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TypeVar

import attrs
import typer

from medoffice.adapters.papers import Sheet, notice_paper
from medoffice.billing.beneficiary_notice import (
    ClaimWith,
    CostEstimate,
    Delivery,
    DenialReason,
    Need,
    Notice,
    NoticeGiven,
    NoticeLine,
    NoticeOption,
    Programme,
)
from medoffice.cli.failures import CannotDo
from medoffice.cli.moments import day_or
from medoffice.cli.opening import opened
from medoffice.cli.paper_files import handed_over, language_of, letterhead_of, pdf_of, require_room
from medoffice.cli.plain import plain_console, plain_table
from medoffice.cli.subjects import appointment_of, patient_of, said_no
from medoffice.cli.subjects import reason as told
from medoffice.core.codes import parse_procedure
from medoffice.core.errors import InvalidValue
from medoffice.core.findings import Finding
from medoffice.core.ids import ActorId, PatientId
from medoffice.core.money import Money
from medoffice.core.outcomes import Refused
from medoffice.data import parameters
from medoffice.office.notices.kept_notices import HandedNotice
from medoffice.office.office import Office
from medoffice.ports.store import NoSuchRecord

E = TypeVar("E", bound=Enum)
T = TypeVar("T")
_PROGRAMMES = {
    "original": Programme.ORIGINAL_MEDICARE,
    "advantage": Programme.MEDICARE_ADVANTAGE,
    "other": Programme.OTHER,
}
_NEEDS = {
    Need.REQUIRED: "A notice is required before the service.",
    Need.VOLUNTARY: "A notice may be given; the patient can be billed without it.",
    Need.NOT_ALLOWED: "A notice may not be given.",
}


@attrs.frozen(kw_only=True)
class Given:
    """What was said of a notice on the command line."""

    appointment: str
    codes: tuple[str, ...] = attrs.field(repr=False)
    words: tuple[str, ...] = attrs.field(repr=False)
    reasons: tuple[str, ...] = attrs.field(repr=False)
    costs: tuple[str, ...]
    form: str
    by: str
    programme: str
    pdf: Path | None
    language: str
    repeats: bool
    is_emergency: bool
    replace: bool


def check_need(
    context: typer.Context,
    appointment: str,
    *,
    reason: str,
    code: str,
    charge: str,
    programme: str,
    is_emergency: bool,
) -> str:
    """Whether a notice is needed, and whether one stands, as sentences.

    Raises:
        CannotDo: when something is asked that cannot be, or nobody can tell which programme it is.
        MedofficeError: when the office cannot be opened or read.
    """
    why = _named(DenialReason, reason, "a reason") if reason else None
    service = _read(parse_procedure, code) if code else None
    cost = _read(Money.parse, charge) if charge else None
    if service is not None and why is None:
        raise CannotDo("say --reason too: a notice stands for a service and its reason")
    with opened(context) as office:
        id = appointment_of(office, appointment)
        noticing = office.notices.beneficiary
        need = noticing.need(id, why, programme=_programme(programme), is_emergency=is_emergency)
        if isinstance(need, Refused):
            raise said_no(need)
        lines = [_NEEDS[need.value], *(f"{step.label}." for step in need.trace.steps)]
        if service is not None and why is not None:
            found = noticing.standing(id, service, why, charge=cost)
            if found.notice is None:
                lines.append(f"No notice is there for {service}.")
            else:
                stands = "stands" if found.is_valid else "does not stand"
                lines.append(f"Notice {found.notice.number} {stands} for {service}.")
            lines += (f"- {each}" for each in _said(found.findings))
            billed = noticing.billing(id, service, why)
            who = "the patient may be billed" if billed.may_bill_patient else "the patient is not billed"
            how = (
                f"a claim with {' '.join(map(str, billed.modifiers))}"
                if isinstance(billed, ClaimWith)
                else "no claim"
            )
            lines.append(f"As it is: {how}; {who}. {billed.why}.")
    return "\n".join(lines)


def give_notice(context: typer.Context, wanted: Given) -> str:
    """Note that a notice is handed over, and what goes into its blanks.

    Raises:
        CannotDo: when it is refused, or names what is not there.
        MedofficeError: when the office cannot be opened or written.
        OSError: when the file cannot be written.
    """
    handed = HandedNotice(
        lines=_lines(wanted),
        form_expires=day_or(wanted.form, date.max),
        delivery=_named(Delivery, wanted.by, "a way"),
        repeats=wanted.repeats,
    )
    require_room(wanted.pdf, replace=wanted.replace)
    with opened(context) as office:
        id = appointment_of(office, wanted.appointment)
        patient = office.store.read(lambda tx: tx.appointment(id)).patient
        # Nothing is kept that could not be printed.
        pdf_of(_sheet(office, patient, _trial(office, patient, handed), wanted.language), wanted.pdf)
        given = office.notices.beneficiary.give(
            id, handed, programme=_programme(wanted.programme), is_emergency=wanted.is_emergency
        )
        if isinstance(given, Refused):
            raise said_no(given)
        sheet = _sheet(office, patient, Notice(paper=given), wanted.language)
    shown = handed_over(sheet, wanted.pdf, replace=wanted.replace)
    said = f"Notice {given.number} of {patient} is given; note the answer with medoffice abn sign.\n"
    return said + ("" if wanted.pdf else "\n") + shown


def note_signed(
    context: typer.Context, who: str, number: int, *, option: int, on: str, is_other: bool
) -> str:
    """Note the option and the signature.

    Raises:
        CannotDo: when it is refused, or names what is not there.
        MedofficeError: when the office cannot be opened or written.
    """
    chosen = {each.value: each for each in NoticeOption}.get(option)
    if chosen is None:
        raise CannotDo("the option is 1, 2 or 3, as the patient ticked it")
    with opened(context) as office:
        patient, today = patient_of(office, who), office.settings.day_at(office.clock.now())
        outcome = _there(
            lambda: office.notices.beneficiary.sign(
                patient, number, chosen, signed_on=day_or(on, today), by_representative=is_other
            )
        )
    if isinstance(outcome, Refused):
        raise said_no(outcome)
    return f"Noted: option {option}, signed on {outcome.signed_on}."


def note_refused(
    context: typer.Context,
    who: str,
    number: int,
    *,
    witnesses: Sequence[str],
    on: str,
    wants_it: bool,
) -> str:
    """Note a refusal.

    Raises:
        CannotDo: when it is refused, or names what is not there.
        MedofficeError: when the office cannot be opened or written.
    """
    seen_by = tuple(_read(ActorId.parse, each) for each in witnesses)
    with opened(context) as office:
        patient, today = patient_of(office, who), office.settings.day_at(office.clock.now())
        outcome = _there(
            lambda: office.notices.beneficiary.refuse(
                patient, number, witnesses=seen_by, wants_service=wants_it, refused_on=day_or(on, today)
            )
        )
    if isinstance(outcome, Refused):
        raise said_no(outcome)
    wants = "wants the service" if wants_it else "does not want the service"
    return f"Noted: not signed on {outcome.refused_on}, and {wants}."


def note_withdrawn(context: typer.Context, who: str, number: int) -> str:
    """Note that a notice stands for nothing any more.

    Raises:
        CannotDo: when it is refused, or there is no such notice.
        MedofficeError: when the office cannot be opened or written.
    """
    with opened(context) as office:
        patient = patient_of(office, who)
        outcome = _there(lambda: office.notices.beneficiary.withdraw(patient, number))
    if isinstance(outcome, Refused):
        raise said_no(outcome)
    return "Noted: withdrawn."


def show_waiting(context: typer.Context) -> None:
    """Print which notices nobody has answered.

    Raises:
        MedofficeError: when the office cannot be opened or read.
    """
    console = plain_console()
    with opened(context) as office:
        notices = office.notices.beneficiary.unanswered()
    console.print(f"{len(notices)} not answered." if notices else "No notice waits for an answer.")
    if notices:
        table = plain_table("Patient", "Notice", "Given on", "Appointment")
        for each in notices:
            paper = each.paper
            visit = "" if paper.appointment is None else paper.appointment.value
            table.add_row(paper.patient.value, str(each.number), str(paper.on), visit)
        console.print(table)


def show_notices(
    context: typer.Context,
    who: str,
    *,
    number: int,
    pdf: Path | None,
    language: str,
    replace: bool,
) -> None:
    """Print a patient's notices, or one of them whole.

    Raises:
        CannotDo: when there is no such patient or notice.
        MedofficeError: when the office cannot be opened or read.
        OSError: when the file cannot be written.
    """
    require_room(pdf, replace=replace)
    with opened(context) as office:
        patient, today = patient_of(office, who), office.settings.day_at(office.clock.now())
        notices = office.notices.beneficiary.notices(patient)
        wanted = [each for each in notices if each.number == number]
        if number and not wanted:
            raise CannotDo("the patient has no notice of that number; without --number all are shown")
        if pdf is not None and not number:
            raise CannotDo("say --number: which notice to write")
        sheet = _sheet(office, patient, wanted[0], language) if wanted else None
    if sheet is not None:
        typer.echo(handed_over(sheet, pdf, replace=replace), nl=False)
        return
    console = plain_console()
    console.print(f"{len(notices)} notices." if len(notices) != 1 else "1 notice.")
    if notices:
        table = plain_table("Notice", "Given on", "Services", "State", "Option", "Until")
        for each in notices:
            table.add_row(
                str(each.number),
                str(each.paper.on),
                ", ".join(str(line.service) for line in each.paper.lines),
                each.state_on(today, parameters()).value,
                "" if each.option is None else str(each.option.value),
                str(each.stands(parameters()).end or ""),
            )
        console.print(table)


def _said(findings: Sequence[Finding]) -> list[str]:
    """Findings as sentences; that numbers of the rule are old is said once, however many they are."""
    stale = "some numbers of the rule have not been checked as far as this day; ask CMS where it matters."
    said = [told(each) for each in findings if each.code != "PAR001"]
    return said if len(said) == len(findings) else [*said, stale]


def _sheet(office: Office, patient: PatientId, notice: Notice, language: str) -> Sheet:
    record = office.store.read(lambda tx: tx.patient(patient))
    return notice_paper(
        notice,
        record.name,
        letterhead_of(office.settings),
        stands=notice.stands(parameters()),
        language=language_of(language, record.language),
    )


def _trial(office: Office, patient: PatientId, handed: HandedNotice) -> Notice:
    now = office.clock.now()
    paper = NoticeGiven(
        at=now,
        on=office.settings.day_at(now),
        patient=patient,
        number=1,
        lines=handed.lines,
        form_expires=handed.form_expires,
        by=office.actor,
    )
    return Notice(paper=paper)


def _there(ask: Callable[[], T]) -> T:
    """What a command came to, about a notice that is there.

    Raises:
        CannotDo: when it is not.
    """
    try:
        return ask()
    except NoSuchRecord:
        raise CannotDo("the patient has no notice of that number; medoffice abn show counts them") from None


def _programme(text: str) -> Programme | None:
    if not text:
        return None
    if text not in _PROGRAMMES:
        raise CannotDo(f"the programme is one of: {', '.join(_PROGRAMMES)}")
    return _PROGRAMMES[text]


def _named(kind: type[E], text: str, what: str) -> E:
    """A member by its word, written with hyphens.

    Raises:
        CannotDo: when there is none.
    """
    known = {str(each.value).replace(" ", "-"): each for each in kind}
    if text not in known:
        raise CannotDo(f"say {what} as one of: {', '.join(known)}")
    return known[text]


def _lines(wanted: Given) -> tuple[NoticeLine, ...]:
    """The services of a notice, each with its own words, reason and cost.

    Raises:
        CannotDo: when one of them lacks something, or does not read.
    """
    reasons = wanted.reasons * len(wanted.codes) if len(wanted.reasons) == 1 else wanted.reasons
    if {len(wanted.words), len(reasons), len(wanted.costs)} != {len(wanted.codes)}:
        raise CannotDo("say --words, --reason and --cost for each --code, in the same order")
    return tuple(
        NoticeLine(
            service=_read(parse_procedure, code),
            words=words,
            reason=_named(DenialReason, reason, "a reason"),
            estimate=_read(_cost, cost),
        )
        for code, words, reason, cost in zip(wanted.codes, wanted.words, reasons, wanted.costs, strict=True)
    )


def _cost(text: str) -> CostEstimate:
    least, _, most = text.partition("-")
    return CostEstimate(at_least=Money.parse(least), at_most=Money.parse(most or least))


def _read(parse: Callable[[str], T], text: str) -> T:
    """What was typed, as the value that it is.

    Raises:
        CannotDo: when it is none.
    """
    try:
        return parse(text)
    except InvalidValue as trouble:
        raise CannotDo(f"that does not read: {trouble.reason}") from None
