"""Our own extensions of a resource: written where there is something to say, read by their names."""

from typing import Any

from medoffice.core import Finding, TimeSlot
from medoffice.wire.fhir.element import Element
from medoffice.wire.fhir.findings import not_kept
from medoffice.wire.fhir.primitives import write_instant
from medoffice.wire.json import WireError


def extension(url: str, kind: str, value: object) -> dict[str, Any]:
    """One extension; ``kind`` is a type of FHIR, such as ``Boolean``."""
    return {"url": url, f"value{kind}": value}


def period(slot: TimeSlot) -> dict[str, str]:
    """A Period of FHIR: unlike a slot it includes its end, which for time that is filled up to it is the same."""
    return {"start": write_instant(slot.start), "end": write_instant(slot.end)}


class Extensions:
    """The extensions of one element by name; what nobody asks for by name is reported."""

    def __init__(self, element: Element) -> None:
        self._found: dict[str, list[Element]] = {}
        self._findings: list[Finding] = element.findings
        for each in element.elements("extension"):
            each.need("url")
            self._found.setdefault(each.text("url"), []).append(each)

    def all(self, *urls: str) -> list[Element]:
        """The extensions of some names."""
        return [each for url in urls for each in self._found.pop(url, [])]

    def one(self, *urls: str) -> Element | None:
        """The extension of some names, of which there is one at most.

        Raises:
            WireError: when there are more.
        """
        found = self.all(*urls)
        if len(found) > 1:
            raise WireError("it stands there twice", found[1].path)
        return found[0] if found else None

    @property
    def is_left(self) -> bool:
        """Whether there are some that nobody asked for."""
        return bool(self._found)

    def close(self) -> None:
        """Report those that nobody asked for."""
        self._findings += [not_kept(each.path) for some in self._found.values() for each in some]
