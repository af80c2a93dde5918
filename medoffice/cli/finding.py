"""Free times and reasons, printed. Loads the store and rich."""

import attrs
import typer
from rich.console import Console
from rich.table import Table

from medoffice.cli.failures import CannotDo
from medoffice.cli.moments import day_or, moment, shown
from medoffice.cli.opening import opened
from medoffice.cli.subjects import reason, resources_of
from medoffice.office.office import Office
from medoffice.ports.store import NoSuchRecord
from medoffice.scheduling.modality import Modality


@attrs.frozen(kw_only=True)
class Wish:
    """What kind of time is looked for."""

    visit: str
    resources: tuple[str, ...]
    location: str
    is_new_patient: bool
    is_telehealth: bool

    @property
    def modality(self) -> Modality | None:
        """Telehealth when that was said; else the visit's own way."""
        return Modality.TELEHEALTH if self.is_telehealth else None


def show_free(context: typer.Context, wish: Wish, *, since: str, days: int, first: int) -> None:
    """Print the first free times.

    Raises:
        CannotDo: when there is no such visit type or day.
        MedofficeError: when the office cannot be opened or read.
    """
    console = _console()
    with opened(context) as office:
        today = office.settings.day_at(office.clock.now())
        try:
            found = office.schedule.find(
                wish.visit,
                first_day=day_or(since, today),
                days=days,
                resources=resources_of(wish.resources),
                modality=wish.modality,
                location=wish.location,
                new_patient=wish.is_new_patient,
            )
            free = found[:first]
        except NoSuchRecord:
            raise no_such_visit(office) from None
        if not free:
            console.print("No time is free. Search more days, or ask why with --why 'YYYY-MM-DD HH:MM'.")
            return
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for title in ("Time", "Ends", "With", "Site", "Seats"):
            table.add_column(title)
        for slot in free:
            zone = office.settings.zone
            table.add_row(
                shown(slot.slot.start, zone),
                f"{slot.slot.end.astimezone(zone):%H:%M}",
                ", ".join((slot.lead.value, *(each.value for each in slot.resources if each != slot.lead))),
                slot.location,
                f"{slot.seats_left} of {slot.seats}" if slot.seats > 1 else "",
            )
        console.print(table)


def show_reasons(context: typer.Context, wish: Wish, *, at: str) -> None:
    """Print every reason why a time is not offered.

    Raises:
        CannotDo: when there is no such visit type or time.
        MedofficeError: when the office cannot be opened or read.
    """
    console = _console()
    with opened(context) as office:
        try:
            findings = office.schedule.why_not(
                wish.visit,
                moment(at, office.settings.zone),
                resources=resources_of(wish.resources),
                modality=wish.modality,
                location=wish.location,
                new_patient=wish.is_new_patient,
            )
        except NoSuchRecord:
            raise no_such_visit(office) from None
        if not findings:
            console.print("Nothing stands in the way: that time can be booked.")
        for finding in findings:
            console.print(f"{finding.code}  {reason(finding)}", soft_wrap=True, highlight=False, markup=False)


def no_such_visit(office: Office) -> CannotDo:
    """What to say when a visit type is not known: which there are."""
    codes = ", ".join(visit.code for visit in office.schedule.calendar().visits)
    return CannotDo(f"the office has no visit type of that code; it has {codes or 'none yet'}")


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=240)
