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
from medoffice.ports.store import StoreError

_MOST: Final = 1000
"""A store that is gone for a day makes some hundred desk calls; a full list drops new ones, and notes it."""


class Owed(Protocol):
    """Something that the office is to be told."""

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
            if len(self._items) < _MOST:
                self._items.append(item)
                return
        note(Event.BACKLOG_FULL, logging.ERROR)

    def deliver(self, reception: Reception) -> None:
        """Send what there is, oldest first, until the office refuses one; never raises."""
        delivered = 0
        while True:
            with self._lock:
                if not self._items:
                    break
                item = self._items.popleft()
            try:
                item.send(reception)
            except StoreError as trouble:
                with self._lock:
                    self._items.appendleft(item)
                note(Event.OFFICE_REFUSED, logging.WARNING, kind=type(trouble), left=len(self._items))
                break
            except Exception as trouble:  # noqa: BLE001  one that can never be taken must not hold up the others
                note(Event.UNFORESEEN, logging.ERROR, kind=type(trouble))
                continue
            delivered += 1
        if delivered:
            note(Event.BACKLOG_DELIVERED, count=delivered)
