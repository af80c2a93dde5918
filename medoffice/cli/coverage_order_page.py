"""The order of a patient's payers as a page for the desk, and noting what settles it. Loads the store and rich."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, TypeVar

import attrs
import typer
from rich.text import Text

from medoffice.billing.coordination import (
    Custody,
    Entitlement,
    Family,
    PatientNoted,
    PlanNoted,
    Standing,
)
from medoffice.billing.coverage import Coverage
from medoffice.cli.failures import CannotDo
from medoffice.cli.opening import opened
from medoffice.cli.plain import plain_console
from medoffice.cli.subjects import patient_of, said_no
from medoffice.core.dates import parse_day
from medoffice.core.errors import InvalidValue
from medoffice.core.ids import CoverageId
from medoffice.core.outcomes import Refused
from medoffice.office.coverage.ordering import PayerOrder, not_settled
from medoffice.office.office import Office
from medoffice.ports.store import NoSuchRecord

T = TypeVar("T")
UNKNOWN: Final = "unknown"
_FAMILY: Final = {"together": Family.TOGETHER, "apart": Family.APART, "joint": Family.JOINT}
_GROUNDS: Final = {
    "age": Entitlement.AGE,
    "disability": Entitlement.DISABILITY,
    "esrd": Entitlement.ESRD,
}
_STANDING: Final = {each.name.lower(): each for each in Standing}
_HOLDER: Final = {each.name.lower().replace("_", "-"): each for each in Custody}
_YES_NO: Final = {"yes": True, "no": False}


def show_order(
    context: typer.Context, who: str, *, day: str, injury: str, authorized: str, is_applied: bool
) -> None:
    """Print the order, its reasons and what to ask; with ``is_applied`` put it on file.

    Raises:
        CannotDo: when there is no such patient or coverage, or the order is to be applied and is not settled.
        MedofficeError: when the office cannot be opened or written.
    """
    is_injury = None if not injury else _one_of("--injury", injury, _YES_NO)
    on = _day("--day", day) if day else None
    by = _coverage_id(authorized) if authorized else None
    console = plain_console()
    with opened(context) as office:
        patient = patient_of(office, who)
        ordering = office.payer_order
        found = ordering.order(patient, on, is_injury_claim=is_injury, authorized=by)
        if found is None:
            console.print(Text("No coverage on file runs on that day."))
            return
        if by is not None and all(each.id != by for each in found.covers):
            raise CannotDo("no coverage of that id runs on that day")
        for line in (*_page(found), *(() if is_applied else _on_file(found))):
            console.print(line)
        if not is_applied:
            return
        made = ordering.apply(patient, on, is_injury_claim=is_injury, authorized=by)
        if isinstance(made, Refused):
            raise said_no(made)
        console.print()
        console.print(Text("This order is on file now."))


def _page(found: PayerOrder) -> list[Text]:
    names = {each.id.value: _name(each) for each in found.covers}
    lines = []
    place = 1
    for group in found.found.value:
        for key in group:
            mark = f"{place}." if len(group) == 1 else "?"
            lines.append(Text(f"{mark:<3}{names[key]}", style="bold" if mark == "1." else ""))
        place += len(group)
    if steps := found.found.trace.steps:
        lines += [Text(""), Text("Why:", style="bold")]
    for step in steps:
        key, _, why = step.why.partition(": ")
        cites = "; ".join(map(str, step.cites))
        lines.append(Text(f"  {names.get(key, key)}"))
        lines.append(Text(f"    {step.label}: {why}" + (f" [{cites}]" if cites else "")))
    if not found.is_settled:
        lines += [Text(""), Text("Not settled yet:", style="bold")]
        lines += [Text(f"  {each.message}. {each.fix}") for each in not_settled(found)]
    return lines


def _on_file(found: PayerOrder) -> list[Text]:
    """Whether the office goes by this order; of one that is not settled there is nothing to compare."""
    if not found.is_settled:
        return []
    if found.is_on_file:
        return [Text(""), Text("The order on file is this one.")]
    filed = [Text(f"   {_name(each)}") for each in found.covers]
    told = Text("The order on file is another; put this one on file with --apply:", style="bold")
    return [Text(""), told, *filed]


def _name(cover: Coverage) -> str:
    plan = f" {cover.plan}" if cover.plan else ""
    return f"{cover.payer.name}{plan} ({cover.id})"


def note_about_patient(
    context: typer.Context,
    who: str,
    *,
    family: str,
    of_age: str,
    medicare_by: tuple[str, ...],
    esrd_since: str,
    medicare_first: str,
) -> str:
    """Note what was told of a patient.

    Raises:
        CannotDo: when there is no such patient, or something typed cannot be.
        MedofficeError: when the office cannot be opened or written.
    """
    changes: dict[str, Any] = {}
    _put(changes, "family", "--family", family, _FAMILY)
    if of_age:
        changes["is_of_age"] = _one_of("--of-age", of_age, _YES_NO)
    if medicare_by:
        grounds = () if medicare_by == (UNKNOWN,) else medicare_by
        changes["entitlements"] = frozenset(_one_of("--medicare-by", each, _GROUNDS) for each in grounds)
    if esrd_since:
        changes["esrd_since"] = None if esrd_since == UNKNOWN else _day("--esrd-since", esrd_since)
    _put(changes, "medicare_was_first_before_esrd", "--medicare-first", medicare_first, _YES_NO)
    _need(changes)
    with opened(context) as office:
        patient = patient_of(office, who)
        known, _ = office.payer_order.noted(patient)
        today = office.settings.day_at(office.clock.now())
        noted = _made(lambda: attrs.evolve(known or PatientNoted(on=today), on=today, **changes))
        office.payer_order.note_patient(patient, noted)
    return "Noted."


@attrs.frozen(kw_only=True)
class PlanSaid:
    """What the command's options say of a plan, as they were typed."""

    held_by: str
    employees: str
    largest: str
    excepts_small: str
    since: str
    holder: str
    decree: str
    coordinates: str


def note_about_plan(context: typer.Context, who: str, coverage: str, said: PlanSaid) -> str:
    """Note what was told of a plan.

    Raises:
        CannotDo: when the patient has no such coverage, or something typed cannot be.
        MedofficeError: when the office cannot be opened or written.
    """
    changes: dict[str, Any] = {}
    _put(changes, "standing", "--held-by", said.held_by, _STANDING)
    for name, option, text in (
        ("employees", "--employees", said.employees),
        ("multi_employer_from", "--largest-employer", said.largest),
    ):
        if text:
            changes[name] = None if text == UNKNOWN else _count(option, text)
    if said.excepts_small:
        changes["excepts_small_employers"] = _one_of("--excepts-small-employers", said.excepts_small, _YES_NO)
    if said.since:
        changes["since"] = None if said.since == UNKNOWN else _day("--held-since", said.since)
    _put(changes, "custody", "--holder", said.holder, _HOLDER)
    _put(changes, "decree", "--decree", said.decree, _YES_NO)
    if said.coordinates:
        changes["coordinates"] = _one_of("--coordinates", said.coordinates, _YES_NO)
    _need(changes)
    id_ = _coverage_id(coverage)
    with opened(context) as office:
        patient = patient_of(office, who)
        known = _known_plan(office, who, id_)
        today = office.settings.day_at(office.clock.now())
        noted = _made(lambda: attrs.evolve(known or PlanNoted(on=today, coverage=id_), on=today, **changes))
        try:
            office.payer_order.note_plan(patient, noted)
        except NoSuchRecord:
            raise CannotDo(
                "the patient has no coverage of that id; medoffice coverage order shows the ids"
            ) from None
    return "Noted."


def _known_plan(office: Office, who: str, coverage: CoverageId) -> PlanNoted | None:
    _, plans = office.payer_order.noted(patient_of(office, who))
    return next((each for each in plans if each.coverage == coverage), None)


def _put(changes: dict[str, Any], name: str, option: str, text: str, among: Mapping[str, object]) -> None:
    if text:
        changes[name] = None if text.strip().lower() == UNKNOWN else _one_of(option, text, among)


def _need(changes: dict[str, Any]) -> None:
    if not changes:
        raise CannotDo("say what was told; --help lists the options")


def _one_of(option: str, text: str, among: Mapping[str, T]) -> T:
    found = text.strip().lower()
    if found not in among:
        raise CannotDo(f"{option} is one of {', '.join(among)}")
    return among[found]


def _day(option: str, text: str) -> date:
    try:
        return parse_day(text)
    except InvalidValue as trouble:
        raise CannotDo(f"{option} is no day: {trouble.reason}") from None


def _count(option: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):  # noqa: PLR2004 - as many as nobody employs
        raise CannotDo(f"{option} is a whole number")
    return int(text)


def _coverage_id(text: str) -> CoverageId:
    try:
        return CoverageId.parse(text)
    except InvalidValue:
        raise CannotDo("that is no coverage's id; medoffice coverage order shows them") from None


def _made(make: Callable[[], T]) -> T:
    try:
        return make()
    except InvalidValue as trouble:
        raise CannotDo(str(trouble)) from None
