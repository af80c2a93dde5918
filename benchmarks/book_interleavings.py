"""Interleavings of every decision of the book, any number of them: no overlap, no lost time, the same log the same state.

    .venv/bin/python -m benchmarks.book_interleavings 100000 1

The first number is how many steps, the second the seed. Each step is a rule of ``book_machine.py``: the book and the
naive book decide the same, and after each step all that is held is compared pair by pair. Every run of at most 100
steps ends with a replay of its facts, whole and from its middle. Prints what was done how often, and what came of it.
When anything is not as it must be, it ends with 1 and the shortest way there.
"""

import argparse
from collections import Counter
from time import perf_counter
from typing import Final

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from benchmarks.book_machine import BookMachine

_STEPS: Final = 100
_BATCH: Final = 50
"""Runs between two looks at the count; Hypothesis ends a run early now and then."""


def main(steps: int, start: int) -> None:
    """Run batches until there were so many steps."""
    counts = BookMachine.counts = Counter()
    began, turn = perf_counter(), 0
    while counts["steps"] < steps:
        machine = type(f"Batch{turn}", (BookMachine,), {})
        seed(start * 1_000_003 + turn)(machine)
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=_BATCH,
                stateful_step_count=_STEPS,
                deadline=None,
                database=None,
                phases=(Phase.generate, Phase.shrink),
                suppress_health_check=tuple(HealthCheck),
                print_blob=True,
                report_multiple_bugs=False,
            ),
        )
        turn += 1
    _show(counts, perf_counter() - began)
    print(
        f"{counts['steps']:,} steps in {counts['runs']:,} runs: 0 overlaps, 0 starts lost or invented among "
        f"{counts['starts compared']:,}, 0 refusals of what was offered, every log replayed to the same state"
    )


def _show(counts: Counter[str], seconds: float) -> None:
    for what in sorted(counts):
        print(f"  {what:36}{counts[what]:>10,}")
    print(f"  {'seconds':36}{seconds:>10.1f}")


if __name__ == "__main__":
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("steps", type=int, nargs="?", default=100_000)
    reading.add_argument("seed", type=int, nargs="?", default=1)
    given = reading.parse_args()
    main(given.steps, given.seed)
