"""The code that a patient carries: a signed one-time token of 106 bytes that says nothing about them.

Layout (big-endian): version (1), key number (1), office tag (4), expiry in seconds since 1970 (4), one-time id (16),
handle (16), Ed25519 signature over all that (64; RFC 8032). As text it is base64url without padding (RFC 4648,
section 5): exactly 142 characters. The handle is random and means something only to the office's own store, so
neither the code nor a picture of it holds PHI; having it is one identifier, and never enough alone.

Reading is strict: one length, one alphabet, one way to write each token. Python's own base64 decoder skips characters
that it does not know, which would let many texts stand for one code.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import Enum
from hashlib import sha256
from struct import Struct
from typing import Final

import attrs

from medoffice.core.errors import InvalidValue
from medoffice.core.ids import OfficeId
from medoffice.core.times import as_instant

VERSION: Final = 1
LENGTH: Final = 142
"""Characters of a code's text."""
CLOCK_SKEW: Final = timedelta(seconds=60)
"""How far the kiosk's clock may be ahead of the one that set the expiry."""

_CLAIMS: Final = Struct(">BB4sI16s16s")
_SIGNATURE_BYTES: Final = 64
_TEXT: Final = rb"[A-Za-z0-9_-]{142}"
_LATEST: Final = 2**32 - 1


def office_tag(office: OfficeId) -> bytes:
    """Four bytes that tell one office's codes from another's: the start of the SHA-256 of its id."""
    return sha256(office.value.encode("ascii")).digest()[:4]


def _bytes_of(length: int) -> "Callable[[object, attrs.Attribute[bytes], bytes], None]":
    def check(_: object, attribute: "attrs.Attribute[bytes]", value: bytes) -> None:
        if not isinstance(value, bytes) or len(value) != length:
            raise InvalidValue("visit code", f"its {attribute.name} has {length} bytes")

    return check


@attrs.frozen(kw_only=True)
class CodeClaims:
    """What a code says: who signed it, for which office, until when (whole seconds), its one-time id and handle."""

    key_id: int
    office: bytes = attrs.field(validator=_bytes_of(4))
    expires: datetime = attrs.field(converter=as_instant)
    jti: bytes = attrs.field(validator=_bytes_of(16), repr=False)
    handle: bytes = attrs.field(validator=_bytes_of(16), repr=False)

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.key_id <= 255:  # noqa: PLR2004
            raise InvalidValue("visit code", "key numbers run from 0 to 255")
        if self.expires.microsecond or not 0 <= self.expires.timestamp() <= _LATEST:
            raise InvalidValue("visit code", "its expiry is a whole second between 1970 and 2106")

    @property
    def message(self) -> bytes:
        """The 42 bytes that are signed."""
        return _CLAIMS.pack(
            VERSION, self.key_id, self.office, int(self.expires.timestamp()), self.jti, self.handle
        )


class Rejection(Enum):
    """Why a text that was read is not a good code. None of these tells anything about a patient."""

    NOT_A_CODE = "not-a-code"
    """Some other QR code, or a torn one."""
    OTHER_OFFICE = "other-office"
    FORGED = "forged"
    """The signature does not fit, or the key is not one of ours."""
    EXPIRED = "expired"


@attrs.frozen
class CodeAccepted:
    """The code is genuine, ours and in date. Whether it was used before, only the store knows."""

    claims: CodeClaims


@attrs.frozen
class CodeRejected:
    """The code is of no use, and why."""

    reason: Rejection


def write_code(claims: CodeClaims, sign: Callable[[bytes], bytes]) -> str:
    """The text of a code: 142 characters, fit for a QR code in byte mode.

    Raises:
        InvalidValue: when ``sign`` does not return 64 bytes.
    """
    signature = sign(claims.message)
    if len(signature) != _SIGNATURE_BYTES:
        raise InvalidValue("signature", "an Ed25519 signature has 64 bytes")
    return urlsafe_b64encode(claims.message + signature).rstrip(b"=").decode("ascii")


def read_code(
    data: bytes,
    *,
    office: OfficeId,
    verify: Callable[[int, bytes, bytes], bool],
    now: datetime,
) -> CodeAccepted | CodeRejected:
    """Judge what a scanner read.

    ``verify(key_id, message, signature)`` answers whether a trusted key signed the message. The signature is
    judged before the office and the expiry, so a forged text learns nothing about either.
    """
    if re.fullmatch(_TEXT, data) is None:
        return CodeRejected(Rejection.NOT_A_CODE)
    token = urlsafe_b64decode(data + b"==")
    if urlsafe_b64encode(token).rstrip(b"=") != data or token[0] != VERSION:
        return CodeRejected(Rejection.NOT_A_CODE)
    message, signature = token[: _CLAIMS.size], token[_CLAIMS.size :]
    _, key_id, tag, seconds, jti, handle = _CLAIMS.unpack(message)
    if not verify(key_id, message, signature):
        return CodeRejected(Rejection.FORGED)
    if tag != office_tag(office):
        return CodeRejected(Rejection.OTHER_OFFICE)
    expires = datetime.fromtimestamp(seconds, UTC)
    if as_instant(now) > expires + CLOCK_SKEW:
        return CodeRejected(Rejection.EXPIRED)
    return CodeAccepted(CodeClaims(key_id=key_id, office=tag, expires=expires, jti=jti, handle=handle))
