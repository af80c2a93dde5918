"""Records that were opened lately, so that the next look at the same rows need not unseal and read them again."""

from typing import Final

_MOST: Final = 10_000


class Opened:
    """The last records by their row; at most twice ``most`` are kept.

    A record is given only for the very bytes that it was opened from. No two seals are alike, even of the same record,
    so what somebody changed, put elsewhere or rolled back is never taken for what it was. Safe for several threads: the
    worst that can happen is that a record is opened twice.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._young: dict[tuple[str, str], tuple[bytes, type, object]] = {}
        self._old: dict[tuple[str, str], tuple[bytes, type, object]] = {}

    def find(self, row: tuple[str, str], kind: type, body: bytes) -> object | None:
        """The record of a table's row, if it was opened as that kind from these bytes; else ``None``."""
        known = self._young.get(row)
        if known is None and (known := self._old.get(row)) is not None:
            self._keep(row, known)
        return known[2] if known is not None and known[0] == body and known[1] is kind else None

    def keep(self, row: tuple[str, str], kind: type, body: bytes, record: object) -> None:
        """Remember a record, which nobody can change."""
        self._keep(row, (bytes(body), kind, record))

    def forget(self) -> None:
        """Remember nothing any more."""
        self._young, self._old = {}, {}

    def _keep(self, row: tuple[str, str], known: tuple[bytes, type, object]) -> None:
        if len(self._young) >= self._most:
            self._old, self._young = self._young, {}
        self._young[row] = known
