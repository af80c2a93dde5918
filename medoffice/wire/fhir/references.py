"""References to patients, clinicians, rooms, sites and slots; what is referred to stays where it is.

Ours carry the id twice where FHIR allows: as a literal reference (``Patient/pt-1``) for servers that have the resource, and as
an identifier, which tells a room from a site and survives a server that renumbers. An id with an underscore is no
id of FHIR, so it stands in the identifier alone.
"""

import re
from collections.abc import Callable
from typing import Any, Final

import attrs

from medoffice.core import InvalidValue
from medoffice.wire.fhir.element import Element
from medoffice.wire.fhir.primitives import is_id
from medoffice.wire.json import WireError

_LITERAL: Final = re.compile(
    r"(?:.*/)?([A-Z][A-Za-z]{1,63})/([A-Za-z0-9\-.]{1,64})(?:/_history/[A-Za-z0-9\-.]{1,64})?"
)


@attrs.frozen(kw_only=True)
class Reference:
    """What a reference says: the kind of resource, its id on its server, its identifier and its name, as far as it does."""

    kind: str = ""
    id: str = attrs.field(default="", repr=False)
    base: str = ""
    """The address of the server; empty for the one that the resource itself came from."""
    system: str = ""
    value: str = attrs.field(default="", repr=False)
    display: str = attrs.field(default="", repr=False)


OurId = Callable[[Reference], str]
"""How a reference of somebody else becomes an id of ours; raises InvalidValue when there is none."""


def same_id(reference: Reference) -> str:
    """The id itself, of references within one server.

    Raises:
        InvalidValue: for a reference to another server, where the same id is somebody else's.
    """
    if reference.base or not reference.id:
        raise InvalidValue(
            "reference", "it is to something of another server, or to nothing that has an id here"
        )
    return reference.id


def write_reference(kind: str, system: str, value: str) -> dict[str, Any]:
    """A reference to something of ours; ``kind`` is a resource of FHIR, or empty where it is not known."""
    made: dict[str, Any] = {}
    if kind and is_id(value):
        made["reference"] = f"{kind}/{value}"
    if kind:
        made["type"] = kind
    return made | {"identifier": {"system": system, "value": value}}


def read_reference(element: Element, *, may_be_named: bool = False) -> Reference:
    """What a reference says; with ``may_be_named`` also one that has no more than a name for people.

    Raises:
        WireError: when it says nothing that could be looked up.
    """
    text, kind = element.text("reference"), element.text("type")
    identifier = element.element("identifier")
    system = value = ""
    if identifier is not None:
        system, value = identifier.text("system"), identifier.text("value")
        identifier.close("use", "type", "period", "assigner")
    display = element.text("display")
    element.close()
    found = _LITERAL.fullmatch(text)
    if found is None:
        if not (value or (display and may_be_named)):
            raise WireError("it refers to nothing by its kind and id", element.below("reference"))
        return Reference(kind=kind, system=system, value=value, display=display)
    base = text[: found.start(1)]
    return Reference(kind=found[1], id=found[2], base=base, system=system, value=value, display=display)
