"""The components of an iCalendar file, with those of their properties that tell when somebody is busy.

Lines are unfolded as bytes, because a fold may stand in the middle of a letter, and taken apart by ``icalendar``. What it
would make of the whole file is not used here: it keeps the zones of a file for all files that come after it, under their
names alone, and so may read one calendar by the clocks of another.
"""

import re
from typing import Final

import attrs

from medoffice.wire.ics.library import icalendar
from medoffice.wire.json import WireError

SIZE_LIMIT: Final = 10_000_000
"""Bytes of a file; a busy person's calendar of ten years has about five million."""
_DEPTH: Final = 8
_FOLD: Final = re.compile(rb"\r?\n[ \t]")
_LINE: Final = re.compile(r"([A-Za-z0-9-]+)[;:]")
_WANTED: Final = frozenset(
    (
        *("UID", "SEQUENCE", "STATUS", "TRANSP", "METHOD", "DTSTART", "DTEND", "DURATION"),
        *("RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "FREEBUSY"),
        *("TZID", "TZOFFSETFROM", "TZOFFSETTO"),
    )
)


@attrs.frozen
class Property:
    """One line: its name, its parameters by upper-case name, its value as it stands."""

    name: str
    params: dict[str, str] = attrs.field(repr=False)
    value: str = attrs.field(repr=False)


@attrs.define
class Component:
    """A component with its wanted properties and its parts; ``is_torn`` when a wanted line is no line."""

    name: str
    properties: list[Property] = attrs.field(factory=list)
    parts: "list[Component]" = attrs.field(factory=list)
    is_torn: bool = False

    def all(self, name: str) -> list[Property]:
        """The properties of a name, in order."""
        return [each for each in self.properties if each.name == name]

    def one(self, name: str) -> Property | None:
        """The first property of a name."""
        return next((each for each in self.properties if each.name == name), None)

    def text(self, name: str) -> str:
        """The value of the first property of a name; empty without one."""
        found = self.one(name)
        return found.value if found else ""


def calendars(data: bytes) -> list[Component]:
    """The VCALENDARs of a file.

    Raises:
        WireError: when it is larger than ten megabytes, is no iCalendar, or was torn.
    """
    if len(data) > SIZE_LIMIT:
        raise WireError(f"the calendar is larger than {SIZE_LIMIT} bytes")
    top = Component("")
    open_ones = [top]
    text = _FOLD.sub(b"", data.removeprefix(b"\xef\xbb\xbf")).decode("utf-8", "replace")
    for line in text.replace("\r\n", "\n").split("\n"):
        found = _LINE.match(line)
        name = found[1].upper() if found else ""
        if name == "BEGIN":
            inner = Component(line[6:].strip().upper())
            open_ones[-1].parts.append(inner)
            open_ones.append(inner)
            if len(open_ones) > _DEPTH:
                raise WireError(f"the calendar is nested more than {_DEPTH} deep")
        elif name == "END":
            if len(open_ones) == 1 or open_ones.pop().name != line[4:].strip().upper():
                raise WireError("the calendar was torn: a component ends that did not begin")
        elif len(open_ones) == 1:
            if line.strip():
                raise WireError("it is not iCalendar")
        elif name in _WANTED:
            _add(open_ones[-1], name, line)
    if len(open_ones) > 1:
        raise WireError("the calendar was torn: it ends within a component")
    if not top.parts or any(part.name != "VCALENDAR" for part in top.parts):
        raise WireError("it is not iCalendar")
    return top.parts


def _add(component: Component, name: str, line: str) -> None:
    if line[len(name)] == ":":
        component.properties.append(Property(name, {}, line[len(name) + 1 :].strip()))
        return
    try:
        _, params, value = icalendar.parser.Contentline(line).parts()  # type: ignore[no-untyped-call]
        texts = {key.upper(): text for key, text in params.items() if isinstance(text, str)}
    except (ValueError, AssertionError):
        component.is_torn = True
        return
    component.properties.append(Property(name, texts, value.strip()))
