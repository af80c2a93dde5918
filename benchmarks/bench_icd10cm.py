"""ICD-10-CM beside ``simple-icd-10-cm``: what it costs to have it, and to ask it.

Each is loaded in fresh processes, where memory is what the whole process has at its most. Look-ups go through the same
shuffled codes: over all of them, and over 300 again and again, as an office asks. The peer is asked whether a code is
there, ours for the code itself.
"""

import importlib
import random
import resource
import subprocess
import sys
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Final

from benchmarks.timing import number, table

ON: Final = date(2026, 5, 4)
ROUNDS: Final = 7
OURS: Final = (
    "from datetime import date; from medoffice.billing.coding.icd10cm import ICD10CM; "
    "ICD10CM.bundled().look_up('E11.9', on=date(2026, 5, 4))"
)
PEER: Final = (
    "import warnings; warnings.simplefilter('ignore'); import simple_icd_10_cm as s; s.is_valid_item('E11.9')"
)
MEASURE: Final = (
    "import time, resource; t = time.perf_counter(); {}; "
    "print(time.perf_counter() - t, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
)


def first_use(statement: str) -> tuple[float, float]:
    """Seconds of the first answer in a fresh process, imports included, and its memory in MB; the best of some."""
    found = []
    for _ in range(ROUNDS):
        done = subprocess.run(
            [sys.executable, "-c", MEASURE.format(statement)], capture_output=True, text=True, check=True
        )
        seconds, kilobytes = done.stdout.split()
        found.append((float(seconds), int(kilobytes) / 1024))
    return min(found)


def a_second(ask: Callable[[str], object], codes: list[str]) -> float:
    """How many of these are answered in a second; the best of some rounds."""
    best = 0.0
    for _ in range(ROUNDS):
        begun = perf_counter()
        for each in codes:
            ask(each)
        best = max(best, len(codes) / (perf_counter() - begun))
    return best


def main() -> None:
    """Measure and print."""
    # Before anything large is here: a process that is started has at its most no less than the one that started it.
    begun = {statement: first_use(statement) for statement in (OURS, PEER)}
    from medoffice.billing.coding.icd10cm import ICD10CM  # noqa: PLC0415 - see above

    ours = ICD10CM.bundled()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            peer = importlib.import_module("simple_icd_10_cm")
    except ImportError:
        peer = None
        print("  simple-icd-10-cm is not installed; only ours is measured.")
    codes = sorted(ours)
    random.Random(1).shuffle(codes)
    few = random.Random(2).choices(codes[:300], k=200_000)
    size = (Path(sys.modules["medoffice"].__file__ or "").parent / "data/icd10cm.bin").stat().st_size
    rows = []
    for name, statement, ask in (
        ("medoffice", OURS, lambda each: ours.look_up(each, on=ON)),
        ("simple-icd-10-cm", PEER, None if peer is None else peer.is_valid_item),
    ):
        if ask is None:
            continue
        seconds, memory = begun[statement]
        rows.append(
            (
                name,
                number(seconds * 1e3),
                number(memory),
                number(a_second(ask, codes)),
                number(a_second(ask, few)),
            )
        )
    table(
        (
            f"{len(codes):,} codes, file of {size:,} bytes",
            "first use, ms",
            "memory, MB",
            "all codes a second",
            "300 codes a second",
        ),
        rows,
    )
    start = perf_counter()
    ours.search("cholera")
    first = perf_counter() - start
    print(
        f"  Search: the index in {first * 1e3:.0f} ms, then {a_second(ours.search, ['diab kidney', 'otitis left', 'fracture radius']):,.0f} a second."
    )
    print(
        f"  Memory of this process at its most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB."
    )


if __name__ == "__main__":
    main()
