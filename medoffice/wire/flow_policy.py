"""How an office runs the day of a visit, read from the tables below ``[flow]`` of a practice's ``schedule.toml``.

.. code-block:: toml

    [flow]
    waits_for_check_in = true

    [flow.queue]
    untriaged = 3
    scheduled = 3
    aging = [{ level = 4, minutes = 60 }, { level = 5, minutes = 90 }]

    [[flow.targets]]
    stage = "in a room"
    minutes = 15

    [[flow.check_out]]
    kind = "follow-up"
    is_must = true
    visits = ["diabetes-visit"]
    weeks = 12

    [[flow.check_out]]
    kind = "balance"
    at_least = "$5.00"

The keys are the fields of :class:`~medoffice.scheduling.flow.FlowPolicy` and of what it holds; what is left out is as
those have it. Levels are those of the Emergency Severity Index.
"""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Final, TypeVar

from medoffice.core import InvalidValue, Money
from medoffice.scheduling.flow import Aging, CheckOutRule, FlowPolicy, QueuePolicy, Stage, Target, TaskKind
from medoffice.wire.toml_tables import Table, TomlFault, at, of_kind

E = TypeVar("E", bound=Enum)

_QUEUE: Final = FlowPolicy().queue


def read_flow_policy(whole: Table) -> FlowPolicy:
    """The policy of a file; the usual one where it has none.

    Raises:
        TomlFault: when a value is missing, or cannot be.
        UnknownName: when a key does not exist; it suggests the nearest.
    """
    table = whole.table("flow")
    table.allow("waits_for_check_in", "queue", "targets", "check_out")
    waits: dict[str, Any] = {
        name: _exactly(bool, table, name) for name in ("waits_for_check_in",) if _has(table, name)
    }
    return FlowPolicy(
        queue=_queue(table.table("queue")),
        check_out=tuple(map(_rule, _several(table, "check_out"))),
        targets=tuple(map(_target, _several(table, "targets"))),
        **waits,
    )


def _queue(table: Table) -> QueuePolicy:
    table.allow("untriaged", "scheduled", "aging")
    aging = tuple(map(_aging, _several(table, "aging"))) if _has(table, "aging") else _QUEUE.aging
    levels = {name: getattr(_QUEUE, name) for name in ("untriaged", "scheduled")}
    levels |= {name: _exactly(int, table, name) for name in levels if _has(table, name)}
    with at(table.path):
        return QueuePolicy(aging=aging, **levels)


def _aging(table: Table) -> Aging:
    table.allow("level", "minutes")
    level, minutes = (_exactly(int, table, name) for name in ("level", "minutes"))
    with at(table.path):
        return Aging(level, minutes)


def _target(table: Table) -> Target:
    table.allow("stage", "minutes")
    stage, minutes = _member(Stage, table, "stage"), _exactly(int, table, "minutes")
    with at(table.path):
        return Target(stage, minutes)


def _rule(table: Table) -> CheckOutRule:
    table.allow("kind", "is_must", "may_be_declined", "visits", "weeks", "at_least", "detail")
    given: dict[str, Any] = {
        name: _exactly(kind, table, name) for name, kind in _PLAIN.items() if _has(table, name)
    }
    if _has(table, "at_least"):
        with at(table.below("at_least")):
            given["at_least"] = Money.parse(table.text("at_least"))
    kind = _member(TaskKind, table, "kind")
    with at(table.path):
        return CheckOutRule(kind=kind, visits=frozenset(table.texts("visits")), **given)


_PLAIN: Final[Mapping[str, type]] = {"is_must": bool, "may_be_declined": bool, "weeks": int, "detail": str}
_WORDS: Final[Mapping[type, str]] = {bool: "true or false is wanted", int: "a whole number is wanted"}


def _exactly(kind: type, table: Table, name: str) -> Any:  # noqa: ANN401 - a value of that kind
    value = table.get(name)
    if kind in _WORDS and type(value) is not kind:
        raise TomlFault(table.below(name), _WORDS[kind])
    with at(table.below(name)):
        return of_kind(kind, value)


def _member(kind: type[E], table: Table, name: str) -> E:
    word = table.text(name)
    with at(table.below(name)):
        for each in kind:
            if each.value == word:
                return each
        raise InvalidValue(name, f"it is one of: {', '.join(str(each.value) for each in kind)}")


def _several(table: Table, name: str) -> Iterator[Table]:
    return table.tables(name) if _has(table, name) else iter(())


def _has(table: Table, name: str) -> bool:
    return any(key == name for key, _ in table.items())
