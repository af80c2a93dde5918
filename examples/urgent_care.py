"""A day of an urgent care clinic: walk-ins, triage, waits as patients are told them, overbooking, measures.
All of it is invented. Run it from a checkout with the extra ``optimise``: python examples/urgent_care.py
"""

from collections import Counter
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from medoffice.core import (
    ActorId,
    AppointmentId,
    DateRange,
    Money,
    PatientId,
    Refused,
    ResourceId,
    TimeSlot,
    granted,
)
from medoffice.scheduling import (
    AnyOf,
    Book,
    Calendar,
    Overbooking,
    Policy,
    Provider,
    Room,
    VisitType,
    Weekly,
    dayplan,
    flow,
    measures,
)
from medoffice.testing.flow_days import played, script

ZONE = ZoneInfo("America/Chicago")
OPEN = Weekly.of("Mon-Sun 08:00-18:00", zone=ZONE)
SEEN = (AnyOf("clinician"), AnyOf("exam-room"))
CLINICIANS = [Provider(f"clinician-{n}", weekly=OPEN, tags="clinician") for n in (1, 2, 3)]
CALENDAR = Calendar(
    resources=(
        *CLINICIANS,
        *(Room(f"room-{n}", tags="exam-room") for n in (1, 2, 3, 4)),
        Room("suture-room", tags="suture-room"),
    ),
    visits=(
        VisitType(code="minor-illness", name="Minor illness", minutes=15, needs=SEEN),
        VisitType(code="injury", name="Injury", minutes=25, needs=SEEN),
        VisitType(code="wound-check", name="Wound check", minutes=15, needs=SEEN),
        VisitType(
            code="sutures", name="Sutures", minutes=30, needs=(AnyOf("clinician"), AnyOf("suture-room"))
        ),
    ),
)
QUEUE = flow.QueuePolicy(aging=(flow.Aging(4, 60), flow.Aging(5, 90)), untriaged=3, scheduled=3)
CHECK_OUT = (
    flow.CheckOutRule(kind=flow.TaskKind.FOLLOW_UP, is_must=True),
    flow.CheckOutRule(kind=flow.TaskKind.REFERRAL),
    flow.CheckOutRule(kind=flow.TaskKind.BALANCE, at_least=Money(500)),
)
NURSE, POLICY = ActorId("triage-nurse"), Policy(overbooking=Overbooking(is_allowed=True))


def at(hour: int, minute: int = 0) -> datetime:
    """A clock time in Chicago on Monday, January 5, 2026."""
    return datetime(2026, 1, 5, hour, minute, tzinfo=ZONE)


def shown(moment: datetime) -> str:
    """``09:20`` on the clock of the clinic."""
    return f"{moment.astimezone(ZONE):%H:%M}"


def call(now: datetime) -> None:
    """Four wait; the most urgent is called first, and whoever has waited too long is lifted."""
    people = (("sprain", 4, 75), ("rash", 5, 20), ("chest-pain", 2, 2), ("fever", 3, 30))
    waiting = [
        flow.Waiting(visit=AppointmentId(name), since=now - timedelta(minutes=minutes), level=level)
        for name, level, minutes in people
    ]
    turns = flow.line(waiting, policy=QUEUE, now=now)
    print(f"{shown(now)}, the line:", *(f"{each.waiting.visit} (level {each.level})" for each in turns))
    for place in (0, 1):
        rest = [each.waiting for each in turns[place:]]
        why = flow.next_patient(rest, policy=QUEUE, now=now).trace.steps
        print(f"  why {rest[0].visit}?", *why, sep="\n    ")


def foretell() -> flow.PastDay:
    """How long will it be? Ranges learned from past days, told on this one, and held against what came."""
    days = [played(script(seed), policy=QUEUE) for seed in range(30)]
    history = granted(flow.learn(days[:20]))
    calibration = granted(flow.calibrated(days[20:], history=history, policy=QUEUE))
    ask = partial(flow.estimate_wait, history=history, calibration=calibration, policy=QUEUE)
    ask_new = partial(flow.estimate_if_came, history=history, calibration=calibration, policy=QUEUE)
    today, held = played(script(101), policy=QUEUE), Counter[bool]()  # a busy day of those made up
    for hour in (8, 9, 10, 12):
        floor = flow.floor_at(today.visits, shifts=today.shifts, now=at(hour, 30))
        told = flow.wait_words(granted(ask_new(floor, level=4)).value)
        print(f"{shown(floor.now)}, {len(floor.waiting)} wait. How long, for level 4? {told.text}")
    for visit, moment, wait in flow.asked(today):
        floor = flow.floor_at(today.visits, shifts=today.shifts, now=moment)
        found = granted(ask(floor, visit)).value
        held[found.low <= wait <= found.high] += 1
    print(f"  {held[True]} of {held.total()} ranges told today held; four in five were promised")
    return today


def see(book: Book) -> flow.VisitFlow:
    """One patient from the door to the door; nobody goes while something that must be done is open."""
    came, now, name, who = at(10), at(11, 4), AppointmentId("walk-in"), PatientId("ann")
    free = book.find("injury", window=TimeSlot(came, at(18)), now=came)[0]
    visit = granted(book.walk_in("injury", id=name, patient=who, at=free, now=came)).appointment
    clinician, room = visit.resources
    end = flow.VisitEnd(visit_type="injury", follow_up_weeks=2, referrals=("therapy",), balance=Money(4000))
    tasks = flow.check_out_tasks(end, CHECK_OUT).value
    story: list[flow.Fact] = [
        flow.PatientArrived(name, came),
        flow.Triaged(name, at(10, 4), 3, NURSE),
        flow.CheckedIn(name, at(10, 5)),
        flow.Roomed(name, at(10, 12), room),
        flow.ProviderEntered(name, at(10, 16), clinician),
        flow.WentToAncillary(name, at(10, 25), ResourceId("x-ray")),
        flow.ReturnedFromAncillary(name, at(10, 45)),
        flow.ProviderEntered(name, at(10, 47), clinician),
        flow.CheckOutBegun(name, at(10, 58)),
        *(flow.TaskRaised(name, at(10, 58), task) for task in tasks),
    ]
    seen = flow.replay(story)[name]
    print("At check-out:", ", ".join(f"{task.code}{' (must)' * task.is_must}" for task in seen.open_tasks))
    early = flow.record(seen, flow.PatientLeft(name, now), now=now)
    print("  may the patient go?", *(early.findings if isinstance(early, Refused) else ["yes"]))
    settled = [flow.TaskSettled(name, now, task.code, flow.Settlement.DONE, NURSE) for task in tasks]
    seen = flow.replay([*story, *settled, flow.PatientLeft(name, now)])[name]
    granted(book.change(name, flow.status_of(seen), now=now))
    times = flow.visit_times(seen, now=now)
    lengths = [
        each for each in (times.lobby, times.ancillary, times.cycle) if isinstance(each, flow.Measured)
    ]
    print("  in the lobby, at the x-ray, and in all without it:", *(each.length for each in lengths))
    return seen


def overbook(book: Book) -> dayplan.OverbookingLevel:
    """How many wound checks to book into an hour, by who may not come; rooms are never shared."""
    chances = (0.1, 0.4, 0.3, 0.5, 0.2, 0.4, 0.3)  # each patient's own, as a model of no-shows has them
    found = dayplan.overbooking_level(no_show=chances, slots=4, slot=15, wait=0.01, overtime=0.1, at_least=4)
    print("How many wound checks from 14:00 to 15:00?", *found.trace.steps, sep="\n  ")
    put, (first, *others) = partial(book.book, overbook=True, now=at(8)), [each.id for each in CLINICIANS]
    for number, place in enumerate(found.value.plan.places):
        start, who, id = at(14, 15 * place), PatientId(f"w{number}"), AppointmentId(f"wound-{number}")
        visit = granted(put("wound-check", start, id=id, patient=who, resources=[first])).appointment
        print(f"  {who} at {shown(start)} in {visit.resources[1]}{', overbooked' * visit.is_overbooked}")
    for other in others:
        who, id = PatientId(f"needs-{other}"), AppointmentId(f"sutures-{other}")
        outcome = put("sutures", at(14), id=id, patient=who, resources=[other])
        print(f"  sutures with {other}:", *(outcome.findings if isinstance(outcome, Refused) else ["booked"]))
    return found.value


def measure(today: flow.PastDay) -> None:
    """What the day was like."""
    encounters, sessions = [], {shift.provider: [shift.slot] for shift in today.shifts}
    for visit in today.visits:
        entered = [fact for fact in visit.flow.log if isinstance(fact, flow.ProviderEntered)]
        left = [fact for fact in visit.flow.log if isinstance(fact, flow.ProviderLeft)]
        for came, went in zip(entered, left, strict=True):
            who, since, seen = came.provider, visit.flow.log[0].at, TimeSlot(came.at, went.at)
            encounters.append(measures.Encounter(clinician=who, scheduled=since, arrived=since, seen=seen))
    window = DateRange(date(2026, 1, 5), date(2026, 1, 5))
    print(f"The day: {len(today.visits)} came, {len(encounters)} were seen.")
    print("  from the door to a clinician:", measures.waits(encounters, window=window, zone=ZONE))
    use = measures.session_use(sessions, encounters, window=window, zone=ZONE)
    if isinstance(use, measures.SessionUse):
        print("  clinicians with patients:", use.utilisation, "and overtime:", use.overtime)


def main() -> Book:
    """The whole story."""
    book = Book(CALENDAR, POLICY)
    call(at(9, 30))
    today = foretell()
    see(book)
    overbook(book)
    measure(today)
    return book


if __name__ == "__main__":
    main()
