"""Bundles of FHIR R4 (https://hl7.org/fhir/R4/bundle.html): collections, and the answers of a search."""

from collections.abc import Iterable
from typing import Any, Final

import attrs

from medoffice.core import InvalidValue
from medoffice.wire.fhir.element import OF_RESOURCE, Element, Read, resource
from medoffice.wire.fhir.findings import not_kept
from medoffice.wire.json import WireError

_KINDS: Final = frozenset(("collection", "searchset"))


@attrs.frozen(kw_only=True)
class Bundle:
    """The resources of a bundle as JSON's objects, and where the rest of the answer is, when there is more."""

    resources: tuple[dict[str, Any], ...] = attrs.field(repr=False)
    total: int | None = None
    next_page: str = ""

    def of(self, kind: str) -> tuple[dict[str, Any], ...]:
        """The resources of one kind."""
        return tuple(each for each in self.resources if each.get("resourceType") == kind)


def write_bundle(
    resources: Iterable[dict[str, Any]], *, kind: str = "collection", base: str = "", total: int | None = None
) -> dict[str, Any]:
    """A bundle of resources; ``base`` is the address of the server, for their full URLs.

    ``total`` is how many a search found, when these are not all.

    Raises:
        InvalidValue: when the kind is neither collection nor searchset, or two have one full URL (bdl-7).
    """
    if kind not in _KINDS:
        raise InvalidValue("bundle", "it is a collection or a searchset")
    entries = []
    seen = set()
    for each in resources:
        entry: dict[str, Any] = {}
        if base and "id" in each:
            url = f"{base.rstrip('/')}/{each['resourceType']}/{each['id']}"
            if url in seen:
                raise InvalidValue("bundle", "no resource is in it twice")
            seen.add(url)
            entry["fullUrl"] = url
        entry["resource"] = each
        if kind == "searchset":
            entry["search"] = {"mode": "match"}
        entries.append(entry)
    made: dict[str, Any] = {"resourceType": "Bundle", "type": kind}
    if kind == "searchset":
        made["total"] = len(entries) if total is None else total
    return made | ({"entry": entries} if entries else {})


def read_bundle(json: object) -> Read[Bundle]:
    """The resources of a collection or of a search's answer; what a server says about the search is a finding.

    Raises:
        WireError: with its place, when it is another kind of bundle, or an entry holds no resource.
    """
    element = resource(json, "Bundle")
    element.need("type")
    if element.code("type") not in _KINDS:
        raise WireError("a collection or a searchset is read here", element.below("type"))
    found = []
    for each in element.elements("entry"):
        each.need("resource")
        inside = each.element("resource")
        if inside is None or not inside.text("resourceType"):
            raise WireError("it holds no resource", each.path)
        each.text("fullUrl")
        search = each.element("search")
        mode = _mode(search) if search else "match"
        if mode == "outcome":
            element.findings.append(not_kept(each.path))
        else:
            found.append(inside.values)
        each.close("link", "request", "response")
    pages = {link.text("relation"): link.text("url") for link in element.elements("link")}
    total = element.whole("total", 0)
    element.close(*OF_RESOURCE, "timestamp", "signature")
    made = Bundle(resources=tuple(found), total=total, next_page=pages.get("next", ""))
    return Read(made, tuple(dict.fromkeys(element.findings)))


def _mode(search: Element) -> str:
    mode = search.code("mode")
    search.close("score")
    return mode
