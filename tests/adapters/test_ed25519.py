"""Signatures: made by the office alone, checked by anyone with the public key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.adapters.ed25519 import Ed25519Signer, Ed25519Verifier

SIGNER = Ed25519Signer(bytes(range(32)), 7)
VERIFIER = Ed25519Verifier.of(SIGNER)


@given(st.binary(max_size=200))
def test_what_is_signed_verifies(message: bytes) -> None:
    """A signature holds for its message, and is 64 bytes long."""
    signature = SIGNER.sign(message)
    assert len(signature) == 64
    assert VERIFIER.verify(7, message, signature)


@given(st.binary(min_size=1, max_size=60), st.data())
def test_every_flipped_bit_is_refused(message: bytes, data: st.DataObject) -> None:
    """Neither message nor signature can be changed by a bit."""
    whole = bytearray(message + SIGNER.sign(message))
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    whole[bit // 8] ^= 1 << bit % 8
    assert not VERIFIER.verify(7, bytes(whole[:-64]), bytes(whole[-64:]))


def test_the_first_vector_of_rfc_8032() -> None:
    """Section 7.1, test 1: the empty message."""
    signer = Ed25519Signer(
        bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"), 1
    )
    assert signer.public_key.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert (
        signer.sign(b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")
    )


@pytest.mark.parametrize("signature", [b"", b"x", b"x" * 63, b"x" * 64, b"x" * 65])
def test_junk_is_refused_without_an_exception(signature: bytes) -> None:
    """A torn code is a plain no."""
    assert not VERIFIER.verify(7, b"message", signature)


def test_only_listed_keys_count() -> None:
    """An unknown key number, or another office's key under the same number, does not verify."""
    signature = SIGNER.sign(b"message")
    assert not VERIFIER.verify(8, b"message", signature)
    assert not Ed25519Verifier.of(Ed25519Signer(bytes(32), 7)).verify(7, b"message", signature)
    assert not Ed25519Verifier({}).verify(7, b"message", signature)
    assert (VERIFIER.knows(7), VERIFIER.knows(8)) == (True, False)


def test_no_repr_shows_the_seed() -> None:
    """The private key stays out of reprs."""
    assert "Private" not in repr(SIGNER)
    assert bytes(range(32)).hex() not in repr(SIGNER)


def test_a_seed_or_key_of_another_length_is_refused() -> None:
    """Both are 32 bytes."""
    with pytest.raises(ValueError, match="32"):
        Ed25519Signer(b"short", 1)
    with pytest.raises(ValueError, match="32"):
        Ed25519Verifier({1: b"short"})
