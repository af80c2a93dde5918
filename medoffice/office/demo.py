"""A demo office with a believable day of patients, all of them invented.

The day is laid out for the day on which it is made, around the present hour, so that a kiosk has somebody to check in
at any time. Nobody in it exists: names are drawn from common ones, telephone numbers from 555-0100 to
555-0199 (which are set aside for fiction), and e-mail addresses from ``example.org`` (RFC 2606).
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

import attrs

from medoffice.adapters.system import FixedClock, SystemClock
from medoffice.billing import (
    Accumulators,
    Benefit,
    Benefits,
    CardPhone,
    CostShareOrder,
    Coverage,
    InsuranceCard,
    Payer,
    PlannedLine,
    PrintedCopay,
    Relation,
    Subscriber,
    VerifiedCoverage,
)
from medoffice.core.dates import DateRange
from medoffice.core.errors import MedofficeError
from medoffice.core.identifiers import MRN, NPI, MemberId, PayerId
from medoffice.core.ids import AppointmentId, CoverageId, PatientId, ResourceId
from medoffice.core.money import Money, Percent
from medoffice.core.people import Address, Email, Language, Patient, PersonName, Phone, Provider, Sex
from medoffice.office.office import Office
from medoffice.ports.clock import Clock
from medoffice.scheduling.appointments import Status
from medoffice.scheduling.hours import Hours, WeeklyTemplate
from medoffice.scheduling.needs import AnyOf
from medoffice.scheduling.outcomes import Booked
from medoffice.scheduling.resources import Equipment, Room
from medoffice.scheduling.resources import Provider as CalendarProvider
from medoffice.scheduling.visits import VisitType

ZONES: Final = (
    "America/Chicago",
    "America/New_York",
    "America/Puerto_Rico",
    "America/Denver",
    "America/Los_Angeles",
    "Pacific/Honolulu",
    "Pacific/Guam",
)
"""Where the demo office may be: in one of them it is day, whatever the hour."""
NAME: Final = "Northside Family Medicine"
_OPENED: Final = 8 * 60 + 30
_CLOSING: Final = 16 * 60
PLACE: Final = "1200 Prairie Avenue, Springfield, IL"
DEMO_NUMBERS: Final = {"npi": "2000000002", "ein": "12-3456789", "phone": "(312) 555-0100"}
"""Made up, as everything here."""
DEMO_PAYERS: Final = """\
# Invented payers, who answer at once from this office's own records. A real office writes kind = "folders" here,
# and the folder that its clearing house's program watches.
[gateway]
kind = "made-up"
"""

_CLINICIANS: Final = (
    ("dr-okafor", "Okafor", "Ruth", "MD", "1234567893"),
    ("np-lindqvist", "Lindqvist", "Sara", "NP", "2000000010"),
    ("dr-ramanathan", "Ramanathan", "Vijay", "MD", "2000000028"),
)
_ROOMS: Final = (
    *(Room(f"exam-{number}", tags="exam-room") for number in range(1, 4)),
    Equipment("ekg-1", tags="ekg"),
)
_SEEN_IN: Final = (AnyOf("clinician"), AnyOf("exam-room"))
_VISITS: Final = (
    VisitType(code="follow-up", name="Follow-up visit", minutes=20, needs=_SEEN_IN),
    VisitType(code="new-patient", name="New patient visit", minutes=40, buffer_after=5, needs=_SEEN_IN),
    VisitType(code="physical", name="Yearly check-up", minutes=40, needs=_SEEN_IN),
    VisitType(code="blood-pressure", name="Blood pressure check", minutes=15, needs=_SEEN_IN),
)
_EKG: Final = VisitType(
    code="ekg", name="EKG", minutes=20, buffer_after=5, needs=(*_SEEN_IN, AnyOf("ekg")), is_complex=True
)
_CHARGES: Final = {
    "follow-up": ("office-visit", Money(14500), Money(9800)),
    "new-patient": ("office-visit", Money(24000), Money(16350)),
    "physical": ("preventive", Money(21000), Money(15200)),
    "blood-pressure": ("nurse-visit", Money(4500), Money(2600)),
}
_PEOPLE: Final = (
    ("Alvarez", "Lucía", "F", 1987, "es"),
    ("Nguyen", "Minh Anh", "F", 1994, "en"),
    ("O'Brien", "Patrick", "M", 1948, "en"),
    ("Washington", "Denise", "F", 1972, "en"),
    ("Kowalski", "Zbigniew", "M", 1955, "en"),
    ("Haddad", "Layla", "F", 2001, "en"),
    ("Garcia-Lopez", "José", "M", 1963, "es"),
    ("Chen", "Wei", "M", 1980, "en"),
    ("Johnson", "Marcus", "M", 1991, "en"),
    ("Petrov", "Irina", "F", 1939, "en"),
    ("Begum", "Shirin", "F", 1976, "en"),
    ("St. Clair", "Amélie", "F", 2010, "en"),
    ("Yazzie", "Thomas", "M", 1968, "en"),
    ("Morales", "Carmen", "F", 1951, "es"),
    ("Schmidt", "Karl", "M", 1984, "en"),
    ("Abebe", "Hana", "F", 1999, "en"),
    ("Baker", "Eleanor", "F", 1944, "en"),
    ("Okonkwo", "Chidi", "M", 1989, "en"),
    ("Rossi", "Giulia", "F", 1978, "en"),
    ("Herrera", "Mateo", "M", 2004, "es"),
    ("Novak", "Jana", "F", 1960, "en"),
    ("Tran", "Quoc", "M", 1957, "en"),
    ("Fitzgerald", "Nora", "F", 1983, "en"),
    ("Singh", "Gurpreet", "M", 1996, "en"),
)
_OF_A_PARENT, _OF_A_SPOUSE = 11, 7
_PLANS: Final = (
    ("Prairie Health Plan", "PRAIRI", "Silver PPO"),
    ("Lakeshore Mutual", "LAKE01", "Gold HMO"),
    ("Heartland Care", "HEARTL", "High-deductible"),
)


@attrs.frozen(kw_only=True)
class DemoPatient:
    """One invented patient of the demo day: what somebody who plays them needs to know."""

    patient: Patient
    appointment: AppointmentId
    starts: datetime


def demo_office(clock: Clock | None = None) -> tuple[Office, tuple[DemoPatient, ...]]:
    """A demo office in memory, and its patients of today, earliest visit first; for trying out and for tests."""
    wanted = clock or SystemClock()
    office = Office.in_memory(NAME, zone=awake_zone(wanted.now()), clock=wanted)
    return office, fill_demo(office)


def awake_zone(now: datetime) -> str:
    """The first of :data:`ZONES` in which it is between half past eight and four, or the one nearest to noon."""
    clocks = {name: now.astimezone(ZoneInfo(name)) for name in ZONES}
    minutes = {name: clock.hour * 60 + clock.minute for name, clock in clocks.items()}
    at_work = [name for name in ZONES if _OPENED <= minutes[name] <= _CLOSING]
    return at_work[0] if at_work else min(ZONES, key=lambda name: abs(minutes[name] - 12 * 60))


def fill_demo(office: Office, *, seed: int = 7) -> tuple[DemoPatient, ...]:
    """Clinicians, kinds of visit, and today's patients around the present hour, earliest visit first.

    Of the visits before the present, the oldest are over, some patients wait, and one is late. Everything is
    written by the office's own commands, at the hour at which it would have happened. Run again on another day, it
    adds that day's patients.

    Raises:
        MedofficeError: when too little is left of the day for anybody to come.
    """
    chance = Random(seed)  # noqa: S311 -- invented people need no secrecy
    now = office.clock.now()
    today = office.settings.day_at(now)
    opened = attrs.evolve(office, clock=FixedClock(office.settings.span_of(today).start))
    for visit in (*_VISITS, _EKG):
        opened.add_visit_type(visit)
    for room in _ROOMS:
        opened.schedule.add_resource(room)
    resources = tuple(_add_clinicians(opened, today))
    people = []
    for place, start in enumerate(_starts(opened, today, now)):
        patient, covers = _person(opened, place, chance, today)
        opened.register(patient, *covers)
        code = _VISITS[place % len(_VISITS)].code
        service, charge, allowed = _CHARGES[code]
        line = PlannedLine(service=service, charge=charge, allowed=allowed if covers else None)
        booked = opened.book(patient.id, code, start, (resources[place % len(resources)],), lines=(line,))
        if not isinstance(booked, Booked):
            raise MedofficeError("the demo day could not be laid out; choose another folder or day")
        people.append(DemoPatient(patient=patient, appointment=booked.appointment.id, starts=start))
    if not people or people[-1].starts <= now:
        raise MedofficeError("too little is left of the day for a demo; try again after midnight")
    _live_the_morning(opened, [person for person in people if person.starts <= now], now)
    return tuple(people)


def _live_the_morning(office: Office, past: Sequence[DemoPatient], now: datetime) -> None:
    """Let those whose visits have begun come, wait and be seen; the second to last is late."""
    for place, person in enumerate(past):
        if place == len(past) - 2:
            continue
        came = attrs.evolve(office, clock=FixedClock(person.starts - timedelta(minutes=7)))
        came.check_in(person.appointment)
        if person.starts + timedelta(minutes=45) < now:
            seen = attrs.evolve(office, clock=FixedClock(person.starts + timedelta(minutes=40)))
            seen.change_status(person.appointment, Status.FULFILLED)


def _add_clinicians(office: Office, today: date) -> Iterator[ResourceId]:
    # A demo is looked at by night as well as by day: its clinicians are in from midnight to midnight.
    all_day = tuple(Hours(weekday=day, opens=time(0), closes=time(0)) for day in range(7))
    for name, family, given, credentials, npi in _CLINICIANS:
        resource = ResourceId(name)
        provider = Provider(
            id=resource,
            name=PersonName(family=family, given=given),
            npi=NPI(npi),
            credentials=credentials,
        )
        template = WeeklyTemplate(
            resource=resource, zone=office.settings.zone, hours=all_day, effective=DateRange(today)
        )
        office.add_provider(provider, template)
        office.schedule.add_resource(CalendarProvider(resource, tags="clinician"))
        yield resource


def _starts(office: Office, today: date, now: datetime) -> Iterator[datetime]:
    """Starts a quarter of an hour apart, from an hour and a half before now on, within the day.

    Three clinicians take turns, so each has 45 minutes: the length of the longest visit with its buffer.
    """
    day = office.settings.span_of(today)
    quarter = timedelta(minutes=15)
    first = day.start + ((now - day.start) // quarter - 6) * quarter
    for place in range(len(_PEOPLE)):
        start = first + place * quarter
        if day.start + quarter <= start and start + timedelta(minutes=50) <= day.end:
            yield start


def _person(
    office: Office, place: int, chance: Random, today: date
) -> tuple[Patient, tuple[VerifiedCoverage, ...]]:
    family, given, sex, year, language = _PEOPLE[place]
    first, _, middle = given.partition(" ")
    id = office.ids.new(PatientId)
    patient = Patient(
        id=id,
        name=PersonName(family=family, given=first, middle=middle),
        birth_date=date(year, chance.randint(1, 12), chance.randint(1, 28)),
        sex=Sex(sex),
        mrn=MRN(f"{today:%y%m%d}{place:03d}"),
        phone=Phone(f"217555{100 + place:04d}"),
        email=Email(f"patient{place + 1}@example.org") if place % 4 else None,
        address=Address(
            street=f"{chance.randint(10, 990)} {chance.choice(('Oak', 'Elm', 'Cedar', 'Maple'))} Street",
            city="Springfield",
            state="IL",
            zip_code="62704",
        ),
        language=Language(language),
    )
    return patient, () if place % 8 == 5 else (_cover(office, id, place, chance, today),)  # noqa: PLR2004


def _held_by(place: int) -> dict[str, Any]:
    """Whose plan it is: of the youngest a parent's, and of one patient a spouse's whom the office does not know yet."""
    if place == _OF_A_PARENT:
        holder = Subscriber(
            name=PersonName(family="St. Clair", given="Margaux"), birth_date=date(1981, 5, 9), sex=Sex.FEMALE
        )
        return {"relation": Relation.CHILD, "subscriber": holder}
    return {"relation": Relation.SPOUSE} if place == _OF_A_SPOUSE else {}


def _cover(office: Office, patient: PatientId, place: int, chance: Random, today: date) -> VerifiedCoverage:
    name, payer, plan = _PLANS[place % len(_PLANS)]
    is_silent = place % 8 == 6  # noqa: PLR2004 -- one payer in eight does not say what it was asked
    benefits = Benefits(
        benefits=(
            Benefit(
                service="office-visit",
                copay=Money(3000) if place % 3 else Money.zero,
                coinsurance=Percent(Decimal(20)) if place % 3 == 0 else Percent(Decimal(0)),
                deductible_applies=None if is_silent else place % 3 == 0,
            ),
            Benefit(service="preventive", is_preventive=True),
            Benefit(
                service="nurse-visit",
                copay=Money(1000),
                coinsurance=Percent(Decimal(0)),
                deductible_applies=False,
            ),
        ),
        remaining=Accumulators(
            deductible_remaining=Money(chance.choice((0, 4250, 60000))),
            out_of_pocket_remaining=Money(250000),
        ),
        order=CostShareOrder.COPAY_FIRST,
    )
    coverage = Coverage(
        id=office.ids.new(CoverageId),
        patient=patient,
        payer=Payer(id=PayerId(payer), name=name),
        plan=plan,
        member_id=MemberId(f"MBR{chance.randint(10**8, 10**9 - 1)}"),
        effective=DateRange(date(today.year, 1, 1), date(today.year, 12, 31)),
        on_file_since=date(today.year, 1, 2),
        group_number=f"G{100 + place}",
        card=InsuranceCard(
            rx_bin="610000",
            phones=(CardPhone("Member services", Phone(f"800555{100 + place:04d}")),),
            copays=(PrintedCopay("Office visit", Money(3000)),) if place % 3 else (),
        ),
        **_held_by(place),
    )
    return VerifiedCoverage(coverage=coverage, benefits=benefits, verified_on=today)
