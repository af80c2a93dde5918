"""Which payer a reference of FHIR R4 means, and by what it is known: never by a number that only looks like a payer's."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Final

import attrs

from medoffice.billing import Payer
from medoffice.core import InvalidValue, PayerId
from medoffice.wire.fhir import names
from medoffice.wire.fhir.element import Element, at
from medoffice.wire.fhir.findings import payer_by_server
from medoffice.wire.fhir.references import OurId, Reference, read_reference, same_id
from medoffice.wire.json import WireError

Organizations = Mapping[str, Reference]
"""Organizations that a resource contains, by the reference to them (``#org``)."""
NONE_CONTAINED: Final[Organizations] = MappingProxyType({})


def organizations_in(contained: Iterator[Element]) -> Organizations:
    """The organizations among what a resource contains, each as a reference to it says it: identifier and name."""
    found = {}
    for each in contained:
        if each.text("resourceType") == "Organization" and each.text("id"):
            known = [(one.text("system"), one.text("value")) for one in each.elements("identifier")]
            system, value = next((one for one in known if one[0] == names.PAYER), (*known, ("", ""))[0])
            found[f"#{each.text('id')}"] = Reference(
                kind="Organization", system=system, value=value, display=each.text("name")
            )
    return MappingProxyType(found)


def read_payer(element: Element, our_id: OurId, *, contained: Organizations = NONE_CONTAINED) -> Payer:
    """The payer of a reference.

    An identifier of medoffice is the payer's id. Any other reference is what ``our_id`` makes of it; where nobody said how,
    the id of the resource on its server is taken, when it is written as a payer's id is, and that is a finding.

    Raises:
        WireError: when it refers to no organization, or no payer's id comes of it.
    """
    literal = element.text("reference")
    inside = contained.get(literal)
    if inside is None:
        reference = read_reference(element, may_be_named=True)
    else:
        name = element.text("display") or inside.display
        element.text("type")
        element.close("identifier")
        reference = attrs.evolve(inside, display=name)
    if reference.kind not in {"", "Organization"}:
        raise WireError("it is a reference to an Organization", element.path)
    name = " ".join(reference.display.split())
    if reference.system == names.PAYER:
        id_ = at(element.path, lambda: PayerId.parse(reference.value))
    else:
        id_ = at(element.path, lambda: _of_others(reference, our_id))
        if our_id is same_id:
            element.findings.append(payer_by_server(element.path))
    return at(element.path, lambda: Payer(id_, name or id_.value))


def _of_others(reference: Reference, our_id: OurId) -> PayerId:
    """What a reference of somebody else becomes; an id is not bent into the shape of a payer's."""
    text = our_id(reference)
    with suppress(InvalidValue):
        made = PayerId.parse(text)
        if made.value == text:
            return made
    raise InvalidValue("payer", "its id on that server is no payer's id; let our_id say which payer it is")
