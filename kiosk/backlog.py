"""What the office could not take yet: how payments ended, and that somebody is wanted at the desk.

Each item bears its idempotency key, holds no PHI, and is sent again until the office has it, in the order in which
it came. The list lives in memory only; a payment that was asked for stays "asked" in the office's own store, so
nothing is forgotten when the kiosk loses power.
"""

import logging
from collections import deque
from threading import Lock
from typing import Final, Protocol

import attrs

from kiosk.journal import Event, note
from medoffice.checkin.records import TaskKind
from medoffice.core.ids import AppointmentId, CommandKey
from medoffice.ports.reception import Reception
from medoffice.ports.store import ConstraintBroken, NoSuchRecord, StoreError

_MOST: Final = 1000
"""A store that is gone for a day makes some hundred desk calls; more are dropped, and it is noted. Money never is."""


class Owed(Protocol):
    """Something that the office is to be told."""

    @property
    def key(self) -> CommandKey:
        """Its idempotency key."""
        ...

    @property
    def is_money(self) -> bool:
        """Whether it says what became of money; such an item is kept even when the list is full."""
        ...

    def is_void_after(self, trouble: Exception, /) -> bool:
        """Whether it need not be sent any more, once the office has refused it for a reason that will not pass."""
        ...

    def send(self, reception: Reception, /) -> None:
        """Tell it."""
        ...


@attrs.frozen(kw_only=True)
class DeskCall:
    """A task for the front desk."""

    key: CommandKey
    kind: TaskKind
    code: str
    appointment: AppointmentId | None = None

    @property
    def is_money(self) -> bool:
        """Never: the desk hears of money by what the office has written down."""
        return False

    def is_void_after(self, trouble: Exception) -> bool:  # noqa: ARG002  whatever it was
        """Always: sent again, it would only be refused again."""
        return True

    def send(self, reception: Reception) -> None:
        """Put it before the desk."""
        reception.call_desk(self.key, self.kind, self.code, self.appointment)


class Backlog:
    """A first-in, first-out list; safe to use from several threads."""

    def __init__(self) -> None:
        self._items: deque[Owed] = deque()
        self._lock = Lock()

    def __len__(self) -> int:
        with self._lock:
            return len(self._items)

    def add(self, item: Owed) -> None:
        """Keep ``item`` for later."""
        with self._lock:
            if item.is_money or sum(not each.is_money for each in self._items) < _MOST:
                self._items.append(item)
                return
        note(Event.BACKLOG_FULL, logging.ERROR)

    def deliver(self, reception: Reception) -> None:
        """Send what there is, oldest first, until the office can take nothing at all; never raises.

        What the office refuses for a reason of its own (there is no such record, the key is another's) does not hold
        up what comes after: it is dropped when it may be, else kept for the next time.
        """
        delivered = 0
        kept: list[Owed] = []
        while True:
            with self._lock:
                if not self._items:
                    break
                item = self._items.popleft()
            try:
                item.send(reception)
            except Exception as trouble:  # noqa: BLE001  whatever one item meets, the others must not suffer
                if _may_pass(trouble):
                    kept.append(item)
                    note(Event.OFFICE_REFUSED, logging.WARNING, kind=type(trouble), key=item.key)
                    break
                if item.is_void_after(trouble):
                    note(Event.BACKLOG_DROPPED, logging.ERROR, kind=type(trouble), key=item.key)
                else:
                    kept.append(item)
                    note(Event.OWED_TO_OFFICE, logging.ERROR, kind=type(trouble), key=item.key)
            else:
                delivered += 1
        with self._lock:
            self._items.extendleft(reversed(kept))
        if delivered:
            note(Event.BACKLOG_DELIVERED, count=delivered)


def _may_pass(trouble: Exception) -> bool:
    """Whether it is the store that cannot, rather than this one item that may not."""
    return isinstance(trouble, StoreError) and not isinstance(trouble, NoSuchRecord | ConstraintBroken)
