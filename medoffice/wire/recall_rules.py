"""Rules of recall, read from the tables below ``[recalls]`` of a practice's ``schedule.toml``.

.. code-block:: toml

    [recalls.diabetes-check]
    interval = "3 months"
    closes_with = ["diabetes-visit"]
    ahead = 30

    [recalls.diabetes-check.tries]
    most = 3
    spacing = 14
    channels = ["text", "voice", "letter"]

A rule's code is the name of its table. The keys are the fields of
:class:`~medoffice.scheduling.recalls.RecallRule`; what is left out is as that has it.
"""

from typing import Any

import attrs

from medoffice.scheduling.recalls import Interval, RecallRule, Tries
from medoffice.scheduling.reminders import Channel
from medoffice.wire.toml_tables import Table, at


def read_recall_rules(whole: Table) -> tuple[RecallRule, ...]:
    """The rules of a file, in its order; none where it has none.

    Raises:
        TomlFault: when a value is missing, or cannot be.
        UnknownName: when a key does not exist; it suggests the nearest.
    """
    return tuple(_rule(each) for each in whole.named("recalls"))


def _rule(table: Table) -> RecallRule:
    table.allow("interval", "closes_with", "counts_from", "ahead", "tries")
    with at(table.below("interval")):
        interval = Interval.parse(table.text("interval"))
    with at(table.path):
        return RecallRule(
            code=table.name,
            interval=interval,
            closes_with=frozenset(table.texts("closes_with")),
            counts_from=frozenset(table.texts("counts_from")),
            tries=_tries(table.table("tries")),
            **_given(table, "ahead"),
        )


def _tries(table: Table) -> Tries:
    table.allow(*(field.name for field in attrs.fields(Tries)))
    given = _given(table, "most", "spacing")
    with at(table.below("channels")):
        channels = tuple(map(Channel.parse, table.texts("channels")))
    with at(table.path):
        return Tries(**given, channels=channels) if channels else Tries(**given)


def _given(table: Table, *names: str) -> dict[str, Any]:
    """What stands in the table under these names; the values that they are for judge them."""
    return {name: item for name, item in table.items() if name in names}
