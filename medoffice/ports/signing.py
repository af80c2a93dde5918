"""Signatures on the codes that patients carry."""

from typing import Protocol


class Signer(Protocol):
    """Signs with one key, known by a number from 0 to 255."""

    @property
    def key_id(self) -> int:
        """The number by which verifiers know the key."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature of a message: 64 bytes (RFC 8032)."""
        ...


class Verifier(Protocol):
    """Checks signatures against the keys that the office trusts, and no others."""

    def verify(self, key_id: int, message: bytes, signature: bytes) -> bool:
        """Whether the signature is the key's over the message; ``False`` for an unknown key."""
        ...
