"""Going on when a part of a resource is wrong: the part is left out, and a finding says which and why."""

from collections.abc import Callable
from typing import TypeVar

from medoffice.wire.fhir.element import Element
from medoffice.wire.fhir.findings import left_out
from medoffice.wire.json import WireError

T = TypeVar("T")


def tried(element: Element, read: Callable[[], T], default: T) -> T:
    """What is read of an element; the default, and a finding, when it is wrong.

    Whatever ``read`` noted before it failed stays noted.
    """
    try:
        return read()
    except WireError as trouble:
        element.findings.append(left_out(trouble.path or element.path, trouble.reason))
    return default


def parts_of(element: Element, key: str) -> tuple[tuple[str, object], ...]:
    """What stands in a list, each with its place; nothing, and a finding, when it is no list."""
    nothing: tuple[tuple[str, object], ...] = ()
    return tried(element, lambda: element.parts(key), nothing)


def each_of(element: Element, key: str, read: Callable[[Element], T]) -> list[T]:
    """What is read of each object of a list; those that are wrong are left out, each with a finding."""
    found: list[T] = []
    for path, value in parts_of(element, key):
        try:
            found.append(read(Element(value, path, element.findings)))
        except WireError as trouble:
            element.findings.append(left_out(trouble.path or path, trouble.reason))
    return found
