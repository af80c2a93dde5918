"""Whatever crashes between the store and the payers, and in which order whatever comes: asked once, kept once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from medoffice.adapters.keys import OfficeKey
from medoffice.adapters.memory import MemoryStore
from medoffice.adapters.payers import FolderGateway, MadeUpPayers
from medoffice.adapters.sql.sqlcipher import open_sqlcipher
from medoffice.adapters.system import FixedClock
from medoffice.billing import Accumulators, Benefit, Benefits, Coverage, Payer, VerifiedCoverage, benefits_of
from medoffice.billing.eligibility import (
    AnswerReceived,
    EligibilityInquiry,
    InquiryPrepared,
    InquirySettled,
    InquiryTraced,
)
from medoffice.checkin.records import TaskKind
from medoffice.core import (
    EIN,
    NPI,
    CoverageId,
    DateRange,
    MemberId,
    Money,
    OfficeId,
    Patient,
    PatientId,
    PayerId,
    PersonName,
    Refused,
)
from medoffice.office import Office, OfficeSettings
from medoffice.office.coverage.inquiring import STREAM, TRACES
from medoffice.office.coverage.verifying import Eligibility
from medoffice.ports.payers import Asked, Collected, PayerGateway
from medoffice.ports.store import ReadTransaction, Store, Transaction
from medoffice.wire.x12 import Body, Envelope, Partner, read, write

T = TypeVar("T")
ZONE: Final = ZoneInfo("America/Chicago")
START: Final = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
PAYER: Final = Payer(PayerId("PRAIR1"), "Prairie Health Plan")
DAYS: Final = (date(2026, 11, 26), date(2026, 11, 30))


class CrashedError(Exception):
    """The program died here."""


class Fuse:
    """Dies at a step to come, before or after the step is done."""

    def __init__(self) -> None:
        self.steps = -1
        self.is_after = False

    def step(self, do: Callable[[], T]) -> T:
        self.steps -= 1
        if self.steps == 0 and not self.is_after:
            raise CrashedError
        done = do()
        if self.steps == 0:
            raise CrashedError
        return done


@attrs.frozen
class DyingStore:
    """A store whose every step may be the last."""

    inner: Store
    fuse: Fuse

    def transact(self, work: Callable[[Transaction], T], /, *, locks: tuple[str, ...] = ()) -> T:
        return self.fuse.step(lambda: self.inner.transact(work, locks=locks))

    def read(self, work: Callable[[ReadTransaction], T], /) -> T:
        return self.fuse.step(lambda: self.inner.read(work))

    def close(self) -> None:
        self.inner.close()


@attrs.frozen
class DyingGateway:
    """A way to payers whose every step may be the last."""

    inner: PayerGateway
    fuse: Fuse

    def ask(self, inquiry: EligibilityInquiry) -> Asked:
        return self.fuse.step(lambda: self.inner.ask(inquiry))

    def collect(self) -> Collected:
        return self.fuse.step(self.inner.collect)


def person(number: int) -> Patient:
    """One of three patients."""
    name = PersonName(family=f"Canary{'abc'[number]}", given="Wanda")
    return Patient(id=PatientId(f"pat-{number}"), name=name, birth_date=date(1980, 1, 1 + number))


def covered(number: int) -> VerifiedCoverage:
    """The patient's coverage with a plan of its own."""
    copay = Money(1000 + number)
    return VerifiedCoverage(
        coverage=Coverage(
            id=CoverageId(f"cov-{number}"),
            patient=PatientId(f"pat-{number}"),
            payer=PAYER,
            plan="Silver",
            member_id=MemberId(f"PHP000{number}"),
            effective=DateRange(date(2026, 1, 1)),
        ),
        benefits=Benefits(
            benefits=(
                Benefit(service="office-visit", copay=copay),
                Benefit(service="preventive", is_preventive=True),
            ),
            remaining=Accumulators(deductible_remaining=Money(42_50)),
        ),
        verified_on=None,
    )


class Verifying(RuleBasedStateMachine):
    """An office on the store in memory, with payers who answer when they are collected."""

    def __init__(self) -> None:
        super().__init__()
        self.fuse = Fuse()
        self.now = START
        self.place = TemporaryDirectory()
        self.store = self.make_store()
        self.gateway = self.make_gateway()
        self.asked_again = 0
        for number in range(3):
            self.office().register(person(number), covered(number))

    def make_store(self) -> Store:
        return MemoryStore()

    def make_gateway(self) -> PayerGateway:
        self.made_up = MadeUpPayers(
            [covered(number) for number in range(3)],
            at_once=False,
            today=date(2026, 11, 24),
            services={"office-visit": "98"},
        )
        return self.made_up

    def let_answer(self) -> None:
        """The payers answer whatever reached them."""

    def sent(self) -> list[str]:
        """The traces of what left the office, each as often as it did."""
        return [each.trace for each in self.made_up.asked]

    def office(self) -> Office:
        gateway = DyingGateway(self.gateway, self.fuse)
        return Office(
            settings=OfficeSettings(
                id=OfficeId("northside"),
                name="Northside",
                zone=ZONE,
                npi=NPI("1234567893"),
                ein=EIN("123456789"),
            ),
            store=DyingStore(self.store, self.fuse),
            clock=FixedClock(self.now),
            payers=lambda: gateway,
        )

    def _dying(self, step: int, is_after: bool, do: Callable[[Eligibility], Any]) -> Any:  # noqa: FBT001
        self.fuse.steps, self.fuse.is_after = step, is_after
        try:
            return do(self.office().eligibility)
        except CrashedError:
            return None
        finally:
            self.fuse.steps = -1

    # ── what happens ──

    @rule(
        who=st.integers(0, 2),
        day=st.sampled_from(DAYS),
        is_again=st.booleans(),
        step=st.integers(-1, 6),
        is_after=st.booleans(),
    )
    def ask(self, who: int, day: date, is_again: bool, step: int, is_after: bool) -> None:  # noqa: FBT001
        """The desk asks, and may be cut short at any step."""
        self.asked_again += is_again
        patient, coverage = PatientId(f"pat-{who}"), CoverageId(f"cov-{who}")
        self._dying(step, is_after, lambda each: each.ask(patient, coverage, day, is_again=is_again))

    @rule(step=st.integers(-1, 9), is_after=st.booleans())
    def collect(self, step: int, is_after: bool) -> None:  # noqa: FBT001
        """The desk takes what came, and may be cut short at any step."""
        self._dying(step, is_after, lambda each: each.collect())

    @rule()
    def answer(self) -> None:
        """The payers answer."""
        self.let_answer()

    @precondition(lambda self: self.now < START + timedelta(days=2))
    @rule()
    def sleep(self) -> None:
        """The next day."""
        self.now += timedelta(days=1)

    # ── what holds ──

    def facts(self, stream: str) -> list[Any]:
        return [kept.fact for kept in self.store.read(lambda tx: tx.facts(stream))]

    @invariant()
    def one_question_a_trace(self) -> None:
        """No trace left twice, and none that is not written down."""
        sent = self.sent()
        prepared = [each.inquiry.trace for each in self.facts(STREAM) if isinstance(each, InquiryPrepared)]
        assert len(sent) == len(set(sent))
        assert set(sent) <= set(prepared)
        assert len(prepared) == len(set(prepared))

    @invariant()
    def one_question_a_day(self) -> None:
        """Of one coverage, day asked about and day of asking there is one, unless somebody asked anew."""
        prepared = [each for each in self.facts(STREAM) if isinstance(each, InquiryPrepared)]
        kinds = {(each.coverage, each.inquiry.on, each.on) for each in prepared}
        assert len(prepared) <= len(kinds) + self.asked_again

    @invariant()
    def one_answer_a_trace(self) -> None:
        """Each is kept once, and settles its question once."""
        traces = [each.trace for each in self.facts(STREAM) if isinstance(each, AnswerReceived)]
        assert len(traces) == len(set(traces))
        assert sum(isinstance(each, InquirySettled) for each in self.facts(TRACES)) == len(traces)

    @invariant()
    def benefits_are_what_was_answered(self) -> None:
        """Those of the last answer, or those that were on file before the first."""
        for number in range(3):
            (cover,) = self.store.read(lambda tx, number=number: tx.coverages(PatientId(f"pat-{number}")))  # type: ignore[misc]
            answers = [
                each
                for each in self.facts(STREAM)
                if isinstance(each, AnswerReceived) and each.coverage == cover.coverage.id
            ]
            if not answers:
                assert cover == covered(number)
                continue
            last = max(enumerate(answers), key=lambda each: (each[1].answer.answered_on, each[0]))[1]
            policy = self.office().eligibility_policy
            assert cover.benefits == benefits_of(
                last.answer, policy.by_service, preventive=frozenset({"preventive"})
            )
            assert cover.verified_on == last.answer.answered_on

    @invariant()
    def one_task_a_coverage(self) -> None:
        """However many answers find something wrong."""
        tasks = self.store.read(lambda tx: tx.desk_tasks(open_only=False))
        assert len(tasks) <= 3
        assert all(each.kind is TaskKind.INSURANCE for each in tasks)

    def teardown(self) -> None:
        """When the crashes stop, everything that was asked is answered and kept, and once more changes nothing."""
        self.fuse.steps = -1
        eligibility = self.office().eligibility
        eligibility.collect()
        self.let_answer()
        assert eligibility.collect().waiting == 0
        traced = sum(isinstance(each, InquiryTraced) for each in self.facts(TRACES))
        assert len(self.sent()) == traced
        before = self.facts(STREAM)
        assert sum(isinstance(each, AnswerReceived) for each in before) == traced
        self.let_answer()
        again = eligibility.collect()
        assert (again.received, self.facts(STREAM)) == ((), before)
        self.one_question_a_trace()
        self.one_answer_a_trace()
        self.benefits_are_what_was_answered()
        self.store.close()
        self.place.cleanup()


class VerifyingByFolders(Verifying):
    """The same through the folders of a clearing house, where answers also come twice and to nobody."""

    def make_gateway(self) -> PayerGateway:
        self.root = Path(self.place.name) / "payers"
        self.answered: list[str] = []
        return FolderGateway(
            root=self.root,
            sender=Partner("OFFICE"),
            receiver=Partner("HOUSE"),
            clock=FixedClock(datetime.now(UTC) + timedelta(hours=1)),
            zone=ZONE,
        )

    def _out(self) -> list[tuple[str, str]]:
        """Trace and member number of each file that left the office."""
        said = []
        for path in sorted((self.root / "out").iterdir()):
            segments = [each.elements for each in read(path.read_bytes()).transactions[0].segments]
            trace = next(each[2] for each in segments if each[0] == "TRN")
            member = next(each[9] for each in segments if each[0] == "NM1" and each[1] == "IL")
            said.append((trace, member))
        return said

    def let_answer(self) -> None:
        for trace, member in self._out():
            if trace not in self.answered:
                self.answered.append(trace)
                self._lay(trace, member, len(self.answered))

    def _lay(self, trace: str, member: str, number: int) -> None:
        (self.root / "in" / f"{number}-{trace}.271").write_text(answer_to(trace, member, number))

    @rule()
    def twice_and_to_nobody(self) -> None:
        """A clearing house lays the last answer again, under another control number, and one that is not ours."""
        members = dict(self._out())
        for trace in (*self.answered[-1:], "SOMEBODY-ELSE"):
            self._lay(trace, members.get(trace, "PHP0009"), 900 + len(self.answered))

    def sent(self) -> list[str]:
        return [trace for trace, _ in self._out()]


class VerifyingOnDisk(VerifyingByFolders):
    """The same over the encrypted file."""

    def make_store(self) -> Store:
        return open_sqlcipher(Path(self.place.name) / "office.db", OfficeKey(bytes(range(32))))


def answer_to(trace: str, member: str, number: int) -> str:
    """A 271: the plan is active, with a co-pay of as many dollars as answers were given."""
    body = Body(
        kind="271",
        guide="005010X279A1",
        segments=(
            ("BHT", "0022", "11", trace, "20261125", "0915"),
            ("HL", "1", "", "20", "1"),
            ("NM1", "PR", "2", "PRAIRIE HEALTH PLAN", "", "", "", "", "PI", "PRAIR1"),
            ("HL", "2", "1", "21", "1"),
            ("NM1", "1P", "2", "NORTHSIDE", "", "", "", "", "XX", "1234567893"),
            ("HL", "3", "2", "22", "0"),
            ("TRN", "2", trace, "9123456789"),
            ("NM1", "IL", "1", "CANARY", "WANDA", "", "", "", "MI", member),
            ("EB", "1", "", "30"),
            ("EB", "B", "IND", "98", "", "", "27", f"{number}.00"),
        ),
    )
    at = datetime(2026, 11, 25, 9, 15, tzinfo=UTC)
    envelope = Envelope(sender=Partner("HOUSE"), receiver=Partner("OFFICE"), control=number, at=at)
    return write([body], functional="HB", envelope=envelope)


TestVerifying = Verifying.TestCase
TestVerifying.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestVerifyingByFolders = VerifyingByFolders.TestCase
TestVerifyingByFolders.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestVerifyingOnDisk = VerifyingOnDisk.TestCase
TestVerifyingOnDisk.settings = settings(max_examples=4, stateful_step_count=12, deadline=None)


def test_the_fuse_reaches_every_step() -> None:
    """Asking takes a few steps and collecting a few more, so that a fuse of each length is met."""
    counted = Verifying()
    counted.fuse.steps = 1000
    outcome = counted.office().eligibility.ask(PatientId("pat-0"), CoverageId("cov-0"), DAYS[0])
    assert not isinstance(outcome, Refused)
    asked = 1000 - counted.fuse.steps
    counted.office().eligibility.collect()
    assert 2 <= asked <= 6
    assert 3 <= 1000 - counted.fuse.steps - asked <= 9
    counted.fuse.steps = -1
    counted.teardown()
