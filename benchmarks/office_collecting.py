"""Money is taken while the process is killed again and again: no cent is lost or taken twice, and no receipt is missing.

    .venv/bin/python -m benchmarks.office_collecting --store sqlcipher --kills 60

For each number a patient with a visit owes 20 dollars from earlier visits, pays 5 ahead in cash, is checked in, and pays
what is due (30 for the visit, the 20, less the 5) by card at the kiosk: asked for, charged, settled, each step under a key
of its own. A worker that is killed anywhere in between is followed by one that sends all steps of that number again.
Prints the line of ``benchmarks.crash``, and what the accounts have; ends with 1 when anything was lost, doubled, or is in
the wrong place.
"""

import argparse
import json
import sys
from contextlib import suppress
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.crash import crash
from benchmarks.race import a_place_for
from medoffice.adapters.system import FixedClock
from medoffice.billing import PlannedLine
from medoffice.billing.account import Means
from medoffice.checkin.messages import AlreadyHere, CheckedIn
from medoffice.checkin.records import PaymentState
from medoffice.core import AppointmentId, CommandKey, Money, OfficeId, PatientId, PaymentId, Refused
from medoffice.office import Office, OfficeSettings
from medoffice.office.money.receipts import STREAM
from medoffice.ports.store import StaleRecord, Store, Transaction
from medoffice.testing import store_records as make
from medoffice.workflows.collection import Receipt

SETTINGS = OfficeSettings(id=OfficeId("northside"), name="Northside", zone=ZoneInfo("America/Chicago"))
SHARE, EARLIER, AHEAD = Money(30_00), Money(20_00), Money(5_00)
LINES = (PlannedLine(service="office-visit", charge=SHARE),)


def office_over(store: Store) -> Office:
    """The office, in the morning."""
    return Office(settings=SETTINGS, store=store, clock=FixedClock(make.MORNING))


def collect(store: Store, number: int) -> None:
    """One patient's money, step by step; each step may have been carried out before."""
    office, visit, patient = office_over(store), AppointmentId(f"apt-{number}"), PatientId(f"pat-{number}")
    _book(store, number)
    accounts, kiosk = office.accounts, office.reception()

    def key(step: str) -> CommandKey:
        return CommandKey(f"{step}-{number}")

    stated = accounts.state_balance(patient, EARLIER, key=key("state"))
    ahead = accounts.take_deposit(patient, AHEAD, means=Means.CASH, appointment=visit, key=key("deposit"))
    here = office.check_in(visit, key=key("check-in"))
    if (
        isinstance(stated, Refused)
        or isinstance(ahead, Refused)
        or not isinstance(here, CheckedIn | AlreadyHere)
    ):
        raise SystemExit("the office refused what it has to do")
    payment = PaymentId(f"pay-{number}")
    kiosk.ask_payment(key("ask"), payment, visit, SHARE + EARLIER - AHEAD)
    kiosk.settle_payment(key("settle"), payment, PaymentState.APPROVED, "T-1")


def _book(store: Store, number: int) -> None:
    visit = make.appointment(f"apt-{number}", f"room-{number}", of=f"pat-{number}")

    def work(tx: Transaction) -> None:
        tx.put_patient(make.patient(f"pat-{number}"))
        tx.put_appointment(visit)
        tx.put_planned_lines(visit.id, LINES)

    with suppress(StaleRecord):
        store.transact(work)


def found(store: Store, count: int) -> dict[str, Any]:
    """What the accounts of the first so many patients have."""
    accounts = office_over(store).accounts
    wrong = 0
    for number in range(count):
        held = accounts.account(PatientId(f"pat-{number}"))
        visit = held.visit(AppointmentId(f"apt-{number}"))
        is_right = (
            held.taken == SHARE + EARLIER
            and visit.covered == SHARE
            and held.to_balance == EARLIER
            and not held.deposits + held.balance
        )
        wrong += not is_right
    kept = store.read(lambda tx: tx.facts(STREAM))
    receipts = [each.fact for each in kept if isinstance(each.fact, Receipt)]
    return {
        "accounts": count,
        "accounts with a cent in the wrong place": wrong,
        "receipts": len(receipts),
        "receipts without gap": [each.number for each in receipts] == list(range(1, len(receipts) + 1)),
        "payments with two receipts": len(receipts) - len({each.payment for each in receipts}),
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
        came = crash(open_store, collect, kills=wanted.kills, seed=wanted.seed)
        store = open_store()
        told = found(store, came["acknowledged"] + 1)
        store.close()
    print(json.dumps({"store": wanted.store, **came, **told}))
    is_right = told["accounts with a cent in the wrong place"] == told["payments with two receipts"] == 0
    is_right = is_right and told["receipts without gap"] and told["receipts"] == 2 * told["accounts"]
    is_whole = came["queue numbers without gap"] and came["audit trail whole"]
    return 0 if came["lost"] == came["doubled"] == 0 and is_whole and is_right else 1


if __name__ == "__main__":
    sys.exit(main())
