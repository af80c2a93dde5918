"""A clearing house reached by folders: its program takes 270 files from ``out`` and lays 271 files into ``in``.

Exactly once, also through a crash: the 270 is first written beside (``state/<key>.270``), then its trace is
entered (``state/<key>.asked``), and only then is it *renamed* into ``out``. If it is still beside when the trace
is entered, it never went out; if it is gone, it did. What is beside still because a program died goes out with the
next ``collect``, or when it is asked again. All folders lie on one file system.

Names hold no PHI: a 270 is called by its control number, a 271 that was read by the digest of its content.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import attrs

from medoffice.adapters.disk import alone, make_folder, move, put, take_over
from medoffice.adapters.payers.reading import Reading, read_answers, trouble
from medoffice.billing.eligibility import EligibilityAnswer, EligibilityInquiry
from medoffice.core.errors import InvalidValue
from medoffice.core.findings import Finding
from medoffice.core.outcomes import Refused
from medoffice.ports.clock import Clock
from medoffice.ports.payers import Answered, Asked, Collected, TraceTaken, Waiting
from medoffice.wire.x12 import Envelope, Partner, Usage, write_270

_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


@attrs.frozen(kw_only=True)
class FolderGateway:
    """Below ``root``: ``out``, ``in``, ``done``, ``parked`` and ``state``; made when missing, mode 0700.

    ``zone`` is the office's, for the wall time in the envelope. A file in ``in`` that is cut off is left for
    the next time while it is younger than ``patience``, by ``clock``.
    """

    root: Path
    sender: Partner
    receiver: Partner
    clock: Clock
    zone: ZoneInfo
    patience: timedelta = timedelta(minutes=10)
    usage: Usage = Usage.PRODUCTION

    def __attrs_post_init__(self) -> None:
        for name in ("out", "in", "done", "parked", "state"):
            make_folder(self.root / name)

    def ask(self, inquiry: EligibilityInquiry) -> Asked:
        """As the port says; what X12 cannot carry is refused (PAY002).

        Raises:
            TraceTaken: when the trace belongs to an inquiry of other content.
            OSError: when the disk fails; asking again is safe.
        """
        try:
            content = self._digest(inquiry)
        except InvalidValue as cause:
            return Refused((trouble("PAY002", f"the inquiry cannot be written: {cause.reason}", "inquiry"),))
        key = self._key(inquiry.trace)
        entry = key.with_suffix(".asked")
        with alone(self.root / "state" / "lock"):
            if entry.exists():
                _, before = entry.read_text("ascii").split()
                if before != content:
                    raise TraceTaken
            else:
                control = self._next_control()
                put(key.with_suffix(".270"), self._written(inquiry, control).encode())
                put(entry, f"{control:09d} {content}".encode())
            self._send(entry)
            answer = self._known_answer(inquiry.trace)
        return Waiting() if answer is None else Answered(answer)

    def collect(self) -> Collected:
        """Read what lies in ``in``; each file ends in ``done`` or ``parked``, none is deleted.

        An inquiry whose program died before it went out is sent too.

        Raises:
            OSError: when the disk fails; collecting again is safe.
        """
        answers: list[EligibilityAnswer] = []
        findings: list[Finding] = []
        with alone(self.root / "state" / "lock"):
            for beside in sorted((self.root / "state").glob("*.270")):
                self._send(beside.with_suffix(".asked"))
            for path in sorted((self.root / "in").iterdir()):
                if path.suffix.lower() != ".271" or path.is_symlink() or not path.is_file():
                    continue
                before = path.stat()
                reading = read_answers(path.read_bytes())
                after = path.stat()
                is_growing = (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)
                age = self.clock.now() - datetime.fromtimestamp(after.st_mtime, UTC)
                if is_growing or (reading.is_cut_off and age < self.patience):
                    continue
                findings.extend(self._faults(reading))
                answers.extend(self._file(path, reading))
        return Collected(tuple(answers), tuple(findings))

    def _send(self, entry: Path) -> None:
        """Let the 270 of a trace go out, when it is entered and lies beside still."""
        beside = entry.with_suffix(".270")
        if entry.exists() and beside.exists():
            control, _ = entry.read_text("ascii").split()
            move(beside, self.root / "out" / f"{control}.270")

    def _file(self, path: Path, reading: Reading) -> list[EligibilityAnswer]:
        """Enter the answers of a file under their traces, then put it away; gives those that are new.

        A file that came before word for word is in its place already, and none of its answers is new.
        """
        take_over(path)
        faults = self._faults(reading)
        place = f"{'parked' if faults else 'done'}/{reading.digest}.271"
        is_repeated = (self.root / place).exists()
        new = []
        for answer in reading.whole:
            ours = [each for each in answer.traces if self._is_ours(each)]
            entries = [self._key(each).with_suffix(".answered") for each in ours]
            is_known = is_repeated and all(each.exists() for each in entries)
            for entry in entries:
                put(entry, place.encode())
            if ours and not is_known:
                new.append(answer)
        if faults:
            put((self.root / place).with_suffix(".txt"), "\n".join(map(str, faults)).encode())
        move(path, self.root / place)
        return new

    def _faults(self, reading: Reading) -> tuple[Finding, ...]:
        """Why a file is parked; nothing when every answer in it is whole and ours."""
        where = f"parked/{reading.digest}.271"
        if not reading.is_x12:
            return (trouble("PAY003", "the file is not X12, or its beginning is damaged", where),)
        faults = []
        if reading.is_cut_off:
            faults.append(
                trouble("PAY004", "the file is cut off; ask the clearing house for it again", where)
            )
        if not reading.whole or any(not any(map(self._is_ours, each.traces)) for each in reading.whole):
            faults.append(trouble("PAY005", "an answer belongs to no inquiry of this office", where))
        return tuple(faults)

    def _known_answer(self, trace: str) -> EligibilityAnswer | None:
        known = self._key(trace).with_suffix(".answered")
        if not known.exists():
            return None
        path = self.root / known.read_text("ascii")
        if not path.exists():
            return None  # it lies in ``in`` still: the program died before it was put away
        whole = read_answers(path.read_bytes()).whole
        return next((each for each in whole if trace in each.traces), None)

    def _is_ours(self, trace: str) -> bool:
        return self._key(trace).with_suffix(".asked").exists()

    def _key(self, trace: str) -> Path:
        """The trace's place in ``state``: a digest, as some disks hold capital and small letters for one."""
        return self.root / "state" / hashlib.sha256(trace.encode()).hexdigest()[:32]

    def _next_control(self) -> int:
        """The next control number, spent on the disk before it is used: a crash leaves a gap, never a double."""
        counter = self.root / "state" / "control"
        number = int(counter.read_text("ascii")) + 1 if counter.exists() else 1
        put(counter, str(number).encode())
        return number

    def _digest(self, inquiry: EligibilityInquiry) -> str:
        return hashlib.sha256(self._text(inquiry, 1, _ANY_TIME).encode()).hexdigest()

    def _written(self, inquiry: EligibilityInquiry, control: int) -> str:
        return self._text(inquiry, control, self.clock.now().astimezone(self.zone))

    def _text(self, inquiry: EligibilityInquiry, control: int, at: datetime) -> str:
        envelope = Envelope(
            sender=self.sender, receiver=self.receiver, control=control, at=at, usage=self.usage
        )
        return write_270([inquiry], envelope=envelope)
