"""TOML text as values: dated parameters, a practice's policy, tables of codes.

A file that is wrong is refused whole, and the message says where: ``values[0].cites: it is missing``.
"""

from collections.abc import Iterator

from medoffice.core import Cite, Cited, Dated, Parameter, Severity, Timeline, Unit
from medoffice.rules import Ignore, Policy, Regrade, Setting, read_value, unknown
from medoffice.wire.toml_tables import Table, TomlFault, at, of_kind, parsed

__all__ = ["TomlFault", "read_codes", "read_parameter", "read_policy"]


def read_parameter(text: str) -> Parameter:
    """A dated parameter from its file's text.

    The keys are ``code``, ``description``, ``unit`` (a word of :class:`~medoffice.core.Unit`),
    ``verified_through`` (a day), and ``values``: a list of tables, each with ``since`` (a day), ``value`` (as
    :func:`~medoffice.rules.read_value` reads it) and ``cites`` (a list of ``source`` with ``place`` and
    ``url``).

    Raises:
        TomlFault: when the text is not TOML, a key is missing, or a value cannot be.
        UnknownName: when a key is not one of these; it suggests the nearest.
    """
    table = Table(parsed(text))
    table.allow("code", "description", "unit", "verified_through", "values")
    with at("unit"):
        unit = _unit(table.text("unit"))
    values = []
    for entry in table.tables("values"):
        entry.allow("since", "value", "cites")
        with at(f"{entry.path}.value"):
            value = read_value(unit, entry.get("value"))
        with at(f"{entry.path}.cites"):
            cited = Cited(value=value, cites=tuple(_cite(cite) for cite in entry.tables("cites")))
        values.append(Dated(entry.day("since"), cited))
    with at("values"):
        timeline = Timeline(tuple(values))
    with at(""):
        return Parameter(
            code=table.text("code"),
            description=table.text("description"),
            unit=unit,
            values=timeline,
            verified_through=table.day("verified_through"),
        )


def read_policy(text: str) -> Policy:
    """A practice's policy from its file's text, which looks like this.

    .. code-block:: toml

        select = ["MOD", "DXP001"]

        [ignore.DXP001]
        because = "our clearing-house does this check"

        [severity]
        MOD = "warning"

        [params.FIL001]
        days = 90

        [params.FIL001.payer.60054]
        days = 120

    Whether the codes exist is judged when the policy meets a catalogue.

    Raises:
        TomlFault: when the text is not TOML, a reason is missing, or a value cannot be.
        UnknownName: when a key is not one of these; it suggests the nearest.
    """
    table = Table(parsed(text))
    table.allow("select", "ignore", "severity", "params")
    ignore, regrade = [], []
    for entry in table.named("ignore"):
        entry.allow("because")
        with at(entry.path):
            ignore.append(Ignore(entry.name, because=entry.text("because")))
    for selector, word in table.table("severity").items():
        with at(f"severity.{selector}"):
            regrade.append(Regrade(selector, Severity.parse(of_kind(str, word))))
    settings = [setting for entry in table.named("params") for setting in _settings(entry)]
    return Policy(
        select=tuple(table.texts("select")),
        ignore=tuple(ignore),
        severity=tuple(regrade),
        settings=tuple(settings),
    )


def _settings(of_rule: "Table") -> Iterator[Setting]:
    for name, value in of_rule.items():
        if not isinstance(value, dict):
            yield Setting(rule=of_rule.name, param=name, value=value)
            continue
        for entry in of_rule.named(name):
            for param, own in entry.items():
                yield Setting(rule=of_rule.name, param=param, value=own, key=entry.name, per=name)


def read_codes(text: str) -> tuple[str, Cite, dict[str, str]]:
    """A table of codes and their names: its edition, its source, and the names by code.

    Raises:
        TomlFault: when the text is not TOML, a key is missing, or a name is not text.
        UnknownName: when a key is not ``edition``, ``source`` or ``codes``.
    """
    table = Table(parsed(text))
    table.allow("edition", "source", "codes")
    codes = table.table("codes")
    return (
        table.text("edition"),
        _cite(table.table("source")),
        {code: codes.text(code) for code, _ in codes.items()},
    )


def _unit(word: str) -> Unit:
    known = {unit.value: unit for unit in Unit}
    if word not in known:
        raise unknown("unit", word, known)
    return known[word]


def _cite(table: "Table") -> Cite:
    table.allow("source", "place", "url")
    with at(table.path):
        return Cite(table.text("source"), table.text("place", ""), url=table.text("url", ""))
