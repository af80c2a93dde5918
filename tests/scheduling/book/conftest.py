"""The naive book and the machine lie with the benchmarks, because a program there runs them too."""

import sys
from pathlib import Path

_ROOT = str(Path(__file__).parents[3])
if _ROOT not in sys.path:
    sys.path.append(_ROOT)
