"""What the waitlist gave is booked: the patient has the earlier time, and the one given up for it goes to the list."""

from datetime import datetime, timedelta
from typing import Final

import attrs

from medoffice.core.ids import AppointmentId, ResourceId
from medoffice.core.outcomes import Refused
from medoffice.office.book.book_keeping import keep, open_book
from medoffice.office.book.calendar import calendar_of
from medoffice.office.book.decisions import Booking
from medoffice.office.visits.freed_time import EARLIER_VISIT, freed_by, named_for
from medoffice.ports.ids import IdSource
from medoffice.ports.store import Transaction
from medoffice.scheduling.book import Party
from medoffice.scheduling.hours import Weekly, WeeklyTemplate
from medoffice.scheduling.outcomes import Booked, Moved
from medoffice.scheduling.replan.displaced import MOVABLE
from medoffice.scheduling.waitlist import Filled, Waitlist
from medoffice.wire.json import encode

_ANY: Final = ResourceId("any")
_HALF_A_DAY: Final = timedelta(hours=12)


class GivenAway(Exception):
    """The book refuses what the waitlist gave: the whole transaction is undone."""

    def __init__(self, refused: Refused) -> None:
        super().__init__()
        self.refused = refused


def give(
    tx: Transaction, to: Booking, waitlist: Waitlist, filled: Filled, *, now: datetime, ids: IdSource
) -> Booked | Moved:
    """Book what the list gave, and open the time that the patient gives up for it.

    A visit that has begun, or is over, is not given up.

    Raises:
        GivenAway: when the book refuses it.
    """
    calendar = calendar_of(tx, to.settings.zone)
    old = [each for each in map(tx.appointment, filled.frees) if each.status in MOVABLE]
    book = open_book(
        tx,
        calendar=calendar,
        policy=attrs.evolve(to.policy, notice_minutes=0),
        around=filled.time.widened(before=_HALF_A_DAY, after=_HALF_A_DAY),
        appointments=tuple(each.id for each in old),
    )
    outcome: Booked | Moved | Refused
    named, start = named_for(calendar, filled), filled.time.start
    if len(old) == 1 and old[0].visit_type == filled.visit and old[0].modality is filled.modality:
        outcome = book.move(old[0].id, start, now=now, resources=named, by=to.by)
    else:
        for each in old:
            book.cancel(each.id, now=now, reason=EARLIER_VISIT, party=Party.OFFICE, by=to.by)
        outcome = book.book(
            filled.visit,
            start,
            id=ids.new(AppointmentId),
            patient=filled.entry.patient,
            now=now,
            resources=named,
            modality=filled.modality,
            location=filled.freed.location,
            new_patient=filled.entry.is_new_patient,
            by=to.by,
        )
    if isinstance(outcome, Refused):
        raise GivenAway(outcome)
    keep(tx, book)
    for each in old:
        freed = freed_by(calendar, attrs.evolve(each, revision=each.revision + 1), now)
        if freed.start > now and not each.is_group:
            waitlist.open(freed, now=now)
    return outcome


def text_of(times: Weekly | None) -> str:
    """Wished hours as a text, the same in every process; empty for none."""
    if times is None:
        return ""
    return encode(
        WeeklyTemplate(
            resource=_ANY,
            zone=times.zone,
            hours=times.hours,
            effective=times.effective,
            every=times.every,
        )
    ).decode()
