"""What ``medoffice good-faith`` does. Loads the store and rich."""

from datetime import date
from pathlib import Path

import attrs
import typer
from rich.text import Text

from medoffice.adapters.papers import EstimateTerms, Sheet, estimate_paper
from medoffice.billing import PlannedLine
from medoffice.billing.dated import count_at, money_at
from medoffice.billing.good_faith import (
    Cover,
    Disputable,
    EstimateIssued,
    GoodFaithEstimate,
    NotEstimated,
    Recurrence,
    Way,
    Why,
    WithinEstimate,
)
from medoffice.cli.failures import CannotDo
from medoffice.cli.moments import day_or
from medoffice.cli.opening import opened
from medoffice.cli.paper_files import handed_over, language_of, letterhead_of, pdf_of, require_room
from medoffice.cli.plain import plain_console, plain_table
from medoffice.cli.subjects import appointment_of, reason, said_no
from medoffice.core.codes import ICD10CM, parse_procedure
from medoffice.core.errors import InvalidValue
from medoffice.core.identifiers import NPI
from medoffice.core.ids import AppointmentId
from medoffice.core.money import Money
from medoffice.core.outcomes import Refused
from medoffice.data import parameters
from medoffice.office.notices.estimate_drafting import EstimateDetails
from medoffice.office.office import Office

_WHY = {
    Why.SCHEDULED: "booked",
    Why.REQUESTED: "asked for",
    Why.CHANGED: "changed since",
}


@attrs.frozen(kw_only=True)
class Made:
    """What was said of an estimate on the command line."""

    appointment: str
    codes: tuple[str, ...] = attrs.field(repr=False)
    diagnoses: tuple[str, ...] = attrs.field(repr=False)
    state: str
    separately: tuple[str, ...] = attrs.field(repr=False)
    left_out: tuple[str, ...] = attrs.field(repr=False)
    every: str = attrs.field(repr=False)
    times: int
    until: str
    pdf: Path | None
    language: str
    is_electronic: bool
    is_told: bool
    replace: bool


def show_work(context: typer.Context) -> None:
    """Print which estimates are owed.

    Raises:
        MedofficeError: when the office cannot be opened or read.
    """
    console = plain_console()
    with opened(context) as office:
        today = office.settings.day_at(office.clock.now())
        work = office.notices.good_faith.work()
    overdue = sum(each.owed.is_overdue(today) for each in work)
    if not work:
        console.print("No good-faith estimate is owed.")
        return
    console.print(f"{len(work)} owed, {overdue} overdue.")
    table = plain_table("Appointment", "Patient", "By", "", "Why", "Visit on")
    for each in work:
        is_overdue = each.owed.is_overdue(today)
        table.add_row(
            each.appointment.value,
            each.patient.value,
            f"{each.owed.by:%a %Y-%m-%d}",
            Text("OVERDUE", style="bold") if is_overdue else Text("today" if each.owed.by == today else ""),
            f"{each.standing.value}, {_WHY[each.owed.why]}",
            f"{each.owed.service_on:%a %Y-%m-%d}",
        )
    console.print(table)


def note_wish(context: typer.Context, appointment: str, answer: str, *, is_federal: bool) -> str:
    """Note whether a claim is wanted.

    Raises:
        CannotDo: when the answer is neither yes nor no, or there is no such appointment.
        MedofficeError: when the office cannot be opened or written.
    """
    if answer not in {"yes", "no"}:
        raise CannotDo("say yes or no: whether a claim shall go to the plan")
    with opened(context) as office:
        id = appointment_of(office, appointment)
        good_faith = office.notices.good_faith
        good_faith.wish(
            id,
            claim_wanted=answer == "yes",
            cover=Cover.FEDERAL_PROGRAM if is_federal else Cover.HEALTH_PLAN,
        )
        return _what_is_owed(office, id)


def note_asked(context: typer.Context, appointment: str) -> str:
    """Note that somebody asked.

    Raises:
        CannotDo: when there is no such appointment.
        MedofficeError: when the office cannot be opened or written.
    """
    with opened(context) as office:
        id = appointment_of(office, appointment)
        office.notices.good_faith.asked(id)
        return _what_is_owed(office, id)


def plan_services(context: typer.Context, appointment: str, services: list[str]) -> str:
    """Set what is planned.

    Raises:
        CannotDo: when there is no such appointment, or a service or charge is none.
        MedofficeError: when the office cannot be opened or written.
    """
    try:
        lines = tuple(
            PlannedLine(service=name, charge=Money.parse(amount)) for name, amount in map(_pair, services)
        )
    except InvalidValue as trouble:
        raise CannotDo(f"write it as office-visit=145.00: {trouble.reason}") from None
    with opened(context) as office:
        office.notices.good_faith.plan(appointment_of(office, appointment), lines)
    return f"Noted: {len(lines)} planned, {Money.total(line.charge for line in lines)} in all."


def make_estimate(context: typer.Context, wanted: Made) -> str:
    """Give an estimate, and hand it over. Nothing is kept when it could not be printed.

    Raises:
        CannotDo: when it is refused, or names what is not there.
        MedofficeError: when the office cannot be opened or written.
        OSError: when the file cannot be written.
    """
    details = _details(wanted)
    require_room(wanted.pdf, replace=wanted.replace)
    with opened(context) as office:
        id = appointment_of(office, wanted.appointment)
        good_faith = office.notices.good_faith
        draft = good_faith.draft(id, details)
        if isinstance(draft, Refused):
            raise said_no(draft)
        pdf_of(_sheet(office, id, draft, number=1, language=wanted.language), wanted.pdf)
        way = Way.ELECTRONIC if wanted.is_electronic else Way.PAPER
        given = good_faith.issue(id, details, way=way, told=wanted.is_told)
        if isinstance(given, Refused):
            raise said_no(given)
        sheet = _sheet(office, id, given.estimate, number=given.number, language=wanted.language)
        lines = [_given(given), *(f"Mind: {reason(each)}" for each in good_faith.findings(given))]
    shown = handed_over(sheet, wanted.pdf, replace=wanted.replace)
    return "".join(f"{line}\n" for line in lines) + ("" if wanted.pdf else "\n") + shown


def show_estimate(
    context: typer.Context,
    appointment: str,
    *,
    number: int,
    pdf: Path | None,
    language: str,
    replace: bool,
) -> str:
    """An estimate that was given, as it is handed over.

    Raises:
        CannotDo: when there is none.
        MedofficeError: when the office cannot be opened or read.
        OSError: when the file cannot be written.
    """
    require_room(pdf, replace=replace)
    with opened(context) as office:
        id = appointment_of(office, appointment)
        issued = office.notices.good_faith.issued(id)
        wanted = [each for each in issued if each.number == (number or len(issued))]
        if not wanted:
            raise CannotDo(
                "no such estimate was given for this visit; medoffice good-faith list shows what is owed"
            )
        sheet = _sheet(office, id, wanted[0].estimate, number=wanted[0].number, language=language)
    return handed_over(sheet, pdf, replace=replace)


def judge_bill(
    context: typer.Context, appointment: str, *, billed: str, received: str, npi: str, instead_of: str
) -> str:
    """Whether a bill may be disputed, as a sentence.

    Raises:
        CannotDo: when there is no such appointment or estimate, or an amount, day or number is none.
        MedofficeError: when the office cannot be opened or read.
    """
    try:
        total = Money.parse(billed)
        who, whose = (NPI.parse(each) if each else None for each in (npi, instead_of))
    except InvalidValue as trouble:
        raise CannotDo(f"that does not read: {trouble.reason}") from None
    day = day_or(received, date.max)
    with opened(context) as office:
        answer = office.notices.good_faith.judge(
            appointment_of(office, appointment),
            total=total,
            received_on=day,
            provider=who,
            instead_of=whose,
        )
    match answer:
        case Refused():
            raise said_no(answer)
        case Disputable(is_in_time=True):
            return f"The bill is {answer.excess} above the estimate: the patient may dispute it until {answer.last_day}."
        case Disputable():
            return (
                f"The bill is {answer.excess} above the estimate: the patient could have disputed it until "
                f"{answer.last_day}."
            )
        case WithinEstimate() if answer.excess > Money.zero:
            said = f"The bill is {answer.excess} above the estimate. It can be disputed from {answer.threshold} above it on."
            return "\n".join((said, *map(str, answer.findings)))
        case WithinEstimate():
            return "\n".join(("The bill is not above the estimate.", *map(str, answer.findings)))
        case NotEstimated():
            return "The estimate does not name who billed, so the bill cannot be compared with it."


def _what_is_owed(office: Office, id: AppointmentId) -> str:
    found = office.notices.good_faith.owed(id)
    if found is None:
        return "Noted. No estimate is owed for this visit."
    return f"Noted. An estimate is owed by {found.owed.by}."


def _given(given: EstimateIssued) -> str:
    if given.owed_by is None:
        return f"Estimate {given.number} is given."
    return f"Estimate {given.number} is given, {'too late' if given.is_late else 'in time'}: owed by {given.owed_by}."


def _details(wanted: Made) -> EstimateDetails:
    try:
        codes = {name: parse_procedure(code) for name, code in map(_pair, wanted.codes)}
        diagnoses = tuple(map(ICD10CM.parse, wanted.diagnoses))
        recurrence = (
            Recurrence(every=wanted.every, times=wanted.times, last_on=day_or(wanted.until, date.max))
            if wanted.every or wanted.until or wanted.times != 1
            else None
        )
    except InvalidValue as trouble:
        raise CannotDo(f"that does not read: {trouble.reason}") from None
    if recurrence is not None and not wanted.until:
        raise CannotDo("say --until when it recurs, as a day")
    return EstimateDetails(
        codes=codes,
        diagnoses=diagnoses,
        state=wanted.state.strip().upper(),
        separately=wanted.separately,
        left_out=wanted.left_out,
        recurrence=recurrence,
    )


def _pair(text: str) -> tuple[str, str]:
    name, _, rest = text.partition("=")
    if not name.strip() or not rest.strip():
        raise CannotDo("join the service and what belongs to it with =, for example office-visit=99213")
    return name.strip(), rest.strip()


def _sheet(
    office: Office, id: AppointmentId, estimate: GoodFaithEstimate, *, number: int, language: str
) -> Sheet:
    own = office.store.read(lambda tx: tx.patient(tx.appointment(id).patient)).language
    threshold, _ = money_at(parameters(), "good_faith.dispute_threshold", estimate.issued_on)
    days, _ = count_at(parameters(), "good_faith.dispute_days", estimate.issued_on)
    return estimate_paper(
        estimate,
        letterhead_of(office.settings),
        terms=EstimateTerms(threshold=threshold, days=days),
        language=language_of(language, own),
        number=number,
    )
