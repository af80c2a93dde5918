"""A ticket shows what it was given, and its file tells nothing."""

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.devices import ticket as ticket_module
from kiosk.devices.codes import CodeReader
from kiosk.devices.frames import Frame
from kiosk.devices.printer import (
    FolderPrinter,
    NoPrinter,
    NotPrinted,
    NotPrintedReason,
    Printed,
    TicketPrinter,
)
from kiosk.devices.ticket import PAPER_WIDTH, Ticket, draw_ticket
from medoffice.core.errors import InvalidValue

TICKET = Ticket(number="A17", payload="CANARY-PAYLOAD", lines=("CANARY line", "Take a seat near door 3."))


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """The box that holds all black dots."""
    box = picture.convert("L").point([255] + [0] * 255).getbbox()
    assert box is not None
    return box


@settings(deadline=None, max_examples=30)
@given(
    st.text(st.characters(codec="utf-8", categories=["Lu", "Nd"]), min_size=1, max_size=12),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=120),
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=120), max_size=6
    ),
)
def test_any_ticket_fits_its_paper_and_its_code_can_be_read(
    number: str, payload: str, lines: list[str]
) -> None:
    """Width is the paper's, nothing touches its edge, and the code reads back."""
    picture = draw_ticket(Ticket(number=number, payload=payload, lines=tuple(lines)))
    assert (picture.mode, picture.width) == ("1", PAPER_WIDTH)
    left, _, right, bottom = ink(picture)
    assert left > 0
    assert right < PAPER_WIDTH
    assert bottom < picture.height
    found = CodeReader(others_every=0).read(Frame.from_picture(picture))
    assert [code.data.decode() for code in found] == ([payload] if payload else [])


def test_each_part_of_a_ticket_is_drawn() -> None:
    """Number, code and each line add to the picture; a long line is broken, not cut."""
    bare, with_code = draw_ticket(Ticket(number="7")), draw_ticket(Ticket(number="7", payload="x"))
    one_line = draw_ticket(Ticket(number="7", lines=("word",)))
    long_line = draw_ticket(Ticket(number="7", lines=("word " * 40,)))
    assert bare.height < one_line.height < long_line.height
    assert bare.height < with_code.height
    assert ink(one_line)[3] > ink(bare)[3]
    assert draw_ticket(Ticket(number="8")).tobytes() != bare.tobytes()


def test_a_word_longer_than_the_paper_is_broken() -> None:
    """No letter of a long word leaves the paper."""
    left, _, right, _ = ink(draw_ticket(Ticket(number="7", lines=("W" * 100,))))
    assert left > 0
    assert right < PAPER_WIDTH


def test_a_ticket_is_drawn_without_system_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where DejaVu is not installed, Pillow's own font serves."""
    monkeypatch.setattr(ticket_module, "_FONT_FOLDERS", ())
    ticket_module._font.cache_clear()
    try:
        assert ink(draw_ticket(TICKET))[3] > 300
    finally:
        ticket_module._font.cache_clear()


@pytest.mark.parametrize("number", ["", "x" * 13])
def test_impossible_numbers_are_refused(number: str) -> None:
    """A queue number has 1 to 12 characters."""
    with pytest.raises(InvalidValue):
        Ticket(number=number)


def test_repr_shows_nothing_of_a_ticket() -> None:
    """Neither number, nor code, nor lines are in the repr."""
    assert repr(TICKET) == "Ticket(***, 2 lines)"


def test_the_folder_printer_writes_whole_private_pictures_with_names_that_tell_nothing(
    tmp_path: Path,
) -> None:
    """Each ticket is one PNG for this user only, its name and its metadata free of what is on it."""
    folder = tmp_path / "tickets"
    printer: TicketPrinter = FolderPrinter(folder)
    assert [printer.print_ticket(TICKET) for _ in range(3)] == [Printed()] * 3
    files = sorted(folder.iterdir())
    assert len(files) == 3
    for file in files:
        assert file.suffix == ".png"
        assert len(file.stem) == 16
        assert set(file.stem) <= set("0123456789abcdef")
        assert file.stat().st_mode & 0o777 == 0o600
        assert b"CANARY" not in file.read_bytes()
        with Image.open(file) as picture:
            picture.load()
            assert picture.info == {} or "CANARY" not in repr(picture.info)
            assert picture.width == PAPER_WIDTH
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("trouble", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_a_full_disk_is_an_answer_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: int
) -> None:
    """When the ticket cannot be written, the kiosk is told so and no half ticket stays."""

    def fail(_: int) -> None:
        raise OSError(trouble, os.strerror(trouble))

    monkeypatch.setattr(os, "fsync", fail)
    assert FolderPrinter(tmp_path).print_ticket(TICKET) == NotPrinted(NotPrintedReason.CANNOT_WRITE)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_an_answer(tmp_path: Path) -> None:
    """A file in the folder's place is no reason to crash."""
    (tmp_path / "taken").write_text("")
    printer = FolderPrinter(tmp_path / "taken")
    assert printer.print_ticket(TICKET) == NotPrinted(NotPrintedReason.CANNOT_WRITE)


def test_two_tickets_never_share_a_file(tmp_path: Path) -> None:
    """A name that is taken is not written over."""
    printer = FolderPrinter(tmp_path, name=lambda: "same")
    assert printer.print_ticket(Ticket(number="1")) == Printed()
    first = (tmp_path / "same.png").read_bytes()
    assert printer.print_ticket(Ticket(number="2")) == NotPrinted(NotPrintedReason.CANNOT_WRITE)
    assert (tmp_path / "same.png").read_bytes() == first


def test_no_printer_says_so() -> None:
    """A kiosk without a printer answers honestly."""
    assert NoPrinter().print_ticket(TICKET) == NotPrinted(NotPrintedReason.NO_PRINTER)
