"""The folder of official tables against a model of it: loaded, harmed, taken away, opened anew, in any order."""

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Final

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from medoffice.billing.fees import Edition
from medoffice.core import DateRange
from medoffice.office.prices.table_folder import TableFolder
from medoffice.ports.tables import LoadedTable, NoSuchTable, TableChanged, TableConflict

_GPCI: Final = "10112,AL,00,ALABAMA,1.0,0.{},0.575\n"
_QUARTERS: Final = tuple(
    DateRange(date(2026, first, 1), date(2026, first + 2, 28 if first == 12 else 30)) for first in (1, 4, 7)
)


def table(number: int, quarter: int) -> tuple[LoadedTable, bytes]:
    data = _GPCI.format(800 + number).encode()
    edition = Edition(
        name=f"GPCI-{number}.csv",
        sha256=hashlib.sha256(data).hexdigest(),
        rows=1,
        days=_QUARTERS[quarter],
    )
    return LoadedTable(kind="gpci", edition=edition, added_at=datetime(2026, 1, 1, tzinfo=UTC)), data


class Folder(RuleBasedStateMachine):
    """A folder, and what should be in it."""

    def __init__(self) -> None:
        super().__init__()
        self.path = Path(mkdtemp()) / "tables"
        self.folder = TableFolder(self.path)
        self.there: dict[str, tuple[LoadedTable, bytes]] = {}
        self.harmed: set[str] = set()

    def teardown(self) -> None:
        rmtree(self.path.parent)

    @rule(number=st.integers(0, 3), quarter=st.integers(0, 2))
    def keep(self, number: int, quarter: int) -> None:
        """New, the same again, or refused: for days that another has, or as the same file for other days."""
        wanted, data = table(number, quarter)
        sha256 = wanted.edition.sha256
        others = [each for each, _ in self.there.values() if each.edition.sha256 != sha256]
        same = self.there.get(sha256)
        if same is not None and same[0].edition.days == wanted.edition.days:
            assert self.folder.keep(wanted, data) is (sha256 in self.harmed)
            self.harmed.discard(sha256)
        elif same is not None or any(each.edition.days.overlaps(wanted.edition.days) for each in others):
            with pytest.raises(TableConflict):
                self.folder.keep(wanted, data)
        else:
            assert self.folder.keep(wanted, data)
            self.there[sha256] = (wanted, data)

    @rule(number=st.integers(0, 3))
    def remove(self, number: int) -> None:
        """What is there goes, what is not is refused."""
        sha256 = table(number, 0)[0].edition.sha256
        if sha256 in self.there:
            assert self.folder.remove(sha256[:12]) == self.there.pop(sha256)[0]
            self.harmed.discard(sha256)
        else:
            with pytest.raises(NoSuchTable):
                self.folder.remove(sha256)

    @rule(number=st.integers(0, 3), is_lost=st.booleans())
    def harm(self, number: int, *, is_lost: bool) -> None:
        """Somebody changes a file, or deletes it."""
        sha256 = table(number, 0)[0].edition.sha256
        if sha256 not in self.there:
            return
        path = self.path / f"{sha256}.table"
        if is_lost:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(b"10112,AL,00,ALABAMA,9,9,9\n")
        self.harmed.add(sha256)
        self.folder = TableFolder(self.path)

    @invariant()
    def it_holds_what_it_should(self) -> None:
        """The list is the model's, what was harmed is known to be, and only what is whole can be opened."""
        first = [each for each, _ in sorted(self.there.values(), key=lambda kept: kept[0].edition.days.start)]
        assert list(self.folder.all()) == first
        assert {each.edition.sha256 for each in self.folder.damaged()} == self.harmed
        for each in first:
            if each.edition.sha256 in self.harmed:
                with pytest.raises(TableChanged):
                    self.folder.open(each)
            else:
                assert self.folder.open(each).edition == each.edition


TestFolder = Folder.TestCase
TestFolder.settings = settings(stateful_step_count=20, max_examples=30)
