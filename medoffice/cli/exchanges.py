"""Files that other programs write and read. Loads the store, and rich for what an import says."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import attrs
import typer

from medoffice.adapters.letters.files import file_is_there, write_private
from medoffice.cli.displaced import console, say_displaced, table
from medoffice.cli.failures import CannotDo
from medoffice.cli.moments import day_or, shown
from medoffice.cli.opening import opened
from medoffice.cli.subjects import patient_of, resources_of
from medoffice.core.people import Address, Email, Phone
from medoffice.core.phi import PhiClass, phi
from medoffice.office.office import Office
from medoffice.wire.fhir import MANIFEST, OpenSlot, Service, Site, to_bytes
from medoffice.wire.fhir.codings import SERVICE_TYPE, Coding
from medoffice.wire.ics import Detail

_LARGEST: Final = 10_000_000
"""Bytes of a calendar that is read; the wire reads no more either."""


@attrs.frozen(kw_only=True)
class Export:
    """Which files to write, as it was typed."""

    resources: tuple[str, ...]
    ics: Path | None
    fhir: Path | None
    patient: str = attrs.field(repr=False)
    email: str = attrs.field(**phi(PhiClass.EMAIL))
    phone: str = attrs.field(**phi(PhiClass.PHONE))
    detail: str
    since: str
    days: int
    replace: bool


@attrs.frozen(kw_only=True)
class Publication:
    """What to publish, and where, as it was typed."""

    base: str
    visits: tuple[str, ...]
    phone: str = attrs.field(**phi(PhiClass.PHONE))
    street: str = attrs.field(**phi(PhiClass.PLACE))
    city: str = attrs.field(**phi(PhiClass.PLACE))
    state: str
    zip_code: str = attrs.field(**phi(PhiClass.PLACE))
    site: str
    link: str
    since: str
    days: int
    is_new_patient: bool
    replace: bool


def import_file(context: typer.Context, file: Path, resource: str, *, days: int, why: str) -> None:
    """Note the busy times of a file as absences; print what changed, what could not be read, and whom it displaces.

    Raises:
        CannotDo: when the name cannot be one.
        OSError: when the file cannot be read.
        WireError: when it is no calendar.
        MedofficeError: when icalendar is not installed, or the office cannot be opened or written.
    """
    out = console()
    with file.open("rb") as source:
        data = source.read(_LARGEST + 1)
    with opened(context) as office:
        (who,) = resources_of([resource])
        taken = office.schedule.exchange.take_busy(who, data, days=days, why=why)
        for finding in taken.findings:
            line = f"{finding.code}  {finding.message} ({finding.where}). {finding.fix}".strip()
            out.print(line, soft_wrap=True, highlight=False, markup=False)
        zone = office.settings.zone
        rows = table("", "From", "To")
        for word, some in (("away", taken.added), ("there again", taken.dropped)):
            for each in some:
                rows.add_row(word, shown(each.slot.start, zone), shown(each.slot.end, zone))
        if taken.added or taken.dropped:
            out.print(rows)
        said = f"{len(taken.added)} noted, {len(taken.dropped)} dropped."
        out.print(said if taken.is_whole else f"{said} Not all could be read, so nothing is dropped.")
        say_displaced(out, office, taken.added)


def export_file(context: typer.Context, wish: Export) -> str:
    """Write the file; the line says where.

    Raises:
        CannotDo: when what was typed names nothing that is there, or something is missing.
        FileIsThere: when a file is there already and ``replace`` was not said.
        MedofficeError: when icalendar is not installed, or the office cannot be opened or read.
    """
    if (wish.ics is None) == (wish.fhir is None):
        raise CannotDo("say which file to write: --to FILE.ics, or --fhir FILE.json")
    path = wish.ics or wish.fhir
    assert path is not None  # noqa: S101 -- one of both is there
    if path.exists() and not wish.replace:
        raise file_is_there(path)
    with opened(context) as office:
        if wish.fhir is not None:
            content = _bundle(office, wish)
        elif wish.patient:
            content = _patient(office, wish)
        else:
            content = _feed(office, wish)
        write_private(path, content, replace=wish.replace)
    return f"Wrote {path}"


def publish_folder(context: typer.Context, folder: Path, wish: Publication) -> str:
    """Write the free times of some kinds of visit; the line says how many.

    Raises:
        CannotDo: when something is missing, or names nothing that is there.
        FileIsThere: when a file is there already and ``replace`` was not said.
        MedofficeError: when the office cannot be opened or read.
    """
    missing = [
        option
        for option, value in (
            ("--base", wish.base),
            ("--visit", wish.visits),
            ("--phone", wish.phone),
            ("--street", wish.street),
            ("--city", wish.city),
            ("--state", wish.state),
            ("--zip", wish.zip_code),
        )
        if not value
    ]
    if missing:
        raise CannotDo(
            f"to be found, patients need more than the office has noted; say also {', '.join(missing)}"
        )
    with opened(context) as office:
        site = Site(
            location=wish.site,
            name=office.settings.name,
            phone=Phone.parse(wish.phone),
            address=Address(
                street=wish.street, city=wish.city, state=wish.state.upper(), zip_code=wish.zip_code
            ),
        )
        files = office.schedule.exchange.publication(
            base=wish.base.rstrip("/"),
            sites=[site],
            services=_services(office, wish.visits),
            first_day=_first(office, wish.since),
            days=wish.days,
            new_patient=wish.is_new_patient,
            link=_link(wish.link),
        )
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    there = [folder / name for name in files if (folder / name).exists()]
    if there and not wish.replace:
        raise file_is_there(there[0])
    for name, content in sorted(files.items(), key=lambda item: item[0] == MANIFEST):
        write_private(folder / name, content, replace=wish.replace)
    times = sum(content.count(b"\n") for name, content in files.items() if name.startswith("slots-"))
    more = "" if times or not wish.site else f" Nothing is free at {wish.site}; is that the site's name?"
    return f"Wrote {len(files)} files with {times} free times into {folder}.{more}"


def _feed(office: Office, wish: Export) -> bytes:
    if len(wish.resources) != 1:
        raise CannotDo("an .ics is of one resource, or of one patient with --patient")
    (who,) = resources_of(wish.resources)
    since = _first(office, wish.since) if wish.since else None
    return office.schedule.exchange.feed(who, since=since, days=wish.days, detail=_detail(wish.detail))


def _patient(office: Office, wish: Export) -> bytes:
    if wish.resources:
        raise CannotDo("a patient's calendar names no clinician; leave out the resource")
    if not wish.email:
        raise CannotDo("a patient's calendar says whom to write to; say also --email, the office's address")
    found = office.schedule.exchange.patient_calendar(
        patient_of(office, wish.patient),
        email=Email.parse(wish.email),
        phone=Phone.parse(wish.phone) if wish.phone else None,
    )
    if not found:
        raise CannotDo("this patient has no visit to come, so there is nothing to write")
    return found[0]


def _bundle(office: Office, wish: Export) -> bytes:
    bundle = office.schedule.exchange.bundle(
        first_day=_first(office, wish.since), days=wish.days, resources=resources_of(wish.resources)
    )
    return to_bytes(bundle) + b"\n"


def _services(office: Office, visits: tuple[str, ...]) -> tuple[Service, ...]:
    """Kinds of visit: ``follow-up``, or ``follow-up=124`` with a code of HL7's service types."""
    codes = dict(visit.partition("=")[::2] for visit in visits)
    found = office.schedule.exchange.services(codes)
    return tuple(
        attrs.evolve(each, codings=(Coding(SERVICE_TYPE, code),))
        if (code := codes[each.visit_type])
        else each
        for each in found
    )


def _link(address: str) -> Callable[[OpenSlot], str] | None:
    if not address:
        return None
    if not address.startswith("https://") or "{slot}" not in address:
        raise CannotDo("--link begins with https:// and has {slot} where the time's id goes")
    return lambda slot: address.replace("{slot}", slot.id)


def _detail(word: str) -> Detail:
    try:
        return Detail(word)
    except ValueError:
        words = ", ".join(each.value for each in Detail)
        raise CannotDo(f"--detail is one of {words}") from None


def _first(office: Office, since: str) -> date:
    return day_or(since, office.settings.day_at(office.clock.now()))
