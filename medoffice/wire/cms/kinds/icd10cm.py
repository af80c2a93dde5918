"""ICD-10-CM of a fiscal year: its tabular list (``icd10cm_tabular_*.xml``) and its order file (``icd10cm_order_*.txt``)."""

import re
from typing import Final

import attrs

from medoffice.billing.coding.icd10cm import Content, EditionNotes
from medoffice.billing.fees import Edition
from medoffice.core import DateRange
from medoffice.wire.cms.cells import edition_of
from medoffice.wire.cms.kinds.kind import TableKind, begins
from medoffice.wire.icd10cm import read_order, read_tabular

TABULAR: Final = "tabular"
ORDER: Final = "order"


@attrs.frozen(kw_only=True)
class LoadedTabular:
    """The tabular list of an edition."""

    edition: Edition
    content: Content
    notes: EditionNotes = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class LoadedOrder:
    """All codes of an edition, without their dots."""

    edition: Edition
    codes: frozenset[str] = attrs.field(repr=False)


def _read(data: bytes, *, name: str, days: DateRange, part: str) -> LoadedTabular | LoadedOrder:
    if part == ORDER:
        codes = read_order(data)
        return LoadedOrder(edition=edition_of(data, name=name, rows=len(codes), days=days), codes=codes)
    last = days.end or days.start
    content, notes = read_tabular(data, name=f"ICD-10-CM ({name})", first=days.start, last=last)
    edition = edition_of(data, name=name, rows=len(content.codes), days=days)
    return LoadedTabular(edition=edition, content=content, notes=notes)


def _part_of(name: str) -> str:
    return ORDER if re.search("order", name, re.IGNORECASE) else TABULAR


KIND: Final = TableKind(
    code="icd10cm",
    name="diagnoses (ICD-10-CM)",
    recognises=begins("ICD10CM_TABULAR", "ICD10CM_ORDER", says=r"<ICD10CM\.tabular>|\A00001 A00 "),
    read=_read,
    parts=(TABULAR, ORDER),
    part_of=_part_of,
)
