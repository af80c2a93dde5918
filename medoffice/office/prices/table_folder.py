"""Official tables as files in an office's folder: kept as they came, each beside a note of what it is.

``tables/<sha256>.table`` holds the bytes, ``tables/<sha256>.json`` what is known of them; both are written whole
before they have their names (mode 0600, folder 0700), the note last. A table is there when its note is; bytes without
one are what a crash left, and the next load of the file takes them over.
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import attrs

from medoffice.adapters.disk import alone, make_folder, put
from medoffice.ports.tables import LoadedTable, NoSuchTable, TableChanged, TableConflict
from medoffice.wire.cms.kinds import Loaded, kind_named
from medoffice.wire.json import decode, encode

_NOTE: Final = ".json"
_BYTES: Final = ".table"
_SHORTEST: Final = 6


@attrs.frozen
class TableFolder:
    """The tables of an office. What was read once is remembered: bytes with one digest never change.

    It is remembered by all that is known of a table, since the same file may be loaded again for other days.
    """

    path: Path
    _read: dict[LoadedTable, Loaded] = attrs.field(factory=dict, init=False, repr=False, eq=False)

    def all(self) -> tuple[LoadedTable, ...]:
        """What is loaded, by kind, part and first day."""
        try:
            found = [self._note(path) for path in self.path.glob(f"*{_NOTE}")]
        except FileNotFoundError:
            return ()
        return tuple(sorted(found, key=lambda each: (each.kind, each.part, each.edition.days.start)))

    def of(self, kind: str, *, on: date) -> tuple[LoadedTable, ...]:
        """The tables of a kind that are for a day, by part."""
        return tuple(each for each in self.all() if each.kind == kind and on in each.edition.days)

    def keep(self, table: LoadedTable, data: bytes) -> bool:
        """Keep a table that was read; ``False`` when just this one was there already.

        Raises:
            TableConflict: when one of its kind and part is there for some of its days, or the same file as another.
            OSError: when it cannot be written; nothing was loaded then.
        """
        make_folder(self.path)
        with alone(self.path / ".lock"):
            for each in self.all():
                if _is_same(each, table):
                    if self._holds(each):
                        return False
                elif each.edition.sha256 == table.edition.sha256:
                    raise TableConflict(
                        f"this very file is loaded as {told(each)}; "
                        f"take that away first: medoffice data remove {each.edition.sha256[:12]}"
                    )
                elif _clash(each, table):
                    raise TableConflict(
                        f"there is {told(each)} for some of these days; "
                        f"take it away first: medoffice data remove {each.edition.sha256[:12]}"
                    )
            put(self._place(table, _BYTES), data)
            put(self._place(table, _NOTE), encode(table))
        return True

    def remove(self, sha256: str) -> LoadedTable:
        """Take a table away, named by its SHA-256 or the first six digits of it or more.

        Raises:
            NoSuchTable: when none has it, or several.
        """
        make_folder(self.path)
        with alone(self.path / ".lock"):
            table = self.one(sha256)
            # The note first: bytes without a note are no table.
            self._place(table, _NOTE).unlink()
            self._place(table, _BYTES).unlink(missing_ok=True)
        return table

    def one(self, sha256: str) -> LoadedTable:
        """The table with this SHA-256, or with one that begins with these six digits or more.

        Raises:
            NoSuchTable: when none has it, or several.
        """
        found = [each for each in self.all() if each.edition.sha256.startswith(sha256.lower())]
        if len(found) != 1 or len(sha256) < _SHORTEST:
            raise NoSuchTable(
                "no table, or more than one, has a SHA-256 that begins so; medoffice data list shows them"
            )
        return found[0]

    def open(self, table: LoadedTable) -> Loaded:
        """The values of a table.

        Raises:
            TableChanged: when its file is gone or is not the one that was loaded.
        """
        if table not in self._read:
            data = self._bytes(table)
            if data is None:
                raise TableChanged(
                    f"the file of {told(table)} was changed or lost after it was loaded; "
                    "load it again: medoffice data add"
                )
            kind, edition = kind_named(table.kind), table.edition
            self._read[table] = kind.read(data, name=edition.name, days=edition.days, part=table.part)
        return self._read[table]

    def damaged(self) -> Iterator[LoadedTable]:
        """The tables whose file is gone or changed."""
        return (each for each in self.all() if not self._holds(each))

    def has(self, table: LoadedTable) -> bool:
        """Whether just this table is there, whole."""
        return any(_is_same(each, table) and self._holds(each) for each in self.all())

    def _holds(self, table: LoadedTable) -> bool:
        return self._bytes(table) is not None

    def _bytes(self, table: LoadedTable) -> bytes | None:
        """The bytes of a table's file, if they are those that were loaded."""
        try:
            data = self._place(table, _BYTES).read_bytes()
        except FileNotFoundError:
            return None
        return data if hashlib.sha256(data).hexdigest() == table.edition.sha256 else None

    def _note(self, path: Path) -> LoadedTable:
        table = decode(path.read_bytes(), LoadedTable)
        if path.stem != table.edition.sha256:
            raise TableChanged(f"the note {path.name} is of another table; take it away by hand")
        return table

    def _place(self, table: LoadedTable, ending: str) -> Path:
        return self.path / f"{table.edition.sha256}{ending}"


def told(table: LoadedTable) -> str:
    """A table in words: its kind, its part, its edition, its days."""
    part = f" {table.part}" if table.part else ""
    return f"{table.kind}{part} {table.edition.name} ({table.edition.days})"


def _is_same(one: LoadedTable, other: LoadedTable) -> bool:
    return (one.kind, one.part, one.edition.sha256, one.edition.days) == (
        other.kind,
        other.part,
        other.edition.sha256,
        other.edition.days,
    )


def _clash(one: LoadedTable, other: LoadedTable) -> bool:
    return (one.kind, one.part) == (other.kind, other.part) and one.edition.days.overlaps(other.edition.days)
