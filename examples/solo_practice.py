"""A solo practice before Christmas: one physician, one nurse, two rooms; everybody in it is invented.
Run it from a checkout with the extras ``calendar``, ``optimise`` and ``pictures``: python examples/solo_practice.py
"""

import tempfile
from collections import Counter
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from medoffice.adapters.holidays import public_holidays
from medoffice.adapters.pictures import day_picture, render_svg
from medoffice.core import AppointmentId, HoldId, PatientId, SeriesId, TimeSlot, granted
from medoffice.scheduling import (
    Absence,
    AnyOf,
    Book,
    Calendar,
    Policy,
    Provider,
    Recurrence,
    Room,
    VisitType,
    Weekly,
    dayplan,
    measures,
    noshow,
    waitlist,
)
from medoffice.scheduling.reminders import STANDARD, Channel, Contact, due
from medoffice.testing.no_show_histories import synthetic_history

ZONE = ZoneInfo("America/Chicago")
WEEK = Weekly.of("Mon-Fri 08:00-12:00 13:00-17:00", zone=ZONE)
WITH_DOCTOR, WITH_NURSE = ((AnyOf(who), AnyOf("exam-room")) for who in ("physician", "nurse"))
CLOSED_ON = {"Thanksgiving Day", "Christmas Day", "New Year's Day"}


def on(day: int, hour: int, minute: int = 0) -> datetime:
    """A clock time in Chicago, days counted from December 1, 2026: the 32nd is New Year's Day."""
    return datetime(2026, 12, 1, hour, minute, tzinfo=ZONE) + timedelta(days=day - 1)


NOW = on(14, 7, 30)
DOCTOR = Provider("dr-rivera", weekly=WEEK, tags="physician")
NURSE = Provider("nurse-cole", weekly=WEEK, tags="nurse")
ROOMS = [Room(name, tags="exam-room") for name in ("exam-1", "exam-2")]
CALENDAR = Calendar(
    resources=(DOCTOR, NURSE, *ROOMS),
    visits=(
        VisitType(code="follow-up", name="Follow-up", minutes=20, needs=WITH_DOCTOR),
        VisitType(code="physical", name="Physical", minutes=40, buffer_after=10, needs=WITH_DOCTOR),
        VisitType(code="allergy-shot", name="Allergy shot", minutes=30, needs=WITH_NURSE),
    ),
    closures=tuple(each for each in public_holidays("US", "IL", [2026, 2027]) if each.name in CLOSED_ON),
    absences=(Absence(DOCTOR.id, TimeSlot(on(28, 0), on(32, 0)), "vacation"),),
)


def shown(moment: datetime) -> str:
    """``Tue Dec 15 09:20`` on the clock of the practice."""
    return f"{moment.astimezone(ZONE):%a %b %d %H:%M}"


def open_book() -> Book:
    """The book on a Monday morning, with what patients booked in the ten days before."""
    book = Book(CALENDAR, Policy(notice_minutes=60, horizon_days=120))
    for number in range(110):
        asked, patient = on(4, 9) + number * timedelta(hours=2), PatientId(f"p{number}")
        kind, day = "physical" if number % 7 == 0 else "follow-up", (14, 15, 16, 17, 18, 21)[number % 6]
        wanted = TimeSlot(on(day, 8), on(28, 0))
        free = book.find(kind, window=wanted, step=timedelta(minutes=10), patient=patient, now=asked)
        granted(book.book(kind, free[0], id=AppointmentId(f"a{number}"), patient=patient, now=asked))
    return book


def find_and_book(book: Book) -> None:
    """The first free times, why other times are not free, and a series that meets two holidays."""
    free = book.find("physical", window=TimeSlot(NOW, on(45, 0)), now=NOW)[:3]
    print("First free times for a physical:", ", ".join(shown(each.slot.start) for each in free))
    granted(book.book("physical", free[0], id=AppointmentId("a300"), patient=PatientId("p300"), now=NOW))
    for start in (free[0].slot.start, on(25, 9), on(29, 9)):
        print(f"  why not {shown(start)} now?", *book.why_not("physical", start, now=NOW), sep="\n    ")
    fridays = Recurrence(first=date(2026, 12, 18), clock=time(10), zone=ZONE, count=6)
    ids, who = [AppointmentId(f"shot-{number}") for number in range(6)], PatientId("p301")
    ask = partial(book.book_series, "allergy-shot", fridays, id=SeriesId("shots"), ids=ids, patient=who)
    series = granted(ask(now=NOW, skip_conflicts=True))
    print("Six allergy shots:", ", ".join(shown(each.slot.start) for each in series.appointments))
    for each in series.left_out:
        print(
            f"  not {shown(each.start)}, {each.findings[0].message}; but {shown(each.nearest[0].slot.start)}"
        )


def fill_a_cancellation(book: Book) -> None:
    """A visit is called off; those who wait are asked in waves, and the first to say yes has the time."""
    policy = waitlist.WaitlistPolicy(asking=waitlist.AskingHours(zone=ZONE))
    waiting = waitlist.Waitlist(policy=policy, visits=CALENDAR.visits, resources=CALENDAR.resources)
    visits = [each for each in book.appointments.values() if each.visit_type == "follow-up"]
    visits.sort(key=lambda each: each.slot.start)
    for days, urgency, later in zip((9, 8, 7), waitlist.Urgency, visits[-3:], strict=True):
        entry = waitlist.Entry(
            id=waitlist.EntryId(f"wish-of-{later.patient}"),
            patient=later.patient,
            visit=later.visit_type,
            joined=NOW - timedelta(days=days),
            urgency=urgency,
            current=waitlist.CurrentVisit(later.id, later.slot),
            channels="text",
        )
        granted(waiting.join(entry, now=NOW))
    now, visit = on(14, 9), next(each for each in visits if each.slot.start >= on(16, 8))
    off = granted(book.cancel(visit.id, reason="sick", now=now))
    print(f"{shown(now)}: {shown(visit.slot.start)} is called off, {off.notice // 60} hours ahead")
    freed = waitlist.FreedSlot.left_by(visit, id=waitlist.FreedSlotId("freed"), freed=now)
    hold = HoldId("for-the-waitlist")
    granted(book.hold("follow-up", freed.start, id=hold, until=on(16, 6), resources=freed.resources, now=now))
    granted(waiting.open(freed, now=now))
    wave = waiting.advance(now, busy=book.visits_of)
    for offer in wave.asked:
        why = waiting.why_asked(offer.key).trace.steps
        print(f"  {offer.patient} is asked until {shown(offer.answer_by)}:", *why, sep="\n    ")
    now = on(14, 10)
    filled = granted(waiting.accept(wave.asked[1].key, now=now, busy=book.visits_of))
    moved = granted(book.move_to_hold(filled.frees[0], hold, now=now))
    days = (moved.previous.start - moved.appointment.slot.start).days
    print(f"  {shown(now)}: {filled.entry.patient} says yes first, and comes {days} days sooner")


def remind(book: Book) -> None:
    """What is to be sent tomorrow at ten, and to whom nothing can be sent."""
    visits, now, phone = book.appointments.values(), on(15, 10), {Channel.TEXT, Channel.VOICE}
    agreed = {each.patient: phone if number % 9 else set() for number, each in enumerate(visits)}
    contacts = [Contact(patient=who, reachable=Channel, agreed=by) for who, by in agreed.items()]
    found = due(STANDARD, appointments=visits, contacts=contacts, facts=(), now=now, zone=ZONE)
    told = [f"{each.key.step}, by {each.channel}" for each in found.reminders]
    told += [f"not sent: {each}" for each in found.skipped if each.obstacles]
    print(f"{shown(now)}: {len(found.reminders)} reminders are due")
    print(*(f"  {count} × {what}" for what, count in sorted(Counter(told).items())), sep="\n")


def foresee_and_plan(book: Book) -> None:
    """Who may not come, and when the patients of tomorrow morning had best been asked to come."""
    history = synthetic_history(4_000, seed=4).visits  # made up; a practice gives its own
    fitted = granted(noshow.fit(history, on=NOW.date(), zone=ZONE))
    print(f"No-shows: {fitted.model.visits} visits taught it; AUC {fitted.tested[0].auc:.2f} on later ones")
    records, morning = noshow.TrackRecords.of(history), TimeSlot(on(15, 8), on(15, 12))
    visits = sorted(noshow.visits_of(book.events).open.values(), key=lambda each: each.starts)
    found = {each: fitted.model.risk(records.facts(each, known_at=NOW, zone=ZONE)) for each in visits}
    most = max(found.values(), key=lambda risk: risk.probability).explained
    print(f"  the highest risk of all is {most.value:.0%}:", *most.trace.steps[:4], sep="\n    ")
    risks = [risk.probability for visit, risk in found.items() if visit.starts in morning]
    seen = dayplan.Empirical.of([10, 15, 20, 20, 25, 30, 40, 60])  # minutes that were measured
    n, costs = len(risks), dayplan.Weights(wait=1, idle=3, overtime=4)
    plan = dayplan.optimal_day(n=n, slots=16, slot=15, service=seen, no_show=risks, weights=costs)
    even = dayplan.even_plan(n=n, slots=16)
    usual = dayplan.evaluate(even, slot=15, service=seen, no_show=risks, weights=costs)
    print(f"Tomorrow morning, {n} patients in 16 quarters of an hour, expected minutes:")
    for name, each in (("evenly spaced", usual), ("the best plan", plan)):
        cost = f"wait {each.wait:.0f}, idle {each.idle:.0f}, overtime {each.overtime:.0f}"
        print(f"  {name}: {cost}; weighted {each.cost:.1f}")
    print("  patients in each quarter:", *plan.schedule, "- proof holds:", dayplan.verify(plan).is_optimal)


def measure_and_draw(book: Book, folder: Path) -> None:
    """How soon one can be seen, and what tomorrow looks like."""
    free = book.find("follow-up", window=TimeSlot(NOW, on(60, 0)), now=NOW)
    access = measures.third_next_available(free, now=NOW, zone=ZONE)
    assert isinstance(access, measures.Access)
    print(f"Third next available follow-up: in {access.days} days, {shown(access.start)}")
    day, columns = date(2026, 12, 15), {DOCTOR.id: "Dr. Rivera", NURSE.id: "Nurse Cole"}
    there, visits = {each: CALENDAR.presence(each, day) for each in columns}, book.appointments.values()
    picture = day_picture(
        day, zone=ZONE, columns=columns, openings=there, appointments=visits, visits=CALENDAR.visits
    )
    (folder / "tomorrow.svg").write_bytes(render_svg(picture))
    print("Tomorrow as a picture:", folder / "tomorrow.svg")


def main(folder: Path | None = None) -> Book:
    """The whole story; the picture goes into ``folder``, or a temporary one."""
    book = open_book()
    for part in (find_and_book, fill_a_cancellation, remind, foresee_and_plan):
        part(book)
    measure_and_draw(book, folder or Path(tempfile.mkdtemp(prefix="medoffice-")))
    return book


if __name__ == "__main__":
    main()
