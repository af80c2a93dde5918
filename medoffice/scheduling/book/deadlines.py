"""When running holds and open offers end, soonest first."""

from collections.abc import Iterator
from datetime import datetime
from heapq import heappop, heappush

from medoffice.scheduling.book.events import Event, OfferMade, TimeHeld
from medoffice.scheduling.book.ids import HoldId, OfferId
from medoffice.scheduling.book.state import Records

_OFFER, _HOLD = 0, 1
"""Of two ends at one instant the offer's comes first, because the hold carries it."""


class Deadlines:
    """A queue of ends beside the records; what has changed since it was queued is passed over."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._queue: list[tuple[datetime, int, str]] = []
        for hold in records.holds.values():
            if hold.is_occupying:
                self._push(hold.until, _HOLD, hold.id)
        for offer in records.offers.values():
            if offer.is_open:
                self._push(offer.until, _OFFER, offer.id)

    def note(self, event: Event) -> None:
        """Queue the end of what a fact begins or makes longer."""
        if isinstance(event, TimeHeld):
            self._push(event.hold.until, _HOLD, event.hold.id)
        elif isinstance(event, OfferMade):
            self._push(event.offer.until, _OFFER, event.offer.id)
            self._push(self._records.holds[event.offer.hold].until, _HOLD, event.offer.hold)

    def due(self, now: datetime) -> Iterator[HoldId | OfferId]:
        """What has run out by ``now``, each once; it leaves the queue, so whoever asks also notes it."""
        seen: set[str] = set()
        while self._queue and self._queue[0][0] <= now:
            until, kind, id_ = heappop(self._queue)
            if kind == _OFFER:
                offer = self._records.offers[OfferId(id_)]
                if offer.is_open and offer.until == until:
                    yield offer.id
            else:
                hold = self._records.holds[HoldId(id_)]
                if hold.is_occupying and hold.until == until and id_ not in seen:
                    seen.add(id_)
                    yield hold.id

    def _push(self, until: datetime, kind: int, id_: HoldId | OfferId) -> None:
        heappush(self._queue, (until, kind, id_.value))
