"""Signing check-in codes with Ed25519 (RFC 8032).

The office signs; a kiosk only needs the public keys, so a stolen kiosk cannot make codes.
"""

from collections.abc import Mapping
from typing import Self

import attrs
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def _private_key(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


def _public_keys(raw: Mapping[int, bytes]) -> dict[int, Ed25519PublicKey]:
    return {number: Ed25519PublicKey.from_public_bytes(key) for number, key in raw.items()}


@attrs.frozen
class Ed25519Signer:
    """Signs with the private key that ``seed`` gives; ``key_id`` is the number that codes carry for it.

    Raises:
        ValueError: when the seed is not 32 bytes long.
    """

    _key: Ed25519PrivateKey = attrs.field(alias="seed", converter=_private_key, repr=False, eq=False)
    key_id: int

    @property
    def public_key(self) -> bytes:
        """The 32 bytes that a verifier needs."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature; the same message always gives the same one."""
        return self._key.sign(message)


@attrs.frozen
class Ed25519Verifier:
    """Checks signatures against public keys (32 bytes each) by number; an unlisted number never verifies.

    Raises:
        ValueError: when a public key is not 32 bytes long.
    """

    _keys: Mapping[int, Ed25519PublicKey] = attrs.field(
        alias="public_keys", converter=_public_keys, repr=False, eq=False
    )

    @classmethod
    def of(cls, *signers: Ed25519Signer) -> Self:
        """A verifier of what these signers sign."""
        return cls({signer.key_id: signer.public_key for signer in signers})

    def knows(self, key_id: int) -> bool:
        """Whether a key of that number is listed."""
        return key_id in self._keys

    def verify(self, key_id: int, message: bytes, signature: bytes) -> bool:
        """Whether the signature was made for this very message with the key of that number."""
        key = self._keys.get(key_id)
        if key is None:
            return False
        try:
            key.verify(signature, message)
        except InvalidSignature:
            return False
        return True
