"""A FHIR resource while it is read: every value with its place, every key asked for or reported.

FHIR tells readers to take what they understand and to leave the rest, with one exception: what changes the meaning of
the whole (``modifierExtension``, ``implicitRules``) must be understood, or the resource refused.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final, Generic, TypeVar

import attrs

from medoffice.core import Finding, InvalidValue, TimeSlot
from medoffice.wire.fhir.findings import not_kept, unknown_element
from medoffice.wire.fhir.primitives import is_code, read_instant
from medoffice.wire.json import WireError

T = TypeVar("T")
_MOST: Final = 2_147_483_647
"""The largest integer of FHIR R4."""
_ANYWHERE: Final = frozenset(("id", "extension"))
OF_RESOURCE: Final = frozenset(("meta", "language", "text", "contained", "identifier"))
"""What every resource may have, and an identifier."""


@attrs.frozen
class Read(Generic[T]):
    """What was read, and what is worth knowing about it: elements that were left out."""

    value: T
    findings: tuple[Finding, ...] = ()


class Element:
    """One object of a resource. ``findings`` are shared by all the elements of one resource."""

    def __init__(self, value: object, path: str, findings: list[Finding]) -> None:
        if not isinstance(value, dict):
            raise WireError("it is an object", path)
        self.path = path
        self.findings = findings
        self.values = value
        self._asked: set[str] = set()
        for key in ("modifierExtension", "implicitRules"):
            if key in value:
                raise WireError(
                    "it changes the meaning in a way that is not understood here", self.below(key)
                )

    def below(self, key: str) -> str:
        """The place of a key."""
        return f"{self.path}.{key}"

    def has(self, key: str) -> bool:
        """Whether a key is there."""
        return key in self.values

    def need(self, key: str) -> None:
        """Refuse an object without a key."""
        if key not in self.values:
            raise WireError("it is missing", self.below(key))

    def text(self, key: str) -> str:
        """A string; empty when it is missing."""
        found = self._get(key, "")
        if not isinstance(found, str) or (key in self.values and not found.strip()):
            raise WireError("it is a string and not empty", self.below(key))
        return found

    def code(self, key: str) -> str:
        """A code; empty when it is missing."""
        found = self.text(key)
        if found and not is_code(found):
            raise WireError("a code has no blanks around it", self.below(key))
        return found

    def flag(self, key: str, default: bool) -> bool:  # noqa: FBT001 - what it is when it is missing
        """True or false."""
        found = self._get(key, default)
        if not isinstance(found, bool):
            raise WireError("it is true or false", self.below(key))
        return found

    def whole(self, key: str, least: int) -> int | None:
        """A whole number from ``least`` on; none when it is missing."""
        found = self._get(key, None)
        if key in self.values and (type(found) is not int or not least <= found <= _MOST):
            raise WireError(f"it is a whole number from {least} on", self.below(key))
        return found if isinstance(found, int) else None

    def instant(self, key: str) -> datetime | None:
        """An instant; none when it is missing."""
        text = self.text(key)
        return at(self.below(key), lambda: read_instant(text)) if text else None

    def slot(self, start: str = "start", end: str = "end") -> TimeSlot:
        """The time between two instants that must be there."""
        self.need(start)
        self.need(end)
        first, last = self.instant(start), self.instant(end)
        return at(self.path, lambda: TimeSlot(first, last))

    def element(self, key: str) -> "Element | None":
        """An object below; none when it is missing."""
        found = self._get(key, None)
        return Element(found, self.below(key), self.findings) if key in self.values else None

    def elements(self, key: str) -> Iterator["Element"]:
        """The objects of a list below."""
        found = self._get(key, [])
        if not isinstance(found, list) or (key in self.values and not found):
            raise WireError("it is a list and not empty", self.below(key))
        for place, item in enumerate(found):
            yield Element(item, f"{self.below(key)}[{place}]", self.findings)

    def parts(self, key: str) -> tuple[tuple[str, object], ...]:
        """What stands in a list below, each with its place, for who wants to go on when one of them is bad."""
        found = self._get(key, [])
        if not isinstance(found, list) or (key in self.values and not found):
            raise WireError("it is a list and not empty", self.below(key))
        return tuple((f"{self.below(key)}[{place}]", item) for place, item in enumerate(found))

    def texts(self, key: str) -> tuple[str, ...]:
        """The strings of a list below; none when it is missing."""
        found = self._get(key, [])
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            raise WireError("it is a list of strings", self.below(key))
        return tuple(found)

    def close(self, *others: str) -> None:
        """Report the keys that nobody asked for; ``others`` are those that FHIR R4 has beside."""
        known = _ANYWHERE.union(others)
        for key in self.values:
            if key in self._asked:
                continue
            plain = key.removeprefix("_")
            if plain in known or plain in self._asked:
                self.findings.append(not_kept(self.below(plain)))
            else:
                self.findings.append(unknown_element(self.path))

    def _get(self, key: str, default: object) -> object:
        self._asked.add(key)
        return self.values.get(key, default)


def at(path: str, make: Callable[[], T]) -> T:
    """What a call makes; what it finds impossible is refused at a place.

    Raises:
        WireError: instead of InvalidValue.
    """
    try:
        return make()
    except InvalidValue as trouble:
        reason = trouble.reason
    # Raised out here, so that the cause does not hang on it.
    raise WireError(reason, path)


def resource(json: object, kind: str) -> Element:
    """The element of a whole resource of a kind.

    Raises:
        WireError: when it is no object, or of another kind.
    """
    found = Element(json, kind, [])
    if found.text("resourceType") != kind:
        raise WireError(f"it is a {kind}", f"{kind}.resourceType")
    return found
