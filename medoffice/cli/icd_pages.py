"""Diagnoses as pages and as JSON. Loads the table and rich."""

import json
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any, Final

import typer
from rich.text import Text

from medoffice.billing.coding.icd10cm import ICD10CM, Diagnosis, Note, NoteKind
from medoffice.cli.failures import CannotDo
from medoffice.cli.opening import opened
from medoffice.cli.options import options_of
from medoffice.cli.plain import plain_console, plain_table
from medoffice.core.dates import parse_day
from medoffice.core.errors import InvalidValue
from medoffice.rules import CannotCheck

_TOLD: Final = {
    NoteKind.EXCLUDES1: "Never together with (Excludes1)",
    NoteKind.CODE_FIRST: "Code first",
    NoteKind.USE_ADDITIONAL: "Use an additional code",
    NoteKind.CODE_ALSO: "Code also",
    NoteKind.EXCLUDES2: "Not included here (Excludes2)",
    NoteKind.INCLUDES: "Includes",
    NoteKind.INCLUSION_TERM: "Also called",
    NoteKind.NOTE: "Note",
}


def show_found(
    context: typer.Context, words: str, *, on: str, most: int, with_headers: bool, as_json: bool
) -> None:
    """Print the codes that were found.

    Raises:
        CannotDo: when there is no word, or the day is none.
        MedofficeError: when the office's table cannot be opened.
    """
    table, day = _table(context, on)
    try:
        found = table.search(words, most=1000)
    except InvalidValue as trouble:
        raise CannotDo(trouble.reason) from None
    usable = [each for each in found if with_headers or each.is_billable or each.sevenths][:most]
    if as_json:
        typer.echo(json.dumps([_plain(each) for each in usable], ensure_ascii=False))
        return
    console = plain_console()
    if not usable:
        console.print(Text("No title and no term has all of these words. Try fewer, or their beginnings."))
        return
    shown = plain_table("Code", "", "Title")
    for each in usable:
        mark = "" if each.is_billable else "+7" if each.sevenths else "header"
        shown.add_row(each.code, mark, Text(each.description))
    console.print(shown)
    _stale(table, day)


def show_code(context: typer.Context, code: str, beside: tuple[str, ...], *, on: str, as_json: bool) -> int:
    """Print a code with its notes, and which codes exclude each other; 1 when something stands in the way.

    Raises:
        CannotDo: when the day is none, or before the edition.
        MedofficeError: when the office's table cannot be opened.
    """
    table, day = _table(context, on)
    every = [_looked_up(table, each, day) for each in (code, *beside)]
    missing = [text for text, found in zip((code, *beside), every, strict=True) if found is None]
    there = [each for each in every if each is not None]
    apart = [
        (one, other, notes)
        for one, other in combinations(there, 2)
        if (notes := table.excluded(one.code, other.code))
    ]
    if as_json:
        typer.echo(json.dumps(_as_json(table, there, missing, apart), ensure_ascii=False))
        return int(bool(missing or apart))
    console = plain_console()
    for text in missing:
        console.print(Text(f"{text} is no code of {table.edition}.", style="bold"))
    for each in there:
        for line in _page(table, each):
            console.print(line)
    for one, other, notes in apart:
        console.print(Text(f"{one.code} and {other.code} are not used together:", style="bold"))
        for note in notes:
            console.print(Text(f"  at {note.at}: {note.text}"))
    _stale(table, day)
    return int(bool(missing or apart))


def _looked_up(table: ICD10CM, code: str, day: date) -> Diagnosis | None:
    try:
        found = table.look_up(code, on=day)
    except CannotCheck as trouble:
        raise CannotDo(trouble.reason) from None
    return found if isinstance(found, Diagnosis) else None


def _page(table: ICD10CM, found: Diagnosis) -> Iterator[Text]:
    yield Text(str(found), style="bold")
    if found.sevenths:
        yield Text("  Not complete: it needs a seventh character.")
        for mark, text in found.sevenths:
            yield Text(f"    {mark}  {text}")
    elif not found.is_billable:
        yield Text("  Not complete: it is a header. Below it:")
        for code in table.below(found.code):
            yield Text(f"    {code}")
    if found.is_manifestation:
        yield Text("  A manifestation: the underlying disease is coded first.")
    if found.is_external_cause:
        yield Text("  An external cause: never the first diagnosis.")
    # A term under a category is another name of the category, and not of the codes below it.
    notes = [
        each
        for each in table.notes(found.code)
        if each.kind is not NoteKind.INCLUSION_TERM or each.at == found.code
    ]
    for kind, heading in _TOLD.items():
        said = [each for each in notes if each.kind is kind]
        if said:
            yield Text(f"  {heading}:")
        for note in said:
            yield Text(f"    {note.text}" + ("" if note.at == found.code else f"  (at {note.at})"))
    yield Text("")


def _plain(found: Diagnosis) -> dict[str, Any]:
    return {
        "code": found.code,
        "description": found.description,
        "billable": found.is_billable,
        "sevenths": dict(found.sevenths),
    }


def _note(note: Note) -> dict[str, str]:
    return {"kind": note.kind.value, "text": note.text, "at": note.at}


def _as_json(
    table: ICD10CM,
    there: list[Diagnosis],
    missing: list[str],
    apart: list[tuple[Diagnosis, Diagnosis, tuple[Note, ...]]],
) -> dict[str, Any]:
    return {
        "edition": table.edition,
        "codes": [
            _plain(each) | {"notes": [_note(note) for note in table.notes(each.code)]} for each in there
        ],
        "missing": missing,
        "excluded": [
            {"codes": [one.code, other.code], "notes": [_note(each) for each in notes]}
            for one, other, notes in apart
        ],
    }


def _table(context: typer.Context, on: str) -> tuple[ICD10CM, date]:
    """The edition of a day, of the office where there is one."""
    try:
        wanted = parse_day(on) if on else None
    except InvalidValue as trouble:
        raise CannotDo(f"--on is no day: {trouble.reason}") from None
    if not options_of(context).folder.is_dir():
        return ICD10CM.bundled(), wanted or date.today()  # noqa: DTZ011 - no office, no zone of its own
    with opened(context) as office:
        day = wanted or office.settings.day_at(office.clock.now())
        return office.diagnoses.edition(on=day), day


def _stale(table: ICD10CM, day: date) -> None:
    for finding in table.stale(day):
        said = finding.message
        plain_console().print(Text(f"{said[:1].upper()}{said[1:]}. {finding.fix}"))
