"""Days closed and opened again, people away and back, and holidays. Loads the store and rich."""

from collections.abc import Iterable
from datetime import timedelta

import attrs
import typer

from medoffice.cli.displaced import console, say_displaced, table
from medoffice.cli.failures import CannotDo
from medoffice.cli.moments import day_or, moment, shown
from medoffice.cli.opening import opened
from medoffice.cli.subjects import resources_of
from medoffice.core.dates import DateRange, parse_day
from medoffice.core.errors import InvalidValue
from medoffice.core.ids import ResourceId
from medoffice.core.times import TimeSlot
from medoffice.office.office import Office
from medoffice.scheduling.calendar import Absence, Closure, SpecialDay


@attrs.frozen(kw_only=True)
class Stretch:
    """A stretch of time as it was typed: a whole day, or from a time up to another."""

    on: str
    since: str
    until: str

    def slot(self, office: Office) -> TimeSlot:
        """The time that is meant: without its beginning from now, without its end to the end of that day.

        Raises:
            CannotDo: when nothing was typed, too much, or no time.
        """
        now, zone = office.clock.now(), office.settings.zone
        today = office.settings.day_at(now)
        if bool(self.on) == bool(self.since or self.until):
            raise CannotDo("say when: --on YYYY-MM-DD, or --from and --to with 'YYYY-MM-DD HH:MM'")
        if self.on:
            return office.settings.span_of(day_or(self.on, today))
        start = moment(self.since, zone) if self.since else now
        day = office.settings.span_of(office.settings.day_at(start))
        end = moment(self.until, zone) if self.until else day.end
        if end <= start:
            raise CannotDo("it ends before it begins; --to is later than --from")
        return TimeSlot(start, end)


@attrs.frozen(kw_only=True)
class Holidays:
    """Which holidays are meant, as it was typed."""

    country: str
    state: str
    years: tuple[int, ...]
    only: tuple[str, ...]
    site: str


def close_days(context: typer.Context, days: str, *, name: str, site: str, resources: Iterable[str]) -> None:
    """Note a closure, and print whom it displaces.

    Raises:
        CannotDo: when what was typed names no days or nothing that is there.
        MedofficeError: when the office cannot be opened or written.
    """
    out = console()
    with opened(context) as office:
        closure = Closure(
            days=days_of(days), name=" ".join(name.split()), location=site, resources=resources_of(resources)
        )
        new = office.schedule.setup.note([closure])
        out.print(f"{'Closed' if new else 'Closed already'}: {span(closure.days)}", highlight=False)
        say_displaced(out, office, [closure])


def reopen_days(context: typer.Context, days: str, *, name: str, site: str, resources: Iterable[str]) -> None:
    """Take closures away from some days.

    Raises:
        CannotDo: when what was typed names no days.
        NoSuchRecord: when no such closure is noted.
        MedofficeError: when the office cannot be opened or written.
    """
    with opened(context) as office:
        wanted = days_of(days)
        found = office.schedule.setup.reopen(
            wanted, name=name, location=site, resources=resources_of(resources)
        )
        names = ", ".join(dict.fromkeys(each.name for each in found))
        console().print(f"Open again on {span(wanted)}: {names}", highlight=False, markup=False)


def note_absence(context: typer.Context, resource: str, stretch: Stretch, *, why: str) -> None:
    """Note an absence, and print whom it displaces.

    Raises:
        CannotDo: when what was typed names no time or nothing that is there.
        MedofficeError: when the office cannot be opened or written.
    """
    out = console()
    with opened(context) as office:
        (who,) = resources_of([resource])
        absence = Absence(who, stretch.slot(office), why)
        new = office.schedule.setup.note([absence])
        out.print(
            f"{who} is {'away' if new else 'away already'}: {_time(office, absence.slot)}", highlight=False
        )
        say_displaced(out, office, [absence])


def end_absence(context: typer.Context, resource: str, stretch: Stretch) -> None:
    """Take a resource's absence away for a time; from a time on without an end, that absence is over.

    Raises:
        CannotDo: when what was typed names no time.
        NoSuchRecord: when nothing is noted for it.
        MedofficeError: when the office cannot be opened or written.
    """
    with opened(context) as office:
        (who,) = resources_of([resource])
        slot = stretch.slot(office)
        if stretch.since and not stretch.until:
            slot = _to_its_end(office, who, slot)
        day = office.settings.day_at(slot.start) if stretch.on else None
        found = office.schedule.setup.back(who, slot, day=day)
        for each in found:
            what = (
                f"special hours on {each.day}"
                if isinstance(each, SpecialDay)
                else f"away ({each.why}) {_time(office, each.slot)}"
            )
            console().print(f"{who} is back; until now it was noted: {what}", highlight=False, markup=False)


def close_on_holidays(context: typer.Context, wish: Holidays, *, is_noted: bool) -> None:
    """Print public holidays, and close on them.

    Raises:
        CannotDo: when no holiday has such a name.
        InvalidValue: when there is no such country or state.
        MedofficeError: when holidays is not installed, or the office cannot be opened or written.
    """
    from medoffice.adapters.holidays import public_holidays  # noqa: PLC0415 -- an extra of its own

    out = console()
    found = public_holidays(wish.country, wish.state, wish.years, location=wish.site)
    words = [word.casefold() for word in wish.only]
    kept = [each for each in found if not words or any(word in each.name.casefold() for word in words)]
    if not kept:
        raise CannotDo("no holiday of these years has that in its name; see them with --list")
    with opened(context) as office:
        new = frozenset(office.schedule.setup.note(kept) if is_noted else ())
        rows = table("Day", "Holiday", "")
        for each in kept:
            word = "" if not is_noted else "closed" if each in new else "closed already"
            rows.add_row(f"{each.days.start:%a %Y-%m-%d}", each.name, word)
        out.print(rows)
        if is_noted:
            say_displaced(out, office, kept)


def days_of(text: str) -> DateRange:
    """``2026-12-24`` or ``2026-12-24..2026-12-26``.

    Raises:
        CannotDo: for any other form.
    """
    first, dots, last = text.strip().partition("..")
    try:
        start = parse_day(first)
        return DateRange(start, parse_day(last) if dots else start)
    except InvalidValue as trouble:
        raise CannotDo(f"write a day, or two with .. between: {trouble.reason}") from None


def span(days: DateRange) -> str:
    """Days as a person reads them."""
    if days.end == days.start:
        return f"{days.start:%a %Y-%m-%d}"
    return (
        f"{days.start:%a %Y-%m-%d} to {'further notice' if days.end is None else f'{days.end:%a %Y-%m-%d}'}"
    )


def _time(office: Office, slot: TimeSlot) -> str:
    zone = office.settings.zone
    return f"{shown(slot.start, zone)} to {shown(slot.end, zone)}"


def _to_its_end(office: Office, who: ResourceId, slot: TimeSlot) -> TimeSlot:
    """From the beginning of ``slot`` to the end of the absence that runs then."""
    running = [
        each.slot.end
        for each in office.schedule.calendar().absences
        if each.resource == who and slot.start in each.slot
    ]
    return TimeSlot(slot.start, max(running, default=slot.start + timedelta(minutes=1)))
