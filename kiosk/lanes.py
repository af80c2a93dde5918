"""Work off the screen's thread, one piece after the other."""

import logging
import queue
import threading
from collections.abc import Callable
from typing import Protocol

from kiosk.journal import Event, note

Work = Callable[[], None]


class Lane(Protocol):
    """Carries out pieces of work in the order in which they came, elsewhere; never blocks the giver."""

    def put(self, work: Work) -> None:
        """Have ``work`` done after what was put before."""
        ...


class ThreadLane:
    """One thread and a queue.

    Work is expected to handle its own troubles; what it raises nevertheless ends nothing and is noted by type.
    """

    def __init__(self, name: str) -> None:
        self._work: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        # A daemon only so that a device which never answers cannot keep the program alive; close() joins.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(self, work: Work) -> None:
        """See :class:`Lane`."""
        self._work.put(work)

    def close(self, *, patience: float = 5.0) -> bool:
        """Finish what was put, then end; whether that was done within ``patience`` seconds."""
        self._work.put(None)
        self._thread.join(patience)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            try:
                work()
            except Exception as trouble:  # noqa: BLE001  the kiosk goes on, whatever a device or store raises
                note(Event.UNFORESEEN, logging.ERROR, kind=type(trouble))
