"""The kinds of official tables that an office can load, each in a file of its own.

A further kind is a file with a :class:`TableKind` and its name in ``KINDS``; nothing else has to know of it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from medoffice.ports.tables import UnknownTable
from medoffice.rules import unknown
from medoffice.wire.cms.kinds import anes, gpci, icd10cm, oppscap, rvu, zip5
from medoffice.wire.cms.kinds.kind import Loaded, TableKind

__all__ = ["KINDS", "Loaded", "TableKind", "kind_named", "kind_of"]

KINDS: Final[Mapping[str, TableKind]] = MappingProxyType(
    {kind.code: kind for kind in (rvu.KIND, gpci.KIND, anes.KIND, zip5.KIND, oppscap.KIND, icd10cm.KIND)}
)
"""Every kind, by its code."""


def kind_named(code: str) -> TableKind:
    """The kind with this code.

    Raises:
        UnknownName: when there is none; it suggests the nearest.
    """
    if code not in KINDS:
        raise unknown("kind of table", code, KINDS)
    return KINDS[code]


def kind_of(name: str, data: bytes) -> TableKind:
    """The kind that a file is by its name and its beginning.

    Raises:
        UnknownTable: when it looks like none of them, or like several.
    """
    found = [kind for kind in KINDS.values() if kind.recognises(name, data)]
    if len(found) != 1:
        told = ", ".join(kind.code for kind in found or KINDS.values())
        looks = (
            "could be several kinds"
            if found
            else "is of no kind that is known by its name or its first lines"
        )
        raise UnknownTable(f"{name} {looks}; say which: --kind, one of {told}")
    return found[0]
