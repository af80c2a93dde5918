"""``medoffice calendar import``, ``export`` and ``publish``: files that other programs write and read."""

from pathlib import Path
from typing import Annotated

import typer

from medoffice.cli.calendar import RESOURCE, SINCE, SITE

FORCE = Annotated[bool, typer.Option("--force", help="Replace files that are there already.")]


def import_busy(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.ics", help="A calendar kept elsewhere.")],
    resource: RESOURCE,
    *,
    days: Annotated[int, typer.Option(min=1, max=1100, help="How many days from today on to look at.")] = 366,
    why: Annotated[
        str,
        typer.Option(metavar="CODE", help="The code of these absences; one for each calendar of a person."),
    ] = "elsewhere",
) -> None:
    """Read when somebody is busy, from a calendar that they keep elsewhere, and note it as absences.

    Import the file again whenever it changes: what is new is noted, what is gone is dropped, the rest stays. What could
    not be read is said, and then nothing is dropped. Needs the extra calendar.

    **What it writes**: the absences; of what or whom an event is, nothing is kept.
    """
    from medoffice.cli.exchanges import import_file  # noqa: PLC0415 -- loads the store and rich

    import_file(context, file, resource, days=days, why=why)


def export(
    context: typer.Context,
    resource: Annotated[
        list[str] | None,
        typer.Argument(metavar="[RESOURCE]", help="Whose time. A FHIR file without any is of all."),
    ] = None,
    *,
    ics: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE.ics", help="An iCalendar file of one resource's held time."),
    ] = None,
    fhir: Annotated[
        Path | None,
        typer.Option(metavar="FILE.json", help="A FHIR R4 bundle of schedules, slots and appointments."),
    ] = None,
    patient: Annotated[
        str,
        typer.Option(
            metavar="ID",
            help="With --to: a patient's own visits to come, by the patient's or an appointment's id.",
        ),
    ] = "",
    email: Annotated[
        str, typer.Option(metavar="ADDRESS", help="The office's, for a patient's calendar.")
    ] = "",
    phone: Annotated[
        str, typer.Option(metavar="NUMBER", help="The office's, for a patient's calendar.")
    ] = "",
    detail: Annotated[
        str, typer.Option(metavar="WORD", help="How much an .ics says: busy, kind, or kind-and-place.")
    ] = "busy",
    since: SINCE = "",
    days: Annotated[int, typer.Option(min=1, max=1100, help="How many days.")] = 366,
    force: FORCE = False,
) -> None:
    """Write a calendar for other programs.

    Example: `medoffice calendar export dr-okafor --to okafor.ics`, or `medoffice calendar export --fhir week.json --days 7`

    **What it writes**: the file, mode 0600, and a row in the audit trail. **What stays secret**: an .ics of a resource
    says of nobody who comes; a patient's says neither clinician nor kind of visit. A FHIR bundle has patients' ids and when
    they come, and not why.
    """
    from medoffice.cli.exchanges import Export, export_file  # noqa: PLC0415 -- loads the store

    wish = Export(
        resources=tuple(resource or ()),
        ics=ics,
        fhir=fhir,
        patient=patient,
        email=email,
        phone=phone,
        detail=detail,
        since=since,
        days=days,
        replace=force,
    )
    typer.echo(export_file(context, wish))


def publish(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the files go; made when missing.")],
    *,
    base: Annotated[
        str, typer.Option(metavar="https://…", help="The address at which the folder will be found.")
    ] = "",
    visit: Annotated[
        list[str] | None, typer.Option(metavar="VISIT", help="A kind of visit to publish; may be repeated.")
    ] = None,
    phone: Annotated[str, typer.Option(metavar="NUMBER", help="The site's telephone.")] = "",
    street: Annotated[str, typer.Option(metavar="TEXT", help="The site's street and number.")] = "",
    city: Annotated[str, typer.Option(metavar="TEXT")] = "",
    state: Annotated[str, typer.Option(metavar="CODE", help="Two letters.")] = "",
    zip_code: Annotated[str, typer.Option("--zip", metavar="CODE", help="The ZIP code.")] = "",
    site: SITE = "",
    link: Annotated[
        str, typer.Option(metavar="https://…", help="Where a time is booked; {slot} becomes its id.")
    ] = "",
    since: SINCE = "",
    days: Annotated[int, typer.Option(min=1, max=366, help="How many days.")] = 28,
    new_patient: Annotated[
        bool, typer.Option("--new-patient", help="Times that are long enough for a new patient.")
    ] = False,
    force: FORCE = False,
) -> None:
    """Write the free times of some kinds of visit as SMART Scheduling Links, for patients' search tools.

    Run it again, with --force, as often as the times change, and copy the folder to a web server.

    Example: `medoffice calendar publish open --base https://northside.example/open --visit follow-up
    --phone 312-555-0142 --street '12 Main Street' --city Springfield --state IL --zip 62701`

    **What it writes**: the files, mode 0600. **What stays secret**: there is no clinician, no room and no patient in them.
    """
    from medoffice.cli.exchanges import Publication, publish_folder  # noqa: PLC0415 -- loads the store

    wish = Publication(
        base=base,
        visits=tuple(visit or ()),
        phone=phone,
        street=street,
        city=city,
        state=state,
        zip_code=zip_code,
        site=site,
        link=link,
        since=since,
        days=days,
        is_new_patient=new_patient,
        replace=force,
    )
    typer.echo(publish_folder(context, folder, wish))
