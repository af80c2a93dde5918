"""Reading a batch of 271 answers: to segments, to domain objects, beside plain splitting and pyx12's reader.

Usage: python benchmarks/bench_x12.py [answers]

Prints MB/s of each on one generated file, the peak memory of reading it as it arrives, and MB/s of files of few and of
many interchanges, which must be alike. Times are of the processor, so that a busy machine matters less. ``pyx12`` is left out when
it is not installed; it knows no map of the 5010 271, so it is compared at the level of segments.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.x12_files import FULL, batch
from medoffice.wire.x12 import AnswerStream, SegmentStream, read_all

_ROUNDS: Final = 3
_ANSWERS: Final = 20_000
_KILO: Final = 1024
_INTERCHANGES: Final = (100, 1_000, 10_000)


def main() -> None:
    """Generate, read with each, print."""
    if len(sys.argv) > 2 and sys.argv[1] == "--memory":  # noqa: PLR2004
        _memory(Path(sys.argv[2]))
        return
    answers = int(sys.argv[1]) if len(sys.argv) > 1 else _ANSWERS
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "batch.271"
        with file.open("w") as opened:
            opened.writelines(batch(answers))
        size = file.stat().st_size
        print(f"{answers:,} answers, {size / 1e6:.1f} MB")
        ours = _best(lambda: _answers(file))
        for name, run in (
            ("str.split, no structure", lambda: _split(file)),
            ("medoffice segments", lambda: _segments(file)),
            ("pyx12 segments", lambda: _pyx12(file)),
        ):
            if name.startswith("pyx12") and find_spec("pyx12") is None:
                print(f"{name:28} not installed")
                continue
            took = _best(run)
            print(f"{name:28} {size / took / 1e6:6.1f} MB/s   ours takes ×{ours / took:.2f}")
        print(f"{'medoffice answers':28} {size / ours / 1e6:6.1f} MB/s   {answers / ours:,.0f} answers/s")
        for many in _INTERCHANGES:
            text = FULL * many
            took = _best(partial(_interchanges, text))
            print(f"{f'{many:,} interchanges':28} {len(text) / took / 1e6:6.1f} MB/s")
        print(
            subprocess.run(
                (sys.executable, __file__, "--memory", file), check=True, text=True, capture_output=True
            ).stdout,
            end="",
        )


def _best(run: Callable[[], object]) -> float:
    times = []
    for _ in range(_ROUNDS):
        begun = time.process_time()
        run()
        times.append(time.process_time() - begun)
    return min(times)


def _answers(file: Path) -> int:
    with file.open("rb") as opened:
        return sum(len(each.statements) for each in AnswerStream(opened))


def _segments(file: Path) -> int:
    with file.open("rb") as opened:
        return sum(1 for _ in SegmentStream(opened))


def _interchanges(text: str) -> int:
    return sum(1 for _ in read_all(text))


def _split(file: Path) -> int:
    return sum(len(each.split("*")) for each in file.read_text().split("~"))


def _pyx12(file: Path) -> int:
    reader = import_module("pyx12.x12file").X12Reader

    with file.open() as opened:
        return sum(1 for _ in reader(opened))


def _memory(file: Path) -> None:
    before = _peak()
    _answers(file)
    print(f"peak memory while reading    {_peak():.1f} MB, of which {before:.1f} MB before it began")


def _peak() -> float:
    """The highest resident memory of this process in MB (a child's ``ru_maxrss`` would be its parent's)."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) / _KILO for line in status.splitlines() if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
