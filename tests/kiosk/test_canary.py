"""A whole visit of one patient whose every detail is a canary: none of them sings where nobody should hear it.

Booked, sent a letter, turned away, recognised, corrected, checked in, paid, ticketed, helped; in an encrypted folder, with
every log turned up. Then everything that a log, a debugger, a file name, a code or a thief of the disk would show is
searched. A control shows that the search finds what is there.
"""

import logging
import traceback
from base64 import b64encode, urlsafe_b64decode
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest

from medoffice.adapters.system import FixedClock
from medoffice.billing import Coverage, Payer, PlannedLine, VerifiedCoverage
from medoffice.cli import main
from medoffice.core import (
    MBI,
    MRN,
    AppointmentId,
    CommandKey,
    CoverageId,
    DateRange,
    MedofficeError,
    MemberId,
    Money,
    Patient,
    PatientId,
    PayerId,
    PersonName,
    Phone,
    ResourceId,
    parse_day,
)
from medoffice.core.people import Address, Email
from medoffice.office.demo import DemoPatient, fill_demo
from medoffice.office.folder import KEY_FILE, create_office, open_office
from medoffice.office.office import Office
from medoffice.office.once import Asked
from medoffice.scheduling.outcomes import Booked
from medoffice.wire.json import decode_any, encode

NOON = datetime(2027, 3, 15, 17, 0, tzinfo=UTC)
BORN = date(1931, 7, 19)
CANARIES = (
    "Quetzalcanary",
    "Philomena",
    "1931-07-19",
    "07191931",
    "07/19/1931",
    "datetime.date(1931",
    "2175550166",
    "(217) 555-0166",
    "2175550177",
    "(217) 555-0177",
    "philomena.q@canary.example.org",
    "4711 Canarybird Lane",
    "MBRCANARY4711",
    "MRNCANARY",
    "canary rash",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An office's folder, with the demo day's other patients in it."""
    path = tmp_path / "office"
    create_office(path, name="Northside Family Medicine", zone="America/Chicago")
    return path


@pytest.fixture
def house(folder: Path) -> Iterator[tuple[Office, tuple[DemoPatient, ...]]]:
    """The office with one more patient, at noon: what the ``bench`` works with in this file."""
    office = attrs.evolve(open_office(folder), clock=FixedClock(NOON))
    fill_demo(office)
    yield office, (canary(office),)
    office.close()


def canary(office: Office) -> DemoPatient:
    """Register the patient of this file and book their visit."""
    patient = Patient(
        id=PatientId("pat-c"),
        name=PersonName(family="Quetzalcanary", given="Philomena"),
        birth_date=BORN,
        mrn=MRN("MRNCANARY"),
        phone=Phone("2175550166"),
        email=Email("philomena.q@canary.example.org"),
        address=Address(street="4711 Canarybird Lane", city="Springfield", state="IL", zip_code="62704"),
    )
    other = office.store.read(lambda tx: tx.coverages(tx.appointment(office.board()[8].appointment).patient))[
        0
    ]
    cover = VerifiedCoverage(
        coverage=Coverage(
            id=CoverageId("cov-c"),
            patient=patient.id,
            payer=Payer(id=PayerId("CANARY"), name="Canary Health Plan"),
            plan="Gold",
            member_id=MemberId("MBRCANARY4711"),
            effective=DateRange(date(2027, 1, 1)),
        ),
        benefits=other.benefits,
        verified_on=date(2027, 3, 1),
    )
    office.register(patient, cover)
    slot = office.find("follow-up", first_day=office.settings.day_at(NOON))[0]
    line = PlannedLine(service="office-visit", charge=Money(14500), allowed=Money(9800))
    booked = office.book(
        patient.id, "follow-up", slot.slot.start, slot.resources, lines=(line,), reason="canary rash"
    )
    assert isinstance(booked, Booked)
    return DemoPatient(patient=patient, appointment=booked.appointment.id, starts=slot.slot.start)


def found_in(text: str) -> list[str]:
    """The canaries that a text holds, in whatever case."""
    lowered = text.lower()
    return [each for each in CANARIES if each.lower() in lowered]


def found_in_bytes(data: bytes) -> list[str]:
    """The canaries that bytes hold: as UTF-8, as UTF-16, or as base64 of either (at any of its three offsets)."""
    lowered = data.lower()
    seen = []
    for each in CANARIES:
        for coded in (each.encode(), each.encode("utf-16-le")):
            inner = [b64encode(b"x" * pad + coded)[4:-4] for pad in range(3)]
            if coded.lower() in lowered or any(len(part) >= 8 and part in data for part in inner):
                seen.append(each)
    return seen


def whole_visit(bench: Any, person: DemoPatient) -> None:
    """Everything that may happen to a patient at the kiosk, one thing after the other."""
    bench.scan(person)
    for digit in "01011990":
        bench.driver.key(digit)
    bench.press("continue")
    bench.settle()
    assert bench.screen.name == "not-matched"
    bench.press("back")
    bench.press("no-code")
    for letter in "quetzalcanary":
        bench.driver.key(letter)
    bench.press("continue")
    for letter in "philomena":
        bench.driver.key(letter)
    bench.press("continue")
    for digit in "07191931":
        bench.driver.key(digit)
    bench.press("continue")
    bench.settle()
    assert bench.screen.name == "details"
    bench.press("changed")
    bench.press("phone")
    for digit in "2175550177":
        bench.driver.key(digit)
    bench.press("continue")
    bench.press("yes")
    bench.press("yes")
    bench.press("why")
    bench.press("continue")
    bench.press("pay-now")
    bench.settle()
    assert bench.screen.name == "done"
    bench.press("person")
    bench.settle()
    bench.press("finish")


def provoked(office: Office, folder: Path, person: DemoPatient) -> str:
    """The texts of exceptions that somebody with bad luck would see, tracebacks and all."""
    row = office.store.read(lambda tx: tx.appointment(person.appointment))
    document = encode(person.patient)
    mistakes: tuple[Callable[[], object], ...] = (
        lambda: MBI.parse("Quetzalcanary"),
        lambda: Phone.parse("Philomena 2175550166"),
        lambda: parse_day("07/19/1931 or so"),
        lambda: Email.parse("philomena.q@canary.example.org Quetzalcanary"),
        lambda: PersonName.parse("Quetzalcanary, Philomena, canary rash, 2175550166"),
        lambda: decode_any(
            document.replace(b'"F"', b'"Quetzalcanary"').replace(b'"id"', b'"4711 Canarybird Lane"')
        ),
        lambda: decode_any(document[:-9]),
        lambda: office.store.transact(lambda tx: tx.put_appointment(row)),
        lambda: office.store.transact(
            lambda tx: tx.put_appointment(attrs.evolve(row, id=AppointmentId("apt-other")))
        ),
        lambda: office.estimate(AppointmentId("apt-none")),
        lambda: office.register(person.patient, key=CommandKey("cmd-one")),
        lambda: office.register(
            attrs.evolve(person.patient, phone=Phone("2175550177")), key=CommandKey("cmd-one")
        ),
        lambda: open_office(folder / "nowhere"),
    )
    texts = []
    for mistake in mistakes:
        try:
            mistake()
        except MedofficeError as trouble:
            texts.append("".join(traceback.format_exception(trouble, limit=None)[-1:]) + repr(trouble))
    assert len(texts) >= len(mistakes) - 1
    return "\n".join(texts)


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    """The control: in the clear, in another case, in UTF-16 and in base64."""
    for each in CANARIES:
        assert each in found_in(f"… {each.upper()} …")
        for data in (
            each.encode(),
            each.encode("utf-16-le"),
            b64encode(b"name=" + each.encode() + b" and more"),
        ):
            assert each in found_in_bytes(b"\x00\x01" + data + b"\x02")
    (tmp_path / "plain").write_text("Philomena")
    assert found_in_bytes((tmp_path / "plain").read_bytes()) == ["Philomena"]


def test_no_canary_is_heard_after_a_whole_visit(
    bench: Any,
    folder: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Logs, reprs, exceptions, codes, tickets, file names, and the bytes of the store."""
    caplog.set_level(logging.DEBUG)
    for name in ("sqlalchemy", "sqlalchemy.engine", "sqlalchemy.pool", "alembic", "kiosk"):
        caplog.set_level(logging.DEBUG, logger=name)
    office, person = bench.office, bench.people[0]
    letters = tmp_path / "letters"
    letters.mkdir()

    whole_visit(bench, person)
    office.book(PatientId("pat-c"), "follow-up", NOON + timedelta(hours=1), (ResourceId("dr-okafor"),))
    with pytest.raises(SystemExit):
        main(["--office", str(folder), "letter", "apt-no-such-visit", "--to", str(letters)])
    with pytest.raises(SystemExit) as ended:
        main(["--office", str(folder), "letter", str(_another(office, person)), "--to", str(letters)])
    assert ended.value.code in {0, None}

    store = office.store
    everything = store.read(
        lambda tx: (
            tx.patient(person.patient.id),
            tx.coverages(person.patient.id),
            tx.appointment(person.appointment),
            tx.check_ins(office.settings.day_at(NOON)),
            tx.payments(person.appointment),
            tx.desk_tasks(),
            tx.audit_rows(),
        )
    )
    code = office.issue_code(_another(office, person)).text
    token = urlsafe_b64decode(code + "==")
    asked = Asked(action="register", subject="pat-c", parts=(encode(person.patient).decode(),))
    reprs = "\n".join(
        map(repr, (everything, bench.screens, bench.driver.screen, vars(bench.driver), office, code, asked))
    )
    heard = {
        "logs": found_in(caplog.text),
        "output": found_in("".join(capfd.readouterr())),
        "reprs": found_in(reprs),
        "board": found_in(repr(office.board())),
        "exceptions": found_in(provoked(office, folder, person)),
        "code": found_in(code) + found_in_bytes(token),
        "tickets": found_in("\n".join(screen.qr for screen in bench.screens)),
        "speech": found_in(
            "\n".join(repr(said.values) for screen in bench.screens for said in screen.speech)
        ),
        "file names": found_in("\n".join(str(path) for path in tmp_path.rglob("*"))),
        "store": [
            hit
            for path in folder.iterdir()
            if path.name != KEY_FILE
            for hit in found_in_bytes(path.read_bytes())
        ],
    }
    assert heard == {place: [] for place in heard}
    assert len(list(letters.iterdir())) == 2
    assert caplog.text


def _another(office: Office, person: DemoPatient) -> AppointmentId:
    """A visit of the same patient that is still to come."""
    start = NOON + timedelta(days=1)
    for slot in office.find("follow-up", first_day=office.settings.day_at(start)):
        booked = office.book(person.patient.id, "follow-up", slot.slot.start, slot.resources)
        if isinstance(booked, Booked):
            return booked.appointment.id
    raise LookupError("no time is free")
