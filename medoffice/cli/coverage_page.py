"""The page about the coverages for a visit. Loads the store and rich."""

from collections.abc import Iterator
from datetime import date

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from medoffice.billing.coverage import Coverage, InsuranceCard
from medoffice.billing.eligibility import (
    HEALTH_PLAN,
    CoverageStanding,
    Network,
    no_coverage,
    service_label,
    summarise,
)
from medoffice.cli.answers import answer_page
from medoffice.cli.moments import shown
from medoffice.cli.opening import opened
from medoffice.cli.plain import plain_console, plain_table
from medoffice.cli.subjects import appointment_of
from medoffice.core.findings import Finding
from medoffice.office.office import Office
from medoffice.scheduling.appointments import Appointment


def show_coverages(context: typer.Context, appointment: str) -> None:
    """Print what is known of the coverages for a visit, and what to do.

    Raises:
        CannotDo: when there is no such visit.
        MedofficeError: when the office cannot be opened or read.
    """
    console = plain_console()
    with opened(context) as office:
        id_ = appointment_of(office, appointment)
        visit = office.store.read(lambda tx: tx.appointment(id_))
        standings = office.eligibility.standings(id_)
        if not standings:
            console.print(Text(_line(no_coverage())))
        on = office.settings.day_at(visit.slot.start)
        today = office.settings.day_at(office.clock.now())
        kinds = service_types(office, visit)
        console.print(f"Visit on {shown(visit.slot.start, office.settings.zone)}: {visit.visit_type}")
        order = office.payer_order.order(visit.patient, on)
        if order is not None and not (order.is_settled and order.is_on_file):
            said = "not settled" if not order.is_settled else "another than the one on file"
            console.print(
                Text(f"The order of payers is {said}: medoffice coverage order {id_}", style="bold")
            )
        for each in standings:
            console.print()
            table = _table()
            for what, said in (*_on_file(each.coverage), *_asked(each, today, on)):
                table.add_row(Text(what, style="bold"), Text(said))
            console.print(table)
            if each.received is not None:
                network = office.eligibility_policy.network(each.coverage.payer.id)
                _print_answer(console, each, kinds, network)
            console.print()
            for finding in each.findings:
                console.print(Text(_line(finding)))
            if not each.findings:
                console.print("Nothing is to be done: the payer confirmed what was asked.")


def _line(finding: Finding) -> str:
    return f"{finding.severity}: {finding.message}. {finding.fix}".rstrip() + f" [{finding.code}]"


def service_types(office: Office, visit: Appointment) -> tuple[str, ...]:
    """The service types of what is planned for a visit; the plan as a whole where nothing is."""
    planned = office.store.read(lambda tx: tx.planned_lines(visit.id))
    policy = office.eligibility_policy
    return tuple(dict.fromkeys(policy.service_type(each.service) for each in planned)) or (HEALTH_PLAN,)


def _table() -> Table:
    table = plain_table("", "")
    table.show_header = False
    return table


def _on_file(coverage: Coverage) -> Iterator[tuple[str, str]]:
    yield "On file", f"{coverage.payer.name} ({coverage.payer.id}), {coverage.plan or 'plan not known'}"
    kind = "" if coverage.kind is None else f", {coverage.kind}"
    own = f", dependent {coverage.dependent_number}" if coverage.dependent_number else ""
    yield "Member number", f"{coverage.member_id}{own}{kind}"
    days = coverage.effective
    yield "Runs", f"from {days.start}" + ("" if days.end is None else f" to {days.end}")
    holder = coverage.subscriber
    if holder is not None:
        yield "Held by", f"{holder.name.spoken} (the patient is: {coverage.relation})"
    elif coverage.relation.value != "self":
        yield "Held by", f"not on file (the patient is: {coverage.relation})"
    if coverage.group_name or coverage.group_number:
        yield "Group", " ".join(filter(None, (coverage.group_name, coverage.group_number)))
    if coverage.card is not None:
        yield from _on_card(coverage.card)


def _on_card(card: InsuranceCard) -> Iterator[tuple[str, str]]:
    rx = (("BIN", card.rx_bin), ("PCN", card.rx_pcn), ("RxGroup", card.rx_group))
    if any(value for _, value in rx):
        yield "Pharmacy", ", ".join(f"{name} {value}" for name, value in rx if value)
    for each in card.phones:
        yield each.purpose, str(each.phone)
    for copay in card.copays:
        yield "Printed co-pay", f"{copay.service}: {copay.amount} (on the card; not verified)"


def _asked(standing: CoverageStanding, today: date, on: date) -> Iterator[tuple[str, str]]:
    if standing.waiting is not None:
        yield "Asked", f"on {standing.waiting.on}; no answer yet"
    if standing.refused is not None:
        yield "Not asked", f"tried on {standing.refused.on}"
    old, then = standing.days_old(today), standing.days_old(on)
    if old is None:
        yield "Answer", "none"
    else:
        age = "today" if old == 0 else "1 day ago" if old == 1 else f"{old} days ago"
        later = f", {then} days old on the day of the visit" if then is not None and then > old else ""
        yield "Answer", f"given {age}{later}"


def _print_answer(
    console: Console, standing: CoverageStanding, kinds: tuple[str, ...], network: Network
) -> None:
    """Print the answer, and after it what it says of each further service."""
    received = standing.received
    if received is None:
        return
    side = Network.OUT if network is Network.OUT else Network.IN
    for place, kind in enumerate(kinds):
        table = _table()
        for what, said in answer_page(
            received.answer, summarise(received.answer, kind, network=side), is_first=place == 0
        ):
            table.add_row(Text(what, style="bold"), Text(said))
        console.print()
        console.print(f"What the payer said: {service_label(kind)}")
        console.print(table)
