"""What was opened lately is given again for the very same bytes alone, and a store's answers are as without it."""

from pathlib import Path

import attrs
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from medoffice.adapters.keys import OfficeKey, Purpose
from medoffice.adapters.sql import tables
from medoffice.adapters.sql.opened import Opened
from medoffice.adapters.sql.sqlcipher import SqlCipherBackend
from medoffice.adapters.sql.store import SqlStore
from medoffice.adapters.sql.vault import Vault
from medoffice.core import AppointmentId
from medoffice.ports.store import StoreDamaged, Transaction
from medoffice.scheduling import Appointment
from medoffice.testing import store_records as make

KEY = OfficeKey(bytes(range(32)))
VISIT = AppointmentId("apt-1")


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.binary(max_size=2), st.booleans()), max_size=60),
    st.integers(1, 4),
)
def test_only_the_same_bytes_of_the_same_row_give_a_record(
    steps: list[tuple[str, bytes, bool]], most: int
) -> None:
    """Whatever was kept before, changed or put elsewhere; and no more is kept than was said."""
    opened, told = Opened(most), dict[str, tuple[bytes, str]]()
    for row, body, keeps in steps:
        found = opened.find(("t", row), str, body)
        assert found is None or (body, found) == told[row]
        assert opened.find(("t", row), int, body) is None
        if keeps:
            told[row] = (body, f"{row}{body.hex()}")
            opened.keep(("t", row), str, *told[row])
            assert opened.find(("t", row), str, body) == told[row][1]
        assert len(opened._young) <= most
        assert len(opened._old) <= most


def a_store(path: Path) -> SqlStore:
    """A store with one visit that was looked at."""
    store = SqlStore.open(SqlCipherBackend(path / "office.db", KEY.derive(Purpose.DATABASE)), Vault.of(KEY))
    store.transact(lambda tx: tx.put_patient(make.patient()))
    store.transact(lambda tx: tx.put_appointment(make.appointment()))
    assert store.read(lambda tx: tx.appointment(VISIT)) == make.appointment()
    return store


def test_a_change_that_is_rolled_back_is_not_remembered(tmp_path: Path) -> None:
    """The next change has the same revision and is another one."""
    store = a_store(tmp_path)

    def change(reason: str, *, fails: bool) -> Appointment:
        changed = attrs.evolve(make.appointment(), reason=reason, revision=1)

        def work(tx: Transaction) -> Appointment:
            tx.put_appointment(changed)
            seen = tx.appointment(VISIT)
            assert seen == changed
            if fails:
                raise RuntimeError
            return seen

        return store.transact(work)

    with pytest.raises(RuntimeError):
        change("one", fails=True)
    assert store.read(lambda tx: tx.appointment(VISIT)) == make.appointment()
    assert change("other", fails=False) == store.read(lambda tx: tx.appointment(VISIT))
    store.close()


def test_damage_is_seen_although_the_record_was_opened(tmp_path: Path) -> None:
    """One bit of the sealed bytes is enough."""
    store = a_store(tmp_path)
    with store._backend.writing(()) as connection:
        body = connection.execute(sa.select(tables.appointment.c.body)).scalar_one()
        broken = body[:-1] + bytes([body[-1] ^ 1])
        connection.execute(sa.update(tables.appointment).values(body=broken))
    with pytest.raises(StoreDamaged):
        store.read(lambda tx: tx.appointment(VISIT))
    store.close()


def test_a_store_that_is_closed_remembers_nothing(tmp_path: Path) -> None:
    """What was opened is PHI."""
    store = a_store(tmp_path)
    assert store._vault.opened._young
    store.close()
    assert not store._vault.opened._young
    assert not store._vault.opened._old


def test_what_is_remembered_shows_in_no_repr() -> None:
    """The vault is spoken of in error messages of others."""
    assert "opened" not in repr(Vault.of(KEY))
