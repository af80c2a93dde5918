"""Texts that came from elsewhere, character for character, whether FHIR has a string for them or not.

FHIR's strings are not empty, not blank and hold no control characters. A primitive that has no value may have extensions
(https://hl7.org/fhir/R4/json.html#primitive): there such a text stands as base64, so that what a payer sent is not lost.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from typing import Any, Final

from medoffice.wire.fhir import names
from medoffice.wire.fhir.element import Element
from medoffice.wire.fhir.extensions import Extensions, extension
from medoffice.wire.fhir.findings import not_kept
from medoffice.wire.fhir.primitives import is_code
from medoffice.wire.json import WireError

_STRING: Final = re.compile(r"[ \r\n\t\S]+")
"""FHIR's string (https://hl7.org/fhir/R4/datatypes.html#string), where blanks of other scripts count as blanks too."""
_NEVER: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def is_text(text: str) -> bool:
    """Whether FHIR has a string for a text."""
    return bool(text.strip()) and _STRING.fullmatch(text) is not None and _NEVER.search(text) is None


def is_code_text(text: str) -> bool:
    """Whether FHIR has a code for a text."""
    return is_text(text) and is_code(text)


def put(target: dict[str, Any], key: str, text: str, fits: Callable[[str], bool] = is_text) -> None:
    """Write a text under a key, or beside it when FHIR cannot hold it; nothing when it is empty."""
    if fits(text):
        target[key] = text
    elif text:
        target[f"_{key}"] = {"extension": [extension(names.VERBATIM, "Base64Binary", _encoded(text))]}


def take(element: Element, key: str) -> str:
    """The text under a key as it was put there; empty when there is none.

    Raises:
        WireError: when it is no text.
    """
    if not element.has(f"_{key}"):
        return element.text(key)
    beside = element.element(f"_{key}")
    extensions = Extensions(beside) if beside else None
    if beside is None or extensions is None or element.has(key):
        element.findings.append(not_kept(element.below(f"_{key}")))
        return element.text(key)
    found, absent = extensions.one(names.VERBATIM), extensions.one(names.ABSENT)
    extensions.close()
    beside.close()
    if absent is not None:
        absent.text("valueCode")
    return "" if found is None else _decoded(found)


def text_extension(url: str, text: str) -> dict[str, Any]:
    """A text as an extension; an empty one too, where it has its place among others."""
    if is_text(text):
        return extension(url, "String", text)
    if text:
        return extension(url, "Base64Binary", _encoded(text))
    return {"url": url, "extension": [extension(names.ABSENT, "Code", "unknown")]}


def text_of(element: Element | None) -> str:
    """The text of an extension; empty when there is none.

    Raises:
        WireError: when it is no text.
    """
    if element is None:
        return ""
    if element.has("valueBase64Binary"):
        return _decoded(element)
    if element.has("extension"):
        extensions = Extensions(element)
        extensions.all(names.ABSENT)
        extensions.close()
    return element.text("valueCode" if element.has("valueCode") else "valueString")


def _encoded(text: str) -> str:
    return b64encode(text.encode("utf-8", "surrogatepass")).decode("ascii")


def _decoded(element: Element) -> str:
    element.need("valueBase64Binary")
    data = element.text("valueBase64Binary")
    try:
        return b64decode(data, validate=True).decode("utf-8", "surrogatepass")
    except ValueError:
        pass
    raise WireError("it is no text in base64", element.path)


def texts_of(elements: Iterable[Element]) -> tuple[str, ...]:
    """The texts of some extensions in their order."""
    return tuple(text_of(each) for each in elements)


def write_code(system: str, code: str) -> dict[str, Any]:
    """A Coding of any text of a system; one without a code is the empty text."""
    made: dict[str, Any] = {"system": system}
    put(made, "code", code, is_code_text)
    return made


def read_codes(concept: Element) -> tuple[tuple[tuple[str, str], ...], str]:
    """Systems and codes of a CodeableConcept, codes that are empty among them, and its text."""
    found = []
    for each in concept.elements("coding"):
        found.append((each.text("system"), take(each, "code")))
        each.text("display")  # says the same to people
        each.close("version", "userSelected")
    text = take(concept, "text")
    concept.close()
    return tuple(found), text


def code_of(codes: Iterable[tuple[str, str]], *systems: str) -> str | None:
    """The first code of some systems; none when there is none, which is not the same as an empty one."""
    return next((code for system, code in codes if system in systems), None)


def token(codes: Iterable[tuple[str, str]]) -> str:
    """A code of somebody else with its system, so that it is taken for none of ours: FHIR's own ``system|code``."""
    return next((f"{system}|{code}" for system, code in codes if code), "|")
