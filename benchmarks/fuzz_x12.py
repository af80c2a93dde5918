"""Coverage-guided fuzzing of the X12 reader, the 271, 835, 277 and 999 with atheris; stops by itself.

Usage: python benchmarks/fuzz_x12.py CORPUS_FOLDER -max_total_time=600 -seed=1

Needs ``atheris`` (and the library's own dependencies), which is not in the development group: it has wheels for few
Pythons. The folder is filled with seeds first; the options are libFuzzer's, whose lines say how much is covered
(``cov``). Any exception but :class:`medoffice.wire.x12.NotX12` ends it red, and so does a law that does not hold:
what was read comes back byte for byte, and where a file is cut on its way in makes no difference.
"""

import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

atheris = import_module("atheris")

with atheris.instrument_imports(include=["medoffice.wire.x12", "medoffice.billing"]):
    from benchmarks.damage import Trickle
    from benchmarks.remittance_files import MadeClaim, MadeLine, written
    from benchmarks.status_files import CAME_IN, GROUP, STANDS
    from benchmarks.x12_files import FAMILY, FULL
    from medoffice.billing.claims import StatusReport
    from medoffice.billing.eligibility import summarise
    from medoffice.billing.remittance import Remittance
    from medoffice.wire.x12 import (
        AnswerStream,
        NotX12,
        read,
        read_271,
        read_277,
        read_835,
        read_999,
        read_all,
    )


def one(data: bytes) -> None:
    """Read a file in every way, hold the laws, and look at what came of it."""
    try:
        whole = read(data)
    except NotX12:
        refused(lambda: read(Trickle(data)))
        refused(lambda: read_271(Trickle(data)))
        refused(lambda: read_271(data))
        return
    law("text", whole.encoded() == data and whole.text() == data.decode("utf-8", "surrogateescape"))
    law("read", read(Trickle(data)) == whole)
    several(data)
    documents(data)
    stream = AnswerStream(Trickle(data))
    answers, again = tuple(stream), AnswerStream(data)
    law("answers", answers == tuple(again) and stream.findings == again.findings)
    at_once = read_271(data)
    law("at once", [each.statements for each in at_once] == [each.statements for each in answers])
    law("told", not at_once or tuple(one for each in at_once for one in each.findings) == stream.findings)
    if not whole.rest.strip():
        seen = tuple(each for each in stream.findings if each.code < "X12100")
        law("findings", seen == whole.findings)
    for answer in answers:
        repr(answer)
        for said in answer.statements[:8]:
            for kind in said.service_types[:4]:
                summarise(answer, kind)


def several(data: bytes) -> None:
    """Each interchange of a file, as it arrives and at once."""
    try:
        each = tuple(read_all(data))
    except NotX12:
        refused(lambda: tuple(read_all(Trickle(data))))
        return
    law("all", b"".join(one.encoded() for one in each) == data and tuple(read_all(Trickle(data))) == each)


def documents(data: bytes) -> None:
    """Remittances, statuses and acknowledgements, as they arrive and at once; each proves and prints itself."""
    for reader in (read_835, read_277, read_999):
        try:
            found = reader(data)
        except NotX12:
            refused(partial(reader, Trickle(data)))
            continue
        law("documents", reader(Trickle(data)) == found)
        for each in found:
            look(each)


def look(found: object) -> None:
    """What a caller does with one."""
    repr(found)
    match found:
        case Remittance():
            found.prove()
        case StatusReport():
            repr([each.standing for each in found.claims])
        case _:
            pass


def refused(read_it: Callable[[], object]) -> None:
    """What is refused in one way is refused in the other."""
    try:
        read_it()
    except NotX12:
        return
    law("refusal", False)  # noqa: FBT003


def law(name: str, holds: bool) -> None:  # noqa: FBT001
    """Stop when it does not hold."""
    if not holds:
        raise AssertionError(name)


def main() -> None:
    """Seed the folder and run."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    paid = MadeClaim(lines=(MadeLine(charge=150_00, adjustments=(("CO", "45", 50_00), ("PR", "3", 20_00))),))
    remittance = written([paid, paid], [("WO", 12_34)])
    seeds = (
        remittance,
        CAME_IN,
        STANDS,
        GROUP,
        FULL,
        FAMILY,
        FULL + "\r\n" + FAMILY.replace("~", "\n").replace("*", "|"),
    )
    for number, seed in enumerate(seeds):
        (folder / f"seed-{number}").write_text(seed, encoding="utf-8")
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
