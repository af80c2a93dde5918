"""Many processes want the seats of one group, one offered time and one free time at once: never one too many.

    .venv/bin/python -m benchmarks.office_seats --store postgres --processes 40 --rounds 10

In each round every process books a seat of a group of five, says yes to an offer of one time that all of them were made,
holds one free time, and says yes to what the waitlist offered. Five have a seat, one has each of the offered times, one
has the hold; the others hear no, and nobody hears an error. The processes' clocks disagree by seconds. Prints one line of JSON; ends with 1 when anything is not as it must be. A hundred processes want more
connections than a PostgreSQL server allows by itself.
"""

import argparse
import json
import multiprocessing
import sys
import time
from collections import Counter
from datetime import timedelta
from itertools import combinations
from typing import Any

from benchmarks.office_booking import ALWAYS, DOCTOR, SETTINGS
from benchmarks.race import KEY, PATIENCE, OpenStore, a_place_for
from medoffice.adapters.keys import Purpose
from medoffice.adapters.system import FixedClock
from medoffice.core import ActorId, AppointmentId, CommandKey, Refused, TimeSlot
from medoffice.core.ids import PatientId
from medoffice.office import Command, Office
from medoffice.office.book.book_keeping import STREAM
from medoffice.office.book.decisions import Booking, Wanted
from medoffice.office.visits import booking, holding
from medoffice.ports.store import ReadTransaction, Store, Transaction
from medoffice.privacy.audit import verify_audit
from medoffice.scheduling import Appointment, Policy, VisitType
from medoffice.scheduling.book import BookState, Event, Hold, fold
from medoffice.scheduling.book.ids import HoldId, OfferId
from medoffice.scheduling.waitlist import (
    AskingHours,
    EntryId,
    FreedSlotId,
    Limits,
    OfferKey,
    Rails,
    WaitlistPolicy,
    Waves,
)
from medoffice.testing import store_records as make

SEATS, ROUND = 5, 180
GROUP = VisitType(code="group", name="Group", minutes=60, capacity=SEATS)
VISIT = VisitType(code="follow-up", name="Follow-up visit", minutes=30)
KINDS = ("seat", "yes", "hold", "turn")


def office_of(store: Store, number: int, processes: int) -> Office:
    """The office as one process has it; its clock is a little fast."""
    return Office(
        settings=SETTINGS,
        store=store,
        clock=FixedClock(make.MORNING + timedelta(seconds=number % 7)),
        waitlist_policy=WaitlistPolicy(
            asking=AskingHours(zone=SETTINGS.zone),
            waves=Waves(sizes=(processes,), largest=processes),
            limits=Limits(a_day=1000, a_week=1000),
            rails=Rails(no_fill_within=timedelta(0)),
        ),
    )


def open_waves(store: Store, processes: int, rounds: int) -> list[EntryId]:
    """Everybody waits, one time of each round is given back, and the list offers each to all."""
    office = office_of(store, 0, processes)
    waiting = office.schedule.waitlist
    entries = [
        waiting.join(PatientId(f"pat-{number}"), VISIT.code, channels=["sms"]).entry.id
        for number in range(processes)
    ]
    for turn in range(rounds):
        id, wanted = AppointmentId(f"early-{turn}"), make.minute(ROUND * turn + 90)
        booking.book(
            desk(store, "early", turn),
            Wanted(visit=VISIT.code, start=wanted, resources=(DOCTOR,)),
            id=id,
            patient=PatientId("pat-early"),
        )
        office.cancel(id)
    asked = waiting.advance().asked
    if len(asked) != processes * rounds:
        raise SystemExit(f"the list asked {len(asked)} times, not {processes * rounds}")
    return entries


def desk(store: Store, name: str, *what: object) -> Booking:
    """What one command is carried out with."""
    key = CommandKey("-".join(map(str, ("cmd", name, *what))))
    return Booking(
        store=store,
        settings=SETTINGS,
        policy=Policy(),
        command=Command(by=ActorId(f"desk-{name}"), key=key),
        now=make.MORNING,
    )


def set_up(tx: Transaction, processes: int) -> None:
    """A doctor who is always there, two kinds of visit, a patient for each process."""
    tx.put_template(ALWAYS)
    for visit in (GROUP, VISIT):
        tx.put_visit_type(visit)
    tx.put_patient(make.patient("pat-early"))
    for number in range(processes):
        tx.put_patient(make.patient(f"pat-{number}"))


def offer_to_all(store: Store, turn: int, processes: int) -> None:
    """Hold a time of the round, and offer it to everybody."""
    start, kept = make.minute(ROUND * turn + 60), HoldId(f"hold-{turn}")
    wanted = Wanted(visit=VISIT.code, start=start, resources=(DOCTOR,))
    holding.hold(desk(store, "front", turn), wanted, id=kept)
    for number in range(processes):
        holding.offer(
            desk(store, "front", turn, number),
            hold=kept,
            id=OfferId(f"offer-{turn}-{number}"),
            patient=PatientId(f"pat-{number}"),
        )


def attempt(store: Store, kind: str, turn: int, number: int) -> bool:
    """One command of one process; true when it was not refused."""
    to, patient = desk(store, str(number), kind, turn), PatientId(f"pat-{number}")
    id = AppointmentId(f"apt-{kind}-{turn}-{number}")
    outcome: object
    if kind == "seat":
        wanted = Wanted(visit=GROUP.code, start=make.minute(ROUND * turn), resources=(DOCTOR,))
        outcome = booking.book(to, wanted, id=id, patient=patient)
    elif kind == "yes":
        outcome = holding.accept(to, offer=OfferId(f"offer-{turn}-{number}"), appointment=id)
    else:
        start = make.minute(ROUND * turn + 120 + number % 30)  # any overlap is one too many
        wanted = Wanted(visit=VISIT.code, start=start, resources=(DOCTOR,))
        outcome = holding.hold(to, wanted, id=HoldId(f"mine-{turn}-{number}"), patient=patient)
    return not isinstance(outcome, Refused)


def race(open_store: OpenStore, *, processes: int, rounds: int) -> dict[str, Any]:
    """Play the rounds, and look at what is stored without regard to what anybody was told."""
    store = open_store()
    store.transact(lambda tx: set_up(tx, processes))
    for turn in range(rounds):
        offer_to_all(store, turn, processes)
    entries = open_waves(store, processes, rounds)
    store.close()
    fork = multiprocessing.get_context("fork")
    barrier, told = fork.Barrier(processes), fork.SimpleQueue()

    def rival(number: int) -> None:
        mine = open_store()
        came: list[tuple[str, int, str]] = []
        for turn in range(rounds):
            for place in range(len(KINDS)):
                kind = KINDS[(place + number) % len(KINDS)]  # a third of them begins with each
                barrier.wait(PATIENCE)
                try:
                    if kind == "turn":
                        offer = OfferKey(FreedSlotId(f"early-{turn}.1"), entries[number])
                        said = office_of(mine, number, processes).schedule.waitlist.accept(offer)
                        won = not isinstance(said, Refused)
                    else:
                        won = attempt(mine, kind, turn, number)
                    came.append((kind, turn, "won" if won else "lost"))
                except Exception as trouble:  # noqa: BLE001 - whatever it is, it is counted and shown
                    came.append((kind, turn, f"{type(trouble).__name__}: {trouble}"))
        mine.close()
        told.put(came)

    began = time.perf_counter()
    rivals = [fork.Process(target=rival, args=(number,)) for number in range(processes)]
    for each in rivals:
        each.start()
    answers = [told.get() for _ in rivals]
    for each in rivals:
        each.join()
    wall = time.perf_counter() - began
    heard = Counter(answer for came in answers for answer in came)
    store = open_store()
    stored = store.read(account)
    store.close()
    right = {"seat": min(SEATS, processes), "yes": 1, "hold": 1, "turn": 1}
    return {
        "processes": processes,
        "rounds": rounds,
        **{
            f"rounds with {right[kind]} of {kind}": sum(
                heard[kind, turn, "won"] == right[kind] for turn in range(rounds)
            )
            for kind in KINDS
        },
        **stored,
        "errors": dict(
            Counter(word for came in answers for _, _, word in came if word not in {"won", "lost"})
        ),
        "seconds": round(wall, 1),
    }


def account(tx: ReadTransaction) -> dict[str, Any]:
    """What the store has: overlaps, seats, whether its log makes what it holds, and whether its trail is whole."""
    always = TimeSlot(make.minute(-100_000), make.minute(1_000_000))
    visits = tx.appointments(always)
    claims: list[Appointment | Hold] = [*visits, *tx.holds(always)]
    overlaps = sum(
        one.occupied.overlaps(other.occupied) and not one.seats == other.seats == SEATS
        for one, other in combinations((each for each in claims if each.is_occupying), 2)
    )
    facts = tx.facts(STREAM)
    state = fold(each.fact for each in facts if isinstance(each.fact, Event))
    holds = [tx.hold(each.id) for each in state.holds]
    offers = [offer for each in holds for offer in tx.offers(each.id)]
    kept = BookState(appointments=visits, holds=holds, offers=offers)
    return {
        "overlaps": overlaps,
        "seats of a group": SEATS,
        "most seats": max(Counter(each.slot for each in visits if each.seats == SEATS).values()),
        "the log makes what is stored": (state.appointments, state.holds, state.offers)
        == (kept.appointments, kept.holds, kept.offers),
        "audit trail whole": verify_audit(tx.audit_rows(), key=KEY.derive(Purpose.AUDIT)) == (),
    }


def main() -> int:
    """Run from the command line."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--store", choices=("sqlcipher", "postgres"), default="sqlcipher")
    reader.add_argument("--processes", type=int, default=40)
    reader.add_argument("--rounds", type=int, default=10)
    wanted = reader.parse_args()
    with a_place_for(wanted.store) as open_store:
        came = race(open_store, processes=wanted.processes, rounds=wanted.rounds)
    print(json.dumps({"store": wanted.store, **came}))
    is_fair = all(came[key] == wanted.rounds for key in came if key.startswith("rounds with"))
    is_whole = came["the log makes what is stored"] and came["audit trail whole"]
    is_within = came["overlaps"] == 0 and came["most seats"] <= SEATS
    return 0 if is_fair and is_whole and is_within and not came["errors"] else 1


if __name__ == "__main__":
    sys.exit(main())
