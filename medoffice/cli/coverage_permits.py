"""Referrals and authorizations go on file, and are listed. Loads the store and rich."""

from datetime import date

import attrs
import typer
from rich.text import Text

from medoffice.billing.coverage import Coverage
from medoffice.billing.eligibility import Permit, PermitKind
from medoffice.cli.asked import asked
from medoffice.cli.failures import CannotDo
from medoffice.cli.moments import day_or
from medoffice.cli.opening import opened
from medoffice.cli.plain import plain_console, plain_table
from medoffice.cli.subjects import patient_of
from medoffice.core.dates import DateRange, parse_day
from medoffice.core.errors import InvalidValue
from medoffice.core.ids import PatientId
from medoffice.office.office import Office
from medoffice.ports.store import NoSuchRecord


@attrs.frozen(kw_only=True)
class PermitSaid:
    """What the command's options say of a permit, as they were typed."""

    kind: str
    coverage: str
    start: str
    end: str
    visits: int
    service_type: str
    is_withdrawn: bool


def keep_permit(context: typer.Context, who: str, said: PermitSaid) -> str:
    """Put a permit on file, or take it off.

    Raises:
        CannotDo: when there is no such patient, coverage or permit, or something typed cannot be.
        MedofficeError: when the office cannot be opened or written.
    """
    kinds = {each.value: each for each in PermitKind}
    kind = kinds.get(said.kind.strip().lower())
    if kind is None:
        raise CannotDo(f"it is one of {', '.join(kinds)}")
    with opened(context) as office:
        patient = patient_of(office, who)
        cover = _cover(office, patient, said.coverage)
        number = asked("Number")
        if said.is_withdrawn:
            try:
                office.permits.withdraw(patient, cover.id, kind, number)
            except NoSuchRecord:
                raise CannotDo(f"no {kind.value} of that number is on file for that coverage") from None
            return "It is not on file any more."
        today = office.settings.day_at(office.clock.now())
        permit = _permit(said, kind, cover, number, today)
        office.permits.note(patient, permit)
    end = f" to {permit.days.end:%m/%d/%Y}" if permit.days.end else ""
    many = "" if permit.visits is None else f", for {permit.visits} visit{'s' if permit.visits > 1 else ''}"
    return f"On file: {kind.value}, from {permit.days.start:%m/%d/%Y}{end}{many}."


def show_permits(context: typer.Context, who: str) -> None:
    """Print the permits of a patient by coverage."""
    with opened(context) as office:
        patient = patient_of(office, who)
        covers = office.store.read(lambda tx: tx.coverages(patient))
        found = [(each.coverage, one) for each in covers for one in office.permits.on_file(each.coverage.id)]
    console = plain_console()
    if not found:
        console.print(Text("No referral and no authorization is on file."))
        return
    table = plain_table("Kind", "Number", "Days", "Visits", "For", "Coverage")
    for cover, each in found:
        visits = "any" if each.visits is None else str(each.visits)
        days = (
            f"{each.days.start:%m/%d/%Y} to {each.days.end:%m/%d/%Y}"
            if each.days.end
            else (f"from {each.days.start:%m/%d/%Y}")
        )
        table.add_row(
            each.kind.value,
            Text(each.number),
            days,
            visits,
            each.service_type or "any",
            Text(cover.payer.name),
        )
    console.print(table)


def _permit(said: PermitSaid, kind: PermitKind, cover: Coverage, number: str, today: date) -> Permit:
    start = day_or(said.start, today)
    try:
        return Permit(
            coverage=cover.id,
            kind=kind,
            number=number,
            days=DateRange(start, parse_day(said.end) if said.end else None),
            visits=said.visits or None,
            service_type=said.service_type.strip().upper(),
        )
    except InvalidValue as trouble:
        raise CannotDo(f"there can be no such {kind.value}: {trouble.reason}") from None


def _cover(office: Office, patient: PatientId, wanted: str) -> Coverage:
    covers = [each.coverage for each in office.store.read(lambda tx: tx.coverages(patient))]
    found = [each for each in covers if each.id.value == wanted] if wanted else covers
    if len(found) == 1:
        return found[0]
    if not covers:
        raise CannotDo("no coverage is on file for the patient; medoffice coverage add puts one there")
    if wanted:
        raise CannotDo("the patient has no coverage of that id; medoffice coverage order shows the ids")
    raise CannotDo(
        "the patient has several coverages; say which with --coverage, medoffice coverage order shows the ids"
    )
