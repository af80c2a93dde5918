"""A group of six clinicians of three specialties at two sites, in the week after the clocks change; all is invented.
Run it from a checkout with the extras ``calendar`` and ``optimise``: python examples/specialty_group.py
"""

from collections import Counter
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import AppointmentId, Email, OfficeId, PatientId, ResourceId, TimeSlot, granted
from medoffice.scheduling import (
    Absence,
    AnyOf,
    Appointment,
    Availability,
    Book,
    Calendar,
    Equipment,
    Fairness,
    Modality,
    Provider,
    Room,
    VisitType,
    Weekly,
    find,
    replan,
    waitlist,
)
from medoffice.wire import fhir, ics

ZONE = ZoneInfo("America/New_York")


def on(day: int, hour: int, minute: int = 0) -> datetime:
    """A clock time in New York in March 2027; the clocks change on Sunday, the 14th."""
    return datetime(2027, 3, day, hour, minute, tzinfo=ZONE)


def at(site: str, days: str) -> Weekly:
    """Office hours at a site on some days of the week."""
    week = Weekly.of(f"{days} 08:00-12:00 13:00-17:00", zone=ZONE)
    return attrs.evolve(week, hours=tuple(attrs.evolve(each, location=site) for each in week.hours))


def seen(tag: str) -> tuple[AnyOf, ...]:
    """A clinician of a specialty, and in person a room."""
    return (AnyOf(tag), AnyOf("room", modality=Modality.IN_PERSON))


NOW, MONDAY, NEXT_WEEK = on(11, 8), TimeSlot(on(15, 0), on(16, 0)), TimeSlot(on(15, 0), on(20, 0))
DOWNTOWN, RIVERSIDE = at("downtown", "Mon-Fri"), at("riverside", "Mon-Fri")
BOTH = (at("downtown", "Mon-Wed"), at("riverside", "Thu-Fri"))
SPECIALTIES = ("cardiology", "endocrinology", "orthopedics")
heart, sugar, joint = (partial(VisitType, specialty=each, needs=seen(each)) for each in SPECIALTIES)
CLASS, ECHO = (AnyOf("endocrinology"), AnyOf("hall")), (*seen("cardiology"), AnyOf("ekg"), AnyOf("echo"))
ROOMS = [Room(f"{site}-{n}", location=site, tags="room") for site in ("downtown", "riverside") for n in "12"]
CALENDAR = Calendar(
    resources=(
        Provider("dr-adeyemi", weekly=BOTH, tags="cardiology"),
        Provider("dr-blum", weekly=DOWNTOWN, tags="cardiology"),
        Provider("dr-castro", weekly=BOTH, tags="endocrinology"),
        Provider("np-dorn", weekly=DOWNTOWN, tags="endocrinology"),
        Provider("dr-eriksen", weekly=RIVERSIDE, tags="orthopedics"),
        Provider("dr-flores", weekly=RIVERSIDE, tags="orthopedics"),
        *ROOMS,
        Room("hall", location="riverside", tags="hall"),
        Equipment("ekg", location="downtown", tags="ekg"),
        Equipment("ultrasound", weekly=BOTH, tags="echo"),  # it travels
    ),
    visits=(
        heart(code="heart-visit", name="Heart visit", minutes=30, new_patient_minutes=60),
        heart(code="stress-echo", name="Stress echo", minutes=45, buffer_after=15, needs=ECHO),
        sugar(code="diabetes-check", name="Check", minutes=20, modalities=Modality),
        sugar(code="diabetes-class", name="Class", minutes=60, needs=CLASS, capacity=3),
        joint(code="joint-check", name="Joint check", minutes=20),
    ),
)


def shown(moment: datetime) -> str:
    """``Mon 15 09:20 EDT`` on the clock of the group."""
    return f"{moment.astimezone(ZONE):%a %d %H:%M %Z}"


def put(book: Book, kind: str, start: datetime, name: str, *resources: ResourceId) -> Appointment:
    """Book a visit for a patient who is named after it."""
    id, patient = AppointmentId(name), PatientId(f"of-{name}")
    return granted(book.book(kind, start, id=id, patient=patient, resources=resources, now=NOW)).appointment


def look(book: Book) -> None:
    """All that a visit needs at once and at one site; another length for new patients; a room only in person."""
    ask = partial(book.find, window=TimeSlot(NOW, on(20, 0)), now=NOW)
    for what, free in {
        "stress echo": ask("stress-echo"),
        "heart visit": ask("heart-visit"),
        "heart visit of a new patient": ask("heart-visit", new_patient=True),
        "diabetes check by telehealth": ask("diabetes-check", modality=Modality.TELEHEALTH),
    }.items():
        print(f"First {what}: {shown(free[0].slot.start)}, {free[0].slot.length} with", *free[0].resources)
    print("No stress echo on Thursday:", *book.why_not("stress-echo", on(18, 9), now=NOW))


def teach(book: Book) -> None:
    """Three patients share a class, on either side of the clock change; the fourth is told that it is full."""
    for start in (on(12, 10), on(19, 10)):
        seats = [put(book, "diabetes-class", start, f"class-{start:%d}-{n}") for n in range(3)]
        full = book.why_not("diabetes-class", start, now=NOW)[0].message
        print(f"Class on {shown(start)}: {len(seats)} of {seats[0].seats} seats taken; then: {full}")


def share_out(book: Book) -> None:
    """Twelve patients, each at a time of their own; who has fewer visits comes first when that is asked."""
    for fair in (None, Fairness(over=NEXT_WEEK)):
        trial, leads = book if fair else Book(CALENDAR), Counter[str]()
        for number in range(12):
            wanted = TimeSlot(on(15 + number % 5, 9 + number // 5), on(20, 0))
            free = trial.find("joint-check", window=wanted, fair=fair, now=NOW)[0]
            put(trial, "joint-check", free.slot.start, f"joint-{number}", free.lead)
            leads[str(free.lead)] += 1
        print("Twelve joint checks", "shared out:" if fair else "in the usual order:", dict(leads))


def fill(book: Book) -> None:
    """Two visits of tomorrow are called off: orthopedics asks by itself, cardiology leaves it to a person."""
    rails = (("cardiology", waitlist.Rails(no_fill_within=timedelta(hours=48))),)
    policy = waitlist.WaitlistPolicy(asking=waitlist.AskingHours(zone=ZONE), by_specialty=rails)
    waiting = waitlist.Waitlist(policy=policy, visits=CALENDAR.visits, resources=CALENDAR.resources)
    for kind in ("heart-visit", "joint-check"):
        wish, who, since = waitlist.EntryId(kind), PatientId(f"waits-for-{kind}"), on(1, 9)
        entry = waitlist.Entry(id=wish, patient=who, visit=kind, joined=since, channels="text")
        granted(waiting.join(entry, now=NOW))
        visit = put(book, kind, on(12, 9), f"tomorrow-{kind}")
        granted(book.cancel(visit.id, reason="sick", now=NOW))
        freed = waitlist.FreedSlot.left_by(visit, id=waitlist.FreedSlotId(kind), freed=NOW)
        granted(waiting.open(freed, now=NOW))
    found = waiting.advance(NOW, busy=book.visits_of)
    for offer in found.asked:
        print(f"Tomorrow's {offer.visit}: {offer.patient} is asked, until {shown(offer.answer_by)}")
    for each in found.desk:
        suits = [str(candidate.entry.patient) for candidate in each.candidates]
        print(f"Tomorrow's {each.freed.id}: a person decides, about {', '.join(suits)}:", *each.findings)


def replace(book: Book) -> Book:
    """A cardiologist is ill on Monday: every patient gets the least disruptive new place, and that is proven."""
    kind, blum = CALENDAR.visit("heart-visit"), ResourceId("dr-blum")
    for number in range(6):
        put(book, kind.code, on(15, 9) + number * kind.length, f"heart-{number}", blum)
    book = book.under(calendar=attrs.evolve(CALENDAR, absences=(Absence(blum, MONDAY, "sick"),)))
    hit = [each.appointment for each in book.misfits(window=MONDAY, now=NOW)]
    stay = Availability(book.calendar, (each for each in book.appointments.values() if each not in hit))
    ask = partial(find, stay, kind, window=NEXT_WEEK, now=NOW, step=kind.length)
    places = [replan.Place.of(free) for room in ROOMS for free in ask(resources=[room.id])]
    lost = partial(replan.Displaced, visit=kind)
    displaced = [lost(appointment=each, urgency=replan.Urgency(n % 3)) for n, each in enumerate(hit)]
    plan = replan.replan(displaced, places=places, resources=CALENDAR.resources, zone=ZONE, now=NOW)
    least = granted(replan.verify(plan)).bound
    print(f"dr-blum is ill; {len(hit)} visits, {len(places)} places: {plan.total} points, none below {least}")
    for move in plan.moves:
        granted(book.move(move.displaced.appointment.id, move.free_slot, now=NOW))
        print(f"  {shown(move.old.start)} -> {shown(move.new.start)} with {move.lead}", end="; ")
        print(move.displaced.urgency, *move.cost.parts, sep=", ")
    return book


def publish(book: Book) -> tuple[bytes, bytes]:
    """A clinician's time for a telephone, without patients, and for other systems, with their ids and no names."""
    who, visits = ResourceId("dr-castro"), book.appointments.values()
    sender = ics.Sender(id=OfficeId("lakeside"), name="Lakeside", email=Email("desk@lakeside.example"))
    feed = ics.resource_feed(visits, resource=who, sender=sender, now=NOW, zone=ZONE)
    kinds = fhir.kinds_of(CALENDAR.resources)
    schedule = fhir.write_schedule(fhir.FhirSchedule(id="dr-castro", actors=(who,)), kinds=kinds)
    mine = [fhir.write_appointment(each, kinds=kinds) for each in visits if who in each.resources]
    bundle = fhir.to_bytes(fhir.write_bundle([schedule, *mine]))
    print(f"{who}: {feed.count(b'BEGIN:VEVENT')} events in the feed, {len(mine)} Appointments in FHIR")
    return feed, bundle


def main() -> None:
    """The whole story."""
    book = Book(CALENDAR)
    for part in (look, teach, share_out, fill):
        part(book)
    publish(replace(book))


if __name__ == "__main__":
    main()
