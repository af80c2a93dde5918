"""Where today's patients are, printed by id; who is next, and how long it may be. Loads the store and rich."""

from datetime import datetime
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from medoffice.cli.failures import CannotDo
from medoffice.cli.moments import day_or
from medoffice.cli.opening import opened
from medoffice.cli.plain import plain_console, plain_table
from medoffice.cli.subjects import appointment_of, resources_of, said_no
from medoffice.cli.table import clock_time
from medoffice.core.outcomes import Refused
from medoffice.scheduling import flow


def show_flow(context: typer.Context, day: str) -> None:
    """Print where a day's patients are.

    Raises:
        CannotDo: when the day is none.
        MedofficeError: when the office cannot be opened or read.
    """
    console = plain_console()
    with opened(context) as office:
        wanted = day_or(day, office.settings.day_at(office.clock.now()))
        rows = office.schedule.flow.board(wanted)
        if not rows:
            console.print("No visits on this day.")
            return
        _print(console, rows, office.settings.zone)
        for turn in office.schedule.flow.queue():
            console.print(f"{turn.rank}. {turn.waiting.visit} waits, level {turn.level}")


def say_next(context: typer.Context, provider: str) -> str:
    """Whom to call next, and why, a line a reason.

    Raises:
        CannotDo: when the clinician's id cannot be one.
        MedofficeError: when the office cannot be opened or read.
    """
    with opened(context) as office:
        who = next(iter(resources_of((provider,) if provider else ())), None)
        found = office.schedule.flow.next_patient(who)
        if isinstance(found.value, flow.NobodyWaits):
            return "Nobody waits."
        unknown = "".join(f"\nNot known: {each}" for each in found.unknowns)
        return f"Next: {found.value.waiting.visit}\n{found.trace}{unknown}"


def say_wait(context: typer.Context, appointment: str) -> str:
    """How long it may be, in words for a waiting room, and what it rests on.

    Raises:
        CannotDo: when too little is known, or the patient does not wait.
        MedofficeError: when the office cannot be opened or read.
    """
    with opened(context) as office:
        day = office.schedule.flow
        visit = appointment_of(office, appointment) if appointment else None
        known = day.experience()
        if isinstance(known, Refused):
            raise CannotDo(
                known.findings[0].message + ": collect more days, step by step, before showing waits"
            )
        found = day.estimate_if_came(known) if visit is None else day.estimate(visit, known)
        if isinstance(found, Refused):
            raise said_no(found)
        return f"{flow.wait_words(found.value).text}\n{found.trace}"


def _print(console: Console, rows: tuple[flow.Row, ...], zone: ZoneInfo) -> None:
    table = plain_table("Appointment", "Where", "Since", "Minutes", "Over", "Room", "With", "Level", "To do")
    for row in rows:
        table.add_row(
            row.visit.value,
            row.stage.value,
            _clock(row.since, zone),
            str(int(row.waited.total_seconds() // 60)),
            str(int(row.over_by.total_seconds() // 60) or ""),
            str(row.room or ""),
            ", ".join(each.value for each in row.providers),
            str(row.level or ""),
            str(row.open_tasks or ""),
        )
    console.print(table)


def _clock(moment: datetime | None, zone: ZoneInfo) -> str:
    return clock_time(moment.astimezone(zone)) if moment else ""
