"""The check-in of a kiosk, for the crash test.

    .venv/bin/python -m benchmarks.crash --store sqlcipher --kills 300 --work office_check_in:check_in

What is carried out here is the very command that a patient's last touch sends: the code is spent, the visit changes
its state, the number is given, the audit row and the outcome are written, all in one transaction.
"""

from contextlib import suppress
from zoneinfo import ZoneInfo

from medoffice.adapters.ed25519 import Ed25519Verifier
from medoffice.adapters.system import FixedClock, RandomIds
from medoffice.checkin.messages import AlreadyHere, CheckedIn, CheckInRequest
from medoffice.checkin.records import InsuranceAnswer, PayChoice
from medoffice.core import ActorId, AppointmentId, CommandKey, Money, OfficeId
from medoffice.office import OfficeReception, OfficeSettings
from medoffice.ports.store import StaleRecord, Store
from medoffice.testing import store_records as make

SETTINGS = OfficeSettings(id=OfficeId("northside"), name="Northside", zone=ZoneInfo("America/Chicago"))


def check_in(store: Store, number: int) -> None:
    """Book visit ``number`` when it is not booked yet, and check it in by the kiosk's own command, under one key."""
    id = AppointmentId(f"apt-{number}")
    visit = make.appointment(id.value, f"room-{number}")
    with suppress(StaleRecord):
        store.transact(lambda tx: tx.put_appointment(visit))
    reception = OfficeReception(
        kiosk=ActorId("kiosk-1"),
        settings=SETTINGS,
        store=store,
        clock=FixedClock(make.MORNING),
        ids=RandomIds(),
        verifier=Ed25519Verifier({}),
    )
    request = CheckInRequest(
        appointment=id,
        jti=number.to_bytes(16, "big"),
        insurance=InsuranceAnswer.SAME,
        due=Money(3000),
        pay=PayChoice.AT_DESK,
    )
    answer = reception.check_in(CommandKey(f"cmd-{number}"), request)
    if not isinstance(answer, CheckedIn | AlreadyHere):
        raise SystemExit("the office would not check a visit in that is there to be checked in")
