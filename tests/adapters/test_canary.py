"""PHI that goes through every operation of the store is in none of its files' bytes.

The encrypted file is looked through while it is open (with its write-ahead log), the database server's whole folder
after a checkpoint (tables, indexes, write-ahead log, server log). A store that seals nothing proves that the looking
finds what there is to find.
"""

import re
from datetime import date
from pathlib import Path

import attrs
import pytest

from medoffice.adapters.keys import OfficeKey, Purpose
from medoffice.adapters.sql.postgres import PostgresBackend, open_postgres
from medoffice.adapters.sql.sqlcipher import SqlCipherBackend, open_sqlcipher
from medoffice.adapters.sql.store import SqlStore
from medoffice.adapters.sql.vault import Vault
from medoffice.checkin.records import Correction, Detail
from medoffice.core.identifiers import MRN, MemberId
from medoffice.core.ids import AppointmentId, CommandKey
from medoffice.core.people import Address, Email, PersonName, Phone
from medoffice.ports.store import SlotTaken, Store
from medoffice.testing import store_records as make
from medoffice.testing.postgres import PrivatePostgres, private_postgres

KEY = OfficeKey(bytes(range(32)))
CANARIES = {
    "family name": "Canarybird",
    "given name": "Tweetina",
    "birth date": "1931-07-19",
    "medical record number": "MRNCANARY77",
    "telephone": "(212) 555-9876",
    "e-mail": "tweet@canary.example",
    "street": "77 Birdcage Walk",
    "member number": "MEMBERCANARY9",
    "reason": "canary-feather allergy",
    "correction": "2125551111 corrected",
    "note": "canary note for the desk",
    "answer": "canary in the answer",
}


class Unsealed(Vault):
    """A vault that leaves everything as it is."""

    def seal_bytes(self, table: str, row: str, plain: bytes) -> bytes:
        del table, row
        return plain

    def open_bytes(self, table: str, row: str, body: bytes) -> bytes:
        del table, row
        return body


def live_a_day(store: Store) -> None:
    """Every operation that takes PHI, refused ones and rolled-back ones among them, and reading it all back."""
    person = attrs.evolve(
        make.patient(),
        name=PersonName(family=CANARIES["family name"], given=CANARIES["given name"]),
        birth_date=date.fromisoformat(CANARIES["birth date"]),
        mrn=MRN(CANARIES["medical record number"]),
        phone=Phone.parse(CANARIES["telephone"]),
        email=Email(CANARIES["e-mail"]),
        address=Address(street=CANARIES["street"], city="Chicago", state="IL", zip_code="60601"),
    )
    cover = make.coverage()
    cover = attrs.evolve(
        cover, coverage=attrs.evolve(cover.coverage, member_id=MemberId(CANARIES["member number"]))
    )
    visit = attrs.evolve(make.appointment(), reason=CANARIES["reason"])
    said = (Correction(Detail.PHONE, CANARIES["correction"]),)
    store.transact(lambda t: t.put_patient(person))
    for _ in range(3):
        store.transact(lambda t: t.put_patient(person))  # replaced: old versions of rows are in the files too
        store.transact(lambda t: t.put_coverage(cover))
    store.transact(lambda t: t.put_appointment(visit))
    with pytest.raises(SlotTaken):
        store.transact(lambda t: t.put_appointment(attrs.evolve(visit, id=AppointmentId("apt-2"))))
    store.transact(lambda t: t.put_planned_lines(visit.id, (make.line(),)))
    store.transact(lambda t: t.put_visit_code(make.visit_code()))
    store.transact(lambda t: t.spend_code(b"j" * 16, visit.id, make.minute(0)))
    store.transact(lambda t: t.add_check_in(attrs.evolve(make.check_in(), corrections=said)))
    store.transact(lambda t: t.put_payment(make.payment()))
    store.transact(lambda t: t.put_desk_task(attrs.evolve(make.task(), note=CANARIES["note"])))
    store.transact(lambda t: t.add_outcome(make.outcome("cmd-1", CANARIES["answer"].encode())))
    store.transact(lambda t: t.append_audit(make.entry()))
    assert store.read(lambda t: t.patients_matching(person.match_key)) == (person,)
    assert store.read(lambda t: t.coverages(person.id)) == (cover,)
    assert store.read(lambda t: t.appointment(visit.id)) == visit
    assert store.read(lambda t: t.outcome(CommandKey("cmd-1"))).answer == CANARIES["answer"].encode()


def found_in(folder: Path) -> set[str]:
    """Which canaries are somewhere in the bytes or names of the files of a folder."""
    whole = [content for path in folder.rglob("*") for content in (path.name.encode(), _bytes_of(path))]
    assert len(whole) > 2
    return {
        name
        for name, text in CANARIES.items()
        if any(form in content for form in _forms(text) for content in whole)
    }


def _bytes_of(path: Path) -> bytes:
    """What a file holds; nothing for a folder, or for a cache that a running server has just taken away."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except FileNotFoundError:
        return b""


def _forms(text: str) -> set[bytes]:
    """How a text may stand in a file: as it is, without its punctuation, in UTF-16, in hexadecimal digits."""
    plain = text.encode()
    return {plain, re.sub(rb"\W", b"", plain), text.encode("utf-16-le"), plain.hex().encode()}


def test_the_encrypted_file_holds_nothing_in_the_clear(tmp_path: Path) -> None:
    """Neither the database nor its log, shared memory or lock files, open or closed."""
    store = open_sqlcipher(tmp_path / "data" / "office.db", KEY)
    live_a_day(store)
    assert (tmp_path / "data" / "office.db-wal").stat().st_size > 0
    assert found_in(tmp_path / "data") == set()
    store.close()
    assert found_in(tmp_path / "data") == set()


def test_the_file_is_encrypted_beside_the_sealing(tmp_path: Path) -> None:
    """Even with nothing sealed the encrypted file shows nothing, not even what is no PHI: there are two layers."""
    store = SqlStore.open(SqlCipherBackend(tmp_path / "office.db", KEY.derive(Purpose.DATABASE)), _unsealed())
    live_a_day(store)
    assert found_in(tmp_path) == set()
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"CREATE TABLE" not in content
    assert b"kiosk-1" not in content
    store.close()


def test_the_server_holds_nothing_in_the_clear(postgres: PrivatePostgres) -> None:
    """Neither tables nor indexes, write-ahead log, statistics or server log."""
    store = open_postgres(postgres.fresh_database(), KEY)
    live_a_day(store)
    store.close()
    _write_out(postgres)
    assert found_in(postgres.folder) == set()


@pytest.mark.usefixtures("postgres")
def test_the_looking_finds_what_is_not_sealed() -> None:
    """The same day in a store that seals nothing: every canary is found, so the tests above can fail."""
    with private_postgres(durable=False) as server:  # of its own: its log would keep the canaries
        store = SqlStore.open(PostgresBackend(server.fresh_database()), _unsealed())
        live_a_day(store)
        store.close()
        _write_out(server)
        assert found_in(server.folder) == set(CANARIES)


def _unsealed() -> Vault:
    sealed = Vault.of(KEY)
    return Unsealed(sealer=sealed.sealer, index=sealed.index, audit_key=sealed.audit_key)


def _write_out(postgres: PrivatePostgres) -> None:
    postgres.run_sql("ANALYZE")
    postgres.run_sql("CHECKPOINT")
