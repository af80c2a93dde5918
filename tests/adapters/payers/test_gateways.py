"""Every way to payers holds every law of the port."""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medoffice.adapters.payers import FolderGateway, MadeUpPayers
from medoffice.adapters.system import FixedClock
from medoffice.billing import Payer
from medoffice.billing.eligibility import EligibilityInquiry, InquiredPerson
from medoffice.core import MemberId, PayerId, PersonName
from medoffice.core.outcomes import Refused
from medoffice.ports.payers import Answered, PayerGateway, Waiting
from medoffice.testing.payer_conformance import COVERAGE, PayerGatewayConformance, inquiry
from medoffice.wire.x12 import Body, Envelope, Partner, read, write

TRACES = ("T-1", "t-1", "T-2", "X")
LATER = FixedClock(datetime.now(UTC) + timedelta(hours=1))
SOONER = FixedClock(datetime.now(UTC))


def gateway_at(root: Path, clock: FixedClock = LATER) -> FolderGateway:
    return FolderGateway(
        root=root,
        sender=Partner("OFFICE"),
        receiver=Partner("HOUSE"),
        clock=clock,
        zone=ZoneInfo("America/Chicago"),
    )


def answer_to(*traces: str) -> str:
    """A file with a transaction for each trace: the plan is active."""
    bodies = [
        Body(
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
                ("NM1", "IL", "1", "CANARY", "WANDA", "", "", "", "MI", "PHP0012345"),
                ("EB", "1", "", "30"),
            ),
        )
        for trace in traces
    ]
    at = datetime(2026, 11, 25, 9, 15, tzinfo=UTC)
    envelope = Envelope(sender=Partner("HOUSE"), receiver=Partner("OFFICE"), control=1, at=at)
    return write(bodies, functional="HB", envelope=envelope)


class TestMadeUpAtOnce(PayerGatewayConformance):
    """The made-up payers, answering at once."""

    at_once = True

    def make_gateway(self) -> PayerGateway:
        self.gateway = MadeUpPayers((COVERAGE,), at_once=self.at_once)
        return self.gateway

    def let_answer(self, inquiry: EligibilityInquiry) -> None:
        """They answer by themselves."""

    def sent(self) -> int:
        return len(self.gateway.asked)


class TestMadeUpLater(TestMadeUpAtOnce):
    """The made-up payers, answering when collected."""

    at_once = False


class TestFolders(PayerGatewayConformance):
    """The folders of a clearing house."""

    @pytest.fixture(autouse=True)
    def _room(self, tmp_path: Path) -> None:
        self.root = tmp_path / "house"

    def make_gateway(self) -> PayerGateway:
        return gateway_at(self.root)

    def let_answer(self, inquiry: EligibilityInquiry) -> None:
        place = len(list((self.root / "in").iterdir()))
        (self.root / "in" / f"CANARY-{place}.271").write_text(answer_to(inquiry.trace))

    def sent(self) -> int:
        return len(list((self.root / "out").glob("*.270")))


def test_made_up_payers_refuse_who_they_are_not() -> None:
    """A payer of no coverage is refused, and an unknown member is answered with a rejection."""
    payers = MadeUpPayers((COVERAGE,))
    asked = payers.ask(attrs.evolve(inquiry(), payer=Payer(PayerId("OTHER"), "Other")))
    assert isinstance(asked, Refused)
    assert payers.asked == ()
    stranger = attrs.evolve(inquiry(), subscriber=InquiredPerson(member_id=MemberId("NOBODY")))
    answered = payers.ask(stranger)
    assert isinstance(answered, Answered)
    assert [each.code for each in answered.answer.rejections] == ["75"]
    early = payers.ask(inquiry("T-9", date(2025, 12, 31)))
    assert isinstance(early, Answered)
    assert early.answer.is_active is False


def test_what_x12_cannot_carry_is_refused_and_the_trace_stays_free(tmp_path: Path) -> None:
    """Nothing is left of it on the disk."""
    gateway = gateway_at(tmp_path)
    person = InquiredPerson(name=PersonName(family="李", given="小"))
    assert isinstance(gateway.ask(attrs.evolve(inquiry(), subscriber=person)), Refused)
    assert list((tmp_path / "state").iterdir()) == []
    assert gateway.ask(inquiry()) == Waiting()


@given(
    asked=st.lists(st.sampled_from(TRACES), min_size=1),
    files=st.lists(st.lists(st.sampled_from(TRACES), min_size=1, max_size=3), max_size=5),
)
@settings(max_examples=30, deadline=None)
def test_whatever_is_asked_and_comes_nothing_is_lost(asked: list[str], files: list[list[str]]) -> None:
    """One 270 for each trace; who was answered is known as answered; every file is in ``done`` or ``parked``."""
    with TemporaryDirectory() as name:
        root = Path(name)
        gateway = gateway_at(root)
        for trace in asked:
            assert gateway.ask(inquiry(trace)) == Waiting()
        for place, traces in enumerate(files):
            (root / "in" / f"{place}.271").write_text(answer_to(*traces))
        came = {trace for each in gateway.collect().answers for trace in each.traces}
        answered = {trace for traces in files for trace in traces} & set(asked)
        assert came == answered
        assert {each for each in asked if isinstance(gateway.ask(inquiry(each)), Answered)} == answered
        assert len(list((root / "out").iterdir())) == len(set(asked))
        kept = {each.read_text() for folder in ("done", "parked") for each in (root / folder).glob("*.271")}
        assert kept == {answer_to(*traces) for traces in files}
        assert list((root / "in").iterdir()) == []


class Died(Exception):
    """The program died here."""


def dies_at(monkeypatch: pytest.MonkeyPatch, step: int) -> list[int]:
    """Let the program die before or after the disk's step of that number: opens, syncs and renames, in turn."""
    count = [0]

    def around(real: Callable[..., Any]) -> Callable[..., Any]:
        def stepping(*given: Any, **named: Any) -> Any:
            count[0] += 1
            if count[0] == step:
                raise Died
            done = real(*given, **named)
            count[0] += 1
            if count[0] == step:
                raise Died
            return done

        return stepping

    monkeypatch.setattr("medoffice.adapters.disk.os.fsync", around(os.fsync))
    monkeypatch.setattr(Path, "replace", around(Path.replace))
    return count


@pytest.mark.parametrize("is_picked_up", [False, True])
def test_an_inquiry_goes_out_once_wherever_the_program_dies(tmp_path: Path, *, is_picked_up: bool) -> None:
    """Also when the clearing house takes the file away at once; no control number comes twice."""
    for step in range(1, 200):
        root = tmp_path / str(step)
        taken: list[str] = []

        def pick_up(root: Path = root, taken: list[str] = taken) -> None:
            for path in (root / "out").glob("*.270"):
                taken.append(path.read_text())
                path.unlink()

        with pytest.MonkeyPatch.context() as patch:
            count = dies_at(patch, step)
            with suppress(Died):
                gateway_at(root).ask(inquiry())
        if is_picked_up:
            pick_up()
        assert gateway_at(root).ask(inquiry()) == Waiting()
        gateway_at(root).ask(inquiry("T-2"))
        pick_up()
        assert sorted("T-2" in each for each in taken) == [False, True]
        assert len({read(each).control for each in taken}) == 2
        if count[0] < step:
            break
    assert step > 20


def test_an_inquiry_whose_program_died_goes_out_though_nobody_asks_again(tmp_path: Path) -> None:
    """With the next collect, once its trace was entered; before that it was never asked."""
    went = []
    for step in range(1, 200):
        root = tmp_path / str(step)
        with pytest.MonkeyPatch.context() as patch:
            count = dies_at(patch, step)
            with suppress(Died):
                gateway_at(root).ask(inquiry())
        gateway_at(root).collect()
        gateway_at(root).collect()
        sent = [read(each.read_text()) for each in (root / "out").iterdir()]
        assert len(sent) == len(list((root / "state").glob("*.asked")))
        assert all(each.findings == () for each in sent)
        went.append(len(sent))
        if count[0] < step:
            break
    assert went == sorted(went)
    assert set(went) == {0, 1}


def test_what_lies_beside_without_being_entered_stays(tmp_path: Path) -> None:
    """It was never asked: the program died before, and nobody was told that it is on its way."""
    gateway = gateway_at(tmp_path)
    stray = tmp_path / "state" / "0123.270"
    stray.write_text("ISA")
    gateway.collect()
    assert stray.exists()
    assert list((tmp_path / "out").iterdir()) == []


def test_the_disk_is_told_each_step_in_its_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Content before its name, folders after it; folders that are made, and files of others that are taken over."""
    told: list[str] = []

    def place(path: Path) -> str:
        return str(path.relative_to(tmp_path)) if path != tmp_path else "."

    def sync(descriptor: int, real: Callable[[int], None] = os.fsync) -> None:
        told.append(f"sync {place(Path(f'/proc/self/fd/{descriptor}').readlink())}")
        real(descriptor)

    def replace(self: Path, to: Path, real: Callable[[Path, Path], Path] = Path.replace) -> Path:
        told.append(f"name {place(to)}")
        return real(self, to)

    monkeypatch.setattr("medoffice.adapters.disk.os.fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    root = tmp_path / "a" / "b"
    gateway = gateway_at(root)
    assert told[:3] == ["sync a/b", "sync a", "sync ."]
    assert told[3:] == ["sync a/b"] * 4
    told.clear()
    gateway.ask(inquiry())
    key = next((root / "state").glob("*.asked")).stem
    kept = [step for name in ("control", f"{key}.270", f"{key}.asked") for step in _put(f"a/b/state/{name}")]
    assert told == [*kept, "name a/b/out/000000001.270", "sync a/b/out", "sync a/b/state"]
    told.clear()
    (root / "in" / "a.271").write_text(answer_to("T-1"))
    gateway.collect()
    (done,) = (root / "done").iterdir()
    assert told == [
        "sync a/b/in/a.271",
        *_put(f"a/b/state/{key}.answered"),
        f"name a/b/done/{done.name}",
        "sync a/b/done",
        "sync a/b/in",
    ]


def _put(name: str) -> list[str]:
    folder, _, last = name.rpartition("/")
    return [f"sync {folder}/.{last}.part", f"name {name}", f"sync {folder}"]


def test_no_answer_is_lost_wherever_the_program_dies(tmp_path: Path) -> None:
    """The next collect gives it when the file was not put away yet; then it is in ``done`` and the trace is answered."""
    for step in range(1, 200):
        root = tmp_path / str(step)
        gateway_at(root).ask(inquiry())
        (root / "in" / "a.271").write_text(answer_to("T-1"))
        with pytest.MonkeyPatch.context() as patch:
            count = dies_at(patch, step)
            with suppress(Died):
                gateway_at(root).collect()
        is_there = (root / "in" / "a.271").exists()
        assert len(gateway_at(root).collect().answers) == is_there
        assert isinstance(gateway_at(root).ask(inquiry()), Answered)
        assert [each.read_text() for each in (root / "done").iterdir()] == [answer_to("T-1")]
        assert list((root / "in").iterdir()) == []
        if count[0] < step:
            break
    assert step > 8


def test_a_cut_off_file_waits_while_it_is_young_and_is_parked_when_old(tmp_path: Path) -> None:
    """Wherever it is cut; when the rest comes in time it is an answer like any."""
    text = answer_to("T-1")
    gateway_at(tmp_path).ask(inquiry())
    path = tmp_path / "in" / "a.271"
    for end in (0, 3, 50, 106, 200, len(text) - 1):
        path.write_text(text[:end])
        assert gateway_at(tmp_path, SOONER).collect().answers == ()
        assert path.exists()
        (fault,) = (each for each in gateway_at(tmp_path).collect().findings if each.code != "PAY005")
        assert fault.code in {"PAY003", "PAY004"}
        assert not path.exists()
    parked = sorted(each.read_text() for each in (tmp_path / "parked").glob("*.271"))
    assert parked == sorted(text[:end] for end in (0, 3, 50, 106, 200, len(text) - 1))
    path.write_text(text)
    assert len(gateway_at(tmp_path, SOONER).collect().answers) == 1


def test_an_answer_of_nobodys_question_is_parked_and_ours_beside_it_counts(tmp_path: Path) -> None:
    """The reason lies beside the file; no name below the root holds PHI, and nobody else can read."""
    gateway = gateway_at(tmp_path / "house")
    gateway.ask(inquiry())
    (gateway.root / "in" / "CANARY.271").write_text(answer_to("X-1", "T-1"))
    collected = gateway.collect()
    assert [each.traces for each in collected.answers] == [("T-1",)]
    assert [each.code for each in collected.findings] == ["PAY005"]
    assert isinstance(gateway.ask(inquiry()), Answered)
    below = list(gateway.root.rglob("*"))
    assert sorted(each.suffix for each in below if each.parent.name == "parked") == [".271", ".txt"]
    assert not any("CANARY" in each.name or "PHP" in each.name for each in below)
    assert all(each.stat().st_mode & 0o077 == 0 for each in below)
    assert "CANARY" not in repr(collected)


def test_a_file_that_comes_twice_is_answered_once(tmp_path: Path) -> None:
    """But an answer that nobody had asked for is new when it comes again after the question."""
    gateway = gateway_at(tmp_path)
    gateway.ask(inquiry())
    counts = []
    for _ in range(2):
        (tmp_path / "in" / "a.271").write_text(answer_to("T-1", "X-1", "T-2"))
        counts.append([each.traces for each in gateway.collect().answers])
    gateway.ask(inquiry("T-2"))
    (tmp_path / "in" / "a.271").write_text(answer_to("T-1", "X-1", "T-2"))
    counts.append([each.traces for each in gateway.collect().answers])
    assert counts == [[("T-1",)], [], [("T-2",)]]
