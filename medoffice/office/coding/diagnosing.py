"""Which edition of ICD-10-CM holds on a day: the one that the office has loaded, else the one that comes with medoffice."""

from datetime import date
from functools import cache

import attrs

from medoffice.billing.coding.icd10cm import ICD10CM
from medoffice.office.prices.table_folder import TableFolder
from medoffice.ports.tables import LoadedTable
from medoffice.wire.cms.kinds.icd10cm import LoadedOrder, LoadedTabular
from medoffice.wire.icd10cm import with_listed


@attrs.frozen
class Diagnosing:
    """The diagnoses of an office, by day; an edition is put together once."""

    folder: TableFolder | None = None
    _made: dict[tuple[LoadedTable, ...], ICD10CM] = attrs.field(factory=dict, repr=False, eq=False)

    def edition(self, *, on: date) -> ICD10CM:
        """The edition for a day.

        With a tabular list alone, each seventh character is taken to go with every code that it stands over; with the
        order file of the same days beside it, only codes that exist are found.

        Raises:
            TableChanged: when a table's file is not the one that was loaded.
            InvalidValue: when the two files are of different editions.
        """
        if self.folder is None:
            return _bundled()
        tables = self.folder.of("icd10cm", on=on)
        if tables not in self._made:
            self._made[tables] = self._put_together(self.folder, tables)
        return self._made[tables]

    def _put_together(self, folder: TableFolder, tables: tuple[LoadedTable, ...]) -> ICD10CM:
        read = [folder.open(each) for each in tables]
        tabular = next((each for each in read if isinstance(each, LoadedTabular)), None)
        order = next((each for each in read if isinstance(each, LoadedOrder)), None)
        if tabular is None:
            return _bundled()
        content = tabular.content
        if order is not None:
            content = with_listed(content, order.codes)
        return ICD10CM(content, lambda: tabular.notes)


@cache
def _bundled() -> ICD10CM:
    return ICD10CM.bundled()
