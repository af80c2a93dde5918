"""An edition of ICD-10-CM as few bytes: two compressed parts, so that the notes are unpacked only when one is asked for."""

import json
import struct
import zlib
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from medoffice.billing.coding.icd10cm.content import Content, Division, EditionNotes, NoteKind, Notes
from medoffice.core import InvalidValue

_MAGIC: Final = b"medoffice ICD-10-CM 1\n"
_SIZES: Final = struct.Struct(">II")
_LARGEST: Final = 64_000_000
"""Bytes that a part may have unpacked; those of 2026 have 4 million."""


def pack(content: Content, notes: EditionNotes) -> bytes:
    """The bytes of an edition; the same edition gives the same bytes."""
    main = {
        "name": content.name,
        "first": content.first.isoformat(),
        "last": content.last.isoformat(),
        "codes": "\n".join(content.codes),
        "descriptions": "\n".join(content.descriptions),
        "chapters": [[each.name, each.description, each.start] for each in content.chapters],
        "sections": [[each.name, each.description, each.start] for each in content.sections],
        "sevenths": {str(place): each for place, each in content.sevenths.items()},
        "never": sorted(content.never),
    }
    beside = {
        "codes": _packed(notes.codes),
        "sections": _packed(notes.sections),
        "chapters": _packed(notes.chapters),
    }
    parts = [zlib.compress(json.dumps(each, separators=(",", ":")).encode(), 9) for each in (main, beside)]
    return b"".join((_MAGIC, _SIZES.pack(*map(len, parts)), *parts))


def unpack(data: bytes) -> Content:
    """The edition without its notes.

    Raises:
        InvalidValue: when these are not the bytes of an edition.
    """
    made = _part(data, 0)
    try:
        return Content(
            name=made["name"],
            first=date.fromisoformat(made["first"]),
            last=date.fromisoformat(made["last"]),
            codes=tuple(made["codes"].split("\n")),
            descriptions=tuple(made["descriptions"].split("\n")),
            chapters=_divisions(made["chapters"]),
            sections=_divisions(made["sections"]),
            sevenths={
                int(place): tuple((mark, text) for mark, text in each)
                for place, each in made["sevenths"].items()
            },
            never=frozenset(made["never"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _broken() from None


def unpack_notes(data: bytes) -> EditionNotes:
    """The notes of an edition.

    Raises:
        InvalidValue: when these are not the bytes of an edition.
    """
    made = _part(data, 1)
    try:
        return EditionNotes(
            codes=_unpacked(made["codes"]),
            sections=_unpacked(made["sections"]),
            chapters=_unpacked(made["chapters"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _broken() from None


def _part(data: bytes, place: int) -> dict[str, Any]:
    start = len(_MAGIC) + _SIZES.size
    if not data.startswith(_MAGIC) or len(data) < start:
        raise _broken()
    sizes = _SIZES.unpack_from(data, len(_MAGIC))
    if len(data) != start + sum(sizes):
        raise _broken()
    begin = start + sum(sizes[:place])
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(data[begin : begin + sizes[place]], _LARGEST)
        made = json.loads(text) if unpacker.eof else None
    except (zlib.error, ValueError, RecursionError):
        made = None
    if not isinstance(made, dict):
        raise _broken()
    return made


def _divisions(rows: list[list[Any]]) -> tuple[Division, ...]:
    return tuple(Division(name=name, description=text, start=int(start)) for name, text, start in rows)


def _packed(notes: Notes) -> dict[str, dict[str, tuple[str, ...]]]:
    return {str(place): {kind.value: texts for kind, texts in each.items()} for place, each in notes.items()}


def _unpacked(made: Mapping[str, Mapping[str, list[str]]]) -> Notes:
    return {
        int(place): {NoteKind(kind): tuple(texts) for kind, texts in each.items()}
        for place, each in made.items()
    }


def _broken() -> InvalidValue:
    return InvalidValue("ICD-10-CM edition", "the file is none, or is damaged; build or load it again")
