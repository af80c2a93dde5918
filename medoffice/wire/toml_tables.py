"""TOML tables that know where they stand, so that every complaint can say so."""

import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from medoffice.core import InvalidValue, MedofficeError
from medoffice.rules import unknown

T = TypeVar("T")


class TomlFault(MedofficeError, ValueError):
    """A TOML text that does not say what it should: where in it, and what is wrong."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(where, reason)
        self.where = where
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}" if self.where else self.reason


def parsed(text: str) -> dict[str, Any]:
    """What a TOML text holds; numbers with a point are decimals.

    Raises:
        TomlFault: when it is not TOML.
    """
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as cause:
        raise TomlFault("", f"this is not TOML: {cause}") from None


@contextmanager
def at(where: str) -> Iterator[None]:
    """Say of a value that cannot be where it stands.

    Raises:
        TomlFault: in place of an ``InvalidValue`` within.
    """
    try:
        yield
    except InvalidValue as cause:
        raise TomlFault(where, cause.reason) from None


def of_kind(kind: type[T], value: object) -> T:
    """The value, which is of just that kind.

    Raises:
        InvalidValue: when it is of another.
    """
    if type(value) is not kind:
        raise InvalidValue("value", _WANTED[kind])
    return value


_WANTED: dict[type, str] = {
    str: "a text in quotes is wanted",
    date: "a day is wanted, for example 2026-01-01, without quotes",
    dict: "a table is wanted",
    list: "a list is wanted",
}


class Table:
    """A TOML table and where it stands, so that every complaint can say so."""

    def __init__(self, values: dict[str, Any], path: str = "", name: str = "") -> None:
        self._values = values
        self.path = path
        self.name = name

    def allow(self, *names: str) -> None:
        """Refuse keys that are not among these."""
        for name in self._values:
            if name not in names:
                raise unknown(f"key of {self.path or 'the file'}", name, names)

    def items(self) -> Iterable[tuple[str, Any]]:
        """Keys and values."""
        return self._values.items()

    def get(self, key: str) -> Any:  # noqa: ANN401 - TOML holds what it holds
        """What stands under a key, which must be there.

        Raises:
            TomlFault: when it is not.
        """
        if key not in self._values:
            raise TomlFault(self.below(key), "it is missing")
        return self._values[key]

    def text(self, key: str, default: str | None = None) -> str:
        """A text, or the default where there is one and the key is not there."""
        return default if default is not None and key not in self._values else self._get(str, key)

    def day(self, key: str) -> date:
        """A day."""
        return self._get(date, key)

    def texts(self, key: str) -> list[str]:
        """A list of texts; none where the key is not there."""
        with at(self.below(key)):
            return [of_kind(str, item) for item in self._get(list, key)] if key in self._values else []

    def table(self, key: str) -> "Table":
        """A table below this one; an empty one where it is not there."""
        return Table(self._get(dict, key) if key in self._values else {}, self.below(key), key)

    def tables(self, key: str) -> "Iterator[Table]":
        """A list of tables."""
        for place, item in enumerate(self._get(list, key)):
            path = f"{self.below(key)}[{place}]"
            with at(path):
                values = of_kind(dict, item)
            yield Table(values, path)

    def named(self, key: str) -> "Iterator[Table]":
        """The tables of a table, each with its name."""
        inner = self.table(key)
        for name, item in inner.items():
            path = inner.below(name)
            with at(path):
                values = of_kind(dict, item)
            yield Table(values, path, name)

    def _get(self, kind: type[T], key: str) -> T:
        value = self.get(key)
        with at(self.below(key)):
            return of_kind(kind, value)

    def below(self, key: str) -> str:
        """Where a key of this table stands."""
        return f"{self.path}.{key}" if self.path else key
