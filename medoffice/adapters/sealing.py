"""Sealing single fields, and finding them again without opening them.

A field is encrypted with AES-256-GCM-SIV (RFC 8452), which stays safe even if a nonce should come twice, and is bound
to its place: moved to another row, column or table it does not open. What must be searched for is stored beside it
as a keyed hash (a blind index), which tells equal from different to those who hold the key, and nothing to others.
"""

import hmac
import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from medoffice.core.errors import MedofficeError

_NONCE: Final = 12
_TAG: Final = 16
_DOMAIN: Final = "medoffice.sealed.1"
_KEY_BYTES: Final = 32


class SealBroken(MedofficeError):
    """A sealed field does not open: it was changed, moved to another place, or sealed with another key."""


class UnknownSealingKey(SealBroken):
    """A field was sealed with a key whose number is not among those given."""


@attrs.frozen(kw_only=True)
class Place:
    """Where a sealed field stands."""

    table: str
    column: str
    row: str


def _frozen(keys: Mapping[int, bytes]) -> Mapping[int, bytes]:
    return MappingProxyType(dict(keys))


@attrs.frozen
class Sealer:
    """Seals with the key numbered ``current``, and opens what any of the keys has sealed.

    ``keys`` maps a number from 0 to 255, which stands in front of each sealed field, to 32 bytes.
    """

    _keys: Mapping[int, bytes] = attrs.field(repr=False, converter=_frozen)
    current: int = 1

    def __attrs_post_init__(self) -> None:
        if self.current not in self._keys:
            raise ValueError("the current sealing key is not among the keys")
        if any(not 0 <= number <= 255 or len(key) != _KEY_BYTES for number, key in self._keys.items()):  # noqa: PLR2004
            raise ValueError("a sealing key has a number from 0 to 255 and 32 bytes")

    def seal(self, plain: bytes, place: Place) -> bytes:
        """Key number (1 byte), nonce (12), ciphertext (as long as ``plain``), tag (16)."""
        nonce = os.urandom(_NONCE)
        return (
            bytes([self.current]) + nonce + self._cipher(self.current).encrypt(nonce, plain, _bound_to(place))
        )

    def open(self, sealed: bytes, place: Place) -> bytes:
        """What was sealed at this place.

        Raises:
            UnknownSealingKey: when the key that it names was not given.
            SealBroken: when a single bit of it, or the place, is not the same.
        """
        if len(sealed) < 1 + _NONCE + _TAG:
            raise SealBroken(f"a sealed field of {place.table}.{place.column} is too short to be one")
        if sealed[0] not in self._keys:
            raise UnknownSealingKey(f"{place.table}.{place.column} needs sealing key number {sealed[0]}")
        nonce, rest = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        try:
            return self._cipher(sealed[0]).decrypt(nonce, rest, _bound_to(place))
        except InvalidTag:
            problem = (
                f"a sealed field of {place.table}.{place.column} does not open; restore it from a backup"
            )
            raise SealBroken(problem) from None

    def _cipher(self, number: int) -> AESGCMSIV:
        return AESGCMSIV(self._keys[number])


@attrs.frozen
class BlindIndex:
    """Turns what is searched for into a keyed hash: HMAC-SHA256 under a key of its own."""

    _key: bytes = attrs.field(repr=False)

    def __attrs_post_init__(self) -> None:
        if len(self._key) != _KEY_BYTES:
            raise ValueError("the key of a blind index is 32 bytes long")

    def of(self, kind: str, *parts: str) -> bytes:
        """32 bytes for these parts in this order; the caller brings their spelling to one form first."""
        return hmac.digest(self._key, _framed("medoffice.index.1", kind, *parts), "sha256")


def _bound_to(place: Place) -> bytes:
    return _framed(_DOMAIN, place.table, place.column, place.row)


def _framed(*parts: str) -> bytes:
    """The parts with their lengths, so that no two lists of parts give the same bytes."""
    encoded = [part.encode("utf-8") for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)
