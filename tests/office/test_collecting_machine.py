"""Commands at the desk and the kiosk, sent again and again, over a store that breaks off between its steps.

Whatever breaks, a command that is sent again under its key has happened once: no cent is lost or taken twice, receipts
are numbered without gaps, and nobody pays more than they owe.
"""

import shutil
import tempfile
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from medoffice.adapters.keys import OfficeKey
from medoffice.adapters.memory import MemoryStore
from medoffice.adapters.sql.postgres import open_postgres
from medoffice.adapters.sql.sqlcipher import open_sqlcipher
from medoffice.adapters.system import FixedClock
from medoffice.billing import PlannedLine
from medoffice.billing.account import Means, PlanAgreed
from medoffice.checkin.records import PaymentState
from medoffice.core import (
    NPI,
    AppointmentId,
    CommandKey,
    DateRange,
    Money,
    OfficeId,
    Patient,
    PatientId,
    PaymentId,
    PersonName,
    Provider,
    Refused,
    ResourceId,
)
from medoffice.office import Office, OfficeSettings
from medoffice.ports.store import ReadTransaction, Store, Transaction
from medoffice.scheduling import Hours, VisitType, WeeklyTemplate
from medoffice.scheduling.outcomes import Booked
from medoffice.workflows.collection import Receipt

T = TypeVar("T")

ZONE: Final = ZoneInfo("America/Chicago")
MORNING: Final = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
DOCTOR: Final = ResourceId("dr-okafor")
ANA: Final = PatientId("pat-ana")
SHARE: Final = Money(30_00)
WRITES: Final = frozenset(
    {"append_fact", "put_payment", "add_outcome", "append_audit", "add_check_in", "put_appointment"}
)
amounts = st.integers(1, 6_000).map(Money)


class Broken(Exception):
    """The power failed."""


class Breaking:
    """A store that breaks off when it is told to: at its next so-manieth write, or after it has committed."""

    def __init__(self, real: Store) -> None:
        self.real = real
        self.left: int | None = None
        self.is_after = False

    def transact(self, work: Callable[[Transaction], T], /, *, locks: tuple[str, ...] = ()) -> T:
        """Carry out, or break off."""
        made = self.real.transact(lambda tx: work(self._watched(tx)), locks=locks)
        if self.is_after:
            self.is_after = False
            raise Broken
        return made

    def read(self, work: Callable[[ReadTransaction], T], /) -> T:
        """Reading never breaks here."""
        return self.real.read(work)

    def close(self) -> None:
        """Let go."""
        self.real.close()

    def _watched(self, tx: Transaction) -> Transaction:
        return Watched(tx, self)


class Watched:
    """A transaction whose writes are counted."""

    def __init__(self, tx: Transaction, store: Breaking) -> None:
        self._tx, self._store = tx, store

    def __getattr__(self, name: str) -> Any:
        if name in WRITES and self._store.left is not None:
            self._store.left -= 1
            if self._store.left < 0:
                self._store.left = None
                raise Broken
        return getattr(self._tx, name)


def filled(store: Store) -> tuple[Office, tuple[AppointmentId, AppointmentId]]:
    """An office with two visits of Ana's today, each of them 30 dollars."""
    office = Office(
        settings=OfficeSettings(id=OfficeId("northside"), name="Northside", zone=ZONE),
        store=store,
        clock=FixedClock(MORNING),
    )
    office.add_visit_type(VisitType(code="follow-up", name="Follow-up visit", minutes=20))
    week = tuple(Hours(weekday=day, opens=time(8), closes=time(17)) for day in range(5))
    office.add_provider(
        Provider(
            id=DOCTOR, name=PersonName(family="Okafor", given="Ruth"), npi=NPI("1234567893"), credentials="MD"
        ),
        WeeklyTemplate(resource=DOCTOR, zone=ZONE, hours=week, effective=DateRange(date(2026, 1, 1))),
    )
    office.register(
        Patient(id=ANA, name=PersonName(family="Núñez", given="Ana"), birth_date=date(1987, 2, 3))
    )
    booked = [
        office.book(
            ANA,
            "follow-up",
            datetime(2026, 11, 24, hour, tzinfo=UTC),
            (DOCTOR,),
            lines=(PlannedLine(service="office-visit", charge=SHARE),),
        )
        for hour in (16, 18)
    ]
    first, second = (each.appointment.id for each in booked if isinstance(each, Booked))
    return office, (first, second)


class DeskMachine(RuleBasedStateMachine):
    """One patient with two visits, at the desk and at the kiosk, with power failures."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = Breaking(self.open())
        self.office, self.visits = filled(self.store)
        self.keys = 0
        self.came_in = self.went_back = 0
        self.receipts: list[Receipt] = []
        self.struck: set[int] = set()
        self.waiting: list[PaymentId] = []
        self.shown: dict[int, Money] = {}
        self.ended: list[tuple[PaymentId, Money, bool]] = []

    def open(self) -> Store:
        """The store under test."""
        return MemoryStore()

    def teardown(self) -> None:
        """Leave nothing behind."""
        self.store.close()
        shutil.rmtree(self.folder)

    def send(self, command: Callable[[CommandKey], T], breaks: int, *, repeats: bool) -> T:
        """Send a command under a key of its own until it is answered; it may break off once; then perhaps once more."""
        self.keys += 1
        key = CommandKey(f"cmd-{self.keys}")
        self.store.left = breaks if breaks < 8 else None
        self.store.is_after = breaks == 8
        try:
            made = command(key)
        except Broken:
            made = command(key)
        self.store.left = None
        self.store.is_after = False
        if repeats:
            assert command(key) == made
        return made

    def book_in(self, made: Receipt | Refused) -> None:
        """Count a payment that was taken."""
        if isinstance(made, Receipt):
            self.receipts.append(made)
            self.came_in += made.amount.cents

    @rule(amount=amounts, breaks=st.integers(0, 12), repeats=st.booleans())
    def state(self, amount: Money, breaks: int, repeats: bool) -> None:  # noqa: FBT001 - drawn
        """Billing states a balance."""
        accounts = self.office.accounts
        self.send(lambda key: accounts.state_balance(ANA, amount, key=key), breaks, repeats=repeats)

    @rule(
        visit=st.sampled_from((0, 1)),
        amount=amounts,
        kept=st.booleans(),
        breaks=st.integers(0, 12),
        repeats=st.booleans(),
    )
    def pay(self, visit: int, amount: Money, kept: bool, breaks: int, repeats: bool) -> None:  # noqa: FBT001
        """Cash at the desk; what is too much is refused, or kept when it is meant to be."""
        accounts, id = self.office.accounts, self.visits[visit]
        before = accounts.account(ANA)
        made = self.send(
            lambda key: accounts.take(id, amount, means=Means.CASH, for_deposit=kept, key=key),
            breaks,
            repeats=repeats,
        )
        self.book_in(made)
        if isinstance(made, Refused):
            assert accounts.account(ANA) == before

    @rule(amount=amounts, breaks=st.integers(0, 12), repeats=st.booleans())
    def mail(self, amount: Money, breaks: int, repeats: bool) -> None:  # noqa: FBT001 - drawn
        """A check by mail towards what is owed from earlier visits."""
        accounts = self.office.accounts
        made = self.send(
            lambda key: accounts.take_on_account(ANA, amount, means=Means.CHECK, reference="7", key=key),
            breaks,
            repeats=repeats,
        )
        self.book_in(made)

    @rule(
        visit=st.sampled_from((0, 1, None)), amount=amounts, breaks=st.integers(0, 12), repeats=st.booleans()
    )
    def deposit(self, visit: int | None, amount: Money, breaks: int, repeats: bool) -> None:  # noqa: FBT001
        """Money ahead, for a visit or for none."""
        accounts, id = self.office.accounts, None if visit is None else self.visits[visit]
        made = self.send(
            lambda key: accounts.take_deposit(ANA, amount, means=Means.CASH, appointment=id, key=key),
            breaks,
            repeats=repeats,
        )
        self.book_in(made)

    @rule(visit=st.sampled_from((0, 1)), breaks=st.integers(0, 12))
    def arrive(self, visit: int, breaks: int) -> None:
        """The patient is checked in: deposits pay for the visit."""
        self.send(lambda key: self.office.check_in(self.visits[visit], key=key), breaks, repeats=False)

    @rule(visit=st.sampled_from((0, 1)), breaks=st.integers(0, 12), repeats=st.booleans())
    def kiosk_asks(self, visit: int, breaks: int, repeats: bool) -> None:  # noqa: FBT001 - drawn
        """The kiosk is about to charge what was due when it last looked; never what may be on its way already."""
        accounts, id = self.office.accounts, self.visits[visit]
        is_open = any(each.appointment == id for each in accounts.unsettled(ANA))
        due = self.office.estimate(id).due_today
        shown = self.shown.get(visit) or due
        self.shown[visit] = due
        if not shown:
            return
        payment, desk = PaymentId(f"pay-k{self.keys}"), self.office.reception()
        made = self.send(lambda key: desk.ask_payment(key, payment, id, shown), breaks, repeats=repeats)
        if isinstance(made, Refused):
            assert is_open or shown > due
        else:
            assert not is_open
            self.waiting.append(payment)

    @precondition(lambda self: self.waiting)
    @rule(
        state=st.sampled_from((PaymentState.APPROVED, PaymentState.DECLINED, PaymentState.UNKNOWN)),
        at_desk=st.booleans(),
        breaks=st.integers(0, 12),
        repeats=st.booleans(),
    )
    def terminal_answers(self, state: PaymentState, at_desk: bool, breaks: int, repeats: bool) -> None:  # noqa: FBT001
        """The terminal says how it ended, to the kiosk or to somebody at the desk."""
        payment = self.waiting.pop(0)
        desk, accounts = self.office.reception(), self.office.accounts
        if at_desk:
            self.send(
                lambda key: accounts.settle_card(payment, state, reference="T", key=key),
                breaks,
                repeats=repeats,
            )
        else:
            self.send(lambda key: desk.settle_payment(key, payment, state, "T"), breaks, repeats=repeats)
        if state is PaymentState.UNKNOWN:
            self.waiting.append(payment)
        if state is PaymentState.APPROVED:
            made = next(each for each in accounts.receipts(ANA) if each.payment == payment)
            self.book_in(made)

    @precondition(lambda self: self.receipts)
    @rule(data=st.data(), breaks=st.integers(0, 12), repeats=st.booleans())
    def void(self, data: st.DataObject, breaks: int, repeats: bool) -> None:  # noqa: FBT001 - drawn
        """A payment or a refund was a mistake."""
        number = data.draw(st.integers(1, len(self.receipts)))
        accounts = self.office.accounts
        made = self.send(
            lambda key: accounts.void(number, reason="mistake", key=key), breaks, repeats=repeats
        )
        if isinstance(made, Receipt):
            self.struck.add(number)
            self.went_back -= made.amount.cents if made.is_refund else 0

    @rule(visit=st.sampled_from((0, 1)), breaks=st.integers(0, 12), repeats=st.booleans())
    def release(self, visit: int, breaks: int, repeats: bool) -> None:  # noqa: FBT001 - drawn
        """What was paid for a visit becomes a deposit."""
        accounts, id = self.office.accounts, self.visits[visit]
        self.send(lambda key: accounts.release(id, key=key), breaks, repeats=repeats)

    @rule(amount=amounts, breaks=st.integers(0, 12), repeats=st.booleans())
    def refund(self, amount: Money, breaks: int, repeats: bool) -> None:  # noqa: FBT001 - drawn
        """A deposit goes back; more than is held does not."""
        accounts = self.office.accounts
        made = self.send(
            lambda key: accounts.refund_deposit(ANA, amount, means=Means.CASH, key=key),
            breaks,
            repeats=repeats,
        )
        if isinstance(made, Receipt):
            self.receipts.append(made)
            self.went_back += amount.cents

    @rule(count=st.integers(1, 4), ends=st.booleans(), breaks=st.integers(0, 12), repeats=st.booleans())
    def plan(self, count: int, ends: bool, breaks: int, repeats: bool) -> None:  # noqa: FBT001 - drawn
        """The balance goes on a plan, or the plan ends; nothing is owed that was not, and all that was is."""
        accounts = self.office.accounts
        owed = accounts.account(ANA).owed
        if ends:
            self.send(lambda key: accounts.end_plan(ANA, key=key), breaks, repeats=repeats)
        else:
            made = self.send(
                lambda key: accounts.agree_plan(ANA, instalments=count, key=key), breaks, repeats=repeats
            )
            assert isinstance(made, PlanAgreed | Refused)
        assert accounts.account(ANA).owed == owed

    @invariant()
    def no_cent_is_lost_or_taken_twice(self) -> None:
        """The account has what was counted."""
        account = self.office.accounts.account(ANA)
        assert account.taken.cents == self.came_in
        assert account.refunded.cents == self.went_back
        struck = [each.amount for each in self.receipts if each.number in self.struck and not each.is_refund]
        assert account.voided == Money.total(struck)

    @invariant()
    def receipts_are_numbered_without_gaps(self) -> None:
        """And each is the one that was handed out, with its mark."""
        kept = self.office.accounts.receipts(ANA)
        assert [each.number for each in kept] == list(range(1, len(self.receipts) + 1))
        for given, found in zip(sorted(self.receipts, key=lambda each: each.number), kept, strict=True):
            assert (given.payment, given.split, given.day) == (found.payment, found.split, found.day)
            assert (found.voided_on is not None) is (found.number in self.struck)

    @invariant()
    def nobody_pays_more_than_they_owe(self) -> None:
        """A visit takes no more than its share, and is asked for no more than what is left of it."""
        account = self.office.accounts.account(ANA)
        for visit in self.visits:
            covered = account.visit(visit).covered
            assert covered <= SHARE
            ask = self.office.accounts.what_to_ask(visit)
            assert ask.total <= SHARE - covered + account.owed
            assert ask.total <= max(Money.zero, self.office.estimate(visit).upper)

    @invariant()
    def the_trail_holds_together(self) -> None:
        """Each command that ended has one row."""
        rows = self.store.read(lambda tx: tx.audit_rows(action="take-payment"))
        assert len({row.seq for row in rows}) == len(rows)


class SqlcipherDeskMachine(DeskMachine):
    """The same over an encrypted file."""

    def open(self) -> Store:
        """The store under test."""
        return open_sqlcipher(self.folder / "office.db", OfficeKey(bytes(range(32))))


TestDeskMachine = DeskMachine.TestCase
TestDeskMachine.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestSqlcipherDeskMachine = SqlcipherDeskMachine.TestCase
TestSqlcipherDeskMachine.settings = settings(max_examples=8, stateful_step_count=25, deadline=None)


@pytest.mark.parametrize("kind", ["memory", "sqlcipher", "postgres"])
def test_several_desks_at_once(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Four desks take dollar after dollar for a visit of thirty: thirty are taken, and the receipts count to thirty."""
    store: Store = MemoryStore()
    if kind == "sqlcipher":
        store = open_sqlcipher(tmp_path / "office.db", OfficeKey(bytes(range(32))))
    elif kind == "postgres":
        database = request.getfixturevalue("postgres").fresh_database()
        store = open_postgres(database, OfficeKey(bytes(range(32))))
    office, (visit, _) = filled(store)
    made: list[Receipt | Refused] = []
    begin = threading.Barrier(4)

    def desk(number: int) -> None:
        begin.wait()
        for turn in range(10):
            key = CommandKey(f"desk-{number}-{turn}")
            made.extend(office.accounts.take(visit, Money(1_00), means=Means.CASH, key=key) for _ in range(2))

    threads = [threading.Thread(target=desk, args=(number,)) for number in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    receipts = {each.number: each for each in made if isinstance(each, Receipt)}
    assert sorted(receipts) == list(range(1, 31))
    assert office.accounts.account(ANA).taken == SHARE
    assert sum(isinstance(each, Refused) for each in made) == 2 * 10
    store.close()


@pytest.mark.parametrize("kind", ["memory", "sqlcipher", "postgres"])
def test_desks_of_their_own_take_give_back_and_void_at_once(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Three desks, each with the store open for itself: papers count without a gap, and no cent is given back twice."""
    at = request.getfixturevalue("postgres").fresh_database() if kind == "postgres" else ""
    key = OfficeKey(bytes(range(32)))

    def opened() -> Store:
        return open_postgres(at, key) if kind == "postgres" else open_sqlcipher(tmp_path / "office.db", key)

    first: Store = MemoryStore() if kind == "memory" else opened()
    office, (visit, _) = filled(first)
    stores = [first, *(first if kind == "memory" else opened() for _ in range(2))]
    made: list[Receipt | Refused] = []
    begin = threading.Barrier(3)

    def desk(number: int) -> None:
        accounts = attrs.evolve(office, store=stores[number]).accounts
        begin.wait()
        for turn in range(6):
            once = [CommandKey(f"{what}-{number}-{turn}") for what in ("keep", "back", "take", "void")]
            made.append(accounts.take_deposit(ANA, Money(1_00), means=Means.CASH, key=once[0]))
            made.append(accounts.refund_deposit(ANA, Money(1_50), means=Means.CASH, key=once[1]))
            taken = accounts.take(visit, Money(3_00), means=Means.CASH, key=once[2])
            made.append(taken)
            if isinstance(taken, Receipt) and turn % 2:
                assert isinstance(accounts.void(taken.number, reason="twice", key=once[3]), Receipt)

    threads = [threading.Thread(target=desk, args=(number,)) for number in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    papers = [each for each in made if isinstance(each, Receipt)]
    assert sorted(each.number for each in papers) == list(range(1, len(papers) + 1))
    account = office.accounts.account(ANA)
    back = Money.total(each.amount for each in papers if each.is_refund)
    there = account.visit(visit)
    assert account.refunded == back
    assert account.deposits + there.used + back == Money(18_00)
    assert there.paid + account.voided + Money(18_00) == account.taken
    assert there.covered <= SHARE
    for store in {id(each): each for each in stores}.values():
        store.close()


def test_two_copies_of_one_command_are_one(tmp_path: Path) -> None:
    """Under one key, at the same time, on an encrypted file: one payment, and both hear of the same receipt."""
    store = open_sqlcipher(tmp_path / "office.db", OfficeKey(bytes(range(32))))
    office, (visit, _) = filled(store)
    begin, made = threading.Barrier(2), list[Receipt | Refused]()

    def desk() -> None:
        begin.wait()
        made.append(office.accounts.take(visit, Money(5_00), means=Means.CASH, key=CommandKey("one")))

    threads = [threading.Thread(target=desk) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert made[0] == made[1]
    assert office.accounts.account(ANA).taken == Money(5_00)
    store.close()
