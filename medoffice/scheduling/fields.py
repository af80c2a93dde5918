"""Converters and validators for :func:`attrs.field` that several values of scheduling have in common."""

from collections.abc import Callable, Iterable
from typing import Any

from medoffice.core import InvalidValue, ResourceId
from medoffice.scheduling.modality import Modality


def resource_id(value: ResourceId | str) -> ResourceId:
    """A converter: an id, or the name that it is made of.

    Raises:
        InvalidValue: when a name can be no id.
    """
    return value if isinstance(value, ResourceId) else ResourceId(value)


def resource_ids(values: Iterable[ResourceId | str]) -> frozenset[ResourceId]:
    """A converter: ids, or the names that they are made of, as a frozen set.

    Raises:
        InvalidValue: when a name can be no id.
    """
    return frozenset(map(resource_id, values))


def modalities(values: Modality | Iterable[Modality]) -> frozenset[Modality]:
    """A converter: one modality, or several, as a frozen set."""
    return frozenset((values,)) if isinstance(values, Modality) else frozenset(values)


def whole(kind: str, least: int, most: int) -> Callable[[object, Any, int], None]:
    """A validator: the field of a ``kind`` is an ``int`` from ``least`` to ``most``, both included; no ``bool``."""

    def check(_: object, attribute: Any, value: int) -> None:  # noqa: ANN401 - any field's attribute
        if type(value) is not int or not least <= value <= most:
            raise InvalidValue(kind, f"{attribute.name} is a whole number from {least} to {most}")

    return check


def one_line(kind: str, what: str) -> Callable[[object, Any, str], None]:
    """A validator: ``what`` of a ``kind`` is text on one line, not empty, without outer or doubled spaces."""

    def check(_: object, __: Any, value: str) -> None:  # noqa: ANN401 - any field's attribute
        if not isinstance(value, str) or not value or value != " ".join(value.split()):
            raise InvalidValue(kind, f"{what} is one line and not empty")

    return check
