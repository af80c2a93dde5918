"""How a practice collects at the time of service, read from its ``collection.toml``.

.. code-block:: toml

    asks_balance = true
    deposits_pay_balance = false
    open_estimates = "lower-bound"
    smallest_instalment = "$25.00"
    most_instalments = 4

    [deposits]
    new-patient = "$100.00"

The keys are the fields of :class:`~medoffice.workflows.collection.CollectionPolicy`; what is left out is as that has it.
``open_estimates`` is ``due-today``, ``lower-bound`` or ``co-pay-only``; a deposit stands under the code of a visit type.
"""

from typing import Any, Final

from medoffice.core import InvalidValue, Money
from medoffice.wire.toml_tables import Table, TomlFault, at, of_kind, parsed
from medoffice.workflows.collection import CollectionPolicy, OpenEstimate, VisitDeposit

_YES_OR_NO: Final = ("asks_balance", "deposits_pay_balance")


def read_collection(text: str) -> CollectionPolicy:
    """The policy of a file; the usual one where it says nothing.

    Raises:
        TomlFault: when it is not TOML, or a value cannot be.
        UnknownName: when a key does not exist; it suggests the nearest.
    """
    table = Table(parsed(text))
    table.allow(*_YES_OR_NO, "open_estimates", "smallest_instalment", "most_instalments", "deposits")
    given: dict[str, Any] = {}
    for name, item in table.items():
        match name:
            case "asks_balance" | "deposits_pay_balance":
                given[name] = _exactly(bool, item, name, "true or false is wanted")
            case "most_instalments":
                given[name] = _exactly(int, item, name, "a whole number is wanted")
            case "smallest_instalment":
                given[name] = _money(table, name)
            case "open_estimates":
                given[name] = _way(table, name)
            case _:
                given[name] = tuple(_deposits(table.table(name)))
    with at(""):
        return CollectionPolicy(**given)


def _deposits(table: Table) -> list[VisitDeposit]:
    found = []
    for name, item in table.items():
        with at(table.below(name)):
            found.append(VisitDeposit(name, Money.parse(of_kind(str, item))))
    return found


def _money(table: Table, name: str) -> Money:
    text = table.text(name)
    with at(table.below(name)):
        return Money.parse(text)


def _way(table: Table, name: str) -> OpenEstimate:
    word = table.text(name)
    with at(name):
        for each in OpenEstimate:
            if each.value == word:
                return each
        raise InvalidValue(name, f"it is one of: {', '.join(each.value for each in OpenEstimate)}")


def _exactly(kind: type, item: object, where: str, wanted: str) -> object:
    if type(item) is not kind:
        raise TomlFault(where, wanted)
    return item
