"""What is said about patients in any command of the schedule is sealed in every row, and in no repr, message or log."""

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from medoffice.adapters.keys import OfficeKey, Purpose
from medoffice.adapters.sql import tables
from medoffice.adapters.sql.postgres import PostgresBackend
from medoffice.adapters.sql.sqlcipher import SqlCipherBackend
from medoffice.adapters.sql.store import SqlStore
from medoffice.adapters.sql.vault import Vault
from medoffice.adapters.system import FixedClock
from medoffice.core import (
    CommandKey,
    OfficeId,
    Patient,
    PatientId,
    PersonName,
    Phone,
    Refused,
    ResourceId,
    TimeSlot,
)
from medoffice.core.errors import MedofficeError
from medoffice.office import Office, OfficeSettings
from medoffice.scheduling import (
    Absence,
    Closure,
    Overbooking,
    Policy,
    Provider,
    Recurrence,
    SpecialDay,
    Status,
    VisitType,
    Weekly,
)
from medoffice.scheduling.flow import CheckOutTask, Settlement, TaskKind

KEY = OfficeKey(bytes(range(32)))
ZONE = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
LEE = ResourceId("dr-lee")
TEN, DAY = NOW + timedelta(hours=1), timedelta(days=1)
CANARIES = {
    "family": "Canarybird",
    "given": "Tweetina",
    "phone": "(212) 555-9876",
    "reason": "canary feather allergy",
    "code of a reason": "canary-moult",
    "why away": "canary-flu",
    "task": "canary referral to the aviary",
    "why not done": "canary declined it",
}
WHO = tuple(PatientId(f"pat-{number}") for number in range(4))


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


class Told:
    """An office, and how each of its answers looks."""

    def __init__(self, store: SqlStore) -> None:
        self.office = Office(
            settings=OfficeSettings(id=OfficeId("northside"), name="Northside", zone=ZONE),
            store=store,
            clock=FixedClock(NOW),
            booking_policy=Policy(overbooking=Overbooking(is_allowed=True)),
        )
        self.said: list[str] = [repr(self.office)]

    def note(self, answer: Any) -> Any:
        """Keep how it looks, and give it back."""
        self.said.append(f"{answer!r} {answer}")
        if isinstance(answer, Refused):
            self.said.extend(map(str, answer.findings))
        return answer


def live(store: SqlStore) -> list[str]:
    """All that takes what a patient or a clinician said; how each answer and each mistake looks."""
    told = Told(store)
    _set_up(told)
    _book(told)
    _promise(told)
    _receive(told)
    _except(told)
    return told.said


def _set_up(told: Told) -> None:
    weekly = Weekly.of("Mon-Sun 08:00-17:00", zone=ZONE)
    told.note(told.office.schedule.add_resource(Provider(LEE, weekly=weekly, tags="doctor")))
    told.note(told.office.add_visit_type(VisitType(code="plain", name="Plain", minutes=30)))
    name = PersonName(family=CANARIES["family"], given=CANARIES["given"])
    for id in WHO:
        person = Patient(id=id, name=name, birth_date=date(1980, 1, 1), phone=Phone.parse(CANARIES["phone"]))
        told.note(told.office.register(person))


def _book(told: Told) -> None:
    schedule, note, reason = told.office.schedule, told.note, CANARIES["reason"]
    booked = note(schedule.book(WHO[0], "plain", TEN, reason=reason))
    note(schedule.book(WHO[1], "plain", TEN, reason=reason))
    over = note(schedule.book(WHO[1], "plain", TEN, resources=[LEE], reason=reason, overbook=True))
    note(schedule.why_not("plain", TEN, patient=WHO[1]))
    weekly = Recurrence(first=date(2026, 12, 1), clock=time(10), zone=ZONE, count=3)
    for patient in WHO[:2]:
        note(schedule.book_series(patient, "plain", weekly, reason=reason))
    note(schedule.confirm(booked.appointment.id))
    note(schedule.waitlist.join(WHO[3], "plain", channels=["sms"]))
    note(schedule.move(booked.appointment.id, TEN + 3 * DAY))
    key, why = CommandKey("cmd-off"), CANARIES["code of a reason"]
    for again in (key, key, None):
        note(schedule.cancel(booked.appointment.id, reason=why, key=again))
    note(schedule.history(booked.appointment.id))
    for mistake in (
        lambda: schedule.cancel(over.appointment.id, reason=reason),
        lambda: schedule.cancel(booked.appointment.id, key=key),
        lambda: schedule.book(WHO[0], "no such kind", TEN, reason=reason),
    ):
        with pytest.raises(MedofficeError) as trouble:
            mistake()
        told.said.append(f"{trouble.value!r} {trouble.value}")


def _promise(told: Told) -> None:
    schedule, note = told.office.schedule, told.note
    held = note(schedule.hold("plain", TEN + DAY, patient=WHO[0]))
    note(schedule.book_hold(held.hold.id, WHO[0], reason=CANARIES["reason"]))
    again = note(schedule.hold("plain", TEN + 2 * DAY))
    offer = note(schedule.offer(again.hold.id, WHO[1]))
    note(schedule.accept(offer.offer.id))
    note(schedule.waitlist.advance())
    for standing in note(schedule.waitlist.state()).offers:
        note(schedule.waitlist.why_asked(standing.offer.key))
        note(schedule.waitlist.accept(standing.offer.key))
        note(schedule.waitlist.decline(standing.offer.key))


def _receive(told: Told) -> None:
    schedule, note = told.office.schedule, told.note
    came = note(
        schedule.walk_in(WHO[2], "plain", NOW + timedelta(hours=3), reason=CANARIES["reason"])
    ).appointment
    task = CheckOutTask(code="aviary", kind=TaskKind.REFERRAL, is_must=True, detail=CANARIES["task"])
    note(schedule.flow.checked_in(came.id))
    note(schedule.flow.with_provider(came.id, LEE))
    note(schedule.flow.raise_task(came.id, task))
    note(schedule.change_status(came.id, Status.FULFILLED))
    note(schedule.flow.settle(came.id, "aviary", Settlement.DECLINED, reason=CANARIES["why not done"]))
    note(schedule.flow.of(came.id))
    note(schedule.change_status(came.id, Status.FULFILLED))
    note(told.office.board())


def _except(told: Told) -> None:
    schedule, note = told.office.schedule, told.note
    away = Absence(LEE, TimeSlot.lasting(TEN + 7 * DAY, timedelta(hours=2)), CANARIES["why away"])
    schedule.add_exception(away)
    note(schedule.add_exception(Closure(days=date(2026, 12, 24), name="Closed")))
    note(schedule.add_exception(SpecialDay(resource=LEE, day=date(2026, 12, 23))))
    plan = note(schedule.replanning.plan(away))
    note(schedule.replanning.carry_out(plan))


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


def test_no_row_of_an_encrypted_file_says_anything(tmp_path: Path) -> None:
    """Beside the sealed bodies nothing but opaque ids, codes and instants, also within the encrypted file."""
    store = SqlStore.open(
        SqlCipherBackend(tmp_path / "office.db", KEY.derive(Purpose.DATABASE)), Vault.of(KEY)
    )
    live(store)
    assert found(clear(store)) == set()
    store.close()


def test_no_row_of_a_server_says_anything(request: pytest.FixtureRequest) -> None:
    """Where tables and indexes are in the clear."""
    address = request.getfixturevalue("postgres").fresh_database()
    store = SqlStore.open(PostgresBackend(address), Vault.of(KEY))
    live(store)
    assert found(clear(store)) == set()
    store.close()


def test_the_looking_finds_what_is_not_sealed(tmp_path: Path) -> None:
    """Each canary went in somewhere."""
    store = SqlStore.open(SqlCipherBackend(tmp_path / "office.db", KEY.derive(Purpose.DATABASE)), unsealed())
    live(store)
    assert found(clear(store)) == set(CANARIES)
    store.close()


def test_no_answer_message_or_log_says_anything(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """However an outcome, a finding, a mistake or the office itself is printed."""
    caplog.set_level(logging.DEBUG)
    store = SqlStore.open(
        SqlCipherBackend(tmp_path / "office.db", KEY.derive(Purpose.DATABASE)), Vault.of(KEY)
    )
    said = live(store)
    assert len(said) > 40
    assert found(text.encode() for text in (*said, caplog.text)) == set()
    store.close()
