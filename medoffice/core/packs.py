"""How anything is extended: a pack of items behind an entry point."""

import re
from typing import Final, Generic, TypeVar

import attrs

from medoffice.core.errors import InvalidValue

T_co = TypeVar("T_co", covariant=True)
_NAME: Final = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"


@attrs.frozen
class Resource:
    """A file inside an installed package, named but not yet read: ``Resource("northside_rules", "limits.toml")``."""

    package: str
    path: str


@attrs.frozen
class Pack(Generic[T_co]):
    """Items of one kind that belong together: rules, parameters, payers, detectors or card profiles.

    An extension package declares one a kind and points an entry point of the group ``medoffice.rules``,
    ``medoffice.parameters``, … at it. ``medoffice.plugins.load()`` is what reads them.
    """

    name: str
    items: tuple[T_co, ...]

    def __attrs_post_init__(self) -> None:
        if re.fullmatch(_NAME, self.name, re.ASCII) is None:
            raise InvalidValue("pack", "its name is lower-case words joined by hyphens")
