"""The audit trail is whole, in order, and written with the change."""

from functools import partial
from typing import Any

from medoffice.ports.store import (
    AlreadyRecorded,
)
from medoffice.privacy.audit import verify_audit
from medoffice.testing import store_records as make
from medoffice.testing.store_laws.trial import StoreTrial, note, raises


class AuditTrailLaws(StoreTrial):
    """The audit trail is whole, in order, and written with the change."""

    def test_the_audit_trail_is_whole(self) -> None:
        """Rows count from 1 without a gap, also across a roll-back, and their chain verifies."""
        entries = [
            make.entry("book", "apt-1", -60),
            make.entry("check-in", "apt-1"),
            make.entry("book", "apt-2", 5),
        ]
        rows = [self.store.transact(partial(note, entry=entry)) for entry in entries[:2]]
        with raises(AlreadyRecorded):
            self.write(
                lambda t: t.append_audit(make.entry("lost")),
                lambda t: t.add_outcome(make.outcome()),
                lambda t: t.add_outcome(make.outcome()),
            )
        rows.append(self.store.transact(lambda t: t.append_audit(entries[2])))
        stored = self.read(lambda t: t.audit_rows())
        assert stored == tuple(rows)
        assert [row.seq for row in stored] == [1, 2, 3]
        assert [row.entry for row in stored] == entries
        assert verify_audit(stored, key=self.audit_key, expected_head=rows[2].digest) == ()
        assert verify_audit(stored, key=b"x" * 32) != ()

    def test_audit_rows_are_found(self) -> None:
        """After a row, of a subject, of an action, since an instant, and all of these at once."""
        for action, subject, at in (
            ("book", "apt-1", 0),
            ("book", "apt-2", 1),
            ("move", "apt-1", 2),
            ("book", "apt-1", 3),
        ):
            self.store.transact(partial(note, entry=make.entry(action, subject, at)))

        def found(**wanted: Any) -> list[int]:
            return [row.seq for row in self.read(lambda t: t.audit_rows(**wanted))]

        assert found() == [1, 2, 3, 4]
        assert found(after=2) == [3, 4]
        assert found(after=9) == []
        assert found(subject="apt-1") == [1, 3, 4]
        assert found(action="book") == [1, 2, 4]
        assert found(since=make.minute(2)) == [3, 4]
        assert found(after=1, subject="apt-1", action="book", since=make.minute(1)) == [4]

    def test_several_rows_of_one_transaction_are_chained(self) -> None:
        """Each row follows the one before it, within a transaction too."""
        self.write(*(partial(note, entry=make.entry("look", f"pat-{i}")) for i in range(5)))
        rows = self.read(lambda t: t.audit_rows())
        assert len(rows) == 5
        assert verify_audit(rows, key=self.audit_key) == ()
