"""``medoffice coverage permit`` and ``permits``: referrals and authorizations on file."""

from typing import Annotated

import typer

WHO = Annotated[
    str, typer.Argument(metavar="PATIENT", help="The patient's id, or that of one of their appointments.")
]
KIND = Annotated[str, typer.Argument(metavar="KIND", help="referral or authorization.")]
COVERAGE = Annotated[
    str,
    typer.Option(
        "--coverage", metavar="COVERAGE", help="Which coverage it is of; the one on file where there is one."
    ),
]


def permit(
    context: typer.Context,
    who: WHO,
    kind: KIND,
    *,
    coverage: COVERAGE = "",
    start: Annotated[
        str, typer.Option("--from", metavar="DAY", help="Its first day; today if left out.")
    ] = "",
    end: Annotated[
        str, typer.Option("--until", metavar="DAY", help="Its last day; left out, it has none.")
    ] = "",
    visits: Annotated[
        int, typer.Option("--visits", help="For how many visits; left out, for any number.")
    ] = 0,
    service_type: Annotated[
        str, typer.Option("--for", metavar="TYPE", help="The service type (X12) that it is for; else any.")
    ] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="It holds no more, or was a mistake.")] = False,
) -> None:
    """Put a referral or an authorization on file, so that it is not asked for again while it holds.

    Its number is asked for and read from the input, so that it stays out of the shell's history. A number that is on file
    already is corrected.

    Example: `medoffice coverage permit apt-6f1c… authorization --until 2026-12-31 --visits 6`

    **What it writes**: the permit.
    """
    from medoffice.cli.coverage_permits import PermitSaid, keep_permit  # noqa: PLC0415 -- loads the store

    said = PermitSaid(
        kind=kind,
        coverage=coverage,
        start=start,
        end=end,
        visits=visits,
        service_type=service_type,
        is_withdrawn=withdraw,
    )
    typer.echo(keep_permit(context, who, said))


def permits(context: typer.Context, who: WHO) -> None:
    """Show the referrals and authorizations of a patient that are on file.

    **What it writes**: nothing. It shows their numbers.
    """
    from medoffice.cli.coverage_permits import show_permits  # noqa: PLC0415 -- loads the store and rich

    show_permits(context, who)
