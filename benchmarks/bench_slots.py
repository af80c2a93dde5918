"""Which times are free: medoffice beside what a developer would write by hand, or with packages for intervals.

The question: the first ten free starts of half an hour, on a grid of 15 minutes, for 50 clinicians over 90 days (Monday
to Friday, 8 to 12 and 13 to 17 in New York; the clocks change in between), with 10,000 bookings. *Packed*: every
clinician is full from the first day on, so that whoever looks for a free start passes all the bookings. *Scattered*:
the same number spread over the 90 days at random, as in an office that books ahead.

Everybody gets the bookings in the form that suits them, made before the clock runs, and may stop at the tenth. Three
lines are medoffice's:

- *warm* asks an index that has been asked before, as a program that runs all day does. The index keeps, for each
  clinician and length of visit, from which minutes that could begin; it keeps no answer.
- *after a change* gives one of the first offers to somebody before it asks, and takes it back afterwards.
- *cold* makes calendar and index from the attrs values of resources and appointments, and asks.

Answers are compared as pairs of instant and clinician. The first ten are whole `FreeSlot` values; of *every start* two
lines are shown: only those pairs, which is what the others make, and the values.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import islice
from random import Random
from zoneinfo import ZoneInfo

import attrs

from benchmarks.peers import NoPeer, peer
from benchmarks.timing import interleaved, seconds_of, show
from medoffice.core.ids import AppointmentId, PatientId, ResourceId
from medoffice.core.times import TimeSlot
from medoffice.scheduling import Appointment, Equipment, Provider, Resource, Room, VisitType, Weekly
from medoffice.scheduling.calendar import Calendar
from medoffice.scheduling.needs import AnyOf
from medoffice.scheduling.search import Availability, FreeSlots, find

ZONE = ZoneInfo("America/New_York")
FIRST_DAY, DAYS = date(2027, 2, 1), 90
HOURS = ((time(8), time(12)), (time(13), time(17)))
SIGN = "Mon-Fri 08:00-12:00 13:00-17:00"
BEGINS = datetime.combine(FIRST_DAY, time.min, ZONE)
VISIT = VisitType(code="follow-up", name="Follow-up visit", minutes=30)
STRESS_TEST = VisitType(
    code="stress-test",
    name="Stress test",
    minutes=30,
    needs=(AnyOf("physician"), AnyOf("exam-room"), AnyOf("ekg")),
)
LENGTH, STEP = timedelta(minutes=30), timedelta(minutes=15)
WANTED, OURS = 10, "medoffice, warm"
FRIDAY = 4

Start = tuple[datetime, str]
Search = Callable[[], Iterable[Start]]


@attrs.frozen(kw_only=True)
class Shape:
    """How large the question is, and its bookings: resource, start and end in New York's time."""

    providers: tuple[str, ...]
    bookings: tuple[tuple[str, datetime, datetime], ...]
    rooms: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()


def weekdays(count: int = DAYS) -> Iterator[date]:
    """The days on which the office is open."""
    for ahead in range(count):
        day = FIRST_DAY + timedelta(days=ahead)
        if day.weekday() <= FRIDAY:
            yield day


def half_hours(days: int = DAYS) -> Iterator[tuple[datetime, datetime]]:
    """All half hours of one clinician that do not overlap, earliest first."""
    for day in weekdays(days):
        for opens, closes in HOURS:
            start = datetime.combine(day, opens, ZONE)
            while start < datetime.combine(day, closes, ZONE):
                yield start, start + LENGTH
                start += LENGTH


def shape(providers: int, bookings: int, *, is_packed: bool, rooms: int = 0, devices: int = 0) -> Shape:
    """Bookings that do not overlap, as many of each clinician; rooms and devices are taken half the time at random."""
    names = tuple(f"dr-{number:02d}" for number in range(providers))
    things = (
        tuple(f"room-{number:02d}" for number in range(rooms)),
        tuple(f"ekg-{n:02d}" for n in range(devices)),
    )
    each, chance = bookings // providers, Random(7)
    all_of_one = list(half_hours())
    taken = [
        (name, start, end)
        for name in names
        for start, end in (all_of_one[:each] if is_packed else chance.sample(all_of_one, each))
    ]
    taken += [
        (name, start, end)
        for name in (*things[0], *things[1])
        for start, end in chance.sample(all_of_one, len(all_of_one) // 2)
    ]
    chance.shuffle(taken)
    return Shape(providers=names, bookings=tuple(taken), rooms=things[0], devices=things[1])


def resources(asked: Shape) -> tuple[Resource, ...]:
    """Each with hours of its own, as an office enters them."""
    return (
        *(Provider(name, weekly=Weekly.of(SIGN, zone=ZONE), tags="physician") for name in asked.providers),
        *(Room(name, tags="exam-room") for name in asked.rooms),
        *(Equipment(name, tags="ekg") for name in asked.devices),
    )


def appointments(asked: Shape) -> list[Appointment]:
    """The bookings as the library has them."""
    return [
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


def window(days: int = DAYS) -> TimeSlot:
    """The days asked for."""
    return TimeSlot(BEGINS, datetime.combine(FIRST_DAY + timedelta(days=days), time.min, ZONE))


def by_medoffice(asked: Shape, visit: VisitType) -> dict[str, Search]:
    """The library's own search: warm, after a change, and cold."""
    known, booked, days = resources(asked), appointments(asked), window()

    def index() -> Availability:
        return Availability(Calendar(resources=known, visits=(VISIT, STRESS_TEST)), booked)

    def ask(availability: Availability) -> FreeSlots:
        return find(availability, visit, window=days, step=STEP, now=BEGINS)

    kept = index()
    offered = ask(kept)[:WANTED]

    def after_a_change() -> Iterable[Start]:
        chosen = offered[len(offered) // 2]
        kept.take("somebody", resources=chosen.resources, occupied=chosen.occupied)
        kept.give_back("somebody")
        return first(ask(kept))

    return {
        OURS: lambda: first(ask(kept)),
        "medoffice, after a change": after_a_change,
        "medoffice, cold": lambda: first(ask(index())),
    }


def first(found: FreeSlots) -> list[Start]:
    """The first ten, as values and then as pairs."""
    return [(slot.slot.start, slot.lead.value) for slot in found[:WANTED]]


def every_start(asked: Shape) -> dict[str, Search]:
    """All of them by the library: as pairs, and as values."""
    index = Availability(Calendar(resources=resources(asked), visits=(VISIT,)), appointments(asked))

    def ask() -> FreeSlots:
        return find(index, VISIT, window=window(), step=STEP, now=BEGINS)

    def as_pairs() -> Iterable[Start]:
        return ((start, lead.value) for start, lead in ask().starts())

    def as_values() -> Iterable[Start]:
        return ((slot.slot.start, slot.lead.value) for slot in ask())

    return {OURS: as_pairs, "medoffice, values": as_values}


def by_hand(asked: Shape) -> Search:
    """A careful developer's: all in UTC, bookings sorted into days and clinicians, one day looked at after another."""
    booked = [(name, start.astimezone(UTC), end.astimezone(UTC)) for name, start, end in asked.bookings]

    def search() -> Iterator[Start]:
        buckets: dict[tuple[str, date], list[tuple[datetime, datetime]]] = defaultdict(list)
        for name, start, end in booked:
            buckets[name, start.date()].append((start, end))  # the office's hours lie within one day of UTC

        def is_free(name: str, start: datetime) -> bool:
            return not any(a < start + LENGTH and start < b for a, b in buckets[name, start.date()])

        for day in weekdays():
            found: list[Start] = []
            for opens, closes in HOURS:
                begin = datetime.combine(day, opens, ZONE).astimezone(UTC)
                last = datetime.combine(day, closes, ZONE).astimezone(UTC) - LENGTH
                for name in asked.providers:
                    start = begin
                    while start <= last:
                        if is_free(name, start) and all(
                            any(is_free(thing, start) for thing in things)
                            for things in (asked.rooms, asked.devices)
                            if things
                        ):
                            found.append((start, name))
                        start += STEP
            yield from sorted(found)

    return search


def naively(asked: Shape) -> Search:
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


def with_portion(asked: Shape) -> Search:
    """Hours by dateutil's recurrence rules, bookings taken out by portion's arithmetic on intervals."""
    portion, rules = peer("portion", "portion"), peer("dateutil.rrule", "python-dateutil")
    booked = [(name, start.astimezone(UTC), end.astimezone(UTC)) for name, start, end in asked.bookings]

    def search() -> Iterator[Start]:
        buckets = defaultdict(list)
        for name, start, end in booked:
            buckets[name, start.date()].append(portion.closedopen(start, end))
        until = datetime.combine(FIRST_DAY + timedelta(days=DAYS - 1), time.max)
        hours = [
            rules.rrule(
                rules.WEEKLY,
                dtstart=datetime.combine(FIRST_DAY, clock),
                until=until,
                byweekday=range(FRIDAY + 1),
            )
            for stretch in HOURS
            for clock in stretch
        ]
        for marks in zip(*hours, strict=True):
            edges = [mark.replace(tzinfo=ZONE).astimezone(UTC) for mark in marks]
            begins, ends = edges[::2], edges[1::2]
            there = portion.Interval(*map(portion.closedopen, begins, ends))
            found: list[Start] = []
            for name in asked.providers:
                for free in there - portion.Interval(*buckets[name, begins[0].date()]):
                    if free.empty:
                        continue
                    opening = max(each for each in begins if each <= free.lower)
                    start = opening + -((opening - free.lower) // STEP) * STEP
                    while start + LENGTH <= free.upper:
                        found.append((start, name))
                        start += STEP
            yield from sorted(found)

    return search


def with_intervaltree(asked: Shape) -> Search:
    """Each clinician's bookings in a tree that is asked whether anything overlaps a start."""
    trees = peer("intervaltree", "intervaltree")
    booked = [(name, start.astimezone(UTC), end.astimezone(UTC)) for name, start, end in asked.bookings]

    def search() -> Iterator[Start]:
        of_one: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
        for name, start, end in booked:
            of_one[name].append((start, end))
        held = {name: trees.IntervalTree.from_tuples(of_one[name]) for name in asked.providers}
        for day in weekdays():
            found: list[Start] = []
            for opens, closes in HOURS:
                begin = datetime.combine(day, opens, ZONE).astimezone(UTC)
                last = datetime.combine(day, closes, ZONE).astimezone(UTC) - LENGTH
                for name in asked.providers:
                    start = begin
                    while start <= last:
                        if not held[name].overlaps(start, start + LENGTH):
                            found.append((start, name))
                        start += STEP
            yield from sorted(found)

    return search


def with_slotify(asked: Shape) -> Search:
    """The scheduling package: an engine and a store for each clinician, the first ten of each, put in order.

    Its policy for changes of the clocks is set so that it answers for such days at all; filling the stores is not timed.
    """
    slotify = peer("slotify", "slotify-scheduling")
    engines = {}
    for name in asked.providers:
        generator = slotify.SlotGenerator(
            windows=HOURS,
            duration=30,
            interval=15,
            timezone=ZONE.key,
            weekdays=range(FRIDAY + 1),
            dst_ambiguous="earlier",
            dst_nonexistent="skip",
        )
        engines[name] = slotify.AvailabilityEngine(generator, resource_id=name)
    for name, start, end in asked.bookings:
        engines[name].store.reserve(slotify.Booking(slot=slotify.Slot(start, end), resource_id=name))
    last = FIRST_DAY + timedelta(days=DAYS - 1)

    def search() -> Iterable[Start]:
        return sorted(
            (slot.start.astimezone(UTC), name)
            for name, engine in engines.items()
            for slot in engine.available_slots(FIRST_DAY, last, now=BEGINS, limit=WANTED)
        )

    return search


def compare(title: str, searches: dict[str, Search], *, rounds: int, most: int | None = WANTED) -> None:
    """Time them, and say who gave the same starts as medoffice."""

    def taken(search: Search) -> Callable[[], Sequence[Start]]:
        return lambda: list(islice(search(), most))

    runs = {name: taken(search) for name, search in searches.items()}
    ours = runs[OURS]()
    same = {name: "same" if run() == ours else "OTHERS" for name, run in runs.items() if name != OURS}
    print(f"{title} ({len(ours):,} starts):")
    show(interleaved(runs, rounds=rounds, warm_up=0), unit="ms", beside=OURS, more=same)


def peers(asked: Shape, *makers: Callable[[Shape], Search]) -> dict[str, Search]:
    """Those whose packages are installed, by the first line of what they say of themselves."""
    found = {}
    for make in makers:
        with suppress(NoPeer):
            found[make.__name__.replace("_", " ")] = make(asked)
    return found


def a_million() -> None:
    """500 clinicians, each packed with 2,000 visits from the first day on; no peer was given this."""
    days, names = 270, [f"dr-{number:03d}" for number in range(500)]
    times = [TimeSlot(start, end) for start, end in islice(half_hours(days), 2_000)]  # the same for everybody
    booked = (
        Appointment(
            id=AppointmentId(f"{name}-{number}"),
            patient=PatientId("pat-1"),
            visit_type=VISIT.code,
            slot=slot,
            occupied=slot,
            resources=(ResourceId(name),),
        )
        for name in names
        for number, slot in enumerate(times)
    )
    calendar = Calendar(
        resources=tuple(Provider(name, weekly=Weekly.of(SIGN, zone=ZONE)) for name in names), visits=(VISIT,)
    )
    made: list[Availability] = []
    took = seconds_of(lambda: made.append(Availability(calendar, booked)))
    ask = partial(find, made[0], VISIT, window=window(days), step=STEP, now=BEGINS)
    print(
        f"First ten, 500 clinicians, 1,000,000 bookings, packed (made, appointments included, in {took:.0f} s):"
    )
    once = seconds_of(lambda: first(ask()))
    print(f"  the first search, which works out the bits: {once * 1e3:,.0f} ms")
    chosen = ask()[WANTED // 2]

    def after_a_change() -> Iterable[Start]:
        made[0].take("somebody", resources=chosen.resources, occupied=chosen.occupied)
        made[0].give_back("somebody")
        return first(ask())

    runs = {OURS: lambda: first(ask()), "medoffice, after a change": after_a_change}
    show(interleaved(runs, rounds=30), unit="ms", beside=OURS)


def main() -> None:
    """Measure and print."""
    for is_packed in (True, False):
        asked = shape(50, 10_000, is_packed=is_packed)
        rivals = peers(asked, by_hand, with_portion, with_intervaltree)
        name = "packed" if is_packed else "scattered"
        title = f"First ten, 50 clinicians, 10,000 bookings, {name}"
        compare(title, by_medoffice(asked, VISIT) | rivals, rounds=7)
        if is_packed:
            rivals.pop("with intervaltree", None)
            compare("Every free start of the same", every_start(asked) | rivals, rounds=5, most=None)
    large = shape(50, 10_000, is_packed=True, rooms=60, devices=20)
    compare(
        f"First ten, 50 clinicians with 60 rooms and 20 devices, {len(large.bookings):,} bookings",
        by_medoffice(large, STRESS_TEST) | peers(large, by_hand),
        rounds=7,
    )
    small = shape(5, 1_000, is_packed=True)
    compare(
        "First ten, 5 clinicians, 1,000 bookings, packed",
        by_medoffice(small, VISIT) | peers(small, by_hand, naively, with_slotify),
        rounds=3,
    )
    a_million()


if __name__ == "__main__":
    main()
