"""What was wrong with the file that an answer came in, carried along with the answer."""

from typing import Any, Final

import attrs

from medoffice.core import Cite, Finding, InvalidValue, Severity
from medoffice.wire.fhir.element import Element, at
from medoffice.wire.fhir.extensions import Extensions, extension
from medoffice.wire.fhir.names import FINDING
from medoffice.wire.fhir.verbatim import text_extension, text_of
from medoffice.wire.json import WireError
from medoffice.wire.x12.findings import X12Finding

_TEXTS: Final = ("code", "message", "where", "fix", "edition")
_CITE: Final = ("source", "place", "url")
_MOST: Final = 2_147_483_647


def write_finding(finding: Finding) -> dict[str, Any]:
    """A finding as an extension of parts.

    Raises:
        InvalidValue: for a kind of finding that is not known here, or a segment that FHIR has no number for.
    """
    if type(finding) not in {Finding, X12Finding}:
        raise InvalidValue("finding", "only a finding of an X12 file or a plain one is carried")
    parts = [text_extension(key, text) for key in _TEXTS if (text := getattr(finding, key))]
    parts.append(extension("severity", "Code", str(finding.severity)))
    for cite in finding.cites:
        inner = [text_extension(key, text) for key in _CITE if (text := getattr(cite, key))]
        parts.append({"url": "cite", "extension": inner})
    if isinstance(finding, X12Finding):
        parts += [
            extension("segment", "UnsignedInt", number_in(finding.segment)),
            extension("element", "UnsignedInt", number_in(finding.element)),
        ]
    return {"url": FINDING, "extension": parts}


def number_in(number: int) -> int:
    """A number of something that is counted.

    Raises:
        InvalidValue: when FHIR has none as large, or it is below zero.
    """
    if not 0 <= number <= _MOST:
        raise InvalidValue("answer", "FHIR counts from 0 to 2147483647")
    return number


def read_finding(element: Element) -> Finding:
    """The finding of an extension.

    Raises:
        WireError: when a part is missing or of another kind.
    """
    extensions = Extensions(element)
    said = {key: text_of(extensions.one(key)) for key in _TEXTS}
    severity = extensions.one("severity")
    cites = tuple(_cite(each) for each in extensions.all("cite"))
    segment, place = extensions.one("segment"), extensions.one("element")
    extensions.close()
    if severity is None:
        raise WireError("it is missing", element.path)
    text = severity.text("valueCode")
    plain = Finding(
        severity=at(severity.path, lambda: Severity.parse(text)),
        cites=cites,
        **{key: said[key] for key in _TEXTS},
    )
    if segment is None:
        return plain
    number = segment.whole("valueUnsignedInt", 0)
    return X12Finding(
        **attrs.asdict(plain, recurse=False),
        segment=number or 0,
        element=(place.whole("valueUnsignedInt", 0) or 0) if place else 0,
    )


def _cite(element: Element) -> Cite:
    extensions = Extensions(element)
    source, place, url = (text_of(extensions.one(key)) for key in _CITE)
    extensions.close()
    return at(element.path, lambda: Cite(source, place, url=url))
