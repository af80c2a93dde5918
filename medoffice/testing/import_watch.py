"""Imports modules and prints, as JSON, what they do beside being imported.

A program for :func:`medoffice.testing.check_pack`, which starts it in an interpreter of its own: an audit hook cannot
be taken off again.
"""

import json
import sys
from importlib import import_module
from typing import Any, Final

_CODE: Final = (".py", ".pyc", ".so", ".pyd", ".zip")
_DEEDS: Final = (
    "ftplib.",
    "os.exec",
    "os.fork",
    "os.mkdir",
    "os.posix_spawn",
    "os.putenv",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.system",
    "shutil.",
    "smtplib.",
    "socket.",
    "sqlite3.connect",
    "subprocess.",
    "urllib.",
)
"""Audit events (the table of the Python documentation) that an import has no need of."""


def watch(modules: list[str]) -> list[str]:
    """Import the modules and tell, sorted, which files they open and what else they do.

    Raises:
        Exception: whatever an import raises.
    """
    import_module("medoffice.testing")  # what a pack may import is there before anybody watches
    told: set[str] = set()

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode = str(args[0]), str(args[1] or "r")
            if not path.endswith(_CODE) or set(mode) & set("wax+"):
                told.add(f"opens {path.replace(chr(92), '/').rpartition('/')[2]}")
        elif event.startswith(_DEEDS):
            told.add(f"does {event}")

    sys.addaudithook(hook)
    for module in modules:
        import_module(module)
    return sorted(told)


if __name__ == "__main__":
    print(json.dumps(watch(json.loads(sys.argv[1]))))  # noqa: T201 - its answer
