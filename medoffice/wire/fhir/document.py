"""Resources as bytes and back: JSON in UTF-8, one text a resource."""

import json
import re
from typing import Any, Final

from medoffice.wire.json import WireError

SIZE_LIMIT: Final = 50_000_000
"""Bytes of a document; a bundle of a year's appointments of a large group has about twenty million."""

_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
"""Where half a character may be written, which JSON can spell and UTF-8 cannot."""


def to_bytes(resource: dict[str, Any]) -> bytes:
    """A resource in the order in which it was made, without blanks."""
    return json.dumps(resource, ensure_ascii=False, separators=(",", ":")).encode()


def from_bytes(data: bytes) -> object:
    """What a document holds; numbers with a point as text, since nothing here reckons with them.

    Raises:
        WireError: when it is no JSON in UTF-8, too large, or has one key twice.
    """
    if len(data) > SIZE_LIMIT:
        raise WireError(f"the document is larger than {SIZE_LIMIT} bytes")
    try:
        text = data.decode("utf-8")
        found: object = json.loads(text, object_pairs_hook=_once, parse_float=str, parse_constant=_none)
        if _HALF.search(text):
            json.dumps(found, ensure_ascii=False).encode()
    except WireError:
        raise
    except (ValueError, RecursionError):
        pass
    else:
        return found
    # Raised out here, so that the cause, which holds the text, does not hang on it.
    raise WireError("it is not JSON in UTF-8")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise WireError("a key stands twice in one object")
    return found


def _none(_: str) -> None:
    raise WireError("NaN and Infinity are not JSON")
