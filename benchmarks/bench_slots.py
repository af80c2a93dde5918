"""Which times are free: medoffice beside what a developer would write by hand, or with a package for intervals.

The question: the first ten free starts of half an hour, on a grid of 15 minutes, for 50 clinicians over 90 days (Monday
to Friday, 8 to 12 and 13 to 17 in New York; the clocks change in between), with 10,000 bookings. *Packed*: every
clinician is full from the first day on, so that whoever looks for a free start passes all the bookings. *Scattered*:
the same number spread over the 90 days at random, as in an office that books ahead.

Everybody gets the bookings in the form that suits them, made before the clock runs, and may stop at the tenth.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from random import Random
from zoneinfo import ZoneInfo

import attrs

from benchmarks.peers import NoPeer, peer
from benchmarks.timing import interleaved, show
from medoffice.core.dates import DateRange
from medoffice.core.ids import AppointmentId, PatientId, ResourceId
from medoffice.core.times import TimeSlot
from medoffice.scheduling import Appointment, Hours, VisitType, WeeklyTemplate, free_slots

ZONE = ZoneInfo("America/New_York")
FIRST_DAY, DAYS = date(2027, 2, 1), 90
HOURS = ((time(8), time(12)), (time(13), time(17)))
VISIT = VisitType(code="follow-up", name="Follow-up visit", minutes=30)
LENGTH, STEP = timedelta(minutes=30), timedelta(minutes=15)
WANTED, OURS = 10, "medoffice"
FRIDAY = 4

Start = tuple[datetime, str]


@attrs.frozen(kw_only=True)
class Shape:
    """How large the question is, and its bookings: clinician, start and end in New York's time."""

    providers: tuple[str, ...]
    bookings: tuple[tuple[str, datetime, datetime], ...]


def weekdays() -> Iterator[date]:
    """The days on which the office is open."""
    for count in range(DAYS):
        day = FIRST_DAY + timedelta(days=count)
        if day.weekday() <= FRIDAY:
            yield day


def half_hours() -> Iterator[tuple[datetime, datetime]]:
    """All half hours of one clinician that do not overlap, earliest first."""
    for day in weekdays():
        for opens, closes in HOURS:
            start = datetime.combine(day, opens, ZONE)
            while start < datetime.combine(day, closes, ZONE):
                yield start, start + LENGTH
                start += LENGTH


def shape(providers: int, bookings: int, *, is_packed: bool) -> Shape:
    """Bookings that do not overlap, as many of each clinician."""
    names = tuple(f"dr-{number:02d}" for number in range(providers))
    each, chance = bookings // providers, Random(7)
    all_of_one = list(half_hours())
    taken = [
        (name, start, end)
        for name in names
        for start, end in (all_of_one[:each] if is_packed else chance.sample(all_of_one, each))
    ]
    chance.shuffle(taken)
    return Shape(providers=names, bookings=tuple(taken))


def by_medoffice(asked: Shape) -> Callable[[], Iterator[Start]]:
    """The library's own search, over its own appointments and weekly hours."""
    hours = tuple(
        Hours(weekday=day, opens=opens, closes=closes) for day in range(FRIDAY + 1) for opens, closes in HOURS
    )
    templates = [
        WeeklyTemplate(
            resource=ResourceId(name),
            zone=ZONE,
            hours=hours,
            effective=DateRange(FIRST_DAY),
        )
        for name in asked.providers
    ]
    booked = [
        Appointment(
            id=AppointmentId(f"apt-{number}"),
            patient=PatientId("pat-1"),
            visit_type=VISIT.code,
            slot=TimeSlot(start, end),
            occupied=TimeSlot(start, end),
            resources=(ResourceId(name),),
        )
        for number, (name, start, end) in enumerate(asked.bookings)
    ]
    begins = datetime.combine(FIRST_DAY, time.min, ZONE)
    window = TimeSlot(begins, datetime.combine(FIRST_DAY + timedelta(days=DAYS), time.min, ZONE))

    def search() -> Iterator[Start]:
        found = free_slots(
            visit=VISIT, templates=templates, booked=booked, window=window, step=STEP, now=begins
        )
        return ((slot.slot.start, slot.resources[0].value) for slot in found)

    return search


def by_hand(asked: Shape) -> Callable[[], Iterator[Start]]:
    """A careful developer's: all in UTC, bookings sorted into days and clinicians, one day looked at after another."""
    booked = [(name, start.astimezone(UTC), end.astimezone(UTC)) for name, start, end in asked.bookings]

    def search() -> Iterator[Start]:
        buckets: dict[tuple[str, date], list[tuple[datetime, datetime]]] = defaultdict(list)
        for name, start, end in booked:
            buckets[name, start.date()].append((start, end))  # the office's hours lie within one day of UTC
        for day in weekdays():
            found: list[Start] = []
            for opens, closes in HOURS:
                first = datetime.combine(day, opens, ZONE).astimezone(UTC)
                last = datetime.combine(day, closes, ZONE).astimezone(UTC) - LENGTH
                for name in asked.providers:
                    busy, start = buckets[name, day], first
                    while start <= last:
                        if not any(a < start + LENGTH and start < b for a, b in busy):
                            found.append((start, name))
                        start += STEP
            yield from sorted(found)

    return search


def naively(asked: Shape) -> Callable[[], Iterator[Start]]:
    """The first that comes to mind: every start of everybody against every booking, in the office's own time."""

    def search() -> Iterator[Start]:
        for day in weekdays():
            for opens, closes in HOURS:
                start = datetime.combine(day, opens, ZONE)
                while start + LENGTH <= datetime.combine(day, closes, ZONE):
                    for name in asked.providers:
                        if not any(
                            who == name and a < start + LENGTH and start < b for who, a, b in asked.bookings
                        ):
                            yield start, name
                    start += STEP

    return search


def with_portion(asked: Shape) -> Callable[[], Iterator[Start]]:
    """The package for arithmetic on intervals: hours less bookings, a day and a clinician at a time."""
    portion = peer("portion", "portion")
    booked = [(name, start.astimezone(UTC), end.astimezone(UTC)) for name, start, end in asked.bookings]

    def search() -> Iterator[Start]:
        buckets = defaultdict(list)
        for name, start, end in booked:
            buckets[name, start.date()].append(portion.closedopen(start, end))
        for day in weekdays():
            first = [datetime.combine(day, opens, ZONE).astimezone(UTC) for opens, _ in HOURS]
            last = [datetime.combine(day, closes, ZONE).astimezone(UTC) for _, closes in HOURS]
            hours = portion.Interval(*(portion.closedopen(*each) for each in zip(first, last, strict=True)))
            found: list[Start] = []
            for name in asked.providers:
                for free in hours - portion.Interval(*buckets[name, day]):
                    if free.empty:
                        continue
                    opening = max(each for each in first if each <= free.lower)
                    start = opening + -((opening - free.lower) // STEP) * STEP
                    while start + LENGTH <= free.upper:
                        found.append((start, name))
                        start += STEP
            yield from sorted(found)

    return search


def compare(
    title: str, searches: dict[str, Callable[[], Iterator[Start]]], *, rounds: int, most: int | None = WANTED
) -> None:
    """Time them, and say who gave the same starts as medoffice."""

    def taken(search: Callable[[], Iterator[Start]]) -> Callable[[], Sequence[Start]]:
        return lambda: list(islice(search(), most))

    runs = {name: taken(search) for name, search in searches.items()}
    ours = runs[OURS]()
    same = {name: "same" if run() == ours else "OTHERS" for name, run in runs.items() if name != OURS}
    print(f"{title} ({len(ours):,} starts):")
    show(interleaved(runs, rounds=rounds, warm_up=0), unit="ms", beside=OURS, more=same)


def main() -> None:
    """Measure and print."""
    for is_packed in (True, False):
        asked = shape(50, 10_000, is_packed=is_packed)
        searches = {OURS: by_medoffice(asked), "by hand, in buckets": by_hand(asked)}
        with suppress(NoPeer):
            searches["portion"] = with_portion(asked)
        name = "packed" if is_packed else "scattered"
        compare(f"First ten, 50 clinicians, 10,000 bookings, {name}", searches, rounds=15)
        if is_packed:
            compare("Every free start of the same", searches, rounds=5, most=None)
    small = shape(5, 1_000, is_packed=True)
    compare(
        "First ten, 5 clinicians, 1,000 bookings, packed",
        {OURS: by_medoffice(small), "by hand, in buckets": by_hand(small), "naive any()": naively(small)},
        rounds=10,
    )


if __name__ == "__main__":
    main()
