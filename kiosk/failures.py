"""What the command says when it fails: one sentence on the standard error, no traceback, and no health data.

A message is shown only when it is known to hold no health data: medoffice's own exceptions never do, and the
operating system's reason is a fixed text. Of any other exception the kind is told, never the words.
"""

from medoffice.core.errors import MedofficeError


class CannotDo(MedofficeError):
    """The command cannot do what was asked; the message says what to do instead."""


def sentence(trouble: Exception) -> str:
    """What went wrong, for the person at the keyboard."""
    match trouble:
        case MedofficeError():
            said = str(trouble)
        case OSError(filename=name, strerror=str(reason)) if name is not None:
            said = f"{name}: {reason}"
        case OSError(strerror=str(reason)):
            said = reason
        case ModuleNotFoundError(name=str(name)):
            said = f"no module named {name}; install medoffice-kiosk again"
        case _:
            said = f"something happened that was not foreseen ({type(trouble).__name__})"
    return " ".join(said.split())
