"""TOML text as values: dated parameters, a practice's policy, tables of codes.

A file that is wrong is refused whole, and the message says where: ``values[0].cites: it is missing``.
"""

import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from medoffice.core import (
    Cite,
    Cited,
    Dated,
    InvalidValue,
    MedofficeError,
    Parameter,
    Severity,
    Timeline,
    Unit,
)
from medoffice.rules import Ignore, Policy, Regrade, Setting, read_value, unknown

T = TypeVar("T")


class TomlFault(MedofficeError, ValueError):
    """A TOML text that does not say what it should: where in it, and what is wrong."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(where, reason)
        self.where = where
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}" if self.where else self.reason


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
    table = _Table(_parsed(text))
    table.allow("code", "description", "unit", "verified_through", "values")
    with _at("unit"):
        unit = _unit(table.text("unit"))
    values = []
    for entry in table.tables("values"):
        entry.allow("since", "value", "cites")
        with _at(f"{entry.path}.value"):
            value = read_value(unit, entry.get("value"))
        with _at(f"{entry.path}.cites"):
            cited = Cited(value=value, cites=tuple(_cite(cite) for cite in entry.tables("cites")))
        values.append(Dated(entry.day("since"), cited))
    with _at("values"):
        timeline = Timeline(tuple(values))
    with _at(""):
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
    table = _Table(_parsed(text))
    table.allow("select", "ignore", "severity", "params")
    ignore, regrade = [], []
    for entry in table.named("ignore"):
        entry.allow("because")
        with _at(entry.path):
            ignore.append(Ignore(entry.name, because=entry.text("because")))
    for selector, word in table.table("severity").items():
        with _at(f"severity.{selector}"):
            regrade.append(Regrade(selector, Severity.parse(_is(str, word))))
    settings = [setting for entry in table.named("params") for setting in _settings(entry)]
    return Policy(
        select=tuple(table.texts("select")),
        ignore=tuple(ignore),
        severity=tuple(regrade),
        settings=tuple(settings),
    )


def _settings(of_rule: "_Table") -> Iterator[Setting]:
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
    table = _Table(_parsed(text))
    table.allow("edition", "source", "codes")
    codes = table.table("codes")
    return (
        table.text("edition"),
        _cite(table.table("source")),
        {code: codes.text(code) for code, _ in codes.items()},
    )


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as cause:
        raise TomlFault("", f"this is not TOML: {cause}") from None


def _unit(word: str) -> Unit:
    known = {unit.value: unit for unit in Unit}
    if word not in known:
        raise unknown("unit", word, known)
    return known[word]


def _cite(table: "_Table") -> Cite:
    table.allow("source", "place", "url")
    with _at(table.path):
        return Cite(table.text("source"), table.text("place", ""), url=table.text("url", ""))


@contextmanager
def _at(where: str) -> Iterator[None]:
    try:
        yield
    except InvalidValue as cause:
        raise TomlFault(where, cause.reason) from None


def _is(kind: type[T], value: object) -> T:
    if type(value) is not kind:
        raise InvalidValue("value", _WANTED[kind])
    return value


_WANTED: dict[type, str] = {
    str: "a text in quotes is wanted",
    date: "a day is wanted, for example 2026-01-01, without quotes",
    dict: "a table is wanted",
    list: "a list is wanted",
}


class _Table:
    """A TOML table and where it stands, so that every complaint can say so."""

    def __init__(self, values: dict[str, Any], path: str = "", name: str = "") -> None:
        self._values = values
        self.path = path
        self.name = name

    def allow(self, *names: str) -> None:
        for name in self._values:
            if name not in names:
                raise unknown(f"key of {self.path or 'the file'}", name, names)

    def items(self) -> Iterable[tuple[str, Any]]:
        return self._values.items()

    def get(self, key: str) -> Any:  # noqa: ANN401 - TOML holds what it holds
        if key not in self._values:
            raise TomlFault(self.below(key), "it is missing")
        return self._values[key]

    def text(self, key: str, default: str | None = None) -> str:
        return default if default is not None and key not in self._values else self._get(str, key)

    def day(self, key: str) -> date:
        return self._get(date, key)

    def texts(self, key: str) -> list[str]:
        with _at(self.below(key)):
            return [_is(str, item) for item in self._get(list, key)] if key in self._values else []

    def table(self, key: str) -> "_Table":
        return _Table(self._get(dict, key) if key in self._values else {}, self.below(key), key)

    def tables(self, key: str) -> "Iterator[_Table]":
        for place, item in enumerate(self._get(list, key)):
            path = f"{self.below(key)}[{place}]"
            with _at(path):
                values = _is(dict, item)
            yield _Table(values, path)

    def named(self, key: str) -> "Iterator[_Table]":
        inner = self.table(key)
        for name, item in inner.items():
            path = inner.below(name)
            with _at(path):
                values = _is(dict, item)
            yield _Table(values, path, name)

    def _get(self, kind: type[T], key: str) -> T:
        value = self.get(key)
        with _at(self.below(key)):
            return _is(kind, value)

    def below(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key
