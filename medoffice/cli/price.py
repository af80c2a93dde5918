"""The pages of ``medoffice prices show`` and ``plan``. Loads the store and rich."""

import re
from collections.abc import Sequence
from datetime import date

import attrs
import typer
from rich.text import Text

from medoffice.billing.fees import (
    NOTES,
    Locality,
    PlannedPrice,
    PlannedService,
    Priced,
    Pricing,
    RvuFile,
    Track,
    VisitPlanned,
    said,
)
from medoffice.cli.failures import CannotDo
from medoffice.cli.opening import opened
from medoffice.cli.plain import plain_console, plain_table
from medoffice.cli.subjects import appointment_of, said_no
from medoffice.core import Explained, InvalidValue, Modifier, Money, parse_day, parse_procedure
from medoffice.core.outcomes import Refused
from medoffice.office.office import Office
from medoffice.rules import unknown


def show_price(
    context: typer.Context,
    code: str,
    *,
    on: str,
    postal: str,
    locality: str,
    track: str,
    facility: bool | None,
) -> None:
    """Print the price of a code.

    Raises:
        CannotDo: when what was asked cannot be read, no table is loaded for the day, or the code has no price.
        MedofficeError: when the office cannot be opened, or a table's file was changed.
    """
    if postal and locality:
        raise CannotDo("give --zip or --locality, not both")
    try:
        day = parse_day(on)
        written, *rest = code.split("-")
        procedure = str(parse_procedure(written))
        modifiers = tuple(str(Modifier.parse(each)) for each in rest)
    except InvalidValue as cause:
        raise CannotDo(str(cause)) from None
    with opened(context) as office:
        pricing = _pricing(office, day, postal, locality, track, facility=facility)
    price = pricing.schedule.price(
        procedure,
        modifiers,
        facility=pricing.facility,
        locality=pricing.locality,
        on=day,
        track=pricing.track,
    )
    if not isinstance(price, Priced):
        raise CannotDo(f"{code} has no price on {day.isoformat()}: {said(price)}")
    console = plain_console()
    _print_steps(price.explained, f"{'-'.join((procedure, *modifiers))} on {day.isoformat()}")
    where = "in a facility" if pricing.facility else "in the office"
    place = pricing.locality
    console.print(
        Text(f"Priced {where}, locality {place.carrier}-{place.number}, track {pricing.track.value}.")
    )
    file = pricing.schedule.file(pricing.track)
    own = [file.edition] if isinstance(file, RvuFile) else []
    for edition in (*own, pricing.schedule.gpcis.edition):
        console.print(
            Text(f"{edition.name}: {edition.days}, {edition.rows:,} rows, SHA-256 {edition.sha256}")
        )


def plan_visit(context: typer.Context, appointment: str, texts: Sequence[str]) -> None:
    """Plan a visit's services and print each with its amounts and reasons.

    Raises:
        CannotDo: when a service cannot be read, there is no such appointment, or a service has no charge.
        MedofficeError: when the office cannot be opened, or a table's file was changed.
    """
    try:
        services = tuple(map(PlannedService.parse, texts))
    except InvalidValue as cause:
        raise CannotDo(str(cause)) from None
    with opened(context) as office:
        made = office.prices.plan(appointment_of(office, appointment), services)
    if isinstance(made, Refused):
        raise said_no(made)
    _print_plan(made)


def _pricing(
    office: Office, day: date, postal: str, locality: str, track: str, *, facility: bool | None
) -> Pricing:
    place = re.fullmatch(r"(\d{5})-(\d{2})", locality, re.ASCII)
    if locality and place is None:
        raise CannotDo("write the locality as carrier and number, for example 10112-00")
    if track and track not in {each.value for each in Track}:
        raise unknown("track", track, [each.value for each in Track])
    at = office.price_terms.at
    chosen = attrs.evolve(
        at,
        locality=Locality(place[1], place[2]) if place else at.locality,
        track=Track(track) if track else at.track,
    )
    prices = attrs.evolve(office.prices, terms=attrs.evolve(office.price_terms, at=chosen))
    found = prices.pricing(on=day, postal=postal, facility=facility)
    if isinstance(found, Refused):
        raise said_no(found)
    return found


def _print_steps(explained: Explained[Money], title: str) -> None:
    console, table = plain_console(), plain_table("", "", "")
    table.show_header = False
    table.columns[0].justify = "right"
    for step in explained.trace.steps:
        table.add_row(str(step.amount or ""), Text(step.label), Text(step.why, style="dim"))
    table.add_row(Text(str(explained.value), style="bold"), Text(title, style="bold"), "")
    console.print(table)
    for note in explained.unknowns:
        console.print(Text(NOTES[note]))


def _print_plan(made: VisitPlanned) -> None:
    console = plain_console()
    table = plain_table("Service", "Code", "Units", "Charge", "Allowed", "Why")
    for column in table.columns[2:5]:
        column.justify = "right"
    for each in made.prices:
        service = each.service
        table.add_row(
            service.service,
            _code(each),
            str(service.units),
            str(each.charge.value),
            "not known" if each.allowed is None else str(each.allowed.value),
            Text(_why(each), style="dim"),
        )
    console.print(table)
    for each in made.prices:
        # The first payer's amount stands in the table.
        for later in each.line.agreed[1 if each.allowed else 0 :]:
            console.print(Text(f"{_code(each)}: the payer {later.payer} allows {later.amount}"))
    charged = Money.total(each.charge.value for each in made.prices)
    console.print(
        Text(f"Charged in all {charged}. See what is due with: medoffice estimate {made.appointment}")
    )
    agreed = [theirs for each in made.prices for theirs in each.line.agreed]
    for note in dict.fromkeys(note for theirs in agreed for note in theirs.unsettled):
        console.print(Text(NOTES[note]))


def _code(price: PlannedPrice) -> str:
    return "-".join((price.service.code, *price.service.modifiers))


def _why(price: PlannedPrice) -> str:
    if price.allowed is None:
        return price.why_not
    return "; ".join(
        f"{step.label}: {step.why}" if step.why else step.label for step in price.allowed.trace.steps
    )
