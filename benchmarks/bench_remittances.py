"""Reading remittances (835): 20,000 claims to domain objects, proved, beside oxedi and pyx12; and the memory of it.

oxedi is written in Rust and gives typed tables; pyx12's reader gives segments and nothing more. Memory is that of a fresh
process that reads the file from disk, claim by claim.
"""

import importlib
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from benchmarks.remittance_files import batch
from benchmarks.timing import number, table
from medoffice.billing.remittance import ClaimPayment, prove_claim
from medoffice.core import Money
from medoffice.wire.x12 import RemittanceStream, read_835

CLAIMS: Final = 20_000
ROUNDS: Final = 3
MEASURE: Final = """
import resource, sys
from medoffice.wire.x12 import RemittanceStream
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with open(sys.argv[1], "rb") as file:
    for _ in RemittanceStream(file):
        pass
print(before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def memory() -> tuple[float, float]:
    """MB that a fresh process has before reading, and at its most; asked for while this process is small.

    A process that is started counts as at its most no less than the one that started it, so another writes the file.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made-up.835"
        write = (
            f"from benchmarks.remittance_files import batch; open({str(path)!r}, 'w').write(batch({CLAIMS}))"
        )
        subprocess.run([sys.executable, "-c", write], check=True)
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True
        )
    before, most = (int(each) / 1024 for each in done.stdout.split())
    return before, most


def seconds(work: Callable[[], object]) -> float:
    """The best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = perf_counter()
        work()
        best = min(best, perf_counter() - begun)
    return best


def streamed(data: bytes) -> Money:
    """Every claim proved, and the sum of what was paid."""
    paid = 0
    for each in RemittanceStream(io.BytesIO(data)):
        if isinstance(each, ClaimPayment):
            assert not [*prove_claim(each)]
            paid += each.paid.cents
    return Money(paid)


def main() -> None:
    """Measure and print."""
    before, most = memory()
    data = batch(CLAIMS).encode()
    size = len(data) / 1e6
    rivals: dict[str, Callable[[], object]] = {
        "medoffice, claim by claim": lambda: sum(1 for _ in RemittanceStream(io.BytesIO(data))),
        "medoffice, each claim proved": lambda: streamed(data),
        "medoffice, read_835 at once": lambda: read_835(data),
    }
    try:
        oxedi = importlib.import_module("oxedi")
        rivals["oxedi (Rust), tables"] = lambda: oxedi.parse(data)
    except ImportError:
        print("  oxedi is not installed.")
    try:
        reader = importlib.import_module("pyx12.x12file").X12Reader
        rivals["pyx12, segments alone"] = lambda: sum(1 for _ in reader(io.StringIO(data.decode())))
    except ImportError:
        print("  pyx12 is not installed.")
    rows = []
    for name, work in rivals.items():
        took = seconds(work)
        rows.append((name, number(size / took), number(CLAIMS / took)))
    table((f"{CLAIMS:,} claims, {size:.1f} MB", "MB/s", "claims a second"), rows)
    print(f"  Memory: {before:.1f} MB before, {most:.1f} MB at its most.")


if __name__ == "__main__":
    main()
