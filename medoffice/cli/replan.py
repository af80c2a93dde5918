"""``medoffice replan``: somebody is out, or the office is closed; where can the patients go?"""

from typing import Annotated

import typer

from medoffice.cli.failures import CannotDo


def replan(
    context: typer.Context,
    resource: Annotated[
        str,
        typer.Argument(
            metavar="[RESOURCE]", help="Who or what is out: a provider, room or device by its id."
        ),
    ] = "",
    *,
    closed: Annotated[
        str,
        typer.Option(
            metavar="DAY[..DAY]", help="Or whole days on which nobody is seen, in RESOURCE's place."
        ),
    ] = "",
    site: Annotated[str, typer.Option(metavar="SITE", help="With --closed: this location alone.")] = "",
    on: Annotated[
        str, typer.Option("--on", metavar="YYYY-MM-DD", help="The whole day; today by default.")
    ] = "",
    since: Annotated[
        str, typer.Option("--from", metavar="TIME", help="Or from a time on: 'YYYY-MM-DD HH:MM'.")
    ] = "",
    until: Annotated[str, typer.Option("--to", metavar="TIME", help="And up to a time.")] = "",
    why: Annotated[
        str, typer.Option(metavar="CODE", help="A code of the office's own, such as sick.")
    ] = "sick",
    days: Annotated[int, typer.Option(min=1, max=366, help="How many days to look for new places.")] = 28,
    same_clinician: Annotated[
        bool, typer.Option("--same-clinician", help="Rather wait for their own than see another.")
    ] = False,
    apply: Annotated[
        bool,
        typer.Option("--apply", help="Note the absence or closure and move the visits, not only show."),
    ] = False,
) -> None:
    """Find the least disruptive new place for every visit that is displaced, and prove that it is.

    Each line says from when to when a visit would go, what that costs its patient, and why. Without --apply nothing is
    changed: show it first, then say the same with --apply.

    Example: `medoffice replan dr-okafor --on 2026-11-30`

    Example: `medoffice replan --closed 2026-12-24..2026-12-26`

    **What it writes**: nothing; with --apply the absence or closure, and the moves.
    """
    from medoffice.cli.displacing import Away, Closed, show_plan  # noqa: PLC0415 -- loads the store and rich

    if bool(resource) == bool(closed) or (closed and (on or since or until)) or (site and not closed):
        raise CannotDo(
            "name who is out, with --on or with --from and --to; or the days with --closed, and with --site"
        )
    out = (
        Closed(days=closed, site=site)
        if closed
        else Away(resource=resource, on=on, since=since, until=until, why=why)
    )
    show_plan(context, out, days=days, same_clinician=same_clinician, is_applied=apply)
