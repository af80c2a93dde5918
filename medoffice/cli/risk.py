"""``medoffice risk``: how likely visits are to be missed, by what the office's own history says."""

from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="No-shows: a model out of the office's own history, what it is worth, and the risks of a day with reasons.",
)


@app.callback()
def risk() -> None:
    """How likely visits are to be missed, by what the office's own history says."""


@app.command()
def fit(context: typer.Context) -> None:
    """Learn from the visits that were kept and missed, judge that by the latest quarter of them, and keep the model.

    It needs some 270 visits. It says how good it is on visits that it had not seen, beside one plain rate for all; a model
    that is no better is kept and not used.

    **What it writes**: the model, which knows of no single patient. **What stays out**: race, language, sex, payer, where
    somebody lives, and what stands in for them.
    """
    from medoffice.cli.risks import fit_model  # noqa: PLC0415 -- loads the store and rich

    fit_model(context)


@app.command()
def show(
    context: typer.Context,
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="The day; tomorrow by default.")] = "",
) -> None:
    """Show how likely each visit of a day is to be missed, and what that rests on.

    Each factor has its part of the difference from the office's average visit, in percentage points. Without a model that
    is better than it, the office's plain rate is shown.

    Use it to call somebody. A risk is no reason to give a patient a worse time.

    **What it writes**: nothing. **What stays secret**: it shows ids, no names.
    """
    from medoffice.cli.risks import show_risks  # noqa: PLC0415 -- loads the store and rich

    show_risks(context, on=on)
