"""An office over each store, on a fixed morning, with one clinician and one patient."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import attrs
import pytest

from medoffice.adapters.ed25519 import Ed25519Signer, Ed25519Verifier
from medoffice.adapters.keys import OfficeKey
from medoffice.adapters.memory import MemoryStore
from medoffice.adapters.sql.postgres import open_postgres
from medoffice.adapters.sql.sqlcipher import open_sqlcipher
from medoffice.adapters.system import FixedClock, RandomIds
from medoffice.billing import Accumulators, Benefit, Benefits, Coverage, Payer, PlannedLine, VerifiedCoverage
from medoffice.core import (
    NPI,
    AppointmentId,
    CoverageId,
    DateRange,
    MemberId,
    Money,
    OfficeId,
    Patient,
    PatientId,
    PayerId,
    Percent,
    PersonName,
    Phone,
    Provider,
    ResourceId,
)
from medoffice.office import Office, OfficeSettings
from medoffice.ports.store import Store
from medoffice.scheduling import Hours, VisitType, WeeklyTemplate
from medoffice.scheduling.outcomes import Booked

ZONE = ZoneInfo("America/Chicago")
MORNING = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
"""Nine o'clock in Chicago, on a Tuesday."""
TEN = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
DOCTOR = ResourceId("dr-okafor")
BORN = date(1987, 2, 3)
SIGNER = Ed25519Signer(bytes(range(32)), 1)
STORES = ("memory", "sqlcipher", "postgres")


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Each kind of store in turn, empty."""
    key = OfficeKey(bytes(range(32)))
    made: Store
    if request.param == "memory":
        made = MemoryStore()
    elif request.param == "sqlcipher":
        made = open_sqlcipher(tmp_path / "office.db", key)
    else:
        made = open_postgres(request.getfixturevalue("postgres").fresh_database(), key)
    yield made
    made.close()


@pytest.fixture
def office(store: Store) -> Office:
    """An office at nine in the morning, with Dr. Okafor, a kind of visit and the patient Ana."""
    made = Office(
        settings=OfficeSettings(id=OfficeId("northside"), name="Northside", zone=ZONE),
        store=store,
        clock=FixedClock(MORNING),
        ids=RandomIds(),
        signer=SIGNER,
        verifier=Ed25519Verifier.of(SIGNER),
    )
    made.add_visit_type(VisitType(code="follow-up", name="Follow-up visit", minutes=20))
    week = tuple(Hours(weekday=day, opens=time(8), closes=time(17)) for day in range(5))
    made.add_provider(
        Provider(
            id=DOCTOR, name=PersonName(family="Okafor", given="Ruth"), npi=NPI("1234567893"), credentials="MD"
        ),
        WeeklyTemplate(resource=DOCTOR, zone=ZONE, hours=week, effective=DateRange(date(2026, 1, 1))),
    )
    made.register(ana(), cover(PatientId("pat-ana")))
    return made


def ana() -> Patient:
    """The patient of these tests."""
    return Patient(
        id=PatientId("pat-ana"),
        name=PersonName(family="Núñez", given="Ana"),
        birth_date=BORN,
        phone=Phone("2175550142"),
    )


def cover(patient: PatientId) -> VerifiedCoverage:
    """A plan with a co-pay of 30 dollars."""
    benefit = Benefit(
        service="office-visit", copay=Money(3000), coinsurance=Percent.parse("0%"), deductible_applies=False
    )
    return VerifiedCoverage(
        coverage=Coverage(
            id=CoverageId(f"cov-{patient}"),
            patient=patient,
            payer=Payer(id=PayerId("PRAIRI"), name="Prairie Health Plan"),
            plan="Silver",
            member_id=MemberId("MBR123456789"),
            effective=DateRange.parse("2026-01-01/2026-12-31"),
        ),
        benefits=Benefits(
            benefits=(benefit,),
            remaining=Accumulators(deductible_remaining=Money.zero, out_of_pocket_remaining=Money(100000)),
        ),
        verified_on=date(2026, 11, 20),
    )


LINES = (PlannedLine(service="office-visit", charge=Money(14500), allowed=Money(9800)),)


@pytest.fixture
def visit(office: Office) -> AppointmentId:
    """Ana's visit at ten."""
    booked = office.book(PatientId("pat-ana"), "follow-up", TEN, (DOCTOR,), lines=LINES)
    assert isinstance(booked, Booked)
    return booked.appointment.id


@pytest.fixture
def at(office: Office) -> Callable[[datetime], Office]:
    """The same office at another instant."""
    return lambda moment: attrs.evolve(office, clock=FixedClock(moment))
