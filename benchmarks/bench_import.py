"""What starting a program costs: ``import medoffice`` beside a bare interpreter and other packages.

Whole processes, from start to end, so that nothing is hidden: what matters to somebody who types a command, or whose
server starts a worker, is the difference to an interpreter that imports nothing.
"""

import subprocess
import sys
from contextlib import suppress

from benchmarks.peers import NoPeer, peer
from benchmarks.timing import interleaved, number, table

ROUNDS = 15
BARE = "a bare interpreter"
COUNT = "import sys; print(len(sys.modules))"


def started(code: str) -> str:
    """What a fresh interpreter prints that runs ``code``."""
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def programs() -> dict[str, str]:
    """What each process runs, by name; peers that are not installed are left out."""
    chosen = {
        BARE: "pass",
        "import attrs": "import attrs",
        "import medoffice": "import medoffice",
        "import medoffice.billing": "import medoffice.billing",
        "import medoffice.office": "import medoffice.office",
    }
    with suppress(NoPeer):
        peer("pydantic", "pydantic")
        chosen["import pydantic"] = "import pydantic"
        # pydantic itself puts its work off until something is asked of it, which every use does.
        chosen["from pydantic import BaseModel"] = "from pydantic import BaseModel"
    return chosen


def main() -> None:
    """Measure and print."""
    code = programs()
    times = interleaved(
        {name: lambda text=text: started(text) for name, text in code.items()},  # type: ignore[misc]
        rounds=ROUNDS,
    )
    bare, loaded = times[BARE], {name: int(started(f"{text}; {COUNT}")) for name, text in code.items()}
    rows = [
        (
            name,
            number(each.median * 1e3),
            number(each.least * 1e3),
            number((each.median - bare.median) * 1e3),
            number((each.least - bare.least) * 1e3),
            loaded[name] - loaded[BARE],
        )
        for name, each in times.items()
    ]
    table((f"ms, {ROUNDS} processes each", "median", "least", "median +", "least +", "modules +"), rows)
    print("  + is above the bare interpreter.")


if __name__ == "__main__":
    main()
