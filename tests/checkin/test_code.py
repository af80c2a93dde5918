"""The patient's code: what it says, and what it never lets pass."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medoffice.adapters.ed25519 import Ed25519Signer, Ed25519Verifier
from medoffice.checkin.code import (
    CLOCK_SKEW,
    LENGTH,
    CodeAccepted,
    CodeClaims,
    CodeRejected,
    Rejection,
    office_tag,
    read_code,
    write_code,
)
from medoffice.core.errors import InvalidValue
from medoffice.core.ids import OfficeId

OFFICE = OfficeId("northside")
SIGNER = Ed25519Signer(bytes(range(32)), 7)
VERIFY = Ed25519Verifier.of(SIGNER).verify
NOON = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)

seconds = st.integers(0, 2**32 - 1).map(lambda number: datetime.fromtimestamp(number, UTC))
claims = st.builds(
    CodeClaims,
    key_id=st.just(7),
    office=st.just(office_tag(OFFICE)),
    expires=seconds,
    jti=st.binary(min_size=16, max_size=16),
    handle=st.binary(min_size=16, max_size=16),
)
GOOD = CodeClaims(
    key_id=7, office=office_tag(OFFICE), expires=NOON, jti=bytes(range(16)), handle=bytes(range(16, 32))
)
TEXT = write_code(GOOD, SIGNER.sign).encode()


def read(data: bytes, *, now: datetime = NOON, office: OfficeId = OFFICE) -> CodeAccepted | CodeRejected:
    return read_code(data, office=office, verify=VERIFY, now=now)


@given(claims)
def test_a_code_reads_back_as_it_was_written(said: CodeClaims) -> None:
    """Writing and reading give the same claims, in 142 characters that a scanner can type."""
    text = write_code(said, SIGNER.sign)
    assert len(text) == LENGTH
    assert text.isascii()
    assert read(text.encode(), now=said.expires) == CodeAccepted(said)


@pytest.mark.parametrize("bit", range(106 * 8))
def test_no_single_bit_may_be_turned(bit: int) -> None:
    """Each of the 848 bits of the token matters."""
    token = bytearray(urlsafe_b64decode(TEXT + b"=="))
    token[bit // 8] ^= 1 << (bit % 8)
    assert isinstance(read(urlsafe_b64encode(bytes(token)).rstrip(b"=")), CodeRejected)


@given(st.integers(0, LENGTH - 1), st.integers(0, 255))
def test_no_other_text_stands_for_the_same_code(place: int, character: int) -> None:
    """One text a code: any changed character is refused, also those that base64 would pass over."""
    changed = TEXT[:place] + bytes([character]) + TEXT[place + 1 :]
    if changed != TEXT:
        assert isinstance(read(changed), CodeRejected)


def test_the_four_spare_bits_of_the_last_character_are_nothing() -> None:
    """142 characters hold four bits more than the token; a text that uses them is not a code."""
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = alphabet.index(TEXT[-1:])
    assert last % 16 == 0
    for spare in range(1, 16):
        assert read(TEXT[:-1] + alphabet[last + spare : last + spare + 1]) == CodeRejected(
            Rejection.NOT_A_CODE
        )


@given(st.binary(max_size=400))
def test_anything_may_be_scanned(data: bytes) -> None:
    """Whatever a scanner reads, the answer is an answer."""
    assert read(data) == CodeRejected(Rejection.NOT_A_CODE)


@pytest.mark.parametrize(
    "around",
    [b" %s", b"%s ", b"%s\n", b"%s==", b"%s=", b"https://x.example/%s", b"%s%s"],
    ids=["space before", "space after", "line end", "padding", "one pad", "in an address", "twice"],
)
def test_nothing_may_stand_around_a_code(around: bytes) -> None:
    """A code is the whole text, not a part of it."""
    assert read(around.replace(b"%s", TEXT)) == CodeRejected(Rejection.NOT_A_CODE)


def test_a_code_ends_with_its_expiry_and_a_minute() -> None:
    """The clock may be a minute off and no more."""
    assert isinstance(read(TEXT, now=NOON + CLOCK_SKEW), CodeAccepted)
    late = NOON + CLOCK_SKEW + timedelta(seconds=1)
    assert read(TEXT, now=late) == CodeRejected(Rejection.EXPIRED)


def test_another_office_s_code_is_told_apart() -> None:
    """A genuine code of another office with the same keys is refused as such."""
    assert read(TEXT, office=OfficeId("southside")) == CodeRejected(Rejection.OTHER_OFFICE)


def test_a_forged_code_learns_nothing() -> None:
    """Without a good signature neither the office nor the expiry is judged."""
    forged = write_code(GOOD, Ed25519Signer(bytes(32), 7).sign).encode()
    long_after = NOON + timedelta(days=400)
    assert read(forged) == CodeRejected(Rejection.FORGED)
    assert read(forged, now=long_after, office=OfficeId("southside")) == CodeRejected(Rejection.FORGED)


def test_an_unknown_key_signs_nothing() -> None:
    """Keys that the office does not trust are as good as none."""
    stranger = Ed25519Signer(bytes(32), 8)
    claims_of_8 = CodeClaims(
        key_id=8, office=GOOD.office, expires=GOOD.expires, jti=GOOD.jti, handle=GOOD.handle
    )
    assert read(write_code(claims_of_8, stranger.sign).encode()) == CodeRejected(Rejection.FORGED)


def test_the_secrets_of_a_code_are_in_no_repr() -> None:
    """A log of the claims shows neither the handle nor the one-time id."""
    shown = repr(CodeAccepted(GOOD))
    assert repr(GOOD.jti) not in shown
    assert repr(GOOD.handle) not in shown


@pytest.mark.parametrize(
    "changes",
    [{"key_id": 256}, {"key_id": -1}, {"office": b"abc"}, {"jti": b""}, {"handle": bytes(17)}],
)
def test_claims_that_do_not_fit_cannot_be_made(changes: dict[str, object]) -> None:
    """Lengths and ranges are checked before anything is signed."""
    fields: dict[str, object] = {
        "key_id": 7,
        "office": GOOD.office,
        "expires": NOON,
        "jti": GOOD.jti,
        "handle": GOOD.handle,
    }
    with pytest.raises(InvalidValue):
        CodeClaims(**{**fields, **changes})  # type: ignore[arg-type]


def test_an_expiry_has_whole_seconds() -> None:
    """What cannot be written in the code cannot be claimed."""
    with pytest.raises(InvalidValue):
        CodeClaims(
            key_id=7,
            office=GOOD.office,
            expires=NOON.replace(microsecond=1),
            jti=GOOD.jti,
            handle=GOOD.handle,
        )


def test_a_signature_has_64_bytes() -> None:
    """A signer that returns something else is found out at once."""
    with pytest.raises(InvalidValue):
        write_code(GOOD, lambda _: b"short")
