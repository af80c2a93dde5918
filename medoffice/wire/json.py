"""JSON documents: values as canonical UTF-8 text with the name and version of their schema, and back.

``{"body":{…},"schema":"patient/2"}``, keys sorted, no blanks. Money is whole cents, a ``Decimal`` or a day or an
instant (UTC) a string, bytes base64, and every type that has ``parse`` and ``str`` its canonical string. Reading is
strict: an unknown or missing key, a value of another type, or a string that is not canonical is refused with its
place, and the message never holds what stood there. Writing reads back what it wrote, so that nothing is kept that
could not be read again.
"""

import json
import re
from functools import cache
from typing import Any, Final, TypeVar

from cattrs.errors import (
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)

from medoffice.core.errors import InvalidValue, MedofficeError
from medoffice.wire.converter import converter
from medoffice.wire.schemas import SCHEMAS, Registry, Schema

__all__ = ["SCHEMAS", "SIZE_LIMIT", "Registry", "Schema", "WireError", "decode", "decode_any", "encode"]

T = TypeVar("T")

SIZE_LIMIT: Final = 1_000_000
"""Bytes of a document; a record of an office is a thousand times smaller."""
_DEPTH: Final = 40
_MARK: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
"""A whole string (or one that never ends: so the search stays linear), or a bracket outside of strings."""
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
"""Where half a character may be written, which JSON can spell and UTF-8 cannot."""
_NAME: Final = re.compile(r"(?P<name>[a-z-]+)/(?P<version>[1-9][0-9]*)")
_VERSION_DIGITS: Final = 6


class WireError(MedofficeError, ValueError):
    """A document that cannot be read: ``path`` is the place in it, ``reason`` what is wrong there."""

    def __init__(self, reason: str, path: str = "") -> None:
        super().__init__(reason, path)
        self.reason = reason
        self.path = path

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason


def encode(value: object) -> bytes:
    """A registered value as a document, which :func:`decode` gives back as an equal value.

    Raises:
        WireError: when the value's type is not registered, or its document could not be read: it is too large, or
            holds something that its type does not foresee.
    """
    schema = _registry().by_kind.get(type(value))
    if schema is None:
        raise WireError(f"the type {type(value).__name__} has no schema")
    data = _written(schema, value)
    if decode_any(data) != value:
        raise WireError("its text does not tell the whole value", "body")
    return data


def decode(data: bytes, expect: type[T]) -> T:
    """The value of a document, which must be of the type that is expected.

    Raises:
        WireError: when it is not a document, is of another type or of a newer version, or does not fit.
    """
    value = decode_any(data)
    if not isinstance(value, expect):
        raise WireError(f"the document is a {type(value).__name__}, not a {expect.__name__}", "schema")
    return value


def decode_any(data: bytes) -> object:
    """The value of a document of any registered type.

    Raises:
        WireError: when it is not a document, is of a newer version, or does not fit.
    """
    document = _parsed(data)
    if not isinstance(document, dict) or document.keys() != {"schema", "body"}:
        raise WireError("a document has the keys schema and body, and no others")
    schema, version = _schema(document["schema"])
    body = document["body"]
    if not isinstance(body, dict):
        raise WireError("it is an object", "body")
    try:
        return converter().structure(schema.upgraded(body, version), schema.kind)
    except Exception as trouble:  # noqa: BLE001 -- cattrs, and an older body that a step cannot read
        located = _located(trouble)
    # Raised out here, so that the cause, which holds the body, does not hang on it.
    raise located


def _written(schema: Schema, value: object) -> bytes:
    try:
        document = {"schema": f"{schema.name}/{schema.version}", "body": converter().unstructure(value)}
        return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    except Exception:  # noqa: BLE001, S110 -- a field that is not of its type, half a character, a number too long
        pass
    raise WireError("it holds something that its type does not foresee", "body")


def _parsed(data: bytes) -> object:
    if len(data) > SIZE_LIMIT:
        raise WireError(f"the document is larger than {SIZE_LIMIT} bytes")
    try:
        text = data.decode("utf-8")
        _not_deep(text)
        document = json.loads(text, object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
        if _HALF.search(text):
            json.dumps(document, ensure_ascii=False).encode()
    except WireError:
        raise
    except (ValueError, RecursionError):
        pass
    else:
        return document
    # Raised out here, so that the cause, which holds the text, does not hang on it.
    raise WireError("it is not JSON in UTF-8")


def _not_deep(text: str) -> None:
    depth = 0
    for mark in _MARK.finditer(text):
        match mark[0][0]:
            case "[" | "{":
                depth += 1
                if depth > _DEPTH:
                    raise WireError(f"the document is nested more than {_DEPTH} deep")
            case "]" | "}":
                depth -= 1
            case _:
                pass  # a string, in which brackets are letters


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise WireError("a key stands twice in one object")
    return found


def _no_constant(_: str) -> None:
    raise WireError("NaN and Infinity are not JSON")


def _schema(text: object) -> tuple[Schema, int]:
    found = _NAME.fullmatch(text) if isinstance(text, str) else None
    schema = _registry().by_name.get(found["name"]) if found else None
    if found is None or schema is None:
        raise WireError("no schema of that name is known", "schema")
    # The length first: int() takes time that grows with the square of the digits, and refuses more than 4300.
    digits = found["version"]
    if len(digits) > _VERSION_DIGITS or int(digits) > schema.version:
        known = f"{schema.name}/{schema.version}"
        raise WireError(f"it was written by a newer medoffice: {known} is known here", "schema")
    return schema, int(digits)


def _located(trouble: BaseException) -> WireError:
    path = "body"
    while isinstance(trouble, ClassValidationError | IterableValidationError):
        noted, bare = trouble.group_exceptions()
        if not noted:
            trouble = bare[0]
            break
        trouble, note = noted[0]
        path += f"[{note.index}]" if isinstance(note, IterableValidationNote) else f".{note.name}"
    return WireError(_reason(trouble), path)


def _reason(trouble: BaseException) -> str:
    if isinstance(trouble, InvalidValue):
        return str(trouble)
    if isinstance(trouble, ForbiddenExtraKeysError):
        return "it has a key that the schema does not have"
    if isinstance(trouble, KeyError):
        return "it is missing"
    return "it does not fit the schema"


@cache
def _registry() -> Registry:
    return Registry(SCHEMAS)
