"""The office's own booking, for the race.

    .venv/bin/python -m benchmarks.race --store sqlcipher --processes 100 --rounds 20 --work office_booking:book

Each rival opens the book, decides, and writes facts and visit in one transaction under the book's lock; all but one
hear the reasons for which they were refused.
"""

from datetime import time
from zoneinfo import ZoneInfo

from medoffice.core import ActorId, AppointmentId, CommandKey, DateRange, OfficeId, PatientId, ResourceId
from medoffice.office import Command, OfficeSettings
from medoffice.office.book.decisions import Booking, Wanted
from medoffice.office.visits import booking as office
from medoffice.ports.store import Store, Transaction
from medoffice.scheduling import Booked, Hours, Policy, VisitType, WeeklyTemplate
from medoffice.testing import store_records as make

DOCTOR = ResourceId("dr-a")
VISIT = VisitType(code="follow-up", name="Follow-up visit", minutes=30)
SETTINGS = OfficeSettings(id=OfficeId("northside"), name="Northside", zone=ZoneInfo("America/Chicago"))
ALWAYS = WeeklyTemplate(
    resource=DOCTOR,
    zone=ZoneInfo("America/Chicago"),
    hours=tuple(Hours(weekday=day, opens=time(0), closes=time(0)) for day in range(7)),
    effective=DateRange(make.DAY),
)


def book(store: Store, turn: int, process: int) -> bool:
    """Try to book the doctor for half an hour that no other round is about; true for the winner."""
    if turn == 0:
        store.transact(_set_up)
    to = Booking(
        store=store,
        settings=SETTINGS,
        policy=Policy(),
        command=Command(by=ActorId(f"desk-{process}"), key=CommandKey(f"cmd-{turn}-{process}")),
        now=make.MORNING,
    )
    start = make.minute(60 * turn + process % 30)
    outcome = office.book(
        to,
        Wanted(visit=VISIT.code, start=start, resources=(DOCTOR,)),
        id=AppointmentId(f"apt-{turn}-{process}"),
        patient=PatientId("pat-1"),
    )
    return isinstance(outcome, Booked)


def _set_up(tx: Transaction) -> None:
    if not tx.templates():
        tx.put_visit_type(VISIT)
        tx.put_template(ALWAYS)
