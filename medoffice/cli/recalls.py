"""Who is due for a visit, told by id, and what was tried. Loads the store and rich."""

from datetime import date

import typer

from medoffice.cli.failures import CannotDo
from medoffice.cli.moments import day_or
from medoffice.cli.opening import opened
from medoffice.cli.plain import plain_console, plain_table
from medoffice.cli.subjects import patient_of, said_no
from medoffice.core.errors import InvalidValue, UnknownName
from medoffice.core.outcomes import Refused
from medoffice.scheduling.recalls import Outcome, RecallRule
from medoffice.scheduling.reminders import Channel


def show_due(context: typer.Context) -> None:
    """Print whom to ask today, and what a person has to look at.

    Raises:
        CannotDo: when the office has no rules.
        MedofficeError: when the office cannot be opened or read.
    """
    console = plain_console()
    with opened(context) as office:
        if not office.recall_rules:
            raise CannotDo(
                "the office has no rules of recall; write them below [recalls] in its schedule.toml"
            )
        recalls = office.schedule.recalls
        asked = recalls.due()
        console.print(f"{len(asked)} to ask today.")
        if asked:
            table = plain_table("Patient", "Rule", "Due", "Tried", "By")
            for each in asked:
                ways = ", ".join(by.value for by in each.channels)
                table.add_row(
                    each.key.patient.value,
                    each.key.rule,
                    str(each.due),
                    str(each.times_tried),
                    ways or "no way that they agreed to",
                )
            console.print(table)
        for each in recalls.for_a_person():
            console.print(f"For a person: {each.key.patient} {each.key.rule} is {each.state.value}")


def note_tried(
    context: typer.Context, who: str, rule: str, *, by: str, outcome: str, is_decided: bool
) -> str:
    """Note a try.

    Raises:
        CannotDo: when it is refused, or names what is not there.
        MedofficeError: when the office cannot be opened or written.
    """
    known = {each.value: each for each in Outcome}
    if outcome not in known:
        raise CannotDo(f"say how it ended as one of: {', '.join(known)}")
    try:
        channel = Channel.parse(by)
    except InvalidValue as trouble:
        raise CannotDo(f"that is no channel: {trouble.reason}") from None
    with opened(context) as office:
        patient = patient_of(office, who)
        try:
            fact = office.schedule.recalls.tried(
                patient, rule, channel=channel, outcome=known[outcome], is_decided_by_person=is_decided
            )
        except UnknownName:
            raise _no_such_rule(office.recall_rules) from None
        if isinstance(fact, Refused):
            raise said_no(fact)
    return f"Noted: asked by {channel}, {outcome}."


def note_declined(context: typer.Context, who: str, rule: str) -> str:
    """Note that a patient does not want the visit.

    Raises:
        CannotDo: when there is no such patient or rule.
        MedofficeError: when the office cannot be opened or written.
    """
    with opened(context) as office:
        patient = patient_of(office, who)
        try:
            office.schedule.recalls.declined(patient, rule)
        except UnknownName:
            raise _no_such_rule(office.recall_rules) from None
    return "Noted: declined."


def note_order(context: typer.Context, who: str, rule: str, by: str) -> str:
    """Note that a clinician wants a patient back by a day.

    Raises:
        CannotDo: when there is no such patient, rule or day.
        MedofficeError: when the office cannot be opened or written.
    """
    day = day_or(by, date.max)
    with opened(context) as office:
        patient = patient_of(office, who)
        try:
            office.schedule.recalls.ordered(patient, rule, due=day)
        except UnknownName:
            raise _no_such_rule(office.recall_rules) from None
    return f"Noted: due {day}."


def _no_such_rule(rules: tuple[RecallRule, ...]) -> CannotDo:
    known = ", ".join(each.code for each in rules) or "none, so far"
    return CannotDo(f"there is no rule of that code; the office's schedule.toml has: {known}")
