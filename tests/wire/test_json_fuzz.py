"""Whatever bytes come in: a refusal, or a value that can be written again."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from medoffice.wire.json import SCHEMAS, WireError, decode_any, encode

GOLDEN: Final = tuple(path.read_bytes() for path in sorted((Path(__file__).parent / "golden").iterdir()))
DOCUMENTS: Final = tuple(json.loads(data) for data in GOLDEN)
NAMES: Final = tuple(f"{schema.name}/{schema.version}" for schema in SCHEMAS)


def is_kept_or_refused(data: bytes) -> bool:
    """Whether a document is read; what is read is written again as one text that stays what it is."""
    try:
        value = decode_any(data)
    except WireError:
        return False
    canonical = encode(value)
    assert decode_any(canonical) == value
    assert encode(decode_any(canonical)) == canonical
    return True


def leaves() -> SearchStrategy[Any]:
    """What JSON has at its ends, the odd among it."""
    return (
        st.none()
        | st.booleans()
        | st.integers()
        | st.integers(-(2**70), 2**70)
        | st.floats()
        | st.text(max_size=20)
        | st.sampled_from(
            ["", "\ud800", "\0", "2026-11-24", "2026-11-24T15:00:00Z", "UTC", "..", "1E+999999999", "[" * 50]
        )
    )


def any_json() -> SearchStrategy[Any]:
    """Any JSON, in which the keys of our own types turn up."""
    keys = st.sampled_from(sorted({key for document in DOCUMENTS for key in document["body"]})) | st.text(
        max_size=5
    )
    return st.recursive(
        leaves(), lambda below: st.lists(below, max_size=4) | st.dictionaries(keys, below, max_size=6)
    )


def containers(value: Any) -> list[Any]:
    """Every object and list of a document."""
    below = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else None
    return [] if below is None else [value, *(each for item in below for each in containers(item))]


@st.composite
def flipped(draw: DrawFn) -> bytes:
    """A golden file with some bytes changed, left out, or put in."""
    data = bytearray(draw(st.sampled_from(GOLDEN)))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(data) - 1))
        length = draw(st.integers(0, 2))
        data[place : place + length] = draw(
            st.binary(max_size=2) | st.sampled_from([b'"', b"0", b"{", b"]", b"\\"])
        )
    return bytes(data)


@st.composite
def shuffled(draw: DrawFn) -> Any:
    """A golden file's document in which values were swapped or replaced, and keys taken out or put in."""
    document = deepcopy(draw(st.sampled_from(DOCUMENTS)))
    for _ in range(draw(st.integers(1, 3))):
        inside = [each for each in containers(document["body"]) if each] if document.get("body") else []
        if not inside:
            break
        one, other = draw(st.sampled_from(inside)), draw(st.sampled_from(inside))
        here, there = (
            draw(st.sampled_from(sorted(each) if isinstance(each, dict) else range(len(each))))
            for each in (one, other)
        )
        match draw(st.sampled_from(["swap", "copy", "replace", "delete", "insert", "case"])):
            case "swap":
                one[here], other[there] = deepcopy(other[there]), deepcopy(one[here])
            case "copy":
                one[here] = deepcopy(other[there])
            case "replace":
                one[here] = draw(any_json())
            case "delete":
                del one[here]
            case "insert" if isinstance(one, dict):
                one[draw(st.text(max_size=5))] = draw(leaves())
            case "insert":
                one.insert(here, draw(leaves()))
            case _:
                one[here] = one[here].swapcase() if isinstance(one[here], str) else one[here]
    return document


def dumped(document: Any, *, escape: bool = False) -> bytes:
    """A document as bytes, half characters and numbers that are none included."""
    return json.dumps(document, ensure_ascii=escape).encode("utf-8", "surrogatepass")


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data: bytes) -> None:
    """Noise is no document."""
    assert not is_kept_or_refused(data)


@given(any_json())
def test_any_json_is_refused(value: Any) -> None:
    """JSON without a schema is no document."""
    assert not is_kept_or_refused(dumped(value))


@given(name=st.sampled_from(NAMES), body=any_json(), escape=st.booleans())
def test_any_body_is_kept_or_refused(*, name: str, body: Any, escape: bool) -> None:
    """A body is whatever somebody sent under one of our names."""
    is_kept_or_refused(dumped({"schema": name, "body": body}, escape=escape))


@given(flipped())
@example(b'{"body":{"number":1,"ticket":"\\ud800"},"schema":"checked-in/1"}')
@example(b'{"body":{"number":-0,"ticket":""},"schema":"checked-in/1"}')
def test_a_torn_document_is_kept_or_refused(data: bytes) -> None:
    """A few bytes that were changed on the way."""
    is_kept_or_refused(data)


@given(document=shuffled(), escape=st.booleans())
def test_a_forged_document_is_kept_or_refused(*, document: Any, escape: bool) -> None:
    """Keys and values that were moved about by somebody who knows the form."""
    is_kept_or_refused(dumped(document, escape=escape))


def test_another_spelling_of_the_same_json_is_kept() -> None:
    """Blanks, the order of keys and escapes are JSON's own business; what is written again is canonical."""
    for data, document in zip(GOLDEN, DOCUMENTS, strict=True):
        assert is_kept_or_refused(json.dumps(document, ensure_ascii=True, indent=2).encode())
        assert decode_any(json.dumps(dict(reversed(document.items()))).encode()) == decode_any(data)
    emoji = decode_any(b'{"body":{"number":1,"ticket":"\\ud83d\\ude42"},"schema":"checked-in/1"}')
    assert "\U0001f642".encode() in encode(emoji)
