"""The no-show model and the risks of a day, printed. Loads the store and rich."""

from datetime import timedelta

import typer
from rich.console import Console

from medoffice.cli.displaced import console, table
from medoffice.cli.failures import CannotDo
from medoffice.cli.moments import day_or, shown
from medoffice.cli.opening import opened
from medoffice.cli.subjects import reason
from medoffice.core.outcomes import Refused
from medoffice.office.office import Office
from medoffice.office.visits.risking import DayRisks, VisitRisk
from medoffice.scheduling.noshow import ModelFitted


def fit_model(context: typer.Context) -> None:
    """Fit, keep and print a model.

    Raises:
        CannotDo: when the history does not do; the sentence says why, and the plain rate.
        MedofficeError: when the office cannot be opened or written.
    """
    out = console()
    with opened(context) as office:
        fitted = office.schedule.no_shows.fit()
        plain = office.schedule.no_shows.plain()
        if isinstance(fitted, Refused):
            why = "; ".join(map(reason, fitted.findings))
            raise CannotDo(f"{why} The office's plain rate: {plain}")
        _print_model(out, fitted)
        _print(out, f"Plain rate: {plain}.")
        _print(out, _verdict(fitted))


def show_risks(context: typer.Context, *, on: str) -> None:
    """Print the risks of a day, highest first, each with its shares.

    Raises:
        CannotDo: when the day is none.
        MedofficeError: when the office cannot be opened or read.
    """
    out = console()
    with opened(context) as office:
        tomorrow = office.settings.day_at(office.clock.now()) + timedelta(days=1)
        day = day_or(on, tomorrow)
        found = office.schedule.no_shows.on(day)
        if not found.kept:
            _print(out, "There is no model yet: medoffice risk fit makes one when there are enough visits.")
        elif not found.kept[0].is_usable:
            _print(out, _verdict(found.kept[0]))
        elif not found.risks:
            _print(out, f"No visit on {day:%a %Y-%m-%d} is still to come about.")
        else:
            _print_risks(out, office, found)
        _print(out, f"Plain rate: {found.plain}.")


def _print_model(out: Console, fitted: ModelFitted) -> None:
    model = fitted.model
    zone_free = model.edition.window
    _print(
        out, f"Learned from {model.visits} visits, {zone_free.start:%Y-%m-%d} to {zone_free.end:%Y-%m-%d}."
    )
    rows = table("Factor", "Level", "Odds ×", "95 %", "Visits", "Missed")
    for factor in model.factors:
        for level in factor.levels:
            low, high = level.odds_between
            numbers = (f"{level.odds_ratio:.2f}", f"{low:.2f} to {high:.2f}")
            rows.add_row(factor.name, level.name, *numbers, str(level.visits), str(level.missed))
    out.print(rows)
    for finding in fitted.findings:
        _print(out, f"{finding.code}  {reason(finding)}")
    if fitted.report:
        _print(out, "On later visits, which it had not seen:")
        _print(out, fitted.report)


def _verdict(fitted: ModelFitted) -> str:
    if fitted.is_usable:
        return "The model is better than the plain rate on visits that it had not seen."
    return "The model is not shown to be better than the plain rate, so no visit's risk is shown by it."


def _print_risks(out: Console, office: Office, found: DayRisks) -> None:
    rows = table("Appointment", "Time", "Risk", "Beside the average visit, in points")
    for each in sorted(found.risks, key=lambda each: -each.risk.probability):
        shares = _shares(each)
        time = shown(each.starts, office.settings.zone)
        rows.add_row(each.appointment.value, time, f"{each.risk.probability:.0%}", shares[0])
        for more in shares[1:]:
            rows.add_row("", "", "", more)
    out.print(rows)
    average = found.risks[0].risk.average_probability
    _print(out, f"The office's average visit: {average:.1%}. Expected to be missed: {_expected(found):.1f}.")


def _shares(each: VisitRisk) -> list[str]:
    """Its shares, the largest first, those too small to see left out; what is not known at the end."""
    by_size = sorted(each.risk.shares, key=lambda share: -abs(share.points))
    lines = [
        f"{100 * share.points:+5.1f}  {share.label}: {share.level}"
        for share in by_size
        if abs(share.points) >= 0.0005  # noqa: PLR2004 -- what would be shown as 0.0
    ]
    lines += [f"    ?  {unknown}" for unknown in each.risk.unknowns]
    if each.has_confirmed_since:
        lines.append("       has confirmed since this was known")
    return lines or ["  as the average visit"]


def _expected(found: DayRisks) -> float:
    return sum(each.risk.probability for each in found.risks)


def _print(out: Console, text: str) -> None:
    out.print(text, soft_wrap=True, highlight=False, markup=False)
