"""The waitlist, printed and answered. Loads the store and rich."""

from datetime import date

import attrs
import typer
from rich.console import Console
from rich.table import Table

from medoffice.cli.failures import CannotDo
from medoffice.cli.moments import day_or, shown
from medoffice.cli.opening import opened
from medoffice.cli.subjects import patient_of, resources_of, said_no
from medoffice.core.dates import DateRange
from medoffice.core.errors import InvalidValue, UnknownName
from medoffice.core.ids import AppointmentId
from medoffice.core.outcomes import Refused
from medoffice.office.office import Office
from medoffice.scheduling.hours import Weekly
from medoffice.scheduling.outcomes import Moved
from medoffice.scheduling.waitlist import EntryId, Offer, OfferKey, Urgency

_NO_OFFER = "there is no such offer; medoffice waitlist show writes those that stand"


@attrs.frozen(kw_only=True)
class Wish:
    """An entry as it was asked for."""

    visit: str
    patient: str = attrs.field(repr=False)
    channels: tuple[str, ...]
    providers: tuple[str, ...]
    since: str
    until: str
    times: str
    urgency: str
    is_new_patient: bool


def join_list(context: typer.Context, wish: Wish) -> str:
    """Put a patient on the list; the line says the entry's id.

    Raises:
        CannotDo: when what was typed names nothing that is there.
        MedofficeError: when the office cannot be opened or written.
    """
    with opened(context) as office:
        patient = patient_of(office, wish.patient)
        has = wish.patient.strip() != patient.value
        try:
            joined = office.schedule.waitlist.join(
                patient,
                wish.visit,
                channels=wish.channels,
                current=AppointmentId.parse(wish.patient) if has else None,
                urgency=Urgency.parse(wish.urgency),
                days=_days(wish),
                times=Weekly.of(wish.times, zone=office.settings.zone) if wish.times else None,
                providers=resources_of(wish.providers),
                new_patient=wish.is_new_patient,
            )
        except InvalidValue as trouble:
            raise CannotDo(str(trouble)) from None
        return f"Waits: {joined.entry.id}"


def leave_list(context: typer.Context, entry: str) -> str:
    """Take an entry off the list.

    Raises:
        CannotDo: when there is no such entry.
        MedofficeError: when the office cannot be opened or written.
    """
    with opened(context) as office:
        try:
            office.schedule.waitlist.leave(EntryId.parse(entry))
        except (InvalidValue, UnknownName):
            raise CannotDo("there is no such entry; medoffice waitlist show writes those that wait") from None
    return "Waits no more."


def show_list(context: typer.Context) -> None:
    """Print who waits and what is offered.

    Raises:
        MedofficeError: when the office cannot be opened or read.
    """
    console = _console()
    with opened(context) as office:
        state, zone, now = office.schedule.waitlist.state(), office.settings.zone, office.clock.now()
        waiting = _table("Entry", "Visit", "Since", "Has", "Asked", "")
        for standing in state.entries:
            entry = standing.entry
            waiting.add_row(
                entry.id.value,
                entry.visit,
                f"{entry.joined.astimezone(zone):%Y-%m-%d}",
                shown(entry.current.slot.start, zone) if entry.current else "nothing yet",
                str(len(standing.asked)),
                "paused" if standing.is_paused_at(now) else str(entry.urgency),
            )
        console.print(f"{len(state.entries)} wait.")
        if state.entries:
            console.print(waiting)
        live = [standing.offer for standing in state.offers if standing.is_live]
        if live:
            console.print(_offers(office, live))


def advance_list(context: typer.Context) -> None:
    """Do what is due and print whom to ask, and what the desk has to fill.

    Raises:
        MedofficeError: when the office cannot be opened or written.
    """
    console = _console()
    with opened(context) as office:
        advanced = office.schedule.waitlist.advance()
        zone = office.settings.zone
        console.print(f"Ask {len(advanced.asked)} now; {len(advanced.ran_out)} offers ran out.")
        if advanced.asked:
            console.print(_offers(office, advanced.asked))
        for each in advanced.desk:
            console.print(
                f"For the desk: {shown(each.freed.start, zone)} with "
                f"{', '.join(id.value for id in each.freed.resources)} suits {len(each.candidates)} on the list"
            )
        if advanced.next_due is not None:
            console.print(f"Next at {shown(advanced.next_due, zone)}.")


def say_yes(context: typer.Context, offer: str) -> str:
    """Book what was offered; the line says when.

    Raises:
        CannotDo: when it is gone, or there is no such offer.
        MedofficeError: when the office cannot be opened or written.
    """
    with opened(context) as office:
        try:
            outcome = office.schedule.waitlist.accept(_key(offer))
        except UnknownName:
            raise CannotDo(_NO_OFFER) from None
        if isinstance(outcome, Refused):
            raise said_no(outcome)
        verb = "Moved to" if isinstance(outcome, Moved) else "Booked"
        when = shown(outcome.appointment.slot.start, office.settings.zone)
        return f"{verb} {when}: {outcome.appointment.id}"


def say_no(context: typer.Context, offer: str) -> str:
    """Note that the patient does not want it.

    Raises:
        CannotDo: when the offer is over, or there is none.
        MedofficeError: when the office cannot be opened or written.
    """
    with opened(context) as office:
        try:
            outcome = office.schedule.waitlist.decline(_key(offer))
        except UnknownName:
            raise CannotDo(_NO_OFFER) from None
        if isinstance(outcome, Refused):
            raise said_no(outcome)
    return "Noted. The next patients are asked with medoffice waitlist advance."


def say_why(context: typer.Context, offer: str) -> str:
    """Why a patient was asked, a line a part.

    Raises:
        CannotDo: when there is no such offer.
        MedofficeError: when the office cannot be opened or read.
    """
    with opened(context) as office:
        try:
            why = office.schedule.waitlist.why_asked(_key(offer))
        except UnknownName:
            raise CannotDo(_NO_OFFER) from None
    return f"{why.value} points\n{why.trace}"


def _key(text: str) -> OfferKey:
    try:
        return OfferKey.parse(text)
    except InvalidValue:
        raise CannotDo(_NO_OFFER) from None


def _days(wish: Wish) -> DateRange | None:
    if not wish.since and not wish.until:
        return None
    last = day_or(wish.until, date.max) if wish.until else None
    return DateRange(day_or(wish.since, date.min), last)


def _offers(office: Office, offers: "list[Offer] | tuple[Offer, ...]") -> Table:
    zone = office.settings.zone
    table = _table("Offer", "Visit", "Time", "Answer by", "Wave")
    for offer in offers:
        table.add_row(
            str(offer.key),
            offer.visit,
            shown(offer.time.start, zone),
            shown(offer.answer_by, zone),
            str(offer.wave),
        )
    return table


def _table(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in titles:
        table.add_column(title, no_wrap=title in {"Entry", "Offer"})
    return table


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=240)
