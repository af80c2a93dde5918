"""One recall as the facts leave it, and the bookings that may answer it."""

from datetime import date

import attrs

from medoffice.core import PatientId
from medoffice.scheduling.recalls.facts import RecallTried


@attrs.frozen(order=True)
class RecallKey:
    """One patient under one rule."""

    patient: PatientId
    rule: str


@attrs.frozen(kw_only=True)
class Recall:
    """Since which day it is open and when it is due (both empty when nothing is owed), and every try.

    ``new_tries`` are those that count against the limit: since it was opened or its visit fell through.
    """

    key: RecallKey
    since: date | None = None
    due: date | None = None
    tried: tuple[RecallTried, ...] = ()
    new_tries: int = 0
    is_declined: bool = False
    is_ended: bool = False


@attrs.frozen(kw_only=True)
class Booking:
    """A visit to come, or one of which nobody has said yet what became of it."""

    patient: PatientId
    kind: str
    day: date
