"""``medoffice coverage order``, ``patient`` and ``plan``: which payer is asked first, and what settles it."""

from typing import Annotated

import typer

WHO = Annotated[
    str, typer.Argument(metavar="PATIENT", help="The patient's id, or that of one of their appointments.")
]


def order(
    context: typer.Context,
    who: WHO,
    *,
    day: Annotated[str, typer.Option("--day", metavar="DAY", help="Today by default, or YYYY-MM-DD.")] = "",
    injury: Annotated[
        str,
        typer.Option(
            "--injury", metavar="YES|NO", help="Whether the visit is for the injury of an accident cover."
        ),
    ] = "",
    authorized: Annotated[
        str,
        typer.Option(
            "--authorized", metavar="COVERAGE", help="The veterans' care that authorised the visit."
        ),
    ] = "",
    apply: Annotated[bool, typer.Option("--apply", help="Put the order on file.")] = False,
) -> None:
    """Show in which order a patient's payers are asked, why, and what to ask the patient while it is not settled.

    Example: `medoffice coverage order apt-6f1c… --apply`

    **What it writes**: nothing; with `--apply` the order, by which the estimate is reckoned from then on. **What stays
    secret**: it shows payers and ids, and no name of a person.
    """
    from medoffice.cli.coverage_order_page import show_order  # noqa: PLC0415 -- loads the store and rich

    show_order(context, who, day=day, injury=injury, authorized=authorized, is_applied=apply)


def note_patient(
    context: typer.Context,
    who: WHO,
    *,
    family: Annotated[
        str, typer.Option("--family", help="How a child's parents live: together, apart or joint.")
    ] = "",
    of_age: Annotated[
        str,
        typer.Option("--of-age", metavar="YES|NO", help="Whether the child is in nobody's custody any more."),
    ] = "",
    medicare_by: Annotated[
        list[str] | None,
        typer.Option(
            "--medicare-by", help="Why they have Medicare: age, disability or esrd; may be repeated."
        ),
    ] = None,
    esrd_since: Annotated[
        str,
        typer.Option("--esrd-since", metavar="DAY", help="The first day of eligibility by kidney disease."),
    ] = "",
    medicare_first: Annotated[
        str,
        typer.Option(
            "--medicare-first",
            metavar="YES|NO",
            help="Whether Medicare paid first, by age or disability, before that day.",
        ),
    ] = "",
) -> None:
    """Note what the patient told about themselves, as far as the order of payers depends on it.

    What is not named stays as it was noted before; `unknown` takes it back.

    Example: `medoffice coverage patient apt-6f1c… --family together`

    **What it writes**: what was told.
    """
    from medoffice.cli.coverage_order_page import note_about_patient  # noqa: PLC0415 -- loads the store

    typer.echo(
        note_about_patient(
            context,
            who,
            family=family,
            of_age=of_age,
            medicare_by=tuple(medicare_by or ()),
            esrd_since=esrd_since,
            medicare_first=medicare_first,
        )
    )


def note_plan(
    context: typer.Context,
    who: WHO,
    coverage: Annotated[
        str,
        typer.Argument(metavar="COVERAGE", help="The coverage's id, as `medoffice coverage order` shows it."),
    ],
    *,
    held_by: Annotated[
        str, typer.Option("--held-by", help="Its holder's standing: active, retired or continuation.")
    ] = "",
    employees: Annotated[
        str, typer.Option("--employees", metavar="COUNT", help="How many work for the holder's employer.")
    ] = "",
    largest: Annotated[
        str,
        typer.Option(
            "--largest-employer", metavar="COUNT", help="Of a plan of several employers, the largest one's."
        ),
    ] = "",
    excepts_small: Annotated[
        str,
        typer.Option(
            "--excepts-small-employers",
            metavar="YES|NO",
            help="Whether that plan chose the exception for them.",
        ),
    ] = "",
    since: Annotated[
        str, typer.Option("--held-since", metavar="DAY", help="Since when the holder has had the plan.")
    ] = "",
    holder: Annotated[
        str,
        typer.Option(
            "--holder",
            help="Of a child's plan: custodial, custodial-spouse, non-custodial or non-custodial-spouse.",
        ),
    ] = "",
    decree: Annotated[
        str, typer.Option("--decree", metavar="YES|NO", help="Whether a court made the holder responsible.")
    ] = "",
    coordinates: Annotated[
        str,
        typer.Option("--coordinates", metavar="YES|NO", help="Whether the plan has rules of coordination."),
    ] = "",
) -> None:
    """Note what was told about a plan, as far as the order of payers depends on it.

    What is not named stays as it was noted before; `unknown` takes it back.

    Example: `medoffice coverage plan apt-6f1c… cov-1 --held-by active --employees 120`

    **What it writes**: what was told.
    """
    from medoffice.cli.coverage_order_page import PlanSaid, note_about_plan  # noqa: PLC0415 -- loads the store

    said = PlanSaid(
        held_by=held_by,
        employees=employees,
        largest=largest,
        excepts_small=excepts_small,
        since=since,
        holder=holder,
        decree=decree,
        coordinates=coordinates,
    )
    typer.echo(note_about_plan(context, who, coverage, said))
