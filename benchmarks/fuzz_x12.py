"""Coverage-guided fuzzing of the X12 reader and the 271 with atheris; stops by itself.

Usage: python benchmarks/fuzz_x12.py CORPUS_FOLDER -max_total_time=600 -seed=1

Needs ``atheris`` (and the library's own dependencies), which is not in the development group: it has wheels for few
Pythons. The folder is filled with seeds first; the options are libFuzzer's, whose lines say how much is covered
(``cov``). Any exception but :class:`medoffice.wire.x12.NotX12`, and any text that does not come back, ends it red.
"""

import sys
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

atheris = import_module("atheris")

with atheris.instrument_imports(include=["medoffice.wire.x12", "medoffice.billing.eligibility"]):
    from benchmarks.x12_files import FAMILY, FULL
    from medoffice.billing.eligibility import summarise
    from medoffice.wire.x12 import AnswerStream, NotX12, read


def one(data: bytes) -> None:
    """Read a file in both ways and look at what came of it."""
    try:
        if read(data).encoded() != data:
            raise AssertionError("the text did not come back")
        for answer in AnswerStream(data):
            repr(answer)
            for said in answer.statements[:8]:
                for kind in said.service_types[:4]:
                    summarise(answer, kind)
    except NotX12:
        return


def main() -> None:
    """Seed the folder and run."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate((FULL, FAMILY)):
        (folder / f"seed-{number}").write_text(seed, encoding="utf-8")
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
