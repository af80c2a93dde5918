"""Sending a command again, under the same key, when the office is only busy."""

from collections.abc import Callable
from typing import Final, TypeVar

import attrs

from kiosk.journal import Event, note
from medoffice.ports.store import StoreBusy, StoreUnavailable

T = TypeVar("T")

_PASSING: Final = frozenset({StoreBusy, StoreUnavailable})
"""Troubles that may pass by themselves. A full disk or a wrong key does not."""


@attrs.frozen(kw_only=True)
class Patience:
    """How long to wait before each further attempt, in seconds, and how to wait.

    All together 2 seconds: less than the 5 after which a patient is told that it takes longer.
    """

    pauses: tuple[float, ...] = (0.1, 0.4, 1.5)
    wait: Callable[[float], object]

    def insist(self, command: Callable[[], T]) -> T:
        """What ``command`` returns in the end; it bears its idempotency key, so sending it again is safe.

        Raises:
            StoreError: the last attempt's, or at once one that waiting does not cure.
        """
        for pause in self.pauses:
            try:
                return command()
            except (StoreBusy, StoreUnavailable) as trouble:
                if type(trouble) not in _PASSING:
                    raise
                note(Event.OFFICE_RETRIED, kind=type(trouble))
                self.wait(pause)
        return command()
