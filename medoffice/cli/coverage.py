"""``medoffice coverage``: asking payers about coverages before visits, and what they answered."""

from pathlib import Path
from typing import Annotated

import typer

from medoffice.cli.coverage_order import note_patient, note_plan
from medoffice.cli.coverage_order import order as payer_order
from medoffice.cli.coverage_permit import permit, permits

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Coverages: put a card on file, ask the payer before the visit, read what it answered.",
)
APPOINTMENT = Annotated[
    str,
    typer.Argument(metavar="APPOINTMENT", help="The id of the visit, as `board --ids` shows it."),
]


@app.callback()
def coverage() -> None:
    """Ask payers about coverages. The way to them stands in the office's `payers.toml`."""


@app.command(no_args_is_help=True)
def ask(
    context: typer.Context,
    appointment: Annotated[
        str, typer.Argument(metavar="[APPOINTMENT]", help="The id of the visit.", show_default=False)
    ] = "",
    *,
    day: Annotated[
        str,
        typer.Option(
            "--day",
            metavar="DAY",
            help="All visits of a day whose answers are missing or too old: today, tomorrow or YYYY-MM-DD.",
        ),
    ] = "",
    again: Annotated[
        bool, typer.Option("--again", help="Ask anew although the payer was asked today already.")
    ] = False,
) -> None:
    """Ask the payer about the coverage for a visit, or for all visits of a day.

    Nothing is asked twice: what was asked today about the same day is only shown again. After a crash say the same
    again.

    Example: `medoffice coverage ask --day tomorrow`

    **What it writes**: the question, and the answer where it comes at once. **What stays secret**: it shows ids, no
    names.
    """
    from medoffice.cli.coverages import ask_payers  # noqa: PLC0415 -- loads the store and rich

    ask_payers(context, appointment, day=day, is_again=again)


@app.command()
def collect(context: typer.Context) -> None:
    """Take the answers that came since, and send what a crash kept from being sent.

    Each answer is kept once. What belongs to no question of the office, or came before, changes nothing and is said.

    Example: `medoffice coverage collect`

    **What it writes**: the answers, the benefits that they state, and a task for the desk where something is wrong.
    """
    from medoffice.cli.coverages import collect_answers  # noqa: PLC0415 -- loads the store and rich

    collect_answers(context)


@app.command(no_args_is_help=True)
def show(context: typer.Context, appointment: APPOINTMENT) -> None:
    """Show the coverages for a visit: the card, what the payer said in words, and what to do before the patient comes.

    Example: `medoffice coverage show apt-6f1c…`

    **What it writes**: nothing. It shows what the payer answered, with the patient's name and number.
    """
    from medoffice.cli.coverage_page import show_coverages  # noqa: PLC0415 -- loads the store and rich

    show_coverages(context, appointment)


@app.command(no_args_is_help=True)
def read(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE.271", help="A payer's answers.", exists=True, dir_okay=False),
    ],
    *,
    apply: Annotated[
        bool,
        typer.Option("--apply", help="Keep also answers that were found by number and birth date."),
    ] = False,
) -> None:
    """Read a file of answers by hand, and keep those to the office's own questions.

    An answer to a question from elsewhere (a payer's portal) is matched by payer, member number and birth date; it is
    kept only with `--apply`, and only when it fits one coverage.

    Example: `medoffice coverage read answer.271`

    **What it writes**: the answers that are kept. **What stays secret**: it shows ids, no names.
    """
    from medoffice.cli.coverages import read_file  # noqa: PLC0415 -- loads the store and rich

    read_file(context, file, is_applied=apply)


@app.command(no_args_is_help=True)
def add(
    context: typer.Context,
    who: Annotated[
        str, typer.Argument(metavar="PATIENT", help="The patient's id, or that of one of their appointments.")
    ],
    *,
    payer: Annotated[str, typer.Option(help="The payer's id, as the clearing house calls it.")],
    payer_name: Annotated[str, typer.Option(help="The payer's name, as people say it.")],
    plan: Annotated[str, typer.Option(help="The plan's name, as on the card.")] = "",
    kind: Annotated[str, typer.Option(help="hmo, ppo, epo, pos, medicare, medicaid and others.")] = "",
    relation: Annotated[
        str, typer.Option(help="What the patient is to who holds the plan: self, spouse, child or other.")
    ] = "self",
    since: Annotated[
        str, typer.Option("--from", metavar="DAY", help="The coverage's first day; today if left out.")
    ] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="Its last day; left out, it runs on.")] = "",
    corrects: Annotated[
        str, typer.Option(metavar="COVERAGE", help="The id of the coverage on file that this one corrects.")
    ] = "",
    order: Annotated[int, typer.Option(help="1 for the payer that is asked first.")] = 1,
    group_name: Annotated[str, typer.Option(help="The group's name, as on the card.")] = "",
    rx_bin: Annotated[str, typer.Option(help="The card's BIN.")] = "",
    rx_pcn: Annotated[str, typer.Option(help="The card's PCN.")] = "",
    phone: Annotated[
        list[str] | None,
        typer.Option(metavar="'WHAT=NUMBER'", help="A telephone number on the card; may be repeated."),
    ] = None,
    copay: Annotated[
        list[str] | None,
        typer.Option(metavar="'SERVICE=$25'", help="A co-pay printed on the card; may be repeated."),
    ] = None,
) -> None:
    """Put a coverage on file, as its card has it.

    Numbers and names are asked for and read from the input, one a line, so that they stay out of the shell's
    history: member number, group number, RxGroup; for a dependent also the dependent's number, and the name
    (Family, Given) and birth date of who holds the plan. An empty line leaves one out, but for the member number.

    Example: `medoffice coverage add apt-6f1c… --payer 60054 --payer-name "Example Health"`

    **What it writes**: the coverage.
    """
    from medoffice.cli.coverage_card import Said, add_coverage  # noqa: PLC0415 -- loads the store

    said = Said(
        payer=payer,
        payer_name=payer_name,
        plan=plan,
        kind=kind,
        relation=relation,
        since=since,
        until=until,
        order=order,
        corrects=corrects,
        group_name=group_name,
        rx_bin=rx_bin,
        rx_pcn=rx_pcn,
        phones=tuple(phone or ()),
        copays=tuple(copay or ()),
    )
    typer.echo(add_coverage(context, who, said))


app.command("order", no_args_is_help=True)(payer_order)
app.command("patient", no_args_is_help=True)(note_patient)
app.command("plan", no_args_is_help=True)(note_plan)
app.command("permit", no_args_is_help=True)(permit)
app.command("permits", no_args_is_help=True)(permits)
