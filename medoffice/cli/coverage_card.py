"""A card that somebody holds in their hand goes on file. Loads the store."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import attrs
import typer

from medoffice.billing.coverage import (
    CardPhone,
    Coverage,
    CoverageKind,
    InsuranceCard,
    PrintedCopay,
    Relation,
    Subscriber,
)
from medoffice.billing.payers import Payer
from medoffice.cli.asked import asked
from medoffice.cli.failures import CannotDo
from medoffice.cli.moments import day_or
from medoffice.cli.opening import opened
from medoffice.cli.subjects import patient_of
from medoffice.core.dates import DateRange, parse_day
from medoffice.core.errors import InvalidValue
from medoffice.core.identifiers import MemberId, PayerId
from medoffice.core.ids import CoverageId, PatientId
from medoffice.core.money import Money
from medoffice.core.people import PersonName, Phone
from medoffice.office.office import Office

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class Said:
    """What the command's options say of a card, as they were typed; nothing of it names a person."""

    payer: str
    payer_name: str
    plan: str
    kind: str
    relation: str
    since: str
    until: str
    order: int
    corrects: str
    group_name: str = attrs.field(repr=False)
    rx_bin: str
    rx_pcn: str
    phones: tuple[str, ...] = attrs.field(repr=False)
    copays: tuple[str, ...] = attrs.field(repr=False)


def add_coverage(context: typer.Context, who: str, said: Said) -> str:
    """Put a coverage on file.

    Raises:
        CannotDo: when there is no such patient, or something typed cannot be; it says what.
        MedofficeError: when the office cannot be opened or written.
    """
    with opened(context) as office:
        patient = patient_of(office, who)
        before = _corrected(office, patient, said.corrects) if said.corrects else None
        today = office.settings.day_at(office.clock.now())
        relation = _read("relation", lambda: Relation.parse(said.relation))
        payer = _read("payer", lambda: Payer(PayerId.parse(said.payer), " ".join(said.payer_name.split())))
        start = day_or(said.since, today)
        days = _read("days", lambda: DateRange(start, parse_day(said.until) if said.until else None))
        kind = _read("kind", lambda: CoverageKind.parse(said.kind)) if said.kind else None
        phones, copays = tuple(_phones(said.phones)), tuple(_copays(said.copays))
        member = _read("member number", lambda: MemberId.parse(asked("Member number")))
        group, rx_group = asked("Group number"), asked("RxGroup")
        dependent, subscriber = "", None
        if relation is not Relation.SELF:
            dependent = asked("Dependent's number").upper()
            subscriber = _subscriber()
        printed = (said.rx_bin, said.rx_pcn, rx_group, *phones, *copays)
        card = (
            _read(
                "card",
                lambda: InsuranceCard(
                    rx_bin=said.rx_bin,
                    rx_pcn=said.rx_pcn,
                    rx_group=rx_group,
                    phones=phones,
                    copays=copays,
                    read_on=today,
                ),
            )
            if any(printed)
            else None
        )
        coverage = _read(
            "coverage",
            lambda: Coverage(
                id=office.ids.new(CoverageId) if before is None else before.id,
                patient=patient,
                payer=payer,
                plan=" ".join(said.plan.split()),
                member_id=member,
                effective=days,
                relation=relation,
                order=said.order,
                kind=kind,
                subscriber=subscriber,
                dependent_number=dependent,
                group_number=group,
                group_name=" ".join(said.group_name.split()),
                card=card,
                on_file_since=today if before is None else before.on_file_since,
            ),
        )
        office.eligibility.put_on_file(coverage)
    return f"On file: coverage {coverage.id}. Ask the payer with: medoffice coverage ask APPOINTMENT"


def _corrected(office: Office, patient: PatientId, id_: str) -> Coverage:
    for cover in office.store.read(lambda tx: tx.coverages(patient)):
        if cover.coverage.id.value == id_.strip():
            return cover.coverage
    raise CannotDo("the patient has no coverage with that id; medoffice coverage ask shows the ids")


def _subscriber() -> Subscriber | None:
    name = asked("Who holds the plan (Family, Given)")
    if not name:
        return None
    born = asked("Their birth date")
    return _read(
        "who holds the plan",
        lambda: Subscriber(name=PersonName.parse(name), birth_date=parse_day(born) if born else None),
    )


def _phones(texts: tuple[str, ...]) -> Iterator[CardPhone]:
    for text in texts:
        purpose, number = _pair("phone", text)
        yield _read("phone", lambda purpose=purpose, number=number: CardPhone(purpose, Phone.parse(number)))  # type: ignore[misc]


def _copays(texts: tuple[str, ...]) -> Iterator[PrintedCopay]:
    for text in texts:
        service, amount = _pair("copay", text)
        yield _read(
            "copay",
            lambda service=service, amount=amount: PrintedCopay(service, Money.parse(amount)),  # type: ignore[misc]
        )


def _pair(option: str, text: str) -> tuple[str, str]:
    before, equals, after = text.partition("=")
    if not equals:
        raise CannotDo(f"write --{option} as what it is for, =, and the value")
    return " ".join(before.split()), after.strip()


def _read(what: str, make: Callable[[], T]) -> T:
    try:
        return make()
    except InvalidValue as trouble:
        reason = trouble.reason
    # Raised out here, so that the cause, which may hold what was typed, does not hang on it.
    raise CannotDo(f"that {what} cannot be: {reason}")
