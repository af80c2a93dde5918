"""``medoffice calendar``: what there is and when, set up and changed; its files are in :mod:`medoffice.cli.exchange`."""

from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="The calendar: hours, days closed, absences, holidays, and the files that other programs read and write.",
)
RESOURCE = Annotated[
    str, typer.Argument(metavar="RESOURCE", help="A provider, room or device by its id, such as dr-okafor.")
]
DAYS = Annotated[
    str,
    typer.Argument(metavar="DAY[..DAY]", help="One day, or the first and the last: 2026-12-24..2026-12-26."),
]
SITE = Annotated[str, typer.Option("--site", metavar="SITE", help="The location, in an office of several.")]
WITH = Annotated[
    list[str] | None,
    typer.Option("--with", metavar="RESOURCE", help="Only these; may be repeated."),
]
ON = Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="The whole day.")]
FROM = Annotated[str, typer.Option("--from", metavar="TIME", help="Or from a time on: 'YYYY-MM-DD HH:MM'.")]
TO = Annotated[str, typer.Option("--to", metavar="TIME", help="And up to a time.")]
SINCE = Annotated[str, typer.Option("--from", metavar="YYYY-MM-DD", help="The first day; today by default.")]


@app.callback()
def calendar() -> None:
    """What there is and when, set up and changed, and exchanged with other programs."""


@app.command()
def show(
    context: typer.Context,
    *,
    months: Annotated[int, typer.Option(min=1, max=36, help="How many months of exceptions to show.")] = 3,
) -> None:
    """Show the resources with their hours, the kinds of visit, and what breaks the hours in the coming months.

    **What it writes**: nothing.
    """
    from medoffice.cli.calendars import show_calendar  # noqa: PLC0415 -- loads the store and rich

    show_calendar(context, months=months)


@app.command(no_args_is_help=True)
def close(
    context: typer.Context,
    days: DAYS,
    *,
    name: Annotated[str, typer.Option(metavar="TEXT", help="What the sign on the door says.")] = "Closed",
    site: SITE = "",
    resource: WITH = None,
) -> None:
    """Close whole days: the office, one site, or some resources. It says which booked visits that displaces.

    Example: `medoffice calendar close 2026-12-24..2026-12-26 --name 'Winter break'`

    **What it writes**: the closure. Visits stay booked until `medoffice replan` or somebody moves them.
    """
    from medoffice.cli.closing import close_days  # noqa: PLC0415 -- loads the store and rich

    close_days(context, days, name=name, site=site, resources=resource or ())


@app.command(no_args_is_help=True)
def reopen(
    context: typer.Context,
    days: DAYS,
    *,
    name: Annotated[str, typer.Option(metavar="TEXT", help="Only the closure of this name.")] = "",
    site: SITE = "",
    resource: WITH = None,
) -> None:
    """Open days again; the rest of a longer closure stays closed.

    Example: `medoffice calendar reopen 2026-12-24`

    **What it writes**: the closure as it is left, if anything is.
    """
    from medoffice.cli.closing import reopen_days  # noqa: PLC0415 -- loads the store and rich

    reopen_days(context, days, name=name, site=site, resources=resource or ())


@app.command(no_args_is_help=True)
def away(
    context: typer.Context,
    resource: RESOURCE,
    *,
    on: ON = "",
    since: FROM = "",
    until: TO = "",
    why: Annotated[
        str, typer.Option(metavar="CODE", help="A code of the office's own, such as leave.")
    ] = "away",
) -> None:
    """Note that somebody or something is away. It says which booked visits that displaces.

    Example: `medoffice calendar away dr-okafor --from '2026-12-01 13:00' --to '2026-12-01 17:00' --why training`

    **What it writes**: the absence. Visits stay booked until `medoffice replan` or somebody moves them.
    """
    from medoffice.cli.closing import Stretch, note_absence  # noqa: PLC0415 -- loads the store and rich

    note_absence(context, resource, Stretch(on=on, since=since, until=until), why=why)


@app.command(no_args_is_help=True)
def back(
    context: typer.Context, resource: RESOURCE, *, on: ON = "", since: FROM = "", until: TO = ""
) -> None:
    """Note that somebody is back: the absence ends there, and special hours of that day are taken away with --on.

    Example: `medoffice calendar back dr-okafor --on 2026-12-01`

    **What it writes**: the absence as it is left, if anything is.
    """
    from medoffice.cli.closing import Stretch, end_absence  # noqa: PLC0415 -- loads the store and rich

    end_absence(context, resource, Stretch(on=on, since=since, until=until))


@app.command(no_args_is_help=True)
def hours(
    context: typer.Context,
    resource: RESOURCE,
    sign: Annotated[
        str,
        typer.Argument(
            metavar="[HOURS]",
            help="As on the door: 'Mon-Fri 08:00-12:00 13:00-17:00; Sat 09:00-12:00'. With --on only the times.",
        ),
    ] = "",
    *,
    since: SINCE = "",
    on: Annotated[
        str,
        typer.Option("--on", metavar="YYYY-MM-DD", help="Special hours of this one day; '' is a day off."),
    ] = "",
    kind: Annotated[str, typer.Option(metavar="WORD", help="To add one: provider, room or equipment.")] = "",
    tags: Annotated[
        str,
        typer.Option(
            metavar="TAGS", help="What it can stand for where a visit needs any: exam-room,pediatrics."
        ),
    ] = "",
    site: SITE = "",
) -> None:
    """Change the hours of a provider, room or device from a day on, or add one. It says which visits fall outside.

    Earlier hours end the day before; later ones that are noted already still begin on their day. A room or device
    without hours is there whenever nothing holds it; a provider without hours never is.

    Examples: `medoffice calendar hours dr-okafor 'Mon-Thu 08:00-17:00' --from 2027-01-04`, and
    `medoffice calendar hours exam-3 --kind room --tags exam-room`

    **What it writes**: the resource with its hours.
    """
    from medoffice.cli.resources import Resourceful, keep_resource  # noqa: PLC0415 -- loads the store and rich

    wish = Resourceful(name=resource, sign=sign, since=since, on=on, kind=kind, tags=tags, site=site)
    keep_resource(context, wish)


@app.command(no_args_is_help=True)
def visit(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="Its code, such as follow-up.")],
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Its name for people, such as 'Follow-up visit'.")
    ],
    *,
    minutes: Annotated[int, typer.Option(help="How long the patient is there.")],
    needs: Annotated[
        list[str] | None,
        typer.Option(
            metavar="IDS",
            help="One of these, the first that is free: dr-okafor,np-lindqvist. May be repeated.",
        ),
    ] = None,
    any_of: Annotated[
        list[str] | None,
        typer.Option(
            "--any",
            metavar="TAG",
            help="Any that has this tag, such as exam-room; exam-room:in-person when only then. May be repeated.",
        ),
    ] = None,
    before: Annotated[int, typer.Option(help="Minutes to prepare.")] = 0,
    after: Annotated[int, typer.Option(help="Minutes to tidy up.")] = 0,
    new_patient: Annotated[
        int, typer.Option("--new-patient-minutes", help="How long for a new patient, when that differs.")
    ] = 0,
    capacity: Annotated[int, typer.Option(help="How many patients share one visit.")] = 1,
    modality: Annotated[
        list[str] | None,
        typer.Option(metavar="WORD", help="in-person (the default), telehealth; may be repeated."),
    ] = None,
    specialty: Annotated[str, typer.Option(metavar="WORD", help="For the practice's own rules.")] = "",
    complex_visit: Annotated[
        bool, typer.Option("--complex", help="It needs preparation, so it is not filled at short notice.")
    ] = False,
) -> None:
    """Add a kind of visit, or replace the one with the same code. Without needs, any one provider will do.

    Example: `medoffice calendar visit ekg 'EKG' --minutes 20 --needs dr-okafor,np-lindqvist --any exam-room --any ekg`

    **What it writes**: the kind of visit. Visits that are booked keep their length.
    """
    from medoffice.cli.resources import Kind, keep_visit  # noqa: PLC0415 -- loads the store

    kind = Kind(
        code=code,
        name=name,
        minutes=minutes,
        one_of=tuple(needs or ()),
        any_of=tuple(any_of or ()),
        before=before,
        after=after,
        new_patient_minutes=new_patient,
        capacity=capacity,
        modalities=tuple(modality or ("in-person",)),
        specialty=specialty,
        is_complex=complex_visit,
    )
    typer.echo(keep_visit(context, kind))


@app.command(no_args_is_help=True)
def holidays(
    context: typer.Context,
    *,
    years: Annotated[list[int], typer.Option("--year", metavar="YYYY", help="May be repeated.")],
    state: Annotated[
        str, typer.Option(metavar="CODE", help="Two letters, such as IL; none for federal holidays alone.")
    ] = "",
    country: Annotated[str, typer.Option(metavar="CODE", help="Two letters.")] = "US",
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="TEXT", help="Only those with this in their name; may be repeated."),
    ] = None,
    site: SITE = "",
    listed: Annotated[bool, typer.Option("--list", help="Only show them; note nothing.")] = False,
) -> None:
    """Close on public holidays. Few offices close on all: see them with --list, and keep yours with --only.

    Example: `medoffice calendar holidays --state IL --year 2027 --only Thanksgiving --only Christmas`

    **What it writes**: the closures. It says which booked visits they displace. Needs the extra calendar.
    """
    from medoffice.cli.closing import Holidays, close_on_holidays  # noqa: PLC0415 -- loads the store and rich

    wish = Holidays(country=country, state=state, years=tuple(years), only=tuple(only or ()), site=site)
    close_on_holidays(context, wish, is_noted=not listed)
