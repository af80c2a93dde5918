"""A small office in which everybody is in everybody's way, said twice: for the book and for the naive one.

Two providers, two exam rooms, a hall and one EKG, over three nights in which the clocks go back.
"""

from datetime import time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from benchmarks.naive_book import Kind, Rules
from medoffice.scheduling.book import DayLimit, Overbooking, Policy
from medoffice.scheduling.calendar import Calendar
from medoffice.scheduling.hours import Hours, Weekly
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.needs import AnyOf, OneOf
from medoffice.scheduling.resources import Equipment, Provider, Room
from medoffice.scheduling.visits import VisitType

ZONE: Final = ZoneInfo("America/New_York")
MINUTE: Final = timedelta(minutes=1)
FIRST, LAST = 4 * 60, 3 * 24 * 60
"""Starts are asked for between these minutes: three nights from midnight to four on the door's clock."""
NIGHTS: Final = ((4 * 60, 8 * 60), (28 * 60, 33 * 60), (53 * 60, 57 * 60))
"""The same nights in minutes of UTC from the origin; the second has an hour more, since its clocks go back."""
EVENINGS: Final = ((5 * 60, 7 * 60), (29 * 60, 32 * 60), (54 * 60, 56 * 60))
"""From one to three on the same clock: one comes twice in the second night, and its first showing counts."""
PATIENTS: Final = ("ann", "bo", "cy", "di")
ROOMS: Final = ("exam-1", "exam-2")


def _weekly(opens: int, closes: int) -> Weekly:
    return Weekly(
        zone=ZONE,
        hours=tuple(Hours(weekday=day, opens=time(opens), closes=time(closes)) for day in range(7)),
    )


def _visit(code: str, minutes: int, *needs: OneOf | AnyOf, **more: Any) -> VisitType:
    return VisitType(code=code, name=code, minutes=minutes, needs=needs, **more)


HOLD_MINUTES: Final = 30
PROVIDERS: Final = frozenset(("adams", "baker"))
ANYONE: Final = OneOf("adams", "baker")
CALENDAR: Final = Calendar(
    resources=(
        Provider("adams", weekly=_weekly(0, 4)),
        Provider("baker", weekly=_weekly(1, 3)),
        *(Room(name, tags="exam") for name in ROOMS),
        Room("hall", tags="hall"),
        Equipment("ekg-1", tags="ekg"),
    ),
    visits=(
        _visit("short", 20, ANYONE, AnyOf("exam"), new_patient_minutes=40),
        _visit("long", 60, ANYONE, buffer_before=10, buffer_after=5),
        _visit("scan", 30, OneOf("baker"), AnyOf("exam"), AnyOf("ekg"), buffer_after=10),
        _visit("class", 45, ANYONE, AnyOf("hall"), capacity=3),
        _visit("call", 15, ANYONE, modalities=Modality.TELEHEALTH),
    ),
)
_BOTH: Final = ("adams", "baker")
KINDS: Final = {
    kind.code: kind
    for kind in (
        Kind(code="short", minutes=20, minutes_if_new=40, before=0, after=0, needs=(_BOTH, ROOMS)),
        Kind(code="long", minutes=60, minutes_if_new=60, before=10, after=5, needs=(_BOTH,)),
        Kind(
            code="scan",
            minutes=30,
            minutes_if_new=30,
            before=0,
            after=10,
            needs=(("baker",), ROOMS, ("ekg-1",)),
        ),
        Kind(
            code="class", minutes=45, minutes_if_new=45, before=0, after=0, needs=(_BOTH, ("hall",)), seats=3
        ),
        Kind(code="call", minutes=15, minutes_if_new=15, before=0, after=0, needs=(_BOTH,)),
    )
}
FREE: Final = (Policy(hold_minutes=HOLD_MINUTES), Rules(zone=ZONE, holds_per_patient=3))
STRICT: Final = (
    Policy(
        notice_minutes=45,
        horizon_days=2,
        hold_minutes=HOLD_MINUTES,
        longest_hold_minutes=90,
        holds_per_patient=2,
        overbooking=Overbooking(is_allowed=True, at_most=1),
        day_limits=(DayLimit(at_most=1, new_patients_only=True, zone=ZONE),),
    ),
    Rules(
        zone=ZONE,
        notice=45,
        horizon=2 * 24 * 60,
        holds_per_patient=2,
        longest_hold=90,
        new_a_day=1,
        more_at_once=1,
    ),
)

kinds = st.sampled_from(sorted(KINDS))
patients = st.sampled_from(PATIENTS)
starts = st.sampled_from(range(FIRST, LAST, 5)) | st.sampled_from(
    [minute for opens, closes in NIGHTS for minute in range(opens, closes, 15)]
)
some_resources = st.sets(st.sampled_from(("adams", "baker", "exam-1", "exam-2", "hall")), max_size=2)
which = st.integers(0, 1000)
minutes = st.integers(1, 40) | st.integers(41, 120)
