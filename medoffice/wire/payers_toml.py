"""How an office reaches its payers and verifies coverages, read from its ``payers.toml``.

.. code-block:: toml

    [gateway]
    kind = "folders"
    folder = "clearing-house"
    patience_minutes = 10
    usage = "T"

    [gateway.sender]
    id = "NORTHSIDE"
    qualifier = "ZZ"

    [gateway.receiver]
    id = "HOUSE"

    [verifying]
    good_for_days = 14
    place = "11"

    [services]
    office-visit = "98"
    physical-therapy = "PT"

    [networks]
    PRAIRI = "in"
    LAKE01 = "out"

``kind`` is ``folders`` (a clearing house's program takes 270 files from one folder and lays 271 files into
another) or ``made-up`` (invented payers, for a demo). ``usage`` is ``P`` (production) or ``T`` (test), as
ISA15 has it. A file without ``[gateway]`` is an office that asks its payers by other ways. ``place`` is the
office's place of service. ``[services]`` gives the service type (X12 data element 1365) for each of the
office's services; left out, the usual ones hold.
"""

from datetime import timedelta
from typing import Any, Final

import attrs

from medoffice.billing.eligibility import EligibilityPolicy, Network
from medoffice.core import InvalidValue, PayerId
from medoffice.wire.toml_tables import Table, TomlFault, at, of_kind, parsed
from medoffice.wire.x12 import Partner, Usage

_USAGES: Final = {each.value: each for each in Usage}
_NETWORKS: Final = {"in": Network.IN, "out": Network.OUT}
_MOST_MINUTES: Final = 24 * 60


@attrs.frozen(kw_only=True)
class ByFolders:
    """The folders of a clearing house's program; ``folder`` as it was written, below the office's or from ``/``."""

    folder: str
    sender: Partner
    receiver: Partner
    usage: Usage = Usage.PRODUCTION
    patience: timedelta = timedelta(minutes=10)


@attrs.frozen
class MadeUp:
    """Payers that are invented: they answer from the office's own records."""


@attrs.frozen(kw_only=True)
class PayerSettings:
    """The way to payers, ``None`` where the file has none, and how coverages are verified."""

    way: ByFolders | MadeUp | None = None
    policy: EligibilityPolicy = EligibilityPolicy()


def read_payers(text: str) -> PayerSettings:
    """The settings of a file's text; of an empty text the usual ones, without a way to payers.

    Raises:
        TomlFault: when the text is not TOML, a value is missing, or cannot be.
        UnknownName: when a key does not exist; it suggests the nearest.
    """
    whole = Table(parsed(text))
    whole.allow("gateway", "verifying", "services", "networks")
    way = _way(whole.table("gateway")) if _has(whole, "gateway") else None
    return PayerSettings(way=way, policy=_policy(whole))


def _way(table: Table) -> ByFolders | MadeUp:
    kind = table.text("kind")
    if kind == "made-up":
        table.allow("kind")
        return MadeUp()
    if kind != "folders":
        raise TomlFault(table.below("kind"), "it is folders or made-up")
    table.allow("kind", "folder", "sender", "receiver", "usage", "patience_minutes")
    folder = table.text("folder")
    if not folder.strip():
        raise TomlFault(table.below("folder"), "it names a folder")
    usage = table.text("usage", Usage.PRODUCTION.value)
    if usage not in _USAGES:
        raise TomlFault(table.below("usage"), "it is P for production or T for test")
    return ByFolders(
        folder=folder,
        sender=_partner(table, "sender"),
        receiver=_partner(table, "receiver"),
        usage=_USAGES[usage],
        patience=timedelta(minutes=_whole(table, "patience_minutes", 10, _MOST_MINUTES)),
    )


def _partner(table: Table, key: str) -> Partner:
    if not _has(table, key):
        raise TomlFault(table.below(key), "it is missing")
    own = table.table(key)
    own.allow("id", "qualifier")
    id_, qualifier = own.text("id"), own.text("qualifier", "ZZ")
    with at(own.path):
        return Partner(id_, qualifier)


def _policy(whole: Table) -> EligibilityPolicy:
    verifying, services, networks = (whole.table(key) for key in ("verifying", "services", "networks"))
    verifying.allow("good_for_days", "place")
    given: dict[str, Any] = {"good_for_days": _whole(verifying, "good_for_days", 30, 3650)}
    place = verifying.text("place", "")
    with at(verifying.below("place")):
        given["place"] = EligibilityPolicy(place=place).place
    if _has(whole, "services"):
        given["services"] = tuple(_service(services, name) for name, _ in services.items())
    given["networks"] = tuple(_network(networks, name) for name, _ in networks.items())
    with at("networks"):
        return EligibilityPolicy(**given)


def _service(table: Table, name: str) -> tuple[str, str]:
    made = (name, table.text(name).strip().upper())
    with at(table.below(name)):
        EligibilityPolicy(services=(made,))
    return made


def _network(table: Table, name: str) -> tuple[PayerId, Network]:
    with at(table.below(name)):
        payer = PayerId.parse(name)
        word = of_kind(str, table.get(name))
        if word not in _NETWORKS:
            raise InvalidValue("network", "it is in or out")
        return payer, _NETWORKS[word]


def _whole(table: Table, name: str, usual: int, most: int) -> int:
    if not _has(table, name):
        return usual
    value = table.get(name)
    if type(value) is not int or not 0 <= value <= most:
        raise TomlFault(table.below(name), f"a whole number from 0 to {most} is wanted")
    return value


def _has(table: Table, key: str) -> bool:
    return any(name == key for name, _ in table.items())
