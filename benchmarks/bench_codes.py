"""The code that a patient carries: how long it is, and what writing and reading it costs beside other tokens.

All tokens say the same (a key's number, an office, an expiry, a one-time id, a handle) and all are signed with Ed25519,
so the bare signature is the floor: no token can be faster. A shorter token makes a QR code with fewer, larger modules.
"""

import json
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import attrs
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from benchmarks.peers import NoPeer, peer
from benchmarks.timing import interleaved, show, table
from medoffice.adapters.ed25519 import Ed25519Signer, Ed25519Verifier
from medoffice.checkin.code import CodeAccepted, CodeClaims, office_tag, read_code, write_code
from medoffice.core.ids import OfficeId

ROUNDS, CALLS = 100, 25
OFFICE = OfficeId("northside")
NOW = datetime(2026, 11, 24, 14, tzinfo=UTC)
FLOOR = "bare Ed25519"


@attrs.frozen(kw_only=True)
class Token:
    """One way to say it: writing, reading (true when the token is good), and what it looks like."""

    write: Callable[[], object]
    read: Callable[[], bool]
    text: str = ""


def base64(data: bytes) -> str:
    """As every one of these tokens writes bytes."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def said(claims: CodeClaims) -> dict[str, object]:
    """The claims in JSON's terms, with names as short as they can be; the key's number stands elsewhere."""
    return {
        "o": base64(claims.office),
        "exp": int(claims.expires.timestamp()),
        "jti": base64(claims.jti),
        "h": base64(claims.handle),
    }


def of_medoffice(claims: CodeClaims, seed: bytes) -> Token:
    """The visit code."""
    signer = Ed25519Signer(seed, claims.key_id)
    verifier = Ed25519Verifier.of(signer)
    text = write_code(claims, signer.sign)
    data = text.encode()
    return Token(
        write=lambda: write_code(claims, signer.sign),
        read=lambda: isinstance(
            read_code(data, office=OFFICE, verify=verifier.verify, now=NOW), CodeAccepted
        ),
        text=text,
    )


def bare(claims: CodeClaims, key: Ed25519PrivateKey) -> Token:
    """The signature alone, over the 42 bytes that the visit code signs."""
    message, public = claims.message, key.public_key()
    signature = key.sign(message)

    def read() -> bool:
        public.verify(signature, message)
        return True

    return Token(write=lambda: key.sign(message), read=read)


def of_jwt(claims: CodeClaims, key: Ed25519PrivateKey) -> Token:
    """RFC 7519 with EdDSA (RFC 8037), by PyJWT."""
    jwt = peer("jwt", "PyJWT")
    public, keys = key.public_key(), {"kid": str(claims.key_id)}

    def write() -> str:
        return str(jwt.encode(said(claims), key, algorithm="EdDSA", headers=keys))

    text = write()

    def read() -> bool:
        found = jwt.decode(text, public, algorithms=["EdDSA"], options={"verify_exp": False})
        return bool(found["o"] == base64(office_tag(OFFICE)) and found["exp"] > NOW.timestamp())

    return Token(write=write, read=read, text=text)


def of_paseto(claims: CodeClaims, key: Ed25519PrivateKey) -> Token:
    """PASETO v4.public, by pyseto."""
    pyseto = peer("pyseto", "pyseto")
    private = pyseto.Key.new(
        version=4,
        purpose="public",
        key=key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )
    public = pyseto.Key.new(
        version=4,
        purpose="public",
        key=key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    )
    footer = json.dumps({"kid": str(claims.key_id)}, separators=(",", ":")).encode()

    def write() -> bytes:
        payload = json.dumps(said(claims), separators=(",", ":")).encode()
        return bytes(pyseto.encode(private, payload, footer))

    token = write()

    def read() -> bool:
        found = json.loads(pyseto.decode(public, token).payload)
        return bool(found["o"] == base64(office_tag(OFFICE)) and found["exp"] > NOW.timestamp())

    return Token(write=write, read=read, text=token.decode())


def main() -> None:
    """Measure and print."""
    seed = secrets.token_bytes(32)
    key = Ed25519PrivateKey.from_private_bytes(seed)
    claims = CodeClaims(
        key_id=1,
        office=office_tag(OFFICE),
        expires=NOW + timedelta(days=2),
        jti=secrets.token_bytes(16),
        handle=secrets.token_bytes(16),
    )
    tokens = {FLOOR: bare(claims, key), "medoffice": of_medoffice(claims, seed)}
    with suppress(NoPeer):
        tokens["JWT (PyJWT)"] = of_jwt(claims, key)
    with suppress(NoPeer):
        tokens["PASETO (pyseto)"] = of_paseto(claims, key)
    rows = []
    for name, token in tokens.items():
        if token.text:
            code = segno.make_qr(token.text, error="m", boost_error=False)
            modules = code.symbol_size(border=0)[0]
            rows.append((name, len(token.text), modules, "yes" if token.read() else "NO"))
    table(("size", "characters", "QR modules a side (level M)", "reads its own"), rows)
    print("Writing:")
    show(
        interleaved({name: token.write for name, token in tokens.items()}, rounds=ROUNDS, calls=CALLS),
        unit="µs",
        beside=FLOOR,
    )
    print("Reading, every check made:")
    show(
        interleaved({name: token.read for name, token in tokens.items()}, rounds=ROUNDS, calls=CALLS),
        unit="µs",
        beside=FLOOR,
    )


if __name__ == "__main__":
    main()
