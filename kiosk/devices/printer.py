"""The ticket that a patient takes along: a queue number, a code and a few lines.

The caller words the lines; nothing here adds to them. A ticket's file name says nothing about anyone.
"""

import contextlib
import os
import secrets
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import attrs

from kiosk.devices.ticket import Ticket, draw_ticket


@attrs.frozen
class Printed:
    """The ticket came out."""


class NotPrintedReason(StrEnum):
    """Why no ticket came out."""

    NO_PRINTER = "no-printer"
    CANNOT_WRITE = "cannot-write"


@attrs.frozen
class NotPrinted:
    """No ticket came out; the patient is told the number on the screen."""

    reason: NotPrintedReason


PrintOutcome = Printed | NotPrinted


class TicketPrinter(Protocol):
    """Prints tickets; may take a second or two, so call it off the screen."""

    def print_ticket(self, ticket: Ticket) -> PrintOutcome:
        """Print ``ticket`` once."""
        ...


class NoPrinter:
    """A kiosk without a printer."""

    def print_ticket(self, ticket: Ticket) -> PrintOutcome:  # noqa: ARG002  the protocol's shape
        """Nothing is printed."""
        return NotPrinted(NotPrintedReason.NO_PRINTER)


def _random_name() -> str:
    return secrets.token_hex(8)


class FolderPrinter:
    """Writes each ticket as a PNG into a folder, whole or not at all, readable by the kiosk's own user only.

    Args:
        folder: where to; made (with mode 0700) when it is not there.
        name: makes a file name without ending; it must say nothing about the patient.
    """

    def __init__(self, folder: Path, *, name: Callable[[], str] = _random_name) -> None:
        self._folder = folder
        self._name = name

    def print_ticket(self, ticket: Ticket) -> PrintOutcome:
        """Write the ticket; a full disk or a missing right is an answer, not an exception."""
        picture = draw_ticket(ticket)
        stem = self._name()
        unfinished, finished = self._folder / f".{stem}.part", self._folder / f"{stem}.png"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if finished.exists():
                return NotPrinted(NotPrintedReason.CANNOT_WRITE)
            handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                picture.save(file, "PNG")
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(finished)
        except OSError:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
            return NotPrinted(NotPrintedReason.CANNOT_WRITE)
        return Printed()
