"""Who a patient is, and with whom they are insured, is in no row, repr, message, file name, task or log."""

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
import sqlalchemy as sa

from medoffice.adapters.keys import OfficeKey, Purpose
from medoffice.adapters.payers import FolderGateway
from medoffice.adapters.sql import tables
from medoffice.adapters.sql.sqlcipher import SqlCipherBackend
from medoffice.adapters.sql.store import SqlStore
from medoffice.adapters.sql.vault import Vault
from medoffice.adapters.system import FixedClock
from medoffice.billing import CardPhone, Coverage, InsuranceCard, Payer, Relation, Subscriber
from medoffice.billing.eligibility import InquiryPrepared
from medoffice.core import (
    EIN,
    NPI,
    CommandKey,
    CoverageId,
    DateRange,
    MemberId,
    OfficeId,
    Patient,
    PatientId,
    PayerId,
    PersonName,
    Phone,
    ResourceId,
)
from medoffice.core.errors import MedofficeError
from medoffice.office import Office, OfficeSettings
from medoffice.scheduling import Provider, VisitType, Weekly
from medoffice.scheduling.outcomes import Booked
from medoffice.wire.x12 import Body, Envelope, Partner, read_271, write

KEY = OfficeKey(bytes(range(32)))
ZONE = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
CANARIES = {
    "family": "Canarybird",
    "given": "Tweetina",
    "holder": "Featherstone",
    "member": "KANARIE7077",
    "dependent": "KD99",
    "group": "CANARY-G42",
    "employer": "Canary Mills",
    "rx group": "RXKANARIE",
    "card phone": "(800) 555-0177",
    "birth": "1987-02-03",
    "said name": "KANARIENVOGEL",
}


class Unsealed(Vault):
    """A vault that leaves everything as it is."""

    def seal_bytes(self, table: str, row: str, plain: bytes) -> bytes:
        del table, row
        return plain

    def open_bytes(self, table: str, row: str, body: bytes) -> bytes:
        del table, row
        return body


def unsealed() -> Vault:
    """Keys, and no seal."""
    sealed = Vault.of(KEY)
    return Unsealed(sealer=sealed.sealer, index=sealed.index, audit_key=sealed.audit_key)


def answer_to(trace: str, control: int) -> str:
    """A 271 about somebody with another name and number."""
    body = Body(
        kind="271",
        guide="005010X279A1",
        segments=(
            ("BHT", "0022", "11", trace, "20261124", "0915"),
            ("HL", "1", "", "20", "1"),
            ("NM1", "PR", "2", "PRAIRIE HEALTH PLAN", "", "", "", "", "PI", "PRAIRI"),
            ("HL", "2", "1", "21", "1"),
            ("NM1", "1P", "2", "NORTHSIDE", "", "", "", "", "XX", "1234567893"),
            ("HL", "3", "2", "22", "1"),
            ("NM1", "IL", "1", "FEATHERSTONE", "ROBIN", "", "", "", "MI", CANARIES["member"]),
            ("HL", "4", "3", "23", "0"),
            ("TRN", "2", trace, "9123456789"),
            ("NM1", "03", "1", CANARIES["said name"], "TWEETINA"),
            ("DMG", "D8", "19870203", "F"),
            ("EB", "1", "", "30", "", "SILVER"),
        ),
    )
    envelope = Envelope(sender=Partner("HOUSE"), receiver=Partner("OFFICE"), control=control, at=NOW)
    return write([body], functional="HB", envelope=envelope)


def live(store: SqlStore, root: Path) -> list[str]:
    """Everything that touches a coverage, by name and number; how each answer and each mistake looks."""
    gateway = FolderGateway(
        root=root,
        sender=Partner("OFFICE"),
        receiver=Partner("HOUSE"),
        clock=FixedClock(datetime.now(UTC) + timedelta(hours=1)),
        zone=ZONE,
    )
    office = Office(
        settings=OfficeSettings(
            id=OfficeId("northside"),
            name="Northside",
            zone=ZONE,
            npi=NPI("1234567893"),
            ein=EIN("123456789"),
        ),
        store=store,
        clock=FixedClock(NOW),
        payers=lambda: gateway,
    )
    said: list[str] = []

    def note(answer: Any) -> Any:
        said.append(f"{answer!r} {answer}")
        return answer

    who = Patient(
        id=PatientId("pat-1"),
        name=PersonName(family=CANARIES["family"], given=CANARIES["given"]),
        birth_date=date(1987, 2, 3),
    )
    coverage = Coverage(
        id=CoverageId("cov-1"),
        patient=who.id,
        payer=Payer(PayerId("PRAIRI"), "Prairie Health Plan"),
        plan="Silver",
        member_id=MemberId(CANARIES["member"]),
        effective=DateRange(date(2026, 1, 1)),
        relation=Relation.CHILD,
        subscriber=Subscriber(name=PersonName(family=CANARIES["holder"], given="Robin")),
        dependent_number=CANARIES["dependent"],
        group_number=CANARIES["group"],
        group_name=CANARIES["employer"],
        card=InsuranceCard(
            rx_group=CANARIES["rx group"], phones=(CardPhone("Call", Phone.parse(CANARIES["card phone"])),)
        ),
    )
    office.register(who)
    office.schedule.add_resource(
        Provider(ResourceId("dr-lee"), weekly=Weekly.of("Mon-Sun 08:00-17:00", zone=ZONE))
    )
    office.add_visit_type(VisitType(code="plain", name="Plain", minutes=30))
    booked = office.book(who.id, "plain", NOW + timedelta(hours=1), (ResourceId("dr-lee"),))
    assert isinstance(booked, Booked)
    eligibility = office.eligibility
    note(eligibility)
    note(eligibility.put_on_file(coverage, key=CommandKey("cmd-1")))
    with pytest.raises(MedofficeError) as trouble:
        eligibility.put_on_file(attrs.evolve(coverage, group_name="x"), key=CommandKey("cmd-1"))
    said.append(f"{trouble.value!r} {trouble.value}")
    (asked,) = note(eligibility.ask_for(booked.appointment.id))
    assert isinstance(asked.outcome, InquiryPrepared)
    trace = asked.outcome.inquiry.trace
    note(eligibility.standings(booked.appointment.id))
    for number, each in enumerate((trace, trace, "SOMEBODY"), start=1):
        (root / "in" / f"{number}.271").write_text(answer_to(each, number))
    note(eligibility.collect())
    (foreign,) = read_271(answer_to("PORTAL", 9))
    note(eligibility.keep(note(eligibility.match(foreign)), foreign))
    note(eligibility.verify_day(date(2026, 11, 24)))
    note(eligibility.standings(booked.appointment.id))
    note(eligibility.findings(booked.appointment.id))
    note(office.desk_tasks())
    assert len(office.desk_tasks()) == 1
    note(store.read(lambda tx: tx.audit_rows()))
    note(store.read(lambda tx: tx.facts("eligibility")))
    said.extend(str(path.relative_to(root)) for path in root.rglob("*"))
    said.extend(path.read_text() for path in root.rglob("*.txt"))
    said.extend(f"{each.code} {each.id} {each.by}" for each in office.desk_tasks())
    return said


def clear(store: SqlStore) -> Iterator[bytes]:
    """Every column of every row, as bytes."""
    with store._backend.engine.connect() as connection:
        for table in tables.metadata.sorted_tables:
            for row in connection.execute(sa.select(table)):
                yield from (
                    each if isinstance(each, bytes) else str(each).encode()
                    for each in row
                    if each is not None
                )


def found(texts: Iterator[bytes]) -> set[str]:
    """Which canaries are in any of the texts, in either case."""
    whole = b"\n".join(texts).lower()
    return {name for name, text in CANARIES.items() if text.lower().encode() in whole}


def opened(path: Path, vault: Vault) -> SqlStore:
    return SqlStore.open(SqlCipherBackend(path, KEY.derive(Purpose.DATABASE)), vault)


def test_no_row_says_anything(tmp_path: Path) -> None:
    """Beside the sealed bodies nothing but opaque ids, codes and instants."""
    store = opened(tmp_path / "office.db", Vault.of(KEY))
    live(store, tmp_path / "payers")
    assert found(clear(store)) == set()
    store.close()


def test_the_looking_finds_what_is_not_sealed(tmp_path: Path) -> None:
    """Each canary went in somewhere."""
    store = opened(tmp_path / "office.db", unsealed())
    live(store, tmp_path / "payers")
    assert found(clear(store)) == set(CANARIES)
    store.close()


def test_no_outcome_message_file_name_or_log_says_anything(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """However an outcome, a finding, a task or the office itself is printed."""
    caplog.set_level(logging.DEBUG)
    store = opened(tmp_path / "office.db", Vault.of(KEY))
    said = live(store, tmp_path / "payers")
    assert len(said) > 20
    assert found(text.encode() for text in (*said, caplog.text)) == set()
    store.close()
