"""``medoffice eligibility``: a payer's answer as a page that a receptionist can read to a patient."""

from pathlib import Path
from typing import Annotated

import typer


def eligibility(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="The payer's answer as it came: an X12 271, or FHIR R4 (JSON).",
            exists=True,
            dir_okay=False,
        ),
    ],
    service: Annotated[
        str,
        typer.Option(
            "--service",
            metavar="TYPE",
            help="The service type to look at: 98 is a visit in an office, 30 the plan.",
        ),
    ] = "98",
    *,
    out_of_network: Annotated[
        bool, typer.Option("--out-of-network", help="The office is not in the plan's network.")
    ] = False,
    fhir: Annotated[
        Path | None,
        typer.Option(
            "--fhir",
            metavar="OUT.json",
            help="Write the answers of a 271 as a FHIR R4 bundle, and show none.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file when it is there already.")
    ] = False,
) -> None:
    """Show what a payer answered about coverage: active or not, co-pay, deductible, and what it did not say.

    A file may hold many answers; each is a page of its own. It is an X12 271, a FHIR R4 CoverageEligibilityResponse, or a
    bundle of these; which, is told by what is in it. Faults of the file are listed with their places.

    Example: `medoffice eligibility answer.271 --fhir answer.json`

    **What it writes**: nothing; with --fhir that file, mode 0600, which holds names, member numbers and benefits. **What it
    shows**: names and benefits, so mind who looks at the screen; with --fhir neither.
    """
    from medoffice.cli.answers import export_as_fhir, show_answers  # noqa: PLC0415 -- loads rich

    if fhir is not None:
        export_as_fhir(file, fhir, replace=force)
    else:
        show_answers(file, service=service, is_out=out_of_network)
