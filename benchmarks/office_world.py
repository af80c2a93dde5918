"""A small clinic over several stores at once: what is asked of one is asked of all, and all must answer alike.

It has two clinicians (one of another zone than the office, who works through the nights), rooms, one device and a
group; its first days lie around the end of daylight saving time, 1 November 2026.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import attrs

from medoffice.adapters.system import FixedClock
from medoffice.core import (
    AppointmentId,
    HoldId,
    OfficeId,
    Patient,
    PatientId,
    PersonName,
    ResourceId,
    TimeSlot,
)
from medoffice.core.errors import MedofficeError
from medoffice.office import Office, OfficeSettings
from medoffice.office.book.book_keeping import ALWAYS, STREAM
from medoffice.ports.ids import IdT
from medoffice.ports.store import KeptFact, ReadTransaction, SlotTaken, Store, Transaction
from medoffice.privacy.audit import AuditRow, verify_audit
from medoffice.scheduling import (
    AnyOf,
    Appointment,
    Equipment,
    Hours,
    OneOf,
    Overbooking,
    Policy,
    Provider,
    Room,
    VisitType,
    Weekly,
)
from medoffice.scheduling.book import BookState, DayLimit, Event, Hold, fold
from medoffice.scheduling.waitlist import AskingHours, Rails, WaitlistPolicy

T = TypeVar("T")

ZONE: Final = ZoneInfo("America/Chicago")
ISLANDS: Final = ZoneInfo("Pacific/Honolulu")
MINUTE: Final = timedelta(minutes=1)
BEGIN: Final = datetime(2026, 10, 30, 12, 0, tzinfo=UTC)
"""Seven on a Friday morning in Chicago; two nights later an hour comes twice."""
PATIENTS: Final = tuple(PatientId(f"pat-{name}") for name in ("ann", "bob", "cay", "dee"))
LEE, KAI, EXAM, SPARE, EKG = (ResourceId(name) for name in ("dr-lee", "dr-kai", "exam-1", "exam-2", "ekg-1"))
NAMED: Final = ((), (LEE,), (KAI,), (LEE, EXAM), (LEE, SPARE), (KAI, EXAM))
VISITS: Final = (
    VisitType(code="plain", name="Plain", minutes=30, needs=(OneOf("dr-lee", "dr-kai"), AnyOf("exam"))),
    VisitType(
        code="ekg",
        name="EKG",
        minutes=30,
        buffer_after=10,
        new_patient_minutes=45,
        needs=(OneOf("dr-lee"), AnyOf("exam"), AnyOf("ekg")),
    ),
    VisitType(code="group", name="Group", minutes=60, needs=(OneOf("dr-lee"), AnyOf("exam")), capacity=2),
    VisitType(code="short", name="Short", minutes=15),
)
STARTS: Final = tuple(
    BEGIN + timedelta(days=day, minutes=minutes)
    for day in (0, 1, 2, 3, 7)
    for minutes in (75, 90, 105, 120, 150, -390, -375, -345)
)
"""Quarters of an hour in the morning, and around two at night, where the clocks go back on the third day."""
FREE: Final = Policy(overbooking=Overbooking(is_allowed=True), hold_minutes=30)
STRICT: Final = Policy(
    notice_minutes=30,
    horizon_days=10,
    hold_minutes=30,
    longest_hold_minutes=180,
    holds_per_patient=1,
    day_limits=(DayLimit(at_most=3, zone=ZONE),),
)


@attrs.frozen(kw_only=True)
class CameOf:
    """What came of a command: its answer, or the mistake that it was called."""

    answer: Any = None
    mistake: str = ""


class CountedIds:
    """Ids in their order, so that two offices that do the same have the same ids."""

    def __init__(self) -> None:
        self._last = 0

    def new(self, kind: type[IdT]) -> IdT:
        """The next one."""
        self._last += 1
        return kind(
            f"{kind.__name__.removesuffix('Id').lower()}-{self._last:06}".replace("commandkey", "cmd")
        )

    def random_bytes(self, count: int) -> bytes:
        """Bytes that are told apart."""
        self._last += 1
        return self._last.to_bytes(count, "big")


@attrs.define
class Watched:
    """A store that counts how often its own constraint had to say what the book should have said."""

    store: Store
    audit_key: bytes
    taken: int = 0

    def transact(self, work: Callable[[Transaction], T], /, *, locks: tuple[str, ...] = ()) -> T:
        """As the store does it."""
        try:
            return self.store.transact(work, locks=locks)
        except SlotTaken:
            self.taken += 1
            raise

    def read(self, work: Callable[[ReadTransaction], T], /) -> T:
        """As the store does it."""
        return self.store.read(work)

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()


@attrs.frozen(kw_only=True)
class Seen:
    """All that a store has of the schedule."""

    visits: tuple[Appointment, ...]
    holds: tuple[Hold, ...]
    offers: tuple[Any, ...]
    facts: tuple[KeptFact, ...]
    waitlist: tuple[KeptFact, ...]
    flow: tuple[KeptFact, ...]
    audit: tuple[AuditRow, ...]


def see(tx: ReadTransaction) -> Seen:
    """Read everything, in one view."""
    facts = tx.facts(STREAM)
    made = sorted({each.subject for each in facts if type(each.fact).__name__ == "TimeHeld"})
    holds = tuple(tx.hold(HoldId(id)) for id in made)
    return Seen(
        visits=tx.appointments(ALWAYS),
        holds=holds,
        offers=tuple(offer for hold in holds for offer in tx.offers(hold.id)),
        facts=facts,
        waitlist=tx.facts("waitlist"),
        flow=tx.facts("flow"),
        audit=tx.audit_rows(),
    )


def clinic(store: Store, policy: Policy, now: datetime) -> Office:
    """An office with its clinicians, rooms, kinds of visit and patients."""
    office = Office(
        settings=OfficeSettings(id=OfficeId("northside"), name="Northside", zone=ZONE),
        store=store,
        clock=FixedClock(now),
        ids=CountedIds(),
        booking_policy=policy,
        waitlist_policy=WaitlistPolicy(
            asking=AskingHours(zone=ZONE),
            rails=Rails(no_fill_within=timedelta(0), least_gain=timedelta(0)),
        ),
    )
    nights = tuple(Hours(weekday=day, opens=time(18), closes=time(23)) for day in range(7))
    for resource in (
        Provider("dr-lee", weekly=Weekly.of("Mon-Sun 00:00-04:00 08:00-12:00", zone=ZONE)),
        Provider("dr-kai", weekly=Weekly(zone=ISLANDS, hours=nights)),
        Room("exam-1", tags="exam"),
        Room("exam-2", tags="exam"),
        Equipment("ekg-1", tags="ekg"),
    ):
        office.schedule.add_resource(resource)
    for visit in VISITS:
        office.add_visit_type(visit)
    for id in PATIENTS:
        office.register(Patient(id=id, name=PersonName(family="Someone"), birth_date=date(1980, 1, 1)))
    return office


def attempt(work: Callable[[], object]) -> CameOf:
    """The answer, or which mistake it was; a store's own trouble is no answer and comes out."""
    try:
        return CameOf(answer=work())
    except MedofficeError as trouble:
        return CameOf(mistake=f"{type(trouble).__name__}: {trouble}")


def assert_sound(seen: Seen, policy: Policy, *, audit_key: bytes) -> None:
    """Nobody has what another has, the facts make what is stored, and the trail is whole."""
    _assert_apart([*seen.visits, *seen.holds], policy)
    told = [each.fact for each in seen.facts if isinstance(each.fact, Event)]
    assert [each.seq for each in told] == [each.seq for each in seen.facts] == list(range(1, len(told) + 1))
    state = fold(told)
    stored = BookState(appointments=seen.visits, holds=seen.holds, offers=seen.offers)
    assert (state.appointments, state.holds, state.offers) == (
        stored.appointments,
        stored.holds,
        stored.offers,
    )
    told_at = [each.at for each in seen.waitlist]
    assert told_at == sorted(told_at)
    assert verify_audit(seen.audit, key=audit_key) == ()


def _assert_apart(claims: list[Appointment | Hold], policy: Policy) -> None:
    """Minute by minute: one party on each resource, but for what the policy lets be shared, and the seats of a group."""
    parties: dict[tuple[ResourceId, datetime], dict[object, list[Appointment | Hold]]] = defaultdict(
        lambda: defaultdict(list)
    )
    patients: dict[tuple[PatientId, datetime], AppointmentId] = {}
    for claim in claims:
        if not claim.is_occupying:
            continue
        group = (claim.visit_type, claim.slot, claim.occupied, claim.resources)
        for minute in _minutes(claim.occupied):
            for resource in claim.resources:
                parties[resource, minute][group if claim.seats > 1 else claim.id].append(claim)
        if isinstance(claim, Appointment):
            for minute in _minutes(claim.slot):
                assert patients.setdefault((claim.patient, minute), claim.id) == claim.id
    most = 1 + (policy.overbooking.at_most if policy.overbooking.is_allowed else 0)
    for (resource, _), there in parties.items():
        assert all(len(seats) <= max(each.seats for each in seats) for seats in there.values())
        if len(there) == 1:
            continue
        assert len(there) <= most
        assert resource in {LEE, KAI}
        knowing = [resource in getattr(each, "shared", ()) for seats in there.values() for each in seats[:1]]
        assert knowing.count(False) <= 1


def _minutes(slot: TimeSlot) -> Iterator[datetime]:
    minute = slot.start
    while minute < slot.end:
        yield minute
        minute += MINUTE
