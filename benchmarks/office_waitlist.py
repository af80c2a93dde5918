"""Patients of the waitlist say yes while the process is killed again and again: facts, visits and list agree in the end.

    .venv/bin/python -m benchmarks.office_waitlist --store sqlcipher --kills 60

For each number somebody waits for an earlier time, a time of today is given back, the list offers it, the patient says yes
and is checked in, each step under a key of its own. A worker that is killed anywhere in between is followed by one that
sends all steps of that number again. Prints the line of ``benchmarks.crash``, and what the store has; ends with 1 when
anything was lost, doubled, or is told in two ways.
"""

import argparse
import json
import sys
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.crash import crash
from benchmarks.race import a_place_for
from medoffice.adapters.ed25519 import Ed25519Verifier
from medoffice.adapters.system import FixedClock, RandomIds
from medoffice.checkin.messages import AlreadyHere, CheckedIn
from medoffice.core import ActorId, AppointmentId, CommandKey, OfficeId, PatientId, ResourceId
from medoffice.core.times import at_wall_time
from medoffice.office import Command, Office, OfficeSettings
from medoffice.office.book.book_keeping import ALWAYS, STREAM
from medoffice.office.book.decisions import Booking, Wanted
from medoffice.office.visits import booking
from medoffice.ports.store import ReadTransaction, Store
from medoffice.scheduling import Booked, Moved, Policy, Provider, VisitType, Weekly
from medoffice.scheduling.book import Event, events, fold
from medoffice.scheduling.waitlist import (
    AskingHours,
    FreedSlotId,
    OfferKey,
    Rails,
    SlotStatus,
    WaitlistPolicy,
)
from medoffice.testing import store_records as make

ZONE = ZoneInfo("America/Chicago")
SETTINGS = OfficeSettings(id=OfficeId("northside"), name="Northside", zone=ZONE)
VISIT = VisitType(code="follow-up", name="Follow-up visit", minutes=10)
NOW = at_wall_time(make.DAY, time(8), ZONE)
A_DAY, WEEK = 60, timedelta(days=7)
"""Visits that one clinician has on a day: ten hours from nine on."""


def office_over(store: Store) -> Office:
    """The office, at eight in the morning."""
    return Office(
        settings=SETTINGS,
        store=store,
        clock=FixedClock(NOW),
        ids=RandomIds(),
        verifier=Ed25519Verifier({}),
        waitlist_policy=WaitlistPolicy(
            asking=AskingHours(zone=ZONE), rails=Rails(no_fill_within=timedelta(0))
        ),
    )


def say_yes(store: Store, number: int) -> None:
    """All steps of one number; each is carried out once, however often they are sent."""
    office = office_over(store)

    def key(step: str) -> CommandKey:
        return CommandKey(f"cmd-{number}-{step}")

    def book(step: str, id: str, patient: str, later: timedelta) -> None:
        to = Booking(
            store=store,
            settings=SETTINGS,
            policy=Policy(),
            command=Command(by=ActorId("desk"), key=key(step)),
            now=NOW,
        )
        minutes = timedelta(minutes=60 + 10 * (number % A_DAY))
        wanted = Wanted(visit=VISIT.code, start=NOW + later + minutes, resources=(clinician,))
        done = booking.book(to, wanted, id=AppointmentId(id), patient=PatientId(patient))
        assert isinstance(done, Booked)

    clinician = ResourceId(f"dr-{number // A_DAY}")
    if number % A_DAY == 0:
        office.add_visit_type(VISIT, key=key("kind"))
        hours = Weekly.of("Mon-Sun 08:00-20:00", zone=ZONE)
        office.schedule.add_resource(Provider(clinician, weekly=hours), key=key("clinician"))
    for name in ("early", "pat"):
        office.register(make.patient(f"{name}-{number}"), key=key(name))
    book("book-early", f"early-{number}", f"early-{number}", timedelta(0))
    book("book-late", f"apt-{number}", f"pat-{number}", WEEK)
    waiting = office.schedule.waitlist
    late = AppointmentId(f"apt-{number}")
    joined = waiting.join(
        PatientId(f"pat-{number}"), VISIT.code, current=late, channels=["sms"], key=key("join")
    )
    office.cancel(AppointmentId(f"early-{number}"), key=key("cancel"))
    waiting.advance()
    offer = OfferKey(FreedSlotId(f"early-{number}.1"), joined.entry.id)
    assert isinstance(waiting.accept(offer, key=key("yes")), Moved)
    assert isinstance(office.check_in(late, key=key("check-in")), CheckedIn | AlreadyHere)


def agreement(tx: ReadTransaction, office: Office) -> dict[str, Any]:
    """Whether the three tell the same: the book's facts, the visits, and the waitlist."""
    facts = [each.fact for each in tx.facts(STREAM) if isinstance(each.fact, Event)]
    visits = tx.appointments(ALWAYS)
    by_id = {each.id: each for each in visits}
    state = office.schedule.waitlist.state()
    filled = [slot for slot in state.slots if slot.status is SlotStatus.FILLED]
    offers = {each.offer.key: each.offer for each in state.offers}
    at_home = 0
    for slot in filled:
        assert slot.filled_by is not None
        patient = offers[OfferKey(slot.freed.id, slot.filled_by)].patient
        visit = by_id[AppointmentId(patient.value.replace("pat-", "apt-"))]
        at_home += visit.is_occupying and visit.slot == slot.freed.slot
    waiting = [each.entry.current for each in state.entries]
    return {
        "times given": len(filled),
        "visits that stand where the list says": at_home,
        "moves in the book": sum(isinstance(each, events.VisitMoved) for each in facts),
        "entries whose visit is elsewhere": sum(
            each is not None and by_id[each.id].slot != each.slot for each in waiting
        ),
        "the log makes what is stored": fold(facts).appointments == tuple(sorted(visits, key=lambda v: v.id)),
    }


def main() -> int:
    """Run from the command line."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--store", choices=("sqlcipher", "postgres"), default="sqlcipher")
    reader.add_argument("--kills", type=int, default=60)
    reader.add_argument("--seed", type=int, default=1)
    wanted = reader.parse_args()
    with a_place_for(wanted.store) as open_store:
        came = crash(open_store, say_yes, kills=wanted.kills, seed=wanted.seed)
        store = open_store()
        office = office_over(store)
        told = store.read(lambda tx: agreement(tx, office))
        store.close()
    print(json.dumps({"store": wanted.store, **came, **told}))
    is_one = told["times given"] == told["visits that stand where the list says"] == told["moves in the book"]
    is_one = is_one and told["entries whose visit is elsewhere"] == 0 and told["the log makes what is stored"]
    is_whole = came["queue numbers without gap"] and came["audit trail whole"]
    return 0 if came["lost"] == came["doubled"] == 0 and is_whole and is_one else 1


if __name__ == "__main__":
    sys.exit(main())
