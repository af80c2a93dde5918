"""``medoffice board``: who is where."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from medoffice.checkin.records import TaskKind
from medoffice.cli.table import Style, table_of, wish
from medoffice.cli.watching import Shown, cut, fitting
from medoffice.core.ids import AppointmentId, CommandKey
from medoffice.office.day.board import BoardRow, Where
from medoffice.office.folder import open_office

NOW = datetime(2026, 11, 24, 16, tzinfo=UTC)


class DeskLike(Protocol):
    folder: Path
    canary: AppointmentId


class SaidLike(Protocol):
    code: int
    out: str
    err: str


Run = Callable[..., SaidLike]


def row(place: int, where: Where, **more: object) -> BoardRow:
    fields: dict[str, object] = {
        "appointment": AppointmentId(f"apt-{place}"),
        "starts": NOW + timedelta(minutes=15 * place),
        "name": f"Family{place}, G.",
        "visit": "Follow-up visit",
        "provider": "Ruth Okafor, MD",
        "where": where,
    }
    return BoardRow(**(fields | more))  # type: ignore[arg-type]


def drawn(rows: list[BoardRow], style: Style, width: int = 200) -> str:
    console = Console(width=width, force_terminal=False, color_system=None)
    with console.capture() as captured:
        console.print(table_of(rows, now=NOW, style=style))
    return captured.get()


def test_a_plain_table_for_a_pipe(desk: DeskLike, run: Run) -> None:
    """Into a pipe goes one line a visit, without colours, lines or ids; with --ids the ids end the lines."""
    plain, with_ids = run("board"), run("board", "--ids")
    assert plain.code == with_ids.code == 0
    assert "\x1b" not in plain.out
    assert "─" not in plain.out
    assert str(desk.canary) not in plain.out
    line = next(line for line in with_ids.out.splitlines() if "Canarybird, T." in line)
    assert line.rstrip().endswith(str(desk.canary))
    assert "Blood pressure check" in line
    assert "Tweetina" not in with_ids.out


def test_another_day(run: Run) -> None:
    """A day without visits says so; a day that is none is refused in one line."""
    assert "No visits on this day." in run("board", "--day", "2001-02-03").out
    wrong = run("board", "--day", "someday")
    assert (wrong.code, wrong.out) == (1, "")
    assert "YYYY-MM-DD" in wrong.err


def test_the_desk_s_calls_are_shown(desk: DeskLike, run: Run) -> None:
    """What the desk is wanted for stands with the visit, or below when it belongs to none."""
    office = open_office(desk.folder)
    try:
        reception = office.reception("kiosk-7")
        reception.call_desk(CommandKey("cmd-a"), TaskKind.PAYMENT, "payment.unknown", desk.canary)
        reception.call_desk(CommandKey("cmd-b"), TaskKind.DEVICE, "camera.lost")
    finally:
        office.close()
    out = run("board").out
    assert "payment unclear" in next(line for line in out.splitlines() if "Canarybird" in line)
    assert any("kiosk-7: camera away" in line for line in out.splitlines())


@pytest.mark.parametrize("where", Where)
@pytest.mark.parametrize("is_ascii", [True, False])
def test_every_state_has_a_sign_and_a_word(where: Where, is_ascii: bool) -> None:  # noqa: FBT001
    """Without any colour each state is told by a word and a sign, which on an old terminal are ASCII."""
    text = drawn([row(0, where)], Style(is_ascii=is_ascii))
    assert where.value in text
    signs = {
        drawn([row(0, other)], Style(is_ascii=is_ascii)).replace(other.value, "").strip() for other in Where
    }
    assert len(signs) == len(Where)
    assert text.isascii() or not is_ascii


def test_minutes_are_counted_for_those_who_wait() -> None:
    """Who waits has the whole minutes since the check-in; who is seen has none; a clock that lags gives none below 0."""
    since = NOW - timedelta(minutes=12, seconds=59)
    assert "12 min" in drawn([row(0, Where.WAITING, number=4, since=since)], Style())
    assert "min" not in drawn([row(0, Where.SEEN, number=4, since=since)], Style())
    assert " 0 min" in drawn([row(0, Where.WAITING, since=NOW + timedelta(minutes=5))], Style())


def test_nothing_is_cut_on_a_narrow_terminal() -> None:
    """On 80 columns a long name and visit are broken into lines, and every letter is there."""
    long = row(
        0, Where.EXPECTED, name="Featherstonehaugh-Cholmondeley, B.", visit="Extraordinarily long visit"
    )
    text = drawn([long], Style(), width=80)
    assert max(map(len, text.splitlines())) <= 80
    assert "…" not in text
    letters = "".join(text.split())
    assert set("Featherstonehaugh-Cholmondeley") <= set(letters)
    assert sum(letter in "hH" for letter in letters) >= "Featherstonehaugh-Cholmondeley".lower().count("h")


@pytest.mark.parametrize("width", [80, 100, 160])
def test_the_live_board_takes_a_line_a_visit(width: int) -> None:
    """Drawn for the live board no visit takes two lines, and time, state and number are never cut."""
    since = NOW - timedelta(minutes=125)
    name = "Featherstonehaugh-Cholmondeley, B."
    rows = [
        row(each, Where.WAITING, name=name, visit="Long " * 9, number=117, since=since) for each in range(5)
    ]
    lines = drawn(rows, Style(one_line=width), width=width).splitlines()
    assert max(map(len, lines)) <= width
    assert sum("Feather" in line for line in lines) == sum(bool(line.strip()) for line in lines) - 2 == 5
    for line in lines:
        if "Feather" in line:
            assert re.search(r"^\s*\d+:\d\d PM .*● waiting\s+117\s+125 min", line)


@pytest.mark.parametrize("height", [12, 24, 50])
@pytest.mark.parametrize("notice", ["", "The store is busy."])
def test_the_live_board_fits_its_screen(height: int, notice: str) -> None:
    """However many visits there are, the board is no higher than the terminal, and says how many it left out."""
    rows = tuple(row(place, Where.WAITING) for place in range(40))
    shown = Shown(
        office="Northside", day=NOW.date(), now=NOW, rows=rows, calls=("10:00 AM kiosk-1: help " * 9,) * 4
    )
    console = Console(width=80, height=height, color_system=None)
    lines = console.render_lines(cut(shown, Style(one_line=80), console, notice), pad=False)
    text = ["".join(segment.text for segment in line) for line in lines]
    assert len(text) <= height
    assert any("not on this screen" in line for line in text) is (height - 10 - bool(notice) < 40)
    assert sum("Family" in line for line in text) == min(40, height - 10 - bool(notice))


STATES = st.lists(st.sampled_from(Where), max_size=30)


@given(states=STATES, room=st.integers(1, 40))
def test_what_fits_is_shown_and_who_needs_something_goes_last(states: list[Where], room: int) -> None:
    """Exactly as many rows as fit, in order; a waiting or late patient is left out only when nobody else is there."""
    rows = [row(place, where) for place, where in enumerate(states)]
    kept = fitting(rows, room)
    assert len(kept) == min(len(rows), room)
    assert list(kept) == [each for each in rows if each in kept]
    urgent = {Where.WAITING, Where.LATE}
    left_out = [each for each in rows if each not in kept]
    if any(each.where in urgent for each in left_out):
        assert all(each.where in urgent for each in kept)
    if any(each.where is Where.EXPECTED for each in left_out):
        assert all(each.where in urgent | {Where.EXPECTED} for each in kept)


def test_wishes_are_words() -> None:
    """A call is told in words; one that has none yet is told by the parts of its code."""
    assert wish("help.birthdate") == "help"
    assert wish("insurance.changed") == "new insurance"
    assert wish("something.quite-new") == "something quite new"
