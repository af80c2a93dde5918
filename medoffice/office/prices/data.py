"""The official tables of an office: loaded from the files that the practice holds, listed, taken away."""

from datetime import datetime

import attrs

from medoffice.core.dates import DateRange
from medoffice.core.errors import InvalidValue
from medoffice.core.ids import ActorId, CommandKey
from medoffice.office.once import Asked, Command, once
from medoffice.office.prices.table_folder import TableFolder
from medoffice.ports.clock import Clock
from medoffice.ports.ids import IdSource
from medoffice.ports.store import Store, StoreError, Transaction
from medoffice.ports.tables import LoadedTable, TableError
from medoffice.rules import unknown
from medoffice.wire.cms.kinds import TableKind, kind_named, kind_of


class NoTables(TableError):
    """This office has no folder in which tables could be kept; open one that lives in a folder."""


@attrs.frozen(kw_only=True)
class Added:
    """A table that is loaded now; ``is_new`` is whether it was not before."""

    table: LoadedTable
    is_new: bool


@attrs.frozen(kw_only=True)
class Data:
    """What can be done with an office's tables, each change once and with a row in the audit trail."""

    store: Store
    clock: Clock
    ids: IdSource
    actor: ActorId
    folder: TableFolder | None = None

    def add(
        self,
        name: str,
        data: bytes,
        *,
        days: DateRange,
        kind: str = "",
        part: str = "",
        key: CommandKey | None = None,
    ) -> Added:
        """Load a file of an official table for the days of its edition; the file is read whole before it is kept.

        ``name`` is the file's own name. Kind and part are told by it and by the first lines where they are not given.
        A file that is loaded already stays as it is.

        Raises:
            UnknownTable: when it is of no kind that is known.
            UnknownName: when the kind or part that was given does not exist.
            InvalidValue: when it cannot be read, naming the row; or its days are of another year than it says.
            TableConflict: when there is another table of the kind for these days.
            NoTables: when the office has no folder.
            StoreError: when the audit trail cannot be written; nothing was loaded.
        """
        folder, now = self._folder, self.clock.now()
        of = kind_named(kind) if kind else kind_of(name, data)
        table = _read(of, name, data, days, part or of.part_of(name), now)
        if folder.has(table):
            return Added(table=table, is_new=False)

        def work(_: Transaction) -> LoadedTable:
            folder.keep(table, data)
            return table

        edition = table.edition
        asked = Asked(
            action="add-table",
            subject=f"table-{edition.sha256[:12]}",
            parts=(table.kind, table.part, edition.sha256, str(edition.days)),
        )
        try:
            once(self.store, self._command(key), asked, work, at=now, kinds=(LoadedTable,))
        except StoreError:
            # No table without its row in the audit trail.
            if folder.has(table):
                folder.remove(edition.sha256)
            raise
        return Added(table=table, is_new=True)

    def all(self) -> tuple[LoadedTable, ...]:
        """What is loaded, by kind, part and first day."""
        return self.folder.all() if self.folder else ()

    def damaged(self) -> tuple[LoadedTable, ...]:
        """The tables whose file is gone or is not the one that was loaded; nothing is priced by them."""
        return tuple(self.folder.damaged()) if self.folder else ()

    def remove(self, sha256: str, *, key: CommandKey | None = None) -> LoadedTable:
        """Take a table away, named by its SHA-256 or the first six digits of it or more.

        Raises:
            NoSuchTable: when none has it, or several.
            NoTables: when the office has no folder.
        """
        folder = self._folder
        table = folder.one(sha256)

        def work(_: Transaction) -> LoadedTable:
            return table

        asked = Asked(
            action="remove-table",
            subject=f"table-{table.edition.sha256[:12]}",
            parts=(table.edition.sha256,),
        )
        once(self.store, self._command(key), asked, work, at=self.clock.now(), kinds=(LoadedTable,))
        return folder.remove(table.edition.sha256)

    def _command(self, key: CommandKey | None) -> Command:
        return Command(by=self.actor, key=key or self.ids.new(CommandKey))

    @property
    def _folder(self) -> TableFolder:
        if self.folder is None:
            raise NoTables("this office has no folder to keep tables in")
        return self.folder


def _read(kind: TableKind, name: str, data: bytes, days: DateRange, part: str, now: datetime) -> LoadedTable:
    if part not in kind.parts:
        raise unknown(f"part of the kind {kind.code}", part, kind.parts)
    if not name or name != " ".join(name.split()):
        raise InvalidValue("table", "the name of its file is one line and not empty")
    edition = kind.read(data, name=name, days=days, part=part).edition
    return LoadedTable(kind=kind.code, part=part, edition=edition, added_at=now)
