"""Commands that are carried out once, and that cannot happen without a row in the audit trail.

A command bears an actor and an idempotency key. Its change, its audit row and its outcome are written in one
transaction; when the same key comes again (a kiosk that lost power before it heard the answer), the kept outcome is
given again and nothing else happens.
"""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import TypeVar, cast

import attrs

from medoffice.core.errors import MedofficeError
from medoffice.core.ids import ActorId, CommandKey
from medoffice.core.phi import PhiClass, phi
from medoffice.ports.store import NoSuchRecord, RecordedOutcome, Store, Transaction
from medoffice.privacy.audit import AuditEntry
from medoffice.wire.json import decode_any, encode

T = TypeVar("T")


class KeyReused(MedofficeError):
    """The idempotency key was used before for another request; a new request needs a new key."""


@attrs.frozen(kw_only=True)
class Command:
    """Who asks, and under which key."""

    by: ActorId
    key: CommandKey


@attrs.frozen(kw_only=True)
class Asked:
    """A request as the audit trail and the idempotency record know it.

    ``subject`` is the record that the audit row names. ``parts`` are all that the request consists of, as texts:
    what was not chosen by the caller (a fresh id) is not among them, or a repeated request would look like another.
    They are kept as one SHA-256 digest only, which the store seals with the answer.
    """

    action: str
    subject: str
    parts: tuple[str, ...] = attrs.field(default=(), **phi(PhiClass.OTHER_UNIQUE))

    @property
    def digest(self) -> bytes:
        """32 bytes that tell this request from another under the same key."""
        whole = sha256()
        for part in (self.action, *self.parts):
            text = part.encode()
            whole.update(len(text).to_bytes(4, "big") + text)
        return whole.digest()


def once(
    store: Store,
    command: Command,
    asked: Asked,
    work: Callable[[Transaction], T],
    *,
    at: datetime,
    kinds: tuple[type, ...],
    ended: Callable[[T], str] = lambda _: "done",
    locks: tuple[str, ...] = (),
) -> T:
    """Carry a command out, or give again what came of it the first time.

    ``kinds`` are the types that an outcome may have; each is registered with :mod:`medoffice.wire.json`. ``ended`` is the
    word that the audit row has for an outcome. The key itself is a lock, so two copies of one command that arrive
    together are one.

    Raises:
        KeyReused: when the key was used for a request that was not this one.
        StoreError: when the store could not carry it out; nothing was changed.
    """

    def run(tx: Transaction) -> T:
        try:
            kept = tx.outcome(command.key)
        except NoSuchRecord:
            pass
        else:
            if kept.digest != asked.digest:
                raise KeyReused("this idempotency key belongs to another request")
            return cast(T, _one_of(kept.answer, kinds))
        outcome = work(tx)
        entry = AuditEntry(
            at=at, actor=command.by, action=asked.action, subject=asked.subject, outcome=ended(outcome)
        )
        tx.append_audit(entry)
        tx.add_outcome(RecordedOutcome(key=command.key, digest=asked.digest, answer=encode(outcome), at=at))
        return outcome

    return store.transact(run, locks=(f"command:{command.key}", *locks))


def _one_of(answer: bytes, kinds: tuple[type, ...]) -> object:
    value = decode_any(answer)
    if not isinstance(value, kinds):
        raise KeyReused("this idempotency key belongs to another kind of request")
    return value
