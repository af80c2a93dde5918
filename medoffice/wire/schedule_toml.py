"""How a practice schedules, read from its ``schedule.toml``: the book's policy and the waitlist's.

.. code-block:: toml

    [booking]
    notice_minutes = 60
    late_cancel_minutes = 1440

    [booking.overbooking]
    is_allowed = true
    at_most = 1

    [[booking.day_limits]]
    at_most = 3
    new_patients_only = true

    [waitlist.asking]
    since = 08:00:00
    until = 19:00:00
    weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri"]

    [waitlist.waves]
    sizes = [2, 3, 4]
    longest_gap = "3 h"

    [waitlist.by_specialty.cardiology]
    no_fill_within = "72 h"

    [waitlist.by_visit.new-patient]
    is_automatic = false

Rules of recall stand below ``[recalls]`` (see :mod:`medoffice.wire.recall_rules`), the day of a visit below ``[flow]``
(see :mod:`medoffice.wire.flow_policy`).

The keys are the fields of the values that they become; what is left out is as those have it. A length of time is a text
with its unit: ``"20 min"``, ``"72 h"``, ``"1 d"``.
"""

import re
from collections.abc import Callable, Mapping
from datetime import time, timedelta
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import attrs

from medoffice.core import InvalidValue
from medoffice.scheduling.book import DayLimit, Overbooking, Policy
from medoffice.scheduling.flow import FlowPolicy
from medoffice.scheduling.recalls import RecallRule
from medoffice.scheduling.waitlist import AskingHours, Limits, Points, Rails, WaitlistPolicy, Waves
from medoffice.wire.flow_policy import read_flow_policy
from medoffice.wire.recall_rules import read_recall_rules
from medoffice.wire.toml_tables import Table, TomlFault, at, of_kind, parsed

T = TypeVar("T")

_LENGTH: Final = re.compile(r"([1-9][0-9]{0,5}|0) (min|h|d)", re.ASCII)
_UNITS: Final = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@attrs.frozen
class SchedulePolicies:
    """What a practice lets its book and its waitlist do, whom it recalls, and how it runs the day."""

    booking: Policy
    waitlist: WaitlistPolicy
    recalls: tuple[RecallRule, ...] = ()
    flow: FlowPolicy = FlowPolicy()


def read_schedule(text: str, *, zone: ZoneInfo) -> SchedulePolicies:
    """The policies of a file's text, for an office in ``zone``; of an empty text the usual ones.

    Raises:
        TomlFault: when the text is not TOML, or a value cannot be.
        UnknownName: when a key does not exist; it suggests the nearest.
    """
    whole = Table(parsed(text))
    whole.allow("booking", "waitlist", "recalls", "flow")
    return SchedulePolicies(
        booking=_booking(whole.table("booking"), zone),
        waitlist=_waitlist(whole.table("waitlist"), zone),
        recalls=read_recall_rules(whole),
        flow=read_flow_policy(whole),
    )


def _booking(table: Table, zone: ZoneInfo) -> Policy:
    own = {"overbooking": _read(Overbooking, table.table("overbooking"))}
    limits = table.tables("day_limits") if _has(table, "day_limits") else ()
    own_limits = tuple(_read(DayLimit, limit, zone=zone) for limit in limits)
    return _read(Policy, table, day_limits=own_limits, **own)


def _waitlist(table: Table, zone: ZoneInfo) -> WaitlistPolicy:
    return _read(
        WaitlistPolicy,
        table,
        asking=_read(AskingHours, table.table("asking"), zone=zone),
        waves=_read(Waves, table.table("waves")),
        limits=_read(Limits, table.table("limits")),
        points=_read(Points, table.table("points")),
        rails=_read(Rails, table.table("rails")),
        by_specialty=tuple((each.name, _read(Rails, each)) for each in table.named("by_specialty")),
        by_visit=tuple((each.name, _read(Rails, each)) for each in table.named("by_visit")),
    )


def _read(kind: type[T], table: Table, **given: Any) -> T:
    """A value whose fields are the table's keys, beside those that are given from elsewhere."""
    fields = {field.name: field for field in attrs.fields(attrs.resolve_types(kind))}  # type: ignore[arg-type,type-var]
    table.allow(*(name for name in fields if name != "zone"))  # the office's, and said once
    read = {
        name: _value(fields[name].type, item, table.below(name))
        for name, item in table.items()
        if name not in given
    }
    missing = [
        name
        for name, field in fields.items()
        if field.default is attrs.NOTHING and name not in read and name not in given
    ]
    if missing:
        raise TomlFault(table.below(missing[0]), "it is missing")
    with at(table.path):
        return kind(**read, **given)


def _value(kind: Any, item: object, where: str) -> object:  # noqa: ANN401 - any field's type
    with at(where):
        return _READERS.get(kind, _refuse)(item)


def _length(item: object) -> timedelta:
    found = _LENGTH.fullmatch(of_kind(str, item))
    if found is None:
        raise InvalidValue("length of time", 'write it with its unit, such as "20 min", "72 h" or "1 d"')
    return int(found[1]) * _UNITS[found[2]]


def _whole(item: object) -> int:
    if type(item) is not int:
        raise InvalidValue("number", "a whole number is wanted")
    return item


def _yes_or_no(item: object) -> bool:
    if type(item) is not bool:
        raise InvalidValue("value", "true or false is wanted")
    return item


def _clock(item: object) -> time:
    if type(item) is not time:
        raise InvalidValue("time", "a time on the clock is wanted, for example 08:30:00, without quotes")
    return item


def _weekdays(item: object) -> frozenset[int]:
    names = [of_kind(str, each) for each in of_kind(list, item)]
    if not set(names) <= set(_DAYS):
        raise InvalidValue("weekdays", f"they are {', '.join(_DAYS)}")
    return frozenset(map(_DAYS.index, names))


def _codes(item: object) -> frozenset[str]:
    return frozenset(of_kind(str, each) for each in of_kind(list, item))


def _numbers(item: object) -> tuple[int, ...]:
    return tuple(map(_whole, of_kind(list, item)))


def _refuse(_: object) -> object:
    raise InvalidValue("value", "it is not set in this file")


_READERS: Final[Mapping[Any, Callable[[object], object]]] = {
    timedelta: _length,
    int: _whole,
    bool: _yes_or_no,
    time: _clock,
    frozenset[int]: _weekdays,
    frozenset[str]: _codes,
    tuple[int, ...]: _numbers,
}


def _has(table: Table, key: str) -> bool:
    return any(name == key for name, _ in table.items())
