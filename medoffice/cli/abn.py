"""``medoffice abn``: Medicare's advance beneficiary notices."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Medicare's notices (ABN): whether one is needed, giving it, the answer, and whether it stands.",
)
VISIT = Annotated[
    str,
    typer.Argument(metavar="APPOINTMENT", help="The appointment's id, as `medoffice board --ids` shows it."),
]
WHO = Annotated[
    str, typer.Argument(metavar="WHO", help="The patient's id, or that of one of their appointments.")
]
NUMBER = Annotated[
    int, typer.Argument(metavar="NUMBER", help="Which of their notices, as `medoffice abn show` counts them.")
]
REASON = Annotated[
    str,
    typer.Option(
        metavar="WHY",
        help="Why Medicare may not pay: not-necessary, too-frequent, experimental, custodial-care, excluded, "
        "no-benefit; see --help of check for the rest.",
    ),
]
PROGRAMME = Annotated[
    str,
    typer.Option(
        "--programme",
        metavar="WHICH",
        help="original, advantage or other, where the coverage on file does not tell.",
    ),
]
EMERGENCY = Annotated[
    bool, typer.Option("--emergency", help="It is an emergency, in which no notice is given.")
]


@app.callback()
def abn() -> None:
    """Medicare's advance beneficiary notices (ABN, form CMS-R-131). The official form itself comes from cms.gov."""


@app.command(no_args_is_help=True)
def check(
    context: typer.Context,
    appointment: VISIT,
    reason: REASON = "",
    code: Annotated[
        str, typer.Option("--code", metavar="CODE", help="The service, to see which notice stands for it.")
    ] = "",
    charge: Annotated[
        str, typer.Option(metavar="AMOUNT", help="What it costs, to compare the estimate.")
    ] = "",
    programme: PROGRAMME = "",
    *,
    emergency: EMERGENCY = False,
) -> None:
    """Say whether a notice is needed at a visit; with --code, whether one stands, and how the service is billed.

    For suppliers and home care the reasons are not-homebound, not-terminally-ill, supplier-unsolicited,
    supplier-no-number, supplier-denied-before and supplier-no-contract.

    Example: `medoffice abn check apt-6f1c… --reason too-frequent --code G0103`

    **What it writes**: nothing.
    """
    from medoffice.cli.abn_work import check_need  # noqa: PLC0415 -- loads the store

    said = check_need(
        context,
        appointment,
        reason=reason,
        code=code,
        charge=charge,
        programme=programme,
        is_emergency=emergency,
    )
    typer.echo(said)


@app.command(no_args_is_help=True)
def give(
    context: typer.Context,
    appointment: VISIT,
    *,
    code: Annotated[
        list[str],
        typer.Option("--code", metavar="CODE", help="The service's procedure code; repeat it for several."),
    ],
    words: Annotated[
        list[str], typer.Option("--words", metavar="TEXT", help="What it is, in plain words; once a service.")
    ],
    reason: Annotated[
        list[str],
        typer.Option(
            "--reason",
            metavar="WHY",
            help="Why Medicare may not pay, as for check; once a service, or once for all of them.",
        ),
    ],
    cost: Annotated[
        list[str],
        typer.Option(
            "--cost",
            metavar="AMOUNT",
            help="What it may cost: 50.00, or from 40.00 to 60.00 as 40.00-60.00; once a service.",
        ),
    ],
    form: Annotated[
        str,
        typer.Option(
            "--form", metavar="YYYY-MM-DD", help="The day at the form's lower left, 2029-03-31 now."
        ),
    ],
    by: Annotated[
        str, typer.Option("--by", metavar="HOW", help="in-person, telephone, mail, fax or email.")
    ] = "in-person",
    programme: PROGRAMME = "",
    pdf: Annotated[
        Path | None, typer.Option("--pdf", metavar="FILE", help="Write what to copy as a PDF to this file.")
    ] = None,
    language: Annotated[
        str, typer.Option(metavar="TAG", help="en or es; the patient's own language by default.")
    ] = "",
    repeats: Annotated[
        bool, typer.Option("--repeats", help="For a course of the same service, up to a year.")
    ] = False,
    emergency: EMERGENCY = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
) -> None:
    """Note that a notice is handed over for a visit, and show what goes into the form's blanks.

    The notice itself is CMS's own form, used as it is; what is shown here is copied to it. For several services repeat
    `--code`, `--words`, `--reason` and `--cost` in the same order.

    Example: `medoffice abn give apt-6f1c… --code G0103 --words 'blood test' --reason too-frequent --cost 50.00
    --form 2029-03-31`

    **What it writes**: the notice, and the file. **What stays secret**: the paper names the patient.
    """
    from medoffice.cli.abn_work import Given, give_notice  # noqa: PLC0415 -- loads the store

    wanted = Given(
        appointment=appointment,
        codes=tuple(code),
        words=tuple(words),
        reasons=tuple(reason),
        costs=tuple(cost),
        form=form,
        by=by,
        programme=programme,
        pdf=pdf,
        language=language,
        repeats=repeats,
        is_emergency=emergency,
        replace=force,
    )
    typer.echo(give_notice(context, wanted), nl=False)


@app.command(no_args_is_help=True)
def sign(
    context: typer.Context,
    who: WHO,
    number: NUMBER,
    option: Annotated[int, typer.Option(help="The box that the patient ticked: 1, 2 or 3.")],
    on: Annotated[
        str, typer.Option("--on", metavar="YYYY-MM-DD", help="The date in blank J, today by default.")
    ] = "",
    *,
    representative: Annotated[
        bool, typer.Option("--representative", help="Somebody signed who acts for the patient.")
    ] = False,
) -> None:
    """Note that the patient chose an option and signed the paper.

    Example: `medoffice abn sign pat-6f1c… 1 --option 1`

    **What it writes**: the answer, with who saw it.
    """
    from medoffice.cli.abn_work import note_signed  # noqa: PLC0415 -- loads the store

    typer.echo(note_signed(context, who, number, option=option, on=on, is_other=representative))


@app.command(no_args_is_help=True)
def refused(
    context: typer.Context,
    who: WHO,
    number: NUMBER,
    witness: Annotated[
        list[str],
        typer.Option(
            "--witness", metavar="NAME", help="Who of the staff saw it, beside who gave the notice."
        ),
    ],
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="When; today by default.")] = "",
    *,
    wants_it: Annotated[
        bool, typer.Option("--wants-it/--does-not", help="Whether they want the service all the same.")
    ],
) -> None:
    """Note that the patient would not sign, before a witness.

    Example: `medoffice abn refused pat-6f1c… 1 --witness nurse-lee --wants-it`

    **What it writes**: the refusal, with its witnesses.
    """
    from medoffice.cli.abn_work import note_refused  # noqa: PLC0415 -- loads the store

    typer.echo(note_refused(context, who, number, witnesses=witness, on=on, wants_it=wants_it))


@app.command(no_args_is_help=True)
def withdraw(context: typer.Context, who: WHO, number: NUMBER) -> None:
    """Note that a notice was a mistake or is replaced: it stands for nothing any more.

    Example: `medoffice abn withdraw pat-6f1c… 1`

    **What it writes**: the withdrawal.
    """
    from medoffice.cli.abn_work import note_withdrawn  # noqa: PLC0415 -- loads the store

    typer.echo(note_withdrawn(context, who, number))


@app.command()
def waiting(context: typer.Context) -> None:
    """Show the notices that nobody has answered yet, oldest first.

    Example: `medoffice abn waiting`

    **What it writes**: nothing. **What stays secret**: it shows ids, no names.
    """
    from medoffice.cli.abn_work import show_waiting  # noqa: PLC0415 -- loads the store and rich

    show_waiting(context)


@app.command(no_args_is_help=True)
def show(
    context: typer.Context,
    who: WHO,
    number: Annotated[int, typer.Option(help="Which one to show whole, as it is copied to the form.")] = 0,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", metavar="FILE", help="Write it as a PDF to this file.")
    ] = None,
    language: Annotated[
        str, typer.Option(metavar="TAG", help="en or es; the patient's own language by default.")
    ] = "",
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
) -> None:
    """Show a patient's notices and how each stands today; with --number one of them whole.

    Example: `medoffice abn show pat-6f1c… --number 1`

    **What it writes**: nothing, or the file. **What stays secret**: the list shows codes, the paper names the patient.
    """
    from medoffice.cli.abn_work import show_notices  # noqa: PLC0415 -- loads the store and rich

    show_notices(context, who, number=number, pdf=pdf, language=language, replace=force)
