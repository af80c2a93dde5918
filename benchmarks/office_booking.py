"""The office's own booking, for the race.

    .venv/bin/python -m benchmarks.race --store sqlcipher --processes 100 --rounds 20 --work office_booking:book

Each rival reads the schedule, decides, and writes in one transaction under the resource's lock; all but one hear the
reasons for which they were refused.
"""

from datetime import time
from zoneinfo import ZoneInfo

from medoffice.core import ActorId, AppointmentId, CommandKey, DateRange, PatientId, ResourceId
from medoffice.office import Command
from medoffice.office import booking as office
from medoffice.ports.store import Store, Transaction
from medoffice.scheduling import Booked, Hours, VisitType, WeeklyTemplate
from medoffice.testing import store_records as make

DOCTOR = ResourceId("dr-a")
VISIT = VisitType(code="follow-up", name="Follow-up visit", minutes=30)
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
    outcome = office.book(
        store,
        Command(by=ActorId(f"desk-{process}"), key=CommandKey(f"cmd-{turn}-{process}")),
        id=AppointmentId(f"apt-{turn}-{process}"),
        patient=PatientId("pat-1"),
        visit=VISIT.code,
        start=make.minute(60 * turn + process % 30),
        resources=(DOCTOR,),
        now=make.MORNING,
    )
    return isinstance(outcome, Booked)


def _set_up(tx: Transaction) -> None:
    if not tx.templates():
        tx.put_visit_type(VISIT)
        tx.put_template(ALWAYS)
