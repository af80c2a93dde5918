"""Resources with their hours, and kinds of visit, added and changed. Loads the store and rich."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import attrs
import typer
from rich.console import Console

from medoffice.cli.displaced import console, say_visits
from medoffice.cli.failures import CannotDo
from medoffice.cli.moments import day_or
from medoffice.cli.opening import opened
from medoffice.cli.subjects import resources_of
from medoffice.core.dates import DateRange
from medoffice.core.errors import UnknownName
from medoffice.core.ids import ResourceId
from medoffice.office.calendar.setting_up import HoursSet
from medoffice.office.office import Office
from medoffice.scheduling.calendar import Calendar, SpecialDay
from medoffice.scheduling.hours import Weekly
from medoffice.scheduling.modality import Modality
from medoffice.scheduling.needs import AnyOf, Need, OneOf
from medoffice.scheduling.resources import Equipment, Provider, Resource, Room
from medoffice.scheduling.visits import VisitType

KINDS: Final[Mapping[str, type[Resource]]] = MappingProxyType(
    {"provider": Provider, "room": Room, "equipment": Equipment}
)
"""What a resource can be, by the word for it."""


@attrs.frozen(kw_only=True)
class Resourceful:
    """A resource and its hours, as it was typed."""

    name: str
    sign: str
    since: str
    on: str
    kind: str
    tags: str
    site: str


@attrs.frozen(kw_only=True)
class Kind:
    """A kind of visit, as it was typed."""

    code: str
    name: str
    minutes: int
    one_of: tuple[str, ...]
    any_of: tuple[str, ...]
    before: int
    after: int
    new_patient_minutes: int
    capacity: int
    modalities: tuple[str, ...]
    specialty: str
    is_complex: bool


def keep_resource(context: typer.Context, wish: Resourceful) -> None:
    """Add or change a resource, or give it special hours on a day; print which visits fall outside.

    Raises:
        CannotDo: when what was typed names nothing that is there, or no kind.
        InvalidValue: when the hours cannot be read, or it is there as another kind of thing.
        MedofficeError: when the office cannot be opened or written.
    """
    out = console()
    with opened(context) as office:
        (id,) = resources_of([wish.name])
        calendar = office.schedule.calendar()
        if wish.on:
            _refuse_the_rest(wish)
            day = day_or(wish.on, date.min)
            known = calendar.resource(id)
            special = SpecialDay.of(wish.sign, resource=known, day=day)
            kept = office.schedule.setup.special_day(special)
            out.print(f"{id} on {day:%a %Y-%m-%d}: {wish.sign.strip() or 'off'}", highlight=False)
            _say_outside(out, office, kept)
            return
        made = _resource(calendar, id, wish)
        kept = office.schedule.setup.keep(made, hours=_hours(office, calendar, id, wish))
        first = _first(office, wish)
        until = [each.effective.end for each in kept.resource.weekly if each.effective.start == first]
        out.print(f"Kept {id}.", highlight=False)
        if wish.sign and until != [None]:
            out.print(f"These hours hold up to {until[0]}: others are noted to begin then.", highlight=False)
        _say_outside(out, office, kept)


def keep_visit(context: typer.Context, wish: Kind) -> str:
    """Add a kind of visit, or replace the one of its code; the line says so.

    Raises:
        CannotDo: when a need names nothing that can be.
        UnknownName: when a need names a resource that is not there.
        InvalidValue: when a number or a word is out of its bounds.
        MedofficeError: when the office cannot be opened or written.
    """
    with opened(context) as office:
        known = {each.code for each in office.schedule.calendar().visits}
        made = VisitType(
            code=wish.code,
            name=" ".join(wish.name.split()),
            minutes=wish.minutes,
            buffer_before=wish.before,
            buffer_after=wish.after,
            new_patient_minutes=wish.new_patient_minutes or None,
            needs=(*map(_one_of, wish.one_of), *map(_any_of, wish.any_of)),
            capacity=wish.capacity,
            modalities=frozenset(map(Modality.parse, wish.modalities)),
            specialty=wish.specialty,
            is_complex=wish.is_complex,
        )
        office.add_visit_type(made)
        return f"{'Changed' if made.code in known else 'Added'} {made.code}."


def _say_outside(out: Console, office: Office, kept: HoursSet) -> None:
    say_visits(out, office, kept.displaced)
    if kept.displaced:
        out.print("They stay booked until they are moved: medoffice move APPOINTMENT --at TIME")


def _resource(calendar: Calendar, id: ResourceId, wish: Resourceful) -> Resource:
    tags = frozenset(filter(None, (tag.strip() for tag in wish.tags.split(","))))
    if wish.kind and wish.kind not in KINDS:
        raise CannotDo(f"a resource is one of these: {', '.join(KINDS)}")
    try:
        known = calendar.resource(id)
    except UnknownName as trouble:
        if not wish.kind:
            said = str(trouble)
            to_add = "to add it, say --kind provider, room or equipment"
            raise CannotDo(f"{said} Or {to_add}" if said.endswith("?") else f"{said}; {to_add}") from None
        return KINDS[wish.kind](id, tags=tags, location=wish.site)
    kind = KINDS[wish.kind] if wish.kind else type(known)
    return kind(id, tags=tags or known.tags, location=wish.site or known.location)


def _hours(office: Office, calendar: Calendar, id: ResourceId, wish: Resourceful) -> Weekly | None:
    if not wish.sign.strip():
        return None
    first = _first(office, wish)
    known = {each.id for each in calendar.resources}
    zone = calendar.zone_of(id, first) if id in known else office.settings.zone
    return Weekly.of(wish.sign, zone=zone, effective=DateRange(first))


def _first(office: Office, wish: Resourceful) -> date:
    return day_or(wish.since, office.settings.day_at(office.clock.now()))


def _refuse_the_rest(wish: Resourceful) -> None:
    if wish.since or wish.kind or wish.tags or wish.site:
        raise CannotDo(
            "special hours of one day change nothing else; leave out --from, --kind, --tags, --site"
        )


def _one_of(text: str) -> Need:
    names, modality = _when(text)
    return OneOf(*resources_of(filter(None, (name.strip() for name in names.split(",")))), modality=modality)


def _any_of(text: str) -> Need:
    tag, modality = _when(text)
    return AnyOf(tag.strip(), modality=modality)


def _when(text: str) -> tuple[str, Modality | None]:
    """A need, and the modality that stands after a colon."""
    what, colon, when = text.partition(":")
    return what, Modality.parse(when) if colon else None
