"""``medoffice eligibility``: a payer's answer as a page that a receptionist can read to a patient."""

from pathlib import Path
from typing import Annotated

import typer


def eligibility(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.271", help="The payer's answer, as it came.", exists=True, dir_okay=False
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
) -> None:
    """Show what a payer answered about coverage: active or not, co-pay, deductible, and what it did not say.

    A file may hold many answers; each is a page of its own. Faults of the file are listed with their places.

    **What it writes**: nothing. **What it shows**: names and benefits, so mind who looks at the screen.
    """
    from medoffice.cli.answers import show_answers  # noqa: PLC0415 -- loads rich

    show_answers(file, service=service, is_out=out_of_network)
