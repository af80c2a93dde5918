"""A bundled table of codes and their names."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Generic, TypeVar

import attrs

from medoffice.core import Cite

K = TypeVar("K")


def _read_only(names: Mapping[K, str]) -> Mapping[K, str]:
    return MappingProxyType(dict(names))


@attrs.frozen(kw_only=True)
class CodeTable(Generic[K]):
    """Codes with their names, the edition of the list, and who keeps it.

    A code that is not here may be newer than the edition, so its absence is at most a warning.
    """

    edition: str
    source: Cite
    names: Mapping[K, str] = attrs.field(converter=_read_only, repr=False, hash=False)

    def __contains__(self, code: K) -> bool:
        return code in self.names

    def __iter__(self) -> Iterator[K]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def name(self, code: K) -> str:
        """The name of a code, or nothing when the edition does not hold it."""
        return self.names.get(code, "")
