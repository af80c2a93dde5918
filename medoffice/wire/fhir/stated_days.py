"""Days that a payer stated, as Periods: what they are, and a plan's first day, which is no plan of one day."""

from typing import Any, Final

from medoffice.billing.eligibility import AnsweredDays
from medoffice.core import DateRange
from medoffice.wire.fhir import names
from medoffice.wire.fhir.days import days_in, write_days
from medoffice.wire.fhir.element import Element
from medoffice.wire.fhir.extensions import Extensions, extension
from medoffice.wire.fhir.verbatim import text_extension, text_of
from medoffice.wire.json import WireError

PLAN: Final = "291"
"""The kind (DTP01) of a benefit period of which nobody says what it is."""
SERVED: Final = "472"
"""The kind of days that are those of the service."""
_SPANS: Final = frozenset((PLAN, "307"))
"""Plan and eligibility, from a first day to a last."""
_BEGINS: Final = {"346": "347", "356": "357"}
"""Kinds of a first day, each with the kind of the last day that belongs to it."""


def write_stated_days(days: AnsweredDays) -> dict[str, Any]:
    """Days as a Period that says what they are.

    Raises:
        InvalidValue: when they end before they start.
    """
    kind = text_extension(names.DAYS_KIND, days.kind)
    return {"extension": [kind]} | write_days(DateRange(days.start, days.end))


def read_stated_days(element: Element, key: str) -> tuple[AnsweredDays, ...]:
    """The days of a Period: one, or two where a first and a last day were stated apart.

    Raises:
        WireError: when they are missing, have no start, or end before they start.
    """
    period = element.element(key)
    if period is None:
        raise WireError("it is missing", element.below(key))
    extensions = Extensions(period)
    kind, last = extensions.one(names.DAYS_KIND), extensions.one(names.LAST_DAY_KIND)
    first = extensions.one(names.FIRST_DAY)
    is_first = first is not None and first.flag("valueBoolean", default=False)
    extensions.close()
    days = days_in(period)
    code = PLAN if kind is None else text_of(kind)
    if not is_first:
        return (AnsweredDays(kind=code, start=days.start, end=days.end),)
    begins = AnsweredDays(kind=code, start=days.start, end=days.start)
    if days.end is None:
        return (begins,)
    return (begins, AnsweredDays(kind=text_of(last), start=days.end, end=days.end))


def write_plan_days(days: tuple[AnsweredDays, ...]) -> tuple[dict[str, Any], int]:
    """The benefit period out of the first days of an answer, and how many of these it says: none, one or two.

    X12 states the first day of a plan as a single day. As a Period of one day it would say that the plan ends on it, so
    it is a Period without an end, or with the last day when that was stated next.

    Raises:
        InvalidValue: when days end before they start.
    """
    if not days:
        return {}, 0
    first = days[0]
    if first.kind in _SPANS and first.start != first.end:
        return write_stated_days(first), 1
    if first.kind not in _BEGINS:
        return {}, 0
    if first.start != first.end:
        return write_stated_days(first), 1
    own = [text_extension(names.DAYS_KIND, first.kind), extension(names.FIRST_DAY, "Boolean", value=True)]
    last = days[1] if len(days) > 1 else None
    if last is None or last.kind != _BEGINS[first.kind] or last.start != last.end or last.start < first.start:
        return {"extension": own} | write_days(DateRange(first.start)), 1
    own.append(text_extension(names.LAST_DAY_KIND, last.kind))
    return {"extension": own} | write_days(DateRange(first.start, last.start)), 2
