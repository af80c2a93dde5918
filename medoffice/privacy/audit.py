"""The audit trail: who did what to which record, chained so that a quiet edit shows.

Each row's digest is HMAC-SHA256 under the office's audit key, over the digest before it and the row itself, so a row
that is changed, removed or put elsewhere breaks the chain from there on, and somebody without the key cannot mend it.
Cutting rows off the end leaves a shorter chain that is whole: to see that, keep the last digest in a second place and
hand it to :func:`verify_audit`.

45 CFR 164.312(b) asks for a record of activity in systems that hold electronic PHI. Rows name records by opaque id
and hold no PHI.
"""

import hmac
import re
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Final

import attrs

from medoffice.core.errors import InvalidValue
from medoffice.core.findings import Cite, Finding, Severity
from medoffice.core.ids import ActorId
from medoffice.core.times import as_instant

GENESIS: Final = bytes(32)
"""What stands before the first row."""

_WORD: Final = r"[a-z0-9][a-z0-9._:-]{0,127}"


def _opaque_word(_: object, attribute: "attrs.Attribute[str]", value: str) -> None:
    if re.fullmatch(_WORD, value, re.ASCII) is None:
        raise InvalidValue(
            "audit entry", f"its {attribute.name} is an opaque word without spaces or capitals"
        )


@attrs.frozen(kw_only=True)
class AuditEntry:
    """One thing that was done or tried: at (UTC), by whom, what, to which record, and how it ended.

    ``action``, ``subject`` and ``outcome`` are words of a-z, digits and ``. _ : -``: no free text, so no PHI.
    """

    at: datetime = attrs.field(converter=as_instant)
    actor: ActorId
    action: str = attrs.field(validator=_opaque_word)
    subject: str = attrs.field(validator=_opaque_word)
    outcome: str = attrs.field(default="done", validator=_opaque_word)


@attrs.frozen(kw_only=True)
class AuditRow:
    """An entry in its place: ``seq`` counts from 1 without a gap; ``digest`` has 32 bytes."""

    seq: int
    entry: AuditEntry
    digest: bytes


def audit_digest(previous: bytes, seq: int, entry: AuditEntry, *, key: bytes) -> bytes:
    """The digest (32 bytes) of row ``seq``, which follows the row with digest ``previous``."""
    words = (
        str(seq),
        entry.at.isoformat(timespec="microseconds"),
        entry.actor.value,
        entry.action,
        entry.subject,
        entry.outcome,
    )
    return hmac.digest(key, previous + "\n".join(words).encode("ascii"), sha256)


def verify_audit(
    rows: Iterable[AuditRow], *, key: bytes, expected_head: bytes | None = None
) -> tuple[Finding, ...]:
    """What is wrong with a whole trail, first row first; nothing when it is as it was written.

    ``expected_head`` is the digest of the last row as it was noted elsewhere; without it, rows cut off the end
    are not seen. Reading stops at the first break, since nothing after it can be judged.
    """
    previous, seq, heads = GENESIS, 0, {GENESIS}
    for row in rows:
        seq += 1
        if row.seq != seq or not hmac.compare_digest(
            audit_digest(previous, row.seq, row.entry, key=key), row.digest
        ):
            return (_broken(f"the audit trail was changed at or before row {row.seq}", f"row {row.seq}"),)
        previous = row.digest
        heads.add(previous)
    if expected_head is not None and expected_head not in heads:
        return (_broken("the audit trail ends before a row that was noted elsewhere", f"after row {seq}"),)
    return ()


def _broken(message: str, where: str) -> Finding:
    return Finding(
        code="AUD001",
        severity=Severity.ERROR,
        message=message,
        where=where,
        fix="Keep the store as it is, and compare it with the last back-up before anything is written to it.",
        cites=(Cite("45 CFR", "164.312(b) and (c)(1)"),),
    )
