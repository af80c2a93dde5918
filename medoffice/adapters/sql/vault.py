"""What turns records into sealed bytes and back, and what can be said of them while they are sealed."""

from typing import Final, Self, TypeVar, cast

import attrs

from medoffice.adapters.keys import OfficeKey, Purpose
from medoffice.adapters.sealing import BlindIndex, Place, SealBroken, Sealer
from medoffice.adapters.sql.opened import Opened
from medoffice.ports.store import StoreDamaged
from medoffice.wire.json import decode, encode

T = TypeVar("T")
_REMEMBERED: Final = frozenset({"appointment", "fact", "hold", "setting"})
"""What every look at the schedule reads; who the patients are is not among it."""


@attrs.frozen(kw_only=True)
class Vault:
    """The keys that a store's rows are sealed, found and chained with."""

    sealer: Sealer
    index: BlindIndex
    audit_key: bytes = attrs.field(repr=False)
    opened: Opened = attrs.field(factory=Opened, repr=False, eq=False)

    @classmethod
    def of(cls, key: OfficeKey) -> Self:
        """The keys that an office's master key gives."""
        return cls(
            sealer=Sealer({1: key.derive(Purpose.SEALING)}),
            index=BlindIndex(key.derive(Purpose.BLIND_INDEX)),
            audit_key=key.derive(Purpose.AUDIT),
        )

    def seal(self, table: str, row: str, value: object) -> bytes:
        """A record, sealed for its row."""
        return self.seal_bytes(table, row, encode(value))

    def open(self, table: str, row: str, kind: type[T], body: bytes) -> T:
        """The record of a row.

        Raises:
            StoreDamaged: when the body is not this row's, or was changed.
        """
        if table not in _REMEMBERED:
            return decode(self.open_bytes(table, row, body), kind)
        known = self.opened.find((table, row), kind, body)
        if known is None:
            known = decode(self.open_bytes(table, row, body), kind)
            self.opened.keep((table, row), kind, body, known)
        return cast(T, known)

    def seal_bytes(self, table: str, row: str, plain: bytes) -> bytes:
        """Bytes, sealed for their row."""
        return self.sealer.seal(plain, Place(table=table, column="body", row=row))

    def open_bytes(self, table: str, row: str, body: bytes) -> bytes:
        """The bytes of a row.

        Raises:
            StoreDamaged: when the body is not this row's, or was changed.
        """
        try:
            return self.sealer.open(body, Place(table=table, column="body", row=row))
        except SealBroken as trouble:
            raise StoreDamaged(str(trouble)) from None

    def name_of(self, value: object) -> str:
        """A name for a record that has no id: the same for the same value, and saying nothing of it."""
        return self.index.of("record", encode(value).decode()).hex()

    def match_index(self, match_key: str) -> bytes:
        """By what patients are found who share a :func:`medoffice.core.people.match_key`."""
        return self.index.of("patient.match_key", match_key)
