"""Payers, providers and others that an answer names, as references by number and name: they are resources nowhere."""

from typing import Any, Final

from medoffice.billing.eligibility import Party
from medoffice.wire.fhir import names
from medoffice.wire.fhir.element import Element
from medoffice.wire.fhir.extensions import Extensions
from medoffice.wire.fhir.findings import not_kept
from medoffice.wire.fhir.verbatim import (
    code_of,
    put,
    read_codes,
    take,
    text_extension,
    text_of,
    texts_of,
    write_code,
)

_NPI: Final = "XX"
"""The kind of number (NM108) that is a National Provider Identifier."""


def write_party(party: Party) -> dict[str, Any]:
    """A Reference that holds all of a party: its name is the display, its number the identifier."""
    made: dict[str, Any] = {}
    own = []
    if party.role or party == Party():
        own.append(text_extension(names.ROLE, party.role))
    own += [text_extension(names.CONTACT, each) for each in party.contacts]
    if own:
        made["extension"] = own
    if party.qualifier or party.number:
        identifier: dict[str, Any] = {}
        if party.qualifier:
            identifier["type"] = {"coding": [write_code(names.NUMBER_KIND, party.qualifier)]}
        identifier["system"] = names.NPI if party.qualifier == _NPI else names.NUMBER
        put(identifier, "value", party.number)
        made["identifier"] = identifier
    put(made, "display", party.name)
    return made


def read_party(reference: Element) -> Party:
    """The party of a reference; where it points to a resource, that resource is looked up nowhere, which is a finding.

    Raises:
        WireError: when a part of it is of another kind than FHIR has there.
    """
    extensions = Extensions(reference)
    role = text_of(extensions.one(names.ROLE))
    contacts = texts_of(extensions.all(names.CONTACT))
    extensions.close()
    if reference.text("reference"):
        reference.findings.append(not_kept(reference.below("reference")))
    reference.text("type")
    identifier = reference.element("identifier")
    qualifier = number = ""
    if identifier is not None:
        system, number = identifier.text("system"), take(identifier, "value")
        qualifier = _NPI if system == names.NPI else ""
        if (kind := identifier.element("type")) is not None:
            said = code_of(read_codes(kind)[0], names.NUMBER_KIND)
            qualifier = qualifier if said is None else said
        identifier.close("use", "period", "assigner")
    name = take(reference, "display")
    reference.close()
    return Party(role=role, name=name, qualifier=qualifier, number=number, contacts=contacts)
